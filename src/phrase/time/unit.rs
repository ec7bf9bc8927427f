//! Units of time with what counts or names them: "two weeks", "last year", "the third quarter", "three months ago", "every day".

use super::anaphor::{ago_when, anaphor, compound, from_memory, is_of_results};
use super::period::{deictic, ordinal, stretch, the};
use super::{Direction, Read, Scene, range};
use crate::fact::TimeValue;
use crate::fact::time::{Count, Recurrence, Unit, When};
use crate::lexicon::Tags;
use crate::phrase::number;
use crate::token::{TokenKind, flags};

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

/// Which side of a longer time a stretch takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// "the last three months".
    Past,
    /// "the next three months".
    Coming,
    /// "the first three months".
    First,
    /// "the final three months".
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
    // "60 Minutes", "This Week With": names of programmes.
    let is_name = token.has(flags::CAPITAL)
        && !token.has(flags::UPPER)
        && at > 0
        && scene
            .token(at - 1)
            .is_some_and(|before| before.has(flags::CAPITAL) || before.kind == TokenKind::Number)
        && (at > 1 || scene.token(end).is_some_and(|next| next.is_capital()));
    if is_name {
        return None;
    }
    // "year-end", "year-ago", "year-earlier", "year end"
    if !is_plural {
        let compound = compound(scene, at, free, unit);
        if compound.is_some() {
            return compound;
        }
    }
    // "three-quarters of its food"
    if unit == Unit::Quarter
        && is_plural
        && scene.is(end, "of")
        && scene.kind(end + 1) != Some(TokenKind::Number)
        && !scene.is_any(end + 2, &["year", "fiscal"])
    {
        return None;
    }
    let front = front(scene, at, free);
    let read = match front {
        Front::Every(count, first) => {
            let when = When::Every(Recurrence::Unit { count, unit, times: 0 });
            Read::new(first, end, TimeValue::new(when), "date.unit.every")
        }
        Front::Counted(count, first) => return counted(scene, unit, count, first, at),
        Front::Ordinal(nth, first) => return ordinal(scene, unit, nth, first, at),
        Front::Deictic(by, first) => deictic(scene, unit, by, first, end, is_plural)?,
        Front::Stretch(side, count, first) => stretch(scene, unit, side, count, first, end),
        Front::Anaphor(by, first) => anaphor(scene, unit, by, first, end)?,
        Front::The(first) => match range::from_date(scene, unit, Some(10), first, end)
            .filter(|_| unit == Unit::Day)
        {
            Some(read) => read,
            None => the(scene, unit, is_plural, first, end)?,
        },
        Front::Bare => {
            // Bare plurals are lengths only where something hangs them on a point: "days before", "in weeks", "decades-long".
            let hangs = scene.is_any(end, &["before", "after", "later", "ago", "earlier", "ahead"])
                || scene.is_any(end + 1, &["long"]) && scene.kind(end) == Some(TokenKind::Hyphen)
                || at > 0 && scene.is_any(at - 1, &["within", "in"]);
            if !is_plural
                || !hangs
                || matches!(unit, Unit::Second | Unit::Minute | Unit::Quarter | Unit::Weekend)
            {
                return None;
            }
            return counted(scene, unit, None, at, at);
        }
    };
    Some(read)
}

/// Reads what stands before the unit at `at`.
fn front(scene: &Scene<'_>, at: usize, free: usize) -> Front {
    let Some(mut before) = scene.before(at, free) else { return Front::Bare };
    // "two-week", "third-quarter"
    let is_compound = scene.kind(before) == Some(TokenKind::Hyphen) && scene.is_joined(at);
    if is_compound {
        match scene.before(before, free) {
            Some(number) => before = number,
            None => return Front::Bare,
        }
    }
    let the_before = |first: usize| {
        scene
            .before(first, free)
            // A compound stands for itself: "the [third-quarter] loss".
            .filter(|the| !is_compound && scene.is_any(*the, &["the", "this"]))
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
            "more",
            "additional",
            "further",
            "extra",
            "trading",
            "business",
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
                // "two to three weeks", "12 to 18 months": the lower one stands for both.
                if let Some((lower, from)) = lower(scene, first, free) {
                    return side(scene, from, free, Some(lower), is_compound);
                }
                let Some(count) = tenths.and_then(|tenths| u32::try_from(tenths).ok()) else {
                    return Front::Bare;
                };
                return side(scene, first, free, Some(count), is_compound);
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
                if scene.is(before, "of") && scene.is_any(before - 1, &["couple"]) {
                    Some(20)
                } else {
                    None
                },
                is_compound,
            );
        }
    }
    if let Some(read) = number::ordinal(scene.lexicon, scene.content, scene.rest(before))
        .filter(|read| read.len == 1)
    {
        // "the fiscal first quarter", "the fiscal-first quarter"
        let mut first = before;
        let hyphen = usize::from(
            scene
                .before(first, free)
                .is_some_and(|mark| scene.kind(mark) == Some(TokenKind::Hyphen)),
        );
        if let Some(fiscal) = first
            .checked_sub(1 + hyphen)
            .filter(|fiscal| *fiscal >= free && scene.is(*fiscal, "fiscal"))
        {
            first = fiscal;
        }
        return Front::Ordinal(read.value, the_before(first).unwrap_or(first));
    }
    // "21st century"
    if let Some(first) = before.checked_sub(1).filter(|first| *first >= free)
        && let Some(read) = number::ordinal(scene.lexicon, scene.content, scene.rest(first))
            .filter(|read| read.len == 2)
    {
        return Front::Ordinal(read.value, the_before(first).unwrap_or(first));
    }
    // "one and a half hours"
    if scene.is(before, "half")
        && let Some(first) = before.checked_sub(3).filter(|first| *first >= free)
        && scene.is(before - 1, "a")
        && scene.is(before - 2, "and")
        && let Some(read) = number::small(scene.lexicon, scene.content, scene.rest(first))
            .filter(|read| read.len == 1 && read.value < 1000)
    {
        return side(scene, first, free, Some(read.value * 10 + 5), is_compound);
    }
    let with_the = the_before(before).unwrap_or(before);
    match scene.text(before).to_ascii_lowercase().as_str() {
        "last" | "past" => Front::Deictic(-1, with_the),
        "this" | "current" => Front::Deictic(0, with_the),
        // "the next day": the one after the day that is spoken of.
        "next" if with_the < before && scene.is(at, "day") && scene.memory.day.is_some() => {
            Front::Anaphor(1, with_the)
        }
        "next" | "coming" | "upcoming" => Front::Deictic(1, with_the),
        "latest" | "recent" | "most" => Front::Anaphor(0, with_the),
        "same" => Front::Anaphor(
            0,
            scene.before(before, free).filter(|that| scene.is(*that, "that")).unwrap_or(with_the),
        ),
        "that" => Front::Anaphor(0, with_the),
        "previous" | "preceding" | "prior" => Front::Anaphor(-1, with_the),
        "following" | "subsequent" => Front::Anaphor(1, with_the),
        "these" if scene.is(before + 1, "days") => Front::Deictic(0, before),
        "the" => Front::The(before),
        "a" | "an" | "another" => Front::Counted(Some(10), before),
        "half" => Front::Counted(Some(5), before),
        "every" | "each" => Front::Every(1, before),
        "other" if scene.before(before, free).is_some_and(|every| scene.is(every, "every")) => {
            Front::Every(2, before - 1)
        }
        _ => Front::Bare,
    }
}

/// The count before "to" or a dash in front of `first`, in tenths, and its token.
fn lower(scene: &Scene<'_>, first: usize, free: usize) -> Option<(u32, usize)> {
    let mark = scene.before(first, free)?;
    let is_mark = scene.is_any(mark, &["to", "or"])
        || matches!(scene.kind(mark), Some(TokenKind::Hyphen | TokenKind::Dash))
            && scene.is_joined(first);
    let from = scene.before(mark, free).filter(|_| is_mark)?;
    let token = scene.token(from)?;
    if token.kind != TokenKind::Number && !token.is(Tags::NUMBER) {
        return None;
    }
    let read = number::small(scene.lexicon, scene.content, scene.rest(from))
        .filter(|read| read.len == 1 && read.value < 1000)?;
    Some((read.value * 10, from))
}

/// A count with what stands before it: "the last three", "the first nine", "every two".
fn side(scene: &Scene<'_>, first: usize, free: usize, count: Count, is_compound: bool) -> Front {
    let Some(before) = scene.before(first, free) else { return Front::Counted(count, first) };
    let the = |at: usize| {
        scene.before(at, free).filter(|the| scene.is_any(*the, &["the", "this"])).unwrap_or(at)
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
        "the" if !is_compound && count.is_some() => return Front::Counted(count, before),
        _ => return Front::Counted(count, first),
    };
    Front::Stretch(side, count, the(before))
}

/// "three months", "a year", "two weeks ago", "a year earlier", "five days later", "three years from now".
fn counted(scene: &Scene<'_>, unit: Unit, count: Count, first: usize, at: usize) -> Option<Read> {
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
    let is_one = count == Some(10) && scene.is_any(first, &["a", "an"]);
    // "$1.76 a year", "700 seats a week", "24 hours a day": a rate.
    if is_one && is_rate(scene, first) && !scene.is_any(end, &["ago", "earlier", "later", "before"])
    {
        return None;
    }
    // "a day of joy"
    if is_one && unit == Unit::Day && scene.is(end, "of") {
        return None;
    }
    // "one day" is some day to come, or a story's.
    if unit == Unit::Day
        && scene.is(first, "one")
        && first + 1 == at
        && !scene.is_any(end, &["ago", "earlier", "later", "before", "after"])
    {
        return (scene.nearest_left(first) == Direction::Future)
            .then(|| Read::new(first, end, TimeValue::new(When::Future), "date.one-day"));
    }
    // "quarter" and "half" with a count are parts of things.
    if unit == Unit::Quarter && count == Some(10) {
        return None;
    }
    let number = count.map(|tenths| i32::try_from(tenths / 10).unwrap_or(i32::MAX));
    let (count, end) = tail(scene, unit, count, end);
    let number =
        if end > at + 1 && count.is_some_and(|tenths| tenths % 10 != 0) { None } else { number };
    if let Some(read) = range::from_date(scene, unit, count, first, end) {
        return Some(read);
    }
    let ago = scene.is(end, "ago");
    if ago {
        let time = match number {
            Some(number) => {
                scene.relative(When::Past, |today| ago_when(scene, today, unit, -number))
            }
            None => TimeValue::new(When::Past),
        };
        // In a company's results, a year ago is the same quarter of the year before.
        let time = if unit == Unit::Year && count == Some(10) && is_of_results(scene) {
            from_memory(scene, unit, -1)
        } else {
            time
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
    // "will be redeemed in five years": the point at its end, when it is no finer than said.
    let is_ahead = unit >= Unit::Day
        && first.checked_sub(1).is_some_and(|before| scene.is(before, "in"))
        && scene.nearest_left(first) == Direction::Future
        && !scene.is_any(first.saturating_sub(2), &["time", "once", "twice"]);
    if is_ahead
        && scene.today().is_some()
        && let Some(number) = number
    {
        let time = scene.relative(When::Future, |today| ago_when(scene, today, unit, number));
        return Some(Read::new(first, end, time, "date.unit.ahead"));
    }
    Some(Read::new(first, end, TimeValue::new(When::Length(count, unit, None)), "date.length"))
}

/// What may follow a count and its unit, inside the mention: "and a half", "or two", "or so", "-long", "or months".
fn tail(scene: &Scene<'_>, unit: Unit, count: Count, end: usize) -> (Count, usize) {
    if scene.is(end, "and") && scene.is(end + 1, "a") && scene.is(end + 2, "half") {
        return (count.map(|tenths| tenths + 5), end + 3);
    }
    if scene.is(end, "or") && scene.is_any(end + 1, &["so", "two", "more", "less"]) {
        return (count, end + 2);
    }
    if scene.kind(end) == Some(TokenKind::Hyphen)
        && scene.is_joined(end + 1)
        && scene.is(end + 1, "long")
    {
        return (count, end + 2);
    }
    let is_other_unit = count.is_none()
        && scene.is_any(end, &["or", "and"])
        && scene
            .token(end + 1)
            .and_then(|token| scene.lexicon.times.unit.of(token))
            .is_some_and(|(other, is_plural)| *is_plural && *other > unit);
    if is_other_unit {
        return (count, end + 2);
    }
    (count, end)
}

/// Whether "a year" at `first` says of an amount how often it comes: "$1.76 a year", "700 seats a week".
fn is_rate(scene: &Scene<'_>, first: usize) -> bool {
    let amount = |at: usize| {
        scene.token(at).is_some_and(|token| {
            token.kind == TokenKind::Number
                || token.is(Tags::NUMBER
                    | Tags::SCALE
                    | Tags::CURRENCY
                    | Tags::UNIT
                    | Tags::TIME_UNIT)
                    && !token.is(Tags::PREPOSITION | Tags::DETERMINER)
        })
    };
    let plural = |at: usize| {
        scene.token(at).is_some_and(|token| token.is_word() && !token.is(Tags::PREPOSITION))
            && scene.text(at).ends_with('s')
    };
    first > 0 && amount(first - 1)
        || first > 1 && plural(first - 1) && (amount(first - 2) || first > 2 && amount(first - 3))
}
