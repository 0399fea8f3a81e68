//! Places: where the places named in the text lie.
//!
//! Every name has candidates in the gazetteer. What the article names without doubt (countries, states, large cities,
//! "Springfield, Illinois") votes for countries and states; each remaining name takes the candidate with the most
//! votes, people and nearness. The method is the usual one of toponym resolution: population prior, context vote,
//! one sense per discourse (Leidner 2007; Lieberman 2010).

mod choose;
pub mod governments;

use crate::names::{self};
use crate::{Coordinates, Doc, Entity, Mention, NameKind};
use dateline_lexicon::Lexicon;
use dateline_lexicon::places::{Place, PlaceKind};
use dateline_text::Span;
use std::collections::BTreeMap;

/// Gives coordinates to the entities that are places (and to nationalities, their country's).
pub fn resolve(doc: &Doc, lexicon: &Lexicon, mentions: &mut [Mention], entities: &mut Vec<Entity>) {
    let mut candidates: Vec<Vec<Place>> = entities.iter().map(|e| candidates(doc, lexicon, e)).collect();
    let parents = parents(doc, lexicon, mentions, entities);
    for (all, parent) in candidates.iter_mut().zip(&parents) {
        if let Some(parent) = parent {
            let inside: Vec<Place> = all.iter().filter(|p| lies_in(p, parent)).cloned().collect();
            if !inside.is_empty() {
                *all = inside;
            }
        }
    }
    let counts = counts(mentions, entities.len());
    let meant: Vec<_> = entities.iter().map(|e| lexicon.places.meant(&names::name_key(&e.name))).collect();
    let chosen = choose::all(doc, lexicon, &candidates, &parents, &counts, &meant);
    for ((entity, place), parent) in entities.iter_mut().zip(chosen).zip(parents) {
        // A town that the gazetteer lacks lies where its state or county does.
        let own = place.is_some();
        let Some(place) = place.or(parent.filter(|_| entity.kind == NameKind::Place)) else { continue };
        // A town that only lies in its state or county keeps its own name as key.
        if entity.kind == NameKind::Place && own {
            entity.key = format!("place:{}", place.id);
        }
        if entity.kind == NameKind::Norp && !place.country.is_empty() {
            entity.key = format!("people:{}", place.country);
        }
        entity.place = Some(coordinates(&place));
    }
    merge(mentions, entities);
}

/// Joins entities of one kind that turned out to have one key: "Kiev" and "Kyiv", "Ukrainian" and "Ukrainians".
fn merge(mentions: &mut [Mention], entities: &mut Vec<Entity>) {
    let mut first: BTreeMap<(NameKind, String), usize> = BTreeMap::new();
    let mut kept: Vec<Entity> = Vec::with_capacity(entities.len());
    let mut moved = Vec::with_capacity(entities.len());
    for entity in entities.drain(..) {
        let resolved = entity.place.is_some() && matches!(entity.kind, NameKind::Place | NameKind::Norp);
        let known = if resolved { first.get(&(entity.kind, entity.key.clone())).copied() } else { None };
        let Some(at) = known else {
            moved.push(kept.len());
            first.insert((entity.kind, entity.key.clone()), kept.len());
            kept.push(entity);
            continue;
        };
        moved.push(at);
        for form in std::iter::once(entity.name).chain(entity.aliases) {
            if kept[at].aliases.len() < 32 && kept[at].name != form && !kept[at].aliases.contains(&form) {
                kept[at].aliases.push(form);
            }
        }
    }
    *entities = kept;
    for m in mentions {
        m.entity = m.entity.and_then(|e| moved.get(e).copied());
    }
}

fn coordinates(place: &Place) -> Coordinates {
    Coordinates {
        lat: place.lat,
        lon: place.lon,
        gazetteer_id: Some(place.id.to_string()),
        country: Some(place.country.to_owned()).filter(|c| !c.is_empty()),
    }
}

fn candidates(doc: &Doc, lexicon: &Lexicon, entity: &Entity) -> Vec<Place> {
    match entity.kind {
        NameKind::Place => {
            let mut all = named(lexicon, &entity.name);
            if all.is_empty() && doc.language.is_some_and(|l| !l.starts_with("en")) {
                all.extend(lexicon.places.declined(&dateline_text::fold(&entity.name)).cloned());
            }
            for alias in &entity.aliases {
                if all.is_empty() {
                    all = named(lexicon, alias);
                }
            }
            all
        }
        NameKind::Norp => {
            let code = lexicon.places.demonym(&names::name_key(&entity.name));
            code.and_then(|c| lexicon.places.country(c)).cloned().into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Candidates by the whole name, else by the name without "the", "City of", "County" and the like.
fn named(lexicon: &Lexicon, name: &str) -> Vec<Place> {
    let key = names::name_key(name);
    if let Some(state) = lexicon.places.abbreviated(name) {
        return vec![state.clone()];
    }
    let found = lexicon.places.named(&key);
    if !found.is_empty() {
        return found;
    }
    const AROUND: &[&str] = &[
        "city of ",
        "town of ",
        "village of ",
        "state of ",
        "county ",
        "province of ",
        "republic of ",
        "greater ",
        "downtown ",
        "central ",
        "northern ",
        "southern ",
        "eastern ",
        "western ",
        "north ",
        "south ",
        "east ",
        "west ",
        "upper ",
    ];
    const TAILS: &[&str] = &[
        " city",
        " province",
        " region",
        " district",
        " oblast",
        " state",
        " county",
        " township",
        " island",
        " municipality",
    ];
    let bare =
        AROUND.iter().find_map(|a| key.strip_prefix(a)).or_else(|| TAILS.iter().find_map(|t| key.strip_suffix(t)));
    bare.map(|b| lexicon.places.named(b)).unwrap_or_default()
}

/// Whether the place lies in the larger one.
fn lies_in(place: &Place, parent: &Place) -> bool {
    match parent.kind {
        PlaceKind::State => {
            place.country == parent.country && place.admin == parent.admin && place.kind != PlaceKind::State
        }
        PlaceKind::Country => place.country == parent.country && place.kind != PlaceKind::Country,
        PlaceKind::Region => {
            !parent.country.is_empty() && place.country == parent.country && place.kind == PlaceKind::City
        }
        PlaceKind::County | PlaceKind::City => false,
    }
}

fn counts(mentions: &[Mention], entities: usize) -> Vec<u32> {
    let mut out = vec![0; entities];
    for m in mentions {
        if let Some(slot) = m.entity.and_then(|e| out.get_mut(e)) {
            *slot += 1;
        }
    }
    out
}

/// For each entity, the state or country written right after one of its mentions ("Springfield, Illinois").
fn parents(doc: &Doc, lexicon: &Lexicon, mentions: &[Mention], entities: &[Entity]) -> Vec<Option<Place>> {
    let mut out: Vec<Option<Place>> = vec![None; entities.len()];
    for m in mentions.iter().filter(|m| m.kind == NameKind::Place) {
        let Some(slot) = m.entity.and_then(|e| out.get_mut(e)) else { continue };
        if slot.is_none() {
            *slot = parent_after(doc, lexicon, m.span);
        }
    }
    out
}

fn parent_after(doc: &Doc, lexicon: &Lexicon, span: Span) -> Option<Place> {
    let comma = doc.words.partition_point(|w| w.span.start < span.end);
    if !matches!(doc.word(comma), "," | "(") {
        return None;
    }
    let start = doc.words.get(comma + 1)?.span.start;
    (0..4).rev().find_map(|more| {
        let last = doc.words.get(comma + 1 + more)?;
        let written = Span::new(start, last.span.end).of(doc.text);
        if written.contains('\n') || !written.starts_with(char::is_uppercase) {
            return None;
        }
        let dotted = doc.text.get(last.span.end..)?.starts_with('.').then(|| format!("{written}."));
        let state = lexicon.places.abbreviated(written).or_else(|| lexicon.places.abbreviated(dotted.as_deref()?));
        state.cloned().or_else(|| {
            let all = lexicon.places.named(&names::name_key(written));
            all.into_iter().find(|p| matches!(p.kind, PlaceKind::Country | PlaceKind::State | PlaceKind::Region))
        })
    })
}
