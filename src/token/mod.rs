//! Text to tokens: words, numbers and marks, each with what stands between it and the one before. Knows no words.
//!
//! Any UTF-8 is text: a token never splits a character, tokens never overlap, and what lies between two tokens is white
//! space or [ignorable](crate::token::is_ignorable).

mod read;
mod wide;

pub use read::tokens;
pub use wide::is_ignorable;
pub(crate) use wide::is_joiner;

use crate::span::Span;

/// A word, number or mark. What it means to the lexicon ([`word`](Self::word), [`tags`](Self::tags)) is filled in later,
/// by the one probe that each token gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// The word classes that it belongs to, bits of `lexicon::Tags`.
    pub tags: u64,
    /// Its number in the lexicon; 0 when it is not there.
    pub word: u16,
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

/// Bits of [`Token::flags`].
pub mod flags {
    /// White space stands before it.
    pub const SPACE: u8 = 1;
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

    /// Whether it reads `lower`, whatever its case (ASCII). Most words differ in length or first letter, so that is asked
    /// first.
    #[inline]
    pub fn reads(&self, content: &str, lower: &str) -> bool {
        let first = |text: &str, at: usize| text.as_bytes().get(at).map(|byte| byte | 0x20);
        self.span.len() as usize == lower.len()
            && first(content, self.span.begin as usize) == first(lower, 0)
            && self.text(content).eq_ignore_ascii_case(lower)
    }

    /// Its text.
    pub fn text<'a>(&self, content: &'a str) -> &'a str {
        self.span.of(content)
    }
}
