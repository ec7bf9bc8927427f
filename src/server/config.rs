//! What a server is told at its start.

use std::net::SocketAddr;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::wire::Limits;

/// Everything that can be set, parsed into its final types at start.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the service, health and reflection are served.
    pub listen: SocketAddr,
    /// Where plaintext health, `/livez`, `/readyz`, `/metrics` and `/version` are served.
    pub admin_listen: SocketAddr,
    /// What is too much.
    pub limits: Limits,
    /// How long new connections are taken after the first signal, so that clients see NOT_SERVING first.
    pub drain_delay: Duration,
    /// How long open calls may go on after that.
    pub drain_timeout: Duration,
    /// How log lines are written.
    pub log_format: LogFormat,
    /// Which log lines are written, a filter of `tracing-subscriber`.
    pub log: String,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Pretty,
}

/// The flags of `dictum serve`; each has an environment variable.
#[derive(Debug, Args)]
pub(crate) struct Flags {
    /// Address of the service, health and reflection.
    #[arg(long, env = "DICTUM_LISTEN", default_value = "[::]:50051", value_name = "ADDR")]
    listen: SocketAddr,
    /// Address of plaintext health, /livez, /readyz, /metrics and /version.
    #[arg(long, env = "DICTUM_ADMIN_LISTEN", default_value = "[::]:9090", value_name = "ADDR")]
    admin_listen: SocketAddr,
    /// Largest document, in bytes.
    #[arg(long, env = "DICTUM_MAX_DOCUMENT_BYTES", default_value_t = Limits::default().document_bytes, value_name = "BYTES")]
    max_document_bytes: usize,
    /// Largest message on the wire, in bytes; must stand above the largest document.
    #[arg(long, env = "DICTUM_MAX_MESSAGE_BYTES", default_value_t = Limits::default().message_bytes, value_name = "BYTES")]
    max_message_bytes: usize,
    /// Most documents of one batch.
    #[arg(long, env = "DICTUM_MAX_BATCH_DOCUMENTS", default_value_t = Limits::default().batch_documents, value_name = "N")]
    max_batch_documents: usize,
    /// Most facts of one answer.
    #[arg(long, env = "DICTUM_MAX_FACTS", default_value_t = Limits::default().facts, value_name = "N")]
    max_facts: usize,
    /// Most documents of one stream that are read at a time.
    #[arg(long, env = "DICTUM_MAX_STREAM_IN_FLIGHT", default_value_t = Limits::default().stream_in_flight, value_name = "N")]
    max_stream_in_flight: usize,
    /// Seconds for which new connections are still taken after SIGTERM.
    #[arg(long, env = "DICTUM_DRAIN_DELAY", default_value_t = 5.0, value_name = "SECONDS")]
    drain_delay: f64,
    /// Seconds for which open calls may go on after that.
    #[arg(long, env = "DICTUM_DRAIN_TIMEOUT", default_value_t = 20.0, value_name = "SECONDS")]
    drain_timeout: f64,
    /// How log lines are written.
    #[arg(long, env = "DICTUM_LOG_FORMAT", value_enum, default_value_t = LogFormat::Json)]
    log_format: LogFormat,
    /// Which log lines are written: "info", "dictum=debug".
    #[arg(long, env = "DICTUM_LOG", default_value = "info", value_name = "FILTER")]
    log: String,
}

impl Flags {
    /// The configuration, or every value that is wrong, by name.
    pub(crate) fn config(&self) -> Result<Config, Vec<String>> {
        let Self {
            listen,
            admin_listen,
            max_document_bytes,
            max_message_bytes,
            max_batch_documents,
            max_facts,
            max_stream_in_flight,
            drain_delay,
            drain_timeout,
            log_format,
            log,
        } = self;
        let mut wrong = Vec::new();
        for (name, value) in [
            ("max-document-bytes", *max_document_bytes),
            ("max-batch-documents", *max_batch_documents),
            ("max-facts", *max_facts),
            ("max-stream-in-flight", *max_stream_in_flight),
        ] {
            if value == 0 || value > i32::MAX as usize {
                wrong.push(format!("--{name} is {value}, it must be from 1 to {}", i32::MAX));
            }
        }
        if max_message_bytes <= max_document_bytes {
            wrong.push(format!(
                "--max-message-bytes is {max_message_bytes}, it must be above --max-document-bytes, {max_document_bytes}"
            ));
        }
        let mut seconds = |name: &str, value: f64| {
            Duration::try_from_secs_f64(value).unwrap_or_else(|error| {
                wrong.push(format!("--{name} is {value}: {error}"));
                Duration::ZERO
            })
        };
        let (drain_delay, drain_timeout) =
            (seconds("drain-delay", *drain_delay), seconds("drain-timeout", *drain_timeout));
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(Config {
            listen: *listen,
            admin_listen: *admin_listen,
            limits: Limits {
                document_bytes: *max_document_bytes,
                message_bytes: *max_message_bytes,
                batch_documents: *max_batch_documents,
                facts: *max_facts,
                stream_in_flight: *max_stream_in_flight,
            },
            drain_delay,
            drain_timeout,
            log_format: *log_format,
            log: log.clone(),
        })
    }
}
