//! The types of settings: what each may be, how it is written, and the flags, variables and schema made of it.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use hyper::header::HeaderValue;
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;

use super::config::{Config, Configured, OpenMethods, Source};
use super::settings::SETTINGS;

/// One thing that can be set. Its flag is `--key-with-hyphens`, its environment variable `DICTUM_KEY`.
#[derive(Debug)]
pub(super) struct Setting {
    /// The key in the file.
    pub(super) key: &'static str,
    /// What it does, one line.
    pub(super) help: &'static str,
    /// Where it goes, and what is good.
    pub(super) field: Field,
}

/// The type of a setting, its range, and its place in [`Config`].
#[derive(Debug)]
pub(super) enum Field {
    Address(fn(&mut Config) -> &mut SocketAddr),
    Count {
        at: fn(&mut Config) -> &mut usize,
        from: usize,
        to: usize,
    },
    Seconds {
        at: fn(&mut Config) -> &mut Duration,
        from: f64,
        to: f64,
    },
    /// From 0 to 1.
    Share(fn(&mut Config) -> &mut f64),
    Truth(fn(&mut Config) -> &mut bool),
    /// One of some names, by its place among them.
    Choice {
        names: &'static [&'static str],
        get: fn(&Config) -> usize,
        set: fn(&mut Config, usize),
    },
    Filter(fn(&mut Config) -> &mut String),
    /// Empty = none.
    Path(fn(&mut Config) -> &mut Option<PathBuf>),
    /// Empty = none.
    Url(fn(&mut Config) -> &mut Option<String>),
    Open(fn(&mut Config) -> &mut OpenMethods),
    /// Empty = none.
    Origins(fn(&mut Config) -> &mut Vec<HeaderValue>),
}

/// How a value is written in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Truth,
}

impl fmt::Display for Kind {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::Text => "a string",
            Self::Number => "a number",
            Self::Truth => "true or false",
        })
    }
}

impl Setting {
    fn flag(&self) -> String {
        self.key.replace('_', "-")
    }

    fn environment(&self) -> String {
        format!("DICTUM_{}", self.key.to_uppercase())
    }
}

impl Field {
    /// How it is written in the file.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Count { .. } | Self::Seconds { .. } | Self::Share(_) => Kind::Number,
            Self::Truth(_) => Kind::Truth,
            Self::Address(_)
            | Self::Choice { .. }
            | Self::Filter(_)
            | Self::Path(_)
            | Self::Url(_)
            | Self::Open(_)
            | Self::Origins(_) => Kind::Text,
        }
    }

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
            Self::Share(at) => {
                let number = value.parse().ok().filter(|number| (0.0..=1.0).contains(number));
                *at(config) = number.ok_or_else(|| "it must be from 0 to 1".to_owned())?;
            }
            Self::Truth(at) => {
                *at(config) = value.parse().map_err(|_| "it must be true or false".to_owned())?;
            }
            Self::Choice { names, set, get: _ } => {
                let choice = names.iter().position(|name| *name == value);
                let choice = choice.ok_or_else(|| format!("it must be {}", names.join(" or ")))?;
                set(config, choice);
            }
            Self::Filter(at) => {
                EnvFilter::builder().parse(value).map_err(|error| error.to_string())?;
                value.clone_into(at(config));
            }
            Self::Path(at) => *at(config) = (!value.is_empty()).then(|| PathBuf::from(value)),
            Self::Url(at) => {
                let is_url = |url: &tonic::transport::Uri| {
                    url.host().is_some() && matches!(url.scheme_str(), Some("http" | "https"))
                };
                if !value.is_empty() && !value.parse().as_ref().is_ok_and(is_url) {
                    return Err("it must be an address: \"http://localhost:4317\"".to_owned());
                }
                *at(config) = (!value.is_empty()).then(|| value.to_owned());
            }
            Self::Open(at) => *at(config) = open_methods(value)?,
            Self::Origins(at) => *at(config) = origins(value)?,
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
            Self::Share(at) => json!(at(config)),
            Self::Truth(at) => json!(at(config)),
            Self::Choice { names, get, set: _ } => json!(names.get(get(config))),
            Self::Filter(at) => json!(at(config)),
            Self::Path(at) => {
                json!(at(config).as_deref().unwrap_or("".as_ref()).display().to_string())
            }
            Self::Url(at) => json!(at(config).as_deref().unwrap_or_default()),
            Self::Open(at) => {
                let OpenMethods { health, reflection, capabilities } = *at(config);
                let all = [
                    (health, "health"),
                    (reflection, "reflection"),
                    (capabilities, "capabilities"),
                ];
                let open: Vec<_> =
                    all.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect();
                json!(open.join(","))
            }
            Self::Origins(at) => {
                let origins = at(config).iter().filter_map(|origin| origin.to_str().ok());
                json!(origins.collect::<Vec<_>>().join(","))
            }
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
            Self::Share(_) => json!({"type": "number", "minimum": 0, "maximum": 1}),
            Self::Truth(_) => json!({"type": "boolean"}),
            Self::Choice { names, .. } => json!({"type": "string", "enum": names}),
            Self::Address(_)
            | Self::Filter(_)
            | Self::Path(_)
            | Self::Url(_)
            | Self::Open(_)
            | Self::Origins(_) => json!({"type": "string"}),
        }
    }

    fn value_name(&self, key: &str) -> &'static str {
        match self {
            Self::Address(_) => "ADDR",
            Self::Count { .. } if key.ends_with("_bytes") => "BYTES",
            Self::Count { .. } => "N",
            Self::Seconds { .. } => "SECONDS",
            Self::Share(_) => "SHARE",
            Self::Truth(_) => "BOOL",
            Self::Choice { .. } => "CHOICE",
            Self::Filter(_) => "FILTER",
            Self::Path(_) => "FILE",
            Self::Url(_) => "URL",
            Self::Open(_) => "NAMES",
            Self::Origins(_) => "ORIGINS",
        }
    }
}

fn open_methods(value: &str) -> Result<OpenMethods, String> {
    let mut open = OpenMethods { health: false, reflection: false, capabilities: false };
    for name in value.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match name {
            "health" => open.health = true,
            "reflection" => open.reflection = true,
            "capabilities" => open.capabilities = true,
            _ => return Err("it must be of health, reflection and capabilities".to_owned()),
        }
    }
    Ok(open)
}

fn origins(value: &str) -> Result<Vec<HeaderValue>, String> {
    let origins = value.split(',').map(str::trim).filter(|origin| !origin.is_empty());
    let origin = |origin: &str| {
        // Scheme, host and port, as browsers send them: nothing behind.
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        let is_origin = host.is_some_and(|host| {
            let is_good = |b: u8| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b);
            !host.is_empty() && host.bytes().all(is_good)
        });
        (origin == "*" || is_origin).then(|| HeaderValue::from_str(origin).ok()).flatten()
    };
    let all: Option<Vec<_>> = origins.map(origin).collect();
    all.ok_or_else(|| {
        "it must be of origins: \"https://example.org,http://localhost:8080\", or \"*\"".to_owned()
    })
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
#[derive(Clone, Debug)]
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
            command.arg(
                Arg::new(setting.key)
                    .long(setting.flag())
                    .env(setting.environment())
                    .value_name(setting.field.value_name(setting.key))
                    .allow_hyphen_values(true)
                    .help(format!("{} [default: {default}]", setting.help)),
            )
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
