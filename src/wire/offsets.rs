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
            let mut rest = content;
            let mut at = 0;
            // Most bytes are ASCII, and are passed over many at a time.
            while let Some((skipped, c, behind)) = next_wide(rest) {
                at += skipped + c.len_utf8();
                rest = behind;
                let counted = if encoding == Encoding::Utf16 { c.len_utf16() } else { 1 };
                surplus += (c.len_utf8() - counted) as u32;
                steps.push((at as u32, surplus));
            }
        }
        Self { steps }
    }

    /// An offset in bytes, at a character's boundary, in the encoding.
    pub fn offset(&self, byte: u32) -> i32 {
        self.from(self.steps.partition_point(|(end, _)| *end <= byte), byte)
    }

    /// An offset before which so many steps lie.
    fn from(&self, before: usize, byte: u32) -> i32 {
        let step = before.checked_sub(1).and_then(|at| self.steps.get(at));
        (byte - step.map_or(0, |(_, surplus)| *surplus)) as i32
    }

    /// A span in the encoding.
    pub fn span(&self, span: Span) -> pb::Span {
        let Span { begin, end } = span;
        let before = self.steps.partition_point(|(end, _)| *end <= begin);
        // The end is near.
        let inside = self.steps.iter().skip(before).take_while(|(step, _)| *step <= end).count();
        pb::Span { begin: self.from(before, begin), end: self.from(before + inside, end) }
    }
}

/// The first character that is not one byte: the bytes before it, itself, and what comes behind it.
fn next_wide(text: &str) -> Option<(usize, char, &str)> {
    let bytes = text.as_bytes();
    let skipped = bytes.chunks(CHUNK).take_while(|chunk| chunk.is_ascii()).count() * CHUNK;
    let at = skipped + bytes.get(skipped..)?.iter().position(|byte| !byte.is_ascii())?;
    let mut chars = text.get(at..)?.chars();
    let c = chars.next()?;
    Some((at, c, chars.as_str()))
}

const CHUNK: usize = 32;

#[cfg(test)]
mod tests {
    use super::{Encoding, Offsets};

    #[test]
    fn every_boundary_in_every_encoding() {
        let long = "a".repeat(3 * super::CHUNK);
        let content = &format!("{long}é{long}\u{FEFF}a\r\né e\u{301} 👩\u{200D}🔬 €5 日本");
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
