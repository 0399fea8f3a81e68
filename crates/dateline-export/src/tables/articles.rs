//! The table of articles.

use super::joined;
use crate::cell::{Cell, Column, int, text};
use crate::page::{Page, Text, basis, published, title_span, url};
use dateline_article::Fact;

/// Its columns.
pub const COLUMNS: &[Column] = &[
    text("id", "the capture's id: SHA-256 of its bytes, or as given"),
    int("start", "where the headline stands in `text`: first code point; empty where the page shows it outside of it"),
    int("end", "one past its last code point"),
    text("words", "the headline"),
    text("rule", "where the headline was read"),
    text("story", "the story's name"),
    text("storyline", "the storyline's name"),
    text("origin", "name of the independent text that it is or repeats"),
    text("url", "the page's address"),
    text("outlet", "the outlet's name"),
    text("bylines", "who wrote it, joined by \"; \""),
    text("wire", "the agency credited"),
    text("language", "BCP 47 tag"),
    text("published", "ISO 8601, as precise as the page"),
    text("published_rule", "where that was read"),
    text("modified", "ISO 8601, as precise as the page"),
    text("modified_rule", "where that was read"),
    text("section", "the part of the outlet"),
    text("path", "the file it was added from"),
    text("captured", "when it was captured, ISO 8601"),
    text("media_type", "media type of the capture"),
    text("text", "the main text, to which all spans refer"),
    int("names", "how many names were read in it"),
    int("times", "how many time expressions"),
    int("figures", "how many figures"),
    int("attributions", "how many attributions"),
    text("version", "of the program and rules that read it"),
];

/// One article's row.
pub fn row(page: &Page) -> Vec<Cell> {
    let (report, a, r) = (page.report, &page.report.article, &page.report.reading);
    let title = title_span(report).map(|s| Text::of(report).at(s).span);
    let of_story = |f: fn(&crate::Place) -> String| Cell::from(page.place.as_ref().map(f));
    vec![
        Cell::from(&report.id),
        title.map(|t| t[0]).into(),
        title.map(|t| t[1]).into(),
        a.title.as_deref().into(),
        basis(report, Fact::Title).into(),
        of_story(|p| p.story.to_owned()),
        of_story(|p| p.storyline.to_owned()),
        of_story(|p| p.membership.origin.clone()),
        url(report).into(),
        a.outlet.as_deref().into(),
        joined(&a.bylines).into(),
        a.wire.as_deref().into(),
        a.language.as_deref().into(),
        published(report).into(),
        a.published.as_ref().map(|p| &p.basis).into(),
        a.modified.as_ref().map(|p| &p.value).into(),
        a.modified.as_ref().map(|p| &p.basis).into(),
        a.section.as_ref().map(|s| &s.value).into(),
        report.source.path.as_deref().into(),
        report.source.captured.as_deref().into(),
        report.source.media_type.as_deref().into(),
        Cell::from(&a.text),
        r.mentions.len().into(),
        r.times.len().into(),
        r.figures.len().into(),
        r.attributions.len().into(),
        page.version.into(),
    ]
}
