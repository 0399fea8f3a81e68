//! The answers, one function a question.

use super::problem::Problem;
use crate::error::Failed;
use crate::shapes;
use crate::shelf::Shelf;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use dateline_brief::json::{compare_line, read_line};
use dateline_store::{FiguresAsked, Filter, Library, Order, Paging, Said};
use dateline_story::Report;
use serde::Deserialize;
use serde_json::{Value, json};

/// Items of a page where no number is asked for, and at most.
const USUAL: usize = 50;
const MOST: usize = 500;
/// Values of a facet at most.
const MOST_FACETS: usize = 100;
/// How far a story is looked for from where it stood, when the list has changed between two pages of it.
const MOVED: usize = 200;

pub(super) type Answer = Result<Response, Problem>;
pub(super) type Asked<T> = Result<Query<T>, QueryRejection>;

pub(super) fn asked<T>(query: Asked<T>) -> Result<T, Problem> {
    query.map(|Query(asked)| asked).map_err(|e| Problem::asked(e.body_text()))
}

/// Asks the library and sends what it says.
pub(super) async fn answer(
    shelf: &Shelf,
    ask: impl FnOnce(&Library) -> Result<Value, Wrong> + Send + 'static,
) -> Answer {
    // a wrong question is told apart from a failure only here, where it becomes an answer
    let answer = shelf
        .ask(move |library| match ask(library) {
            Ok(value) => Ok(Ok(value)),
            Err(Wrong::Asked(why)) => Ok(Err(why)),
            Err(Wrong::Failed(e)) => Err(e),
        })
        .await?;
    match answer {
        Ok(value) => Ok(([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()),
        Err(why) => Err(Problem::asked(why)),
    }
}

/// What may go wrong with the library at hand.
pub(super) enum Wrong {
    Asked(&'static str),
    Failed(Failed),
}

impl<E: Into<Failed>> From<E> for Wrong {
    fn from(e: E) -> Wrong {
        Wrong::Failed(e.into())
    }
}

const NO_CURSOR: Wrong = Wrong::Asked("This cursor is none that this list gave; begin without one.");

pub(super) fn limit(asked: Option<usize>) -> usize {
    asked.unwrap_or(USUAL).clamp(1, MOST)
}

pub(super) async fn counts(State(shelf): State<Shelf>) -> Answer {
    answer(&shelf, |library| {
        let c = library.counts()?;
        Ok(json!({
            "captures": c.captures, "articles": c.articles, "older": c.older, "not_articles": c.not_articles,
            "failed": c.failed, "pending": c.pending, "stories": c.stories, "outlets": c.outlets,
            "version": dateline_brief::json::VERSION,
        }))
    })
    .await
}

/// What may be asked of the list of stories.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OfStories {
    about: Option<String>,
    since: Option<String>,
    storyline: Option<String>,
    limit: Option<usize>,
    cursor: Option<String>,
}

pub(super) async fn stories(State(shelf): State<Shelf>, query: Asked<OfStories>) -> Answer {
    let asked = asked(query)?;
    answer(&shelf, move |library| {
        let limit = limit(asked.limit);
        let filter = |offset: usize, limit: usize| Filter {
            since: asked.since.clone(),
            about: asked.about.clone(),
            storyline: asked.storyline.clone(),
            limit,
            offset,
        };
        let from = match asked.cursor.as_deref() {
            None => 0,
            Some(cursor) => after(library, cursor, &filter)?,
        };
        let mut lines = library.stories(&filter(from, limit + 1))?;
        let more = lines.len() > limit;
        lines.truncate(limit);
        let families = library.families()?;
        let next = lines.last().filter(|_| more).map(|s| format!("{}.{}", from + lines.len(), s.id));
        let items: Vec<Value> = lines.iter().map(|s| shapes::story(s, &families)).collect();
        Ok(json!({"items": items, "next": next}))
    })
    .await
}

/// Where the list goes on after the story that the cursor names: it may have moved since.
fn after(library: &Library, cursor: &str, filter: &dyn Fn(usize, usize) -> Filter) -> Result<usize, Wrong> {
    let (at, id) = cursor.split_once('.').ok_or(NO_CURSOR)?;
    let at: usize = at.parse().map_err(|_| NO_CURSOR)?;
    let start = at.saturating_sub(MOVED + 1);
    let near = library.stories(&filter(start, 2 * MOVED + 1))?;
    match near.iter().position(|s| s.id == id) {
        Some(i) => Ok(start + i + 1),
        None => Err(Wrong::Asked("The list has changed too much since this cursor was given; begin without one.")),
    }
}

pub(super) async fn story(State(shelf): State<Shelf>, Path(id): Path<String>) -> Answer {
    answer(&shelf, move |library| {
        let line = library.story(&id)?;
        let selection = library.selection(&[line.id.as_str()])?;
        let agreements = selection.agreements();
        let reports: Vec<&Report> = selection.reports.iter().collect();
        let mut shape = shapes::story(&line, &library.families()?);
        shape["links"] = json!(library.links_of(&line.id)?);
        shape["articles"] = reports.iter().map(|r| member(r)).collect();
        for agreement in &agreements {
            let compared = compare_line(&line.id, agreement, &reports);
            shape["figures"] = compared["figures"].clone();
            shape["quotations"] = compared["quotations"].clone();
        }
        Ok(shape)
    })
    .await
}

fn member(r: &Report) -> Value {
    let a = &r.article;
    json!({
        "id": r.id, "title": a.title, "outlet": a.outlet, "published": a.published.as_ref().map(|p| &p.value),
        "language": a.language, "url": a.url.as_ref().or(r.source.url.as_ref()),
    })
}

pub(super) async fn article(State(shelf): State<Shelf>, Path(id): Path<String>) -> Answer {
    answer(&shelf, move |library| {
        let report = library.article(&id)?;
        let mut line = read_line(&report.id, &report.source, Ok((&report.article, &report.reading)));
        line["story"] = json!(library.story_of(&report.id).ok());
        Ok(line)
    })
    .await
}

/// What may be asked of the search.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OfSearch {
    q: String,
    sort: Sort,
    limit: Option<usize>,
    facets: Option<usize>,
    cursor: Option<String>,
}

/// The order of what is found.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Sort {
    #[default]
    Relevance,
    Newest,
    Oldest,
}

pub(super) async fn search(State(shelf): State<Shelf>, query: Asked<OfSearch>) -> Answer {
    let asked = asked(query)?;
    if asked.q.trim().is_empty() {
        return Err(Problem::asked("Say what to look for: q=…"));
    }
    answer(&shelf, move |library| {
        let order = match asked.sort {
            Sort::Relevance => Order::Relevance,
            Sort::Newest => Order::Newest,
            Sort::Oldest => Order::Oldest,
        };
        let facets = asked.facets.unwrap_or(0).min(MOST_FACETS);
        let paging = Paging { limit: limit(asked.limit), order, from: asked.cursor, facets, ..Paging::default() };
        let found = library.search(&asked.q, &paging)?;
        let items: Vec<Value> = found.hits.iter().map(|h| shapes::hit(h, found.total)).collect();
        let facets = found.facets.as_ref().map(shapes::facets);
        Ok(json!({"items": items, "total": found.total, "next": found.next, "facets": facets}))
    })
    .await
}

/// What may be asked of the sayings.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OfWho {
    name: String,
    limit: Option<usize>,
    cursor: Option<String>,
}

pub(super) async fn who(State(shelf): State<Shelf>, query: Asked<OfWho>) -> Answer {
    let asked = asked(query)?;
    if asked.name.trim().is_empty() {
        return Err(Problem::asked("Say whose words: name=…"));
    }
    answer(&shelf, move |library| {
        let said = library.who(&asked.name)?;
        let possibly = library.possibly_same(&said)?;
        let cursor = |s: &Said| format!("{}.{}", s.report, s.attribution);
        let from = match asked.cursor.as_deref() {
            None => 0,
            Some(given) => said.iter().position(|s| cursor(s) == given).ok_or(NO_CURSOR)? + 1,
        };
        let rest = said.get(from..).unwrap_or_default();
        let page = rest.get(..limit(asked.limit)).unwrap_or(rest);
        let next = page.last().filter(|_| page.len() < rest.len()).map(cursor);
        let items: Vec<Value> = page.iter().map(|s| shapes::said(s, &possibly)).collect();
        Ok(json!({"items": items, "total": said.len(), "next": next}))
    })
    .await
}

/// What may be asked of the figures.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OfFigures {
    about: String,
    unit: Option<String>,
    speaker: Option<String>,
    place: Option<String>,
    outlet: Option<String>,
    since: Option<String>,
    until: Option<String>,
    copies: bool,
    limit: Option<usize>,
    cursor: Option<usize>,
}

pub(super) async fn figures(State(shelf): State<Shelf>, query: Asked<OfFigures>) -> Answer {
    let asked = asked(query)?;
    if [&asked.speaker, &asked.place, &asked.outlet].iter().all(|o| o.is_none()) && asked.about.trim().is_empty() {
        return Err(Problem::asked("Say what the figures are about: about=…, or speaker, place or outlet."));
    }
    answer(&shelf, move |library| {
        let found = library.figures_of(&FiguresAsked {
            about: asked.about,
            unit: asked.unit,
            speaker: asked.speaker,
            place: asked.place,
            outlet: asked.outlet,
            since: asked.since,
            until: asked.until,
            copies: asked.copies,
            limit: limit(asked.limit),
            from: asked.cursor.unwrap_or(0),
        })?;
        let sentences = found.sentences();
        let items: Vec<Value> =
            found.figures.iter().filter_map(|at| shapes::figure(&found, *at, sentences.get(at).copied())).collect();
        Ok(json!({"items": items, "articles": found.total, "next": found.next.map(|n| n.to_string())}))
    })
    .await
}
