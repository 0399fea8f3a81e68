//! What was asked for and did not become an article, and why?

use crate::error::Result;
use crate::{Library, Stamp};
use dateline_capture::{CaptureError, Source};
use rusqlite::{Connection, TransactionBehavior, params};

/// How far an input came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailureKind {
    /// No page came of it.
    Input,
    /// A page was kept, and its text cannot be read.
    Unreadable,
    /// A page was kept, and holds no article.
    NotAnArticle,
}

/// An input that gave no article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// How far it came.
    pub kind: FailureKind,
    /// The capture's id, where it was kept.
    pub id: Option<String>,
    /// The file.
    pub path: Option<String>,
    /// The address, where known.
    pub url: Option<String>,
    /// Byte offset of the record, or the line, where the input has such.
    pub place: Option<u64>,
    /// Why, in words.
    pub reason: String,
    /// When it was tried.
    pub added: String,
}

impl Library {
    /// Notes inputs of which no page came. Trying the same again replaces the note; success removes it.
    ///
    /// # Errors
    /// [`crate::ErrorKind::ReadOnly`], [`crate::ErrorKind::Index`].
    pub fn note_failures(&mut self, errors: &[CaptureError], stamp: &Stamp) -> Result<()> {
        self.may_write()?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for e in errors {
            let source = e.input();
            let place = source.offset.or(e.line()).map_or(-1, |p| p as i64);
            tx.prepare_cached(
                "INSERT OR REPLACE INTO failures (path, place, url, reason, added) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                source.path.as_deref().unwrap_or("-"),
                place,
                source.url,
                e.reason(),
                stamp.now
            ])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Inputs that gave no article: first those of which no page came, by path; then pages, in the order they were kept.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn failures(&self) -> Result<Vec<Failure>> {
        let mut ask = self.db.prepare_cached(
            "SELECT 0, NULL, path, url, place, reason, added FROM failures
             UNION ALL
             SELECT CASE status WHEN 'unreadable' THEN 1 ELSE 2 END, id, path, url, NULL, reason, added FROM
                 (SELECT * FROM captures WHERE status IN ('unreadable', 'not_article') ORDER BY n)",
        )?;
        let rows = ask.query_map([], |r| {
            Ok(Failure {
                kind: match r.get(0)? {
                    0 => FailureKind::Input,
                    1 => FailureKind::Unreadable,
                    _ => FailureKind::NotAnArticle,
                },
                id: r.get(1)?,
                path: r.get(2)?,
                url: r.get(3)?,
                place: r.get::<_, Option<i64>>(4)?.and_then(|p| u64::try_from(p).ok()),
                reason: r.get::<_, Option<String>>(5)?.unwrap_or_default(),
                added: r.get(6)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Removes the note of an input that gave a page after all.
pub(crate) fn forget(db: &Connection, source: &Source) -> Result<()> {
    let place = source.offset.map_or(-1, |p| p as i64);
    db.prepare_cached("DELETE FROM failures WHERE path = ?1 AND place = ?2")?
        .execute(params![source.path.as_deref().unwrap_or("-"), place])?;
    Ok(())
}
