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

/// Days by which a term's true end may lie behind the last look of the sources.
const BETWEEN_LOOKS: i64 = 130;
/// Days after the last look of all for which the last known holder is still taken for one.
const SINCE_LAST_LOOK: i64 = 400;

/// Days of an ISO date since some day long ago; months of 31 days will do for how far two days lie apart.
fn days(iso: &str) -> Option<i64> {
    let mut parts = iso.get(..10)?.split('-').map(|p| p.parse::<i64>().ok());
    Some(parts.next()?? * 365 + (parts.next()?? - 1) * 30 + parts.next()??)
}

impl Leaders {
    /// Who held the office ("president", "prime minister") of a country on a day, ISO 8601; `None` where the table
    /// does not know, or knows more than one who may have.
    ///
    /// ```
    /// let leaders = &dateline_lexicon::Lexicon::shipped().leaders;
    /// assert_eq!(leaders.holding("LT", "president", "2024-08-15").map(|t| t.surname), Some("nauseda"));
    /// assert_eq!(leaders.holding("LT", "president", "2018-03-01").map(|t| t.surname), Some("grybauskaite"));
    /// assert_eq!(leaders.holding("LT", "president", "1990-01-01"), None);
    /// ```
    pub fn holding(&self, country: &str, office: &str, day: &str) -> Option<&Term> {
        let today = days(day)?;
        let last_look = self.terms.iter().map(|t| t.last).max()?;
        let begun = || self.of_country(country).filter(|t| t.office == office && t.first <= day);
        // a term is over when the next one has begun, so the latest of those that cover the day counts
        let covers = begun().filter(|t| t.last >= day).max_by_key(|t| t.first);
        let slack = |t: &&Term| {
            let reach = if t.last == last_look { SINCE_LAST_LOOK } else { BETWEEN_LOOKS };
            t.last < day && days(t.last).is_some_and(|l| today - l <= reach)
        };
        let after = begun().filter(slack).max_by_key(|t| t.first);
        let holder = match (covers, after) {
            // somebody whose term began later may still have held it
            (Some(holder), Some(late)) if late.first > holder.first => None,
            (Some(holder), _) => Some(holder),
            (None, late) => late,
        }?;
        // where nobody follows for long the table lacks somebody, who may have followed on any day
        let follows = |t: &&Term| t.office == office && t.last > holder.last;
        let next = self.of_country(country).filter(follows).filter_map(|t| days(t.first)).min();
        let gap = next.zip(days(holder.last)).map(|(next, last)| next - last);
        (holder.last == last_look || gap.is_some_and(|g| g <= SINCE_LAST_LOOK)).then_some(holder)
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

    #[test]
    fn an_office_has_one_holder_on_a_day_or_none() {
        let leaders = Leaders::shipped();
        let holder = |c, o, d| leaders.holding(c, o, d).map(|t| t.surname);
        assert_eq!(holder("US", "president", "2022-06-01"), Some("biden"));
        assert_eq!(holder("US", "president", "2025-06-01"), Some("trump"));
        assert_eq!(holder("US", "president", "2025-01-10"), None, "either may have held it by then");
        assert_eq!(holder("FR", "president", "2026-09-01"), Some("macron"));
        assert_eq!(holder("GB", "prime minister", "2024-08-15"), Some("starmer"));
        assert_eq!(holder("FR", "president", "2031-01-01"), None, "the table is too old to say");
        assert_eq!(holder("GB", "prime minister", "2020-01-15"), None, "the table lacks those before 2024");
        assert_eq!(holder("FR", "president", "2024"), None);
    }
}
