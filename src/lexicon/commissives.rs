//! `commissives.toml`: words that bind somebody.

use serde::Deserialize;

use super::{Builder, LexiconError, Table, Tags};
use crate::fact::CommitmentType;

const NAME: &str = "commissives.toml";

/// What a commissive word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commissive {
    /// What kind of bond.
    pub kind: CommitmentType,
    /// How it goes on.
    pub frame: Frame,
    /// Worded as less than certain.
    pub is_soft: bool,
    /// Binds not to act.
    pub is_negative: bool,
}

/// How a commissive goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// "… to act".
    To,
    /// "… to act", "… that", or a thing.
    Object,
    /// "… to act", "… to acting", or "… to" a thing.
    Committed,
    /// "… somebody to act".
    Call,
    /// A noun: "its pledge to act".
    Noun,
}

/// The words that bind: verbs and adjectives by what follows, and nouns.
#[derive(Debug)]
pub struct Commissives {
    /// Verbs and adjectives.
    pub verb: Table<Commissive>,
    /// Nouns.
    pub noun: Table<Commissive>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cue: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    kind: KindName,
    frame: Frame,
    #[serde(default)]
    soft: bool,
    #[serde(default)]
    negative: bool,
    forms: Vec<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum KindName {
    Promise,
    Plan,
    Agreement,
    Obligation,
    Offer,
    Refusal,
    Threat,
    Call,
}

/// Reads the table.
pub(super) fn read(builder: &mut Builder) -> Result<Commissives, LexiconError> {
    let File { cue } = builder.parse(NAME, include_str!("en/commissives.toml"))?;
    let (mut verb, mut noun) =
        (Table::new(NAME, Tags::COMMISSIVE), Table::new(NAME, Tags::COMMISSIVE));
    for Row { kind, frame, soft, negative, forms } in cue {
        let kind = match kind {
            KindName::Promise => CommitmentType::Promise,
            KindName::Plan => CommitmentType::Plan,
            KindName::Agreement => CommitmentType::Agreement,
            KindName::Obligation => CommitmentType::Obligation,
            KindName::Offer => CommitmentType::Offer,
            KindName::Refusal => CommitmentType::Refusal,
            KindName::Threat => CommitmentType::Threat,
            KindName::Call => CommitmentType::Call,
        };
        let value = Commissive { kind, frame, is_soft: soft, is_negative: negative };
        for form in &forms {
            let table = if frame == Frame::Noun { &mut noun } else { &mut verb };
            table.add(builder, form, value)?;
        }
    }
    Ok(Commissives { verb: verb.done(), noun: noun.done() })
}
