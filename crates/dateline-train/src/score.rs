//! Exact F1 of names: same words, same kind, without articles and possessives at the ends.

use crate::gold::{Gold, Kinds, bare};
use dateline_lexicon::Lexicon;
use dateline_reading::Doc;
use dateline_reading::names::learning::{self, KINDS, Model};
use dateline_text::Span;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt;

/// Names right, found, and in gold, by kind in the order of [`KINDS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// By kind: right, found, gold.
    pub kinds: [[u32; 3]; KINDS.len()],
}

impl Score {
    /// F1 over some kinds together, in thousandths.
    pub fn f1(&self, kinds: &[usize]) -> u32 {
        let sum = |cell: usize| kinds.iter().map(|k| self.kinds[*k][cell]).sum::<u32>();
        2000 * sum(0) / (sum(1) + sum(2)).max(1)
    }

    /// Both together.
    pub fn plus(mut self, other: Score) -> Score {
        for (a, b) in self.kinds.iter_mut().flatten().zip(other.kinds.iter().flatten()) {
            *a += b;
        }
        self
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "PER/ORG/PLACE {:.3}", f64::from(self.f1(&[0, 1, 2])) / 1000.0)?;
        for (k, kind) in KINDS.iter().enumerate() {
            let [right, found, gold] = self.kinds[k].map(f64::from);
            let (p, r) = (right / found.max(1.0), right / gold.max(1.0));
            write!(f, "  {kind:?} {:.3} (P {p:.2} R {r:.2})", f64::from(self.f1(&[k])) / 1000.0)?;
        }
        Ok(())
    }
}

/// Scores what a model finds; without one, what the rules find. Where gold leaves kinds open, the first is meant.
pub fn score(gold: &[Gold], lexicon: &Lexicon, model: Option<&Model>) -> Score {
    gold.par_iter().map(|g| one(g, lexicon, model)).collect::<Vec<_>>().into_iter().fold(Score::default(), Score::plus)
}

/// What is wrong in each text: `-` what was missed, `+` what was found and is not in gold, with the words around.
pub fn mistakes(gold: &[Gold], lexicon: &Lexicon, model: Option<&Model>) -> Vec<String> {
    let each = gold.par_iter().map(|g| {
        let text = g.article.text.as_str();
        let (found, wanted) = both(g, lexicon, model);
        let mut all: Vec<_> = found.difference(&wanted).map(|x| (x, '+')).collect();
        all.extend(wanted.difference(&found).map(|x| (x, '-')));
        all.sort_unstable();
        let tell = |((start, end, kind), sign): (&(usize, usize, usize), char)| {
            let before = text.get(..*start).unwrap_or("").chars().rev().take(30).collect::<Vec<_>>();
            let before: String = before.into_iter().rev().collect();
            let after: String = text.get(*end..).unwrap_or("").chars().take(30).collect();
            let line = format!("{sign} {:?}\t{before}[{}]{after}", KINDS[*kind], text.get(*start..*end).unwrap_or(""));
            format!("{}@{start}\t{}", g.id, line.replace('\n', "/"))
        };
        all.into_iter().map(tell).collect::<Vec<_>>()
    });
    each.collect::<Vec<_>>().into_iter().flatten().collect()
}

fn one(gold: &Gold, lexicon: &Lexicon, model: Option<&Model>) -> Score {
    let (found, wanted) = both(gold, lexicon, model);
    let mut out = Score::default();
    found.iter().for_each(|x| out.kinds[x.2][1] += 1);
    wanted.iter().for_each(|x| out.kinds[x.2][2] += 1);
    found.intersection(&wanted).for_each(|x| out.kinds[x.2][0] += 1);
    out
}

/// Begin, end and kind of a name.
type Entry = (usize, usize, usize);

/// What is found, and what gold wants.
fn both(gold: &Gold, lexicon: &Lexicon, model: Option<&Model>) -> (BTreeSet<Entry>, BTreeSet<Entry>) {
    let text = gold.article.text.as_str();
    let (mentions, _) = learning::find(&Doc::new(&gold.article), lexicon, model);
    let kind = |k| KINDS.iter().position(|x| *x == k);
    let found = mentions.iter().filter_map(|m| Some(entry(text, m.span, kind(m.kind)?))).collect();
    let meant = |kinds: Kinds| kinds.trailing_zeros() as usize;
    let wanted = gold.names.iter().filter(|(_, k)| meant(*k) < KINDS.len());
    (found, wanted.map(|(s, k)| entry(text, *s, meant(*k))).collect())
}

fn entry(text: &str, span: Span, kind: usize) -> Entry {
    let span = bare(text, span);
    (span.start, span.end, kind)
}
