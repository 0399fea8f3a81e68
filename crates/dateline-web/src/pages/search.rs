//! Which articles hold these words?

use super::{encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use dateline_brief::{day_words, escape_html, shown};
use dateline_store::{ErrorKind, Hit, Order, Paging};
use serde::Deserialize;

/// Articles a page shows.
const PAGE: usize = 20;

#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    from: usize,
}

struct Row {
    id: String,
    title: String,
    facts: String,
    snippet: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    version: &'static str,
    library: String,
    query: String,
    problem: Option<String>,
    total: String,
    hits: Vec<Row>,
    next: Option<String>,
}

pub(crate) async fn page(State(shelf): State<Shelf>, Query(asked): Query<Asked>) -> Result<Html<String>, Failed> {
    let folder = shelf.folder.to_string();
    let page = shelf
        .ask(move |library| {
            let mut page = Page {
                version: dateline_brief::json::VERSION,
                library: folder,
                query: asked.q.clone(),
                problem: None,
                total: String::new(),
                hits: Vec::new(),
                next: None,
            };
            if asked.q.trim().is_empty() {
                return Ok(page);
            }
            let paging = Paging { limit: PAGE, offset: asked.from, order: Order::Relevance, ..Paging::default() };
            match library.search(&asked.q, &paging) {
                Ok(found) => {
                    page.total = format!("articles found: {}", found.total);
                    page.hits = found.hits.iter().map(row).collect();
                    let from = asked.from.saturating_add(PAGE);
                    let more = (from as u64) < found.total;
                    page.next = more.then(|| format!("/search?q={}&from={from}", encoded(&asked.q)));
                }
                Err(e) if matches!(e.kind(), ErrorKind::Query(_)) => page.problem = Some(e.to_string()),
                Err(e) => return Err(e.into()),
            }
            Ok(page)
        })
        .await?;
    frame::set(&page)
}

fn row(hit: &Hit) -> Row {
    let mut facts: Vec<String> = Vec::new();
    facts.extend(hit.published.as_deref().map(day_words));
    facts.extend(hit.outlet.as_deref().map(shown));
    Row {
        id: hit.id.clone(),
        title: hit.title.as_deref().map_or_else(|| "(no title)".to_owned(), shown),
        facts: facts.join(" · "),
        snippet: marked(hit),
    }
}

/// The passage with the words found marked; everything of the page escaped.
fn marked(hit: &Hit) -> String {
    let text = &hit.snippet.text;
    let mut out = String::new();
    let mut at = 0;
    for mark in &hit.snippet.marks {
        out.push_str(&escape_html(text.get(at..mark.start).unwrap_or("")));
        out.push_str("<mark>");
        out.push_str(&escape_html(mark.of(text)));
        out.push_str("</mark>");
        at = mark.end;
    }
    out.push_str(&escape_html(text.get(at..).unwrap_or("")));
    out
}
