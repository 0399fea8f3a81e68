//! The briefs that are kept, a new one, and the page that asks into which of them a story is to come.

use super::{encoded, frame, said};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, Redirect};
use dateline_brief::{day_words, shown};
use dateline_store::{Deciding, Library};
use dateline_story::decisions::{Act, Kept};
use serde::Deserialize;

/// What may stand in the address: a story that is to come into a brief.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    add: String,
}

/// What the forms say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    token: String,
    title: String,
    by: String,
    add: String,
    /// The brief that the story is to come into; none for a new one.
    into: String,
}

struct Row {
    id: String,
    title: String,
    facts: String,
    holds: bool,
}

/// The story that is to come in.
struct Coming {
    id: String,
    headline: String,
}

#[derive(Template)]
#[template(path = "briefs.html")]
struct Page {
    briefs: Vec<Row>,
    coming: Option<Coming>,
}

pub(crate) async fn page(State(shelf): State<Shelf>, Query(asked): Query<Asked>) -> Result<Html<String>, Failed> {
    let page = shelf
        .ask(move |library| {
            let add = asked.add.trim();
            let coming = match add {
                "" => None,
                add => {
                    let line = library.story(add)?;
                    Some(Coming { headline: shown(&line.title), id: line.id })
                }
            };
            let mut briefs = library.briefs()?;
            briefs.sort_by(|a, b| b.changed.cmp(&a.changed).then(a.id.cmp(&b.id)));
            let row = |b: &Kept| row(library, b, coming.as_ref().map(|c| c.id.as_str()));
            let briefs = briefs.iter().map(row).collect::<Result<_, Failed>>()?;
            Ok(Page { briefs, coming })
        })
        .await?;
    frame::set(&page)
}

fn row(library: &Library, b: &Kept, coming: Option<&str>) -> Result<Row, Failed> {
    let stories = library.brief_stories(b)?;
    let n = stories.len();
    let mut facts = vec![if n == 1 { "1 story".to_owned() } else { format!("{n} stories") }];
    facts.extend(b.by.as_deref().map(|by| format!("by {}", shown(by))));
    facts.push(format!("changed {}", day_words(b.changed.get(..10).unwrap_or(&b.changed))));
    let holds = stories.iter().any(|s| s.story.as_ref().map(|l| l.id.as_str()) == coming && coming.is_some());
    Ok(Row { id: b.id.clone(), title: shown(&b.title), facts: facts.join(" · "), holds })
}

/// Begins a brief, puts a story into one, or both.
pub(crate) async fn take(
    State(shelf): State<Shelf>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Failed> {
    let token = sent.token.clone();
    let brief = shelf
        .settle(&headers, &token, move |library, now| {
            let deciding = Deciding { at: now, by: said(&sent.by), why: None };
            let brief = match sent.into.trim() {
                "" => {
                    let act = library.brief_begun(&sent.title)?;
                    let id = library.decide(act, &deciding)?;
                    let begun = library.decisions()?.made.into_iter().rev().find(|d| d.id == id);
                    match begun.map(|d| d.act) {
                        Some(Act::Brief { brief, .. }) => brief,
                        _ => return Err(Failed::Fault),
                    }
                }
                into => library.brief(into)?.id,
            };
            if !sent.add.trim().is_empty() {
                library.decide(library.brief_put(&brief, sent.add.trim())?, &deciding)?;
            }
            Ok(brief)
        })
        .await?;
    Ok(Redirect::to(&format!("/brief/{}", encoded(&brief))))
}
