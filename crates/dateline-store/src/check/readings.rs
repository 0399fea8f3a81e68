//! Whether what the index has of each article is what its stored reading says.
//!
//! The rows are derived anew from the reading by the code that `add` uses, in an index in memory, and the two held
//! against each other.

use super::scratch::{beside, differences};
use super::words::{self, Terms};
use super::{Check, Finding, FindingKind, Told};
use crate::error::Result;
use crate::prepared::Prepared;
use crate::search::enter;
use crate::search::entered::Entered;
use crate::{add, blob};
use dateline_story::Report;
use rusqlite::{Connection, Transaction, params};
use std::collections::BTreeMap;

/// Articles derived anew at once.
const BATCH: i64 = 200;

/// What is derived from one article's reading alone: a table, and a question for its rows, of which the first column,
/// `k`, is the article's number. Numbers that a table gives itself do not count.
const DERIVED: &[(&str, &str)] = &[
    ("articles", "SELECT n AS k, title, outlet, language, published, day, address, seen, length FROM {db}.articles"),
    ("yields", "SELECT n AS k, outlet, letters, dated FROM {db}.yields"),
    ("said", "SELECT n AS k, key, attribution FROM {db}.said JOIN {db}.speakers USING (s)"),
    (
        "named",
        "SELECT n AS k, kind, key, form.text, role.text, gender FROM {db}.named JOIN {db}.entities USING (e)
         LEFT JOIN {db}.forms AS form ON form.f = form LEFT JOIN {db}.forms AS role ON role.f = role",
    ),
    (
        "facets",
        "SELECT n AS k, start, day, name, language, length, said FROM {db}.facets LEFT JOIN {db}.outlets ON o = outlet",
    ),
];

/// What is derived from all of them together.
const TOGETHER: &[(&str, &str)] = &[
    ("speakers", "SELECT key AS k, words, name FROM {db}.speakers"),
    ("entities", "SELECT key AS k, kind, name, country, lat, lon FROM {db}.entities"),
    (
        "name_words",
        "SELECT key AS k, word, 0 FROM {db}.name_words JOIN {db}.speakers ON s = id WHERE kind = 0
         UNION ALL SELECT key, word, w.kind FROM {db}.name_words AS w JOIN {db}.entities AS e ON e = id AND e.kind = w.kind",
    ),
    ("sums", "SELECT 'all' AS k, articles, length FROM {db}.sums"),
];

/// What [`DERIVED`] fills, to be emptied between batches.
const EMPTIED: &str =
    "DELETE FROM named; DELETE FROM facets; DELETE FROM yields; DELETE FROM said; DELETE FROM articles; DELETE FROM captures;
                       INSERT INTO words (words) VALUES ('delete-all');";

pub(super) fn check(check: &mut Check) -> Result<()> {
    let mut db = beside(check.dir)?;
    words::rows(check, &db)?;
    if check.with.quick {
        return Ok(());
    }
    words::attach(&db)?;
    let tx = db.transaction()?;
    let total: u64 = tx.query_row("SELECT count(*) FROM real.articles", [], |r| r.get(0))?;
    let others: u64 = tx.query_row(
        "SELECT count(*) FROM real.articles JOIN real.captures USING (n) WHERE version <> ?1",
        [check.with.version],
        |r| r.get(0),
    )?;
    if others > 0 {
        check.done.left_out.push(format!(
            "the rows of {others} articles that another version, or other tables, read: `dateline rebuild` reads them anew"
        ));
    }
    let real = words::terms(&tx, "real_terms")?;
    let mut from = i64::MIN;
    while let Some((ids, last)) = derive(check, &tx, from)? {
        compare(check, &tx, &ids, &real, (from, last))?;
        tx.execute_batch(EMPTIED)?;
        check.done.articles += ids.len() as u64;
        (check.tell)(Told::Progress("articles", check.done.articles, total));
        from = last.saturating_add(1);
    }
    for (table, question) in TOGETHER.iter().filter(|_| others == 0) {
        for (key, extra) in differences(&tx, question, "")? {
            let has = if extra { "has" } else { "lacks" };
            let what = format!("{table} {has} {key}, unlike the articles' readings");
            check.found(Finding::index(FindingKind::NotDerived, what));
        }
    }
    Ok(())
}

/// Derives the rows of the next articles, from a number on; gives those by number, and the last number looked at.
fn derive(check: &mut Check, tx: &Transaction, from: i64) -> Result<Option<(BTreeMap<i64, String>, i64)>> {
    let mut ask = tx.prepare_cached(
        "SELECT n, id, version, report FROM real.articles JOIN real.captures USING (n) WHERE n >= ?1 ORDER BY n LIMIT ?2",
    )?;
    let mut rows = ask.query(params![from, BATCH])?;
    let (mut ids, mut last) = (BTreeMap::new(), None);
    while let Some(r) = rows.next()? {
        let (n, id, version): (i64, String, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
        last = Some(n);
        let found = |what: &str| Finding::index(FindingKind::DamagedReading, what).id(&id);
        match blob::unpack::<Report>(r.get_ref(3)?.as_blob().unwrap_or_default()) {
            // a reading of another version may lack what this one writes
            Err(_) if version != check.with.version => {}
            Err(_) => check.found(found("what was read in the article cannot be unpacked")),
            Ok(report) if report.id != id => check.found(found("what was read is stored for another article")),
            Ok(_) if version != check.with.version => {}
            Ok(report) => {
                put(tx, n, &report)?;
                ids.insert(n, id);
            }
        }
    }
    Ok(last.map(|last| (ids, last)))
}

fn put(tx: &Transaction, n: i64, report: &Report) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO main.captures (n, id, file, offset, length, status, added, version)
         VALUES (?1, ?2, '', 0, 0, 'article', '', '')",
    )?
    .execute(params![n, report.id])?;
    let prepared = Prepared::of(report)?;
    add::enter_report(tx, n, (report, &prepared), &mut Entered::default())?;
    enter::words(tx, n, &prepared.words)
}

fn compare(
    check: &mut Check,
    tx: &Connection,
    ids: &BTreeMap<i64, String>,
    real: &Terms,
    (from, last): (i64, i64),
) -> Result<()> {
    let narrow = format!("WHERE k BETWEEN {from} AND {last}");
    for (table, question) in DERIVED {
        for (key, extra) in differences(tx, question, &narrow)? {
            let Some(id) = key.parse().ok().and_then(|n: i64| ids.get(&n)) else { continue };
            let what = match extra {
                true => format!("{table} has of the article what its reading does not say"),
                false => format!("{table} lacks of the article what its reading says"),
            };
            check.found(Finding::index(FindingKind::NotDerived, what).id(id));
        }
    }
    let own = words::terms(tx, "own_terms")?;
    for (n, id) in ids {
        if own.get(n) != real.get(n) {
            let what = "the words that the article is found by are not its own";
            check.found(Finding::index(FindingKind::WrongWords, what).id(id));
        }
    }
    Ok(())
}
