//! From a token to its word: a perfect hash built at start, one probe a token, and the whole word compared on a hit.

use std::collections::HashMap;

use crate::token::{first_bytes, is_joiner};

/// Words with their classes, while the tables are read. Number 0 stands for words that are not there.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: HashMap<Box<str>, u16>,
    words: Vec<(Box<str>, u64)>,
}

impl Words {
    /// The number of `lower`, new or known, with `tags` added to its classes. `None` past [`MOST`] words, or for one of more
    /// than 64 bytes.
    pub(super) fn add(&mut self, lower: &str, tags: u64) -> Option<u16> {
        if lower.len() > LONGEST {
            return None;
        }
        if let Some(&number) = self.numbers.get(lower) {
            self.words[usize::from(number) - 1].1 |= tags;
            return Some(number);
        }
        if self.words.len() == MOST {
            return None;
        }
        let number = self.words.len() as u16 + 1;
        self.numbers.insert(lower.into(), number);
        self.words.push((lower.into(), tags));
        Some(number)
    }
}

/// The perfect hash: a factor for each bucket sends its words to slots of their own (the "hash and displace" of CHD).
#[derive(Debug)]
pub(super) struct Index {
    factors: Box<[u16; BUCKETS]>,
    slots: Box<[Slot; SLOTS]>,
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
        let mut buckets = vec![Vec::new(); BUCKETS];
        for (word, &hash) in hashes.iter().enumerate() {
            buckets[bucket(hash)].push(word);
        }
        let mut order: Vec<usize> = (0..BUCKETS).collect();
        order.sort_by_key(|&bucket| std::cmp::Reverse(buckets[bucket].len()));

        let (mut factors, mut slots) = (filled(1), filled(Slot::default()));
        let mut taken: Vec<usize> = Vec::new();
        for bucket in order {
            let members = &buckets[bucket];
            let factor = (1..=u16::MAX).step_by(2).find(|&factor| {
                taken.clear();
                members.iter().all(|&word| {
                    let slot = slot(hashes[word], factor);
                    let is_free = slots[slot].word == 0 && !taken.contains(&slot);
                    taken.push(slot);
                    is_free
                })
            });
            // 32,768 factors over a tenth of free slots: the chance of none is below one in 10^1000.
            let factor = factor.unwrap_or(1);
            factors[bucket] = factor;
            for &word in members {
                let (text, tags) = &words[word];
                slots[slot(hashes[word], factor)] =
                    Slot { tags: *tags, key: key(text), word: word as u16 + 1 };
            }
        }
        let words = words.into_iter().map(|(word, _)| word).collect();
        Self { factors, slots, words }
    }

    /// The number and the classes of a word or sign of at most sixteen bytes of ASCII; noughts when it is not there.
    #[inline(always)]
    pub(super) fn look_up(&self, lower: u128) -> (u16, u64) {
        let slot = self.slot(lower);
        let is_there = slot.key == lower;
        // A mask and no branch: of some three words in ten there is none.
        (
            slot.word & u16::from(is_there).wrapping_neg(),
            slot.tags & u64::from(is_there).wrapping_neg(),
        )
    }

    /// A word of more than sixteen bytes, or with one outside ASCII.
    #[cold]
    pub(super) fn find_rare(&self, word: &str) -> Option<(u16, u64)> {
        if !word.is_ascii() {
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
        &self.slots[slot(hash, self.factors[bucket(hash)])]
    }
}

/// A table on the heap: its length is known, so that no place in it is out of bounds.
fn filled<T: Clone, const N: usize>(value: T) -> Box<[T; N]> {
    match vec![value; N].try_into() {
        Ok(table) => table,
        Err(_) => unreachable!("it has just been given that length"),
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

/// A word's first 16 bytes. Of a longer word the last has its highest bit set, as in no word of ASCII: the rest is compared
/// apart.
fn key(word: &str) -> u128 {
    first_bytes(word.as_bytes()) | u128::from(word.len() > 16) << 127
}

/// Multiply and fold (the mixing step of wyhash), with digits of pi for a constant. No word begins with eight noughts.
#[inline(always)]
fn hash(key: u128) -> u64 {
    let product = u128::from(key as u64) * u128::from((key >> 64) as u64 ^ 0x1319_8A2E_0370_7344);
    (product as u64) ^ (product >> 64) as u64
}

#[inline(always)]
fn bucket(hash: u64) -> usize {
    hash as usize % BUCKETS
}

#[inline(always)]
fn slot(hash: u64, factor: u16) -> usize {
    (hash.wrapping_mul(u64::from(factor)) >> (u64::BITS - SLOTS.ilog2())) as usize
}

/// Both powers of two. The factors are few, so that they stay in the first cache.
const BUCKETS: usize = SLOTS / 4;
const SLOTS: usize = 1 << 14;
/// Words that fit: a third of the slots stays free, so that so few factors do. When there are more, the slots are to be doubled.
const MOST: usize = SLOTS / 3 * 2;
