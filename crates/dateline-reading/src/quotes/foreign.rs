//! Pages in a language without verbs of saying in the lexicon: words in marks, and a name right beside them.

use super::hits::Hit;
use super::phrases::Range;
use super::tag::{Paragraph, Tag};
use crate::{Confidence, QuoteClass};

/// Shortest quotation that counts, in bytes: shorter ones are titles and labels.
const LEAST: usize = 18;
/// Words between the quotation and the name: "…“, sagte gestern Ilse Brandt".
const BETWEEN: usize = 4;

/// Quotations with a name beside them, in one paragraph.
pub fn beside_names(p: &Paragraph) -> Vec<Hit> {
    let mut out = Vec::new();
    for sentence in &p.sentences {
        for i in sentence.clone() {
            if p.tokens[i].tag != Tag::Quote || p.tokens[i].span.len() < LEAST {
                continue;
            }
            let found = after(p, i + 1, sentence.end).or_else(|| before(p, sentence.start, i));
            if let Some((source, cue)) = found {
                out.push(Hit {
                    source: vec![source],
                    cue,
                    content: vec![(i, i + 1)],
                    extra: Vec::new(),
                    class: QuoteClass::Speech,
                    quotes: true,
                    confidence: Confidence::Medium,
                    rule: "beside a name",
                });
            }
        }
    }
    out
}

/// "…“, sagte Ilse Brandt.": a mark or nothing, a few words in lower case, a name.
fn after(p: &Paragraph, from: usize, end: usize) -> Option<(Range, Range)> {
    let tag = |i: usize| if i < end { p.tokens[i].tag } else { Tag::Stop };
    let marked = matches!(tag(from), Tag::Comma | Tag::Dash);
    let cue = if marked { from + 1 } else { from };
    let quoted_comma = from.checked_sub(1).is_some_and(|q| p.tokens[q].sentence_inside);
    if !marked && !quoted_comma {
        return None;
    }
    let name = (cue..end.min(cue + BETWEEN)).find(|i| capital(p, *i))?;
    let plain = (cue..name).all(|i| matches!(p.tokens[i].tag, Tag::Word | Tag::Of(_)));
    let last = (name..end).take_while(|i| capital(p, *i)).last()? + 1;
    (plain && (name > cue || tag(from) == Tag::Dash))
        .then_some(((name, last), if name > cue { (cue, name) } else { (from, cue) }))
}

/// "Paul Hart: «…»", "Paul Hart a dit : «…»".
fn before(p: &Paragraph, start: usize, quote: usize) -> Option<(Range, Range)> {
    let colon = quote.checked_sub(1).filter(|c| *c > start && p.tokens[*c].tag == Tag::Colon)?;
    let name = (start..colon).find(|i| capital(p, *i))?;
    let last = (name..colon).take_while(|i| capital(p, *i)).last()? + 1;
    (colon - last <= BETWEEN && last > name)
        .then(|| ((name, last), if last < colon { (last, colon) } else { (colon, colon + 1) }))
}

fn capital(p: &Paragraph, i: usize) -> bool {
    let t = &p.tokens[i];
    t.capital && t.quote.is_none() || t.tag == Tag::Name
}
