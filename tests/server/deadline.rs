//! Deadlines and budgets: a call ends in time, its work ends with it, and what was read of many documents is not lost.

use std::time::Duration;

use dictum::server::Config;
use dictum::wire::{Limits, pb};
use tonic::Code;
use tonic_types::StatusExt;

use crate::start::{BATCH, EXTRACT, Raw, config, long, request, start};

const READ: &str = "dictum_extraction_duration_seconds";

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_ends_the_call_and_its_work() {
    let server = start(config()).await;
    let mut client = Raw::new(server.address).await;
    let largest = request(&long(1 << 20));
    let whole = client.call(EXTRACT, &[], &largest).await.expect("an answer");
    assert_eq!(whole.code, Code::Ok as i32);
    server.metric_is(&format!("{READ}_count"), 1.0).await;
    let whole_seconds = server.metric(&format!("{READ}_sum")).await.expect("a sum");

    let cut = client.call(EXTRACT, &[("grpc-timeout", "2m")], &largest).await.expect("an answer");
    assert_eq!(cut.code, Code::DeadlineExceeded as i32);
    let info = cut.status().get_details_error_info().expect("ErrorInfo");
    assert_eq!((info.reason.as_str(), info.domain.as_str()), ("DEADLINE_EXCEEDED", "dictum.v1"));
    assert!(cut.took < whole.took / 2, "{:?} of {:?}", cut.took, whole.took);
    // Two milliseconds may be over before a core is free; then nothing is read.
    tokio::time::sleep(whole.took / 4).await;
    let seconds = server.metric(&format!("{READ}_sum")).await.expect("a sum") - whole_seconds;
    assert!(seconds < whole_seconds / 2.0, "{seconds} s of {whole_seconds} s were read for nobody");
    let method = "dictum.v1.ExtractionService/ExtractFacts";
    let series = |code| {
        format!(
            "grpc_server_call_duration_seconds_count{{grpc_method=\"{method}\",grpc_status=\"{code}\"}}"
        )
    };
    server.metric_is(&series("DEADLINE_EXCEEDED"), 1.0).await;
    server.metric_is(&series("CANCELLED"), 0.0).await;
    server.metric_is("dictum_in_flight_bytes", 0.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_without_a_message_ends_at_its_deadline() {
    let server = start(Config { max_deadline: Duration::from_millis(50), ..config() }).await;
    let mut client = Raw::new(server.address).await;
    let silent = tonic::body::Body::new(http_body_util::StreamBody::new(tokio_stream::pending::<
        Result<hyper::body::Frame<hyper::body::Bytes>, tonic::Status>,
    >()));
    let answer = client.send(EXTRACT, &[], silent).await.expect("an answer");
    assert_eq!(answer.code, Code::DeadlineExceeded as i32);
    let late =
        client.call(EXTRACT, &[("grpc-timeout", "0n")], &request("x")).await.expect("an answer");
    assert_eq!(late.code, Code::DeadlineExceeded as i32);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeout_that_says_nothing_is_refused() {
    let server = start(config()).await;
    let mut client = Raw::new(server.address).await;
    for bad in ["soon", "5", "123456789S"] {
        let answer =
            client.call(EXTRACT, &[("grpc-timeout", bad)], &request("x")).await.expect("one");
        assert_eq!(answer.code, Code::InvalidArgument as i32, "{bad}");
        let violations = answer.status().get_details_bad_request().expect("details");
        assert_eq!(violations.field_violations[0].field, "grpc-timeout");
    }
    let answer = client.call(EXTRACT, &[("grpc-timeout", "5S")], &request("x")).await.expect("one");
    assert_eq!(answer.code, Code::Ok as i32);
}

/// A document takes longer than a document may: what was read of it is the answer.
#[tokio::test(flavor = "multi_thread")]
async fn a_spent_budget_is_a_partial_answer() {
    let server = start(Config { document_timeout: Duration::from_millis(5), ..config() }).await;
    let mut client = Raw::new(server.address).await;
    let answer = client.call(EXTRACT, &[], &request(&long(1 << 20))).await.expect("an answer");
    assert_eq!(answer.code, Code::Ok as i32);
    let answer: pb::ExtractFactsResponse = answer.message();
    assert!(answer.truncated && answer.processed_end < 1 << 20, "{}", answer.processed_end);
    assert_eq!(answer.truncation_reason(), pb::TruncationReason::Budget);
    let last = answer.sentences.last().map_or(0, |sentence| sentence.end);
    assert_eq!(answer.processed_end, last);
    server.metric_is("dictum_partial_total{reason=\"budget\"}", 1.0).await;
}

/// The deadline of a batch leaves time for what was read to be sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_batch_out_of_time_is_answered_as_far_as_it_was_read() {
    let limits = Limits { message_bytes: 32 << 20, response_bytes: 256 << 20, ..Limits::default() };
    let server = start(Config { limits, ..config() }).await;
    let mut client = Raw::new(server.address).await;
    let mut requests = vec![request("Sales rose by 5 percent.")];
    requests.extend(vec![request(&long(1 << 20)); 24]);
    let batch = pb::BatchExtractFactsRequest { requests };
    let answer = client.call(BATCH, &[("grpc-timeout", "3S")], &batch).await.expect("an answer");
    if answer.code == Code::DeadlineExceeded as i32 {
        // A machine so busy that sending took the rest of the time; nothing was lost but that.
        assert!(answer.took > Duration::from_secs(2), "{:?}", answer.took);
        return;
    }
    assert_eq!(answer.code, Code::Ok as i32);
    let outcomes = answer.message::<pb::BatchExtractFactsResponse>().outcomes;
    assert_eq!(outcomes.len(), 25);
    let read: Vec<_> = outcomes
        .into_iter()
        .map(|outcome| match outcome.outcome {
            Some(pb::extract_facts_outcome::Outcome::Response(response)) => response,
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(!read[0].truncated && read[0].facts.len() == 1);
    assert!(read.iter().any(|response| response.truncated), "a slow machine, or a quick engine");
}
