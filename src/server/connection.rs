//! Connections: who may have one, for how long, and how they end. The loop is our own, because a server that is told to stop
//! must not wait for a peer that says nothing (hyper#4170), and because a connection that grows old is told so with a jitter.

use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio_rustls::server::TlsStream;

use super::config::Connections;
use super::fault::Shed;
use super::handshakes::Handshakes;
use super::layer::{Calls, Service};
use super::metrics::Metrics;
use super::tls::Certificates;
use super::web::Front;

/// How far the end of the server has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Connections are taken.
    Open,
    /// No more are, and those that stand are told to go away.
    Closing,
    /// Those that still stand are dropped.
    Dropping,
}

/// What the calls of a connection do, seen from the connection.
#[derive(Debug, Default)]
pub(super) struct Activity {
    /// Calls that are open.
    pub(super) open: AtomicUsize,
    /// Calls that there have been.
    pub(super) calls: AtomicUsize,
    /// Whether the peer has said what HTTP it speaks.
    is_greeted: AtomicBool,
}

/// Takes connections.
#[derive(Debug)]
pub(super) struct Door {
    pub(super) service: Arc<Service>,
    pub(super) limits: Connections,
    certificates: Option<Arc<Certificates>>,
    builder: auto::Builder<TokioExecutor>,
    open: AtomicUsize,
    handshakes: Handshakes,
}

impl Door {
    /// A door that is still closed.
    pub(super) fn new(
        service: Arc<Service>,
        limits: Connections,
        certificates: Option<Arc<Certificates>>,
    ) -> Self {
        Self {
            builder: builder(&limits, service.web.is_on),
            service,
            limits,
            certificates,
            open: AtomicUsize::new(0),
            handshakes: Handshakes::new(limits.handshakes),
        }
    }

    /// Takes connections until the stage moves on; each holds `alive` for as long as it stands.
    pub(super) async fn accept(
        self: Arc<Self>,
        listener: TcpListener,
        mut stage: watch::Receiver<Stage>,
        alive: mpsc::Sender<()>,
    ) {
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                _ = stage.wait_for(|stage| *stage > Stage::Open) => return,
            };
            match accepted {
                Ok((socket, peer)) => {
                    if self.open.load(Relaxed) >= self.limits.most {
                        self.metrics().shed(Shed::Connections);
                        continue;
                    }
                    let counted = Counted::new(self.clone());
                    let (stage, alive) = (stage.clone(), alive.clone());
                    tokio::spawn(async move {
                        counted.0.connection(socket, peer, stage).await;
                        drop((counted, alive));
                    });
                }
                // Of one connection that is gone already, or of no more file descriptors: those may come free.
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    fn metrics(&self) -> &Metrics {
        &self.service.common.metrics
    }

    async fn connection(
        &self,
        socket: TcpStream,
        peer: SocketAddr,
        mut stage: watch::Receiver<Stage>,
    ) {
        if let Err(error) = self.prepare(&socket) {
            tracing::debug!(%error, %peer, "socket options");
        }
        let stream = tokio::select! {
            stream = self.secured(socket, peer) => stream,
            _ = stage.wait_for(|stage| *stage > Stage::Open) => return,
        };
        let Some(stream) = stream else { return };
        let activity = Arc::new(Activity::default());
        let stream = Watched { stream, activity: activity.clone(), left: PREFACE };
        let calls =
            Front::new(Calls { service: self.service.clone(), peer, activity: activity.clone() });
        let connection = self.builder.serve_connection(TokioIo::new(stream), calls);
        let mut connection = pin!(connection);
        let mut life = Life::new(&self.limits, activity);
        loop {
            let next = if life.closing.is_some() { Stage::Dropping } else { Stage::Closing };
            let end = tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, %peer, "connection");
                    }
                    return;
                }
                moved = stage.wait_for(|stage| *stage >= next) => {
                    if moved.is_ok_and(|stage| *stage == Stage::Closing) { End::Close } else { End::Drop }
                }
                () = tokio::time::sleep(life.pause()) => life.end(Instant::now()),
            };
            match end {
                End::NotYet => {}
                End::Close => {
                    life.closing = Some(Instant::now());
                    connection.as_mut().graceful_shutdown();
                }
                End::Drop => return,
            }
        }
    }

    /// The stream that calls come over, behind a handshake with TLS; `None` when there was none.
    async fn secured(&self, socket: TcpStream, peer: SocketAddr) -> Option<Box<dyn Io>> {
        let Some(certificates) = &self.certificates else { return Some(Box::new(socket)) };
        let limit = self.limits.handshake_timeout;
        match tokio::time::timeout(limit, self.shake_hands(certificates, socket)).await {
            Ok(Ok(stream)) => return stream.map(|stream| Box::new(stream) as Box<dyn Io>),
            Ok(Err(error)) => tracing::debug!(%error, %peer, "TLS handshake"),
            Err(_elapsed) => tracing::debug!(%peer, "TLS handshake took too long"),
        }
        self.metrics().tls_handshake_errors.inc();
        None
    }

    /// `None` when its place was needed by another. Who has not said hello takes none from those who have.
    async fn shake_hands(
        &self,
        certificates: &Certificates,
        socket: TcpStream,
    ) -> io::Result<Option<TlsStream<TcpStream>>> {
        let hello = Certificates::hello(socket).await?;
        let mut place = self.handshakes.enter();
        tokio::select! {
            stream = certificates.accept(hello) => stream.map(Some),
            () = place.is_lost() => {
                self.metrics().shed(Shed::Handshakes);
                Ok(None)
            }
        }
    }

    /// A Nagle delay of 40 ms would stand between a call and its answer; keepalives find peers that are gone.
    fn prepare(&self, socket: &TcpStream) -> io::Result<()> {
        socket.set_nodelay(true)?;
        let time = self.limits.tcp_keepalive;
        if time.is_zero() {
            return Ok(());
        }
        let keepalive = socket2::TcpKeepalive::new().with_time(time).with_interval(time / 4);
        socket2::SockRef::from(socket).set_tcp_keepalive(&keepalive)
    }
}

const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

fn builder(limits: &Connections, is_web: bool) -> auto::Builder<TokioExecutor> {
    let whole = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
    let mut builder = auto::Builder::new(TokioExecutor::new());
    if !is_web {
        builder = builder.http2_only();
    }
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.handshake_timeout)
        // The least that hyper takes.
        .max_buf_size(limits.header_bytes.max(8 << 10));
    let interval = limits.keepalive_interval;
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(whole(limits.streams))
        .max_header_list_size(whole(limits.header_bytes))
        .max_pending_accept_reset_streams(limits.pending_resets)
        .max_local_error_reset_streams(limits.error_resets)
        .initial_stream_window_size(whole(limits.stream_window))
        .initial_connection_window_size(whole(limits.connection_window))
        .keep_alive_interval((!interval.is_zero()).then_some(interval))
        .keep_alive_timeout(limits.keepalive_timeout)
        // A reader that is slow costs this much a call, and no more.
        .max_send_buf_size(64 << 10);
    builder
}

/// Counts an open connection.
struct Counted(Arc<Door>);

impl Counted {
    fn new(door: Arc<Door>) -> Self {
        door.open.fetch_add(1, Relaxed);
        door.metrics().connections.inc();
        Self(door)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Relaxed);
        self.0.metrics().connections.dec();
    }
}

/// What is to become of a connection.
enum End {
    NotYet,
    Close,
    Drop,
}

/// How long a connection may live.
struct Life {
    activity: Arc<Activity>,
    born: Instant,
    handshake: Duration,
    idle: Duration,
    age: Duration,
    /// When it last was seen to have a call, and how many it had had.
    active: (Instant, usize),
    closing: Option<Instant>,
}

impl Life {
    fn new(limits: &Connections, activity: Arc<Activity>) -> Self {
        let never = |limit: Duration| if limit.is_zero() { FOREVER } else { limit };
        let born = Instant::now();
        // Ten percent more or less, so that connections opened together do not come again together.
        let spread = 0.9 + 0.2 * jitter();
        Self {
            activity,
            born,
            handshake: limits.handshake_timeout,
            idle: never(limits.idle_timeout),
            age: never(limits.age).mul_f64(spread),
            active: (born, 0),
            closing: None,
        }
    }

    /// Until the next look at it.
    fn pause(&self) -> Duration {
        if self.closing.is_some() {
            return CLOSING_PAUSE;
        }
        let least = self.handshake.min(self.idle / 4).min(self.age / 4);
        least.clamp(Duration::from_millis(5), Duration::from_secs(10))
    }

    fn end(&mut self, now: Instant) -> End {
        let open = self.activity.open.load(Relaxed);
        let calls = self.activity.calls.load(Relaxed);
        if open > 0 || calls != self.active.1 {
            self.active = (now, calls);
        }
        let since = |then: Instant| now.saturating_duration_since(then);
        if let Some(closing) = self.closing {
            // It was told to go; one without calls is not waited for.
            return if open == 0 && since(closing) >= GRACE { End::Drop } else { End::NotYet };
        }
        let is_greeted = self.activity.is_greeted.load(Relaxed);
        if !is_greeted && since(self.born) >= self.handshake {
            return End::Drop;
        }
        if since(self.born) >= self.age || since(self.active.0) >= self.idle {
            return End::Close;
        }
        End::NotYet
    }
}

const FOREVER: Duration = Duration::from_secs(1 << 32);
const CLOSING_PAUSE: Duration = Duration::from_millis(50);

/// What a peer without calls has to say goodbye.
const GRACE: Duration = Duration::from_millis(250);

/// A number from 0 to 1, another one each time.
fn jitter() -> f64 {
    use std::hash::{BuildHasher, RandomState};
    (RandomState::new().hash_one(0) >> 11) as f64 / (1u64 << 53) as f64
}

/// A connection, with or without TLS.
trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Io for S {}

/// A stream that tells when its peer has said what HTTP it speaks.
struct Watched {
    stream: Box<dyn Io>,
    activity: Arc<Activity>,
    /// Bytes that it has still to say.
    left: usize,
}

/// Length of the preface of HTTP/2 (RFC 9113, section 3.4).
const PREFACE: usize = 24;

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(cx, buffer);
        if this.left > 0 {
            this.left = this.left.saturating_sub(buffer.filled().len() - before);
            if this.left == 0 {
                this.activity.is_greeted.store(true, Relaxed);
            }
        }
        read
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
