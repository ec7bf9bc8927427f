//! Datelines: where and when a report was written, before its first sentence.

use crate::lexicon::Tags;
use crate::token::{Token, TokenKind, flags};

/// How many tokens from `first`, the beginning of a paragraph, are a dateline with its dash: "WASHINGTON (AP) —",
/// "ASTANA, Oct 14 –", "Paris, 3 May (AFP) -". 0 when there is none.
pub(super) fn dateline(tokens: &[Token], first: usize) -> usize {
    let tokens = tokens.get(first..).unwrap_or_default();
    let Some(place) = tokens.first().filter(|token| token.is_capital()) else { return 0 };
    // "NATO – the alliance" is none: what follows the dash must begin a sentence. "EU" and "US" are no places of datelines.
    let mut is_sure = place.has(flags::UPPER) && place.span.len() > 3;
    let mut is_open = false;
    for (at, token) in tokens.iter().enumerate().take(LONGEST).skip(1) {
        let kind = token.kind;
        if kind == TokenKind::Word && (token.has(flags::CAPITAL) || is_open) {
            is_sure |= token.is(Tags::MONTH);
        } else if kind == TokenKind::OpenBracket {
            is_open = true;
        } else if kind == TokenKind::CloseBracket {
            (is_open, is_sure) = (false, true);
        } else if kind == TokenKind::Slash {
            // "/PRNewswire/"
            is_sure = true;
        } else if matches!(kind, TokenKind::Dash | TokenKind::Hyphen) {
            let is_spaced = tokens.get(at + 1).is_some_and(|next| !next.is_joined());
            if is_spaced || kind == TokenKind::Dash {
                return if is_sure && begins(tokens.get(at + 1)) { at + 1 } else { 0 };
            }
        } else if !matches!(kind, TokenKind::Number | TokenKind::Comma | TokenKind::Dot) {
            return 0;
        }
        // A word behind the bracket is the sentence: "LONDON (Reuters) The".
        if token.kind == TokenKind::Word
            && !is_open
            && tokens.get(at - 1).is_some_and(|t| t.kind == TokenKind::CloseBracket)
        {
            return 0;
        }
    }
    0
}

fn begins(next: Option<&Token>) -> bool {
    next.is_some_and(|next| {
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
    })
}

/// Tokens: "ST. PETERSBURG, Russia, Nov. 30, 2021 (GLOBE NEWSWIRE) --" has 16.
const LONGEST: usize = 24;
