//! What is new in a story, or a storyline, since a day: texts, figures, speakers, denials.
//!
//! A page counts by the day it was published, and where it says none, by the day it was captured; a page that has
//! neither counts as known before, and is named as undated.

mod denials;
mod figures;
mod speakers;

use crate::{Agreement, FigureGroup, FigureItem, Report, Verdict};
use dateline_text::Span;
use std::collections::BTreeMap;

/// A page whose text is new, and the new pages that repeat it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrigin {
    /// Index into the reports.
    pub report: usize,
    /// The new pages of the same text.
    pub copies: Vec<usize>,
}

/// A figure that new pages give otherwise than those before.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// What is counted.
    pub counted: String,
    /// Updated, or differ.
    pub verdict: Verdict,
    /// As it was known.
    pub before: Vec<FigureItem>,
    /// As new pages have it.
    pub after: Vec<FigureItem>,
}

/// Someone who was not heard before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSpeaker {
    /// Name, as that page has it.
    pub name: String,
    /// Office, as that page has it.
    pub role: Option<String>,
    /// The first page that has words of this speaker: index into the reports.
    pub report: usize,
    /// Index into its attributions.
    pub attribution: usize,
}

/// Something said, or a sentence with a figure, that a denial is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Index into the reports.
    pub report: usize,
    /// Where it stands.
    pub span: Span,
    /// Who said it; `None` where the page's own text does.
    pub speaker: Option<String>,
}

/// Someone denies something in a new page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// Index into the reports.
    pub report: usize,
    /// Index into its attributions.
    pub attribution: usize,
    /// The whole of it: source, cue and content.
    pub span: Span,
    /// Who denies; `None` where the page does not name the speaker.
    pub speaker: Option<String>,
    /// What is denied, as an earlier page, or the same one before it, has it; `None` where no such words were found.
    pub of: Option<Claim>,
}

/// What is new. Indices are into the reports handed in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct News {
    /// New pages.
    pub pages: Vec<usize>,
    /// Pages with neither day; counted as known before.
    pub undated: Vec<usize>,
    /// New independent texts.
    pub origins: Vec<NewOrigin>,
    /// New pages that repeat a text known before, and that text's page.
    pub copies: Vec<(usize, usize)>,
    /// Figures of things that no page counted before.
    pub figures: Vec<FigureGroup>,
    /// Figures that new pages give otherwise.
    pub changed: Vec<Changed>,
    /// Speakers not heard before.
    pub speakers: Vec<NewSpeaker>,
    /// Denials.
    pub denials: Vec<Denial>,
}

/// The day a page counts by, `YYYY-MM-DD`: published, else captured. Of a month or a year, its first.
pub fn day(report: &Report) -> Option<String> {
    let published = report.article.published.as_ref().and_then(|p| first_day(&p.value));
    published.or_else(|| first_day(report.source.captured.as_deref()?))
}

/// The first day of an ISO 8601 date of any precision.
fn first_day(date: &str) -> Option<String> {
    let date = date.get(..10).unwrap_or(date);
    let whole = format!("{date}{}", "0000-01-01".get(date.len()..)?);
    let right = |(i, b): (usize, u8)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() };
    (date.len() >= 4 && whole.bytes().enumerate().all(right)).then_some(whole)
}

/// What pages of this day (ISO 8601, any precision) or later add to those before.
///
/// `origins` names the origin of each report; `agreement` is that of the same reports in the same order.
pub fn news(reports: &[&Report], origins: &[&str], agreement: &Agreement, since: &str) -> News {
    let since = first_day(since).unwrap_or_else(|| since.to_owned());
    let days: Vec<Option<String>> = reports.iter().map(|r| day(r)).collect();
    let new: Vec<bool> = days.iter().map(|d| d.as_ref().is_some_and(|d| *d >= since)).collect();
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|i| (&days[*i], published(reports[*i]), reports[*i].id.as_str()));
    let view = View { reports, new: &new, order: &order };
    let (origins, copies) = texts(&view, origins);
    News {
        pages: order.iter().copied().filter(|i| new[*i]).collect(),
        undated: order.iter().copied().filter(|i| days[*i].is_none()).collect(),
        origins,
        copies,
        figures: figures::fresh(&view, agreement),
        changed: figures::changed(&view, agreement),
        speakers: speakers::fresh(&view),
        denials: denials::denials(&view),
    }
}

fn published(report: &Report) -> Option<&str> {
    report.article.published.as_ref().map(|p| p.value.as_str())
}

/// The pages, which of them are new, and their order in time.
struct View<'v> {
    reports: &'v [&'v Report],
    new: &'v [bool],
    order: &'v [usize],
}

impl View<'_> {
    fn is_new(&self, report: usize) -> bool {
        self.new.get(report).copied().unwrap_or(false)
    }
}

/// New texts with their copies, and new copies of known texts.
fn texts(view: &View, origins: &[&str]) -> (Vec<NewOrigin>, Vec<(usize, usize)>) {
    let mut by_origin: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for i in view.order {
        by_origin.entry(origins.get(*i).copied().unwrap_or_default()).or_default().push(*i);
    }
    let (mut fresh, mut copies) = (Vec::new(), Vec::new());
    for pages in by_origin.into_values() {
        let (new, known): (Vec<usize>, Vec<usize>) = pages.into_iter().partition(|i| view.is_new(*i));
        match (known.first(), new.split_first()) {
            (Some(of), _) => copies.extend(new.into_iter().map(|i| (i, *of))),
            (None, Some((first, rest))) => fresh.push(NewOrigin { report: *first, copies: rest.to_vec() }),
            (None, None) => {}
        }
    }
    let place = |i: &usize| view.order.iter().position(|o| o == i);
    fresh.sort_by_key(|o| place(&o.report));
    copies.sort_by_key(|(i, _)| place(i));
    (fresh, copies)
}

#[cfg(test)]
mod tests;
