//! `dictum extract`: files or standard input in, facts out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::ask::Source;
use super::fail;
use super::view::{self, plain};
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
    /// When the articles were published: a day of their time zone ("2024-05-17"), or RFC 3339. Without it, relative times stay
    /// unresolved.
    #[arg(long, value_name = "TIME", value_parser = published)]
    publish_time: Option<Published>,
    /// IANA time zone in which they were published.
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Language that they are in, BCP 47; English when absent.
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
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

impl Encoding {
    /// The number of the contract.
    fn number(self) -> i32 {
        match self {
            Self::Utf8 => pb::OffsetEncoding::Utf8,
            Self::Utf16 => pb::OffsetEncoding::Utf16,
            Self::Utf32 => pb::OffsetEncoding::Utf32,
        }
        .into()
    }
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

impl Kind {
    /// The number of the contract.
    fn number(self) -> i32 {
        match self {
            Self::Numeric => pb::FactKind::NumericClaim,
            Self::Date => pb::FactKind::DateMention,
            Self::Commitment => pb::FactKind::Commitment,
        }
        .into()
    }
}

/// When articles were published.
#[derive(Clone, Copy, Debug)]
enum Published {
    /// On a day of the time zone that each was published in.
    Day(Date),
    /// At an instant.
    Time(Timestamp),
}

/// Reads a date or an RFC 3339 time.
fn published(text: &str) -> Result<Published, String> {
    if let Some(day) = text.parse().ok().filter(|_| !text.contains(['T', 't', ' '])) {
        return Ok(Published::Day(day));
    }
    let time = text.parse::<jiff::Timestamp>().map_err(|_unread| {
        "it must be a date like 2024-05-17 or a time like 2024-05-17T15:00:00Z".to_owned()
    })?;
    Ok(Published::Time(time.into()))
}

impl Published {
    /// The instant, for a document of this time zone. A zone that does not exist is refused later, by name.
    fn instant(self, zone: &str) -> Option<Timestamp> {
        match self {
            Self::Time(time) => Some(time),
            Self::Day(day) => {
                let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
                zone.to_timestamp(day.into()).ok().map(Timestamp::from)
            }
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let source = match Source::new(arguments.endpoint.as_deref()) {
        Ok(source) => source,
        Err(why) => return fail(why),
    };
    let mut run =
        Run { arguments, source, out: output(arguments), bar: progress(arguments), bad: 0 };
    for path in &arguments.files {
        if let Err(error) = run.file(path) {
            // A reader that goes away, as `head` does, has had enough: no error of ours.
            if error.kind() == io::ErrorKind::BrokenPipe {
                return ExitCode::SUCCESS;
            }
            run.complain(format_args!("{}: {error}", path.display()));
        }
        run.bar.inc(1);
    }
    run.bar.finish_and_clear();
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
    bar: ProgressBar,
    /// Documents that could not be read.
    bad: usize,
}

impl Run<'_> {
    /// Says on standard error what is wrong with one document; the others go on.
    fn complain(&mut self, what: impl std::fmt::Display) {
        self.bad += 1;
        // What was written before comes before, where both go to one terminal.
        let _ = self.out.flush();
        self.bar.suspend(|| anstream::eprintln!("dictum: {}", plain(&what.to_string())));
    }

    fn file(&mut self, path: &Path) -> io::Result<()> {
        let (name, source): (_, Box<dyn Read>) = if path == Path::new("-") {
            ("standard input".to_owned(), Box::new(io::stdin().lock()))
        } else {
            (path.display().to_string(), Box::new(File::open(path)?))
        };
        let mut input = BufReader::with_capacity(1 << 16, source);
        match self.arguments.input_format {
            InputFormat::Jsonl => self.lines(&name, &mut input),
            InputFormat::Text => {
                let mut bytes = Vec::new();
                input.read_to_end(&mut bytes)?;
                match String::from_utf8(bytes) {
                    Ok(content) => self.document(&name, article(&name, content)),
                    Err(error) => {
                        let at = error.utf8_error().valid_up_to();
                        self.complain(format_args!("{name}: not UTF-8 at byte {at}"));
                        Ok(())
                    }
                }
            }
        }
    }

    fn lines(&mut self, name: &str, input: &mut BufReader<Box<dyn Read>>) -> io::Result<()> {
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            // Who writes a line and waits for its answer gets it before the next line is waited for.
            if input.buffer().is_empty() {
                self.out.flush()?;
            }
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
        match self.source.ask(&message) {
            Ok(answer) => self.print(&message, &answer),
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
            for (field, value) in [
                (&mut document.time_zone, &arguments.time_zone),
                (&mut document.language_code, &arguments.language),
                (&mut document.region_code, &arguments.region),
            ] {
                if let Some(value) = value.as_ref().filter(|_| field.is_empty()) {
                    field.clone_from(value);
                }
            }
            if document.publish_time.is_none() {
                let published = arguments.publish_time;
                document.publish_time =
                    published.and_then(|published| published.instant(&document.time_zone));
            }
        }
        let options = message.options.get_or_insert_default();
        if options.kinds.is_empty() {
            options.kinds = arguments.kinds.iter().map(|kind| kind.number()).collect();
        }
        if arguments.format == Format::Text {
            // The readable view shows no offsets; it cuts the text by them.
            options.offset_encoding = pb::OffsetEncoding::Utf8.into();
        } else if options.offset_encoding == 0 {
            options.offset_encoding = arguments.offsets.map_or(0, Encoding::number);
        }
        if let Some(least) = arguments.min_confidence.filter(|_| options.min_confidence == 0.0) {
            options.min_confidence = least;
        }
        options.include_explanations |= arguments.explain;
    }

    fn print(
        &mut self,
        message: &pb::ExtractFactsRequest,
        answer: &pb::ExtractFactsResponse,
    ) -> io::Result<()> {
        match self.arguments.format {
            Format::Text => {
                let is_one_of_many = self.arguments.files.len() > 1
                    || self.arguments.input_format == InputFormat::Jsonl;
                return view::write(&mut self.out, message, answer, is_one_of_many);
            }
            Format::Json => serde_json::to_writer_pretty(&mut self.out, answer)?,
            Format::Jsonl => serde_json::to_writer(&mut self.out, answer)?,
        }
        self.out.write_all(b"\n")
    }
}

/// The request for the text of a file.
fn article(name: &str, content: String) -> pb::ExtractFactsRequest {
    let document =
        pb::Document { content, document_id: name.to_owned(), ..pb::Document::default() };
    pb::ExtractFactsRequest { document: Some(document), options: None }
}
