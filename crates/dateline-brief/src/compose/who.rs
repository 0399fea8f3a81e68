//! Who said what: by speaker, those whom most pages quote with the same words first.

use super::{Extent, Told};
use crate::labels::said_words;
use crate::model::{Cell, Saying, Speaker};
use dateline_reading::{Attribution, NameKind, QuoteClass, QuoteKind};
use dateline_story::{Agreement, Utterance, Variant};
use dateline_text::{Span, fold};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Sayings a story tells at most, and of one speaker.
const MOST: [usize; 2] = [18, 5];
const MOST_ON_PAGE: [usize; 2] = [40, 10];

/// The speakers of a story with their sayings, and how many sayings were left out.
pub(super) fn speakers(agreement: &Agreement, told: &[Told], extent: Extent) -> (Vec<Speaker>, usize) {
    let [most, most_of_one] = [0, 1].map(|i| extent.most(MOST[i], MOST_ON_PAGE[i]));
    let mut by_speaker: BTreeMap<String, Vec<&Utterance>> = BTreeMap::new();
    for u in agreement.quotations.iter().filter(|u| is_worth_telling(u, told)) {
        let Some(name) = speaker_name(u, told) else { continue };
        by_speaker.entry(fold(&name)).or_default().push(u);
    }
    let all: usize = by_speaker.values().map(Vec::len).sum();
    let mut groups: Vec<Vec<&Utterance>> = by_speaker.into_values().collect();
    for group in &mut groups {
        group.sort_by_key(|u| (Reverse(weight(u, told)), place(u)));
        group.truncate(most_of_one);
    }
    let shared = |g: &[&Utterance]| g.iter().map(|u| pages_of(u)).max();
    groups.sort_by_key(|g| (Reverse(shared(g)), Reverse(g.iter().map(|u| weight(u, told)).sum::<u32>()), place(g[0])));
    let mut out = Vec::new();
    let mut kept = 0;
    for mut group in groups {
        group.truncate(most - kept);
        if group.is_empty() {
            break;
        }
        kept += group.len();
        group.sort_by_key(|u| place(u));
        out.extend(speaker(&group, told));
    }
    (out, all - kept)
}

fn attribution<'a>(v: &Variant, told: &'a [Told]) -> Option<&'a Attribution> {
    told.get(v.report)?.report.reading.attributions.get(v.attribution)
}

fn place(u: &Utterance) -> (usize, usize) {
    u.variants.first().map_or((usize::MAX, 0), |v| (v.report, v.span.start))
}

/// A quotation of one or two words, or a bare belief nobody named holds, tells little.
fn is_worth_telling(u: &Utterance, told: &[Told]) -> bool {
    u.variants.iter().filter_map(|v| attribution(v, told)).any(|a| match a.class {
        QuoteClass::Speech | QuoteClass::NoComment => true,
        QuoteClass::Stance | QuoteClass::Label => a.speaker.is_some() || a.kind != QuoteKind::Indirect,
        QuoteClass::Belief => a.speaker.is_some(),
    })
}

/// How many pages have it.
fn pages_of(u: &Utterance) -> u32 {
    u.variants.iter().map(|v| v.report).collect::<BTreeSet<_>>().len() as u32
}

fn weight(u: &Utterance, told: &[Told]) -> u32 {
    let best = u.variants.iter().filter_map(|v| attribution(v, told)).map(|a| {
        let words = match a.kind {
            QuoteKind::Direct => 3,
            QuoteKind::Mixed => 2,
            QuoteKind::Indirect => 0,
        };
        let class = match a.class {
            QuoteClass::Speech | QuoteClass::NoComment => 2,
            QuoteClass::Stance | QuoteClass::Label => 1,
            QuoteClass::Belief => 0,
        };
        words + class + if a.speaker.is_some() { 2 } else { 0 }
    });
    4 * pages_of(u).saturating_sub(1) + best.max().unwrap_or(0)
}

/// The speaker's name, or the first page's words for a source that has none.
fn speaker_name(u: &Utterance, told: &[Told]) -> Option<String> {
    if let Some(together) = u.variants.first().and_then(|v| several(v, told)) {
        return Some(together);
    }
    if let Some(name) = &u.speaker {
        return Some(crate::shown(name));
    }
    u.variants.iter().find_map(|v| {
        let a = attribution(v, told)?;
        let source = told[v.report].words(*a.source.first()?);
        (!source.is_empty()).then(|| clipped(&source))
    })
}

/// A source that names several at once ("Denmark and the Netherlands") in its own words: no one of them said it alone.
fn several(v: &Variant, told: &[Told]) -> Option<String> {
    let page = told.get(v.report)?;
    let source = attribution(v, told)?.source.first().copied()?;
    let words = page.words(source);
    let reading = &page.report.reading;
    let mut named: Vec<usize> =
        reading.mentions.iter().filter(|m| source.contains(m.span)).filter_map(|m| m.entity).collect();
    named.sort_unstable();
    named.dedup();
    let kinds: BTreeSet<NameKind> = named.iter().filter_map(|i| Some(reading.entities.get(*i)?.kind)).collect();
    let joined = words.contains(" and ") && !words.contains([',', '(']);
    (joined && named.len() > 1 && kinds.len() == 1).then_some(words)
}

/// Characters of a source's words that stand for its name.
const SOURCE_WORDS: usize = 60;

/// The beginning of a long source ("a rear admiral until his retirement and …"), cut at a word.
fn clipped(source: &str) -> String {
    let Some((cut, _)) = source.char_indices().nth(SOURCE_WORDS) else {
        return source.to_owned();
    };
    let kept = source[..cut].rsplit_once(' ').map_or(&source[..cut], |(kept, _)| kept);
    format!("{} …", kept.trim_end_matches(','))
}

fn speaker(group: &[&Utterance], told: &[Told]) -> Option<Speaker> {
    let first = group.first()?;
    let role = group.iter().flat_map(|u| &u.variants).find_map(|v| {
        let entity = attribution(v, told)?.speaker?;
        told[v.report].report.reading.entities.get(entity)?.role.clone()
    });
    Some(Speaker {
        name: speaker_name(first, told)?,
        named: first.speaker.is_some(),
        role: role.as_deref().map(crate::shown),
        sayings: group.iter().map(|u| saying(u, told)).collect(),
    })
}

fn saying(u: &Utterance, told: &[Told]) -> Saying {
    let first = u.variants.first().and_then(|v| attribution(v, told).map(|a| (a, &told[v.report])));
    Saying {
        class: first.map_or(QuoteClass::Speech, |(a, _)| a.class),
        cue: first.and_then(|(a, t)| cue(a, t)),
        cells: cells(u, told),
    }
}

/// The wordings, without those that only wrap another of the same place ("'…', she said" around its quotation).
fn cells(u: &Utterance, told: &[Told]) -> Vec<Cell> {
    let mut all: Vec<Cell> = u.variants.iter().filter_map(|v| cell(v, told)).collect();
    all.sort_by_key(|c| (c.note.page, c.note.span[0], c.words.len()));
    all.dedup_by(|later, kept| later.note.page == kept.note.page && later.note.span[0] == kept.note.span[0]);
    all
}

/// Cues that add nothing to a saying.
const PLAIN: &[&str] = &["said", "says", "say", "saying", "told", "according to", "tells", "telling", ":"];

fn cue(a: &Attribution, told: &Told) -> Option<String> {
    let words = a.cue.iter().map(|s| told.words(*s)).collect::<Vec<_>>().join(" … ");
    let plain = words.is_empty() || PLAIN.contains(&fold(&words).as_str());
    (!plain).then_some(words)
}

fn cell(v: &Variant, told: &[Told]) -> Option<Cell> {
    let page = told.get(v.report)?;
    let a = attribution(v, told)?;
    let whole = a.content.iter().copied().reduce(Span::cover).unwrap_or(v.span);
    let words = said_words(&page.report.article.text, &a.content, v.kind);
    let entity = a.speaker.and_then(|e| page.report.reading.entities.get(e));
    let name = entity.map(|e| crate::shown(&e.name));
    let role = entity.and_then(|e| e.role.as_deref()).map(crate::shown);
    let parts: Vec<[usize; 2]> = a.content.iter().map(|s| page.note(*s).span).collect();
    let parts = if parts.len() > 1 { parts } else { Vec::new() };
    Some(Cell { note: page.note(whole), words, kind: v.kind, name, role, parts })
}
