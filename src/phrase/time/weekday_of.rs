//! Weekdays told by their week: "Tuesday of next week", "Monday two weeks from now", "a week ago Friday".

use jiff::civil::Date;

use super::{Read, Scene};
use crate::fact::time::{Calendar, When};
use crate::fact::{Resolution, TimeValue};
use crate::phrase::number;
use crate::token::TokenKind;

/// "Monday two weeks from now", "Friday three weeks ago": the day of that week.
pub(super) fn weeks_off(scene: &Scene<'_>, at: usize, weekday: i8) -> Option<Read> {
    let read = number::small(scene.lexicon, scene.content, scene.rest(at + 1))
        .filter(|read| read.value < 100)?;
    let week = at + 1 + read.len;
    let count = i32::try_from(read.value).ok()?;
    let (by, end) = if scene.is_any(week, &["week", "weeks"]) && scene.is(week + 1, "ago") {
        (-count, week + 2)
    } else if scene.is_any(week, &["week", "weeks"])
        && scene.is(week + 1, "from")
        && scene.is_any(week + 2, &["now", "today"])
    {
        (count, week + 3)
    } else {
        return None;
    };
    let time = scene.relative(When::Weekday(weekday), |today| {
        let monday = Calendar::week(today).plus(by)?.first()?;
        let days = i64::from(weekday - 1);
        Some(When::At(monday.checked_add(jiff::Span::new().days(days)).ok()?.into()))
    });
    Some(Read::new(at, end, time, "date.weekday.of-week"))
}

/// "a week ago Tuesday", "two weeks ago on Friday": so many weeks before the last such day, where the weekday is at `at`.
pub(super) fn weeks_ago(scene: &Scene<'_>, weeks: i32, first: usize, at: usize) -> Option<Read> {
    let at = at + usize::from(scene.is(at, "on"));
    let weekday = *scene.lexicon.times.weekday.of(scene.token(at)?)?;
    if scene.text(at).ends_with(['s', 'S']) || scene.is_any(at + 1, &["'s", "’s"]) {
        return None;
    }
    let time = scene.relative(When::Weekday(weekday), |today| {
        let back = (today.weekday().to_monday_one_offset() - weekday - 1).rem_euclid(7) + 1;
        Some(When::At(Calendar::from(today).plus(-i32::from(back) - weeks.checked_mul(7)?)?))
    });
    Some(Read::new(first, at + 1, time, "date.weekday.ago"))
}

/// A weekday behind "next week", "last week on": the day of that week.
pub(super) fn of_this_week(scene: &Scene<'_>, by: i32, first: usize, at: usize) -> Option<Read> {
    let weekday = *scene.lexicon.times.weekday.of(scene.token(at)?)?;
    // "last week Mondays"; "this week Friday's vote" is as good as any.
    if scene.text(at).ends_with(['s', 'S']) && scene.text(at).len() > 4 {
        return None;
    }
    let time = scene.relative(When::Weekday(weekday), |today| {
        let monday = Calendar::week(today).plus(by)?.first()?;
        let days = i64::from(weekday - 1);
        Some(When::At(monday.checked_add(jiff::Span::new().days(days)).ok()?.into()))
    });
    Some(Read::new(first, at + 1, time, "date.weekday.of-week"))
}

/// "Tuesday of next week", "Friday last week", "Monday of this week"; and "Monday" of "Monday to Wednesday next week".
pub(super) fn of_week(scene: &Scene<'_>, at: usize, weekday: i8) -> Option<Read> {
    if let Some(read) = of_week_beside(scene, at, weekday) {
        return Some(read);
    }
    let week = |at: usize| {
        let which = at + usize::from(scene.is(at, "of"));
        if !scene.is(which + 1, "week") {
            return None;
        }
        let by = match scene.lower(which).as_str() {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        Some((by, which + 2))
    };
    let is_shared = || {
        let last = *scene.lexicon.times.weekday.of(scene.token(at + 2)?)?;
        let is_mark = scene.is_any(at + 1, &["to", "through", "until", "till", "and", "or"])
            || matches!(scene.kind(at + 1), Some(TokenKind::Hyphen | TokenKind::Dash));
        let (by, _) = week(at + 3)?;
        (is_mark && last > weekday).then_some((by, at + 1))
    };
    let (by, end) = week(at + 1).or_else(is_shared)?;
    let time = scene.relative(When::Weekday(weekday), |today| {
        let monday = Calendar::week(today).plus(by)?.first()?;
        let days = i64::from(weekday - 1);
        Some(When::At(monday.checked_add(jiff::Span::new().days(days)).ok()?.into()))
    });
    Some(Read::new(at, end, time, "date.weekday.of-week"))
}

/// "Monday of the following week", "the Friday of that week": of the week of the day that is spoken of, or beside it.
fn of_week_beside(scene: &Scene<'_>, at: usize, weekday: i8) -> Option<Read> {
    if !scene.is(at + 1, "of") {
        return None;
    }
    let which = at + 2 + usize::from(scene.is(at + 2, "the"));
    let by = match scene.lower(which).as_str() {
        "following" => 1,
        "previous" | "preceding" => -1,
        "that" | "same" => 0,
        _ => return None,
    };
    if !scene.is(which + 1, "week") {
        return None;
    }
    let of = |day: Date| {
        let monday = Calendar::week(day).plus(by)?.first()?;
        monday.checked_add(jiff::Span::new().days(i64::from(weekday - 1))).ok()
    };
    let time = match scene.memory.day {
        Some((day, fact)) => TimeValue {
            anchor: Some(fact),
            ..TimeValue::new(When::At(of(day.first()?)?.into()))
                .resolved(Resolution::FromAnotherMention)
        },
        None => scene.relative(When::Weekday(weekday), |today| Some(When::At(of(today)?.into()))),
    };
    let first = at.checked_sub(1).filter(|the| scene.is(*the, "the")).unwrap_or(at);
    Some(Read::new(first, which + 2, time, "date.weekday.of-week"))
}
