//! Text to tokens: words, numbers and marks, each with what stands between it and the one before. Knows no words, but asks.
//!
//! Any UTF-8 is text: a token never splits a character, tokens never overlap, and what lies between two tokens is white
//! space or [ignorable](crate::token::is_ignorable).

mod bytes;
mod mark;
mod read;
mod wide;

pub(crate) use bytes::first_bytes;
pub(crate) use read::tokens_and_endings;
pub use read::{Vocabulary, tokens};
pub use wide::is_ignorable;
pub(crate) use wide::is_joiner;

use crate::span::Span;

/// A word, number or mark, with what it means to the [`Vocabulary`]: the one probe that each word gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// The word classes that it belongs to, bits of `lexicon::Tags`.
    pub tags: u64,
    /// Its number in the lexicon; 0 when it is not there.
    pub word: u16,
    /// Its length and first letters, so that most words are told apart by one comparison: the lowest
    /// byte is the first letter without its case, the highest the length.
    pub key: u32,
    /// What kind of token it is.
    pub kind: TokenKind,
    /// How it is written and what stands before it.
    pub flags: u8,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum TokenKind {
    /// Letters, with inner apostrophes ("don't", "O'Brien") and dots ("U.S.", "p.m."). A word ends where digits begin. The
    /// endings 's, 'll, 're, 've, 'd and 'm are words of their own.
    Word,
    /// Digits with inner points and commas ("1,234.5", "14.10.2022"), or one vulgar fraction ("½").
    Number,
    /// "."
    Dot,
    /// "…" or two and more dots.
    Ellipsis,
    /// ","
    Comma,
    /// ":"
    Colon,
    /// ";"
    Semicolon,
    /// "?"
    Question,
    /// "!"
    Exclamation,
    /// "-" and the other marks that join words or stand for minus.
    Hyphen,
    /// "–", "—" or "--".
    Dash,
    /// "/"
    Slash,
    /// "'" that is not inside a word.
    Apostrophe,
    /// '"' or two apostrophes: opens or closes.
    DoubleQuote,
    /// "“", "„", "«" and two grave accents.
    OpenQuote,
    /// "”" and "»".
    CloseQuote,
    /// "‘" and "‹".
    OpenSingleQuote,
    /// "’" that is not inside a word, and "›".
    CloseSingleQuote,
    /// "(", "[", "{"
    OpenBracket,
    /// ")", "]", "}"
    CloseBracket,
    /// A sign with a meaning of its own: "$", "%", "°", "±", "&", "+"; looked up like a word.
    Symbol,
    /// A web address, e-mail address, handle or hash tag: nothing in it is a fact.
    Opaque,
    /// Bullets, emoji and everything else.
    Other,
}

impl TokenKind {
    /// Whether it is a mark that may end a sentence.
    #[inline]
    pub fn is_stop(self) -> bool {
        matches!(self, Self::Dot | Self::Ellipsis | Self::Question | Self::Exclamation)
    }

    /// Whether it is a quotation mark of any form, apostrophes among them.
    #[inline]
    pub fn is_quote(self) -> bool {
        (Self::Apostrophe..=Self::CloseSingleQuote).contains(&self)
    }
}

/// Bits of [`Token::flags`]. The lowest is free: what looks through many tokens adds one of its own there.
pub mod flags {
    /// White space stands before it.
    pub const SPACE: u8 = 128;
    /// A line break stands before it.
    pub const LINE: u8 = 2;
    /// An empty line stands before it.
    pub const BLANK: u8 = 4;
    /// Begins with a capital.
    pub const CAPITAL: u8 = 8;
    /// All letters are capitals.
    pub const UPPER: u8 = 16;
    /// Has a byte outside ASCII.
    pub const WIDE: u8 = 32;
    /// An abbreviation with inner dots: "U.S.", "a.m".
    pub const DOTTED: u8 = 64;
}

impl Token {
    /// The key of an "'s" that ends a name: it reads like no word.
    pub(crate) const NAME_ENDING: u32 = u32::MAX;

    /// Whether it is the "'s" of a name: "McDonald's".
    #[inline]
    pub fn ends_name(&self) -> bool {
        self.key == Self::NAME_ENDING
    }

    /// Whether the bit of [`flags`] is set.
    #[inline]
    pub fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Whether nothing stands between it and the token before.
    #[inline]
    pub fn is_joined(&self) -> bool {
        self.flags & (flags::SPACE | flags::LINE) == 0
    }

    /// Whether it belongs to one of the classes of `tags`.
    #[inline]
    pub fn is(&self, tags: u64) -> bool {
        self.tags & tags != 0
    }

    /// Whether it is a word.
    #[inline]
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether it is a word that begins with a capital.
    #[inline]
    pub fn is_capital(&self) -> bool {
        self.kind == TokenKind::Word && self.has(flags::CAPITAL)
    }

    /// Whether it reads `lower`, whatever its case (ASCII). Most words differ in length or first letters, so that is
    /// asked first: of a literal the compiler makes one comparison, which says all of up to three letters.
    #[inline(always)]
    pub fn reads(&self, content: &str, lower: &str) -> bool {
        self.key >> 24 == lower.len() as u32 & 0xFF
            && self.key == key(lower.as_bytes())
            && (lower.len() <= 3 && lower.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
                || self.spells(content, lower))
    }

    /// Whether it reads one of the words of `lower`. A bit for the key of each, the compiler knows of literals: most tokens
    /// are told from all of them by that.
    #[inline(always)]
    pub(crate) fn reads_any(&self, content: &str, lower: &[&str]) -> bool {
        let mut bits = 0_u64;
        let mut at = 0;
        // Not an iterator: its parts may be left as functions that are called, of what the compiler could know.
        while at < lower.len() {
            bits |= 1 << (mixed(key(lower[at].as_bytes())) >> 26);
            at += 1;
        }
        bits >> (mixed(self.key) >> 26) & 1 != 0 && self.spells_any(content, lower)
    }

    #[inline(never)]
    fn spells_any(&self, content: &str, lower: &[&str]) -> bool {
        let text = self.span.bytes_of(content);
        lower.iter().any(|word| {
            let word = word.as_bytes();
            word.len() == text.len()
                && (is_same(text, word)
                    || word.first().is_some_and(|first| first | 0x20 == self.key as u8)
                        && text.eq_ignore_ascii_case(word))
        })
    }

    #[inline(never)]
    fn spells(&self, content: &str, lower: &str) -> bool {
        let (text, lower) = (self.span.bytes_of(content), lower.as_bytes());
        text.len() == lower.len() && (is_same(text, lower) || text.eq_ignore_ascii_case(lower))
    }

    /// Whether its text ends in `ending`, case and all.
    #[inline]
    pub fn ends_with(&self, content: &str, ending: &str) -> bool {
        self.span.bytes_of(content).ends_with(ending.as_bytes())
    }

    /// Its text.
    pub fn text<'a>(&self, content: &'a str) -> &'a str {
        self.span.of(content)
    }
}

/// The length of a word and its first three letters without their case, in one number: the lowest byte is the first
/// letter, the highest the length.
#[inline(always)]
pub(crate) const fn key(word: &[u8]) -> u32 {
    let len = word.len();
    let mut key = (len as u32) << 24;
    if len > 0 {
        key |= (word[0] | 0x20) as u32;
    }
    if len > 1 {
        key |= ((word[1] | 0x20) as u32) << 8;
    }
    if len > 2 {
        key |= ((word[2] | 0x20) as u32) << 16;
    }
    key
}

/// Whether two words of one length are the same, case and all: most words are written in small letters, so that they need
/// not be compared without it. Of up to sixteen bytes, the first and the last are compared, which may be some of both.
#[inline(always)]
fn is_same(word: &[u8], other: &[u8]) -> bool {
    #[inline(always)]
    fn ends<const N: usize>(word: &[u8]) -> Option<(&[u8; N], &[u8; N])> {
        Some((word.first_chunk()?, word.last_chunk()?)).filter(|_| word.len() <= 2 * N)
    }
    if let Some(word) = ends::<2>(word) {
        return Some(word) == ends(other);
    }
    if let Some(word) = ends::<4>(word) {
        return Some(word) == ends(other);
    }
    if let Some(word) = ends::<8>(word) {
        return Some(word) == ends(other);
    }
    word == other
}

/// Words, in lower case, that a token may read: asked of all at once.
#[derive(Debug)]
pub(crate) struct Words<const N: usize> {
    words: [&'static str; N],
    keys: [u32; N],
    /// A bit for each key: most tokens are told from all of the words by these.
    bits: [u64; 8],
}

impl<const N: usize> Words<N> {
    pub(crate) const fn new(words: [&'static str; N]) -> Self {
        let mut keys = [0; N];
        let mut bits = [0; 8];
        let mut at = 0;
        while at < N {
            keys[at] = key(words[at].as_bytes());
            let bit = mixed(keys[at]) >> 23;
            bits[bit as usize / 64] |= 1 << (bit % 64);
            at += 1;
        }
        Self { words, keys, bits }
    }

    /// Whether the token reads one of them, whatever its case (ASCII).
    #[inline(always)]
    pub(crate) fn hold(&self, content: &str, token: &Token) -> bool {
        let bit = mixed(token.key) >> 23;
        self.bits[bit as usize / 64] >> (bit % 64) & 1 != 0
            && is_spelled(content, token, &self.words, &self.keys)
    }
}

/// Whether the token reads one of the words, which have these keys.
#[inline(never)]
fn is_spelled(content: &str, token: &Token, words: &[&str], keys: &[u32]) -> bool {
    // Of many keys, several are compared at once.
    let mut known = keys.iter().zip(words).filter(|(key, _)| **key == token.key);
    (keys.len() < MANY || keys.contains(&token.key))
        && known.any(|(_, word)| token.spells(content, word))
}

/// Words of a long list.
const MANY: usize = 16;

/// A key whose first bits hang on all of its bits.
#[inline(always)]
const fn mixed(key: u32) -> u32 {
    key.wrapping_mul(0x9E37_79B1)
}
