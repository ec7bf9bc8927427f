//! What holds between mentions: who says them, what they are linked to, in what order they leave.

mod agent;
mod attribute;
mod finish;
mod kind;
mod order;
mod people;
mod topic;

pub use agent::name_agents;
pub use attribute::{attribute, statements};
pub use finish::finish;
pub use people::{Bearer, BearerKind, People, span_of};
