//! What the writers are fed.

use dateline_article::{BlockKind, Fact};
use dateline_story::{Membership, Report};
use dateline_text::{CharIndex, Span};

/// Where an article stands among the stories.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The story's name.
    pub story: &'a str,
    /// The storyline's name.
    pub storyline: &'a str,
    /// What the story is called.
    pub title: &'a str,
    /// Its place among the story's articles, by date; from 0.
    pub position: u64,
    /// What the linker says of it.
    pub membership: &'a Membership,
}

/// One article.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// What was read in it.
    pub report: &'a Report,
    /// Version of the program and rules that read it.
    pub version: &'a str,
    /// Where it stands among the stories, once linked.
    pub place: Option<Place<'a>>,
}

/// One story, told by its head.
#[derive(Debug, Clone, Copy)]
pub struct StoryHead<'a> {
    /// Its name.
    pub id: &'a str,
    /// Its storyline's name.
    pub storyline: &'a str,
    /// What the user called it, else the headline of its fullest or earliest article.
    pub title: &'a str,
    /// The headline of the pages, where `title` is the user's.
    pub headline: Option<&'a str>,
    /// First day.
    pub first: Option<&'a str>,
    /// Last day.
    pub last: Option<&'a str>,
    /// How many articles.
    pub articles: usize,
    /// How many independent texts.
    pub origins: usize,
    /// Its outlets, in the order of its articles.
    pub outlets: &'a [String],
    /// Whether the user pinned it.
    pub pinned: bool,
    /// Ids of the decisions that hold and name a page of it.
    pub decisions: &'a [String],
    /// Figures on which its articles differ.
    pub differ: usize,
    /// Figures that were updated.
    pub updated: usize,
    /// The article whose headline it bears.
    pub lead: Option<&'a Report>,
    /// When its articles were published, each as its page says.
    pub published: &'a [String],
    /// Version of the rules that linked it.
    pub version: &'a str,
}

/// Words of an article with where they stand: `[start, end]` in code points, end-exclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quoted<'a> {
    pub(crate) span: [usize; 2],
    pub(crate) words: &'a str,
}

/// An article's text with its offsets.
pub(crate) struct Text<'a> {
    text: &'a str,
    index: CharIndex,
}

impl<'a> Text<'a> {
    pub(crate) fn of(report: &'a Report) -> Text<'a> {
        Text { text: &report.article.text, index: CharIndex::new(&report.article.text) }
    }

    pub(crate) fn at(&self, span: Span) -> Quoted<'a> {
        Quoted { span: self.index.to_chars(self.text, span), words: span.of(self.text) }
    }

    /// Words from the first to the last of some spans.
    pub(crate) fn cover(&self, spans: &[Span]) -> Option<Quoted<'a>> {
        spans.iter().copied().reduce(Span::cover).map(|s| self.at(s))
    }

    /// So many code points before and after a span.
    pub(crate) fn around(&self, span: Span, chars: usize) -> (&'a str, &'a str) {
        let before = self.text.get(..span.start).unwrap_or_default();
        let start = before.char_indices().rev().nth(chars.saturating_sub(1)).map_or(0, |(i, _)| i);
        let after = self.text.get(span.end..).unwrap_or_default();
        let end = after.char_indices().nth(chars).map_or(after.len(), |(i, _)| i);
        (before.get(start..).unwrap_or_default(), after.get(..end).unwrap_or_default())
    }
}

/// The article's address as its page says, else as it was captured.
pub(crate) fn url(report: &Report) -> Option<&str> {
    report.article.url.as_deref().or(report.source.url.as_deref())
}

pub(crate) fn published(report: &Report) -> Option<&str> {
    report.article.published.as_ref().map(|p| p.value.as_str())
}

/// Where the headline stands in the text, where the page shows it there.
pub(crate) fn title_span(report: &Report) -> Option<Span> {
    let first = report.article.blocks.first().filter(|b| b.kind == BlockKind::Title)?;
    let title = report.article.title.as_deref()?;
    Some(first.span).filter(|s| s.of(&report.article.text) == title)
}

/// Where a fact of the article was read ("json-ld").
pub(crate) fn basis(report: &Report, fact: Fact) -> Option<&str> {
    report.article.choices.iter().find(|c| c.fact == fact).map(|c| c.basis.as_str())
}
