//! Lines without a finite verb: "Council to sell car park", "Double the number of courts within five years".

use super::cue::Actor;
use super::{Context, Draft, Mentions, Scene, clause, cue, list};
use crate::fact::CommitmentType;
use crate::lexicon::{Act, Tags};
use crate::phrase::name::{self, NounPhrase};
use crate::text::{ParagraphKind, Sentence};
use crate::token::{Token, TokenKind, flags};

/// What a line plans that has no finite verb.
pub(super) fn plan(
    ctx: &Context<'_>,
    sentence: &Sentence,
    mentions: &Mentions,
) -> Option<(Draft, clause::Clause)> {
    let text = ctx.text;
    let start = sentence.tokens.start;
    let token = text.tokens.get(start as usize)?;
    if start > 0 && !token.has(flags::LINE) {
        return None;
    }
    let first = list::behind_mark(text, sentence.tokens.clone());
    let head = text.tokens.get(first as usize)?;
    let is_verb = head.is(Tags::ACT);
    // A subject without a verb or preposition, and "to": most lines are told from a plan by their first words.
    let ends = |token: &Token| token.is(Tags::PREPOSITION | Tags::PAST_VERB);
    let to = if is_verb || ends(head) {
        None
    } else {
        let rest = text.tokens(first + 1..sentence.tokens.end.min(first + LONGEST_SUBJECT));
        let to = rest.iter().position(|token| text.is(token, "to") || ends(token));
        to.filter(|at| rest.get(*at).is_some_and(|token| text.is(token, "to")))
    };
    if !is_verb && to.is_none() {
        return None;
    }
    let scene = super::scene(ctx, mentions, sentence, first);
    if scene.is_own_voice {
        return None;
    }
    let draft = if is_verb {
        bare(&scene, first)
    } else {
        infinitive(&scene, first, first + 1 + to? as u32)
    }?;
    if is_finite(&scene, first) {
        return None;
    }
    let read = clause::read(&scene, &draft);
    read.action.is_some().then_some((draft, read))
}

/// Whether a word says when something is: it stands in a sentence, and the line is none.
fn is_finite(scene: &Scene<'_>, first: u32) -> bool {
    // "Reform the act, which has failed": what a clause of the object says is of the object.
    let clause = |at: &u32| {
        scene.is_any(*at, &["which", "that", "who", "where", "whose"])
            || scene.is(*at, "so") && scene.has(*at + 1, Tags::DETERMINER | Tags::PRONOUN)
    };
    let end = scene.to.min(first + FARTHEST);
    let end = (first + 2..end).find(clause).unwrap_or(end);
    (first + 1..end).any(|at| {
        scene.has(at, Tags::MODAL)
            || scene.has(at, Tags::FIRST_PERSON) && scene.has(at, Tags::PRONOUN)
            || scene.has(at, Tags::AUXILIARY)
                && !scene.is_any(at, &["be", "been", "being", "having"])
                && !scene.is(at - 1, "to")
            || scene.is_any(at, &["you", "your", "i"])
            || matches!(scene.kind(at), TokenKind::Question | TokenKind::Exclamation)
    })
}

/// "Abolish the levy", of the verbs of law and office: an order to somebody else is none of those.
fn bare(scene: &Scene<'_>, first: u32) -> Option<Draft> {
    let found = scene.ctx.lexicon.acts.at(scene.text.tokens(first..scene.to))?;
    let object = first + found.len as u32;
    let word = scene.word(first);
    let is_base = !word.ends_with("ing") && !word.ends_with("ed");
    let is_two = scene.has(object, Tags::AND) && scene.has(object + 1, Tags::ACT);
    let takes_object = is_two
        || matches!(scene.kind(object), TokenKind::Word | TokenKind::Number | TokenKind::Symbol)
            && !scene.has(
                object,
                Tags::PREPOSITION | Tags::CONJUNCTION | Tags::ADVERB | Tags::PAST_VERB,
            );
    (found.value.is_office && is_base && takes_object && scene.to - first >= SHORTEST).then_some(
        Draft {
            kind: CommitmentType::Plan,
            is_soft: false,
            negated: false,
            cue: (first, object),
            agent: None,
            subject: None,
            who: Actor::Unnamed,
            first,
            action: first,
            rule: "commitment.bare",
        },
    )
}

/// "Ministers to visit the region", "All booths to be upgraded".
fn infinitive(scene: &Scene<'_>, first: u32, to: u32) -> Option<Draft> {
    let is_verb = |at: u32| name::is_verb(scene.text, at) || scene.has(at, Tags::PAST_VERB);
    let is_all = scene.is_any(first, &["all", "every", "each"]);
    let is_cue = |at: u32| scene.has(at, Tags::COMMISSIVE | Tags::REPORTING) && !is_all;
    if (first..to).any(|at| is_verb(at) || is_cue(at) || scene.has(at, Tags::PREPOSITION))
        || !scene.has(to + 1, Tags::ACT | Tags::VERB | Tags::AUXILIARY)
    {
        return None;
    }
    let subject = NounPhrase { tokens: first..to, core: first..to };
    let who = cue::actor(scene, &subject);
    let is_passive = scene.is(to + 1, "be") && scene.has(to + 2, Tags::ACT | Tags::PAST_VERB);
    let is_headline = scene
        .text
        .paragraph_at(first)
        .is_some_and(|paragraph| paragraph.kind == ParagraphKind::Headline);
    let is_act =
        scene.ctx.lexicon.acts.at(scene.text.tokens(to + 1..scene.to)).is_some_and(|found| {
            !matches!(found.value.act, Act::Effect | Act::Suffer | Act::State)
        });
    (is_passive || is_all || is_headline && who.can_act() && is_act).then_some(Draft {
        kind: CommitmentType::Plan,
        is_soft: false,
        negated: false,
        cue: (to, to + 1),
        agent: (!is_passive && !is_all && who.can_act()).then_some((first, to)),
        subject: Some((first, to)),
        who,
        first,
        action: to + 1,
        rule: "commitment.infinitive",
    })
}

/// Words of a subject in front of "to".
const LONGEST_SUBJECT: u32 = 10;
/// Words of a line that are looked through for a finite verb.
const FARTHEST: u32 = 60;
/// Tokens of the shortest line that plans something.
const SHORTEST: u32 = 4;
