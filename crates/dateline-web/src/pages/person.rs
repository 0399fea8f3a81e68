//! All that a person or organisation is reported to have said, by date.

use super::{encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use dateline_brief::{day_words, quoted, said_tags, said_words, shown};
use dateline_store::{Possibly, Said};
use dateline_text::{CharIndex, Span};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    name: String,
}

/// Someone who may be the same person.
struct Doubt {
    name: String,
    other: String,
    to: String,
    why: &'static str,
    sayings: u64,
}

struct Row {
    day: String,
    role: String,
    tags: String,
    words: String,
    at: usize,
    to: String,
    article: String,
    title: String,
    outlet: String,
}

#[derive(Template)]
#[template(path = "person.html")]
struct Page {
    version: &'static str,
    library: String,
    name: String,
    facts: String,
    possibly: Vec<Doubt>,
    said: Vec<Row>,
}

pub(crate) async fn page(State(shelf): State<Shelf>, Query(asked): Query<Asked>) -> Result<Html<String>, Failed> {
    let folder = shelf.folder.to_string();
    let page = shelf
        .ask(move |library| {
            let said = library.who(&asked.name)?;
            let mut pages: Vec<&str> = said.iter().map(|s| s.report.as_str()).collect();
            pages.sort_unstable();
            pages.dedup();
            let possibly = library.possibly_same(&said)?;
            Ok(Page {
                version: dateline_brief::json::VERSION,
                library: folder,
                name: shown(&asked.name),
                facts: format!("sayings: {} · pages: {}", said.len(), pages.len()),
                possibly: possibly.iter().map(doubt).collect(),
                said: said.iter().map(row).collect(),
            })
        })
        .await?;
    frame::set(&page)
}

fn doubt(p: &Possibly) -> Doubt {
    let office = p.office.as_deref().map(|o| format!(", {}", shown(o))).unwrap_or_default();
    Doubt {
        name: shown(&p.name),
        other: format!("{}{office}", shown(&p.other)),
        to: format!("/who?name={}", encoded(&p.other)),
        why: p.why.words(),
        sayings: p.sayings,
    }
}

fn row(s: &Said) -> Row {
    let whole = s.said.content.iter().copied().reduce(Span::cover).unwrap_or_default();
    let [start, end] = CharIndex::new(&s.text).to_chars(&s.text, whole);
    let article = format!("/article/{}", s.report);
    let name = shown(&s.speaker.name);
    Row {
        day: s.published.as_deref().map_or_else(|| "no date".to_owned(), day_words),
        role: s.speaker.role.as_deref().map_or_else(|| name.clone(), |r| format!("{name}, {}", shown(r))),
        tags: said_tags(s.said.class, s.said.kind),
        words: quoted(&said_words(&s.text, &s.said.content, s.said.kind)),
        at: start,
        to: format!("{article}?at={start}-{end}#p1-{start}"),
        article,
        title: s.title.as_deref().map_or_else(|| "(no title)".to_owned(), shown),
        outlet: s.outlet.as_deref().map(shown).unwrap_or_default(),
    }
}
