//! The tables: which columns, and what stands in them.

pub mod articles;
pub mod facts;
pub mod members;
pub mod stories;

use crate::cell::Column;

/// A table by name.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

/// All tables.
pub const TABLES: &[Table] = &[
    Table { name: "articles", about: "one row an article, by id", columns: articles::COLUMNS },
    Table {
        name: "facts",
        about: "one row a name, time, figure or attribution; by article, then in the order of `read --json`",
        columns: facts::COLUMNS,
    },
    Table { name: "stories", about: "one row a story, by name", columns: stories::COLUMNS },
    Table {
        name: "members",
        about: "one row an article of a story; by story, then by date",
        columns: members::COLUMNS,
    },
];

/// Several values in one cell.
pub(crate) fn joined<S: AsRef<str>>(values: &[S]) -> Option<String> {
    let all: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// A value's name in the JSON of `read`.
pub(crate) fn word<T: serde::Serialize>(value: &T) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
