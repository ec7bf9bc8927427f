//! What ties the claims of a sentence: from, to and by of one change, and the date that each holds for.

use super::{Claim, dated};
use crate::extract::Mentions;
use crate::fact::{
    Amount, Comparator, Consistency, Decimal, Fact, Kind, Link, LinkType, NumericClaim,
    NumericKind, Role,
};
use crate::phrase::place::Place;
use crate::token::TokenKind;

/// Links the claims from `first` on, which stand in `claims` in the same order.
pub(super) fn tie(place: &Place<'_>, mentions: &mut Mentions, first: usize, claims: &[Claim]) {
    let has_dates = !mentions.dates().is_empty();
    for at in 0..claims.len() {
        if has_dates {
            dated::date(place, mentions, first, claims, at);
        }
        changes(place, mentions, first, claims, at);
    }
}

/// Links from, to and by; the one said first points to the other.
fn changes(place: &Place<'_>, mentions: &mut Mentions, first: usize, claims: &[Claim], at: usize) {
    let Some(claim) = claims.get(at) else { return };
    match claim.change.role {
        Role::ChangeFrom => {
            let to = partner(place, mentions, first, claims, at, Role::ChangeTo);
            if let Some(to) = to {
                let is_range = claims.get(at).is_some_and(|from| {
                    matches!(from.measured.quantity.amount, Amount::Interval { .. })
                });
                let (early, late, link) = if to > at && !is_range {
                    (at, to, LinkType::ChangeTo)
                } else {
                    (to, at, LinkType::ChangeFrom)
                };
                link_to(mentions, first + early, first + late, link);
            } else if let Some(level) = level_before(place, claims, at) {
                // "27 percent of sales, up from 22 percent"
                link_to(mentions, first + level, first + at, LinkType::ChangeFrom);
            }
        }
        Role::ChangeBy => {
            let from = partner(place, mentions, first, claims, at, Role::ChangeFrom);
            let to = partner(place, mentions, first, claims, at, Role::ChangeTo)
                .or_else(|| level_before(place, claims, at));
            if let Some(from) = from {
                link_to(mentions, first + at, first + from, LinkType::ChangeFrom);
            }
            if let Some(to) = to {
                link_to(mentions, first + at, first + to, LinkType::ChangeTo);
            }
            let verdict = match (from, to) {
                (Some(from), Some(to)) => check(mentions, first + from, first + to, first + at),
                _ => return,
            };
            for member in [Some(at), to].into_iter().flatten() {
                if let Some(Kind::Numeric(claim)) =
                    mentions.facts.get_mut(first + member).map(|fact| &mut fact.kind)
                {
                    claim.consistency = Some(verdict);
                }
            }
        }
        Role::ChangeTo | Role::Level => {}
    }
}

/// The nearest claim of a role that is of the same change.
fn partner(
    place: &Place<'_>,
    mentions: &Mentions,
    first: usize,
    claims: &[Claim],
    at: usize,
    role: Role,
) -> Option<usize> {
    let claim = claims.get(at)?;
    let near = |other: usize| -> bool {
        let Some(found) = claims.get(other) else { return false };
        let (one, two) = if other < at { (found, claim) } else { (claim, found) };
        let between = one.tokens.end..two.tokens.start;
        let is_one_change = found.change.word == claim.change.word
            || between.len() <= 8 && about_alike(mentions, first + other, first + at);
        found.change.role == role
            && is_one_change
            && may_be_ends(mentions, first + other, first + at)
            && !between.clone().any(|at| place.is_kind(at, TokenKind::Semicolon))
    };
    let is_alike = |other: usize| per_alike(mentions, first + other, first + at);
    let nearest = |fits: &dyn Fn(usize) -> bool| {
        let ahead = (at + 1..claims.len().min(at + 4)).find(|&other| fits(other));
        let back = (at.saturating_sub(3)..at).rev().find(|&other| fits(other));
        match (ahead, back) {
            (Some(ahead), Some(back)) if at - back < ahead - at => Some(back),
            (ahead, back) => ahead.or(back),
        }
    };
    // "from $75 a barrel to $45": what it is counted per is said once.
    nearest(&|other| near(other) && is_alike(other)).or_else(|| nearest(&near))
}

/// Whether two quantities may be ends of one change: no yen and marks, no sum and its part of a share. What a change is by may
/// be of another unit.
fn may_be_ends(mentions: &Mentions, one: usize, other: usize) -> bool {
    let claim = |at: usize| match mentions.facts.get(at).map(|fact| &fact.kind) {
        Some(Kind::Numeric(claim)) => Some(claim),
        _ => None,
    };
    let (Some(one), Some(other)) = (claim(one), claim(other)) else { return false };
    if one.role == Role::ChangeBy || other.role == Role::ChangeBy {
        return true;
    }
    let is_money = |claim: &NumericClaim| claim.kind == NumericKind::Money;
    let (first, second) = (&one.quantity, &other.quantity);
    match (first.currency_code, second.currency_code) {
        (Some(one), Some(other)) => one == other,
        // "from 98p to £1.02"
        _ => {
            is_money(one) == is_money(other)
                || [one, other].iter().any(|claim| claim.kind == NumericKind::Bare)
        }
    }
}

/// Whether two facts are about the same, as far as they say: "spending up 14 % and the deficit down to 2 %" are two changes.
fn about_alike(mentions: &Mentions, one: usize, other: usize) -> bool {
    let subject = |at: usize| match mentions.facts.get(at).map(|fact| &fact.kind) {
        Some(Kind::Numeric(claim)) => claim.subject,
        _ => None,
    };
    subject(one).zip(subject(other)).is_none_or(|(one, other)| one == other)
}

/// Whether both quantities are counted per something, or neither: "$12 million, or 28 cents a share".
fn per_alike(mentions: &Mentions, one: usize, other: usize) -> bool {
    let has_per = |at: usize| match mentions.facts.get(at).map(|fact| &fact.kind) {
        Some(Kind::Numeric(claim)) if claim.role != Role::ChangeBy => {
            Some(claim.quantity.per.is_some())
        }
        _ => None,
    };
    has_per(one).zip(has_per(other)).is_none_or(|(one, other)| one == other)
}

/// "earns $27.50 an hour, up 18 percent from": the level that the change arrives at.
fn level_before(place: &Place<'_>, claims: &[Claim], at: usize) -> Option<usize> {
    let claim = claims.get(at)?;
    let before = claims.get(at.checked_sub(1)?)?;
    let between = before.tokens.end..claim.tokens.start;
    let lead = between.end.saturating_sub(2).max(between.start)..between.end;
    let is_up =
        between.len() <= 4 && lead.into_iter().any(|at| place.is(at, "up") || place.is(at, "down"));
    let is_level = before.change.role == Role::Level && before.measured.kind != NumericKind::Age;
    (is_level && is_up).then(|| at - 1)
}

fn link_to(mentions: &mut Mentions, from: usize, to: usize, link: LinkType) {
    if let Some(fact) = mentions.facts.get_mut(from) {
        fact.links.push(Link { to: to as u32, link });
    }
}

/// Whether from, to and by agree within the digits said.
fn check(mentions: &Mentions, from: usize, to: usize, by: usize) -> Consistency {
    let claim = |at: usize| match mentions.facts.get(at) {
        Some(Fact { kind: Kind::Numeric(claim), .. }) => Some(claim.as_ref()),
        _ => None,
    };
    let (Some(from), Some(to), Some(by)) = (claim(from), claim(to), claim(by)) else {
        return Consistency::NotCheckable;
    };
    agree(from, to, by).unwrap_or(Consistency::NotCheckable)
}

fn agree(from: &NumericClaim, to: &NumericClaim, by: &NumericClaim) -> Option<Consistency> {
    let same = |a: &NumericClaim, b: &NumericClaim| {
        a.quantity.currency_code == b.quantity.currency_code
            && (a.quantity.unit_name == b.quantity.unit_name
                || a.quantity.unit_name.is_none()
                || b.quantity.unit_name.is_none())
    };
    let is_bound = |claim: &NumericClaim| {
        !matches!(claim.quantity.comparator, Comparator::Equal | Comparator::About)
    };
    let (low, high, step) = (span(from)?, span(to)?, span(by)?);
    if !same(from, to) || is_bound(from) || is_bound(to) {
        return None;
    }
    // Of how many parts the change is said: "18 %", "a fifth".
    let parts = match by.kind {
        NumericKind::Percent if from.kind != NumericKind::Percent => Some(100),
        NumericKind::Fraction if from.kind != NumericKind::Fraction => Some(1),
        _ => None,
    };
    // Smallest and largest change that the digits of both ends allow.
    let (least, most) = if let Some(parts) = parts {
        let share = |to: Decimal, from: Decimal| -> Option<Decimal> {
            to.minus(from)?.abs().times(Decimal::whole(parts))?.divided(from.abs(), 6)
        };
        let one = share(high.0, low.1)?;
        let two = share(high.1, low.0)?;
        (one.min(two), one.max(two))
    } else if by.kind == NumericKind::Multiple {
        (high.0.divided(low.1, 6)?, high.1.divided(low.0, 6)?)
    } else if same(from, by) || matches!(by.kind, NumericKind::PercentagePoint) {
        let one = high.0.minus(low.1)?.abs();
        let two = high.1.minus(low.0)?.abs();
        (one.min(two), one.max(two))
    } else {
        return None;
    };
    let is_within = match by.quantity.comparator {
        Comparator::MoreThan | Comparator::AtLeast => step.0 <= most,
        Comparator::LessThan | Comparator::AtMost => least <= step.1,
        Comparator::Equal | Comparator::About => step.0 <= most && least <= step.1,
    };
    Some(if is_within { Consistency::Consistent } else { Consistency::Inconsistent })
}

/// The values that a number as said stands for: half a unit of its last digit to either side, and a tenth of it where it is
/// said to be no more than near: "almost a fifth".
fn span(claim: &NumericClaim) -> Option<(Decimal, Decimal)> {
    let Amount::Value(value) = claim.quantity.amount else { return None };
    let value = value.abs();
    let plain = value.reduced().to_string();
    let point = plain.find('.');
    let whole = plain.split('.').next()?.trim_start_matches('0').len() as i32;
    let zeros = point.map_or(0, |at| {
        plain.get(at + 1..).unwrap_or_default().bytes().take_while(|b| *b == b'0').count() as i32
    });
    let magnitude = if whole > 0 { whole } else { -zeros };
    let exponent = magnitude - i32::from(claim.quantity.significant_digits.max(1));
    // Whole percents and plain counts are said to the unit.
    let exponent = if claim.kind == NumericKind::Percent || claim.kind == NumericKind::Count {
        exponent.min(0)
    } else {
        exponent
    };
    let half = Decimal::new(5, 1)?.shift(exponent)?;
    let slack = match claim.quantity.comparator {
        Comparator::About => half.plus(value.times(Decimal::new(1, 1)?)?)?,
        _ => half,
    };
    Some((value.minus(slack)?, value.plus(slack)?))
}
