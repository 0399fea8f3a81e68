//! Fits the weights of evidence: multinomial logistic regression by AdaGrad over the evidence that the reader gathers, on
//! annotated text whose licence lets a model be learnt from it.

use crate::gold::{Gold, Kinds, only};
use crate::maths::exp;
use dateline_lexicon::Lexicon;
use dateline_reading::names::learning;
use dateline_reading::{Doc, NameKind};
use dateline_text::Span;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Person, organisation, place, no name.
const CLASSES: usize = 4;
/// Rows seen less often than this say too little.
const LEAST_SEEN: u32 = 4;
const ROUNDS: usize = 12;
const RATE: f64 = 0.1;
/// Pulls weights to what was believed before; chosen on text left out.
const RIDGE: f64 = 3e-3;

/// From this weight on a belief set by hand is kept.
const PINNED: f64 = 1.8;

/// A row of the table: what was seen, and the word seen there.
type Row = (&'static str, String);

/// The evidence of one candidate, and its class.
pub type Example = (Vec<Row>, usize);

fn class(kinds: Kinds) -> usize {
    let classes = [NameKind::Person, NameKind::Org, NameKind::Place];
    classes.iter().position(|k| kinds & only(*k) != 0).unwrap_or(CLASSES - 1)
}

/// Candidates of one text with their class.
pub fn examples(gold: &Gold, lexicon: &Lexicon) -> Vec<Example> {
    let spans: Vec<(Span, usize)> = gold.names.iter().map(|(s, kinds)| (*s, class(*kinds))).collect();
    learning::candidates(&Doc::new(&gold.article), lexicon)
        .into_iter()
        .filter_map(|c| {
            let overlap = |s: &Span| s.end.min(c.span.end).saturating_sub(s.start.max(c.span.start));
            let best = spans.iter().filter(|(s, _)| overlap(s) > 0).max_by_key(|(s, _)| (overlap(s), s.start));
            // Some guidelines leave a name after an office unmarked, as part of a phrase: it shows nothing.
            let office =
                c.evidence.iter().any(|(what, _)| matches!(*what, "before: office" | "before: form of address"));
            // Titles of works and the like are far rarer in news than in an encyclopedia: one in three is kept.
            let other = best.is_some_and(|b| b.1 == CLASSES - 1) && c.span.start % 3 != 0;
            (!other && (best.is_some() || !office)).then(|| (c.evidence, best.map_or(CLASSES - 1, |b| b.1)))
        })
        .collect()
}

/// The table fitted on examples, as `data/names/weights.tsv` holds it.
pub fn table(all: &[&Example]) -> String {
    let mut seen: BTreeMap<&Row, u32> = BTreeMap::new();
    for row in all.iter().flat_map(|(rows, _)| rows) {
        *seen.entry(row).or_insert(0) += 1;
    }
    let kept: BTreeMap<&Row, usize> =
        seen.iter().filter(|(_, n)| **n >= LEAST_SEEN).enumerate().map(|(i, (row, _))| (*row, i)).collect();
    let coded: Vec<(Vec<usize>, usize)> =
        all.iter().map(|(rows, class)| (rows.iter().filter_map(|r| kept.get(r).copied()).collect(), *class)).collect();
    let weights = fit(&coded, prior(&kept));
    let mut out = String::from("# evidence\tword\tperson\torganisation\tplace\tno name\n");
    for ((what, word), i) in &kept {
        let cells: Vec<i64> = weights[*i].iter().map(|w| (w * 1000.0).round() as i64).collect();
        if cells.iter().any(|c| c.abs() >= 40) {
            let _ = writeln!(out, "{what}\t{word}\t{}\t{}\t{}\t{}", cells[0], cells[1], cells[2], cells[3]);
        }
    }
    out
}

/// The evidence of all texts.
pub fn all(gold: &[Gold], lexicon: &Lexicon) -> Vec<Vec<Example>> {
    gold.par_iter().map(|g| examples(g, lexicon)).collect()
}

fn sums(weights: &[[f64; CLASSES]], rows: &[usize]) -> [f64; CLASSES] {
    let mut out = [0.0; CLASSES];
    for row in rows {
        for (s, w) in out.iter_mut().zip(weights[*row]) {
            *s += w;
        }
    }
    out
}

/// What was believed before any text was seen: weights set by hand, zero where none was.
fn prior(kept: &BTreeMap<&Row, usize>) -> Vec<[f64; CLASSES]> {
    let mut out = vec![[0.0; CLASSES]; kept.len()];
    for line in include_str!("../data/evidence_prior.tsv").lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        for ((what, word), i) in kept {
            if cells.first() == Some(what) && cells.get(1) == Some(&word.as_str()) {
                for (w, c) in out[*i].iter_mut().zip(&cells[2..]) {
                    *w = c.parse::<f64>().unwrap_or(0.0) / 1000.0;
                }
            }
        }
    }
    out
}

/// Beliefs of great weight stay as they are: annotated text is too little, and too unlike news, to change them.
fn pinned(prior: &[f64; CLASSES]) -> bool {
    prior.iter().any(|w| w.abs() >= PINNED)
}

fn fit(coded: &[(Vec<usize>, usize)], prior: Vec<[f64; CLASSES]>) -> Vec<[f64; CLASSES]> {
    let mut weights = prior.clone();
    let mut squares = vec![[1.0; CLASSES]; prior.len()];
    // Every seventh example in turn, so that one source does not speak last.
    let order: Vec<usize> = (0..7).flat_map(|k| (k..coded.len()).step_by(7)).collect();
    for _ in 0..ROUNDS {
        for i in &order {
            let (present, class) = &coded[*i];
            let scores = sums(&weights, present);
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let powers = scores.map(|s| exp(s - top));
            let total: f64 = powers.iter().sum();
            for c in 0..CLASSES {
                let error = powers[c] / total - f64::from(u8::from(c == *class));
                for row in present.iter().filter(|r| !pinned(&prior[**r])) {
                    let step = error + RIDGE * (weights[*row][c] - prior[*row][c]);
                    squares[*row][c] += step * step;
                    weights[*row][c] -= RATE * step / f64::sqrt(squares[*row][c]);
                }
            }
        }
    }
    weights
}
