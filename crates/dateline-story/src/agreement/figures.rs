//! Figures lined up across a story's articles.
//!
//! Never on number and noun alone: with equal numbers the things counted must meet and the sentences share matter; for
//! unequal ones they must be the same thing in the same respect. In doubt figures stay apart.

use super::subject::Subject;
use super::units::convert;
use crate::link::idf::weight;
use crate::{FigureGroup, FigureItem, Report, Verdict};
use dateline_reading::{Figure, Modifier};
use std::collections::BTreeMap;

/// Most figures of one kind that one is held against, nearest by value: keeps huge stories linear.
const NEIGHBOURS: usize = 48;
/// Thresholds of shared matter, in thousandths of the lighter sentence's weight.
mod needs {
    /// Same thing, a number that is seldom equal by chance.
    pub(super) const TELLING: u32 = 100;
    /// Same thing, a small number.
    pub(super) const SMALL: u32 = 330;
    /// Measures whose things counted are not named or differ.
    pub(super) const UNNAMED: u32 = 250;
    /// Shares and lengths of time, which are often equal by chance.
    pub(super) const COMMON: u32 = 480;
    /// Unequal numbers about the same thing, on one day; and of different days, where they are only called updated.
    pub(super) const DIFFERENT: (u32, u32) = (420, 330);
    /// The same for those whom the same befell.
    pub(super) const SAME_FATE: (u32, u32) = (330, 250);
    /// Weight from which a head is so special that within one story it names one thing; hundredths of a nat.
    pub(super) const SPECIAL_HEAD: u32 = 330;
    /// Unequal measures whose thing is not named.
    pub(super) const DIFFERENT_UNNAMED: u32 = 560;
}

/// How two figures of different articles stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pair {
    Equal,
    Compatible,
    Different,
}

/// Lines up the figures of the articles; `order` gives them by date, then id.
pub(crate) fn groups(reports: &[&Report], order: &[usize]) -> Vec<FigureGroup> {
    let mut subjects = Vec::new();
    for report in order {
        let count = reports.get(*report).map_or(0, |r| r.reading.figures.len());
        subjects.extend((0..count).filter_map(|f| Subject::of(reports, *report, f)));
    }
    let mut joined = Joined::new(subjects.len());
    for (_, a, b) in edges(&subjects, reports) {
        joined.try_join(a, b, |x, y| fits(&subjects[x], &subjects[y], reports));
    }
    let mut out: Vec<(usize, FigureGroup)> = joined
        .groups()
        .into_iter()
        .filter_map(|members| Some((*members.first()?, group(&members, &subjects, reports)?)))
        .collect();
    out.sort_by_key(|(first, _)| *first);
    out.into_iter().map(|(_, g)| g).collect()
}

/// Pairs that line up, surest first.
fn edges(subjects: &[Subject], reports: &[&Report]) -> Vec<(u32, usize, usize)> {
    let mut kinds: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, s) in subjects.iter().enumerate() {
        let kind = if s.dimension.is_empty() { s.role.or(s.head.as_deref()).unwrap_or("") } else { "" };
        kinds.entry((s.dimension.as_str(), kind)).or_default().push(i);
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
                    && let Some(score) = lines_up(&subjects[a], &subjects[b], reports)
                    && !gives_both(&subjects[a], &subjects[b], subjects, &by_report, reports)
                {
                    out.push((score, a, b));
                }
            }
        }
    }
    out.sort_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    out
}

/// Whether two figures speak for one group, or against it: lined up across articles, the same again within one.
fn fits(a: &Subject, b: &Subject, reports: &[&Report]) -> Fit {
    if a.report == b.report {
        let same = a.head == b.head && a.role == b.role && a.scope == b.scope;
        return if same && relation(a, b, reports) != Pair::Different { Fit::For } else { Fit::Never };
    }
    if lines_up(a, b, reports).is_some() { Fit::For } else { Fit::Open }
}

fn of<'r>(s: &Subject, reports: &[&'r Report]) -> Option<&'r Figure> {
    reports.get(s.report)?.reading.figures.get(s.figure)
}

fn relation(a: &Subject, b: &Subject, reports: &[&Report]) -> Pair {
    let modifier = |s| of(s, reports).map(|f| f.modifier);
    let equal = match (a.value, b.value) {
        (Some(x), Some(y)) => (x - y).abs() <= 1e-9 * x.abs().max(y.abs()),
        (None, None) => a.interval == b.interval,
        _ => false,
    };
    if equal && (modifier(a) == modifier(b)) {
        Pair::Equal
    } else if equal || a.interval.meets(b.interval) {
        Pair::Compatible
    } else {
        Pair::Different
    }
}

/// How surely two figures are about the same thing, in thousandths; nothing where that is in doubt.
fn lines_up(a: &Subject, b: &Subject, reports: &[&Report]) -> Option<u32> {
    let relation = relation(a, b, reports);
    // the same number of the same thing is the same, whatever it is said to be part of
    let same_thing = relation == Pair::Equal && a.head.is_some() && a.head == b.head && a.qualifiers == b.qualifiers;
    if a.dimension != b.dimension || a.role != b.role || (a.scope != b.scope && !same_thing) {
        return None;
    }
    let shared = a.context.containment(&b.context);
    let fits = match relation {
        Pair::Different => may_differ(a, b, shared),
        _ => shared >= needed(a, b)?,
    };
    let bonus = if relation == Pair::Equal {
        2000
    } else if relation == Pair::Compatible {
        1000
    } else {
        0
    };
    fits.then_some(shared + bonus)
}

/// The matter that two sentences with equal or compatible numbers must share.
fn needed(a: &Subject, b: &Subject) -> Option<u32> {
    let heads = match (&a.head, &b.head) {
        (Some(x), Some(y)) => Some(x == y),
        _ => None,
    };
    let overlap =
        a.qualifiers.is_empty() || b.qualifiers.is_empty() || a.qualifiers.intersection(&b.qualifiers).next().is_some();
    match a.dimension.as_str() {
        "" => {
            if a.role.is_none() && heads != Some(true) {
                return None;
            }
            let telling = a.interval.low.max(b.interval.low) > 12.0;
            let base = if telling { needs::TELLING } else { needs::SMALL };
            let special = telling && a.head.as_deref().is_some_and(|h| weight(h) >= needs::SPECIAL_HEAD);
            Some(match (overlap && heads != Some(false), special && heads == Some(true)) {
                (true, true) => 0,
                (true, false) => base,
                (false, _) => base.max(needs::COMMON),
            })
        }
        "time" | "months" | "percent" | "percentage_points" | "ratio" => {
            (heads != Some(false)).then_some(needs::COMMON)
        }
        _ => Some(if heads == Some(true) || names_alike(a, b) { needs::TELLING } else { needs::UNNAMED }),
    }
}

/// Whether what two measures measure is named with a common word ("foreign aid bill", "wartime aid").
fn names_alike(a: &Subject, b: &Subject) -> bool {
    let words = |s: &Subject| s.head.iter().chain(&s.qualifiers).cloned().collect::<std::collections::BTreeSet<_>>();
    words(a).intersection(&words(b)).next().is_some()
}

/// Whether unequal numbers are about the same thing in the same respect.
fn may_differ(a: &Subject, b: &Subject, shared: u32) -> bool {
    let apart = |x: &std::collections::BTreeSet<String>, y: &std::collections::BTreeSet<String>| {
        !x.is_empty() && !y.is_empty() && x.intersection(y).next().is_none()
    };
    if apart(&a.places, &b.places) || apart(&a.days, &b.days) || a.qualifiers != b.qualifiers || a.head != b.head {
        return false;
    }
    let dated = a.as_of.is_some() && b.as_of.is_some() && a.as_of != b.as_of;
    let level = |(one_day, other_day): (u32, u32)| if dated { other_day } else { one_day };
    let common = a.context.shared(&b.context);
    // a short sentence has few terms to share, but may share them all
    let enough = common >= 3 || (common == 2 && (shared >= 900 || dated));
    match a.dimension.as_str() {
        "time" | "months" | "ratio" | "votes" => false,
        // headline and opening lines of one story's articles give the one toll
        "" if a.role.is_some() && a.leads && b.leads && a.head.as_deref() == Some("people") => true,
        "" if a.role.is_some() => enough && shared >= level(needs::SAME_FATE),
        "" => enough && a.head.is_some() && shared >= level(needs::DIFFERENT),
        _ if a.head.is_some() => enough && shared >= level(needs::DIFFERENT),
        _ => enough && shared >= needs::DIFFERENT_UNNAMED,
    }
}

/// Whether one of two articles with unequal numbers gives the other's number too: then they count different things.
/// A later toll is told beside the earlier one, so tolls of different days are let pass.
fn gives_both(
    a: &Subject,
    b: &Subject,
    subjects: &[Subject],
    by_report: &BTreeMap<usize, Vec<usize>>,
    reports: &[&Report],
) -> bool {
    if relation(a, b, reports) != Pair::Different || (a.role.is_some() && a.as_of != b.as_of) {
        return false;
    }
    let gives = |report: usize, number: &Subject| {
        by_report
            .get(&report)
            .into_iter()
            .flatten()
            .map(|i| &subjects[*i])
            .any(|s| s.head == number.head && s.role == number.role && relation(s, number, reports) == Pair::Equal)
    };
    gives(a.report, b) || gives(b.report, a)
}

/// What a pair says about joining the groups that its two stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    For,
    Open,
    Never,
}

/// Members of a group that are asked whether another fits: keeps huge stories near linear.
const HEARD: usize = 12;

/// Groups that grow where most pairs across them speak for it and none against.
pub(crate) struct Joined {
    group_of: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Joined {
    pub(crate) fn new(n: usize) -> Joined {
        Joined { group_of: (0..n).collect(), members: (0..n).map(|i| vec![i]).collect() }
    }

    /// Joins the groups of two where at least half of the pairs across them are for it and none is against.
    pub(crate) fn try_join(&mut self, a: usize, b: usize, fit: impl Fn(usize, usize) -> Fit) {
        let (g, h) = (self.group_of[a].min(self.group_of[b]), self.group_of[a].max(self.group_of[b]));
        if g == h {
            return;
        }
        let mut speak_for = 0;
        let (of_g, of_h) = (self.members[g].len().min(HEARD), self.members[h].len().min(HEARD));
        for x in &self.members[g][..of_g] {
            for y in &self.members[h][..of_h] {
                match fit(*x, *y) {
                    Fit::For => speak_for += 1,
                    Fit::Open => {}
                    Fit::Never => return,
                }
            }
        }
        if speak_for * 2 >= of_g * of_h {
            let moved = std::mem::take(&mut self.members[h]);
            for m in &moved {
                self.group_of[*m] = g;
            }
            self.members[g].extend(moved);
            self.members[g].sort_unstable();
        }
    }

    /// The groups, members in order.
    pub(crate) fn groups(self) -> Vec<Vec<usize>> {
        self.members.into_iter().filter(|m| !m.is_empty()).collect()
    }
}

fn group(members: &[usize], subjects: &[Subject], reports: &[&Report]) -> Option<FigureGroup> {
    let first = &subjects[*members.first()?];
    // a length of time or a ratio that nobody else gives is no news of its own
    if members.len() == 1 && matches!(first.dimension.as_str(), "time" | "months" | "ratio") {
        return None;
    }
    let unit = of(first, reports)?.unit.clone();
    let items: Vec<FigureItem> = members.iter().filter_map(|m| item(&subjects[*m], unit.as_deref(), reports)).collect();
    Some(FigureGroup { counted: name(members, subjects, reports), verdict: verdict(members, subjects, reports), items })
}

fn verdict(members: &[usize], subjects: &[Subject], reports: &[&Report]) -> Verdict {
    let mut verdict = Verdict::Agree;
    for (n, a) in members.iter().enumerate() {
        for b in &members[n + 1..] {
            let (a, b) = (&subjects[*a], &subjects[*b]);
            let pair = match relation(a, b, reports) {
                Pair::Equal => Verdict::Agree,
                Pair::Compatible => Verdict::Compatible,
                Pair::Different if a.as_of.is_some() && b.as_of.is_some() && a.as_of != b.as_of => Verdict::Updated,
                Pair::Different => Verdict::Differ,
            };
            verdict = verdict.max(pair);
        }
    }
    verdict
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
