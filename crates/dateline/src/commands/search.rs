//! `dateline search`: which articles hold these words?

use super::DONE;
use crate::args::SearchArgs;
use crate::{library, output};
use anyhow::Result;
use dateline_brief::{shown, terminal};
use dateline_store::{Hit, Order, Paging};
use std::process::ExitCode;

/// Runs the command.
pub fn run(args: &SearchArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    // The shell takes quotation marks away: an argument of several words was a phrase.
    let query: Vec<String> =
        if args.query.len() == 1 { args.query.clone() } else { args.query.iter().map(|w| phrase(w)).collect() };
    let paging = Paging { limit: args.limit, offset: args.offset, order: Order::Relevance, ..Paging::default() };
    let found = shelf.search(&query.join(" "), &paging)?;
    if args.json {
        for hit in &found.hits {
            output::line(&shape(hit, found.total).to_string())?;
        }
        return Ok(DONE);
    }
    let rows: Vec<terminal::HitRow> = found.hits.iter().map(row).collect();
    print!("{}", terminal::hits(&rows, found.total, args.offset, output::style()));
    Ok(DONE)
}

fn phrase(word: &str) -> String {
    let plain = !word.contains(char::is_whitespace) || word.contains('"');
    if plain { word.to_owned() } else { format!("\"{word}\"") }
}

fn shape(hit: &Hit, total: u64) -> serde_json::Value {
    serde_json::json!({
        "id": hit.id, "title": hit.title, "outlet": hit.outlet, "published": hit.published, "url": hit.url,
        "story": hit.story, "snippet": hit.snippet.text, "total": total,
    })
}

fn row(hit: &Hit) -> terminal::HitRow {
    let mut snippet = Vec::new();
    let mut at = 0;
    for mark in &hit.snippet.marks {
        snippet.push((hit.snippet.text.get(at..mark.start).unwrap_or("").to_owned(), false));
        snippet.push((mark.of(&hit.snippet.text).to_owned(), true));
        at = mark.end;
    }
    snippet.push((hit.snippet.text.get(at..).unwrap_or("").to_owned(), false));
    terminal::HitRow {
        title: hit.title.as_deref().map(shown).unwrap_or_else(|| "(no title)".to_owned()),
        outlet: hit.outlet.as_deref().map(shown),
        date: hit.published.clone(),
        story: hit.story.clone(),
        snippet,
    }
}
