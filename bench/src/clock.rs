//! Processor time of this thread, so that what else the machine does is not counted.

use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;

/// Runs `work` and gives the processor time it took on this thread.
pub fn time<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let before = on_processor();
    let out = work();
    (out, on_processor().saturating_sub(before))
}

fn on_processor() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(now).unwrap_or_default()
}

/// The middle value; the lower of two.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN)
}

/// Processor time that all threads of another process took so far, in milliseconds; 0 where the system does not tell.
pub fn of_process(pid: u32) -> f64 {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{pid}/task")) else { return 0.0 };
    let took = |thread: std::fs::DirEntry| -> Option<u64> {
        let told = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        told.split(' ').next()?.parse().ok()
    };
    threads.flatten().filter_map(took).sum::<u64>() as f64 / 1e6
}
