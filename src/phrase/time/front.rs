//! What counts or names a unit of time: "three", "the last two", "next", "every", "the same".

use super::Scene;
use crate::fact::time::Count;
use crate::lexicon::Tags;
use crate::phrase::number;
use crate::token::{TokenKind, Words};

/// What stands in front of a unit.
pub(super) enum Front {
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

/// Reads what stands before the unit at `at`.
pub(super) fn front(scene: &Scene<'_>, at: usize, free: usize) -> Front {
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
    // "the third quarter in a row", "the second week running"
    let is_run = scene.is(at + 1, "in") && scene.is(at + 2, "a") && scene.is(at + 3, "row")
        || scene.is(at + 1, "running")
            && !scene.is_any(at + 2, &["from", "to", "until", "through"]);
    if is_run && scene.token(before).is_some_and(|nth| nth.is(Tags::ORDINAL)) {
        return Front::Bare;
    }
    // "straight", "consecutive", "full", "long", "fiscal" stand between a count and its unit.
    if scene.token(before).is_some_and(|word| BETWEEN.hold(scene.content, word))
        && let Some(further) = scene.before(before, free)
    {
        // "the third straight quarter" is no third of a year.
        let is_place = scene.is_any(before, &["straight", "consecutive", "successive"])
            && scene.token(further).is_some_and(|nth| nth.is(Tags::ORDINAL));
        if is_place {
            return Front::Bare;
        }
        before = further;
    }
    // "this school year", "the coming academic year"
    if scene.is_any(before, &["school", "academic"])
        && scene.is(at, "year")
        && let Some(which) = scene.before(before, free)
        && scene.is_any(which, &["this", "last", "next", "coming", "past"])
    {
        before = which;
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
            // "the third time in as many weeks"
            if scene.is(before, "many")
                && scene.before(first, 0).is_some_and(|as_| scene.is(as_, "as"))
            {
                return Front::Bare;
            }
            return side(
                scene,
                first,
                free,
                if scene.is(before, "couple")
                    || scene.is(before, "of") && scene.is(before - 1, "couple")
                {
                    Some(20)
                } else {
                    None
                },
                is_compound,
            );
        }
    }
    // "21st century", "the twenty-sixth day"
    for len in [2, 3] {
        if let Some(first) = (before + 1).checked_sub(len).filter(|first| *first >= free)
            && let Some(read) = number::ordinal(scene.lexicon, scene.content, scene.rest(first))
                .filter(|read| read.len == len)
        {
            return Front::Ordinal(read.value, the_before(first).unwrap_or(first));
        }
    }
    if let Some(read) = number::ordinal(scene.lexicon, scene.content, scene.rest(before))
        .filter(|read| read.len == 1)
    {
        // "every second week", "every third year"
        if let Some(every) = scene.before(before, free)
            && scene.is_any(every, &["every", "each"])
            && let Ok(count) = u8::try_from(read.value)
        {
            return Front::Every(count, every);
        }
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
    // "a two-and-a-half-year deal"
    if scene.is(before, "half")
        && is_compound
        && let Some(first) = before.checked_sub(6).filter(|first| *first >= free)
        && scene.is(before - 2, "a")
        && scene.is(before - 4, "and")
        && [1, 3, 5].iter().all(|back| scene.kind(before - back) == Some(TokenKind::Hyphen))
        && let Some(read) = number::small(scene.lexicon, scene.content, scene.rest(first))
            .filter(|read| read.len == 1 && read.value < 1000)
    {
        return Front::Counted(Some(read.value * 10 + 5), first);
    }
    // "one and a half hours", "two and half years", "six-and-a-half years"
    let joined = |at: usize| {
        at - usize::from(
            at > 0 && scene.kind(at - 1) == Some(TokenKind::Hyphen) && scene.is_joined(at),
        )
    };
    if scene.is(before, "half")
        && let half = joined(before)
        && let and = if half > 0 && scene.is(half - 1, "a") { joined(half - 1) } else { half }
        && and > 0
        && scene.is(and - 1, "and")
        && let Some(first) = joined(and - 1).checked_sub(1).filter(|first| *first >= free)
        && let Some(read) = number::small(scene.lexicon, scene.content, scene.rest(first))
            .filter(|read| read.len == 1 && read.value < 1000)
    {
        return side(scene, first, free, Some(read.value * 10 + 5), is_compound);
    }
    // "a hundred years", "a dozen weeks"
    if let Some(a) = scene.before(before, free).filter(|a| scene.is(*a, "a")) {
        let count = match scene.lower(before).as_str() {
            "dozen" => Some(120),
            "hundred" => Some(1000),
            "thousand" => Some(10_000),
            _ => None,
        };
        let is_half = a > 0 && scene.is(a - 1, "half");
        if count.is_some() && !is_half {
            return side(scene, a, free, count, is_compound);
        }
    }
    if let Some(front) = counted_side(scene, at, before, free) {
        return front;
    }
    let with_the = the_before(before).unwrap_or(before);
    match scene.lower(before).as_str() {
        "last" | "past" => Front::Deictic(-1, with_the),
        "this" | "current" => Front::Deictic(0, with_the),
        // "the next day": the one after the day that is spoken of.
        "next" if with_the < before && scene.is(at, "day") && scene.memory.day.is_some() => {
            Front::Anaphor(1, with_the)
        }
        "next" | "coming" | "upcoming" => Front::Deictic(1, with_the),
        "latest" | "recent" => Front::Anaphor(0, with_the),
        // "the corresponding week last year"
        "corresponding" | "comparable" | "equivalent" => Front::Anaphor(0, with_the),
        "same" => Front::Anaphor(
            0,
            scene.before(before, free).filter(|that| scene.is(*that, "that")).unwrap_or(with_the),
        ),
        "that" => Front::Anaphor(0, with_the),
        "previous" | "preceding" | "prior" => Front::Anaphor(-1, with_the),
        "following" | "subsequent" => Front::Anaphor(1, with_the),
        "these" if scene.is(before + 1, "days") => Front::Deictic(0, before),
        // "the turn-of-the-century house"
        "the" if is_compound => Front::Bare,
        "the" => Front::The(before),
        // "half an hour", "half a century"
        "a" | "an" if scene.before(before, free).is_some_and(|half| scene.is(half, "half")) => {
            Front::Counted(Some(5), before - 1)
        }
        "a" | "an" | "another" => Front::Counted(Some(10), before),
        // "half-year results" are of a half, no length.
        "half" if is_compound && scene.is_any(at + 1, REPORTED) => Front::Bare,
        // "the past half-century", "in the last half hour"
        "half"
            if scene
                .before(before, free)
                .is_some_and(|side| scene.is_any(side, &["past", "last", "next", "coming"])) =>
        {
            side(scene, before, free, Some(5), is_compound)
        }
        "half" => Front::Counted(Some(5), before),
        "every" | "each" => Front::Every(1, before),
        // "every other week", "every single day"
        other @ ("other" | "single")
            if scene.before(before, free).is_some_and(|every| scene.is(every, "every")) =>
        {
            Front::Every(if other == "other" { 2 } else { 1 }, before - 1)
        }
        _ => Front::Bare,
    }
}

/// "the 10 previous weeks", "the two following days": the count stands in front of the side.
fn counted_side(scene: &Scene<'_>, at: usize, before: usize, free: usize) -> Option<Front> {
    let number = scene.before(before, free).filter(|number| {
        scene
            .token(*number)
            .is_some_and(|word| word.kind == TokenKind::Number || word.is(Tags::NUMBER))
    })?;
    let side = match scene.lower(before).as_str() {
        "last" | "past" | "previous" | "preceding" => Side::Past,
        "next" | "coming" | "following" => Side::Coming,
        _ => return None,
    };
    let read = number::small(scene.lexicon, scene.content, scene.rest(number))
        .filter(|read| read.len == 1 && (2..1000).contains(&read.value))?;
    let the = scene.before(number, free).filter(|the| scene.is(*the, "the"))?;
    // "the 50 previous years' worth of shows"
    let is_measure = (at + 1..at + 3).any(|at| scene.is(at, "worth"));
    (scene.text(at).ends_with(['s', 'S']) && !is_measure).then_some(Front::Stretch(
        side,
        Some(read.value * 10),
        the,
    ))
}

/// What stands between a count and its unit: "two full years", "five trading days".
static BETWEEN: Words<18> = Words::new([
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
]);

/// What a half-year has.
const REPORTED: &[&str] = &[
    "results", "result", "profit", "profits", "loss", "losses", "report", "reports", "earnings",
    "revenue", "revenues", "sales", "figures", "dividend",
];

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
    // "is expected to last six weeks", "the storm will last two days": the verb.
    let is_verb = scene.is(before, "last")
        && scene.before(before, 0).is_some_and(|at| {
            // "start on 6 January and last ten weeks", but "the first and last two weeks"
            let is_joined = scene.is(at, "and")
                && scene.before(at, 0).and_then(|before| scene.token(before)).is_some_and(
                    |before| !before.is(Tags::ORDINAL | Tags::NUMBER | Tags::DETERMINER),
                );
            is_joined
                || scene.is_any(at, &["to", "not"])
                || scene.token(at).is_some_and(|word| {
                    word.is(Tags::MODAL | Tags::PRONOUN | Tags::RELATIVE)
                        // "terms last six years"
                        || word.is_word()
                            && word.ends_with(scene.content, "s")
                            && !word.is(super::NO_NOUN | Tags::ADVERB)
                            && !scene.is_any(at, &["'s", "’s"])
                })
        });
    let side = match scene.lower(before).as_str() {
        _ if is_verb => return Front::Counted(count, first),
        "last" | "past" | "previous" | "preceding" | "recent" | "prior" | "latest" | "trailing" => {
            Side::Past
        }
        "next" | "coming" | "upcoming" | "following" => Side::Coming,
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
