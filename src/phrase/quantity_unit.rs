//! What stands around a number: its sign, scale letter and unit.

use crate::fact::{Amount, Comparator};
use crate::lexicon::{Tags, Unit, UnitKind};
use crate::token::{TokenKind, Words, flags};

use super::counted::counted;
use super::numeral::{Form, Numeral, is, value_of};
use super::place::Place;
use super::quantity_money::money_behind;

/// Reads the sign before a number; returns where the quantity begins.
pub(super) fn signed(place: &Place<'_>, number: &mut Numeral) -> usize {
    let Some(before) = number.start.checked_sub(1) else { return number.start };
    let Some(sign) = place.at(before) else { return number.start };
    // "(2.3)%": what books write for a fall.
    if sign.kind == TokenKind::OpenBracket
        && place.is_kind(number.end, TokenKind::CloseBracket)
        && place.is(number.end + 1, "%")
        && place.is_joined(number.end + 1)
    {
        number.end += 1;
        negate(number);
        return before;
    }
    let is_free = before == 0
        || place.at(before - 1).is_some_and(|t| {
            t.kind == TokenKind::Symbol && matches!(t.text(place.content), "<" | ">" | "=")
        })
        || sign.has(flags::SPACE | flags::LINE)
        || place.at(before - 1).is_some_and(|t| t.kind == TokenKind::OpenBracket);
    let joined = place.is_joined(number.start);
    let is_minus = match sign.kind {
        TokenKind::Hyphen | TokenKind::Dash => {
            let behind_number = before > 0 && is_number_end(place, before - 1);
            // "- 20 degrees"
            let is_spaced = !joined
                && (before == 0 && place.at(number.end).is_none()
                    || place.has(number.end, Tags::UNIT) && is_temperature(place, number.end));
            // "Stoxx 50 -1.3%"
            let is_sign =
                joined && sign.has(flags::SPACE) && before > 1 && place.is_capital(before - 2);
            (joined || is_spaced) && is_free && (!behind_number || is_sign)
        }
        TokenKind::Word => {
            let is_word = is(place.content, sign, "minus") || is(place.content, sign, "negative");
            // "plus or minus 3" is no sign.
            is_word
                && !(before > 0 && place.is(before - 1, "or"))
                && !(before > 0 && place.is_kind(before - 1, TokenKind::Number))
        }
        _ => false,
    };
    if is_minus {
        negate(number);
        return before;
    }
    // "minus-5"
    if sign.kind == TokenKind::Hyphen && joined && before > 0 && place.is(before - 1, "minus") {
        negate(number);
        return before - 1;
    }
    if sign.kind == TokenKind::Symbol && is(place.content, sign, "+") && joined && is_free {
        return before;
    }
    number.start
}

pub(super) fn is_number_end(place: &Place<'_>, at: usize) -> bool {
    place.is_kind(at, TokenKind::Number)
}

fn is_temperature(place: &Place<'_>, at: usize) -> bool {
    place
        .lexicon
        .units
        .at(place.content, place.from(at))
        .is_some_and(|(unit, _)| unit.kind == UnitKind::Temperature)
}

/// Marks of feet and inches: "25.5″", "30'", "10 \" long". A quotation mark that something opened is none.
fn prime(place: &Place<'_>, at: usize) -> Option<&'static str> {
    let token = place.at(at)?;
    let behind = place.at(at + 1);
    match token.kind {
        TokenKind::Other => match token.text(place.content) {
            "′" => Some("foot"),
            "″" => Some("inch"),
            _ => None,
        },
        TokenKind::Apostrophe | TokenKind::DoubleQuote => {
            let is_feet = token.kind == TokenKind::Apostrophe;
            let from = at.saturating_sub(40);
            let opened = (from..at).filter(|&at| place.is_kind(at, token.kind)).count() % 2;
            // "5'10\""
            if is_feet && is_height(place, at) {
                return Some("foot");
            }
            let is_size = behind.is_none_or(|t| !t.is_joined()) && opened == 0;
            let is_long = place.is_any(
                at + 1,
                &["long", "wide", "tall", "high", "deep", "thick", "x", "by", "when", "above"],
            );
            let is_screen =
                token.is_joined() && behind.is_some_and(|t| SCREENS.hold(place.content, t));
            if !is_size || !is_long && !is_screen && (!token.is_joined() || behind.is_some()) {
                return None;
            }
            Some(if is_feet { "foot" } else { "inch" })
        }
        _ => None,
    }
}

/// What is sold by the inch.
static SCREENS: Words<18> = Words::new([
    "screen", "screens", "display", "displays", "monitor", "monitors", "tv", "tvs", "laptop",
    "tablet", "panel", "plates", "pipe", "pipes", "wheels", "vinyl", "single", "rims",
]);

/// Whether the mark of feet at `feet` has inches behind it: "5'10\"".
pub(super) fn is_height(place: &Place<'_>, feet: usize) -> bool {
    place.is_kind(feet, TokenKind::Apostrophe)
        && place.is_kind(feet + 1, TokenKind::Number)
        && place.is_kind(feet + 2, TokenKind::DoubleQuote)
        && [feet, feet + 2].iter().all(|&at| place.is_joined(at))
}

pub(super) fn negate(number: &mut Numeral) {
    if let Amount::Value(value) = number.amount {
        number.amount = Amount::Value(value.negated());
    }
}

/// "+", "-plus", "or more" between a number and its unit.
pub(super) fn inner_comparator(place: &Place<'_>, at: usize) -> Option<(Comparator, usize)> {
    let is_tied = place.is_kind(at, TokenKind::Hyphen);
    // "the 200-odd residents"
    if is_tied && place.is_joined(at + 1) && place.is(at + 1, "odd") {
        return Some((Comparator::About, 2));
    }
    let hyphen = usize::from(is_tied && place.is(at + 1, "plus"));
    let token = place.at(at + hyphen).filter(|t| t.is(Tags::COMPARATOR_AFTER))?;
    if token.kind == TokenKind::Symbol && !token.is_joined() {
        return None;
    }
    // "three plus five"
    let is_sum = hyphen == 0 && place.is(at, "plus");
    if is_sum && place.at(at + 1).is_some_and(|t| t.kind == TokenKind::Number || t.is(Tags::NUMBER))
    {
        return None;
    }
    let found = place.lexicon.measures.after.at(place.from(at + hyphen))?;
    let len = found.len + hyphen;
    // "50 or more countries", but of "35 or above puts" nothing is counted.
    let counts = place.at(at + len - 1).is_some_and(|t| BEFORE_NOUN.hold(place.content, t));
    counts.then_some((*found.value, len))
}

/// Ends of the comparators behind which the noun of a number stands.
static BEFORE_NOUN: Words<6> = Words::new(["more", "fewer", "less", "plus", "+", "so"]);

/// The length of the hyphen between number and unit: "5-kilometre", "30 - year".
pub(super) fn hyphen_len(place: &Place<'_>, at: usize) -> usize {
    let Some(hyphen) = place.at(at).filter(|t| t.kind == TokenKind::Hyphen) else { return 0 };
    let Some(next) =
        place.at(at + 1).filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Symbol))
    else {
        return 0;
    };
    usize::from(hyphen.is_joined() == next.is_joined())
}

/// Whether the letter joined to a number is a scale: "35m devices", "25k", "8 B people", but "5m of water", "2t".
pub(super) fn letter_is_scale(place: &Place<'_>, number: &Numeral) -> bool {
    let Some(letter) = place.at(number.end) else { return false };
    let text = letter.text(place.content);
    let after = number.end + 1;
    if place.is_joined(after)
        && place.at(after).is_some_and(|t| {
            matches!(t.kind, TokenKind::Word | TokenKind::Number | TokenKind::Slash)
        })
    {
        return false;
    }
    let noun_follows = place.at(after).is_some_and(|t| t.is_word() && !t.is_joined())
        && counted(place.lexicon, place.content, place.tokens, after).is_some()
        || money_behind(place, number, after).is_some()
        || place
            .lexicon
            .units
            .at(place.content, place.from(after))
            .is_some_and(|(unit, _)| unit.name != "inch");
    match text {
        // "a 4K TV"
        "k" | "K" => {
            letter.is_joined()
                && (text == "k" || noun_follows)
                && !place.at(after).is_some_and(|t| VIDEO.hold(place.content, t))
        }
        "M" | "B" | "T" => {
            noun_follows || text == "M" && (letter.is_joined() || place.at(after).is_none())
        }
        // "up 1.2b": nothing that bits would be of.
        "b" => {
            letter.is_joined()
                && (noun_follows
                    || place.at(after).is_none_or(|t| !t.is_word())
                    || place.is(after, "of") && place.has(after + 1, Tags::DETERMINER))
        }
        "m" | "t" => {
            letter.is_joined()
                && (noun_follows || place.is(after, "of") && place.has(after + 1, Tags::DETERMINER))
        }
        _ => false,
    }
}

/// What has a resolution: "4K TV", "1080p display".
pub(super) static VIDEO: Words<14> = Words::new([
    "tv",
    "tvs",
    "television",
    "video",
    "videos",
    "display",
    "displays",
    "screen",
    "screens",
    "resolution",
    "camera",
    "webcam",
    "footage",
    "streaming",
]);

/// Applies a joined scale letter.
pub(super) fn take_letter(number: &mut Numeral, exponent: u32) -> Option<()> {
    shift(number, exponent)?;
    number.end += 1;
    Some(())
}

/// Multiplies by a power of ten that is said elsewhere than behind the digits.
pub(super) fn shift(number: &mut Numeral, exponent: u32) -> Option<()> {
    let value = value_of(number)?.shift(i32::try_from(exponent).ok()?)?;
    number.amount = Amount::Value(value);
    number.scale += exponent;
    number.form = Form::Scaled;
    Some(())
}

/// The "2", "2e" or "2eq" of carbon dioxide, joined to what stands before.
fn carbon(place: &Place<'_>, at: usize) -> Option<usize> {
    let is_tied = |at: usize, is: fn(&str) -> bool| {
        place.at(at).is_some_and(|t| t.is_joined() && is(t.text(place.content)))
    };
    is_tied(at, |text| text == "2")
        .then(|| 1 + usize::from(is_tied(at + 1, |text| matches!(text, "e" | "eq"))))
}

/// The unit behind a number: "km", "square miles", "m2", "degrees".
pub(super) fn unit_behind<'l>(
    place: &Place<'_>,
    number: &Numeral,
    at: usize,
) -> Option<(&'l Unit, usize)> {
    let units: &'static crate::lexicon::Units = &place.lexicon.units;
    let token = place.at(at)?;
    if let Some(unit) = prime(place, at) {
        return units.named(unit).map(|unit| (unit, 1));
    }
    // "20 (kg)", "20 <kg>"
    let is_opened = token.kind == TokenKind::OpenBracket || place.is(at, "<");
    if is_opened
        && let Some((unit, len)) = units.at(place.content, place.from(at + 1))
        && (place.is_kind(at + 1 + len, TokenKind::CloseBracket) || place.is(at + 1 + len, ">"))
        && place.is_joined(at + 1)
    {
        return Some((unit, len + 2));
    }
    // "5,000-pound", "20 pounds of"
    let pound = || {
        let is_pound = place.is(at, "pounds") || place.is(at, "pound");
        is_pound.then(|| units.named("pound-mass")).flatten().map(|unit| (unit, 1))
    };
    // "12st 4lb"
    let stone = || {
        let is_stone = place.is(at, "st")
            && place.is_kind(at + 1, TokenKind::Number)
            && (place.is(at + 2, "lb") || place.is(at + 2, "lbs"));
        is_stone.then(|| units.named("stone")).flatten().map(|unit| (unit, 1))
    };
    // "11 in."
    let inch = || {
        let is_inch = place.is(at, "in")
            && place.is_kind(at + 1, TokenKind::Dot)
            && place.is_joined(at + 1)
            && number.form != Form::Words;
        is_inch.then(|| units.named("inch")).flatten().map(|unit| (unit, 1))
    };
    let Some((unit, len)) = units.at(place.content, place.from(at)) else {
        return pound().or_else(stone).or_else(inch);
    };
    let text = token.text(place.content);
    // "5 MtCO2e"
    if text.ends_with("CO") {
        return carbon(place, at + len).map(|more| (unit, len + more));
    }
    let is_letter = text.chars().count() == 1 && token.is_word();
    // "8 t/ha"
    let is_over = || place.is_kind(at + 1, TokenKind::Slash) && place.is_joined(at + 2);
    let is_written = || {
        token.is_joined()
            || matches!(text, "m" | "g" | "V" | "W" | "C" | "F" | "L" | "l" | "J" | "K")
            || is_hour_letter(place, at)
            || is_over()
    };
    if is_letter && !is_written() {
        return None;
    }
    // "12mt" of carbon are millions, "30,000 mt" of grain metric tons.
    if text == "mt" && !token.is_joined() {
        return units.named("tonne").map(|unit| (unit, 1));
    }
    // "12MP", but "one MP"
    if text == "MP" && !token.is_joined() {
        return None;
    }
    // "573.15K" is kelvins, "10K" a run or thousands.
    if text == "K" && token.is_joined() {
        let digits = place.at(number.start).map_or("", |t| t.text(place.content));
        digits.split_once('.').filter(|(_, places)| places.len() >= 2)?;
    }
    if is_letter
        && (number.form == Form::Words
            || place.is_joined(at + len)
                && place
                    .at(at + len)
                    .is_some_and(|t| matches!(t.kind, TokenKind::Apostrophe | TokenKind::Hyphen)))
    {
        return None;
    }
    // "3h 40m": minutes behind hours.
    if text == "m"
        && token.is_joined()
        && number.start > 1
        && place.is(number.start - 1, "h")
        && place.is_joined(number.start - 1)
        && place.is_kind(number.start - 2, TokenKind::Number)
    {
        return units.named("minute").map(|unit| (unit, 1));
    }
    // "12 767s"
    if text == "s" && token.is_joined() && is_aircraft(place, number) {
        return None;
    }
    // "Channel 5s", "the 13F filing", "2016 Stone": a plural, a form, a name.
    let behind = place.at(at + len);
    if is_letter
        && token.is_joined()
        && matches!(text, "C" | "F")
        // "the record of 38.7C set in 2019"
        && number.base.is_whole()
        && !place
            .lexicon
            .measures
            .changes
            .at(place.from(at + len))
            .is_some_and(|t| t.value.is_adjective)
        && behind.is_some_and(|t| {
            t.is_word()
                && !t.is(Tags::PREPOSITION | Tags::CONJUNCTION | Tags::AUXILIARY | Tags::ADVERB)
                // "41C overnight", "41C today"
                && (!t.is(Tags::TIME) || t.is_capital())
                && !t.is_joined()
        })
    {
        return None;
    }
    let is_tens =
        number.base.is_whole() && number.base.to_i64().is_some_and(|value| value % 10 == 0);
    if text == "s" && token.is_joined() && is_tens {
        return None;
    }
    if text == "s"
        && number.base.is_whole()
        && number.start > 0
        && (place.at(number.start - 1).is_some_and(|t| t.has(flags::CAPITAL))
            || is_age_group(place, number.start - 1))
    {
        return None;
    }
    let is_name = token.has(flags::CAPITAL)
        && !token.has(flags::UPPER)
        && token.is_word()
        && number.form == Form::Digits
        && number.start > 0;
    if is_name
        && matches!(unit.kind, UnitKind::Measure | UnitKind::Duration)
        && !matches!(unit.name, "calorie" | "kilocalorie")
        && len == 1
        && text.len() > 2
        && !place.at(number.start).is_some_and(|t| t.text(place.content).contains(['.', ',']))
        && place.at(number.start).is_some_and(|t| t.span.len() == 4)
    {
        return None;
    }
    if unit.kind == UnitKind::Duration && text == "quarter" {
        return None;
    }
    // "4 km squared"
    let words = [("squared", "square"), ("cubed", "cubic")];
    if unit.kind == UnitKind::Measure
        && let Some((_, power)) = words.iter().find(|(word, _)| place.is(at + len, word))
        && let Some(named) = units.named(&format!("{power} {}", unit.name))
    {
        return Some((named, len + 1));
    }
    // "2h30m"
    if is_hour_letter(place, at) {
        return Some((unit, len));
    }
    if len == 1
        && let Some((power, more)) = power_of(place, at + len)
    {
        return powered(place, unit, power).map(|unit| (unit, len + more));
    }
    Some((unit, len))
}

/// "2" of "m2", "^2" of "km^2" behind a unit, and its length.
fn power_of<'c>(place: &Place<'c>, at: usize) -> Option<(&'c str, usize)> {
    let caret = usize::from(place.is(at, "^") && place.is_joined(at));
    let power = place.at(at + caret)?;
    (power.kind == TokenKind::Number && power.is_joined())
        .then(|| (power.text(place.content), caret + 1))
}

/// The square or cube of a unit.
fn powered<'l>(place: &Place<'_>, unit: &Unit, power: &str) -> Option<&'l Unit> {
    let units: &'static crate::lexicon::Units = &place.lexicon.units;
    let word = match power {
        "2" => "square",
        "3" => "cubic",
        _ => return None,
    };
    units.named(&format!("{word} {}", unit.name))
}

/// A unit behind "per" or a slash, with its power: "m2", "cm^3", "hour".
pub(super) fn unit_per<'l>(place: &Place<'_>, at: usize) -> Option<(&'l Unit, usize)> {
    let units: &'static crate::lexicon::Units = &place.lexicon.units;
    let (unit, len) = units.at(place.content, place.from(at))?;
    let found = power_of(place, at + len).filter(|_| len == 1);
    let named = found.and_then(|(power, more)| Some((powered(place, unit, power)?, len + more)));
    Some(named.unwrap_or((unit, len)))
}

/// Whether "h" at `at` has minutes behind it: "2h30m", "2 h 30 min".
fn is_hour_letter(place: &Place<'_>, at: usize) -> bool {
    place.is(at, "h")
        && place.is_kind(at + 1, TokenKind::Number)
        && (place.is(at + 2, "m") || place.is(at + 2, "min") || place.is(at + 2, "mins"))
}

/// Numbers that are names of aircraft: "the 747 jets", "two 767s".
pub(super) fn is_aircraft(place: &Place<'_>, number: &Numeral) -> bool {
    is_one_of(place, number, &["707", "717", "727", "737", "747", "757", "767", "777", "787"])
}

/// Numbers that are names of chips: "486 computers".
pub(super) fn is_chip(place: &Place<'_>, number: &Numeral) -> bool {
    is_one_of(place, number, &["286", "386", "486", "8086"])
}

fn is_one_of(place: &Place<'_>, number: &Numeral, models: &[&str]) -> bool {
    number.form == Form::Digits
        && number.end == number.start + 1
        && place.at(number.start).is_some_and(|t| models.contains(&t.text(place.content)))
}

/// "the over-65s", "the under 21s": people, no seconds.
fn is_age_group(place: &Place<'_>, before: usize) -> bool {
    let word = if place.is_kind(before, TokenKind::Hyphen) {
        before.checked_sub(1)
    } else {
        before.checked_sub(1).filter(|the| place.is(*the, "the")).map(|_| before)
    };
    word.is_some_and(|word| place.is(word, "over") || place.is(word, "under"))
}

/// Whether "in" before `at` is inches: nothing that one can be in follows.
pub(super) fn is_size_end(place: &Place<'_>, at: usize) -> bool {
    place.at(at).is_none_or(|t| !t.is_word())
        || place.is_any(at, &["tall", "long", "wide", "high", "deep", "thick", "and"])
}
