//! `signs.toml`: how much each sign of a commitment weighs.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Builder, LexiconError};
use crate::fact::{Sign, Signs};

const NAME: &str = "signs.toml";

/// A linear model: the sum of the weights of the signs that hold, in log odds.
#[derive(Debug)]
pub struct Weights {
    floor: f32,
    bias: f32,
    weights: [f32; 128],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    floor: f32,
    bias: f32,
    weight: BTreeMap<String, f32>,
}

impl Weights {
    /// What is less likely than this is no fact.
    pub fn floor(&self) -> f32 {
        self.floor
    }

    /// How likely something with these signs is a commitment, 0 to 1, in hundredths.
    pub fn likelihood(&self, signs: Signs) -> f32 {
        let odds = self.bias + signs.iter().map(|sign| self.of(sign)).sum::<f32>();
        // Hundredths: the last bits of an exponential differ between machines.
        (100.0 / (1.0 + (-odds).exp())).round() / 100.0
    }

    /// What a sign adds to the log odds.
    pub fn of(&self, sign: Sign) -> f32 {
        self.weights.get(sign as usize).copied().unwrap_or_default()
    }

    /// The signs that weigh most in either direction, heaviest first.
    pub fn strongest(&self, signs: Signs) -> impl Iterator<Item = (&'static str, f32)> {
        let mut all: Vec<(&'static str, f32)> = Sign::ALL
            .iter()
            .filter(|(sign, _)| signs.has(*sign))
            .map(|(sign, name)| (*name, self.of(*sign)))
            .collect();
        all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        all.into_iter().take(STRONGEST)
    }
}

/// Signs that an explanation names.
const STRONGEST: usize = 5;

/// Reads the table: every sign has a weight, and nothing else has.
pub(super) fn read(builder: &Builder) -> Result<Weights, LexiconError> {
    let File { floor, bias, mut weight } = builder.parse(NAME, include_str!("en/signs.toml"))?;
    let wrong =
        |form: &str, reason| LexiconError::Form { table: NAME, form: form.to_owned(), reason };
    let mut weights = [0.0; 128];
    for (sign, name) in Sign::ALL {
        weights[*sign as usize] =
            weight.remove(*name).ok_or_else(|| wrong(name, "has no weight"))?;
    }
    match weight.first_key_value() {
        Some((name, _)) => Err(wrong(name, "is no sign")),
        None => Ok(Weights { floor, bias, weights }),
    }
}
