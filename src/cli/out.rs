//! Where `dictum extract` writes: answers to standard output or to a file for each file, and how far it is to standard error.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use super::corpus::Output;

/// Where answers go.
pub(super) enum Out {
    /// Standard output.
    Standard(Box<dyn Write>),
    /// A file for each file that is read; none between two of them.
    Files(Option<Output>),
}

impl Out {
    /// Files, or standard output; for people it has colours, where they are wanted (a terminal, NO_COLOR not set).
    pub(super) fn new(has_files: bool, is_for_people: bool) -> Self {
        if has_files {
            Self::Files(None)
        } else if is_for_people {
            Self::Standard(Box::new(BufWriter::new(anstream::AutoStream::auto(io::stdout()))))
        } else {
            Self::Standard(Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock())))
        }
    }

    /// Begins the file of answers that is to have this place.
    pub(super) fn begin(&mut self, place: PathBuf) -> io::Result<()> {
        *self = Self::Files(Some(Output::create(place)?));
        Ok(())
    }

    /// Gives the file that is being written its name.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        match self {
            Self::Files(file) => file.take().map_or(Ok(()), Output::finish),
            Self::Standard(_) => Ok(()),
        }
    }

    /// Leaves the file that is being written, which will never be whole.
    pub(super) fn abandon(&mut self) {
        if let Self::Files(file) = self
            && let Some(output) = file.take()
        {
            output.discard();
        }
    }

    /// Notes what is wrong with a document beside the answers to the others of its file.
    pub(super) fn note(&mut self, what: &str) {
        if let Self::Files(Some(output)) = self {
            output.note(what);
        }
    }

    /// What is written to at the moment.
    pub(super) fn to(&mut self) -> io::Result<&mut dyn Write> {
        match self {
            Self::Standard(out) => Ok(out),
            Self::Files(Some(output)) => Ok(output),
            Self::Files(None) => Err(io::Error::other("no file is open")),
        }
    }

    /// Shows what was written; a file is flushed when it is whole.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::Files(_) => Ok(()),
        }
    }
}

/// A bar on standard error when many files are read and somebody watches.
pub(super) fn progress(files: usize, is_out_free: bool) -> ProgressBar {
    let is_watched = io::stderr().is_terminal() && (is_out_free || !io::stdout().is_terminal());
    if files < 2 || !is_watched {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} files, {eta} left")
        .unwrap_or(ProgressStyle::default_bar());
    ProgressBar::new(files as u64).with_style(style)
}
