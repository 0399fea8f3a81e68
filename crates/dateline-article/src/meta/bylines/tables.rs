//! The word lists behind the reading of bylines.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

const AGENCIES: &str = include_str!("../../../data/bylines/agencies.tsv");
const CUES: &str = include_str!("../../../data/bylines/cues.tsv");
const ROLES: &str = include_str!("../../../data/bylines/roles.tsv");
const DESKS: &str = include_str!("../../../data/bylines/desks.tsv");
const ACCOUNTS: &str = include_str!("../../../data/bylines/accounts.tsv");
const NOT_NAMES: &str = include_str!("../../../data/bylines/not_names.tsv");

/// A word or phrase that opens a byline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) words: &'static str,
    /// A noun with a colon rather than a preposition.
    pub(super) label: bool,
}

/// Everything that is looked up, made once.
pub(super) struct Tables {
    /// Form → short name of the agency; longest form first.
    pub(super) agencies: Vec<(&'static str, &'static str)>,
    /// Longest first.
    pub(super) cues: Vec<Cue>,
    pub(super) roles: BTreeSet<&'static str>,
    pub(super) desk_ends: Vec<&'static str>,
    pub(super) desk_starts: Vec<&'static str>,
    pub(super) not_names: BTreeSet<&'static str>,
}

pub(super) fn rows(data: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    data.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}

/// The tables shipped with the program.
pub(super) fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut agencies: Vec<(&str, &str)> =
            rows(AGENCIES).flat_map(|(short, forms)| forms.split('|').map(move |form| (form, short))).collect();
        agencies.sort_by_key(|(form, _)| (std::cmp::Reverse(form.len()), *form));
        let mut cues: Vec<Cue> = rows(CUES)
            .filter_map(|(kind, rest)| Some(Cue { words: rest.split_once('\t')?.1, label: kind == "label" }))
            .collect();
        cues.sort_by_key(|c| (std::cmp::Reverse(c.words.len()), c.words, c.label));
        let mut desks: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (place, words) in rows(DESKS) {
            desks.entry(place).or_default().push(words);
        }
        let mut longest_first = |place: &str| {
            let mut words = desks.remove(place).unwrap_or_default();
            words.sort_by_key(|w| (std::cmp::Reverse(w.len()), *w));
            words
        };
        Tables {
            desk_ends: longest_first("end"),
            desk_starts: longest_first("start"),
            agencies,
            cues,
            roles: rows(ROLES).flat_map(|(_, nouns)| nouns.split('|')).collect(),
            not_names: rows(NOT_NAMES).flat_map(|(_, words)| words.split(' ')).collect(),
        }
    })
}

/// Names of accounts that nobody bears.
struct Accounts {
    whole: BTreeSet<&'static str>,
    shapes: Option<regex::RegexSet>,
}

/// Whether a name is an account's ("admin", "jsmith2", "Site Editor") and no person's, desk's or agency's.
pub(super) fn is_account(name: &str) -> bool {
    static TABLE: OnceLock<Accounts> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let of = |kind: &'static str| {
            rows(ACCOUNTS).filter(move |(k, _)| *k == kind).filter_map(|(_, rest)| rest.split('\t').next())
        };
        Accounts { whole: of("whole").collect(), shapes: regex::RegexSet::new(of("shape")).ok() }
    });
    let name = name.trim();
    table.whole.contains(name.to_lowercase().as_str()) || table.shapes.as_ref().is_some_and(|s| s.is_match(name))
}

/// How many bytes of `text` the lower-case `prefix` takes, compared without regard to case; `None` where it differs.
pub(super) fn starts_with_folded(text: &str, prefix: &str) -> Option<usize> {
    let mut wanted = prefix.chars();
    let mut end = 0;
    let mut next = wanted.next();
    for (at, c) in text.char_indices() {
        if next.is_none() {
            break;
        }
        for lower in c.to_lowercase() {
            if next != Some(lower) {
                return None;
            }
            next = wanted.next();
        }
        end = at + c.len_utf8();
    }
    next.is_none().then_some(end)
}

/// The agency whose form stands at the start of `text` as whole words: bytes taken, short name.
pub(super) fn agency_at(text: &str) -> Option<(usize, &'static str)> {
    tables().agencies.iter().find_map(|&(form, short)| {
        let rest = text.strip_prefix(form)?;
        let whole = !rest.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '-');
        whole.then_some((form.len(), short))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_hold_their_examples() {
        for (kind, rest) in rows(ACCOUNTS) {
            let cells: Vec<&str> = rest.split('\t').collect();
            let [pattern, fits, fits_not] = cells.as_slice() else { panic!("{kind} {rest}") };
            assert!(is_account(fits), "{pattern} should fit {fits}");
            assert!(!is_account(fits_not), "nothing should fit {fits_not}");
        }
    }
}
