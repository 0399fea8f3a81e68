//! The answers about persons, organisations and places.

use super::answers::{Answer, Asked, answer, asked};
use super::problem::Problem;
use crate::shapes;
use crate::shelf::Shelf;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

/// What may be asked of names.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OfNames {
    name: String,
}

/// All whose names hold these words.
pub(super) async fn names(State(shelf): State<Shelf>, query: Asked<OfNames>) -> Answer {
    let asked = asked(query)?;
    if asked.name.trim().is_empty() {
        return Err(Problem::asked("Say whom: name=…"));
    }
    answer(&shelf, move |library| {
        let items: Vec<Value> = library.namesakes(&asked.name)?.iter().map(shapes::namesake).collect();
        Ok(json!({"items": items}))
    })
    .await
}

/// What may be asked of one name: which portion of its sayings and of the articles that speak of it, from 0.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OfName {
    said: usize,
    spoken: usize,
}

/// One person or organisation, with all names that the user decided to be the same one's.
pub(super) async fn name(State(shelf): State<Shelf>, Path(key): Path<String>, query: Asked<OfName>) -> Answer {
    let asked = asked(query)?;
    answer(&shelf, move |library| {
        let sake = library.known_by(&key)?;
        let group = library.persons()?.group(&sake.key);
        let profile = library.profile(&group, asked.said, asked.spoken)?;
        Ok(shapes::profile(&sake, &group, &profile))
    })
    .await
}

/// What may be asked of a place: its name or its number in the gazetteer, and which portion of articles, from 0.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OfPlace {
    name: String,
    spoken: usize,
}

/// The places of a name, and what is told of them.
pub(super) async fn place(State(shelf): State<Shelf>, query: Asked<OfPlace>) -> Answer {
    let asked = asked(query)?;
    if asked.name.trim().is_empty() {
        return Err(Problem::asked("Say which place: name=…"));
    }
    answer(&shelf, move |library| Ok(shapes::place(&library.place_profile(&asked.name, asked.spoken)?))).await
}
