//! Persons of two articles who may be one, and whom no rule joins: shown side by side, never taken for one another.
//!
//! Keys that are equal are one person's already; what is here is the doubt beyond that, with its reason.

use super::key::compatible;
use super::sound;
use dateline_lexicon::names::Names;
use dateline_text::fold;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A person as one article, or one library, names and describes him or her.
#[derive(Debug, Clone, Copy)]
pub struct Person<'p> {
    /// The key, as [`super::person_key`] gives it.
    pub key: &'p str,
    /// The office, in an article's words.
    pub role: Option<&'p str>,
    /// 'f' or 'm', where an article shows it.
    pub gender: Option<char>,
}

/// Why two persons may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Letters that newsrooms carry over from another alphabet in two ways.
    Spelling,
    /// One letter more, less or other.
    OneLetter,
    /// The same words in another order.
    Order,
    /// One given name is the other's short or foreign form.
    ShortForm,
    /// A given name beside its initial.
    Initial,
    /// One has more names between given name and surname.
    MoreNames,
    /// Surname and office are the same.
    Office,
    /// One is known by surname alone, which the other bears.
    SurnameAlone,
}

impl Why {
    /// The reason in words for people.
    pub fn words(self) -> &'static str {
        match self {
            Why::Spelling => "spelled in two ways",
            Why::OneLetter => "one letter apart",
            Why::Order => "the same words in another order",
            Why::ShortForm => "one given name is a form of the other",
            Why::Initial => "same surname, an initial that fits",
            Why::MoreNames => "same given name and surname, one with more names",
            Why::Office => "same surname, same office",
            Why::SurnameAlone => "the surname alone",
        }
    }
}

/// Words shorter than this are too short for a letter to be a slip.
const LEAST_LETTERS: usize = 5;

/// The table, by sound.
struct Table {
    letters: Vec<(String, String)>,
    apart: BTreeSet<(String, String)>,
    forms: BTreeSet<(String, String)>,
}

const DATA: &str = include_str!("../../data/names/alike.tsv");

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { letters: Vec::new(), apart: BTreeSet::new(), forms: BTreeSet::new() };
    for line in DATA.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[what, a, b] = cells.as_slice() else { continue };
        let both = |a: String, b: String| if a <= b { (a, b) } else { (b, a) };
        match what {
            "letters" => table.letters.push((a.to_owned(), b.to_owned())),
            "apart" => drop(table.apart.insert(both(sound(a), sound(b)))),
            "form" => drop(table.forms.insert(both(sound(a), sound(b)))),
            _ => {}
        }
    }
    // What stands for more letters is evened out first.
    table.letters.sort_by_key(|(a, _)| std::cmp::Reverse(a.len()));
    table
});

/// Listed words of persons' names by their sound: whether given names, whether surnames.
static LISTED: LazyLock<BTreeMap<String, (bool, bool)>> = LazyLock::new(|| {
    let names = Names::shipped();
    let mut out: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    for word in names.persons() {
        let known = names.person(word);
        let entry = out.entry(sound(word)).or_default();
        entry.0 |= known.given;
        entry.1 |= known.surname;
    }
    out
});

/// First letters of words that the table takes for each other, each with the least of them.
static FIRST: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    let first = |text: &str| text.chars().next();
    let mut groups: Vec<BTreeSet<char>> = Vec::new();
    for (from, to) in &TABLE.letters {
        let Some((x, y)) = first(from).zip(first(to)).filter(|(x, y)| x != y) else { continue };
        let (with, mut apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|g: &BTreeSet<char>| g.contains(&x) || g.contains(&y));
        apart.push(with.into_iter().flatten().chain([x, y]).collect());
        groups = apart;
    }
    groups.iter().flat_map(|g| g.iter().map(|c| (*c, *g.first().unwrap_or(c)))).collect()
});

fn is_given(word: &str) -> bool {
    LISTED.get(word).is_some_and(|s| s.0)
}

fn is_surname(word: &str) -> bool {
    LISTED.get(word).is_some_and(|s| s.1)
}

/// How two words of two names stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Same,
    Letters,
    OneLetter,
    Different,
}

impl Table {
    fn words(&self, a: &str, b: &str) -> Words {
        if a == b {
            return Words::Same;
        }
        if a.chars().count().abs_diff(b.chars().count()) > 2 {
            return Words::Different;
        }
        if a.chars().next() == b.chars().next() || self.loose(a).chars().next() == self.loose(b).chars().next() {
            if self.loose(a) == self.loose(b) && a.len().min(b.len()) >= 4 {
                return Words::Letters;
            }
            if a.chars().count().min(b.chars().count()) >= LEAST_LETTERS && one_letter_apart(a, b) {
                return Words::OneLetter;
            }
        }
        Words::Different
    }

    /// The word with all letters that stand for each other evened out.
    fn loose(&self, word: &str) -> String {
        let mut out = word.to_owned();
        for (from, to) in self.letters.iter().filter(|(from, _)| from.len() > 1) {
            out = out.replace(from, to);
        }
        let single = |c: char| {
            let row = self.letters.iter().find(|(from, _)| from.chars().eq([c]));
            row.and_then(|(_, to)| to.chars().next()).unwrap_or(c)
        };
        out.chars().map(single).collect()
    }

    fn is_listed(&self, set: &BTreeSet<(String, String)>, a: &str, b: &str) -> bool {
        let pair = if a <= b { (a, b) } else { (b, a) };
        set.contains(&(pair.0.to_owned(), pair.1.to_owned()))
    }
}

/// Whether one letter is more, less, other, or changed places with its neighbour.
fn one_letter_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    match b.len() - a.len() {
        0 => a.get(1..) == b.get(1..) || a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..],
        1 => *a == b[1..],
        _ => false,
    }
}

/// Whether [`alike`] has to be asked of two persons with these keys at all: their first words begin with letters that may
/// stand for each other, or they have the same words in another order. Costs little, for use on many keys.
pub fn may_be_alike(a: &str, b: &str) -> bool {
    let first = |key: &str| key.chars().next().map(|c| FIRST.get(&c).copied().unwrap_or(c));
    let (words, letters) = (a.bytes().filter(|b| *b == b' ').count(), a.len());
    first(a) == first(b) || letters == b.len() && words > 0 && a.split(' ').all(|w| b.split(' ').any(|v| v == w))
}

/// Whether two persons may be one though their keys differ, and why. The first reason that holds, in the order of [`Why`];
/// `None` where they are one by their keys, or two by all that is known.
pub fn alike(a: Person, b: Person) -> Option<Why> {
    if a.key == b.key || a.key.is_empty() || b.key.is_empty() {
        return None;
    }
    if a.gender.zip(b.gender).is_some_and(|(x, y)| x != y) {
        return None;
    }
    let table = &*TABLE;
    let (of_a, of_b): (Vec<&str>, Vec<&str>) = (a.key.split(' ').collect(), b.key.split(' ').collect());
    if of_a.len() > 1 && of_a.len() == of_b.len() {
        let (set_a, set_b): (BTreeSet<&str>, BTreeSet<&str>) =
            (of_a.iter().copied().collect(), of_b.iter().copied().collect());
        if set_a == set_b {
            return Some(Why::Order);
        }
    }
    let surname = table.words(of_a[0], of_b[0]);
    let office = same_office(a.role, b.role);
    match (surname, of_a.get(1).copied(), of_b.get(1).copied()) {
        (Words::Different, ..) => None,
        (Words::Same, None, _) | (Words::Same, _, None) => Some(Why::SurnameAlone),
        (Words::Letters, None, None) => office.then_some(Why::Spelling),
        (Words::OneLetter, None, None) => office.then_some(Why::OneLetter),
        (_, None, _) | (_, _, None) => None,
        (_, Some(x), Some(y)) => by_given(table, surname, (x, y), (&of_a, &of_b), office),
    }
}

fn by_given(
    table: &Table,
    surname: Words,
    (x, y): (&str, &str),
    keys: (&[&str], &[&str]),
    office: bool,
) -> Option<Why> {
    if table.is_listed(&table.apart, x, y) {
        return None;
    }
    let given = table.words(x, y);
    if x == y {
        return match surname {
            // Two names that both are known as surnames are two names.
            Words::OneLetter if is_surname(keys.0[0]) && is_surname(keys.1[0]) && !office => None,
            Words::OneLetter => Some(Why::OneLetter),
            Words::Letters => Some(Why::Spelling),
            _ => more_names(&keys.0[2..], &keys.1[2..]).then_some(Why::MoreNames),
        };
    }
    if surname == Words::OneLetter && !office {
        return None;
    }
    if table.is_listed(&table.forms, x, y) {
        return Some(Why::ShortForm);
    }
    if x.chars().count() == 1 || y.chars().count() == 1 {
        let fits = compatible(&format!("s {x}"), &format!("s {y}"));
        return (fits && surname != Words::OneLetter).then_some(Why::Initial);
    }
    // Two listed given names are two names, however alike.
    if is_given(x) && is_given(y) {
        return None;
    }
    match given {
        Words::Letters => Some(Why::Spelling),
        Words::OneLetter => Some(Why::OneLetter),
        _ => (office && surname == Words::Same).then_some(Why::Office),
    }
}

/// Whether what one has more than the other is all that parts them.
fn more_names(a: &[&str], b: &[&str]) -> bool {
    let all_in = |few: &[&str], many: &[&str]| {
        few.iter().all(|f| many.iter().any(|m| m == f || f.chars().count() == 1 && m.starts_with(f)))
    };
    all_in(a, b) || all_in(b, a)
}

/// Whether two offices are the same in words, or one is the other with more said before or behind.
fn same_office(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let words = |role: &str| {
        let folded = fold(role);
        let all = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && *w != "the");
        all.map(str::to_owned).collect::<Vec<String>>()
    };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    // One word ("minister", "president") is an office of many.
    !short.is_empty() && (short == long || short.len() > 1 && (long.starts_with(&short) || long.ends_with(&short)))
}

#[cfg(test)]
mod tests {
    use super::super::person_key;
    use super::*;

    fn reason(a: &str, b: &str) -> &'static str {
        let part = |cell: &str| -> (String, Option<String>) {
            match cell.split_once(", ") {
                Some((name, role)) => (name.to_owned(), Some(role.to_owned())),
                None => (cell.to_owned(), None),
            }
        };
        let ((a, of_a), (b, of_b)) = (part(a), part(b));
        let (key_a, key_b) = (person_key(&a), person_key(&b));
        let person = |key, role| Person { key, role, gender: None };
        let found = alike(person(key_a.as_str(), of_a.as_deref()), person(key_b.as_str(), of_b.as_deref()));
        match found {
            None => "no",
            Some(Why::Spelling) => "spelling",
            Some(Why::OneLetter) => "one letter",
            Some(Why::Order) => "order",
            Some(Why::ShortForm) => "short form",
            Some(Why::Initial) => "initial",
            Some(Why::MoreNames) => "more names",
            Some(Why::Office) => "office",
            Some(Why::SurnameAlone) => "surname alone",
        }
    }

    #[test]
    fn the_examples_of_the_table_hold_both_ways() {
        let mut wrong = Vec::new();
        for line in DATA.lines() {
            if let ["alike", a, b, want] = line.split('\t').collect::<Vec<_>>()[..] {
                for (a, b) in [(a, b), (b, a)] {
                    let got = reason(a, b);
                    if got != want {
                        wrong.push(format!("{a} / {b}: {got}, not {want}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn whoever_is_alike_is_asked_about() {
        for line in DATA.lines() {
            if let ["alike", a, b, want] = line.split('\t').collect::<Vec<_>>()[..] {
                let key = |cell: &str| person_key(cell.split_once(", ").map_or(cell, |(name, _)| name));
                assert!(want == "no" || may_be_alike(&key(a), &key(b)), "{a} / {b}");
            }
        }
        assert!(!may_be_alike("mole anna", "quay berit") && may_be_alike("anna mole", "mole anna"));
    }

    #[test]
    fn no_row_of_the_table_is_lost() {
        let rows = |what: &str| DATA.lines().filter(|l| l.split('\t').next() == Some(what)).count();
        assert_eq!(rows("letters"), TABLE.letters.len());
        assert!(rows("apart") > 20 && rows("form") > 60);
        assert!(TABLE.apart.iter().all(|(a, b)| a != b && !TABLE.forms.contains(&(a.clone(), b.clone()))));
    }

    #[test]
    fn women_and_men_are_two() {
        let (a, b) = (person_key("A. Kestutin"), person_key("Anna Kestutin"));
        let person = |key, gender| Person { key, role: None, gender };
        assert_eq!(alike(person(&a, Some('m')), person(&b, Some('f'))), None);
        assert_eq!(alike(person(&a, None), person(&b, Some('f'))), Some(Why::Initial));
    }
}
