//! Which articles hold these words?

use super::spoken::many;
use super::{encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use dateline_brief::{day_words, escape_html, shown};
use dateline_store::{ErrorKind, Facet, Facets, Found, Hit, Order, Paging, QueryError, narrowed};
use dateline_text::Span;
use serde::Deserialize;

/// Articles a page shows.
const PAGE: usize = 20;
/// Values of each kind that are counted.
const FACETS: usize = 8;

/// What can be asked, with examples.
const HELP: &[(&[&str], &str)] = &[
    (&["harbour fire"], "both words, in title or text; capitals and accents do not matter"),
    (&["\"blind spot\"", "harb*"], "these words in a row; every word that begins so"),
    (&["harbour OR port", "harbour -fire", "(port OR quay) fire"], "either word; without a word; grouped"),
    (&["title:harbour", "said:harbour"], "in the title; in what someone is reported to have said"),
    (&["speaker:mayor", "speaker:mayor said:harbour"], "someone of this name speaks; and says this, in one utterance"),
    (
        &["person:smith", "place:Lithuania", "place:593116"],
        "named in the article; a country stands for every place in it; a place by its number in GeoNames",
    ),
    (
        &["outlet:post", "outlet:=\"The Post\"", "language:lt"],
        "words of the outlet's name; that name and no longer one; a language by its tag",
    ),
    (
        &["after:2024-01-26", "before:2024-03", "date:2023"],
        "that day, month or year included; an article dated by month or year counts from its first day",
    ),
    (&["harbour origin:only"], "each independent text once, its copies left out"),
];

/// What may stand in the address.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sort: String,
    /// Where the page begins, as the page before said.
    #[serde(default)]
    from: String,
}

impl Asked {
    fn order(&self) -> Order {
        match self.sort.as_str() {
            "newest" => Order::Newest,
            "oldest" => Order::Oldest,
            _ => Order::Relevance,
        }
    }

    /// The address of another query, sorted the same.
    fn address(&self, query: &str) -> String {
        let sort = match self.order() {
            Order::Relevance => "",
            Order::Newest => "&sort=newest",
            Order::Oldest => "&sort=oldest",
        };
        format!("/search?q={}{sort}", encoded(query))
    }
}

struct Sort {
    value: &'static str,
    label: &'static str,
    chosen: bool,
}

struct Example {
    words: &'static str,
    address: String,
}

struct Help {
    examples: Vec<Example>,
    meaning: &'static str,
}

/// What is wrong with the query; `here` is the character at which it is.
struct Problem {
    words: String,
    at: bool,
    before: String,
    here: String,
    after: String,
}

struct Row {
    id: String,
    title: String,
    /// The same without marks.
    plain: String,
    facts: String,
    story: Option<String>,
    snippet: String,
}

struct Value {
    value: String,
    pages: u64,
    address: String,
}

struct Group {
    label: &'static str,
    facets: Vec<Value>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    query: String,
    sorts: Vec<Sort>,
    help: Vec<Help>,
    problem: Option<Problem>,
    total: Option<String>,
    later: bool,
    first: String,
    /// Where the query can be kept, and where its stories are.
    watch: String,
    stories: String,
    hits: Vec<Row>,
    groups: Vec<Group>,
    next: Option<String>,
}

pub(crate) async fn page(State(shelf): State<Shelf>, Query(asked): Query<Asked>) -> Result<Html<String>, Failed> {
    let page = shelf
        .ask(move |library| {
            let mut page = empty(&asked);
            if asked.q.trim().is_empty() {
                return Ok(page);
            }
            let from = Some(asked.from.clone()).filter(|f| !f.is_empty());
            let paging = Paging { limit: PAGE, order: asked.order(), from, facets: FACETS, ..Paging::default() };
            match library.search(&asked.q, &paging) {
                Ok(found) => fill(&mut page, &asked, &found),
                Err(e) => match e.kind() {
                    ErrorKind::Query(wrong) => page.problem = Some(problem(&asked, wrong)),
                    _ => return Err(e.into()),
                },
            }
            Ok(page)
        })
        .await?;
    frame::set(&page)
}

fn empty(asked: &Asked) -> Page {
    let sort = |value, label, order| Sort { value, label, chosen: asked.order() == order };
    let example = |words: &'static str| Example { words, address: encoded(words) };
    Page {
        query: asked.q.clone(),
        sorts: vec![
            sort("relevance", "best fit", Order::Relevance),
            sort("newest", "newest", Order::Newest),
            sort("oldest", "oldest", Order::Oldest),
        ],
        help: HELP
            .iter()
            .map(|(examples, meaning)| Help { examples: examples.iter().map(|e| example(e)).collect(), meaning })
            .collect(),
        problem: None,
        total: None,
        later: !asked.from.is_empty(),
        first: asked.address(&asked.q),
        watch: format!("/watch?q={}", encoded(asked.q.trim())),
        stories: format!("/?about={}", encoded(asked.q.trim())),
        hits: Vec::new(),
        groups: Vec::new(),
        next: None,
    }
}

fn fill(page: &mut Page, asked: &Asked, found: &Found) {
    page.total = Some(many(found.total, "article found", "articles found"));
    page.hits = found.hits.iter().map(row).collect();
    page.next = found.next.as_ref().map(|next| format!("{}&from={next}", asked.address(&asked.q)));
    page.groups = found.facets.as_ref().map(|f| groups(asked, f)).unwrap_or_default();
}

fn problem(asked: &Asked, wrong: &QueryError) -> Problem {
    let part = |from: usize, count: usize| asked.q.chars().skip(from).take(count).collect::<String>();
    let here = part(wrong.position, 1);
    Problem {
        words: wrong.reason.clone(),
        at: asked.from.is_empty(),
        before: part(0, wrong.position),
        here: if here.trim().is_empty() { "\u{a0}".to_owned() } else { here },
        after: part(wrong.position + 1, usize::MAX),
    }
}

fn groups(asked: &Asked, facets: &Facets) -> Vec<Group> {
    let group = |label, all: &[Facet], none: &str, written: fn(&str) -> String| Group {
        label,
        facets: all
            .iter()
            .map(|f| Value {
                value: f.value.as_deref().map_or_else(|| none.to_owned(), written),
                pages: f.pages,
                address: asked.address(&narrowed(&asked.q, &f.query)),
            })
            .collect(),
    };
    let all = [
        group("Outlets", &facets.outlets, "no outlet", shown),
        group("Months", &facets.months, "no date", day_words),
        group("Who speaks", &facets.speakers, "", shown),
        group("Places", &facets.places, "", shown),
        group("Languages", &facets.languages, "not known", shown),
    ];
    all.into_iter().filter(|g| !g.facets.is_empty()).collect()
}

fn row(hit: &Hit) -> Row {
    let mut facts: Vec<String> = Vec::new();
    facts.extend(hit.published.as_deref().map(day_words));
    facts.extend(hit.outlet.as_deref().map(shown));
    facts.extend(hit.language.as_deref().map(shown));
    Row {
        id: hit.id.clone(),
        title: hit.title.as_deref().map_or_else(|| "(no title)".to_owned(), |t| marked(t, &hit.title_marks)),
        plain: shown(hit.title.as_deref().unwrap_or_default()),
        facts: facts.join(" · "),
        story: hit.story.clone(),
        snippet: snippet(hit),
    }
}

/// The words around what was looked for, with dots where they begin or end amid a sentence; none where they say the
/// headline again.
fn snippet(hit: &Hit) -> String {
    let text = hit.snippet.text.trim();
    if hit.title.as_deref().is_some_and(|title| title.trim() == text) {
        return String::new();
    }
    let amid = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == ',');
    let before = if text.chars().next().is_some_and(char::is_lowercase) { "… " } else { "" };
    let after = if amid(text.chars().next_back()) { " …" } else { "" };
    format!("{before}{}{after}", marked(&hit.snippet.text, &hit.snippet.marks))
}

/// A text with what was looked for marked; everything of the page escaped, and marks of direction shown by their code.
fn marked(text: &str, marks: &[Span]) -> String {
    let piece = |from: usize, to: usize| escape_html(&gaps(text.get(from..to).unwrap_or("")));
    let mut out = String::new();
    let mut at = 0;
    for mark in marks {
        out.push_str(&piece(at, mark.start));
        out.push_str("<mark>");
        out.push_str(&piece(mark.start, mark.end));
        out.push_str("</mark>");
        at = mark.end;
    }
    out.push_str(&piece(at, text.len()));
    out
}

/// As [`shown`], and the white space at both ends stays.
fn gaps(text: &str) -> String {
    let space = |c: Option<char>| if c.is_some_and(char::is_whitespace) { " " } else { "" };
    match shown(text) {
        words if words.is_empty() => space(text.chars().next()).to_owned(),
        words => format!("{}{words}{}", space(text.chars().next()), space(text.chars().next_back())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_for_is_marked_and_the_rest_escaped() {
        assert_eq!(marked("a <b> c", &[Span::new(2, 5)]), "a <mark>&lt;b&gt;</mark> c");
        assert_eq!(marked("ab", &[Span::new(1, 2)]), "a<mark>b</mark>");
    }
}
