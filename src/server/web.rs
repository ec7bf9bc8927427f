//! The same calls for those who do not speak gRPC: gRPC-Web for browsers, JSON over HTTP for everybody else. Both are calls like
//! any other, with the same keys, limits, deadlines, metrics and log lines.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Request, Response, StatusCode, Version};
use tonic::Status;
use tonic::body::Body;
use tonic_web::{GrpcWebLayer, GrpcWebService, ResponseFuture};
use tower_layer::Layer as _;

use super::body::Answer;
use super::json;
use super::layer::{Answering, Calls};
use super::method::Method;

/// What is served to those who do not speak gRPC.
#[derive(Clone, Debug, Default)]
pub struct Web {
    /// Whether anything is.
    pub is_on: bool,
    /// Whether `/` is a page to try it on.
    pub has_page: bool,
    /// Pages of these origins may call from a browser, `*` = of any; none = only those of the same origin.
    pub origins: Vec<HeaderValue>,
}

/// The service for one connection, in whatever form its calls come.
#[derive(Clone, Debug)]
pub(super) struct Front {
    pub(super) calls: Calls,
    web: GrpcWebService<Inner>,
}

impl Front {
    pub(super) fn new(calls: Calls) -> Self {
        Self { web: GrpcWebLayer::new().layer(Inner(calls.clone())), calls }
    }
}

impl hyper::service::Service<Request<Incoming>> for Front {
    type Response = Response<Reply>;
    type Error = Infallible;
    type Future = Replying;

    fn call(&self, request: Request<Incoming>) -> Replying {
        if !self.calls.service.web.is_on {
            return Replying { way: Way::Plain(self.calls.grpc(request)), origin: None };
        }
        let origin = self.allowed(request.headers());
        let way = match form(&request) {
            Some(Form::Grpc) => Way::Plain(self.calls.grpc(request)),
            Some(Form::Json(method)) => Way::Plain(self.calls.take(true, method, request)),
            Some(Form::GrpcWeb) => {
                use tonic::codegen::Service as _;
                Way::Web(self.web.clone().call(request))
            }
            None => Way::Ready(Some(self.other(&request))),
        };
        Replying { way, origin }
    }
}

/// How a call may come.
enum Form {
    Grpc,
    GrpcWeb,
    Json(Method),
}

/// How a call came; `None` for what is no call.
fn form(request: &Request<Incoming>) -> Option<Form> {
    let content_type =
        request.headers().get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    if content_type.starts_with(b"application/grpc-web") {
        return Some(Form::GrpcWeb);
    }
    let is_http2 = request.version() == Version::HTTP_2;
    if is_http2 && content_type.starts_with(b"application/grpc") {
        return Some(Form::Grpc);
    }
    match Method::of_json(request.method(), request.uri().path()) {
        Some(method) => Some(Form::Json(method)),
        None => (is_http2 && request.method() == hyper::Method::POST).then_some(Form::Grpc),
    }
}

impl Front {
    /// The origin of a caller's page, if it may call.
    fn allowed(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origins = &self.calls.service.web.origins;
        let origin = headers.get(header::ORIGIN)?;
        origins.iter().any(|allowed| allowed == origin || allowed == "*").then(|| origin.clone())
    }

    /// What is no call: a browser that asks whether its page may make one, or nothing that is served.
    fn other(&self, request: &Request<Incoming>) -> Response<Body> {
        let headers = request.headers();
        let is_asked = headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        if request.method() == hyper::Method::OPTIONS && is_asked {
            let mut response = empty(StatusCode::NO_CONTENT);
            let told = response.headers_mut();
            if self.allowed(headers).is_some() {
                told.insert(
                    header::ACCESS_CONTROL_ALLOW_METHODS,
                    HeaderValue::from_static("GET, POST"),
                );
                if let Some(wanted) = headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
                    told.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
                }
                told.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
            }
            return response;
        }
        let has_page = self.calls.service.web.has_page;
        let (verb, path) = (request.method(), request.uri().path());
        let is_known = Method::JSON.iter().any(|(_, known, _)| *known == path);
        let mut response = if has_page && verb == hyper::Method::GET && path == "/" {
            page()
        } else if is_known {
            empty(StatusCode::METHOD_NOT_ALLOWED)
        } else {
            empty(StatusCode::NOT_FOUND)
        };
        // Who makes no call need not keep a connection.
        if request.version() < Version::HTTP_2 {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

/// A page to try it on. It loads nothing, and sends what is typed into it nowhere but here.
fn page() -> Response<Body> {
    let mut response = json::with_body(StatusCode::OK, PAGE.as_bytes().to_vec());
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

const PAGE: &str = include_str!("page.html");
const POLICY: &str = "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'none'";

fn empty(code: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = code;
    response
}

/// Calls as tower has them, for what turns gRPC-Web into gRPC and back.
#[derive(Clone, Debug)]
struct Inner(Calls);

impl tonic::codegen::Service<Request<Body>> for Inner {
    type Response = Response<Answer>;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Answering {
        self.0.grpc(request)
    }
}

/// A call that has no answer yet, in its form.
pub(super) struct Replying {
    way: Way,
    /// Whose page made it, if pages of others may.
    origin: Option<HeaderValue>,
}

enum Way {
    Plain(Answering),
    Web(ResponseFuture<Answering>),
    Ready(Option<Response<Body>>),
}

impl Future for Replying {
    type Output = Result<Response<Reply>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let mut response = match &mut this.way {
            Way::Plain(answering) => ready!(Pin::new(answering).poll(cx))?.map(Reply::Answer),
            Way::Web(answering) => ready!(Pin::new(answering).poll(cx))?.map(Reply::Other),
            Way::Ready(response) => response.take().unwrap_or_default().map(Reply::Other),
        };
        if let Some(origin) = this.origin.take() {
            let headers = response.headers_mut();
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(header::VARY, HeaderValue::from_static("origin"));
            headers
                .insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
        }
        Poll::Ready(Ok(response))
    }
}

const EXPOSED: &str = "grpc-status, grpc-message, grpc-status-details-bin, grpc-retry-pushback-ms, retry-after, x-request-id";

/// The body of an answer in any form.
#[derive(Debug)]
pub(super) enum Reply {
    Answer(Answer),
    Other(Body),
}

impl HttpBody for Reply {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        match &mut *self {
            Self::Answer(answer) => Pin::new(answer).poll_frame(cx),
            Self::Other(body) => Pin::new(body).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Answer(answer) => answer.is_end_stream(),
            Self::Other(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Answer(answer) => answer.size_hint(),
            Self::Other(body) => body.size_hint(),
        }
    }
}
