//! Every figure about something over time, across all stories.

use super::spoken::many;
use super::{at, encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use dateline_brief::{CoursePart, CourseRow, course_parts, day_words, shown};
use dateline_store::{ErrorKind, FiguresAsked, FiguresFound, Library};
use dateline_story::{Report, courses};
use serde::Deserialize;

/// Figures a page shows, about.
const PAGE: usize = 60;
/// Kinds of things counted that are shown open; the others fold.
const OPEN: usize = 6;
/// Kinds named at the head of the page.
const NAMED: usize = 12;
/// Letters of a value in the address that are looked at.
const LONGEST: usize = 200;

/// What may stand in the address.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    about: String,
    unit: String,
    speaker: String,
    place: String,
    outlet: String,
    since: String,
    until: String,
    copies: String,
    from: usize,
}

/// A way to narrow the question, as a field of the form.
struct Field {
    name: &'static str,
    label: &'static str,
    value: String,
    hint: &'static str,
}

struct Row {
    day: String,
    value: String,
    before: String,
    words: String,
    after: String,
    to: String,
    giver: String,
    outlet: String,
    title: String,
    story: Option<String>,
    verdict: Option<&'static str>,
}

struct Group {
    number: usize,
    title: String,
    count: usize,
    picture: Option<String>,
    rows: Vec<Row>,
    open: bool,
    /// Whether the head of the page names it.
    named: bool,
}

#[derive(Template)]
#[template(path = "figures.html")]
struct Page {
    about: String,
    fields: Vec<Field>,
    copies: bool,
    narrowed: bool,
    asked: bool,
    problem: Option<String>,
    total: String,
    groups: Vec<Group>,
    /// How many kinds the head does not name, in words.
    more: String,
    empty: Option<&'static str>,
    examples: Vec<(String, String)>,
    first: Option<String>,
    next: Option<String>,
}

pub(crate) async fn page(State(shelf): State<Shelf>, Query(asked): Query<Asked>) -> Result<Html<String>, Failed> {
    let page = shelf.ask(move |library| answer(library, &asked)).await?;
    frame::set(&page)
}

fn answer(library: &Library, asked: &Asked) -> Result<Page, Failed> {
    let found = match library.figures_of(&question(asked)) {
        Ok(found) => Ok(found),
        Err(e) if matches!(e.kind(), ErrorKind::Query(_)) => Err(e.to_string()),
        Err(e) => return Err(e.into()),
    };
    let (found, problem) = match found {
        Ok(found) => (found, None),
        Err(problem) => (FiguresFound::default(), Some(problem)),
    };
    let found = library.beside_figures(found)?;
    let reports: Vec<&Report> = found.reports.iter().collect();
    let courses = courses(&reports, &found.stories, &found.figures);
    let parts = course_parts(&courses, &found.reports, &found.stories, &at::address);
    let is_asked = [&asked.about, &asked.speaker, &asked.place, &asked.outlet].iter().any(|v| !v.trim().is_empty());
    let narrowed = [&asked.unit, &asked.speaker, &asked.place, &asked.outlet, &asked.since, &asked.until];
    Ok(Page {
        about: asked.about.clone(),
        fields: fields(asked),
        copies: !asked.copies.is_empty(),
        narrowed: narrowed.iter().any(|v| !v.trim().is_empty()) || !asked.copies.is_empty(),
        asked: is_asked,
        total: total(&found, asked.from),
        empty: empty(&found, is_asked && problem.is_none()),
        problem,
        examples: if is_asked { Vec::new() } else { examples(library)? },
        more: parts.len().checked_sub(NAMED).filter(|n| *n > 0).map_or_else(String::new, |n| format!("and {n} more")),
        groups: parts.iter().enumerate().map(|(i, p)| group(i, p)).collect(),
        first: (asked.from > 0).then(|| address(asked, 0)),
        next: found.next.map(|from| address(asked, from)),
    })
}

fn question(asked: &Asked) -> FiguresAsked {
    let cut = |text: &str| text.trim().chars().take(LONGEST).collect::<String>();
    let some = |text: &str| Some(cut(text)).filter(|t| !t.is_empty());
    FiguresAsked {
        about: cut(&asked.about),
        unit: some(&asked.unit),
        speaker: some(&asked.speaker),
        place: some(&asked.place),
        outlet: some(&asked.outlet),
        since: some(&asked.since),
        until: some(&asked.until),
        copies: !asked.copies.is_empty(),
        limit: PAGE,
        from: asked.from,
    }
}

fn fields(asked: &Asked) -> Vec<Field> {
    let field = |name, label, value: &str, hint| Field { name, label, value: value.to_owned(), hint };
    vec![
        field("unit", "Unit", &asked.unit, "USD, km, none"),
        field("speaker", "Given by", &asked.speaker, "a name"),
        field("place", "Place", &asked.place, "named in the article"),
        field("outlet", "Outlet", &asked.outlet, "a name"),
        field("since", "Since", &asked.since, "2026-03-01"),
        field("until", "Until", &asked.until, "2026-06"),
    ]
}

/// The address of the same question, passing over so many articles.
fn address(asked: &Asked, from: usize) -> String {
    let mut parts = Vec::new();
    let named = [("about", &asked.about), ("copies", &asked.copies)].into_iter();
    let fields = fields(asked);
    for (name, value) in named.chain(fields.iter().map(|f| (f.name, &f.value))) {
        if !value.is_empty() {
            parts.push(format!("{name}={}", encoded(value)));
        }
    }
    if from > 0 {
        parts.push(format!("from={from}"));
    }
    format!("/figures?{}", parts.join("&"))
}

fn total(found: &FiguresFound, from: usize) -> String {
    let figures = match found.figures.len() {
        1 => "One figure".to_owned(),
        n => format!("{n} figures"),
    };
    let end = found.next.unwrap_or(found.total);
    match (from, found.next) {
        (0, None) => {
            format!("{figures} · {} with these words", many(found.total as u64, "article", "articles"))
        }
        _ => format!("{figures} · articles {} to {end} of {} with these words, newest first", from + 1, found.total),
    }
}

fn empty(found: &FiguresFound, asked: bool) -> Option<&'static str> {
    match (asked, found.total, found.figures.is_empty()) {
        (true, 0, _) => {
            Some("No article of the library holds all of this. Fewer words, or a wider span of days, may find more.")
        }
        (true, _, true) if found.next.is_some() => {
            Some("None of these articles has a figure beside these words. Earlier ones may.")
        }
        (true, _, true) => Some("Articles hold these words, but none has a figure beside them."),
        _ => None,
    }
}

/// Words to begin with: a name from the titles of the newest stories whose figures differ or moved.
fn examples(library: &Library) -> Result<Vec<(String, String)>, Failed> {
    let newest = library.stories(&dateline_store::Filter { limit: 30, ..Default::default() })?;
    let told = newest.iter().filter(|s| s.differ + s.updated > 0).take(5);
    let words = |title: &str| {
        let capital = |w: &&str| w.chars().next().is_some_and(char::is_uppercase) && w.chars().count() > 4;
        title.split(|c: char| !c.is_alphanumeric()).skip(1).find(capital).map(str::to_owned)
    };
    let mut out: Vec<(String, String)> =
        told.filter_map(|s| words(&s.title)).map(|w| (format!("/figures?about={}", encoded(&w)), w)).collect();
    out.sort();
    out.dedup();
    Ok(out)
}

fn group(i: usize, part: &CoursePart) -> Group {
    Group {
        number: i + 1,
        title: part.title.clone(),
        count: part.rows.len(),
        picture: part.picture.as_ref().map(|p| p.svg.clone()),
        rows: part.rows.iter().map(row).collect(),
        open: i < OPEN,
        named: i < NAMED,
    }
}

fn row(r: &CourseRow) -> Row {
    let [before, words, after] = r.words.clone();
    Row {
        day: r.day.as_deref().map_or_else(|| "no date".to_owned(), |d| day_words(d.get(..10).unwrap_or(d))),
        value: r.value.clone(),
        before,
        words,
        after,
        to: at::address(&r.id, r.span),
        giver: r.speaker.clone().unwrap_or_default(),
        outlet: r.outlet.clone().unwrap_or_default(),
        title: shown(&r.title),
        story: r.story.clone(),
        verdict: r.verdict,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_carries_the_whole_question() {
        let asked = Asked {
            about: "cable & ship".to_owned(),
            unit: "USD".to_owned(),
            copies: "1".to_owned(),
            ..Asked::default()
        };
        assert_eq!(address(&asked, 0), "/figures?about=cable%20%26%20ship&copies=1&unit=USD");
        assert_eq!(address(&asked, 40), "/figures?about=cable%20%26%20ship&copies=1&unit=USD&from=40");
    }
}
