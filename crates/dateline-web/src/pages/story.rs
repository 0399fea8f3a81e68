//! One story: who said what, figures, timeline, pages, and how it goes on.

use super::hand;
use crate::error::Failed;
use crate::shelf::Shelf;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use dateline_brief::compose::Choice;
use dateline_brief::{Brief, Desk, Note, compose, escape_html, html, linked, shown};
use dateline_store::{Filter, Library, Selection};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What may stand in the address: the day since which to tell what is new.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    since: String,
}

pub(crate) async fn page(
    State(shelf): State<Shelf>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failed> {
    let folder = shelf.folder.to_string();
    let keys = shelf.keys.clone();
    let cookie = keys.set_cookie();
    let page = shelf
        .ask(move |library| {
            let line = library.story(&id)?;
            if line.id != id {
                // a name that the story had before, or the beginning of one
                return Ok(Err(line.id));
            }
            let selection = library.selection(&[line.id.as_str()])?;
            let since = asked.since.trim();
            // the same words as in the list of stories say what is no day
            library.stories(&Filter { since: day(since), limit: 1, ..Filter::default() })?;
            let mut brief = brief(library, &selection, day(since))?;
            if line.headline.is_some() {
                brief.stories.iter_mut().for_each(|s| s.headline = shown(&line.title));
            }
            let mut body = body(&brief);
            storyline(&mut body, library, &line.id)?;
            let hand = hand::forms(library, &line, &selection, keys.form())?;
            Ok(Ok(hand::Page {
                version: dateline_brief::json::VERSION,
                library: folder,
                title: shown(&line.title),
                id: line.id,
                since: since.to_owned(),
                body,
                hand,
            }))
        })
        .await?;
    match page {
        Ok(page) => Ok(([cookie], page.set()?).into_response()),
        Err(now) => Ok(Redirect::to(&format!("/story/{}", super::encoded(&now))).into_response()),
    }
}

fn day(since: &str) -> Option<String> {
    Some(since.to_owned()).filter(|s| !s.is_empty())
}

fn brief(library: &Library, selection: &Selection, since: Option<String>) -> Result<Brief, Failed> {
    let selection = &library.with_older(selection.clone())?;
    let agreements = dateline_story::agreements(&selection.stories, &selection.reports);
    let desk = Desk {
        reports: &selection.reports,
        links: &selection.links,
        stories: &selection.stories,
        agreements: &agreements,
    };
    Ok(compose(&desk, &Choice { news: since, families: library.families()?, ..Choice::default() }))
}

fn body(brief: &Brief) -> String {
    let ids: BTreeMap<usize, &str> =
        brief.stories.iter().flat_map(|s| &s.pages).map(|p| (p.page, p.id.as_str())).collect();
    let article = |page: usize| format!("/article/{}", ids.get(&page).copied().unwrap_or_default());
    let note = |n: &Note| {
        let [start, end] = n.span;
        format!("{}?at={start}-{end}#p1-{start}", article(n.page))
    };
    let mut out = String::new();
    for part in &brief.stories {
        html::story(&mut out, part, &note, &article);
    }
    out
}

/// The stories before and after this one, with how they stand to it.
fn storyline(out: &mut String, library: &Library, id: &str) -> Result<(), Failed> {
    let links = library.links_of(id)?;
    if links.is_empty() {
        return Ok(());
    }
    out.push_str("<section class=\"storylines\"><h2>Storyline</h2><ul>\n");
    for link in links {
        let (other, side) = if link.from == id { (&link.to, "later") } else { (&link.from, "earlier") };
        let line = library.story(other)?;
        let why = linked(link.relation, link.days, (&link.entities, &link.terms), link.said.as_ref());
        let _ = writeln!(
            out,
            "<li><a href=\"/story/{other}\">{}</a><br><span class=\"facts\">{side} · {}</span></li>",
            escape_html(&shown(&line.title)),
            escape_html(&shown(&why))
        );
    }
    out.push_str("</ul></section>\n");
    Ok(())
}
