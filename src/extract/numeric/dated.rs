//! The date that a claim holds for.

use std::ops::Range;

use super::Claim;
use super::compared::{is_base, is_compared, is_of_other};
use crate::extract::{DATES, Mentions};
use crate::fact::time::When;
use crate::fact::{
    DateMention, Granularity, Kind, Link, LinkType, NumericKind, Relation, Role, TimeValue,
    TimexType,
};
use crate::lexicon::Tags;
use crate::phrase::place::Place;
use crate::phrase::verb::is_verb;
use crate::token::{TokenKind, Words};

/// The date of a claim's clause: the nearest one that no other claim or clause parts from it.
pub(super) fn date(
    place: &Place<'_>,
    mentions: &mut Mentions,
    first: usize,
    claims: &[Claim],
    at: usize,
) {
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
        return date_by(mentions, first + at, index, None);
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
        if is_behind
            && others > 0
            && !is_one_phrase(place, between.clone())
            && !is_end_of(place, claims.get(at + 1), claim, between.clone())
            || is_key
            || place.is(claim.tokens.end, "next") && !is_behind
            || is_thought(place, date, day)
            || is_behind && is_while(place, claim, day)
            || is_told(place, date, day)
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
        let pair = between_two(place, mentions, index);
        match (claim.change.role, pair) {
            // "between 2015 and 2023, to 143": that was the end.
            (Role::ChangeTo, Some((begin, _))) => date_by(mentions, first + at, begin + 1, None),
            (Role::ChangeFrom, Some((begin, _))) => date_by(mentions, first + at, begin, None),
            (_, pair) => date_by(mentions, first + at, index, pair.map(|(_, time)| time)),
        }
    }
}

/// "spent £22m on four players in May", "10 % for £4m in March": whether other claims only stand in phrases between a claim and
/// its date.
fn is_one_phrase(place: &Place<'_>, between: Range<usize>) -> bool {
    // "$212 million, or $1.37 a share, in 2023"
    let is_also =
        place.is_kind(between.start, TokenKind::Comma) && place.is(between.start + 1, "or");
    between.len() <= LONGEST_PHRASE
        && (place.has(between.start, Tags::PREPOSITION) || is_also)
        && between.clone().all(|at| {
            // "for up to six hours on Saturday"
            if place.is(at, "to") && place.is(at - 1, "up") {
                return true;
            }
            place.at(at).is_some_and(|t| {
                matches!(t.kind, TokenKind::Number | TokenKind::Symbol | TokenKind::Hyphen)
                    || is_also && t.kind == TokenKind::Comma
                    || t.is_word()
                        && !t.is(Tags::AND | Tags::RELATIVE | Tags::CONDITION | Tags::CHANGE)
            }) && !place.is_any(at, &["to", "from", "by", "due", "compared", "against"])
                && !is_verb(place, at)
        })
}

/// "rose 5 % to $3m in 2023": whether the next claim alone stands between, as the end of the same change.
fn is_end_of(
    place: &Place<'_>,
    next: Option<&Claim>,
    claim: &Claim,
    between: Range<usize>,
) -> bool {
    next.is_some_and(|next| {
        claim.change.role == Role::ChangeBy
            && next.change.role == Role::ChangeTo
            && next.change.word == claim.change.word
            && next.tokens.start <= claim.tokens.end + 2
            && between.end <= next.tokens.end + 2
            && (next.tokens.end..between.end)
                .all(|at| place.has(at, Tags::PREPOSITION) || place.is_kind(at, TokenKind::Comma))
    })
}

/// Tokens of the longest phrase between a claim and its date.
const LONGEST_PHRASE: usize = 10;

/// Whether a further verb parts a claim from a date that is only of one of both: "sees growth by 2030 and raised its stake to
/// 9 %", "no flights after 11pm, and will pay £8m", "cut off 90 homes and hopes to end it by noon". What is so now is of no time
/// before: "sold 9 in 2023, and is at 80 %".
fn goes_on(place: &Place<'_>, date: &DateMention, between: Range<usize>, is_behind: bool) -> bool {
    if is_behind { goes_on_to(place, date, between) } else { goes_on_from(place, date, between) }
}

/// The same of a date behind a claim: "has lost 12 men and leaves in December".
fn goes_on_to(place: &Place<'_>, date: &DateMention, mut between: Range<usize>) -> bool {
    let end = between.end;
    between.any(|at| {
        place.has(at, Tags::CONJUNCTION) && {
            let is_third = || {
                place.has(at + 1, Tags::VERB)
                    && place.at(at + 1).is_some_and(|t| t.ends_with(place.content, "s"))
            };
            is_further(place, date, at)
                || place.has(at, Tags::AND) && is_third()
                || has_own_subject(place, at, end)
        }
    })
}

/// "won by 214 votes, and a recount begins on Friday": whether "and" opens a clause of its own before `end`.
fn has_own_subject(place: &Place<'_>, and: usize, end: usize) -> bool {
    and > 0
        && place.is_kind(and - 1, TokenKind::Comma)
        && (place.has(and, Tags::AND) || place.is(and, "but"))
        && place.has(and + 1, Tags::DETERMINER)
        && (and + 2..end).any(|at| is_verb(place, at) || place.is(at, "begins"))
}

/// The same of a date before a claim.
fn goes_on_from(place: &Place<'_>, date: &DateMention, between: Range<usize>) -> bool {
    let is_bound = is_bound(date);
    let is_since = date.relation == Relation::Since;
    // The time at the head of a sentence is that of all its clauses.
    let is_front = between.start <= FRONT;
    let mut is_apart = false;
    for at in between {
        let Some(token) = place.at(at) else { break };
        let parts = match token.kind {
            // "will extend cuts through June, and crude rose 89 cents": another thing.
            TokenKind::Comma => is_bound && !is_front && place.has(at + 1, Tags::AND),
            TokenKind::Semicolon => {
                is_apart = !is_front;
                false
            }
            TokenKind::Word if token.is(Tags::CONJUNCTION) => {
                let is_now = || place.is(at + 1, "is") || place.is(at + 1, "are");
                is_further(place, date, at)
                    || (token.is(Tags::AND) || place.is(at, "but")) && is_now()
            }
            // "figures out on Friday show": when it was said.
            TokenKind::Word if token.is(Tags::REPORTING) => {
                SHOWS.hold(place.content, token) && !place.is_kind(at + 1, TokenKind::Comma)
            }
            // "will stop at midnight on Sunday after drivers rejected 4 %"
            TokenKind::Word if token.is(Tags::PREPOSITION) => !is_front && place.is(at, "after"),
            TokenKind::Word => is_since && token.is(Tags::MODAL),
            _ => false,
        };
        // "the house votes on June 12; the coalition has": behind a semicolon, what is so now.
        if parts || is_apart && NOW.hold(place.content, token) {
            return true;
        }
    }
    false
}

/// Whether the conjunction at `at` begins what a date that bounds, or a time of day, is not of.
fn is_further(place: &Place<'_>, date: &DateMention, at: usize) -> bool {
    let is_bound = is_bound(date);
    let is_clock = matches!(
        date.time.granularity(),
        Some(Granularity::Second | Granularity::Minute | Granularity::Hour)
    );
    let is_and = place.has(at, Tags::AND) || place.is(at, "but");
    is_and && (is_bound && is_verb(place, at + 1) || is_clock && place.has(at + 1, Tags::MODAL))
        || is_bound && place.is(at, "although")
}

fn is_bound(date: &DateMention) -> bool {
    matches!(date.relation, Relation::By | Relation::Until)
}

/// Tokens of a time at the head of a sentence.
const FRONT: usize = 4;

/// "now expects growth of 3 % in 2024": the time of the thought, not of what is thought.
fn is_thought(place: &Place<'_>, date: &DateMention, day: usize) -> bool {
    date.time.when == When::Present
        && place.at(day + 1).is_some_and(|t| THINKS.hold(place.content, t))
}

/// "is up by a third in five years": how long it took, where nothing is to come.
fn is_while(place: &Place<'_>, claim: &Claim, day: usize) -> bool {
    claim.change.role == Role::ChangeBy
        && place.tags & Tags::MODAL == 0
        && day > 0
        && place.is(day - 1, "in")
        && (place.has(day, Tags::NUMBER)
            || place.is(day, "a")
            || place.is_kind(day, TokenKind::Number))
        && place.has(day + 1, Tags::TIME_UNIT)
}

/// "said on Wednesday", "announced Friday": the day on which it was said.
fn is_told(place: &Place<'_>, date: &DateMention, day: usize) -> bool {
    let on = usize::from(day > 0 && place.is(day - 1, "on"));
    date.time.granularity() == Some(Granularity::Day)
        && day
            .checked_sub(1 + on)
            .and_then(|at| place.at(at))
            .is_some_and(|t| TOLD.hold(place.content, t))
}

static TOLD: Words<12> = Words::new([
    "said",
    "announced",
    "reported",
    "told",
    "confirmed",
    "warned",
    "added",
    "revealed",
    "disclosed",
    "stated",
    "declared",
    "estimated",
]);

static THINKS: Words<12> = Words::new([
    "expects",
    "expect",
    "sees",
    "see",
    "forecasts",
    "predicts",
    "projects",
    "plans",
    "hopes",
    "aims",
    "wants",
    "anticipates",
]);

/// Words of what is so now.
static NOW: Words<6> = Words::new(["is", "are", "has", "have", "'s", "now"]);

/// What figures do on the day that they are told.
static SHOWS: Words<8> = Words::new([
    "show",
    "shows",
    "showed",
    "suggest",
    "suggested",
    "reveal",
    "revealed",
    "indicated",
]);

/// Links the number `at` of the facts to the date that it holds for: to the whole of it, or to a longer `time` that it opens or
/// ends.
fn date_by(mentions: &mut Mentions, at: usize, date: usize, time: Option<TimeValue>) {
    let Some(Kind::Date(found)) = mentions.facts.get(date).map(|fact| &fact.kind) else { return };
    let time = time.unwrap_or(found.time);
    if let Some(fact) = mentions.facts.get_mut(at) {
        fact.links.push(Link { to: date as u32, link: LinkType::DatedBy });
        if let Kind::Numeric(claim) = &mut fact.kind {
            claim.time = Some(time);
        }
    }
}

/// The time that a date opens or ends, and the date that opens it: "between 2013 and 2023".
fn between_two(place: &Place<'_>, mentions: &Mentions, date: usize) -> Option<(usize, TimeValue)> {
    let dates = mentions.places(mentions.now, DATES);
    let is_inside = |first: &usize| *first >= dates.start && first + 1 < dates.end;
    [Some(date), date.checked_sub(1)]
        .into_iter()
        .flatten()
        .filter(is_inside)
        .find_map(|first| Some((first, between(place, mentions, first)?)))
}

/// The time from a date to the next: "between 2013 and 2023", "from May to July".
fn between(place: &Place<'_>, mentions: &Mentions, first: usize) -> Option<TimeValue> {
    let [one, two] = mentions.facts.get(first..first + 2)? else { return None };
    let (Kind::Date(from), Kind::Date(to)) = (&one.kind, &two.kind) else { return None };
    let (When::At(begin), When::At(end)) = (from.time.when, to.time.when) else { return None };
    let lead = place.tokens.partition_point(|t| t.span.begin < one.span.begin).checked_sub(1)?;
    let mark = place.tokens.partition_point(|t| t.span.begin < two.span.begin).checked_sub(1)?;
    let is_next = mark.checked_sub(1).and_then(|at| place.at(at))?.span.end == one.span.end;
    let is_tied = place.is(lead, "between") && place.has(mark, Tags::AND)
        || place.is(lead, "from") && place.is(mark, "to");
    (is_tied && is_next && begin.granularity() == end.granularity())
        .then_some(TimeValue { when: When::Between(Some(begin), Some(end)), ..to.time })
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
    // "Cocoa, at a record $11,461 a ton last month, has since"
    // "Joel Aku, a £31m signing in July, missed from"
    if date < claim && (place.is(open + 1, "at") || place.is(open + 1, "a")) {
        return true;
    }
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
static BORN: Words<17> = Words::new([
    "cut", "hit", "paid", "lost", "won", "frozen", "due", "born", "built", "made", "set", "begun",
    "taken", "bought", "sold", "held", "founded",
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
