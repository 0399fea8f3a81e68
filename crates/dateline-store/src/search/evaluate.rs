//! Which pages fit a query: each condition is asked of the index, the sets are put together here.

use super::ast::{Condition, Expr, Field, Lack, Leaf, Words};
use super::names;
use super::pages::{Pages, json};
use super::utterances;
use super::words::Pattern;
use super::{QueryError, words};
use crate::error::{ErrorKind, Result};
use crate::{Library, day};
use rusqlite::{Params, params};

/// The pages that fit; of one that was captured more than once, the latest capture.
pub(crate) fn found(library: &Library, expr: &Expr) -> Result<Pages> {
    let mut found = pages(library, expr)?;
    found.minus(&numbers(library, "SELECT n FROM articles WHERE latest IS NOT NULL", [])?);
    Ok(found)
}

/// The captures that fit.
fn pages(library: &Library, expr: &Expr) -> Result<Pages> {
    if let Some(words) = words_only(expr) {
        return matching(library, &words);
    }
    match expr {
        Expr::And(parts) => all_of(library, parts),
        Expr::Or(parts) => {
            let (running, rest): (Vec<_>, Vec<_>) = parts.iter().partition(|p| words_only(p).is_some());
            let running: Vec<String> = running.into_iter().filter_map(words_only).collect();
            let mut found =
                if running.is_empty() { Pages::default() } else { matching(library, &running.join(" OR "))? };
            for part in rest {
                found.or(&pages(library, part)?);
            }
            Ok(found)
        }
        Expr::Not(inner) => {
            let mut found = all(library)?;
            found.minus(&pages(library, inner)?);
            Ok(found)
        }
        Expr::Leaf(leaf) => condition(library, leaf),
    }
}

/// Pages that fit all of these. What is asked of utterances is asked of one and the same: `speaker:X said:Y` are
/// the pages in which X says Y.
fn all_of(library: &Library, parts: &[Expr]) -> Result<Pages> {
    let (mut running, mut spoken, mut sets, mut without) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        match part {
            Expr::Not(inner) => without.push(pages(library, inner)?),
            _ if utterances::is_of_one(part) => spoken.push(part),
            _ => match words_only(part) {
                Some(words) => running.push(words),
                None => sets.push(pages(library, part)?),
            },
        }
    }
    if !running.is_empty() {
        sets.push(matching(library, &running.join(" AND "))?);
    }
    sets.extend(utterances::pages(library, &spoken)?);
    let mut sets = sets.into_iter();
    let mut found = sets.next().map_or_else(|| all(library), Ok)?;
    sets.for_each(|s| found.and(&s));
    without.iter().for_each(|s| found.minus(s));
    Ok(found)
}

/// The part as an expression of FTS5, where it is nothing but words of title and text.
fn words_only(expr: &Expr) -> Option<String> {
    let list = |parts: &[Expr], between: &str| -> Option<String> {
        let parts: Option<Vec<String>> = parts.iter().map(words_only).collect();
        Some(format!("({})", parts?.join(between)))
    };
    match expr {
        Expr::And(parts) => list(parts, " AND "),
        Expr::Or(parts) => list(parts, " OR "),
        Expr::Leaf(Leaf { condition: Condition::Words(words), .. }) => {
            let pattern = Pattern::of(&words.text, words.prefix)?.expression();
            match words.field {
                Field::Any => Some(pattern),
                Field::Title => Some(format!("title : {pattern}")),
                Field::Text => Some(format!("text : {pattern}")),
                _ => None,
            }
        }
        _ => None,
    }
}

fn numbers(library: &Library, sql: &str, with: impl Params) -> Result<Pages> {
    let mut ask = library.db.prepare_cached(sql)?;
    let mut rows = ask.query(with)?;
    let mut found = Pages::default();
    while let Some(row) = rows.next()? {
        found.insert(row.get(0)?);
    }
    Ok(found)
}

fn matching(library: &Library, expression: &str) -> Result<Pages> {
    numbers(library, "SELECT rowid FROM words WHERE words MATCH ?1", [expression])
}

fn all(library: &Library) -> Result<Pages> {
    numbers(library, "SELECT n FROM facets", [])
}

fn condition(library: &Library, leaf: &Leaf) -> Result<Pages> {
    match &leaf.condition {
        Condition::Words(w) => match w.field {
            Field::Said | Field::Speaker => {
                let whole = Expr::Leaf(leaf.clone());
                Ok(utterances::pages(library, &[&whole])?.into_iter().next().unwrap_or_default())
            }
            Field::Person | Field::Place => {
                let ids = json(names::ids(library, w)?);
                numbers(library, "SELECT n FROM named WHERE e IN (SELECT value FROM json_each(?1))", [ids])
            }
            Field::Outlet => {
                let ids = json(outlets(library, w)?);
                numbers(library, "SELECT n FROM facets WHERE outlet IN (SELECT value FROM json_each(?1))", [ids])
            }
            Field::Any | Field::Title | Field::Text => Ok(Pages::default()),
        },
        Condition::None(Lack::Outlet) => numbers(library, "SELECT n FROM facets WHERE outlet IS NULL", []),
        Condition::None(Lack::Language) => numbers(library, "SELECT n FROM facets WHERE language IS NULL", []),
        Condition::None(Lack::Date) => numbers(library, "SELECT n FROM articles WHERE day IS NULL", []),
        Condition::Language(tag) => {
            // "pt" are also the pages in "pt-BR".
            let sql = "SELECT n FROM facets WHERE lower(language) = ?1 OR lower(language) GLOB ?1 || '-*'";
            numbers(library, sql, [tag])
        }
        Condition::Story(name) => story(library, name, leaf.position),
        Condition::After(date) => days(library, day::first(date), None),
        Condition::Before(date) => days(library, None, day::last(date)),
        Condition::On(date) => days(library, day::first(date), day::last(date)),
        Condition::OnlyOrigin => {
            let mut found = all(library)?;
            found.minus(&numbers(library, "SELECT n FROM members WHERE place > 0", [])?);
            Ok(found)
        }
    }
}

/// Pages of these days, the first and the last included; a page dated by month or year counts from its first day.
fn days(library: &Library, first: Option<String>, last: Option<String>) -> Result<Pages> {
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_else(|| "9999-99-99".to_owned()));
    numbers(library, "SELECT n FROM articles WHERE day BETWEEN ?1 AND ?2", params![first, last])
}

fn story(library: &Library, name: &str, position: usize) -> Result<Pages> {
    let line = library.story(name).map_err(|e| match e.kind() {
        ErrorKind::NotFound { .. } | ErrorKind::Ambiguous { .. } => {
            QueryError::new(position, format!("{e}; `dateline stories` lists their names")).into()
        }
        _ => e,
    })?;
    numbers(library, "SELECT n FROM members WHERE story = ?1", [line.id])
}

/// Numbers of the outlets with these words in their name.
fn outlets(library: &Library, asked: &Words) -> Result<Vec<i64>> {
    let Some(pattern) = Pattern::of(&asked.text, asked.prefix) else { return Ok(Vec::new()) };
    let whole = words::tokens(&asked.text);
    let mut ask = library.db.prepare_cached("SELECT o, name FROM outlets")?;
    let mut rows = ask.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let name = words::tokens(row.get_ref(1)?.as_str().unwrap_or_default());
        let same = || name.iter().map(|t| &t.text).eq(whole.iter().map(|t| &t.text));
        let fits = if asked.exact { same() } else { (0..name.len()).any(|i| pattern.fits(&name, i)) };
        if fits {
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}
