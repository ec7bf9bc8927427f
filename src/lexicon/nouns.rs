//! `nouns.toml`: irregular plurals, and the rule for the rest.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Builder, LexiconError, Table, Tags};
use crate::token::Token;

const NAME: &str = "nouns.toml";

/// Plurals.
#[derive(Debug)]
pub struct Nouns {
    irregular: Table<&'static str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    irregular: BTreeMap<String, String>,
}

impl Nouns {
    /// Whether a word is written like a plural.
    pub fn is_plural(&self, content: &str, token: &Token) -> bool {
        if !token.is_word() {
            return false;
        }
        if token.is(Tags::PLURAL) {
            return true;
        }
        let text = token.text(content);
        text.len() > 3
            && (text.ends_with('s') || text.ends_with('S'))
            && !["ss", "us", "is", "'s", "’s"].iter().any(|end| text.ends_with(end))
    }

    /// The singular of a plural; another word as it is.
    pub fn singular(&self, content: &str, token: &Token) -> String {
        let mut name = String::new();
        self.push_singular(content, token, &mut name);
        name
    }

    /// Appends the [`singular`](Self::singular) to a name.
    pub fn push_singular(&self, content: &str, token: &Token, name: &mut String) {
        if let Some(&singular) = self.irregular.of(token) {
            return name.push_str(singular);
        }
        let text = token.text(content);
        if !self.is_plural(content, token) {
            return name.push_str(text);
        }
        if let Some(stem) = text.strip_suffix("ies").filter(|stem| stem.len() > 1) {
            name.push_str(stem);
            return name.push('y');
        }
        let sibilant = ["ches", "shes", "xes", "sses", "zzes", "oes"];
        if sibilant.iter().any(|end| text.ends_with(end)) {
            return name.push_str(text.strip_suffix("es").unwrap_or(text));
        }
        name.push_str(text.strip_suffix(['s', 'S']).unwrap_or(text));
    }
}

/// Reads the table.
pub(super) fn read(builder: &mut Builder) -> Result<Nouns, LexiconError> {
    let file: File = builder.parse(NAME, include_str!("en/nouns.toml"))?;
    let mut irregular = Table::new(NAME, Tags::PLURAL);
    for (plural, singular) in file.irregular {
        let singular: &'static str = Box::leak(singular.into_boxed_str());
        irregular.add(builder, &plural, singular)?;
    }
    Ok(Nouns { irregular: irregular.done() })
}
