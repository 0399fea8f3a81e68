//! Progress on standard error: a moving line on a terminal, a plain line now and then elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use std::cell::Cell;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Pages between two plain lines.
const EVERY: u64 = 1000;

/// Between two times that others are told.
const PAUSE: Duration = Duration::from_millis(500);

/// Progress of one long job.
pub struct Progress {
    bar: Option<ProgressBar>,
    /// Whether standard error is told, where it has no bar.
    lines: bool,
    verb: &'static str,
    done: Cell<u64>,
    /// The library's folder, where whoever looks at it is told as well; and of how many pages.
    shown_in: Option<(PathBuf, Option<u64>)>,
    told: Cell<Option<Instant>>,
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
        Progress { bar, lines: true, verb, done: Cell::new(0), shown_in: None, told: Cell::new(None) }
    }

    /// Starts to tell those alone who look at the library.
    pub fn quiet(verb: &'static str) -> Progress {
        Progress { bar: None, lines: false, verb, done: Cell::new(0), shown_in: None, told: Cell::new(None) }
    }

    /// Also tells whoever looks at the library in this folder meanwhile, which this process writes to.
    pub fn shown_in(mut self, library: &Path, total: Option<u64>) -> Progress {
        self.shown_in = Some((library.to_owned(), total));
        self.show(self.verb);
        self
    }

    /// At most twice a second.
    fn show(&self, verb: &str) {
        let recent = self.told.get().is_some_and(|at| at.elapsed() < PAUSE);
        if let Some((dir, total)) = self.shown_in.as_ref().filter(|_| !recent || verb != self.verb) {
            dateline_store::tell_progress(dir, verb, self.done.get(), *total);
            self.told.set(Some(Instant::now()));
        }
    }

    /// So many more pages, from this path.
    pub fn more(&self, pages: u64, path: &str) {
        let before = self.done.get();
        self.done.set(before + pages);
        self.show(self.verb);
        match &self.bar {
            Some(bar) => bar.inc(pages),
            None if self.lines && before / EVERY != (before + pages) / EVERY => {
                eprintln!("dateline: {} {} pages ({path})", self.verb, before + pages);
            }
            None => {}
        }
    }

    /// Another part of the job.
    pub fn says(&self, verb: &'static str) {
        self.show(verb);
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
        if let Some((dir, _)) = &self.shown_in {
            dateline_store::end_progress(dir);
        }
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
