//! Speakers resolved: a last name to the full name, a role to its bearer, a pronoun to whoever it stands for.

use super::{Draft, Scene, Who};
use crate::fact::Statement;
use crate::lexicon::{Gender, Tags};
use crate::phrase::name::NounPhrase;
use crate::relate::order;
use crate::relate::people::{BearerKind, People, span_of};
use crate::relate::topic::{Topic, own_topic, topic};
use crate::span::Span;
use crate::text::{Sentence, Text};
use crate::token::{Token, TokenKind};

/// Turns drafts into statements, in the order in which they are reported. `keys` and `recent` are room.
pub(super) fn resolve(
    scene: &Scene<'_>,
    people: &People,
    drafts: &mut [Draft],
    keys: &mut Vec<u128>,
    recent: &mut Vec<Voice>,
) -> Vec<Statement> {
    let places = drafts.iter().enumerate();
    order::put(
        keys,
        places.map(|(at, draft)| order::key(draft.at, u64::from(draft.tokens().start), at)),
    );
    recent.clear();
    let mut voices = Voices { scene, people, recent };
    let mut out = Vec::with_capacity(drafts.len());
    for &key in keys.iter() {
        let Some(draft) = drafts.get_mut(order::place(key)) else { break };
        let (mention, voice) = match &draft.who {
            Who::Phrase(phrase) => {
                (span_of(scene.text, phrase.tokens.clone()), voices.of_phrase(phrase))
            }
            Who::Label(phrase) => (span_of(scene.text, phrase.tokens.clone()), None),
            Who::Last => (None, voices.last()),
            Who::Nobody => (None, None),
        };
        let Some(statement) = statement(scene, people, draft, mention, voice.as_ref()) else {
            continue;
        };
        if let Some(voice) = voice {
            voices.remember(voice);
        }
        out.push(statement);
    }
    out
}

fn statement(
    scene: &Scene<'_>,
    people: &People,
    draft: &mut Draft,
    mention: Option<Span>,
    voice: Option<&Voice>,
) -> Option<Statement> {
    let text = scene.text;
    // The spans take the place of the tokens: the list is not made anew.
    let parts: Vec<Span> = std::mem::take(&mut draft.parts)
        .into_iter()
        .filter_map(|part| span_of(text, part))
        .collect();
    let bearer = voice.and_then(|voice| voice.bearer).and_then(|number| people.bearer(number));
    Some(Statement {
        span: parts.first()?.join(*parts.last()?),
        kind: draft.kind,
        speaker: mention,
        speaker_name: bearer
            .map(|bearer| bearer.name)
            .or_else(|| voice.and_then(|voice| voice.name)),
        speaker_role: bearer.and_then(|bearer| bearer.role),
        cue: draft.cue.clone().and_then(|cue| span_of(text, cue)),
        addressee: draft.addressee.clone().and_then(|addressee| span_of(text, addressee)),
        confidence: draft.confidence,
        parent: None,
        parts,
    })
}

/// Somebody who speaks.
#[derive(Clone, Copy, Debug)]
pub(in crate::relate) struct Voice {
    bearer: Option<u32>,
    /// The words for them where no name is known: "hospital spokeswoman".
    name: Option<Span>,
    gender: Option<Gender>,
    is_person: bool,
    /// A title, a given name or a role tells that it is a person.
    is_surely_person: bool,
    is_plural: bool,
    at: u32,
}

struct Voices<'a> {
    scene: &'a Scene<'a>,
    people: &'a People,
    /// Who spoke, the last at the end.
    recent: &'a mut Vec<Voice>,
}

/// What a pronoun tells of whom it stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    She,
    He,
    It,
    They,
    /// "the 24-year-old"
    Person,
}

impl Sort {
    fn of(text: &Text<'_>, word: &Token) -> Option<Self> {
        Some(if text.is_any(word, &["she", "her"]) {
            Self::She
        } else if text.is_any(word, &["he", "him", "his"]) {
            Self::He
        } else if text.is_any(word, &["it", "its"]) {
            Self::It
        } else if text.is_any(word, &["they", "them", "their"]) {
            Self::They
        } else {
            return None;
        })
    }
}

impl Voices<'_> {
    fn remember(&mut self, voice: Voice) {
        if self.recent.len() == MOST_VOICES {
            self.recent.remove(0);
        }
        self.recent.push(voice);
    }

    fn last(&self) -> Option<Voice> {
        self.recent.last().copied()
    }

    fn of_phrase(&self, phrase: &NounPhrase) -> Option<Voice> {
        let text = self.scene.text;
        let at = phrase.core.start;
        if let Some(word) =
            phrase.single(text).filter(|word| word.is(Tags::PRONOUN) || is_own(text.word(word)))
        {
            let sort = Sort::of(text, word)?;
            if sort == Sort::It {
                let (lexicon, people) = (self.scene.lexicon, self.people);
                let of_topic = |topic: Topic| match topic.bearer {
                    Some(number) => self.bearer(number, at),
                    None => Voice {
                        bearer: None,
                        name: span_of(text, topic.phrase.core),
                        gender: None,
                        is_person: false,
                        is_surely_person: false,
                        is_plural: false,
                        at,
                    },
                };
                return topic(lexicon, text, people, at)
                    .map(of_topic)
                    .or_else(|| self.of_pronoun(sort, at))
                    .or_else(|| own_topic(lexicon, text, people, at).map(of_topic));
            }
            return self.of_pronoun(sort, at);
        }
        if let Some(number) = self.people.of_phrase(self.scene.lexicon, text, phrase) {
            return Some(self.bearer(number, at));
        }
        if self.is_age(phrase)
            && let Some(voice) = self.of_pronoun(Sort::Person, at)
        {
            return Some(voice);
        }
        let tokens = text.tokens(phrase.core.clone());
        let skip = usize::from(
            tokens.len() > 1
                && tokens.first().is_some_and(|word| text.is_any(word, &["the", "a", "an"])),
        );
        // "…," said one.
        let is_nobody = phrase.single(text).is_some_and(|word| {
            text.is_any(word, &["one", "another", "others", "some", "both", "many"])
        });
        if is_nobody {
            return None;
        }
        let name = span_of(text, phrase.core.start + skip as u32..phrase.core.end)?;
        let role = tokens.iter().find_map(|word| self.scene.lexicon.people.roles.of(word));
        let is_organisation = tokens.iter().any(|word| word.is(Tags::ORGANISATION));
        Some(Voice {
            bearer: None,
            name: Some(name),
            gender: role.and_then(|role| role.gender),
            is_person: role.is_some_and(|role| !role.is_plural) || !is_organisation,
            is_surely_person: role.is_some(),
            is_plural: role.is_some_and(|role| role.is_plural)
                || self.people.is_joint(text, phrase),
            at,
        })
    }

    /// "the 24-year-old": somebody named before.
    fn is_age(&self, phrase: &NounPhrase) -> bool {
        let core = &phrase.core;
        self.scene.is(core.start, "the")
            && self
                .scene
                .text
                .tokens(core.clone())
                .iter()
                .any(|word| self.scene.text.is(word, "old"))
            && self.scene.text.tokens(core.clone()).iter().any(|word| word.is(Tags::TIME_UNIT))
    }

    fn bearer(&self, number: u32, at: u32) -> Voice {
        let bearer = self.people.bearer(number);
        let is_person = bearer.is_some_and(|bearer| bearer.kind != BearerKind::Organisation);
        Voice {
            bearer: Some(number),
            name: None,
            gender: bearer.and_then(|bearer| bearer.gender),
            is_person,
            is_surely_person: bearer.is_some_and(|bearer| bearer.kind == BearerKind::Person),
            is_plural: false,
            at,
        }
    }

    /// Whether a preposition of place stands before the name at `at`.
    fn is_where(&self, at: u32) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            self.scene.is_any(before, &["at", "from", "in", "near", "of", "outside"])
        })
    }

    /// The most recent of those who spoke and those who were named that the pronoun fits.
    fn of_pronoun(&self, sort: Sort, at: u32) -> Option<Voice> {
        let text = self.scene.text;
        let here = text.sentence_of(at);
        let mut best: Option<(i32, Voice)> = None;
        let mut consider = |voice: Voice, there: u32, spoke: bool, may_be: &dyn Fn() -> bool| {
            let Some(fit) = fit(sort, &voice) else { return };
            let distance = here.saturating_sub(there).min(12) as i32;
            // A subject at the head of its sentence is what the next sentence is about.
            let head = text
                .sentences
                .get(there as usize)
                .map_or(0, |sentence| behind_lead(text, sentence));
            // "Zara Lund, from Norvia, landed. She": where she is from is no person.
            let is_place = !spoke && !voice.is_surely_person && self.is_where(voice.at);
            let is_head = !is_place && voice.at <= head + NEAR_HEAD;
            let is_known = voice.bearer.is_some() && voice.is_surely_person;
            let is_next = is_head && spoke && distance == 1 && is_known;
            let score = fit * 4 - distance * 3
                + i32::from(spoke) * 5
                + i32::from(is_head) * 3
                + i32::from(is_next) * 2
                - i32::from(is_place) * 4;
            if best.is_none_or(|(top, _)| score > top) && may_be() {
                best = Some((score, voice));
            }
        };
        for voice in self.recent.iter().rev().filter(|voice| fit(sort, voice).is_some()) {
            consider(*voice, text.sentence_of(voice.at), true, &|| true);
        }
        let is_time = |number: u32| {
            let times = Tags::HOLIDAY | Tags::MONTH | Tags::WEEKDAY;
            let name = self.people.bearer(number).map(|bearer| bearer.name);
            let at = name.map(|name| text.token_at(name.begin));
            at.and_then(|at| text.tokens.get(at as usize))
                .is_some_and(|word| word.is(times) && Some(word.span) == name)
        };
        let is_asked = text
            .sentences
            .get(here as usize)
            .is_some_and(|sentence| self.scene.is(sentence.body().start, "asked"));
        let mut there = here;
        for (number, place) in self.people.before(at).take(MOST_NAMES) {
            let begins_behind = |sentence: &Sentence| sentence.tokens.start > place;
            while text.sentences.get(there as usize).is_some_and(begins_behind) {
                there -= 1;
            }
            if here.saturating_sub(there) > FARTHEST_SENTENCE {
                break;
            }
            // "Asked about Lund, he": not Lund.
            if there == here && is_asked {
                continue;
            }
            consider(self.bearer(number, place), there, false, &|| !is_time(number));
        }
        let (_, voice) = best?;
        Some(Voice { at, gender: voice.gender.or(gender(sort)), ..voice })
    }
}

/// Where the subject of a sentence may begin: behind "In Geneva on Monday,".
fn behind_lead(text: &Text<'_>, sentence: &Sentence) -> u32 {
    let start = sentence.body().start;
    let first = text.tokens.get(start as usize);
    if !first.is_some_and(|word| word.is(Tags::PREPOSITION)) {
        return start;
    }
    let lead = text.tokens(start..sentence.tokens.end.min(start + LONGEST_LEAD));
    let comma = lead.iter().position(|mark| mark.kind == TokenKind::Comma);
    comma.map_or(start, |comma| start + comma as u32 + 1)
}

fn gender(sort: Sort) -> Option<Gender> {
    match sort {
        Sort::She => Some(Gender::Female),
        Sort::He => Some(Gender::Male),
        Sort::It | Sort::They | Sort::Person => None,
    }
}

/// How well a pronoun fits; `None` when it cannot stand for the voice.
fn fit(sort: Sort, voice: &Voice) -> Option<i32> {
    match sort {
        Sort::She | Sort::He => {
            if !voice.is_person || voice.is_plural {
                return None;
            }
            match voice.gender {
                // Somebody who has a name is spoken of for longer.
                Some(known) if Some(known) == gender(sort) => {
                    Some(2 + i32::from(voice.bearer.is_some()))
                }
                Some(_) => None,
                None => Some(1 + i32::from(voice.is_surely_person)),
            }
        }
        Sort::Person => (voice.is_person && !voice.is_plural)
            .then_some(if voice.gender.is_some() { 2 } else { 1 }),
        Sort::It => (!voice.is_plural
            && (!voice.is_person || voice.gender.is_none() && voice.bearer.is_none()))
        .then_some(if voice.is_person { 0 } else { 2 }),
        Sort::They if voice.is_plural => Some(4),
        Sort::They => (!voice.is_person).then_some(1),
    }
}

fn is_own(word: &str) -> bool {
    ["his", "her", "its", "their"].iter().any(|own| word.eq_ignore_ascii_case(own))
}

/// Speakers that are remembered.
const MOST_VOICES: usize = 6;
/// Names before a pronoun that are considered.
const MOST_NAMES: usize = 12;
/// Tokens before a subject.
const LONGEST_LEAD: u32 = 8;
/// Sentences before a pronoun that are considered.
const FARTHEST_SENTENCE: u32 = 5;
/// Tokens before a subject at the head of its sentence.
const NEAR_HEAD: u32 = 6;
