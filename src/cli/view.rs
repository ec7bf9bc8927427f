//! The readable view: an article's facts grouped by who says them.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::wire::pb;

const SPEAKER: Style = AnsiColor::Cyan.on_default().bold();
const NUMBER: Style = AnsiColor::Green.on_default();
const DATE: Style = AnsiColor::Blue.on_default();
const COMMITMENT: Style = AnsiColor::Magenta.on_default();
const QUIET: Style = Style::new().dimmed();

/// Writes the facts of one answer: first the author's own, then each statement's, in text order.
pub(super) fn write(
    out: &mut dyn Write,
    _content: &str,
    answer: &pb::ExtractFactsResponse,
    with_name: bool,
) -> io::Result<()> {
    if with_name {
        writeln!(out, "{SPEAKER}== {} =={SPEAKER:#}", answer.document_id)?;
    }
    let mut groups: Vec<(Option<&pb::Statement>, Vec<&pb::Fact>)> = vec![(None, Vec::new())];
    groups.extend(answer.statements.iter().map(|statement| (Some(statement), Vec::new())));
    for fact in &answer.facts {
        let of_fact = |(statement, _): &&mut (Option<&pb::Statement>, _)| {
            statement.map_or("", |statement| statement.statement_id.as_str()) == fact.statement_id
        };
        if let Some((_, facts)) = groups.iter_mut().find(of_fact) {
            facts.push(fact);
        }
    }
    for (statement, facts) in groups {
        match statement {
            None if facts.is_empty() => continue,
            None => writeln!(out, "{SPEAKER}The author{SPEAKER:#}")?,
            Some(statement) => heading(out, statement)?,
        }
        for fact in facts {
            line(out, fact)?;
        }
        writeln!(out)?;
    }
    let counts = format!("{} facts, {} statements", answer.facts.len(), answer.statements.len());
    let cut = if answer.truncated {
        format!("; read up to {}", answer.processed_end)
    } else {
        String::new()
    };
    writeln!(out, "{QUIET}{counts}{cut}{QUIET:#}")
}

fn heading(out: &mut dyn Write, statement: &pb::Statement) -> io::Result<()> {
    let written = statement.speaker.as_ref().map_or("", |speaker| speaker.text.as_str());
    let name = if statement.speaker_name.is_empty() { written } else { &statement.speaker_name };
    let name = if name.is_empty() { "Somebody" } else { name };
    let role = if statement.speaker_role.is_empty() {
        String::new()
    } else {
        format!(", {}", statement.speaker_role)
    };
    let how = match statement.r#type() {
        pb::StatementType::DirectQuote => "quoted",
        pb::StatementType::IndirectSpeech => "reported",
        pb::StatementType::Mixed => "partly quoted",
        pb::StatementType::SpeechTurn => "speaking",
        pb::StatementType::Unspecified => "",
    };
    writeln!(
        out,
        "{SPEAKER}{}{SPEAKER:#}{} {QUIET}({how}){QUIET:#}",
        one_line(name),
        one_line(&role)
    )
}

fn line(out: &mut dyn Write, fact: &pb::Fact) -> io::Result<()> {
    let (style, label) = match &fact.kind {
        Some(pb::fact::Kind::NumericClaim(_)) => (NUMBER, "number"),
        Some(pb::fact::Kind::DateMention(_)) => (DATE, "date"),
        Some(pb::fact::Kind::Commitment(_)) => (COMMITMENT, "commitment"),
        None => (QUIET, ""),
    };
    // The speaker stands in the heading.
    let speaker = format!(", said {}", one_line(&fact.speaker_name));
    let rendering = fact.rendering.strip_suffix(&speaker).unwrap_or(&fact.rendering);
    writeln!(
        out,
        "  {style}{label:<11}{style:#}{rendering}  {QUIET}“{}” {:.2} {}{QUIET:#}",
        one_line(&fact.text),
        fact.confidence,
        fact.rule_id
    )?;
    if !fact.explanation.is_empty() {
        writeln!(out, "             {QUIET}{}{QUIET:#}", fact.explanation)?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
