//! A brief as a file to take along, and as it looks beside its form.

use super::at;
use crate::error::Failed;
use crate::shelf::Shelf;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use dateline_brief::compose::Choice;
use dateline_brief::sources::sources;
use dateline_brief::{Brief, Desk, Note, Own, compose, docx, html, json, markdown, put_own, shown};
use dateline_capture::digest;
use dateline_store::Library;
use dateline_story::Report;
use dateline_story::decisions::Kept;
use std::collections::BTreeMap;

/// A brief is a page of its own, with its look in it: no script, nothing loaded.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// A brief that the user put together, in its order and with what the user wrote; with the articles it tells of.
/// With no more of its stories than `most`.
pub(crate) fn told(library: &Library, kept: &Kept, most: usize) -> Result<(Brief, Vec<Report>), Failed> {
    let mut stories = library.brief_stories(kept)?;
    stories.truncate(most);
    let lines: Vec<_> = stories.iter().filter_map(|s| s.story.as_ref()).collect();
    let ids: Vec<&str> = lines.iter().map(|l| l.id.as_str()).collect();
    let selection = library.with_older(library.selection(&ids)?)?;
    let agreements = selection.agreements();
    let desk = Desk {
        reports: &selection.reports,
        links: &selection.links,
        stories: &selection.stories,
        agreements: &agreements,
    };
    let choice = Choice { families: library.families()?, ordered: true, ..Choice::default() };
    let mut brief = compose(&desk, &choice);
    for part in &mut brief.stories {
        // what Today says of a story, its brief says too
        if let Some(line) = lines.iter().find(|l| l.id == part.id) {
            part.headline = shown(&line.title);
            part.speakers = usize::try_from(library.speakers_of(&line.id)?).unwrap_or(usize::MAX);
        }
    }
    let notes = stories.iter().filter_map(|s| Some((s.story.as_ref()?.id.as_str(), s.note.as_str())));
    let own = Own { title: kept.title.clone(), lead: kept.lead.clone(), by: kept.by.clone() };
    put_own(&mut brief, own, &notes.collect());
    Ok((brief, selection.reports))
}

/// The brief as it looks, its notes leading to the articles.
pub(crate) fn preview(brief: &Brief) -> String {
    let ids: BTreeMap<usize, &str> =
        brief.stories.iter().flat_map(|s| &s.pages).map(|p| (p.page, p.id.as_str())).collect();
    let article = |page: usize| format!("/article/{}", ids.get(&page).copied().unwrap_or_default());
    let note = |n: &Note| at::address(ids.get(&n.page).copied().unwrap_or_default(), n.span);
    html::preview(brief, &note, &article)
}

/// The brief in a form, with its list of sources.
pub(crate) async fn file(
    State(shelf): State<Shelf>,
    Path((id, form)): Path<(String, String)>,
) -> Result<Response, Failed> {
    let made = shelf
        .ask(move |library| {
            let kept = library.brief(&id)?;
            let (mut brief, reports) = told(library, &kept, usize::MAX)?;
            let by_id: BTreeMap<&str, &Report> = reports.iter().map(|r| (r.id.as_str(), r)).collect();
            let pages = brief.stories.iter().flat_map(|s| &s.pages);
            let digests = pages.filter_map(|p| Some((p.id.clone(), digest(&library.capture(&p.id).ok()?.bytes))));
            let digests: BTreeMap<String, String> = digests.collect();
            let version = library.linked_by()?.unwrap_or_default();
            brief.sources = Some(sources(&brief, &by_id, &digests, &version));
            Ok(match form.as_str() {
                "html" => Some(("text/html; charset=utf-8", html::document(&brief, &by_id).into_bytes())),
                "markdown" => Some(("text/markdown; charset=utf-8", markdown::markdown(&brief).into_bytes())),
                "json" => Some(("application/json", json::brief(&brief).into_bytes())),
                "docx" => Some((docx::MEDIA_TYPE, docx::document(&brief).map_err(|_| Failed::Fault)?)),
                _ => None,
            })
        })
        .await?;
    let Some((kind, bytes)) = made else {
        let words = "A brief can be had as html, markdown, docx or json.";
        return Ok((StatusCode::NOT_FOUND, super::frame::bare("Not found", words)).into_response());
    };
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_SECURITY_POLICY, POLICY)], bytes).into_response())
}
