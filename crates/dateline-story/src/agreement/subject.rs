//! What a figure is about: the thing counted, what befell it, and the sentence it stands in.

use super::bag::Bag;
use super::interval::Interval;
use super::tables::{Class, look};
use super::units::dimension;
use crate::Report;
use crate::link::normalise::stem;
use dateline_lexicon::{FigureClass, FigureWords};
use dateline_reading::{Figure, NameKind, TimeKind};
use dateline_text::{Span, fold, words};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// How many words away a role may stand from its number.
const ROLE_REACH: usize = 9;

/// Blocks of an article that open it, the headline among them.
const LEADING_BLOCKS: usize = 3;

/// One figure of one article, with what is needed to hold it against others.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub report: usize,
    pub figure: usize,
    /// Dimension of its unit; empty for things counted.
    pub dimension: String,
    pub interval: Interval,
    /// Value in the base unit.
    pub value: Option<f64>,
    /// Last word of what is counted, as a stem that stands for its synonyms.
    pub head: Option<String>,
    /// The words before it.
    pub qualifiers: BTreeSet<String>,
    /// What befell those counted.
    pub role: Option<&'static str>,
    /// Part of another number, on top of another, or so many each time.
    pub scope: (bool, bool, bool),
    /// Matter of the sentence beside number and thing counted.
    pub context: Bag,
    pub places: BTreeSet<String>,
    pub days: BTreeSet<String>,
    /// Whether it stands in headline or opening lines.
    pub leads: bool,
    /// First ten characters of the day it holds for.
    pub as_of: Option<String>,
}

fn figure_words() -> &'static FigureWords {
    static WORDS: OnceLock<FigureWords> = OnceLock::new();
    WORDS.get_or_init(FigureWords::english)
}

fn canonical(word: &str) -> String {
    let stem = stem(&fold(word));
    look(Class::Same, &stem).map_or(stem, str::to_owned)
}

impl Subject {
    /// Nothing for a figure without number.
    pub(crate) fn of(reports: &[&Report], report: usize, figure: usize) -> Option<Subject> {
        let page = reports.get(report)?;
        let f = page.reading.figures.get(figure)?;
        let text = page.article.text.as_str();
        let (dim, size) = f.unit.as_deref().map_or(("", 1.0), dimension);
        let interval = Interval::of(f, size)?;
        let sentence = sentence_of(page, f.span);
        let (head, qualifiers) = counted(f, text);
        let near = Near::of(sentence, f, text);
        let people = head.as_deref().is_none_or(is_person);
        let role = if dim.is_empty() && people { near.role() } else { None };
        let language = page.article.language.as_deref().unwrap_or("en");
        let own = Bag::of(f.counted.unwrap_or(f.span).of(text), language, false);
        let day = |s: &String| s.get(..10).map_or_else(|| s.clone(), str::to_owned);
        let within = |span: Span| sentence.contains(span);
        Some(Subject {
            report,
            figure,
            dimension: dim.to_owned(),
            interval,
            value: f.value.map(|v| v * size),
            head: if role.is_some() && head.is_none() { Some("people".to_owned()) } else { head },
            qualifiers,
            role,
            scope: near.scope(),
            context: Bag::of(sentence.of(text), language, false).without(&own),
            places: page
                .reading
                .mentions
                .iter()
                .filter(|m| m.kind == NameKind::Place && within(m.span))
                .map(|m| {
                    m.entity
                        .and_then(|e| page.reading.entities.get(e))
                        .map_or_else(|| fold(m.span.of(text)), |e| e.key.clone())
                })
                .collect(),
            days: page
                .reading
                .times
                .iter()
                .filter(|t| t.kind == TimeKind::Date && within(t.span) && t.value.len() == 10 && !t.value.contains('X'))
                .map(|t| t.value.clone())
                .collect(),
            leads: page.article.blocks.iter().take(LEADING_BLOCKS).any(|b| b.span.contains(f.span)),
            as_of: f.as_of.as_ref().or(page.article.published.as_ref().map(|p| &p.value)).map(day),
        })
    }
}

fn is_person(head: &str) -> bool {
    figure_words().is(head, FigureClass::Person)
        || look(Class::Same, head) == Some("people")
        || look(Class::Role, head).is_some()
}

/// The sentence that holds the span; the span itself where none does.
fn sentence_of(page: &Report, span: Span) -> Span {
    let at = page.reading.sentences.partition_point(|s| s.end <= span.start);
    page.reading.sentences.get(at).copied().filter(|s| s.contains(span)).unwrap_or(span)
}

/// Head and qualifiers of what is counted.
fn counted(f: &Figure, text: &str) -> (Option<String>, BTreeSet<String>) {
    let Some(span) = f.counted else { return (None, BTreeSet::new()) };
    let phrase = span.of(text);
    let mut stems: Vec<String> = words(phrase)
        .iter()
        .filter(|w| w.of(phrase).chars().any(char::is_alphanumeric))
        .map(|w| canonical(w.of(phrase)))
        .collect();
    let head = stems.pop();
    let qualifiers = stems.into_iter().filter(|s| look(Class::Empty, s).is_none()).collect();
    (head, qualifiers)
}

/// The folded words of the sentence before and after the number, nearest first.
struct Near {
    before: Vec<String>,
    after: Vec<String>,
}

impl Near {
    fn of(sentence: Span, f: &Figure, text: &str) -> Near {
        let side = |a: usize, b: usize| -> Vec<String> {
            let part = Span::new(a, b).of(text);
            words(part).iter().map(|w| fold(w.of(part))).collect()
        };
        let mut before = side(sentence.start, f.span.start);
        before.reverse();
        Near { before, after: side(f.span.end, sentence.end) }
    }

    /// What befell those counted: the nearest word that says so; at one distance the one behind the number.
    fn role(&self) -> Option<&'static str> {
        let find = |side: &[String]| {
            side.iter()
                .take(ROLE_REACH)
                .take_while(|w| !matches!(w.as_str(), ";" | ":" | "."))
                .enumerate()
                .find_map(|(n, w)| look(Class::Role, w).map(|r| (n, r)))
        };
        match (find(&self.before), find(&self.after)) {
            (Some((b, role)), Some((a, other))) => Some(if b < a { role } else { other }),
            (found, other) => found.or(other).map(|(_, r)| r),
        }
    }

    fn scope(&self) -> (bool, bool, bool) {
        let has =
            |side: &[String], class: Class, reach: usize| side.iter().take(reach).any(|w| look(class, w).is_some());
        // "16 people, including 2 children": part of the number before it; "equipment including 400 vehicles" is not
        let parted = self.before.iter().take(3).position(|w| look(Class::Subset, w).is_some());
        let whole = |n: usize| self.before.iter().skip(n).take(8).any(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        // "nine of the 14 stations", "nine stations of 14"
        let number = |w: &String| w.starts_with(|c: char| c.is_ascii_digit());
        let of = self.after.iter().take(4).position(|w| w == "of");
        let out_of = of.is_some_and(|n| n == 0 || self.after.iter().skip(n + 1).take(2).any(number));
        let subset = parted.is_some_and(whole) || out_of;
        let increment = has(&self.before, Class::Increment, 2)
            || self.after.first().is_some_and(|w| w == "more" || w == "additional");
        let each = self.after.windows(2).take(4).any(|w| {
            matches!(w[0].as_str(), "a" | "an" | "each" | "every")
                && matches!(w[1].as_str(), "day" | "week" | "month" | "year" | "hour")
        });
        (subset, increment, each || has(&self.after, Class::Rate, 4))
    }
}
