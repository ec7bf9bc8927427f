//! What holds between mentions: who says them, what they are linked to, in what order they leave.

mod attribute;
mod finish;
mod people;

pub use attribute::{attribute, statements};
pub use finish::finish;
pub use people::{Bearer, BearerKind, People, span_of};
