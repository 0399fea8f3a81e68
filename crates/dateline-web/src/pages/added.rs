//! What becomes of pages that were sent: how far it is, and then what was added, what was there, what failed and why.

use super::{encoded, frame};
use crate::adding::{Held, Many, Run, Without};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use dateline_brief::shown;
use dateline_store::{Library, work};

/// Seconds after which the page asks again while pages are added.
const AGAIN: &str = "2";

/// Who writes to the library now, how far that is, and the run of ours, if it is one.
pub(crate) struct Working {
    pub(crate) says: String,
    pub(crate) holder: String,
    pub(crate) run: Option<u64>,
}

/// Who writes to the library now.
pub(crate) async fn working(shelf: &Shelf) -> Result<Option<Working>, Failed> {
    let run = shelf.runs.at_work();
    let work = shelf.ask(|library| Ok(work(library.dir()))).await?;
    Ok(work.map(|w| Working {
        says: w.progress.as_ref().map_or_else(|| "at work".to_owned(), |p| told(&p.what, p.done)),
        holder: shown(&w.holder.to_string()),
        run,
    }))
}

fn told(what: &str, done: u64) -> String {
    match done {
        0 => shown(what),
        1 => format!("{}: 1 page so far", shown(what)),
        n => format!("{}: {n} pages so far", shown(what)),
    }
}

struct Article {
    /// The article, or the page as it was saved where it holds none.
    to: String,
    title: String,
    place: String,
    /// Address and title of the story that it is in.
    story: Option<(String, String)>,
}

struct Lost {
    place: String,
    why: String,
}

struct Part<T> {
    rows: Vec<T>,
    all: u64,
    more: u64,
}

impl<T> Part<T> {
    fn of<R>(many: &Many<R>, row: impl FnMut(&R) -> T) -> Part<T> {
        let rows: Vec<T> = many.kept.iter().map(row).collect();
        Part { more: many.all.saturating_sub(rows.len() as u64), rows, all: many.all }
    }
}

#[derive(Template)]
#[template(path = "added.html")]
struct Page {
    /// What is being done, as long as it is.
    working: Option<String>,
    files: usize,
    summary: String,
    problem: Option<String>,
    says: Vec<String>,
    added: Part<Article>,
    known: Part<Article>,
    no_article: Part<Lost>,
    failed: Part<Lost>,
}

/// One run.
pub(crate) async fn page(State(shelf): State<Shelf>, Path(number): Path<String>) -> Result<Response, Failed> {
    let Some(run) = number.parse().ok().and_then(|n| shelf.runs.run(n)) else {
        let words = "What became of pages that were added is kept as long as this server runs, of the latest twenty \
                     times. The library's page tells what could not be read.";
        return Ok((StatusCode::NOT_FOUND, frame::bare("Not kept", words)).into_response());
    };
    let page = shelf.ask(move |library| Ok(whole(library, &run))).await?;
    let set = frame::set(&page)?;
    Ok(match page.working {
        Some(_) => ([(HeaderName::from_static("refresh"), AGAIN)], set).into_response(),
        None => set.into_response(),
    })
}

fn whole(library: &Library, run: &Run) -> Page {
    let working = run.end.is_none().then(|| {
        let progress = work(library.dir()).and_then(|w| w.progress);
        progress.map_or_else(|| "starting".to_owned(), |p| told(&p.what, p.done))
    });
    let lost = |w: &Without| Lost { place: shown(&w.place), why: shown(&w.why) };
    Page {
        working,
        files: run.files,
        summary: summary(run),
        problem: run.end.as_ref().and_then(|e| e.as_ref().err()).map(|why| shown(why)),
        says: run.says.iter().map(|s| shown(s)).collect(),
        added: Part::of(&run.added, |h| article(library, h)),
        known: Part::of(&run.known, |h| article(library, h)),
        no_article: Part::of(&run.no_article, lost),
        failed: Part::of(&run.failed, lost),
    }
}

/// "3 added · 1 the same as before · 1 failed".
fn summary(run: &Run) -> String {
    let always = [(run.added.all, "added"), (run.known.all, "the same as before"), (run.failed.all, "failed")];
    let also = [(run.no_article.all, "without an article")].into_iter().filter(|(n, _)| *n > 0);
    always.into_iter().chain(also).map(|(n, what)| format!("{n} {what}")).collect::<Vec<_>>().join(" · ")
}

/// A page with its story as it is now; a page may have left the library's stories since.
fn article(library: &Library, held: &Held) -> Article {
    let read = held.title.is_none().then(|| library.article(&held.id).ok()).flatten();
    let page = held.title.is_none() && read.is_none();
    let title = held.title.clone().or_else(|| read.and_then(|r| r.article.title));
    let story = library.story_of(&held.id).ok().and_then(|id| library.story(&id).ok());
    Article {
        title: title
            .as_deref()
            .map_or_else(|| if page { "a page without an article" } else { "(no title)" }.to_owned(), shown),
        to: format!("/{}/{}", if page { "capture" } else { "article" }, encoded(&held.id)),
        place: shown(&held.place),
        story: story.map(|s| (s.id, shown(&s.title))),
    }
}
