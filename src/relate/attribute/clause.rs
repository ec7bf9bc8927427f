//! The clause around a word of reporting: where what is said begins and ends in it.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a token of any other kind means the same: nothing is read here"
)]

use std::ops::Range;

use super::Scene;
use super::cue::{Cue, cue_at, hearer};
use crate::lexicon::{Form, Tags, Takes};
use crate::phrase::name::{is_ending, is_function, is_verb, noun_phrase, subject_before};
use crate::token::{TokenKind, Words, flags};

/// The sentence around a cue, cut at direct quotations.
pub(super) struct Clause {
    pub(super) start: u32,
    pub(super) end: u32,
    /// A direct quotation ends right before it.
    pub(super) is_behind_quotation: bool,
    /// The cue has been used by a quotation.
    pub(super) is_used: bool,
}

impl Clause {
    /// "said it would match any cut: “…”": what is said before the words that are quoted.
    pub(super) fn goes_on_to_a_colon(&self, scene: &Scene<'_>, cue: &Cue) -> bool {
        let content = cue.tokens.end..self.end.saturating_sub(1);
        !self.is_behind_quotation
            && scene.kind(content.end) == TokenKind::Colon
            && content.len() > 2
            && cue.word.takes(Takes::CLAUSE)
            && (scene.is(content.start, "that") || begins_noun_phrase(scene, content.start))
            && has_verb(scene, &content)
    }

    /// The place of "that" behind the cue: "told parliament on Tuesday that".
    pub(super) fn that(&self, scene: &Scene<'_>, start: u32) -> Option<u32> {
        let end = self.end.min(start + FARTHEST_THAT);
        // Behind a comma it may stand one further.
        let near = scene.text.tokens(start..(end + 1).min(scene.text.tokens.len() as u32));
        if !near.iter().any(|token| scene.text.is(token, "that")) {
            return None;
        }
        let tokens = scene.text.tokens(start..end);
        let is_behind_preposition = tokens.first().is_some_and(|first| first.is(Tags::PREPOSITION));
        let mut depth = 0;
        for (at, token) in (start..).zip(tokens) {
            match token.kind {
                TokenKind::Comma if depth == 0 => {
                    // "warned the bank, in a report, that", "said, however, that"
                    let next = (at + 1..end).find(|&at| scene.kind(at) == TokenKind::Comma);
                    let that = next.map(|next| next + 1).filter(|&that| scene.is(that, "that"));
                    if that.is_some() || at > start {
                        return that;
                    }
                }
                TokenKind::OpenBracket => depth += 1,
                TokenKind::CloseBracket => depth -= 1,
                TokenKind::Word => {
                    if token.is(Tags::RELATIVE) && scene.is(at, "that") {
                        return (at + 1 < self.end).then_some(at);
                    }
                    // "in a report published on Monday that"
                    let is_participle =
                        at > start + 1 && is_behind_preposition && scene.ends_with(at, "ed");
                    if !is_participle && self.stops_that(scene, start, at) {
                        return None;
                    }
                }
                TokenKind::Comma
                | TokenKind::Number
                | TokenKind::Hyphen
                | TokenKind::Symbol
                | TokenKind::Dot
                | TokenKind::Apostrophe
                | TokenKind::CloseSingleQuote
                | TokenKind::Opaque => {}
                _ => return None,
            }
        }
        None
    }

    /// Whether no "that" behind this word belongs to the cue.
    fn stops_that(&self, scene: &Scene<'_>, start: u32, at: u32) -> bool {
        let Some(word) = scene.text.tokens.get(at as usize) else { return true };
        let is_link =
            word.is(Tags::CONJUNCTION | Tags::RELATIVE | Tags::QUESTION | Tags::CONDITION);
        let links =
            is_link && scene.is_any(at, &["and", "or", "but", "who", "which", "whether", "if"]);
        if links || at > start && is_verb(scene.text, at) {
            return true;
        }
        if word.is(Tags::PREPOSITION) && scene.is(at, "to") {
            return is_verb(scene.text, at + 1);
        }
        at > start
            && word.is(Tags::PRONOUN)
            && !word.is(Tags::RELATIVE)
            && !scene.is(at - 1, "with")
            && !scene.is(at - 1, "to")
    }

    /// "the number of injured at 43": a thing and a value.
    pub(super) fn value(&self, scene: &Scene<'_>, start: u32) -> Option<()> {
        let end = self.end.min(start + FARTHEST_VALUE);
        let at = (start + 1..end).find(|&at| scene.is(at, "at") || scene.is(at, "on"))?;
        let has_number =
            scene.text.tokens(at + 1..end.min(at + 8)).iter().any(|token| {
                token.kind == TokenKind::Number || token.is(Tags::NUMBER | Tags::SCALE)
            });
        has_number.then_some(())
    }

    /// Passes over "on Tuesday", "in a statement", "later" behind a cue.
    pub(super) fn skip_adverbials(&self, scene: &Scene<'_>, from: u32) -> u32 {
        let text = scene.text;
        let mut at = from;
        for _ in 0..4 {
            let Some(word) = text.tokens.get(at as usize).filter(|_| at < self.end) else { break };
            if text.tokens.get(at as usize + 1).is_some_and(|next| is_ending(text, next)) {
                break;
            }
            let may_pass = word.is(Tags::PREPOSITION
                | Tags::WEEKDAY
                | Tags::TIME
                | Tags::MONTH
                | Tags::ADVERB
                | Tags::DETERMINER)
                || BEFORE_TIME.hold(text.content, word);
            if !may_pass {
                break;
            }
            if word.is(Tags::PREPOSITION)
                && self.is_adverbial(scene, at)
                && (!scene.is(at, "to") || names_hearer(scene, at + 1))
            {
                let is_time = |at: u32| {
                    text.tokens.get(at as usize).is_some_and(|word| {
                        word.is(Tags::WEEKDAY) || word.is(Tags::MONTH) && word.is_capital()
                    })
                };
                if is_time(at + 1) {
                    at += 1;
                    continue;
                }
                let Some(phrase) = noun_phrase(text, at + 1, self.end) else { break };
                at = phrase.core.end;
                // "in a report published on Friday"
                let told = text.tokens.get(at as usize);
                at += u32::from(told.is_some_and(|told| PUBLISHED.hold(text.content, told)));
            } else if word.is(Tags::WEEKDAY | Tags::TIME)
                || word.is(Tags::MONTH) && word.is_capital()
                || word.is(Tags::ADVERB)
                    && !begins_noun_phrase(scene, at + 1)
                    && !scene.is(at, "there")
            {
                at += 1;
                while scene.kind(at) == TokenKind::Number
                    || scene.kind(at) == TokenKind::Dot
                        && scene.text.tokens.get(at as usize).is_some_and(|dot| dot.is_joined())
                        && at + 1 < self.end
                {
                    at += 1;
                }
            } else if scene.is_any(at, &["early", "late", "earlier"]) {
                at += 1;
            } else if scene.is(at, "last")
                || scene.is(at, "this")
                    && scene
                        .text
                        .tokens
                        .get(at as usize + 1)
                        .is_some_and(|unit| unit.is(Tags::TIME_UNIT | Tags::TIME | Tags::WEEKDAY))
            {
                at += 2;
            } else {
                break;
            }
        }
        at.min(self.end)
    }

    pub(super) fn is_adverbial(&self, scene: &Scene<'_>, at: u32) -> bool {
        let Some(word) = scene.text.tokens.get(at as usize).filter(|_| at < self.end) else {
            return false;
        };
        word.is(Tags::WEEKDAY | Tags::TIME) || ADVERBIALS.hold(scene.text.content, word)
    }

    pub(super) fn is_end(&self, scene: &Scene<'_>, at: u32) -> bool {
        at >= self.end
            || matches!(
                scene.kind(at),
                TokenKind::Comma
                    | TokenKind::Dot
                    | TokenKind::Semicolon
                    | TokenKind::Dash
                    | TokenKind::CloseBracket
                    | TokenKind::Question
                    | TokenKind::Exclamation
            )
    }

    pub(super) fn is_sentence_end(&self, scene: &Scene<'_>, at: u32) -> bool {
        at >= self.end
            || matches!(scene.kind(at), TokenKind::Dot | TokenKind::Semicolon | TokenKind::Comma)
    }

    /// Whether a clause without "that" begins here: something that may be a subject, and a verb behind it.
    pub(super) fn begins_clause(&self, scene: &Scene<'_>, start: u32) -> bool {
        let Some(first) = scene.text.tokens.get(start as usize).filter(|_| start < self.end) else {
            return false;
        };
        if matches!(
            first.kind,
            TokenKind::Comma
                | TokenKind::Dot
                | TokenKind::Colon
                | TokenKind::Semicolon
                | TokenKind::Dash
        ) {
            return false;
        }
        if scene.is(start, "there")
            || first.is(Tags::PRONOUN)
                && !scene.is_any(start, &["him", "her", "them", "us", "me", "it"])
        {
            return true;
        }
        if !begins_noun_phrase(scene, start) && !BEFORE_CLAUSE.hold(scene.text.content, first) {
            return false;
        }
        if matches!(first.kind, TokenKind::DoubleQuote | TokenKind::OpenQuote) {
            return true;
        }
        let end = self.end.min(start + FARTHEST_VERB);
        (start + 1..end).any(|at| {
            is_verb(scene.text, at)
                || scene.text.tokens.get(at as usize).is_some_and(|word| {
                    word.is(Tags::REPORTING) && word.is_word() && !word.is_capital()
                })
                || looks_finite(scene, at)
        })
    }

    /// Whether the cue only describes the noun before it: "a handset called …".
    pub(super) fn is_reduced(&self, scene: &Scene<'_>, cue: &Cue) -> bool {
        let Some(who) = (cue.word.form == Form::Past)
            .then(|| subject_before(scene.text, self.start, cue.tokens.start))
            .flatten()
        else {
            return false;
        };
        let is_at_once = who.tokens.end == cue.tokens.start;
        let is_indefinite = scene.is_any(who.core.start, &["a", "an"]);
        let can_speak = scene
            .text
            .tokens(who.core.clone())
            .iter()
            .any(|word| word.is(Tags::ROLE | Tags::ORGANISATION));
        is_at_once && is_indefinite && !can_speak
    }

    /// Whether what stands behind the cue may be a thing that is spoken of.
    pub(super) fn is_object(&self, scene: &Scene<'_>, content: &Range<u32>) -> bool {
        begins_noun_phrase(scene, content.start)
            || scene.text.tokens.get(content.start as usize).is_some_and(|word| {
                word.ends_with(scene.text.content, "ing") || word.is(Tags::QUESTION)
            })
    }

    /// Where what is said ends: with the sentence, or where the next report or the author begins.
    pub(super) fn content_end(&self, scene: &Scene<'_>, start: u32, is_object: bool) -> u32 {
        let text = scene.text;
        let mut brackets = 0;
        let farthest = self.end.min(start + LONGEST_CONTENT);
        for at in start..farthest {
            let Some(token) = text.tokens.get(at as usize) else { return at };
            // One test for the words and marks at which nothing can end.
            let may_end = token.is(Tags::CONJUNCTION)
                || matches!(
                    token.kind,
                    TokenKind::OpenBracket
                        | TokenKind::CloseBracket
                        | TokenKind::Semicolon
                        | TokenKind::Comma
                        | TokenKind::Dash
                );
            if !may_end {
                continue;
            }
            match token.kind {
                TokenKind::OpenBracket => brackets += 1,
                TokenKind::CloseBracket => brackets -= 1,
                TokenKind::Semicolon if brackets == 0 => return at,
                TokenKind::Comma | TokenKind::Dash
                    if brackets == 0 && at > start && self.breaks(scene, at, is_object) =>
                {
                    return at;
                }
                TokenKind::Word
                    if at > start
                        && (text.is(token, "and") || text.is(token, "but"))
                        && self.begins_report(scene, at + 1) =>
                {
                    return at;
                }
                _ => {}
            }
        }
        farthest
    }

    /// Whether the author goes on behind the comma.
    pub(super) fn breaks(&self, scene: &Scene<'_>, comma: u32, is_object: bool) -> bool {
        let text = scene.text;
        let mut next = comma + 1;
        if matches!(
            scene.kind(next),
            TokenKind::CloseQuote | TokenKind::DoubleQuote | TokenKind::CloseSingleQuote
        ) {
            next += 1;
        }
        if self.closes_with_report(scene, next) {
            return true;
        }
        if scene.text.tokens.get(next as usize).is_some_and(|link| LINKS.hold(text.content, link)) {
            if self.begins_report(scene, next + 1) {
                return true;
            }
            // "…, but kept its dividend": the subject of the report goes on.
            let after = text.tokens.get(next as usize + 1);
            if after.is_some_and(|verb| verb.is(Tags::PAST_VERB)) {
                return true;
            }
            if self.has_other_report(scene, next) {
                return true;
            }
            return is_object && !scene.is(next, "and");
        }
        while text.tokens.get(next as usize).is_some_and(|word| word.is(Tags::ADVERB)) {
            next += 1;
        }
        if let Some(cue) = cue_at(scene, next) {
            return matches!(cue.word.form, Form::Ing | Form::Source)
                || cue.word.form == Form::Past && is_object;
        }
        let Some(word) = text.tokens.get(next as usize) else { return true };
        is_object
            && (word.ends_with(text.content, "ing")
                && !text
                    .tokens
                    .get(next as usize + 1)
                    .is_some_and(|after| !after.is_word() || after.is(Tags::CONJUNCTION))
                || word.is(Tags::CONDITION)
                || word.is(Tags::PREPOSITION) && !scene.is(next, "including"))
    }

    /// Whether another's report begins behind the link at `next`: "…, while Jones claimed".
    pub(super) fn has_other_report(&self, scene: &Scene<'_>, next: u32) -> bool {
        let text = scene.text;
        if !text.tokens.get(next as usize).is_some_and(|link| LINKS.hold(text.content, link)) {
            return false;
        }
        let end = self.end.min(next + FARTHEST_VERB);
        let other = (next + 1..end).find(|&at| is_verb(text, at) || cue_at(scene, at).is_some());
        other.is_some_and(|other| {
            cue_at(scene, other).is_some_and(|cue| {
                matches!(cue.word.form, Form::Past | Form::Third)
                    && cue.word.takes(Takes::CLAUSE | Takes::HEARER)
            }) && subject_before(text, next + 1, other).is_some()
        })
    }

    /// Whether the report of all that stands before begins here: "…, their union said".
    fn closes_with_report(&self, scene: &Scene<'_>, from: u32) -> bool {
        let end = self.end.min(from + FARTHEST_REPORT);
        for at in from..end {
            let cue = cue_at(scene, at).filter(|cue| {
                matches!(cue.word.form, Form::Past | Form::Third)
                    && cue.word.takes(Takes::CLAUSE | Takes::HEARER)
            });
            let Some(cue) = cue else {
                if scene.kind(at) == TokenKind::Comma || at > from && is_verb(scene.text, at) {
                    return false;
                }
                continue;
            };
            if at == from {
                let who = noun_phrase(scene.text, cue.tokens.end, self.end);
                return who.is_some_and(|who| {
                    self.is_end(scene, self.skip_adverbials(scene, who.tokens.end))
                });
            }
            let is_subject =
                subject_before(scene.text, from, at).is_some_and(|who| who.tokens.start == from);
            let after = hearer(scene, &cue, self.end).map_or(cue.tokens.end, |hearer| hearer.end);
            return is_subject && self.is_end(scene, self.skip_adverbials(scene, after));
        }
        false
    }

    /// Whether a finite cue that shares the subject begins here: "and urged donors".
    pub(super) fn begins_report(&self, scene: &Scene<'_>, from: u32) -> bool {
        let mut at = from;
        while at < self.end
            && scene.text.tokens.get(at as usize).is_some_and(|word| {
                word.is(Tags::ADVERB | Tags::AUXILIARY) || word.ends_with(scene.text.content, "ly")
            })
        {
            at += 1;
        }
        cue_at(scene, at).is_some_and(|cue| {
            matches!(cue.word.form, Form::Past | Form::Third)
                && !cue.word.takes(Takes::MIND)
                && !scene
                    .text
                    .tokens
                    .get(cue.tokens.start as usize)
                    .is_some_and(|word| word.is_capital())
        })
    }
}

/// Whether a clause with a verb stands behind a first one that a comma closes: "If approved, it would cost …".
pub(super) fn has_main_clause(scene: &Scene<'_>, range: &Range<u32>) -> bool {
    let comma =
        range.clone().take(LONGEST_CONTENT as usize).find(|&at| scene.kind(at) == TokenKind::Comma);
    comma.is_some_and(|comma| has_verb(scene, &(comma + 1..range.end)))
}

/// Whether a word that no list holds is a verb of the third person there: "the transition reflects the reality".
fn looks_finite(scene: &Scene<'_>, at: u32) -> bool {
    if !scene.ends_with(at, "s") {
        return false;
    }
    let word = scene.word(at);
    let is_small = scene.text.tokens.get(at as usize).is_some_and(|token| {
        token.is_word()
            && !token.is_capital()
            && !is_function(token)
            && !token.is(Tags::ROLE | Tags::TIME_UNIT | Tags::UNIT)
    });
    let ends =
        word.len() > 3 && !["ss", "us", "is", "'s", "’s"].iter().any(|end| word.ends_with(end));
    let before = at.checked_sub(1).and_then(|at| scene.text.tokens.get(at as usize));
    let is_behind_noun = before.is_some_and(|before| {
        before.is_word() && !is_function(before) && !scene.ends_with(at - 1, "s")
    });
    let is_before_object = scene.text.tokens.get(at as usize + 1).is_some_and(|next| {
        next.is(Tags::DETERMINER | Tags::PRONOUN) || next.is_word() && scene.is(at + 1, "that")
    });
    // "the family plans to sue"
    let is_before_act = || {
        scene.is(at + 1, "to")
            && !is_verb(scene.text, at - 1)
            && scene.text.tokens.get(at as usize + 2).is_some_and(|next| {
                next.is_word() && !next.is_capital() && !next.is(Tags::DETERMINER | Tags::PRONOUN)
            })
    };
    is_small && ends && is_behind_noun && (is_before_object || is_before_act())
}

/// Whether somebody may be told there: "the council", "voters".
pub(super) fn names_hearer(scene: &Scene<'_>, at: u32) -> bool {
    let word = scene.text.tokens.get(at as usize);
    word.is_some_and(|word| {
        word.is_capital()
            || word.is(Tags::DETERMINER | Tags::ROLE | Tags::ORGANISATION | Tags::PUBLIC)
            // "promised to tenants that"; but "vowed to discuss that".
            || scene.is(at + 1, "that")
                && scene.ends_with(at, "s")
                && !scene.ends_with(at, "ss")
    })
}

/// Whether a thing stands behind the cue, so that "that" belongs to it: "stressed the danger that".
pub(super) fn names_thing(scene: &Scene<'_>, at: u32) -> bool {
    let Some(word) = scene.text.tokens.get(at as usize) else { return false };
    let is_adverbial =
        word.is(Tags::PREPOSITION | Tags::ADVERB | Tags::WEEKDAY | Tags::TIME | Tags::MONTH)
            || !word.is_word();
    !is_adverbial && !TIMES.hold(scene.text.content, word) && !scene.ends_with(at, "ly")
}

/// What is done with the paper in which something is said.
static PUBLISHED: Words<11> = Words::new([
    "published",
    "released",
    "issued",
    "posted",
    "sent",
    "seen",
    "obtained",
    "filed",
    "broadcast",
    "circulated",
    "carried",
]);

/// What tells when something is said.
static TIMES: Words<7> =
    Words::new(["last", "this", "early", "late", "earlier", "repeatedly", "again"]);

pub(super) fn has_verb(scene: &Scene<'_>, range: &Range<u32>) -> bool {
    range.clone().take(LONGEST_CONTENT as usize).any(|at| is_verb(scene.text, at))
}

pub(super) fn begins_subordinate(scene: &Scene<'_>, range: &Range<u32>) -> bool {
    let Some(word) = scene.text.tokens.get(range.start as usize) else { return false };
    word.is(Tags::CONDITION)
        || word.is(Tags::PREPOSITION) && !has_verb(scene, range)
        || scene.is_any(
            range.start,
            &[
                "when", "while", "although", "though", "because", "whether", "where", "after",
                "before", "since", "until", "as",
            ],
        )
}

pub(super) fn cue_in_front(scene: &Scene<'_>, range: Range<u32>) -> bool {
    range.clone().take(3).any(|at| cue_at(scene, at).is_some_and(|cue| cue.word.form != Form::Base))
}

/// Whether a noun phrase may begin here.
pub(super) fn begins_noun_phrase(scene: &Scene<'_>, at: u32) -> bool {
    let Some(word) = scene.text.tokens.get(at as usize) else { return false };
    match word.kind {
        TokenKind::Word => {
            let is_function = word.is(Tags::PREPOSITION
                | Tags::CONJUNCTION
                | Tags::AUXILIARY
                | Tags::MODAL
                | Tags::CONDITION)
                && !word.is(Tags::DETERMINER | Tags::PRONOUN);
            // "nearly 400 people", "further dates"
            let is_part = || {
                let next = scene.text.tokens.get(at as usize + 1);
                next.is_some_and(|next| {
                    next.kind == TokenKind::Number
                        || next.is(Tags::NUMBER | Tags::FRACTION)
                        || scene.is(at, "further")
                            && next.is_word()
                            && !crate::phrase::name::is_function(next)
                })
            };
            let is_adverb = word.is(Tags::ADVERB) && !word.is(Tags::DETERMINER) && !is_part();
            !is_function && !is_adverb && !word.has(flags::BLANK)
        }
        TokenKind::Number
        | TokenKind::Symbol
        | TokenKind::DoubleQuote
        | TokenKind::OpenQuote
        | TokenKind::OpenSingleQuote
        | TokenKind::Apostrophe => true,
        _ => false,
    }
}

/// What begins an adverbial.
static ADVERBIALS: Words<19> = Words::new([
    "in", "on", "at", "during", "after", "before", "to", "via", "through", "when", "while", "as",
    "last", "this", "late", "early", "earlier", "later", "from",
]);
/// What bends a time.
static BEFORE_TIME: Words<4> = Words::new(["early", "late", "earlier", "last"]);
/// What begins a clause and no noun phrase.
static BEFORE_CLAUSE: Words<13> = Words::new([
    "if", "what", "how", "why", "when", "without", "under", "after", "by", "while", "neither",
    "nothing", "whoever",
]);
/// What joins a clause to the one before it.
static LINKS: Words<7> = Words::new(["and", "but", "while", "though", "although", "as", "whereas"]);
/// Tokens between cue and "that".
pub(super) const FARTHEST_THAT: u32 = 16;
/// Tokens between cue and value.
const FARTHEST_VALUE: u32 = 24;
/// Tokens between the subject and the verb of a clause.
const FARTHEST_VERB: u32 = 24;
/// Tokens of what is said in one sentence.
const LONGEST_CONTENT: u32 = 160;
/// Tokens of a report behind what it reports.
const FARTHEST_REPORT: u32 = 14;
