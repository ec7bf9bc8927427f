//! What the server itself answers when a call is not served, as statuses with their details.

use std::collections::HashMap;
use std::time::Duration;

use tonic::metadata::MetadataValue;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

use crate::wire::DOMAIN;

/// Why a call is not served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault<'a> {
    /// There is too much to do.
    Shed {
        /// Of what there is too much.
        reason: Shed,
        /// When to come again.
        retry_after: Duration,
    },
    /// The call's deadline passed.
    Deadline,
    /// The `grpc-timeout` header says nothing.
    Timeout,
    /// The server is about to end.
    Draining,
    /// No key, or none of ours.
    Unauthenticated,
    /// One message is too large.
    MessageTooLarge { actual: usize, limit: usize },
    /// The answer is too large.
    ResponseTooLarge { actual: usize, limit: usize },
    /// The answer to one document of a batch is more than what the others leave of the limit.
    BatchTooLarge { actual: usize, limit: usize },
    /// A bug, told by the call's id alone.
    Internal { request_id: &'a str },
}

/// Of what there is too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Shed {
    /// Open calls.
    Requests,
    /// Bytes in flight.
    Bytes,
    /// Calls that wait.
    Queue,
    /// Time that a call would wait.
    Wait,
    /// Connections.
    Connections,
    /// Handshakes.
    Handshakes,
}

impl Shed {
    /// Every reason.
    pub(super) const ALL: [Self; 6] =
        [Self::Requests, Self::Bytes, Self::Queue, Self::Wait, Self::Connections, Self::Handshakes];

    /// As metrics and details write it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Bytes => "bytes",
            Self::Queue => "queue",
            Self::Wait => "wait",
            Self::Connections => "connections",
            Self::Handshakes => "handshakes",
        }
    }
}

impl Fault<'_> {
    /// The status with its details.
    pub(super) fn status(self) -> Status {
        match self {
            Self::Shed { reason, retry_after } => shed(reason, retry_after),
            Self::Deadline => plain(
                Code::DeadlineExceeded,
                "DEADLINE_EXCEEDED",
                "the deadline passed before the answer was ready",
            ),
            Self::Timeout => {
                let message = "grpc-timeout must be up to eight digits and one of H, M, S, m, u, n";
                let mut details = info("FIELD_INVALID", []);
                details.add_bad_request_violation("grpc-timeout", message);
                Status::with_error_details(Code::InvalidArgument, message, details)
            }
            Self::Draining => plain(
                Code::Unavailable,
                "DRAINING",
                "the server is about to end; another one may answer",
            ),
            Self::Unauthenticated => plain(
                Code::Unauthenticated,
                "KEY_INVALID",
                "a valid key is needed: authorization: Bearer KEY",
            ),
            Self::MessageTooLarge { actual, limit } => {
                too_large(Code::InvalidArgument, "FIELD_TOO_LARGE", "message", actual, limit)
            }
            Self::ResponseTooLarge { actual, limit } => {
                too_large(Code::ResourceExhausted, "RESPONSE_TOO_LARGE", "response", actual, limit)
            }
            Self::BatchTooLarge { actual, limit } => {
                let what = "response with those before it";
                too_large(Code::ResourceExhausted, "RESPONSE_TOO_LARGE", what, actual, limit)
            }
            Self::Internal { request_id } => {
                let mut details = info("INTERNAL", [("request_id", request_id.to_owned())]);
                details.set_request_info(request_id, "");
                let message = format!("request {request_id} failed; the failure was logged");
                Status::with_error_details(Code::Internal, message, details)
            }
        }
    }
}

fn shed(reason: Shed, retry_after: Duration) -> Status {
    let mut details = info("OVERLOADED", [("reason", reason.name().to_owned())]);
    details.set_retry_info(Some(retry_after));
    let milliseconds = u64::try_from(retry_after.as_millis()).unwrap_or(u64::MAX);
    let message = format!("too much to do ({}); try again in {milliseconds} ms", reason.name());
    let mut status = Status::with_error_details(Code::ResourceExhausted, message, details);
    // Clients with a retry policy wait as long as this says.
    status.metadata_mut().insert("grpc-retry-pushback-ms", MetadataValue::from(milliseconds));
    status
}

fn too_large(code: Code, reason: &'static str, field: &str, actual: usize, limit: usize) -> Status {
    let message = format!("{field} is {actual} bytes, the limit is {limit}");
    let mut details = info(
        reason,
        [
            ("actual", actual.to_string()),
            ("limit", limit.to_string()),
            ("unit", "bytes".to_owned()),
        ],
    );
    if code == Code::InvalidArgument {
        details.add_bad_request_violation(field, &message);
    }
    Status::with_error_details(code, message, details)
}

/// A status that tonic made, with the ErrorInfo that every error carries. What it calls INTERNAL while it receives a message is
/// a message that cannot be read: the caller's error.
pub(super) fn explained(status: Status) -> Status {
    if !status.details().is_empty() {
        return status;
    }
    let code = status.code();
    if code == Code::Internal {
        let mut details = info("MESSAGE_INVALID", []);
        details.add_bad_request_violation("message", status.message());
        return Status::with_error_details(Code::InvalidArgument, status.message(), details);
    }
    let reason = if code == Code::Unimplemented {
        "METHOD_UNKNOWN"
    } else if matches!(code, Code::OutOfRange | Code::ResourceExhausted) {
        "MESSAGE_TOO_LARGE"
    } else if code == Code::NotFound {
        "SERVICE_UNKNOWN"
    } else {
        "TRANSPORT"
    };
    let metadata = status.metadata().clone();
    let details = info(reason, []);
    Status::with_error_details_and_metadata(status.code(), status.message(), details, metadata)
}

fn plain(code: Code, reason: &'static str, message: &'static str) -> Status {
    Status::with_error_details(code, message, info(reason, []))
}

fn info<const N: usize>(reason: &str, metadata: [(&str, String); N]) -> ErrorDetails {
    let metadata: HashMap<_, _> =
        metadata.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    ErrorDetails::with_error_info(reason, DOMAIN, metadata)
}
