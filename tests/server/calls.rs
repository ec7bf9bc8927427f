//! The four calls, asked by a tonic client.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dictum::server::Config;
use dictum::wire::pb::extraction_service_client::ExtractionServiceClient;
use dictum::wire::{Limits, pb};
use tokio_stream::StreamExt;
use tonic::Code;
use tonic_types::StatusExt;

use crate::start::{Running, config, request, start};

/// Limits small enough to be met.
async fn small() -> Running {
    let limits = Limits { batch_documents: 3, stream_in_flight: 2, ..Limits::default() };
    start(Config { limits, ..config() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_has_an_answer() {
    let server = small().await;
    let mut client = ExtractionServiceClient::new(server.channel().await);
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
    let limits = capabilities.limits.expect("limits");
    assert_eq!((limits.max_batch_documents, limits.max_document_bytes), (3, 1 << 20));
    assert_eq!(limits.max_queue_wait.map(|wait| wait.nanos), Some(50_000_000));
    assert!(limits.max_queue > 0 && limits.max_header_list_bytes == 16 << 10);
    assert_eq!(capabilities.kinds.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_refused_by_name() {
    let server = small().await;
    let mut client =
        ExtractionServiceClient::new(server.channel().await).max_encoding_message_size(16 << 20);
    let large = request(&"a ".repeat(3 << 19));
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
            "document.content is 3145728 bytes, the limit is 1048576",
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
    let server = small().await;
    let mut client = tonic::client::Grpc::new(server.channel().await);
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
    let server = small().await;
    let mut client = ExtractionServiceClient::new(server.channel().await);
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
    let server = small().await;
    let mut client = ExtractionServiceClient::new(server.channel().await);
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

/// While its answers are not read, no more than a few documents of a stream are taken in; then all are answered.
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reader_is_waited_for() {
    let mut config = config();
    config.connections.stream_window = 65_535;
    config.connections.connection_window = 65_535;
    let server = start(config).await;
    let mut client = ExtractionServiceClient::new(server.channel().await);
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = sent.clone();
    let documents = tokio_stream::iter(0..3000).map(move |number: usize| {
        counted.fetch_add(1, Ordering::Relaxed);
        pb::StreamExtractFactsRequest {
            correlation_id: number.to_string(),
            request: Some(request(&"Sales rose by 5 percent in 2021. ".repeat(10))),
        }
    });
    let answers = client.stream_extract_facts(documents).await.expect("a stream").into_inner();
    let mut before = usize::MAX;
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = sent.load(Ordering::Relaxed);
        if now == before {
            break;
        }
        before = now;
    }
    assert!(before < 2000, "{before} documents were taken in for a reader that reads none");
    let held = server.metric("dictum_in_flight_bytes").await.expect("a gauge");
    assert!(held <= 16.0 * 330.0, "{held} bytes held");
    let answers: Vec<_> = answers.collect().await;
    assert_eq!(answers.len(), 3000);
    assert!(answers.iter().all(Result::is_ok));
}

/// Small and large documents, and a batch of both, are the same facts wherever they are read.
#[tokio::test(flavor = "multi_thread")]
async fn where_a_document_is_read_does_not_matter() {
    let text = "Sales rose by 5 percent to $1.2 million in 2021. ".repeat(40);
    let mut answers = Vec::new();
    for inline_bytes in [0, 1 << 20] {
        let server = start(Config { inline_bytes, ..config() }).await;
        let mut client = ExtractionServiceClient::new(server.channel().await);
        let one = client.extract_facts(request(&text)).await.expect("an answer").into_inner();
        let batch = pb::BatchExtractFactsRequest { requests: vec![request(&text); 5] };
        let many = client.batch_extract_facts(batch).await.expect("an answer").into_inner();
        for outcome in many.outcomes {
            use pb::extract_facts_outcome::Outcome::Response;
            assert_eq!(outcome.outcome, Some(Response(one.clone())));
        }
        let none = client.batch_extract_facts(pb::BatchExtractFactsRequest::default()).await;
        assert!(none.expect("an answer").into_inner().outcomes.is_empty());
        answers.push(one);
    }
    assert!(answers[0].facts.len() > 40 && answers[0] == answers[1]);
}

/// Callers that go away take their work with them, and nobody else notices.
#[tokio::test(flavor = "multi_thread")]
async fn callers_that_go_away_leave_nothing() {
    let server = start(config()).await;
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..60 {
        let mut client = ExtractionServiceClient::new(server.channel().await);
        let goes = number % 3 == 0;
        calls.spawn(async move {
            let text = crate::start::long(if goes { 1 << 20 } else { 2000 });
            let call = client.extract_facts(request(&text));
            let wait = Duration::from_millis(if goes { 30 } else { 60_000 });
            (goes, tokio::time::timeout(wait, call).await)
        });
    }
    while let Some(call) = calls.join_next().await {
        if let (false, ended) = call.expect("no panic") {
            let status = ended.expect("in time").err().map(|status| status.code());
            assert!(status.is_none_or(|code| code == Code::ResourceExhausted), "{status:?}");
        }
    }
    for gauge in ["dictum_in_flight_requests", "dictum_in_flight_bytes"] {
        server.metric_is(gauge, 0.0).await;
    }
}

/// Only what is large is worth the time, and only for who can read it.
#[tokio::test(flavor = "multi_thread")]
async fn large_answers_are_compressed_for_those_who_accept_it() {
    use crate::start::{EXTRACT, Raw, long};
    let server = start(Config { compress_from: 2000, ..config() }).await;
    let mut client = Raw::new(server.address).await;
    let large = request(&long(5000));
    let plain = client.call(EXTRACT, &[], &large).await.expect("an answer");
    assert_eq!((plain.code, plain.body[0]), (0, 0));
    for accepted in ["gzip", "zstd"] {
        let headers = [("grpc-accept-encoding", accepted)];
        let packed = client.call(EXTRACT, &headers, &large).await.expect("an answer");
        assert_eq!(
            (packed.code, packed.body[0], &packed.headers["grpc-encoding"]),
            (0, 1, &accepted.parse().expect("a value"))
        );
        assert!(packed.body.len() < plain.body.len() / 2);
        let small = client.call(EXTRACT, &headers, &request("x")).await.expect("an answer");
        assert_eq!((small.code, small.body[0]), (0, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_would_be_too_large_has_the_first_facts() {
    let limits = Limits { response_bytes: 8 << 10, ..Limits::default() };
    let server = start(Config { limits, ..config() }).await;
    let mut client = ExtractionServiceClient::new(server.channel().await);
    let text = crate::start::long(4000);
    let answer = client.extract_facts(request(&text)).await.expect("an answer").into_inner();
    assert!(answer.truncated && answer.facts.len() > 5, "{} facts", answer.facts.len());
    assert_eq!(answer.truncation_reason(), pb::TruncationReason::MaxResponseBytes);
    assert_eq!(answer.processed_end, 4000);
    let ids: std::collections::HashSet<_> = answer.facts.iter().map(|fact| &fact.fact_id).collect();
    let links = answer.facts.iter().flat_map(|fact| &fact.links);
    assert!(
        links.into_iter().all(|link| ids.contains(&link.fact_id)),
        "no link to what is not there"
    );
    server.metric_is("dictum_partial_total{reason=\"response_bytes\"}", 1.0).await;

    // Of a batch, what has no room is told and can be asked for alone.
    let requests = vec![request(&text), request("Sales rose by 5 percent."), request(&text)];
    let batch = pb::BatchExtractFactsRequest { requests };
    let outcomes =
        client.batch_extract_facts(batch).await.expect("an answer").into_inner().outcomes;
    use pb::extract_facts_outcome::Outcome;
    assert_eq!(outcomes.len(), 3);
    let is_answer = |at: usize| matches!(outcomes[at].outcome, Some(Outcome::Response(_)));
    assert!(is_answer(0), "{outcomes:?}");
    let Some(Outcome::Error(error)) = &outcomes[2].outcome else { panic!("{:?}", outcomes[2]) };
    assert_eq!(error.code, Code::ResourceExhausted as i32);
    assert!(error.message.contains("the limit is 8192"), "{}", error.message);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_says_what_it_took_when_asked() {
    let server = small().await;
    let mut client = ExtractionServiceClient::new(server.channel().await);
    let mut asked = request(&crate::start::long(4000));
    let plain = client.extract_facts(asked.clone()).await.expect("an answer").into_inner();
    assert_eq!(plain.stats, None);
    asked.options = Some(pb::ExtractionOptions { include_stats: true, ..Default::default() });
    let mut answer = client.extract_facts(asked).await.expect("an answer").into_inner();
    let stats = answer.stats.take().expect("stats");
    let took = stats.extraction_time.expect("a time");
    assert!(took.seconds == 0 && took.nanos > 10_000, "{took:?}");
    assert!(stats.queue_time.is_some());
    assert_eq!(answer, plain, "everything else is the same");
}
