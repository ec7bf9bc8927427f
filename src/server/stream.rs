//! Documents as they come, answers as they finish. At most so many are in work; while the caller does not read its answers,
//! nothing more is read from it.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::{self, Stream};
use tokio::sync::watch;
use tonic::{Status, Streaming};

use super::admission::Lane;
use super::call::Call;
use super::fault::{self, Fault};
use super::reader::{Reader, length};
use crate::wire::{self, Encoded, pb};

/// The answers to a stream of documents.
pub(super) fn read(
    reader: Arc<Reader>,
    documents: Streaming<pb::StreamExtractFactsRequest>,
    call: Arc<Call>,
    drain: watch::Receiver<bool>,
) -> impl Stream<Item = Result<Encoded, Status>> + Send {
    let in_flight = reader.limits.stream_in_flight;
    taken(documents, drain)
        .map(move |next| one(reader.clone(), call.clone(), next))
        .buffer_unordered(in_flight)
}

/// The documents until the caller has sent all, the transport breaks, or the server ends.
fn taken(
    documents: Streaming<pb::StreamExtractFactsRequest>,
    drain: watch::Receiver<bool>,
) -> impl Stream<Item = Result<pb::StreamExtractFactsRequest, Status>> + Send {
    stream::unfold(Some((documents, drain)), async |open| {
        let (mut documents, mut drain) = open?;
        let next = tokio::select! {
            biased;
            _ = drain.wait_for(|is_draining| *is_draining) => Some(Err(Fault::Draining.status())),
            next = documents.next() => next,
        };
        match next? {
            Ok(message) => Some((Ok(message), Some((documents, drain)))),
            // There is nobody to answer but the stream itself.
            Err(status) => Some((Err(fault::explained(status)), None)),
        }
    })
}

async fn one(
    reader: Arc<Reader>,
    call: Arc<Call>,
    next: Result<pb::StreamExtractFactsRequest, Status>,
) -> Result<Encoded, Status> {
    let pb::StreamExtractFactsRequest { correlation_id, request } = next?;
    let request = request.unwrap_or_default();
    let bytes = length(&request);
    let _held = Held::wait(&call, bytes).await;
    let outcome = reader.read(request, "request.", &call).await;
    let outcome = outcome.map_err(|status| wire::status_message(&status));
    // Other calls want this thread too.
    if reader.lane(bytes) == Lane::Inline {
        tokio::task::yield_now().await;
    }
    Ok(Encoded(wire::streamed(&correlation_id, &outcome)))
}

/// Bytes of a document in work.
struct Held<'a> {
    call: &'a Call,
    bytes: usize,
}

impl<'a> Held<'a> {
    /// Waits until there is room for them: a stream is not told to come again, it is read more slowly.
    async fn wait(call: &'a Call, bytes: usize) -> Self {
        while !call.try_hold(bytes) {
            tokio::time::sleep(AGAIN).await;
        }
        Self { call, bytes }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.call.let_go(self.bytes);
    }
}

const AGAIN: Duration = Duration::from_millis(5);
