//! The user's hand: what was decided of a story, and the forms to decide more.

use super::decided::{Made, listed};
use super::said;
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Redirect;
use dateline_brief::shown;
use dateline_store::{Deciding, Library, Selection, StoryLine};
use dateline_story::decisions::{Act, Decision, Standing};
use serde::Deserialize;

/// Other stories offered for merging.
const OFFERED: usize = 40;
/// Letters of an article's title in the list of those that may be taken out.
const TITLE: usize = 60;

/// What a form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    token: String,
    what: String,
    other: String,
    page: String,
    title: String,
    undoes: String,
    by: String,
    why: String,
}

/// What was decided of a story, with forms.
#[derive(Template)]
#[template(path = "hand.html")]
pub(crate) struct Hand {
    story: String,
    title: String,
    pinned: bool,
    made: Vec<Made>,
    pages: Vec<(String, String)>,
    others: Vec<(String, String)>,
}

pub(crate) fn forms(library: &Library, line: &StoryLine, selection: &Selection) -> Result<Hand, Failed> {
    // how decisions stand costs a look at all the stories they bear on
    let all = if library.decisions()?.made.iter().any(bears_on_stories) { library.standing()? } else { Vec::new() };
    // also what was undone, so that it can be brought back
    let ours = |d: &Decision, s: &Standing| line.decisions.contains(&d.id) || s.stories.contains(&line.id);
    // by the number that it has on the page, and as much of its name as tells it from the next
    let named = |(i, r): (usize, &dateline_story::Report)| {
        let outlet = r.article.outlet.as_deref().map(|o| format!(" · {}", shown(o))).unwrap_or_default();
        let title = shown(r.article.title.as_deref().unwrap_or("(no title)"));
        let short: String = title.chars().take(TITLE).collect();
        let more = if short.len() < title.len() { "…" } else { "" };
        (r.id.clone(), format!("[{}] {}{more}{outlet}", i + 1, short.trim_end()))
    };
    Ok(Hand {
        story: line.id.clone(),
        title: shown(&line.title),
        pinned: line.pinned,
        made: listed(library, &all, ours, usize::MAX).0,
        pages: selection.reports.iter().enumerate().map(named).collect(),
        others: library.near(line, OFFERED)?.into_iter().map(|(id, title)| (id, shown(&title))).collect(),
    })
}

/// Whether a decision says something of stories: those of briefs, watches and names do not.
fn bears_on_stories(decision: &Decision) -> bool {
    use Act::{Apart, Merge, Pin, Rename, Split, Unpin};
    matches!(decision.act, Merge { .. } | Split { .. } | Apart { .. } | Rename { .. } | Pin { .. } | Unpin { .. })
}

/// Takes a form, decides, and shows the story again.
pub(crate) async fn decide(
    State(shelf): State<Shelf>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Result<Redirect, Failed> {
    let (token, story) = (asked.token.clone(), id.clone());
    shelf
        .settle(&headers, &token, move |library, now| {
            let act = act(library, &story, &asked)?;
            Ok(library.decide(act, &Deciding { at: now, by: said(&asked.by), why: said(&asked.why) })?)
        })
        .await?;
    let story = shelf.ask(move |library| Ok(library.story(&id)?.id)).await?;
    Ok(Redirect::to(&format!("/story/{}", super::encoded(&story))))
}

fn act(library: &Library, story: &str, asked: &Asked) -> Result<Act, Failed> {
    Ok(match asked.what.as_str() {
        "merge" => library.merging(story, asked.other.trim())?,
        "apart" => library.parting(story, asked.other.trim())?,
        "split" => library.splitting(story, &[asked.page.as_str()])?,
        "rename" => library.naming(story, &asked.title)?,
        "pin" => library.pinning(story, true)?,
        "unpin" => library.pinning(story, false)?,
        "undo" => Act::Undo { undoes: asked.undoes.clone() },
        _ => return Err(Failed::Refused),
    })
}
