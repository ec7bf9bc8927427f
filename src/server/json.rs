//! Calls in JSON: proto3's own for messages, that of AIP-193 for errors.

use std::pin::Pin;
use std::sync::Arc;

use http_body::Body as HttpBody;
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::{Request, Response, StatusCode};
use prost::Message;
use serde_json::{Value, json};
use tonic::body::Body;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use super::call::Call;
use super::method::Method;
use super::service::Extraction;
use crate::wire::{self, Refusal, code_name, pb};

/// Answers a call.
pub(super) async fn answer<B>(
    extraction: Arc<Extraction>,
    call: Arc<Call>,
    request: Request<B>,
) -> Response<Body>
where
    B: HttpBody<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    match body(&extraction, &call, request.into_body()).await {
        Ok(bytes) => {
            call.ended(Code::Ok);
            call.hold_answer(bytes.len());
            with_body(StatusCode::OK, bytes)
        }
        Err(status) => {
            call.ended(status.code());
            refusal(&status)
        }
    }
}

async fn body<B>(extraction: &Extraction, call: &Arc<Call>, body: B) -> Result<Vec<u8>, Status>
where
    B: HttpBody<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    if call.method == Method::GetCapabilities {
        return written::<pb::GetCapabilitiesResponse>(extraction.capabilities());
    }
    let text = collected(body).await?;
    let message = wire::json::request(&text).map_err(|error| {
        let reason = error.to_string();
        wire::status(&Refusal::Malformed { field: "body".to_owned(), reason }, "")
    })?;
    written::<pb::ExtractFactsResponse>(&extraction.read(message, call).await?)
}

/// All that the caller sends; what passes through counts it, and refuses what is too much.
async fn collected<B>(mut body: B) -> Result<Vec<u8>, Status>
where
    B: HttpBody<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut text = Vec::new();
    while let Some(frame) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let frame = frame.map_err(|error| Status::from_error(error.into()))?;
        if let Some(bytes) = frame.data_ref() {
            text.extend_from_slice(bytes);
        }
    }
    Ok(text)
}

/// A message of ours in JSON.
fn written<M: Message + Default + serde::Serialize>(bytes: &[u8]) -> Result<Vec<u8>, Status> {
    let message = M::decode(bytes).map_err(|error| Status::internal(error.to_string()))?;
    serde_json::to_vec(&message).map_err(|error| Status::internal(error.to_string()))
}

/// A body of JSON, unless its header is made to say something else.
pub(super) fn with_body(code: StatusCode, text: Vec<u8>) -> Response<Body> {
    let length = text.len();
    let mut response = Response::new(Body::new(Whole(Some(text.into()))));
    *response.status_mut() = code;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CONTENT_LENGTH, length.into());
    response
}

/// An error.
pub(super) fn refusal(status: &Status) -> Response<Body> {
    let code = http_code(status.code());
    let error = json!({ "error": {
        "code": code.as_u16(),
        "status": code_name(status.code()),
        "message": status.message(),
        "details": details(status),
    }});
    let mut response = with_body(code, error.to_string().into_bytes());
    if let Some(wait) = status.get_details_retry_info().and_then(|info| info.retry_delay) {
        // Whole seconds, and not so few that it is too early.
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// The details that errors of ours have, as proto3 writes `google.protobuf.Any`.
fn details(status: &Status) -> Vec<Value> {
    let found = status.get_error_details();
    let mut details = Vec::new();
    let mut detail = |name: &str, mut value: Value| {
        value["@type"] = format!("type.googleapis.com/google.rpc.{name}").into();
        details.push(value);
    };
    if let Some(info) = found.error_info() {
        let value =
            json!({ "reason": info.reason, "domain": info.domain, "metadata": info.metadata });
        detail("ErrorInfo", value);
    }
    if let Some(delay) = found.retry_info().and_then(|info| info.retry_delay) {
        let delay = format!("{}.{:09}s", delay.as_secs(), delay.subsec_nanos());
        detail("RetryInfo", json!({ "retryDelay": delay }));
    }
    if let Some(request) = found.bad_request() {
        let violations: Vec<_> = request
            .field_violations
            .iter()
            .map(|wrong| json!({ "field": wrong.field, "description": wrong.description }))
            .collect();
        detail("BadRequest", json!({ "fieldViolations": violations }));
    }
    if let Some(info) = found.request_info() {
        detail("RequestInfo", json!({ "requestId": info.request_id }));
    }
    details
}

/// As `google/rpc/code.proto` maps them.
fn http_code(code: Code) -> StatusCode {
    match code {
        Code::Ok => StatusCode::OK,
        Code::InvalidArgument | Code::FailedPrecondition | Code::OutOfRange => {
            StatusCode::BAD_REQUEST
        }
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::PermissionDenied => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::AlreadyExists | Code::Aborted => StatusCode::CONFLICT,
        Code::ResourceExhausted => StatusCode::TOO_MANY_REQUESTS,
        // What the caller gave up has no code of its own that hyper knows.
        Code::Cancelled => StatusCode::from_u16(499).unwrap_or(StatusCode::BAD_REQUEST),
        Code::Unimplemented => StatusCode::NOT_IMPLEMENTED,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::DeadlineExceeded => StatusCode::GATEWAY_TIMEOUT,
        Code::Unknown | Code::Internal | Code::DataLoss => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A body in one piece.
struct Whole(Option<Bytes>);

impl HttpBody for Whole {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Status>>> {
        std::task::Poll::Ready(self.0.take().map(|bytes| Ok(http_body::Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        http_body::SizeHint::with_exact(self.0.as_ref().map_or(0, Bytes::len) as u64)
    }
}
