//! Names of persons, organisations and groups, and the words around names: offices, heads, common words.

use crate::sorted::{Indexed, rows};
use dateline_text::fold;
use rustc_hash::FxHashMap;

/// The form under which a name stands in the tables: folded, without full stops and commas, single spaces.
///
/// ```
/// assert_eq!(dateline_lexicon::names::key("St.  Petersburg"), "st petersburg");
/// assert_eq!(dateline_lexicon::names::key("U.S."), "us");
/// ```
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for part in fold(name).replace('.', "").replace(',', " ").replace(" - ", "-").split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// Spellings that stand for one sound in names carried over from other alphabets; the longer first.
const SPELLINGS: &[(&str, &str)] = &[
    ("shch", "sch"),
    ("tch", "ch"),
    ("kh", "h"),
    ("zh", "z"),
    ("dzh", "j"),
    ("ck", "k"),
    ("ph", "f"),
    ("iy", "i"),
    ("yi", "i"),
    ("ij", "i"),
    ("ii", "i"),
    ("yy", "i"),
    ("ey", "ei"),
    ("ay", "ai"),
    ("oy", "oi"),
    ("ie", "e"),
    ("ye", "e"),
    ("je", "e"),
    ("ia", "ya"),
    ("ja", "ya"),
    ("iu", "yu"),
    ("ju", "yu"),
    ("ou", "u"),
    ("oo", "u"),
    ("w", "v"),
];

/// One word of a name as it sounds: "Zelensky", "Zelenskyy" and "Zelenskiy" give one form; "Vladimir" and "Volodymyr" two.
///
/// Only spellings are evened out that newsrooms choose between for one and the same letter; sounds stay apart.
pub fn sound(word: &str) -> String {
    let folded = key(word).replace(['\'', '’', '-'], "");
    // A j that begins a name is a letter of its own ("Jens"), inside one it softens ("Vasiljev").
    let (first, mut rest) = match folded.strip_prefix('j') {
        Some(rest) => ("j", rest.to_owned()),
        None => ("", folded),
    };
    for (from, to) in SPELLINGS {
        rest = rest.replace(from, to);
    }
    let mut out = String::from(first);
    for c in rest.chars() {
        let c = if c == 'y' { 'i' } else { c };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// What a listed name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// An organisation.
    Org,
    /// A place.
    Place,
    /// A nationality, religious or political group.
    Norp,
    /// A named event.
    Event,
    /// A building, base, square.
    Facility,
    /// A book, law, programme.
    Work,
}

impl Kind {
    fn of(word: &str) -> Option<Kind> {
        Some(match word {
            "ORG" => Kind::Org,
            "PLACE" => Kind::Place,
            "NORP" => Kind::Norp,
            "EVENT" => Kind::Event,
            "FACILITY" => Kind::Facility,
            "WORK" => Kind::Work,
            _ => return None,
        })
    }
}

/// What a name with this head names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The kind it mostly names.
    pub kind: Kind,
    /// Whether the head decides alone; else it is evidence among others.
    pub sure: bool,
    /// Whether it is the legal form of a company.
    pub company: bool,
}

/// What the lists know of one word of a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PersonWord {
    /// It is a given name.
    pub given: bool,
    /// It is a surname.
    pub surname: bool,
    /// As a given name, whose: 'f' or 'm' where the lists agree.
    pub gender: Option<char>,
}

/// What a word does before a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// "Mr", "Lady", "Dr": a form of address, no office.
    Honorific,
    /// "minister", "spokesman": names an office by itself.
    Head,
    /// "deputy", "foreign": stands before a head.
    Modifier,
}

/// A name that is listed as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// What it names.
    pub kind: Kind,
    /// The form its bearers are listed under ("NATO" for "North Atlantic Treaty Organization").
    pub canonical: &'static str,
}

/// The tables.
#[derive(Debug)]
pub struct Names {
    persons: Indexed,
    words: Indexed,
    known: FxHashMap<String, Known>,
    longest_known: usize,
    first_heads: FxHashMap<&'static str, Head>,
    last_heads: FxHashMap<&'static str, Head>,
    roles: FxHashMap<&'static str, (Role, Option<char>)>,
    not_names: FxHashMap<&'static str, ()>,
}

impl Names {
    /// The tables shipped inside the program.
    pub fn shipped() -> Names {
        let mut known = FxHashMap::default();
        let mut longest_known = 1;
        for row in rows(include_str!("../data/names/known.tsv")) {
            let mut cells = row.split('\t');
            let (Some(name), Some(kind), Some(canonical)) =
                (cells.next(), cells.next().and_then(Kind::of), cells.next())
            else {
                continue;
            };
            let key = key(name);
            longest_known = longest_known.max(key.split(' ').count());
            known.entry(key).or_insert(Known { kind, canonical });
        }
        let (mut first_heads, mut last_heads) = (FxHashMap::default(), FxHashMap::default());
        for row in rows(include_str!("../data/en/heads.tsv")) {
            let mut cells = row.split('\t');
            let (Some(word), Some(kind), Some(at)) = (cells.next(), cells.next().and_then(Kind::of), cells.next())
            else {
                continue;
            };
            let kind = Head { kind, sure: cells.next() == Some("sure"), company: cells.next() == Some("company") };
            if at == "first" { &mut first_heads } else { &mut last_heads }.entry(word).or_insert(kind);
        }
        let mut roles = FxHashMap::default();
        for row in rows(include_str!("../data/en/roles.tsv")) {
            let mut cells = row.split('\t');
            let (Some(word), Some(kind), Some(gender)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let role = match kind {
                "honorific" => Role::Honorific,
                "head" => Role::Head,
                _ => Role::Modifier,
            };
            roles.entry(word).or_insert((role, gender.chars().next().filter(|c| *c != '-')));
        }
        Names {
            persons: Indexed::new(include_str!("../data/names/persons.tsv")),
            words: Indexed::new(include_str!("../data/names/words.tsv")),
            known,
            longest_known,
            first_heads,
            last_heads,
            roles,
            not_names: rows(include_str!("../data/en/not_names.tsv")).map(|w| (w, ())).collect(),
        }
    }

    /// What the lists know of a folded word as part of a person's name.
    pub fn person(&self, folded: &str) -> PersonWord {
        let Some(rest) = self.persons.get(folded) else { return PersonWord::default() };
        let given = rest.chars().next().unwrap_or('-');
        PersonWord {
            given: given != '-',
            surname: rest.ends_with('s'),
            gender: matches!(given, 'm' | 'f').then_some(given),
        }
    }

    /// All words of persons' names, folded.
    pub fn persons(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.persons.keys()
    }

    /// How often news writes the folded word without a capital, and with one inside a sentence.
    pub fn written(&self, folded: &str) -> (u32, u32) {
        let Some((low, high)) = self.words.get(folded).and_then(|r| r.split_once('\t')) else { return (0, 0) };
        (low.parse().unwrap_or(0), high.parse().unwrap_or(0))
    }

    /// A name listed as a whole, by its [`key`].
    pub fn known(&self, key: &str) -> Option<Known> {
        self.known.get(key).copied()
    }

    /// A name of one word listed as a whole, in some case of a language that declines names ("Газпрома").
    pub fn known_declined(&self, folded: &str) -> Option<Known> {
        let ends = folded.char_indices().rev().take(2).map(|(at, _)| at);
        ends.filter(|at| folded[..*at].chars().count() >= 5).find_map(|at| self.known(&folded[..at]))
    }

    /// How many words the longest listed name has.
    pub fn longest_known(&self) -> usize {
        self.longest_known
    }

    /// What a name that begins with the folded word names ("ministry of …").
    pub fn first_head(&self, folded: &str) -> Option<Head> {
        self.first_heads.get(folded).copied()
    }

    /// What a name that ends in the folded word names ("… university").
    pub fn last_head(&self, folded: &str) -> Option<Head> {
        self.last_heads.get(folded).copied()
    }

    /// Whether the folded word is the legal form of a company ("Inc").
    pub fn is_company_form(&self, folded: &str) -> bool {
        self.last_head(folded).is_some_and(|h| h.company)
    }

    /// What the folded word does before a person's name, and the gender it shows.
    pub fn role(&self, folded: &str) -> Option<(Role, Option<char>)> {
        self.roles.get(folded.trim_end_matches('.')).copied()
    }

    /// Whether the folded word has a capital without being a name: days, months, page furniture.
    pub fn not_name(&self, folded: &str) -> bool {
        self.not_names.contains_key(folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sorted::Table;

    #[test]
    fn person_words_have_their_gender() {
        let names = Names::shipped();
        assert_eq!(names.person("vladimir").gender, Some('m'));
        assert_eq!(names.person("ursula").gender, Some('f'));
        assert!(names.person("smith").surname);
        assert_eq!(names.person("qqqq"), PersonWord::default());
    }

    #[test]
    fn keys_in_the_tables_are_folded() {
        let names = Names::shipped();
        for (k, _) in Table::new(include_str!("../data/names/persons.tsv")).lines().step_by(97) {
            assert_eq!(key(k), k);
            assert!(names.persons.get(k).is_some(), "{k} is not found");
        }
        for (k, _) in Table::new(include_str!("../data/names/words.tsv")).lines().step_by(97) {
            assert!(names.words.get(k).is_some(), "{k} is not found");
        }
    }

    #[test]
    fn known_names_lead_to_one_form() {
        let names = Names::shipped();
        let long = names.known(&key("North Atlantic Treaty Organization"));
        assert_eq!(long.map(|k| k.canonical), Some("NATO"));
        assert_eq!(long.map(|k| k.kind), Some(Kind::Org));
    }
}
