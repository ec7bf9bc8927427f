//! What a server is told at its start. Flags win over the environment, which wins over the file, which wins over the default;
//! every bad value is told at once.

use std::fmt;
use std::net::{Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::field::{Kind, Setting};
use super::settings::SETTINGS;
use super::web::Web;
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
    /// Threads that read large documents; 0 likewise.
    pub pool_threads: usize,
    /// Documents up to so many bytes are read on the thread that took the call: a hand-over costs more than they do.
    pub inline_bytes: usize,
    /// What is too much of one call.
    pub limits: Limits,
    /// Answers from so many bytes on are compressed for callers that accept it; 0 = none are.
    pub compress_from: usize,
    /// What is too much of all calls together.
    pub admission: Admission,
    /// A unary call has no longer than this, whatever its own deadline.
    pub max_deadline: Duration,
    /// A document that takes longer is answered as far as it was read.
    pub document_timeout: Duration,
    /// What a connection may do.
    pub connections: Connections,
    /// Certificates.
    pub tls: Tls,
    /// A file of keys that callers must have one of, `name:sha256hex` a line.
    pub api_keys: Option<PathBuf>,
    /// Methods that need no key.
    pub open_methods: OpenMethods,
    /// How often certificates and keys are looked at for changes; zero = only on SIGHUP.
    pub reload_interval: Duration,
    /// What is served beside gRPC.
    pub web: Web,
    /// Whether reflection is served.
    pub reflection: bool,
    /// How long new connections are taken after the first signal, so that clients see NOT_SERVING first.
    pub drain_delay: Duration,
    /// How long open calls may go on after that.
    pub drain_timeout: Duration,
    /// How log lines are written.
    pub log_format: LogFormat,
    /// Which log lines are written, a filter of `tracing-subscriber`.
    pub log: String,
    /// The share of calls that succeed and leave a log line; others always do.
    pub log_sample: f64,
    /// Where traces are sent, OTLP over gRPC.
    pub otlp_endpoint: Option<String>,
    /// Whom an `https` endpoint must have its certificate from, PEM; none = who the web trusts.
    pub otlp_ca: Option<PathBuf>,
    /// The share of traces begun here that are recorded; callers decide about theirs.
    pub otlp_sample: f64,
}

/// What is too much of all calls together.
#[derive(Clone, Copy, Debug)]
pub struct Admission {
    /// Calls that are open, whatever they are doing.
    pub requests: usize,
    /// Bytes of requests that were received and are not answered.
    pub bytes: usize,
    /// Calls that wait for a core, beside those that have one; 0 = 64 for each core.
    pub queue: usize,
    /// A call that would wait longer is refused at once.
    pub wait: Duration,
}

/// What a connection may do. A duration of zero is no limit.
#[derive(Clone, Copy, Debug)]
pub struct Connections {
    /// Connections that are open.
    pub most: usize,
    /// TLS handshakes that are under way.
    pub handshakes: usize,
    /// How long a handshake and a client's first bytes may take.
    pub handshake_timeout: Duration,
    /// How long a connection may have no call.
    pub idle_timeout: Duration,
    /// A connection older than this, give or take a tenth, is told to go away when its calls have ended.
    pub age: Duration,
    /// Calls of one connection that are open.
    pub streams: usize,
    /// Bytes of a call's headers.
    pub header_bytes: usize,
    /// How often a silent peer is asked whether it is there.
    pub keepalive_interval: Duration,
    /// How long it has to answer.
    pub keepalive_timeout: Duration,
    /// How often the operating system asks.
    pub tcp_keepalive: Duration,
    /// Calls that a client reset before they were taken up.
    pub pending_resets: usize,
    /// Calls that were reset because the client broke the protocol.
    pub error_resets: usize,
    /// Bytes that a client may send of one call before they are read.
    pub stream_window: usize,
    /// Bytes that a client may send of all its calls before they are read.
    pub connection_window: usize,
}

/// Certificates, as PEM files.
#[derive(Clone, Debug, Default)]
pub struct Tls {
    /// The server's certificate and what leads to its root; none = no TLS.
    pub certificate: Option<PathBuf>,
    /// Its key.
    pub key: Option<PathBuf>,
    /// Roots of client certificates.
    pub client_ca: Option<PathBuf>,
    /// Whether a client must have one.
    pub client_auth: ClientAuth,
}

/// Whether a client must have a certificate, given a client CA.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientAuth {
    /// It must.
    #[default]
    Required,
    /// It may; a bad one is refused all the same.
    Optional,
}

/// Which methods need no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenMethods {
    /// `grpc.health.v1.Health`.
    pub health: bool,
    /// Both versions of reflection.
    pub reflection: bool,
    /// `GetCapabilities`.
    pub capabilities: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: (Ipv6Addr::UNSPECIFIED, 50051).into(),
            admin_listen: (Ipv6Addr::UNSPECIFIED, 9090).into(),
            worker_threads: 0,
            pool_threads: 0,
            inline_bytes: 8 << 10,
            limits: Limits::default(),
            compress_from: 0,
            admission: Admission {
                requests: 4096,
                bytes: 256 << 20,
                queue: 0,
                wait: Duration::from_millis(50),
            },
            max_deadline: Duration::from_secs(30),
            document_timeout: Duration::from_secs(5),
            connections: Connections {
                most: 10_000,
                handshakes: 256,
                handshake_timeout: Duration::from_secs(10),
                idle_timeout: Duration::from_secs(900),
                age: Duration::from_secs(1800),
                streams: 256,
                header_bytes: 16 << 10,
                keepalive_interval: Duration::from_secs(60),
                keepalive_timeout: Duration::from_secs(20),
                tcp_keepalive: Duration::from_secs(60),
                pending_resets: 20,
                error_resets: 1024,
                stream_window: 1 << 20,
                connection_window: 1 << 20,
            },
            tls: Tls::default(),
            api_keys: None,
            open_methods: OpenMethods { health: true, reflection: false, capabilities: false },
            reload_interval: Duration::from_secs(10),
            web: Web { is_on: true, has_page: true, origins: Vec::new() },
            reflection: true,
            drain_delay: Duration::from_secs(5),
            drain_timeout: Duration::from_secs(20),
            log_format: LogFormat::Json,
            log: "info".to_owned(),
            log_sample: 1.0,
            otlp_endpoint: None,
            otlp_ca: None,
            otlp_sample: 1.0,
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
        if self.admission.bytes < message_bytes {
            let bytes = self.admission.bytes;
            wrong.push(format!(
                "max_in_flight_bytes is {bytes}, it must hold max_message_bytes, {message_bytes}"
            ));
        }
        let Tls { certificate, key, client_ca, client_auth: _ } = &self.tls;
        if certificate.is_some() != key.is_some() {
            wrong.push("tls_certificate and tls_key must both be set, or neither".to_owned());
        }
        if client_ca.is_some() && certificate.is_none() {
            wrong.push("tls_client_ca needs tls_certificate and tls_key".to_owned());
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
        let (kind, plain) = match value {
            toml::Value::String(text) => (Kind::Text, text),
            toml::Value::Integer(number) => (Kind::Number, number.to_string()),
            toml::Value::Float(number) => (Kind::Number, number.to_string()),
            toml::Value::Boolean(is) => (Kind::Truth, is.to_string()),
            other @ (toml::Value::Datetime(_) | toml::Value::Array(_) | toml::Value::Table(_)) => {
                wrong.push(format!("{}: {key} cannot be {}", path.display(), other.type_str()));
                continue;
            }
        };
        let wanted = SETTINGS[index].field.kind();
        if kind != wanted {
            wrong.push(format!("{}: {key} must be {wanted}, not {plain:?}", path.display()));
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
