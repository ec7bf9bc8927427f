//! The readable view: who says what, and the facts in it.

use std::collections::HashMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::wire::pb;

const TITLE: Style = Style::new().bold().underline();
const SPEAKER: Style = AnsiColor::Cyan.on_default().bold();
const NUMBER: Style = AnsiColor::Green.on_default();
const DATE: Style = AnsiColor::Blue.on_default();
const COMMITMENT: Style = AnsiColor::Magenta.on_default();
const WARNING: Style = AnsiColor::Yellow.on_default();
const QUIET: Style = Style::new().dimmed();

/// Characters of a statement or a mention that are shown.
const SHOWN: usize = 88;

/// Writes the facts of one answer: the author's own, then those of each statement, in text order. The answer's offsets count bytes.
pub(super) fn write(
    out: &mut dyn Write,
    message: &pb::ExtractFactsRequest,
    answer: &pb::ExtractFactsResponse,
    is_one_of_many: bool,
) -> io::Result<()> {
    if is_one_of_many {
        writeln!(out, "{TITLE}{}{TITLE:#}\n", plain(&answer.document_id))?;
    }
    let mut facts: HashMap<&str, Vec<&pb::Fact>> = HashMap::new();
    for fact in &answer.facts {
        facts.entry(&fact.statement_id).or_default().push(fact);
    }
    if let Some(own) = facts.get("") {
        writeln!(out, "{SPEAKER}The author{SPEAKER:#}")?;
        own.iter().try_for_each(|fact| line(out, fact))?;
        writeln!(out)?;
    }
    let document = message.document.as_ref();
    let content = document.map_or("", |document| &document.content);
    let mut speaking = None;
    for statement in &answer.statements {
        let who = speaker(statement);
        if speaking.as_ref().is_some_and(|before| *before != who) {
            writeln!(out)?;
        }
        if speaking.as_ref() != Some(&who) {
            writeln!(out, "{SPEAKER}{}{SPEAKER:#}{}", who.0, who.1)?;
        }
        speaking = Some(who);
        let outer = answer
            .statements
            .iter()
            .find(|outer| outer.statement_id == statement.parent_statement_id);
        writeln!(out, "  {QUIET}{}{QUIET:#}", said(content, statement, outer))?;
        for fact in facts.get(statement.statement_id.as_str()).into_iter().flatten() {
            line(out, fact)?;
        }
    }
    if speaking.is_some() {
        writeln!(out)?;
    }
    foot(out, answer, document.is_some_and(|document| document.publish_time.is_some()))
}

/// Name, and role with a comma before it.
fn speaker(statement: &pb::Statement) -> (String, String) {
    let written = statement.speaker.as_ref().map_or("Somebody unnamed", |speaker| &speaker.text);
    let name = if statement.speaker_name.is_empty() { written } else { &statement.speaker_name };
    let role = plain(&statement.speaker_role);
    (plain(name), if role.is_empty() { role } else { format!(", {role}") })
}

/// How the words are reported, by whom if not by the author, and how they begin.
fn said(content: &str, statement: &pb::Statement, outer: Option<&pb::Statement>) -> String {
    let how = match statement.r#type() {
        pb::StatementType::DirectQuote => "quoted",
        pb::StatementType::IndirectSpeech => "reported",
        pb::StatementType::Mixed => "partly quoted",
        pb::StatementType::SpeechTurn => "speaking",
        pb::StatementType::Unspecified => "",
    };
    let words = statement.span.and_then(|pb::Span { begin, end }| {
        content.get(usize::try_from(begin).ok()?..usize::try_from(end).ok()?)
    });
    let by = outer.map_or(String::new(), |outer| format!(" by {}", speaker(outer).0));
    format!("{how}{by}: {}", short(words.unwrap_or_default()))
}

fn line(out: &mut dyn Write, fact: &pb::Fact) -> io::Result<()> {
    let (style, label) = match &fact.kind {
        Some(pb::fact::Kind::NumericClaim(_)) => (NUMBER, "number"),
        Some(pb::fact::Kind::DateMention(_)) => (DATE, "date"),
        Some(pb::fact::Kind::Commitment(_)) => (COMMITMENT, "commitment"),
        None => (QUIET, ""),
    };
    let rendering = plain(&fact.rendering);
    // The speaker stands in the heading.
    let speaker = format!(", said {}", plain(&fact.speaker_name));
    let rendering = rendering.strip_suffix(&speaker).unwrap_or(&rendering);
    let (mention, confidence) = (short(&fact.text), fact.confidence);
    writeln!(
        out,
        "    {style}{label:<10}{style:#} {rendering}  {QUIET}“{mention}” {confidence:.2}{QUIET:#}"
    )?;
    if !fact.explanation.is_empty() {
        writeln!(out, "               {QUIET}{}{QUIET:#}", plain(&fact.explanation))?;
    }
    Ok(())
}

/// How much was found, and what was not.
fn foot(out: &mut dyn Write, answer: &pb::ExtractFactsResponse, is_dated: bool) -> io::Result<()> {
    let mut counts = [0; 3];
    let mut unresolved = 0;
    for fact in &answer.facts {
        match &fact.kind {
            Some(pb::fact::Kind::NumericClaim(_)) => counts[0] += 1,
            Some(pb::fact::Kind::DateMention(date)) => {
                counts[1] += 1;
                let time = date.time.as_ref();
                unresolved += usize::from(
                    time.is_some_and(|time| time.resolution() == pb::TimeResolution::Unresolved),
                );
            }
            Some(pb::fact::Kind::Commitment(_)) => counts[2] += 1,
            None => {}
        }
    }
    let [numbers, dates, commitments] = counts;
    let found = [
        count(numbers, "number"),
        count(dates, "date"),
        count(commitments, "commitment"),
        count(answer.statements.len(), "statement"),
        count(answer.sentences.len(), "sentence"),
    ];
    writeln!(out, "{QUIET}{}{QUIET:#}", found.join(", "))?;
    let mut warn = |what: String| writeln!(out, "{WARNING}{what}{WARNING:#}");
    if !answer.language_supported {
        warn(format!("not read: the language {:?} is not supported", answer.language_code))?;
    }
    match answer.truncation_reason() {
        pb::TruncationReason::Unspecified => {}
        pb::TruncationReason::Budget => {
            warn(format!("read only up to byte {}", answer.processed_end))?;
        }
        pb::TruncationReason::MaxResponseBytes => {
            warn("there are more facts than one answer has room for".into())?;
        }
        pb::TruncationReason::MaxFacts => warn("there are more facts than were asked for".into())?,
    }
    if unresolved > 0 && !is_dated {
        warn(format!("{} unresolved without --publish-time", count(unresolved, "date")))?;
    }
    Ok(())
}

fn count(many: usize, what: &str) -> String {
    format!("{many} {what}{}", if many == 1 { "" } else { "s" })
}

/// In one line, and no longer than is shown.
fn short(text: &str) -> String {
    let text = plain(text);
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text,
    }
}

/// In one line, without what would command the terminal or turn the order of letters around.
pub(super) fn plain(text: &str) -> String {
    let is_command =
        |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").replace(is_command, "\u{FFFD}")
}

#[cfg(test)]
mod tests {
    use super::{plain, short};

    #[test]
    fn text_cannot_command_the_terminal() {
        assert_eq!(plain("a\u{1B}[31m \r\n b\u{202E}c"), "a\u{FFFD}[31m b\u{FFFD}c");
        assert_eq!(short(&"é ".repeat(60)).chars().count(), 88);
    }
}
