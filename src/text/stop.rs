//! Whether a full stop, question mark, exclamation mark or ellipsis ends a sentence.
//!
//! Three kinds of abbreviation (never at an end, maybe at one, initials), and what the next word says: a lower-case word goes
//! on, a word that seldom stands in names ("The", "He", "Officials") begins.

use crate::lexicon::Tags;
use crate::token::{Token, TokenKind, flags};

/// What is being cut: all tokens of the text, and the paragraph and sentence at hand.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) content: &'a str,
    pub(super) tokens: &'a [Token],
    /// The first token of the sentence.
    pub(super) first: usize,
    /// One past the last token of the paragraph.
    pub(super) end: usize,
}

/// What stands between the stop and the next sentence.
struct Closers {
    /// The token after them.
    after: usize,
    has_quote: bool,
    has_bracket: bool,
}

impl<'a> Place<'a> {
    fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at).filter(|_| at < self.end)
    }

    /// A token before `at`, of the same sentence.
    fn before(&self, at: usize, by: usize) -> Option<&'a Token> {
        at.checked_sub(by)
            .filter(|place| *place >= self.first)
            .and_then(|place| self.tokens.get(place))
    }

    /// The token after the sentence when the token at `at` ends one; closing marks go with the sentence that they close.
    /// `in_quote`: a straight quotation mark is open at `at`.
    pub(super) fn sentence_end(&self, at: usize, in_quote: bool) -> Option<usize> {
        let stop = self.token(at)?;
        let closers = self.closers(at + 1, in_quote);
        let after = closers.after;
        let Some(next) = self.token(after) else { return Some(self.end) };
        if next.is_joined() && !self.is_space_missing(at, next) {
            return None;
        }
        // "[...]", "(!)": said of what is inside, not a stop.
        if closers.has_bracket
            && self.before(at, 1).is_some_and(|token| token.kind == TokenKind::OpenBracket)
        {
            return None;
        }
        let begins = self.beginning(after);
        if begins == Beginning::No {
            return None;
        }
        // A bracket opened inside the sentence: the sentence goes on behind it, unless the next word says otherwise.
        let is_aside = closers.has_bracket
            && !closers.has_quote
            && self.token(self.first).is_some_and(|first| first.kind != TokenKind::OpenBracket);
        if is_aside && begins != Beginning::Starter {
            return None;
        }
        let ends = if stop.kind == TokenKind::Word {
            !closers.has_none(at) || self.dotted_ends(stop, after, begins)
        } else if stop.kind == TokenKind::Dot {
            self.is_spaced_ellipsis(at, next, begins)
                .unwrap_or_else(|| !closers.has_none(at) || self.dot_ends(at, after, begins))
        } else if stop.kind == TokenKind::Ellipsis {
            at != self.first && self.ellipsis_ends(stop, next, begins)
        } else {
            let goes_on = closers.has_quote && self.is_attribution(after)
                || self.is_company(after)
                || next.kind == TokenKind::Dash;
            !goes_on
        };
        ends.then_some(after)
    }

    /// Skips what closes with the sentence: quotation marks, brackets, more stops, a note's number in brackets.
    fn closers(&self, from: usize, in_quote: bool) -> Closers {
        let mut closers = Closers { after: from, has_quote: false, has_bracket: false };
        while let Some(next) = self.token(closers.after) {
            let (kind, is_joined) = (next.kind, next.is_joined());
            let is_straight = kind == TokenKind::DoubleQuote;
            if kind == TokenKind::CloseQuote
                || is_straight && (is_joined || in_quote && self.is_alone(closers.after))
                || is_joined && matches!(kind, TokenKind::CloseSingleQuote | TokenKind::Apostrophe)
            {
                closers.has_quote = true;
            } else if is_joined && kind == TokenKind::CloseBracket {
                closers.has_bracket = true;
            } else if is_joined && kind == TokenKind::OpenBracket && self.is_note(closers.after) {
                closers.after += 2;
            } else if !(is_joined && kind.is_stop()
                || kind == TokenKind::Other && self.is_emoji(next))
            {
                break;
            }
            closers.after += 1;
        }
        closers
    }

    /// "Thank you. 🎉": goes with the sentence before it, unlike a bullet.
    fn is_emoji(&self, token: &Token) -> bool {
        let first = token.text(self.content).chars().next();
        first.is_some_and(|c| matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}'))
    }

    /// Whether white space stands on both sides.
    fn is_alone(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| !token.is_joined())
            && self.token(at + 1).is_none_or(|token| !token.is_joined())
    }

    /// "[4]"
    fn is_note(&self, at: usize) -> bool {
        self.token(at + 1).is_some_and(|token| token.kind == TokenKind::Number)
            && self.token(at + 2).is_some_and(|token| token.kind == TokenKind::CloseBracket)
    }

    /// "said.The": the space was forgotten.
    fn is_space_missing(&self, at: usize, next: &Token) -> bool {
        next.is_capital()
            && next.is(Tags::STARTER)
            && self.before(at, 1).is_some_and(|token| {
                token.is_word() && !token.has(flags::CAPITAL) && token.span.len() > 1
            })
    }

    /// What the token at `at`, behind a stop and white space, says of a new sentence.
    fn beginning(&self, at: usize) -> Beginning {
        let Some(next) = self.token(at) else { return Beginning::Starter };
        match next.kind {
            TokenKind::Word => self.word_begins(at, next),
            TokenKind::Number | TokenKind::Opaque | TokenKind::Other => Beginning::Other,
            TokenKind::Symbol
                if self.content.as_bytes().get(next.span.begin as usize) == Some(&b'&') =>
            {
                Beginning::No
            }
            TokenKind::Symbol | TokenKind::Dash | TokenKind::Hyphen | TokenKind::Ellipsis => {
                Beginning::Other
            }
            TokenKind::OpenQuote
            | TokenKind::OpenSingleQuote
            | TokenKind::DoubleQuote
            | TokenKind::Apostrophe
            | TokenKind::OpenBracket => match self.token(at + 1) {
                // "the J. 'sweet' Smith"
                Some(inside)
                    if inside.is_word() && self.word_begins(at + 1, inside) != Beginning::No =>
                {
                    self.word_begins(at + 1, inside)
                }
                _ => Beginning::Other,
            },
            TokenKind::Dot
            | TokenKind::Comma
            | TokenKind::Colon
            | TokenKind::Semicolon
            | TokenKind::Question
            | TokenKind::Exclamation
            | TokenKind::Slash
            | TokenKind::CloseQuote
            | TokenKind::CloseSingleQuote
            | TokenKind::CloseBracket => Beginning::No,
        }
    }

    fn word_begins(&self, at: usize, word: &Token) -> Beginning {
        if !word.has(flags::CAPITAL) {
            // "iPhone", "eBay"; letters without case begin as they please.
            let mut letters = word.text(self.content).chars();
            let (first, second) = (letters.next(), letters.next());
            let is_brand = second.is_some_and(char::is_uppercase);
            let has_case = first.is_some_and(|c| c.is_lowercase() || c == '\'' || c == '’');
            return if is_brand || !has_case { Beginning::Capital } else { Beginning::No };
        }
        // "A. A. Milne"
        let is_initial = word.span.len() == 1
            && self.token(at + 1).is_some_and(|dot| dot.kind == TokenKind::Dot && dot.is_joined());
        if word.is(Tags::STARTER) && !is_initial { Beginning::Starter } else { Beginning::Capital }
    }

    /// Whether "U.S." or "p.m." before the token at `after` ends a sentence.
    fn dotted_ends(&self, word: &Token, after: usize, begins: Beginning) -> bool {
        let Some(next) = self.token(after).filter(|_| !word.is(Tags::ABBREVIATION)) else {
            return false;
        };
        match begins {
            Beginning::Starter => true,
            // "at 5 p.m. Smith left", but "at 5 p.m. EST", "at 5 p.m. Monday".
            Beginning::Capital => {
                let is_zone = next.is(Tags::WEEKDAY | Tags::MONTH | Tags::ZONE)
                    || next.has(flags::UPPER) && (2..=4).contains(&next.span.len());
                !word.has(flags::CAPITAL) && next.is_word() && !is_zone
            }
            Beginning::Other | Beginning::No => false,
        }
    }

    /// Whether a lone dot ends a sentence.
    fn dot_ends(&self, at: usize, after: usize, begins: Beginning) -> bool {
        let (Some(dot), Some(next)) = (self.token(at), self.token(after)) else { return true };
        let Some(word) = self.before(at, 1).filter(|_| dot.is_joined()) else {
            return at != self.first;
        };
        // "1. The first point", "A. The second".
        if at == self.first + 1
            && (word.kind == TokenKind::Number && word.span.len() <= 3 || self.is_numeral(word))
        {
            return false;
        }
        if !word.is_word() {
            return true;
        }
        if self.is_letter(word) {
            return self.letter_ends(at, word, next, begins);
        }
        let is_abbreviation = word.is(Tags::ABBREVIATION | Tags::ABBREVIATION_MAY_END)
            && (word.has(flags::CAPITAL) || !word.is(Tags::ABBREVIATION_WITH_CAPITAL));
        if !is_abbreviation {
            return true;
        }
        let is_number = next.kind == TokenKind::Number || next.kind == TokenKind::Symbol;
        if word.is(Tags::ABBREVIATION_BEFORE_NUMBER) && !word.is(Tags::ABBREVIATION) {
            return !is_number && !self.is_numeral(next);
        }
        if word.is(Tags::ABBREVIATION) {
            return false;
        }
        match begins {
            Beginning::Starter => true,
            // "lbs. Smith", but "Inc. Chief".
            Beginning::Capital => !word.has(flags::CAPITAL) && next.is_word(),
            Beginning::Other | Beginning::No => false,
        }
    }

    /// Whether the dot at `at`, behind one letter, ends a sentence.
    fn letter_ends(&self, at: usize, letter: &Token, next: &Token, begins: Beginning) -> bool {
        if !letter.has(flags::CAPITAL) {
            // "p. 12", "c. 1900", "Hale v. Board"
            return !letter.is(Tags::ABBREVIATION) && next.kind != TokenKind::Number;
        }
        let before = self.before(at, 2);
        // "AT&T.", "G20-B."; but "J.-P. Blanc".
        if letter.is_joined()
            && let Some(mark) = before
            && mark.kind != TokenKind::Dot
            && !is_opening(mark.kind)
        {
            // "S.&P. 500", too.
            let is_initial = self.before(at, 3).is_some_and(|dot| dot.kind == TokenKind::Dot);
            return !is_initial || begins == Beginning::Starter;
        }
        if before.is_some_and(|word| word.is(Tags::LETTERED)) {
            return begins != Beginning::No;
        }
        // "So do I. Smith"
        let is_after_name =
            before.is_some_and(|word| word.has(flags::CAPITAL) || word.kind == TokenKind::Dot);
        if letter.text(self.content) == "I" && before.is_some() && !is_after_name {
            return true;
        }
        begins == Beginning::Starter
    }

    /// Whether dots with spaces (". . .") end a sentence; `None` when these are none.
    fn is_spaced_ellipsis(&self, at: usize, next: &Token, begins: Beginning) -> Option<bool> {
        let dot = self.token(at)?;
        let before = self.before(at, 1)?;
        (before.kind == TokenKind::Dot && !dot.is_joined())
            .then(|| begins == Beginning::Starter && next.text(self.content) != "I")
    }

    fn ellipsis_ends(&self, stop: &Token, next: &Token, begins: Beginning) -> bool {
        // A person's stammer ("I ... I don't know") keeps its capital.
        if next.text(self.content) == "I" {
            return false;
        }
        match begins {
            Beginning::Starter => true,
            Beginning::Capital => stop.is_joined(),
            Beginning::Other => is_opening(next.kind),
            Beginning::No => false,
        }
    }

    /// Whether a name and a word of reporting stand at `at`: `"Why?" Smith asked.`
    fn is_attribution(&self, at: usize) -> bool {
        let names = (at..at + LONGEST_NAME)
            .take_while(|&place| {
                self.token(place).is_some_and(|word| word.is_capital() && !word.is(Tags::STARTER))
            })
            .count();
        names > 0 && self.token(at + names).is_some_and(|verb| verb.is(Tags::REPORTING))
    }

    /// "Yahoo! Inc."
    fn is_company(&self, at: usize) -> bool {
        self.token(at).is_some_and(|word| word.is(Tags::ABBREVIATION_MAY_END))
            && self.token(at + 1).is_some_and(|dot| dot.kind == TokenKind::Dot && dot.is_joined())
    }

    fn is_letter(&self, word: &Token) -> bool {
        word.span.len() == 1
            || word.has(flags::WIDE)
                && word.span.len() <= 4
                && word.text(self.content).chars().count() == 1
    }

    /// A Roman numeral, or one letter.
    fn is_numeral(&self, word: &Token) -> bool {
        word.is_word()
            && (word.span.len() == 1
                || word.span.len() <= 5
                    && word
                        .text(self.content)
                        .bytes()
                        .all(|b| matches!(b | 0x20, b'i' | b'v' | b'x' | b'l' | b'c')))
    }
}

impl Closers {
    /// Whether nothing closes behind the stop at `at`.
    fn has_none(&self, at: usize) -> bool {
        self.after == at + 1
    }
}

/// What the token behind a stop says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beginning {
    /// It goes on with the sentence: lower case, a comma.
    No,
    /// A number, sign or mark: says nothing.
    Other,
    /// A capital: a sentence or a name.
    Capital,
    /// A capital where a name would have none.
    Starter,
}

fn is_opening(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::OpenQuote
            | TokenKind::OpenSingleQuote
            | TokenKind::DoubleQuote
            | TokenKind::Apostrophe
            | TokenKind::OpenBracket
    )
}

/// Words of a name with its title, before "asked".
const LONGEST_NAME: usize = 5;
