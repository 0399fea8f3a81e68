//! Turns of a matter: a report that answers a claim is not of the claim's event, one that looks ahead is not of the day
//! itself, and one of a second strike is not of the first. Word lists, language by language, in `data/turns.tsv`.

use crate::Print;
use dateline_text::{WordKind, fold, words};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../data/turns.tsv");

/// Words of the text that are looked at, and those within which a turn is the report's own.
const READ: usize = 100;
const OWN: usize = 35;

/// What stands of one turn in an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// In the title or first lines: the report is of it.
    own: bool,
    /// Further down, but near the top.
    told: bool,
}

impl Turn {
    /// Whether one article is of this turn while the other's opening does not know of it.
    pub fn clashes(self, other: Turn) -> bool {
        (self.own && !other.told) || (other.own && !self.told)
    }
}

/// The turns of an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turns {
    /// It answers a claim.
    pub answer: Turn,
    /// It tells of what is to come.
    pub ahead: Turn,
    /// It tells of another of a kind.
    pub again: Turn,
}

/// Beginnings and whole words of a class in a language.
#[derive(Debug, Default)]
struct Words {
    whole: Vec<&'static str>,
    begin: Vec<&'static str>,
}

impl Words {
    fn has(&self, folded: &str) -> bool {
        self.whole.contains(&folded) || self.begin.iter().any(|b| folded.starts_with(b))
    }
}

fn table() -> &'static FxHashMap<(&'static str, &'static str), Words> {
    static ALL: OnceLock<FxHashMap<(&'static str, &'static str), Words>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: FxHashMap<(&str, &str), Words> = FxHashMap::default();
        for row in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [class @ ("answer" | "ahead" | "again"), language, list] = cells[..] else { continue };
            let words = all.entry((class, language)).or_default();
            for word in list.split(' ') {
                match word.strip_prefix('=') {
                    Some(whole) => words.whole.push(whole),
                    None => words.begin.push(word),
                }
            }
        }
        all
    })
}

/// The turns of an article by its title and first words.
pub fn turns(print: &Print) -> Turns {
    let language = crate::link::idf::tag(print.language.as_deref().unwrap_or(""));
    let of = |class| table().get(&(class, language.as_str()));
    let (answer, ahead, again) = (of("answer"), of("ahead"), of("again"));
    if answer.is_none() && ahead.is_none() && again.is_none() {
        return Turns::default();
    }
    let mut out = Turns::default();
    let mut note = |text: &str, own: usize| {
        let letters = words(text).into_iter().filter(|w| w.kind == WordKind::Letters).take(READ);
        for (i, word) in letters.enumerate() {
            let folded = fold(word.of(text));
            for (turn, list) in [(&mut out.answer, answer), (&mut out.ahead, ahead), (&mut out.again, again)] {
                if list.is_some_and(|l| l.has(&folded)) {
                    turn.told = true;
                    turn.own |= i < own;
                }
            }
        }
    };
    note(&print.title, READ);
    let opening = print.text.char_indices().nth(READ * 20).map_or(print.text.len(), |(at, _)| at);
    note(&print.text[..opening], OWN);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_by_its_own_examples() {
        let mut seen = 0;
        for row in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [is @ ("yes" | "no"), class, language, text] = cells[..] else { continue };
            let print = Print { text: text.into(), language: Some(language.into()), ..Print::default() };
            let found = turns(&print);
            let turn = match class {
                "answer" => found.answer,
                "ahead" => found.ahead,
                _ => found.again,
            };
            assert_eq!(turn.own, is == "yes", "{row}");
            seen += 1;
        }
        assert!(seen >= 24);
    }

    #[test]
    fn every_row_is_folded_and_of_a_known_class() {
        for row in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            match cells[..] {
                ["answer" | "ahead" | "again", _, list] => list
                    .split(' ')
                    .for_each(|w| assert_eq!(fold(w.trim_start_matches('=')), w.trim_start_matches('='), "{row}")),
                ["yes" | "no", "answer" | "ahead" | "again", _, _] => {}
                _ => panic!("{row}"),
            }
        }
    }
}
