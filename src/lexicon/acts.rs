//! `acts.toml`: verbs by the kind of act they name, and nouns of what a plan is carried out by.

use serde::Deserialize;

use super::{Builder, LexiconError, Table, Tags};

const NAME: &str = "acts.toml";

/// What kind of act a verb names: how well one can tell later whether it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Sets up, decides or ends something.
    Found,
    /// Changes what can be counted or seen.
    Alter,
    /// Gives.
    Provide,
    /// Makes sure.
    Ensure,
    /// Helps without saying how.
    Support,
    /// Works on something.
    Strive,
    /// Tries, looks at, goes on.
    Try,
    /// What a thing brings about.
    Effect,
    /// What happens to somebody.
    Suffer,
    /// Is or has.
    State,
}

/// What is known of a verb.
#[derive(Clone, Copy, Debug)]
pub struct ActVerb {
    /// What kind of act it names.
    pub act: Act,
    /// Of law and office: nobody tells a cook or a driver to "enact" or "allocate".
    pub is_office: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    act: Vec<Row>,
    means: Nouns,
    vague: Nouns,
    public: Nouns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    kind: Act,
    #[serde(default)]
    office: bool,
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    forms: Vec<String>,
}

/// Reads the table.
pub(super) fn read(builder: &mut Builder) -> Result<Table<ActVerb>, LexiconError> {
    let File { act, means, vague, public } = builder.parse(NAME, include_str!("en/acts.toml"))?;
    let mut acts = Table::new(NAME, Tags::ACT);
    for Row { kind, office, forms } in act {
        for form in &forms {
            let is_done = matches!(kind, Act::Found | Act::Alter | Act::Provide);
            let head = form.split(' ').next().unwrap_or(form);
            let more = if is_done && head.ends_with("ing") { Tags::SCHEDULED } else { 0 };
            acts.add_tagged(builder, form, ActVerb { act: kind, is_office: office }, more)?;
        }
    }
    // "is to open"
    for be in ["is", "are"] {
        builder.word(NAME, be, Tags::SCHEDULED)?;
    }
    for (nouns, tag) in [(means, Tags::MEANS), (vague, Tags::VAGUE), (public, Tags::PUBLIC)] {
        for form in &nouns.forms {
            builder.word(NAME, form, tag)?;
        }
    }
    Ok(acts.done())
}
