//! The full-text index. It keeps no text of its own, so its terms are held against those that the readings give.

use super::{Check, Finding, FindingKind};
use crate::error::Result;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// For each article, how many terms it has and a sum over them that another term, column or place would change.
pub(super) type Terms = BTreeMap<i64, (u64, u64)>;

/// The list of articles that can be found must be the list of articles.
pub(super) fn rows(check: &mut Check, db: &Connection) -> Result<()> {
    let mut ask = db.prepare(
        "SELECT n, 0 FROM real.articles WHERE n NOT IN (SELECT id FROM real.words_docsize)
         UNION ALL SELECT id, 1 FROM real.words_docsize WHERE id NOT IN (SELECT n FROM real.articles) ORDER BY 1",
    )?;
    let rows: Vec<(i64, bool)> = ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (n, extra) in rows {
        let id: Option<String> = db.query_row("SELECT id FROM real.captures WHERE n = ?1", [n], |r| r.get(0)).ok();
        let what = match extra {
            true => format!("row {n} of the words to search by is no article's"),
            false => "the article cannot be found by its words".to_owned(),
        };
        let finding = Finding::index(FindingKind::WrongWords, what);
        check.found(match id {
            Some(id) => finding.id(&id),
            None => finding,
        });
    }
    Ok(())
}

/// Makes the terms of both indexes readable.
pub(super) fn attach(db: &Connection) -> Result<()> {
    Ok(db.execute_batch(
        "CREATE VIRTUAL TABLE temp.real_terms USING fts5vocab(real, words, instance);
         CREATE VIRTUAL TABLE temp.own_terms USING fts5vocab(main, words, instance);",
    )?)
}

/// The terms of one of them.
pub(super) fn terms(db: &Connection, table: &str) -> Result<Terms> {
    let mut ask = db.prepare(&format!("SELECT doc, term, col, offset FROM temp.{table}"))?;
    let mut rows = ask.query([])?;
    let mut out = Terms::new();
    while let Some(r) = rows.next()? {
        let sum = out.entry(r.get(0)?).or_default();
        let (term, column) = (r.get_ref(1)?.as_bytes().unwrap_or_default(), r.get_ref(2)?);
        let place: i64 = r.get(3)?;
        let h = fnv(FNV, term);
        let h = fnv(h, column.as_bytes().unwrap_or_default());
        sum.0 += 1;
        sum.1 = sum.1.wrapping_add(fnv(h, &place.to_le_bytes()));
    }
    Ok(out)
}

/// Offset basis of FNV-1a, 64 bits.
const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a (Fowler, Noll, Vo), 64 bits, of more bytes; a zero ends them.
fn fnv(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().chain([&0]).fold(start, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}
