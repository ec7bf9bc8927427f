//! Once all quantities of a sentence are known: what one lends to another.

use crate::fact::{Amount, Comparator, Decimal, Direction, NumericKind, Role};
use crate::lexicon::Tags;
use crate::phrase::numeral::value_of;
use crate::phrase::place::Place;
use crate::phrase::quantity::{Evidence, Measured};
use crate::phrase::quantity_per::per;
use crate::phrase::range::{lend_unit, low, share_unit};
use crate::token::{TokenKind, Words};

use super::beside::apposed;
use super::claim::{has_those, is_of_those, is_taken};
use super::ellipsis::{currency, ellipsis};
use super::{Claim, points, share, way};

/// Settles the claims of a sentence among themselves.
pub(super) fn settle(place: &Place<'_>, claims: &mut Vec<Claim>) {
    for at in 0..claims.len() {
        points::lead(place, claims, at);
    }
    if claims.len() < 2 {
        return;
    }
    for at in 1..claims.len() {
        change(place, claims, at);
        level(place, claims, at);
        bracket(place, claims, at);
        currency(claims, at);
        ellipsis(place, claims, at);
    }
    merge(place, claims);
}

/// "from 12 to 8 percent", "to 212 million crowns from 408 million": one unit for both ends.
fn change(place: &Place<'_>, claims: &mut [Claim], at: usize) {
    let Some((before, rest)) = claims.split_at_mut_checked(at) else { return };
    let Some((claim, rest)) = rest.split_first_mut() else { return };
    if claim.change.role == Role::ChangeTo
        && let Some(from) = before.last_mut().filter(|from| from.change.role == Role::ChangeFrom)
    {
        share_unit(&mut from.measured, &claim.measured);
        if claim.measured.evidence > Evidence::Noun && from.measured.evidence <= Evidence::Noun {
            lend(&from.measured, &mut claim.measured);
        }
    }
    // "limits the price to 6p, from 5p"
    if claim.change.role == Role::Level
        && claim.tokens.start > 1
        && place.is(claim.tokens.start - 1, "from")
        && place.is_kind(claim.tokens.start - 2, TokenKind::Comma)
        && let Some(to) = before.last_mut().filter(|to| {
            to.change.role == Role::Level
                && to.tokens.end + 2 == claim.tokens.start
                && to.tokens.start > 0
                && place.is(to.tokens.start - 1, "to")
                && to.measured.evidence <= Evidence::Noun
                && to.measured.quantity.unit_name == claim.measured.quantity.unit_name
        })
        && let Some(direction) =
            way(low(claim.measured.quantity.amount), low(to.measured.quantity.amount))
    {
        to.change.role = Role::ChangeTo;
        to.change.direction = Some(direction);
        claim.change.role = Role::ChangeFrom;
    }
    // "revised its forecast to 3 % from 5 %": the numbers say which way.
    if claim.change.role == Role::ChangeFrom
        && let Some(to) = before
            .last_mut()
            .filter(|to| to.change.role == Role::ChangeTo && to.change.direction.is_none())
    {
        to.change.direction =
            way(low(claim.measured.quantity.amount), low(to.measured.quantity.amount));
    }
    // "to 19mph, while crashes fell from 28 to 14": what has an end of its own is of another change.
    let has_end = rest.first().is_some_and(|next| {
        next.change.role == Role::ChangeTo && next.tokens.start <= claim.tokens.end + 2
    });
    if claim.change.role == Role::ChangeFrom
        && claim.measured.evidence > Evidence::Noun
        && !has_end
        && let Some(to) = before.iter().rev().find(|to| {
            to.change.role == Role::ChangeTo
                && !to.is_bracketed
                && to.measured.evidence <= Evidence::Noun
        })
    {
        lend(&to.measured, &mut claim.measured);
    }
    // "rose by 2 percent but … fell by 1": the unit is said once.
    if claim.change.role == Role::ChangeBy
        && claim.measured.evidence == Evidence::Bare
        && let Some(by) = before.iter().rev().take(2).find(|by| {
            by.change.role == Role::ChangeBy
                && matches!(
                    by.measured.kind,
                    NumericKind::Percent | NumericKind::PercentagePoint | NumericKind::Index
                )
        })
        && claim.tokens.start - by.tokens.end < 14
        && !place.is(claim.tokens.end, "to")
    {
        lend(&by.measured, &mut claim.measured);
    }
    // "43 seats in 12 towns, 11 more than in May": of what no preposition leads to.
    if claim.change.role == Role::ChangeBy
        && claim.change.is_behind
        && claim.measured.kind == NumericKind::Bare
        && let Some(counted) = before.iter().rev().find(|counted| {
            let before = counted.tokens.start.checked_sub(1);
            counted.measured.kind == NumericKind::Count
                && !before.is_some_and(|at| place.has(at, Tags::PREPOSITION))
        })
    {
        lend(&counted.measured, &mut claim.measured);
    }
    share::share(place, before, claim);
    // "2.3 billion people, up by 350 million"
    let is_up = || {
        claim.change.word.as_ref().is_some_and(|word| {
            word.len() == 1 && (place.is(word.start, "up") || place.is(word.start, "down"))
        })
    };
    if claim.change.role == Role::ChangeBy
        && claim.measured.kind == NumericKind::Bare
        && !claim.change.is_behind
        && is_up()
        && let Some(counted) = before.first()
        && before.iter().all(|other| other.measured.kind != NumericKind::Money)
        && counted.measured.kind == NumericKind::Count
        && counted.change.role == Role::Level
    {
        lend(&counted.measured, &mut claim.measured);
    }
    // "took 43 of the 61 seats, a gain of 12"
    if claim.change.role == Role::ChangeBy
        && claim.measured.evidence == Evidence::Bare
        && let Some(counted) = before.last().filter(|last| last.measured.kind == NumericKind::Count)
        && let Some(word) = claim.change.word.as_ref().filter(|word| {
            word.start == counted.tokens.end + 2
                && place.is_kind(counted.tokens.end, TokenKind::Comma)
        })
        && (place.is(word.start - 1, "a") || place.is(word.start - 1, "an"))
    {
        lend(&counted.measured, &mut claim.measured);
    }
    // "583 homicides, a 3 % fall from 602"
    if claim.change.role == Role::ChangeFrom
        && claim.measured.evidence == Evidence::Bare
        && let [.., counted, by] = &*before
        && by.change.is_behind
        && counted.measured.kind == NumericKind::Count
        && apposed(place, counted, by)
    {
        lend(&counted.measured, &mut claim.measured);
    }
    // "raised by 1.5 million tonnes to 83 million"
    if claim.change.role == Role::ChangeTo
        && claim.measured.evidence > Evidence::Noun
        && claim.measured.kind == NumericKind::Bare
        && let Some(by) = before.last().filter(|by| {
            by.change.role == Role::ChangeBy
                && by.tokens.end + 1 == claim.tokens.start
                && by.measured.evidence <= Evidence::Noun
                && matches!(
                    by.measured.kind,
                    NumericKind::Measure | NumericKind::Money | NumericKind::Count
                )
        })
    {
        lend(&by.measured, &mut claim.measured);
    }
    points::percentage_points(place, before, claim);
    // "rose 64 points to 4,577": points of the same index.
    if claim.measured.evidence == Evidence::Bare
        && claim.measured.kind == NumericKind::Bare
        && let Some(by) = before.iter().rev().take(2).find(|by| {
            by.measured.kind == NumericKind::Index
                && by.measured.quantity.unit_name.as_deref() == Some("point")
        })
        && matches!(claim.change.role, Role::ChangeTo | Role::Level)
        && (claim.change.word == by.change.word || claim.tokens.start - by.tokens.end < 10)
    {
        lend(&by.measured, &mut claim.measured);
    }
}

/// "52.3 percent to Mr Diaz's 46.1": how much the other side has.
pub(super) fn is_of_rival(place: &Place<'_>, last: &Claim, claim: &Claim) -> bool {
    let between = last.tokens.end..claim.tokens.start;
    (3..7).contains(&between.len())
        && place.is(between.start, "to")
        && (place.is(between.end - 1, "'s") || place.is(between.end - 1, "’s"))
        && place.is_capital(between.end - 2)
        && is_phrase_end(place, claim.tokens.end)
}

/// What "of them" is of: things before hours and miles.
fn those<'c>(place: &Place<'_>, before: &'c [Claim], claim: &Claim) -> Option<&'c Claim> {
    let is_whole = value_of(&claim.measured.numeral).is_some_and(Decimal::is_whole);
    let mut all = before.iter().rev().filter(|counted| {
        // "six people, including two children": of the six.
        let start = counted.tokens.start;
        has_those(counted)
            && !(start > 0 && place.is(start - 1, "including"))
            // "31 goals in 29 games, two short of the record"
            && !(place.is(claim.tokens.end, "short")
                && start > 0
                && place.has(start - 1, Tags::PREPOSITION))
    });
    let things = all.clone().find(|counted| counted.measured.kind == NumericKind::Count);
    things
        .filter(|_| is_whole)
        .or_else(|| all.find(|counted| counted.measured.kind != NumericKind::Count))
}

/// The things of which a further number is had: those that the same verb has, or else the last.
fn taken<'c>(place: &Place<'_>, before: &'c [Claim], start: usize) -> Option<&'c Claim> {
    let is_count = |other: &&Claim| {
        other.measured.kind == NumericKind::Count && other.measured.evidence == Evidence::Noun
    };
    let verb = place.span(start - 1..start).of(place.content);
    let has_verb =
        |other: &&Claim| other.tokens.start.checked_sub(1).is_some_and(|at| place.is(at, verb));
    let mut counts = before.iter().rev().filter(is_count);
    counts.clone().find(has_verb).or_else(|| counts.next())
}

/// "460 vehicles … compared with 63", "435 homes by sale and 187 by tender": a number that counts the same things.
fn level(place: &Place<'_>, claims: &mut [Claim], at: usize) {
    let Some((before, rest)) = claims.split_at_mut_checked(at) else { return };
    let (Some(last), Some(claim)) = (before.last(), rest.first_mut()) else { return };
    let is_open =
        claim.measured.kind == NumericKind::Bare && claim.measured.evidence > Evidence::Noun;
    if is_open
        && is_of_those(place, claim.tokens.start, claim.tokens.end)
        && let Some(counted) = those(place, before, claim)
    {
        lend(&counted.measured, &mut claim.measured);
        return;
    }
    // "sales of 12.4 billion crowns, against an estimate of 12.1 billion"
    if is_open
        && claim.measured.evidence == Evidence::Scale
        && let Some(money) =
            // "11.3 billion francs ($12.9 billion), above the estimate of 10.8 billion"
            before.iter().rev().take(3).find(|money| {
                    money.measured.kind == NumericKind::Money && !money.is_bracketed
                })
        && claim.tokens.start - last.tokens.end <= 14
        && is_estimate(place, claim.tokens.start, last.tokens.end)
        && is_phrase_end(place, claim.tokens.end)
    {
        lend(&money.measured, &mut claim.measured);
        return;
    }
    if is_open
        && claim.measured.numeral.scale >= 6
        && let Some(money) = before.iter().rev().take(3).find(|money| {
            money.measured.kind == NumericKind::Money && money.measured.numeral.scale >= 6
        })
        && is_of_money(place, last, claim)
    {
        lend(&money.measured, &mut claim.measured);
        return;
    }
    let start = claim.tokens.start;
    // "71 million passengers, below its level of 81 million", "three times the limit of 4"
    if is_open
        && start > 2
        && place.is(start - 1, "of")
        && place.at(start - 2).is_some_and(|t| BOUNDS.hold(place.content, t))
        && is_phrase_end(place, claim.tokens.end)
        && let Some(other) = before.iter().rev().find(|other| {
            matches!(
                other.measured.kind,
                NumericKind::Measure
                    | NumericKind::Count
                    | NumericKind::Rate
                    | NumericKind::Duration
            )
        })
    {
        lend(&other.measured, &mut claim.measured);
        return;
    }
    // "22 million tonnes, down on last year's 26 million"
    if is_open
        && start > 2
        && claim.measured.evidence == Evidence::Scale
        && (place.is(start - 1, "'s") || place.is(start - 1, "’s"))
        && place.has(start - 2, Tags::TIME_UNIT | Tags::MONTH | Tags::WEEKDAY | Tags::TIME)
        && let Some(other) = before.iter().rev().find(|other| {
            matches!(
                other.measured.kind,
                NumericKind::Measure | NumericKind::Money | NumericKind::Count
            )
        })
    {
        lend(&other.measured, &mut claim.measured);
        return;
    }
    // "won 52.3 percent to Mr Diaz's 46.1"
    if is_open && is_of_rival(place, last, claim) {
        lend(&last.measured, &mut claim.measured);
        return;
    }
    if is_open
        && is_taken(place, start, claim.tokens.end)
        && let Some(counted) = taken(place, before, start)
    {
        lend(&counted.measured, &mut claim.measured);
        return;
    }
    if !is_open || last.measured.evidence > Evidence::Noun || last.measured.kind == NumericKind::Age
    {
        return;
    }
    // "up 20 %, and 116 were killed": others. "£72 each, against 9,750"
    let is_other = last.measured.kind == NumericKind::Percent
        && start > 1
        && place.has(start - 1, Tags::AND)
        && place.is_kind(start - 2, TokenKind::Comma)
        && place.has(claim.tokens.end, Tags::AUXILIARY);
    let is_share = last.measured.kind == NumericKind::Percent
        && (claim.measured.numeral.scale >= 3
            // "263, or 40 % of the house, against 220"
            || value_of(&claim.measured.numeral).is_some_and(|value| value > Decimal::whole(100)));
    if is_share
        && is_coordinated(place, start)
        && let Some(counted) =
            before.iter().rev().find(|other| other.measured.kind == NumericKind::Count)
    {
        lend(&counted.measured, &mut claim.measured);
    }
    if is_other || is_share || place.is(last.tokens.end, "each") {
        return;
    }
    // "including a record 6.7 million"
    let record = usize::from(start > 2 && place.is(start - 1, "record")) * 2;
    let start = start - record;
    // "58 stations out of 1,204"
    let is_whole =
        start == last.tokens.end + 2 && place.is(start - 1, "of") && place.is(start - 2, "out");
    if is_whole
        || start - last.tokens.end <= 14
            && is_coordinated(place, start)
            && (is_phrase_end(place, claim.tokens.end) || is_ago(place, claim.tokens.end))
    {
        lend(&last.measured, &mut claim.measured);
    }
}

/// "6 billion crowns for health, 2 billion for schools and 900 million for rail": a billion of nothing else, or what a list goes
/// on with.
fn is_of_money(place: &Place<'_>, last: &Claim, claim: &Claim) -> bool {
    let between = last.tokens.end..claim.tokens.start;
    let end = claim.tokens.end;
    let is_bare = is_phrase_end(place, end) || place.has(end, Tags::PAST_VERB);
    let is_listed = || {
        last.measured.kind == NumericKind::Money
            && between.len() <= 5
            && !place.has(between.end - 1, Tags::PREPOSITION)
            && between
                .clone()
                .any(|at| place.is_kind(at, TokenKind::Comma) || place.has(at, Tags::AND))
            && place.at(end).is_none_or(|t| !t.is_word() || place.is(end, "for") || t.is(Tags::AND))
    };
    let counts = |at: usize| place.at(at).is_some_and(|t| COUNTED.hold(place.content, t));
    is_bare
        && (claim.measured.numeral.scale >= 9 || is_listed())
        && !between.clone().chain(end..end + 3).any(counts)
}

/// What a number is set against.
static BOUNDS: Words<14> = Words::new([
    "level", "average", "record", "peak", "target", "forecast", "estimate", "buffer", "limit",
    "best", "figure", "high", "low", "goal",
]);

/// What is counted by the million.
pub(super) static COUNTED: Words<24> = Words::new([
    "customer",
    "members",
    "patients",
    "tourists",
    "households",
    "voters",
    "jobs",
    "journeys",
    "people",
    "users",
    "customers",
    "subscribers",
    "viewers",
    "passengers",
    "population",
    "shares",
    "downloads",
    "views",
    "visitors",
    "tonnes",
    "barrels",
    "votes",
    "devices",
    "vehicles",
]);

/// "up from 69 two decades ago"
fn is_ago(place: &Place<'_>, at: usize) -> bool {
    (place.has(at, Tags::NUMBER) || place.is_kind(at, TokenKind::Number))
        && place.has(at + 1, Tags::TIME_UNIT)
        && (place.is(at + 2, "ago") || place.is(at + 2, "earlier"))
}

/// Whether the words before a bare number set it beside the quantity before.
pub(super) fn is_coordinated(place: &Place<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    let is = |word: &str| place.is(before, word);
    place.has(before, Tags::AND)
        || is("or") && before > 0 && place.is_kind(before - 1, TokenKind::Comma)
        || is("including")
        || is("against")
        || is("versus")
        || is("vs")
        || is("vs.")
        || (is("with") || is("to"))
            && before > 0
            && (place.is(before - 1, "compared") || place.is(before - 1, "versus"))
        || share::is_instead(place, before)
        || is("from") && before > 0 && place.is(before - 1, "up")
        || is("from") && before > 0 && place.is(before - 1, "down")
}

/// Whether a number at `start` is set against the one that ends at `end`: "against", "from", "an estimate of".
fn is_estimate(place: &Place<'_>, start: usize, end: usize) -> bool {
    (end..start).any(|at| place.at(at).is_some_and(|t| AGAINST.hold(place.content, t)))
}

/// Words that set one amount against another of the same money.
static AGAINST: Words<16> = Words::new([
    "forecasts",
    "estimated",
    "against",
    "versus",
    "compared",
    "from",
    "estimate",
    "estimates",
    "forecast",
    "consensus",
    "expected",
    "expectations",
    "target",
    "loss",
    "profit",
    "minus",
]);

/// Whether nothing that could be counted follows.
pub(super) fn is_phrase_end(place: &Place<'_>, at: usize) -> bool {
    // "nine A320s": no article.
    if place.is_kind(at + 1, TokenKind::Number) && place.is_joined(at + 1) && place.is_capital(at) {
        return false;
    }
    place.at(at).is_none_or(|t| {
        let is_mark = !t.is_word()
            && !matches!(t.kind, TokenKind::Symbol | TokenKind::Hyphen | TokenKind::Number);
        is_mark || t.is(AFTER_PHRASE) || place.is(at, "last") || place.is(at, "next")
    })
}

/// "C$9 (US$6.71) per share", "more than 7.5 million crowns ($1.1 million)": both say the same.
fn bracket(place: &Place<'_>, claims: &mut [Claim], at: usize) {
    let Some((before, rest)) = claims.split_at_mut_checked(at) else { return };
    let (Some(last), Some(claim)) = (before.last_mut(), rest.first_mut()) else { return };
    let opens = claim.tokens.start.checked_sub(1).is_some_and(|at| {
        at == last.tokens.end && place.is_kind(at, TokenKind::OpenBracket)
            || place.is_kind(at, TokenKind::Slash) && last.is_bracketed
    });
    if !opens {
        return;
    }
    claim.is_bracketed = true;
    let is_bound = !matches!(last.comparator, Comparator::Equal | Comparator::About);
    if claim.comparator == Comparator::Equal && is_bound {
        claim.comparator = last.comparator;
    }
    if place.is_kind(claim.tokens.end, TokenKind::CloseBracket)
        && last.measured.quantity.per.is_none()
        && last.measured.evidence == Evidence::Unit
        && let Some((per, _)) = per(place, claim.tokens.end + 1, true)
    {
        last.measured.quantity.per = Some(per.clone());
        if claim.measured.quantity.per.is_none() {
            claim.measured.quantity.per = Some(per);
        }
    }
}

/// "more than 15 and less than 35": one interval with open ends.
fn merge(place: &Place<'_>, claims: &mut Vec<Claim>) {
    let mut at = 1;
    while at < claims.len() {
        let merged = match claims.get(at - 1..=at) {
            Some([one, two]) => merged(place, one, two),
            _ => None,
        };
        if let Some(merged) = merged {
            claims.remove(at);
            if let Some(first) = claims.get_mut(at - 1) {
                *first = merged;
            }
        } else {
            at += 1;
        }
    }
}

fn merged(place: &Place<'_>, one: &Claim, two: &Claim) -> Option<Claim> {
    let between = one.tokens.end..two.tokens.start;
    let is_tied = between.len() == 1
        && (place.has(between.start, Tags::AND) || place.is(between.start, "but"));
    let is_lower =
        |claim: &Claim| matches!(claim.comparator, Comparator::MoreThan | Comparator::AtLeast);
    let is_upper =
        |claim: &Claim| matches!(claim.comparator, Comparator::LessThan | Comparator::AtMost);
    let (lower, upper) = if is_lower(one) && is_upper(two) {
        (one, two)
    } else if is_upper(one) && is_lower(two) {
        (two, one)
    } else {
        return None;
    };
    let same_unit = one.measured.quantity.unit_name == two.measured.quantity.unit_name
        && one.measured.quantity.currency_code == two.measured.quantity.currency_code;
    let lends = one.measured.evidence > Evidence::Noun;
    let (low, high) = (low(lower.measured.quantity.amount)?, low(upper.measured.quantity.amount)?);
    if !is_tied || !(same_unit || lends) || low >= high {
        return None;
    }
    let mut out = one.clone();
    if lends && two.measured.evidence <= Evidence::Noun {
        lend(&two.measured, &mut out.measured);
    }
    let amount = Amount::Interval {
        low: Some(low),
        high: Some(high),
        low_open: lower.comparator == Comparator::MoreThan,
        high_open: upper.comparator == Comparator::LessThan,
    };
    out.tokens = one.tokens.start..two.tokens.end;
    out.comparator = Comparator::Equal;
    out.measured.tokens = one.measured.tokens.start..two.measured.tokens.end;
    out.measured.quantity.amount = amount;
    out.measured.numeral.amount = amount;
    out.measured.quantity.span = one.measured.quantity.span.join(two.measured.quantity.span);
    out.measured.quantity.numeral_span =
        one.measured.quantity.numeral_span.join(two.measured.quantity.numeral_span);
    Some(out)
}

/// Gives a number the unit of another.
fn lend(from: &Measured, to: &mut Measured) {
    let kind = from.kind;
    lend_unit(from, to);
    if from.evidence == Evidence::Noun && to.evidence > Evidence::Noun {
        to.quantity.unit_name = from.quantity.unit_name.clone();
        to.quantity.unit_code = from.quantity.unit_code;
        to.quantity.per = from.quantity.per.clone();
        to.kind = kind;
        to.evidence = Evidence::Noun;
    }
}

/// A change that a sign shows: "+2 %".
pub(super) fn of_sign(is_plus: bool) -> Direction {
    if is_plus { Direction::Up } else { Direction::Down }
}

/// Classes of words behind a number that it does not count.
pub(super) const AFTER_PHRASE: u64 = Tags::PREPOSITION
    | Tags::CONJUNCTION
    | Tags::DETERMINER
    | Tags::AUXILIARY
    | Tags::RELATIVE
    | Tags::ADVERB
    | Tags::TIME
    | Tags::TIME_MODIFIER
    | Tags::MONTH
    | Tags::WEEKDAY;
