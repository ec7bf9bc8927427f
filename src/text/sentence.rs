//! Sentences.

use std::ops::Range;

use super::dateline;
use super::paragraph::Paragraph;
use super::stop::Place;
use crate::lexicon::Places;
use crate::span::Span;
use crate::token::{Token, TokenKind, flags};

/// A sentence, headline or label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// All classes of its words: what no word of it belongs to need not be looked for.
    pub tags: u64,
    /// Index of its paragraph.
    pub paragraph: u32,
    /// How many of its tokens, from the first, are a dateline with its dash: "ASTANA, Oct 14 –". Mostly 0.
    pub dateline: u32,
}

impl Sentence {
    /// Its tokens less the dateline.
    pub fn body(&self) -> Range<u32> {
        self.tokens.start + self.dateline..self.tokens.end
    }
}

/// Cuts paragraphs into sentences (of at most 300 tokens: what reads one may look at all of it) and tells each paragraph which are its.
pub(super) fn sentences(
    content: &str,
    tokens: &[Token],
    places: &Places,
    paragraphs: &mut [Paragraph],
    out: &mut Vec<Sentence>,
) {
    out.reserve(tokens.len() / 20 + 1);
    let mut breaks = places.breaks.iter().map(|&at| at as usize).peekable();
    for (index, paragraph) in paragraphs.iter_mut().enumerate() {
        let before = out.len() as u32;
        let end = paragraph.tokens.end as usize;
        let dateline = dateline::dateline(
            content,
            tokens.get(..end).unwrap_or_default(),
            paragraph.tokens.start as usize,
        );
        let mut place = Place { content, tokens, first: paragraph.tokens.start as usize, end };
        let mut read_to = place.first + dateline;
        // Whether a quotation mark is open.
        let mut in_quote = false;
        loop {
            while breaks.next_if(|&at| at < read_to).is_some() {}
            let at = breaks.peek().map_or(end, |&at| at.min(end));
            if at - place.first >= LONGEST {
                let cut = cut(tokens, place.first, place.first + LONGEST);
                push(tokens, place.first..cut, index, out);
                place.first = cut;
                continue;
            }
            let Some(token) = tokens.get(at).filter(|_| at < end) else { break };
            in_quote = is_open_after(token, in_quote);
            read_to = at + 1;
            if is_stop(content, token)
                && let Some(after) = place.sentence_end(at, in_quote)
            {
                push(tokens, place.first..after, index, out);
                let closers = tokens.get(at..after).unwrap_or_default();
                in_quote = closers.iter().fold(in_quote, |open, token| is_open_after(token, open));
                (place.first, read_to) = (after, after);
            }
        }
        if place.first < end {
            push(tokens, place.first..end, index, out);
        }
        if let Some(first) = out.get_mut(before as usize) {
            first.dateline = dateline as u32;
        }
        paragraph.sentences = before..out.len() as u32;
    }
}

/// Where a sentence without an end is cut: behind its last semicolon or comma, if that is not far.
fn cut(tokens: &[Token], first: usize, at: usize) -> usize {
    let behind = |kind| {
        let near = first.max(at.saturating_sub(LONGEST / 3))..at;
        let place = tokens.get(near.clone())?.iter().rposition(|token| token.kind == kind)?;
        Some(near.start + place + 1)
    };
    behind(TokenKind::Semicolon).or_else(|| behind(TokenKind::Comma)).unwrap_or(at)
}

/// Whether a quotation mark is open behind the token.
fn is_open_after(token: &Token, is_open: bool) -> bool {
    let (kind, is_straight) = (token.kind, token.kind == TokenKind::DoubleQuote);
    kind == TokenKind::OpenQuote || kind != TokenKind::CloseQuote && is_open != is_straight
}

fn is_stop(content: &str, token: &Token) -> bool {
    token.kind.is_stop() || token.has(flags::DOTTED) && token.text(content).ends_with('.')
}

/// Appends the sentence behind the last one of `out`.
fn push(tokens: &[Token], range: Range<usize>, paragraph: usize, out: &mut Vec<Sentence>) {
    let edge = |at: usize| tokens.get(at).map_or(Span::default(), |token| token.span);
    let inside = tokens.get(range.clone()).unwrap_or_default();
    out.push(Sentence {
        tags: inside.iter().fold(0, |tags, token| tags | token.tags),
        span: edge(range.start).join(edge(range.end - 1)),
        tokens: range.start as u32..range.end as u32,
        paragraph: paragraph as u32,
        dateline: 0,
    });
}

/// Tokens; the longest sentence of news has some 150, longer ones are lists and texts without stops.
const LONGEST: usize = 300;
