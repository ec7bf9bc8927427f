//! `words.toml`: plain lists of words, each a class.

use super::{Builder, LexiconError, Tags};
use std::collections::BTreeMap;

const NAME: &str = "words.toml";

/// Adds the words of every class.
pub(super) fn read(builder: &mut Builder) -> Result<(), LexiconError> {
    let classes: BTreeMap<String, Vec<String>> =
        builder.parse(NAME, include_str!("en/words.toml"))?;
    for (class, words) in classes {
        let Some((_, tag)) = CLASSES.iter().find(|(name, _)| *name == class) else {
            return Err(LexiconError::Form { table: NAME, form: class, reason: "is no class" });
        };
        for word in words {
            builder.word(NAME, &word, *tag)?;
        }
    }
    Ok(())
}

const CLASSES: &[(&str, u64)] = &[
    ("determiner", Tags::DETERMINER),
    ("preposition", Tags::PREPOSITION),
    ("conjunction", Tags::CONJUNCTION),
    ("and", Tags::AND),
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
    ("starter", Tags::STARTER),
];
