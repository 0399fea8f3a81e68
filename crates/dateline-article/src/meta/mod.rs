//! What a page says about itself: dates, who wrote it, which outlet, which language.

pub(crate) mod dates;
