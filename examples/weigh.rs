//! Weighs the signs of commitments: fits `src/lexicon/en/signs.toml` to annotated texts and shows how well it holds for unseen ones.
//!
//! `weigh [--write FILE] GOLD.jsonl… CASES.toml…`: each line of a `.jsonl` is a document with `content` and `gold`, which is a label for the whole or for
//! `sentences`, or a list of frames with `start`, `end` and `type` (in bytes). Only which signs held is learned from, never a
//! word. Prints, for folds that were held out, the F1 of sentences at several floors and how often each level of confidence was
//! right; `--write` then fits all of it and writes the table.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::ops::Range;

use dictum::document::{Budget, Document, Options};
use dictum::engine::Engine;
use dictum::fact::{CommitmentType, Kind, Sign, Signs};
use serde_json::Value;

/// A stretch of text that is labelled, and the signs of what was found in it.
struct Unit {
    set: usize,
    fold: usize,
    label: bool,
    /// How much an error costs: frames are labelled one by one, sentences whole.
    weight: f64,
    found: Vec<Signs>,
}

const FOLDS: usize = 5;
/// Penalty on the square of a weight.
const RIDGE: f64 = 2.0;
const ROUNDS: usize = 1500;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    let mut write = None;
    if arguments.peek().is_some_and(|first| first == "--write") {
        arguments.next();
        write = arguments.next();
    }
    let (mut units, mut sets) = (Vec::new(), Vec::new());
    for path in arguments {
        let reader = if path.ends_with(".toml") { read_cases } else { read };
        reader(&path, sets.len(), &mut units)?;
        let file = path.rsplit('/').next().unwrap_or(&path);
        let name = file.split(['.', '_']).next().unwrap_or(file).to_owned();
        sets.push(name);
    }
    let mut likelihoods = vec![Vec::new(); units.len()];
    for fold in 0..FOLDS {
        let known: Vec<&Unit> = units.iter().filter(|unit| unit.fold != fold).collect();
        let model = fit(&known);
        for (unit, out) in units.iter().zip(&mut likelihoods) {
            if unit.fold == fold {
                *out = unit.found.iter().map(|signs| likelihood(&model, *signs)).collect();
            }
        }
    }
    report(&sets, &units, &likelihoods);
    if let Some(path) = write {
        let model = fit(&units.iter().collect::<Vec<_>>());
        std::fs::write(path, table(&model))?;
    }
    Ok(())
}

fn read(path: &str, set: usize, units: &mut Vec<Unit>) -> Result<(), Box<dyn Error>> {
    for (number, line) in std::fs::read_to_string(path)?.lines().enumerate() {
        let document: Value = serde_json::from_str(line)?;
        let content = document["content"].as_str().ok_or("a line without content")?;
        let found = found(content);
        let gold = &document["gold"];
        let frames = gold.as_array().or_else(|| gold["commitments"].as_array());
        let mut unit = |label, weight, found| {
            units.push(Unit { set, fold: number % FOLDS, label, weight, found });
        };
        if let Some(frames) = frames {
            for (span, signs) in &found {
                let near = |frame: &&Value| {
                    range(frame)
                        .is_some_and(|gold| overlaps(span, &gold) && frame["type"] != "CALL")
                };
                match frames.iter().find(near) {
                    Some(frame) if frame["optional"] == true => {}
                    known => unit(known.is_some(), FRAME, vec![*signs]),
                }
            }
            for frame in
                frames.iter().filter(|frame| frame["type"] != "CALL" && frame["optional"] != true)
            {
                let is_found = range(frame)
                    .is_some_and(|gold| found.iter().any(|(span, _)| overlaps(span, &gold)));
                if !is_found {
                    unit(true, 1.0, Vec::new());
                }
            }
        } else if let Some(sentences) = gold["sentences"].as_array() {
            for sentence in sentences {
                let place = range(sentence).ok_or("a sentence without place")?;
                let inside = found.iter().filter(|(span, _)| overlaps(span, &place));
                unit(sentence["label"] == true, 1.0, inside.map(|(_, signs)| *signs).collect());
            }
        } else {
            unit(gold["label"] == true, 1.0, found.into_iter().map(|(_, signs)| signs).collect());
        }
    }
    Ok(())
}

/// Cases of `tests/corpus/commitment`: what is found binds where the case lists facts.
fn read_cases(path: &str, set: usize, units: &mut Vec<Unit>) -> Result<(), Box<dyn Error>> {
    let file: toml::Table = std::fs::read_to_string(path)?.parse()?;
    let cases = file.get("case").and_then(toml::Value::as_array).ok_or("no cases")?;
    for (number, case) in cases.iter().enumerate() {
        let facts =
            case.get("facts").and_then(toml::Value::as_array).ok_or("a case without facts")?;
        if case.get("fixme").is_some() {
            continue;
        }
        let is_call =
            |fact: &toml::Value| fact.get("type").and_then(toml::Value::as_str) == Some("call");
        let label = facts.iter().any(|fact| !is_call(fact));
        let texts = case.get("texts").and_then(toml::Value::as_array).into_iter().flatten();
        for text in texts.chain(case.get("text")).filter_map(toml::Value::as_str) {
            for (_, signs) in found(text) {
                units.push(Unit {
                    set,
                    fold: number % FOLDS,
                    label,
                    weight: CASE,
                    found: vec![signs],
                });
            }
        }
    }
    Ok(())
}

/// What is found in a text, however unlikely, with its place.
fn found(content: &str) -> Vec<(Range<u64>, Signs)> {
    let options = Options { keeps_unlikely: true, ..Options::default() };
    let input = Document { content, published: None, region: None };
    let report = Engine::english().analyze(&input, &options, &Budget::unlimited());
    report
        .facts
        .iter()
        .filter_map(|fact| match &fact.kind {
            Kind::Commitment(known) if known.kind != CommitmentType::Call => {
                Some((fact.span.begin.into()..fact.span.end.into(), known.signs))
            }
            Kind::Commitment(_) | Kind::Numeric(_) | Kind::Date(_) => None,
        })
        .collect()
}

/// Weight of a case of our own.
const CASE: f64 = 2.0;

/// Weight of a frame against a sentence.
const FRAME: f64 = 4.0;

fn range(value: &Value) -> Option<Range<u64>> {
    Some(value["start"].as_u64()?..value["end"].as_u64()?)
}

/// Whether half of either lies in the other.
fn overlaps(a: &Range<u64>, b: &Range<u64>) -> bool {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    both > 0 && (both * 2 >= a.end - a.start || both * 2 >= b.end - b.start)
}

/// Bias and weights of a logistic regression, by gradient descent with momentum.
fn fit(units: &[&Unit]) -> Vec<f64> {
    let size = Sign::ALL.len();
    let rows: Vec<(Vec<usize>, f64, f64)> = units
        .iter()
        .flat_map(|unit| unit.found.iter().map(move |signs| (unit, signs)))
        .map(|(unit, signs)| {
            let on = signs.iter().map(|sign| sign as usize).collect();
            (on, f64::from(u8::from(unit.label)), unit.weight)
        })
        .collect();
    let total: f64 = rows.iter().map(|(_, _, weight)| weight).sum();
    let (mut model, mut speed) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    for _ in 0..ROUNDS {
        let mut slope: Vec<f64> = model.iter().map(|weight| weight * RIDGE / total).collect();
        slope[size] = 0.0;
        for (on, label, weight) in &rows {
            let odds = model[size] + on.iter().map(|at| model[*at]).sum::<f64>();
            let error = (1.0 / (1.0 + (-odds).exp()) - label) * weight / total;
            slope[size] += error;
            for at in on {
                slope[*at] += error;
            }
        }
        for ((weight, speed), slope) in model.iter_mut().zip(&mut speed).zip(&slope) {
            *speed = 0.9 * *speed - 0.5 * slope;
            *weight += *speed;
        }
    }
    model
}

fn likelihood(model: &[f64], signs: Signs) -> f64 {
    let odds = model[Sign::ALL.len()] + signs.iter().map(|sign| model[sign as usize]).sum::<f64>();
    1.0 / (1.0 + (-odds).exp())
}

fn report(sets: &[String], units: &[Unit], likelihoods: &[Vec<f64>]) {
    let best = |all: &Vec<f64>| all.iter().copied().fold(0.0, f64::max);
    let mut out = String::from("F1 of sentences, held out\nfloor ");
    for set in sets {
        let _ = write!(out, "{set:>18}");
    }
    for step in 4..13 {
        let floor = f64::from(step) * 0.05;
        let _ = write!(out, "\n{floor:.2}  ");
        for set in 0..sets.len() {
            let (mut right, mut wrong, mut missed) = (0.0, 0.0, 0.0);
            for (unit, all) in units.iter().zip(likelihoods).filter(|(unit, _)| unit.set == set) {
                match (unit.label, best(all) >= floor) {
                    (true, true) => right += 1.0,
                    (false, true) => wrong += 1.0,
                    (true, false) => missed += 1.0,
                    (false, false) => {}
                }
            }
            let f1 = 2.0 * right / (2.0 * right + wrong + missed);
            let precision = right / (right + wrong);
            let _ = write!(out, "   {f1:.3} (P {precision:.2})");
        }
    }
    out.push_str("\n\nconfidence  found  right\n");
    let mut levels: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for (unit, all) in units.iter().zip(likelihoods) {
        for likelihood in all {
            let level = levels.entry((likelihood * 10.0) as u32).or_default();
            level.0 += 1;
            level.1 += u32::from(unit.label);
        }
    }
    for (level, (found, right)) in levels {
        let share = f64::from(right) / f64::from(found);
        let _ = writeln!(out, ".{level}-.{:<7} {found:>5}  {share:.2}", level + 1);
    }
    eprintln!("{out}");
}

fn table(model: &[f64]) -> String {
    let mut out = String::from(HEAD);
    let _ = writeln!(out, "bias = {:.2}\n\n[weight]", model[Sign::ALL.len()]);
    for (sign, name) in Sign::ALL {
        let _ = writeln!(out, "{name:?} = {:.2}", model[*sign as usize]);
    }
    out
}

const HEAD: &str = "\
# How much each sign of a commitment weighs, in log odds; what they are, `Sign` of src/fact/commitment.rs says. The sum with the bias is
# the confidence of a commitment; what is less sure than the floor is no fact.
# Written by `cargo run --release --example weigh -- --write src/lexicon/en/signs.toml GOLD.jsonl…`; not to be edited by hand.

floor = 0.43
";
