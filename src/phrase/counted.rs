//! The noun that a number counts, with its modifiers.

use crate::lexicon::{Lexicon, Tags};
use crate::span::Span;
use crate::token::{Token, TokenKind, Words, flags};

use super::numeral::is;

/// A counted noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// One past its last token.
    pub end: usize,
    /// The noun with its modifiers, as written.
    pub span: Span,
    /// Singular head with its modifiers: "coal-fired power plant".
    pub name: String,
}

/// Reads the plural noun at `at` with the modifiers before it: "eligible pensioners", "coal-fired power plants".
///
/// `None` where no plural stands within six words, or a word that ends a noun phrase comes first.
pub fn counted(lexicon: &Lexicon, content: &str, tokens: &[Token], at: usize) -> Option<Counted> {
    read(lexicon, content, tokens, at, false)
}

/// Reads the singular noun at `at`, for "one": "one proposal".
pub fn single(lexicon: &Lexicon, content: &str, tokens: &[Token], at: usize) -> Option<Counted> {
    read(lexicon, content, tokens, at, true)
}

fn read(
    lexicon: &Lexicon,
    content: &str,
    tokens: &[Token],
    at: usize,
    is_single: bool,
) -> Option<Counted> {
    let mut head = None;
    let mut start = at;
    let mut place = at;
    while let Some(token) = tokens.get(place).filter(|_| place < at + LONGEST) {
        match token.kind {
            TokenKind::Word => {}
            // "cut-off villages"
            TokenKind::Hyphen
                if token.is_joined() && tokens.get(place + 1).is_some_and(Token::is_joined) =>
            {
                place += 1;
                continue;
            }
            // "Type 26 survey ships"
            TokenKind::Number
                if place > at && tokens.get(place - 1).is_some_and(Token::is_capital) =>
            {
                // "A321neo": what is joined to it is of the name.
                place += 1 + usize::from(tokens.get(place + 1).is_some_and(Token::is_joined));
                continue;
            }
            _ => break,
        }
        if place > at && token.has(flags::LINE) && token.has(flags::BLANK) {
            break;
        }
        let is_first = place == start;
        if is_first && is_quantifier(content, token) {
            start = place + 1;
            place += 1;
            continue;
        }
        // "three plus zero point four": a number counts no number; "five two-bedroom flats" are flats.
        let is_number = token.is(Tags::NUMBER)
            && tokens.get(place + 1).is_none_or(|t| t.kind != TokenKind::Hyphen);
        if is_number || token.is(MAY_END) && ends_phrase(content, tokens, place, is_first) {
            break;
        }
        if is_single
            && head.is_some()
            && (lexicon.nouns.is_plural(content, token)
                || token.is(Tags::REPORTING)
                // "One officer suffered burns"
                || token.span.len() > 5 && token.ends_with(content, "ed"))
        {
            break;
        }
        if lexicon.nouns.is_plural(content, token)
            && !is_single
            && !is_possessor(content, tokens, place)
        {
            head = Some(place);
            // A compound goes on with a further plural at most: "sports cars".
            let next = tokens.get(place + 1);
            let goes_on = !is(content, token, "times")
                // "transport for 1,140 pupils costs £8.9m"
                && !tokens.get(place + 2).is_some_and(|t| {
                    t.kind == TokenKind::Number || t.is(Tags::CURRENCY) && !t.is_word()
                })
                && next.is_some_and(|next| {
                    next.is_word()
                        && lexicon.nouns.is_plural(content, next)
                        && !(next.is(MAY_END) && ends_phrase(content, tokens, place + 1, false))
                        && !next.is(Tags::REPORTING)
                });
            if !goes_on {
                break;
            }
        } else if is_single && !token.is(Tags::ADVERB) && !is_manner(content, token) {
            head = Some(place);
        }
        place += 1;
    }
    let head = head?;
    let first = tokens.get(start)?;
    let last = tokens.get(head)?;
    let span = first.span.join(last.span);
    let lead = content.get(first.span.begin as usize..last.span.begin as usize)?;
    let mut name = String::with_capacity(span.len() as usize);
    for (place, word) in lead.split_whitespace().enumerate() {
        // "300 recorded songs", "decently sized plants": what was done to the things is not what they are.
        let is_participle =
            word.ends_with("ed") && word.len() > 4 && !word.contains('-') && place < 2;
        if word.ends_with("ly") && !LIKE.contains(&word)
            || is_linking(word)
            || is_participle && !word.starts_with(char::is_uppercase)
        {
            continue;
        }
        name.push_str(word);
        name.push(' ');
    }
    // A hyphen binds without a space: "cut-off villages".
    if lead.ends_with('-') {
        name.pop();
    }
    lexicon.nouns.push_singular(content, last, &mut name);
    Some(Counted { end: head + 1, span, name })
}

/// Words between the number and its noun that say nothing of the noun, or how much of it: "more", "other", "very".
fn is_quantifier(content: &str, token: &Token) -> bool {
    token.is(Tags::DETERMINER) && QUANTIFIERS.hold(content, token) || DEGREES.hold(content, token)
}

static QUANTIFIERS: Words<7> =
    Words::new(["more", "other", "such", "most", "another", "further", "additional"]);
static DEGREES: Words<4> = Words::new(["further", "additional", "very", "fewer"]);

/// "seriously" of "three hurt, one seriously": how, not what.
fn is_manner(content: &str, token: &Token) -> bool {
    ["ously", "ally", "ely", "ently", "antly", "tly", "edly"]
        .iter()
        .any(|end| token.ends_with(content, end))
        && token.span.len() > 5
}

fn is_linking(word: &str) -> bool {
    matches!(word, "and" | "or" | "&")
}

/// "two players' names", "20 companies's": the noun goes on.
fn is_possessor(content: &str, tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| {
        next.is_joined()
            && (is(content, next, "'s")
                || matches!(next.kind, TokenKind::Apostrophe | TokenKind::CloseSingleQuote))
            && tokens.get(at + 2).is_some_and(Token::is_word)
    })
}

/// Whether the token cannot be inside a noun phrase that began before it.
fn ends_phrase(content: &str, tokens: &[Token], at: usize, is_first: bool) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    if token.is(Tags::AND) || is(content, token, "&") {
        // "digital and physical sales": an adjective on both sides.
        return is_first
            || !tokens.get(at + 1).is_some_and(|next| next.is_word() && !next.is(STOPS));
    }
    // "A321neo jets": an article is joined to no number.
    let is_name = token.is_capital()
        && tokens
            .get(at + 1)
            .is_some_and(|next| next.kind == TokenKind::Number && next.is_joined());
    if is_name {
        return false;
    }
    // "cut-off", "so-called": a compound is no verb.
    let is_compound =
        tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Hyphen && next.is_joined())
            || token.is_joined()
                && at > 0
                && tokens.get(at - 1).is_some_and(|t| t.kind == TokenKind::Hyphen);
    if is_compound {
        return false;
    }
    // "1,204 likely voters", "1,000 live births"
    if is_first && ADJECTIVES.hold(content, token) {
        return false;
    }
    // "154 runs to win", but "bus 42 runs every day"
    if is_first && PLAYED.hold(content, token) && !goes_on(tokens, at + 1) {
        return false;
    }
    // "240 wrote letters": no participle.
    if is_first && FINITE.hold(content, token) {
        return true;
    }
    if token.is(Tags::PAST_VERB) {
        // "300 recorded songs", but "20 people killed".
        return !is_first && !token.text(content).ends_with("ed")
            || !tokens.get(at + 1).is_some_and(Token::is_word);
    }
    token.is(STOPS)
}

/// Whether the word at `at` goes on with what the verb before it does.
fn goes_on(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| {
        t.is_word()
            && !t.is(Tags::PREPOSITION
                | Tags::CONJUNCTION
                | Tags::AUXILIARY
                | Tags::MODAL
                | Tags::RELATIVE
                | Tags::TIME)
            || t.kind == TokenKind::Number
            || t.is(Tags::CURRENCY)
    })
}

/// Verbs that are counted as nouns.
static PLAYED: Words<6> = Words::new(["runs", "wins", "deals", "draws", "breaks", "tries"]);

/// Classes of the words that [`ends_phrase`] looks at.
const MAY_END: u64 = STOPS | Tags::AND | Tags::PAST_VERB;

/// Classes that end a noun phrase.
const STOPS: u64 = Tags::PREPOSITION
    | Tags::DETERMINER
    | Tags::CONJUNCTION
    | Tags::AUXILIARY
    | Tags::RELATIVE
    | Tags::QUESTION
    | Tags::PRONOUN
    | Tags::MODAL
    | Tags::NEGATION
    | Tags::CONDITION
    | Tags::VERB
    | Tags::MONTH
    | Tags::WEEKDAY
    | Tags::ADVERB;

/// Pasts that are no participles.
static FINITE: Words<22> = Words::new([
    "wrote", "took", "went", "gave", "saw", "drove", "spoke", "chose", "drew", "flew", "grew",
    "knew", "rose", "threw", "wore", "came", "ran", "began", "became", "fell", "ate", "broke",
]);

/// Adjectives before a counted noun that are adverbs or verbs elsewhere.
static ADJECTIVES: Words<8> =
    Words::new(["likely", "live", "early", "daily", "weekly", "monthly", "yearly", "late"]);

/// Those of them that end like adverbs.
const LIKE: &[&str] = &["likely", "early", "daily", "weekly", "monthly", "yearly"];

/// Tokens of the longest noun phrase.
const LONGEST: usize = 9;
