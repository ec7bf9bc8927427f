//! Paragraphs: what stands between empty lines; headlines told from prose.

use std::ops::Range;

use crate::token::{Token, TokenKind, flags};

/// Lines without an empty line between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Its sentences.
    pub sentences: Range<u32>,
    /// What it is.
    pub kind: ParagraphKind,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphKind {
    /// Running text.
    Prose,
    /// A headline, title or label: no full stop, short.
    Headline,
}

/// Cuts tokens into paragraphs; their sentences are filled in later.
pub(super) fn paragraphs(tokens: &[Token]) -> Vec<Paragraph> {
    let mut out = Vec::new();
    let mut first = 0;
    for (at, token) in tokens.iter().enumerate().skip(1) {
        if token.has(flags::BLANK) {
            out.push(paragraph(tokens, first..at));
            first = at;
        }
    }
    if first < tokens.len() {
        out.push(paragraph(tokens, first..tokens.len()));
    }
    out
}

fn paragraph(all: &[Token], range: Range<usize>) -> Paragraph {
    let tokens = all.get(range.clone()).unwrap_or_default();
    let ends_open = tokens.last().is_some_and(|last| {
        !matches!(
            last.kind,
            TokenKind::Dot
                | TokenKind::Question
                | TokenKind::Exclamation
                | TokenKind::Ellipsis
                | TokenKind::Colon
        ) && !matches!(
            last.kind,
            TokenKind::CloseQuote | TokenKind::DoubleQuote | TokenKind::CloseBracket
        )
    });
    let kind = if ends_open && tokens.len() <= LONGEST_HEADLINE {
        ParagraphKind::Headline
    } else {
        ParagraphKind::Prose
    };
    Paragraph { tokens: range.start as u32..range.end as u32, sentences: 0..0, kind }
}

/// Tokens; headlines of news agencies stay under 20 words.
const LONGEST_HEADLINE: usize = 28;
