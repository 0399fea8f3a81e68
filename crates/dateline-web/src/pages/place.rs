//! A place: the stories and sentences there, on a map.

use super::spoken::{self, Article, Counted, Story, many};
use super::{encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use dateline_brief::shown;
use dateline_store::{Asking, Library};
use serde::Deserialize;

/// Kilometres around the place that its map may show: what is named with it on another continent stands in the list,
/// and would make the map one of the world.
const AROUND: f64 = 2_500.0;

/// Stories that are told.
const STORIES: usize = 10;

/// What may stand in the address: the name, or the number in the gazetteer; which page of articles.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    name: String,
    page: usize,
}

#[derive(Template)]
#[template(path = "place.html")]
struct Page {
    name: String,
    found: bool,
    facts: String,
    map: Option<String>,
    meant: Vec<Counted>,
    stories: Vec<Story>,
    all_stories: String,
    spoken: Vec<Article>,
    next: Option<String>,
    with: Vec<Counted>,
    places: Vec<Counted>,
    search: String,
}

pub(crate) async fn page(State(shelf): State<Shelf>, Query(asked): Query<Asked>) -> Result<Html<String>, Failed> {
    let page = shelf.ask(move |library| set(library, &asked)).await?;
    frame::set(&page)
}

fn set(library: &Library, asked: &Asked) -> Result<Page, Failed> {
    let profile = library.place_profile(&asked.name, asked.page)?;
    let name = asked.name.trim();
    let query = format!("place:\"{}\"", name.replace(['"', '“', '”', '„', '«', '»'], " "));
    let asking = Asking { query: Some(query.clone()), limit: STORIES, ..Asking::default() };
    let stories = if profile.pages > 0 { library.today(&asking)?.stories } else { Vec::new() };
    // a number stands for the place that it is the number of
    let by_number = profile.meant.first().filter(|_| name.bytes().all(|b| b.is_ascii_digit()));
    let mut facts = vec![many(profile.pages, "article", "articles")];
    facts.extend(spoken::days(&profile.facts));
    if profile.meant.len() > 1 {
        facts.push(many(profile.meant.len() as u64, "place", "places of this name or in it"));
    }
    let more = profile.pages > asked.page.saturating_add(1).saturating_mul(Library::place_pages()) as u64;
    let others: Vec<_> =
        profile.facts.places.iter().filter(|p| profile.meant.iter().all(|m| m.id != p.id)).cloned().collect();
    let on_map = match profile.meant.as_slice() {
        [here] => std::iter::once(here).chain(others.iter().filter(|p| km(here.at, p.at) <= AROUND)).cloned().collect(),
        several => several.to_vec(),
    };
    Ok(Page {
        name: by_number.map_or_else(|| shown(name), |p| shown(&p.name)),
        found: profile.pages > 0,
        facts: facts.join(" · "),
        map: spoken::map("Where", &on_map),
        meant: if profile.meant.len() > 1 { numbered(&profile.meant) } else { Vec::new() },
        stories: stories.iter().map(spoken::story).collect(),
        all_stories: format!("/?place={}", encoded(name)),
        spoken: profile.spoken.iter().map(spoken::article).collect(),
        next: more.then(|| format!("{}&page={}#spoken", spoken::place_address(name), asked.page.saturating_add(1))),
        with: profile
            .facts
            .with
            .iter()
            .map(|(name, key, n)| Counted { words: shown(name), to: format!("/who?key={}", encoded(key)), pages: *n })
            .collect(),
        places: spoken::places(&others),
        search: format!("/search?q={}", encoded(&query)),
    })
}

/// Kilometres between two points, in degrees north and east (haversine, mean radius).
fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let arc = half(a.0, b.0) + a.0.to_radians().cos() * b.0.to_radians().cos() * half(a.1, b.1);
    2.0 * 6_371.0 * arc.sqrt().min(1.0).asin()
}

/// Places by their numbers, since they may have one name.
fn numbered(all: &[dateline_store::PlaceIn]) -> Vec<Counted> {
    let place = |p: &dateline_store::PlaceIn| Counted {
        words: shown(&p.name),
        to: spoken::place_address(&p.id),
        pages: p.pages,
    };
    all.iter().map(place).collect()
}
