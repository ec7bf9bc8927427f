//! Times without an end on one side.

use super::TimexMod;

/// How far a time reaches on the side that has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// From its beginning on: "since May".
    From,
    /// From its end on: "after 2018".
    After,
    /// Up to its end: "until 2024", "by Friday".
    UpTo,
    /// Up to its beginning: "before 5 p.m.".
    Before,
}

impl Open {
    /// The TIMEX3 modifier.
    pub fn modifier(self) -> TimexMod {
        match self {
            Self::From => TimexMod::OnOrAfter,
            Self::After => TimexMod::After,
            Self::UpTo => TimexMod::OnOrBefore,
            Self::Before => TimexMod::Before,
        }
    }

    /// Whether it has no beginning.
    pub fn is_before(self) -> bool {
        matches!(self, Self::UpTo | Self::Before)
    }
}
