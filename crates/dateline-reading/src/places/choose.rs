use crate::Doc;
use dateline_lexicon::Lexicon;
use dateline_lexicon::names::key;
use dateline_lexicon::places::{Place, PlaceKind};
use std::collections::BTreeMap;

/// What the article's places say about where it is: points per country and per state, and the places settled so far.
#[derive(Default)]
struct Votes {
    countries: BTreeMap<&'static str, f64>,
    states: BTreeMap<(&'static str, &'static str), f64>,
    all: f64,
    settled: Vec<(f64, f64)>,
}

/// What a large city with namesakes says of where the article is, against a place without any.
const LARGE: f64 = 0.5;
/// The same for a name without a likeliest bearer.
const SPREAD: f64 = 0.6;
/// What all votes for a candidate's country, all for its state, and a settled place within 100 km are worth, against a
/// tenfold population.
const COUNTRY: f64 = 2.5;
const STATE: f64 = 4.0;
const NEAR: f64 = 1.0;
/// The same for the bearer that plain use means.
const MEANT: f64 = 2.5;

/// How many settled places nearness is measured to; keeps the work linear.
const ANCHORS: usize = 24;

impl Votes {
    fn add(&mut self, place: &Place, points: f64) {
        self.all += points;
        if !place.country.is_empty() {
            *self.countries.entry(place.country).or_insert(0.0) += points;
            if !place.admin.is_empty() {
                *self.states.entry((place.country, place.admin)).or_insert(0.0) += points;
            }
        }
        if place.kind != PlaceKind::Country && self.settled.len() < ANCHORS {
            self.settled.push((place.lat, place.lon));
        }
    }

    /// A name that could be any of several places speaks a little for the state of each.
    fn spread(&mut self, all: &[Place], points: f64) {
        let mut states: Vec<(&'static str, &'static str)> =
            all.iter().filter(|p| !p.admin.is_empty()).map(|p| (p.country, p.admin)).collect();
        states.sort_unstable();
        states.dedup();
        let each = points * SPREAD / states.len().max(1) as f64;
        self.all += points * SPREAD;
        for state in states {
            *self.countries.entry(state.0).or_insert(0.0) += each;
            *self.states.entry(state).or_insert(0.0) += each;
        }
    }

    fn share(&self, place: &Place) -> (f64, f64) {
        let of = |n: Option<&f64>| n.copied().unwrap_or(0.0) / self.all.max(1.0);
        let state = if place.admin.is_empty() { 0.0 } else { of(self.states.get(&(place.country, place.admin))) };
        (of(self.countries.get(place.country)), state)
    }
}

/// Kilometres between two points (haversine, mean radius).
pub(super) fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat_b - lat_a, (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (dlon / 2.0).sin().powi(2);
    12742.0 * h.sqrt().min(1.0).asin()
}

/// How likely a name means this bearer, all else unknown: the logarithm of its people, with a bonus for rank.
fn prior(place: &Place) -> f64 {
    let people = (place.population.max(500) as f64).log10();
    match place.kind {
        PlaceKind::Country => 9.5,
        PlaceKind::Region => 9.0,
        // A state is named as often as a city a third its size; one of the United States more often.
        PlaceKind::State if place.country == "US" => people + 0.5,
        PlaceKind::State => people - 1.5,
        PlaceKind::County => 4.5,
        PlaceKind::City => people,
    }
}

/// The bearer of each name; `None` where there is no candidate.
pub(super) fn all(
    doc: &Doc,
    lexicon: &Lexicon,
    candidates: &[Vec<Place>],
    parents: &[Option<Place>],
    counts: &[u32],
    meant: &[Option<&'static str>],
) -> Vec<Option<Place>> {
    let mut votes = Votes::default();
    if let Some(home) = home(doc, lexicon) {
        votes.add(&home, 2.0);
    }
    for (((all, parent), n), meant) in candidates.iter().zip(parents).zip(counts).zip(meant) {
        let points = f64::from((*n).min(4));
        if let Some(parent) = parent {
            votes.add(parent, points);
        }
        // what plain use means is no more than a large city with namesakes
        if let Some(plain) = meant.and_then(|m| all.iter().find(|p| *p.id == *m)) {
            votes.add(plain, points * LARGE);
            continue;
        }
        match sure(all) {
            Some(sure) if all.len() == 1 || sure.kind != PlaceKind::City => votes.add(sure, points),
            // A large city's namesake may be meant after all.
            Some(sure) => votes.add(sure, points * LARGE),
            None => votes.spread(all, points),
        }
    }
    let settled = votes.settled.clone();
    let both = candidates.iter().zip(meant);
    both.map(|(all, meant)| best(all, *meant, &votes, &settled).cloned()).collect()
}

/// The candidate that needs no context: the only one, or the one far ahead of all others.
fn sure(all: &[Place]) -> Option<&Place> {
    let top = all.iter().max_by(|a, b| prior(a).total_cmp(&prior(b)))?;
    let rest = all.iter().filter(|p| p.id != top.id && km((p.lat, p.lon), (top.lat, top.lon)) > 50.0);
    let second = rest.map(prior).fold(0.0, f64::max);
    (prior(top) - second >= 1.3 || top.kind == PlaceKind::Country && second < 7.0).then_some(top)
}

fn best<'p>(all: &'p [Place], meant: Option<&str>, votes: &Votes, settled: &[(f64, f64)]) -> Option<&'p Place> {
    let score = |p: &Place| {
        let (country, state) = votes.share(p);
        let near =
            settled.iter().filter(|s| **s != (p.lat, p.lon)).map(|s| km(*s, (p.lat, p.lon))).fold(f64::MAX, f64::min);
        let near = match near {
            ..100.0 => NEAR,
            ..300.0 => NEAR / 2.0,
            _ => 0.0,
        };
        prior(p) + COUNTRY * country + STATE * state + near + if meant == Some(&*p.id) { MEANT } else { 0.0 }
    };
    // The first of equals, which is the larger: candidates come by size.
    all.iter()
        .fold(None, |top: Option<(&Place, f64)>, p| {
            let s = score(p);
            match top {
                Some((_, best)) if best >= s => top,
                _ => Some((p, s)),
            }
        })
        .map(|(p, _)| p)
}

/// Where the outlet is at home, if its name says so ("Richmond Times", "Kyiv Post").
fn home(doc: &Doc, lexicon: &Lexicon) -> Option<Place> {
    let outlet = key(doc.outlet?);
    let words: Vec<&str> = outlet.split(' ').filter(|w| *w != "the").collect();
    (1..=words.len().min(3)).rev().find_map(|n| {
        let all = lexicon.places.named(&words[..n].join(" "));
        sure(&all).cloned()
    })
}
