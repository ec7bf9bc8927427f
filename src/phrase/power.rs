//! Powers behind digits: "1.3e6", "10^6", "5 × 10⁶"; and the tolerance of a measured value.

use crate::fact::{Amount, Decimal};
use crate::token::{Token, TokenKind, flags};

use super::number::plain;
use super::numeral::{Form, Numeral, is, set, value_of};

/// Reads the power behind `out`: "1.3e6", "10^6", "5 x 10^6", "5 × 10^6", "1.1^23".
pub(super) fn power(content: &str, tokens: &[Token], out: &mut Numeral) {
    // Mostly a word stands behind a space.
    if tokens
        .get(out.end)
        .is_none_or(|next| !next.is_joined() && next.is_word() && next.span.len() > 1)
    {
        return;
    }
    let joined = |at: usize| tokens.get(at).filter(|t| t.is_joined());
    let is_caret = |at: usize| joined(at).is_some_and(|t| is(content, t, "^"));
    let exponent = |at: usize| -> Option<(i32, usize)> {
        let sign = joined(at).filter(|t| t.kind == TokenKind::Hyphen || is(content, t, "+"));
        let is_minus = sign.is_some_and(|t| t.kind == TokenKind::Hyphen);
        let at = at + usize::from(sign.is_some());
        let digits = joined(at).filter(|t| t.kind == TokenKind::Number)?;
        let value: i32 = digits.text(content).parse().ok().filter(|value| *value <= 38)?;
        Some((if is_minus { -value } else { value }, at + 1))
    };
    // "10⁶": a superscript is a word of its own behind the digits.
    let raised_to = |at: usize| {
        let is_minus = joined(at).is_some_and(|t| t.text(content) == "⁻");
        let at = at + usize::from(is_minus);
        let value = superscript(joined(at)?.text(content))?;
        Some((if is_minus { -value } else { value }, at + 1))
    };
    let is_times = |t: &Token| {
        t.span.len() <= 3 && ["x", "×", "*", "⋅", "·"].iter().any(|sign| t.text(content) == *sign)
    };
    let found = if joined(out.end).is_some_and(|t| is(content, t, "e")) {
        exponent(out.end + 1).and_then(|(exponent, end)| Some((out.base.shift(exponent)?, end)))
    } else if is_caret(out.end) {
        exponent(out.end + 1).and_then(|(exponent, end)| Some((raised(out.base, exponent)?, end)))
    } else if tokens.get(out.end).is_some_and(is_times)
        && tokens.get(out.end + 1).is_some_and(|t| t.text(content) == "10")
        && is_caret(out.end + 2)
    {
        exponent(out.end + 3).and_then(|(exponent, end)| Some((out.base.shift(exponent)?, end)))
    } else if tokens.get(out.end).is_some_and(is_times)
        && tokens.get(out.end + 1).is_some_and(|t| t.text(content) == "10")
        && let Some((exponent, end)) = raised_to(out.end + 2)
    {
        out.base.shift(exponent).map(|value| (value, end))
    } else if let Some((exponent, end)) = raised_to(out.end)
        && out.base == Decimal::whole(10)
    {
        raised(out.base, exponent).map(|value| (value, end))
    } else {
        None
    };
    if let Some((value, end)) = found {
        set(out, value);
        out.form = Form::Scaled;
        out.end = end;
    }
}

/// "⁶", "¹²": a whole number in superscripts, 38 at most.
fn superscript(text: &str) -> Option<i32> {
    let mut value = 0_i32;
    for c in text.chars() {
        let digit = match c {
            '¹' => 1,
            '²' => 2,
            '³' => 3,
            '⁰' | '⁴'..='⁹' => c as i32 - '⁰' as i32,
            _ => return None,
        };
        value = value.checked_mul(10)?.checked_add(digit).filter(|value| *value <= 38)?;
    }
    Some(value)
}

/// A number to a whole power, exact; of a negative power, to twenty places.
fn raised(base: Decimal, exponent: i32) -> Option<Decimal> {
    if base == Decimal::whole(10) {
        return Decimal::whole(1).shift(exponent);
    }
    let mut value = Decimal::whole(1);
    for _ in 0..exponent.unsigned_abs() {
        value = value.times(base)?;
    }
    if exponent < 0 { Decimal::whole(1).divided(value, 20) } else { Some(value) }
}

/// The length of "±", "+/-" or "plus or minus" at the head of `tokens`.
pub(super) fn plus_minus(content: &str, tokens: &[Token]) -> Option<usize> {
    let head = tokens.first()?;
    if is(content, head, "plus") {
        let is_or = |at: usize, word: &str| tokens.get(at).is_some_and(|t| is(content, t, word));
        return (is_or(1, "or") && is_or(2, "minus")).then_some(3);
    }
    if head.kind != TokenKind::Symbol {
        return None;
    }
    let reads = |at: usize, sign: &str| tokens.get(at).is_some_and(|t| t.text(content) == sign);
    if head.text(content) == "±" {
        Some(1)
    } else if reads(0, "+") && reads(1, "/") && reads(2, "-") {
        Some(3)
    } else {
        None
    }
}

/// Takes in how exact a value is: "9.83 ± 0.02", "12.5 +/- 0.5". The value stays.
pub(super) fn tolerance(content: &str, tokens: &[Token], out: &mut Numeral) {
    let Some(sign) = tokens.get(out.end..).and_then(|rest| plus_minus(content, rest)) else {
        return;
    };
    let at = out.end + sign;
    let Some(digits) = tokens.get(at).filter(|t| t.kind == TokenKind::Number) else { return };
    let Some(value) = plain(digits.text(content)) else { return };
    let mut step = Numeral {
        amount: Amount::Value(value),
        start: at,
        end: at + 1,
        base: value,
        form: Form::Digits,
        ..*out
    };
    power(content, tokens, &mut step);
    // "5 ± 3 people" is said with a space on both sides, "f/4 ±1" is not.
    let is_even =
        tokens.get(out.end).map(|t| t.has(flags::SPACE)) == Some(digits.has(flags::SPACE));
    if is_even {
        out.end = step.end;
        out.tolerance = value_of(&step);
    }
}
