//! Where a noun phrase begins and ends, walked word by word.

use super::name_joint::is_field_list;
use super::name_list::list_start;
use super::name_word::{
    is_abbreviation_dot, is_article, is_ed, is_ending, is_function, is_joined_by_and, is_link,
    is_ly, is_noun_like, is_plain, is_sentence_start, is_suffix_dot, is_surname, is_that, is_time,
    is_verb, token,
};
use crate::lexicon::Tags;
use crate::text::Text;
use crate::token::{Token, TokenKind, flags};

/// Where the noun phrase that begins at `from` ends; `from` when there is none.
pub(super) fn core_end(text: &Text<'_>, from: u32, end: u32) -> u32 {
    let end = end.min(from + LONGEST_PHRASE);
    let mut at = from;
    let mut has_noun = false;
    while at < end {
        let Some(word) = token(text, at) else { break };
        if at > from && word.has(flags::BLANK) {
            break;
        }
        match word.kind {
            TokenKind::Word if is_ending(text, word) && at > from => {}
            TokenKind::Word if at > from && is_surname(text, at) => {}
            TokenKind::Word if at > from && is_time(word) => break,
            TokenKind::Word
                if word.is(Tags::PREPOSITION)
                    && !(at == from && word.is_capital() && !is_sentence_start(text, at)) =>
            {
                let next_is_noun = token(text, at + 1)
                    .is_some_and(|next| next.is_capital() || next.is(Tags::DETERMINER));
                let links = text.is(word, "of")
                    || text.is_any(word, &["for", "at", "from", "with"]) && next_is_noun;
                if !has_noun || !links || at + 1 >= end {
                    break;
                }
            }
            TokenKind::Word if text.is(word, "and") => {
                let is_name = |at: u32| {
                    token(text, at).is_some_and(|word| word.is_capital() && !is_function(word))
                };
                if !has_noun || !is_name(at + 1) || !is_name(at - 1) || at + 1 >= end {
                    break;
                }
            }
            TokenKind::Word if word.is(Tags::DETERMINER) && !is_that(text, word) => {
                let is_behind_link = at > from
                    && token(text, at - 1)
                        .is_some_and(|before| before.is(Tags::PREPOSITION | Tags::DETERMINER));
                if at > from && !is_behind_link && !word.is_capital() {
                    break;
                }
            }
            TokenKind::Word if is_function(word) => break,
            TokenKind::Word
                if at > from && is_verb(text, at) && (has_noun || !is_ed(text, word)) =>
            {
                break;
            }
            TokenKind::Word if at > from && is_ly(text, word) && has_noun => break,
            TokenKind::Word => has_noun = true,
            TokenKind::Number | TokenKind::Opaque => has_noun |= word.kind == TokenKind::Opaque,
            TokenKind::Hyphen | TokenKind::Slash if word.is_joined() => {}
            TokenKind::Symbol => {}
            TokenKind::Dot if at > from && is_abbreviation_dot(text, at) && at + 1 < end => {}
            TokenKind::Apostrophe | TokenKind::CloseSingleQuote
                if word.is_joined()
                    && token(text, at + 1)
                        .is_some_and(|next| !next.is_joined() && next.is_word()) => {}
            TokenKind::OpenBracket if has_noun => {
                let close = (at + 1..end.min(at + LONGEST_BRACKET)).find(|&at| {
                    token(text, at).is_some_and(|mark| mark.kind == TokenKind::CloseBracket)
                });
                match close {
                    Some(close) if token(text, at + 1).is_some_and(Token::is_capital) => at = close,
                    _ => break,
                }
            }
            _ => break,
        }
        at += 1;
    }
    while at > from
        && token(text, at - 1)
            .is_some_and(|word| word.kind == TokenKind::Hyphen || is_link(text, word))
    {
        at -= 1;
    }
    if has_noun || at == from + 1 { at } else { from }
}

/// Where the noun phrase that ends before `end` begins; `end` when there is none.
pub fn core_start(text: &Text<'_>, from: u32, end: u32) -> u32 {
    let from = from.max(end.saturating_sub(LONGEST_PHRASE));
    let mut at = end;
    let mut is_pair = false;
    while at > from {
        let Some(word) = token(text, at - 1) else { break };
        let before = (at - 1 > from).then(|| token(text, at - 2)).flatten();
        let is_behind_noun = || before.is_some_and(|before| is_noun_like(text, before));
        let goes_on = match word.kind {
            TokenKind::Word if is_plain(text, word) => true,
            TokenKind::Word if is_ending(text, word) => at < end && is_behind_noun(),
            TokenKind::Word if is_that(text, word) => false,
            TokenKind::Word
                if word.is(Tags::PREPOSITION)
                    && !is_link(text, word)
                    && at < end
                    && before.is_some_and(|before| is_article(text, before)) =>
            {
                true
            }
            TokenKind::Word if word.is(Tags::PREPOSITION) && !word.is_capital() => {
                at < end && is_link(text, word) && is_behind_noun()
            }
            TokenKind::Word if text.is(word, "and") => {
                let is_joined = at < end && is_joined_by_and(text, before, token(text, at));
                is_pair = is_joined && before.is_some_and(Token::is_capital);
                let list = before
                    .filter(|mark| mark.kind == TokenKind::Comma && at < end)
                    .and_then(|_| list_start(text, from, at - 2, true));
                at = list.map_or(at, |list| list + 1);
                is_joined || list.is_some()
            }
            TokenKind::Word
                if word.is(Tags::DETERMINER) && (at < end || !is_article(text, word)) =>
            {
                let link = before.filter(|before| is_link(text, before));
                let holder = (at > from + 2).then(|| token(text, at - 3)).flatten();
                let is_linked =
                    link.is_some() && holder.is_some_and(|holder| is_noun_like(text, holder));
                let is_part = before
                    .is_some_and(|before| before.is(Tags::DETERMINER) && !is_ending(text, before));
                let is_joined = before.is_some_and(|before| text.is(before, "and"))
                    && holder.is_some_and(|holder| holder.is_capital() && !is_function(holder));
                let list = before
                    .filter(|mark| mark.kind == TokenKind::Comma && is_pair)
                    .and_then(|_| list_start(text, from, at - 2, false));
                at = list.map_or(at, |list| list + 1);
                if !is_linked && !is_part && !is_joined && list.is_none() {
                    return strip(text, at - 1, end);
                }
                true
            }
            TokenKind::Word if is_surname(text, at - 1) => true,
            TokenKind::Word if is_function(word) || is_time(word) => false,
            TokenKind::Word if is_verb(text, at - 1) => {
                is_ed(text, word)
                    && at < end
                    && before.is_none_or(|before| {
                        before.is(Tags::DETERMINER) || before.kind == TokenKind::Comma
                    })
            }
            TokenKind::Word if is_ly(text, word) => {
                before.is_some_and(|before| before.is(Tags::DETERMINER)) && at < end
            }
            TokenKind::Word | TokenKind::Number => true,
            TokenKind::Hyphen | TokenKind::Slash => word.is_joined(),
            TokenKind::Symbol => true,
            TokenKind::Comma if at < end && is_field_list(text, at - 1) => true,
            TokenKind::Comma if is_pair => {
                let list = list_start(text, from, at - 1, false);
                at = list.map_or(at, |list| list + 1);
                list.is_some()
            }
            TokenKind::Dot => is_abbreviation_dot(text, at - 1) || is_suffix_dot(text, at - 1),
            TokenKind::Apostrophe | TokenKind::CloseSingleQuote => {
                word.is_joined() && at < end && before.is_some_and(Token::is_word)
            }
            TokenKind::CloseBracket => {
                let open = (from..at - 1).rev().take(LONGEST_BRACKET as usize).find(|&at| {
                    token(text, at).is_some_and(|mark| mark.kind == TokenKind::OpenBracket)
                });
                match open {
                    Some(open) if open > from => {
                        at = open + 1;
                        true
                    }
                    _ => false,
                }
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        at -= 1;
        // What begins a line begins a phrase.
        if word.has(flags::BLANK) {
            break;
        }
    }
    strip(text, at, end)
}

/// Leaves out what cannot begin a noun phrase.
fn strip(text: &Text<'_>, mut start: u32, end: u32) -> u32 {
    while start < end
        && token(text, start).is_some_and(|word| {
            !word.is_word() && !matches!(word.kind, TokenKind::Number | TokenKind::Symbol)
                || is_ending(text, word)
                || word.is_word()
                    && is_function(word)
                    && !word.is(Tags::DETERMINER)
                    && !word.is(Tags::PRONOUN)
                || is_time(word)
        })
    {
        start += 1;
    }
    start
}

/// Tokens of a noun phrase.
const LONGEST_PHRASE: u32 = 30;
/// Tokens of what is added in brackets.
const LONGEST_BRACKET: u32 = 10;
