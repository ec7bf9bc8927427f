//! Numerals in every form of news: digits with scale words, number words, fractions, shares, vague numbers.

use std::ops::Range;

use crate::fact::{Amount, Decimal};
use crate::lexicon::{Lexicon, Tags};
use crate::token::{Token, TokenKind, flags};

use super::fraction::{
    before_fraction, compound, denominated, is_denominator, mixed, over, part, parts, scaled_part,
    share,
};
use super::number::{Number, continued, unscaled};
use super::power::{power, tolerance};

/// A number as said, with its place among the tokens of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Its value, or the range of a vague one.
    pub amount: Amount,
    /// Significant digits.
    pub digits: u8,
    /// How it is said.
    pub form: Form,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Value without its scale word: "4.5" of "4.5 billion".
    pub base: Decimal,
    /// Power of ten of its scale words.
    pub scale: u32,
    /// A letter joined behind it that may be a scale ("5m", "16b") or a unit: its power of ten.
    pub letter: Option<u32>,
    /// How far the value may be off, in the scale of `base`: "0.02" of "9.83 ± 0.02".
    pub tolerance: Option<Decimal>,
}

impl Numeral {
    /// A value said in one digit, in those tokens.
    pub(super) fn new(value: Decimal, form: Form, tokens: Range<usize>) -> Self {
        Self {
            amount: Amount::Value(value),
            digits: 1,
            form,
            start: tokens.start,
            end: tokens.end,
            base: value,
            scale: 0,
            letter: None,
            tolerance: None,
        }
    }
}

/// How a number is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Digits, without a scale word.
    Digits,
    /// Digits with a scale word or power of ten.
    Scaled,
    /// Words: "seven", "two million".
    Words,
    /// "two-thirds", "half", "1/2".
    Fraction,
    /// "one in five".
    Share,
    /// "tens of thousands".
    Vague,
    /// "a dozen".
    Group,
}

/// Reads the number that is triggered at `at`; it may begin up to three tokens before ("half a million").
///
/// Look-ahead is bounded. `None` where the words are no number by themselves: "million", "quarter", "a third man".
pub fn numeral(lexicon: &Lexicon, content: &str, tokens: &[Token], at: usize) -> Option<Numeral> {
    let head = tokens.get(at)?;
    if head.kind == TokenKind::Number || head.is(Tags::NUMBER) {
        return plain(lexicon, content, tokens, at);
    }
    if head.is(Tags::FRACTION) {
        return part(lexicon, content, tokens, at);
    }
    if head.is(Tags::GROUP) {
        return group(lexicon, content, tokens, at);
    }
    if head.is(Tags::SCALE) {
        return scale(lexicon, content, tokens, at);
    }
    None
}

/// "1.2 million", "two and a half million", "two-thirds", "one in five", "two dozen".
fn plain(lexicon: &Lexicon, content: &str, tokens: &[Token], at: usize) -> Option<Numeral> {
    let is_word = |at: usize, word: &str| tokens.get(at).is_some_and(|t| is(content, t, word));
    let rest = tokens.get(at..)?;
    let mut read = unscaled(lexicon, content, rest)?;
    // "two million and three fifths": the last words are a fraction.
    if read.value.is_words
        && let Some(whole) = before_fraction(lexicon, rest, read.len)
        && let Some(shorter) = rest.get(..whole).and_then(|rest| unscaled(lexicon, content, rest))
    {
        read = shorter;
    }
    let Number { value, digits, is_words, .. } = read.value;
    // "two million" is 2 with a scale of six.
    let scale = if is_words && read.len > 1 {
        rest.get(read.len - 1).and_then(|t| lexicon.numbers.scale.of(t)).copied().unwrap_or(0)
    } else {
        0
    };
    let unscaled = || value.shift(-i32::try_from(scale).ok()?);
    let base = if scale == 0 { value } else { unscaled().unwrap_or(value) };
    let form = if is_words { Form::Words } else { Form::Digits };
    let mut out = Numeral { digits, base, scale, ..Numeral::new(value, form, at..at + read.len) };
    if let Some(value) = point_before(tokens, at, read.len, &out) {
        set(&mut out, value);
        out.base = value;
        out.start = at - 1;
    }
    let is_slashed =
        !is_words && rest.get(1).is_some_and(|t| t.kind == TokenKind::Slash) && read.len == 3;
    if is_slashed || rest.first().is_some_and(|t| t.has(flags::WIDE)) {
        out.form = Form::Fraction;
    }
    // "1,200,", "64.", "64 ships", "64 %" and "64-65" take nothing behind them.
    let is_last = tokens.get(out.end).is_none_or(|next| match next.kind {
        TokenKind::Comma | TokenKind::Dot | TokenKind::CloseBracket | TokenKind::Dash => true,
        TokenKind::Word => !next.is_joined() && next.span.len() > 1 && !next.is(GOES_ON),
        TokenKind::Symbol => next.is(Tags::UNIT | Tags::CURRENCY) && !next.is(GOES_ON),
        TokenKind::Hyphen => tokens.get(out.end + 1).is_none_or(|next| !next.is(GOES_ON)),
        _ => false,
    });
    if is_last && out.form == Form::Digits {
        return Some(out);
    }
    if is_words && is_word(out.end, "point") {
        point(lexicon, tokens, &mut out);
    }
    if !is_words {
        power(content, tokens, &mut out);
        // "±", "plus or minus"
        let is_sign = |t: &Token| t.kind == TokenKind::Symbol || t.is(Tags::COMPARATOR_AFTER);
        if tokens.get(out.end).is_some_and(is_sign) {
            tolerance(content, tokens, &mut out);
        }
    }
    let fraction = if is_words && out.form == Form::Words {
        compound(lexicon, tokens, &out).or_else(|| denominated(lexicon, tokens, &out))
    } else {
        denominated(lexicon, tokens, &out)
    };
    if let Some(fraction) = fraction {
        return scaled_part(lexicon, content, tokens, fraction);
    }
    if let Some(fraction) = over(lexicon, content, tokens, &out) {
        return Some(fraction);
    }
    scales(lexicon, content, tokens, &mut out)?;
    if mixed(lexicon, content, tokens, &mut out) {
        scales(lexicon, content, tokens, &mut out)?;
    }
    // "two dozen"
    if let Some(next) = tokens.get(out.end).filter(|t| t.is(Tags::GROUP))
        && !is(content, next, "couple")
        && !is(content, next, "pair")
        && let Some(&size) = lexicon.numbers.group.of(next)
    {
        let value = value_of(&out)?.times(Decimal::whole(i64::from(size)))?;
        set(&mut out, value);
        out.end += 1;
    }
    share(lexicon, content, tokens, &mut out);
    Some(out)
}

/// Classes of words that may go on with a number in digits: "million", "thirds", "and a half", "plus or minus", "in five".
const GOES_ON: u64 = Tags::SCALE
    | Tags::JOINED_SCALE
    | Tags::FRACTION
    | Tags::GROUP
    | Tags::AND
    | Tags::COMPARATOR_AFTER
    | Tags::PREPOSITION;

/// ".08": a point directly before digits, behind a space or sign.
fn point_before(tokens: &[Token], at: usize, len: usize, number: &Numeral) -> Option<Decimal> {
    let point = at.checked_sub(1).and_then(|at| tokens.get(at))?;
    let head = tokens.get(at)?;
    let is_free = point.has(flags::SPACE | flags::LINE)
        || at == 1
        || tokens
            .get(at - 2)
            .is_some_and(|t| matches!(t.kind, TokenKind::Symbol | TokenKind::OpenBracket));
    if point.kind != TokenKind::Dot
        || !head.is_joined()
        || !is_free
        || len > 1
        || number.form != Form::Digits
    {
        return None;
    }
    number
        .base
        .is_whole()
        .then(|| number.base.shift(-i32::try_from(head.span.len()).ok()?))
        .flatten()
}

/// "two hundred point seven one"
fn point(lexicon: &Lexicon, tokens: &[Token], out: &mut Numeral) {
    let Some(mut value) = value_of(out) else { return };
    let (mut at, mut scale) = (out.end + 1, 0_i32);
    while let Some(&digit) = tokens.get(at).and_then(|t| lexicon.numbers.cardinal.of(t)) {
        let width = if digit < 10 { 1 } else { 2 };
        scale += width;
        let Some(sum) =
            Decimal::whole(i64::from(digit)).shift(-scale).and_then(|part| value.plus(part))
        else {
            return;
        };
        value = sum;
        at += 1;
        if width == 2 || scale > 12 {
            // "point seventy-one"
            if width == 2
                && tokens.get(at).is_some_and(|t| t.kind == TokenKind::Hyphen)
                && let Some(&ones) = tokens.get(at + 1).and_then(|t| lexicon.numbers.cardinal.of(t))
                && ones < 10
                && let Some(sum) =
                    Decimal::whole(i64::from(ones)).shift(-scale).and_then(|part| value.plus(part))
            {
                value = sum;
                at += 2;
            }
            break;
        }
    }
    if scale > 0 {
        set(out, value);
        out.base = value;
        out.scale = 0;
        out.digits = out.digits.saturating_add(scale.unsigned_abs() as u8);
        out.end = at;
    }
}

/// Scale words behind a number: "million", "hundred thousand", "-billion"; a joined letter is kept apart.
fn scales(lexicon: &Lexicon, content: &str, tokens: &[Token], out: &mut Numeral) -> Option<()> {
    for _ in 0..2 {
        let Some(next) = tokens.get(out.end) else { break };
        let hyphen = usize::from(next.kind == TokenKind::Hyphen && next.is_joined());
        let Some(next) = tokens.get(out.end + hyphen) else { break };
        if !next.is(Tags::SCALE | Tags::JOINED_SCALE) {
            break;
        }
        let exponent = lexicon.numbers.scale.of(next).copied();
        let is_plural = next.span.len() > 5 && next.ends_with(content, "s");
        if let Some(exponent) =
            exponent.filter(|e| !is_plural || out.base > Decimal::whole(1) && *e > 2)
        {
            let value = value_of(out)?.shift(i32::try_from(exponent).ok()?)?;
            out.scale += exponent;
            set(out, value);
            out.form = if out.form == Form::Words { Form::Words } else { Form::Scaled };
            out.end += hyphen + 1 + short_point(content, tokens, out.end + hyphen);
            rest(lexicon, content, tokens, out, exponent);
            continue;
        }
        if out.form == Form::Digits
            && hyphen == 0
            && (next.is_joined() || next.span.len() == 1 && next.has(flags::UPPER))
            && let Some(&exponent) = lexicon.numbers.joined_scale.of(next)
        {
            out.letter = Some(exponent);
        }
        break;
    }
    Some(())
}

/// The point of a shortened scale, "1.2 mio. euros": 1 where what is counted follows.
fn short_point(content: &str, tokens: &[Token], scale: usize) -> usize {
    let is_short = tokens.get(scale).is_some_and(|t| t.span.len() < 5 && !t.has(flags::CAPITAL))
        || tokens
            .get(scale)
            .is_some_and(|t| matches!(t.text(content), "Mio" | "Mrd" | "Mln" | "Bn"));
    let is_point = |t: &Token| t.kind == TokenKind::Dot && t.is_joined();
    let is_counted = |t: &Token| !t.is_joined() && t.is(Tags::MONEY | Tags::UNIT);
    usize::from(
        is_short
            && tokens.get(scale + 1).is_some_and(is_point)
            && tokens.get(scale + 2).is_some_and(is_counted),
    )
}

/// "3 hundred and 21", "5 thousand two hundred": what follows a scale word behind digits.
fn rest(lexicon: &Lexicon, content: &str, tokens: &[Token], out: &mut Numeral, exponent: u32) {
    if out.scale != exponent || exponent > 3 {
        return;
    }
    let and = usize::from(tokens.get(out.end).is_some_and(|t| t.is(Tags::AND)));
    let at = out.end + and;
    let Some(read) = tokens.get(at..).and_then(|rest| unscaled(lexicon, content, rest)) else {
        return;
    };
    let limit = i32::try_from(exponent).ok().and_then(|exponent| Decimal::whole(1).shift(exponent));
    let is_unit = is_denominator(lexicon, tokens, at + read.len);
    if and == 0 && !read.value.is_words
        || limit.is_none_or(|limit| read.value.value >= limit)
        || is_unit
    {
        return;
    }
    // "2 hundred and 3 …" is one number only where nothing is counted by the second alone.
    if exponent == 3 && and == 1 && !read.value.is_words {
        return;
    }
    let Some(value) = value_of(out).and_then(|value| value.plus(read.value.value)) else { return };
    set(out, value);
    out.base = value;
    out.scale = 0;
    out.digits = out.digits.saturating_add(2);
    out.end = at + read.len;
}

/// "a dozen", "dozens", "a couple of".
fn group(lexicon: &Lexicon, content: &str, tokens: &[Token], at: usize) -> Option<Numeral> {
    let word = tokens.get(at)?;
    let size = *lexicon.numbers.group.of(word)?;
    let text = word.text(content);
    let is_of = tokens.get(at + 1).is_some_and(|t| is(content, t, "of"));
    let value = Decimal::whole(i64::from(size));
    let mut out = Numeral::new(value, Form::Group, at..at + 1);
    if text.ends_with('s') {
        if size != 12 && !is_of {
            return None;
        }
        out.amount =
            interval(value, if size == 12 { Decimal::whole(120) } else { Decimal::whole(100) });
        out.form = Form::Vague;
        return Some(out);
    }
    let before = at.checked_sub(1).and_then(|at| tokens.get(at))?;
    if !is(content, before, "a") {
        return None;
    }
    let is_word = |word: &str| is(content, tokens.get(at).unwrap_or(before), word);
    // "a score of 35"
    let counts = is_of
        && !tokens.get(at + 2).is_some_and(|t| t.kind == TokenKind::Number || t.is(Tags::NUMBER));
    let is_scaled = || tokens.get(at + 1).is_some_and(|t| t.is(Tags::SCALE));
    if (is_word("couple") && !is_scaled() || is_word("score")) && !counts || is_word("pair") {
        return None;
    }
    out.start = at - 1;
    // "a couple of hundred", "a couple thousand"
    let scale = at + 1 + usize::from(is_of);
    if is_word("couple")
        && let Some(&exponent) = tokens.get(scale).and_then(|t| lexicon.numbers.scale.of(t))
        && tokens.get(scale).is_some_and(|t| t.span.len() > 4 && !t.ends_with(content, "s"))
    {
        out.amount = Amount::Value(value.shift(i32::try_from(exponent).ok()?)?);
        out.scale = exponent;
        out.end = scale + 1;
    }
    Some(out)
}

/// "a hundred", "hundreds of miles", "tens of thousands", triggered at the scale word.
fn scale(lexicon: &Lexicon, content: &str, tokens: &[Token], at: usize) -> Option<Numeral> {
    let word = tokens.get(at)?;
    let exponent = *lexicon.numbers.scale.of(word)?;
    let text = word.text(content);
    let before = |n: usize| at.checked_sub(n).and_then(|at| tokens.get(at));
    let is_before = |n: usize, word: &str| before(n).is_some_and(|t| is(content, t, word));
    let power = |exponent: u32| Decimal::whole(1).shift(i32::try_from(exponent).ok()?);
    let mut out = Numeral {
        base: Decimal::whole(1),
        scale: exponent,
        ..Numeral::new(power(exponent)?, Form::Words, at..at + 1)
    };
    if text.len() > 4 && text.ends_with('s') {
        out.form = Form::Vague;
        // "hundreds of thousands"
        let next = tokens.get(at + 2).and_then(|t| lexicon.numbers.scale.of(t)).copied();
        let (low, high) =
            match next.filter(|_| tokens.get(at + 1).is_some_and(|t| is(content, t, "of"))) {
                Some(next) => {
                    out.end = at + 3;
                    (exponent + next, exponent + next + 1)
                }
                None if is_before(1, "of") && is_before(2, "tens") => {
                    out.start = at - 2;
                    (exponent + 1, exponent + 2)
                }
                None => (exponent, exponent + 1),
            };
        if before(1).is_some_and(|t| is(content, t, "many") || is(content, t, "several")) {
            out.start = out.start.min(at);
        }
        out.amount = interval(power(low)?, power(high)?);
        return Some(out);
    }
    // "a mill" is a factory.
    if !is_before(1, "a") && !is_before(1, "an") || is(content, word, "mill") {
        return None;
    }
    out.start = at - 1;
    // "a hundred and twenty", "a hundred thousand"
    if exponent == 2 || exponent == 3 {
        let rest = at + 1;
        if let Some(&more) = tokens.get(rest).and_then(|t| lexicon.numbers.scale.of(t))
            && more > exponent
        {
            out.amount = Amount::Value(power(exponent + more)?);
            out.scale = exponent + more;
            out.end = rest + 1;
            return parts(lexicon, tokens, &out).or(Some(out));
        }
    }
    // "a hundred and thirty million", "a thousand two hundred"
    if let Some(read) = continued(lexicon, tokens.get(at..)?, true).filter(|read| read.len > 1) {
        let last = tokens.get(at + read.len - 1).and_then(|t| lexicon.numbers.scale.of(t)).copied();
        let value = read.value.value;
        set(&mut out, value);
        out.scale = last.filter(|scale| *scale > 2).unwrap_or(0);
        out.base = value.shift(-i32::try_from(out.scale).ok()?).unwrap_or(value);
        out.digits = read.value.digits;
        out.end = at + read.len;
    }
    if let Some(fraction) = parts(lexicon, tokens, &out) {
        return Some(fraction);
    }
    if mixed(lexicon, content, tokens, &mut out) {
        out.base = value_of(&out)?;
    }
    Some(out)
}

fn interval(low: Decimal, high: Decimal) -> Amount {
    Amount::Interval { low: Some(low), high: Some(high), low_open: false, high_open: false }
}

/// The value of a numeral that is no range.
pub fn value_of(numeral: &Numeral) -> Option<Decimal> {
    match numeral.amount {
        Amount::Value(value) => Some(value),
        Amount::Interval { .. } => None,
    }
}

pub(super) fn set(numeral: &mut Numeral, value: Decimal) {
    numeral.amount = Amount::Value(value);
}

/// Whether the token's text is `lower` in any case (ASCII).
#[inline(always)]
pub fn is(content: &str, token: &Token, lower: &str) -> bool {
    token.reads(content, lower)
}
