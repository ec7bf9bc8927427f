//! What a word may be in a noun phrase or beside it, told by its classes, endings and neighbours.

use std::ops::Range;

use crate::lexicon::Tags;
use crate::text::Text;
use crate::token::{Token, TokenKind, Words, flags};

pub(super) fn is_joined_by_and(
    text: &Text<'_>,
    before: Option<&Token>,
    after: Option<&Token>,
) -> bool {
    let is_name = |word: Option<&Token>| {
        word.is_some_and(|word| {
            word.is_capital() && !is_function(word)
                || word.is(Tags::ROLE)
                || word.is(Tags::DETERMINER) && !is_that(text, word)
        })
    };
    let is_noun =
        before.is_some_and(|word| word.is_capital() && !is_function(word) || word.is(Tags::ROLE));
    is_noun && is_name(after)
}

/// Whether a phrase may be a subject: a name, a role, an organisation, or anything with an article.
pub(super) fn is_nominal(text: &Text<'_>, range: Range<u32>) -> bool {
    let is_suffix = range.len() > 1 && is_suffix_dot(text, range.end - 1);
    let Some(last) = token(text, range.end - 1 - u32::from(is_suffix)) else { return false };
    last.is_capital() && !is_function(last)
        || last.is(Tags::ROLE | Tags::ORGANISATION)
        || last.kind == TokenKind::CloseBracket
        || last.kind == TokenKind::Number
        || last.is_word()
            && text
                .tokens(range.clone())
                .iter()
                .any(|word| word.is(Tags::DETERMINER | Tags::ROLE | Tags::TITLE))
}

/// Where "one of them" begins, which ends before `end`.
pub(super) fn of_them(text: &Text<'_>, from: u32, end: u32) -> Option<u32> {
    let first = end.checked_sub(3).filter(|first| *first >= from)?;
    let [one, of, them] = text.tokens(first..end) else { return None };
    let is_part = text.is_any(one, &["one", "two", "three", "some", "most", "both", "another"]);
    (is_part && text.is(of, "of") && text.is_any(them, &["them", "us", "these"])).then_some(first)
}

/// Passed over between subject and verb: "has repeatedly", "did not", "'s".
pub(super) fn is_between_subject_and_verb(text: &Text<'_>, word: &Token) -> bool {
    word.is_word()
        && !word.is(Tags::PRONOUN)
        // "Theresa May said", "in May said"
        && !(word.is_capital() && word.is(Tags::MONTH))
        && (word.is(Tags::AUXILIARY | Tags::MODAL | Tags::ADVERB | Tags::NEGATION)
            || is_ly(text, word) && !word.is_capital()
            || is_ending(text, word)
            || ADVERBS.hold(text.content, word))
}

/// Adverbs that the lexicon has in other classes.
static ADVERBS: Words<12> = Words::new([
    "both",
    "all",
    "first",
    "since",
    "long",
    "publicly",
    "later",
    "earlier",
    "repeatedly",
    "himself",
    "herself",
    "itself",
]);

/// Whether the word at `at` is a verb there: it is listed as one, or ends in "-ed", and no article stands before it.
#[inline]
pub fn is_verb(text: &Text<'_>, at: u32) -> bool {
    // Most words are none.
    token(text, at).is_some_and(|word| {
        word.is_word()
            && (word.is(Tags::AUXILIARY | Tags::MODAL | Tags::PAST_VERB | Tags::VERB)
                || word.ends_with(text.content, "ed"))
            && is_verb_there(text, at, word)
    })
}

#[inline(never)]
fn is_verb_there(text: &Text<'_>, at: u32, word: &Token) -> bool {
    let is_capital_inside = word.is_capital() && !is_sentence_start(text, at);
    if is_capital_inside && word.is(Tags::MONTH) && text.word(word) == "May" {
        return false;
    }
    if word.is(Tags::AUXILIARY | Tags::MODAL) {
        return !is_ending(text, word) || !word.ends_with(text.content, "s");
    }
    if is_capital_inside {
        return false;
    }
    let is_behind_article = at > 0
        && token(text, at - 1)
            .is_some_and(|before| before.is(Tags::DETERMINER) && !before.is(Tags::PRONOUN));
    if is_behind_article || is_compounded(text, at, word) {
        return false;
    }
    word.is(Tags::PAST_VERB | Tags::VERB) || is_ed(text, word) && !word.is_capital()
}

/// The end of a compound adjective: "London-based", "state-run"; but "co-founded", "re-elected".
fn is_compounded(text: &Text<'_>, at: u32, word: &Token) -> bool {
    let Some(first) = at.checked_sub(2).and_then(|at| token(text, at)) else { return false };
    let is_hyphen = |mark: &Token| mark.kind == TokenKind::Hyphen && mark.is_joined();
    word.is_joined()
        && token(text, at - 1).is_some_and(is_hyphen)
        && first.is_word()
        && !PREFIXES.hold(text.content, first)
}

/// Before the hyphen of a verb.
static PREFIXES: Words<17> = Words::new([
    "co", "re", "pre", "de", "mis", "out", "over", "under", "cross", "double", "fast", "hand",
    "kick", "spot", "short", "second", "test",
]);

pub(super) fn is_ed(text: &Text<'_>, word: &Token) -> bool {
    word.span.len() > 4
        && word.ends_with(text.content, "ed")
        && ![
            "need", "seed", "feed", "speed", "weed", "breed", "bleed", "creed", "indeed", "exceed",
            "proceed", "succeed",
        ]
        .contains(&text.word(word))
}

pub(super) fn is_ly(text: &Text<'_>, word: &Token) -> bool {
    word.span.len() > 4
        && word.ends_with(text.content, "ly")
        && !word.is_capital()
        && !LY_NOUNS.hold(text.content, word)
}

/// Nouns that end like an adverb.
static LY_NOUNS: Words<10> = Words::new([
    "family", "assembly", "supply", "reply", "monopoly", "duopoly", "rally", "tally", "anomaly",
    "elderly",
]);

/// Classes that no noun phrase is made of.
const FUNCTIONS: u64 = Tags::PREPOSITION
    | Tags::CONJUNCTION
    | Tags::AUXILIARY
    | Tags::MODAL
    | Tags::PRONOUN
    | Tags::RELATIVE
    | Tags::QUESTION
    | Tags::CONDITION
    | Tags::NEGATION
    | Tags::ADVERB
    | Tags::DETERMINER;

/// Whether the word is a noun or adjective by all that can be seen: of no class that ends a noun phrase, nor with such an
/// ending. Most words of a noun phrase are, and need no closer look.
#[inline]
pub(super) fn is_plain(text: &Text<'_>, word: &Token) -> bool {
    const OTHERS: u64 =
        FUNCTIONS | Tags::PAST_VERB | Tags::VERB | Tags::WEEKDAY | Tags::TIME | Tags::MONTH;
    let last = text.content.as_bytes().get(word.span.end.wrapping_sub(1) as usize);
    // "-ed", "-ly"; endings such as "'s" are joined.
    word.is_word() & !word.is(OTHERS) & !word.is_joined() && !matches!(last, Some(b'd' | b'y'))
}

/// Whether the word is of a class that no noun phrase is made of.
#[inline]
pub fn is_function(word: &Token) -> bool {
    let is_name = || word.is(Tags::GIVEN_NAME) && word.is_capital() || is_country(word);
    word.is(FUNCTIONS) && !word.is(Tags::TITLE) && !is_name()
}

/// "the US": no pronoun.
fn is_country(word: &Token) -> bool {
    word.has(flags::UPPER) && word.reads("", "us")
}

pub(super) fn is_time(word: &Token) -> bool {
    word.is(Tags::WEEKDAY)
        || word.is(Tags::TIME) && !word.is_capital()
        || word.is(Tags::MONTH) && word.is_capital()
}

/// "May" of "Theresa May": a month behind a given name.
pub(super) fn is_surname(text: &Text<'_>, at: u32) -> bool {
    let word = |at: u32| token(text, at).filter(|word| word.is_capital());
    word(at).is_some_and(|name| name.is(Tags::MONTH))
        && at
            .checked_sub(1)
            .and_then(word)
            .is_some_and(|given| given.is(Tags::GIVEN_NAME) && !given.is(Tags::MONTH))
}

pub(super) fn is_noun_like(text: &Text<'_>, word: &Token) -> bool {
    word.is_word() && !is_function(word) && !is_ly(text, word) && !word.is(Tags::PAST_VERB)
        || matches!(word.kind, TokenKind::CloseBracket | TokenKind::Number)
        || word.is_word()
            && text.is_any(word, &["one", "some", "many", "most", "both", "all", "several", "few"])
}

pub(super) fn is_link(text: &Text<'_>, word: &Token) -> bool {
    word.is_word()
        && text.is_any(word, &["of", "for", "at", "from", "with", "in", "to", "on", "near"])
}

pub(super) fn is_article(text: &Text<'_>, word: &Token) -> bool {
    text.is_any(word, &["the", "a", "an", "my", "your", "its", "our", "their", "whose", "every"])
}

pub(super) fn is_that(text: &Text<'_>, word: &Token) -> bool {
    text.is(word, "that")
}

pub(super) fn is_object_pronoun(text: &Text<'_>, word: &Token) -> bool {
    text.is_any(word, &["him", "them", "us", "me"])
}

/// "'s" and its like.
pub fn is_ending(text: &Text<'_>, word: &Token) -> bool {
    word.is_word()
        && word.is_joined()
        && (word.key as u8 == b'\'' || word.has(flags::WIDE) && text.word(word).starts_with('’'))
}

/// Whether the dot at `at` belongs to an initial or abbreviation: "J.", "Sen.".
pub fn is_abbreviation_dot(text: &Text<'_>, at: u32) -> bool {
    let (Some(dot), Some(word)) =
        (token(text, at), at.checked_sub(1).and_then(|at| token(text, at)))
    else {
        return false;
    };
    let next_is_name = || {
        token(text, at + 1).is_some_and(|next| {
            next.is_capital() && !next.has(flags::LINE)
                || matches!(
                    next.kind,
                    TokenKind::Comma | TokenKind::CloseBracket | TokenKind::OpenBracket
                )
        })
    };
    let is_short = || word.span.len() == 2 && ["Jr", "Sr", "St"].contains(&text.word(word));
    dot.kind == TokenKind::Dot
        && dot.is_joined()
        && word.is_capital()
        && (word.span.len() == 1
            // "Sen. Lund", but "Thank you, Mr. Chairman. Lund"
            || word.is(Tags::TITLE) && !word.is(Tags::ROLE)
            || word.is(Tags::ABBREVIATION | Tags::ABBREVIATION_MAY_END)
            || is_short())
        && next_is_name()
}

/// Whether the dot at `at` belongs to "Jr.", "Inc." and their like, behind a name.
pub(super) fn is_suffix_dot(text: &Text<'_>, at: u32) -> bool {
    let before = at.checked_sub(1).and_then(|at| token(text, at));
    token(text, at).is_some_and(Token::is_joined)
        && before.is_some_and(|word| {
            ["Jr", "Sr", "Inc", "Corp", "Co", "Ltd", "Bros"].contains(&text.word(word))
        })
}

/// Whether the token begins a sentence, or stands behind an opening mark.
pub fn is_sentence_start(text: &Text<'_>, at: u32) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|at| token(text, at)) else { return true };
    let is_small = token(text, at).is_some_and(|word| word.is_word() && !word.is_capital());
    if before.kind == TokenKind::Dot && is_small {
        return false;
    }
    matches!(
        before.kind,
        TokenKind::Dot
            | TokenKind::Question
            | TokenKind::Exclamation
            | TokenKind::Ellipsis
            | TokenKind::Colon
            | TokenKind::DoubleQuote
            | TokenKind::OpenQuote
            | TokenKind::OpenSingleQuote
            | TokenKind::CloseQuote
            | TokenKind::Other
    ) && !is_abbreviation_dot(text, at - 1)
        || token(text, at).is_some_and(|word| word.has(flags::BLANK))
}

#[inline]
pub(super) fn token<'a>(text: &'a Text<'_>, at: u32) -> Option<&'a Token> {
    text.tokens.get(at as usize)
}
