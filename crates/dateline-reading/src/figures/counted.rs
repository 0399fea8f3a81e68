//! What a number counts: the noun phrase behind it.

use super::Scan;
use crate::tokens::Tok;
use dateline_lexicon::{FigureClass, NumeralClass};
use dateline_text::WordKind;
use std::ops::Range;

/// Most words of a noun phrase that are looked at.
const LONGEST: usize = 8;

impl Scan<'_> {
    /// The noun phrase at `at`, directly there where `direct`, else past one "of", and where `skips` past "in" or
    /// "worth of", and a determiner.
    pub(super) fn counted_after(&self, toks: &[Tok], at: usize, direct: bool, skips: bool) -> Option<Range<usize>> {
        if let Some(found) = self.noun_phrase(toks, at).filter(|_| direct) {
            return Some(self.joined(toks, found));
        }
        let low = |i: usize| toks.get(i).map_or("", |t| &*t.low);
        let mut i = at;
        if low(i) == "of" || (skips && self.words.is(low(i), FigureClass::Skip)) {
            i += 1;
            i += usize::from(low(i) == "of");
            i += usize::from(matches!(
                low(i),
                "the" | "its" | "their" | "these" | "those" | "all" | "his" | "her" | "our" | "a" | "an"
            ));
            // "nine of the 14 stations": part and whole count the same
            i += crate::numerals::numeral_at(toks, i, self.numerals, self.separators).map_or(0, |n| n.len);
            return self.noun_phrase(toks, i);
        }
        None
    }

    /// "strike and air defence missiles": a singular before "and" shares the plural behind it.
    fn joined(&self, toks: &[Tok], found: Range<usize>) -> Range<usize> {
        let last = &toks[found.end - 1];
        if self.is_plural(last) || !toks.get(found.end).is_some_and(|t| matches!(&*t.low, "and" | "or")) {
            return found;
        }
        match self.noun_phrase(toks, found.end + 1) {
            Some(more) if self.is_plural(&toks[more.end - 1]) => found.start..more.end,
            _ => found,
        }
    }

    /// The noun phrase that begins at `at`: nouns and what describes them, to the next verb, preposition or mark.
    pub(super) fn noun_phrase(&self, toks: &[Tok], at: usize) -> Option<Range<usize>> {
        if !self.english {
            // without word lists only the next word is sure to belong to the number
            let word =
                toks.get(at).filter(|t| t.kind == WordKind::Letters && t.raw.chars().count() > 2 && !t.capital)?;
            return (!word.low.is_empty()).then_some(at..at + 1);
        }
        let mut end = at;
        for (n, tok) in toks.iter().enumerate().skip(at).take(LONGEST) {
            let designator = tok.kind == WordKind::Number && n > at && toks[n - 1].capital && tok.raw.len() <= 4;
            let hyphen = tok.is_hyphen() && tok.glued && toks.get(n + 1).is_some_and(|t| t.glued);
            if !(tok.kind == WordKind::Letters || designator || hyphen)
                || self.words.is(&tok.low, FigureClass::Stop) && !(n > at && toks[n - 1].is_hyphen())
            {
                break;
            }
            if n > at && !hyphen && self.ends_before(toks, n) {
                break;
            }
            if !self.numerals.senses(&tok.low).is_empty()
                && self.numerals.get(&tok.low, NumeralClass::Ordinal).is_none()
            {
                break;
            }
            end = n + 1;
        }
        let verbal =
            |t: &Tok| t.low.ends_with("ly") || (t.low.ends_with("ed") && !self.words.is(&t.low, FigureClass::Person));
        while end > at && verbal(&toks[end - 1]) {
            end -= 1;
        }
        (end > at && toks[end - 1].raw.chars().count() > 1).then_some(at..end)
    }

    /// Whether the noun phrase ends before token `n`: a plural noun before it, a verb or a new name at it.
    fn ends_before(&self, toks: &[Tok], n: usize) -> bool {
        let (before, here) = (&toks[n - 1], &toks[n]);
        let noun_done = self.is_plural(before) || self.words.is(&before.low, FigureClass::Person);
        let verbal = here.low.ends_with("ed") || here.low.ends_with("ing") || here.low.ends_with("ly");
        // "soldiers prisoner": people in the plural describe no other noun, but "women soldiers", "police officers" do
        let people = before.low.ends_with('s') && self.words.is(&before.low, FigureClass::Person);
        noun_done && (verbal || people || (here.capital && !before.capital))
    }

    /// Whether the token looks like a plural noun.
    pub(super) fn is_plural(&self, tok: &Tok) -> bool {
        let low = &*tok.low;
        tok.kind == WordKind::Letters
            && !self.words.is(low, FigureClass::Stop)
            && ((low.len() > 3 && low.ends_with('s') && !low.ends_with("ss") && !low.ends_with("us"))
                || self.words.is(low, FigureClass::Person))
    }
}
