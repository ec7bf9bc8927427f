//! Ordinals of any size: "third", "21st", "one hundred and twenty-fifth", "three millionth".

use crate::fact::Decimal;
use crate::lexicon::{Lexicon, Tags};
use crate::token::{Token, TokenKind};

use super::Read;
use super::number::{plain, words};

/// The lower part of a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lower {
    pub(super) value: Decimal,
    /// "fifths", not "fifth".
    pub(super) is_plural: bool,
}

/// Reads an ordinal at the head of `tokens`. `None` where the head is a number that counts: "twenty men".
pub fn ordinal(lexicon: &Lexicon, content: &str, tokens: &[Token]) -> Option<Read<Decimal>> {
    let head = tokens.first()?;
    if head.kind == TokenKind::Number {
        let ending = tokens.get(1).filter(|next| next.is_joined() && next.span.len() == 2)?;
        let is_ending = ENDINGS.iter().any(|end| ending.reads(content, end));
        let value = plain(head.text(content)).filter(|value| is_ending && value.is_whole())?;
        return Some(Read::new(value, 2));
    }
    let read = read(lexicon, tokens, |token| lexicon.numbers.ordinal.of(token).copied())?;
    let (value, last) = read.value;
    let is_plural = lexicon.numbers.scale_part.of(last).is_some_and(|part| part.is_plural);
    (!is_plural).then_some(Read::new(value, read.len))
}

/// Reads what a fraction counts parts of: "fifths", "twenty-firsts", "one hundred and fifth", "millionths".
pub(super) fn lower(lexicon: &Lexicon, tokens: &[Token]) -> Option<Read<Lower>> {
    let part = |token: &Token| {
        let numbers = &lexicon.numbers;
        numbers.denominator.of(token).or_else(|| numbers.ordinal.of(token)).copied()
    };
    let read = read(lexicon, tokens, part)?;
    let (value, last) = read.value;
    let is_plural = lexicon.numbers.ordinal.of(last).is_none() && !is_single(lexicon, last);
    Some(Read::new(Lower { value, is_plural }, read.len))
}

/// "millionth": one of a scale.
fn is_single(lexicon: &Lexicon, token: &Token) -> bool {
    lexicon.numbers.scale_part.of(token).is_some_and(|part| !part.is_plural)
}

/// A number in words whose last word is an ordinal; with that word.
fn read<'t>(
    lexicon: &Lexicon,
    tokens: &'t [Token],
    last: impl Fn(&Token) -> Option<u32>,
) -> Option<Read<(Decimal, &'t Token)>> {
    let numbers = &lexicon.numbers;
    let front = tokens.first().filter(|head| head.is(Tags::NUMBER));
    let front = front.and_then(|_| words(lexicon, tokens));
    let (before, len) = front.map_or((Decimal::ZERO, 0), |front| (front.value.value, front.len));
    let mark = tokens.get(len)?;
    let is_tie = len > 0 && (mark.kind == TokenKind::Hyphen || mark.is(Tags::AND));
    let at = len + usize::from(is_tie);
    let token = tokens.get(at)?;
    if let Some(part) = numbers.scale_part.of(token) {
        let base = if len == 0 { Decimal::whole(1) } else { before };
        return Some(Read::new((base.shift(part.exponent)?, token), at + 1));
    }
    let value = last(token)?;
    let front = before.to_i64()?;
    let step = match value {
        1..10 => 10,
        10..100 => 100,
        // "two hundredth"
        100 | 1000 if (1..100).contains(&front) => {
            return Some(Read::new((Decimal::whole(front * i64::from(value)), token), at + 1));
        }
        _ => 1_000_000,
    };
    // "twenty-first", but no "eleven first" or "ten fifth".
    let fits =
        len == 0 || front % step == 0 && (step > 10 || front % 100 >= 20 || front % 100 == 0);
    let sum = Decimal::whole(front.checked_add(i64::from(value))?);
    fits.then_some(Read::new((sum, token), at + 1))
}

/// Behind digits.
const ENDINGS: &[&str] = &["st", "nd", "rd", "th"];
