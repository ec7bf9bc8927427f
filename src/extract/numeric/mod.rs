//! Numeric claims: how much of what, compared with what, up or down.

mod age;
mod antecedent;
mod beside;
mod change;
mod claim;
mod comparator;
mod compared;
mod dated;
mod described;
mod ellipsis;
mod moved;
mod multiple;
mod plural;
mod points;
mod rank;
mod ratio;
mod settle;
mod share;
mod silence;
mod stated;
mod step;
mod subject;
mod tie;
mod word;

use std::ops::Range;

use super::{Context, Mentions, NUMBERS};
use crate::fact::{
    Comparator, Direction, Fact, Kind, Modality, NOWHERE, NumericClaim, NumericKind, Role,
    TimexType,
};
use crate::lexicon::Tags;
use crate::phrase::hedge;
use crate::phrase::numeral::{Form, value_of};
use crate::phrase::place::Place;
use crate::phrase::quantity::{self, Evidence, Measured, quantity};
use crate::phrase::range::{self, Tie};
use crate::span::Span;
use crate::text::Sentence;
use crate::token::{Token, TokenKind, Words};

use change::Change;
use multiple::Multiple;
use rank::Rank;

/// A quantity with all that is said of it, before it becomes a fact.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// The whole mention, as tokens.
    tokens: Range<usize>,
    measured: Box<Measured>,
    comparator: Comparator,
    change: Change,
    /// Stands in brackets behind another that says the same.
    is_bracketed: bool,
}

/// Reads the numeric claims of a sentence.
pub(super) fn extract(
    ctx: &Context<'_>,
    index: u32,
    sentence: &Sentence,
    places: &[u32],
    mentions: &mut Mentions,
) {
    let tokens = ctx.tokens(sentence);
    let places = places.iter().map(|at| (at - sentence.tokens.start) as usize);
    let mut triggers = places.filter(|at| begins(tokens, *at)).peekable();
    if triggers.peek().is_none() {
        return;
    }
    let place = Place {
        lexicon: ctx.lexicon,
        content: ctx.text.content,
        tokens,
        tags: sentence.tags,
        region: ctx.document.region,
    };
    let first = mentions.facts.len();
    let mut claims = std::mem::take(&mut mentions.claims);
    claims.clear();
    let mut read_to = 0;
    for at in triggers {
        if at >= read_to {
            read_to = claim(&place, mentions, at, &mut claims);
        }
    }
    settle::settle(&place, &mut claims);
    let has_hedge = !claims.is_empty() && hedge::has_hedge(ctx.lexicon, sentence, tokens);
    for at in 0..claims.len() {
        if let Some(mut fact) = fact(ctx, &place, index, sentence, mentions, &mut claims, at) {
            let (modality, hedge) = stated::modality(ctx, sentence, &claims, at, has_hedge);
            (fact.modality, fact.hedged) = (modality, hedge.unwrap_or_default());
            mentions.push(NUMBERS, fact);
        }
    }
    tie::tie(&place, mentions, first, &claims);
    mentions.claims = claims;
}

fn is_trigger(token: &Token) -> bool {
    (token.kind == TokenKind::Number) | token.is(Tags::AMOUNTS)
}

/// Whether a quantity may begin at a token. A word that is nothing but the head of a currency ("A$", "US", "can") needs its
/// sign or number behind it.
fn begins(tokens: &[Token], at: usize) -> bool {
    let is_money = tokens.get(at).is_some_and(|token| {
        token.kind == TokenKind::Word && token.tags & Tags::AMOUNTS == Tags::CURRENCY
    });
    !is_money
        || tokens.get(at + 1).is_some_and(|next| {
            (next.kind != TokenKind::Word) | next.is(Tags::NUMBER | Tags::FRACTION | Tags::CURRENCY)
        })
}

/// Reads the claim triggered at `at`; returns where to go on.
fn claim(place: &Place<'_>, mentions: &Mentions, at: usize, claims: &mut Vec<Claim>) -> usize {
    let read_to =
        claims.last().map_or(0, |last| inner(place, &last.measured).unwrap_or(last.tokens.end));
    if is_only_dated(place, mentions, at) {
        return at + 1;
    }
    match rank::rank(place, mentions, at) {
        Some(Rank::Claim(measured)) => {
            let tokens = measured.tokens.clone();
            let end = tokens.end;
            claims.push(Claim {
                tokens,
                measured,
                comparator: Comparator::Equal,
                change: Change::none(),
                is_bracketed: false,
            });
            return end;
        }
        Some(Rank::Silent(len)) => return at + len,
        None => {}
    }
    match multiple::multiple(place, at) {
        Some(Multiple::Claim(measured, change)) => {
            if at >= read_to {
                push(place, measured, change, claims);
            }
            return at + 1;
        }
        Some(Multiple::Silent) => return at + 1,
        None => {}
    }
    if let Some(measured) = ratio::ratio(place, at).filter(|_| at >= read_to) {
        let end = measured.tokens.end;
        push(place, measured, Change::none(), claims);
        return end;
    }
    if let Some((first, second)) = ratio::votes(place, at).filter(|_| at >= read_to) {
        let end = second.tokens.end;
        push(place, first, Change::none(), claims);
        push(place, second, Change::none(), claims);
        return end;
    }
    let Some(measured) = quantity(place, at) else { return at + 1 };
    if measured.tokens.start < read_to {
        return at + 1;
    }
    if is_dated(place, mentions, &measured) && !begins_length(place, mentions, &measured) {
        return measured.tokens.end.max(at + 1);
    }
    if let Some(pair) = range::pair(place, &measured)
        && !is_dated(place, mentions, &pair.second)
    {
        // "from 5 to 7 percent to 3 to 5 percent": a range becomes another.
        let is_from_range = || {
            place.is(pair.second.tokens.end, "to")
                && quantity(place, pair.second.tokens.end + 1)
                    .is_some_and(|third| range::pair(place, &third).is_some())
        };
        let is_change = pair.tie == Tie::To
            && !share::is_from_range(place, claims, &pair)
            && (change::is_from(place, pair.first.tokens.start)
                && pair.first.evidence <= pair.second.evidence
                || is_from_behind(place, claims, &pair)
                || step::is_by_then_to(place, claims, &measured, &pair))
            && !is_from_range();
        // "from $140 to $155 to $170" goes on; "$140 to $155 to $170" are three.
        if !is_change
            && pair.tie == Tie::To
            && pair.lead.is_none()
            && let Some(third) = range::pair(place, &pair.second)
            && third.tie == Tie::To
            && third.second.quantity.unit_name == pair.second.quantity.unit_name
            && third.second.quantity.currency_code == pair.second.quantity.currency_code
        {
            let end = third.second.tokens.end;
            for measured in [pair.first, pair.second, third.second] {
                accept(place, measured, claims);
            }
            return end;
        }
        if !is_change && range::is_range(&pair) {
            let joined = range::joined(place, &pair);
            let end = joined.tokens.end;
            if is_label_pair(place, &pair, &joined) {
                return end;
            }
            accept(place, joined, claims);
            return end;
        }
        if pair.tie == Tie::Dash && !range::is_range(&pair) && pair.first.evidence > Evidence::Noun
        {
            // A score, a phone number, a route: "2-1", "737-800".
            return if pair.second.evidence <= Evidence::Noun && pair.second.tokens.start > at {
                pair.second.tokens.start
            } else {
                pair.second.tokens.end
            };
        }
        if is_change {
            let end = pair.first.tokens.end;
            // "by a quarter to 9.6 million seats": a part is of what there was.
            let is_part = measured.numeral.form == Form::Fraction;
            accept(place, if is_part { measured } else { pair.first }, claims);
            return end;
        }
    }
    let end = measured.tokens.end;
    if let Some((first, second)) = range::either(place, &measured) {
        let end = second.tokens.end;
        accept(place, first, claims);
        accept(place, second, claims);
        return end;
    }
    let end = inner(place, &measured).unwrap_or(end);
    accept(place, measured, claims);
    end
}

/// Takes a quantity whose part in a change is known, with the comparator before it.
fn push(place: &Place<'_>, measured: Box<Measured>, change: Change, claims: &mut Vec<Claim>) {
    let mut tokens = measured.tokens.clone();
    let read_to = claims.last().map_or(0, |last| last.tokens.end);
    let before =
        comparator::before(place, tokens.start).filter(|(_, len)| tokens.start - len >= read_to);
    let is_part = range::low(measured.quantity.amount)
        .is_some_and(|times| times < crate::fact::Decimal::whole(1));
    let comparator = before.map_or(Comparator::Equal, |(comparator, len)| {
        tokens.start -= len;
        match comparator {
            // "more than halved": less than half is left.
            Comparator::MoreThan if is_part => Comparator::LessThan,
            Comparator::LessThan if is_part => Comparator::MoreThan,
            Comparator::AtLeast if is_part => Comparator::AtMost,
            Comparator::AtMost if is_part => Comparator::AtLeast,
            other => other,
        }
    });
    claims.push(Claim { tokens, measured, comparator, change, is_bracketed: false });
}

/// Where a measure or a whole begins inside what a number counts: "eight million 250ml bottles", "five of the three-ton
/// lorries", "43 of the 121 seats".
fn inner(place: &Place<'_>, measured: &Measured) -> Option<usize> {
    if measured.kind != NumericKind::Count || measured.tokens.len() < 4 {
        return None;
    }
    (measured.numeral.end..measured.tokens.end).find(|&at| {
        let digits = place.is_kind(at, TokenKind::Number) && place.has(at + 1, Tags::UNIT);
        let words = place.has(at, Tags::NUMBER) && place.has(at + 2, Tags::UNIT);
        let hyphen = place.is_kind(at + 1, TokenKind::Hyphen);
        let is_whole = || {
            let from = measured.numeral.end.max(at.saturating_sub(FARTHEST_OF));
            (place.is_kind(at, TokenKind::Number) || place.has(at, Tags::NUMBER))
                && !place.is_kind(at + 1, TokenKind::Hyphen)
                && (from..at).any(|at| place.is(at, "of"))
        };
        digits
            || is_whole()
            || (words || place.is_kind(at, TokenKind::Number) && place.has(at + 2, Tags::UNIT))
                && hyphen
    })
}

/// Tokens from the "of" to the whole: "of Lund's 95 million shares".
const FARTHEST_OF: usize = 4;

/// "were up 32 %, from 6,100 to 8,050": what changed by the amount before.
fn is_from_behind(place: &Place<'_>, claims: &[Claim], pair: &range::Pair) -> bool {
    let Some(from) = pair.lead.filter(|&lead| place.is(lead, "from")) else { return false };
    claims
        .last()
        .is_some_and(|last| last.change.role == Role::ChangeBy && from <= last.tokens.end + 1)
}

/// "2-1", "10-15": a pair of digits with a dash and nothing that they count.
fn is_label_pair(place: &Place<'_>, pair: &range::Pair, joined: &Measured) -> bool {
    pair.tie == Tie::Dash
        && joined.evidence > Evidence::Noun
        && (joined.numeral.form == Form::Digits || joined.numeral.form == Form::Words)
        && !claim::is_measured(place, joined.tokens.start)
        || silence::is_label(place, joined)
}

/// Whether a date that is no length of time covers the numeral.
fn is_dated(place: &Place<'_>, mentions: &Mentions, measured: &Measured) -> bool {
    let is_time = matches!(measured.kind, NumericKind::Duration | NumericKind::Age);
    // "three quarters" and nothing else is a fraction.
    let is_mixed = || value_of(&measured.numeral).is_some_and(|value| !value.is_whole());
    if (measured.numeral.form == Form::Fraction || measured.kind == NumericKind::Bare && is_mixed())
        && claim::is_whole_sentence(place, measured)
    {
        return false;
    }
    if measured.evidence == Evidence::Unit && !is_time
        || age::decade_of_life(place, measured).is_some()
    {
        return false;
    }
    let span = measured.quantity.numeral_span;
    let is_covered = mentions.dates_at(span).any(|(at, date)| {
        let is_length = is_time && date.time.timex_type() == TimexType::Duration;
        !(is_length && is_bare_length(place, at, measured))
    });
    is_covered || is_ago(place, measured)
}

/// Whether a date covers the digits at `at`, and no unit can stand beside them: "March 3, 2021", "in 2019.".
fn is_only_dated(place: &Place<'_>, mentions: &Mentions, at: usize) -> bool {
    let Some(token) = place.at(at).filter(|token| token.kind == TokenKind::Number) else {
        return false;
    };
    let is_last = place.at(at + 1).is_none_or(|next| match next.kind {
        TokenKind::Comma | TokenKind::Dot | TokenKind::CloseBracket => true,
        TokenKind::Word => {
            !next.is_joined() && !next.is(BEHIND_DIGITS) && !TIES.hold(place.content, next)
        }
        _ => false,
    });
    let is_free =
        at.checked_sub(1).and_then(|at| place.at(at)).is_none_or(|before| match before.kind {
            TokenKind::Word | TokenKind::Comma => true,
            TokenKind::Dot => !token.is_joined(),
            _ => false,
        });
    is_last
        && is_free
        && mentions
            .dates_at(token.span)
            .any(|(at, date)| at.covers(token.span) && date.time.timex_type() == TimexType::Date)
}

/// Classes of words that make a quantity of the digits before them.
const BEHIND_DIGITS: u64 = Tags::UNIT
    | Tags::MONEY
    | Tags::SCALE
    | Tags::JOINED_SCALE
    | Tags::GROUP
    | Tags::FRACTION
    | Tags::AND
    | Tags::NUMBER
    | Tags::COMPARATOR_AFTER;

/// Between the ends of a range.
static TIES: Words<6> = Words::new(["to", "or", "through", "up", "per", "fold"]);

/// "7 to 14 days": a number that a date covers, as the first end of a length of time.
fn begins_length(place: &Place<'_>, mentions: &Mentions, measured: &Measured) -> bool {
    measured.kind == NumericKind::Bare
        && range::pair(place, measured).is_some_and(|pair| {
            pair.second.kind == NumericKind::Duration
                && range::is_range(&pair)
                && !is_dated(place, mentions, &pair.second)
        })
}

/// Whether a length of time is said by itself, and not counted from somewhere: "18 months", but "the first seven months of
/// the year", "two weeks later".
fn is_bare_length(place: &Place<'_>, date: Span, measured: &Measured) -> bool {
    let quantity = measured.quantity.span;
    let lead = Span::new(date.begin, quantity.begin).of(place.content).trim_start();
    let is_counted = COUNTED_FROM
        .iter()
        .any(|word| lead.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)));
    // "28 minutes and 34 seconds" are one length in two parts.
    let rest = Span::new(quantity.end.min(date.end), date.end).of(place.content).trim_start();
    let goes_on = rest.starts_with("and ") || rest.starts_with(|c: char| c.is_ascii_digit());
    (date.end <= quantity.end || goes_on) && !is_counted
}

/// Words before a length of time that place it in the calendar.
const COUNTED_FROM: &[&str] = &[
    "the", "this", "these", "those", "last", "past", "next", "first", "final", "coming", "previous",
];

/// "three years ago" is a date.
fn is_ago(place: &Place<'_>, measured: &Measured) -> bool {
    let end = measured.tokens.end;
    measured.kind == NumericKind::Duration
        && (place.is(end, "ago") || place.is(end, "back") && settle::is_phrase_end(place, end + 1))
}

/// Takes a quantity as a claim when the words around it show that it is one.
fn accept(place: &Place<'_>, mut measured: Box<Measured>, claims: &mut Vec<Claim>) {
    if let Some(age) = age::age(place, &measured, claims) {
        measured = age;
    }
    if claim::is_of_casualties(place, &measured) {
        measured.kind = NumericKind::Count;
        measured.evidence = Evidence::Noun;
        measured.quantity.unit_name = Some("people".into());
    }
    // "the number of visitors, at 2.1m": millions, not metres.
    let is_number = || {
        let start = measured.tokens.start;
        (start.saturating_sub(8)..start).any(|at| {
            place.is(at, "number") && (place.is(at + 1, "of") || at + 1 == start)
                || place.is(at, "numbered") && at + 1 == start
                || place.at(at).is_some_and(|t| settle::COUNTED.hold(place.content, t))
        })
    };
    // "from 2.6m children to 1.9m": millions again, not metres.
    if measured.numeral.letter.is_some()
        && (claims.last().is_some_and(|last| {
            last.measured.numeral.scale >= 6 && last.measured.kind != NumericKind::Measure
        }) || is_number())
        && let Some(scaled) = quantity::scaled_letter(place, &measured)
    {
        measured = scaled;
    }
    if silence::is_silent(place, &measured) {
        return;
    }
    let mut tokens = measured.tokens.clone();
    let mut comparator = measured.comparator.unwrap_or_default();
    // What the claim before took is its own: "5 or more than 4".
    let read_to = claims.last().map_or(0, |last| last.tokens.end);
    if let Some((before, len)) = comparator::before(place, tokens.start)
        && tokens.start - len >= read_to
        && !comparator::is_about(place, &measured, tokens.start - len, len)
        && !word::is_up_of_verb(place, tokens.start - len)
        && !comparator::is_during(place, &measured, tokens.start - len, claims)
    {
        comparator = before;
        tokens.start -= len;
    } else if place.tags & Tags::CHANGE != 0
        && measured.kind != NumericKind::Count
        && let Some((past, len)) = comparator::crossed(place, tokens.start)
    {
        comparator = past;
        tokens.start -= len;
    }
    // "under the age of 5"
    if comparator == Comparator::Equal
        && measured.kind == NumericKind::Age
        && let Some(before) = age::lead(place, tokens.start)
        && let Some((bound, _)) = comparator::before(place, before)
    {
        comparator = bound;
    }
    if let Some((after, len)) = comparator::after(place, tokens.end)
        && (comparator == Comparator::Equal || comparator == Comparator::About)
    {
        comparator = after;
        tokens.end += len;
    }
    let mut change = change::change(place, claims, &measured, tokens.clone());
    if change.role == Role::Level
        && let Some(is_plus) = age::is_signed(place, &measured)
    {
        change.role = Role::ChangeBy;
        change.direction = Some(settle::of_sign(is_plus));
    }
    // "rose as high as $1.09": that high, and then less.
    if change.role == Role::ChangeTo
        && place.is(tokens.start, "as")
        && (place.is(tokens.start + 1, "high") || place.is(tokens.start + 1, "low"))
    {
        comparator = Comparator::Equal;
    }
    let has_comparator = comparator != Comparator::Equal
        || tokens.start < measured.tokens.start
            && place.has(tokens.start, Tags::COMPARATOR)
            && claim::is_equation(place, tokens.start);
    if !claim::is_claim(place, &measured, has_comparator, &change, claims) {
        return;
    }
    claims.push(Claim { tokens, measured, comparator, change, is_bracketed: false });
}

fn fact(
    ctx: &Context<'_>,
    place: &Place<'_>,
    index: u32,
    sentence: &Sentence,
    mentions: &Mentions,
    claims: &mut [Claim],
    at: usize,
) -> Option<Fact> {
    let subject = subject::subject(ctx, place, sentence, mentions, claims, at);
    let Claim { tokens, measured, comparator, change, .. } = claims.get_mut(at)?;
    measured.quantity.comparator = *comparator;
    ellipsis::known_currency(mentions, &mut measured.quantity);
    // Written where it stays, and not moved there.
    let mut stated = Box::write(
        Box::new_uninit(),
        NumericClaim {
            quantity: measured.quantity.taken(),
            kind: measured.kind,
            subject,
            counted: measured.counted,
            role: change.role,
            // What a change begins with goes no way itself.
            direction: change.direction.filter(|_| change.role != Role::ChangeFrom),
            time: None,
            consistency: None,
        },
    );
    if let Some(noun) = subject.filter(|_| measured.kind == NumericKind::Bare)
        && let Some(name) = plural::counted(place, change, &stated.quantity, noun)
    {
        stated.quantity.unit_name = Some(name.into());
        stated.kind = NumericKind::Count;
        stated.counted = Some(noun);
    }
    let rule = match (measured.kind, change.role) {
        (_, Role::ChangeBy) => "numeric.change.by",
        (_, Role::ChangeFrom) => "numeric.change.from",
        (_, Role::ChangeTo) => "numeric.change.to",
        (NumericKind::Money, Role::Level) => "numeric.money",
        (NumericKind::Percent | NumericKind::PercentagePoint, Role::Level) => "numeric.percent",
        (NumericKind::Count | NumericKind::Multiple, Role::Level) => "numeric.count",
        (NumericKind::Ordinal, Role::Level) => "numeric.ordinal",
        (NumericKind::Age, Role::Level) => "numeric.age",
        (NumericKind::Bare | NumericKind::Fraction, Role::Level) => "numeric.bare",
        (_, Role::Level) => "numeric.measure",
    };
    Some(Fact {
        id: 0,
        span: place.span(tokens.clone()),
        sentence: index,
        stands_in: NOWHERE,
        modality: Modality::Asserted,
        hedged: Span::default(),
        confidence: stated::confidence(measured, change),
        rule,
        links: Vec::new(),
        kind: Kind::Numeric(stated),
    })
}

/// Which way from one value to another.
fn way(from: Option<crate::fact::Decimal>, to: Option<crate::fact::Decimal>) -> Option<Direction> {
    let (from, to) = (from?, to?);
    Some(match to.cmp(&from) {
        std::cmp::Ordering::Greater => Direction::Up,
        std::cmp::Ordering::Less => Direction::Down,
        std::cmp::Ordering::Equal => Direction::Unchanged,
    })
}
