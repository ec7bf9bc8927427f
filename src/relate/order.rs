//! Lists put in order by one number for each of their items.

use crate::span::Span;

/// A number that orders by `first`, then by `second`, then by the place `at` in the list, which is its last 32 bits. Such
/// numbers compare without branches, and are moved instead of the items, which are large.
pub(super) fn key(first: u32, second: u64, at: usize) -> u128 {
    u128::from(first) << 96 | u128::from(second) << 32 | u128::from(at as u32)
}

/// [`key`] of what stands in `span` and at that place: by its first byte, then by its last.
pub(super) fn key_of((at, span): (usize, Span)) -> u128 {
    key(span.begin, u64::from(span.end), at)
}

/// Puts the sorted `keys` in the place of those in the list.
pub(super) fn put(list: &mut Vec<u128>, keys: impl Iterator<Item = u128>) {
    list.clear();
    list.extend(keys);
    list.sort_unstable();
}

/// The place in the list of the item of a key.
pub(super) fn place(key: u128) -> usize {
    key as u32 as usize
}

/// Moves the items to the places of their keys; those without one stand behind. Most items stand in their place already,
/// so they are swapped rather than moved to a list of their own: one whose place was filled before its turn went to where
/// the one that filled it came from.
pub(super) fn arrange<T>(items: &mut [T], keys: &[u128]) {
    for new in 0..keys.len() {
        let mut old = place(keys[new]);
        while old < new {
            old = place(keys[old]);
        }
        if old != new {
            items.swap(new, old);
        }
    }
}
