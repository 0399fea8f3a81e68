//! Classes of words that stand in like places: the exchange algorithm (Martin, Liermann, Ney 1998), which moves each
//! word to the class where a bigram model of classes finds the text most likely, until little moves. Whole numbers
//! only, so that the table is the same everywhere.

use crate::maths::ln;
use dateline_text::{WordKind, fold, words};
use std::collections::BTreeMap;

/// Words seen less often have no class.
const LEAST_SEEN: u32 = 4;
const ROUNDS: usize = 12;
/// Whole steps in one nat.
const STEPS: f64 = 65_536.0;

/// The words of a text by their number, and each followed by which how often.
struct Text {
    words: Vec<String>,
    counts: Vec<u32>,
    after: Vec<Vec<(u32, u32)>>,
    before: Vec<Vec<(u32, u32)>>,
    size: usize,
}

/// The form of a word that has a class, as the tagger looks it up.
fn form(word: &str, kind: WordKind) -> String {
    match kind {
        WordKind::Letters => fold(word).replace('.', ""),
        WordKind::Number => "0".to_owned(),
        WordKind::Mark => word.to_owned(),
    }
}

impl Text {
    /// Number 0 is the end of a sentence, 1 all rare words.
    fn of(sentences: &[String]) -> Text {
        let split: Vec<Vec<String>> =
            sentences.iter().map(|s| words(s).iter().map(|w| form(w.of(s), w.kind)).collect()).collect();
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        split.iter().flatten().for_each(|w| *seen.entry(w).or_insert(0) += 1);
        let mut kept: Vec<(&str, u32)> = seen.into_iter().filter(|(_, n)| *n >= LEAST_SEEN).collect();
        kept.sort_by_key(|(w, n)| (std::cmp::Reverse(*n), *w));
        let number: BTreeMap<&str, u32> = kept.iter().zip(2..).map(|((w, _), i)| (*w, i)).collect();
        let mut words = vec![String::new(), String::new()];
        words.extend(kept.iter().map(|(w, _)| (*w).to_owned()));
        let mut counts = vec![0_u32; words.len()];
        let mut pairs: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let mut size = 0;
        for sentence in &split {
            let mut last = 0;
            for w in sentence.iter().map(|w| number.get(w.as_str()).copied().unwrap_or(1)).chain([0]) {
                *pairs.entry((last, w)).or_insert(0) += 1;
                counts[w as usize] += 1;
                size += 1;
                last = w;
            }
        }
        let (mut after, mut before) = (vec![Vec::new(); words.len()], vec![Vec::new(); words.len()]);
        for ((a, b), n) in pairs {
            after[a as usize].push((b, n));
            before[b as usize].push((a, n));
        }
        Text { words, counts, after, before, size }
    }
}

struct Exchange<'t> {
    text: &'t Text,
    classes: usize,
    class_of: Vec<usize>,
    pairs: Vec<i64>,
    sums: Vec<i64>,
    /// n ln n in whole steps.
    weight: &'t [i64],
}

/// How often a word stands before and after each class, itself left out.
struct Beside {
    after: Vec<(usize, i64)>,
    before: Vec<(usize, i64)>,
    itself: i64,
    count: i64,
}

impl<'t> Exchange<'t> {
    fn new(text: &'t Text, classes: usize, weight: &'t [i64]) -> Exchange<'t> {
        // The end of a sentence and the rare words keep classes of their own.
        let class_of = (0..text.words.len()).map(|w| if w < 2 { w } else { 2 + (w - 2) % classes }).collect();
        let all = classes + 2;
        let mut out = Exchange { text, classes: all, class_of, pairs: vec![0; all * all], sums: vec![0; all], weight };
        for (a, after) in text.after.iter().enumerate() {
            out.sums[out.class_of[a]] += i64::from(text.counts[a]);
            for (b, n) in after {
                out.pairs[out.class_of[a] * all + out.class_of[*b as usize]] += i64::from(*n);
            }
        }
        out
    }

    fn beside(&self, w: usize) -> Beside {
        let sum = |list: &[(u32, u32)]| {
            let mut by_class: BTreeMap<usize, i64> = BTreeMap::new();
            for (v, n) in list.iter().filter(|(v, _)| *v as usize != w) {
                *by_class.entry(self.class_of[*v as usize]).or_insert(0) += i64::from(*n);
            }
            by_class.into_iter().collect()
        };
        let itself = self.text.after[w].iter().find(|(v, _)| *v as usize == w).map_or(0, |(_, n)| i64::from(*n));
        let count = i64::from(self.text.counts[w]);
        Beside { after: sum(&self.text.after[w]), before: sum(&self.text.before[w]), itself, count }
    }

    fn shift(&mut self, b: &Beside, class: usize, sign: i64) {
        let all = self.classes;
        b.after.iter().for_each(|(c, n)| self.pairs[class * all + c] += sign * n);
        b.before.iter().for_each(|(c, n)| self.pairs[c * all + class] += sign * n);
        self.pairs[class * all + class] += sign * b.itself;
        self.sums[class] += sign * b.count;
    }

    /// What the word, taken out before, would add to the likelihood in this class.
    fn gain(&self, b: &Beside, class: usize) -> i64 {
        let all = self.classes;
        let more = |n: i64, by: i64| self.weight[(n + by) as usize] - self.weight[n as usize];
        let mut own = b.itself;
        let mut gain = -2 * more(self.sums[class], b.count);
        for (c, n) in &b.after {
            if *c == class {
                own += n;
            } else {
                gain += more(self.pairs[class * all + c], *n);
            }
        }
        for (c, n) in &b.before {
            if *c == class {
                own += n;
            } else {
                gain += more(self.pairs[c * all + class], *n);
            }
        }
        gain + more(self.pairs[class * all + class], own)
    }

    fn run(mut self) -> Vec<usize> {
        for _ in 0..ROUNDS {
            let mut moved = 0;
            for w in 2..self.text.words.len() {
                let b = self.beside(w);
                let from = self.class_of[w];
                self.shift(&b, from, -1);
                let mut best = (self.gain(&b, from), from);
                for class in 2..self.classes {
                    let gain = self.gain(&b, class);
                    if gain > best.0 {
                        best = (gain, class);
                    }
                }
                self.shift(&b, best.1, 1);
                moved += usize::from(best.1 != from);
                self.class_of[w] = best.1;
            }
            if moved * 200 < self.text.words.len() {
                break;
            }
        }
        self.class_of
    }
}

/// The table of classes, `coarse` and `fine` of them, learnt from sentences.
pub fn table(sentences: &[String], coarse: usize, fine: usize) -> String {
    let text = Text::of(sentences);
    let weight: Vec<i64> = (0..=2 * text.size + 2)
        .map(|n| if n == 0 { 0 } else { (n as f64 * ln(n as f64) * STEPS).round() as i64 })
        .collect();
    let (coarse, fine) =
        rayon::join(|| Exchange::new(&text, coarse, &weight).run(), || Exchange::new(&text, fine, &weight).run());
    let mut lines: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for (w, word) in text.words.iter().enumerate().skip(2) {
        if !word.contains(['\t', ' ', '\n']) {
            lines.entry((coarse[w] - 1, fine[w] - 1)).or_default().push(word);
        }
    }
    let mut out = String::from("# coarse\tfine\twords\n");
    for ((c, f), mut words) in lines {
        words.sort_unstable();
        out.push_str(&format!("{c}\t{f}\t{}\n", words.join(" ")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_like_places_share_a_class() {
        let mut sentences = Vec::new();
        for day in ["Monday", "Friday"] {
            for verb in ["came", "left"] {
                sentences.extend(vec![format!("They {verb} on {day}."); 4]);
            }
        }
        let made = table(&sentences, 2, 4);
        assert!(made.contains("friday monday"), "{made}");
        assert_eq!(made, table(&sentences, 2, 4));
    }
}
