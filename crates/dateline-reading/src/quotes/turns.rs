//! Transcripts and interviews: paragraphs that begin with a speaker's label and a colon ("KAMAU: …", "Q: …").
//!
//! A turn's words run to the end of its paragraph. One such paragraph alone is none: it may be a place or a notice.

use super::hits::Hit;
use super::patterns::NOTICES;
use super::tag::{Paragraph, Tag};
use crate::{Confidence, QuoteClass};
use std::collections::BTreeMap;

/// Tokens that a label may have.
const LABEL: usize = 10;
/// Turns in capitals that make a transcript.
const CAPITALS: usize = 2;
/// Turns under names in ordinary letters that make one; each name has to come again.
const NAMED: usize = 4;

/// Adds the turns of a transcript to the hits of their paragraphs, in place of what else was seen in their colons.
pub fn add(text: &str, paragraphs: &[Paragraph], hits: &mut [Vec<Hit>]) {
    let labels: Vec<Option<(usize, bool)>> = paragraphs.iter().map(|p| label(text, p)).collect();
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let words = |p: &Paragraph, at: usize| p.tokens[0].span.cover(p.tokens[at - 1].span);
    for (p, l) in paragraphs.iter().zip(&labels) {
        if let Some((at, false)) = l {
            *named.entry(words(p, *at).of(text)).or_default() += 1;
        }
    }
    let capitals = labels.iter().flatten().filter(|l| l.1).count() >= CAPITALS;
    let again: usize = named.values().filter(|n| **n > 1).sum();
    for ((p, l), hits) in paragraphs.iter().zip(&labels).zip(hits) {
        let Some((at, shouts)) = *l else { continue };
        let comes_again = || named.get(words(p, at).of(text)).is_some_and(|n| *n > 1);
        if shouts && capitals || !shouts && again >= NAMED && comes_again() {
            hits.retain(|h| h.cue.0 != at);
            hits.insert(0, turn(at, p.tokens.len()));
        }
    }
}

fn turn(at: usize, end: usize) -> Hit {
    Hit {
        source: vec![(0, at)],
        cue: (at, at + 1),
        content: vec![(at + 1, end)],
        extra: Vec::new(),
        class: QuoteClass::Speech,
        quotes: true,
        confidence: Confidence::High,
        rule: "turn",
    }
}

/// The colon after a speaker's label that opens the paragraph, and whether the label is in capitals.
fn label(text: &str, p: &Paragraph) -> Option<(usize, bool)> {
    let at = p.tokens.iter().take(LABEL).position(|t| t.tag == Tag::Colon).filter(|at| *at > 0)?;
    let next = p.tokens.get(at + 1)?;
    if next.span.start <= p.tokens[at].span.end || NOTICES.contains(&p.tokens[0].lower.as_str()) {
        return None;
    }
    let label = &p.tokens[..at];
    let open = label.iter().position(|t| t.tag == Tag::Open).unwrap_or(at);
    let words = p.tokens[0].span.cover(p.tokens[open.max(1) - 1].span).of(text);
    let letters = || words.chars().filter(|c| c.is_alphabetic());
    let first = words.chars().next().is_some_and(char::is_alphabetic);
    if first && letters().next().is_some() && letters().all(char::is_uppercase) {
        return Some((at, true));
    }
    let names = label.iter().all(|t| t.quote.is_none() && t.capital) && at <= 4;
    names.then_some((at, false))
}
