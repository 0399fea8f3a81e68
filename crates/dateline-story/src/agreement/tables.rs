//! The word table that says what numbers count: `data/agreement.tsv`.

use crate::link::normalise::stem;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What a word does for the thing counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    Role,
    Fate,
    Aspect,
    Tally,
    Vehicle,
    Moves,
    Saying,
    Many,
    Dispute,
    Same,
    Subset,
    Increment,
    Rate,
    Empty,
    Extent,
    ExtentOf,
    Country,
    Hedge,
}

fn table() -> &'static FxHashMap<(Class, String), &'static str> {
    static MAP: OnceLock<FxHashMap<(Class, String), &'static str>> = OnceLock::new();
    MAP.get_or_init(|| {
        let mut map = FxHashMap::default();
        for line in include_str!("../../data/agreement.tsv").lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.split('\t');
            let (Some(class), Some(name), Some(words)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let class = match class {
                "role" => Class::Role,
                "fate" => Class::Fate,
                "aspect" => Class::Aspect,
                "tally" => Class::Tally,
                "vehicle" => Class::Vehicle,
                "moves" => Class::Moves,
                "saying" => Class::Saying,
                "many" => Class::Many,
                "dispute" => Class::Dispute,
                "same" => Class::Same,
                "subset" => Class::Subset,
                "increment" => Class::Increment,
                "rate" => Class::Rate,
                "empty" => Class::Empty,
                "extent" => Class::Extent,
                "extent_of" => Class::ExtentOf,
                "country" => Class::Country,
                "hedge" => Class::Hedge,
                _ => continue,
            };
            for word in words.split(' ') {
                let key = if matches!(class, Class::Same | Class::Empty | Class::Many) {
                    stem(word)
                } else {
                    word.to_owned()
                };
                map.insert((class, key), name);
            }
        }
        map
    })
}

/// The name under which the table has a word in this class. Words of `Same`, `Empty` and `Many` are looked up as stems.
pub(crate) fn look(class: Class, word: &str) -> Option<&'static str> {
    table().get(&(class, word.to_owned())).copied()
}
