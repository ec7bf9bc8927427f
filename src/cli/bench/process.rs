//! What a process of this machine has used, by Linux's `/proc`.

use std::time::Duration;

/// CPU time and memory of a process until now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usage {
    /// In user and kernel, over all threads.
    pub(super) cpu: Duration,
    /// Bytes resident now.
    pub(super) resident: u64,
    /// Bytes resident at most, so far.
    pub(super) resident_peak: u64,
}

impl Usage {
    /// # Errors
    /// A process that is not there, or a system without `/proc`.
    pub(super) fn of(pid: u32) -> Result<Self, String> {
        let read = |name: &str| {
            let path = format!("/proc/{pid}/{name}");
            std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))
        };
        let cpu = cpu(&read("stat")?).ok_or_else(|| format!("/proc/{pid}/stat cannot be read"))?;
        let status = read("status")?;
        let kibibytes = |key: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(key))?;
            line.trim_start_matches(':').split_whitespace().next()?.parse::<u64>().ok()
        };
        // A process that ended and was not waited for has no memory.
        let bytes = |key| kibibytes(key).unwrap_or_default() << 10;
        Ok(Self { cpu, resident: bytes("VmRSS"), resident_peak: bytes("VmHWM") })
    }
}

/// The fields `utime` and `stime` of proc_pid_stat(5), the 14th and 15th, in hundredths of a second. The second field is a name in
/// parentheses that may hold anything.
fn cpu(stat: &str) -> Option<Duration> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let ticks = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

#[cfg(test)]
mod tests {
    use super::cpu;
    use std::time::Duration;

    #[test]
    fn cpu_time_is_found_behind_any_name() {
        let stat = "42 (a) b (c)) S 1 42 42 0 -1 4194560 9 0 0 0 150 25 0 0 20 0 3 0 99 1 2";
        assert_eq!(cpu(stat), Some(Duration::from_millis(1750)));
        assert_eq!(cpu("42 (a) S 1"), None);
    }
}
