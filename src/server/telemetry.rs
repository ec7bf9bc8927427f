//! Log lines. Never a document's text.

use std::fmt;
use std::io::IsTerminal as _;
use std::time::Duration;

use serde_json::Value;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::FmtContext;
use tracing_subscriber::fmt::format::{FormatEvent, FormatFields, Writer};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Registry, reload};

use super::config::{Config, LogFormat};
use super::lines::Lines;

/// The lines that are written.
#[derive(Clone, Debug)]
pub struct Log {
    filter: reload::Handle<EnvFilter, Registry>,
    lines: Lines,
}

impl Log {
    /// Writes what `filter` lets through from now on.
    ///
    /// # Errors
    /// A filter that cannot be read; the old one stays.
    pub fn set(&self, filter: &str) -> Result<(), String> {
        let filter = EnvFilter::builder().parse(filter).map_err(|error| error.to_string())?;
        self.filter.reload(filter).map_err(|error| error.to_string())
    }

    /// Waits until the lines so far are written, but no longer than a second.
    pub fn flush(&self) {
        self.lines.flush(LAST_WAIT);
    }
}

const LAST_WAIT: Duration = Duration::from_secs(1);

/// Starts writing log lines to standard error.
///
/// # Errors
/// A filter that cannot be read, and a thread that cannot be started.
pub fn start(config: &Config) -> Result<Log, String> {
    let filter = EnvFilter::builder().parse(&config.log).map_err(|error| error.to_string())?;
    let (filter, handle) = reload::Layer::new(filter);
    let written = Lines::start(std::io::stderr()).map_err(|error| error.to_string())?;
    let lines = tracing_subscriber::fmt::layer().with_writer(written.clone());
    let lines = match config.log_format {
        LogFormat::Json => lines.event_format(Json).boxed(),
        LogFormat::Pretty => lines.with_ansi(std::io::stderr().is_terminal()).boxed(),
    };
    // A second start in one process, as tests do, keeps the first.
    let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
    Ok(Log { filter: handle, lines: written })
}

/// One JSON object a line: `ts`, `level`, `target`, `msg`, then what the event says.
struct Json;

impl<S, N> FormatEvent<S, N> for Json
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _ctx: &FmtContext<'_, S, N>,
        mut to: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let meta = event.metadata();
        let now = jiff::Timestamp::now();
        write!(to, "{{\"ts\":\"{now:.6}\",\"level\":\"{}\",\"target\":", meta.level())?;
        write!(to, "{}", Value::from(meta.target()))?;
        let mut fields = Fields { to: &mut to, written: Ok(()) };
        event.record(&mut fields);
        fields.written?;
        to.write_str("}\n")
    }
}

struct Fields<'a, 'w> {
    to: &'a mut Writer<'w>,
    written: fmt::Result,
}

impl Fields<'_, '_> {
    fn write(&mut self, field: &Field, value: fmt::Arguments<'_>) {
        let name = if field.name() == "message" { "msg" } else { field.name() };
        if self.written.is_ok() {
            self.written = write!(self.to, ",\"{name}\":{value}");
        }
    }
}

impl Visit for Fields<'_, '_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if value.bytes().all(|byte| (0x20..0x7F).contains(&byte) && byte != b'"' && byte != b'\\') {
            return self.write(field, format_args!("\"{value}\""));
        }
        self.write(field, format_args!("{}", Value::from(value)));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if value.is_finite() {
            self.write(field, format_args!("{value}"));
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.write(field, format_args!("{value}"));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.write(field, format_args!("{value}"));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.write(field, format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}
