//! Attributions: who said (believed, denied, called for …) what, by rules.
//!
//! Every paragraph is cut into tokens in which a quotation is one token; verbs that attribute are found with their
//! auxiliaries, and their source and content by what may follow each verb. Terms and spans follow PARC and PolNeAR
//! (source, cue, content).

mod bodies;
mod candidates;
mod carry;
mod content;
mod foreign;
mod hits;
pub(crate) mod leaders;
mod marks;
mod offices;
mod orders;
mod patterns;
mod phrases;
mod speakers;
mod tag;
#[cfg(test)]
mod tests;
mod turns;
mod unlisted;
mod verbs;

use crate::{Attribution, Doc, QuoteClass, QuoteKind, Reading};
use dateline_lexicon::Lexicon;
use dateline_lexicon::quotes::QuoteTables;
use dateline_text::Span;
use hits::Hit;
use phrases::Range;
use tag::{Paragraph, Tag};
use verbs::Sentence;

/// Finds attributions; `so_far` holds names, entities and times. In order of content.
pub fn find(doc: &Doc, lexicon: &Lexicon, so_far: &Reading) -> Vec<Attribution> {
    let tables = &lexicon.quotes;
    let paragraphs = tag::paragraphs(doc, tables);
    let english = doc.language.is_none_or(|l| l.starts_with("en"));
    let mut hits: Vec<Vec<Hit>> = if english {
        paragraphs.iter().map(|p| in_paragraph(p, tables)).collect()
    } else {
        paragraphs.iter().map(foreign::beside_names).collect()
    };
    if english {
        turns::add(doc.text, &paragraphs, &mut hits);
    }
    carry::carry(doc.text, &paragraphs, tables, &mut hits);
    let mut out: Vec<Attribution> = Vec::new();
    for (p, hits) in paragraphs.iter().zip(&hits) {
        out.extend(hits.iter().filter_map(|h| finish(p, h)));
    }
    out.sort_by_key(|a| a.content.first().map_or(0, |c| c.start));
    speakers::resolve(doc, lexicon, so_far, &paragraphs, &mut out);
    out
}

fn in_paragraph(p: &Paragraph, tables: &QuoteTables) -> Vec<Hit> {
    let mut out = Vec::new();
    for i in 0..p.sentences.len() {
        let s = Sentence::of(p, i, tables);
        let mut found = hits::by_verbs(&s);
        found.extend(patterns::by_patterns(&s, i == 0));
        if let Some(other) = unlisted::by_other_verbs(&s, &found) {
            found.retain(|h| h.cue != other.cue || !h.content.is_empty());
            found.push(other);
        }
        drop_nested(&s, &mut found);
        drop_weak(&s, &mut found);
        found.sort_by_key(|h| h.cue);
        found.dedup_by_key(|h| h.cue);
        out.extend(found);
    }
    out
}

/// Drops what stands only inside another's words: "she said they hope" asserts nothing about them. Kept are quoted
/// words, what a relay passes on ("as reported by …"), and labels.
fn drop_nested(s: &Sentence, found: &mut Vec<Hit>) {
    let keep: Vec<bool> = found
        .iter()
        .map(|h| {
            let holds = |o: &&Hit| o.cue != h.cue && o.content.iter().any(|c| c.0 <= h.cue.0 && h.cue.1 <= c.1);
            let Some(outer) = found.iter().find(holds) else { return true };
            let around = matches!(h.rule, "around" | "inverted" | "according to");
            if around && h.content.iter().any(|c| c.0 <= outer.cue.0 && outer.cue.1 <= c.1) {
                return true;
            }
            let quoted = h.content.iter().any(|c| (c.0..c.1).any(|i| s.tag(i) == Tag::Quote));
            let pronoun = h.source.first().is_none_or(|p| p.1 - p.0 == 1 && matches!(s.tag(p.0), Tag::Of(_)));
            // "…, Ann Oak, who said …": the article says so, not the outer source
            let named = h.source.len() == 2 && (h.source[0].0..h.source[0].1).any(|i| s.tag(i) == Tag::Name);
            named && h.class == QuoteClass::Speech
                || matches!(outer.rule, "as reported")
                || h.class == QuoteClass::Label
                // "a finish that he said defied expectations": the relative clause is the article's
                || h.rule == "gap"
                || quoted && !pronoun && h.class == QuoteClass::Speech
        })
        .collect();
    let mut keep = keep.into_iter();
    found.retain(|_| keep.next().unwrap_or(true));
}

/// Drops what is no attribution on second sight: one word of content that is no quotation, and what only might be said.
fn drop_weak(s: &Sentence, found: &mut Vec<Hit>) {
    found.retain(|h| {
        let words = || h.content.iter().flat_map(|c| c.0..c.1);
        let quoted = words().any(|i| s.tokens[i].tag == Tag::Quote);
        let count = words().filter(|i| matches!(s.tag(*i), Tag::Word | Tag::Name | Tag::Number)).count();
        let hypothetical =
            (h.cue.0..h.cue.1).any(|i| matches!(s.low(i), "would" | "could" | "might" | "may" | "should"));
        let negated = (h.cue.0..h.cue.1).any(|i| matches!(s.low(i), "not" | "never"));
        h.content.is_empty() || quoted || count > 0 && (!hypothetical || negated)
    });
}

fn finish(p: &Paragraph, hit: &Hit) -> Option<Attribution> {
    let span = |r: &Range| span_of(p, *r);
    let mut content: Vec<Span> = hit.content.iter().filter_map(span).collect();
    content.extend(&hit.extra);
    content.sort_unstable();
    if content.is_empty() {
        return None;
    }
    let kind = if hit.content.is_empty() { QuoteKind::Direct } else { kind(p, &hit.content) };
    // whoever is quoted has spoken: "he concluded: “…”"
    let spoken = kind == QuoteKind::Direct && hit.class == QuoteClass::Belief && hit.quotes;
    Some(Attribution {
        source: hit.source.iter().filter_map(span).collect(),
        cue: span(&hit.cue).or_else(|| whole_span(p, hit.cue)).into_iter().collect(),
        kind,
        content,
        class: if spoken { QuoteClass::Speech } else { hit.class },
        speaker: None,
        confidence: hit.confidence,
        rule: hit.rule.to_owned(),
    })
}

/// The text span of a range of tokens, without a comma or dash at its ends.
fn span_of(p: &Paragraph, (mut from, mut to): Range) -> Option<Span> {
    let loose = |i: usize| matches!(p.tokens[i].tag, Tag::Comma | Tag::Dash | Tag::Colon | Tag::Semicolon);
    to = to.min(p.tokens.len());
    while from < to && loose(from) {
        from += 1;
    }
    while to > from && loose(to - 1) {
        to -= 1;
    }
    (from < to).then(|| p.tokens[from].span.cover(p.tokens[to - 1].span))
}

/// The text span of a range of tokens.
fn whole_span(p: &Paragraph, (from, to): Range) -> Option<Span> {
    Some(p.tokens.get(from)?.span.cover(p.tokens.get(to.checked_sub(1)?)?.span))
}

/// In whose words the content is.
fn kind(p: &Paragraph, content: &[Range]) -> QuoteKind {
    let tokens = || content.iter().flat_map(|(a, b)| p.tokens[*a..(*b).min(p.tokens.len())].iter());
    let quoted = tokens().any(|t| t.quote.is_some());
    let plain = tokens().any(|t| t.quote.is_none() && t.lower.chars().any(char::is_alphanumeric) && t.lower != "that");
    match (quoted, plain) {
        (true, false) => QuoteKind::Direct,
        (true, true) => QuoteKind::Mixed,
        _ => QuoteKind::Indirect,
    }
}
