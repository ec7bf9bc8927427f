//! Keys of callers: a file of names and hashes, read anew when it changes. A key itself is never kept, and never written.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use hyper::HeaderMap;
use hyper::header::AUTHORIZATION;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};

/// The keys that are good now.
#[derive(Debug)]
pub(super) struct Keys {
    path: PathBuf,
    table: ArcSwap<Vec<Key>>,
}

/// A caller's name and the SHA-256 of its key.
#[derive(Debug)]
struct Key {
    name: Arc<str>,
    hash: [u8; 32],
}

/// Why a file of keys is no good.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// It cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line says nothing. What it says is not told: it may be a key.
    #[error("{}: line {line} is not of the form name:sha256hex", path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
    },
    /// A name is there twice.
    #[error("{}: line {line} names {name:?} a second time", path.display())]
    Twice {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// The name.
        name: String,
    },
    /// Nobody could call.
    #[error("{}: there is no key", path.display())]
    None {
        /// Which file.
        path: PathBuf,
    },
}

impl Keys {
    /// Reads a file.
    pub(super) fn load(path: &Path) -> Result<Self, KeysError> {
        let table = read(path)?;
        Ok(Self { path: path.to_owned(), table: ArcSwap::from_pointee(table) })
    }

    /// Reads it again; the old keys stay when it is no good.
    pub(super) fn reload(&self) -> Result<(), KeysError> {
        self.table.store(Arc::new(read(&self.path)?));
        Ok(())
    }

    /// Whose key the call came with. Takes as long for every key, good or bad.
    pub(super) fn caller(&self, headers: &HeaderMap) -> Option<Arc<str>> {
        let (scheme, key) =
            headers.get(AUTHORIZATION)?.as_bytes().split_at_checked(BEARER.len())?;
        if !scheme.eq_ignore_ascii_case(BEARER) {
            return None;
        }
        let hash: [u8; 32] = Sha256::digest(key).into();
        let table = self.table.load();
        let mut found = u32::MAX;
        for (place, key) in (0..).zip(table.iter()) {
            let is_it: Choice = key.hash.ct_eq(&hash);
            found = u32::conditional_select(&found, &place, is_it);
        }
        table.get(found as usize).map(|key| key.name.clone())
    }
}

const BEARER: &[u8] = b"bearer ";

fn read(path: &Path) -> Result<Vec<Key>, KeysError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| KeysError::Read { path: path.to_owned(), source })?;
    let mut table: Vec<Key> = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let key = text.rsplit_once(':').and_then(|(name, hash)| {
            let is_name = !name.is_empty()
                && name.len() <= 64
                && name.bytes().all(|byte| byte.is_ascii_graphic());
            Some(Key { name: name.into(), hash: digits(hash).filter(|_| is_name)? })
        });
        let key = key.ok_or_else(|| KeysError::Line { path: path.to_owned(), line })?;
        if table.iter().any(|other| other.name == key.name) {
            let name = key.name.as_ref().to_owned();
            return Err(KeysError::Twice { path: path.to_owned(), line, name });
        }
        table.push(key);
    }
    if table.is_empty() { Err(KeysError::None { path: path.to_owned() }) } else { Ok(table) }
}

/// 64 hexadecimal digits.
fn digits(text: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let digit = |at: usize| char::from(pair[at]).to_digit(16);
        *byte = (digit(0)? * 16 + digit(1)?) as u8;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    fn file(name: &str, text: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("dictum-keys-{}-{name}", std::process::id()));
        std::fs::write(&path, text).expect("a file");
        path
    }

    fn line(name: &str, key: &str) -> String {
        let digits: String = Sha256::digest(key).iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{name}:{digits}\n")
    }

    fn caller(keys: &Keys, header: &str) -> Option<Arc<str>> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_str(header).expect("a value"));
        keys.caller(&headers)
    }

    #[test]
    fn a_caller_is_known_by_its_key_until_the_file_says_otherwise() {
        let text = format!("# callers\n\n{}{}", line("desk", "one"), line("team:two", "two"));
        let path = file("good", &text);
        let keys = Keys::load(&path).expect("good");
        assert_eq!(caller(&keys, "Bearer one").as_deref(), Some("desk"));
        assert_eq!(caller(&keys, "bearer two").as_deref(), Some("team:two"));
        for bad in ["Bearer three", "Bearer ", "Bearer", "Basic one", "one", ""] {
            assert_eq!(caller(&keys, bad), None, "{bad}");
        }
        assert_eq!(keys.caller(&HeaderMap::new()), None);
        std::fs::write(&path, "nothing").expect("written");
        assert!(keys.reload().is_err());
        assert_eq!(caller(&keys, "Bearer one").as_deref(), Some("desk"));
        std::fs::write(&path, line("desk", "three")).expect("written");
        keys.reload().expect("good");
        assert_eq!(caller(&keys, "Bearer one"), None);
        assert_eq!(caller(&keys, "Bearer three").as_deref(), Some("desk"));
        std::fs::remove_file(path).expect("ours");
    }

    #[test]
    fn a_bad_file_is_told_by_line_and_never_by_what_it_says() {
        let twice = line("a", "x") + &line("a", "y");
        for (name, text, says) in [
            ("plain", "desk:secret\n", "line 1 is not of the form"),
            ("short", "# c\ndesk:abcd\n", "line 2 is not of the form"),
            ("twice", twice.as_str(), "line 2 names \"a\" a second time"),
            ("empty", "# nobody\n", "there is no key"),
        ] {
            let path = file(name, text);
            let error = Keys::load(&path).expect_err(name).to_string();
            assert!(error.contains(says), "{error}");
            assert!(!error.contains("secret") && !error.contains("abcd"), "{error}");
            std::fs::remove_file(path).expect("ours");
        }
    }
}
