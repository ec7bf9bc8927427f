//! Lists of names: "Waitrose, Lowen's and Fairway".

use std::ops::Range;

use super::name_word::{
    is_abbreviation_dot, is_function, is_link, is_ly, is_noun_like, is_time, token,
};
use crate::lexicon::Tags;
use crate::text::Text;
use crate::token::{Token, TokenKind, Words};

/// Where the names begin that a list has before the comma at `comma`, behind which the last two stand, or the last with
/// its "and" when `is_closed`. `None` when there is no list.
#[inline(never)]
pub(super) fn list_start(text: &Text<'_>, from: u32, comma: u32, is_closed: bool) -> Option<u32> {
    let mut starts = [None; MOST_ITEMS];
    let mut items = 0;
    let mut end = comma;
    while let Some(free) = starts.get_mut(items)
        && let Some(start) = item_start(text, from, end)
    {
        *free = Some(start);
        items += 1;
        let is_listed = start > from + 1
            && token(text, start - 1).is_some_and(|mark| mark.kind == TokenKind::Comma);
        if !is_listed {
            break;
        }
        end = start - 1;
    }
    let first = items.checked_sub(1)?;
    // "In Paris, France and Germany said", "After beating Leeds, Luton and Derby are second".
    let is_other = starts[first].is_some_and(|start| !begins(text, from, start));
    let first = first.checked_sub(usize::from(is_other))?;
    // "Ola Lie, the club's owner, and Ann Lund"
    if is_closed && first == 0 {
        return None;
    }
    starts[first]
}

/// Whether the noun phrase ends in a list of names, unlike one with something added behind a comma.
#[inline(never)]
pub fn is_list(text: &Text<'_>, phrase: &Range<u32>) -> bool {
    let found = |is: &dyn Fn(&Token) -> bool, end: u32| {
        (phrase.start + 1..end).rev().find(|&at| token(text, at).is_some_and(is))
    };
    let Some(and) = found(&|word| word.is(Tags::AND), phrase.end - 1) else { return false };
    let Some(comma) = found(&|mark| mark.kind == TokenKind::Comma, and) else { return false };
    let is_closed = comma + 1 == and;
    (is_closed || item_start(text, comma + 1, and) == Some(comma + 1))
        && item_start(text, and + 1, phrase.end) == Some(and + 1)
        && list_start(text, phrase.start, comma, is_closed).is_some()
}

/// Where the name begins that ends before `end`.
fn item_start(text: &Text<'_>, from: u32, end: u32) -> Option<u32> {
    let is_part = |at: u32| {
        token(text, at).is_some_and(|word| match word.kind {
            TokenKind::Word => word.is_capital() && !is_function(word) && !is_time(word),
            TokenKind::Hyphen => word.is_joined(),
            TokenKind::Symbol => text.is(word, "&"),
            TokenKind::Dot => is_abbreviation_dot(text, at),
            _ => false,
        })
    };
    let farthest = from.max(end.saturating_sub(LONGEST_ITEM));
    let start = (farthest..end).rev().take_while(|&at| is_part(at)).last()?;
    let name = token(text, start)?;
    if !name.is_word() || OPENERS.hold(text.content, name) || is_ly(text, name) {
        return None;
    }
    // "the EU", "the Czech Republic", and not "the Prime Minister".
    let is_somebody = |word: &Token| word.is(Tags::ROLE | Tags::TITLE);
    let has_article = start > from
        && token(text, start - 1).is_some_and(|the| text.is(the, "the"))
        && !text.tokens(start..end).iter().any(is_somebody);
    Some(start - u32::from(has_article))
}

/// Whether a list may begin at `start`, by what stands before it.
fn begins(text: &Text<'_>, from: u32, start: u32) -> bool {
    let Some(before) = start.checked_sub(1).and_then(|before| token(text, before)) else {
        return true;
    };
    if !before.is_word() {
        return before.kind != TokenKind::Number;
    }
    if before.is(Tags::PREPOSITION) {
        // "Officials from Britain, France and Germany"
        return !before.is_capital()
            && is_link(text, before)
            && start > from + 1
            && token(text, start - 2)
                .is_some_and(|noun| is_noun_like(text, noun) && !noun.is(Tags::REPORTING))
            && !token(text, from).is_some_and(|lead| lead.is(Tags::PREPOSITION));
    }
    start <= from
        || before.is(Tags::RELATIVE | Tags::CONJUNCTION | Tags::REPORTING | Tags::ROLE)
        || !is_function(before) && before.ends_with(text.content, "s")
}

/// Words that begin a sentence with a comma behind them, and are no names.
static OPENERS: Words<20> = Words::new([
    "elsewhere",
    "overnight",
    "abroad",
    "overall",
    "offshore",
    "online",
    "nationwide",
    "worldwide",
    "regardless",
    "nevertheless",
    "nonetheless",
    "otherwise",
    "besides",
    "similarly",
    "likewise",
    "plus",
    "asked",
    "pressed",
    "sir",
    "yes",
]);

/// Names of a list before its last two.
const MOST_ITEMS: usize = 8;
/// Tokens of a name in a list.
const LONGEST_ITEM: u32 = 6;
