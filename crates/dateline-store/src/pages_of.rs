//! What some articles have in common: their days, the places they name, who speaks in them.

use crate::error::Result;
use crate::search::enter::{Numbers, PLACE};
use crate::search::pages::Pages;
use crate::{Library, blob};
use dateline_article::BlockKind;
use dateline_reading::{Entity, NameKind};
use dateline_story::Report;
use dateline_text::{Span, fold};
use rusqlite::{OptionalExtension, params};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Of more articles than this, those that were added last are looked at.
const MOST: usize = 3_000;
/// Places and speakers that are told.
const TOLD: usize = 16;
/// Sentences of one article that are told.
const SENTENCES: usize = 3;

/// What some articles have in common.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// How many articles were looked at: all, or the last so many.
    pub looked_at: u64,
    /// Articles by day, ISO 8601, earliest first.
    pub days: Vec<(String, u64)>,
    /// Places that most of them name.
    pub places: Vec<PlaceIn>,
    /// Who else is quoted in most of them: name, key, articles.
    pub with: Vec<(String, String, u64)>,
    /// By the article's number: day and beginning of its id.
    order: BTreeMap<i64, (Option<i64>, i64)>,
}

/// A place that articles name.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceIn {
    /// Its name.
    pub name: String,
    /// The gazetteer's id.
    pub id: String,
    /// Degrees north and east.
    pub at: (f64, f64),
    /// How many of the articles name it.
    pub pages: u64,
}

/// An article that speaks of someone or of a place.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// The article's id.
    pub report: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its date, ISO 8601, as precise as known.
    pub published: Option<String>,
    /// Its text.
    pub text: String,
    /// The first sentences that name whom or what was asked for and are not its own sayings; with each, who is reported
    /// to say it, where someone is.
    pub sentences: Vec<(Span, Option<String>)>,
    /// How many sentences do.
    pub total: usize,
}

impl Facts {
    pub(crate) fn day(&self, n: i64) -> Option<i64> {
        self.order.get(&n).and_then(|(day, _)| *day)
    }

    /// Those of these articles that were looked at, the newest first, undated ones last.
    pub(crate) fn newest_first(&self, numbers: impl Iterator<Item = i64>) -> Vec<i64> {
        let mut all: Vec<i64> =
            numbers.collect::<BTreeSet<_>>().into_iter().filter(|n| self.order.contains_key(n)).collect();
        all.sort_by_key(|n| self.order.get(n).map(|(day, start)| (Reverse(*day), *start)));
        all
    }
}

/// "2024-01-26" of 20240126.
pub(crate) fn iso(day: i64) -> String {
    format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}

/// The key of an entity, as the index has it.
pub(crate) fn key_of(e: &Entity) -> String {
    let known = e.place.as_ref().and_then(|p| p.gazetteer_id.clone()).filter(|_| e.kind == NameKind::Place);
    known.unwrap_or_else(|| if e.key.is_empty() { fold(&e.name) } else { e.key.clone() })
}

impl Library {
    /// Older captures of pages, which are not told.
    pub(crate) fn replaced(&self) -> Result<Pages> {
        let mut out = Pages::default();
        let mut ask = self.db.prepare_cached("SELECT n FROM articles WHERE latest IS NOT NULL")?;
        let mut rows = ask.query([])?;
        while let Some(r) = rows.next()? {
            out.insert(r.get(0)?);
        }
        Ok(out)
    }

    pub(crate) fn report_of(&self, n: i64) -> Result<Option<Report>> {
        let mut ask = self.db.prepare_cached("SELECT report FROM articles WHERE n = ?1")?;
        let blob: Option<Vec<u8>> = ask.query_row([n], |r| r.get(0)).optional()?;
        blob.map(|b| blob::unpack(&b)).transpose()
    }

    /// What these articles have in common; `own` are the speakers who are asked for, and are not told as others.
    pub(crate) fn facts(&self, numbers: &BTreeSet<i64>, own: &[i64]) -> Result<Facts> {
        let mut out = Facts::default();
        let (mut days, mut places, mut with): (BTreeMap<i64, u64>, BTreeMap<i64, u64>, BTreeMap<i64, u64>) =
            Default::default();
        let mut ask = self.db.prepare_cached("SELECT day, start, places, speakers FROM facets WHERE n = ?1")?;
        for n in numbers.iter().rev().take(MOST) {
            let mut rows = ask.query([n])?;
            let Some(r) = rows.next()? else { continue };
            let day: Option<i64> = r.get(0)?;
            out.order.insert(*n, (day, r.get(1)?));
            if let Some(day) = day {
                *days.entry(day).or_default() += 1;
            }
            for (column, counts) in [(2, &mut places), (3, &mut with)] {
                let mut id = 0;
                for step in Numbers(r.get_ref(column)?.as_blob().unwrap_or_default()) {
                    id += step as i64;
                    *counts.entry(id).or_default() += 1;
                }
            }
        }
        out.looked_at = out.order.len() as u64;
        out.days = days.into_iter().map(|(day, n)| (iso(day), n)).collect();
        with.retain(|s, _| !own.contains(s));
        let mut ask = self.db.prepare_cached("SELECT name, key FROM speakers WHERE s = ?1")?;
        for (s, n) in top(with, TOLD) {
            out.with.push(ask.query_row([s], |r| Ok((r.get(0)?, r.get(1)?, n)))?);
        }
        out.with.sort_by(|a, b| (Reverse(a.2), &a.0, &a.1).cmp(&(Reverse(b.2), &b.0, &b.1)));
        out.places = self.placed(top(places, 2 * TOLD))?;
        out.places.truncate(TOLD);
        Ok(out)
    }

    /// Places of the gazetteer by their numbers, with how many articles name them.
    pub(crate) fn placed(&self, counts: Vec<(i64, u64)>) -> Result<Vec<PlaceIn>> {
        let mut ask = self.db.prepare_cached(
            "SELECT name, key, lat, lon FROM entities WHERE e = ?1 AND lat IS NOT NULL AND kind = ?2",
        )?;
        let mut out = Vec::new();
        for (e, pages) in counts {
            let place = ask.query_row(params![e, PLACE], |r| {
                Ok(PlaceIn { name: r.get(0)?, id: r.get(1)?, at: (r.get(2)?, r.get(3)?), pages })
            });
            out.extend(place.optional()?);
        }
        out.sort_by(|a, b| (Reverse(a.pages), &a.name, &a.id).cmp(&(Reverse(b.pages), &b.name, &b.id)));
        Ok(out)
    }

    /// The sentences of an article that name one of the entities meant; `None` where there is none.
    pub(crate) fn spoken(&self, n: i64, meant: &dyn Fn(&Entity) -> bool) -> Result<Option<Spoken>> {
        let Some(report) = self.report_of(n)? else { return Ok(None) };
        let reading = &report.reading;
        let ours: Vec<bool> = reading.entities.iter().map(meant).collect();
        let is_ours = |e: Option<usize>| e.is_some_and(|e| ours.get(e).copied().unwrap_or(false));
        let is_title =
            |s: &Span| report.article.blocks.iter().any(|b| b.kind == BlockKind::Title && b.span.contains(*s));
        // where it is the one who speaks, its words stand among its sayings
        let speaks =
            |m: Span| reading.attributions.iter().any(|a| is_ours(a.speaker) && a.source.iter().any(|s| s.contains(m)));
        let by = |m: Span| {
            let others = reading.attributions.iter().filter(|a| a.speaker.is_some() && !is_ours(a.speaker));
            let mut within = others.filter(|a| a.content.iter().any(|c| c.contains(m)));
            within.find_map(|a| reading.entities.get(a.speaker?)).map(|e| e.name.clone())
        };
        let mut spans: BTreeMap<Span, Option<String>> = BTreeMap::new();
        for m in reading.mentions.iter().filter(|m| is_ours(m.entity) && !speaks(m.span)) {
            let at = reading.sentences.partition_point(|s| s.end <= m.span.start);
            if let Some(s) = reading.sentences.get(at).filter(|s| s.contains(m.span) && !is_title(s)) {
                spans.entry(*s).or_insert_with(|| by(m.span));
            }
        }
        let total = spans.len();
        let sentences: Vec<(Span, Option<String>)> = spans.into_iter().take(SENTENCES).collect();
        let article = report.article;
        Ok((total > 0).then(|| Spoken {
            report: report.id,
            title: article.title,
            outlet: article.outlet,
            published: article.published.map(|p| p.value),
            text: article.text,
            sentences,
            total,
        }))
    }
}

/// The numbers counted most, the lesser first where they tie.
fn top(counts: BTreeMap<i64, u64>, most: usize) -> Vec<(i64, u64)> {
    let mut all: Vec<(i64, u64)> = counts.into_iter().collect();
    all.sort_by_key(|(id, n)| (Reverse(*n), *id));
    all.truncate(most);
    all
}
