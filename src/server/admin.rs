//! The admin listener, on a thread of its own so that a busy service never keeps a probe waiting: plaintext gRPC health,
//! `/livez`, `/readyz`, `/metrics` and `/version`.

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tonic::service::Routes;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;

use super::drain;
use super::health::{Checks, State};
use super::metrics::Metrics;
use crate::lexicon::RULE_SET_VERSION;
use crate::wire::pb::health::health_server::HealthServer;

/// A running admin listener; dropped, it takes no more connections.
#[derive(Debug)]
pub(super) struct Admin {
    _running: watch::Sender<bool>,
}

/// Starts the thread.
pub(super) fn start(
    listener: TcpListener,
    health: HealthServer<Checks>,
    state: watch::Receiver<State>,
    metrics: Arc<Metrics>,
) -> io::Result<Admin> {
    let listener = listener.into_std()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (running, stopped) = watch::channel(false);
    std::thread::Builder::new().name("admin".to_owned()).spawn(move || {
        runtime.block_on(async move {
            let listener = match TcpListener::from_std(listener) {
                Ok(listener) => listener,
                Err(error) => return tracing::error!(%error, "admin listener"),
            };
            let router = Routes::new(health).into_axum_router().merge(pages(state, metrics));
            let server = Server::builder()
                .accept_http1(true)
                .http2_keepalive_interval(Some(std::time::Duration::from_secs(60)))
                .add_routes(Routes::from(router))
                .serve_with_incoming(TcpIncoming::from(listener).with_nodelay(Some(true)));
            tokio::select! {
                ended = server => if let Err(error) = ended { tracing::error!(%error, "admin listener") },
                () = drain::until(stopped) => {}
            }
        });
    })?;
    Ok(Admin { _running: running })
}

fn pages(state: watch::Receiver<State>, metrics: Arc<Metrics>) -> Router {
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
    let metrics = move || async move {
        let kind = prometheus_client::encoding::prometheus_text::CONTENT_TYPE;
        ([(header::CONTENT_TYPE, kind)], metrics.text())
    };
    let version = format!(
        "{{\"version\":\"{}\",\"ruleSetVersion\":\"{RULE_SET_VERSION}\"}}\n",
        env!("CARGO_PKG_VERSION")
    );
    let version = || async { ([(header::CONTENT_TYPE, "application/json")], version) };
    Router::new()
        .route("/livez", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .route("/version", get(version))
        .route("/metrics", get(metrics))
}
