//! Units of time with what counts or names them: "two weeks", "last year", "the third quarter", "three months ago", "every day".

use jiff::civil::Date;

use super::{Direction, Read, Scene, day, year};
use crate::fact::time::{Calendar, Clock, Count, Part, Recurrence, Unit, When};
use crate::fact::{Resolution, TimeValue};
use crate::lexicon::Tags;
use crate::phrase::number;
use crate::token::TokenKind;

/// What stands in front of a unit.
enum Front {
    /// "three", "several", "a": a count, and the first token of it.
    Counted(Count, usize),
    /// "third".
    Ordinal(u32, usize),
    /// "last", "this", "next": −1, 0, 1.
    Deictic(i32, usize),
    /// "the last three", "the next two", "the first nine": which side, and how many.
    Stretch(Side, Count, usize),
    /// "the".
    The(usize),
    /// "every", "each".
    Every(u8, usize),
    /// "that", "the same", "the previous", "the following".
    Anaphor(i32, usize),
    /// Nothing of these.
    Bare,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Past,
    Coming,
    First,
    Final,
}

/// A unit of time with what belongs to it.
pub(super) fn unit(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let token = scene.token(at)?;
    let (unit, is_plural) = *scene.lexicon.times.unit.of(token)?;
    let end = at + 1;
    // "18-year-old", "44 years old", "of age": an age, which is a number.
    let is_age = scene.is_any(end, &["old", "olds"])
        || scene.kind(end) == Some(TokenKind::Hyphen) && scene.is_any(end + 1, &["old", "olds"])
        || scene.is(end, "of") && scene.is(end + 1, "age");
    if is_age {
        return None;
    }
    // "year-end", "year-ago", "year-earlier"
    if scene.kind(end) == Some(TokenKind::Hyphen) && scene.is_joined(end) && !is_plural {
        let compound = compound(scene, at, free, unit);
        if compound.is_some() {
            return compound;
        }
    }
    let front = front(scene, at, free);
    let read = match front {
        Front::Every(count, first) => {
            let when = When::Every(Recurrence::Unit { count, unit, times: 0 });
            Read::new(first, end, TimeValue::new(when), "date.unit.every")
        }
        Front::Counted(count, first) => return counted(scene, unit, is_plural, count, first, at),
        Front::Ordinal(nth, first) => return ordinal(scene, unit, nth, first, at),
        Front::Deictic(by, first) => deictic(scene, unit, by, first, end, is_plural)?,
        Front::Stretch(side, count, first) => stretch(scene, unit, side, count, first, end),
        Front::Anaphor(by, first) => anaphor(scene, unit, by, first, end)?,
        Front::The(first) => the(scene, unit, is_plural, first, end)?,
        Front::Bare => {
            if !is_plural
                || matches!(unit, Unit::Second | Unit::Minute | Unit::Quarter | Unit::Weekend)
            {
                return None;
            }
            return counted(scene, unit, true, None, at, at);
        }
    };
    Some(read)
}

/// Reads what stands before the unit at `at`.
fn front(scene: &Scene<'_>, at: usize, free: usize) -> Front {
    let Some(mut before) = scene.before(at, free) else { return Front::Bare };
    // "two-week", "third-quarter"
    if scene.kind(before) == Some(TokenKind::Hyphen) && scene.is_joined(at) {
        match scene.before(before, free) {
            Some(number) => before = number,
            None => return Front::Bare,
        }
    }
    let the_before = |first: usize| {
        scene
            .before(first, free)
            .filter(|the| scene.is_any(*the, &["the", "this", "its", "their", "his", "her", "our"]))
    };
    // "straight", "consecutive", "full", "long", "fiscal" stand between a count and its unit.
    if scene.is_any(
        before,
        &[
            "straight",
            "consecutive",
            "full",
            "whole",
            "fiscal",
            "financial",
            "calendar",
            "long",
            "entire",
            "solid",
            "working",
            "successive",
        ],
    ) && let Some(further) = scene.before(before, free)
    {
        before = further;
    }
    // The longest numeral that ends at `before`.
    for back in (0..6).rev() {
        let Some(first) = before.checked_sub(back).filter(|first| *first >= free) else { continue };
        let Some(head) = scene.token(first) else { continue };
        if head.kind == TokenKind::Number || head.is(Tags::NUMBER) {
            let read = number::number(scene.lexicon, scene.content, scene.rest(first));
            if let Some(read) = read.filter(|read| first + read.len == before + 1) {
                let tenths = read
                    .value
                    .value
                    .times(crate::fact::Decimal::whole(10))
                    .and_then(|tenths| tenths.to_i64());
                let Some(count) = tenths.and_then(|tenths| u32::try_from(tenths).ok()) else {
                    return Front::Bare;
                };
                return side(scene, first, free, Some(count));
            }
        }
        if let Some(found) = scene
            .lexicon
            .times
            .vague
            .at(scene.rest(first))
            .filter(|found| first + found.len == before + 1)
        {
            let _: &() = found.value;
            return side(
                scene,
                first,
                free,
                if scene.is(first, "a") && scene.is(first + 1, "couple") { Some(20) } else { None },
            );
        }
    }
    if let Some(read) = number::ordinal(scene.lexicon, scene.content, scene.rest(before))
        .filter(|read| read.len == 1)
    {
        let first = the_before(before).unwrap_or(before);
        return Front::Ordinal(read.value, first);
    }
    // "21st century"
    if let Some(first) = before.checked_sub(1).filter(|first| *first >= free)
        && let Some(read) = number::ordinal(scene.lexicon, scene.content, scene.rest(first))
            .filter(|read| read.len == 2)
    {
        return Front::Ordinal(read.value, the_before(first).unwrap_or(first));
    }
    let with_the = the_before(before).unwrap_or(before);
    match scene.text(before).to_ascii_lowercase().as_str() {
        "last" | "past" => Front::Deictic(-1, with_the),
        "this" | "current" => Front::Deictic(0, with_the),
        "next" | "coming" | "upcoming" => Front::Deictic(1, with_the),
        "latest" | "recent" | "most" => Front::Anaphor(0, with_the),
        "same" | "that" => Front::Anaphor(0, with_the),
        "previous" | "preceding" | "prior" => Front::Anaphor(-1, with_the),
        "following" | "subsequent" => Front::Anaphor(1, with_the),
        "the" => Front::The(before),
        "a" | "an" => Front::Counted(Some(10), before),
        "half" => Front::Counted(Some(5), before),
        "every" | "each" => Front::Every(1, before),
        "other" if scene.before(before, free).is_some_and(|every| scene.is(every, "every")) => {
            Front::Every(2, before - 1)
        }
        _ => Front::Bare,
    }
}

/// A count with what stands before it: "the last three", "the first nine", "every two".
fn side(scene: &Scene<'_>, first: usize, free: usize, count: Count) -> Front {
    let Some(before) = scene.before(first, free) else { return Front::Counted(count, first) };
    let the = |at: usize| {
        scene
            .before(at, free)
            .filter(|the| scene.is_any(*the, &["the", "this", "its", "their", "his", "her", "our"]))
            .unwrap_or(at)
    };
    let side = match scene.text(before).to_ascii_lowercase().as_str() {
        "last" | "past" | "previous" | "preceding" | "recent" | "prior" | "latest" => Side::Past,
        "next" | "coming" | "following" => Side::Coming,
        "first" | "opening" => Side::First,
        "final" | "closing" => Side::Final,
        "every" | "each" => {
            let count = count.and_then(|tenths| u8::try_from(tenths / 10).ok()).unwrap_or(1);
            return Front::Every(count, before);
        }
        "the" => return Front::Counted(count, before),
        _ => return Front::Counted(count, first),
    };
    Front::Stretch(side, count, the(before))
}

/// "three months", "a year", "two weeks ago", "a year earlier", "five days later", "three years from now".
fn counted(
    scene: &Scene<'_>,
    unit: Unit,
    is_plural: bool,
    count: Count,
    first: usize,
    at: usize,
) -> Option<Read> {
    let end = at + 1;
    // "a second", "one second": an idiom more often than a time; "a minute" is kept.
    if unit == Unit::Second && count == Some(10) {
        return None;
    }
    // "twice a year", "once a week"
    if count == Some(10)
        && scene.is_any(first, &["a", "an"])
        && let Some(often) =
            first.checked_sub(1).filter(|often| scene.is_any(*often, &["once", "twice"]))
    {
        let times = if scene.is(often, "once") { 1 } else { 2 };
        let when = When::Every(Recurrence::Unit { count: 1, unit, times });
        return Some(Read::new(often, end, TimeValue::new(when), "date.unit.often"));
    }
    // "quarter" and "half" with a count are parts of things.
    if unit == Unit::Quarter && count == Some(10) {
        return None;
    }
    let number = count.map(|tenths| i32::try_from(tenths / 10).unwrap_or(i32::MAX));
    let ago = scene.is(end, "ago");
    if ago {
        let time = match number {
            Some(number) => {
                scene.relative(When::Past, |today| ago_when(scene, today, unit, -number))
            }
            None => TimeValue::new(When::Past),
        };
        return Some(Read::new(first, end + 1, time, "date.unit.ago"));
    }
    if scene.is_any(end, &["earlier", "before", "later", "after"]) {
        let is_later = scene.is_any(end, &["later", "after"]);
        // "two days before the vote" hangs on an event.
        let hangs = scene.is_any(end, &["before", "after"])
            && scene
                .token(end + 1)
                .is_some_and(|next| next.is_word() || next.kind == TokenKind::Number);
        if !hangs && let Some(number) = number {
            let by = if is_later { number } else { -number };
            return Some(Read::new(
                first,
                end + 1,
                from_memory(scene, unit, by),
                "date.unit.later",
            ));
        }
    }
    if scene.is(end, "from")
        && scene.is_any(end + 1, &["now", "today"])
        && let Some(number) = number
    {
        let time = scene.relative(When::Future, |today| ago_when(scene, today, unit, number));
        return Some(Read::new(first, end + 2, time, "date.unit.from-now"));
    }
    // "90 minutes' ", "one hundred years" and the like; a plain length.
    let _ = is_plural;
    Some(Read::new(first, end, TimeValue::new(When::Length(count, unit, None)), "date.length"))
}

/// The unit so many before or after the day of publication; days and longer as calendar units, shorter ones as times.
fn ago_when(scene: &Scene<'_>, today: Date, unit: Unit, by: i32) -> Option<When> {
    if unit <= Unit::Hour {
        let span = match unit {
            Unit::Second => jiff::Span::new().try_seconds(by),
            Unit::Minute => jiff::Span::new().try_minutes(by),
            _ => jiff::Span::new().try_hours(by),
        };
        let time = scene.published?.checked_add(span.ok()?).ok()?;
        return Some(When::Clock(
            Some(time.date().into()),
            Clock::at(time.hour(), Some(time.minute())),
        ));
    }
    let day = unit.shift(today, by)?;
    Some(When::At(Calendar::holding(day, unit)))
}

/// "a year earlier", "two days later": from the last mention that is as fine, else from the day of publication.
fn from_memory(scene: &Scene<'_>, unit: Unit, by: i32) -> TimeValue {
    let memory = scene.memory;
    let anchor = match unit {
        Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => {
            memory.quarter.or(memory.year).or(memory.month)
        }
        Unit::Quarter => memory.quarter,
        Unit::Month => memory.month.or(memory.day),
        Unit::Week | Unit::Weekend | Unit::Day => memory.day,
        Unit::Second | Unit::Minute | Unit::Hour => None,
    };
    let shifted = anchor.and_then(|(calendar, fact)| {
        let moved = match (unit, calendar.part) {
            (Unit::Year, part) => {
                Calendar::part(calendar.year.checked_add(i16::try_from(by).ok()?)?, part)
            }
            (Unit::Quarter, Part::Quarter(_)) => calendar.plus(by)?,
            _ => Calendar::holding(unit.shift(calendar.first()?, by)?, unit),
        };
        moved.first()?;
        Some((moved, fact))
    });
    match shifted {
        Some((calendar, fact)) => TimeValue {
            anchor: Some(fact),
            ..TimeValue::new(When::At(calendar)).resolved(Resolution::FromAnotherMention)
        },
        None => scene.relative(if by < 0 { When::Past } else { When::Future }, |today| {
            ago_when(scene, today, unit, by)
        }),
    }
}

/// "the third quarter", "the first half of 1990", "the 19th century", "the second week of May".
fn ordinal(scene: &Scene<'_>, unit: Unit, nth: u32, first: usize, at: usize) -> Option<Read> {
    let end = at + 1;
    let nth = i8::try_from(nth).ok()?;
    match unit {
        Unit::Quarter if (1..=4).contains(&nth) => {
            Some(in_year(scene, Part::Quarter(nth), first, end))
        }
        Unit::Century => {
            let year = (i16::from(nth) - 1).checked_mul(100)?;
            let is_past = scene.is_any(end, &["bc", "b.c.", "bce"]);
            if is_past {
                // The 5th century BC: 500 to 401 BC, which ISO 8601 counts -0499 to -0400.
                let year = -(i16::from(nth)).checked_mul(100)?;
                return Some(Read::new(
                    first,
                    end + 1,
                    TimeValue::new(When::At(Calendar::part(year, Part::Century))),
                    "date.century",
                ));
            }
            Some(Read::new(
                first,
                end,
                TimeValue::new(When::At(Calendar::part(year, Part::Century))),
                "date.century",
            ))
        }
        Unit::Week | Unit::Day if scene.is(end, "of") => {
            let month = *scene.lexicon.times.month.of(scene.token(end + 1)?)?;
            let read = day::month(scene, end + 1, end + 1)?;
            let When::At(Calendar { year, part: Part::Month(_) }) = read.time.when else {
                return None;
            };
            let length = if unit == Unit::Week { 7 } else { 1 };
            let from = Calendar::day(year, month, 1)?.plus((i32::from(nth) - 1) * length)?;
            let when = if unit == Unit::Day {
                When::At(from)
            } else {
                When::Between(Some(from), Some(from.plus(6)?))
            };
            // TIMEX3 names the ISO week that holds the first of those days.
            let when =
                if unit == Unit::Week { When::At(Calendar::week(from.first()?)) } else { when };
            Some(Read::new(first, read.end, TimeValue { when, ..read.time }, "date.week-of-month"))
        }
        _ => None,
    }
}

/// A part of a year with the year behind it ("of 1989", "of last year", "1989"), else of the year that its direction gives.
fn in_year(scene: &Scene<'_>, part: Part, first: usize, end: usize) -> Read {
    let of = usize::from(scene.is(end, "of") || scene.is(end, "in"));
    if let Some((year, end)) =
        year::behind(scene, end + of).filter(|_| scene.kind(end) != Some(TokenKind::Comma))
    {
        return Read::new(
            first,
            end,
            TimeValue::new(When::At(Calendar::part(year, part))),
            "date.part-of-year",
        );
    }
    let which = end + of;
    let by = match scene.text(which).to_ascii_lowercase().as_str() {
        "last" => Some(-1),
        "this" | "the" | "current" => Some(0),
        "next" => Some(1),
        _ => None,
    };
    if let Some(by) =
        by.filter(|_| scene.is(which + 1, "year") && (of == 1 || !scene.is(which, "the")))
    {
        let time = scene.relative(When::Part(part), |today| {
            Some(When::At(Calendar::part(today.year() + by, part)))
        });
        return Read::new(first, which + 2, time, "date.part-of-year");
    }
    Read::new(first, end, day::part_of_year(scene, part, first, end), "date.part-of-year.no-year")
}

/// "the first half", "the second half of the year" (the trigger is "half").
pub(super) fn half(scene: &Scene<'_>, nth: i8, first: usize, end: usize) -> Read {
    in_year(scene, Part::Half(nth), first, end)
}

/// "last week", "this year", "next month", "the past year", "the coming weekend".
fn deictic(
    scene: &Scene<'_>,
    unit: Unit,
    by: i32,
    first: usize,
    end: usize,
    is_plural: bool,
) -> Option<Read> {
    if is_plural {
        // "recent years", "the past weeks"
        let count = None;
        let side = if by < 0 { Side::Past } else { Side::Coming };
        return (by != 0).then(|| stretch(scene, unit, side, count, first, end));
    }
    if unit <= Unit::Hour {
        return None;
    }
    let open = match by {
        -1 => When::Past,
        0 => When::Present,
        _ => When::Future,
    };
    let time = scene.relative(open, |today| {
        let now = Calendar::holding(today, unit);
        // "last weekend" said on a Sunday is the one before.
        Some(When::At(now.plus(by)?))
    });
    // "this year's third quarter", "last year's first half"
    if scene.is_any(end, &["'s", "’s"])
        && let Some(read) = number::ordinal(scene.lexicon, scene.content, scene.rest(end + 1))
            .filter(|read| (1..=4).contains(&read.value))
        && unit == Unit::Year
        && scene.is(end + 1 + read.len, "quarter")
        && let When::At(Calendar { year, .. }) = time.when
    {
        let part = Part::Quarter(i8::try_from(read.value).ok()?);
        return Some(Read::new(
            first,
            end + 2 + read.len,
            TimeValue { when: When::At(Calendar::part(year, part)), ..time },
            "date.part-of-year",
        ));
    }
    Some(Read::new(first, end, time, "date.unit.deictic"))
}

/// "the last three months", "the next two years", "the first nine months of this year".
fn stretch(
    scene: &Scene<'_>,
    unit: Unit,
    side: Side,
    count: Count,
    first: usize,
    end: usize,
) -> Read {
    let number = count
        .map(|tenths| i32::try_from(tenths / 10).unwrap_or(i32::MAX))
        .filter(|number| *number > 0);
    let length = |lies: Option<(Calendar, Calendar)>| When::Length(count, unit, lies);
    match side {
        Side::First | Side::Final => {
            // Of a year: the one behind, else the one that the direction gives.
            let of = usize::from(scene.is(end, "of"));
            let (base, end) = match year::behind(scene, end + of).filter(|_| of == 1) {
                Some((year, end)) => (TimeValue::new(When::At(Calendar::year(year))), end),
                None => {
                    let deictic = end + of;
                    let by = match scene.text(deictic).to_ascii_lowercase().as_str() {
                        "last" => Some(-1),
                        "this" | "the" => Some(0),
                        "next" => Some(1),
                        _ => None,
                    };
                    let is_year = of == 1 && scene.is(deictic + 1, "year");
                    match by.filter(|_| is_year) {
                        Some(by) => (
                            scene.relative(When::Past, |today| {
                                Some(When::At(Calendar::year(today.year() + by)))
                            }),
                            deictic + 2,
                        ),
                        None => (day::part_of_year(scene, Part::Year, first, end), end),
                    }
                }
            };
            let lies = base.calendar().zip(number).and_then(|(year, number)| {
                let unit_of = |day: Date| Calendar::holding(day, unit);
                if side == Side::First {
                    let from = unit_of(year.first()?);
                    // "the first 100 days" of something that is no year stays open.
                    (unit >= Unit::Month).then_some((from, from.plus(number - 1)?))
                } else {
                    let last = unit_of(year.after()?.yesterday().ok()?);
                    (unit >= Unit::Month).then_some((last.plus(1 - number)?, last))
                }
            });
            Read::new(first, end, TimeValue { when: length(lies), ..base }, "date.stretch.of-year")
        }
        Side::Past | Side::Coming => {
            let lies = scene.today().zip(number).and_then(|(today, number)| {
                let by = if side == Side::Past { -number } else { number };
                let other = unit.shift(today, by)?;
                let (from, to) = if by < 0 { (other, today) } else { (today, other) };
                Some((Calendar::from(from), Calendar::from(to)))
            });
            let resolution =
                if lies.is_some() { Resolution::FromPublishTime } else { Resolution::Unresolved };
            Read::new(first, end, TimeValue::new(length(lies)).resolved(resolution), "date.stretch")
        }
    }
}

/// "that year", "the same month", "the previous quarter", "the latest quarter".
fn anaphor(scene: &Scene<'_>, unit: Unit, by: i32, first: usize, end: usize) -> Option<Read> {
    if unit <= Unit::Hour {
        return None;
    }
    let memory = scene.memory;
    let anchor = match unit {
        Unit::Quarter => {
            memory.quarter.filter(|(calendar, _)| matches!(calendar.part, Part::Quarter(_)))
        }
        Unit::Year => memory.year,
        Unit::Month => memory.month,
        Unit::Day => memory.day,
        _ => None,
    };
    let is_that = scene.is_any(end - 2, &["that"]);
    // "that" before a unit is also a relative pronoun or conjunction.
    if is_that && anchor.is_none() {
        return None;
    }
    let time = match anchor.and_then(|(calendar, fact)| Some((calendar.plus(by)?, fact))) {
        Some((calendar, fact)) => TimeValue {
            anchor: Some(fact),
            ..TimeValue::new(When::At(calendar)).resolved(Resolution::FromAnotherMention)
        },
        None if unit == Unit::Quarter => last_quarter(scene),
        None => scene.relative(When::Past, |today| {
            let now = Calendar::holding(today, unit);
            Some(When::At(now.plus(by)?))
        }),
    };
    Some(Read::new(first, end, time, "date.anaphor"))
}

/// The last quarter that had ended.
fn last_quarter(scene: &Scene<'_>) -> TimeValue {
    scene.relative(When::Past, |today| {
        Some(When::At(Calendar::holding(today, Unit::Quarter).plus(-1)?))
    })
}

/// "the quarter", "the year", "the week", "the weekend", "the decade".
fn the(scene: &Scene<'_>, unit: Unit, is_plural: bool, first: usize, end: usize) -> Option<Read> {
    if is_plural {
        return None;
    }
    let time = match unit {
        Unit::Quarter => match scene
            .memory
            .quarter
            .filter(|(calendar, _)| matches!(calendar.part, Part::Quarter(_)))
        {
            Some((calendar, fact)) => TimeValue {
                anchor: Some(fact),
                ..TimeValue::new(When::At(calendar)).resolved(Resolution::FromAnotherMention)
            },
            None => last_quarter(scene),
        },
        Unit::Weekend => {
            let direction = scene.direction(first, end);
            scene.relative(When::Past, |today| {
                let this = Calendar::weekend(today);
                let by =
                    if direction == Direction::Future || this.first()? <= today { 0 } else { -1 };
                Some(When::At(this.plus(by)?))
            })
        }
        Unit::Year | Unit::Month | Unit::Week => {
            // Of a year behind it ("the year 2000", "the week of"), or one of many ("the year that …").
            if scene.kind(end) == Some(TokenKind::Number)
                || scene.is_any(end, &["of", "that", "when", "in"])
                || scene.is(end, "before")
            {
                return None;
            }
            scene.relative(When::Present, |today| Some(When::At(Calendar::holding(today, unit))))
        }
        Unit::Decade | Unit::Century => {
            scene.relative(When::Present, |today| Some(When::At(Calendar::holding(today, unit))))
        }
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Millennium => return None,
    };
    Some(Read::new(first, end, time, "date.unit.the"))
}

/// "year-end", "the year-ago quarter", "year-earlier", "month-end".
fn compound(scene: &Scene<'_>, at: usize, free: usize, unit: Unit) -> Option<Read> {
    let word = at + 2;
    if !scene.is_joined(word) {
        return None;
    }
    let the = |at: usize| scene.before(at, free).filter(|the| scene.is(*the, "the")).unwrap_or(at);
    if scene.is(word, "end") {
        let behind = year::behind(scene, word + 1)
            .filter(|_| unit == Unit::Year && scene.kind(word + 1) == Some(TokenKind::Number));
        let (time, end) = match behind {
            Some((year, end)) => (TimeValue::new(When::At(Calendar::year(year))), end),
            None => (
                scene.relative(When::Present, |today| {
                    Some(When::At(Calendar::holding(today, unit)))
                }),
                word + 1,
            ),
        };
        return Some(Read::new(
            at,
            end,
            time.modified(Some(crate::fact::TimexMod::End)),
            "date.unit.end",
        ));
    }
    if scene.is_any(word, &["ago", "earlier", "on"]) {
        if scene.is(word, "on") {
            return None;
        }
        let time = from_memory(scene, unit, -1);
        let noun =
            usize::from(scene.is_any(word + 1, &["quarter", "period", "month", "week", "half"]));
        let first = if noun == 1 { the(at) } else { at };
        return Some(Read::new(first, word + 1 + noun, time, "date.unit.ago"));
    }
    None
}
