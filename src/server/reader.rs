//! Reading documents: small ones where their call is served, large ones and batches on a pool of threads of their own, so that
//! the small need not wait behind them. A panic is caught, counted and answered INTERNAL.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use tokio::sync::oneshot;
use tonic::Status;

use super::admission::{Admission, Lane};
use super::call::Call;
use super::config::Config;
use super::fault::Fault;
use super::metrics::{Metrics, Partial};
use crate::document::{Budget, Stop};
use crate::engine::Engine;
use crate::wire::{self, Limits, pb};

/// The engine with its threads.
#[derive(Debug)]
pub(super) struct Reader {
    engine: Engine,
    pub(super) limits: Limits,
    pub(super) admission: Arc<Admission>,
    pub(super) metrics: Arc<Metrics>,
    pool: ThreadPool,
    inline_bytes: usize,
    document_timeout: Duration,
}

impl Reader {
    /// Starts the threads.
    pub(super) fn new(
        engine: Engine,
        config: &Config,
        threads: usize,
        admission: Arc<Admission>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, ThreadPoolBuildError> {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|number| format!("reader-{number}"))
            .build()?;
        Ok(Self {
            engine,
            limits: config.limits,
            admission,
            metrics,
            pool,
            inline_bytes: config.inline_bytes,
            document_timeout: config.document_timeout,
        })
    }

    /// Reads one document, here or on the pool, and returns its answer in bytes.
    pub(super) async fn read(
        self: &Arc<Self>,
        message: pb::ExtractFactsRequest,
        prefix: &'static str,
        call: &Arc<Call>,
    ) -> Result<Vec<u8>, Status> {
        let until = self.until(call);
        let room = self.limits.response_bytes;
        if self.lane(length(&message)) == Lane::Inline {
            let stop = Arc::new(Stop::default());
            if until <= Instant::now() {
                stop.spend();
            }
            return self.read_here(&message, room, &Budget::until(stop), prefix, call);
        }
        // To receive and decode it took some time too.
        if call.is_late() {
            return Err(Fault::Deadline.status());
        }
        let (reader, of) = (self.clone(), call.clone());
        self.on_pool(until, move |budget| reader.read_here(&message, room, budget, prefix, &of))
            .await
            .unwrap_or_else(|| Err(internal(call)))
    }

    /// Reads one document on this thread. Its answer has fewer facts where it would take more than `room` bytes.
    pub(super) fn read_here(
        &self,
        message: &pb::ExtractFactsRequest,
        room: usize,
        budget: &Budget,
        prefix: &str,
        call: &Call,
    ) -> Result<Vec<u8>, Status> {
        let request = wire::Request::read(message, &self.limits)
            .map_err(|refusal| wire::status(&refusal, prefix))?;
        let bytes = request.document.content.len();
        let begun = Instant::now();
        // A panic is a bug. Uncaught, the client would see a broken stream.
        let read =
            catch_unwind(AssertUnwindSafe(|| self.answer(&request, room, budget, call, begun)));
        let took = begun.elapsed();
        self.metrics.extraction.observe(took.as_secs_f64());
        self.metrics.document_bytes.observe(bytes as f64);
        let Ok(answer) = read else {
            self.metrics.panics.inc();
            tracing::error!(request_id = call.name(), bytes, "reading a document panicked");
            return Err(internal(call));
        };
        // Nobody waits for the answer of an abandoned one.
        let (mut answer, truncation) = answer.ok_or_else(|| Fault::Deadline.status())?;
        match truncation {
            pb::TruncationReason::Unspecified => {
                self.admission.learn(self.lane(bytes), bytes, took);
            }
            pb::TruncationReason::Budget => self.metrics.partial(Partial::Budget),
            pb::TruncationReason::MaxFacts => self.metrics.partial(Partial::MaxFacts),
            pb::TruncationReason::MaxResponseBytes => self.metrics.partial(Partial::ResponseBytes),
        }
        if request.wants_stats {
            wire::add_stats(&mut answer, begun.saturating_duration_since(call.began), took);
        }
        let (actual, limit) = (answer.len(), self.limits.response_bytes);
        if actual > limit {
            return Err(Fault::ResponseTooLarge { actual, limit }.status());
        }
        Ok(answer)
    }

    /// The answer in bytes and why something is missing from it, with fewer facts where it would be too large to be sent; `None`
    /// when nobody waits for it any more.
    fn answer(
        &self,
        request: &wire::Request<'_>,
        room: usize,
        budget: &Budget,
        call: &Call,
        begun: Instant,
    ) -> Option<(Vec<u8>, pb::TruncationReason)> {
        let wire::Request { document, options, is_supported, .. } = request;
        let mut options = *options;
        let mut report = self.engine.answer(*is_supported, document, &options, budget);
        self.metrics.found(&report.facts);
        call.was_read(begun, document.content.len(), report.facts.len());
        if budget.is_abandoned() {
            return None;
        }
        let mut reason = wire::truncation(request, &report);
        let mut answer = wire::encode(request, &report, reason);
        let limit = room.saturating_sub(STATS_BYTES);
        while answer.len() > limit && !report.facts.is_empty() && !budget.is_abandoned() {
            let facts = report.facts.len();
            options.max_facts = (facts * limit / answer.len()).min(facts - facts.div_ceil(8));
            report = self.engine.answer(*is_supported, document, &options, budget);
            reason = pb::TruncationReason::MaxResponseBytes;
            answer = wire::encode(request, &report, reason);
        }
        Some((answer, reason))
    }

    /// Where that many bytes are read.
    pub(super) fn lane(&self, bytes: usize) -> Lane {
        if bytes <= self.inline_bytes { Lane::Inline } else { Lane::Pool }
    }

    /// When a document of the call that is begun now must be answered as far as it was read. Of several documents, the last
    /// must still reach the caller.
    pub(super) fn until(&self, call: &Call) -> Instant {
        let now = Instant::now();
        let own = now + self.document_timeout;
        let Some(deadline) = call.deadline.filter(|_| call.method.has_many()) else { return own };
        let margin =
            (deadline.saturating_duration_since(call.began) / 10).clamp(LEAST_MARGIN, MOST_MARGIN);
        deadline.checked_sub(margin).map_or(own, |soft| soft.min(own))
    }

    /// Runs `work` on the pool; its budget is spent at `until`, and abandoned when this future is dropped. `None` when it
    /// panicked.
    pub(super) async fn on_pool<T: Send + 'static>(
        &self,
        until: Instant,
        work: impl FnOnce(&Budget) -> T + Send + 'static,
    ) -> Option<T> {
        let stop = Arc::new(Stop::default());
        let budget = Budget::until(stop.clone());
        let abandon = Abandon(stop);
        let metrics = self.metrics.clone();
        let (done, mut result) = oneshot::channel();
        let queued = Instant::now();
        self.pool.spawn_fifo(move || {
            metrics.queue_wait.observe(queued.elapsed().as_secs_f64());
            if budget.is_abandoned() {
                return;
            }
            if let Ok(value) = catch_unwind(AssertUnwindSafe(|| work(&budget))) {
                // Nobody waits any more: that is no matter.
                let _ = done.send(value);
            }
        });
        tokio::select! {
            value = &mut result => return value.ok(),
            () = tokio::time::sleep_until(until.into()) => abandon.0.spend(),
        }
        result.await.ok()
    }

    /// Runs a piece of a batch on the pool, behind what waits there.
    pub(super) fn spawn(&self, work: impl FnOnce() + Send + 'static) {
        self.pool.spawn_fifo(work);
    }

    /// How many threads the pool has.
    pub(super) fn threads(&self) -> usize {
        self.pool.current_num_threads()
    }
}

/// What is kept of an answer's bytes for what is added to it.
const STATS_BYTES: usize = 64;

/// What is kept of the time for the way back to a caller that asked for many documents.
const LEAST_MARGIN: Duration = Duration::from_millis(5);
const MOST_MARGIN: Duration = Duration::from_millis(250);

/// Tells the reading to stop when nobody waits for it any more.
pub(super) struct Abandon(pub(super) Arc<Stop>);

impl Drop for Abandon {
    fn drop(&mut self) {
        self.0.abandon();
    }
}

/// Bytes of a request's document.
pub(super) fn length(message: &pb::ExtractFactsRequest) -> usize {
    message.document.as_ref().map_or(0, |document| document.content.len())
}

pub(super) fn internal(call: &Call) -> Status {
    Fault::Internal { request_id: call.name() }.status()
}

#[cfg(test)]
mod tests {
    use super::super::layer::tests::call;
    use super::*;

    fn reader() -> Arc<Reader> {
        let metrics = Arc::new(Metrics::new());
        let config = Config::default();
        let admission = Arc::new(Admission::new(config.admission, 1, 1, metrics.clone()));
        Arc::new(Reader::new(Engine::english(), &config, 1, admission, metrics).expect("threads"))
    }

    #[tokio::test]
    async fn a_panic_on_the_pool_is_no_answer_and_the_pool_lives_on() {
        let reader = reader();
        let later = Instant::now() + Duration::from_secs(60);
        assert_eq!(reader.on_pool(later, |_budget| -> u8 { panic!("a bug") }).await, None);
        assert_eq!(reader.on_pool(later, |_budget| 7).await, Some(7));
        let call = call();
        let status = internal(&call);
        assert_eq!(status.code(), tonic::Code::Internal);
        assert!(status.message().contains(call.name()), "{status:?}");
    }

    #[tokio::test]
    async fn work_is_told_when_its_time_is_over_and_when_nobody_waits() {
        let reader = reader();
        let spent = reader.on_pool(Instant::now(), |budget| {
            while !budget.is_spent() {
                std::thread::yield_now();
            }
            budget.is_abandoned()
        });
        assert_eq!(spent.await, Some(false));
        let (begin, begun) = tokio::sync::oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let later = Instant::now() + Duration::from_secs(60);
        let abandoned = reader.on_pool(later, move |budget| {
            begin.send(()).expect("somebody waits");
            while !budget.is_abandoned() {
                std::thread::yield_now();
            }
            tell.send(()).expect("somebody listens");
        });
        // Left only when it has begun: what has not is never read.
        tokio::select! {
            _ = abandoned => panic!("it ends only when nobody waits"),
            begun = begun => begun.expect("it began"),
        }
        told.recv_timeout(Duration::from_secs(5)).expect("told to stop");
    }
}
