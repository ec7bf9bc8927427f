//! How a server ends, and how connections do.

use std::time::{Duration, Instant};

use dictum::server::{Config, Connections};
use dictum::wire::pb;
use dictum::wire::pb::extraction_service_client::ExtractionServiceClient;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_stream::StreamExt;
use tonic::Code;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::start::{EXTRACT, Raw, config, request, start};

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn draining_says_so_and_waits_for_no_idle_peer() {
    let server = start(config()).await;
    assert!(server.page("/livez").await.starts_with("HTTP/1.1 200"));
    let _silent = TcpStream::connect(server.address).await.expect("a connection");
    let mut half_open = TcpStream::connect(server.address).await.expect("a connection");
    half_open.write_all(PREFACE).await.expect("sent");
    let mut idle = Raw::new(server.address).await;
    assert_eq!(idle.call(EXTRACT, &[], &request("x")).await.expect("an answer").code, 0);
    let mut health = HealthClient::new(server.channel().await);
    let mut watched =
        health.watch(HealthCheckRequest::default()).await.expect("a stream").into_inner();
    let mut told = async || watched.next().await.map(|next| next.map(|next| next.status()));
    assert_eq!(told().await.expect("a message").expect("no error"), ServingStatus::Serving);
    let mut client = ExtractionServiceClient::new(server.channel().await);
    let (send, documents) = tokio::sync::mpsc::channel(1);
    let documents = tokio_stream::wrappers::ReceiverStream::new(documents);
    let mut answers = client.stream_extract_facts(documents).await.expect("a stream").into_inner();
    let item = |id: &str| pb::StreamExtractFactsRequest {
        correlation_id: id.to_owned(),
        request: Some(request("Sales rose.")),
    };
    send.send(item("before")).await.expect("open");
    assert_eq!(answers.next().await.expect("one").expect("no error").correlation_id, "before");

    let begun = Instant::now();
    server.stop.send(()).expect("running");
    assert_eq!(told().await.expect("a message").expect("no error"), ServingStatus::NotServing);
    // New connections and calls are served until the delay is over.
    assert_eq!(
        Raw::new(server.address).await.call(EXTRACT, &[], &request("x")).await.expect("one").code,
        0
    );
    let status = answers.next().await.expect("a last word").expect_err("told to go");
    assert_eq!(status.code(), Code::Unavailable, "{status:?}");
    assert!(told().await.is_none_or(|next| next.is_err()), "the watch ends");
    let ended = tokio::time::timeout(Duration::from_secs(5), server.ended).await;
    ended.expect("in time").expect("no panic").expect("a clean end");
    let took = begun.elapsed();
    assert!((100..2500).contains(&took.as_millis()), "{took:?}");
}

/// A call that was begun is answered, however it lies across the end.
#[tokio::test(flavor = "multi_thread")]
async fn open_calls_are_answered_and_new_ones_told_to_go_elsewhere() {
    let server = start(Config { drain_delay: Duration::ZERO, ..config() }).await;
    let address = server.address;
    let begun = Instant::now();
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        callers.spawn(async move {
            let mut client = Raw::new(address).await;
            let mut codes = Vec::new();
            while begun.elapsed() < Duration::from_secs(5) {
                match client.call(EXTRACT, &[], &request("Sales rose by 5 percent.")).await {
                    Ok(answer) => codes.push(answer.code),
                    Err(_connection_ended) => break,
                }
            }
            codes
        });
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let took = server.end().await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    while let Some(codes) = callers.join_next().await {
        let codes = codes.expect("no panic");
        let unavailable = Code::Unavailable as i32;
        assert!(codes.contains(&0), "{codes:?}");
        assert!(codes.iter().all(|code| [0, unavailable].contains(code)), "{codes:?}");
    }
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens");
}

/// A stream that its caller keeps open is dropped when the time is over.
#[tokio::test(flavor = "multi_thread")]
async fn the_drain_timeout_is_hard() {
    let server = start(config()).await;
    let mut client = Raw::new(server.address).await;
    let open = tokio::spawn(async move {
        let silent =
            tonic::body::Body::new(http_body_util::StreamBody::new(tokio_stream::pending::<
                Result<hyper::body::Frame<hyper::body::Bytes>, tonic::Status>,
            >()));
        client.send(EXTRACT, &[], silent).await
    });
    server.metric_is("dictum_in_flight_requests", 1.0).await;
    let took = server.end().await;
    assert!((900..2500).contains(&took.as_millis()), "{took:?}");
    assert!(open.await.expect("no panic").is_err());
}

fn connections(change: impl Fn(&mut Connections)) -> Config {
    let mut config = config();
    change(&mut config.connections);
    config
}

/// Whether the peer has closed within that time.
async fn is_closed(socket: &mut TcpStream, within: Duration) -> bool {
    let mut bytes = [0; 1024];
    let closed = async { while socket.read(&mut bytes).await.is_ok_and(|read| read > 0) {} };
    tokio::time::timeout(within, closed).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_says_nothing_is_dropped() {
    let server = start(connections(|limits| {
        limits.handshake_timeout = Duration::from_millis(100);
        limits.idle_timeout = Duration::from_millis(400);
    }))
    .await;
    let mut silent = TcpStream::connect(server.address).await.expect("a connection");
    let mut garbage = TcpStream::connect(server.address).await.expect("a connection");
    garbage.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("sent");
    let mut greeted = TcpStream::connect(server.address).await.expect("a connection");
    greeted.write_all(PREFACE).await.expect("sent");
    greeted.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.expect("settings");
    assert!(is_closed(&mut silent, Duration::from_secs(5)).await);
    assert!(is_closed(&mut garbage, Duration::from_secs(5)).await);
    assert!(is_closed(&mut greeted, Duration::from_secs(5)).await, "idle for too long");
    server.metric_is("dictum_connections", 0.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_limited_in_number_and_age() {
    let server = start(connections(|limits| {
        limits.most = 2;
        limits.age = Duration::from_millis(300);
    }))
    .await;
    let mut first = Raw::new(server.address).await;
    let _second = TcpStream::connect(server.address).await.expect("a connection");
    assert_eq!(first.call(EXTRACT, &[], &request("x")).await.expect("an answer").code, 0);
    server.metric_is("dictum_connections", 2.0).await;
    let mut third = TcpStream::connect(server.address).await.expect("a connection");
    assert!(is_closed(&mut third, Duration::from_secs(5)).await);
    server.metric_is("dictum_shed_total{reason=\"connections\"}", 1.0).await;
    // No call fails: the client is told before, and comes again.
    let begun = Instant::now();
    let mut connections = 1;
    while begun.elapsed() < Duration::from_secs(1) {
        match first.call(EXTRACT, &[], &request("x")).await {
            Ok(answer) => assert_eq!(answer.code, 0),
            Err(_told_to_go) => {
                connections += 1;
                first = Raw::new(server.address).await;
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(connections > 1, "the first connection lived on");
}
