//! What all pages share.

use crate::error::Failed;
use askama::Template;
use axum::response::Html;
use std::future::Future;

tokio::task_local! {
    /// What the layout has to know of the request that is being answered.
    static ASKED: Asked;
}

struct Asked {
    path: String,
    nonce: String,
}

/// Answers a request whose page may run the scripts that carry `nonce`, and stands at `path`.
pub(crate) async fn answering<T>(path: String, nonce: String, answer: impl Future<Output = T>) -> T {
    ASKED.scope(Asked { path, nonce }, answer).await
}

/// The word that our scripts carry in this answer; another in each.
pub(crate) fn nonce() -> String {
    ASKED.try_with(|a| a.nonce.clone()).unwrap_or_default()
}

/// Whether the page that is being made is the one a link of the head leads to.
pub(crate) fn here(path: &str) -> bool {
    ASKED.try_with(|a| a.path == path).unwrap_or(false)
}

/// Sets a template.
pub(crate) fn set(template: &impl Template) -> Result<Html<String>, Failed> {
    Ok(Html(template.render()?))
}

/// A page that needs no library.
#[derive(Template)]
#[template(path = "bare.html")]
struct Bare<'a> {
    version: &'static str,
    library: &'static str,
    title: &'a str,
    words: String,
}

/// A page that needs no library: what happened, and where to go.
pub(crate) fn bare(title: &str, words: &str) -> Html<String> {
    let page = Bare { version: dateline_brief::json::VERSION, library: "", title, words: dateline_brief::shown(words) };
    Html(page.render().unwrap_or_default())
}
