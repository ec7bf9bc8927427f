//! `reporting.toml`: words that report what somebody says.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Builder, LexiconError, Table, Tags};

const NAME: &str = "reporting.toml";

/// What a reporting word is and what may stand behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Reporting {
    /// Bits of [`Takes`]; none for a noun that is no verb.
    pub takes: u16,
    /// The form of the verb, or what it is instead.
    pub form: Form,
    /// Whether it is also a noun: "claims", "report".
    pub is_noun: bool,
}

impl Reporting {
    /// Whether it takes one of `bits`.
    pub fn takes(&self, bits: u16) -> bool {
        self.takes & bits != 0
    }
}

/// The form of a reporting word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Form {
    /// "say"
    Base,
    /// "says"
    Third,
    /// "said": past, and participle where both are one.
    Past,
    /// "written"
    Participle,
    /// "saying"
    Ing,
    /// "according to": stands before its source.
    Source,
    /// "allegation": a noun alone.
    #[default]
    Noun,
}

/// What may stand behind a reporting word.
#[derive(Debug)]
pub struct Takes;

impl Takes {
    /// A clause with or without "that".
    pub const CLAUSE: u16 = 1;
    /// An infinitive: "promised to help".
    pub const TO: u16 = 1 << 1;
    /// A thing: "criticised the plan".
    pub const OBJECT: u16 = 1 << 2;
    /// A person and an infinitive: "urged donors to".
    pub const PERSON: u16 = 1 << 3;
    /// A person and a charge: "accused him of".
    pub const OF: u16 = 1 << 4;
    /// A thing and its value: "put it at 61".
    pub const AT: u16 = 1 << 5;
    /// Words in quotation marks.
    pub const QUOTE: u16 = 1 << 6;
    /// The hearer before what is said: "told reporters".
    pub const HEARER: u16 = 1 << 7;
    /// Reports only beside quotation marks, or with "that".
    pub const WEAK: u16 = 1 << 8;
    /// A belief or wish: nothing has been said aloud.
    pub const MIND: u16 = 1 << 9;
    /// A clause with "that" only.
    pub const THAT: u16 = 1 << 10;

    fn named(name: &str) -> Option<u16> {
        Some(match name {
            "clause" => Self::CLAUSE,
            "to" => Self::TO,
            "object" => Self::OBJECT,
            "person" => Self::PERSON,
            "of" => Self::OF,
            "at" => Self::AT,
            "quote" => Self::QUOTE,
            "hearer" => Self::HEARER,
            "weak" => Self::WEAK,
            "mind" => Self::MIND,
            "that" => Self::THAT,
            _ => return None,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    verbs: Vec<Verbs>,
    phrases: Vec<Words>,
    nouns: Vec<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    takes: Vec<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

/// Reads the table.
pub(super) fn read(builder: &mut Builder) -> Result<Table<Reporting>, LexiconError> {
    let file: File = builder.parse(NAME, include_str!("en/reporting.toml"))?;
    let wrong =
        |form: &str, reason| LexiconError::Form { table: NAME, form: form.to_owned(), reason };
    // A verb may stand in several groups, and be a noun as well: its entries are one.
    let mut entries: BTreeMap<String, Reporting> = BTreeMap::new();
    for group in &file.verbs {
        let mut takes = 0;
        for name in &group.takes {
            takes |=
                Takes::named(name).ok_or_else(|| wrong(name, "is nothing that a verb takes"))?;
        }
        for verb in &group.words {
            let forms = forms(verb).ok_or_else(|| wrong(verb, "has neither one form nor five"))?;
            for (word, form) in forms {
                let entry =
                    entries.entry(word).or_insert(Reporting { takes: 0, form, is_noun: false });
                entry.takes |= takes;
            }
        }
    }
    for word in file.phrases.iter().flat_map(|group| &group.words) {
        let old = entries
            .insert(word.clone(), Reporting { takes: 0, form: Form::Source, is_noun: false });
        if old.is_some() {
            return Err(wrong(word, "is listed twice"));
        }
    }
    for noun in file.nouns.iter().flat_map(|group| &group.words) {
        for word in [noun.clone(), third(noun)] {
            entries.entry(word).or_default().is_noun = true;
        }
    }
    let mut table = Table::new(NAME, Tags::REPORTING);
    for (word, entry) in entries {
        table.add(builder, &word, entry)?;
    }
    Ok(table.done())
}

/// The forms of a verb: written out ("say / says / said / said / saying") or made from its base form.
pub(super) fn forms(verb: &str) -> Option<Vec<(String, Form)>> {
    let written: Vec<&str> = verb.split('/').map(str::trim).collect();
    let all = match written.as_slice() {
        [base] => {
            let (head, rest) = base.split_at(base.find(' ').unwrap_or(base.len()));
            [(*head).to_owned(), third(head), past(head), past(head), ing(head)]
                .map(|form| form + rest)
        }
        [base, third, past, participle, ing] => {
            [base, third, past, participle, ing].map(|form| (*form).to_owned())
        }
        _ => return None,
    };
    let kinds = [Form::Base, Form::Third, Form::Past, Form::Participle, Form::Ing];
    let mut out: Vec<(String, Form)> = Vec::new();
    // The past comes first where one word is two forms: "put", "said".
    for at in [2, 1, 4, 0, 3] {
        if !out.iter().any(|(word, _)| *word == all[at]) {
            out.push((all[at].clone(), kinds[at]));
        }
    }
    Some(out)
}

/// "claims", "stresses", "replies".
fn third(base: &str) -> String {
    match stem_in_y(base) {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "z", "ch", "sh"].iter().any(|end| base.ends_with(end)) => {
            format!("{base}es")
        }
        None => format!("{base}s"),
    }
}

/// "claimed", "argued", "replied".
fn past(base: &str) -> String {
    match stem_in_y(base) {
        Some(stem) => format!("{stem}ied"),
        None if base.ends_with('e') => format!("{base}d"),
        None => format!("{base}ed"),
    }
}

/// "claiming", "arguing", "agreeing".
fn ing(base: &str) -> String {
    match base.strip_suffix('e') {
        Some(stem) if !stem.ends_with('e') => format!("{stem}ing"),
        _ => format!("{base}ing"),
    }
}

fn stem_in_y(base: &str) -> Option<&str> {
    base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::{Form, forms};

    #[test]
    fn regular_forms() {
        let words = |verb| -> Vec<String> {
            forms(verb).unwrap_or_default().into_iter().map(|(word, _)| word).collect()
        };
        assert_eq!(words("reply"), ["replied", "replies", "replying", "reply"]);
        assert_eq!(words("agree"), ["agreed", "agrees", "agreeing", "agree"]);
        assert_eq!(words("point out"), ["pointed out", "points out", "pointing out", "point out"]);
        assert_eq!(words("stress"), ["stressed", "stresses", "stressing", "stress"]);
        let put = forms("put / puts / put / put / putting").unwrap_or_default();
        assert_eq!(put.first(), Some(&("put".to_owned(), Form::Past)));
        assert!(forms("say / said").is_none());
    }
}
