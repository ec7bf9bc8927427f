//! A place in the text: half-open UTF-8 byte offsets into the content exactly as it was sent.

/// A half-open range of bytes, `begin..end`, of the document's content. Other offset encodings are made at the edge alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub begin: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `begin` to `end`; an end before the beginning makes an empty span at `begin`.
    pub fn new(begin: u32, end: u32) -> Self {
        Self { begin, end: end.max(begin) }
    }

    /// The slice of `content` that the span names: the only slicing by offsets. Empty when the span is not of this text.
    #[inline]
    pub fn of(self, content: &str) -> &str {
        content.get(self.begin as usize..self.end as usize).unwrap_or_default()
    }

    /// The bytes of `content` that the span names, for comparisons: cheaper than [`of`](Self::of), which looks for the
    /// borders of characters.
    #[inline]
    pub fn bytes_of(self, content: &str) -> &[u8] {
        content.as_bytes().get(self.begin as usize..self.end as usize).unwrap_or_default()
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Self) -> Self {
        Self { begin: self.begin.min(other.begin), end: self.end.max(other.end) }
    }

    /// Length in bytes.
    #[inline]
    pub fn len(self) -> u32 {
        self.end - self.begin
    }

    /// Whether no byte is inside.
    pub fn is_empty(self) -> bool {
        self.begin == self.end
    }

    /// Whether the byte at `offset` is inside; the end is not.
    pub fn contains(self, offset: u32) -> bool {
        self.begin <= offset && offset < self.end
    }

    /// Whether all of `other` is inside.
    pub fn covers(self, other: Self) -> bool {
        self.begin <= other.begin && other.end <= self.end
    }

    /// Whether a byte is inside both.
    pub fn overlaps(self, other: Self) -> bool {
        self.begin < other.end && other.begin < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn the_end_is_outside() {
        let span = Span::new(2, 5);
        assert!(span.contains(2) && span.contains(4) && !span.contains(5));
        assert_eq!(span.of("abcdefg"), "cde");
        assert!(!span.overlaps(Span::new(5, 6)));
        assert_eq!(Span::new(5, 2), Span::new(5, 5));
        assert_eq!(Span::new(1, 2).of("é"), "", "a span inside a character is of another text");
    }
}
