//! One story: what is agreed and what differs, who said what, when, where, on whose word, and the user's hand on it.

mod board;
mod columns;
mod ledger;
mod news;
mod pictures;
mod sources;
mod who;

use super::hand::{self, Hand};
use super::{encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use board::Board;
use columns::Pages;
use dateline_brief::compose::Choice;
use dateline_brief::{
    Brief, Counted, Desk, StoryPart, compose, day_words, kept_out, linked, quoted, shown, story_marks,
    when_and_how_many,
};
use dateline_store::{Filter, Library, Selection, StoryLine};
use dateline_story::Verdict;
use ledger::Ledger;
use news::News;
use serde::Deserialize;
use sources::{Article, Origin};
use who::Voice;

/// What may stand in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The day since which to tell what is new; none for what the newest day brought.
    since: String,
    /// The number of a page whose evidence is asked for.
    why: String,
}

/// A part of the page, for its table of contents.
struct Part {
    to: &'static str,
    label: &'static str,
    count: usize,
}

/// A place in a page's text.
struct Noted {
    label: String,
    to: String,
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
    more_sayings: usize,
    moments: Vec<Moment>,
    timeline: Option<String>,
    map: Option<String>,
    lineage: Option<String>,
    origins: Vec<Origin>,
    articles: Vec<Article>,
    kept_out: Option<String>,
    others: Vec<Other>,
    storyline: String,
    hand: Hand,
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
            let selection = library.selection(&[line.id.as_str()])?;
            let since = since(library, &line, asked.since.trim())?;
            let brief = brief(library, &selection, since)?;
            let hand = hand::forms(library, &line, &selection)?;
            let Some(part) = brief.stories.first() else { return Err(Failed::Fault) };
            let speakers = library.speakers_of(&line.id, &selection.persons)?;
            Ok(Ok(set(library, &line, (part, speakers), hand, &asked)?))
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

fn brief(library: &Library, selection: &Selection, since: Option<String>) -> Result<Brief, Failed> {
    let selection = &library.with_older(selection.clone())?;
    let agreements = selection.agreements();
    let desk = Desk {
        reports: &selection.reports,
        links: &selection.links,
        stories: &selection.stories,
        agreements: &agreements,
    };
    let choice = Choice { news: since, families: library.families()?, full: true, ..Choice::default() };
    Ok(compose(&desk, &choice))
}

fn set(
    library: &Library,
    line: &StoryLine,
    (part, speakers): (&StoryPart, u64),
    hand: Hand,
    asked: &Asked,
) -> Result<Page, Failed> {
    let pages = Pages::of(part);
    let mut page = Page {
        id: line.id.clone(),
        title: shown(&line.title),
        headline: line.headline.as_ref().map(|_| part.headline.clone()),
        facts: facts(part, speakers),
        marks: marks(line, part),
        parts: Vec::new(),
        news: News::of(part, &pages, !asked.since.trim().is_empty()),
        ledger: Ledger::of(part, &pages),
        board: Board::of(part, &pages),
        voices: who::voices(part, &pages),
        more_sayings: part.more_sayings,
        moments: part.timeline.iter().map(|m| moment(m, &pages)).collect(),
        timeline: pictures::timeline(part, &pages).map(|p| p.svg),
        map: pictures::map(part).map(|p| p.figure()),
        lineage: pictures::lineage(part, &pages).map(|p| p.svg),
        origins: sources::origins(part, &pages),
        articles: sources::articles(part, &pages, asked.why.parse().ok()),
        kept_out: kept_out(part),
        others: others(library, &line.id)?,
        storyline: encoded(&line.storyline),
        hand,
    };
    page.parts = contents(&page);
    Ok(page)
}

fn facts(part: &StoryPart, speakers: u64) -> String {
    let counted = Counted {
        pages: part.pages.len(),
        outlets: part.outlets,
        origins: part.origins,
        speakers: usize::try_from(speakers).unwrap_or(usize::MAX),
    };
    when_and_how_many(part.days.as_ref(), &counted)
}

fn marks(line: &StoryLine, part: &StoryPart) -> Vec<Mark> {
    let of = |verdict| part.figures.iter().filter(|f| f.verdict == Some(verdict)).count();
    let class = |words: &str| match words {
        w if w.contains("differ") => "differ",
        w if w.contains("updated") => "updated",
        _ => "plain",
    };
    let all = story_marks(line.pinned, of(Verdict::Differ), of(Verdict::Updated));
    all.into_iter().map(|words| Mark { class: class(&words), words }).collect()
}

fn moment(m: &dateline_brief::Moment, pages: &Pages) -> Moment {
    Moment { date: m.date.clone(), day: day_words(&m.date), words: quoted(&m.words), note: pages.noted(&m.note) }
}

/// The parts that are there, in their order on the page.
fn contents(page: &Page) -> Vec<Part> {
    let part = |to, label, count| Part { to, label, count };
    let all = [
        part("figures", "Figures", page.ledger.count),
        part("wordings", "Side by side", page.board.rows.len()),
        part("who", "Who said what", page.voices.len()),
        part("when", "Timeline", page.moments.len()),
        part("where", "Map", usize::from(page.map.is_some())),
        part("sources", "Sources", page.origins.len()),
        part("articles", "Articles", page.articles.len()),
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
