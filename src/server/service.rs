//! The four calls.

use std::pin::Pin;
use std::sync::Arc;

use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use super::batch;
use super::call::Call;
use super::config::Config;
use super::fault::Fault;
use super::reader::{Reader, length};
use super::stream;
use crate::lexicon::RULE_SET_VERSION;
use crate::wire::pb::extraction_service_server::ExtractionService;
use crate::wire::{Limits, pb};

/// The service over a reader.
#[derive(Debug)]
pub(super) struct Extraction {
    reader: Arc<Reader>,
    capabilities: pb::GetCapabilitiesResponse,
    compress_from: usize,
    drain: tokio::sync::watch::Receiver<bool>,
}

impl Extraction {
    /// `drain` turns true when streams must take no more documents.
    pub(super) fn new(
        reader: Arc<Reader>,
        config: &Config,
        drain: tokio::sync::watch::Receiver<bool>,
    ) -> Self {
        let capabilities = capabilities(config, &reader);
        Self { reader, capabilities, compress_from: config.compress_from, drain }
    }

    /// An answer, compressed only when it is large enough.
    fn answer<M: prost::Message>(&self, message: M) -> Response<M> {
        let is_small = self.compress_from > 0 && message.encoded_len() < self.compress_from;
        let mut response = Response::new(message);
        if is_small {
            response.disable_compression();
        }
        response
    }
}

#[tonic::async_trait]
impl ExtractionService for Extraction {
    async fn extract_facts(
        &self,
        request: Request<pb::ExtractFactsRequest>,
    ) -> Result<Response<pb::ExtractFactsResponse>, Status> {
        let (call, message) = taken(request)?;
        let bytes = length(&message);
        call.has_arrived(bytes, self.reader.lane(bytes), &self.reader.admission)
            .map_err(Fault::status)?;
        self.reader.read(message, "", &call).await.map(|answer| self.answer(answer))
    }

    async fn batch_extract_facts(
        &self,
        request: Request<pb::BatchExtractFactsRequest>,
    ) -> Result<Response<pb::BatchExtractFactsResponse>, Status> {
        let (call, message) = taken(request)?;
        batch::read(&self.reader, message, &call).await.map(|answer| self.answer(answer))
    }

    type StreamExtractFactsStream =
        Pin<Box<dyn Stream<Item = Result<pb::StreamExtractFactsResponse, Status>> + Send>>;

    async fn stream_extract_facts(
        &self,
        request: Request<Streaming<pb::StreamExtractFactsRequest>>,
    ) -> Result<Response<Self::StreamExtractFactsStream>, Status> {
        let (call, documents) = taken(request)?;
        let answers = stream::read(self.reader.clone(), documents, call, self.drain.clone());
        Ok(Response::new(Box::pin(answers)))
    }

    async fn get_capabilities(
        &self,
        _request: Request<pb::GetCapabilitiesRequest>,
    ) -> Result<Response<pb::GetCapabilitiesResponse>, Status> {
        Ok(self.answer(self.capabilities.clone()))
    }
}

/// A request's record and message.
fn taken<T>(mut request: Request<T>) -> Result<(Arc<Call>, T), Status> {
    let call = request.extensions_mut().remove::<Arc<Call>>();
    let call = call.ok_or_else(|| Status::internal("the call has no record"))?;
    Ok((call, request.into_inner()))
}

fn capabilities(config: &Config, reader: &Reader) -> pb::GetCapabilitiesResponse {
    let Limits {
        document_bytes,
        message_bytes,
        response_bytes,
        batch_documents,
        facts,
        stream_in_flight,
    } = config.limits;
    let admission = reader.admission.limits();
    let connections = &config.connections;
    let kinds = [pb::FactKind::NumericClaim, pb::FactKind::DateMention, pb::FactKind::Commitment];
    pb::GetCapabilitiesResponse {
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
            max_response_bytes: response_bytes as i64,
            max_in_flight_requests: admission.requests as i32,
            max_in_flight_bytes: admission.bytes as i64,
            max_queue: admission.queue as i32,
            max_queue_wait: duration(admission.wait),
            max_deadline: duration(config.max_deadline),
            document_timeout: duration(config.document_timeout),
            max_concurrent_streams: connections.streams as i32,
            max_header_list_bytes: connections.header_bytes as i32,
        }),
        rule_set_version: RULE_SET_VERSION.to_owned(),
        build_version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

fn duration(duration: std::time::Duration) -> Option<pbjson_types::Duration> {
    let seconds = i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    Some(pbjson_types::Duration { seconds, nanos: duration.subsec_nanos() as i32 })
}
