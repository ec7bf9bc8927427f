//! What goes out, as plain data. Everything refers to the text by [`Span`](crate::span::Span) and to other facts by their place in
//! [`Report::facts`](crate::fact::Report::facts); the edge turns both into text and ids.

mod attribution;
mod commitment;
mod decimal;
mod numeric;
mod render;
pub mod time;

pub use attribution::{Statement, StatementType};
pub use commitment::{Commitment, CommitmentType, Sign, Signs, Strength};
pub use decimal::Decimal;
pub use numeric::{
    Amount, Comparator, Consistency, Direction, NumericClaim, NumericKind, Per, Quantity, Role,
    UnitName,
};
pub use render::render;
pub use time::{DateMention, Granularity, Relation, Resolution, TimeValue, TimexMod, TimexType};

use crate::span::Span;

/// Everything read from a document.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Sorted by span: by first byte, then by last.
    pub facts: Vec<Fact>,
    /// Sorted by span.
    pub statements: Vec<Statement>,
    /// Sentences read, in text order.
    pub sentences: Vec<Span>,
    /// The byte up to which the text was read; the length of the text unless the budget was spent.
    pub read_to: u32,
    /// Facts found but left out because there were more than asked for.
    pub facts_over_limit: usize,
}

/// One thing that the text states. It is of 128 bytes, which are moved without a call: two of its parts are kept without the
/// room of an `Option`.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Made from kind, normalised value and place: a rerun gives the same.
    pub id: u64,
    /// The whole mention.
    pub span: Span,
    /// Index of its sentence in [`Report::sentences`].
    pub sentence: u32,
    /// See [`Fact::statement`]; [`NOWHERE`] for none.
    pub(crate) stands_in: u32,
    /// Whether it is asserted.
    pub modality: Modality,
    /// See [`Fact::hedge`]; empty for none.
    pub(crate) hedged: Span,
    /// How likely the record is right, 0 to 1.
    pub confidence: f32,
    /// The rule that found it: stable, dotted, `numeric.money.prefix`.
    pub rule: &'static str,
    /// What it is tied to.
    pub links: Vec<Link>,
    /// What is stated.
    pub kind: Kind,
}

/// The index of nothing.
pub(crate) const NOWHERE: u32 = u32::MAX;

const _: () = assert!(size_of::<Fact>() <= 128);

impl Fact {
    /// Index in [`Report::statements`] of the innermost statement that it stands in; `None` is the author's own voice.
    pub fn statement(&self) -> Option<u32> {
        Some(self.stands_in).filter(|at| *at != NOWHERE)
    }

    /// The words that make it less than asserted: "I think", "not", "if".
    pub fn hedge(&self) -> Option<Span> {
        Some(self.hedged).filter(|hedge| !hedge.is_empty())
    }

    /// The time that it names or holds for.
    pub fn time(&self) -> Option<&TimeValue> {
        match &self.kind {
            Kind::Numeric(claim) => claim.time.as_ref(),
            Kind::Date(date) => Some(&date.time),
            Kind::Commitment(bond) => bond.deadline.as_ref(),
        }
    }
}

/// What a fact states, by kind.
#[derive(Clone, Debug)]
pub enum Kind {
    /// How much of what.
    Numeric(Box<NumericClaim>),
    /// When.
    Date(DateMention),
    /// Who is bound to do what.
    Commitment(Box<Commitment>),
}

/// Whether a fact is asserted, and if not, how it is weakened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Modality {
    /// Stated as it is.
    #[default]
    Asserted,
    /// "I think", "reportedly", "may".
    Hedged,
    /// "did not".
    Negated,
    /// "if", "unless".
    Conditional,
    /// In a question.
    Questioned,
}

/// A tie from one fact to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Index of the other in [`Report::facts`].
    pub to: u32,
    /// What the other is to this one.
    pub link: LinkType,
}

/// What the other fact is to this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkType {
    /// The date that a numeric claim or a commitment holds for.
    DatedBy,
    /// The date by which a commitment is to be kept.
    Deadline,
    /// A number inside a commitment.
    Amount,
    /// The value that a change begins with.
    ChangeFrom,
    /// The value that a change ends with.
    ChangeTo,
    /// The size of the change.
    ChangeBy,
    /// Another mention of the same fact.
    SameAs,
    /// The date that a range ends with which begins with this one.
    RangeEnd,
    /// The date that the range begins with which ends with this one.
    RangeBegin,
}
