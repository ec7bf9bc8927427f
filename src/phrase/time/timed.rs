//! A day with the time of day behind it: "Tuesday at 5 p.m.", "every day at noon", "2024-05-01T10:00Z".

use super::clock::{half_of, with_day, with_place};
use super::hours::{bare_hours, hours};
use super::point::{digits, point};
use super::{NO_NOUN, Read, Scene, TO, year};
use crate::fact::time::{Calendar, Clock, Open, PartOfDay, Recurrence, Unit, When, Zone};
use crate::fact::{Granularity, Relation, TimeValue, TimexMod};
use crate::lexicon::{Tags, TimeWord};
use crate::token::{Token, TokenKind};

/// A day joined with the time of day beside it, and a time with the day beside it, are one mention.
pub(super) fn joined(scene: &Scene<'_>, read: Read) -> Read {
    match read.time.when {
        When::At(day) if day.granularity() == Granularity::Day => with_time(scene, read, day),
        When::Clock(Some(day), Clock::Part(part)) => {
            match time_behind(scene, &read, day, Some(part)) {
                Some(timed) => timed,
                // "at dawn on Tuesday"
                None if scene.is(read.end, "on") => with_day(scene, read),
                // "shortly before dawn Thursday"
                None if scene.token(read.end).is_some_and(|day| day.is(Tags::WEEKDAY)) => {
                    with_day(scene, read)
                }
                None => read,
            }
        }
        When::Every(recurrence) => every_with_time(scene, &read, recurrence).unwrap_or(read),
        When::Clock(..) | When::Hours(..) if read.rule != "date.part-of-day" => {
            with_day(scene, read)
        }
        _ => read,
    }
}

/// "Friday morning", "Friday at 5 p.m.", "March 12 at noon", "Tuesday in the afternoon".
fn with_time(scene: &Scene<'_>, read: Read, day: Calendar) -> Read {
    // Many a day is the last word of its sentence.
    let is_stop = |token: &Token| token.kind == TokenKind::Dot && !scene.is_joined(read.end + 1);
    if scene.token(read.end).is_none_or(is_stop) {
        return read;
    }
    if let Some(read) = iso_time(scene, &read, day) {
        return read;
    }
    if let Some(timed) = time_behind(scene, &read, day, None) {
        let timed = with_place(scene, timed);
        return if read.rule == "date.day.no-year" { year_behind(scene, timed) } else { timed };
    }
    // "tomorrow pm", "Monday am", but "Monday at 5 pm"
    if let Some(is_second) = scene
        .token(read.end)
        .filter(|half| half.is(Tags::CLOCK))
        .and_then(|half| scene.lexicon.times.half.of(half))
        .copied()
        && scene
            .token(read.end + 1)
            .is_none_or(|next| !next.is_word() || next.is(Tags::PREPOSITION | Tags::CONJUNCTION))
        && scene.kind(read.end + 1) != Some(TokenKind::Number)
        && !scene.is_joined(read.end)
        && (read.rule == "date.word.day" || read.rule.starts_with("date.weekday"))
    {
        let part = if is_second { PartOfDay::Afternoon } else { PartOfDay::Morning };
        let time = TimeValue { when: When::Clock(Some(day), Clock::Part(part)), ..read.time };
        return Read { end: read.end + 1, time, rule: "date.clock.of-day", ..read };
    }
    let in_the = if scene.is(read.end, "in") && scene.is(read.end + 1, "the") { 2 } else { 0 };
    let early = usize::from(scene.is_any(read.end + in_the, &["early", "late"]));
    let at = read.end + in_the + early;
    let found = scene.lexicon.times.word.at(scene.rest(at));
    let Some((TimeWord::PartOfDay(part), len)) = found.map(|found| (*found.value, found.len))
    else {
        return read;
    };
    if scene.text(at).ends_with('s') {
        return read;
    }
    let modifier = match early {
        0 => None,
        _ if scene.is(at - 1, "early") => Some(TimexMod::Start),
        _ => Some(TimexMod::End),
    };
    let time = TimeValue { when: When::Clock(Some(day), Clock::Part(part)), ..read.time };
    let read =
        Read { end: at + len, time: time.modified(modifier), rule: "date.clock.of-day", ..read };
    time_behind(scene, &read, day, Some(part)).unwrap_or(read)
}

/// The time or times behind a day, maybe with the part of it that is spoken of: "Friday at 5 p.m.", "tonight from 8 to 8:45",
/// "Wednesday after 3 p.m.", "tomorrow morning at 8".
fn time_behind(
    scene: &Scene<'_>,
    read: &Read,
    day: Calendar,
    part: Option<PartOfDay>,
) -> Option<Read> {
    let comma = usize::from(scene.kind(read.end) == Some(TokenKind::Comma));
    let at = read.end + comma;
    let half = half_of(part);
    let of_day = |when: When, end: usize| Read {
        end,
        time: TimeValue { when, ..read.time },
        rule: "date.clock.of-day",
        ..*read
    };
    let led = usize::from(scene.is_any(at, &["from", "between", "at"]));
    if let Some(hours) = hours(scene, at + led, true) {
        return Some(of_day(hours.when(Some(day), half)?, hours.end));
    }
    if let Some(found) = scene.lexicon.times.relation.at(scene.rest(at)).filter(|_| comma == 0) {
        let open = match found.value {
            Relation::Before => Open::Before,
            Relation::After => Open::After,
            Relation::By | Relation::Until => Open::UpTo,
            Relation::Since => Open::From,
            Relation::On | Relation::During => return None,
        };
        let point = point(scene, at + found.len).filter(|point| point.is_sure)?;
        // "from Monday until midnight on Sunday" ends on another day.
        let has_own_day = scene.is(point.end, "on")
            || scene.token(point.end).is_some_and(|day| day.is(Tags::WEEKDAY | Tags::MONTH));
        if has_own_day {
            return None;
        }
        let read = of_day(When::Clock(Some(day), point.clock(half)?), point.end);
        return Some(Read { time: read.time.opened(open), ..read });
    }
    let led = usize::from(scene.is_any(at, &["at", "around", "@"]));
    let about = led + usize::from(led == 1 && scene.is_any(at + 1, &["about", "around"]));
    let point = point(scene, at + about)?;
    let is_counted = scene.token(point.end).is_some_and(|next| {
        next.is(Tags::UNIT | Tags::SCALE | Tags::CURRENCY | Tags::MONTH | Tags::TIME_UNIT)
            || next.kind == TokenKind::Symbol
            || next.kind == TokenKind::Hyphen && next.is_joined()
            || next.is_word() && !next.is(FUNCTION)
    });
    // "Sat at 5": a bare hour of a day is one behind "at" alone.
    let is_hour = led == 1
        && comma == 0
        && ((1..=12).contains(&point.hour) || point.minute.is_some())
        && !is_counted
        && scene.kind(at + about - 1) != Some(TokenKind::Comma);
    if !point.is_sure && !is_hour || part.is_some() && about == 0 && !point.is_sure {
        return None;
    }
    // "tonight at 8:30" is half past twenty; "Monday at 4" is in the afternoon, as offices and stages keep.
    let half = half.or((!point.is_sure && (1..=6).contains(&point.hour)).then_some(true));
    Some(of_day(When::Clock(Some(day), point.clock(half)?), point.end))
}

/// Words that a time's noun is none of.
const FUNCTION: u64 = Tags::PREPOSITION
    | Tags::CONJUNCTION
    | Tags::AUXILIARY
    | Tags::MODAL
    | Tags::PRONOUN
    | Tags::DETERMINER
    | Tags::ADVERB
    | Tags::TIME
    | Tags::WEEKDAY;

/// "every Tuesday at 7 p.m.", "Thursdays at noon", "every day at 6 a.m.".
fn every_with_time(scene: &Scene<'_>, read: &Read, recurrence: Recurrence) -> Option<Read> {
    // "Mondays and Thursdays from 10 a.m. to 6 p.m.", "daily 9am to 5pm"
    let led = usize::from(scene.is_any(read.end, &["from", "between"]));
    if let Some((clock, end)) =
        hours(scene, read.end + led, true).and_then(|hours| match hours.when(None, None)? {
            When::Hours(_, clock, _) => Some((clock, hours.end)),
            _ => None,
        })
    {
        let when = When::Every(at_clock(recurrence, clock)?);
        return Some(Read { end, time: TimeValue { when, ..read.time }, ..*read });
    }
    // "every Sunday morning", "each weekday evening"
    let found = scene.lexicon.times.word.at(scene.rest(read.end));
    if let Some((TimeWord::PartOfDay(part), len)) = found.map(|found| (*found.value, found.len))
        && let Some(recurrence) = at_clock(recurrence, Clock::Part(part))
        && matches!(recurrence, Recurrence::Weekday(..) | Recurrence::Weekdays(_))
        && !scene.text(read.end).ends_with('s')
    {
        let time = TimeValue { when: When::Every(recurrence), ..read.time };
        return Some(Read { end: read.end + len, time, ..*read });
    }
    let at = read.end + usize::from(scene.is(read.end, "at"));
    let clock = |at: usize| {
        let is_led = at > 0 && scene.is(at - 1, "at");
        // "every morning at 6"
        let half = match recurrence {
            Recurrence::Clock(Clock::Part(part)) => half_of(Some(part)),
            _ => None,
        };
        let is_end =
            |end: usize| scene.token(end).is_none_or(|next| !next.is_word() || next.is(NO_NOUN));
        let point = point(scene, at).filter(|point| {
            point.is_sure
                || is_led && (point.minute.is_some() || half.is_some() && is_end(point.end))
        })?;
        Some((point.clock(half)?, point.end))
    };
    let (clock, end) = clock(at)?;
    let recurrence = at_clock(recurrence, clock)?;
    Some(Read { end, time: TimeValue { when: When::Every(recurrence), ..read.time }, ..*read })
}

/// A recurrence of days, at a time of each.
pub(super) fn at_clock(recurrence: Recurrence, clock: Clock) -> Option<Recurrence> {
    match recurrence {
        Recurrence::Weekday(weekday, None, nth) => {
            Some(Recurrence::Weekday(weekday, Some(clock), nth))
        }
        Recurrence::Weekdays(None) => Some(Recurrence::Weekdays(Some(clock))),
        Recurrence::Unit { count: 1, unit: Unit::Day, times: 0 }
        | Recurrence::Clock(Clock::Part(_)) => Some(Recurrence::Clock(clock)),
        Recurrence::Unit { .. }
        | Recurrence::Weekday(..)
        | Recurrence::Weekdays(_)
        | Recurrence::Clock(_)
        | Recurrence::Month(_)
        | Recurrence::Day(..)
        | Recurrence::Season(_) => None,
    }
}

/// "9 a.m. to 5 p.m. Monday to Friday": the token behind, where these days stand at `at`.
pub(super) fn working_days(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let weekday = |at: usize| {
        scene.token(at).and_then(|token| scene.lexicon.times.weekday.of(token)).copied()
    };
    let is_to = scene.is_any(at + 1, TO)
        || matches!(scene.kind(at + 1), Some(TokenKind::Hyphen | TokenKind::Dash));
    (weekday(at) == Some(1) && is_to && weekday(at + 2) == Some(5)).then_some(at + 3)
}

/// "Mon-Fri 9am-5pm", "Monday to Friday, from 9 a.m. to 5 p.m.": of each of these days, the first hour stands for all.
pub(super) fn weekdays_with_hours(scene: &Scene<'_>, at: usize) -> Option<Read> {
    let end = working_days(scene, at)?;
    let comma = usize::from(scene.kind(end) == Some(TokenKind::Comma));
    let from = end + comma + usize::from(scene.is_any(end + comma, &["from", "between", "at"]));
    let hours = hours(scene, from, true).or_else(|| bare_hours(scene, from))?;
    let When::Hours(_, clock, _) = hours.when(None, None)? else { return None };
    let when = When::Every(Recurrence::Weekdays(Some(clock)));
    Some(Read::new(at, hours.end, TimeValue::new(when), "date.clock.every"))
}

/// "Tue Sep 13 14:20:31 2011": the year behind the time, as computers write it.
fn year_behind(scene: &Scene<'_>, read: Read) -> Read {
    let When::Clock(Some(Calendar { part, .. }), clock @ Clock::Time(_, _, Some(_), _)) =
        read.time.when
    else {
        return read;
    };
    match year::year_at(scene, read.end) {
        Some(year) => {
            let time = TimeValue::new(When::Clock(Some(Calendar { year, part }), clock));
            Read { end: read.end + 1, time, ..read }
        }
        None => read,
    }
}

/// "2022-10-14T09:15:00Z", "2022-10-14T09:15+02:00".
fn iso_time(scene: &Scene<'_>, read: &Read, day: Calendar) -> Option<Read> {
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
