//! Signs of money written onto their digits, and whose money a shared name means.

use super::Scan;
use crate::tokens::Tok;
use crate::{Doc, Figure};
use dateline_lexicon::{FigureWords, UnitPlace};
use dateline_text::{Span, WordKind, folded};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The unit of sums in rupees until it is known whose they are.
const RUPEES: &str = "rupees";

impl Scan<'_> {
    /// The tokens with "RM90,000" taken apart into "RM" and "90,000".
    pub(super) fn parted<'a>(&self, text: &'a str, toks: Vec<Tok<'a>>) -> Vec<Tok<'a>> {
        if !toks.iter().any(|t| self.sign_of(t).is_some()) {
            return toks;
        }
        let mut out = Vec::with_capacity(toks.len() + 1);
        let mut i = 0;
        while let Some(tok) = toks.get(i) {
            i += 1;
            let Some(at) = self.sign_of(tok) else {
                out.push(tok.clone());
                continue;
            };
            let middle = tok.span.start + at;
            let mut end = tok.span.end;
            // A word that letters begin ends before the comma of its number.
            while let [mark, group] = toks.get(i..i + 2).unwrap_or(&[])
                && matches!(mark.raw, "," | ".")
                && (mark.glued && group.glued && group.kind == WordKind::Number)
            {
                end = group.span.end;
                i += 2;
            }
            let part = |span: Span, glued, kind| {
                let raw = span.of(text);
                Tok { span, raw, low: Cow::Owned(folded(raw).into_owned()), glued, kind, ..tok.clone() }
            };
            out.push(part(Span::new(tok.span.start, middle), tok.glued, WordKind::Letters));
            out.push(part(Span::new(middle, end), true, WordKind::Number));
        }
        out
    }

    /// Where the digits begin in a word that a sign of money begins.
    fn sign_of(&self, tok: &Tok) -> Option<usize> {
        let at = tok.raw.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0 && tok.capital)?;
        let sign = tok.raw.get(..at)?;
        self.words.unit(&folded(sign), &[UnitPlace::Joined]).map(|_| at)
    }
}

/// Gives sums in rupees the code of the country that the article speaks of most; India's where it speaks of none.
pub(super) fn settle(doc: &Doc, words: &FigureWords, figures: &mut [Figure]) {
    if !figures.iter().any(|f| f.unit.as_deref() == Some(RUPEES)) {
        return;
    }
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for w in &doc.words {
        if let Some(code) = words.rupees(&folded(w.of(doc.text))) {
            *votes.entry(code).or_insert(0) += 1;
        }
    }
    let most = votes.into_iter().fold(("INR", 0), |best, (code, n)| if n > best.1 { (code, n) } else { best });
    for f in figures.iter_mut().filter(|f| f.unit.as_deref() == Some(RUPEES)) {
        f.unit = Some(most.0.to_owned());
    }
}
