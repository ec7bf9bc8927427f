//! `grpc.health.v1.Health` as its protocol says: a `Watch` of an unknown name is told SERVICE_UNKNOWN and stays open, `List`
//! is there, and nothing is SERVING before the first document was read.

use std::pin::Pin;

use futures_util::StreamExt as _;
use futures_util::stream::{self, Stream};
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tonic::{Request, Response, Status};

use super::drain;
use crate::document::{Budget, Document, Options};
use crate::engine::Engine;
use crate::wire::pb::health::health_check_response::ServingStatus;
use crate::wire::pb::health::health_server::{Health, HealthServer};
use crate::wire::pb::health::{
    HealthCheckRequest, HealthCheckResponse, HealthListRequest, HealthListResponse,
};

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

/// Answers checks. Every name answers alike: the server has one service.
#[derive(Clone, Debug)]
pub(super) struct Checks {
    names: &'static [&'static str],
    state: watch::Receiver<State>,
    drain: watch::Receiver<bool>,
}

impl Checks {
    /// The service; its watches end when `drain` turns true.
    pub(super) fn service(
        names: &'static [&'static str],
        state: watch::Receiver<State>,
        drain: watch::Receiver<bool>,
    ) -> HealthServer<Self> {
        HealthServer::new(Self { names, state, drain })
    }

    fn knows(&self, name: &str) -> bool {
        name.is_empty() || self.names.contains(&name)
    }

    fn now(&self) -> HealthCheckResponse {
        answer(*self.state.borrow())
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
        Ok(Response::new(self.now()))
    }

    async fn list(
        &self,
        _request: Request<HealthListRequest>,
    ) -> Result<Response<HealthListResponse>, Status> {
        let names = std::iter::once(&"").chain(self.names);
        let statuses = names.map(|name| ((*name).to_owned(), self.now())).collect();
        Ok(Response::new(HealthListResponse { statuses }))
    }

    type WatchStream = Pin<Box<dyn Stream<Item = Result<HealthCheckResponse, Status>> + Send>>;

    async fn watch(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let HealthCheckRequest { service } = request.into_inner();
        let end = drain::until(self.drain.clone());
        if !self.knows(&service) {
            // The name may be served later, says the protocol, so the stream stays open.
            let unknown = HealthCheckResponse { status: ServingStatus::ServiceUnknown.into() };
            let stays = stream::iter([Ok(unknown)]).chain(stream::pending());
            return Ok(Response::new(Box::pin(stays.take_until(end))));
        }
        let states = WatchStream::new(self.state.clone()).map(|state| Ok(answer(state)));
        Ok(Response::new(Box::pin(states.take_until(end))))
    }
}

/// Reads one sentence, so that "serving" is a promise that was tried. Whether it was read right.
pub(super) fn self_test(engine: &Engine) -> bool {
    let document = Document { content: "Sales rose by 5 percent in 2021.", ..Document::default() };
    let report = engine.analyze(&document, &Options::default(), &Budget::unlimited());
    report.sentences.len() == 1 && !report.facts.is_empty()
}
