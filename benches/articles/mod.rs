//! The articles that speed is measured on: many different ones, because a processor learns a text that it sees twice.

use std::error::Error;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use serde::Deserialize;

/// One article.
#[derive(Debug)]
pub(crate) struct Article {
    /// Its text.
    pub(crate) content: String,
    /// When it was published.
    pub(crate) published: Option<DateTime>,
}

/// The annotated news beside the project when it is there, else the project's samples; says aloud which.
#[allow(dead_code, reason = "the program that counts instructions is told its files")]
pub(crate) fn any() -> Vec<Article> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let news = root.join("../shared/bench/dates/timebank_dev.jsonl");
    let mut paths: Vec<PathBuf> = vec![news];
    if !paths[0].exists() {
        let samples = std::fs::read_dir(root.join("examples/articles"));
        paths = samples.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        paths.sort();
        eprintln!("NOTE: ../shared is not there; measuring on {} samples only", paths.len());
    }
    let mut articles = Vec::new();
    for path in &paths {
        read(path, &mut articles).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    let bytes: usize = articles.iter().map(|article| article.content.len()).sum();
    eprintln!("{} articles, {bytes} bytes", articles.len());
    articles
}

/// Appends the articles of a file: one of `.txt`, one a line of `.jsonl`.
pub(crate) fn read(path: &Path, articles: &mut Vec<Article>) -> Result<(), Box<dyn Error>> {
    #[derive(Deserialize)]
    struct Line {
        content: String,
        reference_date: Option<String>,
    }
    let source = std::fs::read_to_string(path)?;
    if path.extension().is_some_and(|extension| extension == "txt") {
        articles.push(Article { content: source, published: "2024-03-15T12:00".parse().ok() });
        return Ok(());
    }
    for line in source.lines() {
        let Line { content, reference_date } = serde_json::from_str(line)?;
        let published = reference_date.and_then(|date| date.parse().ok());
        articles.push(Article { content, published });
    }
    Ok(())
}
