//! How the shipped tables are written: tab-separated, `#` opens a comment line.

/// The rows of a table, cells trimmed; comment and blank lines are left out.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').map(str::trim).collect())
}
