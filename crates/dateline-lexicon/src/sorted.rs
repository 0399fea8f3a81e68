use std::cmp::Ordering;

/// A table of tab-separated lines, sorted by the bytes of their first column, that is looked into where it lies.
///
/// Nothing is decoded at the start: a look-up is a binary search over the text itself, so a table of megabytes costs
/// no memory of its own and no time before the first question.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    text: &'static str,
}

impl Table {
    /// A table over sorted text; each line ends in a line break.
    pub const fn new(text: &'static str) -> Table {
        Table { text }
    }

    /// What stands after the key on its line, or `None`.
    pub fn get(&self, key: &str) -> Option<&'static str> {
        self.entry(key).map(|(_, rest)| rest)
    }

    /// The key as it lies in the table, and what stands after it on its line, or `None`.
    pub fn entry(&self, key: &str) -> Option<(&'static str, &'static str)> {
        let bytes = self.text.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = bytes[low..middle].iter().rposition(|b| *b == b'\n').map_or(low, |i| low + i + 1);
            let end = bytes[middle..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |i| middle + i);
            let line = self.text.get(start..end)?;
            let (found, rest) = line.split_once('\t').unwrap_or((line, ""));
            match found.as_bytes().cmp(key.as_bytes()) {
                Ordering::Equal => return Some((found, rest)),
                Ordering::Less => low = end + 1,
                Ordering::Greater => high = start,
            }
        }
        None
    }

    /// All lines: key and the rest.
    pub fn lines(self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        rows(self.text).map(|l| l.split_once('\t').unwrap_or((l, "")))
    }
}

/// The lines of a small table, without empty ones and comments.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let table = Table::new("a\t1\nab\t2\nb\t3\nä\t4\n");
        for (key, value) in table.lines() {
            assert_eq!(table.get(key), Some(value));
        }
        for key in ["", "aa", "c", "zz", "\t"] {
            assert_eq!(table.get(key), None);
        }
        assert_eq!(Table::new("").get("a"), None);
    }
}
