//! Which captures are of one page, and which of them stands for it?
//!
//! The latest stands for the page in stories, counts and lists; the older ones are kept, and reached from it.

use crate::error::{Result, StoreError};
use crate::prepared::Prepared;
use crate::{Library, blob};
use dateline_story::decisions::{Act, Decision, Side};
use dateline_story::{Report, Taken, canonical, order};
use rusqlite::{Transaction, params};
use std::collections::BTreeMap;

/// One capture of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageVersion {
    /// The capture's id.
    pub id: String,
    /// When it was captured, else when the page says it was changed or published.
    pub seen: Option<String>,
    /// When it came into the library.
    pub added: String,
    /// Its headline.
    pub title: Option<String>,
    /// Whether it stands for the page.
    pub latest: bool,
}

/// Enters an article among the captures of its page.
pub(crate) fn enter(tx: &Transaction, n: i64, length: usize, prepared: &Prepared) -> Result<()> {
    let Some(address) = &prepared.address else { return Ok(()) };
    tx.prepare_cached("UPDATE articles SET address = ?2, seen = ?3, length = ?4 WHERE n = ?1")?.execute(params![
        n,
        address,
        prepared.seen,
        length as i64
    ])?;
    let mut ask = tx.prepare_cached(
        "SELECT n, id, seen, articles.length FROM articles JOIN captures USING (n) WHERE address = ?1 ORDER BY id",
    )?;
    let taken = |r: &rusqlite::Row| Ok((r.get(0)?, Taken { id: r.get(1)?, seen: r.get(2)?, length: r.get(3)? }));
    let rows: Vec<(i64, Taken)> = ask.query_map([address], taken)?.collect::<rusqlite::Result<_>>()?;
    if rows.len() < 2 {
        return Ok(());
    }
    let mut all: Vec<Taken> = rows.iter().map(|(_, t)| t.clone()).collect();
    order(&mut all);
    let last = all.last().and_then(|t| rows.iter().find(|(_, x)| x.id == t.id)).map(|(n, _)| *n);
    tx.prepare_cached("UPDATE articles SET latest = nullif(?2, n) WHERE address = ?1")?
        .execute(params![address, last])?;
    Ok(())
}

impl Library {
    /// All captures of a page, oldest first; the page by its address in any form, or by the id of one of its captures
    /// or the beginning of it.
    ///
    /// # Errors
    /// [`crate::ErrorKind::NotFound`], [`crate::ErrorKind::Ambiguous`], [`crate::ErrorKind::Index`].
    pub fn versions(&self, page: &str) -> Result<Vec<PageVersion>> {
        let address = canonical(page).or_else(|| canonical(&format!("https://{page}")));
        let of_address = address.map(|a| self.captures_of(&a)).transpose()?.unwrap_or_default();
        if !of_address.is_empty() {
            return Ok(of_address);
        }
        let what = "article";
        if page.contains('/') {
            return Err(StoreError::not_found(what, page));
        }
        let id = self.article_id(what, page)?;
        let mut ask = self.db.prepare_cached("SELECT address FROM articles JOIN captures USING (n) WHERE id = ?1")?;
        match ask.query_row([&id], |r| r.get::<_, Option<String>>(0))? {
            Some(address) => self.captures_of(&address),
            None => self.version_rows("captures.id = ?1", &id),
        }
    }

    /// The older captures of the page that an article stands for, oldest first.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn older_captures(&self, id: &str) -> Result<Vec<Report>> {
        let mut ask = self.db.prepare_cached(
            "SELECT report FROM articles WHERE latest = (SELECT n FROM captures WHERE id = ?1) ORDER BY n",
        )?;
        let blobs: Vec<Vec<u8>> = ask.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        if blobs.is_empty() {
            return Ok(Vec::new());
        }
        let mut reports = blobs.iter().map(|b| blob::unpack(b)).collect::<Result<Vec<Report>>>()?;
        let place: BTreeMap<String, usize> =
            self.versions(id)?.into_iter().enumerate().map(|(i, v)| (v.id, i)).collect();
        reports.sort_by_key(|r| place.get(&r.id).copied());
        Ok(reports)
    }

    fn captures_of(&self, address: &str) -> Result<Vec<PageVersion>> {
        self.version_rows("address = ?1", address)
    }

    fn version_rows(&self, narrow: &str, value: &str) -> Result<Vec<PageVersion>> {
        let mut ask = self.db.prepare_cached(&format!(
            "SELECT id, seen, added, title, latest IS NULL, coalesce(articles.length, 0)
             FROM articles JOIN captures USING (n) WHERE {narrow} ORDER BY id"
        ))?;
        let row = |r: &rusqlite::Row| {
            let version =
                PageVersion { id: r.get(0)?, seen: r.get(1)?, added: r.get(2)?, title: r.get(3)?, latest: r.get(4)? };
            Ok((version, r.get(5)?))
        };
        let mut rows: Vec<(PageVersion, usize)> = ask.query_map([value], row)?.collect::<rusqlite::Result<_>>()?;
        let taken =
            |(v, length): &(PageVersion, usize)| Taken { id: v.id.clone(), seen: v.seen.clone(), length: *length };
        let mut all: Vec<Taken> = rows.iter().map(taken).collect();
        order(&mut all);
        rows.sort_by_key(|(v, _)| all.iter().position(|t| t.id == v.id));
        Ok(rows.into_iter().map(|(v, _)| v).collect())
    }

    /// Decisions as they are about the captures that stand for pages now: what was decided of an older capture holds
    /// for the latest.
    pub(crate) fn about_latest(&self, mut made: Vec<Decision>) -> Result<Vec<Decision>> {
        let mut ask = self.db.prepare_cached(
            "SELECT older.id, newer.id FROM articles JOIN captures AS older USING (n)
                 JOIN captures AS newer ON newer.n = latest WHERE latest IS NOT NULL",
        )?;
        let latest: BTreeMap<String, String> =
            ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let renew = |side: &mut Side| {
            for page in &mut side.pages {
                if let Some(id) = latest.get(page) {
                    page.clone_from(id);
                }
            }
        };
        if !latest.is_empty() {
            for decision in &mut made {
                match &mut decision.act {
                    Act::Merge { a, b } | Act::Split { a, b } | Act::Apart { a, b } => {
                        renew(a);
                        renew(b);
                    }
                    Act::Rename { a, .. } | Act::Pin { a } | Act::Unpin { a } => renew(a),
                    Act::Brief { edit, .. } => edit.side_mut().into_iter().for_each(renew),
                    Act::SamePerson { .. } | Act::OtherPerson { .. } => {}
                    Act::Undo { .. } | Act::Watch { .. } | Act::Unwatch { .. } => {}
                }
            }
        }
        Ok(made)
    }
}
