//! Datelines: where and when a report was written, before its first sentence.

use crate::lexicon::Tags;
use crate::token::{Token, TokenKind, flags};

/// How many tokens from `first`, the beginning of a paragraph, are a dateline with its dash: "WASHINGTON (AP) —",
/// "ASTANA, Oct 14 –", "Paris, 3 May (AFP) -". 0 when there is none.
pub(super) fn dateline(content: &str, tokens: &[Token], first: usize) -> usize {
    let tokens = tokens.get(first..).unwrap_or_default();
    if !tokens.first().is_some_and(|place| place.is_capital() && !place.is(Tags::TITLE)) {
        return 0;
    }
    let (mut is_sure, mut is_open, mut slashes) = (false, false, 0);
    for (at, token) in tokens.iter().enumerate().take(LONGEST) {
        let kind = token.kind;
        if kind == TokenKind::Word && (token.has(flags::CAPITAL) || is_open) {
            // "EU" and "US" are no places of datelines.
            is_sure |= token.is(Tags::MONTH) || token.has(flags::UPPER) && token.span.len() > 3;
        } else if kind == TokenKind::OpenBracket {
            is_open = true;
        } else if kind == TokenKind::CloseBracket {
            (is_open, is_sure) = (false, true);
        } else if kind == TokenKind::Slash {
            // "/PRNewswire/"
            slashes += 1;
            is_sure |= slashes == 2;
        } else if is_dash(content, token) {
            let is_spaced = tokens.get(at + 1).is_none_or(|next| !next.is_joined());
            if is_spaced || kind != TokenKind::Hyphen {
                return if is_sure && tokens.get(at + 1).is_none_or(begins) { at + 1 } else { 0 };
            }
        } else if !matches!(kind, TokenKind::Number | TokenKind::Comma | TokenKind::Dot) {
            return 0;
        }
        // A word behind the bracket is the sentence: "LONDON (Reuters) The".
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        if kind == TokenKind::Word
            && before.is_some_and(|mark| mark.kind == TokenKind::CloseBracket)
        {
            return 0;
        }
    }
    0
}

/// Wire services also write "_".
fn is_dash(content: &str, token: &Token) -> bool {
    matches!(token.kind, TokenKind::Dash | TokenKind::Hyphen)
        || token.kind == TokenKind::Symbol && token.text(content) == "_"
}

/// Whether a sentence begins: "NATO – the alliance" is no dateline.
fn begins(next: &Token) -> bool {
    next.is_capital()
        || matches!(
            next.kind,
            TokenKind::Number
                | TokenKind::Symbol
                | TokenKind::DoubleQuote
                | TokenKind::OpenQuote
                | TokenKind::OpenSingleQuote
                | TokenKind::Apostrophe
        )
}

/// Tokens: "ST. PETERSBURG, Russia, Nov. 30, 2021 (GLOBE NEWSWIRE) --" has 16.
const LONGEST: usize = 24;
