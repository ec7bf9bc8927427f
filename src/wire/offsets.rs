//! Offsets in the encoding that the caller asked for. Inside, all are bytes.

use super::pb;
use crate::span::Span;

/// What an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units.
    Utf16,
    /// Code points.
    Utf32,
}

/// From bytes to another encoding, for one text.
#[derive(Debug)]
pub struct Offsets {
    /// For each character outside ASCII: the byte after it, and how many bytes too many have been counted by then.
    steps: Vec<(u32, u32)>,
}

impl Offsets {
    /// Reads the characters of `content` that are not one byte, once.
    pub fn new(content: &str, encoding: Encoding) -> Self {
        let mut steps = Vec::new();
        if encoding != Encoding::Utf8 && !content.is_ascii() {
            let mut surplus = 0;
            for (at, c) in content.char_indices().filter(|(_, c)| !c.is_ascii()) {
                let counted = if encoding == Encoding::Utf16 { c.len_utf16() } else { 1 };
                surplus += (c.len_utf8() - counted) as u32;
                steps.push(((at + c.len_utf8()) as u32, surplus));
            }
        }
        Self { steps }
    }

    /// An offset in bytes, at a character's boundary, in the encoding.
    pub fn offset(&self, byte: u32) -> i32 {
        let before = self.steps.partition_point(|(end, _)| *end <= byte);
        let surplus = before
            .checked_sub(1)
            .and_then(|at| self.steps.get(at))
            .map_or(0, |(_, surplus)| *surplus);
        (byte - surplus) as i32
    }

    /// A span in the encoding.
    pub fn span(&self, span: Span) -> pb::Span {
        let Span { begin, end } = span;
        pb::Span { begin: self.offset(begin), end: self.offset(end) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Offsets};

    #[test]
    fn every_boundary_in_every_encoding() {
        let content = "\u{FEFF}a\r\né e\u{301} 👩\u{200D}🔬 €5 日本";
        for (encoding, len) in [
            (Encoding::Utf8, str::len as fn(&str) -> usize),
            (Encoding::Utf16, |text| text.encode_utf16().count()),
            (Encoding::Utf32, |text| text.chars().count()),
        ] {
            let offsets = Offsets::new(content, encoding);
            for (at, _) in content.char_indices().chain([(content.len(), ' ')]) {
                assert_eq!(
                    offsets.offset(at as u32) as usize,
                    content.get(..at).map_or(0, len),
                    "{encoding:?} at {at}"
                );
            }
        }
    }
}
