//! A brief as a file to take along, and as it looks beside its form.

use super::at;
use crate::error::Failed;
use crate::shelf::Shelf;
use crate::telling::{self, Told};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use dateline_brief::sources::sources;
use dateline_brief::{Brief, Note, docx, html, json, markdown};
use dateline_story::Report;
use std::collections::BTreeMap;

/// A brief is a page of its own, with its look in it: no script, nothing loaded.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

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
            let Told { mut brief, reports } = telling::kept(library, &kept, usize::MAX)?;
            let by_id: BTreeMap<&str, &Report> = reports.iter().map(|r| (r.id.as_str(), r)).collect();
            let digests = telling::digests(library, &brief);
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
