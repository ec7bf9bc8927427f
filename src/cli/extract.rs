//! `dictum extract`: files or standard input in, facts out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::ask::{Asking, Failure, Source};
use super::corpus::{self, Input, Output};
use super::fail;
use super::out::{Out, progress};
use super::pool::{Asked, Pool};
use super::view::{self, plain};
use crate::wire::{Timestamp, json, pb};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files to read, and folders of them; "-" is standard input.
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
    /// How many documents are under way at once; their answers keep the order of the documents.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1024))]
    concurrency: u16,
    /// Write the answers to FILE into DIR/FILE.facts.FORMAT, which is there once it is whole. Files that have theirs are skipped;
    /// documents that are refused are listed in DIR/FILE.facts.FORMAT.errors.
    #[arg(long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// Read one of so many shares of the files: each that many after the last, in the order of their names.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    shards: u32,
    /// Which share, from 0 on.
    #[arg(long, value_name = "I", default_value_t = 0, env = "JOB_COMPLETION_INDEX")]
    shard_index: u32,
    #[command(flatten)]
    asking: Asking,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Jsonl,
}

impl Format {
    /// The end of a file's name.
    fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }
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
    let files = match files(arguments) {
        Ok(files) => files,
        Err(why) => return fail(why),
    };
    let width = usize::from(arguments.concurrency);
    let answering = Source::new(&arguments.asking).and_then(|source| match width {
        1 => Ok(Answering::Here(Box::new(source))),
        _ => Ok(Answering::Pool(Pool::new(source, width, &arguments.asking)?)),
    });
    let answering = match answering {
        Ok(answering) => answering,
        Err(why) => return fail(why),
    };
    let is_free = arguments.output_dir.is_some() || arguments.format != Format::Text;
    let bar = progress(files.len(), is_free);
    let mut run = Run {
        arguments,
        answering,
        out: Out::new(arguments.output_dir.is_some(), arguments.format == Format::Text),
        bar,
        files: files.len(),
        bad: 0,
    };
    for input in &files {
        if let Err(error) = run.file(input) {
            // A reader that goes away, as `head` does, has had enough: no error of ours.
            if error.kind() == io::ErrorKind::BrokenPipe {
                return ExitCode::SUCCESS;
            }
            run.abandon();
            run.complain(format_args!("{}: {error}", input.path.display()));
        }
        run.bar.inc(1);
    }
    if let Err(error) = run.answered()
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        run.complain(error);
    }
    run.bar.finish_and_clear();
    match run.out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => fail(error),
        _ if run.bad > 0 => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

/// The files that are to be read, of which those that have their answers are not.
fn files(arguments: &Arguments) -> Result<Vec<Input>, String> {
    let Arguments { shards, shard_index, .. } = *arguments;
    if shard_index >= shards {
        return Err(format!("--shard-index is {shard_index}, it must be below --shards, {shards}"));
    }
    let mut files = corpus::inputs(&arguments.files).map_err(|error| error.to_string())?;
    if arguments.output_dir.is_some() {
        if let Some(name) = corpus::twice(&files) {
            return Err(format!(
                "two files have the name {}: --output-dir has one place",
                name.display()
            ));
        }
        if files.iter().any(|input| input.path == Path::new("-")) {
            return Err("--output-dir has no place for the answers to standard input".to_owned());
        }
    }
    files = corpus::share(files, shard_index as usize, shards as usize);
    if let Some(folder) = &arguments.output_dir {
        let format = arguments.format.extension();
        files.retain(|input| !Output::place(folder, input, format).exists());
    }
    Ok(files)
}

/// Where answers come from: one after the other, or several at once.
enum Answering {
    Here(Box<Source>),
    Pool(Pool),
}

impl Answering {
    /// The oldest document that is under way, once it is answered.
    fn take(&mut self) -> Option<Asked> {
        match self {
            Self::Here(_) => None,
            Self::Pool(pool) => pool.take(),
        }
    }
}

struct Run<'a> {
    arguments: &'a Arguments,
    answering: Answering,
    out: Out,
    bar: ProgressBar,
    files: usize,
    /// Documents that could not be read.
    bad: usize,
}

impl Run<'_> {
    /// Says on standard error what is wrong with one document; the others go on.
    fn complain(&mut self, what: impl std::fmt::Display) {
        self.bad += 1;
        // What was written before comes before, where both go to one terminal.
        let _ = self.out.flush();
        let what = plain(&what.to_string());
        self.out.note(&what);
        self.bar.suspend(|| anstream::eprintln!("dictum: {what}"));
    }

    /// Leaves a file of answers that will not be whole, and what is under way for it. The text of an article is a file's only
    /// document: what is under way is for other files then.
    fn abandon(&mut self) {
        let is_for_one = self.arguments.output_dir.is_some()
            && self.arguments.input_format == InputFormat::Jsonl;
        while is_for_one && self.answering.take().is_some() {}
        self.out.abandon();
    }

    fn file(&mut self, input: &Input) -> io::Result<()> {
        let (name, source): (_, Box<dyn Read>) = if input.path == Path::new("-") {
            ("standard input".to_owned(), Box::new(io::stdin().lock()))
        } else {
            (input.path.display().to_string(), Box::new(File::open(&input.path)?))
        };
        let mut reader = BufReader::with_capacity(1 << 16, source);
        let place = self.place(input);
        match self.arguments.input_format {
            InputFormat::Jsonl => {
                if let Some(place) = place {
                    self.out.begin(place)?;
                }
                self.lines(&name, &mut reader)?;
                if self.arguments.output_dir.is_some() {
                    self.answered()?;
                }
                self.out.finish()
            }
            InputFormat::Text => {
                let mut bytes = Vec::new();
                reader.read_to_end(&mut bytes)?;
                match String::from_utf8(bytes) {
                    Ok(content) => {
                        // Below a folder, the name in it says which article it is, wherever the folder lies.
                        let id = match place {
                            Some(_) => input.name.display().to_string(),
                            None => name.clone(),
                        };
                        self.document(name, place, article(&id, content))
                    }
                    Err(error) => {
                        let at = error.utf8_error().valid_up_to();
                        let why = format!("not UTF-8 at byte {at}");
                        let answer = Err(Failure::Refused(why));
                        self.settle(Asked {
                            name,
                            place,
                            message: pb::ExtractFactsRequest::default(),
                            answer,
                        })
                    }
                }
            }
        }
    }

    /// Where the answers to a file go, when each file has its own.
    fn place(&self, input: &Input) -> Option<PathBuf> {
        let folder = self.arguments.output_dir.as_ref()?;
        Some(Output::place(folder, input, self.arguments.format.extension()))
    }

    fn lines(&mut self, name: &str, input: &mut BufReader<Box<dyn Read>>) -> io::Result<()> {
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            // Who writes a line and waits for its answer gets it before the next line is waited for.
            if input.buffer().is_empty() {
                self.answered()?;
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
            let name = format!("{name}, line {number}");
            match json::request(&line) {
                Ok(message) => self.document(name, None, message)?,
                Err(error) => {
                    self.answered()?;
                    self.complain(format_args!("{name}: {error}"));
                }
            }
        }
    }

    /// Asks about a document; its answers have a place of their own or go where the others of its file do.
    fn document(
        &mut self,
        name: String,
        place: Option<PathBuf>,
        mut message: pb::ExtractFactsRequest,
    ) -> io::Result<()> {
        self.fill_in(&mut message);
        let asked = match &mut self.answering {
            Answering::Here(source) => {
                let answer = source.ask(&message);
                Some(Asked { name, place, message, answer })
            }
            Answering::Pool(pool) => pool.put(name, place, message),
        };
        asked.map_or(Ok(()), |asked| self.settle(asked))
    }

    /// Waits for all that is under way.
    fn answered(&mut self) -> io::Result<()> {
        while let Some(asked) = self.answering.take() {
            self.settle(asked)?;
        }
        Ok(())
    }

    fn settle(&mut self, asked: Asked) -> io::Result<()> {
        let Asked { name, place, message, answer } = asked;
        if place.is_none() {
            return self.write(&name, &message, answer);
        }
        // A document with a place of its own fails for itself.
        let written = place.map_or(Ok(()), |place| self.out.begin(place));
        let written = written.and_then(|()| self.write(&name, &message, answer));
        if let Err(error) = written.and_then(|()| self.out.finish()) {
            self.out.abandon();
            self.complain(error);
        }
        Ok(())
    }

    fn write(
        &mut self,
        name: &str,
        message: &pb::ExtractFactsRequest,
        answer: Result<pb::ExtractFactsResponse, Failure>,
    ) -> io::Result<()> {
        match answer {
            Ok(answer) => self.print(message, &answer),
            // With files of their own, a later run asks again: this one's file is not whole.
            Err(Failure::Away(why)) if self.arguments.output_dir.is_some() => {
                Err(io::Error::other(format!("{name}: {why}")))
            }
            Err(Failure::Refused(why) | Failure::Away(why)) => {
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
        let out = self.out.to()?;
        match self.arguments.format {
            Format::Text => {
                let is_one_of_many =
                    self.files > 1 || self.arguments.input_format == InputFormat::Jsonl;
                return view::write(out, message, answer, is_one_of_many);
            }
            Format::Json => serde_json::to_writer_pretty(&mut *out, answer)?,
            Format::Jsonl => serde_json::to_writer(&mut *out, answer)?,
        }
        out.write_all(b"\n")
    }
}

/// The request for the text of a file.
fn article(name: &str, content: String) -> pb::ExtractFactsRequest {
    let document =
        pb::Document { content, document_id: name.to_owned(), ..pb::Document::default() };
    pb::ExtractFactsRequest { document: Some(document), options: None }
}
