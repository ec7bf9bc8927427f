//! What is counted. Names are part of the service's contract (`docs/service.md`); every series that can be known beforehand
//! stands at zero from the start. Handles are kept, so that counting is an atomic addition and no look-up.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::RwLock;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use tonic::Code;

use super::fault::Shed;
use super::method::Method;
use super::process::Process;
use crate::fact::{Fact, Kind};
use crate::lexicon::RULE_SET_VERSION;
use crate::wire::code_name;

type Histograms<L> = Family<L, Histogram, fn() -> Histogram>;

/// All metrics of one server.
#[derive(Debug)]
pub(super) struct Metrics {
    registry: Registry,
    /// Calls that are open.
    pub(super) in_flight_requests: Gauge,
    /// Bytes of requests received and not yet answered.
    pub(super) in_flight_bytes: Gauge,
    /// Connections that are open.
    pub(super) connections: Gauge,
    /// Time between a call's arrival and the moment that a core took it up.
    pub(super) queue_wait: Histogram,
    /// Time to read one document.
    pub(super) extraction: Histogram,
    /// Bytes of the documents read.
    pub(super) document_bytes: Histogram,
    /// Panics caught.
    pub(super) panics: Counter,
    /// TLS handshakes that failed.
    pub(super) tls_handshake_errors: Counter,
    /// Certificates and keys that were read anew, and that could not be.
    pub(super) reloads: [Counter; 2],
    /// When the server's certificate ends, in seconds since 1970; 0 without TLS.
    pub(super) tls_not_after: Gauge,
    calls: [Calls; Method::ALL.len()],
    durations: Histograms<CallLabels>,
    shed: [Counter; Shed::ALL.len()],
    facts: [Counter; 3],
    partial: [Counter; 3],
    rules: Family<RuleLabels, Counter>,
    /// The counters of `rules` by the address of the rule's name, which is one constant.
    rules_seen: RwLock<HashMap<(usize, usize), Counter>>,
}

/// What is counted of one method.
#[derive(Debug)]
struct Calls {
    started: Counter,
    received: Histogram,
    sent: Histogram,
    durations: [OnceLock<Histogram>; CODES],
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct MethodLabels {
    grpc_method: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallLabels {
    grpc_method: &'static str,
    grpc_status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReasonLabels {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct KindLabels {
    kind: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RuleLabels {
    rule: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ResultLabels {
    result: &'static str,
}

/// Why an answer is partial.
#[derive(Clone, Copy, Debug)]
#[repr(usize)]
pub(super) enum Partial {
    /// Time ran out.
    Budget,
    /// There were too many facts.
    MaxFacts,
    /// The answer would have been too large.
    ResponseBytes,
}

impl Metrics {
    /// All at zero.
    pub(super) fn new() -> Self {
        let mut registry = Registry::default();
        registry.register(
            "dictum_build",
            "The build that runs",
            Info::new(vec![
                ("version", env!("CARGO_PKG_VERSION")),
                ("rule_set_version", RULE_SET_VERSION),
            ]),
        );
        registry.register_collector(Box::new(Process::new()));
        let durations: Histograms<CallLabels> =
            Family::new_with_constructor(|| Histogram::new(SECONDS));
        registry.register(
            "grpc_server_call_duration_seconds",
            "Time from a call's headers to the end of its answer",
            durations.clone(),
        );
        let sizes = || -> Histograms<MethodLabels> {
            Family::new_with_constructor(|| Histogram::new(BYTES))
        };
        let (received, sent) = (sizes(), sizes());
        let started: Family<MethodLabels, Counter> = Family::default();
        registry.register("grpc_server_call_started", "Calls that began", started.clone());
        registry.register(
            "grpc_server_call_rcvd_message_size_bytes",
            "Bytes received of a call's messages, as they came over the wire",
            received.clone(),
        );
        registry.register(
            "grpc_server_call_sent_message_size_bytes",
            "Bytes sent of a call's messages, as they went over the wire",
            sent.clone(),
        );
        let calls = Method::ALL.map(|method| {
            let labels = MethodLabels { grpc_method: method.name() };
            let calls = Calls {
                started: started.get_or_create_owned(&labels),
                received: received.get_or_create_owned(&labels),
                sent: sent.get_or_create_owned(&labels),
                durations: [const { OnceLock::new() }; CODES],
            };
            let expected = if method.is_extraction() { EXPECTED } else { &EXPECTED[..1] };
            for &code in expected {
                calls.durations[code as usize].get_or_init(|| duration(&durations, method, code));
            }
            calls
        });
        let (shed_family, shed) =
            counters(Shed::ALL.map(Shed::name), |reason| ReasonLabels { reason });
        registry.register(
            "dictum_shed",
            "Calls and connections refused for too much to do",
            shed_family,
        );
        let (family, facts) =
            counters(["numeric_claim", "date_mention", "commitment"], |kind| KindLabels { kind });
        registry.register("dictum_facts", "Facts found, by kind", family);
        let (family, partial) =
            counters(["budget", "max_facts", "response_bytes"], |reason| ReasonLabels { reason });
        registry.register("dictum_partial", "Answers from which something is missing", family);
        let (family, reloads) = counters(["ok", "error"], |result| ResultLabels { result });
        registry.register(
            "dictum_reloads",
            "Certificates and keys read anew after a change",
            family,
        );
        let rules: Family<RuleLabels, Counter> = Family::default();
        registry.register("dictum_rule_matches", "Facts found, by rule", rules.clone());
        Self {
            in_flight_requests: gauge(
                &mut registry,
                "dictum_in_flight_requests",
                "Calls that are open",
            ),
            in_flight_bytes: gauge(
                &mut registry,
                "dictum_in_flight_bytes",
                "Bytes of requests received and of their answers, until those are sent",
            ),
            connections: gauge(&mut registry, "dictum_connections", "Connections that are open"),
            queue_wait: histogram(
                &mut registry,
                "dictum_queue_wait_seconds",
                "Time from a call's arrival, or its hand-over to the pool, to the moment that a core took it up",
                SECONDS,
            ),
            extraction: histogram(
                &mut registry,
                "dictum_extraction_duration_seconds",
                "Time to read one document",
                SECONDS,
            ),
            document_bytes: histogram(
                &mut registry,
                "dictum_document_bytes",
                "Bytes of the documents read",
                BYTES,
            ),
            panics: counter(
                &mut registry,
                "dictum_panics",
                "Panics caught while reading a document",
            ),
            tls_handshake_errors: counter(
                &mut registry,
                "dictum_tls_handshake_errors",
                "TLS handshakes that failed",
            ),
            tls_not_after: gauge(
                &mut registry,
                "dictum_tls_cert_not_after_seconds",
                "When the server's certificate ends, in seconds since 1970; 0 without TLS",
            ),
            reloads,
            calls,
            durations,
            shed,
            facts,
            partial,
            rules,
            rules_seen: RwLock::default(),
            registry,
        }
    }

    /// A call began.
    pub(super) fn call_started(&self, method: Method) {
        self.calls[method as usize].started.inc();
    }

    /// A call ended.
    pub(super) fn call_ended(
        &self,
        method: Method,
        code: Code,
        took: Duration,
        received: u64,
        sent: u64,
    ) {
        let calls = &self.calls[method as usize];
        let durations =
            calls.durations[code as usize].get_or_init(|| duration(&self.durations, method, code));
        durations.observe(took.as_secs_f64());
        calls.received.observe(received as f64);
        calls.sent.observe(sent as f64);
    }

    /// Something was refused.
    pub(super) fn shed(&self, reason: Shed) {
        self.shed[reason as usize].inc();
    }

    /// How much was refused so far.
    pub(super) fn shed_so_far(&self) -> u64 {
        self.shed.iter().map(Counter::get).sum()
    }

    /// Facts were found.
    pub(super) fn found(&self, facts: &[Fact]) {
        let mut kinds = [0; 3];
        // A few rules find most facts of a document: counted here first, what all threads count on is touched once for each.
        let mut rules: Vec<(&'static str, u64)> = Vec::with_capacity(USUAL_RULES);
        for fact in facts {
            let kind = match fact.kind {
                Kind::Numeric(_) => 0,
                Kind::Date(_) => 1,
                Kind::Commitment(_) => 2,
            };
            kinds[kind] += 1;
            match rules.iter_mut().find(|(rule, _)| std::ptr::eq(*rule, fact.rule)) {
                Some((_, found)) => *found += 1,
                None => rules.push((fact.rule, 1)),
            }
        }
        for (rule, found) in rules {
            self.matched(rule, found);
        }
        for (counter, found) in self.facts.iter().zip(kinds) {
            counter.inc_by(found);
        }
    }

    /// Something is missing from an answer.
    pub(super) fn partial(&self, reason: Partial) {
        self.partial[reason as usize].inc();
    }

    fn matched(&self, rule: &'static str, found: u64) {
        let key = (rule.as_ptr() as usize, rule.len());
        if let Ok(seen) = self.rules_seen.read()
            && let Some(counter) = seen.get(&key)
        {
            counter.inc_by(found);
            return;
        }
        let counter = self.rules.get_or_create_owned(&RuleLabels { rule });
        counter.inc_by(found);
        if let Ok(mut seen) = self.rules_seen.write() {
            seen.insert(key, counter);
        }
    }

    /// Everything, as Prometheus reads it.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(64 << 10);
        // Writing to a string does not fail.
        let _ = prometheus_client::encoding::prometheus_text::encode(&mut text, &self.registry);
        text
    }
}

/// Rules that find the facts of a document.
const USUAL_RULES: usize = 16;

fn duration(durations: &Histograms<CallLabels>, method: Method, code: Code) -> Histogram {
    let grpc_status = code_name(code);
    durations.get_or_create_owned(&CallLabels { grpc_method: method.name(), grpc_status })
}

fn gauge(registry: &mut Registry, name: &str, help: &str) -> Gauge {
    let gauge = Gauge::default();
    registry.register(name, help, gauge.clone());
    gauge
}

fn counter(registry: &mut Registry, name: &str, help: &str) -> Counter {
    let counter = Counter::default();
    registry.register(name, help, counter.clone());
    counter
}

fn histogram<const N: usize>(
    registry: &mut Registry,
    name: &str,
    help: &str,
    buckets: [f64; N],
) -> Histogram {
    let histogram = Histogram::new(buckets);
    registry.register(name, help, histogram.clone());
    histogram
}

/// A family of counters, one for each name.
fn counters<L, const N: usize>(
    names: [&'static str; N],
    labels: fn(&'static str) -> L,
) -> (Family<L, Counter<u64, AtomicU64>>, [Counter; N])
where
    L: Clone + Eq + std::hash::Hash,
{
    let family = Family::<L, Counter>::default();
    let counters = names.map(|name| family.get_or_create_owned(&labels(name)));
    (family, counters)
}

const CODES: usize = 17;

/// What the calls of the service are expected to end with.
const EXPECTED: &[Code] = &[
    Code::Ok,
    Code::Cancelled,
    Code::InvalidArgument,
    Code::DeadlineExceeded,
    Code::ResourceExhausted,
    Code::Unimplemented,
    Code::Internal,
    Code::Unavailable,
    Code::Unauthenticated,
];

/// The buckets of gRFC A66, with finer ones where most calls are.
const SECONDS: [f64; 23] = [
    0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_2, 0.000_3, 0.000_6, 0.001, 0.002, 0.003, 0.006,
    0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0,
];

/// Powers of four up to the largest messages.
const BYTES: [f64; 11] = [
    64.0,
    256.0,
    1024.0,
    4096.0,
    16_384.0,
    65_536.0,
    262_144.0,
    1_048_576.0,
    4_194_304.0,
    16_777_216.0,
    67_108_864.0,
];
