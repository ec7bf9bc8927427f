//! Direct quotations: words between marks that somebody is said to have spoken, told from slogans, titles and single words.

use std::ops::Range;

use super::cue::{Report, cue_at, report_after, report_before};
use super::{Draft, Scene, Who};
use crate::fact::StatementType;
use crate::lexicon::{Form, Tags};
use crate::phrase::name::{NounPhrase, is_verb, noun_phrase, subject_before};
use crate::text::Quote;
use crate::token::TokenKind;

/// A quotation with its marks, over all its paragraphs.
#[derive(Clone, Debug)]
pub(in crate::relate) struct Quotation {
    /// From the opening to the closing mark.
    pub(super) marked: Range<u32>,
    /// The words between them.
    pub(super) tokens: Range<u32>,
    /// Somebody is quoted with these words alone; otherwise they belong to the sentence around them.
    pub(super) is_direct: bool,
    /// The place of the report that it was given, to tell which words have been used.
    pub(super) report: Option<Range<u32>>,
}

/// Finds every quotation, and drafts a statement for each direct one.
pub(super) fn quotations(
    scene: &Scene<'_>,
    turns: &[Range<u32>],
    units: &mut Vec<Quotation>,
    drafts: &mut Vec<Draft>,
) {
    let mut was_open = false;
    let mut nested: Vec<&Quote> = Vec::new();
    for quote in scene.text.quotes.iter().take_while(|quote| quote.tokens.end <= scene.end) {
        if quote.depth > 0 {
            nested.push(quote);
            continue;
        }
        if let Some(unit) = units.last_mut().filter(|_| quote.continues && was_open) {
            unit.marked.end = quote.marked.end;
            unit.tokens.end = quote.tokens.end;
        } else {
            units.push(Quotation {
                marked: quote.marked.clone(),
                tokens: quote.tokens.clone(),
                is_direct: false,
                report: None,
            });
        }
        was_open = quote.is_open;
    }
    let mut turn = 0;
    let mut last: Option<Spoken> = None;
    for index in 0..units.len() {
        let (earlier, rest) = units.split_at_mut(index);
        let Some(unit) = rest.first_mut() else { break };
        while turns.get(turn).is_some_and(|turn| turn.end <= unit.marked.start) {
            turn += 1;
        }
        let is_inside_turn = turns.get(turn).is_some_and(|turn| turn.start <= unit.marked.start);
        // What a turn begins with are words of somebody else, which it goes on about.
        if turns.get(turn).is_some_and(|turn| turn.start == unit.marked.start) {
            continue;
        }
        read(scene, earlier.last(), unit, is_inside_turn, &mut last, drafts);
    }
    for quote in nested {
        let outer = units.partition_point(|unit| unit.marked.start <= quote.marked.start);
        if let Some(outer) =
            outer.checked_sub(1).and_then(|outer| units.get(outer)).filter(|outer| outer.is_direct)
        {
            inner(scene, outer, quote, drafts);
        }
    }
}

/// The direct quotation read last.
struct Spoken {
    draft: usize,
    end: u32,
    /// One past its report; its own end when it has none behind it.
    report_end: u32,
    has_tail: bool,
}

fn read(
    scene: &Scene<'_>,
    previous: Option<&Quotation>,
    unit: &mut Quotation,
    is_inside_turn: bool,
    last: &mut Option<Spoken>,
    drafts: &mut Vec<Draft>,
) {
    let first_sentence = scene.sentence(unit.marked.start);
    let from = previous
        .map_or(first_sentence.start, |previous| first_sentence.start.max(previous.marked.end));
    let before = from..unit.marked.start;
    let after = after(scene, unit);
    let has_words_before = has_words(scene, before.clone());
    let shape = Shape::of(scene, unit);

    // "…," she said, "…": goes on in the same sentence behind its report.
    if let Some(spoken) =
        last.as_ref().filter(|spoken| spoken.has_tail && spoken.report_end > spoken.end)
        && scene.sentence(spoken.report_end - 1) == first_sentence
        && spoken.report_end <= unit.marked.start
        && goes_on(scene, spoken.report_end..unit.marked.start)
        && let Some(draft) = drafts.get_mut(spoken.draft)
    {
        draft.parts.push(unit.tokens.clone());
        unit.is_direct = true;
        unit.report = Some(spoken.end..unit.marked.start);
        let draft = spoken.draft;
        *last = Some(Spoken {
            draft,
            end: unit.marked.end,
            report_end: unit.marked.end,
            has_tail: false,
        });
        return;
    }
    let tail_from = last
        .as_ref()
        .map_or(from, |spoken| if spoken.has_tail { spoken.report_end.max(from) } else { from });
    let has_words_before = has_words_before && has_words(scene, tail_from..unit.marked.start);

    if !has_words_before
        && shape.asks_for_report(scene, &after)
        && let Some(report) = report_after(scene, after.start, after.end)
            .filter(|report| shape.fits_tail(scene, unit, report))
    {
        return speak(scene, unit, &report, true, last, drafts);
    }
    if has_words_before {
        let separator = scene.kind(unit.marked.start - 1);
        let report = report_before(scene, tail_from, unit.marked.start);
        let is_set_off = matches!(separator, TokenKind::Comma | TokenKind::Colon | TokenKind::Dash)
            && !follows_list(scene, unit);
        if let Some(report) = report {
            let is_adjacent = report.cue.end == unit.marked.start;
            let is_beside = report.cue.end + 1 >= unit.marked.start
                || report
                    .addressee
                    .as_ref()
                    .is_some_and(|hearer| hearer.end + 1 >= unit.marked.start);
            let is_behind_that = scene.is(unit.marked.start - 1, "that");
            let is_object = report.is_object && !shape.is_upper;
            let is_whole = (shape.is_upper && (shape.ends_inside || shape.words > 4)
                || is_adjacent && !is_object && shape.words > 2)
                && (is_beside || is_set_off)
                && !is_behind_that;
            if is_set_off && (shape.is_upper || shape.words > 6) || is_whole {
                return speak(scene, unit, &report, false, last, drafts);
            }
        } else if separator == TokenKind::Colon && shape.is_upper && shape.words > 2 {
            let who = first_subject(scene, tail_from..unit.marked.start).or_else(|| {
                noun_phrase(scene.text, tail_from, unit.marked.start - 1)
                    .filter(|phrase| phrase.tokens.end + 1 == unit.marked.start)
            });
            let report = Report {
                who,
                cue: unit.marked.start - 1..unit.marked.start,
                addressee: None,
                end: unit.marked.start,
                is_known: false,
                is_object: false,
            };
            return speak(scene, unit, &report, false, last, drafts);
        }
        return;
    }
    if is_inside_turn || !shape.is_sentence(scene, &after) {
        return;
    }
    // Whole sentences without a report of their own.
    continuation(scene, unit, from, last, drafts);
}

/// Where the report behind a quotation may stand: the rest of its sentence, or the next one when a question or exclamation ends it.
fn after(scene: &Scene<'_>, unit: &Quotation) -> Range<u32> {
    let sentence = scene.sentence(unit.marked.end - 1);
    if unit.marked.end < sentence.end || unit.marked.end >= scene.end {
        return unit.marked.end..sentence.end.max(unit.marked.end);
    }
    let next = scene.sentence(unit.marked.end);
    let is_next_paragraph = scene
        .text
        .tokens
        .get(unit.marked.end as usize)
        .is_some_and(|token| token.has(crate::token::flags::BLANK));
    let asks = matches!(
        scene.kind(unit.tokens.end - 1),
        TokenKind::Question | TokenKind::Exclamation | TokenKind::Ellipsis | TokenKind::Dash
    );
    if asks && !is_next_paragraph {
        unit.marked.end..next.end
    } else {
        unit.marked.end..unit.marked.end
    }
}

/// How a quotation is written.
struct Shape {
    is_upper: bool,
    ends_inside: bool,
    comma_inside: bool,
    words: usize,
}

impl Shape {
    fn of(scene: &Scene<'_>, unit: &Quotation) -> Self {
        let tokens = scene.text.tokens(unit.tokens.clone());
        let is_mark = |kind| {
            matches!(
                kind,
                TokenKind::CloseQuote
                    | TokenKind::CloseSingleQuote
                    | TokenKind::Apostrophe
                    | TokenKind::DoubleQuote
            )
        };
        let last = tokens.iter().rev().take(3).map(|token| token.kind).find(|&kind| !is_mark(kind));
        let words = tokens.iter().take(12).filter(|token| token.is_word()).count();
        let first =
            tokens.iter().take(3).find(|token| token.is_word() || token.kind == TokenKind::Number);
        Self {
            is_upper: first
                .is_some_and(|token| token.is_capital() || token.kind == TokenKind::Number),
            ends_inside: matches!(
                last,
                Some(
                    TokenKind::Comma
                        | TokenKind::Dot
                        | TokenKind::Question
                        | TokenKind::Exclamation
                        | TokenKind::Ellipsis
                        | TokenKind::Dash
                )
            ),
            comma_inside: last == Some(TokenKind::Comma),
            words,
        }
    }

    fn asks_for_report(&self, scene: &Scene<'_>, after: &Range<u32>) -> bool {
        !after.is_empty()
            && (self.ends_inside
                || matches!(scene.kind(after.start), TokenKind::Comma | TokenKind::Dash)
                || self.words > 2)
    }

    fn fits_tail(&self, scene: &Scene<'_>, unit: &Quotation, report: &Report) -> bool {
        let is_set_off = self.comma_inside
            || scene.kind(unit.marked.end) == TokenKind::Comma
            || self.ends_inside;
        // Without a comma only the cue itself may follow: "…" said X; a verb that reports nothing needs one inside.
        if report.is_known {
            is_set_off || report.cue.start == unit.marked.end
        } else {
            self.comma_inside && self.words > 2
        }
    }

    /// Whether the words are whole sentences by themselves.
    fn is_sentence(&self, scene: &Scene<'_>, after: &Range<u32>) -> bool {
        let has_words_after = has_words(scene, after.clone()) && !self.ends_inside;
        !has_words_after
            && (self.words > 3 || self.ends_inside && self.words > 1)
            && (self.is_upper || self.ends_inside)
            && !(after.len() > 1 && self.comma_inside)
    }
}

fn speak(
    scene: &Scene<'_>,
    unit: &mut Quotation,
    report: &Report,
    has_tail: bool,
    last: &mut Option<Spoken>,
    drafts: &mut Vec<Draft>,
) {
    unit.is_direct = true;
    unit.report = Some(if has_tail {
        unit.marked.end..report.end
    } else {
        report.cue.start..unit.marked.start
    });
    drafts.push(Draft {
        parts: vec![unit.tokens.clone()],
        kind: StatementType::DirectQuote,
        at: report.who.as_ref().map_or(report.cue.start, |who| who.core.start),
        who: report.who.clone().map_or(Who::Last, Who::Phrase),
        cue: Some(report.cue.clone()),
        addressee: report.addressee.clone(),
        confidence: if report.is_known { 0.95 } else { 0.8 },
    });
    let end = unit.marked.end;
    *last = Some(Spoken {
        draft: drafts.len() - 1,
        end,
        report_end: if has_tail { report.end } else { end },
        has_tail,
    });
    let _ = scene;
}

/// A quotation that stands alone: introduced by the sentence before, or of whoever spoke last.
fn continuation(
    scene: &Scene<'_>,
    unit: &mut Quotation,
    from: u32,
    last: &mut Option<Spoken>,
    drafts: &mut Vec<Draft>,
) {
    let text = scene.text;
    let start = unit.marked.start;
    let (mut who, mut cue, mut confidence) = (Who::Last, None, 0.8);
    let paragraph_of = |token: u32| {
        text.sentences
            .get(text.sentence_of(token) as usize)
            .map_or(0, |sentence| sentence.paragraph)
    };
    let before = from.min(start).checked_sub(1);
    if let Some(before) = before {
        let sentence = scene.sentence(before);
        let ends_in_colon = scene.kind(before) == TokenKind::Colon;
        let floor = last
            .as_ref()
            .map_or(sentence.start, |spoken| spoken.end.clamp(sentence.start, before + 1));
        let is_near = last.as_ref().is_some_and(|spoken| {
            spoken.report_end + MOST_BETWEEN >= start
                && paragraph_of(spoken.end - 1) + 1 >= paragraph_of(start)
        });
        let is_same_paragraph = paragraph_of(before) == paragraph_of(start);
        if ends_in_colon {
            match report_before(scene, sentence.start, before + 1) {
                Some(report) => {
                    cue = Some(report.cue);
                    who = report.who.map_or(Who::Last, Who::Phrase);
                    confidence = 0.9;
                }
                None => {
                    who = first_subject(scene, sentence).map_or(Who::Last, Who::Phrase);
                    confidence = 0.6;
                }
            }
        } else if is_near && !has_new_sentence(scene, last, start) {
            confidence = 0.9;
        } else if is_same_paragraph
            && let Some(subject) = source(scene, floor..sentence.end)
                .or_else(|| report_before(scene, floor, sentence.end).and_then(|report| report.who))
                .or_else(|| first_subject(scene, floor..sentence.end))
        {
            who = Who::Phrase(subject);
            confidence = 0.6;
        } else if !is_near {
            confidence = 0.5;
        }
    } else {
        who = Who::Nobody;
        confidence = 0.3;
    }
    unit.is_direct = true;
    let at = match &who {
        Who::Phrase(phrase) => phrase.core.start,
        Who::Last | Who::Nobody | Who::Label(_) => start,
    };
    drafts.push(Draft {
        parts: vec![unit.tokens.clone()],
        kind: StatementType::DirectQuote,
        who,
        cue,
        addressee: None,
        confidence,
        at,
    });
    *last = Some(Spoken {
        draft: drafts.len() - 1,
        end: unit.marked.end,
        report_end: unit.marked.end,
        has_tail: false,
    });
}

/// "According to Lind, the well is dry.": who is named as the source of a sentence.
fn source(scene: &Scene<'_>, range: Range<u32>) -> Option<NounPhrase> {
    let at = range.clone().take(LONGEST_SENTENCE).find(|at| {
        scene.text.tokens.get(*at as usize).is_some_and(|token| token.is(Tags::REPORTING))
            && cue_at(scene, *at).is_some_and(|cue| cue.word.form == Form::Source)
    })?;
    noun_phrase(scene.text, cue_at(scene, at)?.tokens.end, range.end)
}

/// Whether a sentence of the author's stands between the last quotation and this one.
fn has_new_sentence(scene: &Scene<'_>, last: &Option<Spoken>, start: u32) -> bool {
    let Some(last) = last else { return true };
    let end = last.report_end.max(1) - 1;
    let rest = scene.sentence(end);
    rest.end < start
        && scene.text.sentence_of(start) > scene.text.sentence_of(end) + 1
        && has_words(scene, rest.end..start)
}

/// A quotation inside another: only with a report of its own, before or behind it.
fn inner(scene: &Scene<'_>, outer: &Quotation, quote: &Quote, drafts: &mut Vec<Draft>) {
    let unit = Quotation {
        marked: quote.marked.clone(),
        tokens: quote.tokens.clone(),
        is_direct: false,
        report: None,
    };
    let shape = Shape::of(scene, &unit);
    let sentence = scene.sentence(quote.marked.start);
    let from = sentence.start.max(outer.tokens.start);
    if shape.words < 2 || !shape.is_upper {
        return;
    }
    let separator = scene.kind(quote.marked.start.saturating_sub(1));
    let report = if matches!(separator, TokenKind::Comma | TokenKind::Colon) {
        report_before(scene, from, quote.marked.start)
    } else if shape.comma_inside {
        report_after(scene, quote.marked.end, sentence.end.min(outer.tokens.end))
            .filter(|report| report.is_known)
    } else {
        None
    };
    let Some((report, who)) = report.and_then(|report| Some((report.clone(), report.who?))) else {
        return;
    };
    drafts.push(Draft {
        parts: vec![quote.tokens.clone()],
        kind: StatementType::DirectQuote,
        at: who.core.start,
        who: Who::Phrase(who),
        cue: Some(report.cue),
        addressee: report.addressee,
        confidence: 0.8,
    });
}

/// The subject of the first verb of the range.
pub(super) fn first_subject(scene: &Scene<'_>, range: Range<u32>) -> Option<NounPhrase> {
    let verb = |at: &u32| {
        is_verb(scene.text, *at)
            || scene
                .text
                .tokens
                .get(*at as usize)
                .is_some_and(|word| word.is(Tags::REPORTING) && word.is_word())
    };
    // "Asked whether he minded, Lund said": not "he".
    let range = if scene.is(range.start, "asked") {
        let comma = range.clone().find(|&at| scene.kind(at) == TokenKind::Comma);
        comma.map_or(range.start, |comma| comma + 1)..range.end
    } else {
        range
    };
    let mut places = range.clone().take(LONGEST_SENTENCE).filter(verb).take(4);
    places.find_map(|at| {
        if at > range.start { subject_before(scene.text, range.start, at) } else { None }
    })
}

/// Whether nothing but a comma, "and" or an adverb stands between a report and the rest of its quotation.
fn goes_on(scene: &Scene<'_>, between: Range<u32>) -> bool {
    if between.len() > MOST_BETWEEN_PARTS {
        return false;
    }
    let tokens = scene.text.tokens(between);
    let ends_in_comma = tokens.last().is_some_and(|token| {
        !token.is_word() && token.kind != TokenKind::Dot && token.kind != TokenKind::Colon
    });
    let has_cue = tokens.iter().any(|token| token.is(Tags::REPORTING));
    ends_in_comma && !has_cue
}

/// Whether the mark closes one of several quoted names in a row: "X", "Y" and "Z".
fn follows_list(scene: &Scene<'_>, unit: &Quotation) -> bool {
    scene.kind(unit.marked.start - 1) == TokenKind::Comma
        && unit.marked.start >= 2
        && matches!(
            scene.kind(unit.marked.start - 2),
            TokenKind::CloseQuote | TokenKind::DoubleQuote
        )
}

/// Whether the range holds a word that is more than "but" or "and".
fn has_words(scene: &Scene<'_>, range: Range<u32>) -> bool {
    scene.text.tokens(range).iter().any(|token| {
        (token.is_word() || token.kind == TokenKind::Number) && !token.is(Tags::CONJUNCTION)
    })
}

/// Tokens between a report and the second part of its quotation: "in an interview with the paper".
const MOST_BETWEEN_PARTS: usize = 24;
/// Tokens between two quotations of one speaker.
const MOST_BETWEEN: u32 = 60;
/// Tokens of a sentence that are looked at.
const LONGEST_SENTENCE: usize = 60;
