//! Where answers come from: the engine in this program, or a server.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::transport::Channel;
use tonic::{Code, Status};
use tonic_types::StatusExt;

use super::connect::{Security, connect, runtime};
use crate::document::Budget;
use crate::engine::Engine;
use crate::wire::pb::extraction_service_client::ExtractionServiceClient;
use crate::wire::{Limits, Request, pb, response};

/// Whom to ask, and with how much patience.
#[derive(Debug, Args)]
pub(super) struct Asking {
    /// Ask the server at this URL instead of the engine in this program.
    #[arg(long, value_name = "URL")]
    pub(super) endpoint: Option<String>,
    /// Seconds to wait for one answer of the server.
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    timeout: Duration,
    /// How often to ask it again when it is away or has too much to do, each time twice as late, or when it says so.
    #[arg(long, value_name = "N", default_value_t = 4)]
    retries: u32,
    #[command(flatten)]
    security: Security,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().map_err(|_unread| "it must be a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// The document is refused, now and ever.
    Refused(String),
    /// The server could not be asked, or could not answer; it may later.
    Away(String),
}

/// Answers requests, one at a time.
pub(super) enum Source {
    /// The engine of this program.
    Here { engine: Arc<Engine>, limits: Limits },
    /// A server.
    There(Box<Server>),
}

/// A connection of its own to a server.
pub(super) struct Server {
    runtime: tokio::runtime::Runtime,
    client: ExtractionServiceClient<Channel>,
    authorization: Option<MetadataValue<Ascii>>,
    timeout: Duration,
    retries: u32,
}

impl Source {
    /// The engine of this program, or a connection to a server.
    pub(super) fn new(asking: &Asking) -> Result<Self, String> {
        match &asking.endpoint {
            None => {
                Ok(Self::Here { engine: Arc::new(Engine::english()), limits: Limits::default() })
            }
            Some(endpoint) => Ok(Self::There(Box::new(Server::new(endpoint, asking)?))),
        }
    }

    /// One more of the same kind, to be asked at the same time.
    pub(super) fn another(&self, asking: &Asking) -> Result<Self, String> {
        match self {
            Self::Here { engine, limits } => {
                Ok(Self::Here { engine: Arc::clone(engine), limits: *limits })
            }
            Self::There(_) => Self::new(asking),
        }
    }

    /// The answer to one request, or why there is none.
    pub(super) fn ask(
        &mut self,
        message: &pb::ExtractFactsRequest,
    ) -> Result<pb::ExtractFactsResponse, Failure> {
        match self {
            Self::Here { engine, limits } => {
                let request = Request::read(message, limits)
                    .map_err(|refusal| Failure::Refused(refusal.to_string()))?;
                Ok(answer(engine, &request, &Budget::unlimited()))
            }
            Self::There(server) => server.ask(message),
        }
    }
}

impl Server {
    fn new(endpoint: &str, asking: &Asking) -> Result<Self, String> {
        let limits = Limits::default();
        let runtime = runtime()?;
        let channel = runtime.block_on(connect(endpoint, &asking.security))?;
        let client = ExtractionServiceClient::new(channel)
            .max_decoding_message_size(4 * limits.message_bytes)
            .max_encoding_message_size(limits.message_bytes);
        let authorization = asking.security.authorization()?;
        let Asking { timeout, retries, .. } = *asking;
        Ok(Self { runtime, client, authorization, timeout, retries })
    }

    fn ask(
        &mut self,
        message: &pb::ExtractFactsRequest,
    ) -> Result<pb::ExtractFactsResponse, Failure> {
        let mut wait = Duration::from_millis(100);
        let mut left = self.retries;
        loop {
            let mut request = tonic::Request::new(message.clone());
            request.set_timeout(self.timeout);
            if let Some(value) = &self.authorization {
                request.metadata_mut().insert("authorization", value.clone());
            }
            let asked = async {
                tokio::time::timeout(self.timeout, self.client.extract_facts(request)).await
            };
            let status = match self.runtime.block_on(asked) {
                Ok(Ok(response)) => return Ok(response.into_inner()),
                Ok(Err(status)) => status,
                Err(_elapsed) => Status::deadline_exceeded("no answer in time"),
            };
            let told = status.get_details_retry_info().and_then(|info| info.retry_delay);
            match verdict(status.code(), told.is_some()) {
                Verdict::Refused => return Err(Failure::Refused(written(&status))),
                Verdict::Retry if left > 0 => {}
                Verdict::Retry | Verdict::Away => return Err(Failure::Away(written(&status))),
            }
            left -= 1;
            self.runtime.block_on(tokio::time::sleep(told.unwrap_or(wait)));
            wait = (2 * wait).min(Duration::from_secs(5));
        }
    }
}

/// What a status means for the one who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Refused,
    Away,
    Retry,
}

/// Extraction changes nothing, so whatever may have been the way's fault is asked again.
fn verdict(code: Code, is_told_when: bool) -> Verdict {
    match code {
        Code::InvalidArgument | Code::OutOfRange | Code::FailedPrecondition | Code::NotFound => {
            Verdict::Refused
        }
        // Too much at the moment, or a message that is too large for ever.
        Code::ResourceExhausted if !is_told_when => Verdict::Refused,
        Code::Ok
        | Code::DeadlineExceeded
        | Code::AlreadyExists
        | Code::PermissionDenied
        | Code::Unauthenticated
        | Code::Unimplemented => Verdict::Away,
        Code::ResourceExhausted
        | Code::Cancelled
        | Code::Unknown
        | Code::Aborted
        | Code::Internal
        | Code::Unavailable
        | Code::DataLoss => Verdict::Retry,
    }
}

fn written(status: &Status) -> String {
    let reason = status.get_details_error_info().map(|info| format!(" ({})", info.reason));
    format!("{:?}: {}{}", status.code(), status.message(), reason.unwrap_or_default())
}

/// Reads a document that was found good. An unsupported language has no facts.
fn answer(engine: &Engine, request: &Request<'_>, budget: &Budget) -> pb::ExtractFactsResponse {
    response(
        request,
        &engine.answer(request.is_supported, &request.document, &request.options, budget),
    )
}
