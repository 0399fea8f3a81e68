//! What is likely to have been forgotten in an article of the corpus, for a person to look at.

use super::{Fault, Marked, Paragraph};
use dateline_text::{Span, WordKind, words};
use std::collections::BTreeMap;
use std::fmt;

/// How much an article or the corpus holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Words between white space.
    pub words: usize,
    /// Names by kind.
    pub names: BTreeMap<String, usize>,
    /// Attributions, times, figures.
    pub layers: [usize; 3],
}

impl Counts {
    /// Counts in one more article.
    pub fn add(&mut self, marked: &Marked) {
        self.articles += 1;
        for p in &marked.paragraphs {
            self.words += p.text.split_whitespace().count();
            for n in &p.names {
                *self.names.entry(format!("{:?}", n.kind).to_uppercase()).or_insert(0) += 1;
            }
            for (sum, n) in self.layers.iter_mut().zip([p.said.len(), p.times.len(), p.figures.len()]) {
                *sum += n;
            }
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let names: Vec<String> = self.names.iter().map(|(k, n)| format!("{k} {n}")).collect();
        let [said, times, figures] = self.layers;
        write!(
            f,
            "{} articles, {} words; names: {}; {said} attributions, {times} times, {figures} figures",
            self.articles,
            self.words,
            names.join(", ")
        )
    }
}

/// Words with a capital inside a sentence that are no names.
const PLAIN: &str = "Mr Mrs Ms Miss Dr Prof Professor President Prime Minister Monday Tuesday Wednesday Thursday Friday Saturday \
    Sunday January February March April May June July August September October November December I Sir General Judge \
    Justice Mayor Governor Senator King Queen Captain Colonel Chancellor Chief Lord Lady";

/// Names left unmarked that are marked elsewhere, words with capitals in no name, numbers in no layer, overlaps.
pub fn doubts(marked: &Marked) -> Vec<Fault> {
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    for p in &marked.paragraphs {
        for n in &p.names {
            names.entry(n.span.of(&p.text)).or_insert_with(|| format!("{:?}", n.kind).to_uppercase());
        }
    }
    let mut out = Vec::new();
    for p in &marked.paragraphs {
        let mut tell = |message: String| out.push(Fault { line: p.line, message });
        unmarked(p, &names, &mut tell);
        capitals(p, &mut tell);
        numbers(p, &mut tell);
        for pair in p.names.windows(2).filter(|n| n[0].span.end > n[1].span.start) {
            tell(format!("{:?} overlaps the name before it", pair[1].span.of(&p.text)));
        }
    }
    out
}

fn unmarked(p: &Paragraph, names: &BTreeMap<&str, String>, tell: &mut impl FnMut(String)) {
    for (name, kind) in names.iter().filter(|(n, _)| n.starts_with(char::is_uppercase)) {
        let mut at = 0;
        while let Some(span) = super::look::look(&p.text, name, at) {
            at = span.end;
            if !p.names.iter().any(|n| n.span.overlaps(span)) {
                tell(format!("{name:?} ({kind}) stands unmarked"));
            }
        }
    }
}

fn capitals(p: &Paragraph, tell: &mut impl FnMut(String)) {
    let all = words(&p.text);
    for pair in all.windows(2) {
        let (before, word) = (pair[0].of(&p.text), pair[1]);
        let inside = matches!(before, "," | ";") || before.starts_with(char::is_lowercase);
        let capital = word.is_capital(&p.text) && !PLAIN.split_whitespace().any(|w| w == word.of(&p.text));
        if inside && capital && !p.names.iter().any(|n| n.span.overlaps(word.span)) {
            tell(format!("capital without a name: {:?}", word.of(&p.text)));
        }
    }
}

fn numbers(p: &Paragraph, tell: &mut impl FnMut(String)) {
    let spans: Vec<Span> = p
        .names
        .iter()
        .map(|n| n.span)
        .chain(p.times.iter().map(|t| t.span))
        .chain(p.figures.iter().map(|f| f.span))
        .collect();
    for word in words(&p.text).iter().filter(|w| w.kind == WordKind::Number) {
        if !spans.iter().any(|s| s.overlaps(word.span)) {
            tell(format!("number in no layer: {:?} (fine for ages, scores, addresses)", word.of(&p.text)));
        }
    }
}
