//! The passage of an article that fits a query best.

use super::ast::{Condition, Expr, Field};
use super::words::{Pattern, Token, tokens};
use dateline_text::Span;

/// Bytes of a passage, about.
const LENGTH: usize = 220;
/// Places at which a word of the query stands that are looked at.
const MOST: usize = 2_000;

/// A passage and the words in it that were looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// Where the passage stands in the article's text.
    pub span: Span,
    /// The same in code points.
    pub chars: [usize; 2],
    /// Its words, as written.
    pub text: String,
    /// What was looked for: places in `text`.
    pub marks: Vec<Span>,
}

/// What is marked in what is found.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// In titles.
    title: Vec<Pattern>,
    /// In texts.
    pub(crate) text: Vec<Pattern>,
}

impl Marks {
    /// The words of a query that a page may hold.
    pub(crate) fn of(query: &Expr) -> Marks {
        let mut marks = Marks::default();
        for leaf in query.wanted() {
            let Condition::Words(w) = &leaf.condition else { continue };
            let Some(pattern) = Pattern::of(&w.text, w.prefix).filter(|_| !w.field.is_name()) else { continue };
            if matches!(w.field, Field::Any | Field::Title) {
                marks.title.push(pattern.clone());
            }
            if w.field != Field::Title {
                marks.text.push(pattern);
            }
        }
        marks
    }

    /// Places in a title.
    pub(crate) fn in_title(&self, title: &str) -> Vec<Span> {
        apart(places(title, &self.title).into_iter().map(|(_, p)| p))
    }
}

/// Places that overlap, as one each.
fn apart(places: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for place in places {
        match out.last_mut() {
            Some(last) if place.start < last.end => *last = last.cover(place),
            _ => out.push(place),
        }
    }
    out
}

/// The passage in which most different patterns stand; the beginning of the text where none does.
pub(crate) fn cut(text: &str, terms: &[Pattern]) -> Snippet {
    let places = places(text, terms);
    let mut best: (usize, usize, usize) = (0, 0, 0);
    let mut end = 0;
    for (i, (_, first)) in places.iter().enumerate() {
        while end < places.len() && places[end].1.end <= first.start + LENGTH {
            end += 1;
        }
        let end = end.max(i + 1);
        let mut different: Vec<usize> = places[i..end].iter().map(|(t, _)| *t).collect();
        let all = different.len();
        different.sort_unstable();
        different.dedup();
        if (different.len(), all) > (best.0, best.1) {
            best = (different.len(), all, i);
        }
    }
    let (from, to) = match best {
        (0, ..) => (0, 0),
        (_, all, i) => (places[i].1.start, places[i..i + all].iter().map(|p| p.1.end).max().unwrap_or(places[i].1.end)),
    };
    let span = passage(text, from, to);
    let marks = places.iter().map(|(_, p)| *p).filter(|p| span.contains(*p));
    let marks = apart(marks.map(|p| Span::new(p.start - span.start, p.end - span.start)));
    let words = span.of(text);
    let start = text[..span.start].chars().count();
    Snippet { span, chars: [start, start + words.chars().count()], text: words.to_owned(), marks }
}

/// Places of the patterns, in order: which, and where.
fn places(text: &str, terms: &[Pattern]) -> Vec<(usize, Span)> {
    let mut out = Vec::new();
    if terms.is_empty() {
        return out;
    }
    let tokens = tokens(text);
    for i in 0..tokens.len() {
        // The longest that begins here.
        let fit = terms.iter().enumerate().filter(|(_, term)| term.fits(&tokens, i));
        let place = |(t, term): (usize, &Pattern)| (t, Span::new(tokens[i].span.start, end(&tokens, i, term)));
        out.extend(fit.map(place).max_by_key(|(t, p)| (p.end, std::cmp::Reverse(*t))));
        if out.len() == MOST {
            break;
        }
    }
    out
}

/// Where a pattern ends that begins at a word.
fn end(tokens: &[Token], from: usize, term: &Pattern) -> usize {
    let last = &tokens[from + term.words.len() - 1];
    // Of a pair of letters, the second belongs to it where both were asked for.
    let whole = term.words.last().is_some_and(|w| *w == last.text);
    if whole { last.to } else { last.span.end }
}

/// A passage around a place, from the start of its sentence or line where that is near, to the end of a word.
fn passage(text: &str, from: usize, to: usize) -> Span {
    let room = LENGTH.saturating_sub(to - from);
    let mut start = from.saturating_sub(room / 3);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let before = &text[start..from];
    let sentence = before.rfind(". ").map(|i| i + 2).max(before.rfind('\n').map(|i| i + 1));
    start += match sentence {
        Some(i) => i,
        None if start == 0 => 0,
        // a blank may be several bytes, as that which does not break is
        None => before.char_indices().find(|(_, c)| c.is_whitespace()).map_or(0, |(i, c)| i + c.len_utf8()),
    };
    let mut end = (start + LENGTH).max(to).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let after = &text[to..end];
    if let Some(i) = after.find('\n') {
        end = to + i;
    } else if end < text.len() {
        end = to + after.rfind(char::is_whitespace).unwrap_or(after.len());
    }
    Span::new(start, end).trim(text)
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_passage_holds_most_of_the_words() {
        let text = "Rain fell in Testburg.\n\nThe mayor spoke. She said the Suwałki corridor would stay open, and that the corridor was safe.\n\nMore rain.";
        let found = cut(text, &Marks::of(&parse("suwalki corrid*").unwrap()).text);
        assert_eq!(found.text, "She said the Suwałki corridor would stay open, and that the corridor was safe.");
        let marked: Vec<&str> = found.marks.iter().map(|m| m.of(&found.text)).collect();
        assert_eq!(marked, ["Suwałki", "corridor", "corridor"]);
        assert_eq!(found.span.of(text), found.text);
        assert_eq!(cut(text, &[]).text, "Rain fell in Testburg.");
        assert_eq!(cut("", &[]), Snippet::default());
        let unbroken = format!("{}\u{a0}and the corridor was safe, she said to them all.", "x".repeat(400));
        assert_eq!(
            cut(&unbroken, &Marks::of(&parse("corridor").unwrap()).text).text,
            "and the corridor was safe, she said to them all."
        );
    }

    proptest! {
        #[test]
        fn passages_lie_in_the_text(text in "[a-cż\\n. \u{301}字]{0,600}", query in "[a-c]{1,2}( [a-c]{1,2}){0,2}\\*?") {
            let found = cut(&text, &Marks::of(&parse(&query).unwrap()).text);
            prop_assert_eq!(found.span.of(&text), found.text.as_str());
            for m in &found.marks {
                prop_assert!(!m.of(&found.text).is_empty());
            }
        }
    }
}
