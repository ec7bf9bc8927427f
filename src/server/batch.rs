//! Many documents in one call: each has an outcome of its own, in the order of the requests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tokio::sync::oneshot;
use tonic::Status;

use super::admission::Lane;
use super::call::Call;
use super::fault::Fault;
use super::reader::{Abandon, Reader, internal, length};
use crate::document::{Budget, Stop};
use crate::wire::{self, Outcome, Refusal, pb};

/// Reads the documents of a batch, all at once when they are small, else on the pool.
pub(super) async fn read(
    reader: &Arc<Reader>,
    message: pb::BatchExtractFactsRequest,
    call: &Arc<Call>,
) -> Result<Vec<u8>, Status> {
    let pb::BatchExtractFactsRequest { requests } = message;
    if requests.len() > reader.limits.batch_documents {
        let refusal = Refusal::TooLarge {
            field: "requests",
            actual: requests.len(),
            limit: reader.limits.batch_documents,
            unit: "documents",
        };
        return Err(wire::status(&refusal, ""));
    }
    let bytes = requests.iter().map(length).sum();
    let lane = reader.lane(bytes);
    call.has_arrived(bytes, lane, &reader.admission).map_err(Fault::status)?;
    let stop = Arc::new(Stop::default());
    let abandon = Abandon(stop.clone());
    let (done, mut outcomes) = oneshot::channel();
    let work = Arc::new(Work {
        reader: reader.clone(),
        call: call.clone(),
        budget: Budget::until(stop),
        next: AtomicUsize::new(0),
        left: AtomicUsize::new(requests.len()),
        outcomes: Mutex::new((Some(done), vec![None; requests.len()])),
        requests,
    });
    if lane == Lane::Inline {
        while work.one().is_some() {}
    } else {
        let threads = reader.threads().min(work.requests.len());
        let queued = Instant::now();
        for _ in 0..threads {
            let work = work.clone();
            reader.spawn(move || {
                work.reader.metrics.queue_wait.observe(queued.elapsed().as_secs_f64());
                work.run();
            });
        }
    }
    if work.requests.is_empty() {
        return Ok(Vec::new());
    }
    drop(work);
    let outcomes = tokio::select! {
        biased;
        outcomes = &mut outcomes => outcomes,
        () = tokio::time::sleep_until(reader.until(call).into()) => {
            abandon.0.spend();
            outcomes.await
        }
    };
    let outcomes = outcomes.map_err(|_lost| internal(call))?;
    // One that does not fit any more can be asked for alone.
    let limit = reader.limits.response_bytes;
    let too_large = |actual| Fault::BatchTooLarge { actual, limit }.status();
    Ok(wire::batch(outcomes, limit, |actual| wire::status_message(&too_large(actual))))
}

/// A batch under way.
struct Work {
    reader: Arc<Reader>,
    call: Arc<Call>,
    budget: Budget,
    requests: Vec<pb::ExtractFactsRequest>,
    /// The first that nobody has taken up.
    next: AtomicUsize,
    /// How many have no outcome.
    left: AtomicUsize,
    outcomes: Mutex<Outcomes>,
}

/// What it takes to tell that a document has no answer.
const TOLD_BYTES: usize = 256;

type Outcomes = (Option<oneshot::Sender<Vec<Outcome>>>, Vec<Option<Outcome>>);

impl Work {
    /// Reads on until some work is done, then goes to the end of the queue: others wait too.
    fn run(self: Arc<Self>) {
        let mut bytes = 0;
        while bytes < TURN_BYTES && !self.budget.is_abandoned() {
            match self.one() {
                Some(read) => bytes += read,
                None => return,
            }
        }
        if !self.budget.is_abandoned() {
            let reader = self.reader.clone();
            reader.spawn(move || self.run());
        }
    }

    /// Reads the next document and returns its bytes; `None` when there is none.
    fn one(&self) -> Option<usize> {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        let message = self.requests.get(index)?;
        let prefix = format!("requests[{index}].");
        // What may have to be told of the others has room behind a long answer.
        let limit = self.reader.limits.response_bytes;
        let told = self.requests.len().saturating_sub(1).saturating_mul(TOLD_BYTES);
        let room = limit.saturating_sub(told).max(limit / 2);
        let outcome = self.reader.read_here(message, room, &self.budget, &prefix, &self.call);
        let outcome = outcome.map_err(|status| wire::status_message(&status));
        let mut outcomes = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
        let (done, all) = &mut *outcomes;
        if let Some(place) = all.get_mut(index) {
            *place = Some(outcome);
        }
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1
            && let Some(done) = done.take()
        {
            // A caller that went away wants nothing.
            let _ = done.send(std::mem::take(all).into_iter().flatten().collect());
        }
        Some(length(message))
    }
}

/// What one turn on the pool reads: a millisecond or two.
const TURN_BYTES: usize = 32 << 10;
