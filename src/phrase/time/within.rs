//! Units told by their place in a longer one: "the first week of 2019", "the last day of May", "the second Tuesday of next
//! month", "week 3 of 2027", "the week of April 9", "the week after next".

use jiff::civil::{Date, Weekday};

use super::{Direction, Read, Scene, day, numbered, year};
use crate::fact::time::{Calendar, Clock, Part, Recurrence, Unit, When, nth_weekday};
use crate::fact::{Resolution, TimeValue};
use crate::lexicon::{Tags, TimeWord};
use crate::phrase::number;
use crate::token::TokenKind;

/// Which of those in a longer unit: the first is 1, the last −1.
pub(super) type Nth = i8;

/// A day, week, weekend or month of the unit behind "of" or "in".
pub(super) fn nth_of(
    scene: &Scene<'_>,
    unit: Unit,
    nth: Nth,
    first: usize,
    end: usize,
) -> Option<Read> {
    let (base, end) = longer(scene, end)?;
    let base = since(scene, base, first);
    let at = |calendar: Calendar| {
        let (begin, last) = (calendar.first()?, calendar.after()?.yesterday().ok()?);
        let is_year = calendar.part == Part::Year;
        let from_start = |unit: Unit| Calendar::holding(begin, unit).plus(i32::from(nth) - 1);
        let found = match unit {
            Unit::Day if nth < 0 => Calendar::from(last),
            Unit::Day => from_start(Unit::Day)?,
            // ISO 8601 counts the weeks of a year from the one that holds 4 January, and of the last one holds 28 December.
            Unit::Week if is_year && nth > 0 => Calendar::part(calendar.year, Part::Week(nth)),
            Unit::Week if is_year => Calendar::week(Date::new(calendar.year, 12, 28).ok()?),
            Unit::Week if nth < 0 => Calendar::week(last),
            Unit::Week => Calendar::week(begin).plus(i32::from(nth) - 1)?,
            Unit::Weekend => {
                let month = matches!(calendar.part, Part::Month(_)).then(|| begin.month())?;
                Calendar::weekend(nth_weekday(begin.year(), month, nth, Weekday::Saturday)?)
            }
            // "the last decade of the 20th century"
            Unit::Decade if matches!(calendar.part, Part::Century) => {
                let by = if nth < 0 { 9 } else { i16::from(nth) - 1 };
                Calendar::part(calendar.year + 10 * by, Part::Decade)
            }
            // "the last quarter of 2019"
            Unit::Quarter if is_year && nth < 0 => Calendar::part(calendar.year, Part::Quarter(4)),
            Unit::Quarter if is_year && nth == 1 => Calendar::part(calendar.year, Part::Quarter(1)),
            Unit::Month if nth < 0 => Calendar::holding(last, Unit::Month),
            Unit::Month => from_start(Unit::Month)?,
            _ => return None,
        };
        // The tenth day of a week, the fourteenth month of a year.
        let begins = found.first()?;
        (found.granularity() < calendar.granularity() && begins <= last).then_some(found)
    };
    shifted(base, at).map(|time| Read::new(first, end, time, "date.within"))
}

/// "the final weekend of August", "the opening week of 2019", with the unit at `at`.
pub(super) fn edge_of(scene: &Scene<'_>, unit: Unit, at: usize, free: usize) -> Option<Read> {
    let before = scene.before(at, free).filter(|_| scene.is_any(at + 1, &["of", "in"]))?;
    let nth = match scene.lower(before).as_str() {
        "final" | "closing" => -1,
        "opening" => 1,
        _ => return None,
    };
    let first = scene.before(before, free).filter(|the| scene.is(*the, "the"));
    nth_of(scene, unit, nth, first.unwrap_or(before), at + 1)
}

/// "the first Monday of May", "the last Friday in March 2024", "the second Tuesday of next month".
pub(super) fn weekday_of(
    scene: &Scene<'_>,
    weekday: i8,
    nth: Nth,
    first: usize,
    end: usize,
) -> Option<Read> {
    // "the third Tuesday morning of May"
    let part = match scene.lexicon.times.word.at(scene.rest(end)) {
        Some(found) if !scene.text(end).ends_with('s') => match *found.value {
            TimeWord::PartOfDay(part) => Some((part, found.len)),
            _ => None,
        },
        _ => None,
    };
    let of = end + part.map_or(0, |(_, len)| len);
    if part.is_none() && is_of_every_month(scene, first, of) {
        let when = When::Every(Recurrence::Unit { count: 1, unit: Unit::Month, times: 0 });
        return Some(Read::new(first, of + 3, TimeValue::new(when), "date.weekday.every"));
    }
    let (base, end) = longer(scene, of)?;
    let base = since(scene, base, first);
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    let at = |calendar: Calendar| {
        let Part::Month(month) = calendar.part else { return None };
        Some(nth_weekday(calendar.year, month, nth, weekday)?.into())
    };
    let time = shifted(base, at)?;
    let when = match (time.when, part) {
        (When::At(day), Some((part, _))) => When::Clock(Some(day), Clock::Part(part)),
        (when, _) => when,
    };
    Some(Read::new(first, end, TimeValue { when, ..time }, "date.within"))
}

/// "meets on the first Monday of the month": of every month, where nothing that has been or is to come is told.
fn is_of_every_month(scene: &Scene<'_>, first: usize, of: usize) -> bool {
    let is_one = |at: usize| {
        scene.token(at).is_some_and(|word| word.is(Tags::MODAL | Tags::AUXILIARY | Tags::PAST_VERB))
            || scene.is_any(at, &["due", "set", "by", "until", "since", "to"])
    };
    scene.is(of, "of")
        && scene.is(of + 1, "the")
        && scene.is(of + 2, "month")
        && scene.direction(first, of + 3) != Direction::Past
        && !(first.saturating_sub(8)..first).any(is_one)
}

/// "week 3 of 2027", "week 12, 2024", "calendar week 12", with its number at `at`.
pub(super) fn week_number(scene: &Scene<'_>, first: usize, at: usize) -> Option<Read> {
    let week: i8 = scene.text(at).parse().ok().filter(|week| (1..=53).contains(week))?;
    if scene.kind(at)? != TokenKind::Number {
        return None;
    }
    let of = usize::from(scene.is_any(at + 1, &["of", "in"]));
    let Some((year, end)) = year::behind(scene, at + 1 + of) else {
        // "calendar week 12"; a bare "week 12" may be of a season, a trial or a pregnancy.
        let calendar = first.checked_sub(1).filter(|word| scene.is(*word, "calendar"))?;
        let time = scene.relative(When::Present, |today| {
            Some(When::At(Calendar::part(today.year(), Part::Week(week))))
        });
        return Some(Read::new(calendar, at + 1, time, "date.week.number"));
    };
    let when = Calendar::part(year, Part::Week(week));
    when.first()?;
    Some(Read::new(first, end, TimeValue::new(When::At(when)), "date.week.number"))
}

/// "the week of April 9", "the week beginning 4 February", "the week ending Friday, 8 March": the week that holds that day; and
/// "the week after next", "the month before last".
pub(super) fn unit_of_day(scene: &Scene<'_>, unit: Unit, first: usize, end: usize) -> Option<Read> {
    let beyond = match (scene.is(end, "after"), scene.is(end, "before")) {
        (true, _) if scene.is(end + 1, "next") => 2,
        (_, true) if scene.is(end + 1, "last") => -2,
        _ => 0,
    };
    // "the week before last Tuesday" hangs on a day.
    let is_all = !scene.token(end + 2).is_some_and(|next| {
        next.is(Tags::WEEKDAY | Tags::MONTH | Tags::TIME_UNIT | Tags::HOLIDAY | Tags::TIME)
    });
    if beyond != 0 && is_all {
        let open = if beyond > 0 { When::Future } else { When::Past };
        let time = scene
            .relative(open, |today| Some(When::At(Calendar::holding(today, unit).plus(beyond)?)));
        return Some(Read::new(first, end + 2, time, "date.unit.beyond"));
    }
    if !matches!(unit, Unit::Week | Unit::Weekend)
        || !scene.is_any(end, &["of", "beginning", "starting", "ending", "commencing"])
    {
        return None;
    }
    let from = end + 1 + usize::from(scene.is(end + 1, "on"));
    let month =
        (from..from + 5).find(|at| scene.token(*at).is_some_and(|token| token.is(Tags::MONTH)));
    // "the week of the 14th"
    if month.is_none() && unit == Unit::Week {
        let read = numbered::number(scene, from + 1, from).filter(|read| read.first == from)?;
        let week = |day: Calendar| Some(Calendar::holding(day.first()?, unit));
        return shifted(read.time, week)
            .map(|time| Read::new(first, read.end, time, "date.week.of"));
    }
    let month = month?;
    // "the weekend of 5-6 September", "the weekend of 5 and 6 September"
    let is_range = unit == Unit::Weekend
        && (matches!(scene.kind(from + 1), Some(TokenKind::Hyphen | TokenKind::Dash))
            || scene.is_any(from + 1, &["and", "to"]));
    let read = day::month(scene, month, from)
        .filter(|read| read.first == from || is_range && read.first == from + 2)?;
    let week = |day: Calendar| {
        matches!(day.part, Part::Day(..)).then(|| Some(Calendar::holding(day.first()?, unit)))?
    };
    shifted(read.time, week).map(|time| Read::new(first, read.end, time, "date.week.of"))
}

/// "out since the first week of February": of a month that has been.
fn since(scene: &Scene<'_>, base: TimeValue, first: usize) -> TimeValue {
    let is_since =
        base.resolution == Resolution::FromPublishTime && first > 0 && scene.is(first - 1, "since");
    match base.when {
        When::At(unit @ Calendar { part: Part::Month(_), .. })
            if is_since && unit.first() > scene.today() =>
        {
            TimeValue { when: When::At(Calendar { year: unit.year - 1, ..unit }), ..base }
        }
        _ => base,
    }
}

/// A value with another unit of the calendar in place of its own.
fn shifted(time: TimeValue, change: impl Fn(Calendar) -> Option<Calendar>) -> Option<TimeValue> {
    let When::At(calendar) = time.when else { return None };
    Some(TimeValue { when: When::At(change(calendar)?), ..time })
}

/// "the decade", "the century" at `at`, where the year that was told last lies in another one and what is said of it has been.
fn told_century(scene: &Scene<'_>, unit: Unit, at: usize) -> Option<TimeValue> {
    if unit < Unit::Decade || !scene.is(at, "the") {
        return None;
    }
    let (told, fact) = [scene.memory.year, scene.memory.month]
        .into_iter()
        .flatten()
        .max_by_key(|(_, fact)| *fact)
        .filter(|_| scene.direction(at, at + 2) == Direction::Past)?;
    let when = When::At(Calendar::holding(told.first()?, unit));
    let time = TimeValue::new(when).resolved(Resolution::FromAnotherMention);
    Some(TimeValue { anchor: Some(fact), ..time })
}

/// The longer unit behind "of" or "in": "of 2019", "in May", "of next month", "of the year".
pub(super) fn longer(scene: &Scene<'_>, end: usize) -> Option<(TimeValue, usize)> {
    if !scene.is_any(end, &["of", "in"]) {
        return None;
    }
    let at = end + 1;
    if scene.kind(at) == Some(TokenKind::Number) {
        let (year, end) = year::behind(scene, at)?;
        return Some((TimeValue::new(When::At(Calendar::year(year))), end));
    }
    // "of the 20th century"
    let the = usize::from(scene.is(at, "the"));
    if let Some(nth) = number::ordinal(scene.lexicon, scene.content, scene.rest(at + the))
        && let century = at + the + nth.len
        && scene.is(century, "century")
        && !scene.is_any(century + 1, &["bc", "b.c.", "bce"])
        && let Ok(nth @ 1..=30) = i16::try_from(nth.value)
    {
        let part = Calendar::part((nth - 1) * 100, Part::Century);
        return Some((TimeValue::new(When::At(part)), century + 1));
    }
    let token = scene.token(at)?;
    if token.is(Tags::MONTH) {
        let read = day::month(scene, at, at)?;
        return Some((read.time, read.end));
    }
    let by = match scene.lower(at).as_str() {
        "last" => -1,
        "the" | "this" => 0,
        "next" => 1,
        _ => return None,
    };
    let (unit, is_plural) = *scene.lexicon.times.unit.of(scene.token(at + 1)?)?;
    if is_plural || unit < Unit::Week {
        return None;
    }
    // "War came in 1878, and in the last decade of the century the border moved again."
    if let Some(told) = told_century(scene, unit, at) {
        return Some((told, at + 2));
    }
    let time = scene
        .relative(When::Present, |today| Some(When::At(Calendar::holding(today, unit).plus(by)?)));
    Some((time, at + 2))
}
