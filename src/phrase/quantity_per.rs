//! What a quantity is counted per: "a day", "per barrel", "/hour", "annually".

use std::borrow::Cow;

use crate::fact::Per;
use crate::lexicon::{Tags, UnitKind};
use crate::token::{TokenKind, Words};

use super::counted::counted;
use super::place::Place;
use super::quantity_unit::unit_per;

/// "per barrel", "a day", "/hour", "-a-share", "each": what a quantity is counted per.
pub fn per(place: &Place<'_>, at: usize, takes_article: bool) -> Option<(Per, usize)> {
    let hyphen = usize::from(place.is_kind(at, TokenKind::Hyphen));
    let word = at + hyphen;
    let lead = if place.is(word, "per") {
        word + 1 - at
    } else if place.is_kind(at, TokenKind::Slash) && place.is_joined(at) && place.is_joined(at + 1)
    {
        1
    } else if place.is(at, "for") && (place.is(at + 1, "every") || is_for_each(place, at))
        // "45 miles to the gallon", "157 yen to the dollar"
        || place.is(at, "to")
            && place.is(at + 1, "the")
            && place.at(at + 2).is_some_and(|t| TO_THE.hold(place.content, t))
    {
        2
    } else if place.is(word, "a") || place.is(word, "an") {
        let unit = word + 1 + hyphen;
        let behind = place.lexicon.units.at(place.content, place.from(unit));
        let is_time = behind.is_some_and(|(unit, _)| unit.kind == UnitKind::Duration)
            && (!place.is(unit, "second")
                // "burns 20 tonnes of fuel a second and"
                || place.at(unit + 1).is_none_or(|t| !t.is_word() || t.is(Tags::CONJUNCTION)));
        let is_unit = behind.is_some() && !is_time && !place.is(unit, "bit")
            || place.at(unit).is_some_and(|t| PER_NOUNS.hold(place.content, t));
        let is_ago = ["ago", "earlier", "before", "later", "after"];
        // "$3m a year from 2026"
        let is_from = place.is(unit + 1, "from")
            && !place.is_kind(unit + 2, TokenKind::Number)
            && !place.has(unit + 2, Tags::MONTH | Tags::DETERMINER);
        // "a year earlier" is a date; "$1.02 a share before items" is of a share.
        if !(is_time || takes_article && is_unit)
            || is_time && (is_from || is_ago.iter().any(|word| place.is(unit + 1, word)))
        {
            return None;
        }
        word + 1 - at
    } else {
        return often(place, at);
    };
    let hyphen_inside = usize::from(hyphen > 0 && place.is_kind(at + lead, TokenKind::Hyphen));
    let mut unit_at = at + lead + hyphen_inside;
    // "per diluted share", "per eligible voter"
    if lead > 0
        && place.at(unit_at).is_some_and(|t| WHICH.hold(place.content, t))
        && place
            .at(unit_at + 1)
            .is_some_and(|t| t.is_word() && !t.is(Tags::PREPOSITION | Tags::CONJUNCTION))
    {
        unit_at += 1;
    }
    if let Some(found) = per_several(place, unit_at)
        .filter(|_| lead > 1 || place.is(word, "per") || is_hundred(place, unit_at))
    {
        return Some((found.0, found.1 - at));
    }
    let token = place.at(unit_at).filter(|t| t.is_word() || t.is(Tags::UNIT))?;
    if let Some((unit, len)) = unit_per(place, unit_at) {
        // "m/s2", "per second squared"
        let is_squared = unit.name == "second"
            && (place.is(unit_at + len, "squared")
                || place.is_joined(unit_at + len)
                    && place.at(unit_at + len).is_some_and(|t| t.text(place.content) == "2"));
        if is_squared {
            let per = Per { unit_code: Some("s2"), unit_name: Cow::Borrowed("square second") };
            return Some((per, unit_at + len + 1 - at));
        }
        let per = Per { unit_code: unit.code, unit_name: Cow::Borrowed(unit.name) };
        return Some((per, unit_at + len - at));
    }
    if let Some(found) = place.lexicon.currencies.after.at(place.from(unit_at)) {
        let name = found.value.code.filter(|_| found.value.name.is_none()).or(found.value.name)?;
        return Some((
            Per { unit_code: None, unit_name: Cow::Borrowed(name) },
            unit_at + found.len - at,
        ));
    }
    let is_free = !token.is(Tags::DETERMINER | Tags::PREPOSITION | Tags::PRONOUN) && (lead > 0);
    if !is_free || place.is_kind(at, TokenKind::Slash) && !token.is_word() {
        return None;
    }
    let name = place.lexicon.nouns.singular(place.content, token);
    Some((Per { unit_code: None, unit_name: Cow::Owned(name) }, unit_at + 1 - at))
}

/// "£150 for each person affected": each of one thing in one word.
fn is_for_each(place: &Place<'_>, at: usize) -> bool {
    place.is(at + 1, "each")
        && place.at(at + 3).is_none_or(|t| {
            !t.is_word()
                || t.is(Tags::PREPOSITION
                    | Tags::CONJUNCTION
                    | Tags::PRONOUN
                    | Tags::RELATIVE
                    | Tags::AUXILIARY)
                || t.ends_with(place.content, "ed")
        })
}

/// Adjectives of what something is counted per.
static WHICH: Words<14> = Words::new([
    "diluted",
    "basic",
    "ordinary",
    "common",
    "average",
    "typical",
    "extra",
    "additional",
    "new",
    "eligible",
    "registered",
    "working",
    "average-sized",
    "standard",
]);

/// "6.5 l/100km": a round number of a unit behind a slash; "250MW/1,000MWh" are two.
fn is_hundred(place: &Place<'_>, at: usize) -> bool {
    place.has(at + 1, Tags::UNIT)
        && place.at(at).is_some_and(|t| matches!(t.text(place.content), "10" | "100" | "1000"))
}

/// "$800 million annually": how often in one word.
fn often(place: &Place<'_>, at: usize) -> Option<(Per, usize)> {
    let word = place.at(at).filter(|t| OFTEN_WORDS.hold(place.content, t))?;
    let unit_name = OFTEN.iter().find(|(often, _)| word.reads(place.content, often))?.1;
    let unit_code = place.lexicon.units.named(unit_name).and_then(|unit| unit.code);
    let ends = place
        .at(at + 1)
        .is_none_or(|t| !t.is_word() || t.is(Tags::PREPOSITION | Tags::CONJUNCTION));
    ends.then_some((Per { unit_code, unit_name: Cow::Borrowed(unit_name) }, 1))
}

static OFTEN_WORDS: Words<12> = Words::new([
    "annually",
    "yearly",
    "monthly",
    "weekly",
    "daily",
    "hourly",
    "quarterly",
    "nightly",
    "pcm",
    "pw",
    "pa",
    "p.a.",
]);

/// How often, and in what.
const OFTEN: [(&str, &str); 12] = [
    ("hourly", "hour"),
    ("quarterly", "quarter"),
    ("nightly", "night"),
    ("pcm", "month"),
    ("pw", "week"),
    ("pa", "year"),
    ("p.a.", "year"),
    ("annually", "year"),
    ("yearly", "year"),
    ("monthly", "month"),
    ("weekly", "week"),
    ("daily", "day"),
];

/// "14 units of alcohol a week": how often, behind what it is of.
pub(super) fn per_behind(place: &Place<'_>, of: usize) -> Option<Per> {
    if !place.is(of, "of") {
        return None;
    }
    let at = (of + 2..of + 4).find(|&at| {
        place.is(at, "a")
            || place.is(at, "per")
            || place.at(at).is_some_and(|t| OFTEN_WORDS.hold(place.content, t))
    })?;
    let is_plain = |at: usize| {
        place.at(at).is_some_and(|t| {
            t.is_word()
                && !t.is(Tags::PREPOSITION | Tags::CONJUNCTION | Tags::NUMBER | Tags::AUXILIARY)
        })
    };
    let (per, _) = per(place, at, false).filter(|_| (of + 1..at).all(is_plain))?;
    let is_often = !place.is(at, "a") && !place.is(at, "per");
    (is_often || place.has(at + 1, Tags::TIME_UNIT)).then_some(per)
}

/// "100,000 people", "million births", "10ml" behind "per": several of a thing; and one past them.
fn per_several(place: &Place<'_>, at: usize) -> Option<(Per, usize)> {
    let head = place.at(at)?;
    let noun = if head.kind == TokenKind::Number || head.is(Tags::NUMBER) {
        at + super::number::number(place.lexicon, place.content, place.from(at))?.len
    } else if head.is(Tags::SCALE) {
        at + 1
    } else {
        return None;
    };
    // "$3,120 per 40-foot box"
    if place.is_kind(noun, TokenKind::Hyphen) {
        let is_thing = (noun + 1..noun + 3).all(|at| place.at(at).is_some_and(|t| t.is_word()));
        let said = place.span(at..noun + 3).of(place.content).to_owned();
        return is_thing.then(|| (Per { unit_code: None, unit_name: Cow::Owned(said) }, noun + 3));
    }
    let (name, end) = match unit_per(place, noun) {
        Some((unit, len)) => (unit.name.to_owned(), noun + len),
        None => match counted(place.lexicon, place.content, place.tokens, noun) {
            Some(found) => (found.name, found.end),
            None => (String::new(), noun),
        },
    };
    let said = place.span(at..noun).of(place.content);
    let unit_name = if name.is_empty() { said.to_owned() } else { format!("{said} {name}") };
    Some((Per { unit_code: None, unit_name: Cow::Owned(unit_name) }, end))
}

/// Behind "to the", what a rate is counted per.
static TO_THE: Words<8> =
    Words::new(["gallon", "litre", "liter", "acre", "mile", "dollar", "euro", "pound"]);

/// Nouns that money is counted per with an article: "a share".
static PER_NOUNS: Words<39> = Words::new([
    "dose",
    "vial",
    "meal",
    "share",
    "head",
    "night",
    "piece",
    "unit",
    "bottle",
    "ticket",
    "seat",
    "person",
    "copy",
    "vote",
    "glass",
    "plate",
    "pack",
    "box",
    "student",
    "pupil",
    "household",
    "visit",
    "trip",
    "session",
    "game",
    "ride",
    "word",
    "patient",
    "child",
    "worker",
    "customer",
    "passenger",
    "season",
    "match",
    "episode",
    "time",
    "member",
    "dozen",
    "pound",
]);
