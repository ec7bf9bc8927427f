//! Who says what.

use crate::span::Span;

/// A stretch of text and who says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What is said, from first to last.
    pub span: Span,
    /// The pieces of a broken quotation, in order; one piece is the whole span.
    pub parts: Vec<Span>,
    /// How it is reported.
    pub kind: StatementType,
    /// The speaker as written where it is reported: "he", "President Vladimir Putin".
    pub speaker: Option<Span>,
    /// The fullest name that the document gives to the speaker, without title: "Vladimir Putin".
    pub speaker_name: Option<Span>,
    /// What the document says the speaker is: "President of the Russian Federation".
    pub speaker_role: Option<Span>,
    /// The word or mark that reports: "said", ":".
    pub cue: Option<Span>,
    /// Who is spoken to.
    pub addressee: Option<Span>,
    /// How likely the record is right, 0 to 1.
    pub confidence: f32,
    /// Index in [`Report::statements`](super::Report::statements) of the innermost statement that this one is reported in: whoever says
    /// that one says that somebody said this. `None` when the author reports it.
    pub parent: Option<u32>,
}

/// How a statement is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementType {
    /// Words between quotation marks.
    DirectQuote,
    /// "said that …".
    IndirectSpeech,
    /// Reported speech with quoted words in it.
    Mixed,
    /// "President X said: …", over one or many paragraphs, until the next speaker.
    SpeechTurn,
}
