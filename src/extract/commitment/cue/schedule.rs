//! The present that means the future: "We are opening 15 stores this autumn".

use super::super::{Draft, Scene};
use super::{actor, be_before, first_auxiliary};
use crate::fact::{CommitmentType, Kind, TimexType};
use crate::lexicon::{Act, Tags};
use crate::phrase::name;

/// Reads "is opening" where a day or a stretch of time follows it, and "is to open".
pub(super) fn schedule(scene: &Scene<'_>, at: u32) -> Option<Draft> {
    if scene.is_any(at, &["is", "are"]) {
        return arranged(scene, at);
    }
    let verb = first_auxiliary(scene, at);
    if !scene.ends_with(at, "ing") || at == scene.from || !be_before(scene, at - 1) {
        return None;
    }
    let is_present = (verb..at)
        .any(|at| scene.is_any(at, &["is", "are", "am", "'re", "’re", "'m", "’m", "'s", "’s"]));
    let begin = scene.text.tokens.get(at as usize)?.span.begin;
    let is_dated = scene.dates.iter().any(|fact| match &fact.kind {
        Kind::Date(date) => {
            let is_day = matches!(date.time.timex_type(), TimexType::Date | TimexType::Time);
            is_day && fact.span.begin > begin && !is_now(fact.span.of(scene.text.content))
        }
        Kind::Numeric(_) | Kind::Commitment(_) => false,
    });
    if !is_present || !is_dated { None } else { plan(scene, verb, at, at, false) }
}

/// "The chain is to open 12 shops", "are not to sell".
fn arranged(scene: &Scene<'_>, at: u32) -> Option<Draft> {
    let negated = scene.is(at + 1, "not");
    let to = at + 1 + u32::from(negated);
    let is_question =
        |at: u32| scene.has(at, Tags::QUESTION) || scene.is_any(at, &["if", "whether"]);
    if !scene.is(to, "to") || (scene.from..at).any(is_question) {
        return None;
    }
    plan(scene, at, to + 1, to, negated)
}

/// The plan of who is the subject of `verb` to do what is named at `action`.
fn plan(scene: &Scene<'_>, verb: u32, action: u32, cue: u32, negated: bool) -> Option<Draft> {
    let found = scene.ctx.lexicon.acts.at(scene.text.tokens(action..scene.to))?;
    if !matches!(found.value.act, Act::Found | Act::Alter | Act::Provide) {
        return None;
    }
    let subject = name::subject_before(scene.text, scene.from, verb)
        .filter(|subject| subject.tokens.end <= verb)?;
    let who = actor(scene, &subject);
    let core = Some((subject.core.start, subject.core.end));
    let cue_end = if cue == action { action + found.len as u32 } else { action };
    who.can_act().then_some(Draft {
        kind: CommitmentType::Plan,
        is_soft: false,
        negated,
        cue: (cue, cue_end),
        agent: core,
        subject: core,
        who,
        first: subject.core.start,
        action,
        rule: "commitment.schedule",
    })
}

/// "now", "today": what goes on, not what is to come.
fn is_now(time: &str) -> bool {
    ["now", "today", "currently", "at present"].iter().any(|now| time.eq_ignore_ascii_case(now))
}
