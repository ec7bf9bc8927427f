//! Ordinals that say a rank: "finished second", "the third-largest", "in ninth place", "the first two books".

use std::ops::Range;

use crate::extract::Mentions;
use crate::lexicon::Tags;
use crate::phrase::numeral::Form;
use crate::phrase::ordinal::ordinal;
use crate::phrase::place::Place;
use crate::phrase::quantity::{self, Measured};
use crate::token::{TokenKind, Words, flags};

use super::settle::is_phrase_end;

/// An ordinal at a token, and whether it says a rank.
pub(super) enum Rank {
    /// It does.
    Claim(Box<Measured>),
    /// It is part of a name, a date or an idiom: the tokens that it takes.
    Silent(usize),
}

/// Reads the ordinal at `at`; `None` where there is none, or it may be a fraction.
pub(super) fn rank(place: &Place<'_>, mentions: &Mentions, at: usize) -> Option<Rank> {
    let head = place.at(at)?;
    let is_digits = head.kind == TokenKind::Number;
    // "third", "twenty-first", "10th": most numbers have nothing of the kind behind them.
    let may_be = if is_digits {
        place.at(at + 1).is_some_and(|t| t.is_word() && t.is_joined())
    } else if head.is(Tags::NUMBER) {
        place.is_kind(at + 1, TokenKind::Hyphen) || place.has(at + 1, IN_ORDINAL)
    } else {
        head.is(IN_ORDINAL)
    };
    // "12st 4lb" is a weight.
    let is_weight =
        || place.is(at + 1, "st") && (place.is(at + 3, "lb") || place.is(at + 3, "lbs"));
    if !may_be || is_digits && is_weight() {
        return None;
    }
    let read = ordinal(place.lexicon, place.content, place.from(at))?;
    let tokens = at..at + read.len;
    let says_rank = says_rank(place, &tokens, read.value == crate::fact::Decimal::whole(1));
    if !says_rank || mentions.has_date_at(place.span(tokens.clone())) {
        // "a third of them" is a fraction, and "4.3 second" a time.
        let is_open = !is_digits && read.len == 1 && head.is(Tags::FRACTION | Tags::UNIT);
        return (!is_open).then_some(Rank::Silent(read.len));
    }
    let form = if is_digits { Form::Digits } else { Form::Words };
    Some(Rank::Claim(quantity::rank(place, read.value, form, tokens)))
}

/// Classes of the words of an ordinal.
const IN_ORDINAL: u64 = Tags::ORDINAL | Tags::FRACTION | Tags::NUMBER | Tags::SCALE | Tags::AND;

fn says_rank(place: &Place<'_>, tokens: &Range<usize>, is_first: bool) -> bool {
    let Range { start, end } = *tokens;
    let rest = place.tokens.len() - tokens.len();
    if rest == 0 || rest == 1 && place.tokens.last().is_some_and(|t| t.kind == TokenKind::Dot) {
        return true;
    }
    let hyphen = usize::from(place.is_kind(end, TokenKind::Hyphen) && place.is_joined(end));
    let next = end + hyphen;
    if !is_first && is_superlative(place, next) {
        return true;
    }
    if hyphen > 0 {
        return place.at(next).is_some_and(|t| PLACES.hold(place.content, t))
            && !place.is(next, "seed");
    }
    let Some(after) = place.at(end) else { return is_ranked(place, start, end, is_first) };
    if PLACES.hold(place.content, after) {
        return true;
    }
    // "the first two books", "the second one"
    let selects = after.is(Tags::NUMBER) || after.kind == TokenKind::Number && !after.is_joined();
    if selects && start > 0 && place.is(start - 1, "the") {
        return true;
    }
    // "her third term", "a seventh title", "Ninth Meeting of the Council"; "Third time lucky" is none.
    let is_sequence = SEQUENCES.hold(place.content, after);
    let opens_title = start == 0 && after.has(flags::CAPITAL);
    let is_led = start > 0 && place.has(start - 1, Tags::DETERMINER);
    if is_sequence && (!is_first && is_led || opens_title) {
        return true;
    }
    is_ranked(place, start, end, is_first)
}

/// "second-largest", "third most": a superlative behind an ordinal.
fn is_superlative(place: &Place<'_>, at: usize) -> bool {
    let Some(token) = place.at(at).filter(|t| t.is_word()) else { return false };
    let text = token.text(place.content);
    place.is_any(at, &["most", "least", "best", "worst"])
        || text.len() > 5
            && text.ends_with("est")
            && !text.starts_with(char::is_uppercase)
            && !NOUNS_IN_EST.hold(place.content, token)
}

/// "finished second", "was ranked 11th", "came a distant third": a verb of ranking before, no noun behind.
fn is_ranked(place: &Place<'_>, start: usize, end: usize, is_first: bool) -> bool {
    // "rose a third" is by a part of it, "came a close third" a place.
    if !is_phrase_end(place, end) || start > 0 && place.is(start - 1, "a") {
        return false;
    }
    let mut verb = start;
    while let Some(before) = verb.checked_sub(1).filter(|before| before + 4 > start) {
        let Some(token) = place.at(before) else { return false };
        if RANKS.hold(place.content, token) {
            return true;
        }
        if token.is(Tags::AUXILIARY) {
            // "was first reported" is no rank, "was first in the poll" is one.
            let is_place = place.is_any(end, &["in", "on", "among", "behind", "of", "with"]);
            return !is_first && before + 2 > start && is_place;
        }
        let is_between = token.is(Tags::ADVERB)
            || place.is_any(
                before,
                &[
                    "a", "the", "in", "joint", "equal", "distant", "close", "an", "tied", "for",
                    "as",
                ],
            );
        if !is_between {
            return false;
        }
        verb = before;
    }
    false
}

/// Verbs that put in an order.
static RANKS: Words<27> = Words::new([
    "finish",
    "finished",
    "finishes",
    "finishing",
    "rank",
    "ranked",
    "ranks",
    "ranking",
    "placed",
    "places",
    "came",
    "come",
    "comes",
    "coming",
    "stands",
    "stood",
    "sits",
    "sat",
    "sitting",
    "lies",
    "lying",
    "ended",
    "qualified",
    "rated",
    "slipped",
    "climbed",
    "rose",
]);

/// Behind an ordinal that is a rank.
static PLACES: Words<9> = Words::new([
    "place",
    "spot",
    "position",
    "placed",
    "consecutive",
    "straight",
    "successive",
    "ranked",
    "seed",
]);

/// What is counted as it comes: its ordinal says how many there have been.
static SEQUENCES: Words<29> = Words::new([
    "time",
    "anniversary",
    "meeting",
    "session",
    "edition",
    "birthday",
    "term",
    "attempt",
    "title",
    "win",
    "victory",
    "defeat",
    "loss",
    "season",
    "conference",
    "congress",
    "summit",
    "round",
    "goal",
    "century",
    "case",
    "death",
    "child",
    "appearance",
    "start",
    "visit",
    "increase",
    "rise",
    "cut",
]);

/// Nouns that end like superlatives.
static NOUNS_IN_EST: Words<12> = Words::new([
    "contest", "request", "protest", "interest", "forest", "harvest", "arrest", "conquest",
    "priest", "inquest", "bequest", "tempest",
]);
