//! A part of a sentence read into a value.
//!
//! A reader takes tokens and says how many it took: `None` when their head is something else.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "of a token or value of any other kind, a reader reads nothing"
)]

pub mod clause;
pub mod counted;
mod fraction;
pub mod hedge;
pub mod name;
mod name_core;
mod name_joint;
pub mod name_list;
mod name_role;
pub mod name_run;
mod name_word;
pub mod number;
pub mod numeral;
pub mod ordinal;
pub mod place;
mod power;
pub mod quantity;
mod quantity_money;
mod quantity_noun;
pub mod quantity_per;
pub mod quantity_unit;
pub mod range;
pub mod time;
pub mod verb;

/// What a reader read at the head of its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// How many tokens it took.
    pub len: usize,
}

impl<T> Read<T> {
    /// A value read from `len` tokens.
    pub fn new(value: T, len: usize) -> Self {
        Self { value, len }
    }

    /// The same length with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Read<U> {
        Read { value: change(self.value), len: self.len }
    }
}
