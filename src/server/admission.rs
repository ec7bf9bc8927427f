//! What the whole process takes on: open calls, bytes in flight, and the work that waits for a core. What is too much is
//! refused at once, with the time after which to come again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use super::config;
use super::fault::{Fault, Shed};
use super::metrics::Metrics;

/// Where a call waits: what is read where it came in does not wait behind what is read on the pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Lane {
    /// On the threads that take calls.
    Inline,
    /// On the pool.
    Pool,
}

/// What waits in one lane.
#[derive(Debug)]
struct Line {
    /// Threads that work it off.
    threads: usize,
    /// Calls that wait for a core or have one.
    waiting: AtomicUsize,
    /// What they are guessed to take, in nanoseconds.
    work: AtomicU64,
    /// When one last came and found a thread free, in milliseconds of [`Admission::clock`].
    free_at: AtomicU64,
    /// When one last was refused, and that not in a burst.
    stood_at: AtomicU64,
}

impl Line {
    fn new(threads: usize) -> Self {
        Self {
            threads,
            waiting: AtomicUsize::new(0),
            work: AtomicU64::new(0),
            free_at: AtomicU64::new(0),
            stood_at: AtomicU64::new(0),
        }
    }

    fn expected_wait(&self) -> Duration {
        Duration::from_nanos(self.work.load(Relaxed) / self.threads as u64)
    }
}

/// The counts of one process, shared by all its calls.
#[derive(Debug)]
pub(super) struct Admission {
    limits: config::Admission,
    metrics: Arc<Metrics>,
    open: AtomicUsize,
    bytes: AtomicUsize,
    lanes: [Line; 2],
    clock: Instant,
    /// Moving means of what was read: nanoseconds of a byte, times 1024, and of a call.
    byte_pace: AtomicU64,
    call_pace: AtomicU64,
}

impl Admission {
    /// Nothing taken on yet.
    pub(super) fn new(
        mut limits: config::Admission,
        workers: usize,
        readers: usize,
        metrics: Arc<Metrics>,
    ) -> Self {
        if limits.queue == 0 {
            limits.queue = 64 * workers;
        }
        Self {
            limits,
            metrics,
            open: AtomicUsize::new(0),
            bytes: AtomicUsize::new(0),
            clock: Instant::now(),
            lanes: [Line::new(workers), Line::new(readers)],
            byte_pace: AtomicU64::new(40 << 10),
            call_pace: AtomicU64::new(100_000),
        }
    }

    /// The limits, none of them 0.
    pub(super) fn limits(&self) -> &config::Admission {
        &self.limits
    }

    /// Takes on an open call.
    pub(super) fn open(self: &Arc<Self>) -> Result<Open, Fault<'static>> {
        let open = Open { admission: self.clone(), bytes: AtomicUsize::new(0) };
        let before = self.open.fetch_add(1, Relaxed);
        self.metrics.in_flight_requests.inc();
        if before >= self.limits.requests {
            return Err(self.shed(Shed::Requests));
        }
        Ok(open)
    }

    /// Takes on work of that many bytes; of a call that was not received yet, of the usual size. Large work may wait longer:
    /// four times as long as it takes itself. A line that is too long and has not been empty for a while is no burst but too much
    /// work: a long one would stay long and serve nobody sooner, so it is kept short until nobody was refused for a while.
    pub(super) fn queue(
        self: &Arc<Self>,
        lane: Lane,
        bytes: Option<usize>,
    ) -> Result<Place, Fault<'static>> {
        let nanos = bytes.map_or_else(|| self.call_pace.load(Relaxed), |bytes| self.guess(bytes));
        let line = &self.lanes[lane as usize];
        let waiting = line.waiting.load(Relaxed);
        if waiting < line.threads {
            line.free_at.store(self.now(), Relaxed);
        } else if let Some(reason) = self.too_long(line, waiting, nanos) {
            return Err(self.shed(reason));
        }
        line.waiting.fetch_add(1, Relaxed);
        line.work.fetch_add(nanos, Relaxed);
        Ok(Place { admission: self.clone(), lane, nanos })
    }

    /// Why another that takes so many nanoseconds may not go to the end of a line.
    fn too_long(&self, line: &Line, waiting: usize, nanos: u64) -> Option<Shed> {
        let (now, own) = (self.now(), Duration::from_nanos(nanos));
        let since = |then: &AtomicU64| now.saturating_sub(then.load(Relaxed));
        let is_standing = since(&line.stood_at) < CALM_MS;
        let most = if is_standing {
            self.limits.wait / STANDING + own
        } else {
            self.limits.wait + own * 4
        };
        let reason = if waiting >= line.threads + self.limits.queue {
            Shed::Queue
        } else if line.expected_wait() > most {
            Shed::Wait
        } else {
            return None;
        };
        if is_standing || since(&line.free_at) > BURST_MS {
            line.stood_at.store(now, Relaxed);
        }
        Some(reason)
    }

    /// Milliseconds, from long enough before the start that nothing seems to have happened just then.
    fn now(&self) -> u64 {
        u64::try_from(self.clock.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(CALM_MS)
    }

    /// What reading took, so that the next guess is better.
    pub(super) fn learn(&self, lane: Lane, bytes: usize, took: Duration) {
        let nanos = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX).min(1 << 40);
        // Of a very short text most is not reading.
        if bytes >= 256 {
            blend(&self.byte_pace, (nanos << 10) / bytes as u64);
        }
        if lane == Lane::Inline {
            blend(&self.call_pace, nanos);
        }
    }

    /// Nanoseconds to read that many bytes.
    fn guess(&self, bytes: usize) -> u64 {
        (bytes as u64 * self.byte_pace.load(Relaxed)) >> 10
    }

    /// Counts a refusal and says when to come again: when what waits now will be done, spread so that not all come at once.
    pub(super) fn shed(&self, reason: Shed) -> Fault<'static> {
        self.metrics.shed(reason);
        let spread = self.metrics.shed_so_far().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58;
        let wait = self.lanes.iter().map(Line::expected_wait).max().unwrap_or_default();
        let wait = wait.clamp(LEAST_RETRY, MOST_RETRY);
        Fault::Shed { reason, retry_after: wait + Duration::from_millis(spread) }
    }
}

/// A line that has been empty within that time is a burst.
const BURST_MS: u64 = 100;
/// What stands is kept short until nobody was refused for so long.
const CALM_MS: u64 = 1000;
/// How many times shorter: a core is as busy with three documents in line as with thirty.
const STANDING: u32 = 20;

/// Nobody is asked to come again sooner, or later, but for the spread of up to 63 ms.
const LEAST_RETRY: Duration = Duration::from_millis(20);
const MOST_RETRY: Duration = Duration::from_secs(1);

/// A sixteenth of the new; a lost update among threads is no harm. What took far longer than usual was mostly kept from a core,
/// and counts for no more than four times the usual.
fn blend(mean: &AtomicU64, new: u64) {
    let old = mean.load(Relaxed);
    mean.store(old - old / 16 + new.min(4 * old.max(16)) / 16, Relaxed);
}

/// An open call. Given back when dropped.
#[derive(Debug)]
pub(super) struct Open {
    admission: Arc<Admission>,
    bytes: AtomicUsize,
}

impl Open {
    /// Takes on bytes of the call.
    pub(super) fn hold(&self, bytes: usize) -> Result<(), Fault<'static>> {
        if self.try_hold(bytes) { Ok(()) } else { Err(self.admission.shed(Shed::Bytes)) }
    }

    /// The same, without counting a refusal.
    pub(super) fn try_hold(&self, bytes: usize) -> bool {
        let admission = &self.admission;
        let before = admission.bytes.fetch_add(bytes, Relaxed);
        if before + bytes > admission.limits.bytes {
            admission.bytes.fetch_sub(bytes, Relaxed);
            return false;
        }
        self.bytes.fetch_add(bytes, Relaxed);
        admission.metrics.in_flight_bytes.inc_by(bytes as i64);
        true
    }

    /// Takes on bytes of an answer: too many of those are a reason not to take other calls, and none to throw them away.
    pub(super) fn add(&self, bytes: usize) {
        self.admission.bytes.fetch_add(bytes, Relaxed);
        self.bytes.fetch_add(bytes, Relaxed);
        self.admission.metrics.in_flight_bytes.inc_by(bytes as i64);
    }

    /// Gives bytes back that are no longer held.
    pub(super) fn let_go(&self, bytes: usize) {
        self.bytes.fetch_sub(bytes, Relaxed);
        self.admission.bytes.fetch_sub(bytes, Relaxed);
        self.admission.metrics.in_flight_bytes.dec_by(bytes as i64);
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.let_go(self.bytes.load(Relaxed));
        self.admission.open.fetch_sub(1, Relaxed);
        self.admission.metrics.in_flight_requests.dec();
    }
}

/// A place among those that wait for a core. Given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    admission: Arc<Admission>,
    /// Which line it is in.
    pub(super) lane: Lane,
    nanos: u64,
}

impl Place {
    /// The work turned out to be of that many bytes.
    pub(super) fn refit(&mut self, bytes: usize) {
        let nanos = self.admission.guess(bytes);
        let line = &self.admission.lanes[self.lane as usize];
        line.work.fetch_add(nanos, Relaxed);
        line.work.fetch_sub(self.nanos, Relaxed);
        self.nanos = nanos;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let line = &self.admission.lanes[self.lane as usize];
        line.waiting.fetch_sub(1, Relaxed);
        line.work.fetch_sub(self.nanos, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission(limits: config::Admission) -> Arc<Admission> {
        Arc::new(Admission::new(limits, 1, 1, Arc::new(Metrics::new())))
    }

    fn limits() -> config::Admission {
        config::Admission { requests: 2, bytes: 100, queue: 1, wait: Duration::from_millis(1) }
    }

    fn reason(fault: Fault<'_>) -> Option<Shed> {
        let Fault::Shed { reason, retry_after } = fault else { return None };
        assert!((LEAST_RETRY..MOST_RETRY * 2).contains(&retry_after), "{retry_after:?}");
        Some(reason)
    }

    #[test]
    fn what_is_given_back_can_be_taken_again() {
        let admission = admission(limits());
        for _ in 0..3 {
            let first = admission.open().expect("room");
            let _second = admission.open().expect("room");
            assert_eq!(admission.open().err().and_then(reason), Some(Shed::Requests));
            first.hold(60).expect("room");
            assert_eq!(first.hold(41).err().and_then(reason), Some(Shed::Bytes));
            first.let_go(20);
            first.hold(60).expect("room");
            first.add(1000);
            assert_eq!(first.hold(1).err().and_then(reason), Some(Shed::Bytes));
        }
        assert_eq!((admission.open.load(Relaxed), admission.bytes.load(Relaxed)), (0, 0));
    }

    #[test]
    fn the_queue_is_short_in_number_and_in_time() {
        let admission = admission(limits());
        let _one = admission.queue(Lane::Inline, None).expect("a core");
        let _two = admission.queue(Lane::Inline, None).expect("a place");
        let refused = |queued: Result<Place, _>| queued.err().and_then(reason);
        assert_eq!(refused(admission.queue(Lane::Inline, None)), Some(Shed::Queue));

        let admission = self::admission(config::Admission { queue: 100, ..limits() });
        for _ in 0..2000 {
            admission.learn(Lane::Inline, 1000, Duration::from_micros(500));
        }
        // Half a millisecond a kilobyte: 10 kilobytes are five, and a small call may wait for three.
        let _ten = admission.queue(Lane::Inline, Some(10_000)).expect("nobody before");
        assert_eq!(refused(admission.queue(Lane::Inline, None)), Some(Shed::Wait));
        // What is large waits longer, and on the pool nobody waits at all.
        drop(admission.queue(Lane::Inline, Some(5_000)).expect("four times its own time"));
        let _million = admission.queue(Lane::Pool, Some(1_000_000)).expect("nobody before");
        let _another = admission.queue(Lane::Pool, Some(1_000_000)).expect("as large");
        assert_eq!(refused(admission.queue(Lane::Pool, Some(100_000))), Some(Shed::Wait));
    }

    #[test]
    fn a_burst_may_wait_longer_than_what_never_ends() {
        let wait = Duration::from_millis(50);
        let admission = admission(config::Admission { queue: 1000, wait, ..limits() });
        for _ in 0..2000 {
            admission.learn(Lane::Inline, 1000, Duration::from_millis(1));
        }
        let fill = |line: &mut Vec<Place>| {
            while let Ok(place) = admission.queue(Lane::Inline, Some(1000)) {
                line.push(place);
            }
            line.len()
        };
        let mut line = Vec::new();
        let burst = fill(&mut line);
        assert!((50..60).contains(&burst), "{burst} of a millisecond each");
        line.truncate(20);
        assert_eq!(fill(&mut line), burst, "a burst again");
        std::thread::sleep(Duration::from_millis(BURST_MS + 10));
        line.truncate(20);
        assert_eq!(fill(&mut line), burst, "as long as nobody was refused");
        line.truncate(10);
        let refused = admission.queue(Lane::Inline, Some(1000)).err();
        assert_eq!(refused.and_then(reason), Some(Shed::Wait));
        line.truncate(3);
        drop(admission.queue(Lane::Inline, Some(1000)).expect("a short wait"));
        // Empty once, it is kept short still; when nobody was refused for a while, it may be long again.
        line.clear();
        assert!((3..6).contains(&fill(&mut line)), "kept short");
        line.clear();
        std::thread::sleep(Duration::from_millis(CALM_MS + 10));
        assert_eq!(fill(&mut line), burst);
    }

    #[test]
    fn everything_is_given_back() {
        let admission = admission(config::Admission { queue: 100, ..limits() });
        for _ in 0..10 {
            let mut place = admission.queue(Lane::Inline, None).expect("room");
            admission.learn(Lane::Inline, 1000, Duration::from_micros(5));
            place.refit(77);
            drop((place, admission.queue(Lane::Pool, Some(3)).expect("room")));
        }
        for line in &admission.lanes {
            assert_eq!((line.waiting.load(Relaxed), line.work.load(Relaxed)), (0, 0));
        }
    }
}
