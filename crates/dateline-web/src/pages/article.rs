//! One article: its text with the facts marked, the facts in the margin, and what was kept out.

use super::{encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use dateline_article::{Article, BlockKind};
use dateline_brief::{
    Note, aside_label, day_words, diff, fact_label, html, paywall_words, quoted, said_tags, said_words, shown,
    value_words,
};
use dateline_reading::NameKind;
use dateline_store::{Library, PageVersion};
use dateline_story::{Report, changes};
use dateline_text::{CharIndex, Span};
use serde::Deserialize;

/// Captures whose differences are shown.
const VERSIONS: usize = 8;

/// What may stand in the address: the code points to mark, "2501-2530".
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    at: Option<String>,
}

struct Fact {
    head: String,
    tail: String,
    person: Option<String>,
    at: usize,
    to: String,
}

struct Group {
    label: &'static str,
    facts: Vec<Fact>,
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
    version: &'static str,
    library: String,
    id: String,
    title: String,
    shows_title: bool,
    facts: String,
    source: String,
    story: Option<String>,
    notes: Vec<String>,
    body: String,
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
    let folder = shelf.folder.to_string();
    let page = shelf
        .ask(move |library| {
            let report = library.article(&id)?;
            let story = library.story_of(&report.id).ok();
            let place = Place { report: &report, index: CharIndex::new(&report.article.text) };
            let groups = place.groups();
            let mut notes = place.notes();
            notes.extend(asked.at.as_deref().and_then(asked_for));
            let mut body = String::new();
            html::marked_text(&mut body, &report, &notes, 1);
            let a = &report.article;
            let (versions, differences) = versions(library, &report)?;
            Ok(Page {
                versions,
                differences,
                version: dateline_brief::json::VERSION,
                library: folder,
                title: a.title.as_deref().map_or_else(|| "(no title)".to_owned(), shown),
                shows_title: a.blocks.first().is_some_and(|b| b.kind == BlockKind::Title),
                facts: facts(a),
                source: report.source.url.as_deref().or(report.source.path.as_deref()).map(shown).unwrap_or_default(),
                story,
                notes: a.notes.iter().map(|n| shown(n)).collect(),
                asides: a.asides.iter().map(|x| (aside_label(x.kind), shown(&x.text))).collect(),
                choices: choices(a),
                body,
                groups,
                id: report.id.clone(),
            })
        })
        .await?;
    frame::set(&page)
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

fn asked_for(at: &str) -> Option<Note> {
    let (start, end) = at.split_once('-')?;
    Some(Note { page: 1, span: [start.parse().ok()?, end.parse().ok()?] })
}

fn facts(a: &Article) -> String {
    let mut out: Vec<String> = Vec::new();
    out.extend(a.outlet.as_deref().map(shown));
    out.extend(a.bylines.iter().map(|b| shown(b)));
    out.push(
        a.published
            .as_ref()
            .map_or_else(|| "no date on the page".to_owned(), |p| format!("{} ({})", day_words(&p.value), p.basis)),
    );
    out.extend(a.modified.as_ref().map(|m| format!("changed {}", day_words(&m.value))));
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

/// A report and its offsets.
struct Place<'a> {
    report: &'a Report,
    index: CharIndex,
}

impl Place<'_> {
    fn text(&self) -> &str {
        &self.report.article.text
    }

    fn note(&self, span: Span) -> Note {
        Note { page: 1, span: self.index.to_chars(self.text(), span) }
    }

    fn words(&self, span: Span) -> String {
        shown(span.of(self.text()))
    }

    /// The spans marked in the text: what was said, and figures.
    fn notes(&self) -> Vec<Note> {
        let r = &self.report.reading;
        let said = r.attributions.iter().filter_map(|a| a.content.iter().copied().reduce(Span::cover));
        let counted = r.figures.iter().map(|f| f.counted.map_or(f.span, |c| f.span.cover(c)));
        said.chain(counted).map(|s| self.note(s)).collect()
    }

    fn fact(&self, head: String, tail: String, span: Span, person: Option<String>) -> Fact {
        let [start, end] = self.note(span).span;
        Fact { head, tail, person, at: start, to: format!("?at={start}-{end}#p1-{start}") }
    }

    fn groups(&self) -> Vec<Group> {
        let all = [
            Group { label: "Who said what", facts: self.said() },
            Group { label: "Figures", facts: self.figures() },
            Group { label: "People", facts: self.named(NameKind::Person) },
            Group { label: "Organisations", facts: self.named(NameKind::Org) },
            Group { label: "Places", facts: self.named(NameKind::Place) },
            Group { label: "Times", facts: self.times() },
        ];
        all.into_iter().filter(|g| !g.facts.is_empty()).collect()
    }

    fn said(&self) -> Vec<Fact> {
        let r = &self.report.reading;
        let mut out = Vec::new();
        for a in &r.attributions {
            let Some(whole) = a.content.iter().copied().reduce(Span::cover) else { continue };
            let speaker = a.speaker.and_then(|s| r.entities.get(s));
            let source = a.source.first().map(|s| self.words(*s)).unwrap_or_default();
            let head = speaker.map_or(source, |s| shown(&s.name));
            let tags = said_tags(a.class, a.kind);
            let tags = if tags.is_empty() { String::new() } else { format!(" ({tags})") };
            let person = speaker.map(|s| format!("/who?name={}", encoded(&s.name)));
            out.push(self.fact(
                head,
                format!("{}{tags}", quoted(&said_words(self.text(), &a.content, a.kind))),
                whole,
                person,
            ));
        }
        out
    }

    fn figures(&self) -> Vec<Fact> {
        let figures = &self.report.reading.figures;
        figures
            .iter()
            .map(|f| {
                let whole = f.counted.map_or(f.span, |c| f.span.cover(c));
                let as_of = f.as_of.as_deref().map(|d| format!(", as of {}", day_words(d))).unwrap_or_default();
                let value = value_words(f.value, f.unit.as_deref(), f.modifier);
                self.fact(value, format!("{}{as_of}", quoted(&self.words(whole))), whole, None)
            })
            .collect()
    }

    fn named(&self, kind: NameKind) -> Vec<Fact> {
        let r = &self.report.reading;
        let mut out = Vec::new();
        for (i, e) in r.entities.iter().enumerate().filter(|(_, e)| e.kind == kind) {
            let Some(first) = r.mentions.iter().find(|m| m.entity == Some(i)) else { continue };
            let tail = e.role.as_deref().map(shown).unwrap_or_default();
            let person = (kind != NameKind::Place).then(|| format!("/who?name={}", encoded(&e.name)));
            out.push(self.fact(shown(&e.name), tail, first.span, person));
        }
        out
    }

    fn times(&self) -> Vec<Fact> {
        let times = &self.report.reading.times;
        times.iter().map(|t| self.fact(self.words(t.span), t.value.clone(), t.span, None)).collect()
    }
}
