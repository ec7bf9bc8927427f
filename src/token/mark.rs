//! What is no word: numbers, marks, addresses.

use super::read::{Reader, Vocabulary};
use super::{TokenKind, flags};

impl<W: Vocabulary> Reader<'_, '_, W> {
    /// Digits with inner points and commas.
    pub(super) fn number(&mut self) {
        let mut end = self.at + 1;
        loop {
            match self.byte(end) {
                b'0'..=b'9' => end += 1,
                b'.' | b',' if self.byte(end + 1).is_ascii_digit() => end += 2,
                _ => break,
            }
        }
        self.push(end, TokenKind::Number, 0);
    }

    /// A web address and the like: all up to white space, less the punctuation at its end.
    pub(super) fn opaque(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let stop = |b: &u8| {
            b.is_ascii_whitespace() || matches!(b, b'"' | b'<' | b'>' | b'(' | b')') || *b >= 0x80
        };
        let mut len = rest.iter().position(stop).unwrap_or(rest.len());
        while len > 1
            && matches!(rest.get(len - 1), Some(b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\''))
        {
            len -= 1;
        }
        self.push(self.at + len.max(1), TokenKind::Opaque, 0);
    }

    /// How many times the byte at `at` stands there in a row.
    fn run(&self, byte: u8) -> usize {
        self.bytes.get(self.at..).unwrap_or_default().iter().take_while(|b| **b == byte).count()
    }

    pub(super) fn mark(&mut self, byte: u8) {
        let at = self.at;
        let (kind, len) = match byte {
            b'.' => match self.run(b'.') {
                1 => (TokenKind::Dot, 1),
                dots => (TokenKind::Ellipsis, dots),
            },
            b',' => (TokenKind::Comma, 1),
            b':' => (TokenKind::Colon, 1),
            b';' => (TokenKind::Semicolon, 1),
            b'?' => (TokenKind::Question, 1),
            b'!' => (TokenKind::Exclamation, 1),
            b'-' => match self.run(b'-') {
                1 => (TokenKind::Hyphen, 1),
                hyphens => (TokenKind::Dash, hyphens),
            },
            b'/' => (TokenKind::Slash, 1),
            b'"' => (TokenKind::DoubleQuote, 1),
            b'`' if self.byte(at + 1) == b'`' => (TokenKind::OpenQuote, 2),
            b'\'' => return self.lone_apostrophe(at + 1, TokenKind::Apostrophe),
            b'(' | b'[' | b'{' => (TokenKind::OpenBracket, 1),
            b')' | b']' | b'}' => (TokenKind::CloseBracket, 1),
            b'@' | b'#' if self.is_letter(at + 1) => {
                return self.opaque();
            }
            b'$' | b'%' | b'&' | b'+' | b'=' | b'<' | b'>' | b'#' | b'*' | b'@' | b'~' | b'^'
            | b'|' | b'\\' | b'_' => (TokenKind::Symbol, 1),
            0..=b' ' | 0x7F => {
                self.at += 1;
                return;
            }
            _ => (TokenKind::Other, 1),
        };
        self.push(at + len, kind, 0);
    }

    /// An apostrophe that is not inside a word: an ending ("'s"), two that make a quotation mark, or one by itself.
    pub(super) fn lone_apostrophe(&mut self, after: usize, kind: TokenKind) {
        if self.before == 0
            && let Some(end) = self.clitic(after)
        {
            let wide = if after - self.at > 1 { flags::WIDE } else { 0 };
            self.endings.push(self.out.len() as u32);
            return self.push(end, TokenKind::Word, wide);
        }
        if kind == TokenKind::Apostrophe && self.byte(after) == b'\'' {
            return self.push(after + 1, TokenKind::DoubleQuote, 0);
        }
        self.push(after, kind, 0);
    }
}
