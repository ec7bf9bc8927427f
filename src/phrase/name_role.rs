//! Roles around a name: titles and offices before it, what is added behind it.

use std::ops::Range;

use super::name::{is_ending, is_function, is_sentence_start, is_verb};
use super::name_run::{LONGEST_TITLE, Run, is_small};
use super::name_word::is_time;
use crate::lexicon::{Lexicon, Tags};
use crate::text::Text;
use crate::token::{Token, TokenKind, Words};

/// Where the name begins in "Karsonia Tomasz Erdelyi" behind "President of the Republic of": its last two words, or what begins
/// with a given name.
pub(super) fn behind_title_of(text: &Text<'_>, run: &Range<u32>) -> Option<u32> {
    let word = |at: u32| text.tokens.get(at as usize);
    let mut at = run.start;
    for _ in 0..3 {
        at = at.checked_sub(1)?;
        if is_small(text, word(at)?, "the") {
            at = at.checked_sub(1)?;
        }
        if !is_small(text, word(at)?, "of") {
            return None;
        }
        at = at.checked_sub(1)?;
        let head = word(at).filter(|head| head.is_capital())?;
        if head.is(Tags::TITLE | Tags::ROLE) {
            let words: Vec<u32> = run
                .clone()
                .filter(|&at| word(at).is_some_and(|word| word.is_word() && !word.is_joined()))
                .collect();
            // The last word is the family's, though it may be somebody's given name.
            let given = words
                .iter()
                .take(words.len().saturating_sub(1))
                .skip(1)
                .find(|&&at| word(at).is_some_and(|word| word.is(Tags::GIVEN_NAME)));
            return match (given, words.len()) {
                (Some(given), _) => Some(*given),
                (None, 3..) => words.get(words.len() - 2).copied(),
                _ => None,
            };
        }
    }
    None
}

/// Where the name begins in "Landscaper Luis Romero", at the head of a sentence: behind a word for what somebody does, which a
/// given name follows.
pub(super) fn behind_trade(text: &Text<'_>, run: &Range<u32>) -> Option<u32> {
    let [trade, given, .., family] = text.tokens(run.clone()) else { return None };
    let ends_in =
        |endings: &[&str]| endings.iter().any(|ending| trade.ends_with(text.content, ending));
    // "Passenger Aino Virtala, 34,"
    let is_aged = || {
        let kinds = text.tokens(run.end..run.end + 3).iter().map(|token| token.kind);
        kinds.eq([TokenKind::Comma, TokenKind::Number, TokenKind::Comma])
    };
    ((given.is(Tags::GIVEN_NAME) || run.len() > 2 && is_aged())
        && !given.is_joined()
        && family.is_word()
        && trade.word == 0
        && trade.span.len() > 5
        && ends_in(TRADES)
        && !ends_in(TOWNS)
        && is_sentence_start(text, run.start))
    .then_some(run.start + 1)
}

/// Endings of words for what somebody does.
const TRADES: &[&str] = &["er", "or", "ist", "man", "woman", "ian", "ess"];

/// Endings of the names of towns: "Manchester Victoria Station".
const TOWNS: &[&str] = &["ester", "caster", "sor"];

/// "Treasury Secretary", "House Speaker": where the office begins that a role with a capital is of.
pub(super) fn office_start(text: &Text<'_>, mut role: u32) -> u32 {
    let is_office = |token: &Token| {
        token.is_word()
            && token.is_capital()
            && !is_function(token)
            && !is_time(token)
            && !token.is(Tags::TITLE | Tags::ADVERB | Tags::TIME | Tags::REPORTING)
    };
    let first = role;
    while let Some(before) = role.checked_sub(1)
        && first - before <= MOST_OFFICE_WORDS
        && text.tokens.get(before as usize).is_some_and(is_office)
    {
        role = before;
    }
    // "Bank of Lund Governor"
    if at_back(text, role, 1).is_some_and(|word| is_small(text, word, "of"))
        && at_back(text, role, 2)
            .is_some_and(|word| word.is_capital() && word.is(Tags::ORGANISATION))
    {
        return role - 2;
    }
    // "Chief Medical Officer", "Chief Fire Officer"
    let is_rank = |token: &Token| token.is_capital() && RANKS.hold(text.content, token);
    if at_back(text, role, 1).is_some_and(|word| word.is_capital() && !is_function(word))
        && at_back(text, role, 2).is_some_and(is_rank)
    {
        role -= 1;
    }
    while let Some(before) = role.checked_sub(1)
        && first - before <= MOST_OFFICE_WORDS
        && text.tokens.get(before as usize).is_some_and(is_rank)
    {
        role = before;
    }
    role
}

fn at_back<'a>(text: &'a Text<'_>, from: u32, back: u32) -> Option<&'a Token> {
    text.tokens.get(from.checked_sub(back)? as usize)
}

/// What stands before an office and is of it.
static RANKS: Words<4> = Words::new(["chief", "deputy", "vice", "assistant"]);

/// "…, the union's leader," and "(Director of Leisure)" behind a name.
pub(super) fn apposition(lexicon: &Lexicon, text: &Text<'_>, run: &mut Run) {
    let at = |at: u32| text.tokens.get(at as usize);
    let Some(mark) = at(run.name.end) else { return };
    let (mut place, stops_at_bracket) = match mark.kind {
        TokenKind::Comma => (run.name.end + 1, false),
        TokenKind::OpenBracket => (run.name.end + 1, true),
        _ => return,
    };
    if at(place).is_some_and(|token| token.kind == TokenKind::Number)
        && at(place + 1).is_some_and(|token| token.kind == TokenKind::Comma)
    {
        place += 2;
    }
    let mut is_relative = false;
    if at(place).is_some_and(|token| text.is(token, "who")) {
        is_relative = true;
        place += 1;
        while at(place).is_some_and(|token| token.is(Tags::AUXILIARY) || text.is(token, "became"))
            && place < run.name.end + 6
        {
            place += 1;
        }
        // "who heads a maker": a verb, that looks like the plural of a role.
        if at(place - 1).is_some_and(|token| text.is(token, "who")) {
            return;
        }
    }
    let start = place;
    let mut is_of = false;
    while let Some(token) = at(place)
        && place < start + LONGEST_TITLE
    {
        // "the company's counsel", "head of the company": that is not what they are.
        is_of |= token.is(Tags::PREPOSITION);
        let is_holder = || at(place + 1).is_some_and(|next| is_ending(text, next));
        if token.is(Tags::ROLE) && token.is_word() && !is_of && !is_holder() {
            run.roles.push(token.word);
            run.gender = run.gender.or(lexicon.people.roles.of(token).and_then(|role| role.gender));
        }
        let ends = if stops_at_bracket {
            token.kind == TokenKind::CloseBracket
        } else {
            !token.is_word() && token.kind != TokenKind::Hyphen && !is_plural_holder(text, place)
                || (place > start || !is_relative) && is_verb(text, place)
        };
        // "director at Holt & Sons"
        let is_amp = text.is(token, "&") && at(place + 1).is_some_and(Token::is_capital);
        if (ends || token.is(Tags::RELATIVE | Tags::CONJUNCTION)) && !is_amp
            || is_relative && token.is(Tags::PREPOSITION)
        {
            break;
        }
        place += 1;
    }
    // "Tillman, the company's counsel" is no company.
    let is_kind = |place: u32| {
        at(place).is_some_and(|token| token.is(Tags::ORGANISATION) && !token.is_capital())
            && !at(place + 1).is_some_and(|next| is_ending(text, next))
    };
    let has_kind = (start..place).any(is_kind);
    if has_kind && !run.has_title && !run.has_given_name && !is_relative {
        run.is_organisation |=
            !text.tokens(start..place).iter().any(|token| token.is(Tags::ROLE) && token.is_word());
    }
    let has_role = text
        .tokens(start..place)
        .iter()
        .any(|token| token.is(Tags::ROLE | Tags::TITLE) && token.is_word());
    let is_name = at(start).is_some_and(|token| {
        token.is_capital() && !token.is(Tags::TITLE | Tags::ROLE | Tags::DETERMINER)
    });
    if has_role && place > start && !is_name {
        let skip = at(start).is_some_and(|token| token.is(Tags::DETERMINER));
        let role = start + u32::from(skip)..place;
        if run.role.is_none() && !role.is_empty() {
            run.role = Some(role);
        }
    }
}

/// Whether the apostrophe of several who hold something stands there: "head of the teachers' union".
fn is_plural_holder(text: &Text<'_>, at: u32) -> bool {
    text.tokens.get(at as usize).is_some_and(|mark| {
        matches!(mark.kind, TokenKind::Apostrophe | TokenKind::CloseSingleQuote) && mark.is_joined()
    }) && at_back(text, at, 1).is_some_and(|word| word.ends_with(text.content, "s"))
        && text
            .tokens
            .get(at as usize + 1)
            .is_some_and(|next| next.is_word() && !next.is_joined() && !is_function(next))
}

/// Words before a role: "US Homeland Security".
const MOST_OFFICE_WORDS: u32 = 3;
