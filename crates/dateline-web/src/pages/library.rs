//! The library itself: what it holds, what could not be read, what was decided, and who writes to it now.

use super::decided::{Made, listed};
use super::{encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse, Redirect, Response};
use dateline_brief::{day_words, shown};
use dateline_store::{Changes, Counts, Deciding, Failure, Library, Notice, Work, work};
use dateline_story::decisions::Act;
use serde::Deserialize;

/// Lines of each list.
const OUTLETS: usize = 60;
const MONTHS: usize = 36;
const FAILURES: usize = 60;
const DECISIONS: usize = 100;
const STORIES: usize = 20;
/// Seconds after which the page asks again while something is written.
const AGAIN: &str = "4";

struct Count {
    label: &'static str,
    n: u64,
}

/// A process that writes.
struct Working {
    says: String,
    holder: String,
    done: u64,
    total: Option<u64>,
}

struct Strip {
    says: String,
    pages: Vec<String>,
}

struct Outlet {
    name: String,
    to: String,
    articles: u64,
    last: String,
}

struct Month {
    name: String,
    kept: u64,
    published: u64,
}

struct Failing {
    place: String,
    why: String,
    when: String,
    capture: Option<String>,
}

struct Changed {
    says: String,
    stories: Vec<(Option<String>, String)>,
    more: usize,
}

#[derive(Template)]
#[template(path = "library.html")]
struct Page {
    working: Option<Working>,
    counts: Vec<Count>,
    notices: Vec<Strip>,
    outlets: Vec<Outlet>,
    more_outlets: bool,
    months: Vec<Month>,
    most: u64,
    failures: Vec<Failing>,
    more_failures: usize,
    changed: Option<Changed>,
    made: Vec<Made>,
    more_made: usize,
    unread: usize,
}

pub(crate) async fn page(State(shelf): State<Shelf>) -> Result<Response, Failed> {
    let page = shelf.ask(whole).await?;
    let set = frame::set(&page)?;
    Ok(match page.working {
        Some(_) => ([(HeaderName::from_static("refresh"), AGAIN)], set).into_response(),
        None => set.into_response(),
    })
}

fn whole(library: &Library) -> Result<Page, Failed> {
    let counts = library.counts()?;
    let mut outlets = library.outlet_lines(OUTLETS + 1)?;
    let more_outlets = outlets.len() > OUTLETS;
    outlets.truncate(OUTLETS);
    let months = library.month_lines(MONTHS)?;
    let failures = library.failures()?;
    let standing = library.standing()?;
    let strip = |n: Notice| Strip { says: shown(&n.to_string()), pages: n.pages };
    Ok(Page {
        working: work(library.dir()).map(|w| working(&w)),
        counts: counted(&counts),
        notices: library.notices()?.into_iter().map(strip).collect(),
        outlets: outlets
            .into_iter()
            .map(|o| Outlet {
                to: o.name.as_deref().map_or_else(|| "outlet:none".to_owned(), |n| format!("outlet:=\"{}\"", plain(n))),
                name: o.name.as_deref().map_or_else(|| "not named".to_owned(), shown),
                articles: o.articles,
                last: o.last.as_deref().map(day_words).unwrap_or_default(),
            })
            .map(|o| Outlet { to: encoded(&o.to), ..o })
            .collect(),
        more_outlets,
        most: months.iter().map(|m| m.published).max().unwrap_or(0),
        months: months
            .into_iter()
            .map(|m| Month { name: day_words(&m.month), kept: m.kept, published: m.published })
            .collect(),
        more_failures: failures.len().saturating_sub(FAILURES),
        failures: failures.iter().take(FAILURES).map(failed).collect(),
        changed: library.changes()?.filter(worth).map(|c| changed(&c)),
        more_made: standing.len().saturating_sub(DECISIONS),
        made: listed(library, &standing, |_, _| true, DECISIONS).0,
        unread: library.decisions()?.unread.len(),
    })
}

/// A name inside quotation marks of the query language.
fn plain(name: &str) -> String {
    name.chars().filter(|c| *c != '"').collect()
}

fn counted(c: &Counts) -> Vec<Count> {
    let all = [
        ("captures", c.captures),
        ("articles", c.articles),
        ("older captures of the same pages", c.older),
        ("stories", c.stories),
        ("outlets", c.outlets),
        ("pages without an article", c.not_articles),
        ("failed", c.failed),
        ("kept and not read yet", c.pending),
    ];
    let always = 5;
    let worth = |(i, (_, n)): &(usize, (&'static str, u64))| *i < always && *i != 2 || *n > 0;
    all.into_iter().enumerate().filter(worth).map(|(_, (label, n))| Count { label, n }).collect()
}

fn working(w: &Work) -> Working {
    let progress = w.progress.as_ref();
    let says = match progress {
        Some(p) => match p.total {
            Some(total) => format!("{}: {} of {total} pages", shown(&p.what), p.done),
            None => format!("{}: {} pages so far", shown(&p.what), p.done),
        },
        None => "at work".to_owned(),
    };
    Working {
        says,
        holder: shown(&w.holder.to_string()),
        done: progress.map_or(0, |p| p.done),
        total: progress.and_then(|p| p.total),
    }
}

fn failed(f: &Failure) -> Failing {
    let place = [f.url.as_deref(), f.path.as_deref()].into_iter().flatten().next().or(f.id.as_deref());
    let at = f.place.map(|p| format!(" at {p}")).unwrap_or_default();
    Failing {
        place: format!("{}{at}", shown(place.unwrap_or_default())),
        why: shown(&f.reason),
        when: day_words(f.added.get(..10).unwrap_or(&f.added)),
        capture: f.id.clone(),
    }
}

/// Whether anything is otherwise: linking anew by other rules may well change nothing.
fn worth(c: &Changes) -> bool {
    !c.changed.is_empty() || c.read_otherwise > 0 || !c.gained.is_empty() || !c.lost.is_empty()
}

fn changed(c: &Changes) -> Changed {
    let story = |s: &dateline_store::StoryChange| {
        let was = s.titled.as_deref().map(|t| format!(" (was “{}”)", shown(t))).unwrap_or_default();
        let moved = match (s.came.len(), s.went.len()) {
            (0, 0) => String::new(),
            (came, went) => format!(": pages that came {came}, that went {went}"),
        };
        (s.story.clone(), format!("{}{was}{moved}", shown(&s.title)))
    };
    Changed {
        says: format!(
            "stories that changed: {} of {} · articles that are read otherwise: {} of {} · {}",
            c.changed.len(),
            c.stories,
            c.read_otherwise,
            c.articles,
            shown(&c.now)
        ),
        stories: c.changed.iter().take(STORIES).map(story).collect(),
        more: c.changed.len().saturating_sub(STORIES),
    }
}

/// What the form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    token: String,
    undoes: String,
}

/// Takes a decision back, or an undo.
pub(crate) async fn undo(
    State(shelf): State<Shelf>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Failed> {
    shelf
        .settle(&headers, &sent.token, |library, now| {
            Ok(library.decide(Act::Undo { undoes: sent.undoes }, &Deciding { at: now, by: None, why: None })?)
        })
        .await?;
    Ok(Redirect::to("/library#decisions"))
}
