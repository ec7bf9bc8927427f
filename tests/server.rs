//! The service over a real socket, asked by a tonic client.
#![cfg(feature = "server")]

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use dictum::engine::Engine;
use dictum::server::{self, Config, LogFormat};
use dictum::wire::pb::extraction_service_client::ExtractionServiceClient;
use dictum::wire::{Limits, pb};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_stream::StreamExt;
use tonic::Code;
use tonic::transport::Channel;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_types::StatusExt;

struct Running {
    address: SocketAddr,
    admin: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<Result<(), server::ServeError>>,
}

async fn start() -> Running {
    let local: SocketAddr = "127.0.0.1:0".parse().expect("an address");
    let main = TcpListener::bind(local).await.expect("a free port");
    let admin = TcpListener::bind(local).await.expect("a free port");
    let (address, admin_address) =
        (main.local_addr().expect("bound"), admin.local_addr().expect("bound"));
    let config = Config {
        listen: address,
        admin_listen: admin_address,
        limits: Limits { batch_documents: 3, stream_in_flight: 2, ..Limits::default() },
        drain_delay: Duration::from_millis(100),
        drain_timeout: Duration::from_millis(500),
        log_format: LogFormat::Pretty,
        ..Config::default()
    };
    let (stop, stopped) = oneshot::channel();
    let shutdown = async {
        let _ = stopped.await;
    };
    let ended = tokio::spawn(server::serve(main, admin, Engine::english(), config, shutdown));
    let running = Running { address, admin: admin_address, stop, ended };
    let mut health = HealthClient::new(channel(running.address).await);
    for _ in 0..200 {
        let check =
            health.check(HealthCheckRequest::default()).await.expect("an answer").into_inner();
        if check.status() == ServingStatus::Serving {
            return running;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not serving after two seconds");
}

async fn channel(address: SocketAddr) -> Channel {
    Channel::from_shared(format!("http://{address}"))
        .expect("a URL")
        .connect()
        .await
        .expect("a connection")
}

fn request(content: &str) -> pb::ExtractFactsRequest {
    let document = pb::Document {
        content: content.to_owned(),
        document_id: "a".to_owned(),
        ..pb::Document::default()
    };
    pb::ExtractFactsRequest { document: Some(document), options: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_has_an_answer() {
    let server = start().await;
    let mut client = ExtractionServiceClient::new(channel(server.address).await);
    let answer = client
        .extract_facts(request("Sales rose. Costs fell."))
        .await
        .expect("an answer")
        .into_inner();
    assert_eq!(
        (answer.document_id.as_str(), answer.sentences.len(), answer.processed_end),
        ("a", 2, 23)
    );
    assert!(answer.language_supported && !answer.truncated);

    let mut foreign = request("Die Umsätze stiegen 2021 um 5 Prozent.");
    foreign.document.as_mut().expect("set").language_code = "de-AT".to_owned();
    let answer = client.extract_facts(foreign).await.expect("an answer").into_inner();
    assert!(!answer.language_supported && answer.facts.is_empty());

    let capabilities = client
        .get_capabilities(pb::GetCapabilitiesRequest {})
        .await
        .expect("an answer")
        .into_inner();
    assert_eq!(capabilities.limits.expect("limits").max_batch_documents, 3);
    assert_eq!(capabilities.kinds.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_refused_by_name() {
    let server = start().await;
    let mut client = ExtractionServiceClient::new(channel(server.address).await)
        .max_encoding_message_size(16 << 20);
    let large = request(&"a ".repeat(5 << 19));
    let mut zone = request("x");
    zone.document.as_mut().expect("set").time_zone = "Mars/Olympus".to_owned();
    let mut kind = request("x");
    kind.options =
        Some(pb::ExtractionOptions { kinds: vec![99], ..pb::ExtractionOptions::default() });
    let mut encoding = request("x");
    encoding.options =
        Some(pb::ExtractionOptions { offset_encoding: 7, ..pb::ExtractionOptions::default() });
    for (bad, field, reason, says) in [
        (request(""), "document.content", "FIELD_EMPTY", "document.content is empty"),
        (pb::ExtractFactsRequest::default(), "document", "FIELD_EMPTY", "document is empty"),
        (
            large,
            "document.content",
            "FIELD_TOO_LARGE",
            "document.content is 5242880 bytes, the limit is 1048576",
        ),
        (zone, "document.time_zone", "FIELD_INVALID", "Mars/Olympus"),
        (kind, "options.kinds", "FIELD_INVALID", "99"),
        (encoding, "options.offset_encoding", "FIELD_INVALID", "7"),
    ] {
        let status = client.extract_facts(bad).await.expect_err(field);
        assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
        assert!(status.message().contains(says), "{status:?}");
        let info = status.get_details_error_info().expect("ErrorInfo");
        assert_eq!((info.reason.as_str(), info.domain.as_str()), (reason, "dictum.v1"));
        let violations = status.get_details_bad_request().expect("BadRequest").field_violations;
        assert_eq!(violations.first().map(|violation| violation.field.as_str()), Some(field));
    }
}

/// A message whose content is no UTF-8 is refused by name.
#[tokio::test(flavor = "multi_thread")]
async fn text_that_is_not_utf8_is_refused() {
    use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
    #[derive(Default)]
    struct Raw;
    impl Encoder for Raw {
        type Item = Vec<u8>;
        type Error = tonic::Status;
        fn encode(&mut self, item: Vec<u8>, into: &mut EncodeBuf<'_>) -> Result<(), tonic::Status> {
            prost::bytes::BufMut::put_slice(into, &item);
            Ok(())
        }
    }
    impl Decoder for Raw {
        type Item = ();
        type Error = tonic::Status;
        fn decode(&mut self, _from: &mut DecodeBuf<'_>) -> Result<Option<()>, tonic::Status> {
            Ok(None)
        }
    }
    impl Codec for Raw {
        type Encode = Vec<u8>;
        type Decode = ();
        type Encoder = Self;
        type Decoder = Self;
        fn encoder(&mut self) -> Self {
            Self
        }
        fn decoder(&mut self) -> Self {
            Self
        }
    }
    let server = start().await;
    let mut client = tonic::client::Grpc::new(channel(server.address).await);
    client.ready().await.expect("a connection");
    // ExtractFactsRequest { document { content: C3 28 } }
    let message = tonic::Request::new(vec![0x0A, 4, 0x0A, 2, 0xC3, 0x28]);
    let path = "/dictum.v1.ExtractionService/ExtractFacts".parse().expect("a path");
    let status = client.unary(message, path, Raw).await.expect_err("not UTF-8");
    assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
    assert!(status.message().contains("UTF-8"), "{status:?}");
    let info = status.get_details_error_info().expect("ErrorInfo");
    assert_eq!((info.reason.as_str(), info.domain.as_str()), ("MESSAGE_INVALID", "dictum.v1"));
    let violations = status.get_details_bad_request().expect("BadRequest").field_violations;
    assert_eq!(violations.first().map(|wrong| wrong.field.as_str()), Some("document.content"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_keeps_its_order_and_its_good_documents() {
    let server = start().await;
    let mut client = ExtractionServiceClient::new(channel(server.address).await);
    let batch = pb::BatchExtractFactsRequest {
        requests: vec![request("One. Two."), request(""), request("Three.")],
    };
    let outcomes =
        client.batch_extract_facts(batch).await.expect("an answer").into_inner().outcomes;
    let outcomes: Vec<_> = outcomes.into_iter().filter_map(|outcome| outcome.outcome).collect();
    use pb::extract_facts_outcome::Outcome;
    match outcomes.as_slice() {
        [Outcome::Response(first), Outcome::Error(second), Outcome::Response(third)] => {
            assert_eq!((first.sentences.len(), third.sentences.len()), (2, 1));
            assert_eq!(second.code, Code::InvalidArgument as i32);
            assert!(
                second.message.starts_with("requests[1].document.content is empty"),
                "{second:?}"
            );
            assert_eq!(second.details.len(), 2, "ErrorInfo and BadRequest");
        }
        other => panic!("{other:?}"),
    }
    let batch = pb::BatchExtractFactsRequest { requests: vec![request("x"); 4] };
    let status = client.batch_extract_facts(batch).await.expect_err("too many");
    assert!(status.message().contains("requests is 4 documents, the limit is 3"), "{status:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_answers_every_document() {
    let server = start().await;
    let mut client = ExtractionServiceClient::new(channel(server.address).await);
    let documents = (0..200).map(|number| pb::StreamExtractFactsRequest {
        correlation_id: number.to_string(),
        request: (number % 50 != 7).then(|| request(&"A sentence. ".repeat(1 + number % 5))),
    });
    let answers = client
        .stream_extract_facts(tokio_stream::iter(documents))
        .await
        .expect("a stream")
        .into_inner();
    let answers: Vec<_> = answers.collect().await;
    let mut seen = [false; 200];
    for answer in answers {
        let answer = answer.expect("a bad document does not end the stream");
        let number: usize = answer.correlation_id.parse().expect("ours");
        assert!(!std::mem::replace(&mut seen[number], true), "{number} twice");
        match answer.outcome.expect("an outcome") {
            pb::stream_extract_facts_response::Outcome::Response(response) => {
                assert_eq!(response.sentences.len(), 1 + number % 5);
            }
            pb::stream_extract_facts_response::Outcome::Error(error) => {
                assert_eq!((number % 50, error.code), (7, Code::InvalidArgument as i32));
                assert_eq!(error.message, "request.document is empty");
            }
        }
    }
    assert!(seen.iter().all(|seen| *seen));
}

#[tokio::test(flavor = "multi_thread")]
async fn health_and_reflection_answer() {
    let server = start().await;
    let mut health = HealthClient::new(channel(server.admin).await);
    for service in ["", "dictum.v1.ExtractionService"] {
        let check =
            health.check(HealthCheckRequest { service: service.to_owned() }).await.expect(service);
        assert_eq!(check.into_inner().status(), ServingStatus::Serving);
    }
    let unknown = HealthCheckRequest { service: "nobody".to_owned() };
    assert_eq!(health.check(unknown.clone()).await.expect_err("unknown").code(), Code::NotFound);
    let mut watched = health.watch(unknown).await.expect("a stream").into_inner();
    let first = watched.next().await.expect("a message").expect("no error");
    assert_eq!(first.status(), ServingStatus::ServiceUnknown);

    use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
    use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
    use tonic_reflection::pb::v1::{
        ServerReflectionRequest, server_reflection_response::MessageResponse,
    };
    let mut reflection = ServerReflectionClient::new(channel(server.address).await);
    let list = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut answers = reflection
        .server_reflection_info(tokio_stream::once(list))
        .await
        .expect("a stream")
        .into_inner();
    match answers.next().await.expect("a message").expect("no error").message_response {
        Some(MessageResponse::ListServicesResponse(services)) => {
            let names: Vec<_> =
                services.service.iter().map(|service| service.name.as_str()).collect();
            for name in ["dictum.v1.ExtractionService", "grpc.health.v1.Health"] {
                assert!(names.contains(&name), "{names:?}");
            }
        }
        other => panic!("{other:?}"),
    }
}

async fn page(admin: SocketAddr, path: &str) -> String {
    let mut socket = TcpStream::connect(admin).await.expect("a connection");
    let get = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    socket.write_all(get.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.expect("an answer");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn draining_says_so_and_waits_for_no_idle_peer() {
    let server = start().await;
    assert!(page(server.admin, "/livez").await.starts_with("HTTP/1.1 200"));
    assert!(page(server.admin, "/readyz").await.starts_with("HTTP/1.1 200"));
    assert!(page(server.admin, "/metrics").await.contains("dictum_build_info"));
    let _silent = TcpStream::connect(server.address).await.expect("a connection");
    let mut health = HealthClient::new(channel(server.address).await);
    let mut watched =
        health.watch(HealthCheckRequest::default()).await.expect("a stream").into_inner();
    assert_eq!(
        watched.next().await.expect("a message").expect("no error").status(),
        ServingStatus::Serving
    );
    let begun = Instant::now();
    server.stop.send(()).expect("running");
    assert_eq!(
        watched.next().await.expect("a message").expect("no error").status(),
        ServingStatus::NotServing
    );
    assert!(page(server.admin, "/readyz").await.starts_with("HTTP/1.1 503"));
    let ended = tokio::time::timeout(Duration::from_secs(5), server.ended)
        .await
        .expect("in time")
        .expect("no panic");
    ended.expect("a clean end");
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}
