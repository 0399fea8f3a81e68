//! From texts with names to what the chain learns: features, and the labels that gold allows.

use crate::crf::Example;
use crate::gold::{Gold, Kinds, only};
use dateline_lexicon::Lexicon;
use dateline_lexicon::names::{Role, key};
use dateline_reading::names::learning::{self, Clusters, KINDS, OUTSIDE, Part, Stretch, Table, label};
use dateline_reading::{Doc, NameKind};
use dateline_text::Span;

const FREE: u64 = u64::MAX;

fn labels(kinds: Kinds, part: Part) -> u64 {
    (0..KINDS.len()).filter(|k| kinds & (1 << k) != 0).map(|k| 1_u64 << label(k, part)).sum()
}

/// The examples of one text, whose number is `source`; `table` holds the weights by which the rules decide.
pub fn of(gold: &Gold, source: u32, lexicon: &Lexicon, table: &Table, clusters: &Clusters) -> Vec<Example> {
    let stretches = learning::stretches(&Doc::new(&gold.article), lexicon, table, clusters);
    let mut out = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let mut allowed = outside(gold, lexicon, &stretch);
        mark(gold, &stretch, &mut allowed);
        out.push(Example { features: stretch.features, allowed, weight: gold.weight, source });
    }
    out
}

fn position(kind: NameKind) -> usize {
    KINDS.iter().position(|k| *k == kind).unwrap_or(0)
}

/// What words in no marked name may be: outside, in narrow guidelines a name of a kind that they do not mark, and in
/// loose ones a nationality, or a person after an office.
fn outside(gold: &Gold, lexicon: &Lexicon, stretch: &Stretch) -> Vec<u64> {
    let text = gold.article.text.as_str();
    let mut out = vec![1 << OUTSIDE; stretch.words.len()];
    if gold.narrow {
        let others: Kinds = [NameKind::Norp, NameKind::Event, NameKind::Work, NameKind::Misc].map(only).iter().sum();
        let parts = [Part::First, Part::Inner, Part::Last, Part::Only];
        let open: u64 = parts.iter().map(|part| labels(others, *part)).sum();
        for (allowed, span) in out.iter_mut().zip(&stretch.words) {
            // Inner words of a longer name may be small.
            *allowed |= if span.of(text).starts_with(char::is_lowercase) { labels(others, Part::Inner) } else { open };
        }
    }
    let mut titled = false;
    for (allowed, span) in out.iter_mut().zip(&stretch.words).filter(|_| gold.loose) {
        let word = span.of(text);
        let folded = key(word);
        if lexicon.places.demonym(&folded).is_some() {
            *allowed |= 1 << label(position(NameKind::Norp), Part::Only);
        }
        let named = word.starts_with(char::is_uppercase);
        let before = text[..span.start].trim_end().trim_end_matches('.').rsplit(char::is_whitespace).next();
        let office = before.and_then(|w| lexicon.names.role(&key(w))).is_some_and(|(r, _)| r != Role::Modifier);
        titled = named && (titled || office);
        if titled {
            for part in [Part::First, Part::Inner, Part::Last, Part::Only] {
                *allowed |= 1 << label(position(NameKind::Person), part);
            }
        }
    }
    out
}

fn mark(gold: &Gold, stretch: &Stretch, allowed: &mut [u64]) {
    let names = &gold.names;
    let text_of = |span: Span| span.of(&gold.article.text);
    let (Some(first), Some(last)) = (stretch.words.first(), stretch.words.last()) else { return };
    let from = names.partition_point(|(s, _)| s.end <= first.start);
    for (span, kinds) in names[from..].iter().take_while(|(s, _)| s.start < last.end) {
        let inside: Vec<usize> = (0..stretch.words.len()).filter(|i| stretch.words[*i].overlaps(*span)).collect();
        let (Some(&a), Some(&b)) = (inside.first(), inside.last()) else { continue };
        // A name that goes on where the tagger does not look teaches nothing.
        // The full stop of "Corp." is no word of it.
        let end = span.start + text_of(*span).trim_end_matches('.').len();
        let whole = span.start >= first.start && end <= last.end;
        for (i, allowed) in allowed.iter_mut().enumerate().take(b + 1).skip(a) {
            let part = match (i == a, i == b) {
                (true, true) => Part::Only,
                (true, false) => Part::First,
                (false, true) => Part::Last,
                (false, false) => Part::Inner,
            };
            *allowed = if whole { labels(*kinds, part) } else { FREE };
        }
    }
}
