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
    #[error("another dateline is writing to this library ({0}); wait until it has ended")]
    Busy(crate::Holder),
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
    /// Made by an earlier version, and opened for reading.
    #[error(
        "its index has format {found}, this program makes {known}; any command that writes brings it up, as `dateline add` or `dateline serve` without another program writing"
    )]
    Older {
        /// Format of the index.
        found: i64,
        /// The format that this program makes.
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
    /// A table of the user's that cannot be read.
    #[error("{0}")]
    Table(String),
    /// A query that cannot be understood.
    #[error(transparent)]
    Query(QueryError),
    /// A page could not be kept or found again.
    #[error(transparent)]
    Capture(CaptureError),
    /// A file has the name that the library's folder should have.
    #[error("a file has this name; name a folder with --library DIR")]
    NotAFolder,
    /// The file system said no.
    #[error("{0}")]
    Io(std::io::Error),
    /// This user may not.
    #[error("{0}; see that you may read and write there")]
    Denied(std::io::Error),
    /// No space is left on the disk, or none for this user or file.
    #[error("{0}; free some space and run the same command again: nothing that was acknowledged is lost")]
    NoSpace(String),
    /// The index cannot be read or written now, and is none the worse for it.
    #[error(
        "the index cannot be reached now ({0}); see that its folder and disk can be read and written and have space left, then run the same command again"
    )]
    Unreachable(String),
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
        use std::io::ErrorKind::{FileTooLarge, PermissionDenied, QuotaExceeded, StorageFull};
        match e.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => StoreError::at(path, ErrorKind::NoSpace(e.to_string())),
            PermissionDenied => StoreError::at(path, ErrorKind::Denied(e)),
            _ => StoreError::at(path, ErrorKind::Io(e)),
        }
    }

    /// Says where, if that is not known yet.
    pub(crate) fn or_at(mut self, path: &Path) -> StoreError {
        self.path.get_or_insert_with(|| path.to_owned());
        self
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
        use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, ReadOnly, SystemIoFailure};
        let why = e.to_string();
        StoreError::new(match e.sqlite_error_code() {
            Some(DiskFull) => ErrorKind::NoSpace(why),
            // A limit on the size of files is such a failure too: SQLite does not tell them apart.
            // A reader, too, wants to write: SQLite keeps a file beside the index that tells readers of each other.
            Some(SystemIoFailure | DatabaseBusy | DatabaseLocked | CannotOpen | ReadOnly) => {
                ErrorKind::Unreachable(why)
            }
            _ => ErrorKind::Index(why),
        })
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
