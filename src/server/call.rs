//! One call from its headers to the end of its answer: who asks, how long it may take, what it holds, how it ended. The
//! record is finished by being dropped, so that a call that is cut off is counted too.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use hyper::HeaderMap;
use hyper::header::{HeaderName, HeaderValue};
use tonic::Code;

use super::admission::{Admission, Lane, Open, Place};
use super::fault::Fault;
use super::method::Method;
use super::metrics::Metrics;
use super::trace::{CallSpan, Traces};
use crate::wire::code_name;

/// Names a call in logs and answers; a caller may choose it.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What is known of a call. Handlers find it in the request's extensions.
#[derive(Debug)]
pub(super) struct Call {
    /// Which method.
    pub(super) method: Method,
    /// Its name in logs and answers.
    pub(super) id: HeaderValue,
    /// When its headers came.
    pub(super) began: Instant,
    /// When it must have ended.
    pub(super) deadline: Option<Instant>,
    /// Where it came from.
    pub(super) peer: SocketAddr,
    /// Whose key it came with.
    pub(super) key: Option<Arc<str>>,
    /// Its trace, 32 hexadecimal digits: the caller's, or one that begins here.
    pub(super) trace_id: Option<Box<str>>,
    span: Option<CallSpan>,
    metrics: Arc<Metrics>,
    log_sample: u32,
    open: Option<Open>,
    place: Mutex<Option<Place>>,
    is_received: AtomicBool,
    received: AtomicU64,
    sent: AtomicU64,
    facts: AtomicUsize,
    code: AtomicU32,
}

/// What all calls of a server have in common.
#[derive(Debug)]
pub(super) struct Common {
    pub(super) metrics: Arc<Metrics>,
    pub(super) admission: Arc<Admission>,
    /// The share of good calls that are logged, of 2^32.
    pub(super) log_sample: u32,
    /// Where spans go; none = nowhere.
    pub(super) traces: Option<Arc<Traces>>,
}

impl Call {
    /// Begins a call. The second is why it cannot be served.
    pub(super) fn begin(
        common: &Common,
        method: Method,
        headers: &HeaderMap,
        peer: SocketAddr,
        began: Instant,
    ) -> (Self, Option<Fault<'static>>) {
        let Common { metrics, admission, log_sample, traces } = common;
        metrics.call_started(method);
        // Health must answer when nothing else does.
        let mut fault = None;
        let mut keep = |fault_now| fault = Some(fault_now);
        let open = if method.is_health() { None } else { admission.open().map_err(&mut keep).ok() };
        let waits = open.is_some() && method.reads_documents() && !method.is_stream();
        let place =
            if waits { admission.queue(Lane::Inline, None).map_err(&mut keep).ok() } else { None };
        let span = traces.as_ref().map(|traces| traces.call(method, headers));
        let call = Self {
            method,
            id: request_id(headers),
            began,
            deadline: None,
            peer,
            key: None,
            trace_id: span.as_ref().map(CallSpan::trace_id).or_else(|| trace_id(headers)),
            span,
            metrics: metrics.clone(),
            log_sample: *log_sample,
            open,
            place: Mutex::new(place),
            is_received: AtomicBool::new(false),
            received: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            facts: AtomicUsize::new(0),
            code: AtomicU32::new(NO_CODE),
        };
        (call, fault)
    }

    /// Its name, as text.
    pub(super) fn name(&self) -> &str {
        self.id.to_str().unwrap_or_default()
    }

    /// A core has taken it up.
    pub(super) fn is_taken_up(&self) {
        self.metrics.queue_wait.observe(self.began.elapsed().as_secs_f64());
    }

    /// A first look at it found no message: it waits for its caller, not for a core.
    pub(super) fn is_slow(&self) {
        if !self.is_received.load(Relaxed) {
            self.place().take();
        }
    }

    /// Its message was received: from here on it waits for a core, in that lane.
    pub(super) fn has_arrived(
        &self,
        bytes: usize,
        lane: Lane,
        admission: &Arc<Admission>,
    ) -> Result<(), Fault<'static>> {
        self.is_received.store(true, Relaxed);
        let mut place = self.place();
        match &mut *place {
            // What has its place keeps it, whatever it turned out to be.
            Some(place) if place.lane == lane => place.refit(bytes),
            other => {
                *other = None;
                *other = Some(admission.queue(lane, Some(bytes))?);
            }
        }
        Ok(())
    }

    fn place(&self) -> std::sync::MutexGuard<'_, Option<Place>> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes on bytes that came, until the call ends.
    pub(super) fn hold(&self, bytes: usize) -> Result<(), Fault<'static>> {
        self.open.as_ref().map_or(Ok(()), |open| open.hold(bytes))
    }

    /// The same, without counting a refusal.
    pub(super) fn try_hold(&self, bytes: usize) -> bool {
        self.open.as_ref().is_none_or(|open| open.try_hold(bytes))
    }

    /// Takes on the bytes of its answer, until it is sent.
    pub(super) fn hold_answer(&self, bytes: usize) {
        if let Some(open) = &self.open {
            open.add(bytes);
        }
    }

    /// Gives some of them back.
    pub(super) fn let_go(&self, bytes: usize) {
        if let Some(open) = &self.open {
            open.let_go(bytes);
        }
    }

    /// Whether its deadline is over.
    pub(super) fn is_late(&self) -> bool {
        self.deadline.is_some_and(|deadline| deadline <= Instant::now())
    }

    /// Bytes came.
    pub(super) fn received(&self, bytes: usize) {
        self.received.fetch_add(bytes as u64, Relaxed);
    }

    /// Bytes went.
    pub(super) fn sent(&self, bytes: usize) {
        self.sent.fetch_add(bytes as u64, Relaxed);
    }

    /// A document was read.
    pub(super) fn was_read(&self, begun: Instant, bytes: usize, facts: usize) {
        self.facts.fetch_add(facts, Relaxed);
        if let Some(span) = &self.span {
            span.read(begun, bytes, facts);
        }
    }

    /// How it ended, unless that is known already.
    pub(super) fn ended(&self, code: Code) {
        let _ = self.code.compare_exchange(NO_CODE, code as u32, Relaxed, Relaxed);
    }
}

/// Not a code of gRPC.
const NO_CODE: u32 = u32::MAX;

impl Drop for Call {
    fn drop(&mut self) {
        let code = match self.code.load(Relaxed) {
            // Its caller went away.
            NO_CODE => Code::Cancelled,
            code => Code::from_i32(code as i32),
        };
        let took = self.began.elapsed();
        let (received, sent) = (self.received.load(Relaxed), self.sent.load(Relaxed));
        self.metrics.call_ended(self.method, code, took, received, sent);
        if let Some(mut span) = self.span.take() {
            span.end(code, self.name());
        }
        let method = self.method.name();
        // Probes come every few seconds and say nothing new.
        let is_quiet = self.method.is_health()
            || (code == Code::Ok
                && self.log_sample < u32::MAX
                && fold(self.id.as_bytes()) > self.log_sample);
        macro_rules! line {
            ($level:ident) => {
                tracing::$level!(
                    target: "dictum::request",
                    request_id = self.name(),
                    trace_id = self.trace_id.as_deref(),
                    peer = %self.peer,
                    key = self.key.as_deref(),
                    method,
                    code = code_name(code),
                    ms = took.as_micros() as f64 / 1000.0,
                    bytes_in = received,
                    bytes_out = sent,
                    facts = self.facts.load(Relaxed),
                    "call"
                )
            };
        }
        if is_quiet {
            line!(debug);
        } else if matches!(code, Code::Internal | Code::Unknown | Code::DataLoss) {
            line!(error);
        } else {
            line!(info);
        }
    }
}

/// The caller's name for the call, or one of ours.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    if let Some(id) = headers.get(REQUEST_ID) {
        let is_plain = |byte: &u8| byte.is_ascii_graphic();
        if (1..=128).contains(&id.len()) && id.as_bytes().iter().all(is_plain) {
            return id.clone();
        }
    }
    let mut digits = [0; 16];
    let number = next_number();
    for (at, digit) in digits.iter_mut().enumerate() {
        *digit = HEX[(number >> (60 - 4 * at) & 15) as usize];
    }
    HeaderValue::from_bytes(&digits).unwrap_or_else(|_never| HeaderValue::from_static("-"))
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Numbers that do not come twice in a process, and hardly in two.
fn next_number() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    use std::sync::LazyLock;
    static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one("request"));
    static COUNT: AtomicU64 = AtomicU64::new(0);
    // An odd factor keeps the numbers apart, and the seed the processes.
    COUNT.fetch_add(1, Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ *SEED
}

/// W3C trace context: version, trace id, span id, flags.
fn trace_id(headers: &HeaderMap) -> Option<Box<str>> {
    let header = headers.get("traceparent")?.to_str().ok()?;
    let id = header.split('-').nth(1)?;
    let is_id = id.len() == 32
        && id.bytes().all(|digit| digit.is_ascii_hexdigit())
        && id.bytes().any(|digit| digit != b'0');
    is_id.then(|| id.into())
}

/// Spreads ids evenly: FNV-1a.
fn fold(id: &[u8]) -> u32 {
    id.iter().fold(0x811C_9DC5, |fold, byte| (fold ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_callers_or_new() {
        let mut headers = HeaderMap::new();
        let (one, two) = (request_id(&headers), request_id(&headers));
        assert_ne!(one, two);
        assert_eq!(one.len(), 16);
        headers.insert(REQUEST_ID, HeaderValue::from_static("order-7"));
        assert_eq!(request_id(&headers), "order-7");
        for bad in ["", "two words", &"x".repeat(129)] {
            headers.insert(REQUEST_ID, HeaderValue::from_str(bad).expect("a value"));
            assert_ne!(request_id(&headers), bad);
        }
    }

    #[test]
    fn a_trace_is_the_callers() {
        let mut headers = HeaderMap::new();
        assert_eq!(trace_id(&headers), None);
        let id = "4bf92f3577b34da6a3ce929d0e0e4736";
        let parent = format!("00-{id}-00f067aa0ba902b7-01");
        headers.insert("traceparent", HeaderValue::from_str(&parent).expect("a value"));
        assert_eq!(trace_id(&headers).as_deref(), Some(id));
        headers.insert("traceparent", HeaderValue::from_static("00-0-1-01"));
        assert_eq!(trace_id(&headers), None);
    }
}
