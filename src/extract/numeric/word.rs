//! The word of change that a quantity goes with: "rose", "cut", "a fall of".

use std::ops::Range;

use crate::lexicon::{Change as Word, Found, Tags};
use crate::phrase::place::Place;
use crate::phrase::verb::is_pay;
use crate::token::{Token, TokenKind, Words};

/// The word of change that ends at `end`.
pub(super) fn ends_with_change(place: &Place<'_>, end: usize) -> Option<(Range<usize>, Word)> {
    (end.saturating_sub(3)..end).find_map(|at| {
        let found: Found<'_, Word> = place.lexicon.measures.changes.at(place.from(at))?;
        (at + found.len == end).then_some((at..end, *found.value))
    })
}

pub(super) fn is_direct(range: &Range<usize>, start: usize) -> bool {
    start - range.end <= 1
}

/// The word of change right before `end`, with adverbs, "a further" or a short object between: "rose sharply 5 %", "raised prices 5 %".
pub(super) fn direct(place: &Place<'_>, end: usize) -> Option<(Range<usize>, Word)> {
    for at in (end.saturating_sub(DIRECT_REACH)..end).rev() {
        let token = place.at(at)?;
        if token.is(Tags::CHANGE)
            && let Some(found) = place.lexicon.measures.changes.at(place.from(at))
            && at + found.len <= end
        {
            if is_of_other_verb(place, at) {
                return None;
            }
            return Some(whole(place, at, end).unwrap_or((at..at + found.len, *found.value)));
        }
        let goes_on = token.is_word()
            && (token.is(Tags::ADVERB)
                || token.ends_with(place.content, "ly")
                || BETWEEN.hold(place.content, token));
        if !goes_on {
            return None;
        }
    }
    None
}

/// "edged up", "gave up": the whole verb where it takes in the word at `at`.
fn whole(place: &Place<'_>, at: usize, end: usize) -> Option<(Range<usize>, Word)> {
    (1..3).find_map(|back| {
        let first = at.checked_sub(back).filter(|&first| place.has(first, Tags::CHANGE))?;
        let found = place.lexicon.measures.changes.at(place.from(first))?;
        let range = first..first + found.len;
        (range.end > at && range.end <= end).then_some((range, *found.value))
    })
}

/// The word of change that governs a preposition at `end`: in the same clause, with its object or other phrases between.
pub(super) fn word_before(place: &Place<'_>, end: usize) -> Option<(Range<usize>, Word)> {
    for at in (end.saturating_sub(REACH)..end).rev() {
        let token = place.at(at)?;
        if token.is(Tags::CHANGE)
            && let Some(found) = place.lexicon.measures.changes.at(place.from(at))
            && at + found.len <= end
            && is_usable(place, at..at + found.len, found.value, end)
        {
            return Some(whole(place, at, end).unwrap_or((at..at + found.len, *found.value)));
        }
        match token.kind {
            TokenKind::Semicolon
            | TokenKind::Colon
            | TokenKind::OpenQuote
            | TokenKind::CloseQuote
            | TokenKind::DoubleQuote
            | TokenKind::Ellipsis => return None,
            _ => {}
        }
        // "raise that to 97 %"
        let is_object =
            token.is(Tags::RELATIVE) && at + 1 == end && place.has(at - 1, Tags::CHANGE);
        // "cut Labour's lead to 11 points"
        let is_owned = token.is(Tags::VERB)
            && !token.is(Tags::AUXILIARY | Tags::PAST_VERB)
            && at > 0
            && ((at + 1 == end || place.is(at + 1, "of"))
                && place.has(at - 1, Tags::DETERMINER)
                && !place.has(at - 1, Tags::RELATIVE)
                // "raised pay by 5 %"
                || is_pay(place, at));
        if is_owned {
            continue;
        }
        if token.is(Tags::RELATIVE | Tags::MODAL | Tags::CONDITION) && !is_object
            || token.is_word()
                && token.is(Tags::AUXILIARY | Tags::PAST_VERB | Tags::VERB)
                && !is_participle(place, at)
        {
            return None;
        }
    }
    None
}

/// "expected", "revised" between a noun of change and its numbers.
fn is_participle(place: &Place<'_>, at: usize) -> bool {
    place.is(at, "expected") || place.is(at, "reported")
}

/// Whether a word of change away from the quantity may govern it.
fn is_usable(place: &Place<'_>, range: Range<usize>, word: &Word, end: usize) -> bool {
    let (at, is_next) = (range.start, range.end == end);
    // "the lower town", "a reduced price": no verb.
    let is_noun_phrase =
        at > 0 && place.at(at - 1).is_some_and(|t| ARTICLES.hold(place.content, t));
    if is_noun_phrase && !word.is_noun {
        return false;
    }
    if word.verb.is_some() && !word.is_noun {
        return !word.is_weak || is_next || place.has(at, Tags::PAST_VERB);
    }
    if word.is_noun {
        return !is_object(place, &range, word.verb.is_none());
    }
    // "up", "down", "higher" govern only what stands right behind them.
    is_next
        && !is_of_other_verb(place, at)
        && (place.is(at, "up")
            || place.is(at, "down")
            || place.is(at, "higher")
            || place.is(at, "lower"))
}

/// "cut its growth forecast to", "increased losses to": a noun of change that another word of change acts on, and a kind of
/// forecast.
fn is_object(place: &Place<'_>, noun: &Range<usize>, is_never_verb: bool) -> bool {
    if place.at(noun.end).is_some_and(|t| FORECASTS.hold(place.content, t)) {
        return true;
    }
    let Some(before) = noun.start.checked_sub(1) else { return false };
    let has_owner = place.at(before).is_some_and(|t| ARTICLES.hold(place.content, t));
    if place
        .at(before - usize::from(has_owner && before > 0))
        .is_some_and(|t| LIMITS.hold(place.content, t) && (has_owner || is_never_verb))
    {
        return true;
    }
    ends_with_change(place, noun.start - usize::from(has_owner)).is_some_and(|(_, verb)| {
        let acts = verb.takes_object || verb.direction.is_none() || is_never_verb && !has_owner;
        verb.verb.is_some() && acts
    })
}

/// What keeps a loss or a rise within a bound.
static LIMITS: Words<18> = Words::new([
    "limit",
    "limits",
    "limited",
    "limiting",
    "keep",
    "keeps",
    "kept",
    "keeping",
    "hold",
    "holds",
    "held",
    "cap",
    "caps",
    "capped",
    "restrict",
    "restricts",
    "restricted",
    "confine",
]);

/// What is added to something.
pub(super) static ADDS: Words<4> = Words::new(["add", "adds", "added", "adding"]);

/// What is foreseen or meant of a change.
static FORECASTS: Words<20> = Words::new([
    "forecast",
    "forecasts",
    "estimate",
    "estimates",
    "target",
    "targets",
    "outlook",
    "projection",
    "projections",
    "guidance",
    "prediction",
    "predictions",
    "expectation",
    "expectations",
    "goal",
    "goals",
    "assumption",
    "assumptions",
    "range",
    "rate",
]);

/// "put down £34,500", "boils down to $20": a verb that "up" or "down" makes another one, which changes nothing.
fn is_of_other_verb(place: &Place<'_>, at: usize) -> bool {
    // "grubbed up 5 % of their orchards", but "ended up 5 %"
    let is_other = |verb: &Token| {
        OTHER_VERBS.hold(place.content, verb)
            || verb.ends_with(place.content, "ed")
                && verb.span.len() > 4
                && !verb.is(Tags::CHANGE)
                && place.is(at, "up")
                && !CLOSES.hold(place.content, verb)
    };
    (place.is(at, "down") || place.is(at, "up")) && at > 0 && place.at(at - 1).is_some_and(is_other)
}

/// What a price does before it is up.
static CLOSES: Words<6> =
    Words::new(["ended", "closed", "finished", "traded", "opened", "settled"]);

static OTHER_VERBS: Words<50> = Words::new([
    "make", "makes", "made", "making", "take", "takes", "took", "taking", "used", "bought", "open",
    "opens", "opened", "opening", "put", "puts", "putting", "turn", "turned", "turning", "pay",
    "paid", "pays", "paying", "lay", "laid", "laying", "hand", "handed", "coughed", "stumped",
    "ponied", "rack", "racked", "racking", "ran", "run", "running", "burned", "chalked", "notched",
    "kicked", "offered", "snapped", "gobbled", "saved", "boil", "boils", "boiled", "boiling",
]);

/// The verb of change before `end` whose object stands between: "cut emissions 65 %", "raised its prices 5 %".
pub(super) fn over_object(place: &Place<'_>, end: usize) -> Option<(Range<usize>, Word)> {
    for at in (end.saturating_sub(OBJECT_REACH)..end).rev() {
        let token = place.at(at)?;
        if token.is(Tags::CHANGE)
            && let Some(found) = place.lexicon.measures.changes.at(place.from(at))
            && let range = (at..at + found.len)
            && range.end < end
            && found.value.verb.is_some()
            && !(found.value.is_weak || at > 0 && place.has(at - 1, Tags::DETERMINER))
        {
            return Some((range, *found.value));
        }
        let is_article = token.is(Tags::DETERMINER) && at + 1 < end;
        if !(token.is_word() && (is_article || !token.is(NO_OBJECT))) {
            return None;
        }
    }
    None
}

/// Classes that are in no short object.
const NO_OBJECT: u64 = Tags::PREPOSITION
    | Tags::CONJUNCTION
    | Tags::AUXILIARY
    | Tags::RELATIVE
    | Tags::MODAL
    | Tags::DETERMINER
    | Tags::PAST_VERB
    | Tags::VERB
    | Tags::NEGATION;

/// Tokens from a verb to the quantity behind its object.
const OBJECT_REACH: usize = 5;

/// Before a noun or adjective, never a verb.
static ARTICLES: Words<9> =
    Words::new(["the", "a", "an", "its", "their", "his", "her", "our", "my"]);

/// Between a word of change and its quantity.
static BETWEEN: Words<18> = Words::new([
    "a",
    "another",
    "further",
    "an",
    "additional",
    "about",
    "as",
    "much",
    "or",
    "than",
    "more",
    "back",
    "only",
    "just",
    "its",
    "nearly",
    "up",
    "down",
]);

/// Tokens from a word of change to its quantity.
const DIRECT_REACH: usize = 5;
/// Tokens from a word of change to the preposition of its quantity.
const REACH: usize = 18;

/// What is given to those who are counted.
pub(super) static GIVEN: Words<20> = Words::new([
    "power",
    "electricity",
    "water",
    "gas",
    "supply",
    "supplies",
    "access",
    "aid",
    "funding",
    "support",
    "service",
    "services",
    "heating",
    "help",
    "payments",
    "subsidies",
    "deliveries",
    "links",
    "flights",
    "assistance",
]);

/// Whether a noun of change says what was lost or won, not by how much something moved: "a loss", "a gain on the sale".
pub(super) fn is_loss(place: &Place<'_>, at: usize, end: usize) -> bool {
    let is_deal = place.is_any(end, &["on", "from"]) && place.is_any(end + 1, &["the", "a", "its"]);
    place.is(at, "loss") || place.is(at, "losses") || place.is(at, "gain") && is_deal
}

/// "edged up to 4.4 %", "has gone up to 5 million": "up" is of the verb.
pub(super) fn is_up_of_verb(place: &Place<'_>, up: usize) -> bool {
    let Some(verb) = up.checked_sub(1).filter(|_| place.is(up, "up") && place.is(up + 1, "to"))
    else {
        return false;
    };
    place.lexicon.measures.changes.at(place.from(verb)).is_some_and(|found| found.len > 1)
        || is_moved_up(place, up)
}

/// "pushing its yield up to 8 %", "takes the toll up to 40": the verb has its object before "up".
fn is_moved_up(place: &Place<'_>, up: usize) -> bool {
    let is_mover = |at: usize| place.at(at).is_some_and(|t| MOVERS.hold(place.content, t));
    let Some(verb) =
        (up.saturating_sub(MOVED)..up.saturating_sub(1)).rev().find(|&at| is_mover(at))
    else {
        return false;
    };
    let is_owned = place.has(verb + 1, Tags::DETERMINER) && !place.is(verb + 1, "each");
    is_owned
        && (verb + 1..up).all(|at| {
            place.at(at).is_some_and(|t| {
                t.is_word() && !t.is(Tags::PREPOSITION | Tags::CONJUNCTION | Tags::PLURAL)
            })
        })
}

/// Verbs that move a number up or down.
static MOVERS: Words<24> = Words::new([
    "push", "pushes", "pushed", "pushing", "sending", "take", "takes", "took", "taking", "bring",
    "brings", "brought", "bringing", "drive", "drives", "drove", "driving", "bid", "bids",
    "bidding", "forces", "forced", "forcing", "lifting",
]);

/// Tokens from such a verb to its "up".
const MOVED: usize = 6;
