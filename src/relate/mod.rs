//! What holds between mentions: who says them, what they are linked to, in what order they leave.

mod agent;
mod attribute;
mod called;
mod finish;
mod kind;
mod order;
mod people;
mod topic;

/// Lists that are needed while facts and statements are related: kept for the next document, so that they are made once.
#[derive(Debug, Default)]
pub struct Room {
    drafts: Vec<attribute::Draft>,
    quotations: Vec<attribute::Quotation>,
    voices: Vec<attribute::Voice>,
    /// What is put in order, see [`order::key`].
    keys: Vec<u128>,
    around: Vec<u32>,
    places: Vec<Option<u32>>,
    timex: String,
}

pub use agent::name_agents;
pub use attribute::{attribute, statements};
pub use finish::finish;
pub use people::{Bearer, BearerKind, People, span_of};
