//! Figures lined up across a story's articles.
//!
//! Never on number and noun alone: with equal numbers the things counted must meet and the sentences share matter; for
//! unequal ones they must be the same thing in the same respect. In doubt figures stay apart.

use super::dispute::{contested, disputed};
use super::joined::{Fit, Joined};
use super::same::{Pair, lines_up, other_day, relation};
use super::subject::Subject;
use super::units::convert;
use crate::{FigureGroup, FigureItem, Report, Verdict};
use dateline_reading::{Figure, Modifier};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Most figures of one kind that one is held against, nearest by value: keeps huge stories linear.
const NEIGHBOURS: usize = 48;

/// The figures of a story with what is known of them together.
struct Lined<'s> {
    subjects: &'s [Subject],
    /// How many values each article gives of one thing: article, dimension, head or role.
    values: FxHashMap<(usize, &'s str, &'s str), BTreeSet<u64>>,
    /// Pairs within one article that are the sides of a dispute, in order.
    disputes: Vec<(usize, usize)>,
    /// Of each figure, whether it is the only one of its thing in its article, but for the other side of a dispute.
    alone: Vec<bool>,
}

/// What a figure is of, as far as one word says it.
fn kind(s: &Subject) -> &str {
    match (s.head.as_deref(), s.role) {
        (_, Some(role)) if s.dimension.is_empty() && s.fate_of_people().is_some() => role,
        (Some(head), _) if s.dimension.is_empty() => head,
        _ => "",
    }
}

impl<'s> Lined<'s> {
    fn new(subjects: &'s [Subject], reports: &[&Report]) -> Lined<'s> {
        let mut values: FxHashMap<_, BTreeSet<u64>> = FxHashMap::default();
        let mut by_report: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (i, s) in subjects.iter().enumerate() {
            let value = s.value.unwrap_or(s.interval.low).to_bits();
            values.entry((s.report, s.dimension.as_str(), kind(s))).or_default().insert(value);
            by_report.entry(s.report).or_default().push(i);
        }
        let mut lined = Lined { subjects, values, disputes: Vec::new(), alone: Vec::new() };
        for list in by_report.values() {
            for (n, a) in list.iter().enumerate() {
                // figures come in the order of the text: the sides of a dispute are near each other
                for b in list.iter().skip(n + 1).take(NEAR) {
                    let (x, y) = (&subjects[*a], &subjects[*b]);
                    if disputed(x, y, || lined.count(x) == 2 && contested(reports, x, y)) {
                        lined.disputes.push((*a, *b));
                    }
                }
            }
        }
        lined.disputes.sort_unstable();
        let mut sides = vec![0; subjects.len()];
        for (a, b) in &lined.disputes {
            sides[*a] += 1;
            sides[*b] += 1;
        }
        lined.alone = subjects.iter().zip(sides).map(|(s, sides)| lined.count(s) <= 1 + sides).collect();
        lined
    }

    fn count(&self, s: &Subject) -> usize {
        self.values.get(&(s.report, s.dimension.as_str(), kind(s))).map_or(0, BTreeSet::len)
    }

    fn lines_up(&self, a: usize, b: usize) -> Option<i32> {
        lines_up(&self.subjects[a], &self.subjects[b], self.alone[a] && self.alone[b])
    }

    /// Whether two of these figures, in order, are the sides of a dispute.
    fn contested(&self, members: &[usize]) -> bool {
        members.iter().any(|a| {
            let from = self.disputes.partition_point(|(x, _)| x < a);
            let sides = self.disputes[from..].iter().take_while(|(x, _)| x == a);
            sides.into_iter().any(|(_, b)| members.binary_search(b).is_ok())
        })
    }

    /// Whether two figures speak for one group, or against it: lined up across articles, the same again within one.
    fn fits(&self, a: usize, b: usize) -> Fit {
        let (x, y) = (&self.subjects[a], &self.subjects[b]);
        if x.report == y.report {
            let same = x.head == y.head && x.role == y.role && x.scope == y.scope;
            return if same && relation(x, y) != Pair::Different { Fit::For } else { Fit::Never };
        }
        // by way of a third, weather or scores of several days would meet: unequal ones are never of one thing
        if x.is_one_of_many() && relation(x, y) == Pair::Different {
            return Fit::Never;
        }
        if self.lines_up(a, b).is_some() { Fit::For } else { Fit::Open }
    }
}

/// Figures of one article after one that may be the other side of a dispute about it.
const NEAR: usize = 8;

/// Lines up the figures of the articles; `order` gives them by date, then id.
pub(crate) fn groups(reports: &[&Report], order: &[usize]) -> Vec<FigureGroup> {
    let mut subjects = Vec::new();
    for report in order {
        let count = reports.get(*report).map_or(0, |r| r.reading.figures.len());
        subjects.extend((0..count).filter_map(|f| Subject::of(reports, *report, f)));
    }
    let lined = Lined::new(&subjects, reports);
    let mut joined = Joined::new(subjects.len());
    for (_, a, b) in edges(&lined) {
        joined.try_join(a, b, |x, y| lined.fits(x, y));
    }
    // the sides of a dispute come together with all who stand on each side
    for (a, b) in &lined.disputes {
        joined.join_unless(*a, *b, |x, y| against(&lined, x, y));
    }
    let mut out: Vec<(usize, FigureGroup)> = joined
        .groups()
        .into_iter()
        .filter_map(|members| Some((*members.first()?, group(&members, &lined, reports)?)))
        .collect();
    out.sort_by_key(|(first, _)| *first);
    out.into_iter().map(|(_, g)| g).collect()
}

/// Whether two figures may not stand in one group: other numbers in one article that are no dispute.
fn against(lined: &Lined, a: usize, b: usize) -> bool {
    let (x, y) = (&lined.subjects[a], &lined.subjects[b]);
    let dispute = || lined.disputes.binary_search(&(a.min(b), a.max(b))).is_ok();
    x.report == y.report && relation(x, y) == Pair::Different && !dispute()
}

/// Pairs that line up, surest first.
fn edges(lined: &Lined) -> Vec<(i32, usize, usize)> {
    let subjects = lined.subjects;
    let mut kinds: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, s) in subjects.iter().enumerate() {
        kinds.entry((s.dimension.as_str(), kind(s))).or_default().push(i);
    }
    let mut out = Vec::new();
    for mut members in kinds.into_values() {
        let mut by_report: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for i in &members {
            by_report.entry(subjects[*i].report).or_default().push(*i);
        }
        let middle =
            |i: usize| subjects[i].value.unwrap_or((subjects[i].interval.low + subjects[i].interval.high) / 2.0);
        members.sort_by(|a, b| middle(*a).total_cmp(&middle(*b)).then(a.cmp(b)));
        for (n, a) in members.iter().enumerate() {
            for b in members.iter().skip(n + 1).take(NEIGHBOURS) {
                let (a, b) = (*a.min(b), *a.max(b));
                if subjects[a].report != subjects[b].report
                    && let Some(score) = lined.lines_up(a, b)
                    && !gives_both(&subjects[a], &subjects[b], subjects, &by_report)
                {
                    out.push((score, a, b));
                }
            }
        }
    }
    out.sort_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    out
}

/// Whether one of two articles with unequal numbers gives the other's number too: then they count different things.
/// A later toll is told beside the earlier one, so tolls of different days are let pass.
fn gives_both(a: &Subject, b: &Subject, subjects: &[Subject], by_report: &BTreeMap<usize, Vec<usize>>) -> bool {
    if relation(a, b) != Pair::Different || (a.role.is_some() && other_day(a, b)) {
        return false;
    }
    let gives = |report: usize, number: &Subject| {
        by_report
            .get(&report)
            .into_iter()
            .flatten()
            .map(|i| &subjects[*i])
            .any(|s| s.head == number.head && s.role == number.role && relation(s, number) == Pair::Equal)
    };
    gives(a.report, b) || gives(b.report, a)
}

fn of<'r>(s: &Subject, reports: &[&'r Report]) -> Option<&'r Figure> {
    reports.get(s.report)?.reading.figures.get(s.figure)
}

fn group(members: &[usize], lined: &Lined, reports: &[&Report]) -> Option<FigureGroup> {
    let subjects = lined.subjects;
    let first = &subjects[*members.first()?];
    // a length of time or a ratio that nobody else gives is no news of its own
    if members.len() == 1 && matches!(first.dimension.as_str(), "time" | "months" | "ratio") {
        return None;
    }
    let unit = of(first, reports)?.unit.clone();
    let items: Vec<FigureItem> = members.iter().filter_map(|m| item(&subjects[*m], unit.as_deref(), reports)).collect();
    Some(FigureGroup { counted: name(members, subjects, reports), verdict: verdict(members, lined), items })
}

/// The gravest of the pairs' verdicts; `members` are in order.
fn verdict(members: &[usize], lined: &Lined) -> Verdict {
    let of_members: Vec<&Subject> = members.iter().map(|m| &lined.subjects[*m]).collect();
    // numbers that one article sets against each other are no later count, however the articles are dated
    let contested = lined.contested(members);
    let first = first_given(&of_members);
    let mut verdict = Verdict::Agree;
    for (n, a) in of_members.iter().enumerate() {
        for (m, b) in of_members.iter().enumerate().skip(n + 1) {
            let pair = match relation(a, b) {
                Pair::Equal => Verdict::Agree,
                Pair::Compatible => Verdict::Compatible,
                Pair::Different if !contested && (other_day(a, b) || first[n] != first[m]) => Verdict::Updated,
                Pair::Different => Verdict::Differ,
            };
            verdict = verdict.max(pair);
        }
    }
    verdict
}

/// The day on which each number of a count that moves was given first; nothing for other figures. An outlet that still
/// has the earlier number, or reprints it a day later, does not dispute the later one.
fn first_given(all: &[&Subject]) -> Vec<Option<String>> {
    if all.iter().all(|s| s.role.is_none()) {
        return vec![None; all.len()];
    }
    let first = |s: &&Subject| {
        let same = all.iter().filter(|o| relation(o, s) == Pair::Equal);
        let day = same.filter_map(|o| o.told.as_ref().or(o.as_of.as_ref())).min();
        day.filter(|_| s.dimension.is_empty()).cloned()
    };
    all.iter().map(first).collect()
}

fn item(s: &Subject, unit: Option<&str>, reports: &[&Report]) -> Option<FigureItem> {
    let page = reports.get(s.report)?;
    let f = of(s, reports)?;
    let (value, unit) = match (f.value, f.unit.as_deref(), unit) {
        (Some(v), Some(own), Some(wanted)) => match convert(v, own, wanted) {
            Some(v) => (Some(v), Some(wanted)),
            None => (Some(v), Some(own)),
        },
        (v, own, _) => (v, own),
    };
    let near = f.counted.filter(|c| c.start >= f.span.end && c.start - f.span.end <= 24);
    Some(FigureItem {
        report: s.report,
        figure: s.figure,
        span: near.map_or(f.span, |c| f.span.cover(c)),
        value,
        unit: unit.map(str::to_owned),
        modifier: f.modifier,
        speaker: f.attribution.and_then(|a| super::speaker_name(page, a)),
        as_of: f.as_of.clone().or_else(|| page.article.published.as_ref().map(|p| p.value.clone())),
    })
}

/// What is counted, in the fullest words of one of them; where none names it, the words before the number.
fn name(members: &[usize], subjects: &[Subject], reports: &[&Report]) -> String {
    let named = members.iter().filter_map(|m| {
        let s = &subjects[*m];
        let page = reports.get(s.report)?;
        of(s, reports)?.counted.map(|c| c.of(&page.article.text))
    });
    // the first of the longest
    if let Some(found) = named.max_by(|a, b| a.len().cmp(&b.len()).then(std::cmp::Ordering::Greater)) {
        return found.to_owned();
    }
    let Some((page, f)) = members.first().and_then(|m| {
        let s = &subjects[*m];
        Some((reports.get(s.report)?, of(s, reports)?))
    }) else {
        return String::new();
    };
    if f.modifier == Modifier::Exact && f.unit.as_deref() == Some("votes") {
        return "votes".to_owned();
    }
    super::lead_in(page, f.span)
}
