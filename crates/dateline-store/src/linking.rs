//! Linking what was read: each step is one transaction, so that readers see the stories before it or after it.

use crate::error::{ErrorKind, Result, StoreError};
use crate::library::{connect, index_path};
use crate::settling::{Remade, settle};
use crate::verdicts::{judge, judge_of};
use crate::{Library, Mode, blob, memberships};
use dateline_story::{Linker, Print, Shelf, Weights};
use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;
use std::sync::mpsc;

/// Articles that are not linked; of a page that was captured more than once, the latest.
const UNLINKED: &str = "status = 'article' AND n NOT IN (SELECT n FROM memberships)
    AND n NOT IN (SELECT n FROM articles WHERE latest IS NOT NULL)";
/// Articles that are linked though a later capture of their page stands for it. The plus has SQLite go by these, which
/// are few, and not by all that is linked.
const REPLACED: &str = "SELECT n FROM articles WHERE latest IS NOT NULL AND +n IN (SELECT n FROM memberships)";
/// Reports unpacked at once.
const UNPACKED: usize = 512;
/// Articles linked at once.
const BATCH: usize = 4096;

/// The index, asked for what the linker does not hold in memory.
struct Desk<'t>(&'t Connection);

impl Shelf for Desk<'_> {
    type Error = StoreError;

    fn shapes(&mut self, of: &[i64]) -> Result<Vec<Vec<u8>>> {
        let mut ask = self.0.prepare_cached("SELECT shape FROM shapes WHERE n = ?1")?;
        of.iter().map(|n| Ok(ask.query_row([n], |r| r.get(0)).optional()?.unwrap_or_default())).collect()
    }

    fn prints(&mut self, of: &[i64]) -> Result<Vec<Print>> {
        Ok(prints(self.0, of)?.into_iter().map(Option::unwrap_or_default).collect())
    }
}

/// What linking needs of articles, in the order asked for; `None` for what is none.
pub(crate) fn prints(db: &Connection, of: &[i64]) -> Result<Vec<Option<Print>>> {
    let mut ask = db.prepare_cached("SELECT report FROM articles WHERE n = ?1")?;
    let mut out = Vec::with_capacity(of.len());
    for some in of.chunks(UNPACKED) {
        let packed: Vec<Option<Vec<u8>>> =
            some.iter().map(|n| ask.query_row([n], |r| r.get(0)).optional()).collect::<rusqlite::Result<_>>()?;
        let print = |b: &Option<Vec<u8>>| Ok(b.as_ref().map(|b| blob::unpack(b)).transpose()?.map(|r| Print::of(&r)));
        out.par_extend(packed.par_iter().map(print).collect::<Result<Vec<Option<Print>>>>()?);
    }
    Ok(out)
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
        let known = self.recollected();
        let anew = self.linked_by()?.as_deref() != Some(version);
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let remembered = if anew { None } else { known.map_or_else(|| load(&tx), |l| Ok(Some(l)))? };
        let remembered = remembered.map(|linker| part(&tx, linker)).transpose()?.flatten();
        let (mut linker, mut unsettled, mut changed) = match remembered {
            Some((linker, unsettled)) => (linker, unsettled, Some(Remade::default())),
            None => {
                forget(&tx)?;
                (Linker::new(Weights::shipped()), false, None)
            }
        };
        loop {
            let prints = unlinked(&tx)?;
            if prints.is_empty() && !std::mem::take(&mut unsettled) {
                break;
            }
            unsettled = false;
            let arrivals: Vec<(i64, &Print)> = prints.iter().map(|(n, print)| (*n, print)).collect();
            let change = linker.grow(&arrivals, &mut Desk(&tx))?;
            for (n, shape) in &change.shapes {
                tx.prepare_cached("INSERT OR REPLACE INTO shapes (n, shape) VALUES (?1, ?2)")?
                    .execute(params![n, shape])?;
            }
            memberships::put(&tx, &change.rows, &prints)?;
            memberships::put_links(&tx, &change.regrouped, &change.links)?;
            note(&mut changed, settle(&tx, &made, &change.stories)?);
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
            note(&mut changed, settle(&tx, &made, &Default::default())?);
        }
        tx.execute(
            "INSERT OR REPLACE INTO settings (name, value) VALUES ('linked by', ?1), ('decided', ?2)",
            [version, &mark],
        )?;
        match changed {
            Some(changed) => judge_of(&tx, &changed)?,
            None => judge(&tx)?,
        }
        tx.commit()?;
        self.linker = Some(linker);
        Ok(())
    }

    /// Has what linking remembers read in while other work goes on, for the next [`Library::link`]. Nothing may be linked
    /// by another library meanwhile, which the lock of this one sees to.
    pub fn recollect(&mut self) {
        if self.linker.is_none() && self.recollecting.is_none() {
            let (index, (give, take)) = (index_path(self.dir()), mpsc::channel());
            // on a thread that there is: each has memory of its own, which it keeps
            rayon::spawn(move || {
                let linker = || load(&connect(&index, Mode::Read).ok()?).ok()?;
                // nobody may want it any more
                let _ = give.send(linker());
            });
            self.recollecting = Some(take);
        }
    }

    /// The linker, where this library has it. What went wrong in reading it in is told when that is tried again.
    fn recollected(&mut self) -> Option<Linker> {
        let coming = self.recollecting.take();
        self.linker.take().or_else(|| coming?.recv().ok()?)
    }

    /// Whether an article is linked that a later capture of its page has taken the place of.
    fn has_replaced(&self) -> Result<bool> {
        Ok(self.db.prepare_cached(REPLACED)?.exists([])?)
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

/// Takes articles out of the linker that later captures of their pages have taken the place of; gives whether there were
/// such, for then a step must follow. `None` where all must be linked anew.
fn part(tx: &Transaction, mut linker: Linker) -> Result<Option<(Linker, bool)>> {
    let replaced: Vec<i64> = {
        let mut ask = tx.prepare_cached(&format!("{REPLACED} ORDER BY n"))?;
        ask.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?
    };
    if replaced.is_empty() {
        return Ok(Some((linker, false)));
    }
    if !linker.leave(&replaced, &mut Desk(tx))? {
        return Ok(None);
    }
    for n in &replaced {
        tx.prepare_cached("DELETE FROM memberships WHERE n = ?1")?.execute([n])?;
        tx.prepare_cached("DELETE FROM shapes WHERE n = ?1")?.execute([n])?;
    }
    // a name that led to the older capture leads to the page as it is now
    tx.execute(
        "UPDATE names SET n = (SELECT latest FROM articles WHERE articles.n = names.n)
         WHERE n IN (SELECT n FROM articles WHERE latest IS NOT NULL)",
        [],
    )?;
    Ok(Some((linker, true)))
}

/// Adds what was made again to the rest of it; nothing to all.
fn note(changed: &mut Option<Remade>, more: Remade) {
    if let Some(changed) = changed {
        changed.add(more);
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
    let lacking = || StoreError::new(ErrorKind::Index("an article has no reading".into()));
    let prints = prints(tx, &numbers)?.into_iter().map(|p| p.ok_or_else(lacking)).collect::<Result<Vec<Print>>>()?;
    Ok(numbers.into_iter().zip(prints).collect())
}

/// The linker as the index remembers it; `None` where that does not fit together.
fn load(db: &Connection) -> Result<Option<Linker>> {
    let mut ask = db.prepare_cached("SELECT portion FROM linking ORDER BY first")?;
    let portions: Vec<Vec<u8>> = ask.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut linker = None;
    // the two halves of it take as long as each other
    let known = rayon::in_place_scope(|scope| {
        // what does not fit together is as good as nothing, however it shows that: everything is linked anew then
        let remembering = || Linker::remembering(Weights::shipped(), portions);
        scope.spawn(|_| linker = std::panic::catch_unwind(remembering).ok().flatten());
        memberships::known(db)
    });
    let (known, links) = known?;
    Ok(linker.and_then(|linker| linker.knowing(known, links)))
}

/// Forgets all links.
pub(crate) fn forget(tx: &Transaction) -> Result<()> {
    tx.execute_batch(
        "DELETE FROM members; DELETE FROM stories; DELETE FROM storylines; DELETE FROM memberships;
         DELETE FROM machine_links; DELETE FROM shapes; DELETE FROM linking;",
    )?;
    Ok(())
}
