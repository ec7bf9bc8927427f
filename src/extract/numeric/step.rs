//! Steps of a change: "gained 45 cents to $73.26", and the same step said in another unit.

use super::Claim;
use super::change::change;
use super::word::{ADDS, direct};
use crate::fact::{Decimal, NumericKind, Role};
use crate::lexicon::Tags;
use crate::phrase::numeral::Form;
use crate::phrase::place::Place;
use crate::phrase::quantity::{Evidence, Measured};
use crate::phrase::range::{Pair, low};
use crate::token::{TokenKind, Words};

/// "gained 45 cents to $73.26", "lost $2, or 3 %": money or a measure that something gains or loses, not wins or spends.
pub(super) fn is_step(place: &Place<'_>, measured: &Measured) -> bool {
    let end = measured.tokens.end;
    let is_amount = |at: usize| {
        place.at(at).is_some_and(|t| t.kind == TokenKind::Number || t.is(Tags::CURRENCY))
    };
    let is_quote = (place.is(end, "to") || place.is(end, "at")) && is_amount(end + 1);
    let or = end + usize::from(place.is_kind(end, TokenKind::Comma));
    let is_also = place.is(or, "or") && is_amount(or + 1);
    match measured.kind {
        NumericKind::Money => {
            let is_part = measured.quantity.currency_code.is_none()
                && matches!(measured.quantity.unit_name.as_deref(), Some("cent" | "penny"));
            is_quote || is_also || is_part
        }
        NumericKind::Measure | NumericKind::Rate => is_quote || is_also || is_weight(measured),
        _ => false,
    }
}

/// Whether "rose 5 points to 20" says a step and then a level, and no range.
pub(super) fn is_by_then_to(
    place: &Place<'_>,
    claims: &[Claim],
    first: &Measured,
    pair: &Pair,
) -> bool {
    // "rose by a quarter to 9.6 million"
    let start = first.tokens.start;
    let is_led = (start.saturating_sub(3)..start).any(|at| place.is(at, "by"));
    let is_part = first.numeral.form == Form::Fraction
        && pair.second.numeral.form != Form::Fraction
        && (is_led || change(place, claims, first, first.tokens.clone()).role == Role::ChangeBy);
    if is_part {
        return true;
    }
    // "surged 3 3/8 to 87 1/8"
    let is_bare = first.kind == NumericKind::Bare
        && pair.second.evidence == Evidence::Bare
        && direct(place, start)
            .is_some_and(|(word, said)| word.end == start && said.verb.is_some());
    let is_led = is_led && pair.second.evidence > Evidence::Noun;
    if pair.lead.is_some()
        || first.evidence > Evidence::Unit && !is_led && !is_bare
        || first.kind == NumericKind::Percent
    {
        return false;
    }
    let by = change(place, claims, first, first.tokens.clone());
    let is_far = match (low(first.quantity.amount), low(pair.second.quantity.amount)) {
        (Some(one), Some(two)) => one.times(Decimal::whole(2)).is_some_and(|double| double <= two),
        _ => false,
    };
    by.role == Role::ChangeBy && !by.is_behind && is_far
}

/// "adding £83 to the bill", "shaved $9 million off profit": money or time that goes to or from a thing.
pub(super) fn is_added_to(place: &Place<'_>, verb: usize, measured: &Measured) -> bool {
    let end = measured.tokens.end;
    let has_thing = place.has(end + 1, Tags::DETERMINER);
    let is_amount = matches!(measured.kind, NumericKind::Money | NumericKind::Duration);
    let is_to = || {
        has_thing
            && place.is(end, "to")
            && place.at(verb).is_some_and(|t| ADDS.hold(place.content, t))
    };
    is_amount && (place.is(end, "off") || is_to())
}

/// "dropped 4,000 cases", "recovered 61 cars": what is given up or got back.
pub(super) fn is_dropped(place: &Place<'_>, verb: usize) -> bool {
    place.at(verb).is_some_and(|t| GIVEN_UP.hold(place.content, t))
}

static GIVEN_UP: Words<7> = Words::new([
    "dropped",
    "dropping",
    "recovered",
    "recovering",
    "recovers",
    "climbed",
    "climbing",
]);

/// What somebody or something weighs is gained or lost itself.
fn is_weight(measured: &Measured) -> bool {
    measured.quantity.unit_name.as_deref().is_some_and(|name| {
        ["gram", "tonne", "ton", "pound-mass", "stone"].iter().any(|mass| name.ends_with(mass))
    })
}

/// Whether ", or" or a bracket ties two quantities of one change.
pub(super) fn is_alternative(place: &Place<'_>, from: usize, to: usize) -> bool {
    let between = place.tokens.get(from..to).unwrap_or_default();
    match between {
        [or] | [_, or] if or.text(place.content) == "or" => true,
        [bracket] if bracket.kind == TokenKind::OpenBracket => true,
        // "3 % of its workforce, or 400 jobs"
        [of, .., comma, or]
            if of.text(place.content) == "of"
                && between.len() <= 8
                && comma.kind == TokenKind::Comma
                && or.text(place.content) == "or" =>
        {
            true
        }
        [comma, or, ..] if comma.kind == TokenKind::Comma && or.text(place.content) == "or" => {
            between.len() <= 3
        }
        _ => false,
    }
}

/// Two amounts of money, or any two of a change by.
pub(super) fn same_nature(one: &Measured, other: &Measured) -> bool {
    let is_time = matches!(other.kind, NumericKind::Duration | NumericKind::Age);
    one.kind == other.kind || !is_time && other.kind != NumericKind::Ordinal
}

/// "6 % off their peak", "a tenth off its record high": how far below.
pub(super) fn is_off_peak(place: &Place<'_>, kind: NumericKind, at: usize) -> bool {
    place.is(at, "off")
        && kind != NumericKind::Measure
        && place.has(at + 1, Tags::DETERMINER)
        && (at + 2..at + 5).any(|at| place.at(at).is_some_and(|t| PEAKS.hold(place.content, t)))
}

/// What a price is below.
static PEAKS: Words<6> = Words::new(["peak", "peaks", "high", "highs", "record", "best"]);

/// "chased down 287", "shot down 76": the verb's own "down".
pub(super) fn is_brought_down(place: &Place<'_>, down: usize) -> bool {
    down > 0 && place.at(down - 1).is_some_and(|t| DOWNS.hold(place.content, t))
}

static DOWNS: Words<18> = Words::new([
    "touched", "touches", "chase", "chased", "chasing", "chases", "shoot", "shot", "shooting",
    "shoots", "gunned", "hunted", "tracked", "mowed", "hunting", "tracking", "mown", "tore",
]);

/// Whether two quantities may be of one change: "rose £2m, from 300 donors" is none of the donors.
pub(super) fn is_of_one(to: &Measured, from: &Measured) -> bool {
    let is_money = |of: &Measured| of.kind == NumericKind::Money;
    let is_count = |of: &Measured| of.kind == NumericKind::Count && of.counted.is_some();
    !(is_money(to) && is_count(from) || is_count(to) && is_money(from))
}
