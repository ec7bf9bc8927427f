//! Log lines. Never a document's text.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

use super::config::{Config, LogFormat};

/// Starts writing log lines to standard error.
///
/// # Errors
/// A filter that cannot be read.
pub fn start(config: &Config) -> Result<(), ParseError> {
    let filter = EnvFilter::builder().parse(&config.log)?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process, as tests do, keeps the first.
    let _ = match config.log_format {
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
        LogFormat::Pretty => lines.try_init(),
    };
    Ok(())
}
