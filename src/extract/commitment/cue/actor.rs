//! Who a subject is: one who can bind itself, or a thing.

use super::super::Scene;
use super::reporter_before;
use crate::lexicon::Tags;
use crate::phrase::name::{self, NounPhrase};
use crate::token::{Token, Words, flags};

/// Who a subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract::commitment) enum Actor {
    /// "I", "we".
    First,
    /// "you".
    You,
    /// "she", "they", "who", and "it" said to have been said.
    Pronoun,
    /// A body that can bind itself.
    Body,
    /// A person by title, role or name.
    Person,
    /// Another name.
    Name,
    /// "it" of the author.
    It,
    /// What a plan is carried out by: "the programme".
    Means,
    /// Another thing.
    Thing,
    /// None is written: an item of a list, a headline.
    Unnamed,
}

impl Actor {
    /// Whether it can bind itself.
    pub(in crate::extract::commitment) fn can_act(self) -> bool {
        matches!(self, Self::First | Self::Pronoun | Self::Body | Self::Person | Self::Name)
    }
}

pub(in crate::extract::commitment) fn actor(scene: &Scene<'_>, subject: &NounPhrase) -> Actor {
    let text = scene.text;
    if let Some(token) = subject.single(text).filter(|token| token.is(Tags::PRONOUN)) {
        let is = |lower: &str| text.is(token, lower);
        return if is("i") || is("we") {
            Actor::First
        } else if is("he") || is("she") || is("they") || is("who") {
            Actor::Pronoun
        } else if is("it") {
            let is_reported = reporter_before(scene, subject.core.start);
            if is_reported { Actor::Pronoun } else { Actor::It }
        } else if is("you") {
            Actor::You
        } else {
            Actor::Thing
        };
    }
    // "most shops", "any buyer": nobody who is known.
    if scene.is_any(subject.core.start, &["most", "many", "any", "few"]) {
        return Actor::Thing;
    }
    let core = text.tokens(subject.core.clone());
    // The head: before the first preposition.
    let head_end = core
        .iter()
        .skip(1)
        .position(|token| token.is(Tags::PREPOSITION) && !token.is_capital())
        .map_or(core.len(), |at| at + 1);
    let head = core.get(..head_end).unwrap_or(core);
    let can_act =
        head.last().is_some_and(|last| last.is(Tags::AGENTIVE | Tags::ROLE | Tags::ORGANISATION));
    let is_name = head.last().is_some_and(|last| {
        last.is_capital()
            && !last.is(Tags::WEEKDAY | Tags::MONTH | Tags::DETERMINER | Tags::QUESTION)
            && !(head.len() == 1
                && is_sentence_start(scene, subject.core.start)
                && !last.is(Tags::GIVEN_NAME)
                && last.ends_with(text.content, "ing"))
    });
    // "Children", "Prices" at the start of a sentence are no names.
    let is_plain_start = head.len() == 1
        && is_sentence_start(scene, subject.core.start)
        && head.iter().all(|only| {
            // "Children", "Prices", "Demand": words of the language, or plurals.
            let is_word = only.tags & !(Tags::HOLIDAY | Tags::TITLE) != 0
                || only.ends_with(text.content, "s") && !is_named_before(scene, subject.core.start);
            let is_word = is_word || MATTERS.hold(text.content, only);
            !only.is(Tags::GIVEN_NAME) && is_word && !only.has(flags::UPPER)
        });
    let is_means = head.last().is_some_and(|last| last.is(Tags::MEANS));
    if can_act || is_name && !is_plain_start && !is_means {
        named(head)
    } else if is_means {
        Actor::Means
    } else {
        Actor::Thing
    }
}

/// Of those who can act, which kind.
fn named(head: &[Token]) -> Actor {
    let has = |tags: u64| head.iter().any(|word| word.is(tags));
    if has(Tags::FIRST_PERSON) {
        Actor::First
    } else if has(Tags::TITLE | Tags::GIVEN_NAME)
        || head.last().is_some_and(|last| last.is(Tags::ROLE))
    {
        Actor::Person
    } else if has(Tags::AGENTIVE | Tags::ORGANISATION) {
        Actor::Body
    } else {
        Actor::Name
    }
}

/// "Reyes vowed" behind "Mara Reyes said": not every word in -s is a plural.
fn is_named_before(scene: &Scene<'_>, at: u32) -> bool {
    let text = scene.text;
    let Some(word) = text.tokens.get(at as usize) else { return false };
    (at.saturating_sub(FARTHEST_NAME)..at).rev().any(|place| {
        text.tokens.get(place as usize).is_some_and(|other| {
            other.key == word.key
                && other.is_capital()
                && text.word(other) == text.word(word)
                && !is_sentence_start(scene, place)
        })
    })
}

/// Nouns without a plural that begin sentences, and that no list of kinds holds.
static MATTERS: Words<32> = Words::new([
    "money",
    "inflation",
    "rain",
    "snow",
    "weather",
    "science",
    "history",
    "nature",
    "technology",
    "automation",
    "tourism",
    "unemployment",
    "immigration",
    "migration",
    "religion",
    "competition",
    "education",
    "justice",
    "peace",
    "war",
    "water",
    "oil",
    "gas",
    "electricity",
    "traffic",
    "brexit",
    "privatisation",
    "deregulation",
    "climate",
    "love",
    "luck",
    "truth",
]);

/// Tokens looked back over for a name.
const FARTHEST_NAME: u32 = 1000;

fn is_sentence_start(scene: &Scene<'_>, at: u32) -> bool {
    name::is_sentence_start(scene.text, at)
}
