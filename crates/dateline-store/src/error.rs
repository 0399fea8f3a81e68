//! What can go wrong with a library, and how it is told.

use crate::QueryError;
use dateline_capture::CaptureError;
use std::path::{Path, PathBuf};

/// Why a library did not answer. Opaque; names the file, what happened and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}{kind}", .path.as_ref().map(|p| format!("{}: ", p.display())).unwrap_or_default())]
pub struct StoreError {
    path: Option<PathBuf>,
    kind: ErrorKind,
}

/// What happened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No library lies there.
    #[error("no library is here; `dateline add PATH… --library DIR` starts one")]
    NotALibrary,
    /// Another process writes to it.
    #[error("another dateline{} is writing to this library; wait until it has ended", .0.map(|pid| format!(" (process {pid})")).unwrap_or_default())]
    Busy(Option<u32>),
    /// Made by a later version.
    #[error(
        "its index has format {found}, this program knows up to {known}; use a newer dateline, or delete index.db and run `dateline rebuild`"
    )]
    TooNew {
        /// Format of the index.
        found: i64,
        /// Newest format that this program knows.
        known: i64,
    },
    /// The library was opened for reading.
    #[error("the library was opened for reading only")]
    ReadOnly,
    /// No such story, article or capture.
    #[error("no {what} {name:?} is in this library")]
    NotFound {
        /// "story", "article", "capture".
        what: &'static str,
        /// What was asked for.
        name: String,
    },
    /// A shortened name fits several.
    #[error("{name:?} fits {count} of them; give more of it")]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// How many it fits.
        count: usize,
    },
    /// A decision that cannot be made.
    #[error("{0}")]
    Decision(String),
    /// A query that cannot be understood.
    #[error(transparent)]
    Query(QueryError),
    /// A page could not be kept or found again.
    #[error(transparent)]
    Capture(CaptureError),
    /// The file system said no.
    #[error("{0}")]
    Io(std::io::Error),
    /// The index is damaged or cannot be used.
    #[error("the index cannot be used ({0}); `dateline rebuild` makes it again from the captures")]
    Index(String),
}

/// What this crate's functions give.
pub(crate) type Result<T> = std::result::Result<T, StoreError>;

impl StoreError {
    pub(crate) fn new(kind: ErrorKind) -> StoreError {
        StoreError { path: None, kind }
    }

    pub(crate) fn at(path: &Path, kind: ErrorKind) -> StoreError {
        StoreError { path: Some(path.to_owned()), kind }
    }

    pub(crate) fn io(path: &Path, e: std::io::Error) -> StoreError {
        StoreError::at(path, ErrorKind::Io(e))
    }

    pub(crate) fn not_found(what: &'static str, name: &str) -> StoreError {
        StoreError::new(ErrorKind::NotFound { what, name: name.to_owned() })
    }

    /// What happened.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(e: rusqlite::Error) -> StoreError {
        StoreError::new(ErrorKind::Index(e.to_string()))
    }
}

impl From<CaptureError> for StoreError {
    fn from(e: CaptureError) -> StoreError {
        StoreError::new(ErrorKind::Capture(e))
    }
}

impl From<QueryError> for StoreError {
    fn from(e: QueryError) -> StoreError {
        StoreError::new(ErrorKind::Query(e))
    }
}
