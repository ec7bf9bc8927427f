//! The four calls.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{Stream, StreamExt};
use tonic::{Code, Request, Response, Status, Streaming};
use tonic_types::{ErrorDetails, StatusExt};

use crate::document::Budget;
use crate::engine::Engine;
use crate::lexicon::RULE_SET_VERSION;
use crate::wire::pb::extraction_service_server::ExtractionService;
use crate::wire::{self, DOMAIN, Limits, Refusal, pb};

/// The service over an engine.
#[derive(Clone, Debug)]
pub(super) struct Extraction {
    engine: Engine,
    limits: Limits,
}

impl Extraction {
    pub(super) fn new(engine: Engine, limits: Limits) -> Self {
        Self { engine, limits }
    }

    /// Reads one document. Small ones are read where the call came in: a hand-over costs more than they do.
    async fn read(
        &self,
        message: pb::ExtractFactsRequest,
        prefix: &'static str,
    ) -> Result<pb::ExtractFactsResponse, Status> {
        let length = message.document.as_ref().map_or(0, |document| document.content.len());
        let stop = RaisedOnDrop(Arc::new(AtomicBool::new(false)));
        let budget = Budget::until(stop.0.clone());
        let this = self.clone();
        if length <= INLINE_BYTES {
            return this.read_here(&message, &budget, prefix);
        }
        let read = tokio::task::spawn_blocking(move || this.read_here(&message, &budget, prefix));
        read.await.unwrap_or_else(|_ended| Err(internal()))
    }

    fn read_here(
        &self,
        message: &pb::ExtractFactsRequest,
        budget: &Budget,
        prefix: &str,
    ) -> Result<pb::ExtractFactsResponse, Status> {
        let request = wire::Request::read(message, &self.limits)
            .map_err(|refusal| wire::status(&refusal, prefix))?;
        // A panic is a bug. Uncaught, the client would see a broken stream.
        let read = catch_unwind(AssertUnwindSafe(|| {
            let report = self.engine.answer(
                request.is_supported,
                &request.document,
                &request.options,
                budget,
            );
            wire::response(&request, &report)
        }));
        read.map_err(|_panic| {
            tracing::error!(bytes = request.document.content.len(), "reading a document panicked");
            internal()
        })
    }
}

/// Documents up to this many bytes are read on the thread that took the call: some 300 µs of work at most.
const INLINE_BYTES: usize = 32 << 10;

/// Tells the reading to stop when the call goes away.
struct RaisedOnDrop(Arc<AtomicBool>);

impl Drop for RaisedOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn internal() -> Status {
    let details =
        ErrorDetails::with_error_info("INTERNAL", DOMAIN, std::collections::HashMap::new());
    Status::with_error_details(
        Code::Internal,
        "reading the document failed; the failure was logged",
        details,
    )
}

/// A status as the message that a batch or stream carries: the details of a gRPC status are one already.
fn status_message(status: &Status) -> pb::Status {
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

#[tonic::async_trait]
impl ExtractionService for Extraction {
    async fn extract_facts(
        &self,
        request: Request<pb::ExtractFactsRequest>,
    ) -> Result<Response<pb::ExtractFactsResponse>, Status> {
        self.read(request.into_inner(), "").await.map(Response::new)
    }

    async fn batch_extract_facts(
        &self,
        request: Request<pb::BatchExtractFactsRequest>,
    ) -> Result<Response<pb::BatchExtractFactsResponse>, Status> {
        let pb::BatchExtractFactsRequest { requests } = request.into_inner();
        if requests.len() > self.limits.batch_documents {
            let refusal = Refusal::TooLarge {
                field: "requests",
                actual: requests.len(),
                limit: self.limits.batch_documents,
                unit: "documents",
            };
            return Err(wire::status(&refusal, ""));
        }
        let stop = RaisedOnDrop(Arc::new(AtomicBool::new(false)));
        let budget = Budget::until(stop.0.clone());
        let this = self.clone();
        let outcomes = tokio::task::spawn_blocking(move || {
            let outcome = |(index, message)| {
                let outcome = match this.read_here(message, &budget, &format!("requests[{index}]."))
                {
                    Ok(response) => pb::extract_facts_outcome::Outcome::Response(response),
                    Err(status) => {
                        pb::extract_facts_outcome::Outcome::Error(status_message(&status))
                    }
                };
                pb::ExtractFactsOutcome { outcome: Some(outcome) }
            };
            requests.iter().enumerate().map(outcome).collect()
        });
        let outcomes = outcomes.await.map_err(|_ended| internal())?;
        Ok(Response::new(pb::BatchExtractFactsResponse { outcomes }))
    }

    type StreamExtractFactsStream =
        Pin<Box<dyn Stream<Item = Result<pb::StreamExtractFactsResponse, Status>> + Send>>;

    async fn stream_extract_facts(
        &self,
        request: Request<Streaming<pb::StreamExtractFactsRequest>>,
    ) -> Result<Response<Self::StreamExtractFactsStream>, Status> {
        let mut documents = request.into_inner();
        let in_flight = self.limits.stream_in_flight;
        // A place in the channel is taken before a document is read: while the client does not read its answers, nothing more is
        // read from it.
        let (answers, outcomes) = mpsc::channel(in_flight);
        let this = self.clone();
        tokio::spawn(async move {
            while let Some(next) = documents.next().await {
                let message = match next {
                    Ok(message) => message,
                    // The transport broke: there is nobody to answer but the stream itself.
                    Err(status) => {
                        let _ = answers.send(Err(status)).await;
                        return;
                    }
                };
                let Ok(place) = answers.clone().reserve_owned().await else { return };
                let this = this.clone();
                tokio::spawn(async move {
                    let pb::StreamExtractFactsRequest { correlation_id, request } = message;
                    let outcome = match this.read(request.unwrap_or_default(), "request.").await {
                        Ok(response) => {
                            pb::stream_extract_facts_response::Outcome::Response(response)
                        }
                        Err(status) => pb::stream_extract_facts_response::Outcome::Error(
                            status_message(&status),
                        ),
                    };
                    place.send(Ok(pb::StreamExtractFactsResponse {
                        correlation_id,
                        outcome: Some(outcome),
                    }));
                });
            }
        });
        Ok(Response::new(Box::pin(ReceiverStream::new(outcomes))))
    }

    async fn get_capabilities(
        &self,
        _request: Request<pb::GetCapabilitiesRequest>,
    ) -> Result<Response<pb::GetCapabilitiesResponse>, Status> {
        let Limits { document_bytes, message_bytes, batch_documents, facts, stream_in_flight } =
            self.limits;
        let kinds =
            [pb::FactKind::NumericClaim, pb::FactKind::DateMention, pb::FactKind::Commitment];
        Ok(Response::new(pb::GetCapabilitiesResponse {
            kinds: kinds.map(i32::from).to_vec(),
            language_codes: vec!["en".to_owned()],
            offset_encodings: vec![
                pb::OffsetEncoding::Utf8.into(),
                pb::OffsetEncoding::Utf16.into(),
                pb::OffsetEncoding::Utf32.into(),
            ],
            limits: Some(pb::Limits {
                max_document_bytes: document_bytes as i64,
                max_message_bytes: message_bytes as i64,
                max_batch_documents: batch_documents as i32,
                max_facts: facts as i32,
                max_stream_in_flight: stream_in_flight as i32,
            }),
            rule_set_version: RULE_SET_VERSION.to_owned(),
            build_version: env!("CARGO_PKG_VERSION").to_owned(),
        }))
    }
}
