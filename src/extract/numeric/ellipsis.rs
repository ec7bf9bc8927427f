//! What a sentence says once for several claims: "X was down 2.3 %, Y by 2.6 %", "rose 4 %, 5 % and 6 %".

use std::ops::Range;

use super::beside::is_next_time;
use super::change::Change;
use super::settle::AFTER_PHRASE;
use super::{Claim, way};
use crate::extract::Mentions;
use crate::fact::{Kind, NumericKind, Quantity, Role};
use crate::lexicon::Tags;
use crate::phrase::place::Place;
use crate::phrase::quantity::Evidence;
use crate::phrase::range::low;
use crate::phrase::verb::is_verb;
use crate::token::{TokenKind, Words};

/// "3 billion Swiss francs … 900 million francs": an open name is of the money before that may have it.
pub(super) fn currency(claims: &mut [Claim], at: usize) {
    let Some((before, rest)) = claims.split_at_mut_checked(at) else { return };
    let Some(claim) = rest.first_mut() else { return };
    let quantity = &mut claim.measured.quantity;
    if quantity.currency_candidates.is_empty() || quantity.currency_code.is_some() {
        return;
    }
    let is_part = matches!(quantity.unit_name.as_deref(), Some("cent" | "penny"));
    let near = before.iter().rev().take(FARTHEST_MONEY);
    let of = near.filter_map(|other| other.measured.quantity.currency_code).next();
    quantity.currency_code =
        of.filter(|code| !is_part && quantity.currency_candidates.contains(code));
}

/// "The fine of 3 million francs", where a sentence before said whose.
pub(super) fn known_currency(mentions: &Mentions, quantity: &mut Quantity) {
    if quantity.currency_code.is_some() || quantity.currency_candidates.is_empty() {
        return;
    }
    if matches!(quantity.unit_name.as_deref(), Some("cent" | "penny")) {
        return;
    }
    let near = mentions.facts.iter().rev().take(FARTHEST_FACTS);
    let of = near.filter_map(|fact| match &fact.kind {
        Kind::Numeric(claim) => claim.quantity.currency_code,
        Kind::Date(_) | Kind::Commitment(_) => None,
    });
    let is_said = |code: &&str| quantity.currency_candidates.contains(code);
    quantity.currency_code = of.take(1).find(is_said);
}

/// "X was down 2.3 %, Y by 2.6 %": the verb is said once.
pub(super) fn ellipsis(place: &Place<'_>, claims: &mut [Claim], at: usize) {
    let Some((before, rest)) = claims.split_at_mut_checked(at) else { return };
    let (Some(last), Some(claim)) = (before.last(), rest.first_mut()) else { return };
    let is_by = claim.tokens.start.checked_sub(1).is_some_and(|at| place.is(at, "by"));
    let is_same = last.measured.kind == claim.measured.kind && last.change.role == Role::ChangeBy;
    let is_gapped = || {
        claim.measured.kind == NumericKind::Percent
            && !last.change.is_behind
            && gapped(place, last, claim).is_some()
    };
    // "down 4.5 % from June and 6.8 % from May", "up 5 % for adults and 10 % for children"
    let is_further = || {
        claim.measured.kind == NumericKind::Percent
            && claim.tokens.start > 0
            && place.has(claim.tokens.start - 1, Tags::AND)
            && (place.is(claim.tokens.end, "from") || is_for_each(place, last, claim))
    };
    if claim.change.role == Role::Level && is_same && (is_by || is_further() || is_gapped()) {
        claim.change.role = Role::ChangeBy;
        claim.change.direction = last.change.direction;
    }
    if claim.change.role == Role::Level
        && is_same_kind(last, claim)
        && (is_listed(place, last, claim)
            || is_further_from(place, last, claim)
            || last.change.role == Role::ChangeBy && is_next_time(place, last, claim))
    {
        claim.change = Change { is_behind: false, ..last.change.clone() };
    }
    // "rose from £2 to £2.50 in 2019 and £3 in 2022"
    if claim.change.role == Role::Level
        && last.change.role == Role::ChangeTo
        && last.measured.kind == claim.measured.kind
        && last.measured.quantity.currency_code == claim.measured.quantity.currency_code
        && place.has(claim.tokens.start - 1, Tags::AND)
        && is_for_each(place, last, claim)
        && let Some(direction) =
            way(low(last.measured.quantity.amount), low(claim.measured.quantity.amount))
    {
        claim.change.role = Role::ChangeTo;
        claim.change.direction = Some(direction);
    }
}

/// Whether two claims are of one unit.
fn is_same_kind(last: &Claim, claim: &Claim) -> bool {
    last.measured.kind == claim.measured.kind
        && last.measured.quantity.unit_name == claim.measured.quantity.unit_name
        && last.measured.quantity.currency_code == claim.measured.quantity.currency_code
}

/// "rose 4 %, 5 % and 6 %": changes in a row, with nothing else between them.
fn is_listed(place: &Place<'_>, last: &Claim, claim: &Claim) -> bool {
    let between = last.tokens.end..claim.tokens.start;
    last.change.role == Role::ChangeBy
        && !last.change.is_behind
        && last.change.word.is_some()
        && (1..3).contains(&between.len())
        && between.clone().all(|at| place.is_kind(at, TokenKind::Comma) || place.has(at, Tags::AND))
        && ends_list(place, claim.tokens.end)
}

/// "down from 66 % in 2019 and 70 % in 2015": a further beginning of the same change.
fn is_further_from(place: &Place<'_>, last: &Claim, claim: &Claim) -> bool {
    last.change.role == Role::ChangeFrom
        && place.has(claim.tokens.start - 1, Tags::AND)
        && claim.tokens.start - last.tokens.end <= 6
        && ends_list(place, claim.tokens.end)
}

/// Whether nothing is said of a number alone that ends at `at`: a mark, a time or a place behind it.
fn ends_list(place: &Place<'_>, at: usize) -> bool {
    place.at(at).is_none_or(|t| {
        !t.is_word() && t.kind != TokenKind::Hyphen
            || t.is(Tags::AND | Tags::TIME | Tags::TIME_MODIFIER)
            || LIST_ENDS.hold(place.content, t)
    })
}

/// Words behind a list of changes.
static LIST_ENDS: Words<10> = Words::new([
    "in",
    "for",
    "on",
    "at",
    "respectively",
    "last",
    "between",
    "over",
    "during",
    "since",
]);

/// Whether the same preposition stands behind both: "5 % for adults and 10 % for children".
fn is_for_each(place: &Place<'_>, last: &Claim, claim: &Claim) -> bool {
    ["for", "in", "among", "at"]
        .iter()
        .any(|word| place.is(last.tokens.end, word) && place.is(claim.tokens.end, word))
}

/// The second subject of a verb that is said once: "nuclear" of "gas supplied 14 % and nuclear 13 %".
pub(super) fn gapped(place: &Place<'_>, last: &Claim, claim: &Claim) -> Option<Range<usize>> {
    let mut first = last.tokens.end;
    // "volumes were 4 % lower and prices 6 % higher"
    if last.change.is_behind
        && claim.change.is_behind
        && let Some(word) = last.change.word.as_ref().filter(|word| word.start == first)
    {
        first = word.end;
    }
    // "coal supplied 1 % of power, wind 31 % and gas 27 %"
    if place.is(first, "of")
        && let Some(mark) = (first + 1..first + 5)
            .find(|&at| place.is_kind(at, TokenKind::Comma) || place.has(at, Tags::AND))
    {
        first = mark;
    }
    // "petrol has risen 23 cents and electricity by 18 %"
    let is_by = claim.tokens.start > 0 && place.is(claim.tokens.start - 1, "by");
    let end = claim.tokens.start - usize::from(is_by);
    let comma = usize::from(place.is_kind(first, TokenKind::Comma));
    let and = usize::from(place.has(first + comma, Tags::AND) || place.is(first + comma, "while"));
    first += comma + and;
    let is_noun = |at: usize| {
        place
            .at(at)
            .is_some_and(|t| t.is_word() && !t.is(NO_SUBJECT) && !MORE.hold(place.content, t))
            && !is_verb(place, at)
    };
    // A plain comma goes on with a list, unless the list goes on with more such pairs.
    let goes_on = || {
        let end = claim.tokens.end;
        place.has(end, Tags::AND)
            || place.is_kind(end, TokenKind::Comma) && place.has(end + 1, Tags::AND)
    };
    let is_gap = (and > 0 || comma > 0 && goes_on())
        && (last.measured.kind == claim.measured.kind || is_by)
        && last.measured.evidence == Evidence::Unit
        && (1..5).contains(&(end - first.min(end)));
    // "the risk of dementia was 38 % lower and that of cancer 6 % lower"
    let is_that = place.is_any(first, &["that", "those"]) && place.is(first + 1, "of");
    let has_article = place.is_any(first, &["the", "its", "each", "every"]);
    let noun = first + usize::from(has_article) + 2 * usize::from(is_that);
    (is_gap && noun < end && (noun..end).all(is_noun)).then_some(first..end)
}

/// Classes of words that are in no second subject.
const NO_SUBJECT: u64 = AFTER_PHRASE
    | Tags::CHANGE
    | Tags::VERB
    | Tags::PAST_VERB
    | Tags::MODAL
    | Tags::PRONOUN
    | Tags::NEGATION
    | Tags::COMPARATOR
    | Tags::NUMBER;

/// Words before a further number of the same.
static MORE: Words<12> = Words::new([
    "another",
    "further",
    "additional",
    "more",
    "only",
    "just",
    "worth",
    "saving",
    "costing",
    "adding",
    "totalling",
    "ending",
]);

/// Claims before money whose name is open.
const FARTHEST_MONEY: usize = 16;
/// Facts before money whose name is open.
const FARTHEST_FACTS: usize = 24;
