//! Names that end in "'s", as shops, hospitals and firms have them: "McDonald's said". There it is neither "has" nor the mark of
//! an owner, but a word of the name.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a token of any other kind means the same: what stands before it owns something"
)]

use super::Quote;
use crate::lexicon::{Form, Lexicon, Tags};
use crate::token::{Token, TokenKind, flags};

/// Makes each "'s" that ends a name a capitalised word of no class. `endings` are the places of endings.
pub(super) fn end_names(
    lexicon: &Lexicon,
    content: &str,
    tokens: &mut [Token],
    endings: &[u32],
    quotes: &[Quote],
) {
    // Of "Waitrose's, Lowen's and Fairway said" the last tells what those before it are.
    for &at in endings.iter().rev() {
        let at = at as usize;
        if (Context { lexicon, content, tokens, quotes }).ends_name(at)
            && let Some(ending) = tokens.get_mut(at)
        {
            ending.tags = 0;
            ending.word = 0;
            ending.key = Token::NAME_ENDING;
            ending.flags = flags::CAPITAL;
        }
    }
}

/// Whether an "'s" that owns stands at `at`.
fn is_owner(content: &str, tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|ending| ending.reads_any(content, &["'s", "’s"]))
}

struct Context<'a> {
    lexicon: &'a Lexicon,
    content: &'a str,
    tokens: &'a [Token],
    quotes: &'a [Quote],
}

impl Context<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn has(&self, at: usize, tags: u64) -> bool {
        self.token(at).is_some_and(|token| token.is(tags))
    }

    fn is_any(&self, at: usize, words: &[&str]) -> bool {
        self.token(at).is_some_and(|token| token.reads_any(self.content, words))
    }

    /// Whether the "'s" at `at` ends a name, or is in it: what follows is no noun, so that there is nothing to own.
    fn ends_name(&self, at: usize) -> bool {
        let name = at.checked_sub(1).and_then(|name| self.token(name));
        let Some((name, next)) = name.zip(self.token(at + 1)) else { return false };
        // Most often what follows is a noun, and there "He's", "Monday's".
        let is_noun = next.is_word() && !next.has(flags::CAPITAL) && !next.is(NO_NOUNS);
        if is_noun
            || !name.is_capital()
            || name.is(NO_NAMES)
            || !is_owner(self.content, self.tokens, at)
        {
            return false;
        }
        match next.kind {
            TokenKind::Word if next.has(flags::LINE) => false,
            TokenKind::Word if next.has(flags::CAPITAL) => self.is_dedicated(at),
            kind if kind == TokenKind::Comma || next.is(Tags::CONJUNCTION) => {
                !self.is_behind_of(at) && !self.goes_on_to_owner(at + 1)
            }
            TokenKind::Dot | TokenKind::Semicolon | TokenKind::CloseBracket => {
                !self.is_behind_of(at)
            }
            TokenKind::Word if self.is_hyphened(at + 1) => false,
            // "the branch of Lowen's in Leith", and not "Lind's in trouble".
            TokenKind::Word if self.is_any(at + 1, &["in", "at", "of"]) => !self.is_spoken(at),
            TokenKind::Word => self.is_verb(at + 1),
            _ => false,
        }
    }

    /// "St Mary's Hospital", "the People's Bank of China", "Lloyd's of London".
    fn is_dedicated(&self, at: usize) -> bool {
        let saint = at.saturating_sub(2 + usize::from(at > 2 && self.is_any(at - 2, &["."])));
        self.is_any(saint, &["st", "saint"]) && !self.is_any(at + 1, &["day", "eve"])
            || self.has(at + 1, Tags::ORGANISATION)
                && self.is_any(
                    at - 1,
                    &["king", "queen", "people", "children", "women", "men", "veterans", "workers"],
                )
    }

    /// "a friend of Smith's"
    fn is_behind_of(&self, at: usize) -> bool {
        let start = (0..at).rev().take(MOST_WORDS).find(|&at| {
            !self.token(at).is_some_and(|token| token.is_capital() || token.ends_name())
        });
        start.is_some_and(|start| self.is_any(start, &["of"]))
    }

    /// "Germany's, France's and the bank's leaders": another owner behind the comma or "and".
    fn goes_on_to_owner(&self, at: usize) -> bool {
        (at + 1..at + 1 + MOST_WORDS)
            .take_while(|&at| self.token(at).is_some_and(Token::is_word))
            .any(|at| is_owner(self.content, self.tokens, at))
    }

    /// Whether the token at `at` is in a quotation: "Lind's said it" is "Lind has" where somebody speaks.
    fn is_spoken(&self, at: usize) -> bool {
        let at = at as u32;
        let begun = self.quotes.partition_point(|quote| quote.tokens.start <= at);
        let near = self.quotes.get(begun.saturating_sub(MOST_DEPTH)..begun).unwrap_or_default();
        near.iter().any(|quote| quote.tokens.contains(&at))
    }

    /// "China's near-monopoly"
    fn is_hyphened(&self, at: usize) -> bool {
        self.token(at + 1).is_some_and(|mark| mark.kind == TokenKind::Hyphen && mark.is_joined())
    }

    /// Whether the word at `at` is the verb of the name before it.
    fn is_verb(&self, at: usize) -> bool {
        let Some(verb) = self.token(at) else { return false };
        if verb.is(Tags::AUXILIARY | Tags::MODAL) {
            // "Smith's been", "Macron's will to lead"
            return !(self.is_any(at, &["be", "been", "being", "having", "need"])
                || verb.is(Tags::MODAL) && self.is_any(at + 1, &["to"]));
        }
        let report = self.lexicon.reporting.of(verb);
        // "Lowen's to close 30 shops": a headline.
        if self.is_any(at, &["said", "told", "to"])
            || report.is_some_and(|word| word.form == Form::Third && !word.is_noun)
        {
            return !self.is_spoken(at);
        }
        let change = self.lexicon.measures.changes.of(verb);
        let is_past = verb.is(Tags::PAST_VERB)
            || report.is_some_and(|word| word.form == Form::Past)
            || change.is_some_and(|word| word.verb == Some(Form::Past) && !word.is_noun);
        // "Macron's failed plans", "Lowen's cut 300 jobs".
        is_past
            && (self.has(at + 1, BEHIND_VERB)
                || self.is_any(at + 1, &["to", "that"])
                || self.token(at + 1).is_some_and(|next| next.kind == TokenKind::Number))
            && !self.is_spoken(at)
    }
}

/// Classes of words with a capital that are no names: behind them is "is", or a time owns.
const NO_NAMES: u64 = Tags::PRONOUN
    | Tags::RELATIVE
    | Tags::QUESTION
    | Tags::ADVERB
    | Tags::DETERMINER
    | Tags::WEEKDAY
    | Tags::MONTH
    | Tags::TIME
    | Tags::HOLIDAY;

/// Classes of the words that may stand behind a name, and are more than a noun.
const NO_NOUNS: u64 = Tags::AUXILIARY
    | Tags::MODAL
    | Tags::PAST_VERB
    | Tags::REPORTING
    | Tags::CHANGE
    | Tags::CONJUNCTION
    | Tags::PREPOSITION;

/// Classes of words that begin what a verb has behind it.
const BEHIND_VERB: u64 = Tags::DETERMINER | Tags::NUMBER | Tags::PRONOUN | Tags::COMPARATOR;

/// Words up to the mark of the next owner.
const MOST_WORDS: usize = 5;

/// Quotations inside one another.
const MOST_DEPTH: usize = 4;
