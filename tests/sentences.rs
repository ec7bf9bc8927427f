//! Scores sentences over `tests/corpus/sentences/*.toml`, beside the `sentencex` crate on the same texts.
//!
//! A case lists its `sentences`; its text is those with `between` (one space when it is not given) between them. It may say
//! of what kind each paragraph is (`kinds`) and what the first sentence's `dateline` is ("" = it has none). A sentence counts
//! when its first and last byte are both right.

use std::fmt::Write as _;
use std::path::Path;

use dictum::lexicon::Lexicon;
use dictum::text::{ParagraphKind, Text};
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
    sentences: Vec<String>,
    between: Option<String>,
    kinds: Option<Vec<String>>,
    dateline: Option<String>,
}

/// Sentences found exactly, of all that are listed; and cases without any error.
#[derive(Default)]
struct Score {
    sentences: usize,
    exact: usize,
    cases: usize,
    whole: usize,
}

impl Score {
    /// Counts one case; whether it is whole.
    fn add(&mut self, listed: &[&str], found: &[&str]) -> bool {
        let place = |text: &&str| (text.as_ptr(), text.len());
        let found_places: Vec<_> = found.iter().map(place).collect();
        let exact = listed.iter().filter(|text| found_places.contains(&place(text))).count();
        let is_whole = exact == listed.len() && found.len() == listed.len();
        self.sentences += listed.len();
        self.exact += exact;
        self.cases += 1;
        self.whole += usize::from(is_whole);
        is_whole
    }

    fn percent(&self) -> f64 {
        100.0 * self.exact as f64 / self.sentences as f64
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { sentences, exact, cases, whole } = self;
        write!(
            f,
            "{exact} of {sentences} sentences exact ({:.1} %), {whole} of {cases} cases",
            self.percent()
        )
    }
}

#[test]
fn sentences_are_exact() {
    let lexicon = Lexicon::english();
    let (mut ours, mut peer, mut misses) = (Score::default(), Score::default(), String::new());
    for (file, case) in cases() {
        let text = case.text();
        let listed = case.slices(&text);
        let read = Text::read(lexicon, &text);
        let found: Vec<&str> = read.sentences.iter().map(|s| s.span.of(&text)).collect();
        if !ours.add(&listed, &found) {
            let _ = writeln!(misses, "{file}/{}: {found:#?}", case.name);
        }
        let found: Vec<&str> = sentencex::segment("en", &text)
            .into_iter()
            .map(str::trim)
            .filter(|s| !s.is_empty())
            .collect();
        peer.add(&listed, &found);
    }
    eprintln!("{misses}dictum:    {ours}\nsentencex: {peer}");
    assert!(ours.sentences >= 150, "a set this small proves little");
    assert!(ours.percent() >= 97.0, "{ours}\n{misses}");
    assert!(ours.percent() > peer.percent());
}

#[test]
fn paragraphs_and_datelines_are_told() {
    let lexicon = Lexicon::english();
    let mut misses = String::new();
    for (file, case) in cases() {
        let text = case.text();
        let read = Text::read(lexicon, &text);
        if let Some(kinds) = &case.kinds {
            let found: Vec<&str> = read.paragraphs.iter().map(|p| kind(p.kind)).collect();
            if found != *kinds {
                let _ = writeln!(misses, "{file}/{}: {found:?}", case.name);
            }
        }
        if let Some(dateline) = &case.dateline {
            let first = &read.sentences[0];
            let tokens = read.tokens(first.tokens.start..first.tokens.start + first.dateline);
            let found = match tokens {
                [] => "",
                [one] => one.span.of(&text),
                [from, .., to] => from.span.join(to.span).of(&text),
            };
            if found != dateline {
                let _ = writeln!(misses, "{file}/{}: dateline {found:?}", case.name);
            }
        }
    }
    assert!(misses.is_empty(), "{misses}");
}

fn kind(kind: ParagraphKind) -> &'static str {
    match kind {
        ParagraphKind::Prose => "prose",
        ParagraphKind::Headline => "headline",
        ParagraphKind::Label => "label",
    }
}

impl Case {
    fn text(&self) -> String {
        self.sentences.join(self.between.as_deref().unwrap_or(" "))
    }

    /// The listed sentences as slices of `text`.
    fn slices<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let step = self.between.as_deref().unwrap_or(" ").len();
        let mut at = 0;
        let slice = |sentence: &String| {
            let slice = text.get(at..at + sentence.len()).expect("the text is made of them");
            at += sentence.len() + step;
            slice
        };
        self.sentences.iter().map(slice).collect()
    }
}

/// All cases with the name of their file.
fn cases() -> Vec<(String, Case)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/sentences");
    let mut paths: Vec<_> = std::fs::read_dir(root)
        .expect("the folder is part of the project")
        .map(|entry| entry.expect("a folder that can be listed").path())
        .collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let source = std::fs::read_to_string(&path).expect("a file just listed");
        let file: File =
            toml::from_str(&source).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        out.extend(file.case.into_iter().map(|case| (name.clone().unwrap_or_default(), case)));
    }
    out
}
