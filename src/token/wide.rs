//! Characters outside ASCII.

use super::bytes::Class;
use super::read::{Reader, Vocabulary, written};
use super::{TokenKind, flags};

impl<W: Vocabulary> Reader<'_, '_, W> {
    /// A character outside ASCII that begins a token or is white space.
    pub(super) fn wide(&mut self) {
        let Some(c) = self.char(self.at) else {
            self.at += 1;
            return;
        };
        let end = self.at + c.len_utf8();
        let kind = match c {
            '\u{2028}' | '\u{2029}' | '\u{85}' => {
                let is_empty = c == '\u{2029}' || self.before & flags::LINE != 0;
                self.before |= if is_empty { flags::BLANK | flags::LINE } else { flags::LINE };
                self.at = end;
                return;
            }
            c if is_ignorable(c) => {
                self.at = end;
                return;
            }
            c if c.is_whitespace() => {
                self.before |= flags::SPACE;
                self.at = end;
                return;
            }
            '’' | '\u{201B}' => return self.lone_apostrophe(end, TokenKind::CloseSingleQuote),
            '‘' | '‚' | '‹' => TokenKind::OpenSingleQuote,
            '›' => TokenKind::CloseSingleQuote,
            '“' | '„' | '«' | '‟' => TokenKind::OpenQuote,
            '”' | '»' => TokenKind::CloseQuote,
            '–' | '—' | '―' | '⸺' => TokenKind::Dash,
            '‐' | '‑' | '‒' | '−' => TokenKind::Hyphen,
            '…' => TokenKind::Ellipsis,
            '⁄' | '∕' => TokenKind::Slash,
            '¼'..='¾' | '⅐'..='⅞' | '↉' => TokenKind::Number,
            '£'
            | '¥'
            | '¢'
            | '¤'
            | '°'
            | '±'
            | '×'
            | '÷'
            | '‰'
            | '‱'
            | 'µ'
            | '§'
            | '№'
            | '™'
            | '®'
            | '©'
            | '℃'
            | '℉'
            | '≈'
            | '≤'
            | '≥'
            | '฿'
            | '৳'
            | '\u{20A0}'..='\u{20CF}' => TokenKind::Symbol,
            c if is_word_char(c) => return self.wide_word(c, end),
            c => {
                let end = self.emoji(c, end);
                return self.push(end, TokenKind::Other, flags::WIDE);
            }
        };
        self.push(end, kind, flags::WIDE);
    }

    /// The end of an emoji whose first character ends at `end`: with its colour of skin, what is joined to it, or the other
    /// half of a flag.
    fn emoji(&self, first: char, mut end: usize) -> usize {
        let is_flag = |c: char| matches!(c, '\u{1F1E6}'..='\u{1F1FF}');
        if is_flag(first) {
            return self.char(end).filter(|c| is_flag(*c)).map_or(end, |c| end + c.len_utf8());
        }
        while let Some(next) = self.char(end) {
            let after = end + next.len_utf8();
            end = match next {
                '\u{FE00}'..='\u{FE0F}'
                | '\u{20E3}'
                | '\u{1F3FB}'..='\u{1F3FF}'
                | '\u{E0020}'..='\u{E007F}' => after,
                '\u{200D}' => match self.char(after) {
                    Some(joined)
                        if !joined.is_ascii()
                            && !is_word_char(joined)
                            && !joined.is_whitespace()
                            && !is_ignorable(joined) =>
                    {
                        after + joined.len_utf8()
                    }
                    _ => return end,
                },
                _ => return end,
            };
        }
        end
    }

    /// A word that begins with a letter outside ASCII.
    fn wide_word(&mut self, first: char, mut end: usize) {
        let mut lower = !first.is_uppercase();
        loop {
            match self.class(end) {
                Class::Lower => {
                    lower = true;
                    end += 1;
                }
                Class::Upper => end += 1,
                Class::Wide if self.wide_letter(end).is_some() => {
                    lower |= !self.is_wide_capital(end);
                    end = self.wide_letter(end).unwrap_or(end + 1);
                }
                Class::Wide | Class::Mark => match self.inner_apostrophe(end) {
                    Some(next) => end = next,
                    None => break,
                },
                Class::Space | Class::Line | Class::Digit => break,
            }
        }
        self.push(end, TokenKind::Word, written(first.is_uppercase(), lower, true));
    }
}

/// Letters, combining marks, and the raised and lowered digits of "km²" and "CO₂".
pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '²' | '³' | '¹' | '⁰'..='⁹' | '₀'..='₉' | '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Soft hyphen, joiners and non-joiners: stand inside words and are not seen.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}')
}

/// What no reader sees, outside words: byte order mark, soft hyphen, zero-width spaces, direction marks, variation
/// selectors, control characters.
pub fn is_ignorable(c: char) -> bool {
    is_joiner(c)
        || c.is_control() && !c.is_whitespace()
        || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2061}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}')
}
