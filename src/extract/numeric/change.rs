//! The part that a quantity plays in a change: by, from or to, up or down.

use std::ops::Range;

use super::settle::is_phrase_end;
use super::step::{
    is_added_to, is_alternative, is_brought_down, is_dropped, is_of_one, is_off_peak, is_step,
    same_nature,
};
use super::word::{
    GIVEN, direct, ends_with_change, is_direct, is_loss, is_up_of_verb, over_object, word_before,
};
use super::{Claim, is_trigger, way};
use crate::fact::{Direction, NumericKind, Role};
use crate::lexicon::{Change as Word, Tags};
use crate::phrase::place::Place;
use crate::phrase::quantity::{Evidence, Measured};
use crate::phrase::range::low;
use crate::token::{TokenKind, Words};

/// A quantity's part in a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) role: Role,
    pub(super) direction: Option<Direction>,
    /// The word of change: its tokens.
    pub(super) word: Option<Range<usize>>,
    /// The word is a noun or adjective behind the quantity.
    pub(super) is_behind: bool,
}

impl Change {
    pub(super) fn none() -> Self {
        Self { role: Role::Level, direction: None, word: None, is_behind: false }
    }

    /// By how much something is down, said by the word behind it.
    fn down(at: usize) -> Self {
        let direction = Some(Direction::Down);
        Self { role: Role::ChangeBy, direction, word: Some(at..at + 1), is_behind: true }
    }
}

/// Finds the part that a quantity plays; `tokens` hold it with its comparator.
pub(super) fn change(
    place: &Place<'_>,
    claims: &[Claim],
    measured: &Measured,
    tokens: Range<usize>,
) -> Change {
    if place.tags & Tags::CHANGE == 0 {
        return Change::none();
    }
    if let Some(change) = behind(place, measured, tokens.end) {
        return change;
    }
    let (role, start) = lead(place, tokens.start);
    if role == Role::ChangeFrom
        && claims.last().is_some_and(|to| !is_of_one(&to.measured, measured))
    {
        return Change::none();
    }
    if let Some(mut change) = before(place, measured, role, start) {
        // "goes from 10 to 18": the numbers say which way.
        if change.direction.is_none()
            && role == Role::ChangeTo
            && let Some(from) = claims.last().filter(|last| last.change.role == Role::ChangeFrom)
            && (from.measured.quantity.unit_name == measured.quantity.unit_name
                || from.measured.evidence > Evidence::Noun)
        {
            change.direction =
                way(low(from.measured.quantity.amount), low(measured.quantity.amount));
        }
        return change;
    }
    if let Some(change) = at_rate(place, measured, &tokens) {
        return change;
    }
    // ", or 3 percent": the same change in another unit.
    if let Some(last) = claims.last()
        && last.change.role != Role::Level
        && is_alternative(place, last.tokens.end, tokens.start)
        && same_nature(&last.measured, measured)
    {
        return Change { is_behind: false, ..last.change.clone() };
    }
    // "were up 8 % to 81,931"
    if role == Role::ChangeTo
        && let Some(by) = claims.last().filter(|last| last.change.role == Role::ChangeBy)
        && (by.tokens.end + 1 == start
            // "were up by half, to 46,000"
            || by.tokens.end + 2 == start && place.is_kind(by.tokens.end, TokenKind::Comma)
            // "plunged by two-fifths in May to 14,200"
            || by.tokens.end + 3 == start
                && place.is(by.tokens.end, "in")
                && place.has(by.tokens.end + 1, Tags::MONTH)
                && measured.kind != NumericKind::Count)
    {
        return Change { role, is_behind: false, ..by.change.clone() };
    }
    // "from 12 … to 8"
    if role == Role::ChangeTo
        && let Some(from) = claims.last().filter(|last| last.change.role == Role::ChangeFrom)
        && tokens.start - from.tokens.end < 12
    {
        let direction = from
            .change
            .direction
            .or_else(|| way(low(from.measured.quantity.amount), low(measured.quantity.amount)));
        return Change { role, direction, word: from.change.word.clone(), is_behind: false };
    }
    // "to 8 percent … from 12"
    if role == Role::ChangeFrom
        && let Some(to) = claims.iter().rev().find(|claim| {
            claim.change.role == Role::ChangeTo || claim.change.role == Role::ChangeBy
        })
        && tokens.start - to.tokens.end < 12
    {
        return Change {
            role,
            direction: to.change.direction,
            word: to.change.word.clone(),
            is_behind: false,
        };
    }
    Change::none()
}

/// The part that the preposition before a quantity gives it, and the place behind that preposition: "to 5", "to a record 5",
/// "to an annual rate of 5".
fn lead(place: &Place<'_>, start: usize) -> (Role, usize) {
    let role = |at: usize| {
        let is = |word: &str| place.is(at, word);
        if is("by") {
            Some(Role::ChangeBy)
        } else if is("to") {
            // "equivalent to 5", "according to 5": no end of a change.
            let before = at.checked_sub(1).and_then(|at| place.at(at));
            let is_tied = before.is_some_and(|t| TIED_TO.hold(place.content, t));
            (!is_tied || is_up_of_verb(place, at.saturating_sub(1))).then_some(Role::ChangeTo)
        } else if is("from") {
            Some(Role::ChangeFrom)
        } else {
            None
        }
    };
    if place.is(start, "from") {
        return (Role::ChangeFrom, start);
    }
    let Some(before) = start.checked_sub(1) else { return (Role::Level, start) };
    if let Some(role) = role(before) {
        return (role, start);
    }
    // "down from the 35 percent first promised"
    if place.is(before, "the") && before > 0 && place.is(before - 1, "from") {
        return (Role::ChangeFrom, before);
    }
    // "a record", "a low of", "an annual rate of", "its lowest level, 5": what kind of number it is.
    let is_level = |at: usize| place.at(at).is_some_and(|t| LEVELS.hold(place.content, t));
    let noun = before.saturating_sub(usize::from(place.is(before, "of")));
    if !is_level(noun) {
        return (Role::Level, start);
    }
    for at in (noun.saturating_sub(LEAD_REACH)..noun).rev() {
        if let Some(role) = role(at) {
            return (role, at + 1);
        }
        let goes_on = place.at(at).is_some_and(|t| {
            t.kind == TokenKind::Hyphen
                || t.kind == TokenKind::Number
                || t.is_word()
                    && (!t.is(STOPS)
                        || place.is(at, "a")
                        || place.is(at, "an")
                        || place.is(at, "the")
                        || place.is(at, "its"))
        });
        if !goes_on {
            break;
        }
    }
    (Role::Level, start)
}

/// Whether a quantity that begins at `start` is what a change begins with: "rose from 5".
pub(super) fn is_from(place: &Place<'_>, start: usize) -> bool {
    let Some(from) = (start.saturating_sub(3)..start).rev().find(|&at| place.is(at, "from")) else {
        return false;
    };
    // "were down from 602 to 583"
    word_before(place, from + 1).or_else(|| word_before(place, from)).is_some()
}

/// "14 percent rise", "3 percent higher", "2 points above".
fn behind(place: &Place<'_>, measured: &Measured, end: usize) -> Option<Change> {
    let is_part = matches!(
        measured.kind,
        NumericKind::Percent
            | NumericKind::PercentagePoint
            | NumericKind::Money
            | NumericKind::Index
            | NumericKind::Measure
            | NumericKind::Temperature
            | NumericKind::Fraction
            | NumericKind::Multiple
    );
    // "43 seats, 11 more than in May"
    let is_difference = measured.kind == NumericKind::Bare
        && place.is_any(end, &["more", "fewer", "less"])
        && place.is(end + 1, "than")
        && (!place.at(end + 2).is_some_and(is_trigger)
            || place.is(end + 2, "a")
            // "600,000 more than four years ago"
            || place.is(end + 4, "ago"));
    // "620 fewer officers", "620 more officers than in May"
    let many = measured.numeral.end;
    if measured.kind == NumericKind::Count
        && (place.is(many, "fewer") || place.is(many, "more") && has_than(place, end))
        && measured.tokens.start == measured.numeral.start
    {
        let direction = place.lexicon.measures.changes.at(place.from(many))?.value.direction;
        return Some(Change {
            role: Role::ChangeBy,
            direction,
            word: Some(many..many + 1),
            is_behind: true,
        });
    }
    // "52 minutes, 11 minutes less than in 2021"
    let is_longer = measured.kind == NumericKind::Duration
        && place.has(end, Tags::CHANGE)
        && place.is(end + 1, "than");
    if !(is_part || is_difference || is_longer) {
        return None;
    }
    if is_off_peak(place, measured.kind, end) {
        return Some(Change::down(end));
    }
    let is_share = matches!(measured.kind, NumericKind::Percent | NumericKind::PercentagePoint);
    for at in end..end + NOUN_REACH {
        let token = place.at(at)?;
        let Some(found) = place.lexicon.measures.changes.at(place.from(at)) else {
            // "7 percent share price increase"
            let goes_on = token.is_word() && !token.is(STOPS)
                || token.kind == TokenKind::Hyphen && token.is_joined();
            if !goes_on || measured.is_hyphened && at > end {
                return None;
            }
            continue;
        };
        let word = *found.value;
        let after = at + found.len;
        // "a £4.7m loss" is what was lost.
        if measured.kind == NumericKind::Money && is_loss(place, at, after) {
            return None;
        }
        if word.is_adjective && at == end && is_compared(place, at, after, measured.kind) {
            return Some(Change {
                role: Role::ChangeBy,
                direction: word.direction,
                word: Some(at..after),
                is_behind: true,
            });
        }
        // "a 1.4 % rise a year earlier": the article is of the noun.
        let has_article =
            measured.tokens.start > 0 && place.is_any(measured.tokens.start - 1, &["a", "an"]);
        // "the 20mph zone cut collisions"
        let has_object = measured.kind == NumericKind::Measure
            && at > end
            && place.at(after).is_some_and(|t| t.is_word() && !t.is(STOPS | Tags::TIME));
        let is_verb_here =
            word.verb.is_some() && !has_article && (has_object || !is_noun_here(place, after));
        if word.is_noun && !is_verb_here && (is_share || measured.kind != NumericKind::Fraction) {
            return Some(Change {
                role: Role::ChangeBy,
                direction: word.direction,
                word: Some(at..after),
                is_behind: true,
            });
        }
        return None;
    }
    None
}

/// "1.2 million more votes were cast than in 2019"
fn has_than(place: &Place<'_>, end: usize) -> bool {
    let is_word = |at: &usize| place.at(*at).is_some_and(|t| t.is_word());
    (end..end + 4).take_while(is_word).any(|at| place.is(at, "than"))
}

/// Whether an adjective behind a quantity compares: "higher", "more than", "up".
fn is_compared(place: &Place<'_>, at: usize, after: usize, kind: NumericKind) -> bool {
    let is_share = matches!(kind, NumericKind::Percent | NumericKind::PercentagePoint);
    if place.is(at, "above") || place.is(at, "below") {
        return is_share || kind == NumericKind::Temperature;
    }
    // "leaves one in ten worse off"
    if place.is(at, "off") || kind == NumericKind::Fraction && place.is(after, "off") {
        return false;
    }
    // "a 5-litre cooler bag", "two softer voices"
    if place.is_any(at, WARMTH) {
        return is_share || place.at(after).is_none_or(|t| !t.is_word() || t.is(Tags::PREPOSITION));
    }
    if place.is(at, "more") || place.is(at, "less") || place.is(at, "fewer") {
        // "will pay £61 a month less"
        let is_last = matches!(kind, NumericKind::Money | NumericKind::Fraction)
            && is_phrase_end(place, after)
            && !(place.is(after, "to") && place.is_any(after + 1, &["come", "follow"]));
        return place.is(after, "than") || is_share || is_last;
    }
    if place.is(at, "up") || place.is(at, "down") {
        // "will orbit 505 km up"
        if kind == NumericKind::Measure && !place.is(after, "on") && !place.is(after, "from") {
            return false;
        }
        return !place.is(after, "to") && !place.is(after, "the");
    }
    true
}

/// Whether a word that may be verb or noun is a noun here: behind a quantity in the same phrase, before a preposition or a mark.
fn is_noun_here(place: &Place<'_>, after: usize) -> bool {
    // "of which £75m falls due"
    if place.is(after, "due") || place.is(after, "short") {
        return false;
    }
    place.at(after).is_none_or(|next| {
        !next.is_word()
            || next.is(Tags::PREPOSITION
                | Tags::CONJUNCTION
                | Tags::AUXILIARY
                | Tags::RELATIVE
                | Tags::MODAL)
            || !next.is(Tags::DETERMINER | Tags::NUMBER)
    })
}

/// Finds the word of change before a quantity.
fn before(place: &Place<'_>, measured: &Measured, role: Role, start: usize) -> Option<Change> {
    let has_lead = role != Role::Level && !place.is(start, "from");
    let end = start - usize::from(has_lead);
    let made = |found: &Range<usize>, word: &Word, role| {
        Some(Change {
            role,
            direction: word.direction,
            word: Some(found.clone()),
            is_behind: false,
        })
    };
    if role == Role::Level {
        // "a rise of 17,000"
        if start >= 2
            && place.is(start - 1, "of")
            && let Some((range, word)) = ends_with_change(place, start - 1)
            && word.is_noun
            && !(measured.kind == NumericKind::Money
                && is_loss(place, range.start, measured.tokens.end))
        {
            return made(&range, &word, Role::ChangeBy);
        }
        // "unchanged at 5 %"
        if start >= 2
            && place.is(start - 1, "at")
            && let Some((range, word)) = ends_with_change(place, start - 1)
            && word.direction == Some(Direction::Unchanged)
        {
            return made(&range, &word, Role::Level);
        }
        let is_share = matches!(measured.kind, NumericKind::Percent | NumericKind::PercentagePoint);
        let Some((range, word)) = direct(place, start) else {
            let (range, word) = over_object(place, start)
                .filter(|_| is_share || measured.kind == NumericKind::Multiple)
                .filter(|_| is_phrase_end(place, measured.tokens.end))
                .filter(|_| !place.is(measured.tokens.end, "of"))?;
            return made(&range, &word, Role::ChangeBy);
        };
        // "fell below $60,000": how far, not by how much.
        // "rose as high as $1.09": how far as well.
        let is_bound = (start..measured.tokens.start).any(|at| {
            place.is_any(at, &["above", "below", "high", "low", "past", "beyond", "through"])
        });
        if is_bound && word.verb.is_some() && !word.is_weak && word.direction.is_some() {
            return made(&range, &word, Role::ChangeTo);
        }
        let is_part = matches!(
            measured.kind,
            NumericKind::Percent
                | NumericKind::PercentagePoint
                | NumericKind::Index
                | NumericKind::Fraction
                | NumericKind::Multiple
        );
        let is_money = matches!(
            measured.kind,
            NumericKind::Money
                | NumericKind::Measure
                | NumericKind::Temperature
                | NumericKind::Rate
        );
        let is_number =
            measured.evidence >= Evidence::Scale && measured.kind != NumericKind::Fraction;
        if word.verb.is_none() && word.is_adjective {
            // "up 4 %", "down $5"; "more 5" is nothing.
            // "closed at $31.75, off 37.5 cents", "the index was off 0.67 at 361.09"
            let is_off = range.start > 0
                && place.is(range.start, "off")
                && (place.is_kind(range.start - 1, TokenKind::Comma)
                    || place.has(range.start - 1, Tags::AUXILIARY));
            let fits = place.is(range.start, "up")
                || place.is(range.start, "down") && !is_brought_down(place, range.start)
                || is_off;
            return if fits && (is_part || is_money || is_number) {
                made(&range, &word, Role::ChangeBy)
            } else {
                None
            };
        }
        word.verb?;
        // "a tapered 14 gauge needle", "the increase 5 %"
        if range.start > 0 && place.has(range.start - 1, Tags::DETERMINER) {
            return None;
        }
        if word.is_weak {
            let is_step = is_part
                || range.start > 0 && is_step(place, measured)
                || is_added_to(place, range.start, measured);
            return if is_step { made(&range, &word, Role::ChangeBy) } else { None };
        }
        if word.takes_object {
            // "cut 30 million pounds from our costs", "cut 350 jobs"
            let is_from = measured.kind == NumericKind::Money
                && (place.is(measured.tokens.end, "from") || place.is(measured.tokens.end, "off"));
            let is_cut = word.direction == Some(Direction::Down)
                && (measured.kind == NumericKind::Count || is_from)
                && is_direct(&range, start);
            return if is_part || is_cut { made(&range, &word, Role::ChangeBy) } else { None };
        }
        word.direction?;
        return if is_part
            || is_money
            || is_number
            || measured.kind == NumericKind::Count
                && !word.is_noun
                && !is_dropped(place, range.start)
        {
            made(&range, &word, Role::ChangeBy)
        } else {
            None
        };
    }
    // "goes from": the preposition is part of the word.
    let (range, word) = word_before(place, end).or_else(|| {
        let with_from = (role == Role::ChangeFrom).then_some(end + 1)?;
        word_before(place, with_from)
    })?;
    if role == Role::ChangeBy && word.verb.is_none() && !word.is_adjective && !word.is_noun {
        return None;
    }
    // "cut power to 43,000 homes": who got it before.
    let is_given =
        || (range.end..end).any(|at| place.at(at).is_some_and(|t| GIVEN.hold(place.content, t)));
    if role == Role::ChangeTo
        && measured.kind == NumericKind::Count
        && word.takes_object
        && is_given()
    {
        return None;
    }
    made(&range, &word, role)
}

/// "grew at an annual rate of 3.6 %", "expanded at a 2.8 % pace".
fn at_rate(place: &Place<'_>, measured: &Measured, tokens: &Range<usize>) -> Option<Change> {
    if measured.kind != NumericKind::Percent {
        return None;
    }
    let is_pace = |at: usize| place.at(at).is_some_and(|t| PACES.hold(place.content, t));
    let start = tokens.start;
    let at = (start.saturating_sub(LEAD_REACH)..start).rev().find(|&at| place.is(at, "at"))?;
    let has_pace = (at + 1..start).any(is_pace) || (tokens.end..tokens.end + 3).any(is_pace);
    let (range, word) = direct(place, at).filter(|_| has_pace)?;
    matches!(word.direction, Some(Direction::Up | Direction::Down)).then_some(Change {
        role: Role::ChangeBy,
        direction: word.direction,
        word: Some(range),
        is_behind: false,
    })
}

/// How fast something changes.
static PACES: Words<4> = Words::new(["rate", "pace", "clip", "speed"]);

/// Comparatives that are said of things as well.
const WARMTH: &[&str] = &["warmer", "hotter", "cooler", "colder", "firmer", "softer"];

/// Before "to" where nothing changes.
static TIED_TO: Words<26> = Words::new([
    "equivalent",
    "equal",
    "equates",
    "equated",
    "amounts",
    "amounted",
    "amounting",
    "according",
    "compared",
    "close",
    "next",
    "due",
    "thanks",
    "prior",
    "related",
    "linked",
    "owing",
    "similar",
    "relative",
    "subject",
    "attributed",
    "limited",
    "belonging",
    "access",
    "up",
    "addition",
]);

/// Nouns and adjectives that say what kind of number follows: "to a record 5", "to a low of 5".
static LEVELS: Words<33> = Words::new([
    "original",
    "initial",
    "planned",
    "revised",
    "budgeted",
    "estimate",
    "forecast",
    "projection",
    "estimated",
    "record",
    "high",
    "low",
    "peak",
    "trough",
    "level",
    "rate",
    "average",
    "median",
    "mean",
    "total",
    "pace",
    "price",
    "value",
    "share",
    "maximum",
    "minimum",
    "close",
    "reading",
    "annualised",
    "annualized",
    "adjusted",
    "just",
    "range",
]);

/// Tokens from the kind of number to the preposition before it.
const LEAD_REACH: usize = 6;

/// Classes that end the phrase behind a quantity.
const STOPS: u64 = Tags::PREPOSITION
    | Tags::CONJUNCTION
    | Tags::AUXILIARY
    | Tags::RELATIVE
    | Tags::PRONOUN
    | Tags::MODAL
    | Tags::DETERMINER
    | Tags::PAST_VERB
    | Tags::VERB
    | Tags::NEGATION;

/// Tokens from a quantity to the noun of change behind it.
const NOUN_REACH: usize = 4;
