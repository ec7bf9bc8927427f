//! Parts of the day: "this morning", "the night of 3 March", "the early hours of Sunday", "at dawn".

use super::anaphor::by_side;
use super::clock::{from_day, of_day};
use super::range::day_number;
use super::{Direction, NO_NOUN, Read, Scene};
use crate::fact::time::{Calendar, Clock, Part, PartOfDay, Recurrence, Unit, When};
use crate::fact::{Resolution, TimeValue, TimexMod};
use crate::lexicon::{Tags, TimeWord};
use crate::phrase::number;
use crate::token::TokenKind;

/// "this morning", "last night", "yesterday evening" is of its day, "in the afternoon".
pub(super) fn part_of_day(
    scene: &Scene<'_>,
    at: usize,
    free: usize,
    part: PartOfDay,
) -> Option<Read> {
    let clock = Clock::Part(part);
    // "mornings", "in the evenings"; "every morning"
    if scene.text(at).ends_with('s') {
        if let Some(read) = parts_ago(scene, at, free, clock).or_else(|| nights(scene, at, free)) {
            return Some(read);
        }
        let the = at.checked_sub(1).filter(|the| *the >= free && scene.is(*the, "the"));
        let is_counted = scene.before(at, free).is_some_and(|before| {
            scene.kind(before) == Some(TokenKind::Number)
                || scene.token(before).is_some_and(|before| {
                    before.is(Tags::NUMBER | Tags::DETERMINER | Tags::VAGUE_COUNT)
                        && !scene.is(at - 1, "the")
                })
        });
        let is_of = scene.is(at + 1, "of");
        let is_name = scene.token(at).is_some_and(|token| token.is_capital());
        let when = When::Every(Recurrence::Clock(clock));
        return (!is_counted
            && !is_of
            && !is_name
            && scene.is_any(the.unwrap_or(at).wrapping_sub(1), &["in", "on", "during"]))
        .then(|| {
            Read::new(the.unwrap_or(at), at + 1, TimeValue::new(when), "date.part-of-day.every")
        });
    }
    let before = scene.before(at, free)?;
    // "the night before last"
    if scene.is(before, "the") && scene.is(at + 1, "before") && scene.is(at + 2, "last") {
        return Some(Read::new(before, at + 3, days_off(scene, clock, -2), "date.part-of-day"));
    }
    if scene.is(before, "the")
        && let Some(read) = part_beside(scene, at, before, clock)
    {
        return Some(read);
    }
    // "early afternoon yesterday", "mid-morning today"
    if let Some(TimeWord::Day(days)) =
        scene.lexicon.times.word.at(scene.rest(at + 1)).map(|found| *found.value)
        && !scene.token(before).is_some_and(|word| word.is(Tags::DETERMINER))
        && !scene.token(before).is_some_and(|word| word.is(Tags::WEEKDAY))
    {
        let time = scene.relative(When::Clock(None, clock), |today| {
            let day = today.checked_add(jiff::Span::new().days(days)).ok()?;
            Some(When::Clock(Some(day.into()), clock))
        });
        return Some(Read::new(at, at + 2, time, "date.part-of-day"));
    }
    // "by mid-morning"
    let mid = match scene.kind(before) {
        Some(TokenKind::Hyphen) => before.checked_sub(1),
        _ => Some(before),
    };
    if let Some(mid) = mid.filter(|mid| *mid > free && scene.is(*mid, "mid"))
        && scene.is_any(mid - 1, &["in", "by", "until", "since", "from", "before", "around"])
    {
        let time = of_day_spoken_of(scene, clock, mid).modified(Some(TimexMod::Mid));
        return Some(Read::new(mid, at + 1, time, "date.part-of-day"));
    }
    // "in late afternoon", "in the early evening"
    if scene.is_any(before, &["early", "late"])
        && before > 0
        && let the = usize::from(scene.is(before - 1, "the") && !scene.is(at + 1, "of"))
        && before > the
        && scene.is_any(before - 1 - the, &["in", "by", "until", "since", "from"])
    {
        let time = of_day_spoken_of(scene, clock, before);
        // "in the early morning hours"
        let end = at + 1 + usize::from(scene.is(at + 1, "hours"));
        return Some(Read::new(at, end, time, "date.part-of-day"));
    }
    if scene.is_any(before, &["every", "each"]) {
        let when = When::Every(Recurrence::Clock(clock));
        return Some(Read::new(before, at + 1, TimeValue::new(when), "date.part-of-day.every"));
    }
    // "at dawn", "by lunchtime": words that are of one day by themselves.
    let is_word = !scene.is_any(at, &["morning", "afternoon", "evening", "night", "overnight"]);
    if is_word
        && scene.is_any(before, &["at", "by", "before", "until", "till", "after", "around", "from"])
    {
        // "Tuesday's gusts peaked at dawn"
        let told = scene.last.and_then(|(_, day, fact)| {
            let is_day = matches!(day.part, Part::Day(..))
                && (scene.is_any(before, &["at", "before", "around", "after"])
                    // "crossed on Sunday and held the bank by nightfall"
                    || scene.nearest_left(before) == Direction::Past);
            is_day.then_some(from_day(When::Clock(Some(day), clock), fact))
        });
        if let Some(told) = told {
            return Some(Read::new(at, at + 1, told, "date.part-of-day"));
        }
        let mut time = of_day(scene, clock);
        // "were reached by nightfall" in a report of the next morning.
        if let (When::Clock(Some(day), _), Some(now)) = (time.when, scene.published)
            && now.time() != jiff::civil::Time::midnight()
            && part.hours().0 > now.hour()
            && scene.nearest_left(before) == Direction::Past
            && let Some(day) = day.plus(-1)
        {
            time.when = When::Clock(Some(day), clock);
        }
        return Some(Read::new(at, at + 1, time, "date.part-of-day"));
    }
    let days = match scene.lower(before).as_str() {
        "this" => 0,
        "last" => -1,
        // "the next morning", "the previous night", "that evening"
        "next" | "following" | "previous" | "same" | "that" => {
            let here = scene.last.filter(|(_, day, _)| matches!(day.part, Part::Day(..)));
            let (day, fact) = here.map(|(_, day, fact)| (day, fact)).or(scene.memory.day)?;
            let by = match scene.lower(before).as_str() {
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
                    .resolved(Resolution::FromAnotherMention)
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
            let time = of_day_spoken_of(scene, clock, before);
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

/// "stayed for three nights", "after two nights of rioting": as many days.
fn nights(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let first = scene.before(at, free).filter(|_| scene.is(at, "nights"))?;
    let is_led = first > 0 && scene.is_any(first - 1, &["for", "after", "spent", "lasted", "of"]);
    let count = number::small(scene.lexicon, scene.content, scene.rest(first))
        .filter(|read| is_led && read.len == 1 && (2..100).contains(&read.value))?;
    let is_noun = scene.token(at + 1).is_some_and(|next| next.is_word() && !next.is(NO_NOUN));
    let when = When::Length(Some(count.value * 10), Unit::Day, None);
    (!is_noun).then(|| Read::new(first, at + 1, TimeValue::new(when), "date.length.nights"))
}

/// "three nights ago", "two mornings ago".
fn parts_ago(scene: &Scene<'_>, at: usize, free: usize, clock: Clock) -> Option<Read> {
    let first = scene.before(at, free).filter(|_| scene.is(at + 1, "ago"))?;
    let count = number::small(scene.lexicon, scene.content, scene.rest(first))
        .filter(|read| read.len == 1 && (2..31).contains(&read.value))?;
    let time = days_off(scene, clock, -i32::try_from(count.value).ok()?);
    Some(Read::new(first, at + 2, time, "date.part-of-day"))
}

/// A part of the day so many days after the day of publication.
fn days_off(scene: &Scene<'_>, clock: Clock, days: i32) -> TimeValue {
    scene.relative(When::Clock(None, clock), |today| {
        Some(When::Clock(Some(Calendar::from(today).plus(days)?), clock))
    })
}

/// "the early hours of Sunday", "the small hours of 3 March", with "hours" at `at`: of the day of publication where none is named.
pub(super) fn small_hours(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let which = scene.before(at, free).filter(|which| scene.is_any(*which, SMALL))?;
    let the = scene.before(which, free).filter(|the| scene.is(*the, "the"))?;
    let clock = Clock::Part(PartOfDay::SmallHours);
    if let Some(read) = part_beside(scene, at, the, clock) {
        let is_morning = scene.is(read.end, "morning");
        return Some(Read { end: read.end + usize::from(is_morning), ..read });
    }
    let of = usize::from(scene.is(at + 1, "of"));
    let day = at + 1 + of;
    let morning = usize::from(scene.is_any(day, &["the", "this"]) && scene.is(day + 1, "morning"));
    if let Some(TimeWord::Day(days)) =
        scene.lexicon.times.word.at(scene.rest(day)).map(|found| *found.value).filter(|_| of == 1)
    {
        let time = scene.relative(When::Clock(None, clock), |today| {
            Some(When::Clock(Some(Calendar::from(today).plus(days.into())?), clock))
        });
        let end = day + 1 + usize::from(scene.is(day + 1, "morning"));
        return Some(Read::new(the, end, time, "date.part-of-day"));
    }
    // "the early hours of the war"
    if of == 1 && morning == 0 {
        return None;
    }
    let is_led = the.checked_sub(1).is_some_and(|before| {
        scene.is_any(before, &["in", "during", "into", "until", "till", "by", "before"])
    });
    let time = of_day_spoken_of(scene, clock, the);
    let end = if morning == 1 { day + 2 } else { at + 1 };
    is_led.then(|| Read::new(the, end, time, "date.part-of-day"))
}

/// What the hours behind midnight are.
const SMALL: &[&str] = &["early", "small", "wee"];

/// "the night of 3 March", "the evening of Friday"; "the night before", "the morning after".
fn part_beside(scene: &Scene<'_>, at: usize, the: usize, clock: Clock) -> Option<Read> {
    if let Some(by) = by_side(scene, at + 1) {
        let time = match scene.memory.day {
            Some((day, fact)) => TimeValue {
                anchor: Some(fact),
                ..TimeValue::new(When::Clock(Some(day.plus(by)?), clock))
                    .resolved(Resolution::FromAnotherMention)
            },
            None => scene.relative(When::Clock(None, clock), |today| {
                Some(When::Clock(Some(Calendar::from(today).plus(by)?), clock))
            }),
        };
        return Some(Read::new(the, at + 2, time, "date.part-of-day"));
    }
    // "the morning hours of Friday"
    let hours = usize::from(scene.is(at + 1, "hours"));
    if !scene.is(at + 1 + hours, "of") {
        return None;
    }
    let from = at + 2 + hours;
    let is_day = |at: &usize| {
        scene.token(*at).is_some_and(|token| {
            token.is(Tags::MONTH | Tags::WEEKDAY | Tags::HOLIDAY)
                // "the night of the 9th", where no month follows
                || token.kind == TokenKind::Number
                    && scene.is(*at - 1, "the")
                    && !scene.is(*at + 2, "of")
        })
    };
    let read = scene.read((from..from + 4).find(is_day)?, from)?;
    let When::At(day @ Calendar { part: Part::Day(..), .. }) = read.time.when else { return None };
    // "the night of 3-4 March", "the night of 3 to 4 March" begins on the first of them.
    let is_two = read.first == from + 2
        && (matches!(scene.kind(from + 1), Some(TokenKind::Hyphen | TokenKind::Dash | TokenKind::Slash))
            || scene.is(from + 1, "to"))
        && day.plus(-1).is_some_and(|first| {
            matches!(first.part, Part::Day(_, first) if day_number(scene, from) == Some(first))
        });
    if read.first != from && !is_two {
        return None;
    }
    let day = if is_two { day.plus(-1)? } else { day };
    let time = TimeValue { when: When::Clock(Some(day), clock), ..read.time };
    Some(Read::new(the, read.end, time, "date.part-of-day"))
}

/// A part of the day that is spoken of, else of the day of publication.
fn of_day_spoken_of(scene: &Scene<'_>, clock: Clock, before: usize) -> TimeValue {
    scene.relative(When::Clock(None, clock), |today| {
        let day = match scene.memory.day {
            Some((day, _)) if scene.nearest_left(before) != Direction::Open => day,
            _ => today.into(),
        };
        Some(When::Clock(Some(day), clock))
    })
}
