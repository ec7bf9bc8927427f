//! The tokeniser: one pass over the bytes, a class per byte, a slow path per character outside ASCII.

use std::ops::Range;

use super::bytes::{
    CLASSES, Class, ENDS, HIGH, MASKS, SMALL, SMALL_16, below, first_bytes, letters,
};
use super::wide::{is_joiner, is_word_char};
use super::{Token, TokenKind, flags};
use crate::span::Span;

/// What knows words: asked of each while its letters are at hand.
pub trait Vocabulary {
    /// The number and the classes of a word or sign of at most sixteen bytes of ASCII, given in lower case from the lowest
    /// byte on; noughts when it is not known.
    fn word(&self, lower: u128) -> (u16, u64);

    /// The same of a longer word, or of one with a byte outside ASCII.
    fn rare_word(&self, word: &str) -> (u16, u64);
}

/// Knows no word.
impl Vocabulary for () {
    #[inline(always)]
    fn word(&self, _lower: u128) -> (u16, u64) {
        (0, 0)
    }

    fn rare_word(&self, _word: &str) -> (u16, u64) {
        (0, 0)
    }
}

/// Appends the tokens of `content` to `out`, in order, each word with its number and classes.
pub fn tokens<W: Vocabulary>(words: &W, content: &str, out: &mut Vec<Token>) {
    tokens_and_endings(words, content, out, &mut Vec::new());
}

/// The same, with the places of endings ("'s") appended to `endings`.
pub(crate) fn tokens_and_endings<W: Vocabulary>(
    words: &W,
    content: &str,
    out: &mut Vec<Token>,
    endings: &mut Vec<u32>,
) {
    let bytes = content.as_bytes();
    let before = flags::LINE | flags::BLANK;
    let mut reader = Reader { words, content, bytes, at: 0, before, out, endings };
    loop {
        reader.words();
        let Some(&byte) = bytes.get(reader.at) else { break };
        reader.token(byte);
        if reader.byte(reader.at) == b' ' {
            reader.before |= flags::SPACE;
            reader.at += 1;
        }
    }
}

pub(super) struct Reader<'a, 'o, W> {
    words: &'a W,
    pub(super) content: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// What stands between the last token and `at`.
    pub(super) before: u8,
    pub(super) out: &'o mut Vec<Token>,
    pub(super) endings: &'o mut Vec<u32>,
}

impl<W: Vocabulary> Reader<'_, '_, W> {
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    pub(super) fn class(&self, at: usize) -> Class {
        CLASSES[usize::from(self.byte(at))]
    }

    pub(super) fn push(&mut self, end: usize, kind: TokenKind, written: u8) {
        let (span, flags) = (self.at..end, self.before | written);
        if matches!(kind, TokenKind::Word | TokenKind::Symbol) {
            self.push_word(span, kind, flags);
        } else {
            let letters = self.letters_of(span.clone());
            self.append(span, letters, kind, flags, (0, 0));
        }
        self.before = 0;
        self.at = end;
    }

    #[inline(never)]
    fn push_word(&mut self, span: Range<usize>, kind: TokenKind, flags: u8) {
        let len = span.len();
        if len > 16 || flags & flags::WIDE != 0 {
            let known = self.words.rare_word(self.content.get(span.clone()).unwrap_or_default());
            let letters = self.letters_of(span.clone());
            return self.append(span, letters, kind, flags, known);
        }
        let window = self.bytes.get(span.start..span.start + 16);
        let letters = match window.and_then(|window| window.first_chunk::<16>()) {
            Some(window) => u128::from_le_bytes(*window),
            None => first_bytes(self.bytes.get(span.clone()).unwrap_or_default()),
        };
        // Sets the bit that makes ASCII letters lower case; apostrophes, dots and "$" have it already. "^" and "_" are no words.
        let lower = (letters | SMALL_16) & MASKS[len.min(16)];
        self.append(span, lower as u32, kind, flags, self.words.word(lower));
    }

    /// The first three letters in lower case.
    fn letters_of(&self, span: Range<usize>) -> u32 {
        let bytes = self.bytes.get(span).unwrap_or_default();
        let letter = |at: usize| bytes.get(at).map_or(0, |byte| u32::from(byte | 0x20) << (8 * at));
        letter(0) | letter(1) | letter(2)
    }

    /// Reads words of up to fifteen letters of ASCII, with the space, comma, full stop or hyphen behind each, as long as
    /// nothing else stands there: most of the news.
    #[inline(always)]
    fn words(&mut self) {
        let (mut at, mut before) = (self.at, self.before);
        while let Some(first) = self.window(at) {
            let (mut end, mut window, mut others) = (at, first, !letters(first) & HIGH);
            // The letters before the last window.
            let mut before_last = 0;
            let is_long = others == 0;
            if is_long {
                let Some(next) = self.window(at + 8) else { break };
                before_last = first;
                (end, window, others) = (at + 8, next, !letters(next) & HIGH);
                if others == 0 {
                    break;
                }
            }
            let last = (window | SMALL) & below(others);
            let lower = if is_long {
                u128::from(first | SMALL) | u128::from(last) << 64
            } else {
                u128::from(last)
            };
            let bits = others.trailing_zeros() & !7;
            end += bits as usize / 8;
            let behind = (window >> bits) as u8;
            let written = if first as u8 & 0x20 == 0 {
                let small = (before_last | window & below(others)) & SMALL;
                before | flags::CAPITAL | (u8::from(small == 0) * flags::UPPER)
            } else {
                before
            };
            if behind == b' ' && end != at {
                let known = self.words.word(lower);
                self.append(at..end, lower as u32, TokenKind::Word, written, known);
                (at, before) = (end + 1, flags::SPACE);
                continue;
            }
            // "A. B. Lund" and "www." want a second look, but not where the sentence ends behind them.
            let is_stop = behind == b'.' && matches!(self.byte(end + 1), b' ' | b'\n');
            let is_end = ENDS[usize::from(behind)]
                || is_stop
                || behind == b'.' && end != at + 1 && end != at + 3
                || matches!(behind, b'\'' | 0xE2) && self.has_ending(end);
            if end == at || !is_end {
                break;
            }
            let known = self.words.word(lower);
            self.append(at..end, lower as u32, TokenKind::Word, written, known);
            (at, before) = (end, 0);
            let kind = match behind {
                b',' => TokenKind::Comma,
                b'-' if self.byte(end + 1) != b'-' => TokenKind::Hyphen,
                b'.' if is_stop => TokenKind::Dot,
                _ => continue,
            };
            self.append(at..at + 1, u32::from(behind), kind, 0, (0, 0));
            at += 1;
            if self.byte(at) == b' ' {
                before = flags::SPACE;
                at += 1;
            }
        }
        (self.at, self.before) = (at, before);
    }

    /// Whether an apostrophe stands at `at`, with an ending that is a word of its own.
    fn has_ending(&self, at: usize) -> bool {
        self.apostrophe(at).is_some_and(|letters| self.clitic(letters).is_some())
    }

    /// The eight bytes from `at`.
    #[inline(always)]
    fn window(&self, at: usize) -> Option<u64> {
        let window = self.bytes.get(at..at + 8)?.first_chunk::<8>()?;
        Some(u64::from_le_bytes(*window))
    }

    #[inline(always)]
    fn append(
        &mut self,
        span: Range<usize>,
        letters: u32,
        kind: TokenKind,
        flags: u8,
        (word, tags): (u16, u64),
    ) {
        let span = Span { begin: span.start as u32, end: span.end as u32 };
        let key = letters & 0xFF_FFFF | span.len() << 24;
        self.out.push(Token { span, tags, word, key, kind, flags });
    }

    #[inline(never)]
    fn token(&mut self, byte: u8) {
        match CLASSES[usize::from(byte)] {
            Class::Space => {
                self.before |= flags::SPACE;
                self.at += 1;
            }
            Class::Lower | Class::Upper => self.word(),
            Class::Digit => self.number(),
            Class::Line => self.line(),
            Class::Wide => self.wide(),
            Class::Mark => self.mark(byte),
        }
    }

    /// A line break: "\r\n" is one.
    fn line(&mut self) {
        self.before |=
            if self.before & flags::LINE != 0 { flags::BLANK | flags::LINE } else { flags::LINE };
        self.at +=
            if self.byte(self.at) == b'\r' && self.byte(self.at + 1) == b'\n' { 2 } else { 1 };
    }

    /// A word that begins with a letter of ASCII.
    fn word(&mut self) {
        let start = self.at;
        let first_is_capital = self.class(start) == Class::Upper;
        let (mut end, mut lower) = self.letters(start);
        let mut wide = false;
        loop {
            match self.class(end) {
                Class::Space | Class::Line | Class::Digit => break,
                Class::Lower | Class::Upper => {
                    let (next, has_lower) = self.letters(end);
                    lower |= has_lower;
                    end = next;
                }
                Class::Wide => {
                    let letter = self.wide_letter(end);
                    lower |= letter.is_some() && !self.is_wide_capital(end);
                    let Some(next) = letter.or_else(|| self.inner_apostrophe(end)) else { break };
                    wide = true;
                    end = next;
                }
                Class::Mark => match self.byte(end) {
                    b'\'' => match self.inner_apostrophe(end) {
                        Some(next) => end = next,
                        None => break,
                    },
                    b'.' if end == start + 1 => match self.dotted(start) {
                        Some(dotted) => {
                            let capital =
                                u8::from(first_is_capital) * (flags::CAPITAL | flags::UPPER);
                            return self.push(dotted, TokenKind::Word, capital | flags::DOTTED);
                        }
                        None => break,
                    },
                    b'.' if end == start + 3 && self.is_www(start) => return self.opaque(),
                    b':' if self.byte(end + 1) == b'/' && self.byte(end + 2) == b'/' => {
                        return self.opaque();
                    }
                    // "press@example.org"
                    b'@' if self.is_letter(end + 1) => return self.opaque(),
                    _ => break,
                },
            }
        }
        self.push(end, TokenKind::Word, written(first_is_capital, lower, wide));
    }

    /// The end of the run of ASCII letters that begins at `at`, and whether one is lower case. Eight bytes a step.
    fn letters(&self, at: usize) -> (usize, bool) {
        let (mut end, mut lower) = (at, false);
        while let Some(window) = self.window(end) {
            let others = !letters(window) & HIGH;
            lower |= window & below(others) & SMALL != 0;
            end += (others.trailing_zeros() / 8) as usize;
            if others != 0 {
                return (end, lower);
            }
        }
        while self.is_letter(end) {
            lower |= self.class(end) == Class::Lower;
            end += 1;
        }
        (end, lower)
    }

    pub(super) fn is_letter(&self, at: usize) -> bool {
        matches!(self.class(at), Class::Lower | Class::Upper)
    }

    fn is_www(&self, start: usize) -> bool {
        self.bytes.get(start..start + 3).is_some_and(|w| w.eq_ignore_ascii_case(b"www"))
            && self.class(start + 4) == Class::Lower
    }

    /// The end of an abbreviation with inner dots that begins at `start`: single letters, a dot after each but maybe the last.
    fn dotted(&self, start: usize) -> Option<usize> {
        let is_letter = |at| self.is_letter(at);
        let (mut end, mut letters) = (start, 0);
        while is_letter(end)
            && !is_letter(end + 1)
            && self.class(end + 1) != Class::Wide
            && self.class(end + 1) != Class::Digit
        {
            letters += 1;
            end += 1;
            if self.byte(end) != b'.' {
                break;
            }
            end += 1;
        }
        (letters >= 2).then_some(end)
    }

    /// The end of the character at `at` when it goes on with a word; of a joiner or soft hyphen, when a letter follows.
    pub(super) fn wide_letter(&self, at: usize) -> Option<usize> {
        let letter = self.char(at)?;
        let end = at + letter.len_utf8();
        let goes_on = is_word_char(letter)
            || is_joiner(letter)
                && match self.class(end) {
                    Class::Lower | Class::Upper => true,
                    Class::Wide => self.char(end).is_some_and(char::is_alphabetic),
                    Class::Space | Class::Line | Class::Digit | Class::Mark => false,
                };
        goes_on.then_some(end)
    }

    pub(super) fn is_wide_capital(&self, at: usize) -> bool {
        self.char(at).is_some_and(|c| !c.is_lowercase())
    }

    pub(super) fn char(&self, at: usize) -> Option<char> {
        self.content.get(at..)?.chars().next()
    }

    /// The place after the apostrophe at `at` when it is inside a word: a letter follows, and not one of the endings that
    /// are words of their own.
    pub(super) fn inner_apostrophe(&self, at: usize) -> Option<usize> {
        let after = self.apostrophe(at)?;
        let is_letter = match self.class(after) {
            Class::Lower | Class::Upper => self.clitic(after).is_none(),
            // "l’État"
            Class::Wide => self.char(after).is_some_and(char::is_alphabetic),
            Class::Space | Class::Line | Class::Digit | Class::Mark => false,
        };
        is_letter.then_some(after)
    }

    /// The place after an apostrophe, straight or curly.
    fn apostrophe(&self, at: usize) -> Option<usize> {
        match self.bytes.get(at..)? {
            [b'\'', ..] => Some(at + 1),
            [0xE2, 0x80, 0x99, ..] => Some(at + 3),
            _ => None,
        }
    }

    /// The end of an ending that is a word of its own, whose letters begin at `at`.
    pub(super) fn clitic(&self, at: usize) -> Option<usize> {
        let letters = |n: usize| !self.is_letter(at + n);
        match (self.byte(at) | 0x20, self.byte(at + 1) | 0x20) {
            (b's' | b'd' | b'm', _) if letters(1) => Some(at + 1),
            (b'l', b'l') | (b'r' | b'v', b'e') if letters(2) => Some(at + 2),
            _ => None,
        }
    }
}

pub(super) fn written(capital: bool, lower: bool, wide: bool) -> u8 {
    u8::from(capital) * flags::CAPITAL
        + u8::from(!lower) * flags::UPPER
        + u8::from(wide) * flags::WIDE
}

#[cfg(test)]
mod tests {
    use super::super::{Token, TokenKind, flags};
    use super::{Reader, tokens};

    fn split(content: &str) -> Vec<&str> {
        let mut out: Vec<Token> = Vec::new();
        tokens(&(), content, &mut out);
        out.iter().map(|token| token.text(content)).collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(
            split("It cost $1,234.5m, up 4%."),
            ["It", "cost", "$", "1,234.5", "m", ",", "up", "4", "%", "."]
        );
        assert_eq!(
            split("the 18-year-old’s car"),
            ["the", "18", "-", "year", "-", "old", "’s", "car"]
        );
        assert_eq!(
            split("We'll don't O'Brien 1980's dogs' x"),
            ["We", "'ll", "don't", "O'Brien", "1980", "'s", "dogs", "'", "x"]
        );
        assert_eq!(
            split("U.S. at 5 p.m. J. Smith e.g. U.S."),
            ["U.S.", "at", "5", "p.m.", "J", ".", "Smith", "e.g.", "U.S."]
        );
        assert_eq!(
            split("G20 RM120,000 4.5bn 10:30 ½ km² CO₂"),
            ["G", "20", "RM", "120,000", "4.5", "bn", "10", ":", "30", "½", "km²", "CO₂"]
        );
        assert_eq!(
            split("see https://a.org/x?y=1, www.b.com."),
            ["see", "https://a.org/x?y=1", ",", "www.b.com", "."]
        );
        assert_eq!(
            split("''Yes,'' ``no'' “a” «b» ‘c’"),
            ["''", "Yes", ",", "''", "``", "no", "''", "“", "a", "”", "«", "b", "»", "‘", "c", "’"]
        );
        assert_eq!(
            split("\u{FEFF}1\u{A0}234,5 e\u{301}t ... – -- 🇪🇺 Élan"),
            ["1", "234,5", "e\u{301}t", "...", "–", "--", "🇪🇺", "Élan"]
        );
    }

    #[test]
    fn long_runs_of_letters() {
        assert_eq!(
            split("antidisestablishmentarianism,Abcdefgh"),
            ["antidisestablishmentarianism", ",", "Abcdefgh"]
        );
        // What stands behind a word says nothing of its letters.
        for (content, is_upper) in [
            ("NATO met its allies", true),
            ("NATO", true),
            ("KUALALUMPUR met its allies", true),
            ("AND, or other", true),
            ("NATo met its allies", false),
        ] {
            let mut read = Vec::new();
            tokens(&(), content, &mut read);
            assert_eq!(read[0].has(flags::UPPER), is_upper, "{content}");
        }
    }

    /// What is read of most words at once is what is read of them letter by letter.
    #[test]
    fn quick_words_are_words() {
        let pieces = [
            "a",
            "Ab",
            "www",
            "longer",
            "tenletters",
            "'",
            "’",
            "s",
            "re",
            ".",
            ",",
            "-",
            " ",
            "\n",
            ":",
            "é",
            "1",
        ];
        let mut seed = 7_usize;
        let mut content = String::new();
        for _ in 0..4000 {
            seed = seed.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
            content.push_str(pieces[(seed >> 33) % pieces.len()]);
        }
        let (mut quick, mut slow) = (Vec::new(), Vec::new());
        tokens(&(), &content, &mut quick);
        let before = flags::LINE | flags::BLANK;
        let (bytes, out, endings) = (content.as_bytes(), &mut slow, &mut Vec::new());
        let mut reader =
            Reader { words: &(), content: &content, bytes, at: 0, before, out, endings };
        while let Some(&byte) = bytes.get(reader.at) {
            reader.token(byte);
        }
        assert_eq!(quick, slow);
    }

    #[test]
    fn characters_outside_ascii() {
        // Soft hyphen, non-joiner, combining mark and mixed scripts stay in their word.
        assert_eq!(
            split("co\u{AD}operate cafe\u{301}s l’État naïve Zürich’s"),
            ["co\u{AD}operate", "cafe\u{301}s", "l’État", "naïve", "Zürich", "’s"]
        );
        // An emoji is one token with its skin, its family and its flag.
        assert_eq!(
            split("❤\u{FE0F} 👍🏽 👩\u{200D}👧x 🇪🇺🇺🇸 #\u{FE0F}\u{20E3}"),
            ["❤\u{FE0F}", "👍🏽", "👩\u{200D}👧", "x", "🇪🇺", "🇺🇸", "#", "\u{20E3}"]
        );
        // Spaces of every width, and what is not seen.
        assert_eq!(
            split("\u{FEFF}40\u{202F}000\u{2009}km\u{3000}a\u{200B}b\u{2060} \u{AD}c\u{7F}\u{0}d"),
            ["40", "000", "km", "a", "b", "c", "d"]
        );
        assert_eq!(
            split("€5 £6 ¥7 ₹8 ¢9 −3 ±2 ‰"),
            ["€", "5", "£", "6", "¥", "7", "₹", "8", "¢", "9", "−", "3", "±", "2", "‰"]
        );
        assert_eq!(split("a@b.org: john.doe@e.org"), ["a@b.org", ":", "john", ".", "doe@e.org"]);
    }

    #[test]
    fn capitals_are_told_whatever_follows() {
        for content in
            ["US a barrel of it", "US.", "US per barrel", "UNITEDKINGDOM is a name", "US"]
        {
            let mut out = Vec::new();
            tokens(&(), content, &mut out);
            assert!(out.first().is_some_and(|token| token.has(flags::UPPER)), "{content}");
        }
        let mut out = Vec::new();
        tokens(&(), "Us a barrel of it", &mut out);
        assert!(out.first().is_some_and(|token| !token.has(flags::UPPER)));
    }

    #[test]
    fn what_stands_between() {
        let content = "a\r\nb\n \nc d";
        let mut out = Vec::new();
        tokens(&(), content, &mut out);
        let before: Vec<u8> = out
            .iter()
            .map(|token| token.flags & (flags::SPACE | flags::LINE | flags::BLANK))
            .collect();
        assert_eq!(
            before,
            [
                flags::LINE | flags::BLANK,
                flags::LINE,
                flags::LINE | flags::BLANK | flags::SPACE,
                flags::SPACE
            ]
        );
        assert!(out.iter().all(|token| token.kind == TokenKind::Word));
    }
}
