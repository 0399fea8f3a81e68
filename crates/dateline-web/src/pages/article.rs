//! One article: its text with the facts marked and in the margin, the page as it was saved, and what was kept out.

use super::facts::{Fact, Group, Place};
use super::{at, capture, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use dateline_article::{Article, BlockKind};
use dateline_brief::{Note, aside_label, day_words, diff, fact_label, html, paywall_words, shown};
use dateline_store::{Library, PageVersion};
use dateline_story::{Report, changes};
use serde::Deserialize;

/// Captures whose differences are shown.
const VERSIONS: usize = 8;

/// What may stand in the address.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    /// The code points to mark, "2501-2530".
    at: Option<String>,
    /// Whether the page as it was saved stands beside the text.
    saved: Option<String>,
}

/// A block with what stands in its margin.
struct Row {
    body: String,
    notes: Vec<Fact>,
}

/// A fact of the page, where it was read, and what came second.
struct Chosen {
    label: &'static str,
    taken: String,
    second: Option<String>,
}

#[derive(Template)]
#[template(path = "article.html")]
struct Page {
    id: String,
    title: String,
    facts: String,
    source: String,
    story: Option<String>,
    notes: Vec<String>,
    /// The headline where it stands in the text.
    headline: Option<Row>,
    rows: Vec<Row>,
    /// The page as it was saved, to stand beside the text.
    saved: Option<String>,
    /// The address at which it does, or no longer does.
    beside: String,
    groups: Vec<Group>,
    choices: Vec<Chosen>,
    asides: Vec<(&'static str, String)>,
    versions: Vec<Version>,
    differences: String,
}

/// One capture of the page.
struct Version {
    id: String,
    words: String,
    this: bool,
}

pub(crate) async fn page(
    State(shelf): State<Shelf>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Failed> {
    let page = shelf
        .ask(move |library| {
            let report = library.article(&id)?;
            let story = library.story_of(&report.id).ok();
            let saved = asked.saved.is_some();
            let place = Place::new(&report, saved);
            let at = asked.at.as_deref().and_then(at::read);
            let mut notes = place.notes();
            notes.extend(at.map(|span| Note { page: 1, span }));
            let mut bodies = html::marked_blocks(&report, &notes, 1);
            if let Some([start, _]) = at {
                gone_to(&mut bodies, start);
            }
            let mut rows: Vec<Row> =
                bodies.into_iter().zip(place.margins()).map(|(body, notes)| Row { body, notes }).collect();
            let titled = report.article.blocks.first().is_some_and(|b| b.kind == BlockKind::Title);
            let headline = if titled { Some(rows.remove(0)) } else { None };
            let a = &report.article;
            let (versions, differences) = versions(library, &report)?;
            Ok(Page {
                versions,
                differences,
                title: a.title.as_deref().map_or_else(|| "(no title)".to_owned(), shown),
                facts: facts(a),
                source: report.source.url.as_deref().or(report.source.path.as_deref()).map(shown).unwrap_or_default(),
                story,
                notes: a.notes.iter().map(|n| shown(n)).collect(),
                asides: a.asides.iter().map(|x| (aside_label(x.kind), shown(&x.text))).collect(),
                choices: choices(a),
                headline,
                rows,
                saved: saved.then(|| capture::address(&report.id, at)),
                beside: beside(at, !saved),
                groups: place.groups(),
                id: report.id.clone(),
            })
        })
        .await?;
    frame::set(&page)
}

/// Marks the words that were asked for as those that a browser shows first, also where the address lost its anchor.
fn gone_to(bodies: &mut [String], start: usize) {
    for tag in ["mark", "a"] {
        let open = format!("<{tag} id=\"p1-{start}\"");
        if let Some(body) = bodies.iter_mut().find(|b| b.contains(&open)) {
            *body = body.replacen(&open, &format!("{open} class=\"now\" tabindex=\"-1\" autofocus"), 1);
            return;
        }
    }
}

/// All captures of the page, oldest first, and what each next one changed, side by side.
fn versions(library: &Library, report: &Report) -> Result<(Vec<Version>, String), Failed> {
    let all = library.versions(&report.id)?;
    let mut differences = String::new();
    if all.len() < 2 {
        return Ok((Vec::new(), differences));
    }
    let shown = &all[all.len().saturating_sub(VERSIONS)..];
    let reports = library.reports(&shown.iter().map(|v| v.id.as_str()).collect::<Vec<_>>())?;
    for pair in reports.windows(2) {
        diff::html(&mut differences, &pair[0], &pair[1], &changes(&pair[0], &pair[1]));
    }
    let words = |v: &PageVersion| {
        let when = v.seen.as_deref().map_or_else(|| format!("added {}", day_words(&v.added)), day_words);
        if v.latest { format!("{when}, the latest") } else { when }
    };
    let row = |v: &PageVersion| Version { id: v.id.clone(), words: words(v), this: v.id == report.id };
    Ok((all.iter().map(row).collect(), differences))
}

/// The article's address with the same words marked, with or without the page as it was saved.
fn beside(at: Option<[usize; 2]>, saved: bool) -> String {
    let at = at.map(|[start, end]| (format!("at={start}-{end}"), format!("#p1-{start}")));
    let (words, anchor) = at.unwrap_or_default();
    let saved = if saved { "saved=1" } else { "" };
    let both = if words.is_empty() || saved.is_empty() { "" } else { "&" };
    format!("?{words}{both}{saved}{anchor}")
}

fn facts(a: &Article) -> String {
    let mut out: Vec<String> = Vec::new();
    out.extend(a.outlet.as_deref().map(shown));
    out.extend(a.bylines.iter().map(|b| shown(b)));
    out.push(a.published.as_ref().map_or_else(|| "no date on the page".to_owned(), |p| day_words(&p.value)));
    let published = a.published.as_ref().map(|p| &p.value);
    out.extend(
        a.modified.as_ref().filter(|m| published != Some(&m.value)).map(|m| format!("changed {}", day_words(&m.value))),
    );
    out.extend(a.wire.as_deref().map(|w| format!("credits {w}")));
    out.extend(a.section.as_ref().map(|s| shown(&s.value)));
    out.extend(a.paywall.as_ref().map(paywall_words));
    out.join(" · ")
}

fn choices(a: &Article) -> Vec<Chosen> {
    let chosen = |c: &dateline_article::Choice| Chosen {
        label: fact_label(c.fact),
        taken: format!("{} ({})", shown(&c.value), c.basis),
        second: c.runner_up.as_ref().map(|r| format!("rather than {} ({}): {}", shown(&r.value), r.basis, r.why)),
    };
    a.choices.iter().map(chosen).collect()
}
