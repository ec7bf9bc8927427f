//! The gRPC service over the engine: tokio and tonic live here.

mod admin;
mod admission;
mod batch;
mod body;
mod call;
mod config;
mod connection;
mod deadline;
mod drain;
mod fault;
mod field;
mod handshakes;
mod health;
mod json;
mod keys;
mod layer;
mod lines;
mod method;
mod metrics;
mod process;
mod reader;
mod reload;
mod service;
mod settings;
mod stream;
mod telemetry;
mod tls;
mod trace;
mod web;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tonic::service::Routes;

pub use config::{
    Admission as AdmissionLimits, ClientAuth, Config, Connections, LogFormat, OpenMethods, Tls,
};
pub use drain::terminated;
pub(crate) use field::{Flags, schema};
pub use keys::KeysError;
pub use telemetry::{Log, start as start_telemetry};
pub use tls::TlsError;
pub use web::Web;

use crate::engine::Engine;
use crate::wire::pb;
use admission::Admission;
use call::Common;
use connection::{Door, Stage};
use health::{Checks, State};
use keys::Keys;
use layer::Service;
use metrics::Metrics;
use reader::Reader;
use service::Extraction;
use tls::Certificates;
use trace::Traces;

/// What ends a server early.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// An address that cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The engine does not read what it should: a build that must not serve.
    #[error("the self-test failed")]
    SelfTest,
    /// The threads that read documents cannot be started.
    #[error("reader threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// The protos built in cannot be served by reflection.
    #[error("reflection: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),
    /// The certificates are no good.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The file of keys is no good.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// Traces cannot be sent there.
    #[error("otlp_endpoint: {0}")]
    Traces(#[from] opentelemetry_otlp::ExporterBuildError),
    /// The roots of who takes traces cannot be read.
    #[error("otlp_ca: {}: {source}", path.display())]
    TracesCa {
        /// Which file.
        path: std::path::PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Something of the operating system.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// Listens on the configured addresses, and serves until SIGTERM or SIGINT; calls `reread` on SIGHUP.
///
/// # Errors
/// An address that cannot be listened on, and what [`serve`] fails with.
pub async fn listen(
    engine: Engine,
    config: Config,
    reread: impl Fn() + Send + 'static,
) -> Result<(), ServeError> {
    let bind = async |address: SocketAddr| {
        TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })
    };
    let main = bind(config.listen).await?;
    let admin = bind(config.admin_listen).await?;
    tracing::info!(address = %main.local_addr()?, admin = %admin.local_addr()?, "serving");
    let mut hangups = drain::hangups()?;
    tokio::spawn(async move {
        while hangups.recv().await.is_some() {
            reread();
        }
    });
    serve(main, admin, engine, config, terminated()).await
}

/// Serves on listeners that stand until `shutdown`, then drains: not ready at once; after the drain delay no new connections
/// and calls, and those that stand told to go; and when the drain timeout is over, or all are gone, the end.
///
/// # Errors
/// An engine that fails its self-test, and threads that cannot be started.
pub async fn serve(
    main: TcpListener,
    admin: TcpListener,
    engine: Engine,
    config: Config,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    let metrics = Arc::new(Metrics::new());
    let (state, watched_state) = watch::channel(State::Starting);
    let (drain, draining) = watch::channel(false);
    let names = &[pb::extraction_service_server::SERVICE_NAME];
    let health = Checks::service(names, watched_state.clone(), draining.clone());
    let _admin = admin::start(admin, health.clone(), watched_state, metrics.clone())?;
    let is_closed = Arc::new(AtomicBool::new(false));
    let certificates = certificates(&config, &metrics)?;
    let traces = match &config.otlp_endpoint {
        Some(endpoint) => {
            let ca = config.otlp_ca.as_deref();
            Some(Arc::new(Traces::start(endpoint, ca, config.otlp_sample)?))
        }
        None => None,
    };
    let closed = is_closed.clone();
    let service = service(engine, &config, metrics, draining, closed, health, traces.clone())?;

    let (stage, stages) = watch::channel(Stage::Open);
    let (alive, mut all_gone) = mpsc::channel(1);
    let door = Arc::new(Door::new(Arc::new(service), config.connections, certificates));
    let accepting = tokio::spawn(door.accept(main, stages, alive));
    if !health::self_test(&engine) {
        return Err(ServeError::SelfTest);
    }
    state.send_replace(State::Serving);

    shutdown.await;
    tracing::info!(delay = ?config.drain_delay, timeout = ?config.drain_timeout, "draining");
    state.send_replace(State::Draining);
    tokio::time::sleep(config.drain_delay).await;
    is_closed.store(true, Ordering::Relaxed);
    drain.send_replace(true);
    stage.send_replace(Stage::Closing);
    if tokio::time::timeout(config.drain_timeout, all_gone.recv()).await.is_err() {
        tracing::warn!("dropping connections that did not end within the drain timeout");
        stage.send_replace(Stage::Dropping);
        // Readers look at their budgets several times a millisecond.
        let _ = tokio::time::timeout(LAST_WAIT, all_gone.recv()).await;
    }
    accepting.abort();
    if let Some(traces) = traces {
        traces.flush().await;
    }
    tracing::info!("drained");
    Ok(())
}

/// What dropped connections have to be gone.
const LAST_WAIT: Duration = Duration::from_secs(1);

/// The certificates, read again when they change.
fn certificates(
    config: &Config,
    metrics: &Arc<Metrics>,
) -> Result<Option<Arc<Certificates>>, ServeError> {
    let Some((certificates, not_after)) = Certificates::load(&config.tls)? else { return Ok(None) };
    metrics.tls_not_after.set(not_after);
    let certificates = Arc::new(certificates);
    let (shown, gauge) = (certificates.clone(), metrics.tls_not_after.clone());
    tokio::spawn(reload::watch(
        "certificates",
        certificates.paths(),
        config.reload_interval,
        metrics.clone(),
        move || {
            gauge.set(shown.reload()?);
            Ok::<_, TlsError>(())
        },
    ));
    Ok(Some(certificates))
}

/// The keys, read again when they change.
fn keys(config: &Config, metrics: &Arc<Metrics>) -> Result<Option<Arc<Keys>>, ServeError> {
    let Some(path) = &config.api_keys else { return Ok(None) };
    let keys = Arc::new(Keys::load(path)?);
    let known = keys.clone();
    tokio::spawn(reload::watch(
        "keys",
        vec![path.clone()],
        config.reload_interval,
        metrics.clone(),
        move || known.reload(),
    ));
    Ok(Some(keys))
}

/// The service with all that it needs.
fn service(
    engine: Engine,
    config: &Config,
    metrics: Arc<Metrics>,
    draining: watch::Receiver<bool>,
    is_closed: Arc<AtomicBool>,
    health: pb::health::health_server::HealthServer<Checks>,
    traces: Option<Arc<Traces>>,
) -> Result<Service, ServeError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let or_cores = |threads| if threads == 0 { cores } else { threads };
    let admission = Arc::new(Admission::new(
        config.admission,
        or_cores(config.worker_threads).min(cores),
        or_cores(config.pool_threads).min(cores),
        metrics.clone(),
    ));
    let threads = or_cores(config.pool_threads);
    let reader =
        Arc::new(Reader::new(engine, config, threads, admission.clone(), metrics.clone())?);
    let mut others = Routes::builder();
    others.add_service(health);
    if config.reflection {
        let reflection = || {
            tonic_reflection::server::Builder::configure()
                .register_encoded_file_descriptor_set(pb::FILE_DESCRIPTOR_SET)
        };
        others.add_service(reflection().build_v1()?);
        others.add_service(reflection().build_v1alpha()?);
    }
    // A share of 1 is every number of 32 bits.
    let log_sample = (config.log_sample * f64::from(u32::MAX)) as u32;
    let keys = keys(config, &metrics)?;
    Ok(Service {
        keys,
        open_methods: config.open_methods,
        common: Common { metrics, admission, log_sample, traces },
        extraction: Arc::new(Extraction::new(reader, config, draining)),
        others: others.routes().prepare(),
        web: config.web.clone(),
        message_limit: config.limits.message_bytes,
        max_deadline: config.max_deadline,
        is_closed,
    })
}
