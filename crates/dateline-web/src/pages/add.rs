//! Adding pages: the form, and what is sent with it.

use super::{added, frame};
use crate::adding::Order;
use crate::error::Failed;
use crate::sent::{self, Refusal};
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use dateline_brief::shown;
use dateline_store::work;
use std::path::Path;

#[derive(Template)]
#[template(path = "add.html")]
struct Page {
    problem: Option<String>,
    working: Option<added::Working>,
    /// What may be sent, for people and for the script that counts it before it is sent.
    files: usize,
    file_words: String,
    file_bytes: u64,
    all_words: String,
    all_bytes: u64,
    page_words: String,
}

/// The form.
pub(crate) async fn page(State(shelf): State<Shelf>) -> Result<Response, Failed> {
    form(&shelf, None).await
}

async fn form(shelf: &Shelf, problem: Option<String>) -> Result<Response, Failed> {
    let working = added::working(shelf).await?;
    let page = Page {
        problem,
        working,
        files: sent::FILES,
        file_words: sent::size(sent::FILE),
        file_bytes: sent::FILE,
        all_words: sent::size(sent::REQUEST),
        all_bytes: sent::REQUEST,
        page_words: sent::size(sent::TEXT as u64),
    };
    Ok(frame::set(&page)?.into_response())
}

/// Takes what was sent, and leads to the page that shows what becomes of it.
pub(crate) async fn take(State(shelf): State<Shelf>, request: Request) -> Response {
    let wants_json = request.headers().get(header::ACCEPT).is_some_and(|a| a.as_bytes() == b"application/json");
    match taken(&shelf, request).await {
        Ok(number) => {
            let to = format!("/add/{number}");
            if wants_json { told(&serde_json::json!({ "to": to })) } else { Redirect::to(&to).into_response() }
        }
        Err((status, why)) if wants_json => (status, told(&serde_json::json!({ "problem": why }))).into_response(),
        Err((status, why)) => match form(&shelf, Some(why)).await {
            Ok(page) => (status, page).into_response(),
            Err(e) => e.into_response(),
        },
    }
}

/// For our script.
fn told(what: &serde_json::Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], what.to_string()).into_response()
}

async fn taken(shelf: &Shelf, request: Request) -> Result<u64, Refusal> {
    let headers = request.headers().clone();
    let told = headers.get(header::CONTENT_LENGTH).and_then(|l| l.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|length| length > sent::REQUEST) {
        return Err(sent::too_large(request.into_body()).await);
    }
    let dir = shelf.ask(|library| Ok(library.dir().to_owned())).await.map_err(|e| e.told())?;
    let parts = Multipart::from_request(request, &()).await.map_err(|e| (e.status(), e.body_text()))?;
    let order = sent::received(parts, &dir, async |word| may(shelf, &headers, word, &dir)).await?;
    let Order { uploads, refused, .. } = &order;
    if uploads.is_empty() && refused.is_empty() {
        return Err((StatusCode::BAD_REQUEST, "Nothing was chosen and nothing pasted.".to_owned()));
    }
    shelf.runs.start(shelf.add, dir, order).map_err(|_| at_work())
}

/// Whether this form is ours, and nobody writes to the library.
fn may(shelf: &Shelf, headers: &HeaderMap, word: &str, dir: &Path) -> Result<(), Refusal> {
    shelf.keys.check(headers, word).map_err(|e| e.told())?;
    if shelf.runs.at_work().is_some() {
        return Err(at_work());
    }
    match work(dir) {
        Some(w) => {
            let why = format!(
                "Another process is writing to this library ({}), and one writes at a time; nothing was added. Send the \
                 pages again when it has ended.",
                shown(&w.holder.to_string())
            );
            Err((StatusCode::CONFLICT, why))
        }
        None => Ok(()),
    }
}

fn at_work() -> Refusal {
    let why =
        "Pages that were sent before are still being added; nothing was added. Send these again when that is done.";
    (StatusCode::CONFLICT, why.to_owned())
}
