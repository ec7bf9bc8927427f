//! What holds between mentions: who says them, what they are linked to, in what order they leave.

mod finish;

pub use finish::finish;
