//! Points that are points of a percentage.

use super::Claim;
use crate::fact::{NumericKind, Role};
use crate::phrase::place::Place;
use crate::token::Words;

/// "a lead of 4 points in the poll", "a three-point swing": of voters, points of a percentage.
pub(super) fn lead(place: &Place<'_>, claims: &mut [Claim], at: usize) {
    let Some(claim) = claims.get(at) else { return };
    if claim.measured.kind != NumericKind::Index
        || claim.measured.quantity.unit_name.as_deref() != Some("point")
    {
        return;
    }
    let is_gap = |at: usize| place.at(at).is_some_and(|t| GAPS.hold(place.content, t));
    let tokens = claim.tokens.clone();
    let is_of_gap = || {
        (tokens.start.saturating_sub(3)..tokens.start).any(is_gap)
            || (tokens.end..tokens.end + 2).any(is_gap)
            || place.is(tokens.end, "above")
            || place.is(tokens.end, "below")
            || place.is(tokens.end, "of")
                && (tokens.end + 1..tokens.end + 3)
                    .any(|at| place.at(at).is_some_and(|t| SHARES.hold(place.content, t)))
    };
    let is_share = |claim: &Claim| {
        matches!(claim.measured.kind, NumericKind::Percent | NumericKind::PercentagePoint)
    };
    let is_of_voters = || {
        claims.iter().any(is_share)
            || place.is(tokens.end, "of")
            || place.tokens.iter().any(|t| VOTERS.hold(place.content, t))
    };
    if is_of_gap()
        && is_of_voters()
        && let Some(claim) = claims.get_mut(at)
    {
        make_points(place, claim);
    }
}

/// What was read as points of an index is of a percentage.
fn make_points(place: &Place<'_>, claim: &mut Claim) {
    claim.measured.kind = NumericKind::PercentagePoint;
    claim.measured.quantity.unit_name = Some("percentage point".into());
    claim.measured.quantity.unit_code =
        place.lexicon.units.named("percentage point").and_then(|unit| unit.code);
}

/// What is itself a percentage.
static SHARES: Words<6> =
    Words::new(["share", "growth", "margin", "pricing", "inflation", "volume"]);

/// How far one side is before the other.
static GAPS: Words<8> =
    Words::new(["lead", "swing", "margin", "gap", "advantage", "deficit", "leads", "ahead"]);
/// Words of elections and surveys.
static VOTERS: Words<11> = Words::new([
    "poll",
    "polls",
    "polling",
    "survey",
    "surveys",
    "voter",
    "voters",
    "vote",
    "votes",
    "election",
    "elections",
]);

/// "23 %, down 12 points", "rose two points to 45 %": points of a percentage.
pub(super) fn percentage_points(place: &Place<'_>, before: &mut [Claim], claim: &mut Claim) {
    let Some(last) = before.last_mut() else { return };
    let is_point = |claim: &Claim| {
        claim.measured.kind == NumericKind::Index
            && claim.change.role == Role::ChangeBy
            && claim.measured.quantity.unit_name.as_deref() == Some("point")
    };
    let is_level = |claim: &Claim| {
        matches!(claim.measured.kind, NumericKind::Percent | NumericKind::Fraction)
            && claim.change.role != Role::ChangeBy
    };
    let points = match (is_point(last), is_point(claim)) {
        (true, false) if is_level(claim) && claim.change.role == Role::ChangeTo => last,
        (false, true) if is_level(last) && claim.tokens.start - last.tokens.end < 10 => claim,
        _ => return,
    };
    make_points(place, points);
}
