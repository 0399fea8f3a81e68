//! The storylines of the library: those that went on last first.

use super::spoken::many;
use super::{encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use dateline_brief::{day_words, shown};
use dateline_store::StorylineLine;
use serde::Deserialize;

/// Storylines a page shows.
const PAGE: usize = 40;

/// What may stand in the address: how many to pass over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    from: usize,
}

struct Row {
    to: String,
    title: String,
    facts: String,
    latest: Option<String>,
}

#[derive(Template)]
#[template(path = "storylines.html")]
struct Page {
    total: String,
    rows: Vec<Row>,
    later: bool,
    next: Option<String>,
}

pub(crate) async fn page(State(shelf): State<Shelf>, Query(asked): Query<Asked>) -> Result<Html<String>, Failed> {
    let page = shelf
        .ask(move |library| {
            let (found, total) = library.storylines(asked.from, PAGE)?;
            let end = asked.from.saturating_add(found.len());
            Ok(Page {
                total: many(total, "storyline", "storylines"),
                rows: found.iter().map(row).collect(),
                later: asked.from > 0,
                next: (total > end as u64 && !found.is_empty()).then(|| format!("/storylines?from={end}")),
            })
        })
        .await?;
    frame::set(&page)
}

fn row(line: &StorylineLine) -> Row {
    let day = |iso: &str| day_words(iso.get(..10).unwrap_or(iso));
    let mut facts: Vec<String> = Vec::new();
    facts.extend(line.days.as_ref().map(|(first, last)| match (day(first), day(last)) {
        (first, last) if first == last => first,
        (first, last) => format!("{first} – {last}"),
    }));
    facts.push(many(line.stories as u64, "story", "stories"));
    facts.push(many(line.articles as u64, "page", "pages"));
    Row {
        to: format!("/storyline/{}", encoded(&line.id)),
        title: shown(&line.title),
        facts: facts.join(" · "),
        latest: line.latest.as_deref().map(shown),
    }
}
