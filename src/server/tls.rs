//! Certificates: the server's own with its key, and the roots of its clients'. All three are read anew together when one of
//! their files changes; what is broken is told and counted, and the old ones stay.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio::net::TcpStream;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::{self, PemObject as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{Acceptor, VerifierBuilderError, WebPkiClientVerifier};
use tokio_rustls::rustls::{self, RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;
use tokio_rustls::{LazyConfigAcceptor, StartHandshake};

use super::config::{ClientAuth, Tls};

/// The certificates that are shown now.
#[derive(Debug)]
pub(super) struct Certificates {
    files: Tls,
    current: ArcSwap<ServerConfig>,
}

/// Why certificates are no good.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read, or is no PEM.
    #[error("{}: {source}", path.display())]
    Pem {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: pem::Error,
    },
    /// A file has no certificate.
    #[error("{}: there is no certificate", path.display())]
    None {
        /// Which file.
        path: PathBuf,
    },
    /// The certificate cannot be read.
    #[error("{}: no X.509 certificate", path.display())]
    Certificate {
        /// Which file.
        path: PathBuf,
    },
    /// Certificate and key are not used together, or a root is none.
    #[error("certificates: {0}")]
    Rustls(#[from] rustls::Error),
    /// No client could be verified.
    #[error("tls_client_ca: {0}")]
    Verifier(#[from] VerifierBuilderError),
}

impl Certificates {
    /// Reads the files. `None` when TLS is not asked for; also returns when the certificate ends.
    pub(super) fn load(files: &Tls) -> Result<Option<(Self, i64)>, TlsError> {
        let Some((config, not_after)) = read(files)? else { return Ok(None) };
        let current = ArcSwap::from_pointee(config);
        Ok(Some((Self { files: files.clone(), current }, not_after)))
    }

    /// Reads them again, and says when the new certificate ends, in seconds since 1970.
    pub(super) fn reload(&self) -> Result<i64, TlsError> {
        let Some((config, not_after)) = read(&self.files)? else { return Ok(0) };
        self.current.store(Arc::new(config));
        Ok(not_after)
    }

    /// The files that are read.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        let Tls { certificate, key, client_ca, client_auth: _ } = &self.files;
        [certificate, key, client_ca].into_iter().flatten().cloned().collect()
    }

    /// Waits for a client to say hello. That costs nothing yet.
    pub(super) async fn hello(socket: TcpStream) -> io::Result<StartHandshake<TcpStream>> {
        LazyConfigAcceptor::new(Acceptor::default(), socket).await
    }

    /// Shakes hands with a client that said it.
    pub(super) async fn accept(
        &self,
        hello: StartHandshake<TcpStream>,
    ) -> io::Result<TlsStream<TcpStream>> {
        hello.into_stream(self.current.load_full()).await
    }
}

fn read(files: &Tls) -> Result<Option<(ServerConfig, i64)>, TlsError> {
    let Tls { certificate: Some(certificate), key: Some(key), client_ca, client_auth } = files
    else {
        return Ok(None);
    };
    let chain = certificates(certificate)?;
    let not_after = chain.first().and_then(not_after);
    let not_after =
        not_after.ok_or_else(|| TlsError::Certificate { path: certificate.to_owned() })?;
    let key = PrivateKeyDer::from_pem_file(key)
        .map_err(|source| TlsError::Pem { path: key.to_owned(), source })?;
    let provider: Arc<CryptoProvider> = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()?;
    let builder = match client_ca {
        None => builder.with_no_client_auth(),
        Some(path) => {
            let mut roots = RootCertStore::empty();
            for root in certificates(path)? {
                roots.add(root)?;
            }
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            let verifier = match client_auth {
                ClientAuth::Required => verifier,
                ClientAuth::Optional => verifier.allow_unauthenticated(),
            };
            builder.with_client_cert_verifier(verifier.build()?)
        }
    };
    let mut config = builder.with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Some((config, not_after)))
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let pem = |source| TlsError::Pem { path: path.to_owned(), source };
    let all: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path).map_err(pem)?.collect();
    let all = all.map_err(pem)?;
    if all.is_empty() { Err(TlsError::None { path: path.to_owned() }) } else { Ok(all) }
}

/// When a certificate ends, in seconds since 1970.
fn not_after(certificate: &CertificateDer<'_>) -> Option<i64> {
    let (_, certificate) = x509_parser::parse_x509_certificate(certificate).ok()?;
    Some(certificate.validity().not_after.timestamp())
}
