//! Ratios: "a ratio of 3:1", "a 2-1 majority", "by four to one".

use crate::fact::Decimal;
use crate::lexicon::Tags;
use crate::phrase::number::unscaled;
use crate::phrase::place::Place;
use crate::phrase::quantity::{self, Measured};
use crate::token::{TokenKind, Words};

use super::settle::is_phrase_end;

/// Reads the ratio that begins at the number at `at`: its value is the first over the second.
///
/// `None` for scores, clock times and ranges: without a word that says so, "3:1" and "4-1" are results.
pub(super) fn ratio(place: &Place<'_>, at: usize) -> Option<Box<Measured>> {
    // The sign first: most numbers have none behind them.
    let tie = at + 1;
    let sign = place.at(tie)?;
    let (is_to, second_at) = match sign.kind {
        TokenKind::Colon | TokenKind::Hyphen | TokenKind::Dash
            if sign.is_joined() && place.is_joined(tie + 1) =>
        {
            // "two-to-one"
            let is_to = sign.kind == TokenKind::Hyphen
                && place.is(tie + 1, "to")
                && place.is_kind(tie + 2, TokenKind::Hyphen);
            (is_to, if is_to { tie + 3 } else { tie + 1 })
        }
        TokenKind::Word if place.is(tie, "to") => (true, tie + 1),
        _ => return None,
    };
    let first =
        unscaled(place.lexicon, place.content, place.from(at)).filter(|read| read.len == 1)?;
    let second = unscaled(place.lexicon, place.content, place.from(second_at))?;
    let end = second_at + second.len;
    let (upper, lower) = (first.value.value, second.value.value);
    let is_to_one = lower == Decimal::whole(1) && upper > lower;
    let named = |at: usize| place.at(at).is_some_and(|t| RATIOS.hold(place.content, t));
    let is_behind = named(end);
    let is_before = (at.saturating_sub(6)..at).any(named);
    let is_led = at > 0 && place.is(at - 1, "by");
    let is_said = match sign.kind {
        // "1:20 scale", "the ratio of women to men is 3:1"
        TokenKind::Colon => is_behind || is_before,
        _ if is_to => {
            is_to_one
                && (is_behind || is_before || is_led)
                && (is_behind || is_phrase_end(place, end))
                && !(at > 0 && place.is(at - 1, "from"))
                || is_before && (at.saturating_sub(3)..at).any(|at| place.is(at, "ratio"))
        }
        // "a 6-3 majority" is one of seats.
        _ => is_to_one && (is_behind || is_before && at > 0 && place.is(at - 1, "of")),
    };
    let is_unit = place.has(end, Tags::UNIT) && place.is_joined(end);
    if !is_said || is_unit {
        return None;
    }
    Some(quantity::ratio(place, upper.divided(lower, 6)?, at..end))
}

/// Words that make two numbers a ratio.
static RATIOS: Words<12> = Words::new([
    "ratio",
    "ratios",
    "majority",
    "majorities",
    "margin",
    "margins",
    "odds",
    "scale",
    "gearing",
    "leverage",
    "advantage",
    "outnumbered",
]);
