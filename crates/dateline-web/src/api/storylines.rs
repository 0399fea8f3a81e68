//! The answers about storylines.

use super::answers::{Answer, Asked, answer, asked, limit};
use crate::shapes;
use crate::shelf::Shelf;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

/// What may be asked of the list of storylines.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OfStorylines {
    limit: Option<usize>,
    from: Option<usize>,
}

pub(super) async fn list(State(shelf): State<Shelf>, query: Asked<OfStorylines>) -> Answer {
    let asked = asked(query)?;
    answer(&shelf, move |library| {
        let (from, limit) = (asked.from.unwrap_or(0), limit(asked.limit));
        let (found, total) = library.storylines(from, limit)?;
        let end = from.saturating_add(found.len());
        let next = ((end as u64) < total && !found.is_empty()).then_some(end);
        let items: Vec<Value> = found.iter().map(shapes::storyline).collect();
        Ok(json!({"items": items, "total": total, "next": next}))
    })
    .await
}

pub(super) async fn one(State(shelf): State<Shelf>, Path(id): Path<String>) -> Answer {
    answer(&shelf, move |library| {
        let told = library.storyline_told(&id)?;
        let families = library.families()?;
        let stories: Vec<Value> = told.stories.iter().map(|s| shapes::story(s, &families)).collect();
        let joined = told.joined.iter().zip(&told.stories).map(|(all, story)| {
            let speakers: Vec<Value> = all.iter().map(|j| json!({"name": j.name, "sayings": j.sayings})).collect();
            json!({"story": story.id, "speakers": speakers})
        });
        let joined: Vec<Value> = joined.collect();
        let links = serde_json::to_value(&told.links).unwrap_or_default();
        Ok(json!({"storyline": told.id, "stories": stories, "more": told.more, "links": links, "joined": joined}))
    })
    .await
}
