//! `tenses.toml`: what verbs say of when their clause is.

use std::collections::BTreeMap;

use super::{Builder, LexiconError};
use crate::token::Token;

const NAME: &str = "tenses.toml";

/// What single words say of when their clause is, by the number of the word: most words say nothing, and one look tells.
#[derive(Debug)]
pub struct Tenses(Box<[u16]>);

impl Tenses {
    /// Bits of [`Tense`]; 0 for a word that says nothing.
    #[inline]
    pub fn of(&self, token: &Token) -> u16 {
        self.0.get(usize::from(token.word)).copied().unwrap_or(0)
    }
}

/// What a word says of when its clause is; the lists of `tenses.toml` by the same names.
#[derive(Debug)]
pub struct Tense;

impl Tense {
    /// A modal of what is to come: "will".
    pub const MODAL: u16 = 1;
    /// Puts its clause into the future: "plans".
    pub const FUTURE: u16 = 1 << 1;
    /// Does so behind "is" and "are": "likely".
    pub const LIKELY: u16 = 1 << 2;
    /// Puts what "to" leads in into the future: "expected to join".
    pub const PROSPECTIVE: u16 = 1 << 3;
    /// Stands so before a time as well: "due on Friday".
    pub const PLANNED: u16 = 1 << 4;
    /// A noun of what is to come, before "for": "outlook".
    pub const OUTLOOK: u16 = 1 << 5;
    /// "is" and "are".
    pub const PRESENT: u16 = 1 << 6;
    /// In the past: "was".
    pub const PAST: u16 = 1 << 7;
    /// A past form that is a noun as well: "cut".
    pub const NOUN: u16 = 1 << 8;
    /// Behind "is", tells of what is arranged: "held".
    pub const HELD: u16 = 1 << 9;
    /// A participle that is no past form: "taken".
    pub const PARTICIPLE: u16 = 1 << 10;
    /// In the present, tells of what is arranged: "opens".
    pub const ARRANGED: u16 = 1 << 11;
    /// Does so before some words: "takes place".
    pub const ARRANGING: u16 = 1 << 12;
}

const LISTS: [(&str, u16); 13] = [
    ("modal", Tense::MODAL),
    ("future", Tense::FUTURE),
    ("likely", Tense::LIKELY),
    ("prospective", Tense::PROSPECTIVE),
    ("planned", Tense::PLANNED),
    ("outlook", Tense::OUTLOOK),
    ("present", Tense::PRESENT),
    ("past", Tense::PAST),
    ("noun", Tense::NOUN),
    ("held", Tense::HELD),
    ("participle", Tense::PARTICIPLE),
    ("arranged", Tense::ARRANGED),
    ("arranging", Tense::ARRANGING),
];

/// Reads the table.
pub(super) fn read(builder: &mut Builder) -> Result<Tenses, LexiconError> {
    let file: BTreeMap<String, Vec<String>> =
        builder.parse(NAME, include_str!("en/tenses.toml"))?;
    let mut tenses = Vec::new();
    for (list, words) in file {
        let Some((_, tense)) = LISTS.iter().find(|(name, _)| *name == list) else {
            return Err(LexiconError::Form { table: NAME, form: list, reason: "is no list" });
        };
        for word in words {
            let number = usize::from(builder.word(NAME, &word, 0)?);
            tenses.resize(tenses.len().max(number + 1), 0);
            if tenses[number] & tense != 0 {
                return Err(LexiconError::Form {
                    table: NAME,
                    form: word,
                    reason: "is listed twice",
                });
            }
            tenses[number] |= tense;
        }
    }
    Ok(Tenses(tenses.into()))
}
