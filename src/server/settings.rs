//! The one list of what can be set: flags, environment, file, `--print-config` and the JSON schema are made from it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;

use super::config::{Config, Configured, LogFormat, Source};

/// One thing that can be set. Its flag is `--key-with-hyphens`, its environment variable `DICTUM_KEY`.
#[derive(Debug)]
pub(super) struct Setting {
    /// The key in the file.
    pub(super) key: &'static str,
    /// What it does, one line.
    help: &'static str,
    /// Where it goes, and what is good.
    pub(super) field: Field,
}

/// The type of a setting, its range, and its place in [`Config`].
#[derive(Debug)]
pub(super) enum Field {
    Address(fn(&mut Config) -> &mut SocketAddr),
    Count { at: fn(&mut Config) -> &mut usize, from: usize, to: usize },
    Seconds { at: fn(&mut Config) -> &mut Duration, from: f64, to: f64 },
    Format(fn(&mut Config) -> &mut LogFormat),
    Filter(fn(&mut Config) -> &mut String),
}

/// In the order of `--help`.
pub(super) static SETTINGS: &[Setting] = &[
    Setting {
        key: "listen",
        help: "Address of the service, health and reflection",
        field: Field::Address(|config| &mut config.listen),
    },
    Setting {
        key: "admin_listen",
        help: "Address of plaintext health, /livez, /readyz, /metrics and /version",
        field: Field::Address(|config| &mut config.admin_listen),
    },
    Setting {
        key: "worker_threads",
        help: "Threads that serve calls; 0 = one for each core",
        field: Field::Count { at: |config| &mut config.worker_threads, from: 0, to: 1024 },
    },
    Setting {
        key: "max_document_bytes",
        help: "Largest document, in bytes",
        field: Field::Count { at: |config| &mut config.limits.document_bytes, from: 1, to: I32 },
    },
    Setting {
        key: "max_message_bytes",
        help: "Largest message on the wire, in bytes; must stand above the largest document",
        field: Field::Count { at: |config| &mut config.limits.message_bytes, from: 1, to: I32 },
    },
    Setting {
        key: "max_batch_documents",
        help: "Most documents of one batch",
        field: Field::Count { at: |config| &mut config.limits.batch_documents, from: 1, to: I32 },
    },
    Setting {
        key: "max_facts",
        help: "Most facts of one answer",
        field: Field::Count { at: |config| &mut config.limits.facts, from: 1, to: I32 },
    },
    Setting {
        key: "max_stream_in_flight",
        help: "Most documents of one stream that are read at a time",
        field: Field::Count {
            at: |config| &mut config.limits.stream_in_flight,
            from: 1,
            to: 65_536,
        },
    },
    Setting {
        key: "drain_delay",
        help: "Seconds for which new connections are still taken after SIGTERM",
        field: Field::Seconds { at: |config| &mut config.drain_delay, from: 0.0, to: 3600.0 },
    },
    Setting {
        key: "drain_timeout",
        help: "Seconds for which open calls may go on after that",
        field: Field::Seconds { at: |config| &mut config.drain_timeout, from: 0.0, to: 3600.0 },
    },
    Setting {
        key: "log_format",
        help: "How log lines are written: json or pretty",
        field: Field::Format(|config| &mut config.log_format),
    },
    Setting {
        key: "log",
        help: "Which log lines are written: \"info\", \"dictum=debug\"",
        field: Field::Filter(|config| &mut config.log),
    },
];

/// What the contract's 32-bit numbers can say.
const I32: usize = i32::MAX as usize;

impl Setting {
    fn flag(&self) -> String {
        self.key.replace('_', "-")
    }

    fn environment(&self) -> String {
        format!("DICTUM_{}", self.key.to_uppercase())
    }
}

impl Field {
    /// Puts a value in its place, or says what it must be.
    pub(super) fn set(&self, config: &mut Config, value: &str) -> Result<(), String> {
        match self {
            Self::Address(at) => {
                *at(config) = value
                    .parse()
                    .map_err(|_| "it must be an address and a port: \"[::]:50051\"".to_owned())?;
            }
            Self::Count { at, from, to } => {
                let number = value.parse().ok().filter(|number| (from..=to).contains(&number));
                *at(config) = number.ok_or_else(|| format!("it must be from {from} to {to}"))?;
            }
            Self::Seconds { at, from, to } => {
                let number = value.parse().ok().filter(|number| (from..=to).contains(&number));
                let seconds = number.ok_or_else(|| format!("it must be from {from} to {to}"))?;
                *at(config) = Duration::from_secs_f64(seconds);
            }
            Self::Format(at) => {
                *at(config) = match value {
                    "json" => LogFormat::Json,
                    "pretty" => LogFormat::Pretty,
                    _ => return Err("it must be json or pretty".to_owned()),
                }
            }
            Self::Filter(at) => {
                EnvFilter::builder().parse(value).map_err(|error| error.to_string())?;
                value.clone_into(at(config));
            }
        }
        Ok(())
    }

    /// The value in a configuration.
    fn value(&self, config: &Config) -> Value {
        let config = &mut config.clone();
        match self {
            Self::Address(at) => json!(at(config).to_string()),
            Self::Count { at, .. } => json!(at(config)),
            Self::Seconds { at, .. } => json!(at(config).as_secs_f64()),
            Self::Format(at) => match at(config) {
                LogFormat::Json => json!("json"),
                LogFormat::Pretty => json!("pretty"),
            },
            Self::Filter(at) => json!(at(config)),
        }
    }

    /// The same as TOML, which writes strings and numbers as JSON does.
    pub(super) fn toml(&self, config: &Config) -> String {
        self.value(config).to_string()
    }

    fn schema(&self) -> Value {
        match self {
            Self::Count { from, to, .. } => {
                json!({"type": "integer", "minimum": from, "maximum": to})
            }
            Self::Seconds { from, to, .. } => {
                json!({"type": "number", "minimum": from, "maximum": to})
            }
            Self::Format(_) => json!({"type": "string", "enum": ["json", "pretty"]}),
            Self::Address(_) | Self::Filter(_) => json!({"type": "string"}),
        }
    }
}

/// The JSON schema of the configuration file.
pub(crate) fn schema() -> String {
    let default = Config::default();
    let mut properties = serde_json::Map::new();
    for setting in SETTINGS {
        let mut property = setting.field.schema();
        property["description"] = json!(setting.help);
        property["default"] = setting.field.value(&default);
        property["x-flag"] = json!(format!("--{}", setting.flag()));
        property["x-env-variable"] = json!(setting.environment());
        properties.insert(setting.key.to_owned(), property);
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of dictum serve, as TOML",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    });
    format!("{schema:#}\n")
}

/// The flags of `dictum serve`, not yet checked.
#[derive(Debug)]
pub(crate) struct Flags {
    file: Option<PathBuf>,
    given: Vec<(usize, String, Source)>,
}

impl Flags {
    /// The configuration, or every value that is wrong, by name.
    pub(crate) fn read(&self) -> Result<Configured, Vec<String>> {
        let file = match &self.file {
            Some(path) => match std::fs::read_to_string(path) {
                Ok(text) => Some((path.clone(), text)),
                Err(error) => return Err(vec![format!("--config {}: {error}", path.display())]),
            },
            None => None,
        };
        Configured::read(file, self.given.clone())
    }
}

impl clap::FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut given = Vec::new();
        for (index, setting) in SETTINGS.iter().enumerate() {
            let Some(value) = matches.get_one::<String>(setting.key) else { continue };
            let source = match matches.value_source(setting.key) {
                Some(ValueSource::CommandLine) => Source::Flag(format!("--{}", setting.flag())),
                _ => Source::Environment(setting.environment()),
            };
            given.push((index, value.clone(), source));
        }
        Ok(Self { file: matches.get_one::<PathBuf>("config").cloned(), given })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl clap::Args for Flags {
    fn augment_args(command: Command) -> Command {
        let file = Arg::new("config")
            .long("config")
            .env("DICTUM_CONFIG")
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help("A TOML file of the settings below, keys with underscores; environment and flags win over it");
        let default = Config::default();
        SETTINGS.iter().fold(command.arg(file), |command, setting| {
            let default = setting.field.toml(&default);
            let value_name = match setting.field {
                Field::Address(_) => "ADDR",
                Field::Count { .. } if setting.key.ends_with("_bytes") => "BYTES",
                Field::Count { .. } => "N",
                Field::Seconds { .. } => "SECONDS",
                Field::Format(_) => "FORMAT",
                Field::Filter(_) => "FILTER",
            };
            command.arg(
                Arg::new(setting.key)
                    .long(setting.flag())
                    .env(setting.environment())
                    .value_name(value_name)
                    .allow_hyphen_values(true)
                    .help(format!("{} [default: {default}]", setting.help)),
            )
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
