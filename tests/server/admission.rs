//! What is too much is refused at once, by name, and taken again when there is room.

use std::time::Duration;

use dictum::server::{AdmissionLimits, Config};
use dictum::wire::{Limits, pb};
use http_body_util::StreamBody;
use hyper::body::{Bytes, Frame};
use tokio_stream::StreamExt;
use tonic::Code;
use tonic::body::Body;
use tonic_types::StatusExt;

use crate::start::{CHECK, EXTRACT, Raw, Running, config, framed, long, request, start};

fn limited(admission: AdmissionLimits) -> Config {
    Config { admission, ..config() }
}

/// A body that begins and does not end.
fn unfinished(bytes: Vec<u8>) -> Body {
    let first = Ok::<_, tonic::Status>(Frame::data(Bytes::from(bytes)));
    Body::new(StreamBody::new(tokio_stream::once(first).chain(tokio_stream::pending())))
}

async fn refused(client: &mut Raw, reason: &str) {
    let answer = client.call(EXTRACT, &[], &request("x")).await.expect("an answer");
    assert_eq!(answer.code, Code::ResourceExhausted as i32);
    assert!(answer.took < Duration::from_secs(1), "{:?}", answer.took);
    let status = answer.status();
    let delay = status.get_details_retry_info().expect("RetryInfo").retry_delay.expect("a delay");
    let pushback = answer.headers.get("grpc-retry-pushback-ms").expect("pushback");
    assert_eq!(pushback.to_str().ok(), Some(delay.as_millis().to_string().as_str()));
    let info = status.get_details_error_info().expect("ErrorInfo");
    assert_eq!((info.reason.as_str(), info.metadata["reason"].as_str()), ("OVERLOADED", reason));
}

async fn shed(server: &Running, reason: &str) -> f64 {
    server.metric(&format!("dictum_shed_total{{reason=\"{reason}\"}}")).await.expect("a series")
}

#[tokio::test(flavor = "multi_thread")]
async fn open_calls_are_limited_and_health_answers_all_the_same() {
    let server =
        start(limited(AdmissionLimits { requests: 2, ..Config::default().admission })).await;
    let mut client = Raw::new(server.address).await;
    assert_eq!(shed(&server, "requests").await, 0.0);
    let open: Vec<_> = (0..2)
        .map(|_| {
            let mut client = client.clone();
            tokio::spawn(async move { client.send(EXTRACT, &[], unfinished(vec![0])).await })
        })
        .collect();
    server.metric_is("dictum_in_flight_requests", 2.0).await;
    refused(&mut client, "requests").await;
    assert_eq!(shed(&server, "requests").await, 1.0);
    let check = pb::health::HealthCheckRequest::default();
    assert_eq!(client.call(CHECK, &[], &check).await.expect("an answer").code, 0);
    for call in open {
        call.abort();
    }
    server.metric_is("dictum_in_flight_requests", 0.0).await;
    assert_eq!(client.call(EXTRACT, &[], &request("x")).await.expect("an answer").code, 0);
    let cancelled = "grpc_server_call_duration_seconds_count{grpc_method=\"dictum.v1.ExtractionService/ExtractFacts\",grpc_status=\"CANCELLED\"}";
    server.metric_is(cancelled, 2.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_in_flight_are_limited() {
    let limits = Limits { document_bytes: 50_000, message_bytes: 60_000, ..Limits::default() };
    let admission = AdmissionLimits { bytes: 60_000, ..Config::default().admission };
    let server = start(Config { limits, ..limited(admission) }).await;
    let mut client = Raw::new(server.address).await;
    let whole = framed(0, &prost::Message::encode_to_vec(&request(&long(50_000))));
    let mut slow = client.clone();
    let part = whole.get(..45_000).expect("longer").to_vec();
    let slow = tokio::spawn(async move { slow.send(EXTRACT, &[], unfinished(part)).await });
    server.metric_is("dictum_in_flight_bytes", 45_000.0).await;
    let answer = client.call(EXTRACT, &[], &request(&long(40_000))).await.expect("an answer");
    assert_eq!(answer.code, Code::ResourceExhausted as i32);
    let info = answer.status().get_details_error_info().expect("ErrorInfo");
    assert_eq!(info.metadata["reason"], "bytes");
    assert_eq!(client.call(EXTRACT, &[], &request("x")).await.expect("an answer").code, 0);
    slow.abort();
    server.metric_is("dictum_in_flight_bytes", 0.0).await;
    assert_eq!(client.call(EXTRACT, &[], &request(&long(40_000))).await.expect("one").code, 0);
}

/// Four times what two cores can do: some are served, others are told when to come again, and nobody waits long for that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_overload_is_shed_and_health_goes_on() {
    let admission = AdmissionLimits {
        queue: 4,
        wait: Duration::from_millis(20),
        ..Config::default().admission
    };
    let server = start(limited(admission)).await;
    let message = request(&long(60_000));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let mut client = Raw::new(server.address).await;
        let message = message.clone();
        calls.spawn(async move { client.call(EXTRACT, &[], &message).await.expect("an answer") });
    }
    let (mut served, mut told) = (0, 0);
    while let Some(answer) = calls.join_next().await {
        let answer = answer.expect("no panic");
        match answer.code {
            0 => served += 1,
            code => {
                assert_eq!(code, Code::ResourceExhausted as i32);
                assert!(answer.status().get_details_retry_info().is_some());
                told += 1;
            }
        }
    }
    assert!(served > 0 && told > 0, "{served} served, {told} told to come again");
    let sum = shed(&server, "queue").await + shed(&server, "wait").await;
    assert_eq!(sum, f64::from(told));
}

/// Large documents that fill the pool keep no small one out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_small_do_not_wait_behind_the_large() {
    let server = start(config()).await;
    let message = request(&long(1 << 20));
    let mut large = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (mut client, message) = (Raw::new(server.address).await, message.clone());
        large.spawn(async move { client.call(EXTRACT, &[], &message).await.expect("one").code });
    }
    server.metric_is("dictum_in_flight_requests", 8.0).await;
    let mut client = Raw::new(server.address).await;
    let mut small = 0;
    while large.try_join_next().is_none() && small < 200 {
        let answer = client.call(EXTRACT, &[], &request("Sales rose by 5 percent.")).await;
        assert_eq!(answer.expect("an answer").code, 0);
        small += 1;
    }
    // In release the first large one is read in some 30 ms, in debug in a second.
    assert!(small > 1, "only {small} small ones were read in the meantime");
    // As many as were asked at once are read: nobody is told to come again for the time of documents like its own.
    let codes: Vec<_> = large.join_all().await;
    assert!(codes.iter().filter(|code| **code == 0).count() >= 3, "{codes:?}");
}

/// A message that is larger than it looks is not unpacked beyond the limit.
#[tokio::test(flavor = "multi_thread")]
async fn a_small_message_may_not_become_a_large_one() {
    let server = start(config()).await;
    let mut client = Raw::new(server.address).await;
    let bomb = zstd::encode_all(vec![0u8; 200 << 20].as_slice(), 3).expect("packed");
    assert!(bomb.len() < 100_000);
    let body = Body::new(http_body_util::Full::new(framed(1, &bomb)));
    let answer = client.send(EXTRACT, &[("grpc-encoding", "zstd")], body).await.expect("one");
    assert_eq!(answer.code, Code::ResourceExhausted as i32);
    let info = answer.status().get_details_error_info().expect("ErrorInfo");
    assert_eq!(info.reason, "MESSAGE_TOO_LARGE");
    // What is no archive is its sender's error.
    for (encoding, packed) in
        [("gzip", &b"garbage"[..]), ("zstd", &b"garbage"[..]), ("gzip", &[0x1F, 0x8B, 8])]
    {
        let body = Body::new(http_body_util::Full::new(framed(1, packed)));
        let answer = client.send(EXTRACT, &[("grpc-encoding", encoding)], body).await.expect("one");
        assert_eq!(answer.code, Code::InvalidArgument as i32, "{encoding}: {:?}", answer.status());
        let info = answer.status().get_details_error_info().expect("ErrorInfo");
        assert_eq!(info.reason, "MESSAGE_INVALID");
    }
    // One that says how large it is, is not received at all.
    let head = [&[0][..], &(5u32 << 20).to_be_bytes()].concat();
    let answer = client.send(EXTRACT, &[], unfinished(head)).await.expect("an answer");
    assert_eq!(answer.code, Code::InvalidArgument as i32);
    assert_eq!(answer.status().message(), "message is 5242880 bytes, the limit is 4194304");
    assert_eq!(client.call(EXTRACT, &[], &request("x")).await.expect("an answer").code, 0);
}
