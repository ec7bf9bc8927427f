//! Multiples in one word: "profit doubled", "to halve its debt", "twice as many", "more than double the rate".

use std::ops::Range;

use super::change::Change;
use crate::fact::{Decimal, Role};
use crate::lexicon::{Form, Tags};
use crate::phrase::place::Place;
use crate::phrase::quantity::{Measured, fold};
use crate::token::{TokenKind, Words, flags};

/// What a word of a multiple says.
pub(super) enum Multiple {
    /// How many times; as a verb, it changes by that much.
    Claim(Box<Measured>, Change),
    /// Nothing: "twice a week", "the doubles", "double-digit".
    Silent,
}

/// Reads the word at `at`; `None` where it is no word of a multiple, or a number of its own ("threefold", "two halves").
pub(super) fn multiple(place: &Place<'_>, at: usize) -> Option<Multiple> {
    let token = place.at(at).filter(|t| t.is(Tags::MULTIPLE))?;
    let after = at + 1;
    if TWICE.hold(place.content, token) {
        let times = if place.is(at, "twice") { 2 } else { 3 };
        let level = || fold(place, at, Decimal::whole(times));
        return Some(if is_compared(place, after) {
            Multiple::Claim(level(), Change::none())
        } else {
            Multiple::Silent
        });
    }
    let word = *place.lexicon.measures.changes.of(token)?;
    let times = word.times?;
    let before = |back: usize| at.checked_sub(back).and_then(|at| place.at(at));
    let is_other = place.is_kind(after, TokenKind::Hyphen)
        || place.at(after).is_some_and(|t| PARTICLES.hold(place.content, t))
        || place.is(after, "to") && place.is_any(after + 1, FIELDS);
    let is_verb = !is_other
        && match word.verb? {
            Form::Past | Form::Participle | Form::Ing => true,
            Form::Source | Form::Noun => false,
            Form::Base if times < Decimal::whole(1) => true,
            // "will more than double", "to triple"
            Form::Base => led_by_modal(place, at),
            // "debt halves to", "the mixed doubles"
            Form::Third => {
                let is_led = before(1).is_some_and(|t| {
                    t.is_word()
                        && !t.is(Tags::DETERMINER | Tags::NUMBER | Tags::PREPOSITION)
                        && !t.is(Tags::CONJUNCTION)
                });
                is_led
                    && !before(1).is_some_and(|t| t.reads(place.content, "mixed"))
                    && place.is_any(after, &["to", "its", "their", "from"])
            }
        };
    if is_verb {
        let change = Change {
            role: Role::ChangeBy,
            direction: word.direction,
            word: Some(at..after),
            is_behind: false,
        };
        return Some(Multiple::Claim(fold(place, at, times), change));
    }
    if place.has(at, Tags::FRACTION) {
        return None;
    }
    let is_level = word.verb == Some(Form::Base)
        && !is_other
        && !before(1).is_some_and(|t| t.is(Tags::DETERMINER) && !t.reads(place.content, "that"))
        && is_compared(place, after);
    Some(if is_level {
        Multiple::Claim(fold(place, at, times), Change::none())
    } else {
        Multiple::Silent
    })
}

/// Whether a multiple acts on what stands behind it: "doubling its output".
pub(super) fn has_object(place: &Place<'_>, word: &Range<usize>) -> bool {
    place.at(word.end).is_some_and(|t| {
        let is_plain = !t.is(NO_OBJECT) && !t.ends_with(place.content, "ed");
        t.is_word() && (t.is(Tags::DETERMINER) || is_plain) && !t.is(Tags::TIME)
    })
}

/// "will", "to", "could more than" before a verb.
fn led_by_modal(place: &Place<'_>, at: usize) -> bool {
    for back in (at.saturating_sub(4)..at).rev() {
        if place.has(back, Tags::MODAL) || place.is(back, "to") {
            return true;
        }
        if !place.has(back, Tags::COMPARATOR | Tags::ADVERB | Tags::NEGATION)
            && !place.is(back, "than")
        {
            return false;
        }
    }
    false
}

/// "as many as", "the size", "its level", "what it was", "EBITDA": what a multiple is of.
fn is_compared(place: &Place<'_>, at: usize) -> bool {
    let Some(next) = place.at(at) else { return false };
    if place.is(at, "the") || place.is(at, "that") {
        let noun = at + 1;
        return if place.is(at, "that") {
            place.is(noun, "of")
        } else {
            !place.has(noun, Tags::TIME_UNIT | Tags::WEEKDAY | Tags::MONTH)
        };
    }
    COMPARED.hold(place.content, next)
        || next.has(flags::UPPER) && next.span.len() > 2
        || place.has(at + 2, Tags::DETERMINER) && (place.is(at, "last") || place.is(at, "next"))
}

static TWICE: Words<2> = Words::new(["twice", "thrice"]);

/// Behind a multiple, what it is compared with.
static COMPARED: Words<16> = Words::new([
    "as", "its", "their", "his", "her", "our", "your", "my", "what", "previous", "current", "pre",
    "those", "normal", "usual", "expected",
]);

/// Behind "double", what makes a verb of another meaning.
static PARTICLES: Words<9> =
    Words::new(["as", "down", "over", "back", "up", "home", "off", "standards", "faults"]);

/// Where a batter doubles to.
const FIELDS: &[&str] = &["left", "right", "center", "centre", "deep", "lead"];

/// Classes that are no object of a verb.
const NO_OBJECT: u64 = Tags::PREPOSITION
    | Tags::CONJUNCTION
    | Tags::AUXILIARY
    | Tags::RELATIVE
    | Tags::PRONOUN
    | Tags::MODAL
    | Tags::ADVERB
    | Tags::TIME_UNIT
    | Tags::MONTH
    | Tags::WEEKDAY;
