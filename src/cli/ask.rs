//! Where answers come from: the engine in this program, or a server.

use std::time::Duration;

use tonic::transport::{Channel, Endpoint};
use tonic_types::StatusExt;

use crate::document::Budget;
use crate::engine::Engine;
use crate::wire::pb::extraction_service_client::ExtractionServiceClient;
use crate::wire::{Limits, Request, pb, response};

/// Answers requests, one at a time.
pub(super) enum Source {
    /// The engine of this program.
    Here { engine: Engine, limits: Limits },
    /// A server, by its address.
    There { runtime: tokio::runtime::Runtime, client: Box<ExtractionServiceClient<Channel>> },
}

impl Source {
    /// The engine of this program, or a connection to the server at `endpoint`.
    pub(super) fn new(endpoint: Option<&str>) -> Result<Self, String> {
        let limits = Limits::default();
        let Some(endpoint) = endpoint else {
            return Ok(Self::Here { engine: Engine::english(), limits });
        };
        let runtime = runtime()?;
        let channel = runtime.block_on(connect(endpoint))?;
        let client = ExtractionServiceClient::new(channel)
            .max_decoding_message_size(4 * limits.message_bytes)
            .max_encoding_message_size(limits.message_bytes);
        Ok(Self::There { runtime, client: Box::new(client) })
    }

    /// The answer to one request, or why there is none.
    pub(super) fn ask(
        &mut self,
        message: &pb::ExtractFactsRequest,
    ) -> Result<pb::ExtractFactsResponse, String> {
        match self {
            Self::Here { engine, limits } => {
                let request =
                    Request::read(message, limits).map_err(|refusal| refusal.to_string())?;
                Ok(answer(engine, &request, &Budget::unlimited()))
            }
            Self::There { runtime, client } => {
                match runtime.block_on(client.extract_facts(message.clone())) {
                    Ok(response) => Ok(response.into_inner()),
                    Err(status) => {
                        let reason = status
                            .get_details_error_info()
                            .map(|info| format!(" ({})", info.reason));
                        Err(format!(
                            "{:?}: {}{}",
                            status.code(),
                            status.message(),
                            reason.unwrap_or_default()
                        ))
                    }
                }
            }
        }
    }
}

/// A runtime for one client.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, String> {
    let built = tokio::runtime::Builder::new_current_thread().enable_all().build();
    built.map_err(|error| format!("cannot start: {error}"))
}

/// A connection to the server at `endpoint`; without a scheme, plaintext.
pub(super) async fn connect(endpoint: &str) -> Result<Channel, String> {
    let address =
        if endpoint.contains("://") { endpoint.to_owned() } else { format!("http://{endpoint}") };
    let channel =
        Endpoint::from_shared(address.clone()).map_err(|error| format!("{address}: {error}"))?;
    let connected = channel.connect_timeout(Duration::from_secs(5)).connect().await;
    connected.map_err(|error| format!("{address}: {}", causes(&error)))
}

/// Reads a document that was found good. An unsupported language has no facts.
fn answer(engine: &Engine, request: &Request<'_>, budget: &Budget) -> pb::ExtractFactsResponse {
    response(
        request,
        &engine.answer(request.is_supported, &request.document, &request.options, budget),
    )
}

/// An error and what caused it, in one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line = format!("{line}: {error}");
        cause = error.source();
    }
    line
}
