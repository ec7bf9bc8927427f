//! Metrics, request ids and log lines.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dictum::server::Config;
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};

use crate::start::{EXTRACT, Raw, config, request, start};

#[tokio::test(flavor = "multi_thread")]
async fn every_series_stands_at_zero_before_the_first_call() {
    let server = start(config()).await;
    let page = server.page("/metrics").await;
    assert!(page.contains("content-type: text/plain; version=0.0.4"), "{page}");
    let zero = |series: &str| {
        let line = page.lines().find(|line| line.starts_with(series));
        assert!(line.is_some_and(|line| line.ends_with(" 0")), "{series}: {line:?}");
    };
    let method = "grpc_method=\"dictum.v1.ExtractionService/ExtractFacts\"";
    for series in [
        &format!("grpc_server_call_started_total{{{method}}}"),
        &format!("grpc_server_call_duration_seconds_count{{{method},grpc_status=\"OK\"}}"),
        &format!("grpc_server_call_duration_seconds_count{{{method},grpc_status=\"CANCELLED\"}}"),
        &format!("grpc_server_call_rcvd_message_size_bytes_count{{{method}}}"),
        &format!("grpc_server_call_sent_message_size_bytes_count{{{method}}}"),
        "dictum_in_flight_requests",
        "dictum_in_flight_bytes",
        "dictum_connections",
        "dictum_shed_total{reason=\"queue\"}",
        "dictum_extraction_duration_seconds_count",
        "dictum_queue_wait_seconds_count",
        "dictum_document_bytes_count",
        "dictum_facts_total{kind=\"commitment\"}",
        "dictum_partial_total{reason=\"max_facts\"}",
        "dictum_panics_total",
        "dictum_reloads_total{result=\"error\"}",
        "dictum_tls_handshake_errors_total",
        "dictum_tls_cert_not_after_seconds",
    ] {
        zero(series);
    }
    assert!(page.contains("dictum_build_info{version=\""), "{page}");
    for series in ["process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds"]
    {
        assert!(
            server.metric(&format!("{series} ")).await.is_some_and(|value| value > 0.0),
            "{series}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_counted_and_unknown_methods_are_one() {
    let server = start(config()).await;
    let mut client = Raw::new(server.address).await;
    let text = "Sales rose by 5 percent in 2021.";
    for _ in 0..3 {
        assert_eq!(client.call(EXTRACT, &[], &request(text)).await.expect("an answer").code, 0);
    }
    for unknown in ["/a.B/C", "/d.E/F", "/dictum.v1.ExtractionService/Guess"] {
        let answer = client.call(unknown, &[], &request(text)).await.expect("an answer");
        assert_eq!(answer.code, 12);
        use tonic_types::StatusExt;
        let info = answer.status().get_details_error_info().expect("ErrorInfo");
        assert_eq!(info.reason, "METHOD_UNKNOWN");
    }
    let count = "grpc_server_call_duration_seconds_count";
    let method = "grpc_method=\"dictum.v1.ExtractionService/ExtractFacts\"";
    server.metric_is(&format!("{count}{{{method},grpc_status=\"OK\"}}"), 3.0).await;
    server
        .metric_is(&format!("{count}{{grpc_method=\"other\",grpc_status=\"UNIMPLEMENTED\"}}"), 3.0)
        .await;
    server.metric_is("dictum_document_bytes_sum", 96.0).await;
    assert!(server.metric("dictum_facts_total{kind=\"numeric_claim\"}").await > Some(2.0));
    let page = server.page("/metrics").await;
    assert!(page.contains("dictum_rule_matches_total{rule=\"numeric."), "{page}");
    assert!(!page.contains("a.B/C"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_has_a_name() {
    let server = start(config()).await;
    let mut client = Raw::new(server.address).await;
    let mut id = async |headers: &[(&'static str, &str)]| {
        let answer = client.call(EXTRACT, headers, &request("x")).await.expect("an answer");
        answer.headers["x-request-id"].to_str().expect("text").to_owned()
    };
    assert_eq!(id(&[("x-request-id", "order-7")]).await, "order-7");
    let (one, two) = (id(&[]).await, id(&[("x-request-id", "two words")]).await);
    assert!(one != two && one.len() == 16 && two.len() == 16, "{one} {two}");
}

/// A collector that keeps what it is sent.
struct Collector(tokio::sync::mpsc::UnboundedSender<opentelemetry_proto::tonic::trace::v1::Span>);

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: tonic::Request<ExportTraceServiceRequest>,
    ) -> Result<tonic::Response<ExportTraceServiceResponse>, tonic::Status> {
        let resources = request.into_inner().resource_spans;
        let scopes = resources.into_iter().flat_map(|resource| resource.scope_spans);
        for span in scopes.flat_map(|scope| scope.spans) {
            let _ = self.0.send(span);
        }
        Ok(tonic::Response::new(ExportTraceServiceResponse::default()))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn traces_go_over_tls_to_who_is_trusted() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let ca = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("otlp-ca.pem");
    std::fs::write(&ca, &certificate).expect("written");
    let (send, mut spans) = tokio::sync::mpsc::unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let endpoint = format!("https://localhost:{}", listener.local_addr().expect("bound").port());
    let incoming = tonic::transport::server::TcpIncoming::from(listener);
    let identity = tonic::transport::Identity::from_pem(&certificate, &key);
    let collector = tonic::transport::Server::builder()
        .tls_config(tonic::transport::ServerTlsConfig::new().identity(identity))
        .expect("a certificate")
        .add_service(TraceServiceServer::new(Collector(send)))
        .serve_with_incoming(incoming);
    let collector = tokio::spawn(collector);
    let traced = |otlp_ca| Config { otlp_endpoint: Some(endpoint.clone()), otlp_ca, ..config() };
    for (trusted, is_sent) in [(None, false), (Some(ca), true)] {
        let server = start(traced(trusted)).await;
        let mut client = Raw::new(server.address).await;
        assert_eq!(client.call(EXTRACT, &[], &request("x")).await.expect("an answer").code, 0);
        server.end().await;
        assert_eq!(spans.try_recv().is_ok(), is_sent);
    }
    collector.abort();
    let gone = traced(Some("/nowhere/ca.pem".into()));
    let local: std::net::SocketAddr = "127.0.0.1:0".parse().expect("an address");
    let listeners =
        (tokio::net::TcpListener::bind(local).await, tokio::net::TcpListener::bind(local).await);
    let (main, admin) = (listeners.0.expect("a port"), listeners.1.expect("a port"));
    let engine = dictum::engine::Engine::english();
    let ended = dictum::server::serve(main, admin, engine, gone, std::future::pending()).await;
    let error = ended.expect_err("no such file").to_string();
    assert!(error.contains("otlp_ca: /nowhere/ca.pem"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_finds_its_call_in_its_trace() {
    let (send, mut spans) = tokio::sync::mpsc::unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let endpoint = format!("http://{}", listener.local_addr().expect("bound"));
    let incoming = tonic::transport::server::TcpIncoming::from(listener);
    let collector = tonic::transport::Server::builder()
        .add_service(TraceServiceServer::new(Collector(send)))
        .serve_with_incoming(incoming);
    let collector = tokio::spawn(collector);
    let server = start(Config { otlp_endpoint: Some(endpoint), ..config() }).await;
    let mut client = Raw::new(server.address).await;
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let headers = [("traceparent", parent), ("x-request-id", "order-7")];
    let text = request("Xylophone sales rose by 5 percent.");
    assert_eq!(client.call(EXTRACT, &headers, &text).await.expect("an answer").code, 0);
    // What was not sent yet is sent at the end.
    server.end().await;
    let (first, second) = (spans.recv().await.expect("one"), spans.recv().await.expect("two"));
    let (read, call) = if first.name == "extract" { (first, second) } else { (second, first) };
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(call.name, "dictum.v1.ExtractionService/ExtractFacts");
    assert_eq!(hex(&call.trace_id), "4bf92f3577b34da6a3ce929d0e0e4736");
    assert_eq!(hex(&call.parent_span_id), "00f067aa0ba902b7");
    assert_eq!((read.name.as_str(), &read.parent_span_id), ("extract", &call.span_id));
    let said = format!("{call:?}{read:?}");
    assert!(said.contains("order-7") && !said.contains("Xylophone"), "{said}");
    collector.abort();
}

/// The program itself: its log says what happened and never what was read; SIGHUP reads the filter again; SIGTERM ends it.
#[tokio::test(flavor = "multi_thread")]
async fn the_log_has_a_line_a_call_and_nothing_of_its_text() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("log.toml");
    let filter = |log: &str| format!("log = \"{log}\"\ndrain_delay = 0\ndrain_timeout = 1\n");
    std::fs::write(&file, filter("info")).expect("written");
    let port = |listener: std::net::TcpListener| listener.local_addr().expect("bound");
    let free = || port(std::net::TcpListener::bind("127.0.0.1:0").expect("a free port"));
    let (address, admin) = (free(), free());
    let mut child = Command::new(env!("CARGO_BIN_EXE_dictum"))
        .args(["serve", "--config"])
        .arg(&file)
        .args(["--listen", &address.to_string(), "--admin-listen", &admin.to_string()])
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let errors = BufReader::new(child.stderr.take().expect("piped"));
    let (tell, lines) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        errors.lines().map_while(Result::ok).try_for_each(|line| tell.send(line))
    });
    let next = |wanted: &str| {
        let begun = Instant::now();
        let mut seen = Vec::new();
        while begun.elapsed() < Duration::from_secs(20) {
            let Ok(line) = lines.recv_timeout(Duration::from_millis(100)) else { continue };
            if line.contains(wanted) {
                return line;
            }
            seen.push(line);
        }
        panic!("no line has {wanted:?}: {seen:#?}");
    };
    next("\"msg\":\"serving\"");
    let mut client = Raw::new(address).await;
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let parent = format!("00-{trace}-00f067aa0ba902b7-01");
    let headers = [
        ("x-request-id", "first"),
        ("traceparent", parent.as_str()),
        ("authorization", "Bearer hush"),
    ];
    let text = request("Xylophone sales rose by 5 percent.");
    assert_eq!(client.call(EXTRACT, &headers, &text).await.expect("an answer").code, 0);
    let line = next("\"request_id\":\"first\"");
    let line: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    for (key, value) in [
        ("level", "INFO"),
        ("target", "dictum::request"),
        ("msg", "call"),
        ("trace_id", trace),
        ("method", "dictum.v1.ExtractionService/ExtractFacts"),
        ("code", "OK"),
    ] {
        assert_eq!(line[key], value, "{line}");
    }
    assert!(line["ms"].is_number() && line["bytes_in"].is_number() && line["facts"] == 1, "{line}");
    assert!(line["ts"].as_str().is_some_and(|ts| ts.ends_with('Z')), "{line}");
    let all = line.to_string();
    assert!(!all.contains("Xylophone") && !all.contains("hush"), "{all}");

    std::fs::write(&file, filter("dictum=debug")).expect("written");
    signal(&child, "HUP");
    next("configuration read again");
    let check = dictum::wire::pb::health::HealthCheckRequest::default();
    let headers = [("x-request-id", "probe")];
    client.call(crate::start::CHECK, &headers, &check).await.expect("an answer");
    assert!(next("\"request_id\":\"probe\"").contains("\"level\":\"DEBUG\""));
    signal(&child, "TERM");
    next("\"msg\":\"drained\"");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

fn signal(child: &Child, signal: &str) {
    let sent = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status();
    assert!(sent.expect("kill").success());
}
