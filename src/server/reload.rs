//! Files that may change while the server runs: looked at every few seconds by what is in them, because a mounted secret is
//! swapped by a link and tells nobody, and on SIGHUP.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::drain;
use super::metrics::Metrics;

/// Calls `reload` when the files have changed, until dropped.
pub(super) async fn watch<E: std::fmt::Display>(
    what: &'static str,
    paths: Vec<PathBuf>,
    interval: Duration,
    metrics: Arc<Metrics>,
    reload: impl Fn() -> Result<(), E>,
) -> io::Result<()> {
    let mut hangups = drain::hangups()?;
    let mut known = fingerprint(&paths);
    loop {
        let pause = async {
            if interval.is_zero() {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(interval).await;
        };
        let is_told = tokio::select! {
            _ = hangups.recv() => true,
            () = pause => false,
        };
        let now = fingerprint(&paths);
        if now == known && !is_told {
            continue;
        }
        known = now;
        let [good, bad] = &metrics.reloads;
        match reload() {
            Ok(()) => {
                good.inc();
                tracing::info!(what, "read again");
            }
            Err(error) => {
                bad.inc();
                tracing::error!(what, %error, "cannot be read again; the old stay");
            }
        }
    }
}

/// What is in the files, as one number. One that cannot be read is different from each that can.
fn fingerprint(paths: &[PathBuf]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        std::fs::read(path).ok().hash(&mut hasher);
    }
    hasher.finish()
}
