//! The story's pictures: where it is, what happened when, and who has the text of whom.

use super::columns::Pages;
use crate::pages::encoded;
use dateline_brief::{PageLine, StoryPart, shown};
use dateline_draw as draw;
use dateline_draw::Picture;
use dateline_reading::NameKind;
use dateline_story::{CopyKind, Report};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Places that a map shows.
const PLACES: usize = 24;

/// The places that the pages name, those of most pages first, on a map.
pub(super) fn map(reports: &[&Report]) -> Option<Picture> {
    let mut found: BTreeMap<String, draw::Place> = BTreeMap::new();
    let mut mentions: BTreeMap<String, usize> = BTreeMap::new();
    for report in reports {
        let mut here: BTreeMap<String, &dateline_reading::Entity> = BTreeMap::new();
        for (i, e) in report.reading.entities.iter().enumerate().filter(|(_, e)| e.kind == NameKind::Place) {
            let Some(id) = e.place.as_ref().and_then(|p| p.gazetteer_id.clone()) else { continue };
            *mentions.entry(id.clone()).or_default() +=
                report.reading.mentions.iter().filter(|m| m.entity == Some(i)).count();
            here.entry(id).or_insert(e);
        }
        for (id, e) in here {
            let (Some(place), name) = (&e.place, shown(&e.name)) else { continue };
            let known = found.entry(id).or_insert_with(|| draw::Place {
                href: Some(format!("/place?name={}", encoded(&name))),
                label: name,
                lat: place.lat,
                lon: place.lon,
                ..draw::Place::default()
            });
            known.weight += 1;
        }
    }
    let mut all: Vec<(String, draw::Place)> = found.into_iter().collect();
    // what one page of many names is a remark, or a mistake, and would draw the map out over the world
    let shared = all.iter().filter(|(_, p)| p.weight > 1).count();
    if reports.len() > 2 && shared > 0 {
        all.retain(|(_, p)| p.weight > 1);
    }
    all.sort_by_key(|(id, p)| (Reverse(p.weight), Reverse(mentions.get(id).copied()), p.label.clone()));
    let places: Vec<draw::Place> = all.into_iter().take(PLACES).map(|(_, p)| noted(p)).collect();
    draw::map("Where", &places)
}

fn noted(place: draw::Place) -> draw::Place {
    let note = if place.weight == 1 { "in 1 page".to_owned() } else { format!("in {} pages", place.weight) };
    draw::Place { note, ..place }
}

/// The dated sentences along time, over the days of the pages.
pub(super) fn timeline(part: &StoryPart, pages: &Pages) -> Option<Picture> {
    let moment = |m: &dateline_brief::Moment| draw::Moment {
        date: m.date.clone(),
        label: m.words.clone(),
        href: Some(pages.address(&m.note)),
    };
    let moments: Vec<draw::Moment> = part.timeline.iter().map(moment).collect();
    let published: Vec<String> = part.pages.iter().filter_map(|p| p.published.clone()).collect();
    draw::timeline("What happened when", &moments, &published)
}

/// Origins and their copies; nothing where no page repeats another.
pub(super) fn lineage(part: &StoryPart, pages: &Pages) -> Option<Picture> {
    let at: BTreeMap<usize, usize> = part.pages.iter().enumerate().map(|(i, p)| (p.page, i)).collect();
    let text = |p: &PageLine| draw::Text {
        label: format!("{} [{}]", pages.outlet(p.page), p.page),
        day: p.published.clone(),
        credit: p.wire.as_deref().map(shown),
        note: p.title.clone(),
        href: Some(pages.to(p.page)),
    };
    let texts: Vec<draw::Text> = part.pages.iter().map(text).collect();
    let link = |p: &PageLine| {
        let (of, [mine, _]) = p.repeats?;
        let kind = p.shared.iter().find(|s| s.page == of).map_or(CopyKind::Edited, |s| s.kind);
        Some(draw::Link { from: *at.get(&of)?, to: *at.get(&p.page)?, kind: drawn(kind), note: format!("{mine} %") })
    };
    let links: Vec<draw::Link> = part.pages.iter().filter_map(link).collect();
    if links.is_empty() { None } else { draw::lineage("Who has whose text", &texts, &links) }
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
