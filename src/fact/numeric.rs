//! How much of what.

use std::borrow::Cow;

use super::{Decimal, TimeValue};
use crate::span::Span;

/// A quantity that the text claims of something.
#[derive(Clone, Debug, PartialEq)]
pub struct NumericClaim {
    /// How much.
    pub quantity: Quantity,
    /// Of what nature.
    pub kind: NumericKind,
    /// What is measured: "Our trade".
    pub subject: Option<Span>,
    /// The counted noun with its modifiers, as written: "economic operators".
    pub counted: Option<Span>,
    /// Whether it is a level or part of a change.
    pub role: Role,
    /// Which way the change goes.
    pub direction: Option<Direction>,
    /// The time that it holds for.
    pub time: Option<TimeValue>,
    /// What arithmetic says of a change whose parts are stated; `None` where there is nothing to compare.
    pub consistency: Option<Consistency>,
}

/// A value or interval with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number, exact.
    pub amount: Amount,
    /// How it compares with the number.
    pub comparator: Comparator,
    /// UCUM code, case-sensitive; `None` for money and counts.
    pub unit_code: Option<&'static str>,
    /// ISO 4217 code of money; `None` where the symbol is open and the region does not decide.
    pub currency_code: Option<&'static str>,
    /// The currencies that the symbol may stand for, likeliest first; empty where it is plain.
    pub currency_candidates: &'static [&'static str],
    /// Singular English name: "percentage", "kilometre", "barrel"; of a count, the counted noun with its modifiers.
    pub unit_name: Option<UnitName>,
    /// The unit as written.
    pub unit_text: Option<Span>,
    /// What a rate is counted per.
    pub per: Option<Per>,
    /// How far off the value may be to either side, in its unit: 0.02 of "9.83 ± 0.02 m".
    pub tolerance: Option<Decimal>,
    /// Significant digits as said: "3.0 million" has two.
    pub significant_digits: u8,
    /// Numeral and unit.
    pub span: Span,
    /// The numeral with its scale word.
    pub numeral_span: Span,
}

impl Quantity {
    /// The same, with the names taken out of this one.
    pub(crate) fn taken(&mut self) -> Self {
        Self { unit_name: self.unit_name.take(), per: self.per.take(), ..*self }
    }
}

/// A name of a unit: from the lexicon, or made from the text.
pub type UnitName = Cow<'static, str>;

/// The number of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// One value.
    Value(Decimal),
    /// A range, never its mean.
    Interval {
        /// Lower bound; `None` is unbounded.
        low: Option<Decimal>,
        /// Upper bound; `None` is unbounded.
        high: Option<Decimal>,
        /// The lower bound itself is outside.
        low_open: bool,
        /// The upper bound itself is outside.
        high_open: bool,
    },
}

/// The denominator of a rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Per {
    /// UCUM code, where it has one.
    pub unit_code: Option<&'static str>,
    /// Singular English name: "barrel", "year".
    pub unit_name: UnitName,
}

/// How a quantity compares with the number said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Comparator {
    /// The number itself.
    #[default]
    Equal,
    /// "about", "nearly", "some 300".
    About,
    /// "more than".
    MoreThan,
    /// "at least".
    AtLeast,
    /// "less than", "just under".
    LessThan,
    /// "at most", "up to".
    AtMost,
}

/// The nature of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumericKind {
    /// Things counted.
    Count,
    /// An amount of a currency.
    Money,
    /// Per hundred.
    Percent,
    /// A difference of percentages; a hundred basis points are one.
    PercentagePoint,
    /// A physical quantity.
    Measure,
    /// Degrees.
    Temperature,
    /// Age of a person or thing.
    Age,
    /// A length of time as a measure.
    Duration,
    /// Anything per anything.
    Rate,
    /// One number to another, "3:1".
    Ratio,
    /// A part of a whole, "two-thirds", "one in five".
    Fraction,
    /// "threefold", "four times".
    Multiple,
    /// A rank.
    Ordinal,
    /// Points of an index or scale.
    Index,
    /// A number without unit or noun.
    Bare,
}

/// What part a quantity plays in a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Role {
    /// No change: how much there is.
    #[default]
    Level,
    /// The size of the change.
    ChangeBy,
    /// What it was before.
    ChangeFrom,
    /// What it is after.
    ChangeTo,
}

/// Which way a change goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More.
    Up,
    /// Less.
    Down,
    /// The same.
    Unchanged,
}

/// What arithmetic says of "from", "to" and "by" together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consistency {
    /// They agree within the digits said.
    Consistent,
    /// They do not.
    Inconsistent,
    /// A part is missing or of another unit.
    NotCheckable,
}
