//! `dictum bench`: asks a server as fast as it answers, or at a rate, and says what came of it.

mod documents;
mod drive;
mod process;
mod report;
mod tally;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use super::connect::{Security, connect};
use super::fail;
use documents::Documents;
use drive::{Plan, Until};
use process::Usage;
use report::Report;

#[derive(Debug, Args)]
#[command(after_help = "\
Without --rate the loop is closed: each caller sends when its answer is there, which finds the capacity. With --rate it is open: \
calls have a time at which they are due whether the server keeps up or not, and a call that is sent late because every caller \
was waiting counts its latency from when it was due. Measure latency so, at 50 and 80 percent of the capacity.

The exit status says whether there were errors other than those of --allow.")]
pub(super) struct Arguments {
    /// Articles to send, in turn: plain text (.txt), ExtractFactsRequest as JSON Lines (.jsonl), or protobuf, each behind its
    /// length (.bin). Without one, the sample articles of the project.
    files: Vec<PathBuf>,
    /// Address of the server.
    #[arg(long, default_value = "http://127.0.0.1:50051", value_name = "URL")]
    endpoint: String,
    /// What to call.
    #[arg(long, value_enum, default_value_t = Call::Unary)]
    call: Call,
    /// Connections to open.
    #[arg(long, default_value_t = 4, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    connections: u32,
    /// Calls in flight over all connections; of streams, how many are open.
    #[arg(long, default_value_t = 32, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    concurrency: u32,
    /// Documents of a batch.
    #[arg(long, default_value_t = 32, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    batch: u32,
    /// Documents of a stream that may be unanswered before the next is sent.
    #[arg(long, default_value_t = 8, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    window: u32,
    /// Seconds to measure.
    #[arg(long, default_value_t = 10.0, value_name = "SECONDS", value_parser = seconds)]
    duration: f64,
    /// Calls to measure, instead of a time; of streams, documents.
    #[arg(long, value_name = "N", conflicts_with = "duration")]
    count: Option<u64>,
    /// Calls a second; of streams, documents a second over all of them. Without it, as many as are answered.
    #[arg(long, value_name = "N", value_parser = rate)]
    rate: Option<f64>,
    /// Seconds of the same load before it is measured.
    #[arg(long, default_value_t = 1.0, value_name = "SECONDS", value_parser = seconds)]
    warm_up: f64,
    /// Deadline of a call, in seconds; of a stream, the longest wait for an answer.
    #[arg(long, default_value_t = 10.0, value_name = "SECONDS", value_parser = seconds)]
    timeout: f64,
    /// Threads of this program.
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=256))]
    threads: u32,
    /// Process of the server, when it runs on this machine: its CPU time and memory are reported.
    #[arg(long, value_name = "PID")]
    pid: Option<u32>,
    /// Metadata of every call, "name: value".
    #[arg(long = "header", value_name = "HEADER", value_parser = header)]
    headers: Vec<(String, String)>,
    /// A code that is no failure of the run, as in RESOURCE_EXHAUSTED.
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    /// How to report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// The calls that can be driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Call {
    /// `ExtractFacts`: one document a call.
    Unary,
    /// `BatchExtractFacts`: many documents a call.
    Batch,
    /// `StreamExtractFacts`: documents over open streams.
    Stream,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A few lines.
    Text,
    /// One JSON object.
    Json,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let report = match measured(arguments) {
        Ok(report) => report,
        Err(why) => return fail(why),
    };
    let written = match arguments.format {
        Format::Text => report.text(),
        Format::Json => format!("{}\n", report.json()),
    };
    if let Err(error) = std::io::stdout().write_all(written.as_bytes()) {
        return fail(error);
    }
    if report.tally.answered == 0 {
        return fail("no call was answered");
    }
    if report.tally.has_failures_besides(&arguments.allow) {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn measured(arguments: &Arguments) -> Result<Report, String> {
    let documents = if arguments.files.is_empty() {
        Documents::samples()
    } else {
        Documents::read(&arguments.files)?
    };
    let plan = Plan {
        call: arguments.call,
        concurrency: arguments.concurrency,
        batch: arguments.batch as usize,
        window: arguments.window as usize,
        rate: arguments.rate,
        timeout: Duration::from_secs_f64(arguments.timeout),
        metadata: drive::metadata(&arguments.headers)?,
        documents,
    };
    let until = match arguments.count {
        Some(count) => Until::Count(count),
        None => Until::Elapsed(Duration::from_secs_f64(arguments.duration)),
    };
    let mut runtime = match arguments.threads {
        1 => tokio::runtime::Builder::new_current_thread(),
        _ => tokio::runtime::Builder::new_multi_thread(),
    };
    let runtime = runtime
        .worker_threads(arguments.threads as usize)
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(async {
        let mut channels = Vec::new();
        for _ in 0..arguments.connections {
            channels.push(connect(&arguments.endpoint, &Security::default()).await?);
        }
        let plan = std::sync::Arc::new(plan);
        if arguments.warm_up > 0.0 {
            let warm_up = Until::Elapsed(Duration::from_secs_f64(arguments.warm_up));
            drive::drive(&channels, &plan, warm_up).await?;
        }
        let usage = || -> Result<(Usage, Option<Usage>), String> {
            Ok((Usage::of(std::process::id())?, arguments.pid.map(Usage::of).transpose()?))
        };
        let before = usage()?;
        let begun = Instant::now();
        let tally = drive::drive(&channels, &plan, until).await?;
        let elapsed = begun.elapsed();
        let after = usage()?;
        Ok(Report {
            call: arguments.call,
            documents: plan.documents.len(),
            connections: arguments.connections,
            concurrency: arguments.concurrency,
            rate: arguments.rate,
            elapsed,
            tally,
            client: (before.0, after.0),
            server: before.1.zip(after.1),
        })
    })
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "it must be a number of seconds".to_owned())?;
    if (0.0..=86_400.0).contains(&seconds) {
        Ok(seconds)
    } else {
        Err("it must be from 0 to 86400".to_owned())
    }
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 = text.parse().map_err(|_| "it must be a number".to_owned())?;
    if (0.001..=1e7).contains(&rate) {
        Ok(rate)
    } else {
        Err("it must be from 0.001 to 10000000".to_owned())
    }
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("it must be \"name: value\"")?;
    Ok((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}
