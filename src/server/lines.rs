//! Log lines on their way to standard error. A thread of their own writes them, so that a call never waits for whoever reads
//! them: when nobody does, lines are lost and counted instead.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};

use tracing_subscriber::fmt::MakeWriter;

/// Takes lines; any number of threads may.
#[derive(Clone, Debug)]
pub(super) struct Lines(SyncSender<Line>);

/// What the thread is told.
#[derive(Debug)]
enum Line {
    Text(Vec<u8>),
    /// Tell when all before it is written.
    Flush(SyncSender<()>),
}

/// Lines that wait, and bytes that are written at once.
const WAITING: usize = 4096;
const TOGETHER: usize = 32 << 10;

static LOST: AtomicU64 = AtomicU64::new(0);

/// How many lines nobody read in time, in the whole process.
pub(super) fn lost() -> u64 {
    LOST.load(Relaxed)
}

impl Lines {
    /// Starts the thread, which lasts until nobody can send it anything.
    pub(super) fn start(to: impl io::Write + Send + 'static) -> io::Result<Self> {
        let (send, lines) = sync_channel(WAITING);
        std::thread::Builder::new().name("log".to_owned()).spawn(move || write(&lines, to))?;
        Ok(Self(send))
    }

    /// Waits until the lines so far are written, but no longer than this.
    pub(super) fn flush(&self, within: Duration) {
        let end = Instant::now() + within;
        let (done, written) = sync_channel(1);
        let mut line = Line::Flush(done);
        while let Err(TrySendError::Full(back)) = self.0.try_send(line) {
            if Instant::now() >= end {
                return;
            }
            line = back;
            std::thread::sleep(Duration::from_millis(1));
        }
        // Late, or a thread that is gone: the lines are lost.
        let _: Result<(), RecvTimeoutError> =
            written.recv_timeout(end.saturating_duration_since(Instant::now()));
    }
}

impl io::Write for &Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.0.try_send(Line::Text(line.to_vec())).is_err() {
            LOST.fetch_add(1, Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = &'a Self;

    fn make_writer(&'a self) -> &'a Self {
        self
    }
}

/// Writes what comes, many lines at once when they come faster than they are written.
fn write(lines: &Receiver<Line>, mut to: impl io::Write) {
    while let Ok(line) = lines.recv() {
        let mut text = Vec::new();
        let mut told = None;
        let mut next = Some(line);
        while let Some(line) = next {
            match line {
                Line::Text(line) if text.is_empty() => text = line,
                Line::Text(line) => text.extend_from_slice(&line),
                Line::Flush(done) => {
                    told = Some(done);
                    break;
                }
            }
            next = if text.len() < TOGETHER { lines.try_recv().ok() } else { None };
        }
        // A standard error that is closed has no readers to miss them.
        let _ = to.write_all(&text);
        if let Some(done) = told {
            let _ = done.try_send(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Written when it is let.
    struct Slow(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no panic").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn nobody_waits_for_a_reader_that_sleeps_and_what_it_misses_is_counted() {
        let written = Arc::new(Mutex::new(Vec::new()));
        let lines = Lines::start(Slow(written.clone())).expect("a thread");
        (&lines).write_all(b"first\n").expect("taken");
        lines.flush(Duration::from_secs(5));
        assert_eq!(*written.lock().expect("no panic"), b"first\n");
        let asleep = written.lock().expect("no panic");
        let before = lost();
        let many = WAITING + TOGETHER + 10;
        for _ in 0..many {
            (&lines).write_all(b"x\n").expect("taken");
        }
        assert!(lost() > before);
        lines.flush(Duration::from_millis(10));
        drop(asleep);
        lines.flush(Duration::from_secs(5));
        let written = written.lock().expect("no panic");
        let count = written.iter().filter(|byte| **byte == b'\n').count() as u64;
        assert_eq!(count - 1 + lost() - before, many as u64);
    }
}
