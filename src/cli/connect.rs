//! A way to a server: plaintext or TLS, with a client certificate and a key where they are asked for.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};

/// What is trusted and shown.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Security {
    /// PEM file of the roots that the server's certificate is held to; without it, the web's.
    #[arg(long, value_name = "FILE")]
    tls_ca: Option<PathBuf>,
    /// PEM file of the certificate to show.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// PEM file of its key.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Name that the server's certificate must have, where it is not the URL's.
    #[arg(long, value_name = "NAME")]
    tls_name: Option<String>,
    /// File of the bearer key to send.
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
}

impl Security {
    /// The value of the `authorization` header, never shown.
    pub(super) fn authorization(&self) -> Result<Option<MetadataValue<Ascii>>, String> {
        let Some(path) = &self.token_file else { return Ok(None) };
        let token = std::fs::read_to_string(path).map_err(|error| named(path, &error))?;
        let mut value = MetadataValue::try_from(format!("Bearer {}", token.trim()))
            .map_err(|_unfit| format!("{}: not a bearer key", path.display()))?;
        value.set_sensitive(true);
        Ok(Some(value))
    }

    fn tls(&self) -> Result<ClientTlsConfig, String> {
        let read = |path: &Path| std::fs::read(path).map_err(|error| named(path, &error));
        let mut tls = match &self.tls_ca {
            Some(path) => ClientTlsConfig::new().ca_certificate(Certificate::from_pem(read(path)?)),
            None => ClientTlsConfig::new().with_webpki_roots(),
        };
        if let (Some(certificate), Some(key)) = (&self.tls_cert, &self.tls_key) {
            tls = tls.identity(Identity::from_pem(read(certificate)?, read(key)?));
        }
        if let Some(name) = &self.tls_name {
            tls = tls.domain_name(name);
        }
        Ok(tls)
    }
}

fn named(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

/// A runtime for one client.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, String> {
    let built = tokio::runtime::Builder::new_current_thread().enable_all().build();
    built.map_err(|error| format!("cannot start: {error}"))
}

/// A connection to the server at `endpoint`; without a scheme, plaintext.
pub(super) async fn connect(endpoint: &str, security: &Security) -> Result<Channel, String> {
    let address =
        if endpoint.contains("://") { endpoint.to_owned() } else { format!("http://{endpoint}") };
    let mut channel =
        Endpoint::from_shared(address.clone()).map_err(|error| format!("{address}: {error}"))?;
    if address.starts_with("https://") {
        let tls = channel.tls_config(security.tls()?);
        channel = tls.map_err(|error| format!("{address}: {}", causes(&error)))?;
    }
    let connected = channel.connect_timeout(Duration::from_secs(5)).connect().await;
    connected.map_err(|error| format!("{address}: {}", causes(&error)))
}

/// An error and what caused it, in one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line = format!("{line}: {error}");
        cause = error.source();
    }
    line
}
