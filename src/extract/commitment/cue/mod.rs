//! The words that bind, and who is bound by them.

mod actor;
mod call;
mod modal;
mod noun;
mod schedule;
mod verb;

use super::{Draft, Scene};
use crate::fact::CommitmentType;
use crate::lexicon::{Frame, Tags};
use crate::phrase::name::NounPhrase;
use crate::token::Words;

pub(super) use actor::{Actor, actor};

/// Reads the cue at `at`; `before` is the commitment of the sentence read last, with its end.
pub(super) fn at(scene: &Scene<'_>, at: u32, before: Option<(Draft, u32)>) -> Option<Draft> {
    let tokens = scene.text.tokens(at..scene.to);
    let token = tokens.first()?;
    if token.is(Tags::MODAL) {
        let read = modal::modal(scene, at, before);
        if read.is_some() || !token.is(Tags::COMMISSIVE) {
            return read;
        }
    }
    if token.is(Tags::SCHEDULED) && !token.is(Tags::COMMISSIVE) {
        return schedule::schedule(scene, at);
    }
    let lexicon = scene.ctx.lexicon;
    if let Some(found) = lexicon.commissives.noun.at(tokens) {
        let end = at + found.len as u32;
        let read = noun::noun(scene, at, end, found.value)
            .or_else(|| noun::purpose(scene, at, end, found.value));
        if read.is_some() {
            return read;
        }
    }
    let found = lexicon.commissives.verb.at(tokens)?;
    let end = at + found.len as u32;
    // "ordered the firm to repay": who is told is bound.
    let is_order = found.value.kind == CommitmentType::Obligation
        && !(at > scene.from && be_before(scene, at - 1));
    if found.value.frame == Frame::Call || is_order {
        call::call(scene, at, end, found.value.kind, before)
    } else {
        verb::verb(scene, at, end, found.value, before)
    }
}

/// Whether a word of reporting stands shortly before the clause at `first`, with or without "that".
fn reporter_before(scene: &Scene<'_>, first: u32) -> bool {
    let that = u32::from(first > scene.from && scene.is(first - 1, "that"));
    let near = first.saturating_sub(that);
    (near.saturating_sub(8).max(scene.from)..near)
        .rev()
        .any(|at| scene.has(at, Tags::REPORTING) && !scene.has(at, Tags::PREPOSITION))
}

/// Whether a hope, belief or question stands before the clause at `first`.
fn opinion_before(scene: &Scene<'_>, first: u32) -> bool {
    (first.saturating_sub(7).max(scene.from)..first)
        .any(|at| scene.has(at, Tags::OPINION) && !is_answered(scene, at, first))
}

/// "that is why we will", "what I can say is that we will": a question word, and no question.
fn is_answered(scene: &Scene<'_>, at: u32, first: u32) -> bool {
    let is_be = |at: u32| scene.is_any(at, &["is", "'s", "’s", "was"]);
    scene.has(at, Tags::QUESTION)
        && (at > scene.from && scene.is(at, "why") && is_be(at - 1) || (at + 1..first).any(is_be))
}

/// "nobody" before the verb at `at`.
fn nobody_before(scene: &Scene<'_>, at: u32) -> Option<NounPhrase> {
    let last = at.checked_sub(1).filter(|last| *last >= scene.from)?;
    let core = last..at;
    scene.is_any(last, &["nobody", "none"]).then(|| NounPhrase { tokens: core.clone(), core })
}

fn looks_past(scene: &Scene<'_>, at: u32) -> bool {
    let word = scene.word(at);
    scene.has(at, Tags::PAST_VERB)
        || word.ends_with("ed")
        || scene.is(at, "been")
        // "given", "drawn"
        || word.ends_with('n') && word != "open" && scene.has(at, Tags::ACT)
}

/// "be built", "be held".
fn is_passive(scene: &Scene<'_>, verb: u32) -> bool {
    scene.is(verb, "be") && looks_past(scene, behind_adverbs(scene, verb + 1))
}

/// The first token at or behind `at` that is no adverb: "be further expanded".
fn behind_adverbs(scene: &Scene<'_>, mut at: u32) -> u32 {
    for _ in 0..2 {
        let is_ly = || scene.ends_with(at, "ly") && scene.word(at).len() > 4;
        at += u32::from(scene.has(at, Tags::ADVERB) || is_ly());
    }
    at
}

/// The verb that says what is done: of "be adding" the second.
fn main_verb(scene: &Scene<'_>, verb: u32) -> u32 {
    if scene.is(verb, "be") && scene.ends_with(verb + 1, "ing") { verb + 1 } else { verb }
}

/// What makes a participle a passive or a state.
static BE: Words<14> = Words::new([
    "is", "are", "was", "were", "be", "been", "am", "'re", "’re", "'m", "’m", "being", "remain",
    "remains",
]);

fn be_before(scene: &Scene<'_>, at: u32) -> bool {
    let is_be = |at: u32| {
        at < scene.to
            && scene
                .text
                .tokens
                .get(at as usize)
                .is_some_and(|token| BE.hold(scene.text.content, token))
    };
    is_be(at)
        || at > scene.from
            && (scene.has(at, Tags::ADVERB)
                || scene.ends_with(at, "ly")
                || scene.has(at, Tags::NEGATION)
                || scene.is(at, "also"))
            && is_be(at - 1)
}

/// The first of the auxiliaries before a participle.
fn first_auxiliary(scene: &Scene<'_>, at: u32) -> u32 {
    let mut first = at;
    while first > scene.from
        && at - first < 4
        && (scene.has(first - 1, Tags::AUXILIARY | Tags::ADVERB | Tags::MODAL)
            || scene.is_any(first - 1, &["stands", "stand", "remain", "remains", "remained"]))
    {
        first -= 1;
    }
    first
}

/// "would have promised", "might agree to", "may have agreed": what is not so, and what nobody has decided yet.
fn is_unreal(scene: &Scene<'_>, verb: u32) -> bool {
    (verb.saturating_sub(3).max(scene.from)..verb).any(|at| {
        scene.is_any(at, &["may", "might", "could", "can"])
            || scene.is_any(at, &["would", "should", "must"])
                && scene.is_any(at + 1, &["have", "not", "never"])
    })
}
