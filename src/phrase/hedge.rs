//! How a clause is asserted: hedged, denied, asked, or under a condition.

use crate::fact::Modality;
use crate::lexicon::{Lexicon, Tags};
use crate::span::Span;
use crate::text::{Sentence, Text};
use crate::token::{Token, TokenKind};

/// How what stands at the token `at` of a sentence is asserted, with the words that weaken it.
///
/// Looks over the clause of the token, and over a condition before or behind it. `at` counts from the sentence's first token;
/// `has_hedge` is what [`has_hedge`] says of the sentence.
pub fn modality(
    lexicon: &Lexicon,
    text: &Text<'_>,
    sentence: &Sentence,
    at: usize,
    has_hedge: bool,
) -> (Modality, Option<Span>) {
    let tokens = text.tokens(sentence.tokens.clone());
    if sentence.tags & Tags::ASKING != 0
        && let Some(mark) = question(tokens, at)
    {
        return (Modality::Questioned, Some(mark));
    }
    if sentence.tags & Tags::CONDITION != 0
        && let Some(word) = condition(text, tokens, at)
    {
        return (Modality::Conditional, Some(word));
    }
    if sentence.tags & Tags::NEGATION != 0
        && let Some(word) = negation(text, tokens, at)
    {
        return (Modality::Negated, Some(word));
    }
    if has_hedge && let Some(words) = hedge(lexicon, text, tokens, at) {
        return (Modality::Hedged, Some(words));
    }
    (Modality::Asserted, None)
}

/// Whether words that weaken stand anywhere in a sentence: "in" and "is" begin some, and mostly something else.
pub fn has_hedge(lexicon: &Lexicon, sentence: &Sentence, tokens: &[Token]) -> bool {
    if sentence.tags & Tags::HEDGE == 0 {
        return false;
    }
    let mut rest = tokens;
    while let [token, behind @ ..] = rest {
        if token.is(Tags::HEDGE) && lexicon.measures.hedges.at(rest).is_some() {
            return true;
        }
        rest = behind;
    }
    false
}

/// The question mark that ends the clause of `at`, inside the same quotation.
fn question(tokens: &[Token], at: usize) -> Option<Span> {
    let rest = tokens.get(at..)?;
    for token in rest.iter().take(LONGEST) {
        match token.kind {
            TokenKind::Question => return Some(token.span),
            // "It took four years, and leaves a question: who pays?"
            TokenKind::CloseQuote
            | TokenKind::DoubleQuote
            | TokenKind::OpenQuote
            | TokenKind::Colon => return None,
            _ => {}
        }
    }
    None
}

/// "if" or "unless" that governs the clause of `at`: before it in the same clause, at the head of the sentence, or behind it.
fn condition(text: &Text<'_>, tokens: &[Token], at: usize) -> Option<Span> {
    let is_if = |token: &Token| {
        token.is(Tags::CONDITION) && (text.is(token, "if") || text.is(token, "unless"))
    };
    // "provided the price falls", but "wind provided 31 %", "data provided by the bank"
    let is_provided = |place: usize, token: &Token| {
        token.is(Tags::CONDITION) && text.is(token, "provided") && {
            let before = place.checked_sub(1).and_then(|at| tokens.get(at));
            let is_parted = before.is_none_or(|t| !t.is_word());
            let next = tokens.get(place + 1);
            next.is_some_and(|next| {
                text.is(next, "that") || is_parted && !text.is(next, "by") && !text.is(next, "with")
            })
        }
    };
    let is_if = |place: usize, token: &Token| is_if(token) || is_provided(place, token);
    for place in (at.saturating_sub(LONGEST)..at.min(tokens.len())).rev() {
        let token = tokens.get(place)?;
        if matches!(
            token.kind,
            TokenKind::Semicolon
                | TokenKind::OpenQuote
                | TokenKind::CloseQuote
                | TokenKind::DoubleQuote
        ) {
            return None;
        }
        if is_if(place, token) {
            // "dozens if not hundreds"
            if tokens.get(place + 1).is_some_and(|next| text.is(next, "not"))
                && text.is(token, "if")
            {
                return None;
            }
            if is_polite(text, tokens, place) {
                return None;
            }
            // "asked if", "as if", "even if" are no conditions of what is said.
            let before = place.checked_sub(1).and_then(|at| tokens.get(at));
            let is_asked = before.is_some_and(|before| {
                before.is(Tags::REPORTING)
                    || text.is(before, "as")
                    || text.is(before, "see")
                    || text.is(before, "what")
            });
            return (!is_asked).then_some(token.span);
        }
    }
    // "… unless the state pays": a condition behind the clause.
    for place in at..(at + BEHIND).min(tokens.len()) {
        let token = tokens.get(place)?;
        if matches!(
            token.kind,
            TokenKind::Semicolon
                | TokenKind::Colon
                | TokenKind::Dash
                | TokenKind::CloseQuote
                | TokenKind::DoubleQuote
                | TokenKind::OpenQuote
        ) {
            return None;
        }
        if is_if(place, token) {
            return Some(token.span);
        }
    }
    None
}

/// "If I may add": nothing depends on it.
fn is_polite(text: &Text<'_>, tokens: &[Token], place: usize) -> bool {
    let reads = |at: usize, words: &[&str]| {
        tokens.get(place + at).is_some_and(|token| text.is_any(token, words))
    };
    reads(1, &["i", "we"])
        && (reads(2, &["remember", "recall"])
            || reads(2, &["can", "may", "could", "might"])
                && reads(
                    3,
                    &[
                        "just",
                        "add",
                        "say",
                        "put",
                        "ask",
                        "start",
                        "begin",
                        "turn",
                        "quote",
                        "come",
                        "go",
                        "interrupt",
                    ],
                ))
}

/// "not", "never" and the like before `at` in its clause.
fn negation(text: &Text<'_>, tokens: &[Token], at: usize) -> Option<Span> {
    for place in (at.saturating_sub(NEAR)..at.min(tokens.len())).rev() {
        let token = tokens.get(place)?;
        // "did not marry until she was 42"
        if ends_clause(text, token) || text.is(token, "until") {
            return None;
        }
        if token.is(Tags::NEGATION) && !text.is(token, "without") {
            // "not only", "no fewer than", "no doubt": nothing is denied.
            let next = tokens.get(place + 1);
            let is_other = next.is_some_and(|next| {
                text.is_any(
                    next,
                    &[
                        "only", "less", "fewer", "more", "doubt", "longer", "just", "later",
                        "least", "matter",
                    ],
                )
            });
            // "dozens if not hundreds"
            let is_scale = place > 0 && tokens.get(place - 1).is_some_and(|t| text.is(t, "if"));
            let is_verbal = text.is(token, "not")
                || text.is(token, "never")
                || text.word(token).len() > 4 && token.ends_with(text.content, "t");
            return (is_verbal && !is_other && !is_scale).then_some(token.span);
        }
    }
    None
}

/// "I think", "reportedly", "may" around `at`.
fn hedge(lexicon: &Lexicon, text: &Text<'_>, tokens: &[Token], at: usize) -> Option<Span> {
    let read = |place: usize| {
        let token = tokens.get(place)?;
        let found = lexicon.measures.hedges.at(tokens.get(place..)?)?;
        // May the month, and "could not": the past of an ability.
        let is_name = token.is_capital()
            && found.len == 1
            && (place > 0
                || tokens.get(1).is_some_and(|next| text.is(next, "'s") || text.is(next, "’s")));
        let last = tokens.get(place + found.len - 1)?;
        // "1,504 likely voters": what kind of voters.
        let is_adjective = text.is(token, "likely")
            && place > 0
            && tokens.get(place - 1).is_some_and(|before| {
                before.kind == TokenKind::Number
                    || before.is(Tags::NUMBER | Tags::DETERMINER | Tags::PREPOSITION)
            })
            && tokens.get(place + 1).is_some_and(|t| lexicon.nouns.is_plural(text.content, t));
        // "20 % more likely to smoke"
        let is_compared = (text.is(token, "likely") || text.is(token, "unlikely"))
            && place > 0
            && tokens
                .get(place - 1)
                .is_some_and(|before| text.is_any(before, &["more", "less", "as"]));
        (!is_name && !is_adjective && !is_compared).then(|| token.span.join(last.span))
    };
    for place in (at.saturating_sub(LONGEST)..at.min(tokens.len())).rev() {
        let token = tokens.get(place)?;
        // All at once: most words are none of them.
        if !(token.is(Tags::HEDGE | Tags::CONJUNCTION) | ends_sentence_part(token)) {
            continue;
        }
        if ends_sentence_part(token) || is_contrast(text, tokens, place) {
            break;
        }
        if let Some(span) = read(place) {
            return Some(span);
        }
    }
    // ", I think, …" behind it.
    for place in at..(at + BEHIND).min(tokens.len()) {
        let token = tokens.get(place)?;
        if !(token.is(Tags::HEDGE | Tags::CONJUNCTION | Tags::MODAL) | ends_sentence_part(token)) {
            continue;
        }
        if ends_sentence_part(token)
            || token.is(Tags::CONJUNCTION) && !text.is(token, "or") && place > at + 1
        {
            break;
        }
        if token.is(Tags::MODAL) {
            break;
        }
        if token.is(Tags::HEDGE)
            && let Some(span) = read(place)
        {
            return Some(span);
        }
    }
    None
}

/// ", although", ", while": a clause that nothing weakens before it.
fn is_contrast(text: &Text<'_>, tokens: &[Token], place: usize) -> bool {
    let is_parted = place > 1 && tokens.get(place - 1).is_some_and(|t| t.kind == TokenKind::Comma);
    is_parted
        && tokens
            .get(place)
            .is_some_and(|t| text.is_any(t, &["although", "though", "whereas", "while"]))
        && !tokens.get(place - 2).is_some_and(|t| text.is(t, "that"))
}

fn ends_sentence_part(token: &Token) -> bool {
    matches!(
        token.kind,
        TokenKind::Semicolon
            | TokenKind::Colon
            | TokenKind::Dash
            | TokenKind::OpenQuote
            | TokenKind::CloseQuote
            | TokenKind::DoubleQuote
    )
}

fn ends_clause(text: &Text<'_>, token: &Token) -> bool {
    ends_sentence_part(token)
        || token.kind == TokenKind::Comma
        || token.is(Tags::CONJUNCTION)
            && text.is_any(token, &["and", "but", "because", "while", "although", "though"])
        || token.is(Tags::RELATIVE) && !text.is(token, "that")
}

/// Tokens looked back over for a condition or hedge.
const LONGEST: usize = 40;
/// Tokens looked back over for a negation.
const NEAR: usize = 12;
/// Tokens looked ahead over.
const BEHIND: usize = 14;
