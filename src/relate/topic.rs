//! What "it" at the head of a sentence goes on about: the body that the sentence before has as its subject.

use std::ops::Range;

use crate::lexicon::{Lexicon, Tags};
use crate::phrase::name::{NounPhrase, is_verb, noun_phrase};
use crate::relate::people::{BearerKind, People};
use crate::text::{Sentence, Text};

/// A body spoken of.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    /// Who it is, where it has a name.
    pub(super) bearer: Option<u32>,
    /// As written, without its article.
    pub(super) phrase: NounPhrase,
}

/// The subject of the sentence before, where the pronoun at `at` begins its sentence and that subject is a body: "The ministry
/// denied this. It …".
pub(super) fn topic(lexicon: &Lexicon, text: &Text<'_>, people: &People, at: u32) -> Option<Topic> {
    let index = text.sentence_of(at) as usize;
    let start = text.sentences.get(index)?.body().start;
    if at > start + 1 && !is_lead(text, start..at) {
        return None;
    }
    body_of(lexicon, text, people, text.sentences.get(index.checked_sub(1)?)?)
}

/// The subject of the sentence of the pronoun at `at` itself, where that is a body: "The ministry will close a port, it said".
pub(super) fn own_topic(
    lexicon: &Lexicon,
    text: &Text<'_>,
    people: &People,
    at: u32,
) -> Option<Topic> {
    let sentence = text.sentences.get(text.sentence_of(at) as usize)?;
    body_of(lexicon, text, people, sentence).filter(|topic| topic.phrase.tokens.end <= at)
}

/// The noun phrase that a sentence begins with, where it names a body.
fn body_of(
    lexicon: &Lexicon,
    text: &Text<'_>,
    people: &People,
    sentence: &Sentence,
) -> Option<Topic> {
    let phrase = noun_phrase(text, sentence.body().start, sentence.tokens.end)?;
    let bearer = people.of_phrase(lexicon, text, &phrase);
    let is_body = match bearer.and_then(|number| people.bearer(number)) {
        Some(bearer) => bearer.kind != BearerKind::Person,
        None => head(text, &phrase).is_some_and(|head| {
            let head = text.tokens.get(head as usize);
            head.is_some_and(|word| {
                word.is(Tags::ORGANISATION) || word.is(Tags::AGENTIVE) && !word.is(Tags::ROLE)
            })
        }),
    };
    let article = text.tokens.get(phrase.core.start as usize)?;
    let has_article = text.is_any(article, &["the", "a", "an"]);
    let core = phrase.core.start + u32::from(has_article)..phrase.core.end;
    (is_body && !core.is_empty())
        .then(|| Topic { bearer, phrase: NounPhrase { tokens: core.clone(), core } })
}

/// "In a filing last week": what may stand before the subject.
fn is_lead(text: &Text<'_>, tokens: Range<u32>) -> bool {
    let begins = text.tokens(tokens.clone()).first().is_some_and(|word| word.is(Tags::PREPOSITION));
    begins && tokens.len() <= LONGEST_LEAD && !tokens.into_iter().any(|at| is_verb(text, at))
}

/// Tokens before a subject.
const LONGEST_LEAD: usize = 10;

/// The last word before the first preposition.
fn head(text: &Text<'_>, phrase: &NounPhrase) -> Option<u32> {
    let is_preposition =
        |at: &u32| text.tokens.get(*at as usize).is_some_and(|word| word.is(Tags::PREPOSITION));
    let end = (phrase.core.start + 1..phrase.core.end).find(is_preposition);
    end.unwrap_or(phrase.core.end).checked_sub(1)
}
