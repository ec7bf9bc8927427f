//! What is counted while calls come back.

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;
use tonic::{Code, Status};
use tonic_types::StatusExt;

use crate::wire::code_name;

/// What came of the calls; of streams, of the documents.
#[derive(Debug)]
pub(super) struct Tally {
    /// How many were answered.
    pub(super) answered: u64,
    /// How long that took.
    pub(super) latency: Histogram<u64>,
    /// Those that were not, by code.
    pub(super) failures: BTreeMap<&'static str, Failures>,
    /// Documents of answered batches that have an error for an outcome, by code.
    pub(super) refused: BTreeMap<&'static str, u64>,
    /// Bytes of the messages sent.
    pub(super) sent: u64,
    /// Bytes of the messages received.
    pub(super) received: u64,
    /// Calls that were sent later than they were due, because all callers were waiting.
    pub(super) late: u64,
    /// Calls that were due and not sent before the time was over.
    pub(super) unsent: u64,
}

/// Failures of one code.
#[derive(Debug)]
pub(super) struct Failures {
    pub(super) count: u64,
    /// How long they took.
    pub(super) latency: Histogram<u64>,
    /// How many said when to come again, by `google.rpc.RetryInfo`.
    pub(super) with_retry_info: u64,
    /// What the first one said.
    pub(super) message: String,
}

impl Tally {
    pub(super) fn new() -> Self {
        Self {
            answered: 0,
            latency: histogram(),
            failures: BTreeMap::new(),
            refused: BTreeMap::new(),
            sent: 0,
            received: 0,
            late: 0,
            unsent: 0,
        }
    }

    /// Enters an answer of so many bytes.
    pub(super) fn answer(&mut self, took: Duration, received: usize) {
        self.answered += 1;
        self.received += received as u64;
        enter(&mut self.latency, took);
    }

    /// Enters a call that failed.
    pub(super) fn failure(&mut self, took: Duration, status: &Status) {
        let failures = self.failures.entry(code_name(status.code())).or_insert_with(|| Failures {
            count: 0,
            latency: histogram(),
            with_retry_info: 0,
            message: status.message().to_owned(),
        });
        failures.count += 1;
        failures.with_retry_info += u64::from(status.get_details_retry_info().is_some());
        enter(&mut failures.latency, took);
    }

    /// Enters a document of an answered batch that has an error for an outcome.
    pub(super) fn refusal(&mut self, code: i32) {
        *self.refused.entry(code_name(Code::from(code))).or_default() += 1;
    }

    /// Whether there are errors other than those of `allowed`.
    pub(super) fn has_failures_besides(&self, allowed: &[String]) -> bool {
        let mut codes = self.failures.keys().chain(self.refused.keys());
        codes.any(|code| !allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(code)))
    }
}

/// Nanoseconds, to three digits, up to some minutes.
fn histogram() -> Histogram<u64> {
    let mut histogram = Histogram::new_with_max(1_000_000_000, 3).expect("three digits are few");
    histogram.auto(true);
    histogram
}

fn enter(histogram: &mut Histogram<u64>, took: Duration) {
    // It grows by itself, so there is nothing that it refuses.
    let _ = histogram.record(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX >> 1).max(1));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_kept_apart_from_answers() {
        let mut tally = Tally::new();
        tally.answer(Duration::from_millis(2), 7);
        tally.failure(Duration::from_micros(30), &Status::resource_exhausted("busy"));
        tally.refusal(Code::InvalidArgument as i32);
        assert_eq!((tally.answered, tally.latency.len(), tally.received), (1, 1, 7));
        let shed = &tally.failures["RESOURCE_EXHAUSTED"];
        assert_eq!((shed.count, shed.with_retry_info, shed.message.as_str()), (1, 0, "busy"));
        let allow = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect::<Vec<_>>();
        assert!(tally.has_failures_besides(&[]));
        assert!(tally.has_failures_besides(&allow(&["resource_exhausted"])));
        assert!(!tally.has_failures_besides(&allow(&["RESOURCE_EXHAUSTED", "INVALID_ARGUMENT"])));
    }

    #[test]
    fn no_latency_is_lost() {
        let mut tally = Tally::new();
        for took in [Duration::ZERO, Duration::from_secs(3600), Duration::MAX] {
            tally.answer(took, 0);
        }
        assert_eq!(tally.latency.len(), 3);
    }
}
