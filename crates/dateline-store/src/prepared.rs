//! What an article's report comes to in the index, as far as it depends on nothing else there: made on all cores, before
//! the one writer takes its turn.

use crate::Outcome;
use crate::blob;
use crate::error::Result;
use crate::search::enter::Words;
use dateline_capture::Capture;
use dateline_story::Report;
use rayon::prelude::*;

/// What is entered of one article.
pub(crate) struct Prepared {
    /// The report, packed.
    pub(crate) report: Vec<u8>,
    /// The page it is a capture of, where it has an address.
    pub(crate) address: Option<String>,
    /// When it was captured, else when the page says it was changed or published.
    pub(crate) seen: Option<String>,
    /// What it is found by.
    pub(crate) words: Words,
}

impl Prepared {
    /// Prepares one article.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`] where the report cannot be packed.
    pub(crate) fn of(report: &Report) -> Result<Prepared> {
        Ok(Prepared {
            report: blob::pack(report)?,
            address: dateline_story::address(report),
            seen: dateline_story::seen(report),
            words: Words::of(report),
        })
    }

    /// Prepares the articles of a batch, in its order; `None` for what is none.
    ///
    /// # Errors
    /// As [`Prepared::of`].
    pub(crate) fn all(batch: &[(Capture, Outcome)]) -> Result<Vec<Option<Prepared>>> {
        let prepare = |(_, outcome): &(Capture, Outcome)| match outcome {
            Outcome::Article(report) => Prepared::of(report).map(Some),
            Outcome::NotAnArticle(_) => Ok(None),
        };
        batch.par_iter().map(prepare).collect()
    }
}
