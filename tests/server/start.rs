//! A server for one test, and clients for it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dictum::engine::Engine;
use dictum::server::{self, Config, LogFormat, ServeError};
use dictum::wire::pb;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http2;
use hyper::{HeaderMap, Request};
use hyper_util::rt::{TokioExecutor, TokioIo};
use prost::Message;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tonic::body::Body;
use tonic::transport::Channel;

pub(crate) const EXTRACT: &str = "/dictum.v1.ExtractionService/ExtractFacts";
pub(crate) const BATCH: &str = "/dictum.v1.ExtractionService/BatchExtractFacts";
pub(crate) const CHECK: &str = "/grpc.health.v1.Health/Check";

pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) admin: SocketAddr,
    pub(crate) stop: oneshot::Sender<()>,
    pub(crate) ended: JoinHandle<Result<(), ServeError>>,
}

/// Short times, so that tests are quick.
pub(crate) fn config() -> Config {
    Config {
        drain_delay: Duration::from_millis(100),
        drain_timeout: Duration::from_millis(800),
        reload_interval: Duration::from_millis(50),
        log_format: LogFormat::Pretty,
        ..Config::default()
    }
}

pub(crate) async fn start(config: Config) -> Running {
    let local: SocketAddr = "127.0.0.1:0".parse().expect("an address");
    let main = TcpListener::bind(local).await.expect("a free port");
    let admin = TcpListener::bind(local).await.expect("a free port");
    let address = main.local_addr().expect("bound");
    let admin_address = admin.local_addr().expect("bound");
    let (stop, stopped) = oneshot::channel();
    let shutdown = async {
        let _ = stopped.await;
    };
    let ended = tokio::spawn(server::serve(main, admin, Engine::english(), config, shutdown));
    let running = Running { address, admin: admin_address, stop, ended };
    for _ in 0..500 {
        if !running.ended.is_finished() && running.page("/readyz").await.starts_with("HTTP/1.1 200")
        {
            return running;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not serving after five seconds");
}

impl Running {
    /// A page of the admin listener.
    pub(crate) async fn page(&self, path: &str) -> String {
        let mut socket = TcpStream::connect(self.admin).await.expect("a connection");
        let get = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        socket.write_all(get.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await.expect("an answer");
        answer
    }

    /// A series of the metrics, by all that stands before its value.
    pub(crate) async fn metric(&self, series: &str) -> Option<f64> {
        let page = self.page("/metrics").await;
        page.lines().find_map(|line| line.strip_prefix(series)?.trim().parse().ok())
    }

    /// Waits for a series to have a value.
    pub(crate) async fn metric_is(&self, series: &str, wanted: f64) {
        let begun = Instant::now();
        let mut last = None;
        while begun.elapsed() < Duration::from_secs(10) {
            last = self.metric(series).await;
            if last == Some(wanted) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{series} is {last:?}, not {wanted}");
    }

    pub(crate) async fn channel(&self) -> Channel {
        let url = format!("http://{}", self.address);
        Channel::from_shared(url).expect("a URL").connect().await.expect("a connection")
    }

    /// Stops it, and says how long that took.
    pub(crate) async fn end(self) -> Duration {
        let begun = Instant::now();
        self.stop.send(()).expect("running");
        let ended = tokio::time::timeout(Duration::from_secs(20), self.ended).await;
        ended.expect("in time").expect("no panic").expect("a clean end");
        begun.elapsed()
    }
}

/// A client that sends any headers, and keeps no deadline of its own.
#[derive(Clone)]
pub(crate) struct Raw {
    sender: http2::SendRequest<Body>,
}

/// What a call was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) headers: HeaderMap,
    pub(crate) trailers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) took: Duration,
}

impl Answer {
    pub(crate) fn message<M: Message + Default>(&self) -> M {
        M::decode(self.body.get(5..).expect("a message")).expect("readable")
    }

    /// The status, wherever it was sent.
    pub(crate) fn status(&self) -> tonic::Status {
        let at =
            if self.headers.contains_key("grpc-status") { &self.headers } else { &self.trailers };
        tonic::Status::from_header_map(at).expect("a status")
    }
}

impl Raw {
    pub(crate) async fn new(address: SocketAddr) -> Self {
        Self::over(TcpStream::connect(address).await.expect("a connection")).await.expect("HTTP/2")
    }

    pub(crate) async fn tls(
        address: SocketAddr,
        client: Arc<ClientConfig>,
    ) -> Result<Self, String> {
        let socket = TcpStream::connect(address).await.map_err(|error| error.to_string())?;
        let name = "localhost".try_into().expect("a name");
        let stream = TlsConnector::from(client).connect(name, socket).await;
        Self::over(stream.map_err(|error| error.to_string())?).await
    }

    async fn over<S>(stream: S) -> Result<Self, String>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let shaken = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await;
        let (sender, connection) = shaken.map_err(|error| error.to_string())?;
        tokio::spawn(connection);
        Ok(Self { sender })
    }

    /// Calls with one message.
    pub(crate) async fn call(
        &mut self,
        path: &str,
        headers: &[(&'static str, &str)],
        message: &impl Message,
    ) -> Result<Answer, String> {
        let bytes = framed(0, &message.encode_to_vec());
        self.send(path, headers, Body::new(Full::new(bytes))).await
    }

    pub(crate) async fn send(
        &mut self,
        path: &str,
        headers: &[(&'static str, &str)],
        body: Body,
    ) -> Result<Answer, String> {
        let begun = Instant::now();
        let mut request = Request::post(format!("http://localhost{path}"))
            .header("content-type", "application/grpc")
            .header("te", "trailers");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.sender.ready().await.map_err(|error| error.to_string())?;
        let response = self.sender.send_request(request.body(body).expect("a request")).await;
        let (head, body) = response.map_err(|error| error.to_string())?.into_parts();
        let collected = body.collect().await.map_err(|error| error.to_string())?;
        let trailers = collected.trailers().cloned().unwrap_or_default();
        let code = head.headers.get("grpc-status").or_else(|| trailers.get("grpc-status"));
        let code = code.and_then(|code| code.to_str().ok()?.parse().ok()).expect("a code");
        let body = collected.to_bytes();
        Ok(Answer { code, headers: head.headers, trailers, body, took: begun.elapsed() })
    }
}

/// A message as it goes over the wire.
pub(crate) fn framed(compressed: u8, message: &[u8]) -> Bytes {
    let mut bytes = vec![compressed];
    bytes.extend((message.len() as u32).to_be_bytes());
    bytes.extend(message);
    bytes.into()
}

pub(crate) fn request(content: &str) -> pb::ExtractFactsRequest {
    let document = pb::Document {
        content: content.to_owned(),
        document_id: "a".to_owned(),
        ..pb::Document::default()
    };
    pb::ExtractFactsRequest { document: Some(document), options: None }
}

/// A text of that many bytes, with facts all over.
pub(crate) fn long(bytes: usize) -> String {
    let sentence =
        "Exports of copper rose by 4.5 percent to $1.2 billion in 2021, the minister said. ";
    let mut text = sentence.repeat(bytes / sentence.len() + 1);
    text.truncate(bytes);
    text
}
