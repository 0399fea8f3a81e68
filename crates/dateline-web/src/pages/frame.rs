//! What all pages share.

use crate::error::Failed;
use askama::Template;
use axum::response::Html;
use std::future::Future;
use std::sync::Arc;

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
    /// The word that our forms carry.
    pub(crate) token: String,
    /// The library's folder, where the one who asks may know it.
    pub(crate) library: Option<Arc<str>>,
    /// Whether the one who asks gave a password, and so may lock the library again.
    pub(crate) locks: bool,
}

/// Answers a request.
pub(crate) async fn answering<T>(asked: Asked, answer: impl Future<Output = T>) -> T {
    ASKED.scope(asked, answer).await
}

/// The program and the version of its rules.
pub(crate) fn version() -> &'static str {
    dateline_brief::json::VERSION
}

/// The library's folder; `None` for who may not look into it.
pub(crate) fn library() -> Option<Arc<str>> {
    ASKED.try_with(|a| a.library.clone()).unwrap_or_default()
}

/// Whether there is a form that locks the library for this browser.
pub(crate) fn locks() -> bool {
    ASKED.try_with(|a| a.locks).unwrap_or(false)
}

/// The word that our forms carry.
pub(crate) fn token() -> String {
    ASKED.try_with(|a| a.token.clone()).unwrap_or_default()
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
    title: &'a str,
    words: String,
}

/// A page that needs no library: what happened, and where to go.
pub(crate) fn bare(title: &str, words: &str) -> Html<String> {
    Html(Bare { title, words: dateline_brief::shown(words) }.render().unwrap_or_default())
}
