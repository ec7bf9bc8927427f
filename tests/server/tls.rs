//! Certificates: shown, asked for, and changed under load.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dictum::server::{ClientAuth, Config, Tls};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::start::{EXTRACT, Raw, config, request, start};

/// A root and what it signs, in files of one test's own.
struct Authority {
    root: String,
    issuer: Issuer<'static, KeyPair>,
    folder: PathBuf,
}

impl Authority {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let root = params.self_signed(&key).expect("a root").pem();
        std::fs::write(folder.join("root.pem"), &root).expect("written");
        Self { root, issuer: Issuer::new(params, key), folder }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// A certificate and its key.
    fn sign(&self, until: i32) -> (String, String) {
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("signed");
        (certificate.pem(), key.serialize_pem())
    }

    fn write(&self, (certificate, key): &(String, String)) {
        std::fs::write(self.path("server.pem"), certificate).expect("written");
        std::fs::write(self.path("server.key"), key).expect("written");
    }

    fn client(&self, identity: Option<&(String, String)>) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        let root = CertificateDer::from_pem_slice(self.root.as_bytes()).expect("a root");
        roots.add(root).expect("a root");
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots);
        let mut client = match identity {
            None => builder.with_no_client_auth(),
            Some((certificate, key)) => {
                let chain = CertificateDer::from_pem_slice(certificate.as_bytes()).expect("one");
                let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).expect("a key");
                builder.with_client_auth_cert(vec![chain], key).expect("an identity")
            }
        };
        client.alpn_protocols = vec![b"h2".to_vec()];
        Arc::new(client)
    }

    fn config(&self, client_ca: bool, client_auth: ClientAuth) -> Config {
        let tls = Tls {
            certificate: Some(self.path("server.pem")),
            key: Some(self.path("server.key")),
            client_ca: client_ca.then(|| self.path("root.pem")),
            client_auth,
        };
        Config { tls, ..config() }
    }
}

async fn asks(address: std::net::SocketAddr, client: Arc<ClientConfig>) -> Result<i32, String> {
    let mut client = Raw::tls(address, client).await?;
    Ok(client.call(EXTRACT, &[], &request("Sales rose.")).await?.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_change_under_load_and_broken_ones_do_not_count() {
    let authority = Authority::new("rotation");
    authority.write(&authority.sign(2100));
    let server = start(authority.config(false, ClientAuth::Required)).await;
    let client = authority.client(None);
    let not_after = "dictum_tls_cert_not_after_seconds";
    assert_eq!(server.metric(not_after).await, Some(4_102_444_800.0));

    let (stop, stopped) = tokio::sync::watch::channel(false);
    let (address, asking) = (server.address, client.clone());
    let load = tokio::spawn(async move {
        let mut calls = 0;
        while !*stopped.borrow() {
            assert_eq!(asks(address, asking.clone()).await, Ok(0), "call {calls}");
            calls += 1;
        }
        calls
    });
    authority.write(&authority.sign(2101));
    server.metric_is("dictum_reloads_total{result=\"ok\"}", 1.0).await;
    server.metric_is(not_after, 4_133_980_800.0).await;
    // A key that is not the certificate's, then no certificate at all.
    let (certificate, _) = authority.sign(2102);
    let (_, other_key) = authority.sign(2103);
    authority.write(&(certificate, other_key));
    server.metric_is("dictum_reloads_total{result=\"error\"}", 1.0).await;
    std::fs::write(authority.path("server.pem"), "nothing").expect("written");
    server.metric_is("dictum_reloads_total{result=\"error\"}", 2.0).await;
    assert_eq!(server.metric(not_after).await, Some(4_133_980_800.0));
    assert_eq!(asks(server.address, client).await, Ok(0));
    stop.send_replace(true);
    assert!(load.await.expect("no call failed") > 3);
    // Who speaks no TLS is not served, and does not hold the server up.
    let silent = tokio::net::TcpStream::connect(server.address).await.expect("a connection");
    let begun = Instant::now();
    server.end().await;
    drop(silent);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_must_have_a_good_certificate() {
    let authority = Authority::new("clients");
    let stranger = Authority::new("strangers");
    authority.write(&authority.sign(2100));
    let server = start(authority.config(true, ClientAuth::Required)).await;
    let good = authority.sign(2100);
    assert_eq!(asks(server.address, authority.client(Some(&good))).await, Ok(0));
    assert!(asks(server.address, authority.client(None)).await.is_err(), "none");
    let expired = authority.sign(2021);
    assert!(asks(server.address, authority.client(Some(&expired))).await.is_err(), "expired");
    let foreign = stranger.sign(2100);
    assert!(asks(server.address, authority.client(Some(&foreign))).await.is_err(), "foreign");
    server.metric_is("dictum_tls_handshake_errors_total", 3.0).await;
    // Other roots take the place of the old ones without a restart.
    std::fs::write(authority.path("root.pem"), &stranger.root).expect("written");
    server.metric_is("dictum_reloads_total{result=\"ok\"}", 1.0).await;
    assert_eq!(asks(server.address, authority.client(Some(&foreign))).await, Ok(0));
    assert!(asks(server.address, authority.client(Some(&good))).await.is_err());

    let authority = Authority::new("optional");
    authority.write(&authority.sign(2100));
    let server = start(authority.config(true, ClientAuth::Optional)).await;
    assert_eq!(asks(server.address, authority.client(None)).await, Ok(0));
    assert!(asks(server.address, authority.client(Some(&expired))).await.is_err());
}

/// Peers that open a connection and say nothing take no place from those who shake hands.
#[tokio::test(flavor = "multi_thread")]
async fn the_silent_do_not_close_the_door() {
    let authority = Authority::new("silent");
    authority.write(&authority.sign(2100));
    let mut config = authority.config(false, ClientAuth::Required);
    config.connections.handshakes = 4;
    let server = start(config).await;
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(tokio::net::TcpStream::connect(server.address).await.expect("a connection"));
    }
    server.metric_is("dictum_connections", 20.0).await;
    assert_eq!(asks(server.address, authority.client(None)).await, Ok(0));
    server.metric_is("dictum_shed_total{reason=\"handshakes\"}", 0.0).await;
}

/// A server without a good certificate does not start.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_broken_at_the_start_is_told() {
    let authority = Authority::new("broken");
    let (certificate, _) = authority.sign(2100);
    let (_, key) = authority.sign(2100);
    authority.write(&(certificate, key));
    let listener =
        || async { tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port") };
    for (tls, says) in [
        (authority.config(false, ClientAuth::Required).tls, "certificates: "),
        (
            Tls {
                certificate: Some(authority.path("missing.pem")),
                key: Some(authority.path("server.key")),
                ..Tls::default()
            },
            "missing.pem",
        ),
    ] {
        let config = Config { tls, ..config() };
        let engine = dictum::engine::Engine::english();
        let (main, admin) = (listener().await, listener().await);
        let served = dictum::server::serve(main, admin, engine, config, std::future::pending());
        let error = served.await.expect_err("no certificate").to_string();
        assert!(error.contains(says), "{error}");
    }
}
