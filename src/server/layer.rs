//! What stands around every call: its record, keys, admission and deadline. One service and one future, written by hand: each
//! call costs a few microseconds beside its own work, and one that is refused is counted and logged like any other.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper::body::Bytes;
use hyper::header::HeaderName;
use hyper::{Request, Response};
use tokio::time::Sleep;
use tonic::body::Body;
use tonic::service::Routes;
use tonic::{Code, Status};

use super::body::{Answer, Received, code_of};
use super::call::{Call, Common, REQUEST_ID};
use super::config::OpenMethods;
use super::connection::Activity;
use super::deadline;
use super::fault::{self, Fault};
use super::json;
use super::keys::Keys;
use super::method::Method;
use super::service::{Extraction, Serving};
use super::web::Web;

/// What answers the calls of all connections.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) common: Common,
    /// Who may call; none = everybody.
    pub(super) keys: Option<Arc<Keys>>,
    pub(super) open_methods: OpenMethods,
    pub(super) extraction: Arc<Extraction>,
    /// Health and reflection, and UNIMPLEMENTED for what is neither.
    pub(super) others: Routes,
    pub(super) web: Web,
    pub(super) message_limit: usize,
    pub(super) max_deadline: Duration,
    /// No more calls are taken.
    pub(super) is_closed: Arc<AtomicBool>,
}

/// The service for one connection.
#[derive(Clone, Debug)]
pub(super) struct Calls {
    pub(super) service: Arc<Service>,
    pub(super) peer: SocketAddr,
    pub(super) activity: Arc<Activity>,
}

impl Calls {
    /// Takes a call that came as gRPC.
    pub(super) fn grpc<B>(&self, request: Request<B>) -> Answering
    where
        B: http_body::Body<Data = Bytes> + Send + Unpin + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        self.take(false, Method::of(request.uri().path()), request)
    }

    /// Takes a call of a method, in JSON or as gRPC.
    pub(super) fn take<B>(
        &self,
        is_json: bool,
        method: Method,
        mut request: Request<B>,
    ) -> Answering
    where
        B: http_body::Body<Data = Bytes> + Send + Unpin + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let service = &*self.service;
        let began = Instant::now();
        let (mut call, mut fault) =
            Call::begin(&service.common, method, request.headers(), self.peer, began);
        if let Some(keys) = &service.keys {
            call.key = keys.caller(request.headers());
            if call.key.is_none() && !method.is_open(service.open_methods) {
                fault = Some(Fault::Unauthenticated);
            }
        }
        match request.headers().get(GRPC_TIMEOUT).map(|value| deadline::timeout(value.as_bytes())) {
            Some(Some(timeout)) => call.deadline = began.checked_add(timeout),
            Some(None) => fault = Some(Fault::Timeout),
            None => {}
        }
        if !method.is_stream() {
            let latest = began + service.max_deadline;
            call.deadline = Some(call.deadline.map_or(latest, |deadline| deadline.min(latest)));
        }
        if service.is_closed.load(Relaxed) && !method.is_health() {
            fault = Some(Fault::Draining);
        }
        let call = Arc::new(call);
        let guard = Guard::new(self.activity.clone());
        let timer = Timer { at: call.deadline, sleep: None };
        let state = match fault {
            Some(fault) => State::Refused(Some(fault.status())),
            None => {
                let limit = service.message_limit;
                if is_json {
                    let request = request.map(|body| Received::whole(body, call.clone(), limit));
                    let answer = json::answer(service.extraction.clone(), call.clone(), request);
                    State::Serving(Box::pin(async { Ok(answer.await) }))
                } else {
                    request.extensions_mut().insert(call.clone());
                    let request = request.map(|body| Received::new(body, call.clone(), limit));
                    State::Serving(service.serve(method, request))
                }
            }
        };
        Answering { state, is_json, is_new: true, call, timer, guard: Some(guard) }
    }
}

const GRPC_TIMEOUT: HeaderName = HeaderName::from_static("grpc-timeout");

/// A call that has no answer yet.
pub(super) struct Answering {
    state: State,
    is_json: bool,
    /// Nobody has looked at it yet.
    is_new: bool,
    call: Arc<Call>,
    timer: Timer,
    guard: Option<Guard>,
}

enum State {
    Serving(Serving),
    Refused(Option<Status>),
}

impl Future for Answering {
    type Output = Result<Response<Answer>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if std::mem::take(&mut this.is_new) {
            this.call.is_taken_up();
        }
        let answer = match &mut this.state {
            State::Serving(serving) => match serving.as_mut().poll(cx) {
                Poll::Ready(Ok(response)) => checked(response),
                Poll::Pending => {
                    this.call.is_slow();
                    std::task::ready!(this.timer.poll(cx));
                    Err(Fault::Deadline.status())
                }
            },
            State::Refused(status) => {
                Err(status.take().unwrap_or_else(|| Status::internal("polled after the end")))
            }
        };
        let is_late = answer.is_ok() && !this.call.method.is_stream() && this.timer.has_passed();
        let mut response = match answer {
            Ok(response) if !is_late => response,
            Ok(_late) => this.refusal(Fault::Deadline.status()),
            Err(status) => this.refusal(status),
        };
        // What still works on it stops with this.
        this.state = State::Refused(None);
        if let Some(code) = code_of(response.headers()) {
            this.call.ended(code);
        }
        response.headers_mut().insert(REQUEST_ID, this.call.id.clone());
        let timer =
            Timer { at: this.timer.at.filter(|_| this.call.method.is_stream()), sleep: None };
        let guard = this.guard.take();
        Poll::Ready(Ok(response.map(|body| Answer::new(body, this.call.clone(), timer, guard))))
    }
}

impl Answering {
    fn refusal(&self, status: Status) -> Response<Body> {
        if !self.is_json {
            return status.into_http();
        }
        self.call.ended(status.code());
        json::refusal(&status)
    }
}

impl Service {
    fn serve<B>(&self, method: Method, request: Request<B>) -> Serving
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>> + Send,
    {
        use tonic::codegen::Service as _;
        self.extraction
            .serve(method, request, |request| Box::pin(self.others.clone().call(request)))
    }
}

/// An answer, or the error that it is, with the details that every error has.
fn checked(response: Response<Body>) -> Result<Response<Body>, Status> {
    match code_of(response.headers()) {
        None | Some(Code::Ok) => Ok(response),
        Some(_) => match Status::from_header_map(response.headers()) {
            Some(status) if status.details().is_empty() => Err(fault::explained(status)),
            _ => Ok(response),
        },
    }
}

/// A deadline. Costs nothing for a call that is answered when it is first looked at.
#[derive(Debug)]
pub(super) struct Timer {
    at: Option<Instant>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Timer {
    /// Ready when the deadline has passed.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(at) = self.at else { return Poll::Pending };
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(at.into())));
        sleep.as_mut().poll(cx)
    }

    fn has_passed(&self) -> bool {
        self.at.is_some_and(|at| at <= Instant::now())
    }
}

/// Counts an open call of a connection.
#[derive(Debug)]
pub(super) struct Guard(Arc<Activity>);

impl Guard {
    fn new(activity: Arc<Activity>) -> Self {
        activity.open.fetch_add(1, Relaxed);
        activity.calls.fetch_add(1, Relaxed);
        Self(activity)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Relaxed);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::admission::Admission;
    use super::super::config::Config;
    use super::super::metrics::Metrics;
    use super::*;

    /// A call of nobody.
    pub(in super::super) fn call() -> Arc<Call> {
        let metrics = Arc::new(Metrics::new());
        let admission = Admission::new(Config::default().admission, 1, 1, metrics.clone());
        let common =
            Common { metrics, admission: Arc::new(admission), log_sample: u32::MAX, traces: None };
        let peer = ([127, 0, 0, 1], 1).into();
        let headers = hyper::HeaderMap::new();
        let (call, fault) =
            Call::begin(&common, Method::ExtractFacts, &headers, peer, Instant::now());
        assert_eq!(fault, None);
        Arc::new(call)
    }
}
