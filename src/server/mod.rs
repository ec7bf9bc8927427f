//! The gRPC service over the engine: tokio and tonic live here.

mod admin;
mod config;
mod drain;
mod health;
mod service;
mod settings;
mod telemetry;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;

pub use config::{Config, LogFormat};
pub use drain::terminated;
pub(crate) use settings::{Flags, schema};
pub use telemetry::start as start_telemetry;

use crate::engine::Engine;
use crate::wire::pb;
use crate::wire::pb::extraction_service_server::ExtractionServiceServer;
use service::Extraction;

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
    /// The transport failed.
    #[error("server: {0}")]
    Transport(#[from] tonic::transport::Error),
    /// The protos built in cannot be served by reflection.
    #[error("reflection: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),
    /// Something of the operating system.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// Listens on the configured addresses, and serves until SIGTERM or SIGINT.
///
/// # Errors
/// An address that cannot be listened on, or a transport that fails.
pub async fn listen(engine: Engine, config: Config) -> Result<(), ServeError> {
    let bind = async |address: SocketAddr| {
        TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })
    };
    let main = bind(config.listen).await?;
    let admin = bind(config.admin_listen).await?;
    tracing::info!(address = %main.local_addr()?, admin = %admin.local_addr()?, "serving");
    serve(main, admin, engine, config, terminated()).await
}

/// Serves on listeners that stand until `shutdown`, then drains: not ready at once, no new connections after the drain delay,
/// and open ones dropped when the drain timeout is over.
///
/// # Errors
/// A transport that fails.
pub async fn serve(
    main: TcpListener,
    admin: TcpListener,
    engine: Engine,
    config: Config,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    let (state, health) = health::service(&[pb::extraction_service_server::SERVICE_NAME]);
    let admin = admin::start(admin, health.clone(), state.subscribe())?;
    let limits = config.limits;
    let extraction = ExtractionServiceServer::new(Extraction::new(engine, limits))
        .max_decoding_message_size(limits.message_bytes)
        .max_encoding_message_size(4 * limits.message_bytes)
        .accept_compressed(tonic::codec::CompressionEncoding::Gzip)
        .accept_compressed(tonic::codec::CompressionEncoding::Zstd);
    let reflection = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(pb::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
    };
    // A Nagle delay of 40 ms would stand between a call and its answer.
    let incoming = TcpIncoming::from(main)
        .with_nodelay(Some(true))
        .with_keepalive(Some(Duration::from_secs(60)));
    let (stop, stopped) = watch::channel(false);
    let server = Server::builder()
        .add_service(extraction)
        .add_service(health)
        .add_service(reflection().build_v1()?)
        .add_service(reflection().build_v1alpha()?)
        .serve_with_incoming_shutdown(incoming, drain::until(stopped));
    let server = tokio::spawn(server);
    // Reads the lexicon and one sentence, so that "serving" is a promise that was tried.
    health::self_test(&engine);
    state.send_replace(health::State::Serving);

    let mut server = server;
    let ended = tokio::select! {
        ended = &mut server => Some(ended),
        () = shutdown => None,
    };
    let result = match ended {
        Some(ended) => ended,
        None => {
            tracing::info!(delay = ?config.drain_delay, timeout = ?config.drain_timeout, "draining");
            state.send_replace(health::State::Draining);
            tokio::time::sleep(config.drain_delay).await;
            stop.send_replace(true);
            // Without a sender every open health watch ends; one would keep the drain from ending.
            drop(state);
            // An idle peer keeps hyper's graceful shutdown from ending (hyper#4170), so it is not waited for without limit.
            match tokio::time::timeout(config.drain_timeout, &mut server).await {
                Ok(ended) => ended,
                Err(_elapsed) => {
                    tracing::warn!(
                        "dropping connections that did not end within the drain timeout"
                    );
                    server.abort();
                    Ok(Ok(()))
                }
            }
        }
    };
    admin.stop();
    match result {
        Ok(result) => Ok(result?),
        Err(join) if join.is_cancelled() => Ok(()),
        Err(join) => Err(ServeError::Io(io::Error::other(join))),
    }
}
