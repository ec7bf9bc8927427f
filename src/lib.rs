//! dictum reads the text of an article and returns the facts stated in it as typed records: numeric claims, dates and
//! commitments, each with who said it, where it stands, what it resolves to and how sure the reader is.
//!
//! A sentence walks through the rooms below in this order and never goes back; a room uses the rooms above it, never one
//! below (`tests/layers.rs` holds it to that).
//!
//! ```text
//! document -> tokens -> sentences, paragraphs, quotation marks -> phrases -> mentions -> related facts -> wire messages
//! ```
//!
//! # Invariants
//! - **A pure function.** The same document and options give the same facts on every machine: the core (all but `wire`,
//!   `server` and `cli`) reads no clock, environment or file, starts no thread and keeps no state.
//! - **Spans are exact.** Every span is a half-open range of UTF-8 bytes of the text as sent; nothing edits the text.
//! - **Odd text is not an error.** The middle has no `Result` and does not panic: no finding is an empty list, a spent
//!   budget is a shorter report that says how far it read.
//! - **Time is linear.** Every look-back and look-ahead is bounded.
//! - **Values keep what was said.** Decimals are exact, a date is no finer than its words, a range stays two bounds.
//!
//! Absent on purpose: models, downloads, caches, a pattern language, and any guess at what "now" is.

/// A place in the text: the one type that every room shares.
pub mod span;

/// What comes in: text, time of publication, region, options, budget.
pub mod document;

/// What goes out, as plain data: facts, statements, exact decimals, time values.
pub mod fact;

/// Text to tokens: words, numbers, marks, with what stands between them.
pub mod token;

/// Words as data: the tables of `lexicon/en/*.toml`, compiled in, one probe a token.
pub mod lexicon;

/// Tokens to sentences, paragraphs, headlines and quoted stretches; knows no facts.
pub mod text;

/// A part of a sentence read into a value: numbers, quantities, times, names, hedges.
pub mod phrase;

/// One file for each kind of fact, and the one list of them.
pub mod extract;

/// What holds between mentions: who says it, what it is linked to.
pub mod relate;

/// The flow as one straight function.
pub mod engine;

/// The only room that sees both sides: the contract's messages and the core's plain data.
#[cfg(feature = "server")]
pub mod wire;

/// The gRPC service over the engine.
#[cfg(feature = "server")]
pub mod server;

/// The command line.
#[cfg(feature = "server")]
pub mod cli;
