//! What a bare number counts where its subject alone says so: "cases fell from 61 to 17".

use super::change::Change;
use crate::fact::{Amount, Quantity, Role};
use crate::lexicon::Tags;
use crate::phrase::place::Place;
use crate::span::Span;
use crate::token::{Words, flags};

/// What a bare number counts where its subject alone says so: "cases fell from 61 to 17" are cases. Its singular.
pub(super) fn counted(
    place: &Place<'_>,
    change: &Change,
    quantity: &Quantity,
    noun: Span,
) -> Option<String> {
    // "the number of homes stood at 15,441"
    let of = number_of(place, noun);
    let is_whole = matches!(quantity.amount, Amount::Value(value) if value.is_whole());
    if change.role == Role::Level && of.is_none() || !is_whole || quantity.unit_name.is_some() {
        return None;
    }
    let first = place.tokens.partition_point(|token| token.span.begin < noun.begin);
    place.at(first).filter(|t| t.span.begin == noun.begin)?;
    let last = place.tokens.partition_point(|token| token.span.end < noun.end);
    let first = of.unwrap_or(first);
    // "the number of people waiting for treatment"
    let ends = |at: &usize| {
        let is_doing =
            || *at > first && place.at(*at).is_some_and(|t| t.ends_with(place.content, "ing"));
        place.has(*at, Tags::PREPOSITION | Tags::RELATIVE) || of.is_some() && is_doing()
    };
    let head = (first..=last).take_while(|at| !ends(at)).last()?;
    let token = place.at(head).filter(|t| place.lexicon.nouns.is_plural(place.content, t))?;
    let is_price = UNCOUNTED.hold(place.content, token)
        // "average crowds rose by 900": of no crowds.
        || (first..head).any(|at| place.is(at, "average") || place.is(at, "median"))
        || token.is_capital() && head > 0
        || of.is_none() && token.is(Tags::PLURAL) && !place.is(head, "people");
    let mut name = place.lexicon.nouns.singular(place.content, token);
    // A capital at the head of the sentence is no name's.
    if head == 0 && !token.has(flags::UPPER) {
        name.make_ascii_lowercase();
    }
    (!is_price).then_some(name)
}

/// Where the things begin of which a phrase is the number: behind "the number of".
fn number_of(place: &Place<'_>, noun: Span) -> Option<usize> {
    let first = place.tokens.partition_point(|token| token.span.begin < noun.begin);
    (first..first + 3)
        .find(|&at| place.is(at, "number") && place.is(at + 1, "of"))
        .map(|at| at + 2)
        .filter(|&at| place.at(at).is_some_and(|t| t.span.begin < noun.end))
}

/// Plurals whose number is no count of them.
static UNCOUNTED: Words<58> = Words::new([
    "sizes",
    "lengths",
    "weights",
    "heights",
    "ages",
    "times",
    "premiums",
    "budgets",
    "volumes",
    "deficits",
    "shares",
    "prices",
    "sales",
    "revenues",
    "profits",
    "costs",
    "yields",
    "rates",
    "scores",
    "futures",
    "points",
    "stocks",
    "earnings",
    "losses",
    "exports",
    "imports",
    "bonds",
    "levels",
    "temperatures",
    "wages",
    "figures",
    "numbers",
    "ratings",
    "readings",
    "indices",
    "indexes",
    "odds",
    "margins",
    "values",
    "incomes",
    "salaries",
    "fares",
    "fees",
    "duties",
    "taxes",
    "tariffs",
    "bills",
    "speeds",
    "reserves",
    "ratios",
    "gains",
    "ranks",
    "proceeds",
    "averages",
    "lists",
    "queues",
    "emissions",
    "audiences",
]);
