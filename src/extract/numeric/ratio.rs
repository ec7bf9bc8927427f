//! Ratios: "a ratio of 3:1", "a 2-1 majority", "by four to one"; and the two sides of a vote: "voted 31 to 22".

use crate::fact::Decimal;
use crate::lexicon::Tags;
use crate::phrase::number::unscaled;
use crate::phrase::place::Place;
use crate::phrase::quantity::{self, Measured};
use crate::token::{Token, TokenKind, Words};

use super::comparator;
use super::settle::is_phrase_end;

/// Reads the ratio that begins at the number at `at`: its value is the first over the second.
///
/// `None` for scores, clock times and ranges: without a word that says so, "3:1" and "4-1" are results.
pub(super) fn ratio(place: &Place<'_>, at: usize) -> Option<Box<Measured>> {
    // The sign first: most numbers have none behind them.
    let tie = at + 1;
    let sign = place.at(tie)?;
    let (is_to, second_at) = match sign.kind {
        TokenKind::Colon | TokenKind::Hyphen | TokenKind::Dash
            if sign.is_joined() && place.is_joined(tie + 1) =>
        {
            // "two-to-one"
            let is_to = sign.kind == TokenKind::Hyphen
                && place.is(tie + 1, "to")
                && place.is_kind(tie + 2, TokenKind::Hyphen);
            (is_to, if is_to { tie + 3 } else { tie + 1 })
        }
        TokenKind::Word if place.is(tie, "to") => (true, tie + 1),
        _ => return None,
    };
    // "4-1" is a ratio only where it is one to one, "4-3" never.
    let may_be_one =
        |token: &Token| token.is(Tags::NUMBER) || matches!(token.key as u8, b'0' | b'1');
    if sign.kind != TokenKind::Colon && !is_to && !place.at(second_at).is_some_and(may_be_one) {
        return None;
    }
    let first =
        unscaled(place.lexicon, place.content, place.from(at)).filter(|read| read.len == 1)?;
    let second = unscaled(place.lexicon, place.content, place.from(second_at))?;
    let end = second_at + second.len;
    let (upper, lower) = (first.value.value, second.value.value);
    let is_to_one = lower == Decimal::whole(1) && upper > lower;
    let named = |at: usize| place.at(at).is_some_and(|t| RATIOS.hold(place.content, t));
    let is_behind = named(end);
    let is_before = || (at.saturating_sub(6)..at).any(named);
    // "by more than nine to one"
    let is_led = at > 0
        && (place.is(at - 1, "by")
            || comparator::before(place, at)
                .is_some_and(|(_, len)| at > len && place.is(at - len - 1, "by")));
    // "advancers outnumbered decliners by about four to three"
    let is_of_two = || {
        (at.saturating_sub(8)..at)
            .any(|at| place.at(at).is_some_and(|t| OUTNUMBERS.hold(place.content, t)))
            && is_phrase_end(place, end)
    };
    let is_said = match sign.kind {
        // "1:20 scale", "the ratio of women to men is 3:1"
        TokenKind::Colon => is_behind || is_before(),
        _ if is_to => {
            is_to_one
                && (is_behind || is_before() || is_led)
                && (is_behind || is_phrase_end(place, end))
                && !(at > 0 && place.is(at - 1, "from"))
                || is_before() && (at.saturating_sub(3)..at).any(|at| place.is(at, "ratio"))
                || is_of_two()
        }
        // "a 6-3 majority" is one of seats.
        _ => is_to_one && (is_behind || at > 0 && place.is(at - 1, "of") && is_before()),
    };
    let is_unit = place.has(end, Tags::UNIT) && place.is_joined(end);
    if !is_said || is_unit {
        return None;
    }
    Some(quantity::ratio(place, upper.divided(lower, 6)?, at..end))
}

/// Reads the two sides of a vote at its first number: "voted 31 to 22", "a vote of 218-212", "by 31 votes to 22".
///
/// `None` for scores: without a word of voting, "7-2" is a result.
pub(super) fn votes(place: &Place<'_>, at: usize) -> Option<(Box<Measured>, Box<Measured>)> {
    let noun = usize::from(place.is(at + 1, "votes"));
    let tie = at + 1 + noun;
    let sign = place.at(tie)?;
    let is_tied = match sign.kind {
        TokenKind::Hyphen | TokenKind::Dash => {
            noun == 0 && sign.is_joined() && place.is_joined(tie + 1)
        }
        TokenKind::Word => place.is(tie, "to"),
        _ => false,
    };
    if !is_tied || !(noun > 0 || is_of_vote(place, at)) {
        return None;
    }
    let read = |at: usize| {
        unscaled(place.lexicon, place.content, place.from(at))
            .filter(|read| read.len == 1 && read.value.value.is_whole())
    };
    let (first, second) = (read(at)?, read(tie + 1)?);
    let end = tie + 2;
    // "by two to one" says a ratio, "voted 54 to 46 percent" shares.
    let is_ratio = second.value.value == Decimal::whole(1) && place.is(at.checked_sub(1)?, "by");
    if is_ratio || !is_phrase_end(place, end) && !place.is(end, "votes") {
        return None;
    }
    let votes = usize::from(place.is(end, "votes"));
    Some((
        quantity::votes(place, first.value, at..at + 1 + noun),
        quantity::votes(place, second.value, tie + 1..end + votes),
    ))
}

/// Whether the words before a number say that it is of votes: "voted", "voted unanimously", "a vote of", "the vote was".
fn is_of_vote(place: &Place<'_>, at: usize) -> bool {
    let Some(mut before) = at.checked_sub(1) else { return false };
    let is_poll = |at: usize| place.at(at).is_some_and(|t| POLLS.hold(place.content, t));
    if place.is_any(before, &["of", "was", "is"]) {
        return before > 0 && is_poll(before - 1);
    }
    // "passed the Senate 52 to 46"
    if let Some(house) =
        (at.saturating_sub(4)..before).find(|&at| place.is(at, "passed") || place.is(at, "cleared"))
        && (house + 1..at).any(|at| place.at(at).is_some_and(|t| HOUSES.hold(place.content, t)))
    {
        return true;
    }
    while before > 0
        && (place.is(before, "by")
            || place.at(before).is_some_and(|t| t.ends_with(place.content, "ly")))
    {
        before -= 1;
    }
    place.at(before).is_some_and(|t| VOTED.hold(place.content, t))
}

/// What has two sides that are counted.
static POLLS: Words<7> =
    Words::new(["vote", "votes", "majority", "verdict", "ballot", "tally", "decision"]);

/// Where votes are held.
static HOUSES: Words<8> = Words::new([
    "senate",
    "house",
    "parliament",
    "congress",
    "assembly",
    "committee",
    "council",
    "chamber",
]);

/// Before the two sides of a vote.
static VOTED: Words<4> = Words::new(["vote", "voted", "votes", "voting"]);

/// Verbs that say how many of the one come to how many of the other.
static OUTNUMBERS: Words<8> = Words::new([
    "outnumber",
    "outnumbers",
    "outnumbered",
    "outnumbering",
    "outpaced",
    "outpacing",
    "outweighed",
    "outsold",
]);

/// Words that make two numbers a ratio.
static RATIOS: Words<12> = Words::new([
    "ratio",
    "ratios",
    "majority",
    "majorities",
    "margin",
    "margins",
    "odds",
    "scale",
    "gearing",
    "leverage",
    "advantage",
    "outnumbered",
]);
