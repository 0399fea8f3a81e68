//! The passage of an article that fits a query best.

use super::query::Term;
use dateline_text::{Span, fold};

/// Bytes of a passage, about.
const LENGTH: usize = 220;
/// Places at which a word of the query stands that are looked at.
const MOST: usize = 2_000;

/// A passage and the words in it that were looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// Where the passage stands in the article's text.
    pub span: Span,
    /// Its words, as written.
    pub text: String,
    /// What was looked for: places in `text`.
    pub marks: Vec<Span>,
}

/// The passage in which most different terms stand; the beginning of the text where none does.
pub(crate) fn cut(text: &str, terms: &[Term]) -> Snippet {
    let places = places(text, terms);
    let mut best: (usize, usize, usize) = (0, 0, 0);
    let mut end = 0;
    for (i, (_, first)) in places.iter().enumerate() {
        while end < places.len() && places[end].1.end <= first.start + LENGTH {
            end += 1;
        }
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
        (_, all, i) => (places[i].1.start, places[i + all - 1].1.end),
    };
    let span = passage(text, from, to);
    let marks = places.iter().map(|(_, p)| *p).filter(|p| span.contains(*p));
    let marks = marks.map(|p| Span::new(p.start - span.start, p.end - span.start)).collect();
    Snippet { span, text: span.of(text).to_owned(), marks }
}

/// Runs of letters and digits with what they fold to. One run can fold to several words, or to none.
fn runs(text: &str) -> impl Iterator<Item = (Span, String)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        // Combining marks and joiners belong to the word they stand in.
        let ends =
            |c: char| !c.is_alphanumeric() && !matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}');
        at = start + text[start..].find(ends).unwrap_or(text.len() - start);
        Some((Span::new(start, at), fold(&text[start..at])))
    })
}

/// Places of the terms, in order: which term, and where.
fn places(text: &str, terms: &[Term]) -> Vec<(usize, Span)> {
    let mut out = Vec::new();
    if terms.is_empty() {
        return out;
    }
    let runs: Vec<(Span, String)> = runs(text).collect();
    for i in 0..runs.len() {
        for (t, term) in terms.iter().enumerate() {
            let fits = term.words.iter().enumerate().all(|(k, word)| {
                let last = k + 1 == term.words.len();
                runs.get(i + k).is_some_and(|(_, w)| w == word || term.prefix && last && w.starts_with(word.as_str()))
            });
            if fits {
                out.push((t, Span::new(runs[i].0.start, runs[i + term.words.len() - 1].0.end)));
                break;
            }
        }
        if out.len() == MOST {
            break;
        }
    }
    out
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
        None => before.find(char::is_whitespace).map_or(0, |i| i + 1),
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
    use super::super::query::parse;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_passage_holds_most_of_the_words() {
        let text = "Rain fell in Testburg.\n\nThe mayor spoke. She said the Suwałki corridor would stay open, and that the corridor was safe.\n\nMore rain.";
        let found = cut(text, parse("suwalki corrid*").unwrap().terms());
        assert_eq!(found.text, "She said the Suwałki corridor would stay open, and that the corridor was safe.");
        let marked: Vec<&str> = found.marks.iter().map(|m| m.of(&found.text)).collect();
        assert_eq!(marked, ["Suwałki", "corridor", "corridor"]);
        assert_eq!(found.span.of(text), found.text);
        assert_eq!(cut(text, &[]).text, "Rain fell in Testburg.");
        assert_eq!(cut("", &[]), Snippet::default());
    }

    proptest! {
        #[test]
        fn passages_lie_in_the_text(text in "[a-cż\\n. \u{301}字]{0,600}", query in "[a-c]{1,2}( [a-c]{1,2}){0,2}\\*?") {
            let found = cut(&text, parse(&query).unwrap().terms());
            prop_assert_eq!(found.span.of(&text), found.text.as_str());
            for m in &found.marks {
                prop_assert!(!m.of(&found.text).is_empty());
            }
        }
    }
}
