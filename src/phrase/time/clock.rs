//! Times of day: "10:30", "5 p.m.", "0915 GMT", "noon", and a day with its time: "Friday morning", "at 7 p.m. on Tuesday".

use super::hours::{hours, hours_from};
use super::point::{Point, half_hour, point};
use super::timed::{at_clock, working_days};
use super::{Direction, NO_NOUN, Read, Scene, TO, lengths};
use crate::fact::time::{Calendar, Clock, Part, PartOfDay, Recurrence, When, Zone};
use crate::fact::{Granularity, Resolution, TimeValue};
use crate::lexicon::{Tags, TimeWord};
use crate::token::{TokenKind, Words, flags};

/// A time of day, or two with what lies between.
pub(super) fn clock(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let token = scene.token(at)?;
    if is_label(scene, at) {
        return None;
    }
    let point = point(scene, at)?;
    if lengths::is_stopwatch(scene, at, &point) {
        return lengths::stopwatch(at, &point);
    }
    if let Some(hours) = hours_from(scene, at, point, false) {
        let is_habit = recurs(scene, at, hours.end);
        let time = match day_told(scene, at, hours.end, point.zone) {
            _ if is_habit => {
                TimeValue::new(hours.when(None, None)?).resolved(Resolution::Unresolved)
            }
            Some((day, fact)) => from_day(hours.when(Some(day), None)?, fact),
            None => {
                let open = hours.when(None, None)?;
                scene.relative(open, |today| hours.when(Some(today.into()), None))
            }
        };
        return Some(Read::new(hours.first, hours.end, time, "date.clock.hours"));
    }
    // "noon" and "midnight" stand for themselves only behind a preposition, which is asked where words of time are read.
    if token.is(Tags::TIME) && !scene.is(at, "half") {
        return None;
    }
    // "at 0745": no number is written so.
    let has_nought = has_nought(scene, at)
        && at > 0
        && scene.is_any(at - 1, &["at", "by", "until", "around", "about", "before", "after"]);
    let clock = if point.is_sure || has_nought || is_spoken(scene, at) {
        point.clock(None)?
    } else {
        beside_day(scene, at, &point)?
    };
    let first = scene
        .before(at, free)
        .filter(|a| scene.is(at, "quarter") && scene.is(*a, "a"))
        .unwrap_or(at);
    if let Some(read) = of_every(scene, first, &point, clock) {
        return Some(read);
    }
    if let Some(time) = in_other_zone(scene, at, clock)
        .or_else(|| of_day_timed(scene, clock))
        .or_else(|| of_day_told(scene, clock, at, point.end))
    {
        return Some(Read::new(first, point.end, time, "date.clock"));
    }
    // "In 2016 the result came at 2.30 a.m.": of no day that is known.
    let is_of_story = scene.last.is_some_and(|(_, unit, _)| {
        unit.granularity() > Granularity::Week
            && unit.after().zip(scene.today()).is_some_and(|(after, today)| after <= today)
    });
    if is_of_story && scene.direction(at, point.end) == Direction::Past {
        let time = TimeValue::new(When::Clock(None, clock)).resolved(Resolution::Unresolved);
        return Some(Read::new(first, point.end, time, "date.clock"));
    }
    let mut time = of_day(scene, clock);
    // "closed at 8.25 p.m." in a report of the next morning: a time that was still to come on its day is the day before's.
    if let (When::Clock(Some(day), Clock::Time(hour, minute, ..)), Some(now)) =
        (time.when, scene.published)
        && now.time() != jiff::civil::Time::midnight()
        && (hour, minute.unwrap_or(0)) > (now.hour(), now.minute())
        && point.zone == Zone::Local
        && !scene.is_any(at.wrapping_sub(1), &["after", "since"])
        && scene.direction(at, point.end) == Direction::Past
        && let Some(day) = day.plus(-1)
    {
        time.when = When::Clock(Some(day), clock);
    }
    Some(Read::new(first, point.end, time, "date.clock"))
}

/// Whether a time is of what comes back in its sentence, and of no day that was.
fn recurs(scene: &Scene<'_>, first: usize, end: usize) -> bool {
    // "is issued daily at 4 a.m."
    let is_now = || (first.saturating_sub(12)..first).any(|at| scene.is_any(at, &["is", "are"]));
    scene.every.is_some() && (scene.direction(first, end) != Direction::Past || is_now())
}

/// "On weekdays the shop opens at 8 a.m. and closes at 6 p.m.", "at 4 a.m. and 4 p.m. each day": a time of each of the days that come
/// back, or of none that is known.
fn of_every(scene: &Scene<'_>, first: usize, point: &Point, clock: Clock) -> Option<Read> {
    let of_none = TimeValue::new(When::Clock(None, clock)).resolved(Resolution::Unresolved);
    let read = |time: TimeValue| Read::new(first, point.end, time, "date.clock.every");
    let shared = || {
        let second = super::point::point(scene, point.end + 1)?;
        let when = When::Clock(None, second.clock(None)?);
        let second = Read::new(point.end + 1, second.end, TimeValue::new(when), "date.clock");
        match with_day(scene, second).time.when {
            When::Every(recurrence) => Some(recurrence.without_clock()),
            _ => None,
        }
    };
    let every = if scene.is(point.end, "and") { shared() } else { None };
    let every = every.or(scene.every.filter(|_| recurs(scene, first, point.end)))?;
    // "every Monday, and at 5 p.m. on Friday"
    let own = with_day(scene, Read::new(first, point.end, of_none, "date.clock"));
    if own.rule != "date.clock" {
        return Some(own);
    }
    Some(read(match at_clock(every, clock) {
        Some(recurrence) => TimeValue::new(When::Every(recurrence)),
        None => of_none,
    }))
}

/// Whether the words behind the number at `at`, which begin at `next`, let it be a time of day: most numbers are counts, and
/// their nouns say so.
pub(super) fn may_stand(scene: &Scene<'_>, at: usize, next: usize) -> bool {
    let has_nought = has_nought(scene, at);
    let Some(token) = scene.token(next) else { return has_nought };
    if token.is(Tags::CLOCK | Tags::TIME) || token.kind == TokenKind::Colon || has_nought {
        return true;
    }
    // "5-6", "5 to 6": of two numbers in digits, what stands behind the second tells.
    let is_told = || {
        scene.kind(at) != Some(TokenKind::Number)
            || scene.kind(next + 1) != Some(TokenKind::Number)
            || may_end(scene, next + 2)
    };
    if matches!(token.kind, TokenKind::Hyphen | TokenKind::Dash) {
        return scene
            .token(next + 1)
            .is_some_and(|to| to.kind == TokenKind::Number || to.is(Tags::NUMBER | Tags::TIME))
            && is_told()
            || scene.is(next + 1, "past");
    }
    if token.is(Tags::PREPOSITION | Tags::CONJUNCTION) {
        return scene.is_any(next, TO) && is_told()
            || scene.is(next, "and") && at > 0 && scene.is(at - 1, "between") && is_told()
            || scene.is(next, "in") && scene.is(next + 1, "the")
            || scene.is(next, "at") && scene.is(next + 1, "night");
    }
    if token.is(Tags::DETERMINER) {
        return scene.is(next, "this")
            || scene.is(next, "that")
                && scene.token(next + 1).is_some_and(|part| part.is(Tags::TIME))
            || is_next_part(scene, next);
    }
    GOES_ON.hold(scene.content, token)
}

/// Whether the token behind digits may show that they are a time of day: "a.m.", "GMT", "tomorrow", ":", "in the morning".
fn may_end(scene: &Scene<'_>, at: usize) -> bool {
    scene.token(at).is_some_and(|token| {
        token.is(Tags::CLOCK | Tags::TIME)
            || token.kind == TokenKind::Colon
            || token.is_capital()
            || GOES_ON.hold(scene.content, token)
            || scene.is_any(at, &["in", "at", "past"])
    })
}

/// "at seven thirty", "by six forty-five": an hour and its minutes in words behind a preposition, at the end of their phrase; not
/// "at seven fifty a share".
pub(super) fn is_spoken(scene: &Scene<'_>, at: usize) -> bool {
    let is_led = at > 0
        && scene.token(at).is_some_and(|hour| hour.is(Tags::NUMBER) && hour.is_word())
        && scene.is_any(at - 1, &["at", "around", "until"]);
    if !is_led {
        return false;
    }
    let end = scene.numeral_end(at);
    let is_end = scene.token(end).is_none_or(|next| {
        !next.is_word() && !matches!(next.kind, TokenKind::Hyphen | TokenKind::Symbol)
            || next.is(Tags::TIME | Tags::WEEKDAY)
            || scene.is_any(end, &["on", "in", "and", "to"])
    });
    is_end && point(scene, at).is_some_and(|point| point.end == end && point.minute.is_some())
}

/// "0745", "03.40": a number that is written so only of a time; and what stands in a timetable.
fn has_nought(scene: &Scene<'_>, at: usize) -> bool {
    if !matches!(scene.len(at), 4 | 5) {
        return false;
    }
    let text = scene.text(at);
    if !text.starts_with('0') {
        return text.as_bytes().get(text.len() - 3) == Some(&b'.') && is_of_timetable(scene, at);
    }
    // "03.40 yen"
    let is_amount = text.len() == 5
        && scene.token(at + 1).is_some_and(|next| {
            next.kind == TokenKind::Symbol
                || next.is_word()
                    && !next.is(Tags::PREPOSITION | Tags::CONJUNCTION | Tags::CLOCK | Tags::TIME)
        });
    let is_written = text.bytes().enumerate().all(|(place, byte)| {
        if text.len() == 5 && place == 2 { byte == b'.' } else { byte.is_ascii_digit() }
    });
    is_written && !is_amount
}

/// "leaves at 23.42", "landed at 8.15": behind a verb of travel; "the shares closed at 23.42" are a price.
fn is_of_timetable(scene: &Scene<'_>, at: usize) -> bool {
    at > 1
        && scene.is(at - 1, "at")
        && scene.token(at - 2).is_some_and(|verb| TRAVELS.hold(scene.content, verb))
        && scene.token(at + 1).is_none_or(|next| {
            next.kind != TokenKind::Symbol && (!next.is_word() || next.is(NO_NOUN | Tags::TIME))
        })
}

/// What trains and people do at a time.
static TRAVELS: Words<13> = Words::new([
    "leave",
    "leaves",
    "left",
    "depart",
    "departs",
    "departed",
    "departing",
    "arrive",
    "arrives",
    "arrived",
    "arriving",
    "landed",
    "off",
]);

/// What goes on with a time of day behind its number, prepositions apart.
static GOES_ON: Words<9> =
    Words::new(["this", "o'clock", "o’clock", "oclock", "minutes", "minute", "mins", "min", "ish"]);

/// Whether the number at `at` belongs to a label: "B-5 a.m.", "John 3:16".
fn is_label(scene: &Scene<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let is_joined = scene.is_joined(at)
        && !matches!(
            scene.kind(before),
            Some(TokenKind::OpenBracket | TokenKind::Dash | TokenKind::Hyphen)
        );
    // "John 3:16" is a verse.
    is_joined
        || scene
            .token(before)
            .is_some_and(|before| before.is_capital() && before.is(Tags::GIVEN_NAME))
}

/// A bare hour is one where its day follows: "at 4 tomorrow", "by seven this evening".
fn beside_day(scene: &Scene<'_>, at: usize, point: &Point) -> Option<Clock> {
    let is_led = at.checked_sub(1).is_some_and(|before| {
        scene.is_any(
            before,
            &["at", "by", "around", "about", "before", "after", "until", "till", "from", "since"],
        )
    });
    let this = usize::from(scene.is_any(point.end, &["this", "that", "yesterday", "tomorrow"]));
    // "at 9 the next morning"
    let this = if is_next_part(scene, point.end) { 2 } else { this };
    let word = |at: usize| scene.lexicon.times.word.at(scene.rest(at)).map(|found| *found.value);
    let part = match word(point.end + this) {
        Some(TimeWord::PartOfDay(part)) if this > 0 => Some(part),
        Some(TimeWord::Tonight) => Some(PartOfDay::Night),
        _ => None,
    };
    let is_day = part.is_some() || matches!(word(point.end), Some(TimeWord::Day(_)));
    (is_led && is_day).then(|| point.clock(half_of(part)))?
}

/// "the next morning", "the following evening" at `at`.
fn is_next_part(scene: &Scene<'_>, at: usize) -> bool {
    scene.is(at, "the")
        && scene.is_any(at + 1, &["next", "following", "same"])
        && scene.is_any(at + 2, &["morning", "afternoon", "evening", "night"])
}

/// Which half of the day a part of it is.
pub(super) fn half_of(part: Option<PartOfDay>) -> Option<bool> {
    match part? {
        PartOfDay::SmallHours | PartOfDay::Dawn | PartOfDay::Morning => Some(false),
        PartOfDay::Afternoon | PartOfDay::Evening | PartOfDay::Night => Some(true),
        PartOfDay::Midday | PartOfDay::Daytime => None,
    }
}

/// "8 p.m. on Monday (0100 GMT)": the same moment elsewhere, there on the day before or after where the clocks lie further apart
/// than zones do.
fn in_other_zone(scene: &Scene<'_>, at: usize, clock: Clock) -> Option<TimeValue> {
    let Clock::Time(hour, _, _, Zone::Offset(_)) = clock else { return None };
    let (day, local, fact) = scene.timed?;
    let (end, ..) = scene.last?;
    if end + 1 != at || scene.kind(end) != Some(TokenKind::OpenBracket) {
        return None;
    }
    // Zones lie from 14 hours ahead of universal time to 12 behind it.
    let by = match hour - local {
        13.. => -1,
        ..=-15 => 1,
        _ => 0,
    };
    let time = TimeValue::new(When::Clock(Some(day.plus(by)?), clock));
    Some(TimeValue { anchor: Some(fact), ..time.resolved(Resolution::FromAnotherMention) })
}

/// "left at 5:39 p.m. Wednesday and landed at 9 p.m.": of the day whose time has just been told, or the night that follows it.
pub(super) fn of_day_timed(scene: &Scene<'_>, clock: Clock) -> Option<TimeValue> {
    let (day, earlier, fact) = scene.timed.filter(|(day, ..)| day.first() != scene.today())?;
    let Clock::Time(hour, ..) = clock else { return None };
    let is_next = earlier >= 18 && hour < 8;
    if hour < earlier && !is_next {
        return None;
    }
    let day = day.plus(i32::from(is_next))?;
    let time = TimeValue::new(When::Clock(Some(day), clock));
    Some(TimeValue { anchor: Some(fact), ..time.resolved(Resolution::FromAnotherMention) })
}

/// "On Friday, police found the car at 9 a.m.", "He died on Tuesday. The body was found at 7 p.m.": of the day just told.
pub(super) fn of_day_told(
    scene: &Scene<'_>,
    clock: Clock,
    first: usize,
    end: usize,
) -> Option<TimeValue> {
    let Clock::Time(.., zone) = clock else { return None };
    let (day, fact) = day_told(scene, first, end, zone)?;
    Some(from_day(When::Clock(Some(day), clock), fact))
}

pub(super) fn from_day(when: When, fact: u32) -> TimeValue {
    let time = TimeValue::new(when).resolved(Resolution::FromAnotherMention);
    TimeValue { anchor: Some(fact), ..time }
}

/// The day that was told before in the sentence, or in the one before it, where it lies on the side that the verb says: "said on
/// Monday that the line would open at 6 p.m." is of another day.
fn day_told(scene: &Scene<'_>, first: usize, end: usize, zone: Zone) -> Option<(Calendar, u32)> {
    let today = scene.today()?;
    let is_day = |day: &Calendar| matches!(day.part, Part::Day(..)) && day.first() != Some(today);
    let here = scene.last.map(|(_, day, fact)| (day, fact)).filter(|(day, _)| is_day(day));
    // A time of a zone is a market's or a programme's, of the day of publication, unless the day was told with one.
    let before = scene.memory.day.filter(|(day, _)| {
        scene.last.is_none()
            && scene.sentence == scene.memory.day_in + 1
            && (zone == Zone::Local || scene.memory.day_zone == Some(zone))
            && is_day(day)
    });
    let (day, fact) = here.or(before)?;
    let is_past = day.first()? < today;
    // "turnout was 61% by 5 p.m."
    let is_by = first > 0 && scene.is(first - 1, "by");
    let told = if is_by { scene.nearest_left(first) } else { Direction::Open };
    let fits = match told.or(scene.direction(first, end)) {
        Direction::Past => is_past,
        Direction::Future => !is_past,
        Direction::Open => here.is_some(),
    };
    fits.then_some((day, fact))
}

/// A time of the day of publication.
pub(super) fn of_day(scene: &Scene<'_>, clock: Clock) -> TimeValue {
    scene.relative(When::Clock(None, clock), |today| Some(When::Clock(Some(today.into()), clock)))
}

/// "4 a.m. local time", "10 p.m. Eastern time": whose time it is.
pub(super) fn with_place(scene: &Scene<'_>, read: Read) -> Read {
    let is_place = scene.is(read.end + 1, "time")
        && (scene.is(read.end, "local")
            || scene.token(read.end).is_some_and(|place| place.is_word() && place.is_capital()));
    // "9 p.m. Eastern on Tuesday"
    let is_zone = scene.is_any(read.end, &["eastern", "central", "mountain", "pacific"])
        && scene.token(read.end).is_some_and(|zone| zone.has(flags::CAPITAL))
        && scene.token(read.end + 1).is_none_or(|next| {
            !next.is_word() || next.is(Tags::PREPOSITION | Tags::CONJUNCTION | Tags::WEEKDAY)
        });
    if is_zone {
        return Read { end: read.end + 1, ..read };
    }
    if is_place { Read { end: read.end + 2, ..read } } else { read }
}

/// "7 p.m. on Tuesday", "10:30 Friday", "noon today", "11 p.m. yesterday", "9 to 11 a.m. tomorrow".
pub(super) fn with_day(scene: &Scene<'_>, read: Read) -> Read {
    let read = with_place(scene, read);
    // "11:20 a.m. (0820 GMT) Monday"
    let aside = match scene.kind(read.end) {
        Some(TokenKind::OpenBracket) => (read.end + 2..read.end + 6)
            .find(|at| scene.kind(*at) == Some(TokenKind::CloseBracket))
            .map_or(0, |close| close + 1 - read.end),
        Some(TokenKind::CloseBracket) => 1,
        _ => 0,
    };
    let behind = read.end + aside;
    let skip = aside
        + usize::from(
            scene.is_any(behind, &["on", "of"]) || scene.kind(behind) == Some(TokenKind::Comma),
        );
    let clock_of = |when: When| match when {
        When::Clock(_, clock @ Clock::Time(..)) | When::Hours(_, clock, _) => Some(clock),
        _ => None,
    };
    if let (Some(end), Some(clock)) =
        (working_days(scene, read.end + skip), clock_of(read.time.when))
    {
        let when = When::Every(Recurrence::Weekdays(Some(clock)));
        return Read { end, time: TimeValue::new(when), rule: "date.clock.every", ..read };
    }
    // "until midnight, Monday to Saturday"
    let is_weekday = |at: usize| scene.token(at).is_some_and(|day| day.is(Tags::WEEKDAY));
    let from = read.end + skip;
    if scene.kind(behind) == Some(TokenKind::Comma)
        && is_weekday(from)
        && is_weekday(from + 2)
        && scene.is_any(from + 1, TO)
    {
        return read;
    }
    // The day's own trigger may stand one word further in: "on the 5th of May", "next Friday".
    for trigger in read.end + skip..read.end + skip + 4 {
        let Some(token) = scene.token(trigger) else { break };
        // "on 5/17", "on 2024-05-17"
        let is_number = token.kind == TokenKind::Number
            && (trigger == read.end + skip
                || trigger == read.end + skip + 1 && scene.is(trigger - 1, "the"))
            && scene.is(behind, "on");
        // "6 a.m. every day"
        let is_every = token.is(Tags::TIME_UNIT)
            && trigger > read.end + skip
            && (scene.is_any(trigger - 1, &["every", "each"])
                // "at noon the day before"
                || scene.is(trigger, "day")
                    && scene.is(trigger - 1, "the")
                    && scene.is_any(trigger + 1, &["before", "after"])
                || scene.is(trigger, "day")
                    && scene.is_any(
                        trigger - 1,
                        &["next", "following", "same", "previous", "last", "that"],
                    ));
        if !token.is(Tags::MONTH | Tags::WEEKDAY | Tags::TIME | Tags::HOLIDAY)
            && !is_number
            && !is_every
        {
            continue;
        }
        // "at 8 p.m. Saturday's late match begins" is none of Saturday's.
        if token.is(Tags::WEEKDAY)
            && trigger == read.end
            && scene.is_any(trigger + 1, &["'s", "’s"])
        {
            break;
        }
        let found = scene.read(trigger, read.end + skip);
        let Some(Read { first, end, time, .. }) = found else {
            if is_number {
                continue;
            }
            break;
        };
        let (day, part_end, part) = match time.when {
            When::At(day) if day.granularity() == Granularity::Day => {
                let part = scene.lexicon.times.word.at(scene.rest(end));
                match part.map(|found| (*found.value, found.len)) {
                    Some((TimeWord::PartOfDay(part), len)) => (day, end + len, Some(part)),
                    _ => (day, end, None),
                }
            }
            When::Clock(Some(day), Clock::Part(part)) => (day, end, Some(part)),
            // "between 9 a.m. and 4 p.m. on weekdays", "6 a.m. every day": TIMEX3 has no value of hours that come back, the first
            // of them stands for all.
            When::Every(recurrence) if first == read.end + skip => {
                let Some(clock) = clock_of(read.time.when) else { break };
                let Some(every) = at_clock(recurrence, clock) else {
                    // "at 9 a.m. on the first Monday of each month"
                    let time = TimeValue::new(When::Clock(None, clock));
                    let time = time.resolved(Resolution::Unresolved);
                    return Read { time, rule: "date.clock.every", ..read };
                };
                let time = TimeValue::new(When::Every(every));
                return Read { end, time, rule: "date.clock.every", ..read };
            }
            _ => break,
        };
        if first != read.end + skip {
            break;
        }
        // "until 8 a.m. Monday": the day to come.
        let is_to_come = scene.is_any(read.first.wrapping_sub(1), &["until", "till", "by"])
            && scene.today().is_some_and(|today| day.first().is_some_and(|first| first < today))
            && time.resolution == Resolution::FromPublishTime
            && token.is(Tags::WEEKDAY);
        let is_told = token.is(Tags::WEEKDAY) && time.resolution == Resolution::FromPublishTime;
        let day = match day_of_hour(scene, &read, trigger, day).filter(|_| is_told) {
            _ if is_to_come => day.plus(7),
            Some(other) => Some(other),
            None => Some(day),
        };
        let when = match (read.time.when, day) {
            (When::Clock(_, clock), Some(day)) => {
                Some(When::Clock(Some(day), in_part(clock, part)))
            }
            (When::Hours(..), Some(day)) => hours(scene, read.first, true)
                .and_then(|hours| hours.when(Some(day), half_of(part))),
            _ => None,
        };
        let Some(when) = when else { break };
        let time = TimeValue { when, ..time };
        // What stands between is read for itself: the day is its own mention then.
        if aside > 0 {
            return Read { time, rule: "date.clock.of-day", ..read };
        }
        return Read { end: part_end, time, rule: "date.clock.of-day", ..read };
    }
    read
}

/// "is expected by noon on Wednesday", said on a Wednesday afternoon: the next one; "passed just after midnight Wednesday", said on
/// that day: the midnight that began it.
fn day_of_hour(scene: &Scene<'_>, read: &Read, trigger: usize, day: Calendar) -> Option<Calendar> {
    let When::Clock(_, Clock::Time(hour, minute, _, Zone::Local)) = read.time.when else {
        return None;
    };
    let now = scene.published.filter(|now| now.time() != jiff::civil::Time::midnight())?;
    if day.first() != Some(now.date()) {
        return None;
    }
    let is_past = (hour, minute.unwrap_or(0)) < (now.hour(), now.minute());
    match scene.direction(read.first, trigger + 1) {
        Direction::Future if is_past => day.plus(7),
        Direction::Past if hour == 24 => day.plus(-1),
        _ => None,
    }
}

/// "half past seven on Monday evening": in the second half of the day.
fn in_part(clock: Clock, part: Option<PartOfDay>) -> Clock {
    let Clock::Time(hour @ 1..=11, minute, second, zone) = clock else { return clock };
    let is_second = match part {
        Some(PartOfDay::Afternoon | PartOfDay::Evening) => true,
        Some(PartOfDay::Night) => hour >= 6,
        _ => false,
    };
    Clock::Time(hour + if is_second { 12 } else { 0 }, minute, second, zone)
}

/// Whether "half seven" stands at `at`, which is half past it: behind a preposition, at the end of its phrase.
pub(super) fn is_half_hour(scene: &Scene<'_>, at: usize) -> bool {
    let is_led = at > 0
        && scene.is(at, "half")
        && scene.is_any(
            at - 1,
            &["at", "by", "until", "till", "around", "about", "before", "after", "from", "since"],
        );
    is_led && half_hour(scene, at + 1).is_some()
}
