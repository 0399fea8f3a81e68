//! Tokens: the words of a sentence as times and figures look at them, compounds taken apart at their hyphens.

use crate::times::signs::Signs;
use crate::{Doc, Sentence};
use dateline_text::{Span, WordKind, folded};
use std::borrow::Cow;

/// One token.
#[derive(Debug, Clone)]
pub(crate) struct Tok<'a> {
    /// Where it stands.
    pub span: Span,
    /// As it stands.
    pub raw: &'a str,
    /// Folded.
    pub low: Cow<'a, str>,
    /// Whether nothing stands between it and the token before.
    pub glued: bool,
    /// Whether it begins with an upper-case letter.
    pub capital: bool,
    /// What it is made of.
    pub kind: WordKind,
    /// Number of the folded word among those that the rules for times name; 0 where they do not.
    pub number: u32,
    /// What the tables for times know of it.
    pub signs: Signs,
}

impl Tok<'_> {
    /// Whether it is a hyphen or dash inside a compound ("third-quarter").
    pub(crate) fn is_hyphen(&self) -> bool {
        self.low == "-"
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// The tokens of one sentence. "third-quarter" becomes three, the hyphen glued to both sides.
pub(crate) fn tokens<'a>(doc: &Doc<'a>, sentence: &Sentence) -> Vec<Tok<'a>> {
    let mut out: Vec<Tok> = Vec::with_capacity(sentence.words.len() + 8);
    let mut end = usize::MAX;
    for w in doc.words.get(sentence.words.clone()).unwrap_or(&[]) {
        if w.kind == WordKind::Letters && w.of(doc.text).contains(is_dash) {
            split(doc.text, w.span, &mut end, &mut out);
        } else {
            push(doc.text, w.span, w.kind, &mut end, &mut out);
        }
    }
    out
}

fn split<'a>(text: &'a str, span: Span, end: &mut usize, out: &mut Vec<Tok<'a>>) {
    let mut from = span.start;
    for (i, c) in span.of(text).char_indices().filter(|(_, c)| is_dash(*c)) {
        let at = span.start + i;
        push(text, Span::new(from, at), WordKind::Letters, end, out);
        from = at + c.len_utf8();
        push(text, Span::new(at, from), WordKind::Mark, end, out);
    }
    push(text, Span::new(from, span.end), WordKind::Letters, end, out);
}

fn push<'a>(text: &'a str, span: Span, kind: WordKind, end: &mut usize, out: &mut Vec<Tok<'a>>) {
    let raw = span.of(text);
    let Some(first) = raw.chars().next() else { return };
    let kind = if kind == WordKind::Letters && first.is_numeric() { WordKind::Number } else { kind };
    out.push(Tok {
        span,
        raw,
        low: folded(raw),
        glued: *end == span.start,
        capital: first.is_uppercase(),
        kind,
        number: 0,
        signs: Signs::default(),
    });
    *end = span.end;
}
