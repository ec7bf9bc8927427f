//! What a run found, for people and for programs.

use std::time::Duration;

use clap::ValueEnum as _;
use hdrhistogram::Histogram;
use serde_json::{Value, json};

use super::Call;
use super::process::Usage;
use super::tally::{Failures, Tally};

/// A run that is over.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) call: Call,
    pub(super) documents: usize,
    pub(super) connections: u32,
    pub(super) concurrency: u32,
    pub(super) rate: Option<f64>,
    pub(super) elapsed: Duration,
    pub(super) tally: Tally,
    /// This program, before and after.
    pub(super) client: (Usage, Usage),
    /// The server, before and after.
    pub(super) server: Option<(Usage, Usage)>,
}

impl Report {
    /// Calls that have come to an end, well or not.
    fn calls(&self) -> u64 {
        self.tally.answered
            + self.tally.failures.values().map(|failures| failures.count).sum::<u64>()
    }

    fn per_second(&self) -> f64 {
        self.tally.answered as f64 / self.elapsed.as_secs_f64().max(1e-9)
    }

    /// Microseconds of CPU for each call, and how many cores that is.
    fn cpu(&self, (before, after): (Usage, Usage)) -> (f64, f64) {
        let cpu = after.cpu.saturating_sub(before.cpu).as_secs_f64();
        (cpu * 1e6 / self.calls().max(1) as f64, cpu / self.elapsed.as_secs_f64().max(1e-9))
    }

    fn call_name(&self) -> String {
        self.call.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// One object.
    pub(super) fn json(&self) -> Value {
        let Tally { answered, latency, failures, refused, sent, received, late, unsent } =
            &self.tally;
        let failed = |failures: &Failures| {
            json!({
                "count": failures.count,
                "with_retry_info": failures.with_retry_info,
                "message": failures.message,
                "latency_us": latencies(&failures.latency),
            })
        };
        let usage = |usage: (Usage, Usage)| {
            let (micros, cores) = self.cpu(usage);
            json!({
                "cpu_us_per_call": micros,
                "cores": cores,
                "resident_bytes_before": usage.0.resident,
                "resident_bytes_after": usage.1.resident,
                "resident_bytes_peak": usage.1.resident_peak,
            })
        };
        json!({
            "call": self.call_name(),
            "documents": self.documents,
            "connections": self.connections,
            "concurrency": self.concurrency,
            "rate": self.rate,
            "seconds": self.elapsed.as_secs_f64(),
            "answered": answered,
            "answered_per_second": self.per_second(),
            "latency_us": latencies(latency),
            "late": late,
            "unsent": unsent,
            "errors": failures.iter().map(|(code, failures)| ((*code).to_owned(), failed(failures))).collect::<serde_json::Map<_, _>>(),
            "refused_documents": refused,
            "bytes_sent": sent,
            "bytes_received": received,
            "client": usage(self.client),
            "server": self.server.map(usage),
        })
    }

    /// A few lines.
    pub(super) fn text(&self) -> String {
        let Tally { answered, latency, failures, refused, sent, received, late, unsent } =
            &self.tally;
        let what = if self.call == Call::Stream { "documents" } else { "calls" };
        let mut out = String::new();
        let mut line = |name: &str, text: String| out += &format!("{name:<9}{text}\n");
        line(
            &self.call_name(),
            format!(
                "{answered} {what} answered in {:.1} s: {:.0} a second; {} texts, {} connections, {} at once",
                self.elapsed.as_secs_f64(),
                self.per_second(),
                self.documents,
                self.connections,
                self.concurrency
            ),
        );
        line("latency", spelled(latency));
        if let Some(rate) = self.rate {
            let held_up = format!(
                "{late} were sent late and {unsent} not at all, because all callers waited"
            );
            line("rate", format!("{rate} {what} a second were due; {held_up}"));
        }
        for (code, Failures { count, latency, with_retry_info, message }) in failures {
            line("error", format!("{count} {code}, {with_retry_info} with RetryInfo: {message}"));
            line("", spelled(latency));
        }
        for (code, count) in refused {
            line("error", format!("{count} documents of batches {code}"));
        }
        if failures.is_empty() && refused.is_empty() {
            line("errors", "none".to_owned());
        }
        let each = |bytes: &u64| bytes / self.calls().max(1);
        line(
            "bytes",
            format!(
                "{sent} sent, {received} received; {} and {} a call",
                each(sent),
                each(received)
            ),
        );
        let usages =
            self.server.map(|usage| ("server", usage)).into_iter().chain([("client", self.client)]);
        for (name, usage) in usages {
            let (micros, cores) = self.cpu(usage);
            let mebibytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
            line(
                name,
                format!(
                    "{micros:.1} µs of CPU a call, {cores:.2} cores; resident {:.1} MiB, {:.1} before, {:.1} at most",
                    mebibytes(usage.1.resident),
                    mebibytes(usage.0.resident),
                    mebibytes(usage.1.resident_peak)
                ),
            );
        }
        out
    }
}

const PERCENTILES: [(&str, f64); 4] =
    [("p50", 50.0), ("p90", 90.0), ("p99", 99.0), ("p99.9", 99.9)];

fn micros(nanos: u64) -> f64 {
    nanos as f64 / 1e3
}

fn latencies(of: &Histogram<u64>) -> Value {
    let mut all = serde_json::Map::new();
    all.insert("mean".to_owned(), json!(of.mean() / 1e3));
    for (name, percentile) in PERCENTILES {
        all.insert(name.replace('.', ""), json!(micros(of.value_at_percentile(percentile))));
    }
    all.insert("max".to_owned(), json!(micros(of.max())));
    Value::Object(all)
}

fn spelled(of: &Histogram<u64>) -> String {
    let millis = |nanos: u64| format!("{:.2}", nanos as f64 / 1e6);
    let mut out = format!("mean {:.2}", of.mean() / 1e6);
    for (name, percentile) in PERCENTILES {
        out += &format!(", {name} {}", millis(of.value_at_percentile(percentile)));
    }
    out + &format!(", at most {} ms", millis(of.max()))
}
