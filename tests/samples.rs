//! Golden answers for the articles of `examples/articles`, each read as published at noon of the day in its name.
//!
//! `INSTA_UPDATE=always cargo test --test samples` writes them anew; the diff shows what a change does to what a user sees.
#![cfg(feature = "server")]

use std::path::Path;

use dictum::document::Budget;
use dictum::engine::Engine;
use dictum::wire::{Limits, Request, pb, response};

#[test]
fn every_article_gives_its_golden_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .expect("the samples")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 6, "{paths:?}");
    let engine = Engine::english();
    for path in paths {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
        let day = name.get(..10).expect("a day in front");
        let publish_time =
            format!("{day}T12:00:00Z").parse::<jiff::Timestamp>().expect("a day").into();
        let content = std::fs::read_to_string(&path).expect("a sample");
        let document = pb::Document {
            content,
            document_id: name.clone(),
            publish_time: Some(publish_time),
            ..pb::Document::default()
        };
        let message = pb::ExtractFactsRequest { document: Some(document), options: None };
        let request = Request::read(&message, &Limits::default()).expect("a good request");
        let report = engine.analyze(&request.document, &request.options, &Budget::unlimited());
        let answer = response(&request, &report);
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "golden", omit_expression => true }, {
            insta::assert_snapshot!(name, outline(&request, &answer));
        });
    }
}

/// What a reader of the diff wants to see: a line a record.
fn outline(request: &Request<'_>, answer: &pb::ExtractFactsResponse) -> String {
    let mut out = String::new();
    for statement in &answer.statements {
        let phrase = |phrase: &Option<pb::Phrase>| {
            phrase.as_ref().map_or(String::new(), |phrase| one_line(&phrase.text))
        };
        let said: Vec<String> = statement
            .parts
            .iter()
            .map(|part| {
                let chars = request.document.content.chars();
                one_line(
                    &chars
                        .skip(part.begin as usize)
                        .take((part.end - part.begin) as usize)
                        .collect::<String>(),
                )
            })
            .collect();
        out += &format!(
            "{}{} {:?} {:?} role {:?} cue {:?}\n    {}\n",
            statement.statement_id,
            if statement.parent_statement_id.is_empty() {
                String::new()
            } else {
                format!(" in {}", statement.parent_statement_id)
            },
            statement.r#type(),
            statement.speaker_name,
            one_line(&statement.speaker_role),
            phrase(&statement.cue),
            said.join(" | ")
        );
    }
    for fact in &answer.facts {
        out += &format!(
            "{:?} [{}] {} | {:.2} {}\n",
            one_line(&fact.text),
            fact.statement_id,
            fact.rendering,
            fact.confidence,
            fact.rule_id
        );
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
