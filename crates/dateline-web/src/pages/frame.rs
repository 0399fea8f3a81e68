//! What all pages share.

use crate::error::Failed;
use askama::Template;
use axum::response::Html;
use dateline_brief::{escape_html, shown};

/// Sets a template.
pub(crate) fn set(template: &impl Template) -> Result<Html<String>, Failed> {
    Ok(Html(template.render()?))
}

/// A page that needs no library.
pub(crate) fn bare(title: &str, words: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0} · Dateline</title>\
         <link rel=\"stylesheet\" href=\"/assets/site.css\"></head><body><main><h1>{0}</h1><p>{1}</p>\
         <p><a href=\"/\">All stories</a></p></main></body></html>",
        escape_html(title),
        escape_html(&shown(words))
    ))
}
