//! Days that share their month: "18 and 19 September", "3, 4 and 5 May", "September 18 and 19".

use super::range::{ENDINGS, day_number};
use super::{Read, Scene, day, year};
use crate::fact::time::{Calendar, Part, When};
use crate::fact::{Resolution, TimeValue};
use crate::lexicon::Tags;
use crate::token::TokenKind;

/// A day of a list whose number is at `at`, and whose month stands behind the last or in front of the first of them.
pub(super) fn day(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let number = day_number(scene, at)?;
    behind_month(scene, at, number).or_else(|| before_month(scene, at, number, free))
}

/// "18" of "18 and 19 September"; but "between 3 and 12 September" is a range, and "$18 and 19 September" an amount.
fn before_month(scene: &Scene<'_>, at: usize, number: i8, free: usize) -> Option<Read> {
    let the = usize::from(at > 1 && scene.is(at - 1, "the"));
    let is_amount = at.checked_sub(1).is_some_and(|before| {
        scene.is_joined(at)
            || scene.is_any(before - the, &["between", "from"])
            || scene.is_money(before)
            || scene.token(before).is_some_and(|before| {
                before.is(Tags::NUMBER_LABEL) || before.kind == TokenKind::Number
            })
    });
    if is_amount {
        return None;
    }
    let end = behind(scene, at);
    let (mut last, mut from) = (number, at);
    let mut next = end;
    for _ in 0..MOST {
        let Some(further) = further(scene, next) else { break };
        let day = day_number(scene, further).filter(|day| *day > last)?;
        (last, from, next) = (day, further, behind(scene, further));
    }
    let of = usize::from(scene.is(next, "of"));
    if from == at || !scene.token(next + of).is_some_and(|month| month.is(Tags::MONTH)) {
        return None;
    }
    let shared = day::month(scene, next + of, from).filter(|read| read.first == from)?;
    let When::At(Calendar { year, part: Part::Day(month, _) }) = shared.time.when else {
        return None;
    };
    let first = scene.before(at, free).filter(|the| scene.is(*the, "the")).unwrap_or(at);
    let when = When::At(Calendar::day(year, month, number)?);
    Some(Read::new(first, end, TimeValue { when, ..shared.time }, "date.day.list"))
}

/// "19" of "September 18 and 19", at the end of its phrase: not "on March 24 and 25 people".
fn behind_month(scene: &Scene<'_>, at: usize, number: i8) -> Option<Read> {
    let (last_end, Calendar { year, part: Part::Day(month, last) }, fact) = scene.last? else {
        return None;
    };
    let is_led = further(scene, last_end) == Some(at)
        && (scene.kind(last_end - 1) == Some(TokenKind::Number)
            || scene.is_any(last_end - 1, ENDINGS));
    if !is_led || number <= last {
        return None;
    }
    let end = behind(scene, at);
    if let Some((year, end)) = year::behind(scene, end) {
        let when = When::At(Calendar::day(year, month, number)?);
        return Some(Read::new(at, end, TimeValue::new(when), "date.day.list"));
    }
    if scene.token(end).is_some_and(|month| month.is(Tags::MONTH)) {
        return None;
    }
    // The last of the list is the end of a phrase, and has an "and" in front.
    let (mut last_at, mut last_end) = (at, end);
    for _ in 0..MOST {
        let Some(next) = further(scene, last_end).filter(|at| day_number(scene, *at).is_some())
        else {
            break;
        };
        (last_at, last_end) = (next, behind(scene, next));
    }
    let is_end = scene.token(last_end).is_none_or(|next| {
        let is_mark = matches!(
            next.kind,
            TokenKind::Hyphen | TokenKind::Colon | TokenKind::Slash | TokenKind::Symbol
        );
        let is_function =
            next.is(Tags::PREPOSITION | Tags::CONJUNCTION | Tags::AUXILIARY | Tags::MODAL);
        let is_word = next.is_word() || next.kind == TokenKind::Number;
        !is_mark && (!is_word || is_function)
    });
    if !is_end || scene.kind(last_at - 1) == Some(TokenKind::Comma) {
        return None;
    }
    let when = When::At(Calendar::day(year, month, number)?);
    let time = TimeValue::new(when).resolved(Resolution::FromAnotherMention);
    Some(Read::new(at, end, TimeValue { anchor: Some(fact), ..time }, "date.day.list"))
}

/// The year behind a list of days: "September 18 and 19, 2024", whose first day ends at `end`.
pub(super) fn year_behind(scene: &Scene<'_>, mut end: usize) -> Option<i16> {
    let mut days = 0;
    while let Some(next) = further(scene, end).filter(|_| days < MOST) {
        if day_number(scene, next).is_none() {
            break;
        }
        (days, end) = (days + 1, behind(scene, next));
    }
    if days == 0 {
        return None;
    }
    Some(year::behind(scene, end)?.0)
}

/// The number behind "and" or a comma.
fn further(scene: &Scene<'_>, end: usize) -> Option<usize> {
    let comma = usize::from(scene.kind(end) == Some(TokenKind::Comma));
    let and = usize::from(scene.is_any(end + comma, &["and", "or", "&"]));
    let next = end + comma + and;
    let is_number = scene.kind(next) == Some(TokenKind::Number) && !scene.is_joined(next);
    (comma + and > 0 && is_number).then_some(next)
}

/// The token behind a number and its "th".
fn behind(scene: &Scene<'_>, at: usize) -> usize {
    at + 1 + usize::from(scene.is_any(at + 1, ENDINGS) && scene.is_joined(at + 1))
}

/// How many days a list has behind its first.
const MOST: usize = 5;
