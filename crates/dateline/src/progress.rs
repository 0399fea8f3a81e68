//! Progress on standard error: a moving line on a terminal, a plain line now and then elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use std::cell::Cell;
use std::io::IsTerminal;
use std::time::Duration;

/// Pages between two plain lines.
const EVERY: u64 = 1000;

/// Progress of one long job.
pub struct Progress {
    bar: Option<ProgressBar>,
    verb: &'static str,
    done: Cell<u64>,
}

impl Progress {
    /// Starts to tell.
    pub fn start(verb: &'static str) -> Progress {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {pos} pages · {per_sec} · {elapsed}") {
                bar.set_style(style);
            }
            bar.set_message(verb);
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Progress { bar, verb, done: Cell::new(0) }
    }

    /// So many more pages, from this path.
    pub fn more(&self, pages: u64, path: &str) {
        let before = self.done.get();
        self.done.set(before + pages);
        match &self.bar {
            Some(bar) => bar.inc(pages),
            None if before / EVERY != (before + pages) / EVERY => {
                eprintln!("dateline: {} {} pages ({path})", self.verb, before + pages);
            }
            None => {}
        }
    }

    /// Another part of the job.
    pub fn says(&self, verb: &'static str) {
        if let Some(bar) = &self.bar {
            bar.set_message(verb);
        }
    }

    /// So far came a part of the job; shown where a person looks on.
    pub fn part(&self, what: &'static str, done: u64, total: u64) {
        if let Some(bar) = &self.bar {
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} · {elapsed}") {
                bar.set_style(style);
            }
            let percent = done.saturating_mul(100).checked_div(total).unwrap_or(100);
            bar.set_message(format!("{} {what} {percent} %", self.verb));
        }
    }

    /// The job is done.
    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
