//! Where a phrase is read: a sentence's tokens with what is needed to understand them.

use std::ops::Range;

use crate::document::Region;
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::token::{Token, TokenKind};

use super::numeral::is;

/// Where quantities are read.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The words.
    pub lexicon: &'static Lexicon,
    /// The text.
    pub content: &'a str,
    /// The tokens of the sentence.
    pub tokens: &'a [Token],
    /// All classes of those tokens: what none of them belongs to need not be looked for.
    pub tags: u64,
    /// Decides which dollar "$" is.
    pub region: Option<Region>,
}

impl<'a> Place<'a> {
    /// The token at `at`.
    #[inline]
    pub fn at(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// The tokens from `at` on.
    pub fn from(&self, at: usize) -> &'a [Token] {
        self.tokens.get(at..).unwrap_or_default()
    }

    /// Whether the token at `at` is `lower` in any case.
    #[inline(always)]
    pub fn is(&self, at: usize, lower: &str) -> bool {
        self.at(at).is_some_and(|token| is(self.content, token, lower))
    }

    /// Whether the token at `at` is one of `lower` in any case.
    #[inline(always)]
    pub fn is_any(&self, at: usize, lower: &[&str]) -> bool {
        self.at(at).is_some_and(|token| token.reads_any(self.content, lower))
    }

    /// Whether the token at `at` belongs to one of the classes.
    #[inline]
    pub fn has(&self, at: usize, tags: u64) -> bool {
        self.at(at).is_some_and(|token| token.is(tags))
    }

    /// Whether the token at `at` is of the kind.
    #[inline]
    pub fn is_kind(&self, at: usize, kind: TokenKind) -> bool {
        self.at(at).is_some_and(|token| token.kind == kind)
    }

    /// Whether the token at `at` is a word that begins with a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        self.at(at).is_some_and(Token::is_capital)
    }

    /// Whether the token at `at` stands directly behind the one before.
    pub fn is_joined(&self, at: usize) -> bool {
        self.at(at).is_some_and(Token::is_joined)
    }

    /// From the first to the last token of a range.
    pub fn span(&self, range: Range<usize>) -> Span {
        match (self.at(range.start), range.end.checked_sub(1).and_then(|last| self.at(last))) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::default(),
        }
    }
}
