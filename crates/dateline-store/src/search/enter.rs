//! Entering pages in the tables that searches ask.

use super::entered::{Entered, Seen};
use super::words::{Token, joined, tokens};
use crate::error::Result;
use crate::{add, blob, day};
use dateline_lexicon::places::is_name_of;
use dateline_reading::{Entity, NameKind};
use dateline_story::Report;
use dateline_text::{Span, fold};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::BTreeSet;

/// Raised whenever words are cut or entered otherwise than before: the tables are then filled again.
const VERSION: &str = "3";

/// `kind` in `name_words` of speakers.
pub(crate) const SPEAKER: i64 = 0;
/// `kind` of persons, there and in `entities`.
pub(crate) const PERSON: i64 = 1;
/// `kind` of places.
pub(crate) const PLACE: i64 = 2;

/// `kind` of organisations.
pub(crate) const ORG: i64 = 3;

/// Characters of an office that are kept.
const OFFICE: usize = 120;

/// Fills the tables again from the readings where an older program filled them, or none did.
pub(crate) fn again(db: &mut Connection) -> Result<()> {
    let ask = "SELECT value FROM settings WHERE name = 'words by'";
    let by: Option<String> = db.query_row(ask, [], |r| r.get(0)).optional()?;
    if by.as_deref() == Some(VERSION) {
        return Ok(());
    }
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch(
        "INSERT INTO words (words) VALUES ('delete-all');
         DELETE FROM facets; DELETE FROM named; DELETE FROM forms; DELETE FROM name_words; DELETE FROM entities; DELETE FROM outlets;
         DELETE FROM sums;",
    )?;
    {
        let mut entered = Entered::default();
        let mut ask = tx.prepare("SELECT n, report FROM articles ORDER BY n")?;
        let mut rows = ask.query([])?;
        while let Some(row) = rows.next()? {
            let n = row.get(0)?;
            let report: Report = blob::unpack(row.get_ref(1)?.as_blob().unwrap_or_default())?;
            let cut = Words::of(&report);
            page(&tx, n, &report, &cut, &mut entered)?;
            words(&tx, n, &cut)?;
        }
    }
    tx.execute("INSERT OR REPLACE INTO settings (name, value) VALUES ('words by', ?1)", [VERSION])?;
    Ok(tx.commit()?)
}

/// The words of a page, cut and folded.
pub(crate) struct Words {
    title: String,
    text: String,
    /// How many these are.
    length: i64,
    /// Where in the text's words the contents of its attributions stand.
    said: Vec<u8>,
}

impl Words {
    /// Cuts and folds the words of a page.
    pub(crate) fn of(report: &Report) -> Words {
        let a = &report.article;
        let (title, text) = (tokens(a.title.as_deref().unwrap_or_default()), tokens(&a.text));
        Words {
            title: joined(&title),
            length: (title.len() + text.len()) as i64,
            said: said(report, &text),
            text: joined(&text),
        }
    }
}

/// Enters the words of a page. Pages that come together are best entered after everything else of them: any other
/// statement has FTS5 write out what it gathered, and many small pieces must be merged again.
pub(crate) fn words(tx: &Transaction, n: i64, words: &Words) -> Result<()> {
    tx.prepare_cached("INSERT INTO words (rowid, title, text) VALUES (?1, ?2, ?3)")?.execute(params![
        n,
        words.title,
        words.text
    ])?;
    Ok(())
}

/// Enters a page, but for its words.
pub(crate) fn page(tx: &Transaction, n: i64, report: &Report, words: &Words, entered: &mut Entered) -> Result<()> {
    let speakers = add::enter_speakers(tx, n, report, entered)?;
    let a = &report.article;
    let outlet = a.outlet.as_deref().map(|name| outlet(tx, name)).transpose()?;
    let places = entities(tx, n, report, entered)?;
    let first = a.published.as_ref().and_then(|p| day::first(&p.value));
    tx.prepare_cached(
        "INSERT INTO facets (n, start, day, outlet, language, length, speakers, places, said)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        n,
        start_of(&report.id),
        first.and_then(|d| number_of(&d)),
        outlet,
        a.language,
        words.length,
        numbers(&speakers),
        numbers(&places),
        words.said,
    ])?;
    tx.prepare_cached(
        "INSERT INTO sums (one, articles, length) VALUES (1, 1, ?1)
         ON CONFLICT (one) DO UPDATE SET articles = articles + 1, length = length + excluded.length",
    )?
    .execute([words.length])?;
    Ok(())
}

/// The first 60 bits of an id in hexadecimal digits.
pub(crate) fn start_of(id: &str) -> i64 {
    id.get(..15).and_then(|s| i64::from_str_radix(s, 16).ok()).unwrap_or_default()
}

/// "2024-01-26" as 20240126.
pub(crate) fn number_of(day: &str) -> Option<i64> {
    day.replace('-', "").parse().ok()
}

fn outlet(tx: &Transaction, name: &str) -> Result<i64> {
    let sql = "INSERT INTO outlets (name) VALUES (?1) ON CONFLICT (name) DO UPDATE SET name = name RETURNING o";
    Ok(tx.prepare_cached(sql)?.query_row([name], |r| r.get(0))?)
}

/// Enters a speaker's words, and the name if it is a better one than before.
pub(crate) fn speaker(
    tx: &Transaction,
    (s, key): (i64, &str),
    entity: &Entity,
    language: Option<&str>,
    entered: &mut Entered,
) -> Result<()> {
    entered.name_words(tx, SPEAKER, s, words_of([key, entity.name.as_str()]))?;
    // A full name is better than a surname.
    let standing = standing(&entity.name, is_worded(&entity.name, key), language, |chars| 999 - chars);
    tx.prepare_cached(
        "UPDATE speakers SET name = ?2, standing = ?3
         WHERE s = ?1 AND (standing > ?3 OR standing = ?3 AND name > ?2 OR name = '')",
    )?
    .execute(params![s, entity.name, standing])?;
    Ok(())
}

/// Whether a name has the words of a key and no others.
fn is_worded(name: &str, key: &str) -> bool {
    words_of([key]) == words_of([name])
}

/// How good a name is to show, less is better: first those that are `own`, by the gazetteer or the key; of them those
/// not all in capitals, those of English pages, those in Latin letters; then by length.
fn standing(name: &str, own: bool, language: Option<&str>, by_length: fn(i64) -> i64) -> i64 {
    let shouted = name.chars().count() > 3 && !name.chars().any(char::is_lowercase);
    let foreign = language.is_none_or(|l| l != "en" && !l.starts_with("en-"));
    let other = fold(name).chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let chars = name.chars().count().min(999) as i64;
    [!own, shouted, foreign, other].iter().fold(0, |n, worse| n * 2 + i64::from(*worse)) * 1000 + by_length(chars)
}

/// The different words of some names.
fn words_of<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().flat_map(tokens).map(|t| t.text).collect()
}

/// Enters the persons, organisations and places that a page names; gives the numbers of the places.
fn entities(tx: &Transaction, n: i64, report: &Report, entered: &mut Entered) -> Result<BTreeSet<i64>> {
    let mut places = BTreeSet::new();
    for entity in &report.reading.entities {
        let kind = match entity.kind {
            NameKind::Person => PERSON,
            NameKind::Place => PLACE,
            NameKind::Org => ORG,
            _ => continue,
        };
        let known = entity.place.as_ref().and_then(|p| p.gazetteer_id.clone()).filter(|_| kind == PLACE);
        let own = if entity.key.is_empty() { fold(&entity.name) } else { entity.key.clone() };
        let place = entity.place.as_ref().filter(|_| kind == PLACE);
        let country = place.and_then(|p| p.country.as_deref());
        let (name, language) = (entity.name.as_str(), report.article.language.as_deref());
        let standing = if kind == PLACE {
            let is_own = known.as_ref().is_none_or(|id| is_name_of(name, id));
            standing(name, is_own, language, |chars| chars)
        } else {
            // a full name is better than a surname
            standing(name, is_worded(name, &own), language, |chars| 999 - chars)
        };
        let (key, at) = (known.as_ref().unwrap_or(&own), place.map(|p| (p.lat, p.lon)));
        let e = entered.entity(tx, &Seen { kind, key, name, standing, country, at })?;
        let (called, role) = if kind == PLACE { (None, None) } else { (Some(name), entity.role.as_deref()) };
        let role = role.map(|r| r.chars().take(OFFICE).collect::<String>());
        let (called, role) = (entered.form(tx, called)?, entered.form(tx, role.as_deref())?);
        let gender = entity.gender.filter(|_| kind == PERSON).map(|g| i64::from(g == 'm'));
        tx.prepare_cached("INSERT OR IGNORE INTO named (e, n, form, role, gender) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![e, n, called, role, gender])?;
        let forms = entity.aliases.iter().map(String::as_str);
        entered.name_words(tx, kind, e, words_of([own.as_str(), name].into_iter().chain(forms)))?;
        if kind == PLACE {
            places.insert(e);
        }
    }
    Ok(places)
}

/// Of each attribution, in their order: how many runs of words its content has, and of each where it begins and how
/// many words it holds.
fn said(report: &Report, tokens: &[Token]) -> Vec<u8> {
    let mut out = Vec::new();
    for attribution in &report.reading.attributions {
        let runs: Vec<(usize, usize)> = attribution.content.iter().filter_map(|s| run(tokens, *s)).collect();
        push(&mut out, runs.len() as u64);
        for (start, length) in runs {
            push(&mut out, start as u64);
            push(&mut out, length as u64);
        }
    }
    out
}

/// The words that lie in a span: the first, and how many.
pub(crate) fn run(tokens: &[Token], span: Span) -> Option<(usize, usize)> {
    let first = tokens.partition_point(|t| t.span.start < span.start);
    let length = tokens[first..].partition_point(|t| t.span.end <= span.end);
    (length > 0).then_some((first, length))
}

/// Numbers in order, each as its distance from the one before.
fn numbers(all: &BTreeSet<i64>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut before = 0;
    for n in all {
        push(&mut out, (n - before) as u64);
        before = *n;
    }
    out
}

/// A number in as many bytes as it needs, seven bits in each.
fn push(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads numbers as [`push`] writes them; damaged ones end the list.
pub(crate) struct Numbers<'b>(pub(crate) &'b [u8]);

impl Iterator for Numbers<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let end = self.0.iter().take(10).position(|b| *b < 0x80)?;
        let (bytes, rest) = self.0.split_at(end + 1);
        self.0 = rest;
        Some(bytes.iter().rev().fold(0, |n, b| n << 7 | u64::from(b & 0x7f)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let all: Vec<u64> = vec![0, 1, 127, 128, 300, 1 << 40, u64::MAX >> 1];
        let mut bytes = Vec::new();
        all.iter().for_each(|n| push(&mut bytes, *n));
        assert_eq!(Numbers(&bytes).collect::<Vec<_>>(), all);
        assert_eq!(Numbers(&[0x80, 0x80]).next(), None);
        assert_eq!(Numbers(&[0xff; 40]).next(), None);
    }

    #[test]
    fn names_are_shown_in_their_best_form() {
        let name = |name, own, language| standing(name, own, Some(language), |c| c);
        assert!(name("Vilnius", true, "en") < name("Vilniuje", true, "lt"));
        assert!(name("Vilnius", true, "lt") < name("Wilno", false, "en"));
        assert!(name("Vilnius", true, "en") < name("VILNIUS", true, "en"));
        assert!(name("Vilnius", true, "ru") < name("Вильнюс", true, "ru"));
        assert_eq!(number_of("2024-01-26"), Some(20_240_126));
        assert_eq!(start_of("00000000000001f"), 31);
    }
}
