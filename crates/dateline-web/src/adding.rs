//! Files that a browser sends, on their way into the library: what is asked of the program for it, one run at a time,
//! and what became of the latest runs.

use std::collections::VecDeque;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A file that a browser sent. It lies in the library's folder without a name and is gone when it is closed.
#[derive(Debug)]
pub struct Upload {
    /// What the sender calls it; no part of a path.
    pub name: String,
    /// Its bytes, from the beginning.
    pub file: File,
}

/// What became of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Became {
    /// It is an article of the library now.
    Added {
        /// The capture's name.
        id: String,
        /// Its headline, where it has one.
        title: Option<String>,
    },
    /// The library held it before.
    Known {
        /// The capture's name.
        id: String,
    },
    /// It was read and holds no article.
    NoArticle {
        /// Why not.
        why: String,
    },
    /// It could not be read.
    Failed {
        /// Why not.
        why: String,
    },
}

/// What is told while pages are added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// Something about the library, in a line.
    Says(String),
    /// A page.
    Page {
        /// Its file, and its address where it has one.
        place: String,
        /// What became of it.
        became: Became,
    },
}

/// Adds files to the library of a folder, in their order, and tells what became of each page; an address is of a file
/// that is one page and does not say its own. Where it could not be done it says why, for people.
pub type Add = fn(&Path, Vec<Upload>, Option<&str>, &mut dyn FnMut(Came)) -> Result<(), String>;

/// What the program does for its pages.
#[derive(Debug, Clone, Copy)]
pub struct Hands {
    /// Tells the time, ISO 8601, at which something is decided.
    pub clock: fn() -> String,
    /// Adds files.
    pub add: Add,
}

/// Runs that are remembered.
const RUNS: usize = 20;
/// Pages of each kind that a run remembers; all are counted.
const ROWS: usize = 300;
/// Lines about the library that a run remembers.
const SAID: usize = 20;

/// Some of many, and how many they are.
#[derive(Debug, Clone)]
pub(crate) struct Many<T> {
    pub(crate) kept: Vec<T>,
    pub(crate) all: u64,
}

impl<T> Default for Many<T> {
    fn default() -> Many<T> {
        Many { kept: Vec::new(), all: 0 }
    }
}

impl<T> Many<T> {
    fn put(&mut self, one: T) {
        self.all += 1;
        if self.kept.len() < ROWS {
            self.kept.push(one);
        }
    }
}

/// A page that is in the library.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) id: String,
    pub(crate) title: Option<String>,
    pub(crate) place: String,
}

/// A page that is not, and why.
#[derive(Debug, Clone)]
pub(crate) struct Without {
    pub(crate) place: String,
    pub(crate) why: String,
}

/// A run, as far as it has come.
#[derive(Debug, Clone, Default)]
pub(crate) struct Run {
    pub(crate) number: u64,
    pub(crate) files: usize,
    pub(crate) added: Many<Held>,
    pub(crate) known: Many<Held>,
    pub(crate) no_article: Many<Without>,
    pub(crate) failed: Many<Without>,
    pub(crate) says: Vec<String>,
    /// How it ended, where it has.
    pub(crate) end: Option<Result<(), String>>,
}

impl Run {
    fn hears(&mut self, came: Came) {
        match came {
            Came::Says(line) if self.says.len() < SAID => self.says.push(line),
            Came::Says(_) => {}
            Came::Page { place, became } => match became {
                Became::Added { id, title } => self.added.put(Held { id, title, place }),
                Became::Known { id } => self.known.put(Held { id, title: None, place }),
                Became::NoArticle { why } => self.no_article.put(Without { place, why }),
                Became::Failed { why } => self.failed.put(Without { place, why }),
            },
        }
    }
}

/// All that a browser asked to add.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) uploads: Vec<Upload>,
    pub(crate) address: Option<String>,
    /// What was left out before it came to be read.
    pub(crate) refused: Vec<Without>,
}

/// The latest runs; at most one is at work.
#[derive(Debug, Clone, Default)]
pub(crate) struct Runs {
    held: Arc<Mutex<VecDeque<Run>>>,
}

impl Runs {
    /// A lock that a panic left is as good as any: each change is one assignment.
    fn lock(&self) -> MutexGuard<'_, VecDeque<Run>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The run that is at work.
    pub(crate) fn at_work(&self) -> Option<u64> {
        self.lock().iter().find(|r| r.end.is_none()).map(|r| r.number)
    }

    /// A run by its number; the oldest are forgotten.
    pub(crate) fn run(&self, number: u64) -> Option<Run> {
        self.lock().iter().find(|r| r.number == number).cloned()
    }

    /// Starts a run on a thread of its own, which ends with the process: what it added stays, and the next run reads
    /// what it had kept. `Err` with the number of the run that is at work, where one is.
    pub(crate) fn start(&self, add: Add, library: PathBuf, order: Order) -> Result<u64, u64> {
        let Order { uploads, address, refused } = order;
        let mut runs = self.lock();
        if let Some(other) = runs.iter().find(|r| r.end.is_none()) {
            return Err(other.number);
        }
        let number = runs.back().map_or(1, |r| r.number + 1);
        let mut run = Run { number, files: uploads.len(), ..Run::default() };
        refused.into_iter().for_each(|r| run.failed.put(r));
        runs.push_back(run);
        if runs.len() > RUNS {
            runs.pop_front();
        }
        drop(runs);
        let told = self.clone();
        let work = move || {
            let mut hears = |came| told.change(number, |run| run.hears(came));
            let done = catch_unwind(AssertUnwindSafe(|| add(&library, uploads, address.as_deref(), &mut hears)));
            let end = done.unwrap_or_else(|_| Err("a fault in this program; please report it".to_owned()));
            told.change(number, |run| run.end = Some(end));
        };
        if let Err(e) = std::thread::Builder::new().name("adding".to_owned()).spawn(work) {
            self.change(number, |run| run.end = Some(Err(e.to_string())));
        }
        Ok(number)
    }

    fn change(&self, number: u64, how: impl FnOnce(&mut Run)) {
        if let Some(run) = self.lock().iter_mut().find(|r| r.number == number) {
            how(run);
        }
    }
}
