//! The frozen table of how telling a term is, and stop words. Shipped, not learned from what is being linked, so that
//! an edge depends on its two articles alone.

use crate::link::normalise::stem;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../data/idf.tsv");
const COMMON: &str = include_str!("../../data/common_now.tsv");
const STOPWORDS: &str = include_str!("../../data/stopwords.tsv");

/// Weight of a term that the table does not know: as if no text of the table's had it.
pub const UNKNOWN: u32 = 780;

fn lines(data: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    data.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}

fn table() -> &'static FxHashMap<String, u32> {
    static MAP: OnceLock<FxHashMap<String, u32>> = OnceLock::new();
    MAP.get_or_init(|| {
        let mut map: FxHashMap<String, u32> = FxHashMap::default();
        for (weight, terms) in lines(TABLE) {
            let weight = weight.parse().unwrap_or(UNKNOWN);
            map.extend(terms.split(' ').map(|t| (t.to_owned(), weight)));
        }
        for (weight, words) in lines(COMMON) {
            let cap = weight.parse().unwrap_or(UNKNOWN);
            for word in words.split(' ') {
                let known = map.entry(stem(word)).or_insert(cap);
                *known = cap.min(*known);
            }
        }
        map
    })
}

/// Inverse document frequency of a term in hundredths of a nat.
pub fn weight(term: &str) -> u32 {
    table().get(term).copied().unwrap_or(UNKNOWN)
}

/// Folded stop words of a language other than English; English has the table instead.
pub fn stopwords(language: &str) -> &'static FxHashSet<String> {
    static ALL: OnceLock<FxHashMap<&'static str, FxHashSet<String>>> = OnceLock::new();
    static NONE: OnceLock<FxHashSet<String>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        lines(STOPWORDS).map(|(tag, words)| (tag, words.split(' ').map(dateline_text::fold).collect())).collect()
    });
    let primary = language.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    all.get(primary.as_str()).unwrap_or_else(|| NONE.get_or_init(FxHashSet::default))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_weigh_little_and_unknown_words_most() {
        assert!(weight("the") < 20);
        assert!(weight("government") < weight("ferry"));
        assert_eq!(weight("zzyzx"), UNKNOWN);
    }

    #[test]
    fn no_weight_exceeds_that_of_the_unknown() {
        assert!(table().values().all(|w| *w <= UNKNOWN));
    }
}
