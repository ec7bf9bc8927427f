//! A time of a day as it is written, in digits or words, before it is known whose day it is: "10:30", "5 p.m.", "0915 GMT",
//! "half past eight", "six forty-three".

use jiff::civil::Weekday;

use super::{Read, Scene, clock};
use crate::fact::TimeValue;
use crate::fact::time::{Clock, When, Zone, nth_weekday};
use crate::lexicon::{Tags, TimeWord};
use crate::phrase::number;
use crate::token::{Token, TokenKind};

/// A time of a day as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    /// The hour as written, 0 to 24.
    pub hour: i8,
    /// The minute, where it is written.
    pub minute: Option<i8>,
    /// The second, where it is written.
    pub second: Option<i8>,
    /// Which half of the day, where that is said; true is the second.
    pub half: Option<bool>,
    /// The zone.
    pub zone: Zone,
    /// The token behind.
    pub end: usize,
    /// Whether it can be nothing else: not so of "5", "10.30" and "1530".
    pub is_sure: bool,
}

impl Point {
    /// The time, in its half of the day, where one is said or `half` gives one; `None` when there is none such ("15 a.m.").
    pub(super) fn clock(&self, half: Option<bool>) -> Option<Clock> {
        let hour = match self.half.or(half.filter(|_| (1..=12).contains(&self.hour))) {
            Some(_) if !(1..=12).contains(&self.hour) => return None,
            Some(is_second) => self.hour % 12 + if is_second { 12 } else { 0 },
            None => self.hour,
        };
        // "5 p.m." is said to the minute as news says it.
        let minute = self.minute.or((self.half.is_some() || half.is_some()).then_some(0));
        Some(Clock::Time(hour, minute, self.second, self.zone))
    }

    /// Minutes into the day, given its half.
    pub(super) fn minutes(&self, half: Option<bool>) -> i16 {
        let hour = match half.filter(|_| (1..=12).contains(&self.hour)) {
            Some(is_second) => i16::from(self.hour) % 12 + if is_second { 12 } else { 0 },
            None => i16::from(self.hour),
        };
        hour * 60 + i16::from(self.minute.unwrap_or(0))
    }
}

/// A time of a day whose first token is `at`.
pub(super) fn point(scene: &Scene<'_>, at: usize) -> Option<Point> {
    let head = if let Some(point) = past(scene, at) {
        point
    } else if scene.kind(at)? == TokenKind::Number {
        let (hour, minute, second, end) = digits(scene, at)?;
        let text = scene.text(at);
        // "12 noon"
        if text == "12"
            && let Some(noon) = words(scene, at + 1).filter(|point| point.is_sure)
        {
            return Some(noon);
        }
        // "0830: the doors open", but "2023: 24 %" is a year.
        let is_year = ("1900".."2060").contains(&text);
        let is_four = text.len() == 4 && (is_year || scene.kind(at + 1) != Some(TokenKind::Colon));
        let is_sure = minute.is_some() && !is_four && !text.contains('.');
        Point { hour, minute, second, half: None, zone: Zone::Local, end, is_sure }
    } else {
        words(scene, at)?
    };
    let point = tail(scene, head)?;
    point.clock(None).map(|_clock| point)
}

/// "on Sunday", "Sunday", "tomorrow", "in the morning" at `at`.
fn is_of_day(scene: &Scene<'_>, at: usize) -> bool {
    let on = at + usize::from(scene.is(at, "on"));
    scene.token(on).is_some_and(|day| day.is(Tags::WEEKDAY))
        || scene.is_any(at, &["yesterday", "today", "tomorrow"])
        || scene.is(at, "in") && scene.is(at + 1, "the")
}

/// What may follow: "a.m.", "o'clock", a zone, "in the morning".
fn tail(scene: &Scene<'_>, mut point: Point) -> Option<Point> {
    if let Some(half) =
        scene.token(point.end).and_then(|token| scene.lexicon.times.half.of(token)).copied()
    {
        point.half = Some(half);
        point.end += 1;
        point.is_sure = true;
    } else if point.minute.is_some()
        && scene.is_joined(point.end)
        && scene.is_any(point.end, &["a", "p"])
        && scene.kind(point.end - 2) == Some(TokenKind::Colon)
        && !scene.token(point.end + 1).is_some_and(|next| next.is_joined() && next.is_word())
    {
        // "9:00a", "8:45p"
        point.half = Some(scene.is(point.end, "p"));
        point.end += 1;
    } else if scene.is_any(point.end, &["o'clock", "o’clock", "oclock"]) {
        point.end += 1;
        point.is_sure = true;
    } else if scene.is_joined(point.end) && scene.is(point.end, "ish") {
        // "7ish"
        point.end += 1;
        point.is_sure = true;
    }
    // "12:00 noon"
    if (point.hour, point.minute) == (12, Some(0))
        && point.half.is_none()
        && scene.is_any(point.end, &["noon", "midday"])
    {
        point.end += 1;
        point.half = Some(true);
        point.is_sure = true;
    }
    let zone = scene
        .token(point.end)
        .filter(|token| token.is_capital())
        .and_then(|token| scene.lexicon.times.zone.of(token));
    if let Some(minutes) = zone {
        point.zone = Zone::Offset(*minutes);
        point.end += 1;
        point.is_sure = true;
        point.end += usize::from(scene.is(point.end, "time"));
        if *minutes == 0
            && let Some((offset, end)) = offset(scene, point.end)
        {
            (point.zone, point.end) = (Zone::Offset(offset), end);
        }
    }
    // "4 in the morning", "9:30 at night"
    if point.half.is_none()
        && (1..=12).contains(&point.hour)
        && let Some((is_second, end)) = part_behind(scene, point.hour, point.end)
    {
        point.half = Some(is_second);
        point.end = end;
        point.is_sure = true;
    }
    Some(point)
}

/// "+8", "-5", "+05:30" joined to "UTC" or "GMT" in front of `at`, in minutes; and the token behind.
fn offset(scene: &Scene<'_>, at: usize) -> Option<(i16, usize)> {
    let sign = scene.token(at).filter(|sign| sign.is_joined() && !sign.is_word())?;
    let sign = match sign.text(scene.content) {
        "+" => 1,
        "-" | "−" | "–" => -1,
        _ => return None,
    };
    let number = scene.token(at + 1).filter(|hours| hours.is_joined())?;
    if number.kind != TokenKind::Number {
        return None;
    }
    let (hours, minutes, _, end) = digits(scene, at + 1)?;
    let minutes = i16::from(hours) * 60 + i16::from(minutes.unwrap_or(0));
    (minutes <= 14 * 60).then_some((sign * minutes, end))
}

/// "in the morning", "at night" behind a clock time: whether it is the second half of the day, and the token behind.
fn part_behind(scene: &Scene<'_>, hour: i8, at: usize) -> Option<(bool, usize)> {
    if scene.is(at, "in") && scene.is(at + 1, "the") {
        let is_second = scene.is_any(at + 2, &["afternoon", "evening"]);
        return (is_second || scene.is(at + 2, "morning")).then_some((is_second, at + 3));
    }
    // "10 at night", but "3 at night"
    (scene.is(at, "at") && scene.is(at + 1, "night")).then_some(((6..12).contains(&hour), at + 2))
}

/// "half past five", "a quarter to six", "20 minutes past eight", "ten past 9".
fn past(scene: &Scene<'_>, at: usize) -> Option<Point> {
    // "half-past five"
    let joined = usize::from(scene.kind(at + 1) == Some(TokenKind::Hyphen));
    let (minutes, mark) = if scene.is(at, "half") {
        (30, at + 1 + joined)
    } else if scene.is(at, "quarter") {
        (15, at + 1 + joined)
    } else {
        // Digits are one token: what must follow is asked first.
        if scene.kind(at)? == TokenKind::Number
            && (scene.token(at)?.span.len() > 2
                || !scene.is_any(at + 1, &["minutes", "minute", "mins", "min", "past"]))
        {
            return None;
        }
        let read = number::small(scene.lexicon, scene.content, scene.rest(at))
            .filter(|read| (1..60).contains(&read.value))?;
        let unit = at + read.len;
        let is_said = scene.is_any(unit, &["minutes", "minute", "mins", "min"]);
        // "five to six" is a range, "at ten to one" may be odds; "at twenty to eight" is a time.
        let is_to = || {
            let about = at - usize::from(at > 1 && scene.is_any(at - 1, &["about", "around"]));
            about > 0
                && scene.is(about - 1, "at")
                && scene.is(unit, "to")
                && matches!(read.value, 5 | 10 | 20 | 25)
                && hour(scene, unit + 1).is_some_and(|(hour, end)| {
                    hour > 3 && scene.token(end).is_none_or(|next| !next.is_word())
                        || is_of_day(scene, end)
                })
        };
        if !is_said && !scene.is(unit, "past") && !is_to() {
            return None;
        }
        (i8::try_from(read.value).ok()?, unit + usize::from(is_said))
    };
    if minutes == 30 && clock::is_half_hour(scene, at) {
        let (hour, end) = half_hour(scene, mark)?;
        let minute = Some(minutes);
        let (second, half, zone) = (None, None, Zone::Local);
        return Some(Point { hour, minute, second, half, zone, end, is_sure: true });
    }
    let is_to = scene.is(mark, "to") && minutes != 30;
    if !is_to && !scene.is(mark, "past") {
        return None;
    }
    // "ten past midnight", "five minutes to noon"
    if let Some(head) = words(scene, mark + 1).filter(|head| head.is_sure) {
        let to = i8::from(is_to);
        let minute = if is_to { 60 - minutes } else { minutes };
        // Midnight ends a day; what is past it begins the next one.
        let hour = if head.hour == 24 && !is_to { 0 } else { head.hour - to };
        return Some(Point { hour, minute: Some(minute), ..head });
    }
    let (hour, end) = hour(scene, mark + 1)?;
    // "by a quarter to 9 million seats" is a part and a number.
    let is_measured =
        |t: &Token| t.is(Tags::SCALE | Tags::UNIT | Tags::MONEY) && !t.is(Tags::CLOCK);
    if scene.token(end).is_some_and(is_measured) {
        return None;
    }
    let (hour, minute) = match (is_to, hour) {
        (false, _) => (hour, minutes),
        (true, 1) => (12, 60 - minutes),
        (true, _) => (hour - 1, 60 - minutes),
    };
    Some(Point {
        hour,
        minute: Some(minute),
        second: None,
        half: None,
        zone: Zone::Local,
        end,
        is_sure: true,
    })
}

/// The hour of "half seven" at `at`, where nothing is counted: not "half seven million", "half 12 people".
pub(super) fn half_hour(scene: &Scene<'_>, at: usize) -> Option<(i8, usize)> {
    let (hour, end) = hour(scene, at)?;
    let is_counted = scene.token(end).is_some_and(|next| {
        let is_function = next.is(Tags::PREPOSITION
            | Tags::CONJUNCTION
            | Tags::AUXILIARY
            | Tags::TIME
            | Tags::WEEKDAY
            | Tags::CLOCK
            | Tags::PRONOUN);
        scene.is(end, "of")
            || next.is_word() && !is_function
            || matches!(next.kind, TokenKind::Number | TokenKind::Symbol | TokenKind::Hyphen)
    });
    (!is_counted).then_some((hour, end))
}

/// An hour of the clock's face, in a digit or word; and the token behind.
fn hour(scene: &Scene<'_>, at: usize) -> Option<(i8, usize)> {
    let token = scene.token(at)?;
    let hour = match token.kind {
        TokenKind::Number if scene.text(at).len() <= 2 => scene.text(at).parse().ok()?,
        TokenKind::Word => i8::try_from(*scene.lexicon.numbers.cardinal.of(token)?).ok()?,
        _ => return None,
    };
    (1..=12).contains(&hour).then_some((hour, at + 1))
}

/// "five", "five thirty", "six forty-three", "noon".
fn words(scene: &Scene<'_>, at: usize) -> Option<Point> {
    let whole = |hour: i8, end: usize, is_sure: bool| Point {
        hour,
        minute: is_sure.then_some(0),
        second: None,
        half: None,
        zone: Zone::Local,
        end,
        is_sure,
    };
    if let Some(found) = scene.lexicon.times.word.at(scene.rest(at)) {
        return match *found.value {
            TimeWord::Hour(hour) => Some(whole(hour, at + found.len, true)),
            _ => None,
        };
    }
    let (hour, end) = hour(scene, at)?;
    let joined =
        usize::from(scene.kind(end) == Some(TokenKind::Hyphen) && scene.is_joined(end + 1));
    let minute = (scene.kind(end + joined) == Some(TokenKind::Word))
        .then(|| number::small(scene.lexicon, scene.content, scene.rest(end + joined)))
        .flatten()
        .filter(|read| (10..60).contains(&read.value))
        .and_then(|read| Some((i8::try_from(read.value).ok()?, end + joined + read.len)));
    Some(match minute {
        Some((minute, end)) => Point { minute: Some(minute), ..whole(hour, end, false) },
        None => whole(hour, end, false),
    })
}

/// Hour, minute, second and the token behind.
pub(super) fn digits(scene: &Scene<'_>, at: usize) -> Option<(i8, Option<i8>, Option<i8>, usize)> {
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
        // "830am"
        None if text.len() == 3
            && scene.is_joined(at + 1)
            && scene
                .token(at + 1)
                .is_some_and(|half| scene.lexicon.times.half.of(half).is_some()) =>
        {
            (text.get(..1)?.parse().ok()?, Some(text.get(1..)?.parse().ok()?))
        }
        None if text.len() <= 2 => (text.parse().ok()?, None),
        None => return None,
    };
    valid(hour, minute.unwrap_or(0)).then_some((hour, minute, None, at + 1))
}

/// "8 p.m. ET" is standard or summer time by its day, where "EST" and "EDT" say which. Clocks change in America on the second
/// Sunday of March and the first of November (from 1987 to 2006 on the first of April and the last of October).
pub(super) fn by_season(scene: &Scene<'_>, read: Read) -> Read {
    let When::Clock(Some(day), Clock::Time(hour, minute, second, Zone::Offset(zone))) =
        read.time.when
    else {
        return read;
    };
    let is_civil = (read.first..read.end).any(|at| scene.is_any(at, &["et", "ct", "pt"]));
    let turns = |month: i8, nth: i8| nth_weekday(day.year, month, nth, Weekday::Sunday);
    let (from, to) = match day.year {
        2007.. => (turns(3, 2), turns(11, 1)),
        1987.. => (turns(4, 1), turns(10, -1)),
        _ => (None, None),
    };
    match (day.first(), from, to) {
        (Some(date), Some(from), Some(to)) if is_civil && from <= date && date < to => {
            let clock = Clock::Time(hour, minute, second, Zone::Offset(zone + 60));
            Read { time: TimeValue { when: When::Clock(Some(day), clock), ..read.time }, ..read }
        }
        _ => read,
    }
}
