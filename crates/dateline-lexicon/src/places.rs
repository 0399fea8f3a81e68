//! Places: cities, states, counties, countries, regions and seas with coordinates, and the adjectives of countries.

use crate::names::key;
use crate::sorted::{Indexed, Table, rows};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// A country.
    Country,
    /// A state, province or region of a country, first level.
    State,
    /// A county of the United States.
    County,
    /// A city, town or village.
    City,
    /// A region, sea, river, range or island that is none of these.
    Region,
}

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// GeoNames id as digits; for places that GeoNames' extracts do not list, our own ("region:donbas").
    pub id: Cow<'static, str>,
    /// What it is.
    pub kind: PlaceKind,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO 3166 code of its country; empty where it lies in several.
    pub country: &'static str,
    /// GeoNames code of its first-level division, within the country.
    pub admin: &'static str,
    /// People who live there; 0 where unknown.
    pub population: u64,
}

/// The tables.
#[derive(Debug)]
pub struct Places {
    names: Indexed,
    places: Table,
    regions: FxHashMap<String, Place>,
    countries: FxHashMap<&'static str, Place>,
    country_names: FxHashMap<String, &'static str>,
    demonyms: FxHashMap<String, &'static str>,
    states: FxHashMap<(&'static str, &'static str), Place>,
    abbreviations: FxHashMap<&'static str, (&'static str, &'static str)>,
    plain: FxHashMap<&'static str, &'static str>,
    stems: FxHashMap<String, &'static str>,
}

/// What stays of a country's name in all its cases ("украина" → "украин"); `None` for names too short or of two words.
fn stem(name: &str) -> Option<String> {
    if name.contains([' ', '-', '.']) {
        return None;
    }
    const ENDS: &[char] = &['a', 'e', 'i', 'o', 'u', 'y', 'а', 'е', 'и', 'і', 'о', 'у', 'ы', 'я', 'ь'];
    let bare = name.strip_suffix(ENDS).unwrap_or(name);
    (bare.chars().count() >= 4).then(|| bare.to_owned())
}

/// The key with "st", "mt" and "ft" written out, if it begins with one.
fn written_out(key: &str) -> Option<String> {
    let (short, rest) = key.split_once(' ')?;
    let long = match short {
        "st" => "saint",
        "ste" => "sainte",
        "mt" => "mount",
        "ft" => "fort",
        "saint" => "st",
        "mount" => "mt",
        "fort" => "ft",
        _ => return None,
    };
    Some(format!("{long} {rest}"))
}

fn place(id: &'static str, rest: &'static str) -> Option<Place> {
    let mut cells = rest.split('\t');
    let kind = match cells.next()? {
        "country" => PlaceKind::Country,
        "state" => PlaceKind::State,
        "county" => PlaceKind::County,
        _ => PlaceKind::City,
    };
    Some(Place {
        id: Cow::Borrowed(id),
        kind,
        lat: cells.next()?.parse().ok()?,
        lon: cells.next()?.parse().ok()?,
        country: cells.next()?,
        admin: cells.next()?,
        population: cells.next()?.parse().ok()?,
    })
}

/// The key without "the", which stands before some countries and seas in lists only.
fn bare(name: &str) -> String {
    let key = key(name);
    key.strip_prefix("the ").unwrap_or(&key).to_owned()
}

fn region(row: &'static str) -> Option<(String, Place)> {
    let mut cells = row.split('\t');
    let name = bare(cells.next()?);
    let (lat, lon) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    let country = cells.next().filter(|c| *c != "-").unwrap_or("");
    let id = Cow::Owned(format!("region:{}", name.replace(' ', "-")));
    Some((name, Place { id, kind: PlaceKind::Region, lat, lon, country, admin: "", population: 0 }))
}

/// ISO 3166 code of the country with this name, in any of the languages of the tables. Reads them anew; for a name or two.
///
/// ```
/// assert_eq!(dateline_lexicon::places::country_code("Lithuania"), Some("LT"));
/// assert_eq!(dateline_lexicon::places::country_code("Litauen"), Some("LT"));
/// assert_eq!(dateline_lexicon::places::country_code("Testburg"), None);
/// ```
pub fn country_code(name: &str) -> Option<&'static str> {
    let wanted = bare(name);
    let pairs = |text: &'static str| rows(text).filter_map(|r| r.split_once('\t'));
    let shipped = || Some(pairs(include_str!("../data/places/countries.tsv")).find(|(n, _)| bare(n) == wanted)?.1);
    let elsewhere = || Table::new(include_str!("../data/places/country_names.tsv")).get(&wanted);
    let (names, upper) = (include_str!("../data/places/names.tsv"), include_str!("../data/places/upper.tsv"));
    let among_all = || {
        let found = |id| place(id, Table::new(upper).get(id)?).filter(|p| p.kind == PlaceKind::Country);
        Some(Table::new(names).get(&wanted)?.split(',').find_map(found)?.country)
    };
    shipped().or_else(elsewhere).or_else(among_all)
}

/// Whether the table of names gives the place with this id this name.
///
/// ```
/// assert!(dateline_lexicon::places::is_name_of("Vilnius", "593116"));
/// assert!(!dateline_lexicon::places::is_name_of("Riga", "593116"));
/// ```
pub fn is_name_of(name: &str, id: &str) -> bool {
    let names = Table::new(include_str!("../data/places/names.tsv"));
    names.get(&key(name)).is_some_and(|ids| ids.split(',').any(|i| i == id))
}

impl Places {
    pub(crate) fn shipped() -> Places {
        let names = Indexed::new(include_str!("../data/places/names.tsv"));
        let places = Table::new(include_str!("../data/places/places.tsv"));
        let regions = rows(include_str!("../data/places/regions.tsv")).filter_map(region).collect();
        let (mut countries, mut states) = (FxHashMap::default(), FxHashMap::default());
        for (id, rest) in Table::new(include_str!("../data/places/upper.tsv")).lines() {
            let Some(found) = place(id, rest) else { continue };
            match found.kind {
                PlaceKind::Country => drop(countries.insert(found.country, found)),
                _ => drop(states.insert((found.country, found.admin), found)),
            }
        }
        let elsewhere = || Table::new(include_str!("../data/places/country_names.tsv")).lines();
        let pairs = |text: &'static str| rows(text).filter_map(|r| r.split_once('\t'));
        Places {
            names,
            places,
            regions,
            countries,
            stems: elsewhere().filter_map(|(n, c)| Some((stem(n)?, c))).collect(),
            country_names: elsewhere()
                .map(|(n, c)| (n.to_owned(), c))
                .chain(pairs(include_str!("../data/places/countries.tsv")).map(|(n, c)| (bare(n), c)))
                .collect(),
            demonyms: pairs(include_str!("../data/places/demonyms.tsv")).map(|(n, c)| (key(n), c)).collect(),
            states,
            plain: pairs(include_str!("../data/places/plain.tsv"))
                .filter_map(|(n, rest)| Some((n, rest.split('\t').next()?)))
                .collect(),
            abbreviations: pairs(include_str!("../data/places/states.tsv"))
                .filter_map(|(n, at)| Some((n, at.split_once('\t')?)))
                .collect(),
        }
    }

    /// All places that bear the name with this [`key`], the likeliest first: region, country, then by population.
    pub fn named(&self, key: &str) -> Vec<Place> {
        let mut out: Vec<Place> = Vec::new();
        out.extend(self.country_names.get(key).and_then(|c| self.countries.get(c)).cloned());
        out.extend(self.regions.get(key).cloned());
        let other = written_out(key);
        let ids = self.names.get(key).or_else(|| self.names.get(other.as_deref()?));
        for id in ids.into_iter().flat_map(|ids| ids.split(',')) {
            if out.iter().all(|p| p.id != id) {
                out.extend(self.by_id(id));
            }
        }
        out
    }

    /// The names of all towns and states, as keys.
    pub fn town_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.names.keys()
    }

    /// The names of all countries, as keys, in no order.
    pub fn country_names(&self) -> impl Iterator<Item = &str> {
        self.country_names.keys().map(String::as_str)
    }

    /// Whether any place bears the name with this [`key`].
    pub fn is_named(&self, key: &str) -> bool {
        self.country_names.contains_key(key)
            || self.regions.contains_key(key)
            || self.names.get(key).is_some()
            || written_out(key).is_some_and(|k| self.names.get(&k).is_some())
    }

    /// The country that a folded word names in some case of a language that declines names ("украины", "ukrajinu").
    pub fn declined(&self, word: &str) -> Option<&Place> {
        let ends = word.char_indices().rev().take(2).map(|(at, _)| at);
        let code = std::iter::once(word.len()).chain(ends).find_map(|at| self.stems.get(&word[..at]))?;
        self.countries.get(code)
    }

    /// The id of the place that is meant where the name with this [`key`] stands alone, if size or rank mislead.
    pub fn meant(&self, key: &str) -> Option<&'static str> {
        self.plain.get(key).copied()
    }

    /// The place with this id.
    pub fn by_id(&self, id: &str) -> Option<Place> {
        let (id, rest) = self.places.entry(id)?;
        place(id, rest)
    }

    /// The country with this ISO 3166 code.
    pub fn country(&self, code: &str) -> Option<&Place> {
        self.countries.get(code)
    }

    /// The ISO 3166 code of the country that bears the name with this [`key`] or whose people do ("poland", "estonian").
    pub fn country_of(&self, key: &str) -> Option<&'static str> {
        let people = self.demonym(key).filter(|code| *code != "-");
        people.or_else(|| self.named(key).first().filter(|p| p.kind == PlaceKind::Country).map(|p| p.country))
    }

    /// The ISO 3166 code behind a nationality's [`key`] ("lithuanians" → "LT"); "-" where it is not one country's.
    pub fn demonym(&self, key: &str) -> Option<&'static str> {
        self.demonyms.get(key).copied()
    }

    /// The state or province by country and division code.
    pub fn state<'s>(&'s self, country: &'s str, admin: &'s str) -> Option<&'s Place> {
        self.states.get(&(country, admin))
    }

    /// The state that newsrooms abbreviate so after a city's name ("Calif.", "N.C.", "TX"), as written.
    pub fn abbreviated(&self, written: &str) -> Option<&Place> {
        self.states.get(self.abbreviations.get(written)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_names_lead_to_one_place() {
        let places = Places::shipped();
        let id = |name: &str| places.named(&key(name)).first().map(|p| p.id.clone());
        assert_eq!(id("Kiev"), id("Kyiv"));
        assert_eq!(id("Wilno"), id("Vilnius"));
        assert_eq!(id("U.S."), id("United States"));
        assert_eq!(id("Suwałki Gap").as_deref(), Some("region:suwalki-gap"));
    }

    #[test]
    fn nationalities_lead_to_countries() {
        let places = Places::shipped();
        assert_eq!(places.demonym("lithuanian"), Some("LT"));
        assert_eq!((places.country_of("estonian"), places.country_of("poland")), (Some("EE"), Some("PL")));
        assert!(places.country("LT").is_some_and(|p| (p.lat - 55.3).abs() < 1.5));
    }

    #[test]
    fn a_state_that_is_no_more_is_not_the_country_of_today() {
        let places = Places::shipped();
        let soviet = places.named(&key("Soviet Union"));
        assert!(soviet.iter().all(|p| p.kind == PlaceKind::Region && p.country.is_empty()), "{soviet:?}");
    }

    #[test]
    fn a_plain_word_alone_is_no_division_of_a_country() {
        let words = Table::new(include_str!("../data/names/words.tsv"));
        let places = Places::shipped();
        for (name, ids) in Table::new(include_str!("../data/places/names.tsv")).lines() {
            let divisions_alone = ids.split(',').all(|id| id.starts_with("admin1:"));
            assert!(!divisions_alone || words.get(name).is_none(), "{name} is a word of every day: {ids}");
        }
        assert!(places.named("gulf").is_empty() && !places.named("gulf province").is_empty());
    }

    #[test]
    fn abbreviated_states_are_found() {
        let places = Places::shipped();
        let found = places.abbreviated("Calif.");
        assert!(found.is_some_and(|p| p.kind == PlaceKind::State && p.admin == "CA"));
        assert_eq!(places.abbreviated("calif"), None);
    }

    #[test]
    fn both_tables_are_in_order_and_agree() {
        let places = Places::shipped();
        for (name, ids) in Table::new(include_str!("../data/places/names.tsv")).lines().step_by(53) {
            assert_eq!(places.names.get(name), Some(ids), "{name} is not found");
            for id in ids.split(',') {
                assert!(places.by_id(id).is_some(), "{id} of {name} is not listed");
            }
        }
    }
}
