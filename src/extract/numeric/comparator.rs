//! Comparators on either side of a quantity: "more than 3", "3 or more".

use super::word::ends_with_change;
use super::{Claim, is_trigger, subject};
use crate::fact::{Comparator, Direction, NumericKind};
use crate::lexicon::Tags;
use crate::phrase::place::Place;
use crate::phrase::quantity::Measured;
use crate::phrase::verb::is_verb;
use crate::token::{TokenKind, Words};

/// The longest comparator that ends at `end`.
pub(super) fn before(place: &Place<'_>, end: usize) -> Option<(Comparator, usize)> {
    let mut found = None;
    let comparators = &place.lexicon.measures.before;
    if !comparators.has_end(place.at(end.checked_sub(1)?)?) {
        return None;
    }
    let from = end.saturating_sub(LONGEST);
    let before = place.tokens.get(from..end)?;
    // What begins a comparator and what parts it from the number, each a bit: the nearest token is the lowest.
    let (mut heads, mut marks) = (0_u32, 0_u32);
    let mut is_tied = false;
    for token in before {
        let is_inside = matches!(token.kind, TokenKind::Word | TokenKind::Symbol | TokenKind::Dot);
        // "at 11-under 133": what a hyphen ties to a number before is of that.
        heads = heads << 1 | u32::from(token.is(Tags::COMPARATOR) & !is_tied);
        is_tied = token.kind == TokenKind::Hyphen && token.is_joined();
        marks = marks << 1 | u32::from(!is_inside);
    }
    heads &= (1 << marks.trailing_zeros().min(LONGEST as u32)) - 1;
    while heads != 0 {
        let start = end - 1 - heads.trailing_zeros() as usize;
        heads &= heads - 1;
        // Only what stands before the number: "nearly a fifth" is no "nearly a".
        let rest = place.tokens.get(start..end)?;
        if let Some(read) = comparators.at(rest)
            && read.len == end - start
        {
            found = Some((*read.value, read.len));
        } else if let Some((comparator, len)) = found
            && let Some(read) = comparators.at(rest)
            && read.len == end - len - start
            && comparator == Comparator::Equal
        {
            found = Some((*read.value, end - start));
        }
    }
    // "handed over 40 pages": of the verb.
    let is_of_verb = |len: usize| {
        let start = end - len;
        len == 1
            && place.is(start, "over")
            && start
                .checked_sub(1)
                .and_then(|at| place.at(at))
                .is_some_and(|verb| PHRASAL.hold(place.content, verb))
    };
    found.filter(|(_, len)| *len > 0 && !is_of_verb(*len))
}

/// "rose past 400", "sank through 5,000": what a change went past.
pub(super) fn crossed(place: &Place<'_>, end: usize) -> Option<(Comparator, usize)> {
    let at = end
        .checked_sub(1)
        .filter(|&at| place.at(at).is_some_and(|t| PAST.hold(place.content, t)))?;
    let (_, verb) = ends_with_change(place, at)?;
    verb.verb?;
    match verb.direction? {
        Direction::Down if !place.is(at, "past") => Some((Comparator::LessThan, 1)),
        Direction::Up | Direction::Down => Some((Comparator::MoreThan, 1)),
        Direction::Unchanged => None,
    }
}

/// Between a verb of change and the number that it passes.
static PAST: Words<3> = Words::new(["past", "beyond", "through"]);

/// Verbs whose "over" is no comparator.
static PHRASAL: Words<15> = Words::new([
    "hand", "hands", "handed", "handing", "turn", "turns", "turned", "turning", "pore", "pored",
    "poring", "presided", "sign", "signed", "mulled",
]);

/// "$1.9 trillion over 10 years", "grew 5 % over two years": "over" right behind another quantity is during.
pub(super) fn is_during(
    place: &Place<'_>,
    measured: &Measured,
    over: usize,
    claims: &[Claim],
) -> bool {
    // "sold for $2bn over four seasons"
    let is_of_seasons = || {
        measured.kind == NumericKind::Count
            && claims.last().is_some_and(|last| last.tokens.end == over)
            && place.at(measured.tokens.end - 1).is_some_and(|t| PERIODS.hold(place.content, t))
    };
    if measured.kind != NumericKind::Duration && !is_of_seasons()
        || !place.is(over, "over")
        || over + 1 != measured.tokens.start
    {
        return false;
    }
    // "the average over 12 months", but "took over 12 months"
    let is_plain = |at: &usize| {
        place.at(*at).is_some_and(|t| {
            t.kind == TokenKind::Hyphen
                || t.is_word()
                    && !t.is(Tags::PREPOSITION | Tags::CONJUNCTION)
                    && (place.is(*at, "average") || !is_verb(place, *at))
        })
    };
    let noun = (over.saturating_sub(NOUN)..over).rev().take_while(is_plain);
    let word = over.checked_sub(1).and_then(|at| place.at(at));
    let is_deed =
        word.is_some_and(|t| ["ed", "ing"].iter().any(|end| t.ends_with(place.content, end)));
    if !is_deed && noun.skip(1).any(|at| place.has(at, Tags::DETERMINER)) {
        return true;
    }
    let Some(last) = claims.last() else { return false };
    let mut between = last.tokens.end..over;
    // "lost 21 % of their weight, over 72 weeks", "a 22 % pay rise over four years", but "paid £9 for over two years"
    last.tokens.end == over
        || between.len() <= 6
            && !is_verb(place, over - 1)
            && !place.has(over - 1, Tags::PREPOSITION | Tags::AND)
            && between.all(|at| {
                place.at(at).is_some_and(|t| t.is_word() || t.kind == TokenKind::Comma)
                    && (place.has(at, Tags::CHANGE) || !is_verb(place, at))
            })
}

/// What is played or paid one after the other.
static PERIODS: Words<10> = Words::new([
    "seasons",
    "games",
    "matches",
    "rounds",
    "terms",
    "sessions",
    "stages",
    "legs",
    "phases",
    "instalments",
]);

/// "jailed over £3.4m fraud", "a row over 50 jobs": "over" says what it is about.
pub(super) fn is_about(place: &Place<'_>, measured: &Measured, over: usize, len: usize) -> bool {
    if len != 1 || !place.is(over, "over") {
        return false;
    }
    let is_at_odds = (over.saturating_sub(5)..over)
        .any(|at| place.at(at).is_some_and(|t| DISPUTES.hold(place.content, t)));
    let end = measured.tokens.end;
    let names_thing = measured.kind == NumericKind::Count
        || place.at(end).is_some_and(|t| t.is_word() && !t.is(subject::NO_NOUN));
    is_at_odds && names_thing
}

/// What is done or said over something.
static DISPUTES: Words<34> = Words::new([
    "jail",
    "jails",
    "jailed",
    "sued",
    "sues",
    "suing",
    "row",
    "rows",
    "dispute",
    "disputes",
    "arrested",
    "charged",
    "trial",
    "court",
    "quits",
    "quit",
    "resigns",
    "resigned",
    "probe",
    "inquiry",
    "anger",
    "fury",
    "outrage",
    "sacked",
    "banned",
    "strike",
    "clash",
    "clashed",
    "protest",
    "protests",
    "convicted",
    "questioned",
    "talks",
    "lawsuit",
]);

/// "or more" behind a quantity.
pub(super) fn after(place: &Place<'_>, at: usize) -> Option<(Comparator, usize)> {
    let token = place.at(at).filter(|t| t.is(Tags::COMPARATOR_AFTER))?;
    if place.is(at, "plus") || token.kind == TokenKind::Symbol && !token.is_joined() {
        return None;
    }
    let found = place.lexicon.measures.after.at(place.from(at))?;
    // "at least" belongs to what follows where a number does.
    let number_follows = place.at(at + found.len).is_some_and(is_trigger);
    (!number_follows).then_some((*found.value, found.len))
}

/// Tokens of the noun before "over".
const NOUN: usize = 5;
/// Tokens of the longest comparator.
const LONGEST: usize = 7;
