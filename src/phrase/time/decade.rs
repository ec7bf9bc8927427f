//! Decades in digits: "the 1980s", "the early '90s", "the mid-50s".

use super::{Read, Scene};
use crate::fact::TimeValue;
use crate::fact::time::{Calendar, Part, When};
use crate::lexicon::Tags;
use crate::token::{TokenKind, Words};

/// "the 1980s", "the early '90s", "1990's", "the eighties", "the 19th century" is a unit's.
pub(super) fn decade(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let token = scene.token(at)?;
    if token.kind != TokenKind::Number {
        return None;
    }
    let text = scene.text(at);
    let ending = scene.is_joined(at + 1) && scene.is_any(at + 1, &["s", "'s", "’s"]);
    if !ending || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut first = at;
    let year: i16 = match text.len() {
        4 => text.parse().ok()?,
        2 => {
            let before = scene.before(at, free)?;
            if is_age_or_degrees(scene, before) {
                return None;
            }
            let is_apostrophe = token.is_joined()
                && matches!(
                    scene.kind(before),
                    Some(
                        TokenKind::Apostrophe
                            | TokenKind::CloseSingleQuote
                            | TokenKind::OpenSingleQuote
                    )
                );
            if is_apostrophe {
                first = before;
            } else {
                // "by the mid-50s", "in the 60s and 70s"
                let is_mid = scene.kind(before) == Some(TokenKind::Hyphen)
                    && before > 0
                    && scene.is_any(before - 1, &["mid", "early", "late"]);
                let goes_on = scene.last.is_some_and(|(end, last, _)| {
                    last.part == Part::Decade
                        && end == before
                        && scene.is_any(before, &["and", "or", "to"])
                });
                if !is_mid && !goes_on && !scene.is_any(before, &["the", "early", "late", "mid"]) {
                    return None;
                }
            }
            let short: i16 = text.parse().ok()?;
            // "the '20s" may be of this century; the others are of the last.
            if short < 30 { 2000 + short } else { 1900 + short }
        }
        _ => return None,
    };
    if year % 10 != 0 || !(1000..2200).contains(&year) {
        return None;
    }
    let part = if year % 100 == 0 && text.len() == 4 && year < 2000 {
        Part::Century
    } else {
        Part::Decade
    };
    if let Some(the) = scene.before(first, free).filter(|before| scene.is(*before, "the")) {
        first = the;
    }
    Some(Read::new(
        first,
        at + 2,
        TimeValue::new(When::At(Calendar::part(year, part))),
        "date.decade",
    ))
}

/// "in her late 90s", "in the low 40s", "highs in the 80s": tens of years of a life, or of degrees, whose word in front is at
/// `before`.
fn is_age_or_degrees(scene: &Scene<'_>, before: usize) -> bool {
    let mut at = before;
    if matches!(scene.kind(at), Some(TokenKind::Hyphen)) && at > 0 {
        at -= 1;
    }
    if scene.is_any(at, &["low", "lower", "high", "upper", "middle"]) {
        return true;
    }
    if scene.is_any(at, &["early", "late", "mid"]) && at > 0 {
        at -= 1;
    }
    if scene.token(at).is_some_and(|whose| whose.is(Tags::PRONOUN) || whose.is(Tags::DETERMINER))
        && !scene.is_any(at, &["the", "that", "those", "these"])
    {
        return true;
    }
    is_of_degrees(scene, at)
}

/// Whether tens of years at `at` are degrees, by a word of weather before them.
pub(super) fn is_of_degrees(scene: &Scene<'_>, at: usize) -> bool {
    (at.saturating_sub(DEGREES_REACH)..at)
        .any(|at| scene.token(at).is_some_and(|word| DEGREES.hold(scene.content, word)))
}

/// Words of weather, near which "the 40s" are degrees.
static DEGREES: Words<10> = Words::new([
    "highs",
    "lows",
    "temperatures",
    "temperature",
    "thermometer",
    "thermometers",
    "readings",
    "mercury",
    "fahrenheit",
    "celsius",
]);

/// How far before "the 40s" they may stand, in tokens.
const DEGREES_REACH: usize = 14;
