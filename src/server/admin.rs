//! The admin listener, on a thread of its own so that a busy service never keeps a probe waiting: plaintext gRPC health,
//! `/livez`, `/readyz`, `/metrics` and `/version`.

use std::io;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tonic::service::Routes;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic_health::pb::health_server::HealthServer;

use super::drain;
use super::health::{Checks, State};

/// A running admin listener.
pub(super) struct Admin {
    stop: watch::Sender<bool>,
}

impl Admin {
    /// Takes no more connections.
    pub(super) fn stop(self) {
        self.stop.send_replace(true);
    }
}

/// Starts the thread.
pub(super) fn start(
    listener: TcpListener,
    health: HealthServer<Checks>,
    state: watch::Receiver<State>,
) -> io::Result<Admin> {
    let listener = listener.into_std()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (stop, stopped) = watch::channel(false);
    std::thread::Builder::new().name("admin".to_owned()).spawn(move || {
        runtime.block_on(async move {
            let listener = match TcpListener::from_std(listener) {
                Ok(listener) => listener,
                Err(error) => return tracing::error!(%error, "admin listener"),
            };
            let router = Routes::new(health).into_axum_router().merge(pages(state));
            let server = Server::builder()
                .accept_http1(true)
                .add_routes(Routes::from(router))
                .serve_with_incoming(TcpIncoming::from(listener).with_nodelay(Some(true)));
            tokio::select! {
                ended = server => if let Err(error) = ended { tracing::error!(%error, "admin listener") },
                () = drain::until(stopped) => {}
            }
        });
    })?;
    Ok(Admin { stop })
}

fn pages(state: watch::Receiver<State>) -> axum::Router {
    use axum::http::StatusCode;
    use axum::routing::get;
    let ready = move || {
        let state = *state.borrow();
        async move {
            match state {
                State::Serving => (StatusCode::OK, "ready\n"),
                State::Starting => (StatusCode::SERVICE_UNAVAILABLE, "starting\n"),
                State::Draining => (StatusCode::SERVICE_UNAVAILABLE, "draining\n"),
            }
        }
    };
    axum::Router::new()
        .route("/livez", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .route("/version", get(async || concat!(env!("CARGO_PKG_VERSION"), "\n")))
        .route("/metrics", get(async || metrics()))
}

/// The build alone; what is counted comes with the rest of the telemetry.
fn metrics() -> &'static str {
    concat!(
        "# HELP dictum_build_info The build that runs; always 1.\n# TYPE dictum_build_info gauge\n",
        "dictum_build_info{version=\"",
        env!("CARGO_PKG_VERSION"),
        "\"} 1\n"
    )
}
