//! Sentences.

use std::ops::Range;

use super::paragraph::Paragraph;
use crate::lexicon::Tags;
use crate::span::Span;
use crate::token::{Token, TokenKind, flags};

/// A sentence, headline or label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Index of its paragraph.
    pub paragraph: u32,
}

/// Cuts paragraphs into sentences and tells each paragraph which are its.
pub(super) fn sentences(
    content: &str,
    tokens: &[Token],
    paragraphs: &mut [Paragraph],
) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::with_capacity(tokens.len() / 20 + 1);
    for (index, paragraph) in paragraphs.iter_mut().enumerate() {
        let before = out.len() as u32;
        let (mut first, end) = (paragraph.tokens.start as usize, paragraph.tokens.end as usize);
        let mut at = first;
        while at < end {
            at = match sentence_end(content, tokens, at, end) {
                Some(after) => {
                    out.push(sentence(tokens, first..after, index));
                    first = after;
                    after
                }
                None => at + 1,
            };
        }
        if first < end {
            out.push(sentence(tokens, first..end, index));
        }
        paragraph.sentences = before..out.len() as u32;
    }
    out
}

fn sentence(tokens: &[Token], range: Range<usize>, paragraph: usize) -> Sentence {
    let edge = |at: usize| tokens.get(at).map_or(Span::default(), |token| token.span);
    Sentence {
        span: edge(range.start).join(edge(range.end - 1)),
        tokens: range.start as u32..range.end as u32,
        paragraph: paragraph as u32,
    }
}

/// The token after the sentence when the token at `at` ends one; closing marks go with the sentence that they close.
fn sentence_end(content: &str, tokens: &[Token], at: usize, end: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let is_mark = matches!(
        token.kind,
        TokenKind::Dot | TokenKind::Question | TokenKind::Exclamation | TokenKind::Ellipsis
    );
    let is_stop = is_mark || token.has(flags::DOTTED) && token.text(content).ends_with('.');
    if !is_stop {
        return None;
    }
    let mut after = at + 1;
    while let Some(next) = tokens.get(after).filter(|_| after < end)
        && next.is_joined()
        && matches!(
            next.kind,
            TokenKind::CloseQuote
                | TokenKind::DoubleQuote
                | TokenKind::CloseSingleQuote
                | TokenKind::Apostrophe
                | TokenKind::CloseBracket
                | TokenKind::Dot
                | TokenKind::Question
                | TokenKind::Exclamation
        )
    {
        after += 1;
    }
    let Some(next) = tokens.get(after).filter(|_| after < end) else { return Some(end) };
    if next.is_joined() {
        return None;
    }
    let previous = at.checked_sub(1).and_then(|at| tokens.get(at));
    if token.kind == TokenKind::Dot && after == at + 1 {
        let previous = previous.filter(|_| token.is_joined());
        if previous.is_some_and(|word| word.is(Tags::ABBREVIATION)) {
            return None;
        }
        if previous.is_some_and(|word| word.span.len() == 1 && word.is_capital()) {
            return None;
        }
        if previous.is_some_and(|word| word.is(Tags::ABBREVIATION_MAY_END))
            && !next.is(Tags::STARTER)
        {
            return None;
        }
    }
    if token.kind == TokenKind::Word && !next.is(Tags::STARTER) {
        return None;
    }
    let goes_on = if next.kind == TokenKind::Word {
        !next.has(flags::CAPITAL) && !next.has(flags::LINE)
    } else {
        matches!(
            next.kind,
            TokenKind::Comma | TokenKind::Semicolon | TokenKind::Colon | TokenKind::CloseBracket
        )
    };
    (!goes_on).then_some(after)
}
