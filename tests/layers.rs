//! The rooms of `src/lib.rs` use what stands above them and nothing below; the core knows no gRPC, runtime or clock.

use std::path::{Path, PathBuf};

/// The rooms in reading order.
const ROOMS: &[&str] = &[
    "span", "document", "fact", "token", "lexicon", "text", "phrase", "extract", "relate",
    "engine", "wire", "server", "cli",
];

/// The first room that is not of the core.
const EDGE: &str = "wire";

/// What the core must not name.
const FOREIGN: &[&str] = &[
    "tonic",
    "prost",
    "tokio",
    "clap",
    "pbjson",
    "tracing",
    "std::env",
    "std::fs",
    "std::net",
    "std::thread",
    "SystemTime",
    "Instant",
];

#[test]
fn rooms_look_up() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = 0;
    let mut wrong = Vec::new();
    for path in rust_files(&source) {
        let place = path.strip_prefix(&source).expect("below src");
        let room = place
            .iter()
            .next()
            .and_then(|part| part.to_str())
            .unwrap_or_default()
            .trim_end_matches(".rs")
            .to_owned();
        if matches!(room.as_str(), "lib" | "main") {
            continue;
        }
        files += 1;
        let depth = place.iter().count();
        let text = std::fs::read_to_string(&path).expect("a file just listed");
        wrong.extend(
            faults(&room, depth, &text)
                .into_iter()
                .map(|fault| format!("{}: {fault}", place.display())),
        );
    }
    assert!(files > 20, "only {files} files were read");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_front_page_lists_the_rooms_in_order() {
    let front = include_str!("../src/lib.rs");
    let listed: Vec<&str> =
        front.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(listed, ROOMS);
}

/// The checker is seen to fail.
#[test]
fn faults_are_found() {
    for (room, depth, text) in [
        ("phrase", 2, "use crate::engine::Engine;"),
        ("phrase", 2, "use crate::{\n    fact::Fact,\n    relate::{\n        finish,\n    },\n};"),
        ("phrase", 3, "fn f() { super::super::super::engine::x() }"),
        ("phrase", 2, "let x = crate :: engine :: Engine;"),
        ("text", 2, "use tonic::Status;"),
        ("text", 2, "let now = std::time::Instant::now();"),
        ("ghost", 1, ""),
    ] {
        assert_eq!(faults(room, depth, text).len(), 1, "{room}: {text}");
    }
    for (room, depth, text) in [
        ("engine", 1, "use crate::{fact::Report, text::Text};"),
        ("phrase", 3, "use super::super::number; // crate::engine in a comment"),
        ("server", 2, "use tonic::Status; use crate::engine::Engine;"),
        ("fact", 2, "use super::Decimal; let wire = 1;"),
    ] {
        assert_eq!(faults(room, depth, text), Vec::<String>::new(), "{room}: {text}");
    }
}

/// What a file of `room`, so many path parts below `src`, names that it must not. One entry a path.
fn faults(room: &str, depth: usize, text: &str) -> Vec<String> {
    let Some(own) = ROOMS.iter().position(|name| *name == room) else {
        return vec![format!("{room} is no room of lib.rs")];
    };
    // Tests may measure time; the rule is for what ships.
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let tokens = tokens(text);
    let mut found = Vec::new();
    for path in paths(&tokens) {
        let mut parts = path.iter().map(String::as_str).peekable();
        let is_crate = match parts.next() {
            Some("crate") => true,
            Some("super") => {
                let mut ups = 1;
                while parts.next_if_eq(&"super").is_some() {
                    ups += 1;
                }
                ups >= depth
            }
            _ => false,
        };
        if is_crate && let Some(target) = parts.next() {
            let target_place = ROOMS.iter().position(|name| *name == target);
            if target_place.is_some_and(|place| place > own) {
                found.push(format!("{} looks down", path.join("::")));
            }
        }
    }
    let edge = ROOMS.iter().position(|name| *name == EDGE).unwrap_or(ROOMS.len());
    if own < edge {
        for foreign in FOREIGN {
            let spelled: Vec<&str> =
                foreign.split("::").flat_map(|part| [part, ":", ":"]).collect();
            if tokens.windows(spelled.len()).any(|window| window == spelled) {
                found.push(format!("the core names {foreign}"));
            }
        }
    }
    found
}

/// Identifiers and signs, without comments and texts.
fn tokens(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default();
        let mut in_text = false;
        let mut word = String::new();
        for c in line.chars() {
            if c == '"' {
                in_text = !in_text;
            }
            if !in_text && (c.is_alphanumeric() || c == '_') {
                word.push(c);
                continue;
            }
            if !word.is_empty() {
                out.push(std::mem::take(&mut word));
            }
            if !in_text && !c.is_whitespace() && c != '"' {
                out.push(c.to_string());
            }
        }
        if !word.is_empty() {
            out.push(word);
        }
    }
    out
}

/// Every path that begins with `crate` or `super`, those of `use` groups spelled out.
fn paths(tokens: &[String]) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if matches!(tokens[at].as_str(), "crate" | "super") {
            at = read_path(tokens, at, &[], &mut out);
        } else {
            at += 1;
        }
    }
    out
}

/// Reads one path or group at `at` behind `prefix`; returns the place behind it.
fn read_path(
    tokens: &[String],
    mut at: usize,
    prefix: &[String],
    out: &mut Vec<Vec<String>>,
) -> usize {
    let mut path = prefix.to_vec();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while at < tokens.len() && tokens[at] != "}" {
                    if tokens[at] == "," {
                        at += 1;
                    } else {
                        at = read_path(tokens, at, &path, out);
                    }
                }
                return at + 1;
            }
            Some(word) if word.chars().all(|c| c.is_alphanumeric() || c == '_') => {
                path.push(word.to_owned())
            }
            _ => {
                out.push(path);
                return at + 1;
            }
        }
        at += 1;
        let is_joined = tokens.get(at).is_some_and(|t| t == ":")
            && tokens.get(at + 1).is_some_and(|t| t == ":");
        if !is_joined {
            out.push(path);
            return at;
        }
        at += 2;
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            out.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
    out
}
