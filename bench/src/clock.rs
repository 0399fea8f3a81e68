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
