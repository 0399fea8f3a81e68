//! One story: what is agreed and what differs, who said what, when, where, on whose word, and the user's hand on it.

mod board;
mod columns;
mod ledger;
pub(crate) mod news;
mod parts;
mod pictures;
mod sources;
mod who;

use super::hand::{self, Hand};
use super::{encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use crate::telling;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use board::Board;
use columns::Pages;
use dateline_brief::{
    Choice, Counted, StoryPart, day_words, kept_out, linked, quoted, shown, story_marks, when_and_how_many,
};
use dateline_store::{Filter, Library, StoryLine};
use ledger::Ledger;
use news::News;
use parts::{List, Rest, View};
use serde::Deserialize;
use sources::{Article, Origin};
use std::collections::BTreeSet;
use who::Voice;

/// What may stand in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The day since which to tell what is new; none for what the newest day brought.
    since: String,
    /// The number of a page whose evidence is asked for.
    why: String,
    /// A list that is asked for by itself, and the line at which to begin.
    part: String,
    from: String,
}

/// A part of the page, for its table of contents.
struct Part {
    to: &'static str,
    label: &'static str,
    count: usize,
}

/// A place in a page's text.
pub(crate) struct Noted {
    pub(crate) label: String,
    pub(crate) to: String,
}

/// A dated sentence.
struct Moment {
    date: String,
    day: String,
    words: String,
    note: Noted,
}

/// A story before or after this one.
struct Other {
    to: String,
    title: String,
    side: &'static str,
    why: String,
}

#[derive(Template)]
#[template(path = "story.html")]
struct Page {
    id: String,
    title: String,
    headline: Option<String>,
    facts: String,
    marks: Vec<Mark>,
    parts: Vec<Part>,
    news: News,
    ledger: Ledger,
    board: Board,
    voices: Vec<Voice>,
    /// Where the rest of figures, sayings, dates, independent texts and articles is.
    more_figures: Option<Rest>,
    more_sayings: Option<Rest>,
    more_moments: Option<Rest>,
    more_origins: Option<Rest>,
    more_articles: Option<Rest>,
    /// Whether this is the story's own page, and not one of its lists.
    whole: bool,
    moments: Vec<Moment>,
    timeline: Option<String>,
    map: Option<String>,
    lineage: Option<String>,
    origins: Vec<Origin>,
    articles: Vec<Article>,
    kept_out: Option<String>,
    others: Vec<Other>,
    storyline: String,
    hand: Option<Hand>,
}

/// What a reader should know of the story first.
struct Mark {
    words: String,
    class: &'static str,
}

pub(crate) async fn page(
    State(shelf): State<Shelf>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failed> {
    let page = shelf
        .ask(move |library| {
            let line = library.story(&id)?;
            if line.id != id {
                // a name that the story had before, or the beginning of one
                return Ok(Err(line.id));
            }
            let view = View::of(&line.id, &asked.part, &asked.from);
            let explained = explained(library, &line, &view, asked.why.parse().ok())?;
            let selection = library.selection_explained(&[line.id.as_str()], Some(&explained))?;
            let since = since(library, &line, asked.since.trim())?;
            let hand = if view.is_whole() { Some(hand::forms(library, &line, &selection)?) } else { None };
            let choice = Choice { news: since, extent: view.extent(), evidence: Some(explained), ..Choice::default() };
            let told = telling::selected(library, selection, choice)?;
            let Some(part) = told.brief.stories.into_iter().next() else { return Err(Failed::Fault) };
            Ok(Ok(set(library, &line, part, (hand, &view), &asked)?))
        })
        .await?;
    match page {
        Ok(page) => Ok(frame::set(&page)?.into_response()),
        Err(now) => Ok(Redirect::to(&format!("/story/{}", encoded(&now))).into_response()),
    }
}

/// The day since which something is new: the one asked for; else the story's last, where it has earlier ones.
fn since(library: &Library, line: &StoryLine, asked: &str) -> Result<Option<String>, Failed> {
    if !asked.is_empty() {
        // the same words as in the list of stories say what is no day
        library.stories(&Filter { since: Some(asked.to_owned()), limit: 1, ..Filter::default() })?;
        return Ok(Some(asked.to_owned()));
    }
    let day = |d: &Option<String>| d.as_deref().and_then(|d| d.get(..10)).map(str::to_owned);
    let (first, last) = (day(&line.first), day(&line.last));
    Ok(last.filter(|last| first.is_some_and(|first| first < *last)))
}

/// The articles of which the page says why they are in the story.
fn explained(library: &Library, line: &StoryLine, view: &View, why: Option<usize>) -> Result<BTreeSet<String>, Failed> {
    if view.explains(line.articles) {
        return Ok(library.pages_of(&line.id)?.into_iter().collect());
    }
    let asked = why.map(|number| library.page_at(&line.id, number)).transpose()?.flatten();
    Ok(asked.into_iter().collect())
}

fn set(
    library: &Library,
    line: &StoryLine,
    mut part: StoryPart,
    (hand, view): (Option<Hand>, &View),
    asked: &Asked,
) -> Result<Page, Failed> {
    let headline = line.headline.as_ref().map(|h| shown(h));
    let [more_figures, more_sayings, more_moments] = view.cut(&mut part);
    let part = &part;
    let pages = Pages::of(part);
    let (mut origins, mut articles) = (sources::origins(part, &pages), Vec::new());
    sources::articles(&mut articles, part, &pages, (view, asked.why.parse().ok()));
    let counts = [origins.len(), articles.len()];
    let pictured = view.pictures(articles.len());
    let (more_origins, more_articles) =
        (view.lines(List::Sources, &mut origins), view.lines(List::Articles, &mut articles));
    let mut page = Page {
        id: line.id.clone(),
        title: shown(&line.title),
        headline,
        facts: facts(part),
        marks: marks(line),
        parts: Vec::new(),
        news: News::of(part, format!("/story/{}", line.id), !asked.since.trim().is_empty()),
        ledger: Ledger::of(part, &pages),
        board: if view.is_whole() { Board::of(part, &pages) } else { Board::default() },
        voices: who::voices(part, &pages),
        timeline: pictures::timeline(part, &pages).map(|p| p.svg),
        map: view.is_whole().then(|| pictures::map(part)).flatten().map(|p| p.figure()),
        lineage: pictured.then(|| pictures::lineage(part, &pages)).flatten().map(|p| p.svg),
        moments: part.timeline.iter().map(|m| moment(m, &pages)).collect(),
        kept_out: kept_out(part).filter(|_| !articles.is_empty()),
        others: if view.is_whole() { others(library, &line.id)? } else { Vec::new() },
        storyline: encoded(&line.storyline),
        whole: view.is_whole(),
        more_figures,
        more_sayings,
        more_moments,
        more_origins,
        more_articles,
        origins,
        articles,
        hand,
    };
    page.parts = contents(&page, counts);
    Ok(page)
}

fn facts(part: &StoryPart) -> String {
    let counted =
        Counted { pages: part.pages.len(), outlets: part.outlets, origins: part.origins, speakers: part.speakers };
    when_and_how_many(part.days.as_ref(), &counted)
}

fn marks(line: &StoryLine) -> Vec<Mark> {
    let class = |words: &str| match words {
        w if w.contains("differ") => "differ",
        w if w.contains("updated") => "updated",
        _ => "plain",
    };
    let all = story_marks(line.pinned, line.differ, line.updated);
    all.into_iter().map(|words| Mark { class: class(&words), words }).collect()
}

fn moment(m: &dateline_brief::Moment, pages: &Pages) -> Moment {
    Moment { date: m.date.clone(), day: day_words(&m.date), words: quoted(&m.words), note: pages.noted(&m.note) }
}

/// The parts that are there, in their order on the page.
fn contents(page: &Page, [origins, articles]: [usize; 2]) -> Vec<Part> {
    let part = |to, label, count| Part { to, label, count };
    let all = [
        part("figures", "Figures", page.ledger.count),
        part("wordings", "Side by side", page.board.rows.len()),
        part("who", "Who said what", page.voices.len()),
        part("when", "Timeline", page.moments.len()),
        part("where", "Map", usize::from(page.map.is_some())),
        part("sources", "Sources", origins),
        part("articles", "Articles", articles),
        part("before-after", "Before and after", page.others.len()),
    ];
    all.into_iter().filter(|p| p.count > 0).collect()
}

/// The stories before and after this one, with how they stand to it.
fn others(library: &Library, id: &str) -> Result<Vec<Other>, Failed> {
    let mut out = Vec::new();
    for link in library.links_of(id)? {
        let (other, side) = if link.from == id { (&link.to, "later") } else { (&link.from, "earlier") };
        let line = library.story(other)?;
        let why = linked(link.relation, link.days, (&link.entities, &link.terms), link.said.as_ref());
        let (to, title, why) = (format!("/story/{}", encoded(other)), shown(&line.title), shown(&why));
        out.push(Other { to, title, side, why });
    }
    out.sort_by(|a, b| a.side.cmp(b.side));
    Ok(out)
}
