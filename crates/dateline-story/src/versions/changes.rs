//! What changed between two captures of a page: headline, figures, quotations, corrections and other wording, each with
//! its place in both; apart from what changes with every touch (type, spaces, the time of the last update, what stands
//! beside the article).

use super::pairing::{Step, pair};
use super::words::{Note, note};
use crate::Report;
use crate::link::word_hash;
use dateline_article::BlockKind;
use dateline_reading::{Figure, QuoteKind};
use dateline_text::{Span, WordKind, words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a change is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The headline.
    Headline,
    /// A number with its unit.
    Figure,
    /// Words between quotation marks.
    Quotation,
    /// A note that says what was wrong.
    Correction,
    /// Any other wording.
    Text,
}

/// One change, with where it stands; a side is `None` where nothing stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What it is of.
    pub kind: ChangeKind,
    /// Where it stands in the older text.
    pub old: Option<Span>,
    /// Where it stands in the newer text.
    pub new: Option<Span>,
    /// The words of either side, for a headline that its text does not show.
    pub words: [Option<String>; 2],
}

/// Something that changed and says nothing new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trifle {
    /// Case, accents, marks, spaces.
    Type,
    /// When the page was last touched.
    Updated,
    /// The place of a sentence.
    Moved,
    /// What stands beside the article.
    Beside,
}

/// What changed between two captures of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Changes {
    /// What a reader must know, headline first, then in the order of the text.
    pub changes: Vec<Change>,
    /// What he need not, once each, with how often.
    pub trifles: Vec<(Trifle, usize)>,
}

impl Changes {
    /// Whether anything changed that a reader must know.
    pub fn is_substantive(&self) -> bool {
        !self.changes.is_empty()
    }
}

/// One side: its sentences and their words.
struct Side<'r> {
    report: &'r Report,
    sentences: Vec<Span>,
    words: Vec<Vec<u32>>,
}

/// Compares two captures of a page, the older first.
pub fn changes(old: &Report, new: &Report) -> Changes {
    let (a, b) = (Side::new(old), Side::new(new));
    let mut found = Found::default();
    found.headline(old, new);
    let steps = pair(&a.words, &b.words);
    let gone: BTreeSet<&[u32]> =
        steps.iter().filter_map(|s| if let Step::Gone(i) = s { Some(&*a.words[*i]) } else { None }).collect();
    let come: BTreeSet<&[u32]> =
        steps.iter().filter_map(|s| if let Step::New(j) = s { Some(&*b.words[*j]) } else { None }).collect();
    for step in &steps {
        match *step {
            Step::Same(i, j) if a.raw(i) != b.raw(j) => found.trifle(Trifle::Type),
            Step::Same(..) => {}
            Step::Gone(i) if come.contains(&*a.words[i]) => found.trifle(Trifle::Moved),
            Step::New(j) if gone.contains(&*b.words[j]) => {}
            Step::Gone(i) => found.one_sided(&a, i, |span| (Some(span), None)),
            Step::New(j) => found.one_sided(&b, j, |span| (None, Some(span))),
            Step::Reworded(i, j) => found.reworded((&a, i), (&b, j)),
        }
    }
    let beside = |r: &Report| r.article.asides.iter().map(|x| x.text.clone()).collect::<BTreeSet<_>>();
    let differing = beside(old).symmetric_difference(&beside(new)).count();
    found.trifles.extend(std::iter::repeat_n(Trifle::Beside, differing));
    found.told()
}

impl<'r> Side<'r> {
    fn new(report: &'r Report) -> Side<'r> {
        let text = &report.article.text;
        let title = report.article.blocks.first().filter(|b| b.kind == BlockKind::Title).map(|b| b.span);
        let shown = |s: &Span| title.is_none_or(|t| !t.contains(*s));
        let mut sentences: Vec<Span> = report.reading.sentences.iter().copied().filter(shown).collect();
        if report.reading.sentences.is_empty() {
            sentences = report.article.blocks.iter().map(|b| b.span).filter(shown).collect();
        }
        let words = sentences.iter().map(|s| hashes(s.of(text))).collect();
        Side { report, sentences, words }
    }

    /// The characters of a sentence.
    fn raw(&self, sentence: usize) -> &'r str {
        self.sentences[sentence].of(&self.report.article.text)
    }

    fn figures(&self, within: Span) -> Vec<&'r Figure> {
        self.report.reading.figures.iter().filter(|f| within.contains(f.span)).collect()
    }

    /// What stands between quotation marks in a sentence.
    fn quoted(&self, within: Span) -> Vec<Span> {
        let direct = |k: QuoteKind| matches!(k, QuoteKind::Direct | QuoteKind::Mixed);
        let said = self.report.reading.attributions.iter().filter(|a| direct(a.kind));
        said.flat_map(|a| a.content.iter().copied()).filter(|s| within.overlaps(*s)).collect()
    }

    fn says(&self, span: Span) -> Vec<u32> {
        hashes(span.of(&self.report.article.text))
    }
}

/// Hashes of the words, without case, accents and marks.
fn hashes(text: &str) -> Vec<u32> {
    words(text).iter().filter(|w| w.kind != WordKind::Mark).map(|w| word_hash(w.of(text))).collect()
}

/// A figure with what is counted.
fn whole(f: &Figure) -> Span {
    f.counted.map_or(f.span, |c| f.span.cover(c))
}

#[derive(Default)]
struct Found {
    changes: Vec<Change>,
    trifles: Vec<Trifle>,
}

impl Found {
    fn trifle(&mut self, what: Trifle) {
        self.trifles.push(what);
    }

    fn change(&mut self, kind: ChangeKind, old: Option<Span>, new: Option<Span>) {
        self.changes.push(Change { kind, old, new, words: [None, None] });
    }

    fn headline(&mut self, old: &Report, new: &Report) {
        let (a, b) = (&old.article.title, &new.article.title);
        let says = |t: &Option<String>| hashes(t.as_deref().unwrap_or_default());
        if says(a) == says(b) {
            if a != b {
                self.trifle(Trifle::Type);
            }
            return;
        }
        let shown = |r: &Report| {
            let first = r.article.blocks.first().filter(|b| b.kind == BlockKind::Title)?;
            Some(first.span).filter(|s| hashes(s.of(&r.article.text)) == says(&r.article.title))
        };
        let words = [a.clone(), b.clone()];
        self.changes.push(Change { kind: ChangeKind::Headline, old: shown(old), new: shown(new), words });
    }

    /// A sentence that only one version has.
    fn one_sided(&mut self, side: &Side, sentence: usize, place: impl Fn(Span) -> (Option<Span>, Option<Span>)) {
        let span = side.sentences[sentence];
        let kind = match note(side.raw(sentence)) {
            Some(Note::Updated) => return self.trifle(Trifle::Updated),
            Some(Note::Correction) => ChangeKind::Correction,
            None if side.words[sentence].is_empty() => return self.trifle(Trifle::Type),
            None if !side.quoted(span).is_empty() => ChangeKind::Quotation,
            None if !side.figures(span).is_empty() => ChangeKind::Figure,
            None => ChangeKind::Text,
        };
        let (old, new) = place(span);
        self.change(kind, old, new);
    }

    /// A sentence that both have in other words: each figure and quotation that changed in it; the whole where neither
    /// did.
    fn reworded(&mut self, (a, i): (&Side, usize), (b, j): (&Side, usize)) {
        let (old, new) = (a.sentences[i], b.sentences[j]);
        match note(b.raw(j)) {
            Some(Note::Updated) => return self.trifle(Trifle::Updated),
            Some(Note::Correction) => return self.change(ChangeKind::Correction, Some(old), Some(new)),
            None => {}
        }
        let before = self.changes.len();
        self.figures(a.figures(old), b.figures(new));
        let (said, says) = (a.quoted(old), b.quoted(new));
        let bag = |side: &Side, spans: &[Span]| spans.iter().flat_map(|s| side.says(*s)).collect::<Vec<_>>();
        if bag(a, &said) != bag(b, &says) {
            let cover = |spans: Vec<Span>| spans.into_iter().reduce(Span::cover);
            // a number that changed inside the marks is told as a figure
            if self.changes.len() == before {
                self.change(ChangeKind::Quotation, cover(said), cover(says));
            }
        }
        if self.changes.len() == before {
            self.change(ChangeKind::Text, Some(old), Some(new));
        }
    }

    /// Figures of two wordings of one sentence: those of equal value and unit go, the rest are paired by unit in order.
    fn figures(&mut self, mut old: Vec<&Figure>, mut new: Vec<&Figure>) {
        let says = |f: &Figure| (f.value.map(f64::to_bits), f.low.map(f64::to_bits), f.unit.clone(), f.modifier);
        old.retain(|f| match new.iter().position(|g| says(f) == says(g)) {
            Some(at) => {
                new.remove(at);
                false
            }
            None => true,
        });
        for f in old {
            let other = new.iter().position(|g| g.unit == f.unit).map(|at| new.remove(at));
            self.change(ChangeKind::Figure, Some(whole(f)), other.map(whole));
        }
        for g in new {
            self.change(ChangeKind::Figure, None, Some(whole(g)));
        }
    }

    fn told(mut self) -> Changes {
        self.trifles.sort_unstable();
        let count = |run: &[Trifle]| (run[0], run.len());
        Changes { changes: self.changes, trifles: self.trifles.chunk_by(|x, y| x == y).map(count).collect() }
    }
}
