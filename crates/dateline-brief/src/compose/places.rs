//! Where a story is: the places that its pages name and the gazetteer knows.

use super::Told;
use crate::model::PlaceLine;
use crate::shown;
use dateline_reading::{Entity, NameKind};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Places told of a story.
const PLACES: usize = 24;

/// The places of most pages first, then those named most often.
pub(super) fn places(told: &[Told]) -> Vec<PlaceLine> {
    let mut found: BTreeMap<String, (PlaceLine, usize)> = BTreeMap::new();
    for page in told {
        let reading = &page.report.reading;
        let mut here: BTreeMap<&str, (&Entity, usize)> = BTreeMap::new();
        for (i, e) in reading.entities.iter().enumerate().filter(|(_, e)| e.kind == NameKind::Place) {
            let Some(id) = e.place.as_ref().and_then(|p| p.gazetteer_id.as_deref()) else { continue };
            let mentions = reading.mentions.iter().filter(|m| m.entity == Some(i)).count();
            here.entry(id).or_insert((e, 0)).1 += mentions;
        }
        for (id, (e, mentions)) in here {
            let Some(place) = &e.place else { continue };
            let new = || (PlaceLine { name: shown(&e.name), lat: place.lat, lon: place.lon, pages: 0 }, 0);
            let (line, named) = found.entry(id.to_owned()).or_insert_with(new);
            line.pages += 1;
            *named += mentions;
        }
    }
    // what one page of many names is a remark, or a mistake, and would draw the map out over the world
    if told.len() > 2 && found.values().any(|(p, _)| p.pages > 1) {
        found.retain(|_, (p, _)| p.pages > 1);
    }
    let mut all: Vec<(String, (PlaceLine, usize))> = found.into_iter().collect();
    all.sort_by(|(a, (x, n)), (b, (y, m))| {
        (Reverse(x.pages), Reverse(n), &x.name, a).cmp(&(Reverse(y.pages), Reverse(m), &y.name, b))
    });
    all.into_iter().take(PLACES).map(|(_, (place, _))| place).collect()
}
