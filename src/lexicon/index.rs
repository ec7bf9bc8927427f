//! From a token to its word: a perfect hash built at start, one probe a token, and the whole word compared on a hit.

use std::collections::HashMap;

use crate::token::{Token, flags, is_joiner};

/// Words with their classes, while the tables are read. Number 0 stands for words that are not there.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: HashMap<Box<str>, u16>,
    words: Vec<(Box<str>, u64)>,
}

impl Words {
    /// The number of `lower`, new or known, with `tags` added to its classes. `None` past 65,534 words, or for one of more
    /// than 64 bytes.
    pub(super) fn add(&mut self, lower: &str, tags: u64) -> Option<u16> {
        if lower.len() > LONGEST {
            return None;
        }
        if let Some(&number) = self.numbers.get(lower) {
            self.words[usize::from(number) - 1].1 |= tags;
            return Some(number);
        }
        let number = u16::try_from(self.words.len() + 1).ok()?;
        self.numbers.insert(lower.into(), number);
        self.words.push((lower.into(), tags));
        Some(number)
    }
}

/// The perfect hash: a factor for each bucket sends its words to slots of their own (the "hash and displace" of CHD). Buckets
/// and slots are powers of two.
#[derive(Debug)]
pub(super) struct Index {
    factors: Vec<u32>,
    slots: Vec<Slot>,
    /// How far a product is shifted to the number of a slot.
    shift: u32,
    words: Vec<Box<str>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    tags: u64,
    /// See [`key`].
    key: u128,
    word: u16,
}

impl Index {
    pub(super) fn new(words: Words) -> Self {
        let words = words.words;
        let hashes: Vec<u64> = words.iter().map(|(word, _)| hash(key(word))).collect();
        let bucket_count = (words.len() / 3).next_power_of_two();
        let slot_count = (words.len() + words.len() / 8).next_power_of_two().max(2);
        let shift = u64::BITS - slot_count.ilog2();
        let mut buckets = vec![Vec::new(); bucket_count];
        for (word, &hash) in hashes.iter().enumerate() {
            buckets[bucket(hash, bucket_count)].push(word);
        }
        let mut order: Vec<usize> = (0..bucket_count).collect();
        order.sort_by_key(|&bucket| std::cmp::Reverse(buckets[bucket].len()));

        let mut factors = vec![1; bucket_count];
        let mut slots = vec![Slot::default(); slot_count];
        let mut taken: Vec<usize> = Vec::new();
        for bucket in order {
            let members = &buckets[bucket];
            let factor = (0..=u16::MAX).map(factor).find(|&factor| {
                taken.clear();
                members.iter().all(|&word| {
                    let slot = slot(hashes[word], factor, shift);
                    let is_free = slots[slot].word == 0 && !taken.contains(&slot);
                    taken.push(slot);
                    is_free
                })
            });
            // 65,536 factors over an eighth of free slots: the chance of none is below one in 10^1000.
            let factor = factor.unwrap_or(1);
            factors[bucket] = factor;
            for &word in members {
                let (text, tags) = &words[word];
                slots[slot(hashes[word], factor, shift)] =
                    Slot { tags: *tags, key: key(text), word: word as u16 + 1 };
            }
        }
        let words = words.into_iter().map(|(word, _)| word).collect();
        Self { factors, slots, shift, words }
    }

    /// Gives a word or sign its [`key`](Token::key), and its number and classes when it is there.
    #[inline(always)]
    pub(super) fn look_up(&self, content: &str, token: &mut Token) {
        let (begin, end) = (token.span.begin as usize, token.span.end as usize);
        let bytes = content.as_bytes();
        let window = bytes.get(begin..).and_then(|rest| rest.first_chunk::<16>());
        let key = match window {
            Some(window) => u128::from_le_bytes(*window),
            None => bytes_key(bytes.get(begin..end).unwrap_or_default()),
        };
        // Sets the bit that makes ASCII letters lower case; apostrophes, dots and "$" have it already. "^" and "_" are no words.
        let key = (key | LOWER) & mask(end - begin);
        token.key = (key as u32 & 0xFF_FFFF) | ((end - begin) as u32) << 24;
        if token.has(flags::WIDE) || end - begin > 16 {
            (token.word, token.tags) = self.find_rare(content, token).unwrap_or_default();
            return;
        }
        let slot = self.slot(key);
        let is_there = slot.key == key;
        // A mask and no branch: of some three words in ten there is none.
        token.tags = slot.tags & u64::from(is_there).wrapping_neg();
        token.word = slot.word & u16::from(is_there).wrapping_neg();
    }

    /// A word of more than sixteen bytes, or with one outside ASCII.
    #[cold]
    fn find_rare(&self, content: &str, token: &Token) -> Option<(u16, u64)> {
        let word = token.text(content);
        if token.has(flags::WIDE) {
            return self.find_wide(word);
        }
        let mut lower = [0_u8; LONGEST];
        let lower = lower.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        self.find_lower(std::str::from_utf8(lower).ok()?)
    }

    /// A word with a byte outside ASCII: mostly the curly apostrophe of "don’t" and "’s".
    fn find_wide(&self, word: &str) -> Option<(u16, u64)> {
        let mut buffer = [0_u8; LONGEST];
        let mut len = 0;
        for c in plain_chars(word) {
            c.encode_utf8(buffer.get_mut(len..len + c.len_utf8())?);
            len += c.len_utf8();
        }
        self.find_lower(std::str::from_utf8(buffer.get(..len)?).ok()?)
    }

    /// The number of a word given in lower case.
    pub(super) fn word(&self, lower: &str) -> Option<u16> {
        self.find_lower(lower).map(|(word, _)| word)
    }

    fn find_lower(&self, lower: &str) -> Option<(u16, u64)> {
        let slot = self.slot(key(lower));
        let word = self.words.get(usize::from(slot.word).checked_sub(1)?)?;
        (**word == *lower).then_some((slot.word, slot.tags))
    }

    /// The one slot where a word may be.
    #[inline(always)]
    fn slot(&self, key: u128) -> &Slot {
        let hash = hash(key);
        &self.slots[slot(hash, self.factors[bucket(hash, self.factors.len())], self.shift)]
    }
}

/// Lower case, with a straight apostrophe for a curly one, without soft hyphens and joiners.
pub(super) fn plain(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { plain_chars(word).collect() }
}

fn plain_chars(word: &str) -> impl Iterator<Item = char> {
    word.chars()
        .filter(|c| !is_joiner(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '’' | '‛') { '\'' } else { c })
}

/// Bytes; no word of the tables is longer.
const LONGEST: usize = 64;
const LOWER: u128 = u128::from_le_bytes([0x20; 16]);

#[inline(always)]
fn mask(len: usize) -> u128 {
    MASKS[len.min(16)]
}

/// The lowest bytes of a key, for words of each length.
static MASKS: [u128; 17] = {
    let mut masks = [u128::MAX; 17];
    let mut len = 0;
    while len < 16 {
        masks[len] = (1 << (8 * len)) - 1;
        len += 1;
    }
    masks
};

/// A word's first 16 bytes. Of a longer word the last has its highest bit set, as in no word of ASCII: the rest is compared
/// apart.
fn key(word: &str) -> u128 {
    bytes_key(word.as_bytes()) | u128::from(word.len() > 16) << 127
}

fn bytes_key(bytes: &[u8]) -> u128 {
    let mut window = [0_u8; 16];
    for (to, from) in window.iter_mut().zip(bytes) {
        *to = *from;
    }
    u128::from_le_bytes(window)
}

/// Multiply and fold (the mixing step of wyhash), with digits of pi for constants.
#[inline(always)]
fn hash(key: u128) -> u64 {
    let (low, high) =
        (key as u64 ^ 0x243F_6A88_85A3_08D3, (key >> 64) as u64 ^ 0x1319_8A2E_0370_7344);
    let product = u128::from(low) * u128::from(high);
    (product as u64) ^ (product >> 64) as u64
}

#[inline(always)]
fn bucket(hash: u64, buckets: usize) -> usize {
    hash as usize & (buckets - 1)
}

#[inline(always)]
fn slot(hash: u64, factor: u32, shift: u32) -> usize {
    (hash.wrapping_mul(u64::from(factor)) >> shift) as usize
}

/// The factors that are tried, all odd.
fn factor(pilot: u16) -> u32 {
    (u32::from(pilot) + 1).wrapping_mul(0x9E37_79B9) | 1
}
