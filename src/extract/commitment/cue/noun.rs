//! Nouns that bind, by the verb that takes them.

use super::super::{Draft, Scene};
use super::{Actor, actor, first_auxiliary, is_unreal};
use crate::fact::CommitmentType;
use crate::lexicon::{Commissive, Tags};
use crate::phrase::name::{self, NounPhrase};
use crate::token::TokenKind;

/// "its pledge to cut", "reaffirm their commitment to", "signed a memorandum to", "approved a plan to".
pub(super) fn noun(scene: &Scene<'_>, at: u32, end: u32, cue: &Commissive) -> Option<Draft> {
    let binds_parties = cue.kind == CommitmentType::Agreement;
    // The verb that takes the noun: within five words before.
    let is_known = |at: &u32| {
        name::is_verb(scene.text, *at) || scene.is_any(*at, MADE) || scene.is_any(*at, SIGNED)
    };
    let reach = if binds_parties { 10 } else { 6 };
    // Right before the noun stands a part of it: "pay deal", "no-strike accord".
    let near = at.saturating_sub(reach).max(scene.from)..at.saturating_sub(1);
    let governing = near.rev().find(is_known)?;
    // "has no plans to": the undecided and those who deny.
    if !binds_parties && (governing + 1..at).any(|at| scene.is(at, "no"))
        || is_unreal(scene, governing)
    {
        return None;
    }
    if scene.is_any(governing, BROKEN) {
        return None;
    }
    // "give my word that": of all that is done with words, only this binds.
    let is_word = scene.is(at, "word");
    let is_made = if is_word {
        scene.is_any(governing, GIVEN) && scene.has(at - 1, Tags::DETERMINER)
    } else {
        scene.is_any(governing, if binds_parties { SIGNED } else { MADE })
    };
    if !is_made {
        return None;
    }
    let is_behind = is_word && scene.is(end, "that")
        || scene.is(end, "to")
            && scene.kind(end + 1) == TokenKind::Word
            && !scene.has(end + 1, Tags::DETERMINER)
        // "a target of cutting emissions"
        || scene.is(end, "of") && scene.ends_with(end + 1, "ing");
    let action = if is_behind {
        end + 1
    } else if binds_parties || scene.is(end, "that") {
        // The thing itself, with its article: "a two-year no-strike accord".
        (governing + 1..=at).find(|at| !scene.has(*at, Tags::ADVERB)).unwrap_or(at)
    } else {
        return None;
    };
    // "has yet to honour its pledge": the subject is that of "has".
    let finite = if governing > scene.from && scene.is(governing - 1, "to") {
        (governing.saturating_sub(5).max(scene.from)..governing - 1)
            .rev()
            .find(|at| scene.has(*at, Tags::AUXILIARY | Tags::VERB | Tags::PAST_VERB))?
    } else {
        governing
    };
    let subject = name::subject_before(scene.text, scene.from, first_auxiliary(scene, finite))
        .filter(|subject| subject.tokens.end <= governing)?;
    let who = actor(scene, &subject);
    if !who.can_act() && who != Actor::It {
        return None;
    }
    let is_soft = scene.is(at, "memorandum") || scene.is(at, "letter");
    let negated = scene.text.tokens(action..end).iter().any(|token| scene.text.is(token, "no"));
    let rule = rule(cue.kind);
    Some(Draft {
        kind: cue.kind,
        is_soft,
        negated,
        cue: (at, end),
        agent: Some((subject.core.start, subject.core.end)),
        subject: Some((subject.core.start, subject.core.end)),
        who,
        first: subject.core.start,
        action,
        rule,
    })
}

fn rule(kind: CommitmentType) -> &'static str {
    match kind {
        CommitmentType::Agreement => "commitment.agreement.noun",
        CommitmentType::Plan => "commitment.plan.noun",
        _ => "commitment.promise.noun",
    }
}

/// "Our goal is to halve waste", "The bank's target for 2030 is to": whose it is, is bound.
pub(super) fn purpose(scene: &Scene<'_>, at: u32, end: u32, cue: &Commissive) -> Option<Draft> {
    let is_be = |at: &u32| scene.is_any(*at, &["is", "are", "remains", "remain"]);
    let be = (end..(end + LONGEST_ADDITION).min(scene.to))
        .take_while(|at| scene.kind(*at) != TokenKind::Comma)
        .find(|at| is_be(at) || scene.is(*at, "will") && scene.is(at + 1, "be"))?;
    let to = be + 1 + u32::from(scene.is(be, "will"));
    let to = to + u32::from(scene.has(to, Tags::ADVERB));
    let is_act = scene.is(to, "to")
        && scene.kind(to + 1) == TokenKind::Word
        && !scene.has(to + 1, Tags::DETERMINER | Tags::PRONOUN);
    if cue.kind == CommitmentType::Agreement || !is_act {
        return None;
    }
    // Over "long-term" to whose goal it is.
    let of = (at.saturating_sub(FARTHEST_OWNER).max(scene.from)..at)
        .rev()
        .find(|at| scene.is_any(*at, OWN) || scene.is_any(*at, &["'s", "’s"]))?;
    let owner = if scene.is_any(of, OWN) {
        NounPhrase { tokens: of..of + 1, core: of..of + 1 }
    } else {
        let start = name::core_start(scene.text, scene.from, of.checked_sub(1)?);
        let has_article = start > scene.from && scene.has(start - 1, Tags::DETERMINER);
        let start = start - u32::from(has_article);
        NounPhrase { tokens: start..of, core: start..of }
    };
    let who = if scene.is_any(of, &["our", "my"]) {
        Actor::First
    } else if scene.is_any(of, OWN) {
        Actor::Pronoun
    } else {
        actor(scene, &owner)
    };
    let agent = (owner.core.start, owner.core.end);
    who.can_act().then_some(Draft {
        kind: cue.kind,
        is_soft: cue.is_soft,
        negated: scene.is(to + 1, "not"),
        cue: (at, end),
        agent: Some(agent),
        subject: Some(agent),
        who,
        first: agent.0,
        action: to + 1,
        rule: rule(cue.kind),
    })
}

/// Whose a goal is, in one word.
const OWN: &[&str] = &["our", "my", "its", "their", "his", "her"];
/// Tokens between a goal and "is": "for the next financial year".
const LONGEST_ADDITION: u32 = 8;
/// Tokens between a goal and whose it is: "new long-term".
const FARTHEST_OWNER: u32 = 5;

/// Verbs that make a pledge or plan.
const MADE: &[&str] = &[
    "reaffirm",
    "reaffirmed",
    "reaffirms",
    "made",
    "make",
    "makes",
    "making",
    "gave",
    "give",
    "gives",
    "approved",
    "approve",
    "unveiled",
    "announced",
    "set",
    "sets",
    "adopted",
    "renewed",
    "renews",
    "repeated",
    "reiterated",
    "confirmed",
    "backed",
    "outlined",
    "presented",
    "endorsed",
    "has",
    "have",
    "signed",
    "took",
    "released",
    "published",
    "restated",
    "reiterates",
    "restates",
    "honour",
    "honor",
];

/// Verbs that give one's word.
const GIVEN: &[&str] = &["give", "gives", "gave", "given", "giving"];

/// Verbs that conclude an agreement.
const SIGNED: &[&str] = &[
    "signed",
    "sign",
    "signs",
    "reached",
    "reach",
    "struck",
    "concluded",
    "sealed",
    "inked",
    "made",
    "entered",
    "ratified",
];

/// Verbs that end one.
const BROKEN: &[&str] = &[
    "dropped",
    "broke",
    "broken",
    "abandoned",
    "kept",
    "fulfilled",
    "ditched",
    "scrapped",
    "withdrew",
    "met",
    "honoured",
];
