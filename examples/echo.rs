//! The floor of what a call can cost: a server with the messages of the contract that reads nothing. `tests/load/floor.py` compares
//! `dictum serve` with it.
//!
//! `echo ADDRESS THREADS FILE`: answers each request of FILE (protobuf, each behind its length) with the answer that the engine
//! gives to it, made before the first call, found by `document_id`.

use std::collections::HashMap;
use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;

use dictum::document::Budget;
use dictum::engine::Engine;
use dictum::wire::pb::extraction_service_server::{ExtractionService, ExtractionServiceServer};
use dictum::wire::{Limits, Request as Document, pb, response};
use prost::Message as _;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status, Streaming};

#[derive(Clone)]
struct Echo(Arc<HashMap<String, pb::ExtractFactsResponse>>);

#[tonic::async_trait]
impl ExtractionService for Echo {
    async fn extract_facts(
        &self,
        request: Request<pb::ExtractFactsRequest>,
    ) -> Result<Response<pb::ExtractFactsResponse>, Status> {
        let document = request.into_inner().document.unwrap_or_default();
        let answer = self.0.get(&document.document_id).cloned();
        answer.map(Response::new).ok_or_else(|| Status::not_found(document.document_id))
    }

    async fn batch_extract_facts(
        &self,
        _request: Request<pb::BatchExtractFactsRequest>,
    ) -> Result<Response<pb::BatchExtractFactsResponse>, Status> {
        Err(Status::unimplemented("the floor is measured by unary calls"))
    }

    type StreamExtractFactsStream = Pin<
        Box<dyn tokio_stream::Stream<Item = Result<pb::StreamExtractFactsResponse, Status>> + Send>,
    >;

    async fn stream_extract_facts(
        &self,
        _request: Request<Streaming<pb::StreamExtractFactsRequest>>,
    ) -> Result<Response<Self::StreamExtractFactsStream>, Status> {
        Err(Status::unimplemented("the floor is measured by unary calls"))
    }

    async fn get_capabilities(
        &self,
        _request: Request<pb::GetCapabilitiesRequest>,
    ) -> Result<Response<pb::GetCapabilitiesResponse>, Status> {
        Ok(Response::new(pb::GetCapabilitiesResponse::default()))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().ok_or("which address?")?;
    let threads = arguments.next().ok_or("how many threads?")?.parse()?;
    let bytes = std::fs::read(arguments.next().ok_or("which file?")?)?;
    let mut rest = bytes.as_slice();
    let mut answers = HashMap::new();
    while !rest.is_empty() {
        let message = pb::ExtractFactsRequest::decode_length_delimited(&mut rest)?;
        let request = Document::read(&message, &Limits::default())?;
        let report =
            Engine::english().analyze(&request.document, &request.options, &Budget::unlimited());
        answers.insert(request.document_id.to_owned(), response(&request, &report));
    }
    let service = ExtractionServiceServer::new(Echo(Arc::new(answers)));
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    runtime.block_on(async {
        let incoming = TcpIncoming::bind(address.parse()?)?.with_nodelay(Some(true));
        Server::builder().add_service(service).serve_with_incoming(incoming).await?;
        Ok(())
    })
}
