//! The four calls, as the generated server would take them but for their answers, which are in bytes already.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use hyper::body::Bytes;
use prost::Message as _;
use tokio_stream::Stream;
use tonic::body::Body;
use tonic::codec::{CompressionEncoding, EnabledCompressionEncodings};
use tonic::server::{Grpc, StreamingService, UnaryService};
use tonic::{Request, Response, Status, Streaming};

use super::batch;
use super::call::Call;
use super::config::Config;
use super::fault::Fault;
use super::method::Method;
use super::reader::{Reader, length};
use super::stream;
use crate::lexicon::RULE_SET_VERSION;
use crate::wire::{Copying, Encoded, Limits, Received, pb};

/// The service over a reader.
#[derive(Debug)]
pub(super) struct Extraction {
    reader: Arc<Reader>,
    capabilities: Vec<u8>,
    compress_from: usize,
    drain: tokio::sync::watch::Receiver<bool>,
}

/// A call under way.
pub(super) type Serving =
    Pin<Box<dyn Future<Output = Result<hyper::Response<Body>, Infallible>> + Send>>;

type Answers = Pin<Box<dyn Stream<Item = Result<Encoded, Status>> + Send>>;

impl Extraction {
    /// `drain` turns true when streams must take no more documents.
    pub(super) fn new(
        reader: Arc<Reader>,
        config: &Config,
        drain: tokio::sync::watch::Receiver<bool>,
    ) -> Self {
        let capabilities = capabilities(config, &reader).encode_to_vec();
        Self { reader, capabilities, compress_from: config.compress_from, drain }
    }

    /// Takes a call of one of the service's methods, and leaves any other to `others`.
    pub(super) fn serve<B>(
        self: &Arc<Self>,
        method: Method,
        request: hyper::Request<B>,
        others: impl FnOnce(hyper::Request<B>) -> Serving,
    ) -> Serving
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>> + Send,
    {
        let this = self.clone();
        match method {
            Method::ExtractFacts => Box::pin(async move {
                let handler = Handler(|request| this.clone().extract_facts(request));
                Ok(this.grpc().unary(handler, request).await)
            }),
            Method::BatchExtractFacts => Box::pin(async move {
                let handler = Handler(|request| this.clone().batch_extract_facts(request));
                Ok(this.grpc().unary(handler, request).await)
            }),
            Method::StreamExtractFacts => Box::pin(async move {
                let handler = Handler(|request| this.clone().stream_extract_facts(request));
                Ok(this.grpc().streaming(handler, request).await)
            }),
            Method::GetCapabilities => Box::pin(async move {
                let handler = Handler(|request| this.clone().get_capabilities(request));
                Ok(this.grpc().unary(handler, request).await)
            }),
            Method::HealthCheck
            | Method::HealthList
            | Method::HealthWatch
            | Method::Reflection
            | Method::Other => others(request),
        }
    }

    fn grpc<U: Received + prost::Message + Default + Send + 'static>(&self) -> Grpc<Copying<U>> {
        let Limits { message_bytes, response_bytes, .. } = self.reader.limits;
        let (mut accepted, mut sent) =
            (EnabledCompressionEncodings::default(), EnabledCompressionEncodings::default());
        for encoding in [CompressionEncoding::Zstd, CompressionEncoding::Gzip] {
            accepted.enable(encoding);
            if self.compress_from > 0 {
                sent.enable(encoding);
            }
        }
        Grpc::new(Copying::default())
            .apply_compression_config(accepted, sent)
            .apply_max_message_size_config(Some(message_bytes), Some(response_bytes))
    }

    /// An answer, compressed only when it is large enough.
    fn answer(&self, message: Vec<u8>) -> Response<Encoded> {
        let is_small = self.compress_from > 0 && message.len() < self.compress_from;
        let mut response = Response::new(Encoded(message));
        if is_small {
            response.disable_compression();
        }
        response
    }

    async fn extract_facts(
        self: Arc<Self>,
        request: Request<pb::ExtractFactsRequest>,
    ) -> Result<Response<Encoded>, Status> {
        let (call, message) = taken(request)?;
        let answer = self.read(message, &call).await?;
        call.hold_answer(answer.len());
        Ok(self.answer(answer))
    }

    /// Reads the one document of a call and returns its answer in bytes.
    pub(super) async fn read(
        &self,
        message: pb::ExtractFactsRequest,
        call: &Arc<Call>,
    ) -> Result<Vec<u8>, Status> {
        let bytes = length(&message);
        call.has_arrived(bytes, self.reader.lane(bytes), &self.reader.admission)
            .map_err(Fault::status)?;
        self.reader.read(message, "", call).await
    }

    async fn batch_extract_facts(
        self: Arc<Self>,
        request: Request<pb::BatchExtractFactsRequest>,
    ) -> Result<Response<Encoded>, Status> {
        let (call, message) = taken(request)?;
        let answer = batch::read(&self.reader, message, &call).await?;
        call.hold_answer(answer.len());
        Ok(self.answer(answer))
    }

    async fn stream_extract_facts(
        self: Arc<Self>,
        request: Request<Streaming<pb::StreamExtractFactsRequest>>,
    ) -> Result<Response<Answers>, Status> {
        let (call, documents) = taken(request)?;
        let answers = stream::read(self.reader.clone(), documents, call, self.drain.clone());
        Ok(Response::new(Box::pin(answers)))
    }

    /// The answer to GetCapabilities, in bytes.
    pub(super) fn capabilities(&self) -> &[u8] {
        &self.capabilities
    }

    async fn get_capabilities(
        self: Arc<Self>,
        _request: Request<pb::GetCapabilitiesRequest>,
    ) -> Result<Response<Encoded>, Status> {
        Ok(self.answer(self.capabilities.clone()))
    }
}

/// A function that takes a call.
struct Handler<F>(F);

impl<F, R, T, A> UnaryService<R> for Handler<F>
where
    F: FnMut(Request<R>) -> T,
    T: Future<Output = Result<Response<A>, Status>>,
{
    type Response = A;
    type Future = T;

    fn call(&mut self, request: Request<R>) -> T {
        self.0(request)
    }
}

impl<F, R, T, A, S> StreamingService<R> for Handler<F>
where
    F: FnMut(Request<Streaming<R>>) -> T,
    T: Future<Output = Result<Response<S>, Status>>,
    S: Stream<Item = Result<A, Status>>,
{
    type Response = A;
    type ResponseStream = S;
    type Future = T;

    fn call(&mut self, request: Request<Streaming<R>>) -> T {
        self.0(request)
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
