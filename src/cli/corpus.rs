//! Which files are read, and where their answers go when each file has one of its own.

use std::collections::HashSet;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its name below the folder that was given, or its own.
    pub(super) name: PathBuf,
}

/// The files that are meant: those given, and all below the folders given but hidden ones, in the order of their names.
///
/// # Errors
/// A folder that cannot be read.
pub(super) fn inputs(given: &[PathBuf]) -> io::Result<Vec<Input>> {
    let mut found = Vec::new();
    for path in given {
        if path.is_dir() {
            below(path, Path::new(""), &mut found)?;
        } else {
            let name = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            found.push(Input { path: path.clone(), name });
        }
    }
    Ok(found)
}

fn below(folder: &Path, name: &Path, found: &mut Vec<Input>) -> io::Result<()> {
    let named = |error: io::Error| {
        io::Error::new(error.kind(), format!("{}: {error}", folder.join(name).display()))
    };
    let mut names = Vec::new();
    for entry in folder.join(name).read_dir().map_err(named)? {
        names.push(entry.map_err(named)?.file_name());
    }
    names.sort();
    for file in names {
        if file.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let name = name.join(file);
        let path = folder.join(&name);
        if path.is_dir() {
            below(folder, &name, found)?;
        } else {
            found.push(Input { path, name });
        }
    }
    Ok(())
}

/// One share of files: every so many, from the index on.
pub(super) fn share(inputs: Vec<Input>, index: usize, shares: usize) -> Vec<Input> {
    inputs.into_iter().skip(index).step_by(shares).collect()
}

/// The first name that two files have, which would write to one place.
pub(super) fn twice(inputs: &[Input]) -> Option<&Path> {
    let mut seen = HashSet::new();
    inputs.iter().map(|input| input.name.as_path()).find(|name| !seen.insert(*name))
}

/// The file of one input's answers: it has its name only when it is whole, so what has its name is done.
pub(super) struct Output {
    path: PathBuf,
    part: PathBuf,
    out: BufWriter<File>,
    errors: String,
}

impl Output {
    /// The place of a file's answers.
    pub(super) fn place(folder: &Path, input: &Input, format: &str) -> PathBuf {
        let mut path = folder.join(&input.name).into_os_string();
        path.push(format!(".facts.{format}"));
        path.into()
    }

    /// Begins the file of answers. Two programs that do the same work do not write to the same file.
    ///
    /// # Errors
    /// A place that cannot be written to.
    pub(super) fn create(path: PathBuf) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let number = RandomState::new().hash_one(&path);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let part = path.with_file_name(format!(".{name}.{number:016x}.part"));
        let out = BufWriter::with_capacity(1 << 16, File::create_new(&part)?);
        Ok(Self { path, part, out, errors: String::new() })
    }

    /// Notes what is wrong with one document; it goes beside the answers.
    pub(super) fn note(&mut self, what: &str) {
        self.errors.push_str(what);
        self.errors.push('\n');
    }

    /// Gives the whole file its name.
    ///
    /// # Errors
    /// What could not be written.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        let mut errors = self.path.clone().into_os_string();
        errors.push(".errors");
        if self.errors.is_empty() {
            // Of a run before, which was deleted to be made again.
            match std::fs::remove_file(&errors) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        } else {
            std::fs::write(&errors, &self.errors)?;
        }
        std::fs::rename(&self.part, &self.path)
    }

    /// Leaves nothing behind.
    pub(super) fn discard(self) {
        // What is left over is hidden and harms nobody.
        let _ = std::fs::remove_file(&self.part);
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::{Input, share, twice};

    fn inputs(names: &[&str]) -> Vec<Input> {
        names.iter().map(|name| Input { path: name.into(), name: name.into() }).collect()
    }

    #[test]
    fn shares_are_all_files_and_each_once() {
        let all = inputs(&["a", "b", "c", "d", "e", "f", "g"]);
        for shares in 1..10 {
            let mut found: Vec<_> =
                (0..shares).flat_map(|index| share(all.clone(), index, shares)).collect();
            found.sort_by(|a, b| a.path.cmp(&b.path));
            assert_eq!(found, all, "{shares} shares");
        }
    }

    #[test]
    fn a_name_that_two_files_have_is_found() {
        assert_eq!(twice(&inputs(&["a", "b"])), None);
        assert_eq!(twice(&inputs(&["a", "b", "a"])), Some("a".as_ref()));
    }
}
