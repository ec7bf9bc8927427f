//! Speech turns: "President X said: …", "PRESIDENT VESK: …", "Q: …", over one or many paragraphs until the next speaker.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a token of any other kind means the same: nothing is read here"
)]

use std::ops::Range;

use super::cue::{cue_at, speaker_of};
use super::{Draft, Scene, Who};
use crate::fact::StatementType;
use crate::lexicon::{Form, Tags, Takes};
use crate::phrase::name::{NounPhrase, is_verb, noun_phrase};
use crate::relate::people::People;
use crate::text::ParagraphKind;
use crate::token::{TokenKind, flags};

/// Where a speaker is named and a turn begins.
#[derive(Clone, Debug)]
struct Label {
    /// First token of the label.
    start: u32,
    /// First token of what is said.
    content: u32,
    who: NounPhrase,
    cue: Range<u32>,
    /// Written so that only a label can be meant: a title, capitals, a role in brackets, "said".
    is_sure: bool,
}

impl Label {
    /// Who is named, if the label names somebody: "Q" and "REPORTER" do not.
    fn who(&self, scene: &Scene<'_>) -> Who {
        let is_nameless = self.who.core.len() == 1
            && scene.is_any(
                self.who.core.start,
                &["q", "a", "question", "answer", "reporter", "journalist", "interviewer"],
            );
        if is_nameless { Who::Label(self.who.clone()) } else { Who::Phrase(self.who.clone()) }
    }
}

/// Drafts a statement for each turn, in text order; turns never overlap.
pub(super) fn turns(scene: &Scene<'_>, people: &People, out: &mut Vec<Draft>) {
    let labels = labels(scene, people);
    let has_several = labels.len() > 1;
    if let Some(draft) = address(scene)
        && labels.is_empty()
    {
        return out.push(draft);
    }
    let labels: Vec<Label> = labels
        .into_iter()
        .filter(|label| label.is_sure || has_several || is_heading(scene, label))
        .collect();
    for (index, label) in labels.iter().enumerate() {
        let next = labels.get(index + 1).map_or(scene.end, |next| next.start);
        let end = turn_end(scene, label, next, index + 1 < labels.len());
        let content = label.content..end;
        if content.is_empty() {
            continue;
        }
        let is_heading = !has_several && is_heading(scene, label);
        out.push(Draft {
            parts: vec![if is_heading { scene.trimmed(content) } else { content }],
            kind: if is_heading {
                StatementType::IndirectSpeech
            } else {
                StatementType::SpeechTurn
            },
            who: label.who(scene),
            cue: Some(label.cue.clone()),
            addressee: None,
            confidence: if label.is_sure { 0.95 } else { 0.8 },
            at: label.start,
        });
    }
}

/// Every label at the head of a line or paragraph.
fn labels(scene: &Scene<'_>, people: &People) -> Vec<Label> {
    let mut out: Vec<Label> = Vec::new();
    let begins_line =
        |at: u32| scene.text.tokens.get(at as usize).is_some_and(|token| token.has(flags::LINE));
    let places = &scene.text.places;
    let mut colons = places.colons.iter().copied().peekable();
    let lines = places.breaks.iter().copied().take_while(|&at| at < scene.end);
    for at in lines.filter(|&at| begins_line(at)) {
        if let Some(label) = letter_label(scene, at, out.last()) {
            out.push(label);
            continue;
        }
        while colons.next_if(|&colon| colon < at).is_some() {}
        let Some(&colon) = colons.peek() else { continue };
        if colon >= scene.end.min(at + LONGEST_LEAD.max(LONGEST_LABEL)) {
            continue;
        }
        if let Some(label) =
            plain_label(scene, people, at, colon).or_else(|| spoken_label(scene, at))
        {
            out.push(label);
        }
    }
    out
}

/// "Q." at the head of a line, and "A." behind it.
fn letter_label(scene: &Scene<'_>, start: u32, last: Option<&Label>) -> Option<Label> {
    let token = scene.text.tokens.get(start as usize).filter(|token| token.span.len() == 1)?;
    let is_answer = scene.word(start) == "A" && last.is_some();
    let dot = scene.text.tokens.get(start as usize + 1)?;
    let said = scene.text.tokens.get(start as usize + 2).filter(|_| start + 2 < scene.end)?;
    let is_label = (scene.word(start) == "Q" || is_answer)
        && dot.kind == TokenKind::Dot
        && dot.is_joined()
        && !said.is_joined()
        && token.is_capital()
        && is_capital_or_mark(said);
    is_label.then(|| Label {
        start,
        content: start + 2,
        who: NounPhrase { tokens: start..start + 1, core: start..start + 1 },
        cue: start + 1..start + 2,
        is_sure: false,
    })
}

/// "PRESIDENT VESK:", "Q:", "Anja Kröll, union leader:", "The Minister of Culture (Ms. Brandt):" at the head of a line.
fn plain_label(scene: &Scene<'_>, people: &People, start: u32, colon: u32) -> Option<Label> {
    let text = scene.text;
    if colon - start >= LONGEST_LABEL {
        return None;
    }
    let tokens = text.tokens(start..colon);
    if tokens.is_empty() || tokens.iter().skip(1).any(|token| token.has(flags::LINE)) {
        return None;
    }
    let (mut in_bracket, mut is_behind_comma, mut has_bracket) = (false, false, false);
    let (mut has_title, mut all_upper, mut words) = (false, true, 0);
    for (place, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::OpenBracket if place > 0 => (in_bracket, has_bracket) = (true, true),
            TokenKind::CloseBracket => in_bracket = false,
            TokenKind::Comma if place > 0 => is_behind_comma = true,
            TokenKind::Hyphen
            | TokenKind::Slash
            | TokenKind::Apostrophe
            | TokenKind::CloseSingleQuote => {}
            TokenKind::Dot if token.is_joined() && place + 1 < tokens.len() => {}
            TokenKind::Dot if token.is_joined() && tokens.len() <= 3 => {}
            TokenKind::Word => {
                let is_small = !token.is_capital()
                    && !["of", "the", "for", "and", "de", "van", "von", "al", "bin"]
                        .contains(&text.word(token));
                if is_small
                    && !in_bracket
                    && !is_behind_comma
                    && !crate::phrase::name::is_ending(text, token)
                    && !token.is(Tags::ROLE)
                {
                    return None;
                }
                if is_verb(text, start + place as u32) && !token.is_capital() {
                    return None;
                }
                words += 1;
                has_title |= token.is(Tags::TITLE) && token.is_capital() || token.is(Tags::ROLE);
                all_upper &= in_bracket || is_behind_comma || token.has(flags::UPPER);
            }
            _ => return None,
        }
    }
    let first = tokens.first()?;
    let content = colon + 1;
    let said = text.tokens.get(content as usize).filter(|_| content < scene.end)?;
    let is_letter = tokens.len() == 1 && first.span.len() == 1;
    if !first.is_capital()
        || !is_capital_or_mark(said)
        || text.is(first, "the") && !has_title && !all_upper
        || words > if has_bracket { MOST_WORDS + 4 } else { MOST_WORDS }
    {
        return None;
    }
    if is_letter && !(text.is(first, "q") || text.is(first, "a")) {
        return None;
    }
    // "UPDATE:", "BREAKING:", "Note:" name nobody; so does a word that the article never uses as a name.
    let is_known = people.first_in(start..colon).is_some();
    let is_name_like = is_known || has_title || is_letter;
    let is_upper = all_upper && words <= 5 && !is_letter;
    let is_role = words == 1 && first.is(Tags::ROLE | Tags::ORGANISATION);
    if !(is_name_like || is_upper || is_role) {
        return None;
    }
    if opens_quotation(said.kind) && !goes_on_behind(scene, content) {
        return None;
    }
    let core_end = tokens
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Comma | TokenKind::OpenBracket))
        .map_or(colon, |place| start + place as u32);
    Some(Label {
        start,
        content,
        who: NounPhrase { tokens: start..colon, core: start..core_end },
        cue: colon..colon + 1,
        is_sure: is_name_like && (has_title || has_bracket || is_upper && words > 1) && !is_letter,
    })
}

/// Whether a turn that begins with a quotation at `content` goes on in words of its own: "“It leaks.” Those are your words."
fn goes_on_behind(scene: &Scene<'_>, content: u32) -> bool {
    let quotes = &scene.text.quotes;
    let at = quotes.partition_point(|quote| quote.marked.start < content);
    let quote = quotes.get(at).filter(|quote| quote.marked.start == content && !quote.is_open);
    let end = quote.map(|quote| quote.marked.end);
    end.and_then(|end| scene.text.tokens.get(end as usize))
        .is_some_and(|next| next.is_capital() && !next.has(flags::LINE))
}

/// "President Vladimir Putin said: …" with unmarked words behind it, in the first sentence of a paragraph.
fn spoken_label(scene: &Scene<'_>, start: u32) -> Option<Label> {
    let text = scene.text;
    if start > 0 && !text.tokens.get(start as usize)?.has(flags::BLANK) {
        return None;
    }
    let end = scene.end.min(start + LONGEST_LEAD);
    let colon = (start..end).find(|&at| {
        matches!(
            scene.kind(at),
            TokenKind::Colon
                | TokenKind::Semicolon
                | TokenKind::Question
                | TokenKind::DoubleQuote
                | TokenKind::OpenQuote
        )
    })?;
    if scene.kind(colon) != TokenKind::Colon
        || scene.sentence(start).end <= colon && scene.sentence(start).end != colon + 1
    {
        return None;
    }
    let content = colon + 1;
    let said = text.tokens.get(content as usize).filter(|_| content < scene.end)?;
    if !is_capital_or_mark(said)
        || opens_quotation(said.kind)
        || said.kind == TokenKind::Other
        || said.kind == TokenKind::Hyphen
    {
        return None;
    }
    let cue = (start..colon)
        .rev()
        .take(FARTHEST_CUE)
        .find_map(|at| cue_at(scene, at).filter(|cue| cue.tokens.end <= colon))?;
    let is_near = cue.tokens.end == colon
        || !text.tokens(cue.tokens.end..colon).iter().any(|token| token.kind == TokenKind::Comma);
    let speaks = cue.word.takes(Takes::QUOTE | Takes::HEARER)
        && matches!(cue.word.form, Form::Past | Form::Third)
        && !cue.word.takes(Takes::MIND);
    // "Smoking continues to decline: …"
    if !speaks || !is_near || scene.is(cue.tokens.end, "to") {
        return None;
    }
    let who = speaker_of(scene, start, &cue)?;
    Some(Label { start, content, who, cue: cue.tokens, is_sure: true })
}

/// "Remarks by Mayor Joana Pires at the opening" over a whole text.
fn address(scene: &Scene<'_>) -> Option<Draft> {
    let text = scene.text;
    let heading = text.paragraphs.first().filter(|head| head.kind == ParagraphKind::Headline)?;
    let start = heading.tokens.start;
    let kind = (start..heading.tokens.end.min(start + 4)).find(|&at| scene.is_any(at, KINDS))?;
    let by = kind + 1;
    if !scene.is_any(by, &["by", "of"]) {
        return None;
    }
    let who = noun_phrase(text, by + 1, heading.tokens.end)?;
    let content = heading.tokens.end..scene.end;
    let speaks = text
        .paragraphs
        .iter()
        .skip(1)
        .take(FARTHEST_PARAGRAPH)
        .any(|paragraph| is_first_person(scene, paragraph.tokens.clone()));
    (speaks && !content.is_empty()).then(|| Draft {
        parts: vec![content],
        kind: StatementType::SpeechTurn,
        at: start,
        who: Who::Phrase(NounPhrase { tokens: who.core.clone(), core: who.core }),
        cue: Some(kind..by + 1),
        addressee: None,
        confidence: 0.9,
    })
}

/// What a heading calls the words of one speaker.
const KINDS: &[&str] =
    &["remarks", "speech", "statement", "address", "comments", "lecture", "keynote"];

/// Where the turn ends: before the next label, or where nobody speaks any more.
fn turn_end(scene: &Scene<'_>, label: &Label, next: u32, is_followed: bool) -> u32 {
    let text = scene.text;
    let first = text.paragraphs.partition_point(|paragraph| paragraph.tokens.end <= label.content);
    let mut end = label.content;
    let mut silent = 0;
    for (index, paragraph) in text.paragraphs.get(first..).unwrap_or_default().iter().enumerate() {
        let tokens = paragraph.tokens.start.max(label.content)..paragraph.tokens.end.min(next);
        if tokens.is_empty() || paragraph.kind == ParagraphKind::Label {
            break;
        }
        let speaks = index == 0 || is_first_person(scene, tokens.clone());
        let is_told =
            index > 0 && has_quotation(scene, &tokens) && is_narration(scene, tokens.clone());
        if is_told
            || !speaks
                && (is_narration(scene, tokens.clone())
                    || paragraph.kind == ParagraphKind::Headline)
        {
            break;
        }
        silent = if speaks { 0 } else { silent + 1 };
        if silent > MOST_SILENT {
            break;
        }
        if speaks || is_followed {
            end = tokens.end;
        }
    }
    end
}

/// Whether quoted words stand in the range.
fn has_quotation(scene: &Scene<'_>, tokens: &Range<u32>) -> bool {
    let quotes = &scene.text.quotes;
    let first = quotes.partition_point(|quote| quote.marked.start < tokens.start);
    quotes.get(first).is_some_and(|quote| quote.marked.start < tokens.end)
}

/// Whether the author tells in the paragraph what others said.
fn is_narration(scene: &Scene<'_>, tokens: Range<u32>) -> bool {
    tokens.take(LONGEST_PARAGRAPH).any(|at| {
        scene.text.tokens.get(at as usize).is_some_and(|token| token.is(Tags::REPORTING))
            && cue_at(scene, at).is_some_and(|cue| {
                matches!(cue.word.form, Form::Past | Form::Third)
                    && cue.word.takes(Takes::CLAUSE)
                    && !cue.word.takes(Takes::MIND)
            })
    })
}

/// Whether "I", "we" or "you" speaks in the range.
fn is_first_person(scene: &Scene<'_>, tokens: Range<u32>) -> bool {
    scene.text.tokens(tokens).iter().take(LONGEST_PARAGRAPH).any(|token| {
        token.is(Tags::FIRST_PERSON)
            || ["you", "your", "let's", "thank", "thanks"]
                .iter()
                .any(|word| token.is_word() && scene.text.is(token, word))
    })
}

/// Whether the label stands in the headline of an article: "Smith: Taxes Must Fall".
fn is_heading(scene: &Scene<'_>, label: &Label) -> bool {
    label.start == 0
        && scene.text.paragraphs.len() > 1
        && scene.kind(label.content - 1) == TokenKind::Colon
        && label.cue.end == label.content
}

fn is_capital_or_mark(token: &crate::token::Token) -> bool {
    token.is_capital() || !token.is_word()
}

fn opens_quotation(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::DoubleQuote
            | TokenKind::OpenQuote
            | TokenKind::OpenSingleQuote
            | TokenKind::Apostrophe
    )
}

/// Words of a label without a name in brackets.
const MOST_WORDS: u32 = 8;
/// Tokens of a label.
const LONGEST_LABEL: u32 = 18;
/// Tokens of the sentence that introduces a turn.
const LONGEST_LEAD: u32 = 50;
/// Tokens between cue and colon.
const FARTHEST_CUE: usize = 12;
/// Paragraphs of a turn in which nobody says "I", "we" or "you".
const MOST_SILENT: usize = 6;
/// Paragraphs of an address that are searched for "I", "we" or "you".
const FARTHEST_PARAGRAPH: usize = 6;
/// Tokens of a paragraph that are looked at.
const LONGEST_PARAGRAPH: usize = 400;
