//! Fractions: "two-thirds", "three and a half", "one in five", "half a million", "three twenty-firsts".

use crate::fact::{Amount, Decimal};
use crate::lexicon::{Lexicon, Tags};
use crate::token::{Token, TokenKind};

use super::number::{self, unscaled};
use super::numeral::{Form, Numeral, is, set, value_of};
use super::ordinal;

/// Whether a word at `at` is the lower part of a fraction: "fifths", "half".
pub(super) fn is_denominator(lexicon: &Lexicon, tokens: &[Token], at: usize) -> bool {
    let hyphen = usize::from(tokens.get(at).is_some_and(|t| t.kind == TokenKind::Hyphen));
    tokens.get(at + hyphen).and_then(|t| lexicon.numbers.denominator.of(t)).is_some()
}

/// Two numbers in words, the second of which counts parts: "three twenty-firsts", "one hundred and fifth".
struct Split {
    upper: Decimal,
    lower: Decimal,
    end: usize,
}

/// Reads a fraction in words at `at`. Of "one hundred thirty fifths" the parts are as many as can be: thirty-fifths.
fn split(lexicon: &Lexicon, tokens: &[Token], at: usize) -> Option<Split> {
    let is_hyphen = |at: usize| tokens.get(at).is_some_and(|t| t.kind == TokenKind::Hyphen);
    let last = (at + 1..tokens.len().min(at + LONGEST)).take_while(|&at| {
        tokens.get(at).is_some_and(|t| {
            t.is(Tags::NUMBER | Tags::SCALE | Tags::FRACTION | Tags::ORDINAL | Tags::AND)
        }) || is_hyphen(at)
    });
    let last = last.last()?;
    for start in at + 1..=last {
        let bound = tokens.get(start - 1).is_some_and(|t| t.is(Tags::AND))
            || is_hyphen(start)
            || is_hyphen(start - 1) && tokens.get(start).is_some_and(|t| t.is(Tags::NUMBER));
        if bound {
            continue;
        }
        let Some(lower) = tokens.get(start..).and_then(|rest| ordinal::lower(lexicon, rest)) else {
            continue;
        };
        let head = tokens.get(at..start - usize::from(is_hyphen(start - 1)))?;
        let upper = number::words(lexicon, head).filter(|upper| upper.len == head.len())?;
        let upper = upper.value.value;
        let is_fraction = lower.value.value >= Decimal::whole(2)
            && upper > Decimal::ZERO
            && (lower.value.is_plural || upper == Decimal::whole(1));
        return is_fraction.then_some(Split {
            upper,
            lower: lower.value.value,
            end: start + lower.len,
        });
    }
    None
}

/// "three twenty-firsts", "one hundred thirty-fifths".
pub(super) fn compound(lexicon: &Lexicon, tokens: &[Token], number: &Numeral) -> Option<Numeral> {
    let next = tokens.get(number.end)?;
    let hyphen = usize::from(next.kind == TokenKind::Hyphen);
    if !tokens.get(number.end + hyphen)?.is(Tags::NUMBER | Tags::FRACTION | Tags::ORDINAL) {
        return None;
    }
    let Split { upper, lower, end } = split(lexicon, tokens, number.start)?;
    let value = quotient(upper, lower)?;
    Some(Numeral {
        amount: Amount::Value(value),
        digits: 1,
        form: Form::Fraction,
        end,
        base: value,
        scale: 0,
        ..*number
    })
}

/// "a hundred thousand trillionths": a number with parts of a scale behind it.
pub(super) fn parts(lexicon: &Lexicon, tokens: &[Token], number: &Numeral) -> Option<Numeral> {
    let part = lexicon.numbers.scale_part.of(tokens.get(number.end)?)?;
    let value = value_of(number)?.shift(-part.exponent).filter(|_| part.is_plural)?;
    Some(Numeral {
        amount: Amount::Value(value),
        form: Form::Fraction,
        end: number.end + 1,
        base: value,
        scale: 0,
        ..*number
    })
}

/// "one over three", "1 over 20", where the text says nothing else: anywhere else "over" compares.
pub(super) fn over(
    lexicon: &Lexicon,
    content: &str,
    tokens: &[Token],
    number: &Numeral,
) -> Option<Numeral> {
    if number.start > 1 || !tokens.get(number.end)?.reads(content, "over") {
        return None;
    }
    let read = unscaled(lexicon, content, tokens.get(number.end + 1..)?)?;
    let end = number.end + 1 + read.len;
    let is_all = tokens.get(end..)?.iter().all(|t| !t.is_word() && t.kind != TokenKind::Number);
    let value = quotient(value_of(number)?, read.value.value).filter(|_| is_all)?;
    Some(Numeral {
        amount: Amount::Value(value),
        form: Form::Fraction,
        end,
        base: value,
        ..*number
    })
}

/// Of a number in words of `len` tokens that ends in a fraction, the tokens before its "and": three parts of five are a
/// fraction, thirty are not ("one hundred and thirty fifths").
pub(super) fn before_fraction(lexicon: &Lexicon, tokens: &[Token], len: usize) -> Option<usize> {
    if len < 3 || !is_denominator(lexicon, tokens, len) {
        return None;
    }
    let and = (1..len - 1).rev().find(|&at| tokens.get(at).is_some_and(|t| t.is(Tags::AND)))?;
    let read = split(lexicon, tokens, and + 1)?;
    (read.upper < read.lower).then_some(and)
}

/// The value of a fraction, to six significant digits at least where it has no exact form.
fn quotient(upper: Decimal, lower: Decimal) -> Option<Decimal> {
    let width = |value: Decimal| value.to_i64().map_or(20, |value| value.to_string().len());
    let more = width(lower).saturating_sub(width(upper)).min(14) as u8;
    upper.divided(lower, FRACTION_PLACES + more)
}

/// "two-thirds", "one quarter", "3 quarters", "five - eighths".
pub(super) fn denominated(
    lexicon: &Lexicon,
    tokens: &[Token],
    number: &Numeral,
) -> Option<Numeral> {
    let hyphen = usize::from(tokens.get(number.end)?.kind == TokenKind::Hyphen);
    let at = number.end + hyphen;
    let word = tokens.get(at).filter(|t| t.is(Tags::FRACTION))?;
    let lower = *lexicon.numbers.denominator.of(word)?;
    let upper = number.base.to_i64().filter(|upper| (1..1000).contains(upper))?;
    // "one third", "two thirds"; "two third" is an ordinal, "three quarters of growth" time: the caller looks at what follows.
    let is_ordinal = word.is(Tags::ORDINAL) || lower == 2 || lower == 4;
    let is_singular = is_ordinal && lexicon.numbers.ordinal.of(word).is_some();
    let fits = if upper == 1 { true } else { !is_singular };
    if !fits || upper >= i64::from(lower) && hyphen == 0 && number.form == Form::Digits {
        return None;
    }
    let value = quotient(Decimal::whole(upper), Decimal::whole(i64::from(lower)))?;
    Some(Numeral {
        amount: Amount::Value(value),
        digits: 1,
        form: Form::Fraction,
        end: at + 1,
        base: value,
        ..*number
    })
}

/// "half a million", "a quarter million", "two thirds of a million", "half a dozen".
pub(super) fn scaled_part(
    lexicon: &Lexicon,
    content: &str,
    tokens: &[Token],
    mut out: Numeral,
) -> Option<Numeral> {
    let mut at = out.end;
    if tokens.get(at).is_some_and(|t| is(content, t, "of")) {
        at += 1;
    }
    if tokens.get(at).is_some_and(|t| is(content, t, "a")) {
        at += 1;
    }
    let next = tokens.get(at);
    let factor = next.and_then(|t| {
        let scale = lexicon.numbers.scale.of(t).filter(|scale| **scale > 2);
        let scale = scale.filter(|_| !t.text(content).ends_with('s'));
        match scale {
            Some(&scale) => Decimal::whole(1).shift(i32::try_from(scale).ok()?),
            None => lexicon
                .numbers
                .group
                .of(t)
                .filter(|_| is(content, t, "dozen"))
                .map(|n| Decimal::whole(i64::from(*n))),
        }
    });
    if let Some(factor) = factor {
        let value = value_of(&out)?.times(factor)?.reduced();
        set(&mut out, value);
        out.form = Form::Words;
        out.end = at + 1;
    }
    Some(out)
}

/// "and a half" behind a number: "two and a half", "5 and a half", "three and two thirds".
pub(super) fn mixed(lexicon: &Lexicon, content: &str, tokens: &[Token], out: &mut Numeral) -> bool {
    // "eight-and-a-half"
    let hyphen = |at: usize| {
        usize::from(tokens.get(at).is_some_and(|t| t.kind == TokenKind::Hyphen && t.is_joined()))
    };
    let and = out.end + hyphen(out.end);
    if !tokens.get(and).is_some_and(|t| t.is(Tags::AND)) {
        return false;
    }
    let at = and + 1 + hyphen(and + 1);
    let has_article = tokens.get(at).is_some_and(|t| is(content, t, "a"));
    let read = if has_article {
        let part = at + 1 + hyphen(at + 1);
        tokens
            .get(part)
            .and_then(|t| lexicon.numbers.denominator.of(t))
            .map(|lower| (Decimal::whole(1), Decimal::whole(i64::from(*lower)), part + 1))
            .or_else(|| {
                let lower = ordinal::lower(lexicon, tokens.get(at + 1..)?)?;
                Some((Decimal::whole(1), lower.value.value, at + 1 + lower.len))
            })
    } else {
        split(lexicon, tokens, at)
            .filter(|read| read.upper < read.lower)
            .map(|read| (read.upper, read.lower, read.end))
    };
    let Some((upper, lower, end)) = read else { return false };
    let Some(fraction) = quotient(upper, lower) else { return false };
    // "three million and a half" is 3.5 million; "a billion and a half million" says its own scale.
    let own = tokens.get(end).and_then(|t| lexicon.numbers.scale.of(t)).copied();
    let own = own.filter(|own| out.scale > *own);
    let end = end + usize::from(own.is_some());
    // "nine hundred and a quarter" is 900.25.
    let scale = own.unwrap_or(if out.scale > 2 { out.scale } else { 0 });
    let fraction = fraction.shift(i32::try_from(scale).unwrap_or(0));
    let Some(sum) = fraction.and_then(|fraction| value_of(out)?.plus(fraction)) else {
        return false;
    };
    set(out, sum);
    if out.scale == 0 {
        out.base = sum;
    }
    out.end = end;
    true
}

/// Goes on to "in five" of "one in five", "nine out of ten", "one of every three".
pub(super) fn share(lexicon: &Lexicon, content: &str, tokens: &[Token], out: &mut Numeral) {
    let is_word = |at: usize, word: &str| tokens.get(at).is_some_and(|t| is(content, t, word));
    let at = if is_word(out.end, "in") {
        out.end + 1 + usize::from(is_word(out.end + 1, "every"))
    } else if is_word(out.end, "out") && is_word(out.end + 1, "of") {
        out.end + 2 + usize::from(is_word(out.end + 2, "every"))
    } else if is_word(out.end, "of") && is_word(out.end + 1, "every") {
        out.end + 2
    } else {
        return;
    };
    let is_in = is_word(out.end, "in");
    let read = tokens.get(at..).and_then(|rest| unscaled(lexicon, content, rest));
    let Some(read) = read else { return };
    let upper = value_of(out).and_then(Decimal::to_i64);
    let lower = read.value.value.to_i64();
    let (Some(upper), Some(lower)) = (upper, lower) else { return };
    let is_year = (1000..=2100).contains(&lower) && lower % 1000 != 0;
    let is_share = upper >= 1 && upper < lower && !is_year && (!is_in || upper <= 10);
    let unit_follows = tokens.get(at + read.len).is_some_and(|t| {
        t.is(Tags::UNIT | Tags::TIME_UNIT | Tags::MONTH) || matches!(t.kind, TokenKind::Colon)
    });
    if !is_share || unit_follows && is_in || out.form == Form::Fraction {
        return;
    }
    if let Some(value) = quotient(Decimal::whole(upper), Decimal::whole(lower)) {
        set(out, value);
        out.form = Form::Share;
        out.end = at + read.len;
        out.base = value;
    }
}

/// "half", "a third", "half a million", triggered at the lower part of the fraction.
pub(super) fn part(
    lexicon: &Lexicon,
    content: &str,
    tokens: &[Token],
    at: usize,
) -> Option<Numeral> {
    let word = tokens.get(at)?;
    let lower = *lexicon.numbers.denominator.of(word)?;
    if word.text(content).ends_with('s') {
        return None;
    }
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let has_article = before.is_some_and(|t| is(content, t, "a") || is(content, t, "an"));
    let is_scaled = tokens
        .get(at + 1)
        .and_then(|t| {
            lexicon
                .numbers
                .scale
                .of(t)
                .filter(|scale| **scale > 2 && !t.text(content).ends_with('s'))
        })
        .is_some();
    if lower != 2 && !has_article && !(is_scaled && lower == 4) {
        return None;
    }
    let value = quotient(Decimal::whole(1), Decimal::whole(i64::from(lower)))?;
    let out = Numeral::new(value, Form::Fraction, at - usize::from(has_article)..at + 1);
    scaled_part(lexicon, content, tokens, out)
}

/// Thirds and the like have no exact decimal: this many places.
const FRACTION_PLACES: u8 = 6;
/// Tokens of the longest fraction in words.
const LONGEST: usize = 16;
