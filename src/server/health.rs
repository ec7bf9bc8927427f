//! `grpc.health.v1.Health` as its protocol says, on the messages of tonic-health: its own service ends a `Watch` of an unknown
//! name instead of sending SERVICE_UNKNOWN, and knows no NOT_SERVING before the first check.

use std::pin::Pin;

use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};
use tonic::{Request, Response, Status};
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_server::{Health, HealthServer};
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};

use crate::document::{Budget, Document, Options};
use crate::engine::Engine;

/// What the whole server is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Not ready yet.
    Starting,
    /// Ready.
    Serving,
    /// Told to stop.
    Draining,
}

/// The service, and the sender that moves its state. Every name answers alike: the server has one service.
pub(super) fn service(
    names: &'static [&'static str],
) -> (watch::Sender<State>, HealthServer<Checks>) {
    let (sender, receiver) = watch::channel(State::Starting);
    (sender, HealthServer::new(Checks { names, state: receiver }))
}

/// Answers checks.
#[derive(Clone, Debug)]
pub(super) struct Checks {
    names: &'static [&'static str],
    state: watch::Receiver<State>,
}

impl Checks {
    fn knows(&self, name: &str) -> bool {
        name.is_empty() || self.names.contains(&name)
    }
}

fn answer(state: State) -> HealthCheckResponse {
    let status = match state {
        State::Serving => ServingStatus::Serving,
        State::Starting | State::Draining => ServingStatus::NotServing,
    };
    HealthCheckResponse { status: status.into() }
}

#[tonic::async_trait]
impl Health for Checks {
    async fn check(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<HealthCheckResponse>, Status> {
        let HealthCheckRequest { service } = request.into_inner();
        if !self.knows(&service) {
            return Err(Status::not_found(format!("no service {service:?}")));
        }
        Ok(Response::new(answer(*self.state.borrow())))
    }

    type WatchStream = Pin<Box<dyn Stream<Item = Result<HealthCheckResponse, Status>> + Send>>;

    async fn watch(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let HealthCheckRequest { service } = request.into_inner();
        if !self.knows(&service) {
            // The name may be served later, says the protocol, so the stream stays open.
            let unknown = HealthCheckResponse { status: ServingStatus::ServiceUnknown.into() };
            let states = WatchStream::from_changes(self.state.clone()).filter_map(|_state| None);
            return Ok(Response::new(Box::pin(tokio_stream::once(Ok(unknown)).chain(states))));
        }
        let states = WatchStream::new(self.state.clone()).map(|state| Ok(answer(state)));
        Ok(Response::new(Box::pin(states)))
    }
}

/// Reads one sentence, so that the lexicon is loaded and seen to work before the first call.
///
/// # Panics
/// When the engine does not read it right: a build that must not serve.
pub(super) fn self_test(engine: &Engine) {
    let document = Document { content: "Sales rose by 5 percent in 2021.", ..Document::default() };
    let report = engine.analyze(&document, &Options::default(), &Budget::unlimited());
    assert!(report.sentences.len() == 1, "the self-test reads one sentence");
}
