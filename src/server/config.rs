//! What a server is told at its start. Flags win over the environment, which wins over the file, which wins over the default;
//! every bad value is told at once.

use std::fmt;
use std::net::{Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::settings::{Field, SETTINGS, Setting};
use crate::wire::Limits;

/// Everything that can be set, in its final types.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the service, health and reflection are served.
    pub listen: SocketAddr,
    /// Where plaintext health, `/livez`, `/readyz`, `/metrics` and `/version` are served.
    pub admin_listen: SocketAddr,
    /// Threads that serve calls; 0 = as many as the machine, or its cgroup, has cores.
    pub worker_threads: usize,
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

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: (Ipv6Addr::UNSPECIFIED, 50051).into(),
            admin_listen: (Ipv6Addr::UNSPECIFIED, 9090).into(),
            worker_threads: 0,
            limits: Limits::default(),
            drain_delay: Duration::from_secs(5),
            drain_timeout: Duration::from_secs(20),
            log_format: LogFormat::Json,
            log: "info".to_owned(),
        }
    }
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Pretty,
}

/// Where a value came from, weakest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Default,
    File(PathBuf),
    Environment(String),
    Flag(String),
}

impl fmt::Display for Source {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => to.write_str("default"),
            Self::File(path) => write!(to, "file {}", path.display()),
            Self::Environment(name) => write!(to, "environment {name}"),
            Self::Flag(name) => write!(to, "flag {name}"),
        }
    }
}

/// A configuration and the source of each of its values, in the order of [`SETTINGS`].
#[derive(Debug)]
pub(crate) struct Configured {
    pub(crate) config: Config,
    sources: Vec<Source>,
}

impl Configured {
    /// Puts a configuration together from the file's text and the values given otherwise, by index of [`SETTINGS`].
    ///
    /// # Errors
    /// Every value that is wrong, by name.
    pub(super) fn read(
        file: Option<(PathBuf, String)>,
        given: Vec<(usize, String, Source)>,
    ) -> Result<Self, Vec<String>> {
        let mut wrong = Vec::new();
        let mut values =
            file.map_or_else(Vec::new, |(path, text)| from_file(&path, &text, &mut wrong));
        // What is stronger comes later and overwrites.
        values.extend(given);
        let mut read =
            Self { config: Config::default(), sources: vec![Source::Default; SETTINGS.len()] };
        let mut chosen: Vec<Option<(String, Source)>> = vec![None; SETTINGS.len()];
        for (index, value, source) in values {
            chosen[index] = Some((value, source));
        }
        for (index, choice) in chosen.into_iter().enumerate() {
            let Some((value, source)) = choice else { continue };
            let setting = &SETTINGS[index];
            if let Err(reason) = setting.field.set(&mut read.config, &value) {
                wrong.push(format!("{} is {value:?} ({source}), {reason}", setting.key));
            }
            read.sources[index] = source;
        }
        wrong.extend(read.config.contradictions());
        if wrong.is_empty() { Ok(read) } else { Err(wrong) }
    }

    /// The configuration as a file that can be read back, with the source of each value.
    pub(crate) fn print(&self) -> String {
        let lines = SETTINGS.iter().zip(&self.sources).map(|(setting, source)| {
            let Setting { key, .. } = setting;
            let value = setting.field.toml(&self.config);
            format!("{:<44} # {source}\n", format!("{key} = {value}"))
        });
        lines.collect()
    }
}

impl Config {
    /// Values that are good by themselves and not together.
    fn contradictions(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let Limits { document_bytes, message_bytes, .. } = self.limits;
        if message_bytes <= document_bytes {
            wrong.push(format!(
                "max_message_bytes is {message_bytes}, it must be above max_document_bytes, {document_bytes}"
            ));
        }
        wrong
    }
}

/// The values of a file: flat, one key a setting.
fn from_file(path: &Path, text: &str, wrong: &mut Vec<String>) -> Vec<(usize, String, Source)> {
    let table: toml::Table = match toml::from_str(text) {
        Ok(table) => table,
        Err(error) => {
            wrong.push(format!("{}: {}", path.display(), error.to_string().trim_end()));
            return Vec::new();
        }
    };
    let mut values = Vec::new();
    for (key, value) in table {
        let Some(index) = SETTINGS.iter().position(|setting| setting.key == key) else {
            wrong.push(format!("{}: no setting has the name {key:?}", path.display()));
            continue;
        };
        let is_text = matches!(value, toml::Value::String(_));
        let plain = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Float(number) => number.to_string(),
            toml::Value::Boolean(is) => is.to_string(),
            other @ (toml::Value::Datetime(_) | toml::Value::Array(_) | toml::Value::Table(_)) => {
                wrong.push(format!("{}: {key} cannot be {}", path.display(), other.type_str()));
                continue;
            }
        };
        let wants_text =
            !matches!(SETTINGS[index].field, Field::Count { .. } | Field::Seconds { .. });
        if is_text != wants_text {
            let kind = if wants_text { "a string" } else { "a number" };
            wrong.push(format!("{}: {key} must be {kind}, not {plain:?}", path.display()));
            continue;
        }
        values.push((index, plain, Source::File(path.to_owned())));
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Option<(PathBuf, String)> {
        Some((PathBuf::from("a.toml"), text.to_owned()))
    }

    fn index(key: &str) -> usize {
        SETTINGS.iter().position(|setting| setting.key == key).expect("a setting")
    }

    #[test]
    fn what_is_stronger_wins_and_says_where_it_is_from() {
        let given = vec![
            (
                index("max_facts"),
                "7".to_owned(),
                Source::Environment("DICTUM_MAX_FACTS".to_owned()),
            ),
            (index("log"), "warn".to_owned(), Source::Flag("--log".to_owned())),
        ];
        let text = "max_facts = 6\nlog = \"debug\"\ndrain_delay = 0.25\n";
        let read = Configured::read(file(text), given).expect("good");
        assert_eq!(read.config.limits.facts, 7);
        assert_eq!(read.config.log, "warn");
        assert_eq!(read.config.drain_delay, Duration::from_millis(250));
        let printed = read.print();
        for (key, value, source) in [
            ("max_facts", "7", "environment DICTUM_MAX_FACTS"),
            ("log", "\"warn\"", "flag --log"),
            ("drain_delay", "0.25", "file a.toml"),
            ("drain_timeout", "20.0", "default"),
        ] {
            let line = printed.lines().find(|line| line.starts_with(&format!("{key} = ")));
            let line = line.unwrap_or_default();
            assert!(
                line.starts_with(&format!("{key} = {value} ")) && line.ends_with(source),
                "{line}"
            );
        }
        let again = Configured::read(file(&printed), Vec::new()).expect("it reads its own print");
        assert_eq!(format!("{:?}", again.config), format!("{:?}", read.config));
    }

    #[test]
    fn every_bad_value_is_told_at_once() {
        let text = "max_facts = 0\nlisten = \"here\"\nmagic = 1\ndrain_delay = \"5\"\nlog_format = \"xml\"\n\
                    max_document_bytes = 100\nmax_message_bytes = 50\nlog = \"=,=\"\ndrain_timeout = -1\n";
        let wrong = Configured::read(file(text), Vec::new()).expect_err("nine faults");
        for says in [
            "max_facts is \"0\" (file a.toml), it must be from 1 to 2147483647",
            "listen is \"here\" (file a.toml)",
            "no setting has the name \"magic\"",
            "drain_delay must be a number",
            "log_format is \"xml\" (file a.toml), it must be json or pretty",
            "max_message_bytes is 50, it must be above max_document_bytes, 100",
            "log is \"=,=\"",
            "drain_timeout is \"-1\" (file a.toml), it must be from 0 to 3600",
        ] {
            assert!(wrong.iter().any(|line| line.contains(says)), "{says:?} not in {wrong:#?}");
        }
        assert_eq!(wrong.len(), 8, "{wrong:#?}");
        assert!(Configured::read(file("max_facts = "), Vec::new()).is_err());
    }
}
