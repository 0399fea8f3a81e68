//! Classes of words that stand in like places in news ("Monday" with "Friday", "Kabul" with "Baghdad").

use super::hash;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Coarse and fine class by the hash of a word.
#[derive(Debug, Default)]
pub struct Clusters(FxHashMap<u32, [u32; 2]>);

static SHIPPED: LazyLock<Clusters> =
    LazyLock::new(|| Clusters::parse(include_str!("../../../data/names/clusters.tsv")));

impl Clusters {
    /// The shipped table.
    pub fn shipped() -> &'static Clusters {
        &SHIPPED
    }

    /// Reads lines of coarse class, fine class and the words in it, with tabs between; other lines are passed over.
    pub fn parse(table: &str) -> Clusters {
        let mut out = FxHashMap::default();
        for row in table.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = row.split('\t');
            let (Some(coarse), Some(fine), Some(words)) =
                (cells.next().and_then(|c| c.parse().ok()), cells.next().and_then(|c| c.parse().ok()), cells.next())
            else {
                continue;
            };
            for word in words.split(' ') {
                out.insert(hash::word(word), [coarse, fine]);
            }
        }
        Clusters(out)
    }

    /// The classes of a word, zeros where it has none.
    pub(super) fn of(&self, word: u32) -> [u32; 2] {
        self.0.get(&word).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_line_have_one_class() {
        let clusters = Clusters::parse("# c\n3\t17\tmonday friday\nx\ty\tz\n");
        assert_eq!(clusters.of(hash::word("friday")), [3, 17]);
        assert_eq!(clusters.of(hash::word("z")), [0, 0]);
    }

    #[test]
    fn the_shipped_classes_hold_the_days_of_the_week_together() {
        let fine = |w: &str| Clusters::shipped().of(hash::word(w))[1];
        assert_ne!(fine("monday"), 0);
        assert_eq!(fine("monday"), fine("friday"));
    }
}
