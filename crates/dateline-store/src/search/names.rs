//! Speakers, persons and places by their names.

use super::ast::{Field, Words};
use super::enter::{PERSON, PLACE, SPEAKER};
use super::words::{Pattern, tokens};
use crate::Library;
use crate::error::Result;
use rusqlite::params;
use std::collections::BTreeSet;

/// Numbers of the speakers, persons or places that are meant. Every word must be one of the name's, in any of the
/// forms that pages write it in; a place is also known by its number in the gazetteer, and a country stands for all
/// places in it. An exact name has all its words asked for and no others.
pub(crate) fn ids(library: &Library, asked: &Words) -> Result<BTreeSet<i64>> {
    let kind = match asked.field {
        Field::Speaker => SPEAKER,
        Field::Person => PERSON,
        _ => PLACE,
    };
    let mut found = having(library, kind, &asked.text, asked.prefix)?;
    if asked.exact {
        let wanted = word_set(&asked.text);
        let mut exact = BTreeSet::new();
        for id in found {
            if word_set(&key(library, kind, id)?) == wanted {
                exact.insert(id);
            }
        }
        found = exact;
    }
    if kind != PLACE {
        found.extend(other_names(library, kind, &found)?);
    }
    if kind == PLACE {
        let text = asked.text.trim();
        let country = dateline_lexicon::places::country_code(text).filter(|_| !asked.exact && !asked.prefix);
        let mut ask = library.db.prepare_cached(
            "SELECT e FROM entities WHERE kind = ?1 AND key = ?2
             UNION SELECT e FROM entities WHERE country = ?3",
        )?;
        let mut rows = ask.query(params![PLACE, text.to_lowercase(), country])?;
        while let Some(row) = rows.next()? {
            found.insert(row.get(0)?);
        }
    }
    Ok(found)
}

/// Numbers of the names of which the user decided that they are those of one of these.
fn other_names(library: &Library, kind: i64, found: &BTreeSet<i64>) -> Result<Vec<i64>> {
    let persons = library.persons()?;
    let mut out = Vec::new();
    if persons.is_empty() {
        return Ok(out);
    }
    let mut ask = library.db.prepare_cached(if kind == SPEAKER {
        "SELECT s FROM speakers WHERE key = ?1 AND ?2 IS NOT NULL"
    } else {
        "SELECT e FROM entities WHERE key = ?1 AND kind = ?2"
    })?;
    for id in found {
        for other in persons.group(&key(library, kind, *id)?) {
            out.extend(ask.query_map(params![other, kind], |r| r.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?);
        }
    }
    Ok(out)
}

/// Numbers of the names of a kind that have all these words.
pub(crate) fn having(library: &Library, kind: i64, text: &str, prefix: bool) -> Result<BTreeSet<i64>> {
    let Some(pattern) = Pattern::of(text, prefix) else { return Ok(BTreeSet::new()) };
    let mut found: Option<BTreeSet<i64>> = None;
    for (i, word) in pattern.words.iter().enumerate() {
        let starts = pattern.prefix && i + 1 == pattern.words.len();
        let own = with_word(library, kind, word, starts)?;
        found = Some(match found {
            Some(before) => before.intersection(&own).copied().collect(),
            None => own,
        });
    }
    Ok(found.unwrap_or_default())
}

/// The different words of a text, as names are held against each other.
pub(crate) fn word_set(text: &str) -> BTreeSet<String> {
    tokens(text).into_iter().map(|t| t.text).collect()
}

fn with_word(library: &Library, kind: i64, word: &str, starts: bool) -> Result<BTreeSet<i64>> {
    let mut ask = library.db.prepare_cached(if starts {
        "SELECT id FROM name_words WHERE word >= ?1 AND word < ?3 AND kind = ?2"
    } else {
        "SELECT id FROM name_words WHERE word = ?1 AND kind = ?2 AND ?3 IS NOT NULL"
    })?;
    let rows = ask.query_map(params![word, kind, after(word)], |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What stands after all words that begin so.
pub(crate) fn after(word: &str) -> String {
    format!("{word}\u{10FFFF}")
}

fn key(library: &Library, kind: i64, id: i64) -> Result<String> {
    let sql =
        if kind == SPEAKER { "SELECT key FROM speakers WHERE s = ?1" } else { "SELECT key FROM entities WHERE e = ?1" };
    Ok(library.db.prepare_cached(sql)?.query_row([id], |r| r.get(0))?)
}
