//! The table of stories' articles.

use super::joined;
use crate::cell::{Cell, Column, float, int, text};
use crate::page::{Page, Text, basis, published, title_span, url};
use dateline_article::Fact;

/// Its columns.
pub const COLUMNS: &[Column] = &[
    text("story", "the story's name"),
    int("position", "the article's place in it, by date; from 0"),
    text("id", "the article's id"),
    int("start", "where its headline stands in its text; empty where the page shows it outside of it"),
    int("end", "one past its last code point"),
    text("words", "the headline"),
    text("rule", "where the headline was read"),
    text("storyline", "the storyline's name"),
    text("origin", "name of the independent text that it is or repeats"),
    text("copies", "ids of the texts that it shares wording with, joined by \"; \""),
    text("because", "id of the article that links it most strongly to the story"),
    float("score", "how strongly, 0 to 1"),
    text("terms", "the words that the two share, joined by \"; \""),
    text("names", "the names that they share, joined by \"; \""),
    int("days", "days between the two"),
    text("outlet", "its outlet"),
    text("published", "its date, ISO 8601, as precise as the page"),
    text("url", "its address"),
    text("version", "of the program and rules that read it"),
];

/// The row of an article in a story; `None` before it was linked.
pub fn row(page: &Page) -> Option<Vec<Cell>> {
    let (report, place) = (page.report, page.place?);
    let title = title_span(report).map(|s| Text::of(report).at(s).span);
    let m = place.membership;
    let copies: Vec<&str> = m.copies.iter().map(|c| c.of.as_str()).collect();
    let because = m.because.first();
    Some(vec![
        place.story.into(),
        usize::try_from(place.position).ok().into(),
        Cell::from(&report.id),
        title.map(|t| t[0]).into(),
        title.map(|t| t[1]).into(),
        report.article.title.as_deref().into(),
        basis(report, Fact::Title).into(),
        place.storyline.into(),
        Cell::from(&m.origin),
        joined(&copies).into(),
        because.map(|b| &b.with).into(),
        because.map(|b| b.score).into(),
        because.and_then(|b| joined(&b.terms)).into(),
        because.and_then(|b| joined(&b.entities)).into(),
        because.and_then(|b| b.days).map_or(Cell::Null, Cell::Int),
        report.article.outlet.as_deref().into(),
        published(report).into(),
        url(report).into(),
        page.version.into(),
    ])
}
