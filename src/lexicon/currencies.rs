//! `currencies.toml` and `currencies_open.toml`: money in every written form.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Builder, LexiconError, Table, Tags};
use crate::document::Region;

const NAME: &str = "currencies.toml";
const OPEN: &str = "currencies_open.toml";

/// What a sign or word of money stands for.
#[derive(Clone, Debug, Default)]
pub struct Currency {
    /// ISO 4217, where one is meant whatever the region; the default of an open sign.
    pub code: Option<&'static str>,
    /// Name of an open sign or word: "dollar".
    pub name: Option<&'static str>,
    /// What an open one may stand for, likeliest first.
    pub candidates: &'static [&'static str],
    /// What it stands for by region.
    regions: Vec<([u8; 2], &'static str)>,
    /// A region that is not listed decides for the default.
    others_decide: bool,
    /// Hundredths of a currency.
    pub is_part: bool,
    /// Also a mass: "pounds".
    pub is_mass: bool,
    /// The power of ten that the form itself says: six of "MEUR", three of "grand".
    pub scale: u32,
    /// Said only in upper case: "MAD", "TRY".
    pub is_upper: bool,
}

impl Currency {
    /// One that its code names whatever the region.
    pub fn plain(code: &'static str) -> Self {
        Self { code: Some(code), ..Self::default() }
    }

    /// The code and the candidates left, in a region.
    pub fn of_region(
        &self,
        region: Option<Region>,
    ) -> (Option<&'static str>, &'static [&'static str]) {
        let Some(region) = region else { return (self.code, self.candidates) };
        let listed = self.regions.iter().find(|(code, _)| region.code().as_bytes() == code);
        match listed {
            Some((_, code)) => (Some(code), &[]),
            None if self.others_decide => (self.code, &[]),
            None => (self.code, self.candidates),
        }
    }
}

/// Money.
#[derive(Debug)]
pub struct Currencies {
    /// Signs and codes before a number.
    pub before: Table<Currency>,
    /// Signs, codes and words behind a number.
    pub after: Table<Currency>,
    /// Signs joined to the number: "4p".
    pub joined: Table<Currency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    currency: Vec<Plain>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenFile {
    open: Vec<Open>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    code: String,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    upper: Vec<String>,
    #[serde(default)]
    millions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Open {
    name: String,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    joined: Vec<String>,
    default: Option<String>,
    candidates: Vec<String>,
    regions: BTreeMap<String, String>,
    #[serde(default)]
    others_decide: bool,
    #[serde(default)]
    is_part: bool,
    #[serde(default)]
    is_mass: bool,
    #[serde(default)]
    scale: u32,
}

/// Reads the table.
pub(super) fn read(builder: &mut Builder) -> Result<Currencies, LexiconError> {
    let plain: File = builder.parse(NAME, include_str!("en/currencies.toml"))?;
    let open: OpenFile = builder.parse(OPEN, include_str!("en/currencies_open.toml"))?;
    let mut out = Currencies {
        before: Table::new(NAME, Tags::CURRENCY),
        after: Table::new(NAME, Tags::MONEY),
        joined: Table::new(NAME, Tags::MONEY),
    };
    for Plain { code, before, after, upper, millions } in plain.currency {
        let currency = Currency::plain(leak(code));
        add(builder, &mut out, &currency, [&before, &after, &[]])?;
        let in_upper = Currency { is_upper: true, ..currency.clone() };
        add(builder, &mut out, &in_upper, [&upper, &upper, &[]])?;
        let currency = Currency { scale: 6, ..currency };
        add(builder, &mut out, &currency, [&millions, &millions, &[]])?;
    }
    for open in open.open {
        let mut regions = Vec::new();
        for (region, code) in open.regions {
            let code: &'static str = leak(code);
            match region.as_bytes() {
                &[a, b] => regions.push(([a, b], code)),
                _ => {
                    return Err(LexiconError::Form {
                        table: NAME,
                        form: region,
                        reason: "is no region",
                    });
                }
            }
        }
        let candidates: Vec<&'static str> = open.candidates.into_iter().map(leak).collect();
        let currency = Currency {
            code: open.default.map(leak),
            name: Some(leak(open.name)),
            candidates: Box::leak(candidates.into_boxed_slice()),
            regions,
            others_decide: open.others_decide,
            is_part: open.is_part,
            is_mass: open.is_mass,
            scale: open.scale,
            is_upper: false,
        };
        add(builder, &mut out, &currency, [&open.before, &open.after, &open.joined])?;
    }
    Ok(Currencies { before: out.before.done(), after: out.after.done(), joined: out.joined.done() })
}

fn add(
    builder: &mut Builder,
    out: &mut Currencies,
    currency: &Currency,
    [before, after, joined]: [&[String]; 3],
) -> Result<(), LexiconError> {
    for form in before {
        out.before.add(builder, form, currency.clone())?;
    }
    for form in after {
        out.after.add(builder, form, currency.clone())?;
    }
    for form in joined {
        out.joined.add(builder, form, currency.clone())?;
    }
    Ok(())
}

/// The tables live as long as the program: their names are handed out.
fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}
