//! F1 of times and figures against the corpus: found where the spans overlap, right where the values are the same.
//!
//! Measured as TempEval-3 measures times (UzZaman et al. 2013, relaxed match and value), and figures in the same way.

use crate::corpus::Marked;
use dateline_lexicon::Lexicon;
use dateline_reading::{Figure, Reading, TimeKind};
use dateline_text::Span;
use rayon::prelude::*;
use std::fmt;

/// Facts of one layer: found in both, of those with the right value, found by the reader, marked in the corpus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    both: u32,
    right: u32,
    found: u32,
    marked: u32,
}

impl Found {
    /// F1 of overlapping spans, in thousandths.
    pub fn relaxed(self) -> u32 {
        2000 * self.both / (self.found + self.marked).max(1)
    }

    /// F1 of overlapping spans with the right value, in thousandths.
    pub fn value(self) -> u32 {
        2000 * self.right / (self.found + self.marked).max(1)
    }

    fn plus(self, o: Found) -> Found {
        Found {
            both: self.both + o.both,
            right: self.right + o.right,
            found: self.found + o.found,
            marked: self.marked + o.marked,
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let share = |n: u32| f64::from(n) / 1000.0;
        write!(f, "relaxed F1 {:.3}, value F1 {:.3}", share(self.relaxed()), share(self.value()))?;
        write!(f, " ({} found, {} marked)", self.found, self.marked)
    }
}

/// Times and figures of articles, and what is wrong, a line each.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Times.
    pub times: Found,
    /// Figures, without lengths of time: the corpus has those among the times.
    pub figures: Found,
    /// `-` missed, `+` not marked, `~` another value.
    pub mistakes: Vec<String>,
}

/// Reads the articles and holds what is found against what is marked.
pub fn score(articles: &[Marked], lexicon: &Lexicon) -> Facts {
    let each: Vec<Facts> = articles.par_iter().map(|m| one(m, lexicon)).collect();
    each.into_iter().fold(Facts::default(), |mut all, f| {
        all.mistakes.extend(f.mistakes);
        Facts { times: all.times.plus(f.times), figures: all.figures.plus(f.figures), mistakes: all.mistakes }
    })
}

/// One fact: where it stands, and its value as shown.
type Fact<V> = (Span, V);

fn one(marked: &Marked, lexicon: &Lexicon) -> Facts {
    let (article, paragraphs) = marked.article();
    let reading = dateline_reading::of(&article, lexicon);
    let at = |p: usize, s: Span| Span::new(paragraphs[p].start + s.start, paragraphs[p].start + s.end);
    let all = || marked.paragraphs.iter().enumerate();
    let times: Vec<Fact<(String, String)>> = all()
        .flat_map(|(p, g)| g.times.iter().map(move |t| (at(p, t.span), (t.kind.clone(), t.value.clone()))))
        .collect();
    let figures: Vec<Fact<Value>> = all()
        .flat_map(|(p, g)| g.figures.iter().filter_map(move |f| Some((at(p, f.span), Value::marked(&f.value)?))))
        .collect();
    let mut out = Facts::default();
    let tell = |mistake: (char, Span, String)| {
        let (sign, span, what) = mistake;
        format!("{sign} {}\t{:?}\t{what}", marked.id, span.of(&article.text))
    };
    let (found, wrong) = held(&read_times(&reading), &times, |a, b| a.1 == b.1);
    out.times = found;
    out.mistakes.extend(wrong.into_iter().map(tell));
    let (found, wrong) = held(&read_figures(&reading), &figures, Value::same);
    out.figures = found;
    out.mistakes.extend(wrong.into_iter().map(tell));
    out
}

fn read_times(reading: &Reading) -> Vec<Fact<(String, String)>> {
    let kind = |k| match k {
        TimeKind::Date => "DATE",
        TimeKind::Time => "TIME",
        TimeKind::Duration => "DURATION",
        TimeKind::Set => "SET",
    };
    reading.times.iter().map(|t| (t.span, (kind(t.kind).to_owned(), t.value.clone()))).collect()
}

fn read_figures(reading: &Reading) -> Vec<Fact<Value>> {
    let time = ["seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades", "centuries"];
    let counts = |f: &&Figure| !f.unit.as_deref().is_some_and(|u| time.contains(&u));
    reading.figures.iter().filter(counts).filter_map(|f| Some((f.span, Value::read(f)?))).collect()
}

/// Pairs of overlapping facts, each taken once, in the order of the text; and what is wrong.
fn held<V: fmt::Debug>(
    found: &[Fact<V>],
    marked: &[Fact<V>],
    same: impl Fn(&V, &V) -> bool,
) -> (Found, Vec<(char, Span, String)>) {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut out = Found { found: count(found.len()), marked: count(marked.len()), ..Found::default() };
    let mut wrong = Vec::new();
    let mut free: Vec<bool> = vec![true; found.len()];
    for (span, value) in marked {
        let hit = (0..found.len()).find(|i| free[*i] && found[*i].0.start < span.end && span.start < found[*i].0.end);
        let Some(i) = hit else {
            wrong.push(('-', *span, format!("{value:?}")));
            continue;
        };
        free[i] = false;
        out.both += 1;
        if same(&found[i].1, value) {
            out.right += 1;
        } else {
            wrong.push(('~', *span, format!("{:?} for {value:?}", found[i].1)));
        }
    }
    let extra = free.iter().zip(found).filter(|(f, _)| **f).map(|(_, (s, v))| ('+', *s, format!("{v:?}")));
    wrong.extend(extra);
    (out, wrong)
}

/// A number or an interval with its unit.
#[derive(Debug, Clone, PartialEq)]
struct Value {
    low: f64,
    high: f64,
    unit: String,
}

impl Value {
    /// As the corpus writes it: "~300", ">=5 km", "2..3 percent".
    fn marked(written: &str) -> Option<Value> {
        let (number, unit) = written.split_once(' ').unwrap_or((written, ""));
        let number = number.trim_start_matches(['~', '<', '>', '=']);
        let (low, high) = number.split_once("..").unwrap_or((number, number));
        let unit = match unit {
            "kmh" => "km/h",
            "pp" => "percentage_points",
            other => other,
        };
        Some(Value { low: low.parse().ok()?, high: high.parse().ok()?, unit: unit.to_owned() })
    }

    fn read(f: &Figure) -> Option<Value> {
        let (low, high) = match (f.value, f.low, f.high) {
            (Some(v), ..) => (v, v),
            (None, Some(low), Some(high)) => (low, high),
            _ => return None,
        };
        // the corpus writes "a third" in percent
        let (factor, unit) = match f.unit.as_deref() {
            Some("ratio") => (100.0, "percent"),
            Some(unit) => (1.0, unit),
            None => (1.0, ""),
        };
        Some(Value { low: low * factor, high: high * factor, unit: unit.to_owned() })
    }

    /// The same to a hundredth ("a third" is 33.3 percent); "dozens" to a few hundredths.
    fn same(&self, other: &Value) -> bool {
        let near = |a: f64, b: f64, by: f64| (a - b).abs() <= by * a.abs().max(b.abs());
        let by = if self.low < self.high { 0.03 } else { 0.01 };
        self.unit == other.unit && near(self.low, other.low, by) && near(self.high, other.high, by)
    }
}
