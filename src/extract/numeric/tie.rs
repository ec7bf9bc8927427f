//! What ties the claims of a sentence: from, to and by of one change, and the date that each holds for.

use std::ops::Range;

use super::Claim;
use crate::extract::{DATES, Mentions};
use crate::fact::{
    Amount, Comparator, Consistency, DateMention, Decimal, Fact, Granularity, Kind, Link, LinkType,
    NumericClaim, NumericKind, Relation, Role, TimexType,
};
use crate::lexicon::Tags;
use crate::phrase::place::Place;
use crate::phrase::verb::is_verb;
use crate::token::{Token, TokenKind, Words};

/// Links the claims from `first` on, which stand in `claims` in the same order.
pub(super) fn tie(place: &Place<'_>, mentions: &mut Mentions, first: usize, claims: &[Claim]) {
    let has_dates = !mentions.dates().is_empty();
    for at in 0..claims.len() {
        if has_dates {
            date(place, mentions, first, claims, at);
        }
        changes(place, mentions, first, claims, at);
    }
}

/// The date of a claim's clause: the nearest one that no other claim or clause parts from it.
fn date(place: &Place<'_>, mentions: &mut Mentions, first: usize, claims: &[Claim], at: usize) {
    let Some(claim) = claims.get(at) else { return };
    // "Ada Moss, 44, was sacked in May": somebody's age is that of the day of writing.
    let start = claim.tokens.start;
    let is_of_person = claim.measured.kind == NumericKind::Age
        && !(start > 0 && place.has(start - 1, Tags::AUXILIARY | Tags::PAST_VERB));
    if is_of_person {
        return;
    }
    let span = place.span(claim.tokens.clone());
    let places = mentions.places(mentions.now, DATES);
    let behind = places.start + mentions.dates().partition_point(|fact| fact.span.begin < span.end);
    if let Some(index) = end_of_time(place, mentions, behind..places.end, claim) {
        return hold_for(mentions, first + at, index);
    }
    // The nearest first, so that those further off than the best so far are not looked at.
    let nearest = (places.start..behind).rev().chain(behind..places.end);
    let mut best: Option<(u32, usize)> = None;
    for index in nearest {
        let Some(fact) = mentions.facts.get(index) else { continue };
        let Kind::Date(date) = &fact.kind else { continue };
        let is_length = date.time.timex_type() == TimexType::Duration
            && !matches!(date.time.edges(), Some((Some(_), Some(_))));
        if is_length || date.time.timex_type() == TimexType::Set || fact.span.overlaps(span) {
            continue;
        }
        let is_behind = index >= behind;
        let (from, to) = if is_behind {
            (span.end, fact.span.begin)
        } else {
            (fact.span.end.min(span.begin), span.begin)
        };
        if best.is_some_and(|(best, _)| to - from > best) {
            continue;
        }
        // The same in tokens.
        let day = place.tokens.partition_point(|token| token.span.begin < fact.span.begin);
        let between = if is_behind {
            claim.tokens.end..day
        } else {
            let ends = |at: &usize| place.at(*at).is_none_or(|token| token.span.begin >= from);
            (day..start).find(ends).unwrap_or(start)..start
        };
        let others = claims
            .iter()
            .enumerate()
            .filter(|(other, found)| {
                *other != at
                    && found.tokens.start >= between.start
                    && found.tokens.end <= between.end
            })
            .count() as u32;
        // A clause or another claim between makes a date less likely this one's. Of two that cost the same, the first in the
        // text.
        let side = if is_behind { 0 } else { 6 };
        let cost = (to - from) + parts(place, between.clone()) + 60 * others + side;
        if best.is_some_and(|(best, _)| cost > best || cost == best && is_behind) {
            continue;
        }
        // "£4.1m (2022: £3.8m)": of what stands behind it.
        let is_key = is_behind
            && place.is_kind(day + 1, TokenKind::Colon)
            && place.is_kind(day - 1, TokenKind::OpenBracket);
        // "debt stood at £4m; it is to fall by the end of 2026"
        let is_parted =
            || is_behind && between.clone().any(|at| place.is_kind(at, TokenKind::Semicolon));
        if is_behind && others > 0
            || is_key
            || is_parted()
            || goes_on(place, date, between.clone(), is_behind)
            || is_base(place, day)
            || is_apart(place, day, start)
            || is_compared(place, claim, day)
            || is_of_other(place, claims, at, day)
        {
            continue;
        }
        best = Some((cost, index));
    }
    if let Some((_, index)) = best {
        hold_for(mentions, first + at, index);
    }
}

/// Whether a further verb parts a claim from a date that is only of one of both: "sees growth by 2030 and raised its stake to
/// 9 %", "no flights after 11pm, and will pay £8m", "cut off 90 homes and hopes to end it by noon". What is so now is of no time
/// before: "sold 9 in 2023, and is at 80 %".
fn goes_on(
    place: &Place<'_>,
    date: &DateMention,
    mut between: Range<usize>,
    is_behind: bool,
) -> bool {
    let is_bound = matches!(date.relation, Relation::By | Relation::Until);
    let is_clock = matches!(
        date.time.granularity(),
        Some(Granularity::Second | Granularity::Minute | Granularity::Hour)
    );
    if is_behind && !is_bound && !is_clock {
        return false;
    }
    between.any(|at| {
        (place.has(at, Tags::AND) || place.is(at, "but"))
            && (is_bound && is_verb(place, at + 1)
                || is_clock && place.has(at + 1, Tags::MODAL)
                || !is_behind && (place.is(at + 1, "is") || place.is(at + 1, "are")))
            || is_bound && place.is(at, "although")
    })
}

/// Links the number `at` of the facts to the date that it holds for.
fn hold_for(mentions: &mut Mentions, at: usize, date: usize) {
    let Some(Kind::Date(found)) = mentions.facts.get(date).map(|fact| &fact.kind) else { return };
    let time = found.time;
    if let Some(fact) = mentions.facts.get_mut(at) {
        fact.links.push(Link { to: date as u32, link: LinkType::DatedBy });
        if let Kind::Numeric(claim) = &mut fact.kind {
            claim.time = Some(time);
        }
    }
}

/// "from 5.6 to 3.9 between 2010 and 2020": the first date of what it was from, the second of what it came to. `behind` are the
/// dates behind the claim.
fn end_of_time(
    place: &Place<'_>,
    mentions: &Mentions,
    behind: Range<usize>,
    claim: &Claim,
) -> Option<usize> {
    let is_to = match claim.change.role {
        Role::ChangeTo => 1,
        Role::ChangeFrom => 0,
        Role::ChangeBy | Role::Level => return None,
    };
    let day = |index: usize| {
        let fact = mentions.facts.get(index)?;
        // "between April and May" may be the time of both.
        let Kind::Date(date) = &fact.kind else { return None };
        date.time.granularity().filter(|found| *found == Granularity::Year)?;
        Some(place.tokens.partition_point(|token| token.span.begin < fact.span.begin))
    };
    let first = day(behind.start)?;
    let second = day(behind.start + 1).filter(|_| behind.len() > 1)?;
    let is_between = place.is(first.checked_sub(1)?, "between") && place.has(second - 1, Tags::AND);
    (is_between && first - claim.tokens.end < FARTHEST_TIME).then_some(behind.start + is_to)
}

/// Tokens from what something was from to the time in which it changed.
const FARTHEST_TIME: usize = 16;

/// "higher than in 2022", "more than last year": the date of what is compared with.
fn is_base(place: &Place<'_>, date: usize) -> bool {
    is_since_best(place, date)
        || is_level_of(place, date)
        || (1..3).any(|back| date.checked_sub(back).is_some_and(|at| place.is(at, "than")))
}

/// "as many as last year", "half the rate of 2014", "31 cm short of its 2015 record", "up 18 % on 2022": the date of what a
/// claim before it is compared with.
fn is_compared(place: &Place<'_>, claim: &Claim, date: usize) -> bool {
    if date < claim.tokens.end || date == 0 {
        return false;
    }
    let is_multiple = matches!(claim.measured.kind, NumericKind::Multiple | NumericKind::Fraction)
        && claim.change.role == Role::Level;
    let is_as = || {
        (date.saturating_sub(2)..date).any(|at| {
            place.is(at, "as")
                && (at.saturating_sub(4)..at).any(|at| place.is(at, "as") || place.is(at, "same"))
        })
    };
    let is_on = claim.change.role == Role::ChangeBy
        && place.is(date - 1, "on")
        && (place.is(date, "last")
            || place.is(date, "a")
            || place.is_kind(date, TokenKind::Number)
                && place.at(date).is_some_and(|t| t.span.len() == 4));
    // "4.9 %, well below July's rate"
    let is_below = || place.is(date - 1, "below") || place.is(date - 1, "above");
    // "31 cents a share, compared with a year-earlier 20 cents"
    let is_against = (date.saturating_sub(2)..date).any(|at| {
        place.is(at, "against")
            || place.is(at, "versus")
            || place.is(at, "compared") && (place.is(at + 1, "with") || place.is(at + 1, "to"))
    });
    is_against
        || is_below()
        || is_multiple && (is_as() || (date.saturating_sub(2)..date).any(|at| place.is(at, "of")))
        || is_on
        || place.at(date + 1).is_some_and(|t| MARKS.hold(place.content, t))
            && place.has(date - 1, Tags::DETERMINER)
}

/// Behind a date, what was reached then.
static MARKS: Words<8> =
    Words::new(["record", "peak", "high", "low", "total", "mark", "average", "figure"]);

/// "up from 7.95 billion a year ago", "compared with 71 % in 2023": the date of another claim alone, behind it.
fn is_of_other(place: &Place<'_>, claims: &[Claim], at: usize, date: usize) -> bool {
    claims.iter().enumerate().any(|(other, found)| {
        let end = found.tokens.end;
        // "in 2022", "in the same period of 2022"
        let is_next = end == date
            || end < date
                && date - end <= 5
                && place.has(end, Tags::PREPOSITION)
                && (end..date).all(|at| place.at(at).is_some_and(Token::is_word));
        let start = found.tokens.start;
        let is_compared = || {
            start > 1
                && (place.is(start - 1, "against")
                    || place.is(start - 1, "versus")
                    || (place.is(start - 1, "with") || place.is(start - 1, "to"))
                        && place.is(start - 2, "compared"))
        };
        // "up two points on last week, while Labour was on 33 %"
        let is_on = || {
            found.change.role == Role::ChangeBy
                && place.is(end, "on")
                && end + 1 == date
                && place.is(date, "last")
        };
        other != at
            && is_next
            && (is_on() || found.change.role == Role::ChangeFrom || is_compared())
    })
}

/// "the lowest since May 2023", "the smallest rise since 1992": the date of what was lower.
fn is_since_best(place: &Place<'_>, date: usize) -> bool {
    if place.tags & Tags::TIME_RELATION == 0 {
        return false;
    }
    let is_word = |at: &usize| place.at(*at).is_some_and(Token::is_word);
    let back = |from: usize, reach: usize| (from.saturating_sub(reach)..from).rev();
    let since = (date..=date + 1).rev().find(|&at| place.is(at, "since")).or_else(|| {
        // "since records began in 1961"
        back(date, 4).take_while(is_word).find(|&at| place.is(at, "since"))
    });
    let Some(since) = since else { return false };
    back(since, 8).take_while(is_word).any(|at| {
        place.at(at).is_some_and(|t| {
            BEST.hold(place.content, t) || t.span.len() > 5 && t.ends_with(place.content, "est")
        })
    })
}

/// Superlatives that do not end in "est", or are short.
static BEST: Words<6> = Words::new(["most", "least", "best", "worst", "first", "only"]);

/// "43 % below 2019 levels"
fn is_level_of(place: &Place<'_>, date: usize) -> bool {
    (place.is(date + 1, "levels") || place.is(date + 1, "level"))
        && date.checked_sub(1).is_some_and(|at| place.has(at, Tags::PREPOSITION | Tags::COMPARATOR))
}

/// Whether one of a date and a claim stands in an insertion that the other is no part of: "Moss, who joined in 2023, ran 12 km",
/// "the scheme, first proposed in 2016, will protect 50 homes".
fn is_apart(place: &Place<'_>, date: usize, claim: usize) -> bool {
    let (first, last) = (date.min(claim), date.max(claim));
    let is_comma = |at: usize| place.is_kind(at, TokenKind::Comma);
    let Some(close) = (first..last).find(|&at| is_comma(at)) else { return false };
    let has_relative = place.tags & Tags::RELATIVE != 0;
    // ", who …" or ", of whom …" opens a clause behind which the first of the two stands, or before which the second does.
    let is_relative = |comma: usize| {
        (comma + 1..comma + 4).take_while(|&at| !is_comma(at)).any(|at| {
            place.has(at, Tags::RELATIVE) && !place.is(at, "that") && !place.is(at, "when")
        })
    };
    if has_relative && (close..last).any(|at| is_comma(at) && is_relative(at)) {
        return true;
    }
    let from = first.saturating_sub(INSERTION);
    let Some(open) = (from..first).rev().find(|&at| is_comma(at)) else { return false };
    let is_participle = date < claim
        && (open + 1..open + 3).any(|at| {
            place.at(at).is_some_and(|t| {
                t.is_word()
                    && !t.is_capital()
                    && (t.ends_with(place.content, "ed") || BORN.hold(place.content, t))
                    && !t.reads(place.content, "compared")
            })
        });
    is_relative(open) || is_participle
}

/// Participles that open an insertion and do not end in "ed".
static BORN: Words<10> = Words::new([
    "born", "built", "made", "set", "begun", "taken", "bought", "sold", "held", "founded",
]);

/// Tokens of the longest insertion that is looked at.
const INSERTION: usize = 24;

/// What the words between two places cost: a new clause parts more than a phrase does.
fn parts(place: &Place<'_>, between: Range<usize>) -> u32 {
    let mut cost = 0;
    for token in place.tokens.get(between).unwrap_or_default() {
        let is_stop = matches!(token.kind, TokenKind::Semicolon | TokenKind::Colon);
        cost += 1000 * u32::from(is_stop) + 12 * u32::from(token.kind == TokenKind::Comma);
        if token.is(Tags::CONJUNCTION) && CLAUSES.hold(place.content, token) {
            cost += 80;
        }
    }
    cost
}

/// Before a new clause.
static CLAUSES: Words<4> = Words::new(["and", "but", "while", "whereas"]);

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
