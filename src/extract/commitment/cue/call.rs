//! Demands on somebody else.

use std::ops::Range;

use super::super::{Draft, Scene};
use super::{actor, be_before};
use crate::fact::CommitmentType;
use crate::lexicon::Tags;
use crate::phrase::name::{self, NounPhrase};
use crate::token::{Token, TokenKind};

/// "urged the council to ban", "called on all parties to"; "ordered the firm to repay", which binds the firm.
pub(super) fn call(
    scene: &Scene<'_>,
    at: u32,
    end: u32,
    kind: CommitmentType,
    before: Option<(Draft, u32)>,
) -> Option<Draft> {
    // "was asked to": who is asked stands in front, which is another clause.
    if at > scene.from && be_before(scene, at - 1) && !scene.ends_with(at, "ing")
        || scene.has(at.wrapping_sub(1), Tags::DETERMINER)
            && at > scene.from
            && !scene.has(at - 1, Tags::PRONOUN)
    {
        return None;
    }
    // "Demand rose to a record": the noun.
    if scene.has(end, Tags::CHANGE) {
        return None;
    }
    let that = u32::from(scene.is(end, "that"));
    let asked = name::noun_phrase(scene.text, end + that, scene.to)
        .filter(|asked| asked.core.start <= end + that + 1)?;
    let behind = asked.core.end;
    let mut who = asked.core.clone();
    // "urged them not to", "to not"
    let is_not_to = scene.is(behind, "not") && scene.is(behind + 1, "to");
    let to = behind + u32::from(is_not_to);
    let negated = is_not_to || scene.is(behind + 1, "not");
    let action = if scene.is(to, "to") && scene.kind(to + 1) == TokenKind::Word {
        to + 1 + u32::from(scene.is(to + 1, "not"))
    } else if (that == 1 || scene.is(end - 1, "that")) && !scene.is(behind, "of") {
        // "demand that night was low": the noun.
        if scene.is_any(behind, &["is", "are", "was", "were", "has", "had"]) {
            return None;
        }
        if let Some(verb) = bare_verb(scene, &asked.core) {
            who.end = verb;
            verb
        } else if asked.tokens.end > behind && scene.kind(asked.tokens.end) == TokenKind::Comma {
            // "that its chairman, Ola Lie, resign"
            asked.tokens.end + 1
        } else {
            behind
        }
    } else {
        return None;
    };
    let subject =
        name::subject_before(scene.text, scene.from, at).filter(|subject| subject.tokens.end <= at);
    let first = match (subject, before) {
        (Some(subject), _) => subject.core.start,
        (None, Some((_, end))) if at >= end && at - end <= 2 => at,
        (None, _) => at,
    };
    let asked = NounPhrase { tokens: who.clone(), core: who };
    Some(Draft {
        kind,
        is_soft: false,
        negated,
        cue: (at, end),
        agent: Some((asked.core.start, asked.core.end)),
        subject: Some((asked.core.start, asked.core.end)),
        who: actor(scene, &asked),
        first,
        action,
        rule: if kind == CommitmentType::Call { "commitment.call" } else { "commitment.order" },
    })
}

/// The verb of "that the minister step down", which looks like a noun there: the last word of its subject.
fn bare_verb(scene: &Scene<'_>, core: &Range<u32>) -> Option<u32> {
    let last = core.end.checked_sub(1).filter(|last| *last > core.start + 1)?;
    let goes_on = scene.has(core.end, Tags::PREPOSITION | Tags::DETERMINER | Tags::ADVERB)
        || scene.is_any(core.end, &["down", "aside", "back", "up", "out"]);
    let is_verb = scene.kind(last) == TokenKind::Word
        && !scene.has(last, Tags::ROLE | Tags::AGENTIVE | Tags::ORGANISATION)
        && !scene.text.tokens.get(last as usize).is_some_and(Token::is_capital)
        && !scene.has(last - 1, Tags::DETERMINER | Tags::PREPOSITION)
        && !scene.ends_with(last, "s");
    (goes_on && is_verb).then_some(last)
}
