//! Indirect and mixed speech: "said that …", "…, she added", "according to …", "called the charge …".
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a token of any other kind means the same: nothing is read here"
)]

use std::ops::Range;

use super::clause::{
    Clause, FARTHEST_THAT, begins_subordinate, cue_in_front, has_main_clause, has_verb,
    names_hearer, names_thing,
};
use super::cue::{
    Cue, cue_at, hearer, is_by_whom, is_no_verb, is_passive, paper_before, possessor, speaker_of,
};
use super::denied::{is_duty, is_negated};
use super::direct::Quotation;
use super::thing::{is_dealing, is_gain, is_gift, is_summons};
use super::{Draft, Scene, Who};
use crate::fact::StatementType;
use crate::lexicon::{Form, Tags, Takes};
use crate::phrase::name::{
    NounPhrase, is_function, is_sentence_start, is_verb, noun_phrase, subject_before,
};
use crate::token::{Token, TokenKind};

/// Drafts a statement for each word of reporting outside speech turns and direct quotations that has something to report.
pub(super) fn speech(
    scene: &Scene<'_>,
    turns: &[Range<u32>],
    quotations: &[Quotation],
    drafts: &mut Vec<Draft>,
) {
    let first = drafts.len();
    let (mut turn, mut quotation) = (0, 0);
    let mut sentences = scene.text.sentences.iter().peekable();
    // Nothing is read twice: a cue inside what somebody is already said to have said is part of it.
    let mut read_to = 0;
    let mut next = 0;
    for &at in &scene.text.places.reports {
        if at >= scene.end {
            break;
        }
        if at < next {
            continue;
        }
        while turns.get(turn).is_some_and(|turn| turn.end <= at) {
            turn += 1;
        }
        while quotations.get(quotation).is_some_and(|unit| unit.marked.end <= at) {
            quotation += 1;
        }
        if let Some(turn) = turns.get(turn).filter(|turn| turn.start <= at) {
            next = turn.end;
            continue;
        }
        let inside = quotations.get(quotation).filter(|unit| unit.marked.start <= at);
        if let Some(unit) = inside {
            next = unit.marked.end;
            continue;
        }
        let Some(cue) = cue_at(scene, at) else { continue };
        // Inside what is said, only "…, she added, …" reports: what is no finite verb needs no clause.
        let is_finite = matches!(cue.word.form, Form::Past | Form::Third | Form::Base);
        if at < read_to && !is_finite {
            next = cue.tokens.end;
            continue;
        }
        while sentences.next_if(|sentence| sentence.tokens.end <= at).is_some() {}
        let sentence = sentences.peek().map_or(at..at, |sentence| scene.cut(sentence));
        let clause = Clause::around(&sentence, quotations, quotation, at);
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
        next = cue.tokens.end;
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

impl Clause {
    fn around(sentence: &Range<u32>, quotations: &[Quotation], next: usize, at: u32) -> Self {
        let mut clause = Self {
            start: sentence.start.max(at.saturating_sub(FARTHEST)),
            end: sentence.end.min(at + FARTHEST),
            is_behind_quotation: false,
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
                break;
            }
            // Quoted words may hold whole sentences.
            if unit.marked.end > clause.end {
                clause.end = unit.marked.end.min(at + FARTHEST);
                break;
            }
        }
        clause
    }

    fn read(&self, scene: &Scene<'_>, cue: &Cue, read_to: u32) -> Option<Draft> {
        let at = cue.tokens.start;
        if self.is_used && !self.goes_on_to_a_colon(scene, cue) {
            return None;
        }
        if cue.word.form == Form::Source {
            return (at >= read_to).then(|| self.source(scene, cue)).flatten();
        }
        let is_noun = is_no_verb(scene, cue);
        if !self.is_behind_quotation
            && let Some(draft) = self.parenthesis(scene, cue, is_noun)
        {
            return Some(draft);
        }
        if at < read_to {
            return None;
        }
        if let Some(draft) = self.as_said(scene, cue) {
            return Some(draft);
        }
        self.forward(scene, cue, is_noun)
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
            comma + 1..self.content_end(scene, comma + 1, false)
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

    /// "As Clyburn noted, …".
    fn as_said(&self, scene: &Scene<'_>, cue: &Cue) -> Option<Draft> {
        let is_finite = matches!(cue.word.form, Form::Past | Form::Third);
        if !is_finite
            || !cue.word.takes(Takes::CLAUSE)
            || !scene.is(self.start, "as")
            || cue.tokens.start > self.start + FARTHEST_AS
        {
            return None;
        }
        let who = subject_before(scene.text, self.start + 1, cue.tokens.start)?;
        let after = hearer(scene, cue, self.end).map_or(cue.tokens.end, |hearer| hearer.end);
        let after = self.skip_adverbials(scene, after);
        if scene.kind(after) != TokenKind::Comma {
            return None;
        }
        draft(scene, vec![scene.trimmed(after..self.end)], Some(who), cue, None, 0.8)
    }

    /// "…, she added", "…, claims Labour Secretary Ivo Marsh", "Without it, she warned, …".
    fn parenthesis(&self, scene: &Scene<'_>, cue: &Cue, is_noun: bool) -> Option<Draft> {
        let at = cue.tokens.start;
        let is_finite = matches!(cue.word.form, Form::Past | Form::Third | Form::Base);
        if !is_finite
            || !cue.word.takes(Takes::CLAUSE | Takes::HEARER | Takes::QUOTE | Takes::THAT)
            || at <= self.start
            || is_noun
        {
            return None;
        }
        let (who, begins, after) = if is_break(scene, at - 1) && cue.word.form != Form::Base {
            let who = noun_phrase(scene.text, cue.tokens.end, self.end)?;
            let after = who.tokens.end;
            let is_closed = self.is_end(scene, after)
                || self.is_adverbial(scene, after)
                || scene
                    .text
                    .tokens
                    .get(after as usize)
                    .is_some_and(|word| word.is(Tags::RELATIVE));
            let may_speak = scene.text.tokens(who.core.clone()).iter().any(|word| {
                word.is_capital() && !is_function(word)
                    || word.is(Tags::ROLE | Tags::ORGANISATION | Tags::PRONOUN)
            }) || scene
                .text
                .tokens
                .get(who.core.start as usize)
                .is_some_and(|word| word.is(Tags::DETERMINER));
            // "Its leader, Jonathan Brook, urged ministers to act": they are urged.
            let is_asked = scene.is(after, "to")
                && scene
                    .text
                    .tokens
                    .get(after as usize + 1)
                    .is_some_and(|word| word.is(Tags::ACT | Tags::VERB | Tags::AUXILIARY));
            if !is_closed
                || is_asked
                || !may_speak
                || who.is_pronoun(scene.text) && scene.is(who.core.start, "it")
            {
                return None;
            }
            let after = self.skip_adverbials(scene, after);
            if !self.is_end(scene, after) || self.is_apposed(scene, cue) {
                return None;
            }
            (who, at, after)
        } else {
            let after = hearer(scene, cue, self.end).map_or(cue.tokens.end, |hearer| hearer.end);
            let after = self.skip_adverbials(scene, after);
            if !self.is_end(scene, after) {
                return None;
            }
            let who = subject_before(scene.text, self.start, at)
                .filter(|who| who.tokens.start > self.start)
                .filter(|who| is_break(scene, who.tokens.start - 1))
                .or_else(|| paper_before(scene, self.start, at))?;
            let begins = who.tokens.start;
            (who, begins, after)
        };
        let before = behind_conjunction(scene, scene.trimmed(self.start..begins));
        // "Asked whether it was late, Lund laughed": that was asked.
        if scene.is(before.start, "asked") {
            return None;
        }
        let words = scene
            .text
            .tokens(before.clone())
            .iter()
            .filter(|token| token.is_word() || token.kind == TokenKind::Number)
            .count();
        let rest = scene.trimmed(after..self.end);
        let is_clause = has_verb(scene, &before)
            && (!begins_subordinate(scene, &before) || has_main_clause(scene, &before));
        let mut parts = vec![before];
        let first = scene.text.tokens.get(rest.start as usize);
        let is_linked = first.is_some_and(|word| {
            scene.text.is_any(
                word,
                &[
                    "since", "because", "but", "and", "while", "how", "what", "why", "whether",
                    "that", "if", "unless", "though", "although",
                ],
            )
        });
        let is_of_author = first.is_none_or(|word| {
            word.is(Tags::RELATIVE) && !word.is(Tags::CONDITION)
                || word.ends_with(scene.text.content, "ing")
        });
        let goes_on = !is_of_author
            && scene.kind(after) == TokenKind::Comma
            && (!is_clause || is_linked && !cue_in_front(scene, rest.clone()))
            && !self.has_other_report(scene, after + 1);
        if words < 2 && !goes_on {
            return None;
        }
        if goes_on {
            parts.push(rest);
        } else if !(is_clause || words > 3 && self.is_sentence_end(scene, after)) {
            return None;
        }
        if !is_clause && !goes_on && begins_subordinate(scene, parts.first()?) {
            return None;
        }
        // "…, the inquest was told": who is told says nothing.
        if cue.word.takes(Takes::PERSON) && is_passive(scene, self.start, cue) {
            let teller = speaker_of(scene, self.start, cue);
            return draft(scene, parts, teller, cue, Some(who.core), 0.7);
        }
        let addressee = hearer(scene, cue, self.end);
        draft(scene, parts, Some(who), cue, addressee, 0.85)
    }

    /// "Mary Holt, a nurse, denied four counts": what stands in front is the subject of the cue, and not what is said.
    fn is_apposed(&self, scene: &Scene<'_>, cue: &Cue) -> bool {
        let before = behind_conjunction(scene, scene.trimmed(self.start..cue.tokens.start));
        cue.word.takes(Takes::OBJECT | Takes::PERSON | Takes::HEARER)
            && before.clone().any(|at| scene.kind(at) == TokenKind::Comma)
            && !has_verb(scene, &before)
            && subject_before(scene.text, self.start, cue.tokens.start)
                .is_some_and(|who| who.core.start == before.start)
    }

    /// What stands behind the cue.
    fn forward(&self, scene: &Scene<'_>, cue: &Cue, is_noun: bool) -> Option<Draft> {
        let text = scene.text;
        let word = &cue.word;
        let at_cue = cue.tokens.start;
        let mut start = cue.tokens.end;
        if word.form == Form::Noun || word.takes == 0 {
            return self.noun(scene, cue);
        }
        if is_noun {
            return self.noun(scene, cue);
        }
        // "Asked about the kiln, she said …"
        let is_participle = matches!(word.form, Form::Past | Form::Participle)
            && is_sentence_start(scene.text, cue.tokens.start);
        // "expected by analysts"; but "was told by Lund that", "was accused by her of".
        let is_by_whom =
            is_by_whom(scene, cue) && !word.takes(Takes::OF) && self.that(scene, start).is_none();
        if is_participle || is_by_whom || is_negated(scene, self.start, cue) {
            return None;
        }
        // "Welcoming the guest, she said": what is done beside the saying, unless it says what.
        let is_beside = word.form == Form::Ing && is_sentence_start(scene.text, cue.tokens.start);
        if is_beside && self.that(scene, start) != Some(start) {
            return None;
        }
        let addressee = hearer(scene, cue, self.end);
        let mut confidence = 0.8;
        let mut is_object = false;
        // "asked officials to draft rules that help": the rules help.
        let asked = addressee
            .as_ref()
            .filter(|_| word.takes(Takes::PERSON))
            .filter(|hearer| scene.is(hearer.end + u32::from(scene.is(hearer.end, "not")), "to"));
        // "vowed to pass a bill that": the bill; but "promised to voters that".
        let is_deed =
            || word.takes(Takes::TO) && scene.is(start, "to") && !names_hearer(scene, start + 1);
        let may_lead = || {
            !is_deed() && (word.takes(Takes::HEARER | Takes::PERSON) || !names_thing(scene, start))
        };
        if word.takes(Takes::TO)
            && word.takes(Takes::HEARER)
            && !scene.is(start, "that")
            && addressee.as_ref().is_some_and(|hearer| is_gift(scene, hearer))
        {
            return None;
        }
        let that = self.that(scene, start).filter(|&that| {
            asked.is_none_or(|hearer| that <= hearer.end) && (that == start || may_lead())
        });
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
        } else if let Some(to) = asked {
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
            if is_passive(scene, self.start, cue) || self.is_reduced(scene, cue) {
                return None;
            }
            // "will report its results": that is not said yet.
            let is_result = scene.is(at_cue, "report") || scene.is(at_cue, "announce");
            if is_result && at_cue > self.start && scene.is(at_cue - 1, "will") {
                return None;
            }
        }
        let mut end = self.content_end(scene, start, is_object);
        if is_relative(scene, self.start, cue) {
            // "…, who both said they would attend, did not": the main clause goes on.
            let is_ahead = || {
                speaker_of(scene, self.start, cue)
                    .is_some_and(|who| !has_verb(scene, &(self.start..who.core.start)))
            };
            let resumes = |&at: &u32| {
                let passes = |word: &Token| word.is(Tags::ADVERB | Tags::TIME);
                let verb = at + 1 + u32::from(text.tokens.get(at as usize + 1).is_some_and(passes));
                scene.kind(at) == TokenKind::Comma
                    && is_verb(text, verb)
                    // "the plan, announced in May, was": of the plan; but "…, declined to comment", "…, resigned on Friday."
                    && (!scene.ends_with(verb, "ed")
                        || scene.is(verb + 1, "to")
                        || scene.is(verb + 1, "that")
                        || !(verb..end).any(|at| scene.kind(at) == TokenKind::Comma))
            };
            end = (start..end).find(resumes).filter(|_| is_ahead()).unwrap_or(end);
        }
        let content = scene.trimmed(start..end);
        if content.is_empty() || is_object && !self.is_object(scene, &content) {
            return None;
        }
        // "the index added 61 points"
        if that.is_none() && is_gain(scene, at_cue, &content) {
            return None;
        }
        if is_object && is_summons(scene, cue, &content)
            || that.is_none() && is_dealing(scene, cue, &content)
        {
            return None;
        }
        // "called the meeting to order"
        let is_order = |at: u32| scene.is(at, "order") && scene.is(at - 1, "to");
        if is_object && content.clone().skip(1).any(is_order) {
            return None;
        }
        let who = speaker_of(scene, self.start, cue);
        // "Residents are asked to move": by nobody that is named.
        let is_told =
            is_passive(scene, self.start, cue) && (that.is_none() || word.takes(Takes::PERSON));
        // "Two blast furnaces": a number names nobody that does what is only a verb elsewhere.
        let is_number = |who: &NounPhrase| {
            let is_counted = |word: &Token| word.is(Tags::NUMBER) || word.kind == TokenKind::Number;
            word.form == Form::Base && who.single(text).is_some_and(is_counted)
        };
        // "unless bosses agree to": not said yet.
        let is_supposed = who
            .as_ref()
            .and_then(|who| who.tokens.start.checked_sub(1))
            .is_some_and(|at| scene.is(at, "if") || scene.is(at, "unless"));
        if is_supposed || is_told && who.is_none() || who.as_ref().is_some_and(is_number) {
            return None;
        }
        // "what sailors call a dead sea"
        let is_of_what = who
            .as_ref()
            .and_then(|who| who.tokens.start.checked_sub(1))
            .is_some_and(|at| scene.is(at, "what"));
        if is_object && is_of_what {
            return None;
        }
        if word.form == Form::Base && (who.is_none() || that.is_none() && is_duty(scene, cue)) {
            return None;
        }
        // "…," said Lund, adding that …
        let is_added = who.is_none() && word.form == Form::Ing && self.is_behind_quotation;
        let mut out = draft(scene, vec![content], who, cue, addressee, confidence)?;
        if is_added {
            out.who = Who::Last;
        }
        Some(out)
    }

    /// "Trump's claim that …".
    fn noun(&self, scene: &Scene<'_>, cue: &Cue) -> Option<Draft> {
        let start = cue.tokens.end;
        if !cue.word.is_noun || !scene.is(start, "that") {
            return None;
        }
        let who = possessor(scene, self.start, cue.tokens.start);
        let end = self.content_end(scene, start, false);
        who.as_ref()?;
        draft(scene, vec![scene.trimmed(start..end)], who, cue, None, 0.7)
    }
}

/// A draft, when what is said is not empty.
fn draft(
    scene: &Scene<'_>,
    mut parts: Vec<Range<u32>>,
    who: Option<NounPhrase>,
    cue: &Cue,
    addressee: Option<Range<u32>>,
    confidence: f32,
) -> Option<Draft> {
    parts.retain_mut(|part| {
        *part = without_end(scene, part.clone());
        part.start < part.end
    });
    // "denied this": what was said stands elsewhere.
    let is_this = |part: &Range<u32>| {
        part.len() == 1
            && scene
                .text
                .tokens
                .get(part.start as usize)
                .is_some_and(|word| word.is(Tags::DETERMINER | Tags::PRONOUN))
    };
    if parts.iter().all(is_this) {
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

fn behind_conjunction(scene: &Scene<'_>, range: Range<u32>) -> Range<u32> {
    let skip = scene.is_any(range.start, &["but", "and", "however", "still", "meanwhile"]);
    if skip { scene.trimmed(range.start + 1..range.end) } else { range }
}

/// Whether "who" or "which" is the subject of the cue.
fn is_relative(scene: &Scene<'_>, from: u32, cue: &Cue) -> bool {
    let start = from.max(cue.tokens.start.saturating_sub(3));
    (start..cue.tokens.start).any(|at| scene.is(at, "who") || scene.is(at, "which"))
}

/// Tokens between the head of a clause and the cue of "as she said".
const FARTHEST_AS: u32 = 15;
/// Tokens of a sentence on either side of a cue.
const FARTHEST: u32 = 300;
/// Tokens between a source and the comma behind it.
const FARTHEST_COMMA: usize = 24;
