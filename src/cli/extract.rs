//! `dictum extract`: files or standard input in, facts out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};

use super::ask::Source;
use super::{fail, view};
use crate::wire::{Timestamp, json, pb};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files to read; "-" is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to print facts: "text" for people, "json" for one indented object a document, "jsonl" for one line a document.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What files hold: the text of an article, or one ExtractFactsRequest in JSON a line.
    #[arg(long, value_enum, default_value_t = InputFormat::Text)]
    input_format: InputFormat,
    /// What offsets count: bytes, UTF-16 code units or code points.
    #[arg(long, value_enum, value_name = "ENCODING")]
    offsets: Option<Encoding>,
    /// Kinds of fact to print; all when absent.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KIND")]
    kinds: Vec<Kind>,
    /// Leave out facts less sure than this, 0 to 1.
    #[arg(long, value_name = "P")]
    min_confidence: Option<f32>,
    /// When the articles were published: "2024-05-17" or RFC 3339. Without it, relative times stay unresolved.
    #[arg(long, value_name = "TIME", value_parser = publish_time)]
    publish_time: Option<Timestamp>,
    /// IANA time zone in which they were published.
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Region (two letters) in which they were published: which dollar "$" is, day or month first.
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// Say of each fact why it was read so.
    #[arg(long)]
    explain: bool,
    /// Ask the server at this URL instead of the engine in this program.
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum InputFormat {
    Text,
    Jsonl,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Numeric claims.
    Numeric,
    /// Date mentions.
    Date,
    /// Commitments.
    Commitment,
}

/// Reads a date or an RFC 3339 time.
fn publish_time(text: &str) -> Result<Timestamp, String> {
    let date = text.parse::<jiff::civil::Date>().ok().filter(|_| !text.contains('T'));
    let timestamp = match date {
        Some(date) => jiff::tz::TimeZone::UTC.to_timestamp(date.into()),
        None => text.parse::<jiff::Timestamp>(),
    };
    let timestamp = timestamp.map_err(|_unread| {
        "a date like 2024-05-17, or a time like 2024-05-17T15:00:00Z".to_owned()
    })?;
    Ok(Timestamp { seconds: timestamp.as_second(), nanos: timestamp.subsec_nanosecond() })
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let source = match Source::new(arguments.endpoint.as_deref()) {
        Ok(source) => source,
        Err(why) => return fail(why),
    };
    let bar = progress(arguments);
    let mut run = Run { arguments, source, out: output(arguments), bad: 0 };
    for path in &arguments.files {
        if let Err(error) = run.file(path) {
            // A reader that goes away, as `head` does, has had enough: no error of ours.
            if error.kind() == io::ErrorKind::BrokenPipe {
                return ExitCode::SUCCESS;
            }
            run.complain(format_args!("{}: {error}", path.display()));
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    match run.out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => fail(error),
        _ if run.bad > 0 => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

/// Standard output: colours only where they are wanted (a terminal, NO_COLOR not set).
fn output(arguments: &Arguments) -> Box<dyn Write> {
    match arguments.format {
        Format::Text => Box::new(BufWriter::new(anstream::AutoStream::auto(io::stdout()))),
        Format::Json | Format::Jsonl => {
            Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
        }
    }
}

/// A bar on standard error when many files are read and somebody watches.
fn progress(arguments: &Arguments) -> ProgressBar {
    let is_watched = io::stderr().is_terminal()
        && (!io::stdout().is_terminal() || arguments.format != Format::Text);
    if arguments.files.len() < 2 || !is_watched {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} files, {eta} left")
        .unwrap_or(ProgressStyle::default_bar());
    ProgressBar::new(arguments.files.len() as u64).with_style(style)
}

struct Run<'a> {
    arguments: &'a Arguments,
    source: Source,
    out: Box<dyn Write>,
    /// Documents that could not be read.
    bad: usize,
}

impl Run<'_> {
    fn complain(&mut self, what: impl std::fmt::Display) {
        self.bad += 1;
        let _ = self.out.flush();
        anstream::eprintln!("dictum: {what}");
    }

    fn file(&mut self, path: &Path) -> io::Result<()> {
        let name = if path == Path::new("-") {
            "standard input".to_owned()
        } else {
            path.display().to_string()
        };
        let mut input: Box<dyn BufRead> = if path == Path::new("-") {
            Box::new(io::stdin().lock())
        } else {
            Box::new(BufReader::new(File::open(path)?))
        };
        match self.arguments.input_format {
            InputFormat::Text => {
                let mut bytes = Vec::new();
                input.read_to_end(&mut bytes)?;
                match String::from_utf8(bytes) {
                    Ok(content) => {
                        let document = pb::Document {
                            content,
                            document_id: name.clone(),
                            ..pb::Document::default()
                        };
                        self.document(
                            &name,
                            pb::ExtractFactsRequest { document: Some(document), options: None },
                        )
                    }
                    Err(error) => {
                        let at = error.utf8_error().valid_up_to();
                        self.complain(format_args!("{name}: not UTF-8 at byte {at}"));
                        Ok(())
                    }
                }
            }
            InputFormat::Jsonl => self.lines(&name, input.as_mut()),
        }
    }

    fn lines(&mut self, name: &str, input: &mut dyn BufRead) -> io::Result<()> {
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            line.clear();
            if input.read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            number += 1;
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match json::request(&line) {
                Ok(message) => self.document(&format!("{name}, line {number}"), message)?,
                Err(error) => self.complain(format_args!("{name}, line {number}: {error}")),
            }
        }
    }

    fn document(&mut self, name: &str, mut message: pb::ExtractFactsRequest) -> io::Result<()> {
        self.fill_in(&mut message);
        let content = message.document.as_ref().map(|document| document.content.clone());
        match self.source.ask(message) {
            Ok(answer) => self.print(content.as_deref().unwrap_or_default(), &answer),
            Err(why) => {
                self.complain(format_args!("{name}: {why}"));
                Ok(())
            }
        }
    }

    /// What the command line says holds where the request says nothing.
    fn fill_in(&self, message: &mut pb::ExtractFactsRequest) {
        let arguments = self.arguments;
        if let Some(document) = &mut message.document {
            document.publish_time = document.publish_time.or(arguments.publish_time);
            for (field, value) in [
                (&mut document.time_zone, &arguments.time_zone),
                (&mut document.region_code, &arguments.region),
            ] {
                if let Some(value) = value.as_ref().filter(|_| field.is_empty()) {
                    field.clone_from(value);
                }
            }
        }
        let options = message.options.get_or_insert_default();
        if options.kinds.is_empty() {
            let number = |kind: &Kind| match kind {
                Kind::Numeric => pb::FactKind::NumericClaim as i32,
                Kind::Date => pb::FactKind::DateMention as i32,
                Kind::Commitment => pb::FactKind::Commitment as i32,
            };
            options.kinds = arguments.kinds.iter().map(number).collect();
        }
        if options.offset_encoding == 0 {
            options.offset_encoding = match arguments.offsets {
                None => pb::OffsetEncoding::Unspecified,
                Some(Encoding::Utf8) => pb::OffsetEncoding::Utf8,
                Some(Encoding::Utf16) => pb::OffsetEncoding::Utf16,
                Some(Encoding::Utf32) => pb::OffsetEncoding::Utf32,
            } as i32;
        }
        if let Some(least) = arguments.min_confidence.filter(|_| options.min_confidence == 0.0) {
            options.min_confidence = least;
        }
        options.include_explanations |= arguments.explain;
    }

    fn print(&mut self, content: &str, answer: &pb::ExtractFactsResponse) -> io::Result<()> {
        match self.arguments.format {
            Format::Text => {
                return view::write(&mut self.out, content, answer, self.arguments.files.len() > 1);
            }
            Format::Json => serde_json::to_writer_pretty(&mut self.out, answer)?,
            Format::Jsonl => serde_json::to_writer(&mut self.out, answer)?,
        }
        self.out.write_all(b"\n")
    }
}
