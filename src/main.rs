//! The command line of dictum.
fn main() {}
