//! What the ends of a change share, and what is said in the place of another quantity.

use super::Claim;
use crate::fact::{NumericKind, Role};
use crate::phrase::place::Place;
use crate::phrase::quantity::Evidence;
use crate::phrase::range::{Pair, lend_unit};
use crate::token::TokenKind;

/// "from €254 to €180 per hectare", "26 hours, four more than before": what both are counted in.
pub(super) fn share(place: &Place<'_>, before: &mut [Claim], claim: &mut Claim) {
    let Some(last) = before.last_mut() else { return };
    let is_money = |of: &Claim| of.measured.kind == NumericKind::Money;
    let is_same = is_money(last)
        && is_money(claim)
        && last.measured.quantity.currency_code == claim.measured.quantity.currency_code
        && last.measured.quantity.unit_name == claim.measured.quantity.unit_name;
    let gap = claim.tokens.start.checked_sub(last.tokens.end);
    let near = gap.is_some_and(|gap| gap <= FARTHEST)
        && last.measured.numeral.scale == claim.measured.numeral.scale;
    if is_same
        && near
        && last.change.role == Role::ChangeFrom
        && claim.change.role == Role::ChangeTo
        && last.measured.quantity.per.is_none()
    {
        last.measured.quantity.per = claim.measured.quantity.per.clone();
    }
    // "26 hours, four more than before"
    if claim.change.role == Role::ChangeBy
        && claim.change.is_behind
        && claim.measured.kind == NumericKind::Bare
        && claim.measured.evidence > Evidence::Noun
        && claim.tokens.start == last.tokens.end + 1
        && place.is_kind(last.tokens.end, TokenKind::Comma)
        && matches!(last.measured.kind, NumericKind::Duration | NumericKind::Measure)
    {
        lend_unit(&last.measured, &mut claim.measured);
    }
}

/// "26 days instead of 18", "three rather than five": the word before a number that another stands for.
pub(super) fn is_instead(place: &Place<'_>, at: usize) -> bool {
    at > 0
        && (place.is(at, "of") && place.is(at - 1, "instead")
            || place.is(at, "than") && place.is(at - 1, "rather"))
}

/// Tokens from one end of a change to the other.
const FARTHEST: usize = 2;

/// "is 2 %, down from 8 % to 10 % last year": whether a pair behind a level is the range in which it was.
pub(super) fn is_from_range(place: &Place<'_>, claims: &[Claim], pair: &Pair) -> bool {
    let (Some(last), Some(from)) = (claims.last(), pair.lead) else { return false };
    matches!(last.change.role, Role::Level | Role::ChangeTo)
        && from == last.tokens.end + 2
        && place.is_kind(last.tokens.end, TokenKind::Comma)
        && (place.is(from - 1, "down") || place.is(from - 1, "up"))
        && last.measured.evidence == Evidence::Unit
        && last.measured.kind == pair.second.kind
}
