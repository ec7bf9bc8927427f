//! A refusal as a gRPC status with its details.

use std::collections::HashMap;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

use super::pb;
use super::request::Refusal;

/// `google.rpc.ErrorInfo.domain` of every error.
pub const DOMAIN: &str = "dictum.v1";

/// INVALID_ARGUMENT with ErrorInfo and BadRequest; the field's path begins with `prefix` (`requests[3].` in a batch).
pub fn status(refusal: &Refusal, prefix: &str) -> Status {
    let field = format!("{prefix}{}", refusal.field());
    let (reason, metadata) = match refusal {
        Refusal::Empty { .. } => ("FIELD_EMPTY", HashMap::new()),
        Refusal::TooLarge { actual, limit, unit, .. } => (
            "FIELD_TOO_LARGE",
            HashMap::from([
                ("actual".to_owned(), actual.to_string()),
                ("limit".to_owned(), limit.to_string()),
                ("unit".to_owned(), (*unit).to_owned()),
            ]),
        ),
        Refusal::Malformed { .. } => ("MESSAGE_INVALID", HashMap::new()),
        Refusal::Invalid { value, .. } => {
            ("FIELD_INVALID", HashMap::from([("value".to_owned(), value.clone())]))
        }
    };
    let message = format!("{prefix}{refusal}");
    let mut details = ErrorDetails::with_bad_request_violation(field, message.clone());
    details.set_error_info(reason, DOMAIN, metadata);
    Status::with_error_details(Code::InvalidArgument, message, details)
}

/// A status as the message that a batch or stream carries: the details of a gRPC status are one already.
pub fn status_message(status: &Status) -> pb::Status {
    let plain = || pb::Status {
        code: status.code() as i32,
        message: status.message().to_owned(),
        details: Vec::new(),
    };
    if status.details().is_empty() {
        return plain();
    }
    <pb::Status as prost::Message>::decode(status.details()).unwrap_or_else(|_foreign| plain())
}

/// As gRPC spells it: "DEADLINE_EXCEEDED".
pub(crate) fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}
