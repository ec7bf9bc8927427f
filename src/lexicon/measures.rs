//! `comparators.toml`, `changes.toml`, `hedges.toml`: what is said of a quantity beside its value.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::reporting::{Form, forms};
use super::{Builder, LexiconError, Table, Tags};
use crate::fact::{Comparator, Decimal, Direction};

/// What is said of a quantity beside its value.
#[derive(Debug)]
pub struct Measures {
    /// "more than", before the number.
    pub before: Table<Comparator>,
    /// "or more", behind it.
    pub after: Table<Comparator>,
    /// Words of change.
    pub changes: Table<Change>,
    /// "I think", "reportedly".
    pub hedges: Table<()>,
}

/// What a word of change may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Change {
    /// Which way; `None` is open.
    pub direction: Option<Direction>,
    /// As a verb, in which form.
    pub verb: Option<Form>,
    /// A verb that acts on a thing: "cut 350 jobs".
    pub takes_object: bool,
    /// A change only beside percent, points or money.
    pub is_weak: bool,
    /// By how many times it changes: two of "doubled", a half of "halved".
    pub times: Option<Decimal>,
    /// As a noun: "a rise".
    pub is_noun: bool,
    /// As an adjective: "higher", "up".
    pub is_adjective: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Comparators {
    before: BTreeMap<String, Vec<String>>,
    after: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    verb: Vec<Row>,
    noun: Vec<Row>,
    adjective: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    direction: String,
    strength: Option<String>,
    #[serde(default)]
    object: bool,
    times: Option<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hedges {
    hedge: Vec<String>,
}

const COMPARATORS: &str = "comparators.toml";
const CHANGES: &str = "changes.toml";
const HEDGES: &str = "hedges.toml";

/// Reads the three tables.
pub(super) fn read(builder: &mut Builder) -> Result<Measures, LexiconError> {
    let file: Comparators = builder.parse(COMPARATORS, include_str!("en/comparators.toml"))?;
    let before = comparators(builder, file.before, Tags::COMPARATOR)?;
    let after = comparators(builder, file.after, Tags::COMPARATOR_AFTER)?;
    let changes = changes(builder)?;
    let file: Hedges = builder.parse(HEDGES, include_str!("en/hedges.toml"))?;
    let mut hedges = Table::new(HEDGES, Tags::HEDGE);
    for form in file.hedge {
        hedges.add(builder, &form, ())?;
    }
    Ok(Measures { before, after, changes, hedges: hedges.done() })
}

fn comparators(
    builder: &mut Builder,
    groups: BTreeMap<String, Vec<String>>,
    tag: u64,
) -> Result<Table<Comparator>, LexiconError> {
    let mut table = Table::new(COMPARATORS, tag);
    for (name, words) in groups {
        let comparator = match name.as_str() {
            "equal" => Comparator::Equal,
            "about" => Comparator::About,
            "more_than" => Comparator::MoreThan,
            "at_least" => Comparator::AtLeast,
            "less_than" => Comparator::LessThan,
            "at_most" => Comparator::AtMost,
            _ => {
                return Err(LexiconError::Form {
                    table: COMPARATORS,
                    form: name,
                    reason: "is no comparator",
                });
            }
        };
        for word in words {
            table.add(builder, &word, comparator)?;
        }
    }
    Ok(table.done())
}

fn changes(builder: &mut Builder) -> Result<Table<Change>, LexiconError> {
    let file: Changes = builder.parse(CHANGES, include_str!("en/changes.toml"))?;
    let wrong =
        |form: &str, reason| LexiconError::Form { table: CHANGES, form: form.to_owned(), reason };
    let mut entries: BTreeMap<String, Change> = BTreeMap::new();
    for row in &file.verb {
        let direction =
            direction(&row.direction).map_err(|reason| wrong(&row.direction, reason))?;
        let is_weak = match row.strength.as_deref() {
            None => false,
            Some("weak") => true,
            Some(other) => return Err(wrong(other, "is no strength")),
        };
        let times = match row.times.as_deref() {
            None => None,
            Some(said) => Some(Decimal::parse(said).ok_or_else(|| wrong(said, "is no number"))?),
        };
        for verb in &row.words {
            let forms = forms(verb).ok_or_else(|| wrong(verb, "has neither one form nor five"))?;
            for (word, form) in forms {
                let change = entries.entry(word.to_lowercase()).or_default();
                if change.verb.is_some() {
                    return Err(wrong(&word, "is listed twice"));
                }
                *change = Change {
                    direction,
                    verb: Some(form),
                    takes_object: row.object,
                    is_weak,
                    times,
                    ..Change::default()
                };
            }
        }
    }
    for (rows, is_noun) in [(&file.noun, true), (&file.adjective, false)] {
        for row in rows {
            let direction =
                direction(&row.direction).map_err(|reason| wrong(&row.direction, reason))?;
            for word in &row.words {
                let change = entries.entry(word.to_lowercase()).or_default();
                change.direction = direction;
                change.is_noun |= is_noun;
                change.is_adjective |= !is_noun;
            }
        }
    }
    let mut table = Table::new(CHANGES, Tags::CHANGE);
    for (word, change) in entries {
        let more = if change.times.is_some() { Tags::MULTIPLE } else { 0 };
        table.add_tagged(builder, &word, change, more)?;
    }
    Ok(table.done())
}

fn direction(name: &str) -> Result<Option<Direction>, &'static str> {
    Ok(match name {
        "up" => Some(Direction::Up),
        "down" => Some(Direction::Down),
        "same" => Some(Direction::Unchanged),
        "" => None,
        _ => return Err("is no direction"),
    })
}
