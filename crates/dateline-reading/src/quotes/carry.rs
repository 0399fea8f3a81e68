//! Quotations whose speaker stands elsewhere: in the sentence before, the paragraph before, or the one after.

use super::hits::Hit;
use super::phrases::Range;
use super::tag::{Paragraph, Tag};
use super::verbs::Sentence;
use crate::{Confidence, QuoteClass};
use dateline_lexicon::quotes::{Grammar, QuoteTables};

/// Shortest quotation, in words, that counts as somebody's words without a verb of saying.
const CUELESS_WORDS: usize = 4;

/// Joins quotations without a cue to the attributions found, paragraph by paragraph; adds those of a named subject.
pub fn carry(text: &str, paragraphs: &[Paragraph], tables: &QuoteTables, hits: &mut [Vec<Hit>]) {
    for i in 0..paragraphs.len() {
        follow(&paragraphs[i], &mut hits[i]);
        introduced(text, paragraphs, i, tables, hits);
        within(&paragraphs[i], &mut hits[i]);
        beside(text, &paragraphs[i], tables, &mut hits[i]);
        alone(text, paragraphs, i, hits);
    }
}

fn covered(hits: &[Hit], at: usize) -> bool {
    hits.iter().any(|h| h.content.iter().any(|c| c.0 <= at && at < c.1))
}

/// Whether a sentence is quotations and nothing else.
fn only_quotes(p: &Paragraph, sentence: usize) -> bool {
    let r = p.sentences[sentence].clone();
    let mut quotes = 0;
    for t in &p.tokens[r] {
        match t.tag {
            Tag::Quote => quotes += 1,
            Tag::Stop | Tag::Comma | Tag::Mark | Tag::Open | Tag::Close => {}
            _ => return false,
        }
    }
    quotes > 0
}

/// “…?” Mr. Oak asked. — the cue's sentence holds nothing but source and cue.
fn follow(p: &Paragraph, hits: &mut [Hit]) {
    for k in 0..hits.len() {
        if !(hits[k].content.is_empty() && hits[k].rule == "follows") {
            continue;
        }
        let first = hits[k].source.iter().map(|s| s.0).chain([hits[k].cue.0]).min().unwrap_or(0);
        let Some(last) = first.checked_sub(1) else { continue };
        let Some(sentence) = p.sentences.iter().find(|s| s.end == first || s.contains(&last)) else { continue };
        if p.tokens[last].tag == Tag::Quote && !covered(hits, last) {
            hits[k].content = vec![(sentence.start.min(last), last + 1)];
        }
    }
}

/// "Oak went on:" and the next paragraph is the quotation.
fn introduced(text: &str, paragraphs: &[Paragraph], i: usize, tables: &QuoteTables, hits: &mut [Vec<Hit>]) {
    let Some(next) = paragraphs.get(i + 1) else { return };
    let known = hits[i].iter().rposition(|h| h.content.is_empty() && h.rule == "introduces");
    let Some(k) = known.or_else(|| {
        hits[i].extend(introduction(&paragraphs[i], tables));
        hits[i].iter().rposition(|h| h.content.is_empty() && h.rule == "introduces")
    }) else {
        return;
    };
    let hit = &mut hits[i][k];
    if next.tokens.first().is_some_and(|t| t.tag == Tag::Quote) && only_quotes(next, 0) {
        let end = next.tokens.iter().take_while(|t| matches!(t.tag, Tag::Quote | Tag::Stop | Tag::Mark)).last();
        if let (Some(a), Some(b)) = (next.tokens.first(), end) {
            hit.extra.push(a.span.cover(b.span).trim(text));
        }
    }
}

/// A last sentence that ends in a colon, without a verb of saying: "Oak made the following comment:".
fn introduction(p: &Paragraph, tables: &QuoteTables) -> Option<Hit> {
    let last = p.sentences.len().checked_sub(1)?;
    let s = Sentence::of(p, last, tables);
    if s.tag(s.hi.checked_sub(1)?) != Tag::Colon {
        return None;
    }
    let verb = s.finite_in(s.lo, s.hi)?;
    let (start, head) = s.group(verb).map_or((verb, verb), |g| (g.start, g.head));
    let source = s.subject_before(start).filter(|p| s.is_person_like(*p))?;
    Some(Hit {
        source: vec![source],
        cue: (start, s.hi.max(head + 1)),
        content: Vec::new(),
        extra: Vec::new(),
        class: QuoteClass::Speech,
        quotes: true,
        confidence: Confidence::Medium,
        rule: "introduces",
    })
}

/// He said. “More.” — sentences of nothing but quotation belong to the speaker before them in the paragraph, or after.
fn within(p: &Paragraph, hits: &mut [Hit]) {
    for k in 0..p.sentences.len() {
        let r = p.sentences[k].clone();
        if !only_quotes(p, k) || covered(hits, r.start) {
            continue;
        }
        let has_quote =
            |h: &Hit| h.quotes && h.content.iter().any(|c| (c.0..c.1).any(|t| p.tokens[t].tag == Tag::Quote));
        let before = hits.iter().rposition(|h| h.cue.1 <= r.start && has_quote(h));
        let before = before.or_else(|| {
            // an introducing sentence: "Oak was not moved by it. “…”"
            hits.iter().rposition(|h| {
                h.cue.1 <= r.start && h.quotes && !h.source.is_empty() && k > 0 && h.cue.0 >= p.sentences[k - 1].start
            })
        });
        let found = before.or_else(|| hits.iter().position(|h| h.cue.0 >= r.end && has_quote(h)));
        if let Some(h) = found {
            hits[h].content.push((r.start, r.end));
            hits[h].content.sort_unstable();
        }
    }
}

/// A quotation beside a named subject, without a verb of saying: "Oak had a question: “…?”".
fn beside(text: &str, p: &Paragraph, tables: &QuoteTables, hits: &mut Vec<Hit>) {
    for k in 0..p.sentences.len() {
        let s = Sentence::of(p, k, tables);
        let Some(quote) = (s.lo..s.hi).find(|i| s.tag(*i) == Tag::Quote && !covered(hits, *i)) else { continue };
        let words = p.tokens[quote].span.of(text).split_whitespace().count();
        if words < CUELESS_WORDS || quote == s.lo {
            continue;
        }
        if !p.tokens[quote].capital {
            // the second half of a quotation that the cue and an aside broke in two
            let first = hits.iter_mut().rev().find(|h| {
                h.cue.0 >= s.lo
                    && h.cue.1 <= quote
                    && h.content.iter().any(|c| c.1 <= quote && p.tokens[c.1 - 1].comma_inside)
            });
            if let Some(h) = first {
                h.content.push((quote, quote + 1));
                continue;
            }
        }
        let Some(verb) = s.finite_in(s.lo, quote) else { continue };
        let (start, head) = s.group(verb).map_or((verb, verb), |g| (g.start, g.head));
        let Some(source) = s.subject_before(start) else { continue };
        if !s.is_person_like(source) || s.is(source.0, Grammar::Relative) {
            continue;
        }
        let marked = s.before(quote).is_some_and(|b| matches!(s.tag(b), Tag::Colon | Tag::Comma | Tag::Dash));
        let full = p.tokens[quote].capital && words >= 2 * CUELESS_WORDS;
        if !marked && !full {
            continue;
        }
        hits.push(Hit {
            source: vec![source],
            cue: (start, head + 1),
            content: vec![(quote, quote + 1)],
            extra: Vec::new(),
            class: QuoteClass::Speech,
            quotes: true,
            confidence: Confidence::Medium,
            rule: "beside",
        });
    }
}

/// A paragraph of nothing but quotation belongs to whoever was quoted last in the one before it.
fn alone(text: &str, paragraphs: &[Paragraph], i: usize, hits: &mut [Vec<Hit>]) {
    let p = &paragraphs[i];
    if i == 0 || p.sentences.is_empty() || !hits[i].is_empty() || !(0..p.sentences.len()).all(|k| only_quotes(p, k)) {
        return;
    }
    let span = p.span.trim(text);
    if hits[..i].iter().rev().take(2).flatten().any(|h| h.extra.iter().any(|e| e.overlaps(span))) {
        return;
    }
    // a cue without words of its own in the next paragraph ("said Oak.")
    let next = hits.get(i + 1).and_then(|n| n.iter().position(|h| h.content.is_empty() && h.rule == "follows"));
    if let (Some(k), Some(n)) = (next, hits.get_mut(i + 1)) {
        n[k].extra.push(span);
        return;
    }
    let reach = i.saturating_sub(3);
    for j in (reach..i).rev() {
        let prior = &paragraphs[j];
        let speaks = |h: &&mut Hit| {
            h.quotes
                && (!h.extra.is_empty()
                    || h.content.iter().any(|c: &Range| (c.0..c.1).any(|t| prior.tokens[t].tag == Tag::Quote)))
        };
        if let Some(h) = hits[j].iter_mut().rev().find(speaks) {
            h.extra.push(span);
            return;
        }
        let quotes_only = (0..prior.sentences.len()).all(|k| only_quotes(prior, k));
        if !quotes_only {
            return;
        }
    }
}
