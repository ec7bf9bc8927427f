//! `numbers.toml`: number words.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Builder, LexiconError, Table, Tags};

const NAME: &str = "numbers.toml";

/// The number words of a language.
#[derive(Debug)]
pub struct Numbers {
    /// "seven", "forty".
    pub cardinal: Table<u32>,
    /// "seventh".
    pub ordinal: Table<u32>,
    /// "million": the power of ten.
    pub scale: Table<u32>,
    /// "k": the power of ten, only joined to digits.
    pub joined_scale: Table<u32>,
    /// "thirds": what a fraction divides by.
    pub denominator: Table<u32>,
    /// "millionth", "millionths": a scale as an ordinal or as parts.
    pub scale_part: Table<ScalePart>,
    /// "dozen".
    pub group: Table<u32>,
    /// "threefold".
    pub multiple: Table<u32>,
    /// Names that begin with a number word: "Five Guys".
    pub name: Table<()>,
}

/// A scale as an ordinal or as parts of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScalePart {
    /// The power of ten.
    pub exponent: i32,
    /// "millionths".
    pub is_plural: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cardinal: BTreeMap<String, u32>,
    ordinal: BTreeMap<String, u32>,
    scale: BTreeMap<String, u32>,
    joined_scale: BTreeMap<String, u32>,
    denominator: BTreeMap<String, u32>,
    scale_part: BTreeMap<String, i32>,
    group: BTreeMap<String, u32>,
    multiple: BTreeMap<String, u32>,
    name: Vec<String>,
}

/// Reads the table.
pub(super) fn read(builder: &mut Builder) -> Result<Numbers, LexiconError> {
    let File {
        cardinal,
        ordinal,
        scale,
        joined_scale,
        denominator,
        scale_part,
        group,
        multiple,
        name,
    } = builder.parse(NAME, include_str!("en/numbers.toml"))?;
    let mut parts = Table::new(NAME, Tags::FRACTION);
    for (word, exponent) in scale_part {
        for (form, is_plural) in [(word.clone(), false), (format!("{word}s"), true)] {
            parts.add_tagged(builder, &form, ScalePart { exponent, is_plural }, Tags::ORDINAL)?;
        }
    }
    let mut names = Table::new(NAME, Tags::NUMBER);
    for name in name {
        names.add(builder, &name, ())?;
    }
    let mut table = |words: BTreeMap<String, u32>, tag| {
        let mut table = Table::new(NAME, tag);
        for (word, value) in words {
            table.add(builder, &word, value)?;
        }
        Ok::<_, LexiconError>(table.done())
    };
    Ok(Numbers {
        cardinal: table(cardinal, Tags::NUMBER)?,
        ordinal: table(ordinal, Tags::ORDINAL)?,
        scale: table(scale, Tags::SCALE)?,
        joined_scale: table(joined_scale, Tags::JOINED_SCALE)?,
        denominator: table(denominator, Tags::FRACTION)?,
        scale_part: parts.done(),
        group: table(group, Tags::GROUP)?,
        multiple: table(multiple, Tags::MULTIPLE)?,
        name: names.done(),
    })
}
