//! A story's pictures: where it is, what happened when, and who has the text of whom.

use crate::labels::count;
use crate::model::{Note, PageLine, StoryPart};
use dateline_draw::{self as draw, Picture};
use dateline_story::CopyKind;
use std::collections::BTreeMap;

/// The places that the pages name, those of most pages first, on a map; `to` gives where a place leads, by its name.
pub fn map(part: &StoryPart, to: &dyn Fn(&str) -> Option<String>) -> Option<Picture> {
    let place = |p: &crate::PlaceLine| draw::Place {
        label: p.name.clone(),
        lat: p.lat,
        lon: p.lon,
        weight: u32::try_from(p.pages).unwrap_or(u32::MAX),
        note: format!("in {}", count(p.pages, "page", "pages")),
        href: to(&p.name),
    };
    draw::map("Where", &part.places.iter().map(place).collect::<Vec<_>>())
}

/// The dated sentences along time, over the days of the pages; `to` gives the address of a noted place.
pub fn timeline(part: &StoryPart, to: &dyn Fn(&Note) -> String) -> Option<Picture> {
    let moment =
        |m: &crate::Moment| draw::Moment { date: m.date.clone(), label: m.words.clone(), href: Some(to(&m.note)) };
    let moments: Vec<draw::Moment> = part.timeline.iter().map(moment).collect();
    let published: Vec<String> = part.pages.iter().filter_map(|p| p.published.clone()).collect();
    draw::timeline("What happened when", &moments, &published)
}

/// Origins and their copies; nothing where no page repeats another. `page` gives the address of a page.
pub fn lineage(part: &StoryPart, page: &dyn Fn(usize) -> String) -> Option<Picture> {
    let (texts, links) = texts(part, page);
    if links.is_empty() { None } else { draw::lineage("Who has whose text", &texts, &links) }
}

/// The same as an indented tree of lines for a terminal; empty where no page repeats another.
pub fn lineage_lines(part: &StoryPart) -> String {
    let (texts, links) = texts(part, &|_| String::new());
    if links.is_empty() { String::new() } else { draw::lineage_tree(&texts, &links) }
}

/// How much on which day, as a line of blocks for a terminal, `most` columns wide at most; `days` are ISO 8601.
pub fn spark_line(days: &[(String, u32)], most: usize) -> String {
    draw::spark_blocks(days, most)
}

fn texts(part: &StoryPart, page: &dyn Fn(usize) -> String) -> (Vec<draw::Text>, Vec<draw::Link>) {
    let at: BTreeMap<usize, usize> = part.pages.iter().enumerate().map(|(i, p)| (p.page, i)).collect();
    let text = |p: &PageLine| draw::Text {
        label: format!("{} [{}]", p.outlet.as_deref().map_or_else(|| "no outlet".to_owned(), crate::shown), p.page),
        day: p.published.clone(),
        credit: p.wire.as_deref().map(crate::shown),
        note: p.title.clone(),
        href: Some(page(p.page)),
    };
    let link = |p: &PageLine| {
        let (of, [mine, _]) = p.repeats?;
        let kind = p.shared.iter().find(|s| s.page == of).map_or(CopyKind::Edited, |s| s.kind);
        Some(draw::Link { from: *at.get(&of)?, to: *at.get(&p.page)?, kind: drawn(kind), note: format!("{mine} %") })
    };
    (part.pages.iter().map(text).collect(), part.pages.iter().filter_map(link).collect())
}

fn drawn(kind: CopyKind) -> draw::Kind {
    match kind {
        CopyKind::Verbatim => draw::Kind::Verbatim,
        CopyKind::Edited => draw::Kind::Edited,
        CopyKind::Excerpt => draw::Kind::Excerpt,
        CopyKind::Passage => draw::Kind::Passage,
        CopyKind::Recapture => draw::Kind::Recapture,
        CopyKind::Version => draw::Kind::Version,
    }
}
