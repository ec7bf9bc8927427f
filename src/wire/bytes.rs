//! Protobuf written in one pass. Messages made as structures first would cost a string for every field and a measuring of
//! every message for each that it lies in: together as much as to read the article.

use std::fmt;

use prost::encoding::WireType;

/// The bytes of a message. Fields are given in the order of their numbers; what a field has when it is absent is not written,
/// so that the bytes are those that any other writer of protobuf makes.
#[derive(Debug, Default)]
pub(super) struct Bytes(Vec<u8>);

impl Bytes {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub(super) fn into_vec(self) -> Vec<u8> {
        self.0
    }

    #[inline]
    pub(super) fn string(&mut self, field: u32, text: &str) {
        if !text.is_empty() {
            self.item(field, text);
        }
    }

    /// One of a repeated field, written even when it is empty.
    #[inline]
    pub(super) fn item(&mut self, field: u32, text: &str) {
        self.embed(field, text.as_bytes());
    }

    /// A message that was written before.
    #[inline]
    pub(super) fn embed(&mut self, field: u32, message: &[u8]) {
        self.key(field, WireType::LengthDelimited);
        self.varint(message.len() as u64);
        self.0.extend_from_slice(message);
    }

    /// A string as `write` writes it.
    pub(super) fn written(&mut self, field: u32, write: impl FnOnce(&mut Self) -> fmt::Result) {
        let before = self.0.len();
        self.key(field, WireType::LengthDelimited);
        let begin = self.begin();
        // Writing to memory does not fail.
        let _ = write(self);
        if self.0.len() == begin {
            self.0.truncate(before);
        } else {
            self.end(begin);
        }
    }

    /// An integer, or the number of an enum's value.
    #[inline]
    pub(super) fn int(&mut self, field: u32, value: i32) {
        if value != 0 {
            self.key(field, WireType::Varint);
            self.varint(i64::from(value) as u64);
        }
    }

    #[inline]
    pub(super) fn bool(&mut self, field: u32, value: bool) {
        self.int(field, value.into());
    }

    #[inline]
    pub(super) fn float(&mut self, field: u32, value: f32) {
        // Minus nought is not what an absent field has.
        if value.to_bits() != 0 {
            self.key(field, WireType::ThirtyTwoBit);
            self.0.extend_from_slice(&value.to_le_bytes());
        }
    }

    /// A message, written even when it is empty: that is not the same as absent.
    #[inline]
    pub(super) fn message(&mut self, field: u32, write: impl FnOnce(&mut Self)) {
        self.key(field, WireType::LengthDelimited);
        let begin = self.begin();
        write(self);
        self.end(begin);
    }

    /// A message of two integers. Places in a text are a fourth of what is written: what most are, is written at once.
    #[inline]
    pub(super) fn pair(&mut self, field: u32, integers: [(u32, i32); 2]) {
        let is_usual = |(field, value): (u32, i32)| field < 16 && (0x80..0x4000).contains(&value);
        if field < 16 && integers.into_iter().all(is_usual) {
            let [[a, b, c], [d, e, f]] = integers.map(|(field, value)| {
                [key(field, WireType::Varint) as u8, value as u8 | 0x80, (value >> 7) as u8]
            });
            let outer = key(field, WireType::LengthDelimited) as u8;
            self.0.extend_from_slice(&[outer, 6, a, b, c, d, e, f]);
            return;
        }
        self.message(field, |to| {
            integers.into_iter().for_each(|(field, value)| to.int(field, value))
        });
    }

    /// Leaves a byte for a length: most are below 128.
    #[inline]
    fn begin(&mut self) -> usize {
        self.0.push(0);
        self.0.len()
    }

    /// Fills in the length of what was written since.
    #[inline]
    fn end(&mut self, begin: usize) {
        match u8::try_from(self.0.len() - begin) {
            Ok(length) if length < 0x80 => self.0[begin - 1] = length,
            _ => self.make_room(begin),
        }
    }

    /// The same for a length that a byte is too little for.
    fn make_room(&mut self, begin: usize) {
        let end = self.0.len();
        let mut length = end - begin;
        let more = length.ilog2() as usize / 7;
        self.0.resize(end + more, 0);
        self.0.copy_within(begin..end, begin + more);
        for digit in &mut self.0[begin - 1..begin + more] {
            *digit = (length & 0x7F) as u8 | 0x80;
            length >>= 7;
        }
        self.0[begin - 1 + more] &= 0x7F;
    }

    #[inline]
    fn key(&mut self, field: u32, wire: WireType) {
        self.varint(key(field, wire));
    }

    #[inline]
    fn varint(&mut self, mut value: u64) {
        while value > 0x7F {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }
}

fn key(field: u32, wire: WireType) -> u64 {
    u64::from(field << 3 | wire as u32)
}

/// To write on behind what was written.
impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Write for Bytes {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use prost::Message as _;

    use super::Bytes;
    use crate::wire::pb;

    #[test]
    fn lengths_of_every_size_are_as_others_write_them() {
        for size in [0, 1, 100, 127, 128, 129, 16_383, 16_384, 2_097_151, 2_097_152] {
            let text = "x".repeat(size);
            let phrase = pb::Phrase { span: Some(pb::Span::default()), text: text.clone() };
            let mut bytes = Bytes::default();
            bytes.message(3, |to| {
                to.message(1, |_| {});
                to.written(2, |to| std::fmt::Write::write_str(to, &text));
            });
            let claim = pb::NumericClaim { subject: Some(phrase), ..Default::default() };
            assert!(bytes.into_vec() == claim.encode_to_vec(), "{size}");
        }
    }

    #[test]
    fn numbers_are_as_others_write_them() {
        for value in [0, 1, 127, 128, -1, i32::MAX, i32::MIN] {
            let mut bytes = Bytes::default();
            bytes.int(1, value);
            bytes.int(2, value);
            let span = pb::Span { begin: value, end: value };
            assert_eq!(bytes.into_vec(), span.encode_to_vec());
        }
        for confidence in [0.0, 0.25, -1.0, f32::NAN] {
            let mut bytes = Bytes::default();
            bytes.float(9, confidence);
            let fact = pb::Fact { confidence, ..Default::default() };
            assert_eq!(bytes.into_vec(), fact.encode_to_vec());
        }
    }
}
