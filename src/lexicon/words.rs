//! `words.toml` and `sentences.toml`: plain lists of words, each a class. `labels.toml`: what is not of the article.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Builder, LexiconError, Table, Tags};

/// Adds the words of every class.
pub(super) fn read(builder: &mut Builder) -> Result<(), LexiconError> {
    for (name, source) in SOURCES {
        let classes: BTreeMap<String, Vec<String>> = builder.parse(name, source)?;
        for (class, words) in classes {
            let Some((_, tag)) = CLASSES.iter().find(|(name, _)| *name == class) else {
                return Err(LexiconError::Form { table: name, form: class, reason: "is no class" });
            };
            for word in words {
                builder.word(name, &word, *tag)?;
            }
        }
    }
    Ok(())
}

/// Reads the labels that stand around articles.
pub(super) fn labels(builder: &mut Builder) -> Result<Table<()>, LexiconError> {
    let file: Labels = builder.parse(LABELS, include_str!("en/labels.toml"))?;
    let mut labels = Table::new(LABELS, Tags::LABEL);
    for form in &file.label {
        labels.add(builder, form, ())?;
    }
    Ok(labels.done())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    label: Vec<String>,
}

const LABELS: &str = "labels.toml";

const SOURCES: [(&str, &str); 2] = [
    ("words.toml", include_str!("en/words.toml")),
    ("sentences.toml", include_str!("en/sentences.toml")),
];

const CLASSES: &[(&str, u64)] = &[
    ("determiner", Tags::DETERMINER),
    ("preposition", Tags::PREPOSITION),
    ("conjunction", Tags::CONJUNCTION),
    ("and", Tags::AND),
    ("agentive", Tags::AGENTIVE),
    ("opinion", Tags::OPINION),
    ("stative", Tags::STATIVE),
    ("auxiliary", Tags::AUXILIARY),
    ("relative", Tags::RELATIVE),
    ("question", Tags::QUESTION),
    ("pronoun", Tags::PRONOUN),
    ("first_person", Tags::FIRST_PERSON),
    ("negation", Tags::NEGATION),
    ("modal", Tags::MODAL),
    ("condition", Tags::CONDITION),
    ("adverb", Tags::ADVERB),
    ("past_verb", Tags::PAST_VERB),
    ("verb", Tags::VERB),
    ("abbreviation", Tags::ABBREVIATION),
    ("abbreviation_may_end", Tags::ABBREVIATION_MAY_END),
    ("abbreviation_with_capital", Tags::ABBREVIATION_WITH_CAPITAL),
    ("abbreviation_before_number", Tags::ABBREVIATION_BEFORE_NUMBER),
    ("lettered", Tags::LETTERED),
    ("starter", Tags::STARTER),
    ("zone", Tags::ZONE),
    ("number_label", Tags::NUMBER_LABEL),
    ("measuring", Tags::MEASURING),
];
