use rustc_hash::FxBuildHasher;
use std::cmp::Ordering;
use std::hash::BuildHasher;

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
            let start = memchr::memrchr(b'\n', &bytes[low..middle]).map_or(low, |i| low + i + 1);
            let end = memchr::memchr(b'\n', &bytes[middle..]).map_or(bytes.len(), |i| middle + i);
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

/// A [`Table`] that is asked several times for every word of a text: places of its lines by hash, made at the start.
#[derive(Debug, Clone)]
pub struct Indexed {
    text: &'static str,
    /// Where lines begin, plus one; 0 is an empty slot. A power of two, at most half full.
    slots: Box<[u32]>,
}

impl Indexed {
    /// An index over text whose lines end in line breaks; of two lines with one key the first is found.
    pub fn new(text: &'static str) -> Indexed {
        let count = memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1;
        let mut out = Indexed { text, slots: vec![0; (2 * count).next_power_of_two()].into() };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let key = line.trim_end_matches('\n').split('\t').next().unwrap_or_default();
            if let Err(slot) = out.find(key) {
                out.slots[slot] = start as u32 + 1;
            }
            start += line.len();
        }
        out
    }

    /// What stands after the key on its line, or `None`.
    pub fn get(&self, key: &str) -> Option<&'static str> {
        self.find(key).ok()
    }

    /// The keys of all lines, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        rows(self.text).map(|l| l.split('\t').next().unwrap_or_default())
    }

    /// What stands after the key, or the empty slot where its line would be entered.
    fn find(&self, key: &str) -> Result<&'static str, usize> {
        let mask = self.slots.len() - 1;
        let mut at = FxBuildHasher.hash_one(key) as usize & mask;
        loop {
            let Some(start) = (self.slots[at] as usize).checked_sub(1) else { return Err(at) };
            let rest = self.text.get(start..).and_then(|l| l.strip_prefix(key));
            if let Some(rest) = rest.filter(|r| r.is_empty() || r.starts_with(['\t', '\n'])) {
                let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
                return Ok(rest[..end].strip_prefix('\t').unwrap_or_default());
            }
            at = (at + 1) & mask;
        }
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
        let indexed = Indexed::new("a\t1\nab\t2\nb\t3\nä\t4\n");
        for (key, value) in table.lines() {
            assert_eq!(indexed.get(key), Some(value));
        }
        for key in ["", "aa", "c", "zz", "\t"] {
            assert_eq!(table.get(key), None);
            assert_eq!(indexed.get(key), None);
        }
        assert_eq!(Indexed::new("").get("a"), None);
        assert_eq!(Table::new("").get("a"), None);
    }
}
