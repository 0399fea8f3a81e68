//! The answers about what the user keeps: watches and briefs.

use super::answers::{Answer, Asked, answer, asked, limit};
use crate::shapes;
use crate::shelf::Shelf;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

/// All watches, by name.
pub(super) async fn watches(State(shelf): State<Shelf>) -> Answer {
    answer(&shelf, |library| {
        let items: Vec<Value> = library.watches()?.iter().map(shapes::watch).collect();
        Ok(json!({"items": items}))
    })
    .await
}

/// What may be asked of a watch.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OfWatch {
    since: Option<String>,
    limit: Option<usize>,
}

/// What fits a watch, and is new since a day.
pub(super) async fn watch(State(shelf): State<Shelf>, Path(name): Path<String>, query: Asked<OfWatch>) -> Answer {
    let asked = asked(query)?;
    answer(&shelf, move |library| {
        let watch = library.watch(&name)?;
        let found = library.watched(&watch.query, asked.since.as_deref(), limit(asked.limit))?;
        let families = library.families()?;
        let items: Vec<Value> = found.shown.iter().map(|s| shapes::watched(s, &watch, &families)).collect();
        Ok(json!({
            "watch": watch.name, "query": watch.query, "since": asked.since, "stories": found.stories,
            "pages": found.pages, "items": items,
        }))
    })
    .await
}

/// The briefs that the user put together.
pub(super) async fn briefs(State(shelf): State<Shelf>) -> Answer {
    answer(&shelf, |library| {
        let mut items: Vec<Value> = Vec::new();
        for kept in library.briefs()? {
            items.push(shapes::kept_brief(&kept, &library.brief_stories(&kept)?));
        }
        Ok(json!({"items": items}))
    })
    .await
}

/// One brief: its stories in the user's order, with what the user wrote.
pub(super) async fn brief(State(shelf): State<Shelf>, Path(id): Path<String>) -> Answer {
    answer(&shelf, move |library| {
        let kept = library.brief(&id)?;
        let stories = library.brief_stories(&kept)?;
        let mut shape = shapes::kept_brief(&kept, &stories);
        shape["lead"] = json!(kept.lead);
        shape["items"] = stories.iter().map(shapes::brief_story).collect();
        Ok(shape)
    })
    .await
}
