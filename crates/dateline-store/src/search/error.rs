//! A query that cannot be understood, and where.

use std::fmt;

/// Where a query cannot be understood, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Code points before the place.
    pub position: usize,
    /// Why, and what to write instead, in words.
    pub reason: String,
}

impl QueryError {
    pub(crate) fn new(position: usize, reason: impl Into<String>) -> QueryError {
        QueryError { position, reason: reason.into() }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the query cannot be understood at character {}: {}", self.position + 1, self.reason)
    }
}

impl std::error::Error for QueryError {}
