//! Heads of state and government with their terms.

use crate::names::sound;
use crate::sorted::rows;
use rustc_hash::FxHashMap;

/// One person's term in one office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Folded surname.
    pub surname: &'static str,
    /// Folded given names.
    pub given: &'static str,
    /// ISO 3166 code.
    pub country: &'static str,
    /// "president", "prime minister", "chancellor", …
    pub office: &'static str,
    /// First day known in office, ISO 8601.
    pub first: &'static str,
    /// Last day known in office; the sources look every few months, so the true end may be later.
    pub last: &'static str,
}

/// The tables.
#[derive(Debug, Default)]
pub struct Leaders {
    terms: Vec<Term>,
    by_surname: FxHashMap<String, Vec<usize>>,
    by_country: FxHashMap<&'static str, Vec<usize>>,
}

impl Leaders {
    pub(crate) fn shipped() -> Leaders {
        let mut out = Leaders::default();
        for row in rows(include_str!("../data/names/leaders.tsv")) {
            let cells: Vec<&'static str> = row.split('\t').collect();
            let &[surname, given, country, office, first, last] = cells.as_slice() else { continue };
            out.by_surname.entry(sound(surname)).or_default().push(out.terms.len());
            out.by_country.entry(country).or_default().push(out.terms.len());
            out.terms.push(Term { surname, given, country, office, first, last });
        }
        out
    }

    /// Terms of persons whose surname sounds so (see [`sound`]).
    pub fn named<'s>(&'s self, sounds: &str) -> impl Iterator<Item = &'s Term> {
        self.by_surname.get(sounds).into_iter().flatten().map(|i| &self.terms[*i])
    }

    /// Terms in this country (ISO 3166).
    pub fn of_country<'s>(&'s self, code: &str) -> impl Iterator<Item = &'s Term> {
        self.by_country.get(code).into_iter().flatten().map(|i| &self.terms[*i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_both_ways() {
        let leaders = Leaders::shipped();
        assert!(leaders.named(&sound("Nausėda")).any(|t| t.given == "gitanas" && t.office == "president"));
        assert!(leaders.of_country("LT").any(|t| t.surname == "nauseda"));
    }
}
