//! Lengths that nothing counts: "weeks later", "for years", "months of talks", "the days before the vote", "the years ahead".

use super::point::Point;
use super::{NO_NOUN, Read, Scene, day, year};
use crate::fact::time::{Calendar, Count, Unit, When, Zone, whole_count};
use crate::fact::{Granularity, Resolution, TimeValue};
use crate::lexicon::Tags;
use crate::phrase::number;
use crate::token::{Token, TokenKind};

/// "came here two years back", at the end of its phrase; not "spent two years back home".
pub(super) fn is_back(scene: &Scene<'_>, first: usize, at: usize) -> bool {
    scene.is(at, "back")
        && scene
            .token(at + 1)
            .is_none_or(|next| matches!(next.kind, TokenKind::Dot | TokenKind::Comma))
        && !(first.saturating_sub(5)..first).any(|at| {
            scene.is_any(
                at,
                &["pushed", "push", "moved", "move", "put", "set", "brought", "shifted"],
            )
        })
        && !(first > 0
            && scene.is_any(first - 1, &["for", "spent", "in", "of", "after", "took", "by"]))
}

/// Whether a plural at `at` that nothing counts is a length, since something hangs it on a point or fills it.
pub(super) fn hangs(scene: &Scene<'_>, unit: Unit, at: usize) -> bool {
    let end = at + 1;
    let before = at.checked_sub(1);
    scene.is_any(end, &["before", "after", "later", "ago", "earlier", "ahead"])
        || scene.is(end + 1, "long") && scene.kind(end) == Some(TokenKind::Hyphen)
        || before.is_some_and(|before| scene.is_any(before, &["within", "in"]))
        // "in a matter of weeks"
        || at > 1 && scene.is(at - 1, "of") && scene.is(at - 2, "matter")
        // "for years"
        || unit >= Unit::Day && before.is_some_and(|before| scene.is(before, "for"))
        || unit >= Unit::Day && is_filled(scene, at)
}

/// "after months of talks", "follows years of neglect"; but "the early days of jazz", "days of the week", "school years of plenty".
fn is_filled(scene: &Scene<'_>, at: usize) -> bool {
    let is_led = at.checked_sub(1).and_then(|before| scene.token(before)).is_none_or(|before| {
        !before.is_word()
            || before.is(Tags::PREPOSITION | Tags::CONJUNCTION | Tags::AUXILIARY)
            || scene.is_any(at - 1, FOLLOWS)
    });
    is_led
        && scene.is(at + 1, "of")
        && scene.token(at + 2).is_some_and(|what| what.is_word() && !what.is(NO_NOUN))
}

/// Verbs of what comes at the end of a time.
const FOLLOWS: &[&str] = &[
    "follows",
    "followed",
    "following",
    "ended",
    "ends",
    "ending",
    "spent",
    "spend",
    "capped",
    "caps",
    "took",
    "takes",
    "despite",
];

/// "the [weeks] before the vote", "the [years] that followed", "[the months ahead]", with the unit in front of `end`.
pub(super) fn beside_event(scene: &Scene<'_>, unit: Unit, the: usize, end: usize) -> Option<Read> {
    if unit < Unit::Hour || matches!(unit, Unit::Quarter | Unit::Weekend) {
        return None;
    }
    let time = TimeValue::new(When::Length(None, unit, None));
    let is_end = |at: usize| {
        scene
            .token(at)
            .is_none_or(|next| !next.is_word() || next.is(NO_NOUN) && !scene.is(at, "of"))
    };
    // "the weeks ahead", "the years to come"
    let ahead = if scene.is(end, "ahead") && is_end(end + 1) {
        1
    } else if scene.is(end, "to") && scene.is(end + 1, "come") && is_end(end + 2) {
        2
    } else {
        0
    };
    if ahead > 0 {
        return Some(Read::new(the, end + ahead, time, "date.length.ahead"));
    }
    let follows = scene.is_any(end, &["that", "which"])
        && scene.is_any(end + 1, &["followed", "follow", "preceded", "precede"]);
    let is_led = the.checked_sub(1).is_some_and(|before| {
        scene.is_any(before, &["in", "during", "over", "for", "through", "within"])
    });
    // "in the days before the vote", "in the months leading up to the trial"
    let hangs = scene.is_any(end, &["before", "after", "since", "following", "preceding"])
        && scene.token(end + 1).is_some_and(Token::is_word)
        || scene.is(end, "leading") && scene.is_any(end + 1, &["up", "to", "into"])
        || scene.is_any(end, &["immediately", "shortly", "right", "just"])
            && scene.is_any(end + 1, &["before", "after", "following"]);
    if follows {
        return Some(Read::new(end - 1, end, time, "date.length.event"));
    }
    (is_led && hangs).then(|| Read::new(end - 1, end, time, "date.length.event"))
}

/// "On August 25, eleven weeks later, Paris was free", "in 1999, two years earlier": an aside on the date in front, which is that
/// date; "on 3 May, two days later he left" goes on.
pub(super) fn aside(scene: &Scene<'_>, first: usize, end: usize) -> Option<Read> {
    let (said, day, fact) = scene.last?;
    let from = scene.unbent(first);
    let is_beside = from == said + 1 && scene.kind(said) == Some(TokenKind::Comma);
    let is_aside = is_beside
        && scene.is_any(end, &["earlier", "later", "before", "after"])
        && scene.token(end + 1).is_none_or(|next| {
            matches!(next.kind, TokenKind::Comma | TokenKind::Dot | TokenKind::Semicolon)
                || next.is(Tags::AND)
        });
    let time = TimeValue::new(When::At(day)).resolved(Resolution::FromAnotherMention);
    is_aside.then(|| {
        Read::new(first, end + 1, TimeValue { anchor: Some(fact), ..time }, "date.length.aside")
    })
}

/// "two years earlier, in 2001, the box was full", "two weeks later, on 8 May": the time that is said behind.
pub(super) fn told_behind(scene: &Scene<'_>, unit: Unit, end: usize) -> Option<TimeValue> {
    let is_led = scene.kind(end) == Some(TokenKind::Comma) && scene.is_any(end + 1, &["in", "on"]);
    if !is_led {
        return None;
    }
    let from = end + 2;
    let month =
        (from..from + 4).find(|at| scene.token(*at).is_some_and(|token| token.is(Tags::MONTH)));
    let (time, behind) = match month {
        Some(month) => {
            let read = day::month(scene, month, from).filter(|read| read.first == from)?;
            (read.time, read.end)
        }
        None if scene.kind(from) == Some(TokenKind::Number) => {
            let (year, behind) = year::behind(scene, from)?;
            (TimeValue::new(When::At(Calendar::year(year))), behind)
        }
        None => return None,
    };
    let said = time.calendar()?.granularity();
    let fits = match unit {
        Unit::Day | Unit::Week | Unit::Fortnight => said == Granularity::Day,
        Unit::Month => said <= Granularity::Month,
        _ => unit >= Unit::Year,
    };
    let is_end = scene.token(behind).is_none_or(|next| !next.is_word() || next.is(NO_NOUN));
    (fits && is_end).then_some(time)
}

/// "a week to 10 days", "an hour to 90 minutes": the shorter one stands for both.
pub(super) fn to_longer(scene: &Scene<'_>, unit: Unit, first: usize, end: usize) -> Option<Read> {
    if !scene.is_any(end, &["to", "or"]) {
        return None;
    }
    let is_number = scene.kind(end + 1) == Some(TokenKind::Number)
        || scene.token(end + 1).is_some_and(|number| number.is(Tags::NUMBER));
    let read = number::small(scene.lexicon, scene.content, scene.rest(end + 1))
        .filter(|read| is_number && (2..1000).contains(&read.value))?;
    let word = end + 1 + read.len;
    let (finer, _) = *scene.lexicon.times.unit.of(scene.token(word)?)?;
    let is_bound = scene.is_any(word + 1, &["ago", "earlier", "later", "before", "after"]);
    (finer < unit && !is_bound).then(|| {
        let when = When::Length(Some(10), unit, None);
        Read::new(first, word + 1, TimeValue::new(when), "date.length")
    })
}

/// "two years and three months", "1 hour 30 minutes", "2 years 1 month ago": a length in several units.
pub(super) fn sum(
    scene: &Scene<'_>,
    unit: Unit,
    count: Count,
    first: usize,
    end: usize,
) -> Option<Read> {
    let some = |count: Count| u16::try_from(whole_count(count)?).ok().filter(|count| *count > 0);
    let mut parts = [(0, Unit::Second); 4];
    parts[0] = (some(count)?, unit);
    let (mut at, mut has_and) = (end, false);
    for place in 1..parts.len() {
        let and = usize::from(scene.is(at, "and"));
        let comma = usize::from(scene.kind(at) == Some(TokenKind::Comma));
        let from = at + and + comma;
        let is_number = scene.kind(from) == Some(TokenKind::Number)
            || scene.token(from).is_some_and(|token| token.is(Tags::NUMBER));
        let Some(read) = is_number
            .then(|| number::small(scene.lexicon, scene.content, scene.rest(from)))
            .flatten()
            .filter(|read| (1..1000).contains(&read.value))
        else {
            break;
        };
        let word = from + read.len;
        let Some((finer, _)) =
            scene.token(word).and_then(|token| scene.lexicon.times.unit.of(token))
        else {
            break;
        };
        let (longer, finer) = (parts[place - 1].1, *finer);
        if !follows(longer, finer)
            || comma == 1
                && place == 1
                && !scene.is_joined(word)
                && and == 0
                && scene.is_any(word + 1, &["ago", "later", "earlier"])
        {
            break;
        }
        parts[place] = (read.value as u16, finer);
        (at, has_and) = (word + 1, has_and || and == 1);
    }
    if parts[1].0 == 0 {
        return None;
    }
    // An age: "2 years 3 months old".
    if scene.is(at, "old") {
        return None;
    }
    let by = match scene.lower(at).as_str() {
        "ago" | "earlier" => Some(-1),
        "later" => Some(1),
        _ => None,
    };
    let Some(by) = by.filter(|_| scene.today().is_some()) else {
        return Some(Read::new(first, at, TimeValue::new(When::Sum(parts)), "date.length.sum"));
    };
    let finest = parts.iter().rfind(|(count, _)| *count > 0)?.1;
    if finest < Unit::Day {
        return Some(Read::new(first, at, TimeValue::new(When::Sum(parts)), "date.length.sum"));
    }
    let time = scene.relative(When::Past, |today| {
        let day = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .try_fold(today, |day, (count, unit)| unit.shift(day, i32::from(*count) * by))?;
        Some(When::At(Calendar::holding(day, finest)))
    });
    Some(Read::new(first, at + 1, time, "date.unit.ago"))
}

/// "an hour and a quarter", "a year and three quarters".
pub(super) fn and_quarters(
    scene: &Scene<'_>,
    unit: Unit,
    count: Count,
    first: usize,
    end: usize,
) -> Option<Read> {
    if !scene.is(end, "and") {
        return None;
    }
    let quarters = quarters(scene, end + 1)?;
    let (quarter, finer) = match unit {
        Unit::Hour => (15, Unit::Minute),
        Unit::Year => (3, Unit::Month),
        _ => return None,
    };
    let whole = u16::try_from(whole_count(count)?).ok()?;
    let none = (0, Unit::Second);
    let when = When::Sum([(whole, unit), (quarters * quarter, finer), none, none]);
    let is_more = scene.is(end + 3, "of");
    (!is_more).then(|| Read::new(first, end + 3, TimeValue::new(when), "date.length.sum"))
}

/// "a quarter of an hour", "three quarters of an hour", "a quarter of a century".
pub(super) fn quarter_of(scene: &Scene<'_>, unit: Unit, first: usize, end: usize) -> Option<Read> {
    let quarter = first.checked_sub(2).filter(|_| scene.is(first - 1, "of"))?;
    let from = quarter.checked_sub(1)?;
    let quarters = quarters(scene, from)?;
    let (part, finer) = match unit {
        Unit::Hour => (150, Unit::Minute),
        Unit::Century => (250, Unit::Year),
        _ => return None,
    };
    let when = When::Length(Some(u32::from(quarters * part)), finer, None);
    Some(Read::new(from, end, TimeValue::new(when), "date.length"))
}

/// How many quarters "a quarter" or "three quarters" at `at` are.
fn quarters(scene: &Scene<'_>, at: usize) -> Option<u16> {
    if scene.is_any(at, &["a", "one"]) && scene.is(at + 1, "quarter") {
        Some(1)
    } else if scene.is(at, "three") && scene.is(at + 1, "quarters") {
        Some(3)
    } else {
        None
    }
}

/// Whether "2:21:07" or "1:12" at `at` is read off a stopwatch: "won in 2:21:07", "with 1:12 left".
pub(super) fn is_stopwatch(scene: &Scene<'_>, at: usize, point: &Point) -> bool {
    let is_plain = point.half.is_none() && point.zone == Zone::Local;
    if !is_plain || scene.kind(at + 1) != Some(TokenKind::Colon) {
        return false;
    }
    let is_left = scene.is_any(point.end, &["left", "remaining"])
        || scene.is(point.end, "to") && scene.is_any(point.end + 1, &["play", "go"]);
    // "in 12:30 December 27th"
    let is_end = scene.token(point.end).is_none_or(|next| !next.is_word() || next.is(NO_NOUN));
    let is_led = at > 0
        && is_end
        && (scene.is(at - 1, "in")
            || point.second.is_some() && scene.is_any(at - 1, &["of", "with", "clocked", "ran"]));
    is_left || is_led
}

/// The length that a stopwatch shows; of two numbers in a race it is not known whether they are hours or minutes.
pub(super) fn stopwatch(at: usize, point: &Point) -> Option<Read> {
    let count = |value: i8| u16::try_from(value).ok();
    let (hour, minute) = (count(point.hour)?, count(point.minute?)?);
    let none = (0, Unit::Second);
    let parts = match point.second {
        Some(second) => {
            [(hour, Unit::Hour), (minute, Unit::Minute), (count(second)?, Unit::Second), none]
        }
        None => return None,
    };
    Some(Read::new(at, point.end, TimeValue::new(When::Sum(parts)), "date.length.stopwatch"))
}

/// Whether lengths are told in these two units, one behind the other.
fn follows(longer: Unit, finer: Unit) -> bool {
    matches!(
        (longer, finer),
        (Unit::Year, Unit::Month | Unit::Week | Unit::Day)
            | (Unit::Month, Unit::Week | Unit::Day)
            | (Unit::Week, Unit::Day)
            | (Unit::Day, Unit::Hour)
            | (Unit::Hour, Unit::Minute)
            | (Unit::Minute, Unit::Second)
    )
}

/// "3h 40m", "3h40m", "2h": hours as timetables and results write them; "at 16h" is a time of day.
pub(super) fn lettered(scene: &Scene<'_>, at: usize) -> Option<Read> {
    let count = |at: usize| scene.text(at).parse::<u16>().ok().filter(|count| *count > 0);
    let is_letter = |at: usize, letters: &[&str]| {
        let goes_on = scene.token(at + 1).is_some_and(|next| {
            next.is_joined() && (next.is_word() || next.kind == TokenKind::Number)
        });
        scene.is_joined(at) && scene.is_any(at, letters) && !goes_on
    };
    let is_clock = at > 0 && scene.is_any(at - 1, &["at", "by", "until", "from", "to"]);
    // "for 10D", "lasted 2W"
    let is_led = at > 0 && scene.is_any(at - 1, &["for", "within", "lasted", "lasts", "took"]);
    let longer = match scene.text(at + 1) {
        "D" => Some(Unit::Day),
        "W" => Some(Unit::Week),
        "Y" => Some(Unit::Year),
        _ => None,
    };
    if let Some(unit) = longer.filter(|_| is_led && scene.is_joined(at + 1))
        && is_letter(at + 1, &["d", "w", "y"])
        && scene.token(at + 2).is_none_or(|next| !next.is_word() || next.is(NO_NOUN))
    {
        let when = When::Length(Some(u32::from(count(at)?) * 10), unit, None);
        return Some(Read::new(at, at + 2, TimeValue::new(when), "date.length.lettered"));
    }
    if !scene.is(at + 1, "h") || !scene.is_joined(at + 1) || scene.is_joined(at) || is_clock {
        return None;
    }
    let minutes =
        count(at + 2).filter(|minutes| *minutes < 60 && is_letter(at + 3, &["m", "min", "mins"]));
    if minutes.is_none() && !is_letter(at + 1, &["h"]) {
        return None;
    }
    let hours = count(at).filter(|hours| *hours < 1000)?;
    let none = (0, Unit::Second);
    let (when, end) = match minutes {
        Some(minutes) => {
            (When::Sum([(hours, Unit::Hour), (minutes, Unit::Minute), none, none]), at + 4)
        }
        None => (When::Length(Some(u32::from(hours) * 10), Unit::Hour, None), at + 2),
    };
    Some(Read::new(at, end, TimeValue::new(when), "date.length.lettered"))
}

/// "Call me in 20 minutes", "come back in six months": a request.
pub(super) fn is_asked(scene: &Scene<'_>, first: usize) -> bool {
    let Some(verb) = (first.saturating_sub(6)..first).find(|at| {
        scene.is_any(
            *at,
            &[
                "call", "come", "check", "meet", "return", "remind", "ring", "wake", "ask",
                "schedule", "book", "talk", "speak", "visit", "contact", "arrange",
            ],
        )
    }) else {
        return false;
    };
    // It begins its sentence or quotation, maybe behind "Please help me" or "Let's".
    let begins = |at: usize| {
        at == 0
            || matches!(
                scene.kind(at - 1),
                Some(TokenKind::OpenQuote | TokenKind::DoubleQuote | TokenKind::OpenSingleQuote)
            )
    };
    let asks = |at: usize| scene.is(at, "please") || scene.is(at, "let") && begins(at);
    begins(verb) || (verb.saturating_sub(3)..verb).any(asks)
}
