//! The page as it was saved, kept apart from ours: in a frame of its own, sandboxed, no script, nothing loaded.

use super::{at, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use dateline_article::{Article, Saved, saved};
use dateline_brief::{escape_html, shown, shown_whole};
use dateline_store::{ErrorKind, Library};
use dateline_text::{CharIndex, Span};
use serde::Deserialize;

const POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'self'";

/// Around the words that were asked for; the page's own style may not hide them.
const OPEN: &str = "<mark style=\"display:inline!important;visibility:visible!important;background:#fde68a!important;\
                    color:#1b1a18!important;outline:2px solid #b7791f!important;scroll-margin-top:25vh\"";
const CLOSE: &str = "</mark>";
/// The words are gone to by this name.
const WORDS: &str = "dateline-words";

/// What may stand in the address: the code points of the article to mark.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    at: Option<String>,
}

/// Where the page as it was saved is, with words of its article marked.
pub(crate) fn address(id: &str, at: Option<[usize; 2]>) -> String {
    let at = at.map(|[start, end]| format!("?at={start}-{end}#{WORDS}")).unwrap_or_default();
    format!("/capture/{id}/page{at}")
}

#[derive(Template)]
#[template(path = "capture.html")]
struct Page {
    title: String,
    source: String,
    article: Option<String>,
    saved: String,
}

/// Our page around it.
pub(crate) async fn page(
    State(shelf): State<Shelf>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Failed> {
    let page = shelf
        .ask(move |library| {
            let capture = library.capture(&id)?;
            let article = article(library, &id)?;
            let title = article.as_ref().and_then(|a| a.title.as_deref()).map_or_else(|| "A page".to_owned(), shown);
            Ok(Page {
                title,
                source: capture.source.url.or(capture.source.path).as_deref().map(shown).unwrap_or_default(),
                article: article.is_some().then(|| format!("/article/{id}")),
                saved: address(&id, asked.at.as_deref().and_then(at::read)),
            })
        })
        .await?;
    frame::set(&page)
}

/// The page itself. A browser shows it in a frame alone: on its own it would look like a page of ours.
pub(crate) async fn whole(
    State(shelf): State<Shelf>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    if headers.get("sec-fetch-dest").is_some_and(|d| d == "document") {
        return Ok(Redirect::to(&format!("/capture/{}", super::encoded(&id))).into_response());
    }
    let page = shelf
        .ask(move |library| {
            let capture = library.capture(&id)?;
            let article = article(library, &id)?;
            let words = article.as_ref().zip(asked.at.as_deref().and_then(at::read)).map(|(a, [start, end])| {
                let index = CharIndex::new(&a.text);
                (a, Span::new(index.byte(&a.text, start), index.byte(&a.text, end)))
            });
            Ok(match saved(&capture, words) {
                Ok(saved) if saved.markup && !saved.heavy => markup(&saved),
                Ok(saved) => plain(&saved),
                Err(why) => around(&escape_html(&format!("These bytes cannot be shown: {why}."))),
            })
        })
        .await?;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::X_DNS_PREFETCH_CONTROL, "off"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    Ok((headers, page).into_response())
}

/// The article of a capture; most captures have one.
fn article(library: &Library, id: &str) -> Result<Option<Article>, Failed> {
    match library.article(id) {
        Ok(report) => Ok(Some(report.article)),
        Err(e) if matches!(e.kind(), ErrorKind::NotFound { .. }) => Ok(None),
        Err(e) => Err(e.into()),
    }
}

/// Each mark; the first has the name that is gone to.
fn markup(saved: &Saved) -> String {
    let out = saved.inert(&format!("{OPEN}>"), CLOSE);
    out.replacen(&format!("{OPEN}>"), &format!("{OPEN} id=\"{WORDS}\">"), 1)
}

/// Plain text as it stands, marks of direction shown by their code.
fn plain(saved: &Saved) -> String {
    let mut out = String::with_capacity(saved.text.len() + 512);
    let mut from = 0;
    let put = |out: &mut String, from: usize, to: usize| {
        let before = Span::new(0, from).of(&saved.text).chars().next_back();
        out.push_str(&escape_html(&shown_whole(Span::new(from, to).of(&saved.text), before)));
    };
    for (i, words) in saved.words.iter().enumerate() {
        put(&mut out, from, words.start);
        out.push_str(OPEN);
        out.push_str(if i == 0 { " id=\"dateline-words\">" } else { ">" });
        put(&mut out, words.start, words.end);
        out.push_str(CLOSE);
        from = words.end;
    }
    put(&mut out, from, saved.text.len());
    let why = if saved.heavy {
        "<p>The tags of this page stand so deep inside one another that showing it would stop a browser. This is its \
         source.</p>"
    } else {
        ""
    };
    around(&format!("{why}<pre>{out}</pre>"))
}

fn around(body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"und\"><head><meta charset=\"utf-8\"><title>As saved</title>\
         <style>pre {{ white-space: pre-wrap; overflow-wrap: anywhere; font: 15px/1.5 ui-monospace, monospace; }}</style>\
         </head><body>{body}</body></html>"
    )
}
