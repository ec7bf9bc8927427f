//! Runs the cases of `tests/corpus/<kind>/**/*.toml`: what is read from a text, and what must not be.
//!
//! A case gives `text` (or `texts`: one meaning, many forms), maybe `published` ("2024-03-15" or with "T12:00") and `region`, and
//! the list of `facts` (or of `statements`). The list is complete for the kind that the folder is named for; in the folder
//! `mixed`, for every kind. `[]` says that the text must be silent. Of each fact, the keys that are given are compared, all
//! as text; a key that is not known is an error. `fixme = "why"` marks a known miss: once it holds, the line must go.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dictum::document::{Budget, Document, Options, Region};
use dictum::engine::Engine;
use dictum::fact::{Amount, Fact, Kind, Report, Statement, TimeValue};
use dictum::span::Span;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: Option<String>,
    texts: Option<Vec<String>>,
    published: Option<String>,
    region: Option<String>,
    facts: Option<Vec<toml::Table>>,
    statements: Option<Vec<toml::Table>>,
    fixme: Option<String>,
}

#[test]
fn every_case_holds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let engine = Engine::english();
    let (mut cases, mut texts, mut failures) = (0, 0, String::new());
    for path in toml_files(&root) {
        let place = path.strip_prefix(&root).unwrap_or(&path).with_extension("");
        let folder =
            place.iter().next().and_then(|part| part.to_str()).unwrap_or_default().to_owned();
        if folder == "sentences" {
            continue; // read by tests/sentences.rs
        }
        let source = std::fs::read_to_string(&path).expect("a file just listed");
        let file: File = match toml::from_str(&source) {
            Ok(file) => file,
            Err(error) => {
                let _ = writeln!(failures, "{}: {error}", place.display());
                continue;
            }
        };
        let mut names = HashSet::new();
        for case in file.case {
            let name = format!("{}/{}", place.display(), case.name);
            if !names.insert(case.name.clone()) {
                let _ = writeln!(failures, "{name}: the name stands twice in the file");
            }
            cases += 1;
            let mut wrong = String::new();
            for text in case.text.iter().chain(case.texts.iter().flatten()) {
                texts += 1;
                if let Err(why) = check(&engine, &folder, &case, text) {
                    let _ = writeln!(wrong, "{name}: {text:?}\n{why}");
                }
            }
            match case.fixme {
                None => failures.push_str(&wrong),
                Some(_) if !wrong.is_empty() => {}
                Some(why) => {
                    let _ =
                        writeln!(failures, "{name}: holds now; delete its line fixme = {why:?}");
                }
            }
        }
    }
    eprintln!("{cases} cases, {texts} texts");
    assert!(failures.is_empty(), "\n{failures}");
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            out.extend(toml_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            out.push(path);
        }
    }
    out.sort();
    out
}

fn check(engine: &Engine, folder: &str, case: &Case, text: &str) -> Result<(), String> {
    let published = match &case.published {
        Some(time) if time.contains('T') => {
            Some(time.parse().map_err(|error| format!("  published: {error}"))?)
        }
        Some(date) => Some(
            format!("{date}T00:00:00").parse().map_err(|error| format!("  published: {error}"))?,
        ),
        None => None,
    };
    let region =
        case.region.as_deref().map(|code| Region::new(code).ok_or("  region: not two letters"));
    let document = Document { content: text, published, region: region.transpose()? };
    let report = engine.analyze(&document, &Options::default(), &Budget::unlimited());
    let mut why = String::new();
    let is_of_folder = |fact: &&Fact| folder == "mixed" || folder == kind(fact);
    if let Some(wanted) = &case.facts {
        let found: Vec<toml::Table> = report
            .facts
            .iter()
            .filter(is_of_folder)
            .map(|fact| fact_record(text, &report, fact))
            .collect();
        compare("facts", wanted, &found, &mut why);
    }
    if let Some(wanted) = &case.statements {
        let found: Vec<toml::Table> =
            report.statements.iter().map(|known| statement_record(text, &report, known)).collect();
        compare("statements", wanted, &found, &mut why);
    }
    if case.facts.is_none() && case.statements.is_none() {
        why.push_str("  neither facts nor statements are listed\n");
    }
    if why.is_empty() { Ok(()) } else { Err(why) }
}

fn compare(what: &str, wanted: &[toml::Table], found: &[toml::Table], why: &mut String) {
    if wanted.len() != found.len() {
        let _ = writeln!(why, "  {} {what} wanted, {} found", wanted.len(), found.len());
        for record in found {
            let _ = writeln!(why, "    found {}", brief(record));
        }
        return;
    }
    for (index, (wanted, found)) in wanted.iter().zip(found).enumerate() {
        for (key, value) in wanted {
            let is_empty = value.as_str() == Some("") || value.as_bool() == Some(false);
            match found.get(key) {
                Some(got) if got == value => {}
                None if is_empty && KEYS.contains(&key.as_str()) => {}
                None if !KEYS.contains(&key.as_str()) => {
                    let _ = writeln!(why, "  {what}[{index}].{key}: no such key");
                }
                got => {
                    let got = got.map_or("nothing".to_owned(), ToString::to_string);
                    let _ = writeln!(
                        why,
                        "  {what}[{index}].{key}: {value} wanted, {got} found in {}",
                        brief(found)
                    );
                }
            }
        }
    }
}

fn brief(record: &toml::Table) -> String {
    record.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ")
}

/// Every key that a record may have.
const KEYS: &[&str] = &[
    // of any fact
    "kind",
    "quote",
    "rule",
    "modality",
    "hedge",
    "speaker",
    "name",
    "links",
    // numeric
    "value",
    "low",
    "high",
    "low_open",
    "high_open",
    "comparator",
    "unit",
    "code",
    "currency",
    "candidates",
    "unit_text",
    "per",
    "numeric_kind",
    "subject",
    "counted",
    "role",
    "direction",
    "time",
    "consistency",
    "digits",
    "numeral",
    "quantity",
    // date
    "type",
    "mod",
    "quant",
    "freq",
    "edtf",
    "begin",
    "end",
    "granularity",
    "resolution",
    "relation",
    "anchored",
    // commitment
    "agent",
    "agent_name",
    "action",
    "beneficiary",
    "deadline",
    "deadline_time",
    "condition",
    "strength",
    "negated",
    "cue",
    // statement
    "parts",
    "addressee",
    "inside",
];

fn kind(fact: &Fact) -> &'static str {
    match fact.kind {
        Kind::Numeric(_) => "numeric",
        Kind::Date(_) => "date",
        Kind::Commitment(_) => "commitment",
    }
}

/// A record under construction: what is absent is left out.
struct Record<'a> {
    text: &'a str,
    table: toml::Table,
}

impl Record<'_> {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "texts and numbers alike, most of them temporary"
    )]
    fn put(&mut self, key: &str, value: impl ToString) {
        let value = value.to_string();
        if !value.is_empty() {
            self.table.insert(key.to_owned(), toml::Value::String(value));
        }
    }

    fn name(&mut self, key: &str, value: Option<impl std::fmt::Debug>) {
        if let Some(value) = value {
            self.put(key, snake(&format!("{value:?}")));
        }
    }

    fn phrase(&mut self, key: &str, span: Option<Span>) {
        if let Some(span) = span {
            self.put(key, span.of(self.text));
        }
    }

    fn flag(&mut self, key: &str, value: bool) {
        if value {
            self.table.insert(key.to_owned(), toml::Value::Boolean(true));
        }
    }
}

/// "MoreThan" to "more_than".
fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn interval(time: &TimeValue) -> String {
    format!("{}/{}", time.begin().unwrap_or_default(), time.end().unwrap_or_default())
}

fn fact_record(text: &str, report: &Report, fact: &Fact) -> toml::Table {
    let mut record = Record { text, table: toml::Table::new() };
    record.put("kind", kind(fact));
    record.put("quote", fact.span.of(text));
    record.put("rule", fact.rule);
    record.name("modality", Some(fact.modality));
    record.phrase("hedge", fact.hedge());
    let statement = fact.statement().and_then(|index| report.statements.get(index as usize));
    record.phrase(
        "speaker",
        statement.and_then(|statement| statement.speaker_name.or(statement.speaker)),
    );
    let links: Vec<String> = fact
        .links
        .iter()
        .filter_map(|link| {
            let other = report.facts.get(link.to as usize)?;
            Some(format!("{} {}", snake(&format!("{:?}", link.link)), other.span.of(text)))
        })
        .collect();
    record.put("links", links.join(", "));
    match &fact.kind {
        Kind::Numeric(claim) => {
            let quantity = &claim.quantity;
            match quantity.amount {
                Amount::Value(value) => record.put("value", value),
                Amount::Interval { low, high, low_open, high_open } => {
                    record.put("low", low.map(|low| low.to_string()).unwrap_or_default());
                    record.put("high", high.map(|high| high.to_string()).unwrap_or_default());
                    record.flag("low_open", low_open);
                    record.flag("high_open", high_open);
                }
            }
            record.name("comparator", Some(quantity.comparator));
            let unit = quantity.currency_code.or(quantity.unit_name.as_deref()).unwrap_or_default();
            record.put("unit", unit);
            record.put("code", quantity.unit_code.unwrap_or_default());
            record.put("currency", quantity.currency_code.unwrap_or_default());
            record.put("candidates", quantity.currency_candidates.join(" "));
            record.phrase("unit_text", quantity.unit_text);
            record.put(
                "per",
                quantity.per.as_ref().map(|per| per.unit_name.to_string()).unwrap_or_default(),
            );
            record.name("numeric_kind", Some(claim.kind));
            record.phrase("subject", claim.subject);
            record.phrase("counted", claim.counted);
            record.name("role", Some(claim.role));
            record.name("direction", claim.direction);
            record.put("time", claim.time.as_ref().map(interval).unwrap_or_default());
            record.name("consistency", claim.consistency);
            record.put("digits", quantity.significant_digits);
            record.put("tolerance", quantity.tolerance.map(|t| t.to_string()).unwrap_or_default());
            record.phrase("numeral", Some(quantity.numeral_span));
            record.phrase("quantity", Some(quantity.span));
        }
        Kind::Date(date) => {
            let time = &date.time;
            record.name("type", Some(time.timex_type()));
            record.put("value", time.timex_value());
            record.name("mod", time.timex_mod());
            record.put("quant", time.timex_quant());
            record.put("freq", time.timex_freq());
            record.put("edtf", time.edtf());
            record.put("begin", time.begin().unwrap_or_default());
            record.put("end", time.end().unwrap_or_default());
            record.name("granularity", time.granularity());
            record.name("resolution", Some(time.resolution));
            record.name("relation", Some(date.relation));
            let anchor = time.anchor.and_then(|anchor| report.facts.get(anchor as usize));
            record.phrase("anchored", anchor.map(|anchor| anchor.span));
        }
        Kind::Commitment(commitment) => {
            record.name("type", Some(commitment.kind));
            record.phrase("agent", commitment.agent);
            record.phrase("agent_name", commitment.agent_name);
            record.phrase("action", commitment.action);
            record.phrase("beneficiary", commitment.beneficiary);
            record.phrase("deadline", commitment.deadline_phrase);
            record.put(
                "deadline_time",
                commitment.deadline.as_ref().map(interval).unwrap_or_default(),
            );
            record.phrase("condition", commitment.condition);
            record.name("strength", Some(commitment.strength));
            record.flag("negated", commitment.negated);
            record.phrase("cue", Some(commitment.cue));
        }
    }
    record.table
}

fn statement_record(text: &str, report: &Report, statement: &Statement) -> toml::Table {
    let mut record = Record { text, table: toml::Table::new() };
    record.put("quote", statement.span.of(text));
    record.name("type", Some(statement.kind));
    record.phrase("speaker", statement.speaker);
    record.phrase("name", statement.speaker_name);
    record.phrase("role", statement.speaker_role);
    record.phrase("cue", statement.cue);
    record.phrase("addressee", statement.addressee);
    if statement.parts.len() > 1 {
        let parts: Vec<&str> = statement.parts.iter().map(|part| part.of(text)).collect();
        record.put("parts", parts.join(" | "));
    }
    // Whose statement it is reported in; "" is the author's.
    if let Some(outer) = statement.parent.and_then(|outer| report.statements.get(outer as usize)) {
        record
            .put("inside", outer.speaker_name.or(outer.speaker).map_or("nobody", |it| it.of(text)));
    }
    record.table
}
