//! Utterances lined up: the same words of the same speaker in other wordings.
//!
//! Two wordings are one utterance where the lighter one's matter stands in the other (containment of weighted terms),
//! the speakers may be the same and the articles are of the same days. Quoted parts are held against the other wording
//! on their own, because one outlet quotes whole what another quotes three words of.

use super::bag::Bag;
use super::joined::{Fit, Joined};
use crate::decisions::Persons;
use crate::{Report, Utterance, Variant};
use dateline_reading::names::{person_key, sound};
use dateline_reading::{Attribution, NameKind, QuoteClass};
use dateline_text::{Span, fold};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Days between two articles beyond which alike words are another occasion.
const DAYS: i32 = 4;
/// Attributions that share a term are held against each other up to this many.
const SHARING: usize = 40;
/// Terms of an attribution that are looked up.
const LOOKED_UP: usize = 10;

/// Whether two sources may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speakers {
    Same,
    Unknown,
    Others,
}

/// One attribution with what is needed to hold it against others.
struct Said {
    report: usize,
    attribution: usize,
    span: Span,
    whole: Bag,
    quoted: Vec<Bag>,
    speaker: Source,
    /// The speaker's key, and keys of those whom the user told apart from the speaker.
    key: String,
    others: BTreeSet<String>,
    day: Option<Date>,
}

/// Who says it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    /// A name, as its words sound, and whether the source itself names it: a pronoun may have been resolved wrongly.
    Named(Vec<String>, bool),
    /// Words that name nobody known ("officials"), and how those with a capital sound.
    Described(Bag, Vec<String>),
    /// A pronoun, or nothing.
    Open,
}

/// Lines up the attributions of the articles; `order` gives them by date, then id.
pub(crate) fn utterances(reports: &[&Report], order: &[usize], persons: &Persons) -> Vec<Utterance> {
    let mut said = Vec::new();
    for report in order {
        let count = reports.get(*report).map_or(0, |r| r.reading.attributions.len());
        said.extend((0..count).filter_map(|a| said_of(reports, *report, a, persons)));
    }
    let mut joined = Joined::new(said.len());
    for (_, a, b) in edges(&said) {
        joined.try_join(a, b, |x, y| fits(&said[x], &said[y]));
    }
    joined.groups().into_iter().map(|members| utterance(&members, &said, reports)).collect()
}

fn said_of(reports: &[&Report], report: usize, attribution: usize, persons: &Persons) -> Option<Said> {
    let page = reports.get(report)?;
    let a = page.reading.attributions.get(attribution)?;
    if a.class == QuoteClass::NoComment {
        return None;
    }
    let text = page.article.text.as_str();
    let language = page.article.language.as_deref().unwrap_or("en");
    let content: String = a.content.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" ");
    let plain = without_brackets(&content);
    let whole = Bag::of(&plain, language, true);
    let span = a.content.iter().copied().max_by(|x, y| x.len().cmp(&y.len()).then(y.start.cmp(&x.start)))?;
    let day = page.article.published.as_ref().and_then(|p| p.value.get(..10)).and_then(|d| d.parse().ok());
    let quoted =
        quoted_parts(&plain).into_iter().map(|q| Bag::of(q, language, true)).filter(|b| b.len() >= 2).collect();
    let key = a.speaker.and_then(|s| page.reading.entities.get(s)).map_or("", |e| &e.key);
    let others = if key.is_empty() { BTreeSet::new() } else { persons.others(key) };
    (whole.len() > 0).then(|| Said {
        report,
        attribution,
        span,
        whole,
        quoted,
        speaker: source(page, a),
        key: key.to_owned(),
        others: others.into_iter().map(str::to_owned).collect(),
        day,
    })
}

/// Text without what stands in round or square brackets: editors put it into quotations.
fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    text.chars()
        .filter(|c| match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                let inside = depth > 0;
                depth = depth.saturating_sub(1);
                !inside
            }
            _ => depth == 0,
        })
        .collect()
}

/// The parts between quotation marks.
fn quoted_parts(text: &str) -> Vec<&str> {
    let mark = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
    text.split(mark).skip(1).step_by(2).map(str::trim).filter(|p| !p.is_empty()).collect()
}

fn source(page: &Report, a: &Attribution) -> Source {
    let text = page.article.text.as_str();
    let words: String = a.source.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" ");
    let low = fold(words.trim());
    let pronoun = matches!(low.as_str(), "" | "he" | "she" | "it" | "they" | "i" | "we" | "who" | "which");
    if let Some(e) = a.speaker.and_then(|s| page.reading.entities.get(s)) {
        // a surname alone may have been taken for a town
        let place = e.key.is_empty() || e.kind == NameKind::Place;
        let key = if place { person_key(&e.name) } else { e.key.clone() };
        return Source::Named(key.split(' ').map(str::to_owned).collect(), !pronoun);
    }
    let named =
        page.reading.mentions.iter().filter(|m| {
            matches!(m.kind, NameKind::Person | NameKind::Org) && a.source.iter().any(|s| s.contains(m.span))
        });
    if let Some(m) = named.max_by_key(|m| (m.kind == NameKind::Person, m.span.len())) {
        let name =
            m.entity.and_then(|e| page.reading.entities.get(e)).map_or_else(|| m.span.of(text), |e| e.name.as_str());
        return Source::Named(name.split_whitespace().map(sound).filter(|w| w.len() > 1).collect(), true);
    }
    if pronoun {
        return Source::Open;
    }
    let capital = |w: &&str| w.chars().next().is_some_and(char::is_uppercase);
    let sounds = words.split_whitespace().filter(capital).map(sound).filter(|w| w.len() > 3).collect();
    Source::Described(Bag::of(&words, page.article.language.as_deref().unwrap_or("en"), false), sounds)
}

fn speakers(a: &Said, b: &Said) -> Speakers {
    if a.others.contains(&b.key) {
        return Speakers::Others;
    }
    match (&a.speaker, &b.speaker) {
        // a surname alone may be the full name's
        (Source::Named(x, _), Source::Named(y, _)) if x.iter().any(|w| w.len() > 2 && y.contains(w)) => Speakers::Same,
        (Source::Named(_, true), Source::Named(_, true)) => Speakers::Others,
        (Source::Described(x, _), Source::Described(y, _)) if x.shared(y) > 0 => Speakers::Same,
        (Source::Named(x, _), Source::Described(_, y)) | (Source::Described(_, y), Source::Named(x, _))
            if x.iter().any(|w| y.contains(w)) =>
        {
            Speakers::Same
        }
        _ => Speakers::Unknown,
    }
}

/// Whether two wordings speak for one utterance, or against it. Within one article both may repeat it.
fn fits(a: &Said, b: &Said) -> Fit {
    match speakers(a, b) {
        Speakers::Others => Fit::Never,
        _ if a.report == b.report || same_utterance(a, b).is_some() => Fit::For,
        _ => Fit::Open,
    }
}

fn days_apart(a: &Said, b: &Said) -> i32 {
    match (a.day, b.day) {
        (Some(x), Some(y)) => x.since(y).map_or(i32::MAX, |s| s.get_days().abs()),
        _ => 0,
    }
}

/// Pairs of wordings, surest first.
fn edges(said: &[Said]) -> Vec<(u32, usize, usize)> {
    let mut by_term: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (i, s) in said.iter().enumerate() {
        for term in s.whole.heaviest(LOOKED_UP) {
            by_term.entry(term).or_default().push(i);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for list in by_term.values() {
        for (n, a) in list.iter().enumerate() {
            pairs.extend(list.iter().skip(n + 1).take(SHARING).map(|b| (*a, *b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut out: Vec<(u32, usize, usize)> = pairs
        .into_iter()
        .filter(|(a, b)| said[*a].report != said[*b].report)
        .filter_map(|(a, b)| Some((same_utterance(&said[a], &said[b])?, a, b)))
        .collect();
    out.sort_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    out
}

/// How surely two wordings are one utterance, in thousandths; nothing where they are not.
fn same_utterance(a: &Said, b: &Said) -> Option<u32> {
    let speakers = speakers(a, b);
    if speakers == Speakers::Others || days_apart(a, b) > DAYS {
        return None;
    }
    let whole = (a.whole.containment(&b.whole), a.whole.shared(&b.whole));
    let parts = a.quoted.iter().map(|q| (q, &b.whole)).chain(b.quoted.iter().map(|q| (q, &a.whole)));
    let best = parts.map(|(q, w)| (share(q, w), q.shared(w))).max().unwrap_or((0, 0));
    let (needed, terms, part, part_terms) = match speakers {
        Speakers::Same => (520, 3, 780, 2),
        _ => (640, 4, 850, 4),
    };
    let by_whole = (whole.0 >= needed && whole.1 >= terms) || (whole.0 >= 720 && whole.1 >= 3);
    let by_part = best.0 >= part && best.1 >= part_terms;
    let score = whole.0.max(if by_part { best.0 } else { 0 });
    (by_whole || by_part).then_some(score + if speakers == Speakers::Same { 200 } else { 0 })
}

/// Share of a quoted part that stands in the other wording; nothing where the part is the longer of the two.
fn share(part: &Bag, whole: &Bag) -> u32 {
    if part.len() > whole.len() { 0 } else { part.containment(whole) }
}

/// Of a wording in several parts the one that most of the others' matter stands in; nothing where it has one part.
fn shared_part(member: usize, members: &[usize], said: &[Said], reports: &[&Report]) -> Option<Span> {
    let page = reports.get(said[member].report)?;
    let parts = &page.reading.attributions.get(said[member].attribution)?.content;
    if parts.len() < 2 || members.len() < 2 {
        return None;
    }
    let language = page.article.language.as_deref().unwrap_or("en");
    let others = || members.iter().filter(|o| **o != member).take(HEARD).map(|o| &said[*o].whole);
    let weight = |part: &Span| {
        let bag = Bag::of(part.of(&page.article.text), language, true);
        others().map(|o| bag.shared(o)).sum::<usize>()
    };
    parts.iter().copied().map(|p| (weight(&p), p)).max_by(|x, y| x.0.cmp(&y.0).then(y.1.cmp(&x.1))).map(|(_, p)| p)
}

/// Other wordings that are asked which part of one they share.
const HEARD: usize = 12;

fn utterance(members: &[usize], said: &[Said], reports: &[&Report]) -> Utterance {
    let variants = members.iter().filter_map(|m| {
        let s = &said[*m];
        let kind = reports.get(s.report)?.reading.attributions.get(s.attribution)?.kind;
        let span = shared_part(*m, members, said, reports).unwrap_or(s.span);
        Some(Variant { report: s.report, attribution: s.attribution, span, kind })
    });
    // where articles name the speaker differently: one that a source itself names, then one that most of them know
    let known_to = |name: &str| {
        let last = name.split_whitespace().next_back().unwrap_or(name);
        members.iter().filter(|m| reports.get(said[**m].report).is_some_and(|r| r.article.text.contains(last))).count()
    };
    let names = members.iter().filter_map(|m| {
        let s = &said[*m];
        let name = super::speaker_name(reports.get(s.report)?, s.attribution)?;
        Some((matches!(s.speaker, Source::Named(_, true)), known_to(&name), name.chars().count().min(60), name))
    });
    let speaker = names.max_by(|x, y| (x.0, x.1, x.2, &y.3).cmp(&(y.0, y.1, y.2, &x.3))).map(|(.., name)| name);
    Utterance { speaker, variants: variants.collect() }
}
