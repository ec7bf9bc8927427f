//! Times told by where they end or what they match: "the six months to March", "the year ended 30 June", "this time next year",
//! "the same week last year".

use super::anaphor::{is_of_results, last_quarter};
use super::{Direction, Read, Scene, day, weekday, year};
use crate::fact::time::{Calendar, Clock, Count, Open, Part, Unit, When, whole_count};
use crate::fact::{Resolution, TimeValue};
use crate::lexicon::Tags;
use crate::token::TokenKind;

impl Scene<'_> {
    /// "2018 or later", "3 p.m. or earlier", "from 1 May onwards": a time that reaches on by the words behind it.
    pub(super) fn reaching(&self, time: TimeValue, first: usize, end: usize) -> (TimeValue, usize) {
        let is_point = matches!(time.when, When::At(_) | When::Clock(_, Clock::Time(..)));
        if !is_point {
            return (time, end);
        }
        if self.is_any(end, &["onwards", "onward"]) {
            return (time.opened(Open::From), end + 1);
        }
        // "from 2016 on, prices rose"
        if self.is(end, "on")
            && first > 0
            && self.is(first - 1, "from")
            && self
                .token(end + 1)
                .is_none_or(|next| !next.is_word() && next.kind != TokenKind::Number)
        {
            return (time.opened(Open::From), end + 1);
        }
        // "and after the vote": what follows must be the end of the phrase.
        let is_end = |at: usize| {
            self.token(at).is_none_or(|next| {
                let is_count = matches!(next.kind, TokenKind::Number | TokenKind::Symbol);
                let is_function = next.is(Tags::PREPOSITION | Tags::CONJUNCTION | Tags::AUXILIARY);
                !is_count && (!next.is_word() || is_function && !self.is(at, "than"))
            })
        };
        if !self.is_any(end, &["or", "and"]) || !is_end(end + 2) {
            return (time, end);
        }
        let open = if self.is_any(end + 1, &["later", "after", "beyond", "onwards"]) {
            Open::From
        } else if self.is_any(end + 1, &["earlier", "before"]) {
            Open::UpTo
        } else {
            return (time, end);
        };
        (time.opened(open), end + 2)
    }
}

/// "the year to March", "the six months to 31 March", "the five years to 2023": a length and where it ends, in one mention.
pub(super) fn up_to(
    scene: &Scene<'_>,
    unit: Unit,
    count: Count,
    first: usize,
    end: usize,
) -> Option<Read> {
    // "in the seven days to Sunday", but "two days to Friday"
    let is_days = unit == Unit::Day && scene.is(first, "the");
    if unit < Unit::Week && !is_days || !scene.is_any(end, &["to", "through"]) {
        return None;
    }
    let (last, time, behind) = end_behind(scene, end + 1)?;
    let lies = lying(unit, count, last)?;
    let when = When::Length(count, unit, Some(lies));
    Some(Read::new(first, behind, TimeValue { when, ..time }, "date.length.to"))
}

/// "For the nine months, net was $81 million" in results of the third quarter: the months of that year up to its end.
pub(super) fn to_quarter(
    scene: &Scene<'_>,
    unit: Unit,
    count: Count,
    first: usize,
    end: usize,
) -> Option<Read> {
    let (quarter, fact) = scene.memory.quarter?;
    let (Part::Quarter(nth @ 2..=3), Some(count)) = (quarter.part, whole_count(count)) else {
        return None;
    };
    let is_it = unit == Unit::Month
        && u32::from(nth.unsigned_abs()) * 3 == count
        && scene.is(first, "the")
        && is_of_results(scene);
    is_it.then(|| {
        let lies = (
            Calendar::month(quarter.year, 1),
            Calendar::month(quarter.year, nth.saturating_mul(3)),
        );
        let when = When::Length(Some(count * 10), unit, Some(lies));
        let time = TimeValue::new(when).resolved(Resolution::FromAnotherMention);
        Read::new(first, end, TimeValue { anchor: Some(fact), ..time }, "date.length.to-quarter")
    })
}

/// The length in front of "ended 30 June", whose date is a mention of its own.
pub(super) fn ended(scene: &Scene<'_>, unit: Unit, count: Count, end: usize) -> TimeValue {
    let plain = TimeValue::new(When::Length(count, unit, None));
    if unit < Unit::Week || !scene.is_any(end, &["ended", "ending"]) {
        return plain;
    }
    let on = usize::from(scene.is_any(end + 1, &["on", "in"]));
    end_behind(scene, end + 1 + on)
        .and_then(|(last, time, _)| {
            let when = When::Length(count, unit, Some(lying(unit, count, last)?));
            Some(TimeValue { when, ..time })
        })
        .unwrap_or(plain)
}

/// The month, day or year that stands at `at`.
pub(super) fn end_behind(scene: &Scene<'_>, at: usize) -> Option<(Calendar, TimeValue, usize)> {
    if let Some((year, end)) =
        year::behind(scene, at).filter(|_| scene.kind(at) == Some(TokenKind::Number))
    {
        let unit = Calendar::year(year);
        return Some((unit, TimeValue::new(When::At(unit)), end));
    }
    // "the three months to the end of March": the month's own end.
    let the = usize::from(scene.is(at, "the"));
    let is_end = scene.is(at + the, "end")
        && (scene.is(at + the + 1, "of") || scene.kind(at + the + 1) == Some(TokenKind::Hyphen));
    let at = if is_end { at + the + 2 } else { at };
    // "in the week to last Sunday", "in the week to Friday"
    let day = (at..at + 2).find(|at| scene.token(*at).is_some_and(|day| day.is(Tags::WEEKDAY)));
    if let Some(read) = day.and_then(|day| weekday::weekday(scene, day, at))
        && read.first == at
        && let When::At(unit @ Calendar { part: Part::Day(..), .. }) = read.time.when
    {
        return Some((unit, read.time, read.end));
    }
    let month =
        (at..at + 4).find(|at| scene.token(*at).is_some_and(|token| token.is(Tags::MONTH)))?;
    let read = day::month(scene, month, at).filter(|read| read.first == at)?;
    let When::At(unit) = read.time.when else { return None };
    // What is reported on is over: "in the year to March profit rose", said in the same March.
    let is_ahead = scene.today().is_some_and(|today| unit.after().is_some_and(|end| end > today));
    let is_told = scene.direction(at, read.end) == Direction::Past;
    let unit = if is_ahead && is_told && read.rule.ends_with(".no-year") {
        Calendar { year: unit.year - 1, ..unit }
    } else {
        unit
    };
    matches!(unit.part, Part::Month(_) | Part::Day(..)).then_some((unit, read.time, read.end))
}

/// The first and the last unit of a length that ends with `last`.
fn lying(unit: Unit, count: Count, last: Calendar) -> Option<(Calendar, Calendar)> {
    // "the half year to 30 September"
    let (count, unit) = if (count, unit) == (Some(5), Unit::Year) {
        (Some(60), Unit::Month)
    } else {
        (count, unit)
    };
    let count = i32::try_from(whole_count(count)?).ok()?;
    let first = unit.shift(last.after()?, -count)?;
    let first = match last.part {
        Part::Year => Calendar::holding(first, Unit::Year),
        Part::Month(_) if unit >= Unit::Month => Calendar::holding(first, Unit::Month),
        _ => first.into(),
    };
    Some((first, last))
}

/// "this time next year", "the same time last week": as far from the day of publication; of a year no finer than the month.
pub(super) fn this_time(
    scene: &Scene<'_>,
    unit: Unit,
    by: i32,
    first: usize,
    end: usize,
) -> Option<Read> {
    let this = first.checked_sub(2)?;
    let is_this = scene.is_any(this, &["this", "same"]) && scene.is(this + 1, "time");
    if by == 0 || !is_this || !matches!(unit, Unit::Week | Unit::Month | Unit::Year) {
        return None;
    }
    let open = if by < 0 { When::Past } else { When::Future };
    let finer = if unit == Unit::Year { Unit::Month } else { Unit::Day };
    let time = scene
        .relative(open, |today| Some(When::At(Calendar::holding(unit.shift(today, by)?, finer))));
    let the = this.checked_sub(1).filter(|the| scene.is(this, "same") && scene.is(*the, "the"));
    Some(Read::new(the.unwrap_or(this), end, time, "date.unit.this-time"))
}

/// "the same period last year", "the corresponding period of last year": the period reported on, a year before.
pub(super) fn same_period(
    scene: &Scene<'_>,
    unit: Unit,
    by: i32,
    first: usize,
    end: usize,
) -> Option<Read> {
    let of = usize::from(first > 0 && scene.is_any(first - 1, &["of", "in"]));
    let period = first.checked_sub(1 + of)?;
    let same = period.checked_sub(1)?;
    if unit != Unit::Year
        || by != -1
        || !scene.is(period, "period")
        || !scene.is_any(same, LIKE)
        || told_part(scene).is_none() && scene.memory.quarter.is_none() && !is_of_results(scene)
    {
        return None;
    }
    let quarter = match told_part(scene).or(scene.memory.quarter) {
        Some((quarter, _)) => TimeValue::new(When::At(quarter)),
        None => last_quarter(scene),
    };
    let When::At(unit) = quarter.when else { return None };
    let time = scene
        .relative(When::Past, |today| Some(When::At(Calendar { year: today.year() - 1, ..unit })));
    let the = same.checked_sub(1).filter(|the| scene.is(*the, "the"));
    Some(Read::new(the.unwrap_or(same), end, time, "date.anaphor"))
}

/// The quarter or half that the sentence tells of.
fn told_part(scene: &Scene<'_>) -> Option<(Calendar, u32)> {
    let (_, unit, fact) = scene.last?;
    matches!(unit.part, Part::Quarter(_) | Part::Half(_)).then_some((unit, fact))
}

/// "lost twice as much in the first half as in the same period of 2025", with the year in front of `end`.
pub(super) fn same_period_of(scene: &Scene<'_>, year: i16, at: usize, end: usize) -> Option<Read> {
    let period = at.checked_sub(2).filter(|period| scene.is(*period, "period"))?;
    let same = period.checked_sub(1).filter(|same| scene.is_any(*same, LIKE))?;
    let (unit, fact) = told_part(scene).filter(|_| scene.is_any(at - 1, &["of", "in"]))?;
    let time = TimeValue::new(When::At(Calendar { year, ..unit }));
    let time = TimeValue { anchor: Some(fact), ..time.resolved(Resolution::FromAnotherMention) };
    let the = same.checked_sub(1).filter(|the| scene.is(*the, "the"));
    Some(Read::new(the.unwrap_or(same), end, time, "date.anaphor"))
}

/// How many years before or after `unit` the words at `end` say, and the token behind them: "last year", "a year earlier",
/// "of the previous year", "in 2023".
pub(super) fn years_off(scene: &Scene<'_>, unit: Calendar, end: usize) -> Option<(i16, usize)> {
    let of = usize::from(scene.is_any(end, &["of", "in"]));
    let at = end + of;
    if scene.is(at + 1, "year") {
        let today = scene.today()?;
        let by = match scene.lower(at).as_str() {
            "last" => today.year() - 1 - unit.year,
            "next" => today.year() + 1 - unit.year,
            "a" if scene.is_any(at + 2, &["ago", "earlier", "before"]) => {
                return Some((-1, at + 3));
            }
            "the" if scene.is(at + 2, "before") => return Some((-1, at + 3)),
            _ => return None,
        };
        return Some((by, at + 2));
    }
    if scene.is(at, "the")
        && scene.is_any(at + 1, &["previous", "prior"])
        && scene.is(at + 2, "year")
    {
        return Some((-1, at + 3));
    }
    let (year, behind) = year::behind(scene, at).filter(|_| of == 1)?;
    Some((year.checked_sub(unit.year)?, behind))
}

/// What likens a period to another: "the corresponding week".
pub(super) const LIKE: &[&str] = &["same", "corresponding", "comparable", "equivalent", "like"];
