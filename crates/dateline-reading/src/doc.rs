use dateline_article::{Article, Block};
use dateline_text::{Span, Word, sentences, words};
use std::ops::Range;

/// One sentence, its words, and the block it stands in.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Its words: indices into [`Doc::words`].
    pub words: Range<usize>,
    /// Its block: index into [`Doc::blocks`].
    pub block: usize,
}

/// An article cut into words and sentences once, for all steps.
#[derive(Debug)]
pub struct Doc<'a> {
    /// The main text.
    pub text: &'a str,
    /// Its blocks.
    pub blocks: &'a [Block],
    /// Its words, numbers and marks.
    pub words: Vec<Word>,
    /// Its sentences; none crosses a block.
    pub sentences: Vec<Sentence>,
    /// The article's date, ISO 8601, as precise as known.
    pub published: Option<&'a str>,
    /// BCP 47 language tag.
    pub language: Option<&'a str>,
    /// The outlet's name.
    pub outlet: Option<&'a str>,
    /// The headline.
    pub title: Option<&'a str>,
}

impl<'a> Doc<'a> {
    /// Cuts the article's text. Linear in the text.
    pub fn new(article: &'a Article) -> Doc<'a> {
        let text = article.text.as_str();
        let mut all_words = Vec::new();
        let mut all_sentences = Vec::new();
        for (block, b) in article.blocks.iter().enumerate() {
            let part = b.span.of(text);
            let base = b.span.start;
            let first = all_words.len();
            all_words.extend(words(part).into_iter().map(|w| Word { span: w.span.shift(base), ..w }));
            let mut at = first;
            for s in sentences(part) {
                let span = s.shift(base);
                let from = at;
                while at < all_words.len() && all_words[at].span.start < span.end {
                    at += 1;
                }
                all_sentences.push(Sentence { span, words: from..at, block });
            }
        }
        Doc {
            text,
            blocks: &article.blocks,
            words: all_words,
            sentences: all_sentences,
            published: article.published.as_ref().map(|p| p.value.as_str()),
            language: article.language.as_deref(),
            outlet: article.outlet.as_deref(),
            title: article.title.as_deref(),
        }
    }

    /// The text of word `i`, or `""` past the end.
    pub fn word(&self, i: usize) -> &'a str {
        self.words.get(i).map_or("", |w| w.of(self.text))
    }
}
