//! Quotation marks paired into quoted stretches.

use std::ops::Range;

use super::paragraph::Paragraph;
use crate::span::Span;
use crate::token::{Token, TokenKind};

/// What stands between a pair of quotation marks in one paragraph.
///
/// A quotation over several paragraphs has an opening mark at each and a closing mark at the last only: each paragraph's
/// stretch is a `Quote` of its own, and all but the last are `is_open`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The tokens between the marks.
    pub tokens: Range<u32>,
    /// From the first to the last of those tokens.
    pub span: Span,
    /// The closing mark is missing: the quotation goes on with the next paragraph's opening mark, or was never closed.
    pub is_open: bool,
    /// How many quotations it stands inside.
    pub depth: u8,
}

/// Pairs the marks of each paragraph.
pub(super) fn quotes(tokens: &[Token], paragraphs: &[Paragraph]) -> Vec<Quote> {
    let mut out = Vec::new();
    for paragraph in paragraphs {
        let mut open: Option<u32> = None;
        for at in paragraph.tokens.clone() {
            let Some(token) = tokens.get(at as usize) else { break };
            match (token.kind, open) {
                (TokenKind::OpenQuote, None) | (TokenKind::DoubleQuote, None) => open = Some(at),
                (TokenKind::CloseQuote | TokenKind::DoubleQuote, Some(from)) => {
                    out.extend(quote(tokens, from + 1..at, false));
                    open = None;
                }
                _ => {}
            }
        }
        if let Some(from) = open {
            out.extend(quote(tokens, from + 1..paragraph.tokens.end, true));
        }
    }
    out
}

fn quote(tokens: &[Token], range: Range<u32>, is_open: bool) -> Option<Quote> {
    let inside = tokens.get(range.start as usize..range.end as usize)?;
    let span = inside.first()?.span.join(inside.last()?.span);
    Some(Quote { tokens: range, span, is_open, depth: 0 })
}
