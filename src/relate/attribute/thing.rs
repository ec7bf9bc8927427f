//! Words of reporting that report nothing there: "added 12 seats", "called an early election".

use std::ops::Range;

use super::Scene;
use super::cue::Cue;
use crate::lexicon::{Form, Tags};
use crate::phrase::name::is_verb;
use crate::token::{Token, TokenKind, Words};

/// "added 12 seats", "recalled 218,000 cars", "claimed 12 lives".
static GAINED: Words<8> =
    Words::new(["add", "adds", "added", "adding", "recall", "recalls", "recalled", "claimed"]);

/// Whether a number begins what was added, and no verb makes a clause of it.
pub(super) fn is_gain(scene: &Scene<'_>, at_cue: u32, content: &Range<u32>) -> bool {
    let token = |at: u32| scene.text.tokens.get(at as usize);
    let is_number =
        |token: &Token| token.kind == TokenKind::Number || token.is(Tags::NUMBER | Tags::CURRENCY);
    let leads = |at: &u32| token(*at).is_some_and(|t| t.is(Tags::COMPARATOR | Tags::ADVERB));
    if !token(at_cue).is_some_and(|t| GAINED.hold(scene.text.content, t)) {
        return false;
    }
    let first = content.clone().find(|at| !leads(at) || token(*at).is_some_and(is_number));
    first.and_then(token).is_some_and(is_number)
        && !content
            .clone()
            .take_while(|&at| scene.kind(at) != TokenKind::Comma)
            .any(|at| is_verb(scene.text, at))
}

/// Whether what is called is to come or to be held, and is given no name: "999", "an early election for June".
pub(super) fn is_summons(scene: &Scene<'_>, cue: &Cue, content: &Range<u32>) -> bool {
    if cue.tokens.len() > 1 || !scene.is(cue.tokens.start, "called") {
        return false;
    }
    let token = |at: u32| scene.text.tokens.get(at as usize);
    if scene.kind(content.start) == TokenKind::Number {
        return true;
    }
    let is_called = |at: &u32| token(*at).is_some_and(|t| SUMMONED.hold(scene.text.content, t));
    let last = content.clone().take(FARTHEST_SUMMONED).find(is_called);
    last.is_some_and(|last| {
        last + 1 >= content.end
            || token(last + 1).is_some_and(|next| {
                !next.is_word() && !next.kind.is_quote()
                    || next.is(Tags::PREPOSITION
                        | Tags::TIME
                        | Tags::WEEKDAY
                        | Tags::ADVERB
                        | Tags::AND)
            })
    })
}

/// What is called to come, or called to be held.
static SUMMONED: Words<35> = Words::new([
    "meeting",
    "meetings",
    "election",
    "elections",
    "poll",
    "referendum",
    "vote",
    "ballot",
    "strike",
    "strikes",
    "stoppage",
    "walkout",
    "summit",
    "session",
    "conference",
    "inquiry",
    "enquiry",
    "halt",
    "truce",
    "ceasefire",
    "rally",
    "protest",
    "boycott",
    "hearing",
    "witness",
    "witnesses",
    "police",
    "ambulance",
    "taxi",
    "firefighters",
    "timeout",
    "time",
    "doctor",
    "lawyer",
    "attention",
]);
/// Tokens of what is called.
const FARTHEST_SUMMONED: usize = 6;

/// "will stop reporting its sales", "confirmed Lund as chairman": what is done with a thing or a person, and not said.
pub(super) fn is_dealing(scene: &Scene<'_>, cue: &Cue, content: &Range<u32>) -> bool {
    let at = cue.tokens.start;
    let token = |at: u32| scene.text.tokens.get(at as usize);
    let is_kept = cue.word.form == Form::Ing
        && at
            .checked_sub(1)
            .and_then(token)
            .is_some_and(|before| KEEPS.hold(scene.text.content, before));
    let is_chosen = || {
        scene.is_any(at, &["confirm", "confirms", "confirmed", "confirming"])
            && token(content.start).is_some_and(Token::is_capital)
            && content.clone().take(FARTHEST_SUMMONED).any(|at| scene.is(at, "as"))
    };
    is_kept || is_chosen()
}

/// Verbs before what is done again, or no longer.
static KEEPS: Words<12> = Words::new([
    "stop", "stops", "stopped", "start", "starts", "started", "begin", "begins", "began", "resume",
    "resumed", "avoid",
]);

/// "promised hot meals to anyone who": whether what is given stands where a hearer may, or a hearer that more is told of.
pub(super) fn is_gift(scene: &Scene<'_>, hearer: &Range<u32>) -> bool {
    let text = scene.text;
    let can_hear = Tags::PRONOUN | Tags::ROLE | Tags::ORGANISATION | Tags::PUBLIC | Tags::AGENTIVE;
    let next = text.tokens.get(hearer.end as usize);
    next.is_some_and(|next| next.is(Tags::RELATIVE) && !text.is(next, "that"))
        || !is_verb(text, hearer.end)
            && !text
                .tokens(hearer.clone())
                .iter()
                .any(|word| word.is(can_hear) || word.is_capital())
}

/// "smaller states that": countries, and no word of reporting.
pub(super) fn is_country(scene: &Scene<'_>, at: u32) -> bool {
    let which = at.checked_sub(1).and_then(|at| scene.text.tokens.get(at as usize));
    scene.is(at, "states")
        && which.is_some_and(|which| {
            which.kind == TokenKind::Number
                || which.is(Tags::NUMBER)
                || STATES.hold(scene.text.content, which)
        })
}

/// What states are.
static STATES: Words<24> = Words::new([
    "member",
    "smaller",
    "larger",
    "bigger",
    "poorer",
    "richer",
    "other",
    "several",
    "many",
    "most",
    "some",
    "all",
    "both",
    "eastern",
    "western",
    "northern",
    "southern",
    "neighbouring",
    "neighboring",
    "swing",
    "battleground",
    "baltic",
    "gulf",
    "island",
]);
