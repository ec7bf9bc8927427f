//! Times of day: "10:30", "5 p.m.", "0915 GMT", "noon", and a day with its time: "Friday morning", "at 7 p.m. on Tuesday".

use super::{Read, SHAPES, Scene};
use crate::fact::TimeValue;
use crate::fact::time::{Clock, PartOfDay, Recurrence, When, Zone};
use crate::lexicon::{Tags, TimeWord};
use crate::token::TokenKind;

/// A time of day that begins with digits.
pub(super) fn clock(scene: &Scene<'_>, at: usize, _free: usize) -> Option<Read> {
    if scene.kind(at)? != TokenKind::Number
        || scene.is_joined(at)
            && at > 0
            && !matches!(
                scene.kind(at - 1),
                Some(TokenKind::OpenBracket | TokenKind::Dash | TokenKind::Hyphen)
            )
    {
        return None;
    }
    // "John 3:16" is a verse.
    if at > 0
        && scene
            .token(at - 1)
            .is_some_and(|before| before.is_capital() && before.is(Tags::GIVEN_NAME))
    {
        return None;
    }
    let (hour, minute, second, mut end) = digits(scene, at)?;
    let half = scene.token(end).and_then(|token| scene.lexicon.times.half.of(token)).copied();
    if half.is_some() || scene.is_any(end, &["o'clock", "o’clock", "oclock"]) {
        end += 1;
    }
    let zone = scene
        .token(end)
        .filter(|token| token.is_capital())
        .and_then(|token| scene.lexicon.times.zone.of(token))
        .copied();
    if zone.is_some() {
        end += 1;
    }
    let is_four = scene.text(at).len() == 4
        && minute.is_some()
        && second.is_none()
        && end > at
        && scene.kind(at + 1) != Some(TokenKind::Colon);
    let is_pointed = scene.text(at).contains('.');
    let is_bare = minute.is_none() || is_four || is_pointed;
    let is_oclock = end > 0 && scene.is_any(end - 1, &["o'clock", "o’clock", "oclock"]);
    // "4 in the morning", "9:30 at night"
    let part = if half.is_none() { part_behind(scene, end) } else { None };
    let half = half.or(part.map(|(is_second, _)| is_second));
    if let Some((_, after)) = part {
        end = after;
    }
    // "10.30", "1530", "5": only with what makes them times.
    if is_bare && half.is_none() && zone.is_none() && !is_oclock {
        return None;
    }
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(false) => hour % 12,
        Some(true) => hour % 12 + 12,
        None => hour,
    };
    let zone = zone.map_or(Zone::Local, Zone::Offset);
    // "5 p.m." is said to the minute as news says it.
    let minute = minute.or(half.map(|_half| 0));
    let clock = Clock::Time(hour, minute, second, zone);
    let mut time = of_day(scene, clock);
    // "closed at 9.35 p.m." in a report of the next morning: a time that was still to come on its day is the day before's.
    if let (When::Clock(Some(day), Clock::Time(hour, minute, ..)), Some(now)) =
        (time.when, scene.published)
        && now.time() != jiff::civil::Time::midnight()
        && (hour, minute.unwrap_or(0)) > (now.hour(), now.minute())
        && zone == Zone::Local
        && scene.direction(at, end) == super::Direction::Past
        && let Some(day) = day.plus(-1)
    {
        time.when = When::Clock(Some(day), clock);
    }
    Some(Read::new(at, end, time, "date.clock"))
}

/// "in the morning", "at night" behind a clock time: whether it is the second half of the day, and the token behind.
fn part_behind(scene: &Scene<'_>, at: usize) -> Option<(bool, usize)> {
    if scene.is(at, "in") && scene.is(at + 1, "the") {
        let is_second = scene.is_any(at + 2, &["afternoon", "evening"]);
        return (is_second || scene.is(at + 2, "morning")).then_some((is_second, at + 3));
    }
    (scene.is(at, "at") && scene.is(at + 1, "night")).then_some((true, at + 2))
}

/// Hour, minute, second and the token behind.
fn digits(scene: &Scene<'_>, at: usize) -> Option<(i8, Option<i8>, Option<i8>, usize)> {
    let text = scene.text(at);
    let colon = |at: usize| {
        scene.kind(at) == Some(TokenKind::Colon)
            && scene.is_joined(at)
            && scene.is_joined(at + 1)
            && scene.kind(at + 1) == Some(TokenKind::Number)
    };
    let valid = |hour: i8, minute: i8| {
        ((0..24).contains(&hour) || hour == 24 && minute == 0) && (0..60).contains(&minute)
    };
    if colon(at + 1) {
        let minutes = scene.text(at + 2);
        if text.len() > 2 || minutes.len() != 2 {
            return None;
        }
        let (hour, minute) = (text.parse().ok()?, minutes.parse().ok()?);
        if !valid(hour, minute) {
            return None;
        }
        if colon(at + 3) {
            let second =
                scene.text(at + 4).parse().ok().filter(|second| (0..60).contains(second))?;
            return Some((hour, Some(minute), Some(second), at + 5));
        }
        return Some((hour, Some(minute), None, at + 3));
    }
    let (hour, minute) = match text.split_once('.') {
        Some((hour, minute)) if minute.len() == 2 => {
            (hour.parse().ok()?, Some(minute.parse().ok()?))
        }
        Some(_) => return None,
        None if text.len() == 4 => {
            (text.get(..2)?.parse().ok()?, Some(text.get(2..)?.parse().ok()?))
        }
        None if text.len() <= 2 => (text.parse().ok()?, None),
        None => return None,
    };
    valid(hour, minute.unwrap_or(0)).then_some((hour, minute, None, at + 1))
}

/// A time of the day of publication.
pub(super) fn of_day(scene: &Scene<'_>, clock: Clock) -> TimeValue {
    scene.relative(When::Clock(None, clock), |today| Some(When::Clock(Some(today.into()), clock)))
}

/// A day joined with the time of day beside it, and a time with the day beside it, are one mention.
pub(super) fn joined(scene: &Scene<'_>, read: Read, free: usize) -> Read {
    match read.time.when {
        When::At(_) => with_time(scene, read),
        When::Clock(Some(day), Clock::Part(_)) => part_with_time(scene, &read, day).unwrap_or(read),
        When::Every(Recurrence::Weekday(weekday, None)) => {
            every_with_time(scene, &read, weekday).unwrap_or(read)
        }
        When::Clock(..) if read.rule != "date.part-of-day" => with_day(scene, read, free),
        _ => read,
    }
}

/// "Friday morning", "Friday at 5 p.m.", "March 12 at noon".
fn with_time(scene: &Scene<'_>, read: Read) -> Read {
    let When::At(day) = read.time.when else { return read };
    if day.granularity() != crate::fact::Granularity::Day {
        return read;
    }
    if let Some(read) = iso_time(scene, &read, day) {
        return read;
    }
    let skip = usize::from(scene.kind(read.end) == Some(TokenKind::Comma));
    let skip = skip + usize::from(scene.is(read.end + skip, "at"));
    let at = read.end + skip;
    if skip == 0 && scene.is(at, "in") && scene.is(at + 1, "the") {
        let word = scene.lexicon.times.word.at(scene.rest(at + 2)).map(|found| *found.value);
        if let Some(TimeWord::PartOfDay(part)) = word {
            let time = TimeValue { when: When::Clock(Some(day), Clock::Part(part)), ..read.time };
            return Read { end: at + 3, time, rule: "date.clock.of-day", ..read };
        }
    }
    let word = scene.lexicon.times.word.at(scene.rest(at)).map(|found| (*found.value, found.len));
    let (clock, end) = match word {
        Some((TimeWord::PartOfDay(part), len)) if skip == 0 && !scene.text(at).ends_with('s') => {
            (Clock::Part(part), at + len)
        }
        Some((TimeWord::Hour(hour), len)) => (Clock::at(hour, Some(0)), at + len),
        _ => match clock(scene, at, read.end) {
            Some(Read { end, time: TimeValue { when: When::Clock(_, clock), .. }, .. }) => {
                (clock, end)
            }
            _ => return read,
        },
    };
    Read {
        end,
        time: TimeValue { when: When::Clock(Some(day), clock), ..read.time },
        rule: "date.clock.of-day",
        ..read
    }
}

/// "tonight at 8:30", "Friday night at 8 p.m.".
fn part_with_time(
    scene: &Scene<'_>,
    read: &Read,
    day: crate::fact::time::Calendar,
) -> Option<Read> {
    if !scene.is_any(read.end, &["at", "around"]) {
        return None;
    }
    let Read { end, time: TimeValue { when: When::Clock(_, clock), .. }, .. } =
        clock(scene, read.end + 1, read.end)?
    else {
        return None;
    };
    // "tonight at 8:30" is half past twenty.
    let clock = match (read.time.when, clock) {
        (When::Clock(_, Clock::Part(part)), Clock::Time(hour @ 1..=11, minute, second, zone))
            if matches!(part, PartOfDay::Evening | PartOfDay::Night | PartOfDay::Afternoon)
                && hour > 4
                && !scene.token(end - 1).is_some_and(|half| half.is(Tags::CLOCK)) =>
        {
            Clock::Time(hour + 12, minute, second, zone)
        }
        (_, clock) => clock,
    };
    let time = TimeValue { when: When::Clock(Some(day), clock), ..read.time };
    Some(Read { end, time, rule: "date.clock.of-day", ..*read })
}

/// "every Tuesday at 7 p.m.", "Thursdays at noon".
fn every_with_time(scene: &Scene<'_>, read: &Read, weekday: i8) -> Option<Read> {
    let at = read.end + usize::from(scene.is(read.end, "at"));
    let Read { end, time: TimeValue { when: When::Clock(_, clock), .. }, .. } =
        clock(scene, at, read.end)?
    else {
        return None;
    };
    let when = When::Every(Recurrence::Weekday(weekday, Some(clock)));
    Some(Read { end, time: TimeValue { when, ..read.time }, rule: "date.weekday.every", ..*read })
}

/// "2022-10-14T09:15:00Z", "2022-10-14T09:15+02:00".
fn iso_time(scene: &Scene<'_>, read: &Read, day: crate::fact::time::Calendar) -> Option<Read> {
    let joined = |at: usize| scene.is_joined(at);
    if !scene.is(read.end, "t") || !joined(read.end) || !joined(read.end + 1) {
        return None;
    }
    let (hour, minute, second, mut end) = digits(scene, read.end + 1)?;
    let mut zone = Zone::Local;
    if scene.is(end, "z") && joined(end) {
        (zone, end) = (Zone::Offset(0), end + 1);
    } else if joined(end)
        && scene.is_any(end, &["+", "-"])
        && joined(end + 1)
        && scene.text(end + 1).len() == 2
    {
        let sign: i16 = if scene.is(end, "-") { -1 } else { 1 };
        let hours: i16 =
            scene.text(end + 1).parse().ok().filter(|hours| (0..=14).contains(hours))?;
        let has_minutes =
            scene.kind(end + 2) == Some(TokenKind::Colon) && scene.text(end + 3).len() == 2;
        let minutes: i16 = if has_minutes { scene.text(end + 3).parse().ok()? } else { 0 };
        zone = Zone::Offset(sign * (hours * 60 + minutes));
        end += if has_minutes { 4 } else { 2 };
    }
    let clock = Clock::Time(hour, minute, second, zone);
    let time = TimeValue { when: When::Clock(Some(day), clock), ..read.time };
    Some(Read { end, time, rule: "date.iso.time", ..*read })
}

/// "7 p.m. on Tuesday", "10:30 Friday", "noon today", "11 p.m. yesterday".
fn with_day(scene: &Scene<'_>, read: Read, _free: usize) -> Read {
    let When::Clock(_, clock) = read.time.when else { return read };
    let skip =
        usize::from(scene.is(read.end, "on") || scene.kind(read.end) == Some(TokenKind::Comma));
    // The day's own trigger may stand one word further in: "on the 5th of May", "next Friday".
    for trigger in read.end + skip..read.end + skip + 4 {
        let Some(token) = scene.token(trigger) else { break };
        if !token.is(Tags::MONTH | Tags::WEEKDAY | Tags::TIME | Tags::HOLIDAY) {
            continue;
        }
        let found = SHAPES.iter().find_map(|shape| shape(scene, trigger, read.end + skip));
        if let Some(Read { first, end, time, .. }) = found
            && first == read.end + skip
            && let When::At(day) = time.when
            // "until 9 a.m. Tuesday": the day to come.
            && let Some(day) = if scene.is_any(read.first.wrapping_sub(1), &["until", "till", "by"])
                && scene.today().is_some_and(|today| day.first().is_some_and(|first| first < today))
                && time.resolution == crate::fact::Resolution::FromPublishTime
                && scene.token(trigger).is_some_and(|token| token.is(Tags::WEEKDAY))
            {
                day.plus(7)
            } else {
                Some(day)
            }
            && day.granularity() == crate::fact::Granularity::Day
        {
            return Read {
                end,
                time: TimeValue { when: When::Clock(Some(day), clock), ..time },
                rule: "date.clock.of-day",
                ..read
            };
        }
        break;
    }
    read
}

/// "this morning", "last night", "yesterday evening" is of its day, "in the afternoon".
pub(super) fn part_of_day(
    scene: &Scene<'_>,
    at: usize,
    free: usize,
    part: PartOfDay,
) -> Option<Read> {
    let before = scene.before(at, free)?;
    let clock = Clock::Part(part);
    let days = match scene.text(before).to_ascii_lowercase().as_str() {
        "this" => 0,
        "last" => -1,
        // "the next morning", "the previous night", "that evening"
        "next" | "following" | "previous" | "same" | "that" => {
            let (day, fact) = scene.memory.day?;
            let by = match scene.text(before).to_ascii_lowercase().as_str() {
                "next" | "following" => 1,
                "previous" => -1,
                _ => 0,
            };
            let first = scene
                .before(before, free)
                .filter(|the| scene.is_any(*the, &["the", "that"]))
                .unwrap_or(before);
            let time = TimeValue {
                anchor: Some(fact),
                ..TimeValue::new(When::Clock(Some(day.plus(by)?), clock))
                    .resolved(crate::fact::Resolution::FromAnotherMention)
            };
            return Some(Read::new(first, at + 1, time, "date.part-of-day"));
        }
        // "in the morning", "in the afternoon": of the day that is spoken of.
        "the"
            if scene
                .before(before, free)
                .is_some_and(|word| scene.is_any(word, &["in", "during"]))
                && !scene.is(at + 1, "of") =>
        {
            let time = scene.relative(When::Clock(None, clock), |today| {
                let day = match scene.memory.day {
                    Some((day, _)) if scene.nearest_left(before) != super::Direction::Open => day,
                    _ => today.into(),
                };
                Some(When::Clock(Some(day), clock))
            });
            return Some(Read::new(before, at + 1, time, "date.part-of-day"));
        }
        _ => return None,
    };
    let time = scene.relative(When::Clock(None, clock), |today| {
        let day = today.checked_add(jiff::Span::new().days(days)).ok()?;
        Some(When::Clock(Some(day.into()), clock))
    });
    Some(Read::new(before, at + 1, time, "date.part-of-day"))
}
