//! How much of a main text was found: shares of 4-word shingles, as the benchmark of Zyte (formerly Scrapinghub)
//! publishes them.

use regex::Regex;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

const SHINGLE: usize = 4;

/// Precision and recall over pages.
#[derive(Default)]
pub struct Measure {
    precision: (f64, u32),
    recall: (f64, u32),
}

impl Measure {
    /// Counts one page in: precision where something was given, recall where the gold has something.
    pub fn add(&mut self, gold: &str, given: &str) {
        let (gold, given) = (shingles(gold), shingles(given));
        let sum = |s: &FxHashMap<Vec<&str>, u32>| f64::from(s.values().sum::<u32>());
        let shared: u32 = gold.iter().map(|(g, n)| given.get(g).map_or(0, |m| *n.min(m))).sum();
        if !given.is_empty() {
            self.precision = (self.precision.0 + f64::from(shared) / sum(&given), self.precision.1 + 1);
        }
        if !gold.is_empty() {
            self.recall = (self.recall.0 + f64::from(shared) / sum(&gold), self.recall.1 + 1);
        }
    }

    /// Harmonic mean of the means of precision and of recall.
    pub fn f1(&self) -> f64 {
        let mean = |(sum, n): (f64, u32)| if n == 0 { 0.0 } else { sum / f64::from(n) };
        let (p, r) = (mean(self.precision), mean(self.recall));
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

fn shingles(text: &str) -> FxHashMap<Vec<&str>, u32> {
    static WORD: OnceLock<Regex> = OnceLock::new();
    let word = WORD.get_or_init(|| Regex::new(r"\w+").expect("a fixed pattern"));
    let words: Vec<&str> = word.find_iter(text).map(|m| m.as_str()).collect();
    let mut out: FxHashMap<Vec<&str>, u32> = FxHashMap::default();
    if (1..SHINGLE).contains(&words.len()) {
        out.insert(words, 1);
        return out;
    }
    for w in words.windows(SHINGLE) {
        *out.entry(w.to_vec()).or_default() += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_found_is_half_recalled() {
        let mut m = Measure::default();
        m.add("one two three four five", "one two three four");
        assert!((m.f1() - 2.0 / 3.0).abs() < 1e-9);
    }
}
