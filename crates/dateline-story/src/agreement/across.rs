//! Figures of many stories, lined up by what they count: the course of a figure over time.

use super::subject::Subject;
use super::units::convert;
use super::{agreement, speaker_name};
use crate::{Report, Verdict};
use dateline_reading::Modifier;
use dateline_text::{Span, fold, words};
use std::collections::{BTreeMap, BTreeSet};

/// Figures of one kind of thing, from any stories.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// What is counted or measured, in the articles' most usual words; empty where they do not say.
    pub counted: String,
    /// Unit of all its values; `None` for things counted.
    pub unit: Option<String>,
    /// The figures, by day, undated ones last.
    pub items: Vec<CourseItem>,
}

/// One article's figure.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseItem {
    /// The article: index into the reports handed in.
    pub report: usize,
    /// The figure: index into that article's figures.
    pub figure: usize,
    /// Number, unit and what is counted, as one span of the article's text.
    pub span: Span,
    /// Value in the course's unit; `None` for a bare range.
    pub value: Option<f64>,
    /// Lower and upper end where the words give them, in the same unit.
    pub low: Option<f64>,
    /// The same.
    pub high: Option<f64>,
    /// How exact.
    pub modifier: Modifier,
    /// Who gives it, by name; `None` where the page's own text does.
    pub speaker: Option<String>,
    /// As of when: as the text says, else the article's day.
    pub as_of: Option<String>,
    /// How it stands to others of its story, where those handed in have any.
    pub verdict: Option<Verdict>,
}

/// What is alike in figures of one course: dimension, last word of what is counted, what befell it or is measured.
type Kind = (String, Option<String>, Option<&'static str>);

/// Lines up figures by what they count, across stories: those with most figures first, then by name. `stories` names
/// the story of each report, as far as it has one; `chosen` are the figures, as indices of report and figure. A figure
/// that an article gives twice is taken once.
pub fn courses(reports: &[&Report], stories: &[Option<String>], chosen: &[(usize, usize)]) -> Vec<Course> {
    let verdicts = verdicts(reports, stories);
    let mut by: BTreeMap<Kind, Vec<(usize, usize)>> = BTreeMap::new();
    for (report, figure) in chosen {
        if let Some(s) = Subject::of(reports, *report, *figure) {
            by.entry((s.dimension, s.head, s.role)).or_default().push((*report, *figure));
        }
    }
    let mut out: Vec<Course> = by.into_iter().map(|(kind, at)| course(reports, &kind, &at, &verdicts)).collect();
    out.sort_by(|a, b| (b.items.len(), &a.counted, &a.unit).cmp(&(a.items.len(), &b.counted, &b.unit)));
    out
}

/// How figures stand to the others of their story; of those that others give too.
fn verdicts(reports: &[&Report], stories: &[Option<String>]) -> BTreeMap<(usize, usize), Verdict> {
    let mut by: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, story) in stories.iter().enumerate().take(reports.len()) {
        if let Some(story) = story {
            by.entry(story).or_default().push(i);
        }
    }
    let mut out = BTreeMap::new();
    for members in by.values().filter(|m| m.len() > 1) {
        let together: Vec<&Report> = members.iter().map(|i| reports[*i]).collect();
        for group in agreement(&together).figures {
            let pages: BTreeSet<usize> = group.items.iter().map(|i| i.report).collect();
            if pages.len() > 1 || group.verdict == Verdict::Differ {
                out.extend(group.items.iter().map(|i| ((members[i.report], i.figure), group.verdict)));
            }
        }
    }
    out
}

fn course(
    reports: &[&Report],
    kind: &Kind,
    at: &[(usize, usize)],
    verdicts: &BTreeMap<(usize, usize), Verdict>,
) -> Course {
    let unit = most_usual(at.iter().filter_map(|(r, f)| reports[*r].reading.figures[*f].unit.clone()));
    let mut items: Vec<CourseItem> =
        at.iter().map(|(r, f)| item(reports[*r], (*r, *f), unit.as_deref(), verdicts)).collect();
    items.sort_by(|a, b| {
        let key = |i: &CourseItem| (i.as_of.is_none(), i.as_of.clone(), reports[i.report].id.clone(), i.figure);
        key(a).cmp(&key(b))
    });
    // of a figure given twice the first in the text stays, in whatever order they were chosen
    let mut seen = BTreeSet::new();
    items.retain(|i| {
        let number = |v: Option<f64>| v.map(f64::to_bits);
        seen.insert((i.report, number(i.value), number(i.low), number(i.high), i.speaker.clone()))
    });
    Course { counted: name(reports, kind, at), unit, items }
}

fn item(
    page: &Report,
    at: (usize, usize),
    unit: Option<&str>,
    verdicts: &BTreeMap<(usize, usize), Verdict>,
) -> CourseItem {
    let f = &page.reading.figures[at.1];
    let own = f.unit.as_deref();
    let turned = |v: Option<f64>| match (v, own, unit) {
        (Some(v), Some(own), Some(unit)) if own != unit => convert(v, own, unit),
        (v, ..) => v,
    };
    let published = page.article.published.as_ref().map(|p| p.value.clone());
    CourseItem {
        report: at.0,
        figure: at.1,
        span: f.counted.map_or(f.span, |c| f.span.cover(c)),
        value: turned(f.value),
        low: turned(f.low),
        high: turned(f.high),
        modifier: f.modifier,
        speaker: f.attribution.and_then(|a| speaker_name(page, a)),
        as_of: f.as_of.clone().or(published),
        verdict: verdicts.get(&at).copied(),
    }
}

/// What is counted: the last word of it as most articles have it, and what befell it.
fn name(reports: &[&Report], (_, head, role): &Kind, at: &[(usize, usize)]) -> String {
    let last = |(r, f): &(usize, usize)| {
        let counted = reports[*r].reading.figures[*f].counted?.of(&reports[*r].article.text);
        let all = words(counted);
        Some(fold(all.iter().rfind(|w| w.of(counted).chars().any(char::is_alphanumeric))?.of(counted)))
    };
    let head = most_usual(at.iter().filter_map(last)).or_else(|| head.clone());
    let parts: BTreeSet<&str> = head.as_deref().into_iter().chain(*role).collect();
    match (head.as_deref(), role) {
        (Some(head), Some(role)) if parts.len() > 1 => format!("{head}, {role}"),
        (Some(one), _) => one.to_owned(),
        (None, Some(role)) => (*role).to_owned(),
        (None, None) => String::new(),
    }
}

/// The value that comes most often, of several the least.
fn most_usual(all: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    all.for_each(|v| *counts.entry(v).or_default() += 1);
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(v, _)| v)
}

#[cfg(test)]
mod tests {
    use super::super::tests::page;
    use super::*;

    #[test]
    fn figures_of_two_stories_line_up_by_what_they_count() {
        let pages = [
            page("a", "2031-05-02", "An avalanche above the village of Osmund killed 14 skiers, rescuers said."),
            page("b", "2031-05-02", "Rescuers said 17 skiers were killed by an avalanche above Osmund village."),
            page("c", "2031-03-09", "A storm killed three people on the coast. The wreck lies 10 km off Hartlin."),
            page("d", "2031-03-01", "The wreck lies 2 miles off Osmund, and 2 miles are not far."),
        ];
        let reports: Vec<&Report> = pages.iter().collect();
        let stories = ["s1", "s1", "s2", "s2"].map(|s| Some(s.to_owned()));
        let chosen: Vec<(usize, usize)> =
            reports.iter().enumerate().flat_map(|(r, p)| (0..p.reading.figures.len()).map(move |f| (r, f))).collect();
        let found = courses(&reports, &stories, &chosen);
        let lengths = found.iter().find(|c| c.unit.as_deref() == Some("mi")).expect("lengths");
        let values: Vec<Option<f64>> = lengths.items.iter().map(|i| i.value.map(f64::round)).collect();
        assert_eq!(values, [Some(2.0), Some(6.0)], "by day, in one unit, each once");
        let dead: Vec<&CourseItem> = found.iter().flat_map(|c| &c.items).filter(|i| i.verdict.is_some()).collect();
        assert_eq!(dead.iter().map(|i| i.verdict).collect::<Vec<_>>(), [Some(Verdict::Differ); 2]);
        assert!(found.iter().any(|c| c.counted.contains("killed")), "{found:?}");
        let mut turned = chosen.clone();
        turned.reverse();
        assert_eq!(courses(&reports, &stories, &turned), found);
    }
}
