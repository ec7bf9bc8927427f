//! `units/*.toml`: units of measure, with their UCUM codes.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Builder, LexiconError, Table, Tags};

const NAME: &str = "units";

/// The units by kind.
const FILES: &[(&str, &str)] = &[
    ("units/shares.toml", include_str!("en/units/shares.toml")),
    ("units/sizes.toml", include_str!("en/units/sizes.toml")),
    ("units/masses.toml", include_str!("en/units/masses.toml")),
    ("units/energies.toml", include_str!("en/units/energies.toml")),
    ("units/data.toml", include_str!("en/units/data.toml")),
    ("units/times.toml", include_str!("en/units/times.toml")),
    ("units/rare.toml", include_str!("en/units/rare.toml")),
];

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Singular English name.
    pub name: &'static str,
    /// UCUM code; `None` where UCUM has none.
    pub code: Option<&'static str>,
    /// What it measures.
    pub kind: UnitKind,
    /// What it is counted per: "mph" is miles per hour.
    pub per: Option<&'static str>,
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitKind {
    /// Length, mass, energy and the like.
    #[default]
    Measure,
    /// Hundredths.
    Percent,
    /// Percentage points.
    Point,
    /// Degrees.
    Temperature,
    /// Lengths of time.
    Duration,
    /// Points of an index.
    Index,
    /// Age.
    Age,
}

/// The units of the form of a token: which one may hang on its case.
#[derive(Clone, Debug, Default)]
pub struct UnitForm {
    /// Written in any case.
    any: Option<u16>,
    /// Written exactly so.
    exact: Vec<(Box<str>, u16)>,
}

/// Units of measure.
#[derive(Debug)]
pub struct Units {
    units: Vec<Unit>,
    forms: Table<UnitForm>,
    names: BTreeMap<&'static str, u16>,
}

impl Units {
    /// The unit whose form begins at the head of `tokens`, and its length in tokens.
    pub fn at(&self, content: &str, tokens: &[crate::token::Token]) -> Option<(&Unit, usize)> {
        let found = self.forms.at(tokens)?;
        let form = found.value;
        let span = tokens.first()?.span.join(tokens.get(found.len - 1)?.span);
        let text = span.of(content);
        let exact = form.exact.iter().find(|(symbol, _)| **symbol == *text).map(|(_, unit)| *unit);
        // One unit alone may be written in another case ("KM", "Ghz"), but not a single letter.
        let unit = exact.or(form.any).or(match form.exact.as_slice() {
            [(symbol, unit)] if symbol.chars().count() > 1 => Some(*unit),
            _ => None,
        })?;
        Some((self.units.get(usize::from(unit))?, found.len))
    }

    /// The unit of a name.
    pub fn named(&self, name: &str) -> Option<&Unit> {
        self.units.get(usize::from(*self.names.get(name)?))
    }

    /// Every unit.
    pub fn all(&self) -> &[Unit] {
        &self.units
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    unit: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    code: String,
    #[serde(default)]
    kind: UnitKind,
    per: Option<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    symbols: Vec<String>,
    #[serde(default)]
    prefixes: Vec<String>,
}

/// Reads the table.
pub(super) fn read(builder: &mut Builder) -> Result<Units, LexiconError> {
    let mut listed = Vec::new();
    for (name, source) in FILES {
        listed.extend(builder.parse::<File>(name, source)?.unit);
    }
    let mut units =
        Units { units: Vec::new(), forms: Table::new(NAME, Tags::UNIT), names: BTreeMap::new() };
    let mut forms: BTreeMap<String, UnitForm> = BTreeMap::new();
    for row in listed {
        let mut rows = Vec::new();
        for prefix in &row.prefixes {
            rows.push(prefixed(&row, prefix)?);
        }
        rows.push(row);
        for row in rows {
            let number = units.units.len() as u16;
            let wrong = |form: &str| LexiconError::Form {
                table: NAME,
                form: form.to_owned(),
                reason: "is listed twice",
            };
            for word in &row.words {
                let form = forms.entry(word.to_lowercase()).or_default();
                if form.any.replace(number).is_some() {
                    return Err(wrong(word));
                }
            }
            for symbol in row.symbols {
                let form = forms.entry(symbol.to_lowercase()).or_default();
                if form.exact.iter().any(|(known, _)| **known == *symbol) {
                    return Err(wrong(&symbol));
                }
                form.exact.push((symbol.into(), number));
            }
            let name: &'static str = leak(row.name);
            let code = if row.code.is_empty() { None } else { Some(leak(row.code)) };
            units.names.entry(name).or_insert(number);
            units.units.push(Unit { name, code, kind: row.kind, per: row.per.map(leak) });
        }
    }
    for (form, value) in forms {
        units.forms.add(builder, &form, value)?;
    }
    units.forms = units.forms.done();
    Ok(units)
}

/// The tables live as long as the program: their names are handed out.
fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// A row with a prefix before each form: "kilo" makes "kilometre" and "km" of "metre" and "m".
fn prefixed(row: &Row, prefix: &str) -> Result<Row, LexiconError> {
    let Some((_, sign, code)) = PREFIXES.iter().find(|(name, ..)| *name == prefix) else {
        return Err(LexiconError::Form {
            table: NAME,
            form: prefix.to_owned(),
            reason: "is no prefix",
        });
    };
    let symbols =
        row.symbols.iter().flat_map(|symbol| sign.iter().map(move |s| format!("{s}{symbol}")));
    Ok(Row {
        name: format!("{prefix}{}", row.name),
        code: format!("{code}{}", row.code),
        kind: row.kind,
        per: row.per.clone(),
        words: row.words.iter().map(|word| format!("{prefix}{word}")).collect(),
        symbols: symbols.collect(),
        prefixes: Vec::new(),
    })
}

/// SI prefixes: name, signs as written, UCUM code (UCUM §27).
const PREFIXES: &[(&str, &[&str], &str)] = &[
    ("exa", &["E"], "E"),
    ("peta", &["P"], "P"),
    ("tera", &["T"], "T"),
    ("giga", &["G"], "G"),
    ("mega", &["M"], "M"),
    ("kilo", &["k"], "k"),
    ("hecto", &["h"], "h"),
    ("deci", &["d"], "d"),
    ("centi", &["c"], "c"),
    ("milli", &["m"], "m"),
    ("micro", &["μ", "µ"], "u"),
    ("nano", &["n"], "n"),
    ("pico", &["p"], "p"),
];

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn every_code_is_ucum() {
        let mut wrong = Vec::new();
        for unit in Lexicon::english().units.all() {
            if let Some(code) = unit.code
                && let Err(error) = octofhir_ucum::validate(code)
            {
                wrong.push(format!("{} {code}: {error:?}", unit.name));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
