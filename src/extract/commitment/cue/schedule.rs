//! The present that means the future: "We are opening 15 stores this autumn".

use super::super::{Draft, Scene};
use super::{actor, be_before, first_auxiliary};
use crate::fact::{CommitmentType, Kind, TimexType};
use crate::lexicon::Act;
use crate::phrase::name;

/// Reads "is opening" where a day or a stretch of time follows it.
pub(super) fn schedule(scene: &Scene<'_>, at: u32) -> Option<Draft> {
    let found = scene.ctx.lexicon.acts.at(scene.text.tokens(at..scene.to))?;
    let is_done = matches!(found.value.act, Act::Found | Act::Alter | Act::Provide);
    if !is_done || !scene.ends_with(at, "ing") || at == scene.from || !be_before(scene, at - 1) {
        return None;
    }
    let verb = first_auxiliary(scene, at);
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
    if !is_present || !is_dated {
        return None;
    }
    let subject = name::subject_before(scene.text, scene.from, verb)
        .filter(|subject| subject.tokens.end <= verb)?;
    let who = actor(scene, &subject);
    let core = Some((subject.core.start, subject.core.end));
    who.can_act().then_some(Draft {
        kind: CommitmentType::Plan,
        is_soft: false,
        negated: false,
        cue: (at, at + found.len as u32),
        agent: core,
        subject: core,
        who,
        first: subject.core.start,
        action: at,
        rule: "commitment.schedule",
    })
}

/// "now", "today": what goes on, not what is to come.
fn is_now(time: &str) -> bool {
    ["now", "today", "currently", "at present"].iter().any(|now| time.eq_ignore_ascii_case(now))
}
