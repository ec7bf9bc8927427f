//! What the operating system knows of the process, read when metrics are asked for.

use std::fmt;
use std::time::Duration;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use tokio::runtime::Handle;

use super::lines;

/// The `process_*` metrics by the names that Prometheus clients agree on, and how busy the runtime is.
#[derive(Debug)]
pub(super) struct Process {
    /// The runtime that serves calls; none outside of one.
    runtime: Option<Handle>,
}

impl Process {
    /// Of this process and the runtime that the caller runs on.
    pub(super) fn new() -> Self {
        Self { runtime: Handle::try_current().ok() }
    }
}

impl Collector for Process {
    fn encode(&self, mut to: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        if let Some(Proc { cpu, resident, virtual_bytes, threads, files, began }) = Proc::read() {
            counter(&mut to, "process_cpu_seconds", "CPU time, of user and system", cpu)?;
            gauge(&mut to, "process_resident_memory_bytes", "Memory in RAM", resident)?;
            gauge(&mut to, "process_virtual_memory_bytes", "Memory, of any kind", virtual_bytes)?;
            gauge(&mut to, "process_threads", "Threads", threads)?;
            gauge(&mut to, "process_open_fds", "Open file descriptors", files)?;
            gauge(&mut to, "process_start_time_seconds", "Start, in seconds since 1970", began)?;
        }
        counter(
            &mut to,
            "dictum_log_lines_lost",
            "Log lines that nobody read in time",
            lines::lost() as f64,
        )?;
        let Some(runtime) = self.runtime.as_ref().map(Handle::metrics) else { return Ok(()) };
        let workers = runtime.num_workers();
        let busy: Duration = (0..workers).map(|at| runtime.worker_total_busy_duration(at)).sum();
        gauge(&mut to, "dictum_runtime_workers", "Threads that serve calls", workers as f64)?;
        gauge(
            &mut to,
            "dictum_runtime_tasks",
            "Tasks that live",
            runtime.num_alive_tasks() as f64,
        )?;
        counter(
            &mut to,
            "dictum_runtime_busy_seconds",
            "Time for which those threads had something to do, all together",
            busy.as_secs_f64(),
        )
    }
}

fn gauge(
    to: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    value: f64,
) -> Result<(), fmt::Error> {
    let gauge = ConstGauge::new(value);
    gauge.encode(to.encode_descriptor(name, help, None, gauge.metric_type())?)
}

fn counter(
    to: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    value: f64,
) -> Result<(), fmt::Error> {
    let counter = ConstCounter::new(value);
    counter.encode(to.encode_descriptor(name, help, None, counter.metric_type())?)
}

/// What `/proc` says of the process: proc(5), `/proc/pid/stat`.
struct Proc {
    cpu: f64,
    resident: f64,
    virtual_bytes: f64,
    threads: f64,
    files: f64,
    began: f64,
}

impl Proc {
    fn read() -> Option<Self> {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        // The name of the program may hold anything, brackets too.
        let (_, rest) = stat.rsplit_once(')')?;
        let fields: Vec<f64> =
            rest.split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
        // The first of them is field 3 of the page.
        let field = |number: usize| fields.get(number - 3).copied();
        let boot = std::fs::read_to_string("/proc/stat").ok()?;
        let boot =
            boot.lines().find_map(|line| line.strip_prefix("btime ")?.parse::<f64>().ok())?;
        Some(Self {
            cpu: (field(14)? + field(15)?) / TICKS,
            threads: field(20)?,
            began: boot + field(22)? / TICKS,
            virtual_bytes: field(23)?,
            resident: field(24)? * PAGE,
            files: std::fs::read_dir("/proc/self/fd").ok()?.count() as f64,
        })
    }
}

/// What the kernel counts time in for user space: 100 a second on every architecture that Linux runs on today.
const TICKS: f64 = 100.0;
const PAGE: f64 = 4096.0;
