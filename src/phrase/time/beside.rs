//! Weekdays, weeks and years told by a date beside them: "the Monday after Easter", "the week before Christmas", "the year after
//! 2015".

use super::anaphor::by_side;
use super::{Read, Scene, weekday};
use crate::fact::time::{Calendar, Part, Unit, When};
use crate::fact::{Resolution, TimeValue};
use crate::lexicon::Tags;
use crate::token::TokenKind;

/// "the Monday after Easter", "the Friday before 3 May", "the second Sunday after Easter", with the weekday at `at`.
pub(super) fn weekday(scene: &Scene<'_>, at: usize, free: usize, weekday: i8) -> Option<Read> {
    scene.token(at + 1).filter(|word| word.is(Tags::TIME_RELATION))?;
    if let Some(read) = weekday_of_told(scene, at, free, weekday) {
        return Some(read);
    }
    let (anchor, by) = anchor(scene, at + 1)?;
    let When::At(day @ Calendar { part: Part::Day(..), .. }) = anchor.time.when else {
        return None;
    };
    let days = days_to(day, weekday, by)?;
    let nth = scene.before(at, free).and_then(|before| weekday::nth_before(scene, before));
    let (weeks, first) = match nth {
        Some((nth @ 1.., first)) => (i32::from(nth) - 1, first),
        Some((_, first)) => (0, first),
        None => (0, at),
    };
    let when = When::At(day.plus(i32::from(days) + 7 * weeks * by)?);
    let first = scene.before(first, free).filter(|the| scene.is(*the, "the")).unwrap_or(first);
    Some(Read::new(first, anchor.end, TimeValue { when, ..anchor.time }, "date.beside"))
}

/// Days from a day to the weekday that lies nearest on one side of it.
fn days_to(day: Calendar, weekday: i8, by: i32) -> Option<i8> {
    let from = day.first()?.weekday().to_monday_one_offset();
    Some(match by {
        1 => (weekday - from - 1).rem_euclid(7) + 1,
        _ => -((from - weekday - 1).rem_euclid(7) + 1),
    })
}

/// "on Tuesday and the Thursday after", "last Monday and the Monday before": beside the day told before in the sentence.
fn weekday_of_told(scene: &Scene<'_>, at: usize, free: usize, weekday: i8) -> Option<Read> {
    let the = scene.before(at, free).filter(|the| scene.is(*the, "the"))?;
    let by = by_side(scene, at + 1)?;
    let (_, day, fact) = scene.last.filter(|(_, day, _)| matches!(day.part, Part::Day(..)))?;
    let when = When::At(day.plus(i32::from(days_to(day, weekday, by)?))?);
    let time = TimeValue::new(when).resolved(Resolution::FromAnotherMention);
    let time = TimeValue { anchor: Some(fact), ..time };
    Some(Read::new(the, at + 2, time, "date.beside"))
}

/// "the week before Christmas", "the weekend after 3 May", "the year before 2015", with what follows the unit at `end`.
pub(super) fn unit(scene: &Scene<'_>, unit: Unit, first: usize, end: usize) -> Option<Read> {
    if !matches!(unit, Unit::Week | Unit::Weekend | Unit::Year) {
        return None;
    }
    let (anchor, by) = anchor(scene, end)?;
    let When::At(calendar) = anchor.time.when else { return None };
    let when = match (unit, calendar.part) {
        (Unit::Year, Part::Year) => calendar.plus(by)?,
        (Unit::Week, Part::Day(..)) => Calendar::week(calendar.first()?).plus(by)?,
        // The nearest one that does not hold the day.
        (Unit::Weekend, Part::Day(..)) => {
            let day = calendar.first()?;
            let this = Calendar::weekend(day);
            let is_after = this.first()? > day;
            match by {
                1 if is_after => this,
                1 => this.plus(1)?,
                _ => this.plus(-1)?,
            }
        }
        _ => return None,
    };
    let time = TimeValue { when: When::At(when), ..anchor.time };
    Some(Read::new(first, anchor.end, time, "date.beside"))
}

/// The date behind "after" or "before" at `at`, and which side of it is meant.
fn anchor(scene: &Scene<'_>, at: usize) -> Option<(Read, i32)> {
    scene.token(at).filter(|word| word.is(Tags::TIME_RELATION))?;
    let by = match (scene.is(at, "after"), scene.is(at, "before")) {
        (true, _) => 1,
        (_, true) => -1,
        _ => return None,
    };
    let from = at + 1;
    let is_trigger = |at: &usize| {
        scene.token(*at).is_some_and(|token| {
            token.is(Tags::MONTH | Tags::HOLIDAY)
                || token.kind == TokenKind::Number
                // "the first Tuesday after the first Monday in November"
                || token.is(Tags::WEEKDAY) && scene.is_any(at + 1, &["in", "of"])
        })
    };
    let read = (from..from + 4)
        .filter(is_trigger)
        .find_map(|trigger| scene.read(trigger, from))
        .filter(|read| read.first == from)?;
    // "the year before 2015's fire", "the week before Christmas sales"
    let is_noun = scene.is_any(read.end, &["'s", "’s"])
        || scene.token(read.end).is_some_and(|next| next.is_word() && next.is_capital());
    (!is_noun).then_some((read, by))
}
