//! Who is called by which word of a name.

/// Who is called by a word: of each word a chain of bearers, in the order of finding.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// A table of words, by the last bits of their keys: a key that is taken has the next free slot.
    slots: Vec<Slot>,
    /// One less than the slots that are used, a power of two.
    last: usize,
    links: Vec<ChainLink>,
    /// How many links there were in earlier texts: a slot of such a one is free.
    earlier: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    word: u64,
    /// The first and the last link of its chain, counted from 1 on through all texts.
    first: u32,
    last: u32,
}

#[derive(Debug)]
struct ChainLink {
    bearer: u32,
    /// The links before and behind it, counted alike; 0 where there is none.
    before: u32,
    after: u32,
}

impl Index {
    /// Forgets who is called by what, and makes room for so many words.
    pub(super) fn clear(&mut self, words: usize) {
        self.earlier += self.links.len() as u32;
        self.links.clear();
        if self.earlier > u32::MAX / 2 {
            self.slots.clear();
            self.earlier = 0;
        }
        let slots = (words + words / 2).next_power_of_two();
        self.slots.resize(slots.max(self.slots.len()), Slot::default());
        self.last = slots - 1;
        self.links.reserve(words);
    }

    /// The slot of a word, or the free one where it belongs; `None` when too many others are in its place.
    fn slot(&self, word: u64) -> Option<usize> {
        (0..MOST_TAKEN).map(|step| (word as usize + step) & self.last).find(|&at| {
            self.slots.get(at).is_some_and(|slot| slot.word == word || slot.first <= self.earlier)
        })
    }

    pub(super) fn add(&mut self, word: u64, bearer: u32) {
        let link = self.earlier + self.links.len() as u32 + 1;
        let Some(slot) = self.slot(word).and_then(|at| self.slots.get_mut(at)) else { return };
        let mut before = slot.last;
        if slot.first <= self.earlier {
            (slot.word, slot.first, before) = (word, link, 0);
        } else {
            let tail = before.wrapping_sub(self.earlier + 1) as usize;
            let Some(tail) = self.links.get_mut(tail) else { return };
            if tail.bearer == bearer {
                return;
            }
            tail.after = link;
        }
        slot.last = link;
        self.links.push(ChainLink { bearer, before, after: 0 });
    }

    /// The bearers of a word, the first found first.
    pub(super) fn earliest(&self, word: u64) -> impl Iterator<Item = u32> + '_ {
        self.chain(self.ends(word).first, |link| link.after)
    }

    /// The bearers of a word, the last found first.
    pub(super) fn latest(&self, word: u64) -> impl Iterator<Item = u32> + '_ {
        self.chain(self.ends(word).last, |link| link.before)
    }

    /// Of a word that nobody is called by, a free slot.
    fn ends(&self, word: u64) -> Slot {
        let slot = self.slot(word).and_then(|at| self.slots.get(at));
        slot.filter(|slot| slot.first > self.earlier).copied().unwrap_or_default()
    }

    fn chain(&self, start: u32, next: impl Fn(&ChainLink) -> u32) -> impl Iterator<Item = u32> {
        let link = |at: u32| self.links.get(at.wrapping_sub(self.earlier + 1) as usize);
        std::iter::successors(link(start), move |known| link(next(known))).map(|link| link.bearer)
    }
}

/// Slots that are looked at for a word.
const MOST_TAKEN: usize = 32;
