//! For whom: who is promised something, or gets it.

use super::{Draft, Scene};
use crate::fact::CommitmentType;
use crate::lexicon::{Act, Tags};
use crate::phrase::name::{self, NounPhrase};

/// Who is promised something ("promised fans cheaper tickets"), and who gets or gains what is done ("give every pupil a laptop",
/// "help farmers", "free travel for apprentices").
pub(super) fn beneficiary(
    scene: &Scene<'_>,
    draft: &Draft,
    action: Option<(u32, u32)>,
) -> Option<(u32, u32)> {
    promised(scene, draft).or_else(|| served(scene, draft, action?))
}

/// "promised fans cheaper tickets", "assured staff that".
fn promised(scene: &Scene<'_>, draft: &Draft) -> Option<(u32, u32)> {
    let promises = matches!(draft.kind, CommitmentType::Promise | CommitmentType::Offer)
        && draft.cue.1 < draft.action
        && !matches!(draft.rule, "commitment.will" | "commitment.would");
    let phrase = name::noun_phrase(scene.text, draft.cue.1, scene.to).filter(|_| promises)?;
    (phrase.core.start == draft.cue.1 && phrase.core.end <= draft.action)
        .then_some((phrase.core.start, phrase.core.end))
}

/// Whom the action serves: its object, where the verb gives or helps, or people behind "for" or "to".
fn served(scene: &Scene<'_>, draft: &Draft, (from, to): (u32, u32)) -> Option<(u32, u32)> {
    let people = |at: u32| {
        let phrase = name::noun_phrase(scene.text, at, to)?;
        is_people(scene, &phrase).then_some((phrase.core.start, phrase.core.end))
    };
    let act = scene.ctx.lexicon.acts.at(scene.text.tokens(from..to));
    let gives = act.as_ref().is_some_and(|act| act.value.act == Act::Provide)
        || scene.is_any(from, GIVE)
        || draft.kind == CommitmentType::Offer;
    let helps = act.as_ref().is_some_and(|act| act.value.act == Act::Support);
    let object = from + act.map_or(1, |act| act.len as u32);
    if (gives || helps)
        && let Some(found) = people(object)
    {
        return Some(found);
    }
    (object + 1..to).take(FARTHEST).find_map(|at| {
        let is_link = scene.is(at, "for") || gives && scene.is(at, "to");
        if is_link { people(at + 1) } else { None }
    })
}

/// Whether the head of a phrase names people: "disabled passengers", "all 260 employees".
fn is_people(scene: &Scene<'_>, phrase: &NounPhrase) -> bool {
    let is_preposition = |at: &u32| scene.has(*at, Tags::PREPOSITION);
    let end = (phrase.core.start + 1..phrase.core.end).find(is_preposition);
    let head = end.unwrap_or(phrase.core.end) - 1;
    let word = scene.word(head);
    let is_many = word.ends_with('s')
        || scene.has(head, Tags::PLURAL)
        || scene.is_any(phrase.core.start, &["every", "each", "any"]);
    scene.has(head, Tags::PUBLIC)
        || is_many && scene.has(head, Tags::ROLE | Tags::AGENTIVE) && !scene.has(head, Tags::ACT)
}

/// Verbs of giving back, whose kind of act is another.
const GIVE: &[&str] = &["repay", "refund", "pay", "return", "send", "owe", "lend"];
/// Words of an action that are looked through.
const FARTHEST: usize = 24;
