//! What all pages share.

use crate::error::Failed;
use askama::Template;
use axum::response::Html;
use std::future::Future;

tokio::task_local! {
    /// The request that is being answered.
    static ASKED: Asked;
}

/// What the layout has to know of a request.
pub(crate) struct Asked {
    /// Where the page stands.
    pub(crate) path: String,
    /// The word of the scripts that may run.
    pub(crate) nonce: String,
    /// The word of the form that leads out, where the library has a password.
    pub(crate) leave: Option<String>,
}

/// Answers a request.
pub(crate) async fn answering<T>(asked: Asked, answer: impl Future<Output = T>) -> T {
    ASKED.scope(asked, answer).await
}

/// The word of the form that leads out; `None` where no password was given.
pub(crate) fn leave() -> Option<String> {
    ASKED.try_with(|a| a.leave.clone()).unwrap_or_default()
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
