//! Reports of what was not said: "did not say", "must report", "appeared to promise".

use super::Scene;
use super::cue::Cue;
use crate::lexicon::Tags;
use crate::token::Words;

/// Whether the report says that it was not said: "did not say", "neither side confirmed".
pub(super) fn is_negated(scene: &Scene<'_>, from: u32, cue: &Cue) -> bool {
    let start = from.max(cue.tokens.start.saturating_sub(NEAR));
    for at in (start..cue.tokens.start).rev() {
        let Some(word) = scene.text.tokens.get(at as usize) else { return false };
        if !word.is_word() {
            return false;
        }
        if word.is(Tags::NEGATION) || DENIALS.hold(scene.text.content, word) {
            return true;
        }
        let passes = at + 3 > cue.tokens.start && !word.is(Tags::PRONOUN)
            || word.is(Tags::ADVERB | Tags::AUXILIARY | Tags::MODAL)
            || scene.is(at, "to")
            || scene.ends_with(at, "ly");
        if !passes {
            return false;
        }
    }
    false
}

/// Whether a duty, a possibility or a look is told: "must report their catch", "appeared to promise".
pub(super) fn is_duty(scene: &Scene<'_>, cue: &Cue) -> bool {
    let before = scene.text.tokens(cue.tokens.start.saturating_sub(3)..cue.tokens.start);
    before.iter().any(|word| DUTIES.hold(scene.text.content, word))
}

/// What denies a report without being a negation elsewhere.
static DENIALS: Words<6> = Words::new(["nobody", "neither", "none", "no", "declined", "refused"]);
/// What makes a report a duty, a possibility or a look.
static DUTIES: Words<13> = Words::new([
    "must", "should", "shall", "may", "might", "can", "could", "ought", "cannot", "appeared",
    "appears", "seemed", "seems",
]);

/// Tokens before a cue in which it may be negated.
const NEAR: u32 = 5;
