//! Where writers do without capitals: what is written small may be a name there.

use super::tokens::{Shape, count};
use std::ops::Range;

/// Sentences of fewer small words say nothing of their writer's ways.
const LEAST_WORDS: usize = 3;

/// For each word, whether capitals are wanting around it: in the whole article, or in its sentence where a quarter of
/// the article's sentences begin small, or "i" is written so. Words are given by shape and folded.
pub(super) fn words<F: AsRef<str>>(shapes: &[Shape], folded: &[F], sentences: &[Range<usize>]) -> Vec<bool> {
    let is_i = |i: usize| {
        let word = folded.get(i).map_or("", AsRef::as_ref);
        word == "i" || word.starts_with("i'") || word.starts_with("i’")
    };
    // "I" has its capital whatever its writer thinks of capitals.
    let named = |range: &Range<usize>| {
        let all = shapes.get(range.clone()).unwrap_or_default();
        let capitals = count(all, Shape::Capital) + count(all, Shape::Upper) + count(all, Shape::Inner);
        capitals.saturating_sub(range.clone().filter(|i| is_i(*i)).count())
    };
    let whole = 0..shapes.len();
    if count(shapes, Shape::Lower) >= 8.max(60 * named(&whole)) {
        return vec![true; shapes.len()];
    }
    let mut out = vec![false; shapes.len()];
    let told: Vec<&Range<usize>> = sentences
        .iter()
        .filter(|s| count(shapes.get((*s).clone()).unwrap_or_default(), Shape::Lower) >= LEAST_WORDS)
        .collect();
    let begins_small = |s: &&&Range<usize>| shapes.get(s.start) == Some(&Shape::Lower);
    let small: Vec<&&Range<usize>> = told.iter().filter(begins_small).collect();
    let small_i = || whole.clone().any(|i| is_i(i) && shapes[i] == Shape::Lower);
    if small.is_empty() || 4 * small.len() < told.len() && !small_i() {
        return out;
    }
    for sentence in small.into_iter().filter(|s| named(s) == 0) {
        out[(*sentence).clone()].fill(true);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tokens::Tokens;
    use crate::Doc;
    use dateline_article::{Article, Block, BlockKind};
    use dateline_lexicon::Lexicon;
    use dateline_text::Span;

    fn caseless(text: &str) -> Vec<String> {
        let mut at = 0;
        let lines = text.split('\n').map(|line| {
            let span = Span::new(at, at + line.len());
            at += line.len() + 1;
            Block { kind: BlockKind::Paragraph, span, capture: (span.start, span.end) }
        });
        let blocks = lines.collect();
        let language = Some("en".to_owned());
        let article = Article { text: text.to_owned(), blocks, language, ..Article::default() };
        let (doc, lexicon) = (Doc::new(&article), Lexicon::shipped());
        let t = Tokens::new(&doc, &lexicon);
        (0..t.len()).filter(|i| t.is_caseless(*i)).map(|i| t.text(i).to_owned()).collect()
    }

    #[test]
    fn a_sentence_without_capitals_is_told_among_others() {
        let found = caseless("The bus to Lyon was late.\nis there a hotel in marseille too?");
        assert!(found.contains(&"marseille".to_owned()) && !found.contains(&"bus".to_owned()), "{found:?}");
    }

    #[test]
    fn one_small_beginning_in_a_tidy_text_says_nothing() {
        let tidy = "The mayor spoke. The bus was late. The train was not. The rain went on. It did not stop.";
        assert!(caseless(&format!("{tidy}\nwho wanted more of it?")).is_empty());
    }
}
