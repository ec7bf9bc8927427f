//! Bytes: the class of each, and eight or sixteen at once.

/// Sixteen bytes at most, from the lowest on.
pub(crate) fn first_bytes(bytes: &[u8]) -> u128 {
    let mut window = [0_u8; 16];
    for (to, from) in window.iter_mut().zip(bytes) {
        *to = *from;
    }
    u128::from_le_bytes(window)
}

/// The high bit of each byte that is an ASCII letter: all eight are compared at once, without a carry between them.
pub(super) fn letters(window: u64) -> u64 {
    const fn all(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    let folded = (window | SMALL) & !HIGH;
    let from_a = folded + all(0x80 - b'a');
    let past_z = folded + all(0x7F - b'z');
    from_a & !past_z & !window & HIGH
}

/// The bytes before the first whose high bit is set in `others`: of letters, because a space has the bit of a small letter too.
#[inline(always)]
pub(super) fn below(others: u64) -> u64 {
    ((others & others.wrapping_neg()) >> 7).wrapping_sub(1)
}

/// The high bit of each byte.
pub(super) const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
/// The bit of each byte that a small letter has and a capital has not.
pub(super) const SMALL: u64 = u64::from_le_bytes([0x20; 8]);
pub(super) const SMALL_16: u128 = u128::from_le_bytes([0x20; 16]);

/// The lowest bytes of sixteen, for words of each length.
pub(super) static MASKS: [u128; 17] = {
    let mut masks = [u128::MAX; 17];
    let mut len = 0;
    while len < 16 {
        masks[len] = (1 << (8 * len)) - 1;
        len += 1;
    }
    masks
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Space,
    Line,
    Lower,
    Upper,
    Digit,
    Mark,
    Wide,
}

pub(super) static CLASSES: [Class; 256] = {
    let mut classes = [Class::Mark; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b' ' | b'\t' => Class::Space,
            b'\n' | b'\r' | 0x0B | 0x0C => Class::Line,
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Digit,
            0x80.. => Class::Wide,
            _ => Class::Mark,
        };
        byte += 1;
    }
    classes
};

/// Bytes that end a word whatever stands around them: all of ASCII but letters, "'", ".", ":" and "@".
pub(super) static ENDS: [bool; 256] = {
    let mut ends = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let b = byte as u8;
        ends[byte] = !b.is_ascii_alphabetic() && !matches!(b, b'\'' | b'.' | b':' | b'@');
        byte += 1;
    }
    ends
};

#[cfg(test)]
mod tests {
    #[test]
    fn runs_of_letters() {
        for byte in 0..=255_u8 {
            let window = u64::from_le_bytes([b'a', byte, b'Z', byte, 0, 0x80, 0xFF, byte]);
            let is = |byte: u8| u64::from(byte.is_ascii_alphabetic()) * 0x80;
            let bit = is(byte);
            let expected = 0x80 | bit << 8 | 0x80 << 16 | bit << 24 | bit << 56;
            assert_eq!(super::letters(window), expected, "{byte:#x}");
        }
    }
}
