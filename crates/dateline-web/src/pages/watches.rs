//! Queries that are kept, and what is new for each since a day.

use super::{encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, Redirect};
use dateline_brief::{day_words, shown};
use dateline_store::{Deciding, ErrorKind, WatchStory, Watched};
use dateline_story::decisions::Watch;
use serde::Deserialize;

/// Stories shown of a watch.
const STORIES: usize = 8;

/// What may stand in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    since: String,
    /// A query to begin with, as from the search.
    q: String,
}

/// What the forms say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    token: String,
    what: String,
    name: String,
    q: String,
}

struct Line {
    id: String,
    headline: String,
    facts: String,
}

struct Row {
    name: String,
    to: String,
    query: String,
    query_to: String,
    counts: String,
    stories: Vec<Line>,
    more: usize,
}

#[derive(Template)]
#[template(path = "watches.html")]
struct Page {
    since: String,
    last_day: Option<String>,
    q: String,
    problem: Option<String>,
    watches: Vec<Row>,
}

pub(crate) async fn page(State(shelf): State<Shelf>, Query(asked): Query<Asked>) -> Result<Html<String>, Failed> {
    let page = shelf
        .ask(move |library| {
            let since = Some(asked.since.trim()).filter(|s| !s.is_empty());
            let mut page = Page {
                since: asked.since.trim().to_owned(),
                last_day: library.last_day()?,
                q: asked.q.trim().to_owned(),
                problem: None,
                watches: Vec::new(),
            };
            for watch in library.watches()? {
                match library.watched(&watch.query, since, STORIES) {
                    Ok(found) => page.watches.push(row(&watch, &found)),
                    Err(e) if matches!(e.kind(), ErrorKind::Query(_)) => {
                        page.problem = Some(e.to_string());
                        page.watches.push(row(&watch, &Watched::default()));
                    }
                    Err(e) => return Err(e.into()),
                }
            }
            Ok(page)
        })
        .await?;
    frame::set(&page)
}

fn row(watch: &Watch, found: &Watched) -> Row {
    let line = |s: &WatchStory| {
        let days = s.story.last.as_deref().map(day_words);
        let new = match (s.pages.len(), s.fitting) {
            (n, all) if n == all => format!("pages {n}"),
            (n, all) => format!("new pages {n} of {all} that fit"),
        };
        Line {
            id: s.story.id.clone(),
            headline: shown(&s.story.title),
            facts: days.into_iter().chain([new]).collect::<Vec<_>>().join(" · "),
        }
    };
    Row {
        name: shown(&watch.name),
        to: encoded(&watch.name),
        query: shown(&watch.query),
        query_to: encoded(&watch.query),
        counts: format!("pages {} · stories {}", found.pages, found.stories),
        stories: found.shown.iter().map(line).collect(),
        more: found.stories.saturating_sub(found.shown.len()),
    }
}

/// Keeps a query, or keeps it no longer.
pub(crate) async fn take(
    State(shelf): State<Shelf>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Failed> {
    let token = sent.token.clone();
    shelf
        .settle(&headers, &token, move |library, now| {
            let act = match sent.what.as_str() {
                "add" => library.watching(&sent.name, &sent.q)?,
                "remove" => library.unwatching(&sent.name)?,
                _ => return Err(Failed::Refused),
            };
            Ok(library.decide(act, &Deciding { at: now, by: None, why: None })?)
        })
        .await?;
    Ok(Redirect::to("/watch"))
}
