//! Callers that share one list of calls, by number.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use prost::Message as _;
use prost::bytes::{Buf as _, BufMut as _, Bytes};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio_stream::wrappers::ReceiverStream;
use tonic::client::Grpc;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::metadata::{MetadataKey, MetadataMap, MetadataValue};
use tonic::transport::Channel;
use tonic::{Request, Status};

use super::Call;
use super::documents::Documents;
use super::tally::Tally;
use crate::wire::pb;

/// What to do.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) call: Call,
    /// Callers; of streams, streams.
    pub(super) concurrency: u32,
    /// Documents of a batch.
    pub(super) batch: usize,
    /// Documents of a stream that may be unanswered.
    pub(super) window: usize,
    /// Calls, or documents of streams, a second.
    pub(super) rate: Option<f64>,
    /// Deadline of a call; of a stream, the longest wait for an answer.
    pub(super) timeout: Duration,
    /// Sent with every call.
    pub(super) metadata: MetadataMap,
    pub(super) documents: Documents,
}

/// When to stop.
#[derive(Clone, Copy, Debug)]
pub(super) enum Until {
    Elapsed(Duration),
    Count(u64),
}

/// Metadata of names and values.
///
/// # Errors
/// What is no metadata, by name.
pub(super) fn metadata(headers: &[(String, String)]) -> Result<MetadataMap, String> {
    let mut metadata = MetadataMap::new();
    for (name, value) in headers {
        let key = MetadataKey::from_bytes(name.as_bytes())
            .map_err(|error| format!("--header {name}: {error}"))?;
        let value = MetadataValue::try_from(value.as_str())
            .map_err(|error| format!("--header {name}: {error}"))?;
        metadata.insert(key, value);
    }
    Ok(metadata)
}

/// Drives the server and waits for what is open at the end.
///
/// # Errors
/// A caller that panicked.
pub(super) async fn drive(
    channels: &[Channel],
    plan: &Arc<Plan>,
    until: Until,
) -> Result<Tally, String> {
    let run = Arc::new(Run {
        plan: plan.clone(),
        until,
        begun: Instant::now(),
        next: AtomicU64::new(0),
        tally: Mutex::new(Tally::new()),
    });
    let mut callers = JoinSet::new();
    for (_, channel) in (0..plan.concurrency).zip(channels.iter().cycle()) {
        // The largest answer is a multiple of the largest document; what is measured here is not held to a limit.
        let client = Grpc::new(channel.clone())
            .max_decoding_message_size(usize::MAX)
            .max_encoding_message_size(usize::MAX);
        let run = run.clone();
        callers.spawn(async move {
            match run.plan.call {
                Call::Unary | Call::Batch => calls(&run, client).await,
                Call::Stream => stream(&run, client).await,
            }
        });
    }
    while let Some(ended) = callers.join_next().await {
        ended.map_err(|error| format!("a caller failed: {error}"))?;
    }
    let run = Arc::into_inner(run).ok_or("a caller is still there")?;
    let unsent = run.unsent();
    let mut tally = run.tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    tally.unsent = unsent;
    Ok(tally)
}

/// The list of calls and what came of them.
struct Run {
    plan: Arc<Plan>,
    until: Until,
    begun: Instant,
    next: AtomicU64,
    tally: Mutex<Tally>,
}

impl Run {
    /// The next call's number and when its latency begins, once it is due; `None` when there are no more.
    ///
    /// A caller that waits for a call to become due is not held up by the server: what the timer takes too long is not the
    /// server's. A call that no caller was free for is, from when it was due.
    async fn take(&self) -> Option<(u64, Instant)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let now = Instant::now();
        let due = self
            .plan
            .rate
            .map_or(now, |rate| self.begun + Duration::from_secs_f64(number as f64 / rate));
        let is_over = match self.until {
            Until::Elapsed(elapsed) => due.max(now) >= self.begun + elapsed,
            Until::Count(count) => number >= count,
        };
        if is_over {
            return None;
        }
        if due > now {
            tokio::time::sleep_until(due.into()).await;
            return Some((number, Instant::now()));
        }
        if due < now {
            self.enter(|tally| tally.late += 1);
        }
        Some((number, due))
    }

    /// How many calls were due in the time and not sent, because it was over before a caller was free.
    fn unsent(&self) -> u64 {
        let (Until::Elapsed(elapsed), Some(rate)) = (self.until, self.plan.rate) else { return 0 };
        // Each caller took one number more, and went home.
        let sent = self.next.load(Ordering::Relaxed).saturating_sub(self.plan.concurrency.into());
        ((elapsed.as_secs_f64() * rate).ceil() as u64).saturating_sub(sent)
    }

    fn enter(&self, what: impl FnOnce(&mut Tally)) {
        what(&mut self.tally.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn request<T>(&self, message: T) -> Request<T> {
        let mut request = Request::new(message);
        request.metadata_mut().clone_from(&self.plan.metadata);
        request
    }
}

/// One call after the other.
async fn calls(run: &Run, mut client: Grpc<Channel>) {
    let plan = &run.plan;
    let method = match plan.call {
        Call::Batch => "/dictum.v1.ExtractionService/BatchExtractFacts",
        Call::Unary | Call::Stream => "/dictum.v1.ExtractionService/ExtractFacts",
    };
    let path = http_path(method);
    while let Some((number, since)) = run.take().await {
        let message = match plan.call {
            Call::Batch => plan.documents.batch(number, plan.batch),
            Call::Unary | Call::Stream => plan.documents.one(number),
        };
        run.enter(|tally| tally.sent += message.len() as u64);
        let mut request = run.request(message);
        request.set_timeout(plan.timeout);
        let answer = match client.ready().await {
            Ok(()) => client.unary(request, path.clone(), Raw).await,
            Err(error) => Err(Status::unavailable(error.to_string())),
        };
        let took = since.elapsed();
        match answer {
            Ok(answer) => {
                let answer = answer.into_inner();
                run.enter(|tally| tally.answer(took, answer.len()));
                if plan.call == Call::Batch {
                    enter_outcomes(run, answer);
                }
            }
            Err(status) => {
                run.enter(|tally| tally.failure(took, &status));
                // A server that is gone answers at once, with nothing: without a pause the loop would only burn.
                if status.code() == tonic::Code::Unavailable {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            }
        }
    }
}

fn enter_outcomes(run: &Run, answer: Bytes) {
    let outcomes = BatchAnswer::decode(answer).unwrap_or_default().outcomes;
    for error in outcomes.into_iter().filter_map(|outcome| outcome.error) {
        run.enter(|tally| tally.refusal(error.code));
    }
}

/// Documents over one stream: as many unanswered as the window allows.
async fn stream(run: &Arc<Run>, mut client: Grpc<Channel>) {
    let begun = Instant::now();
    let opened = async {
        client.ready().await.map_err(|error| Status::unavailable(error.to_string()))?;
        let (documents, sent) = mpsc::channel(1);
        let request = run.request(ReceiverStream::new(sent));
        let path = http_path("/dictum.v1.ExtractionService/StreamExtractFacts");
        let answers = client.streaming(request, path, Raw).await?.into_inner();
        Ok((documents, answers))
    };
    let (documents, mut answers) = match opened.await {
        Ok(opened) => opened,
        Err(status) => return run.enter(|tally| tally.failure(begun.elapsed(), &status)),
    };
    let window = Arc::new(Semaphore::new(run.plan.window));
    let sent_at = Arc::new(Mutex::new(HashMap::new()));
    let sender = tokio::spawn({
        let (run, window, sent_at) = (run.clone(), window.clone(), sent_at.clone());
        async move {
            while let Ok(place) = window.acquire().await {
                place.forget();
                let Some((number, since)) = run.take().await else { return };
                let message = run.plan.documents.streamed(number);
                run.enter(|tally| tally.sent += message.len() as u64);
                sent_at.lock().unwrap_or_else(PoisonError::into_inner).insert(number, since);
                if documents.send(message).await.is_err() {
                    return;
                }
            }
        }
    });
    let taken = |id: &str| {
        let number: u64 = id.parse().ok()?;
        sent_at.lock().unwrap_or_else(PoisonError::into_inner).remove(&number)
    };
    let end = loop {
        let next = match tokio::time::timeout(run.plan.timeout, answers.message()).await {
            Ok(next) => next,
            Err(_elapsed) => break Err(Status::deadline_exceeded("the stream stands still")),
        };
        let message = match next {
            Ok(Some(message)) => message,
            Ok(None) => break Ok(()),
            Err(status) => break Err(status),
        };
        let bytes = message.len();
        let StreamAnswer { correlation_id, error } = match StreamAnswer::decode(message) {
            Ok(answer) => answer,
            Err(error) => break Err(Status::internal(error.to_string())),
        };
        let Some(since) = taken(&correlation_id) else {
            break Err(Status::internal(format!(
                "an answer to {correlation_id:?}, which was not asked"
            )));
        };
        let took = since.elapsed();
        run.enter(|tally| match error {
            Some(error) => {
                let status = Status::with_details(
                    error.code.into(),
                    error.message.clone(),
                    error.encode_to_vec().into(),
                );
                tally.failure(took, &status);
            }
            None => tally.answer(took, bytes),
        });
        window.add_permits(1);
    };
    window.close();
    drop(answers);
    sender.abort();
    let _ = sender.await;
    // Whatever ended the stream, a document without an answer is a failure.
    let lost = std::mem::take(&mut *sent_at.lock().unwrap_or_else(PoisonError::into_inner));
    let status =
        end.err().unwrap_or_else(|| Status::data_loss("the stream ended without an answer"));
    for since in lost.into_values() {
        run.enter(|tally| tally.failure(since.elapsed(), &status));
    }
}

fn http_path(method: &'static str) -> tonic::codegen::http::uri::PathAndQuery {
    tonic::codegen::http::uri::PathAndQuery::from_static(method)
}

/// A batch's answer, as far as it is looked at: decoding the facts would be paid by the client, on the same machine.
#[derive(Clone, PartialEq, prost::Message)]
struct BatchAnswer {
    #[prost(message, repeated, tag = "1")]
    outcomes: Vec<Outcome>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct Outcome {
    #[prost(message, optional, tag = "2")]
    error: Option<pb::Status>,
}

/// A stream's answer, likewise.
#[derive(Clone, PartialEq, prost::Message)]
struct StreamAnswer {
    #[prost(string, tag = "1")]
    correlation_id: String,
    #[prost(message, optional, tag = "3")]
    error: Option<pb::Status>,
}

/// Sends and receives messages as bytes.
#[derive(Clone, Copy, Debug)]
struct Raw;

impl Encoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, into: &mut EncodeBuf<'_>) -> Result<(), Status> {
        into.put(item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(from.copy_to_bytes(from.remaining())))
    }
}

impl Codec for Raw {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        *self
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}
