//! `dateline search`: which articles hold these words?

use super::DONE;
use crate::args::{SearchArgs, Sort};
use crate::{library, output};
use anyhow::{Result, anyhow};
use dateline_brief::{day_words, shown, terminal};
use dateline_store::{ErrorKind, Facet, Facets, Found, Hit, Order, Paging, QueryError, StoreError};
use dateline_web::shapes;
use serde_json::{Value, json};
use std::process::ExitCode;

/// Runs the command.
pub fn run(args: &SearchArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    // The shell takes quotation marks away: an argument of several words was a phrase.
    let query: Vec<String> =
        if args.query.len() == 1 { args.query.clone() } else { args.query.iter().map(|w| part(w)).collect() };
    let query = query.join(" ");
    let order = match args.sort {
        Sort::Relevance => Order::Relevance,
        Sort::Newest => Order::Newest,
        Sort::Oldest => Order::Oldest,
    };
    let paging = Paging {
        limit: args.limit,
        offset: args.offset,
        order,
        from: args.from.clone(),
        facets: args.facets.unwrap_or(0),
    };
    let found = shelf.search(&query, &paging).map_err(|e| pointed(&query, e))?;
    if args.json {
        for hit in &found.hits {
            output::line(&shapes::hit(hit, found.total).to_string())?;
        }
        if let Some(facets) = &found.facets {
            output::line(&summary(&query, &found, facets).to_string())?;
        }
        return Ok(DONE);
    }
    let rows: Vec<terminal::HitRow> = found.hits.iter().map(row).collect();
    output::text(&terminal::hits(&rows, found.total, args.offset, output::style()))?;
    if let Some(facets) = &found.facets {
        output::text(&terminal::facets(&kinds(facets), output::style()))?;
    }
    if let Some(next) = &found.next {
        output::say(&format!("more: the same with --from {next}"));
    }
    Ok(DONE)
}

/// One argument of several, as it was meant before the shell took its quotation marks.
fn part(typed: &str) -> String {
    if !typed.contains(char::is_whitespace) || typed.contains(['"', '“', '„', '«']) {
        return typed.to_owned();
    }
    if typed.contains(['(', ')']) || [" OR ", " AND ", " NOT "].iter().any(|o| typed.contains(o)) {
        return format!("({typed})");
    }
    match typed.split_once(':') {
        Some((field, words)) if !words.is_empty() && field.chars().all(|c| c.is_ascii_alphabetic() || c == '-') => {
            let (exact, words) = words.strip_prefix('=').map_or(("", words), |w| ("=", w));
            format!("{field}:{exact}\"{words}\"")
        }
        _ => format!("\"{typed}\""),
    }
}

/// A mistake in the query, with the query below it and a mark under the place.
fn pointed(query: &str, e: StoreError) -> anyhow::Error {
    match e.kind() {
        ErrorKind::Query(wrong) => anyhow!("{}", caret(query, wrong)),
        _ => e.into(),
    }
}

fn caret(query: &str, wrong: &QueryError) -> String {
    /// Code points shown before and after the place.
    const AROUND: (usize, usize) = (50, 25);
    let from = wrong.position.saturating_sub(AROUND.0);
    let before: String = query.chars().skip(from).take(wrong.position - from).collect();
    let after: String = query.chars().skip(wrong.position).take(AROUND.1).collect();
    let (before, after) = (one_line(&before), one_line(&after));
    let blank = " ".repeat(console::measure_text_width(&before));
    format!("{wrong}\n\n  {before}{after}\n  {blank}^")
}

/// Without breaks and without marks that the terminal would obey; blanks stay.
fn one_line(text: &str) -> String {
    text.split(char::is_whitespace).map(shown).collect::<Vec<_>>().join(" ")
}

fn summary(query: &str, found: &Found, facets: &Facets) -> Value {
    json!({"query": query, "total": found.total, "next": found.next, "facets": shapes::facets(facets)})
}

fn kinds(facets: &Facets) -> [(&'static str, Vec<(String, u64)>); 5] {
    let list = |all: &[Facet], none: &str| -> Vec<(String, u64)> {
        all.iter().map(|f| (f.value.clone().unwrap_or_else(|| none.to_owned()), f.pages)).collect()
    };
    let mut months = list(&facets.months, "no date");
    months.iter_mut().for_each(|(month, _)| *month = day_words(month));
    [
        ("Outlets", list(&facets.outlets, "no outlet")),
        ("Languages", list(&facets.languages, "not known")),
        ("Months", months),
        ("Speakers", list(&facets.speakers, "")),
        ("Places", list(&facets.places, "")),
    ]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_mean_what_was_typed_before_the_shell() {
        assert_eq!(part("harbour"), "harbour");
        assert_eq!(part("blind spot"), "\"blind spot\"");
        assert_eq!(part("outlet:Testburg Post"), "outlet:\"Testburg Post\"");
        assert_eq!(part("-outlet:=Testburg Post"), "-outlet:=\"Testburg Post\"");
        assert_eq!(part("a OR b"), "(a OR b)");
        assert_eq!(part("\"blind spot\" NOT drone"), "\"blind spot\" NOT drone");
    }

    #[test]
    fn the_mark_stands_under_the_place() {
        let wrong = QueryError { position: 3, reason: "no".to_owned() };
        assert!(caret("東 x)", &wrong).ends_with("\n\n  東 x)\n      ^"), "{}", caret("東 x)", &wrong));
        let wrong = QueryError { position: 200, reason: "no".to_owned() };
        assert!(caret(&"a\n".repeat(100), &wrong).ends_with("^"));
    }
}
