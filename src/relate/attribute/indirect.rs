//! Indirect and mixed speech: "said that …", "…, she added", "according to …", "called the charge …".

use std::ops::Range;

use super::cue::{Cue, cue_at, hearer, is_passive, possessor, speaker_of};
use super::direct::Quotation;
use super::{Draft, Scene, Who};
use crate::fact::StatementType;
use crate::lexicon::{Form, Tags, Takes};
use crate::phrase::name::{NounPhrase, is_verb, noun_phrase, subject_before};
use crate::token::{TokenKind, flags};

/// Drafts a statement for each word of reporting outside speech turns and direct quotations that has something to report.
pub(super) fn speech(
    scene: &Scene<'_>,
    turns: &[Range<u32>],
    quotations: &[Quotation],
    drafts: &mut Vec<Draft>,
) {
    let first = drafts.len();
    let (mut turn, mut quotation) = (0, 0);
    let mut at = 0;
    // Nothing is read twice: a cue inside what somebody is already said to have said is part of it.
    let mut read_to = 0;
    while at < scene.end {
        let is_reporting =
            scene.text.tokens.get(at as usize).is_some_and(|token| token.is(Tags::REPORTING));
        if !is_reporting {
            at += 1;
            continue;
        }
        while turns.get(turn).is_some_and(|turn| turn.end <= at) {
            turn += 1;
        }
        while quotations.get(quotation).is_some_and(|unit| unit.marked.end <= at) {
            quotation += 1;
        }
        if let Some(turn) = turns.get(turn).filter(|turn| turn.start <= at) {
            at = turn.end.max(at + 1);
            continue;
        }
        let inside = quotations.get(quotation).filter(|unit| unit.marked.start <= at);
        if let Some(unit) = inside {
            at = unit.marked.end.max(at + 1);
            continue;
        }
        let Some(cue) = cue_at(scene, at) else {
            at += 1;
            continue;
        };
        let clause = Clause::around(scene, quotations, quotation, at);
        if let Some(draft) = clause.read(scene, &cue, read_to) {
            let tokens = draft.tokens();
            while drafts.len() > first
                && drafts.last().is_some_and(|earlier| {
                    tokens.start <= earlier.at && earlier.tokens().end <= tokens.end
                })
            {
                drafts.pop();
            }
            read_to = read_to.max(tokens.end);
            drafts.push(mixed(draft, quotations));
        }
        at = cue.tokens.end;
    }
}

/// Mixed when quoted words stand in it.
fn mixed(mut draft: Draft, quotations: &[Quotation]) -> Draft {
    let holds = |part: &Range<u32>| {
        let at = quotations.partition_point(|unit| unit.marked.end <= part.start);
        quotations.get(at).is_some_and(|unit| unit.marked.start < part.end)
    };
    if draft.parts.iter().any(holds) {
        draft.kind = StatementType::Mixed;
    }
    draft
}

/// The sentence around a cue, cut at direct quotations.
struct Clause {
    start: u32,
    end: u32,
    /// A direct quotation ends right before it and has no report of its own place in it.
    is_behind_quotation: bool,
    is_before_quotation: bool,
    /// The cue has been used by a quotation.
    is_used: bool,
}

impl Clause {
    fn around(scene: &Scene<'_>, quotations: &[Quotation], next: usize, at: u32) -> Self {
        let sentence = scene.sentence(at);
        let mut clause = Self {
            start: sentence.start,
            end: sentence.end,
            is_behind_quotation: false,
            is_before_quotation: false,
            is_used: false,
        };
        let is_used =
            |unit: &Quotation| unit.report.as_ref().is_some_and(|report| report.contains(&at));
        for unit in quotations.get(..next).unwrap_or_default().iter().rev().take(3) {
            clause.is_used |= is_used(unit);
            if unit.is_direct && unit.marked.end > clause.start {
                clause.start = unit.marked.end;
                clause.is_behind_quotation = true;
                break;
            }
        }
        for unit in quotations.get(next..).unwrap_or_default().iter().take(4) {
            if unit.marked.start >= clause.end {
                break;
            }
            clause.is_used |= is_used(unit);
            if unit.is_direct {
                clause.end = unit.marked.start;
                clause.is_before_quotation = true;
                break;
            }
        }
        clause
    }

    fn read(&self, scene: &Scene<'_>, cue: &Cue, read_to: u32) -> Option<Draft> {
        let at = cue.tokens.start;
        if self.is_used {
            return None;
        }
        if cue.word.form == Form::Source {
            return (at >= read_to).then(|| self.source(scene, cue)).flatten();
        }
        if !self.is_behind_quotation
            && let Some(draft) = self.parenthesis(scene, cue)
        {
            return Some(draft);
        }
        if at < read_to {
            return None;
        }
        self.forward(scene, cue)
    }

    /// "According to X, …" and "…, according to X".
    fn source(&self, scene: &Scene<'_>, cue: &Cue) -> Option<Draft> {
        let who = noun_phrase(scene.text, cue.tokens.end, self.end)?;
        let end = scene.text.tokens(cue.tokens.end..self.end);
        if end.is_empty() {
            return None;
        }
        let lead = scene.text.tokens(self.start..cue.tokens.start);
        let is_first = !lead
            .iter()
            .any(|token| token.is_word() && !token.is(Tags::CONJUNCTION | Tags::ADVERB));
        let content = if is_first {
            // Behind the comma that closes the source.
            let comma = (who.tokens.end..self.end)
                .take(FARTHEST_COMMA)
                .find(|&at| scene.kind(at) == TokenKind::Comma)?;
            comma + 1..self.end
        } else {
            self.start..cue.tokens.start
        };
        let mut parts = vec![scene.trimmed(content)];
        if !is_first
            && scene.kind(who.tokens.end) == TokenKind::Comma
            && !has_verb(scene, parts.first()?)
        {
            parts.push(scene.trimmed(who.tokens.end..self.end));
        }
        draft(scene, parts, Some(who), cue, None, 0.9)
    }

    /// "…, she added", "…, claims Labour Secretary Ivo Marsh", "Without it, she warned, …".
    fn parenthesis(&self, scene: &Scene<'_>, cue: &Cue) -> Option<Draft> {
        let at = cue.tokens.start;
        let is_finite = matches!(cue.word.form, Form::Past | Form::Third | Form::Base);
        if !is_finite
            || !cue.word.takes(Takes::CLAUSE | Takes::HEARER | Takes::QUOTE | Takes::THAT)
            || at <= self.start
        {
            return None;
        }
        let (who, begins, mut after) = if is_break(scene, at - 1) && cue.word.form != Form::Base {
            let who = noun_phrase(scene.text, cue.tokens.end, self.end)?;
            let after = who.tokens.end;
            let is_closed = self.is_end(scene, after)
                || self.is_adverbial(scene, after)
                || scene
                    .text
                    .tokens
                    .get(after as usize)
                    .is_some_and(|word| word.is(Tags::RELATIVE));
            if !is_closed || who.is_pronoun(scene.text) && scene.is(who.core.start, "it") {
                return None;
            }
            (who, at, after)
        } else {
            let who = subject_before(scene.text, self.start, at)?;
            if who.tokens.start <= self.start || !is_break(scene, who.tokens.start - 1) {
                return None;
            }
            let after = hearer(scene, cue, self.end).map_or(cue.tokens.end, |hearer| hearer.end);
            let begins = who.tokens.start;
            (who, begins, after)
        };
        after = self.skip_adverbials(scene, after);
        if !self.is_end(scene, after) {
            return None;
        }
        let before = scene.trimmed(self.start..begins);
        let before = behind_conjunction(scene, before);
        let words = scene
            .text
            .tokens(before.clone())
            .iter()
            .filter(|token| token.is_word() || token.kind == TokenKind::Number)
            .count();
        if words < 2 {
            return None;
        }
        let rest = scene.trimmed(after..self.end);
        let is_clause = has_verb(scene, &before) && !begins_subordinate(scene, before.start);
        let mut parts = vec![before];
        let first = scene.text.tokens.get(rest.start as usize);
        let goes_on = !rest.is_empty()
            && scene.kind(after) == TokenKind::Comma
            && !first.is_some_and(|word| {
                word.is(Tags::RELATIVE) && !word.is(Tags::CONDITION)
                    || scene.text.word(word).ends_with("ing")
            })
            && (!is_clause
                || first.is_some_and(|word| {
                    [
                        "since", "because", "but", "and", "while", "if", "unless", "though",
                        "although",
                    ]
                    .iter()
                    .any(|link| scene.text.is(word, link))
                }))
            && !(is_clause && cue_in_front(scene, rest.clone()));
        if goes_on {
            parts.push(rest);
        } else if !is_clause && !(words > 3 && self.is_sentence_end(scene, after)) {
            return None;
        }
        if !is_clause && !goes_on && begins_subordinate(scene, parts.first()?.start) {
            return None;
        }
        let addressee = hearer(scene, cue, self.end);
        draft(scene, parts, Some(who), cue, addressee, 0.85)
    }

    /// What stands behind the cue.
    fn forward(&self, scene: &Scene<'_>, cue: &Cue) -> Option<Draft> {
        let text = scene.text;
        let word = &cue.word;
        let mut start = cue.tokens.end;
        if word.form == Form::Noun || word.takes == 0 {
            return self.noun(scene, cue);
        }
        if word.is_noun && is_used_as_noun(scene, cue) {
            return self.noun(scene, cue);
        }
        let addressee = hearer(scene, cue, self.end);
        let mut confidence = 0.8;
        let mut is_object = false;
        let that = self.that(scene, start);
        if let Some(that) =
            that.filter(|_| word.takes(Takes::CLAUSE | Takes::HEARER | Takes::THAT | Takes::WEAK))
        {
            start = that;
            confidence = 0.95;
        } else if word.takes(Takes::OF) {
            start =
                (start..self.end.min(start + FARTHEST_THAT)).find(|&at| scene.is(at, "of"))? + 1;
        } else if word.takes(Takes::AT) && !word.takes(Takes::CLAUSE) {
            self.value(scene, start)?;
        } else if word.takes(Takes::TO) && scene.is(start, "to") {
            confidence = 0.85;
        } else if let Some(to) = addressee
            .as_ref()
            .filter(|hearer| word.takes(Takes::PERSON) && scene.is(hearer.end, "to"))
        {
            start = to.end;
            confidence = 0.85;
        } else if word.takes(Takes::CLAUSE) {
            if let Some(hearer) = addressee.as_ref().filter(|hearer| !is_verb(text, hearer.end)) {
                start = hearer.end;
            }
            start = self.skip_adverbials(scene, start);
            let content = start..self.end;
            let is_clause = self.begins_clause(scene, start);
            if !is_clause && !word.takes(Takes::OBJECT | Takes::AT) || content.is_empty() {
                return None;
            }
            is_object = !is_clause;
        } else if word.takes(Takes::OBJECT) {
            is_object = true;
        } else {
            return None;
        }
        if is_object {
            confidence = 0.6;
            if is_passive(scene, self.start, cue) {
                return None;
            }
        }
        let end = self.content_end(scene, start, is_object);
        let content = scene.trimmed(start..end);
        if content.is_empty() || is_object && !self.is_object(scene, &content) {
            return None;
        }
        let who = speaker_of(scene, self.start, cue);
        if word.form == Form::Base && who.is_none() {
            return None;
        }
        draft(scene, vec![content], who, cue, addressee, confidence)
    }

    /// "Trump's claim that …".
    fn noun(&self, scene: &Scene<'_>, cue: &Cue) -> Option<Draft> {
        let start = cue.tokens.end;
        if !scene.is(start, "that") {
            return None;
        }
        let who = possessor(scene, self.start, cue.tokens.start);
        let end = self.content_end(scene, start, false);
        who.as_ref()?;
        draft(scene, vec![scene.trimmed(start..end)], who, cue, None, 0.7)
    }

    /// The place of "that" behind the cue: "told parliament on Tuesday that".
    fn that(&self, scene: &Scene<'_>, start: u32) -> Option<u32> {
        let end = self.end.min(start + FARTHEST_THAT);
        let mut depth = 0;
        for at in start..end {
            match scene.kind(at) {
                TokenKind::Comma if depth == 0 && at > start => {
                    // "warned, in a report, that"
                    let next = (at + 1..end).find(|&at| scene.kind(at) == TokenKind::Comma)?;
                    return scene.is(next + 1, "that").then_some(next + 1);
                }
                TokenKind::Comma => {}
                TokenKind::OpenBracket => depth += 1,
                TokenKind::CloseBracket => depth -= 1,
                TokenKind::Word if scene.is(at, "that") => {
                    return (at + 1 < self.end).then_some(at);
                }
                TokenKind::Word if is_verb(scene.text, at) && at > start => return None,
                TokenKind::Word
                    if ["and", "or", "but", "who", "which", "whether", "if", "to"]
                        .iter()
                        .any(|stop| scene.is(at, stop))
                        && !(scene.is(at, "to") && !is_verb(scene.text, at + 1)) =>
                {
                    return None;
                }
                TokenKind::Word
                    if at > start
                        && scene.text.tokens.get(at as usize).is_some_and(|word| {
                            word.is(Tags::PRONOUN) && !word.is(Tags::RELATIVE)
                        })
                        && !scene.is(at - 1, "with")
                        && !scene.is(at - 1, "to") =>
                {
                    return None;
                }
                TokenKind::Word
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

    /// "the number of injured at 61": a thing and a value.
    fn value(&self, scene: &Scene<'_>, start: u32) -> Option<()> {
        let end = self.end.min(start + FARTHEST_VALUE);
        let at = (start + 1..end).find(|&at| scene.is(at, "at") || scene.is(at, "on"))?;
        let has_number =
            scene.text.tokens(at + 1..end.min(at + 8)).iter().any(|token| {
                token.kind == TokenKind::Number || token.is(Tags::NUMBER | Tags::SCALE)
            });
        has_number.then_some(())
    }

    /// Passes over "on Tuesday", "in a statement", "later" behind a cue.
    fn skip_adverbials(&self, scene: &Scene<'_>, from: u32) -> u32 {
        let text = scene.text;
        let mut at = from;
        for _ in 0..4 {
            let Some(word) = text.tokens.get(at as usize).filter(|_| at < self.end) else { break };
            if self.is_adverbial(scene, at) && word.is(Tags::PREPOSITION) {
                let Some(phrase) = noun_phrase(text, at + 1, self.end) else { break };
                at = phrase.core.end;
            } else if word.is(Tags::WEEKDAY | Tags::TIME)
                || word.is(Tags::MONTH) && word.is_capital()
                || word.is(Tags::ADVERB) && !begins_noun_phrase(scene, at + 1)
            {
                at += 1;
                while scene.kind(at) == TokenKind::Number
                    || scene.kind(at) == TokenKind::Dot
                        && scene.text.tokens.get(at as usize).is_some_and(|dot| dot.is_joined())
                        && at + 1 < self.end
                {
                    at += 1;
                }
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

    fn is_adverbial(&self, scene: &Scene<'_>, at: u32) -> bool {
        let Some(word) = scene.text.tokens.get(at as usize).filter(|_| at < self.end) else {
            return false;
        };
        word.is(Tags::WEEKDAY | Tags::TIME)
            || [
                "in", "on", "at", "during", "after", "before", "to", "via", "through", "when",
                "while", "as", "last", "this", "late", "early", "earlier", "later", "from",
            ]
            .iter()
            .any(|word| scene.is(at, word))
    }

    fn is_end(&self, scene: &Scene<'_>, at: u32) -> bool {
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

    fn is_sentence_end(&self, scene: &Scene<'_>, at: u32) -> bool {
        at >= self.end
            || matches!(scene.kind(at), TokenKind::Dot | TokenKind::Semicolon | TokenKind::Comma)
    }

    /// Whether a clause without "that" begins here: something that may be a subject, and a verb behind it.
    fn begins_clause(&self, scene: &Scene<'_>, start: u32) -> bool {
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
        let begins = begins_noun_phrase(scene, start)
            || [
                "there", "if", "what", "how", "why", "when", "without", "under", "after", "by",
                "while", "neither", "nothing", "whoever",
            ]
            .iter()
            .any(|word| scene.is(start, word));
        let end = self.end.min(start + FARTHEST_VERB);
        let has_verb = (start + 1..end).any(|at| {
            is_verb(scene.text, at)
                || scene.text.tokens.get(at as usize).is_some_and(|word| {
                    word.is(Tags::REPORTING) && word.is_word() && !word.is_capital()
                })
        });
        begins
            && (has_verb
                || matches!(scene.kind(start), TokenKind::DoubleQuote | TokenKind::OpenQuote))
    }

    fn is_object(&self, scene: &Scene<'_>, content: &Range<u32>) -> bool {
        begins_noun_phrase(scene, content.start)
            || scene.text.tokens.get(content.start as usize).is_some_and(|word| {
                scene.text.word(word).ends_with("ing") || word.is(Tags::QUESTION)
            })
    }

    /// Where what is said ends: with the sentence, or where the next report or the author begins.
    fn content_end(&self, scene: &Scene<'_>, start: u32, is_object: bool) -> u32 {
        let text = scene.text;
        let mut brackets = 0;
        let farthest = self.end.min(start + LONGEST_CONTENT);
        for at in start..farthest {
            let Some(token) = text.tokens.get(at as usize) else { return at };
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
    fn breaks(&self, scene: &Scene<'_>, comma: u32, is_object: bool) -> bool {
        let text = scene.text;
        let mut next = comma + 1;
        let joins = ["and", "but", "while", "though", "although", "as", "whereas"]
            .iter()
            .any(|link| scene.is(next, link));
        if joins {
            if self.begins_report(scene, next + 1) {
                return true;
            }
            // "…, but kept its dividend": the subject of the report goes on.
            let after = text.tokens.get(next as usize + 1);
            if after.is_some_and(|verb| verb.is(Tags::PAST_VERB)) {
                return true;
            }
            // "…, while Jones claimed": another's report.
            let end = self.end.min(next + FARTHEST_VERB);
            let other =
                (next + 1..end).find(|&at| is_verb(text, at) || cue_at(scene, at).is_some());
            if let Some(other) = other
                && cue_at(scene, other).is_some_and(|cue| {
                    matches!(cue.word.form, Form::Past | Form::Third)
                        && cue.word.takes(Takes::CLAUSE | Takes::HEARER)
                })
                && subject_before(text, next + 1, other).is_some()
            {
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
            && (text.word(word).ends_with("ing")
                || word.is(Tags::CONDITION)
                || word.is(Tags::PREPOSITION) && !scene.is(next, "including"))
    }

    /// Whether a finite cue that shares the subject begins here: "and urged donors".
    fn begins_report(&self, scene: &Scene<'_>, from: u32) -> bool {
        let mut at = from;
        while at < self.end
            && scene.text.tokens.get(at as usize).is_some_and(|word| {
                word.is(Tags::ADVERB | Tags::AUXILIARY) || scene.text.word(word).ends_with("ly")
            })
        {
            at += 1;
        }
        cue_at(scene, at).is_some_and(|cue| {
            matches!(cue.word.form, Form::Past | Form::Third)
                && cue.word.takes & !Takes::MIND != 0
                && !scene
                    .text
                    .tokens
                    .get(cue.tokens.start as usize)
                    .is_some_and(|word| word.is_capital())
        })
    }
}

/// A draft, when what is said is not empty.
fn draft(
    scene: &Scene<'_>,
    parts: Vec<Range<u32>>,
    who: Option<NounPhrase>,
    cue: &Cue,
    addressee: Option<Range<u32>>,
    confidence: f32,
) -> Option<Draft> {
    let parts: Vec<Range<u32>> = parts
        .into_iter()
        .map(|part| without_end(scene, part))
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        return None;
    }
    let confidence = if cue.word.takes(Takes::MIND) { confidence * 0.7 } else { confidence };
    Some(Draft {
        at: who.as_ref().map_or(cue.tokens.start, |who| who.core.start),
        parts,
        kind: StatementType::IndirectSpeech,
        who: who.map_or(Who::Nobody, Who::Phrase),
        cue: Some(cue.tokens.clone()),
        addressee,
        confidence,
    })
}

/// Without a final stop.
fn without_end(scene: &Scene<'_>, range: Range<u32>) -> Range<u32> {
    let range = scene.trimmed(range);
    let mut end = range.end;
    while end > range.start
        && matches!(
            scene.kind(end - 1),
            TokenKind::Question | TokenKind::Exclamation | TokenKind::Dot | TokenKind::Ellipsis
        )
    {
        end -= 1;
    }
    range.start..end
}

/// Whether a comma, a dash or a mark that closes a quoted word with a comma inside stands there.
fn is_break(scene: &Scene<'_>, at: u32) -> bool {
    match scene.kind(at) {
        TokenKind::Comma | TokenKind::Dash => true,
        TokenKind::CloseQuote | TokenKind::DoubleQuote | TokenKind::CloseSingleQuote => {
            at > 0 && scene.kind(at - 1) == TokenKind::Comma
        }
        _ => false,
    }
}

fn has_verb(scene: &Scene<'_>, range: &Range<u32>) -> bool {
    range.clone().take(LONGEST_CONTENT as usize).any(|at| is_verb(scene.text, at))
}

fn begins_subordinate(scene: &Scene<'_>, at: u32) -> bool {
    let Some(word) = scene.text.tokens.get(at as usize) else { return false };
    word.is(Tags::CONDITION | Tags::PREPOSITION)
        || ["when", "while", "although", "though", "because", "whether", "where"]
            .iter()
            .any(|link| scene.is(at, link))
}

fn behind_conjunction(scene: &Scene<'_>, range: Range<u32>) -> Range<u32> {
    let skip = ["but", "and", "however", "still", "meanwhile"]
        .iter()
        .any(|link| scene.is(range.start, link));
    if skip { scene.trimmed(range.start + 1..range.end) } else { range }
}

fn cue_in_front(scene: &Scene<'_>, range: Range<u32>) -> bool {
    range.clone().take(3).any(|at| cue_at(scene, at).is_some_and(|cue| cue.word.form != Form::Base))
}

/// Whether a noun phrase may begin here.
fn begins_noun_phrase(scene: &Scene<'_>, at: u32) -> bool {
    let Some(word) = scene.text.tokens.get(at as usize) else { return false };
    match word.kind {
        TokenKind::Word => {
            let is_function = word.is(Tags::PREPOSITION
                | Tags::CONJUNCTION
                | Tags::AUXILIARY
                | Tags::MODAL
                | Tags::CONDITION)
                && !word.is(Tags::DETERMINER | Tags::PRONOUN);
            !is_function
                && !(word.is(Tags::ADVERB) && !word.is(Tags::DETERMINER))
                && !word.has(flags::BLANK)
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

/// Whether a word that is noun and verb is a noun here: an article, a possessive, a preposition or an adjective stands before it.
fn is_used_as_noun(scene: &Scene<'_>, cue: &Cue) -> bool {
    let Some(before) =
        cue.tokens.start.checked_sub(1).and_then(|at| scene.text.tokens.get(at as usize))
    else {
        return false;
    };
    let is_own = before.is(Tags::DETERMINER) && !before.is(Tags::RELATIVE | Tags::PRONOUN)
        || before.is(Tags::PREPOSITION) && !scene.is(cue.tokens.start - 1, "to");
    is_own && !(cue.word.form == Form::Past)
}

/// Tokens between cue and "that".
const FARTHEST_THAT: u32 = 16;
/// Tokens between cue and value.
const FARTHEST_VALUE: u32 = 24;
/// Tokens between a source and the comma behind it.
const FARTHEST_COMMA: usize = 24;
/// Tokens between the subject and the verb of a clause.
const FARTHEST_VERB: u32 = 24;
/// Tokens of what is said in one sentence.
const LONGEST_CONTENT: u32 = 160;
