//! The frozen tables of how telling a term is. Shipped, not learned from what is being linked, so that an edge depends
//! on its two articles alone.

use crate::link::normalise::stem;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

const ENGLISH: &str = include_str!("../../data/idf.tsv");
const COMMON: &str = include_str!("../../data/common_now.tsv");
const FREQUENCIES: &str = include_str!("../../data/frequencies.tsv");

/// Weight of a term that a table does not know: as if no text of the table's had it.
pub const UNKNOWN: u32 = 780;

/// Weights of one language's terms.
#[derive(Debug, Default)]
pub struct Table(FxHashMap<&'static str, u32>);

impl Table {
    /// Inverse document frequency of a term in hundredths of a nat.
    pub fn weight(&self, term: &str) -> u32 {
        self.0.get(term).copied().unwrap_or(UNKNOWN)
    }

    /// Takes the terms of a row; of two weights the lesser holds.
    fn add(&mut self, weight: &str, terms: impl Iterator<Item = &'static str>) {
        let weight = weight.parse().unwrap_or(UNKNOWN).min(UNKNOWN);
        for term in terms {
            let known = self.0.entry(term).or_insert(weight);
            *known = weight.min(*known);
        }
    }
}

fn rows(data: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    data.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}

fn tables() -> &'static FxHashMap<&'static str, Table> {
    static TABLES: OnceLock<FxHashMap<&'static str, Table>> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut all: FxHashMap<&str, Table> = FxHashMap::default();
        for (tag, row) in rows(FREQUENCIES) {
            if let Some((weight, terms)) = row.split_once('\t') {
                all.entry(tag).or_default().add(weight, terms.split(' '));
            }
        }
        let english = all.entry("en").or_default();
        for (weight, terms) in rows(ENGLISH) {
            english.add(weight, terms.split(' '));
        }
        for (weight, words) in rows(COMMON) {
            // a stem is the word without its last letters, so it need not be kept apart
            english
                .add(weight, words.split(' ').map(|w| if w.starts_with(&stem(w)) { &w[..stem(w).len()] } else { w }));
        }
        all
    })
}

/// The table of a language (BCP 47; only its first part is looked at); English where there is no tag, an empty table
/// where there is none for the language.
pub fn of(language: &str) -> &'static Table {
    static NONE: OnceLock<Table> = OnceLock::new();
    tables().get(tag(language).as_str()).unwrap_or_else(|| NONE.get_or_init(Table::default))
}

/// The tag under which a language's data lie.
pub fn tag(language: &str) -> String {
    let primary = language.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    match primary.as_str() {
        "" => "en".to_owned(),
        "no" | "nn" => "nb".to_owned(),
        "hr" | "sr" | "bs" => "sh".to_owned(),
        _ => primary,
    }
}

/// The weight of an English term.
pub fn weight(term: &str) -> u32 {
    of("en").weight(term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_weigh_little_and_unknown_words_most() {
        let en = of("en-GB");
        assert!(en.weight("the") < 20);
        assert!(en.weight("government") < en.weight("ferry"));
        assert_eq!(en.weight("zzyzx"), UNKNOWN);
        assert!(of("cs").weight("ktery") < 200);
        assert_eq!(of("tlh").weight("x"), UNKNOWN);
    }

    #[test]
    fn no_weight_exceeds_that_of_the_unknown() {
        assert!(tables().values().all(|t| t.0.values().all(|w| *w <= UNKNOWN)));
    }
}
