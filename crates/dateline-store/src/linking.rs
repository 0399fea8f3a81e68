//! Linking what was read: each step is one transaction, so that readers see the stories before it or after it.

use crate::error::{ErrorKind, Result, StoreError};
use crate::settling::settle;
use crate::verdicts::judge;
use crate::{Library, blob, memberships};
use dateline_story::{Linker, Print, Shelf, Weights};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;

/// Articles that are not linked; of a page that was captured more than once, the latest.
const UNLINKED: &str = "status = 'article' AND n NOT IN (SELECT n FROM memberships)
    AND n NOT IN (SELECT n FROM articles WHERE latest IS NOT NULL)";
/// Articles linked at once.
const BATCH: usize = 8192;

/// The index, asked for what the linker does not hold in memory.
struct Desk<'t>(&'t Connection);

impl Shelf for Desk<'_> {
    type Error = StoreError;

    fn shapes(&mut self, of: &[i64]) -> Result<Vec<Vec<u8>>> {
        let mut ask = self.0.prepare_cached("SELECT shape FROM shapes WHERE n = ?1")?;
        of.iter().map(|n| Ok(ask.query_row([n], |r| r.get(0)).optional()?.unwrap_or_default())).collect()
    }

    fn prints(&mut self, of: &[i64]) -> Result<Vec<Print>> {
        of.iter().map(|n| Ok(print(self.0, *n)?.unwrap_or_default())).collect()
    }
}

/// What linking needs of an article.
pub(crate) fn print(db: &Connection, n: i64) -> Result<Option<Print>> {
    let mut ask = db.prepare_cached("SELECT print FROM articles WHERE n = ?1")?;
    let bytes: Option<Vec<u8>> = ask.query_row([n], |r| r.get(0)).optional()?;
    bytes.map(|b| blob::unpack(&b)).transpose()
}

impl Library {
    /// Links the articles that were read and not linked yet with each other and with those that are, as the library's
    /// decisions have it. What other rules linked is linked anew. All in one transaction: readers see the old stories
    /// or the new, never a mix. A stop at any moment loses nothing: the next linking finds what is left to link.
    ///
    /// # Errors
    /// [`ErrorKind::ReadOnly`], [`ErrorKind::Io`], [`ErrorKind::Index`].
    pub fn link(&mut self, version: &str) -> Result<()> {
        self.may_write()?;
        let (decisions, mark) = self.decisions_marked()?;
        let made = self.about_latest(decisions.made)?;
        let known = self.linker.take();
        // what was taken out of the library's articles leaves no trace only where all is linked without it
        let anew = self.linked_by()?.as_deref() != Some(version) || self.has_replaced()?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let remembered = if anew { None } else { known.map_or_else(|| load(&tx), |l| Ok(Some(l)))? };
        let mut linker = match remembered {
            Some(linker) => linker,
            None => {
                forget(&tx)?;
                Linker::new(Weights::shipped())
            }
        };
        loop {
            let prints = unlinked(&tx)?;
            if prints.is_empty() {
                break;
            }
            let arrivals: Vec<(i64, &Print)> = prints.iter().map(|(n, print)| (*n, print)).collect();
            let change = linker.grow(&arrivals, &mut Desk(&tx))?;
            for (n, shape) in &change.shapes {
                tx.prepare_cached("INSERT OR REPLACE INTO shapes (n, shape) VALUES (?1, ?2)")?
                    .execute(params![n, shape])?;
            }
            memberships::put(&tx, &change.rows, &prints)?;
            memberships::put_links(&tx, &change.regrouped, &change.links)?;
            settle(&tx, &made, &change.stories)?;
        }
        for (first, portion) in linker.portions() {
            match portion {
                Some(bytes) => tx
                    .prepare_cached("INSERT OR REPLACE INTO linking (first, portion) VALUES (?1, ?2)")?
                    .execute(params![first, bytes])?,
                None => tx.prepare_cached("DELETE FROM linking WHERE first = ?1")?.execute([first])?,
            };
        }
        if settled(&tx)?.as_deref() != Some(&mark) {
            settle(&tx, &made, &Default::default())?;
        }
        tx.execute(
            "INSERT OR REPLACE INTO settings (name, value) VALUES ('linked by', ?1), ('decided', ?2)",
            [version, &mark],
        )?;
        judge(&tx)?;
        tx.commit()?;
        self.linker = Some(linker);
        Ok(())
    }

    /// Whether an article is linked that a later capture of its page has taken the place of.
    fn has_replaced(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM articles WHERE latest IS NOT NULL AND n IN (SELECT n FROM memberships)";
        Ok(self.db.prepare_cached(sql)?.exists([])?)
    }

    /// Whether articles were added, or took the place of others, that no linking has seen: a run that was stopped
    /// before it came to link leaves such.
    ///
    /// # Errors
    /// [`ErrorKind::Index`].
    pub fn has_unlinked(&self) -> Result<bool> {
        let sql = format!("SELECT 1 FROM captures WHERE {UNLINKED}");
        Ok(self.has_replaced()? || self.db.prepare_cached(&sql)?.exists([])?)
    }
}

/// Mark of the decisions that the stories were made by.
fn settled(tx: &Transaction) -> Result<Option<String>> {
    let mut ask = tx.prepare_cached("SELECT value FROM settings WHERE name = 'decided'")?;
    Ok(ask.query_row([], |r| r.get(0)).optional()?)
}

/// The next articles to be linked, by their numbers.
fn unlinked(tx: &Transaction) -> Result<BTreeMap<i64, Print>> {
    let mut ask = tx.prepare_cached(&format!("SELECT n FROM captures WHERE {UNLINKED} ORDER BY n LIMIT ?1"))?;
    let numbers: Vec<i64> = ask.query_map([BATCH as i64], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut out = BTreeMap::new();
    for n in numbers {
        let print =
            print(tx, n)?.ok_or_else(|| StoreError::new(ErrorKind::Index("an article has no reading".into())))?;
        out.insert(n, print);
    }
    Ok(out)
}

/// The linker as the index remembers it; `None` where that does not fit together.
fn load(tx: &Transaction) -> Result<Option<Linker>> {
    let (known, links) = memberships::known(tx)?;
    let mut ask = tx.prepare_cached("SELECT portion FROM linking ORDER BY first")?;
    let portions: Vec<Vec<u8>> = ask.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(Linker::load(Weights::shipped(), portions, known, links))
}

/// Forgets all links.
pub(crate) fn forget(tx: &Transaction) -> Result<()> {
    tx.execute_batch(
        "DELETE FROM members; DELETE FROM stories; DELETE FROM storylines; DELETE FROM memberships;
         DELETE FROM machine_links; DELETE FROM shapes; DELETE FROM linking;",
    )?;
    Ok(())
}
