//! What one writer entered lately of the names on its pages: most names of a page stand on the pages beside it too, and
//! need not be looked for again.

use crate::error::Result;
use rusqlite::{Transaction, params};
use rustc_hash::{FxHashMap, FxHashSet};

/// Names remembered at most.
const MOST: usize = 50_000;

/// An entity as it stands in the index.
#[derive(Debug)]
struct Standing {
    e: i64,
    standing: i64,
    name: String,
}

/// An entity as a page has it.
pub(crate) struct Seen<'p> {
    /// What it is.
    pub(crate) kind: i64,
    /// What it has alone.
    pub(crate) key: &'p str,
    /// How the page calls it,
    pub(crate) name: &'p str,
    /// and how good a name that is: less is better.
    pub(crate) standing: i64,
    /// Its country and its degrees north and east, of a place.
    pub(crate) country: Option<&'p str>,
    pub(crate) at: Option<(f64, f64)>,
}

/// Good as long as nobody else writes, and what it was told of was committed.
#[derive(Debug, Default)]
pub(crate) struct Entered {
    forms: FxHashMap<String, i64>,
    entities: FxHashMap<(i64, String), Standing>,
    words: FxHashSet<(i64, i64, String)>,
}

impl Entered {
    /// The number of a written form; none of no text.
    pub(crate) fn form(&mut self, tx: &Transaction, text: Option<&str>) -> Result<Option<i64>> {
        let Some(text) = text.filter(|t| !t.is_empty()) else { return Ok(None) };
        if let Some(f) = self.forms.get(text) {
            return Ok(Some(*f));
        }
        let sql = "INSERT INTO forms (text) VALUES (?1) ON CONFLICT (text) DO UPDATE SET text = text RETURNING f";
        let f = tx.prepare_cached(sql)?.query_row([text], |r| r.get(0))?;
        self.make_room();
        self.forms.insert(text.to_owned(), f);
        Ok(Some(f))
    }

    /// The number of an entity, which is called by the better of its names from now on.
    pub(crate) fn entity(&mut self, tx: &Transaction, seen: &Seen<'_>) -> Result<i64> {
        let key = (seen.kind, seen.key.to_owned());
        if !self.entities.contains_key(&key) {
            let sql = "INSERT INTO entities (kind, key, name, standing, country, lat, lon)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                       ON CONFLICT (kind, key) DO UPDATE SET key = key RETURNING e, standing, name";
            let (lat, lon) = seen.at.unzip();
            let row = params![seen.kind, seen.key, seen.name, seen.standing, seen.country, lat, lon];
            let standing = |r: &rusqlite::Row<'_>| Ok(Standing { e: r.get(0)?, standing: r.get(1)?, name: r.get(2)? });
            let known = tx.prepare_cached(sql)?.query_row(row, standing)?;
            self.make_room();
            self.entities.insert(key.clone(), known);
        }
        let Some(known) = self.entities.get_mut(&key) else { return Ok(0) };
        let is_better = known.standing > seen.standing || known.standing == seen.standing && *known.name > *seen.name;
        if is_better {
            tx.prepare_cached("UPDATE entities SET name = ?2, standing = ?3 WHERE e = ?1")?.execute(params![
                known.e,
                seen.name,
                seen.standing
            ])?;
            (known.standing, known.name) = (seen.standing, seen.name.to_owned());
        }
        Ok(known.e)
    }

    /// Has something found by words of its names.
    pub(crate) fn name_words(
        &mut self,
        tx: &Transaction,
        kind: i64,
        id: i64,
        words: impl IntoIterator<Item = String>,
    ) -> Result<()> {
        let mut put = tx.prepare_cached("INSERT OR IGNORE INTO name_words (word, kind, id) VALUES (?1, ?2, ?3)")?;
        for word in words {
            let word = (kind, id, word);
            if !self.words.contains(&word) {
                put.execute(params![word.2, kind, id])?;
                self.make_room();
                self.words.insert(word);
            }
        }
        Ok(())
    }

    /// Forgets all where it is too much.
    fn make_room(&mut self) {
        if self.forms.len() + self.entities.len() + self.words.len() >= MOST {
            *self = Entered::default();
        }
    }
}
