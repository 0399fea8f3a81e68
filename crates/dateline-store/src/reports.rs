//! What was read in these articles?

use crate::error::{ErrorKind, Result, StoreError};
use crate::{Library, blob};
use dateline_story::Report;
use rusqlite::OptionalExtension;

impl Library {
    /// The reports of these articles, in the order asked for; ids that are not in the library, or name no article,
    /// are left out.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn reports(&self, ids: &[impl AsRef<str>]) -> Result<Vec<Report>> {
        let mut ask =
            self.db.prepare_cached("SELECT report FROM articles JOIN captures USING (n) WHERE captures.id = ?1")?;
        let mut out = Vec::with_capacity(ids.len());
        for id in ids {
            let blob: Option<Vec<u8>> = ask.query_row([id.as_ref()], |r| r.get(0)).optional()?;
            out.extend(blob.map(|b| blob::unpack(&b)).transpose()?);
        }
        Ok(out)
    }

    /// The report of one article, by its id or the beginning of it.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`], [`ErrorKind::Ambiguous`], [`ErrorKind::Index`].
    pub fn article(&self, id: &str) -> Result<Report> {
        let id = self.article_id("article", id)?;
        self.reports(&[&id])?.pop().ok_or_else(|| StoreError::not_found("article", &id))
    }

    /// The id of the one article whose id starts so; `what` says what was asked for where there is none.
    pub(crate) fn article_id(&self, what: &'static str, start: &str) -> Result<String> {
        // by the index of ids, up to the last character there is; that of statuses would walk all articles
        let sql = "SELECT id FROM captures WHERE +status = 'article'
                   AND id BETWEEN ?1 AND ?1 || char(1114111) AND substr(id, 1, length(?1)) = ?1";
        self.full_name(sql, what, start)
    }

    /// The one name that starts so; `sql` gives the candidates for a beginning.
    pub(crate) fn full_name(&self, sql: &str, what: &'static str, start: &str) -> Result<String> {
        let mut ask = self.db.prepare_cached(&format!("{sql} ORDER BY id LIMIT 100"))?;
        let found: Vec<String> = ask.query_map([start], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        match found.as_slice() {
            _ if start.is_empty() => Err(StoreError::not_found(what, start)),
            [] => Err(StoreError::not_found(what, start)),
            [one] => Ok(one.clone()),
            [first, ..] if first == start => Ok(first.clone()),
            many => Err(StoreError::new(ErrorKind::Ambiguous { name: start.to_owned(), count: many.len() })),
        }
    }
}
