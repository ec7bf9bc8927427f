//! JSON over HTTP and gRPC-Web: the bytes that curl and a browser send, over real sockets.

use std::net::SocketAddr;
use std::time::Duration;

use dictum::server::{AdmissionLimits, Config, Web};
use dictum::wire::pb;
use hyper::header::HeaderValue;
use prost::Message;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::start::{EXTRACT, Raw, config, framed, request, start};

const DOCUMENTS: &str = "/v1/documents:extractFacts";
const TEXT: &str = "Sales rose by 5 percent in 2021.";

/// An answer over HTTP/1.1.
#[derive(Debug)]
struct Answer {
    code: u16,
    headers: String,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    fn header(&self, name: &str) -> Option<&str> {
        let line = self.headers.lines().find(|line| line.starts_with(&format!("{name}: ")))?;
        line.split_once(": ").map(|(_, value)| value)
    }
}

/// Sends one request on a connection of its own, and reads until its end.
async fn ask(address: SocketAddr, head: &str, body: &[u8]) -> Answer {
    let mut socket = TcpStream::connect(address).await.expect("a connection");
    let length = body.len();
    let head = format!(
        "{head}\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    socket.write_all(head.as_bytes()).await.expect("sent");
    // Who is refused early may be told before all is sent.
    let _ = socket.write_all(body).await;
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), socket.read_to_end(&mut answer));
    let _ = read.await.expect("an end");
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let headers = String::from_utf8(answer[..end].to_vec()).expect("a head");
    let code = headers.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a code");
    let mut body = answer.split_off(end + 4);
    if headers.contains("transfer-encoding: chunked") {
        body = unchunked(&body);
    }
    Answer { code, headers, body }
}

fn unchunked(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let line = chunks.windows(2).position(|two| two == b"\r\n").expect("a size");
        let size = std::str::from_utf8(&chunks[..line]).expect("a size");
        let size = usize::from_str_radix(size, 16).expect("a size");
        if size == 0 {
            return body;
        }
        body.extend(&chunks[line + 2..line + 2 + size]);
        chunks = &chunks[line + 4 + size..];
    }
}

fn post(path: &str) -> String {
    format!("POST {path} HTTP/1.1")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_in_json_has_the_answer_that_it_has_by_grpc() {
    let server = start(config()).await;
    let body = format!("{{\"document\":{{\"content\":\"{TEXT}\",\"documentId\":\"a\"}}}}");
    let answer = ask(server.address, &post(DOCUMENTS), body.as_bytes()).await;
    assert_eq!(answer.code, 200, "{answer:?}");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert!(answer.header("x-request-id").is_some());
    let mut client = Raw::new(server.address).await;
    let same = client.call(EXTRACT, &[], &request(TEXT)).await.expect("an answer");
    let same: pb::ExtractFactsResponse = same.message();
    assert!(same.facts.len() == 2);
    let read: pb::ExtractFactsResponse = serde_json::from_slice(&answer.body).expect("a message");
    assert_eq!(read, same);

    let answer = ask(server.address, "GET /v1/capabilities HTTP/1.1", b"").await;
    assert_eq!(answer.json()["limits"]["maxDocumentBytes"], "1048576");
    let count = "grpc_server_call_duration_seconds_count";
    let method = "grpc_method=\"dictum.v1.ExtractionService/ExtractFacts\"";
    server.metric_is(&format!("{count}{{{method},grpc_status=\"OK\"}}"), 2.0).await;
    server.metric_is("dictum_in_flight_bytes", 0.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_gets_a_page_unless_it_shall_not() {
    let server = start(config()).await;
    let page = ask(server.address, "GET / HTTP/1.1", b"").await;
    assert_eq!((page.code, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(
        page.header("content-security-policy").is_some_and(|it| it.contains("default-src 'none'"))
    );
    let text = String::from_utf8(page.body).expect("UTF-8");
    // It asks the path that is served, and loads nothing from anywhere.
    assert!(text.contains(&format!("\"{}\"", DOCUMENTS.trim_start_matches('/'))));
    assert!(!text.contains("http://") && !text.contains("https://") && !text.contains("innerHTML"));
    let server = start(Config { web: Web { has_page: false, ..config().web }, ..config() }).await;
    assert_eq!(ask(server.address, "GET / HTTP/1.1", b"").await.code, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_in_json_say_what_is_wrong() {
    let limits =
        dictum::wire::Limits { document_bytes: 100, message_bytes: 2000, ..Default::default() };
    let server = start(Config { limits, ..config() }).await;
    let long = format!("{{\"document\":{{\"content\":\"{}\"}}}}", "x".repeat(101));
    let longer = format!("{{\"document\":{{\"content\":\"{}\"}}}}", "x".repeat(5000));
    for (body, field, reason) in [
        ("{}", "document", "FIELD_EMPTY"),
        ("{\"document\":{\"content\":\"x\",\"size\":1}}", "body", "MESSAGE_INVALID"),
        ("<xml/>", "body", "MESSAGE_INVALID"),
        (long.as_str(), "document.content", "FIELD_TOO_LARGE"),
        (longer.as_str(), "message", "FIELD_TOO_LARGE"),
    ] {
        let answer = ask(server.address, &post(DOCUMENTS), body.as_bytes()).await;
        assert_eq!(answer.code, 400, "{answer:?}");
        let error = &answer.json()["error"];
        assert_eq!(error["status"], "INVALID_ARGUMENT");
        assert_eq!(error["details"][0]["@type"], "type.googleapis.com/google.rpc.ErrorInfo");
        assert_eq!(error["details"][0]["reason"], reason, "{error}");
        assert_eq!(error["details"][1]["fieldViolations"][0]["field"], field, "{error}");
    }
    for (head, code) in [
        ("GET /index.html HTTP/1.1", 404),
        ("POST / HTTP/1.1", 404),
        ("POST /v1/documents HTTP/1.1", 404),
        ("PUT /v1/documents:extractFacts HTTP/1.1", 405),
        // gRPC needs HTTP/2.
        (
            "POST /dictum.v1.ExtractionService/ExtractFacts HTTP/1.1\r\ncontent-type: application/grpc",
            404,
        ),
    ] {
        assert_eq!(ask(server.address, head, b"").await.code, code, "{head}");
    }
    server.metric_is("dictum_in_flight_requests", 0.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn json_has_the_same_keys_limits_and_deadlines() {
    let folder = std::env::temp_dir().join(format!("dictum-web-{}", std::process::id()));
    let digest = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
    std::fs::write(&folder, format!("desk:{digest}\n")).expect("written");
    let server = start(Config { api_keys: Some(folder.clone()), ..config() }).await;
    let body = format!("{{\"document\":{{\"content\":\"{TEXT}\"}}}}");
    let without = ask(server.address, &post(DOCUMENTS), body.as_bytes()).await;
    assert_eq!(
        (without.code, &without.json()["error"]["status"]),
        (401, &"UNAUTHENTICATED".into())
    );
    let head = format!("{}\r\nauthorization: Bearer secret", post(DOCUMENTS));
    assert_eq!(ask(server.address, &head, body.as_bytes()).await.code, 200);
    std::fs::remove_file(folder).expect("removed");

    // A caller that never sends what it promised is told when its time is over.
    let server = start(Config { max_deadline: Duration::from_millis(200), ..config() }).await;
    let mut socket = TcpStream::connect(server.address).await.expect("a connection");
    let head = format!("{}\r\nhost: x\r\ncontent-length: 100\r\n\r\n{{", post(DOCUMENTS));
    socket.write_all(head.as_bytes()).await.expect("sent");
    let mut answer = [0; 12];
    let read = tokio::time::timeout(Duration::from_secs(5), socket.read_exact(&mut answer));
    read.await.expect("in time").expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 504");

    let admission = AdmissionLimits { bytes: 10, ..config().admission };
    let server = start(Config { admission, ..config() }).await;
    let answer = ask(server.address, &post(DOCUMENTS), body.as_bytes()).await;
    assert_eq!(answer.code, 429);
    assert_eq!(answer.header("retry-after"), Some("1"), "{answer:?}");
    let details = answer.json()["error"]["details"].clone();
    assert!(
        details[1]["retryDelay"].as_str().is_some_and(|delay| delay.ends_with('s')),
        "{details}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_are_answered_in_grpc_web() {
    let origins = vec![HeaderValue::from_static("https://desk.example")];
    let server = start(Config { web: Web { origins, ..config().web }, ..config() }).await;
    let body = framed(0, &request(TEXT).encode_to_vec());
    let head = |kind: &str| {
        format!(
            "{}\r\norigin: https://desk.example\r\ncontent-type: application/{kind}",
            post(EXTRACT)
        )
    };
    let answer = ask(server.address, &head("grpc-web+proto"), &body).await;
    assert_eq!(answer.code, 200);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://desk.example"));
    let length = u32::from_be_bytes(answer.body[1..5].try_into().expect("four bytes")) as usize;
    let message = pb::ExtractFactsResponse::decode(&answer.body[5..5 + length]).expect("readable");
    assert_eq!(message.facts.len(), 2);
    // The trailers are the last frame.
    let trailers = &answer.body[5 + length..];
    assert_eq!(trailers[0], 0x80);
    assert!(String::from_utf8_lossy(&trailers[5..]).contains("grpc-status:0"), "{trailers:?}");

    let unknown = head("grpc-web").replace("ExtractFacts", "Guess");
    let answer = ask(server.address, &unknown, &framed(0, b"")).await;
    let told = format!("{}{}", answer.headers, String::from_utf8_lossy(&answer.body));
    assert!(told.contains("grpc-status: 12") || told.contains("grpc-status:12"), "{told}");

    let asks = |origin: &str| {
        format!(
            "OPTIONS {EXTRACT} HTTP/1.1\r\norigin: {origin}\r\naccess-control-request-method: POST\r\n\
             access-control-request-headers: x-grpc-web, content-type"
        )
    };
    let answer = ask(server.address, &asks("https://desk.example"), b"").await;
    assert_eq!(answer.code, 204);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://desk.example"));
    assert_eq!(answer.header("access-control-allow-headers"), Some("x-grpc-web, content-type"));
    let answer = ask(server.address, &asks("https://evil.example"), b"").await;
    assert!(!answer.headers.contains("access-control-allow"), "{}", answer.headers);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_may_speak_grpc_alone() {
    let server = start(Config { web: Web::default(), ..config() }).await;
    let mut socket = TcpStream::connect(server.address).await.expect("a connection");
    let head = format!("{}\r\nhost: x\r\ncontent-length: 2\r\n\r\n{{}}", post(DOCUMENTS));
    socket.write_all(head.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(5), socket.read_to_end(&mut answer)).await;
    assert!(!answer.starts_with(b"HTTP/1"), "{answer:?}");
    let mut client = Raw::new(server.address).await;
    assert_eq!(client.call(EXTRACT, &[], &request(TEXT)).await.expect("an answer").code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn json_calls_are_answered_while_the_server_ends() {
    let server = start(config()).await;
    let body = format!("{{\"document\":{{\"content\":\"{TEXT}\"}}}}");
    let mut idle = TcpStream::connect(server.address).await.expect("a connection");
    let head =
        format!("{}\r\nhost: x\r\ncontent-length: {}\r\n\r\n{body}", post(DOCUMENTS), body.len());
    idle.write_all(head.as_bytes()).await.expect("sent");
    let mut some = [0; 15];
    idle.read_exact(&mut some).await.expect("an answer");
    assert_eq!(&some, b"HTTP/1.1 200 OK");
    // A connection kept alive without a call does not keep the server.
    assert!(server.end().await < Duration::from_secs(2));
}
