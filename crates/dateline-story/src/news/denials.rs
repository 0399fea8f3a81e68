//! Denials in new pages, and what they deny.
//!
//! A denial is an attribution whose cue denies ("denied", "rejected the claim"), or whose words call something false. What it
//! denies is the utterance of another speaker, or the sentence with a figure, that shares most of its matter and stands
//! in an earlier page, or before it in its own. "The ministry denied this" denies the sentence before.

use super::{Claim, Denial, View};
use crate::Report;
use crate::agreement::bag::Bag;
use crate::agreement::speaker_name;
use dateline_reading::Attribution;
use dateline_text::{Span, fold, words};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Share of the lighter text's matter, in thousandths, from which a denial may be about a claim, and terms in common.
const ABOUT: u32 = 300;
const TERMS: usize = 2;
/// Words of an utterance up to which a word that calls something false is the point of it.
const SHORT: usize = 12;

/// What a word of the table does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Cue,
    Weak,
    Object,
    False,
}

fn rows() -> impl Iterator<Item = (Kind, &'static str, &'static str, &'static str)> {
    include_str!("../../data/denials.tsv").lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let kind = match cells.next()? {
            "cue" => Kind::Cue,
            "weak" => Kind::Weak,
            "object" => Kind::Object,
            "false" => Kind::False,
            _ => return None,
        };
        Some((kind, cells.next()?, cells.next()?, cells.next()?))
    })
}

fn holds(kind: Kind, text: &str) -> bool {
    static TABLE: OnceLock<BTreeSet<(Kind, &'static str)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| rows().flat_map(|(k, all, ..)| all.split(' ').map(move |w| (k, w))).collect());
    let text = fold(text);
    words(&text).iter().any(|w| table.contains(&(kind, w.span.of(&text))))
}

fn joined(spans: &[Span], text: &str) -> String {
    spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" ")
}

fn denies(a: &Attribution, text: &str) -> bool {
    let content = joined(&a.content, text);
    let cue = joined(&a.cue, text);
    holds(Kind::Cue, &cue)
        || (holds(Kind::Weak, &cue) && holds(Kind::Object, &content))
        || (words(&content).len() <= SHORT && holds(Kind::False, &content))
}

/// Denials of new pages, in the order of the pages.
pub(super) fn denials(view: &View) -> Vec<Denial> {
    let mut out = Vec::new();
    for (place, i) in view.order.iter().enumerate().filter(|(_, i)| view.is_new(**i)) {
        let Some(report) = view.reports.get(*i) else { continue };
        let text = report.article.text.as_str();
        for (n, a) in report.reading.attributions.iter().enumerate().filter(|(_, a)| denies(a, text)) {
            let all = a.source.iter().chain(&a.cue).chain(&a.content).copied().reduce(Span::cover);
            let Some(span) = all else { continue };
            let earlier = view.order.get(..=place).unwrap_or_default();
            let of = claim(view, earlier, *i, n, span);
            out.push(Denial { report: *i, attribution: n, span, speaker: speaker_name(report, n), of });
        }
    }
    out
}

fn language(report: &Report) -> &str {
    report.article.language.as_deref().unwrap_or("en")
}

/// What a denial is about.
fn claim(view: &View, earlier: &[usize], own: usize, attribution: usize, span: Span) -> Option<Claim> {
    let report = *view.reports.get(own)?;
    let a = report.reading.attributions.get(attribution)?;
    let text = report.article.text.as_str();
    let matter = Bag::of(&joined(&a.content, text), language(report), true);
    let denier = speaker_name(report, attribution);
    let before = sentence_before(report, span);
    if matter.len() < TERMS {
        return before.map(|span| Claim { report: own, span, speaker: None });
    }
    let mut best: Option<((u32, Reverse<usize>), Claim)> = None;
    for (age, i) in earlier.iter().enumerate() {
        let Some(page) = view.reports.get(*i) else { continue };
        for candidate in claims(page, *i) {
            let mine = *i == own && candidate.span.end > span.start;
            let same = candidate.speaker.is_some() && candidate.speaker == denier;
            if mine || same {
                continue;
            }
            let words = Bag::of(candidate.span.of(&page.article.text), language(page), true);
            let share = matter.containment(&words);
            if share < ABOUT || matter.shared(&words) < TERMS {
                continue;
            }
            let weight = (share, Reverse(age));
            if best.as_ref().is_none_or(|(held, _)| *held < weight) {
                best = Some((weight, candidate));
            }
        }
    }
    best.map(|(_, claim)| claim)
}

/// What a page has others say, and its sentences with figures.
fn claims(page: &Report, report: usize) -> Vec<Claim> {
    let text = page.article.text.as_str();
    let r = &page.reading;
    let said = r.attributions.iter().enumerate().filter(|(_, a)| !denies(a, text)).filter_map(|(n, a)| {
        let span = a.content.iter().copied().reduce(Span::cover)?;
        Some(Claim { report, span, speaker: speaker_name(page, n) })
    });
    let counted = r.figures.iter().filter_map(|f| {
        let sentence = r.sentences.get(r.sentences.partition_point(|s| s.end <= f.span.start))?;
        Some(Claim { report, span: *sentence, speaker: None })
    });
    let mut out: Vec<Claim> = said.chain(counted).collect();
    out.sort_by_key(|c| (c.span.start, c.span.end, c.speaker.is_none()));
    out.dedup_by_key(|c| c.span);
    out
}

/// The sentence before the one that holds a span.
fn sentence_before(report: &Report, span: Span) -> Option<Span> {
    let sentences = &report.reading.sentences;
    let at = sentences.partition_point(|s| s.end <= span.start);
    sentences.get(at.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_of_the_table_shows_what_it_means() {
        for (kind, words, yes, no) in rows() {
            assert!(holds(kind, yes), "{words}: {yes}");
            assert!(!holds(kind, no), "{words}: {no}");
        }
    }
}
