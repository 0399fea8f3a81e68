//! Captures through the chain on all cores, in the order of input, a bounded number at a time.

use crate::pipeline;
use anyhow::Result;
use dateline_article::{Help, NotAnArticle};
use dateline_capture::{Capture, CaptureError};
use dateline_lexicon::Lexicon;
use dateline_story::Report;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Captures held at once: enough to keep all cores busy, few enough to stream.
pub const BATCH: usize = 256;
/// Bytes held at once.
pub const BATCH_BYTES: usize = 64 << 20;

/// A capture, or why there is none.
pub type Input = std::result::Result<Capture, CaptureError>;

/// What became of one input.
pub enum Outcome {
    /// A capture, and the article read in it or why there is none.
    Read(Box<Capture>, Box<std::result::Result<Report, NotAnArticle>>),
    /// No capture came of it.
    Failed(CaptureError),
}

/// Hands each outcome to `take`, in the order of input. `help` is what the user adds to find articles.
///
/// # Errors
/// Those of `take`.
pub fn each(
    captures: impl Iterator<Item = Input>,
    lexicon: &Lexicon,
    help: &Help,
    mut take: impl FnMut(Outcome) -> Result<()>,
) -> Result<()> {
    batches(captures, |batch| {
        let done: Vec<Outcome> = batch
            .into_par_iter()
            .map(|capture| match capture {
                Ok(capture) => {
                    let outcome = guarded(&capture, lexicon, help);
                    Outcome::Read(Box::new(capture), Box::new(outcome))
                }
                Err(e) => Outcome::Failed(e),
            })
            .collect();
        done.into_iter().try_for_each(&mut take)
    })
}

/// Hands inputs to `take`, many at a time, in order.
///
/// # Errors
/// Those of `take`.
pub fn batches(captures: impl Iterator<Item = Input>, mut take: impl FnMut(Vec<Input>) -> Result<()>) -> Result<()> {
    let mut batch = Vec::with_capacity(BATCH);
    let mut bytes = 0;
    for capture in captures {
        bytes += capture.as_ref().map_or(0, |c| c.bytes.len());
        batch.push(capture);
        if batch.len() >= BATCH || bytes >= BATCH_BYTES {
            take(std::mem::take(&mut batch))?;
            bytes = 0;
        }
    }
    if batch.is_empty() { Ok(()) } else { take(batch) }
}

/// A page that trips a fault of ours is one recorded failure; the next goes on.
pub fn guarded(capture: &Capture, lexicon: &Lexicon, help: &Help) -> std::result::Result<Report, NotAnArticle> {
    catch_unwind(AssertUnwindSafe(|| pipeline::report(capture, lexicon, help))).unwrap_or_else(|_| {
        Err(NotAnArticle::Unreadable("a fault in this program while reading the page; please report it".to_owned()))
    })
}
