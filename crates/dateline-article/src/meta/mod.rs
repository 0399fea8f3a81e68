//! What a page says about itself: dates, who wrote it, which outlet, which language.

pub(crate) mod access;
pub(crate) mod ballot;
pub(crate) mod bylines;
pub(crate) mod dates;
pub(crate) mod language;
pub(crate) mod outlet;
