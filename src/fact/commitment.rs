//! Who binds themselves to what.

use super::TimeValue;
use crate::span::Span;

/// Somebody bound to a future course of action.
#[derive(Clone, Debug, PartialEq)]
pub struct Commitment {
    /// What kind of bond.
    pub kind: CommitmentType,
    /// Who is bound, as written.
    pub agent: Option<Span>,
    /// The fullest name that the document gives to the agent.
    pub agent_name: Option<Span>,
    /// What is to be done, without deadline and condition.
    pub action: Option<Span>,
    /// For whom.
    pub beneficiary: Option<Span>,
    /// By when, resolved.
    pub deadline: Option<TimeValue>,
    /// By when, as written, with its preposition.
    pub deadline_phrase: Option<Span>,
    /// On what condition, as written.
    pub condition: Option<Span>,
    /// Firm or softly worded.
    pub strength: Strength,
    /// Bound not to act: "will not raise taxes".
    pub negated: bool,
    /// The words that bind.
    pub cue: Span,
}

/// The kinds of bond, as the proto documents them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitmentType {
    /// An explicit commissive, or "will" in the agent's own voice.
    Promise,
    /// Intention, target, schedule.
    Plan,
    /// Two or more parties bind themselves.
    Agreement,
    /// Bound by law, contract or order.
    Obligation,
    /// Bound if the other side accepts.
    Offer,
    /// Bound not to do what was asked.
    Refusal,
    /// Against the hearer's interest.
    Threat,
    /// A demand on somebody else: the one asked is the agent, and nobody is bound.
    Call,
}

/// How firmly worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Worded as certain.
    Firm,
    /// "aims to", "in principle", "where possible".
    Hedged,
}
