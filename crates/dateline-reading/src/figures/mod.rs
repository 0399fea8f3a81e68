//! Figures: numbers with what is counted, by whom, as of when.

mod counted;
mod money;
mod quantity;
mod traps;

use crate::numerals::Separators;
use crate::tokens::{Tok, tokens};
use crate::{Doc, Figure, Modifier, Reading, Time, TimeKind};
use dateline_lexicon::{FigureClass, FigureWords, Lexicon, Numerals};
use dateline_text::{Span, WordKind};
use quantity::Quantity;

/// What the steps of one article share.
pub(crate) struct Scan<'a> {
    words: &'a FigureWords,
    numerals: &'a Numerals,
    separators: Separators,
    /// Whether the word lists are of the article's language.
    english: bool,
    so_far: &'a Reading,
}

/// Finds figures, in order; `so_far` holds names, times and attributions.
pub fn find(doc: &Doc, lexicon: &Lexicon, so_far: &Reading) -> Vec<Figure> {
    let language = crate::times::other_language(doc);
    let scan = Scan {
        words: &lexicon.figures,
        numerals: if language.is_none() { &lexicon.numerals } else { &lexicon.other_numerals },
        separators: Separators::of(language),
        english: language.is_none(),
        so_far,
    };
    let mut out = Vec::new();
    let mut time = 0;
    let (mut block, mut block_words) = (None, usize::MAX);
    for s in &doc.sentences {
        while so_far.times.get(time).is_some_and(|t| t.span.end <= s.span.start) {
            time += 1;
        }
        let here = so_far.times[time..].iter().take_while(|t| t.span.start < s.span.end).count();
        let times = &so_far.times[time..time + here];
        let toks = scan.parted(doc.text, tokens(doc, s));
        if block != Some(s.block) {
            // counted once a block: a block of many sentences would cost their square
            block = Some(s.block);
            block_words =
                doc.blocks.get(s.block).map_or(usize::MAX, |b| b.span.of(doc.text).split_whitespace().count());
        }
        let first = out.len();
        scan.sentence(&toks, times, block_words, &mut out);
        if let Some(as_of) = as_of(&toks, times) {
            for f in &mut out[first..] {
                f.as_of = Some(as_of.clone());
            }
        }
    }
    money::settle(doc, scan.words, &mut out);
    let mut covers: Vec<(Span, usize)> = Vec::new();
    for (i, a) in so_far.attributions.iter().enumerate() {
        covers.extend(a.content.iter().map(|c| (*c, i)));
    }
    covers.sort();
    for f in &mut out {
        f.attribution = covering(&covers, f.span);
    }
    out
}

/// The attribution with the shortest content around the span.
fn covering(covers: &[(Span, usize)], span: Span) -> Option<usize> {
    // contents nest little: those that begin in the few before the figure are enough to look at
    let upto = covers.partition_point(|(c, _)| c.start <= span.start);
    covers[..upto]
        .iter()
        .rev()
        .take(32)
        .filter(|(c, _)| c.contains(span))
        .min_by_key(|(c, i)| (c.len(), *i))
        .map(|(_, i)| *i)
}

/// The day after "as of", where the sentence has it.
fn as_of(toks: &[Tok], times: &[Time]) -> Option<String> {
    let at = toks.windows(2).position(|w| w[0].low == "as" && matches!(&*w[1].low, "of" | "at"))?;
    let next = toks.get(at + 2)?;
    let time = times.iter().find(|t| t.span.start >= next.span.start)?;
    let near = time.span.start <= toks.get(at + 4).map_or(usize::MAX, |t| t.span.start);
    (near && time.kind == TimeKind::Date && time.value.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| time.value.clone())
}

impl Scan<'_> {
    fn sentence(&self, toks: &[Tok], times: &[Time], block_words: usize, out: &mut Vec<Figure>) {
        let mut i = 0;
        let mut times = times.iter().peekable();
        while i < toks.len() {
            let at = toks[i].span.start;
            while times.next_if(|t| t.span.end <= at).is_some() {}
            if let Some(time) = times.peek().filter(|t| t.span.holds(at)) {
                let end = toks.partition_point(|t| t.span.start < time.span.end);
                out.extend(self.length_of_time(toks, i, end, time));
                i = end.max(i + 1);
                continue;
            }
            if !self.may_open(&toks[i]) {
                i += 1;
                continue;
            }
            let upto = times.peek().map_or(toks.len(), |t| toks.partition_point(|k| k.span.start < t.span.start));
            match self.quantity(toks, i, upto).filter(|q| !self.is_trap(toks, q, block_words)) {
                Some(q) => {
                    i = q.end.max(i + 1);
                    out.push(self.figure(toks, &q));
                }
                None => match self.without_number(toks, i) {
                    Some(f) => {
                        out.push(f);
                        i += 1;
                    }
                    None => i = self.past_trap(toks, i),
                },
            }
        }
    }

    /// Whether anything that is looked for can begin with the token: most words cost one look.
    fn may_open(&self, tok: &Tok) -> bool {
        tok.kind == WordKind::Number
            || self.words.opens(&tok.low)
            || !self.numerals.senses(&tok.low).is_empty()
            || tok.low == "between"
    }

    /// The token after what begins at `i`: all of a number that was no figure.
    fn past_trap(&self, toks: &[Tok], i: usize) -> usize {
        i + crate::numerals::numeral_at(toks, i, self.numerals, self.separators).map_or(1, |n| n.len.max(1))
    }

    fn figure(&self, toks: &[Tok], q: &Quantity) -> Figure {
        Figure {
            span: Span::new(toks[q.start].span.start, toks[q.end - 1].span.end),
            value: q.value,
            low: q.low,
            high: q.high,
            unit: q.unit.map(str::to_owned),
            modifier: q.modifier,
            counted: q.counted.clone().and_then(|c| {
                let (a, b) = (toks.get(c.start)?, toks.get(c.end.checked_sub(1)?)?);
                Some(Span::new(a.span.start, b.span.end))
            }),
            attribution: None,
            as_of: None,
            rule: q.rule.to_owned(),
        }
    }

    /// "two days", "more than a year": the number of a duration, or of the time before or after something.
    fn length_of_time(&self, toks: &[Tok], from: usize, to: usize, time: &Time) -> Option<Figure> {
        let shifts = matches!(time.rule.as_str(), "later" | "earlier");
        if time.kind != TimeKind::Duration && !shifts {
            return None;
        }
        let q = (from..to).find_map(|i| self.quantity(toks, i, to).filter(|q| q.time));
        let q = q.or_else(|| (from..to).find_map(|i| self.one_time(toks, i, to)))?;
        Some(self.figure(toks, &q))
    }

    /// "many troops", "doubles": quantities that name no number of their own.
    fn without_number(&self, toks: &[Tok], i: usize) -> Option<Figure> {
        let low = &*toks[i].low;
        let bare = |value: Option<f64>, unit: Option<&'static str>, counted, rule| Quantity {
            start: i,
            end: i + 1,
            number: i..i + 1,
            value,
            low: None,
            high: None,
            unit,
            modifier: Modifier::About,
            counted,
            time: false,
            digits: false,
            rule,
        };
        if let Some(times) = self.words.value(low, FigureClass::Ratio).and_then(|v| v.parse::<f64>().ok()) {
            let q = Quantity { modifier: Modifier::Exact, ..bare(Some(times), Some("ratio"), None, "ratio") };
            return Some(self.figure(toks, &q));
        }
        if !self.words.is(low, FigureClass::Vague) {
            return None;
        }
        let counted = self.noun_phrase(toks, i + 1)?;
        let head = toks.get(counted.end.checked_sub(1)?)?;
        (counted.len() <= 3 && self.words.is(&head.low, FigureClass::Person))
            .then(|| self.figure(toks, &bare(None, None, Some(counted), "vague")))
    }
}

#[cfg(test)]
mod tests;
