//! The table of stories.

use super::joined;
use crate::cell::{Cell, Column, int, text, yes};
use crate::page::{StoryHead, Text, basis, title_span};
use dateline_article::Fact;

/// Its columns.
pub const COLUMNS: &[Column] = &[
    text("story", "the story's name"),
    text("title", "what the user called it, else the pages' headline"),
    text("id", "the article whose headline the story bears: its fullest or earliest"),
    int("start", "where that headline stands in the article's text; empty where the page shows it outside of it"),
    int("end", "one past its last code point"),
    text("words", "the headline"),
    text("rule", "where the headline was read"),
    text("storyline", "the storyline's name"),
    text("first", "day of its first article, ISO 8601"),
    text("last", "day of its last"),
    int("pages", "how many articles"),
    int("origins", "how many independent texts"),
    text("outlets", "its outlets, joined by \"; \""),
    int("differ", "figures on which its articles differ"),
    int("updated", "figures that were updated"),
    yes("pinned", "whether the user pinned it"),
    text("decisions", "ids of the user's decisions that hold for it, joined by \"; \""),
    text("version", "of the rules that linked it"),
];

/// One story's row.
pub fn row(story: &StoryHead) -> Vec<Cell> {
    let lead = story.lead;
    let title = lead.and_then(|l| title_span(l).map(|s| Text::of(l).at(s).span));
    vec![
        story.id.into(),
        story.title.into(),
        lead.map(|l| &l.id).into(),
        title.map(|t| t[0]).into(),
        title.map(|t| t[1]).into(),
        lead.and_then(|l| l.article.title.as_deref()).into(),
        lead.and_then(|l| basis(l, Fact::Title)).into(),
        story.storyline.into(),
        story.first.into(),
        story.last.into(),
        story.articles.into(),
        story.origins.into(),
        joined(story.outlets).into(),
        story.differ.into(),
        story.updated.into(),
        story.pinned.into(),
        joined(story.decisions).into(),
        story.version.into(),
    ]
}
