//! When the article was published and changed, and where that was read.

use super::head::Head;
use super::jsonld::Linked;
use crate::html::lines::Lines;
use crate::html::sites::{Selected, What};
use crate::html::tags::{Attr, Tag};
use crate::html::tree::Tree;
use crate::meta::ballot::{Ballot, same_day};
use crate::meta::dates::{self, Hint, labels};
use crate::{Choice, Fact};

/// A page as the finders of dates and authors look at it.
pub(crate) struct View<'v, 's> {
    pub tree: &'v Tree<'s>,
    pub page: &'v Lines,
    pub head: &'v Head,
    pub linked: &'v Linked,
    /// Elements that rules for the outlet select.
    pub selected: &'v Selected,
    /// The line that shows the headline.
    pub place: Option<usize>,
    /// When the page was captured: nothing in it is younger.
    pub captured: Option<&'v str>,
}

const PUBLISHED: [&str; 24] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "article_date_original",
    "rnews:datepublished",
    "bt:pubdate",
    "date",
];

const MODIFIED: [&str; 9] = [
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
];

/// How many lines after the headline may hold its date.
pub(crate) const AFTER: usize = 14;
/// How many lines before it.
const BEFORE: usize = 5;
/// Longest line that is taken for a byline, in characters.
const BYLINE: usize = 160;

/// What a statement of a date weighs, by where it stands: fields meant for machines before what a reader sees, and
/// both before the address.
const RULE: u32 = 1000;
const LINKED: u32 = 100;
const META: u32 = 90;
const MICRODATA: u32 = 80;
const ELEMENT: u32 = 70;
const LINE: u32 = 60;
const ADDRESS: u32 = 50;
const CREATED: u32 = 40;
const CHANGED: u32 = 10;
/// Why a date is not taken.
const YOUNGER: &str = "more than a day younger than the capture";

/// When the article was published, and when it was last changed.
///
/// A page that says only when it was changed was published no later: its date stands with a basis that begins
/// "updated". A field that names no day there is leaves a note.
pub(crate) fn of(view: &View<'_, '_>, hint: Hint<'_>) -> ([Option<Choice>; 2], Vec<String>) {
    let (mut published, mut modified) = (Ballot::new(Fact::Published), Ballot::new(Fact::Modified));
    let field = |text: Option<String>| text.and_then(|t| dates::parse(&t, hint));
    let put = |ballot: &mut Ballot, iso: Option<String>, basis: &str, weight: u32| match iso {
        Some(iso) if younger(&iso, view.captured) => ballot.bar(Some(iso), basis, YOUNGER),
        iso => ballot.put(iso, basis, weight),
    };
    if let Some(node) = view.selected.of(What::Date).next() {
        let stamp = [Attr::Datetime, Attr::Content].into_iter().find_map(|a| view.tree.attribute(node, a));
        let text = stamp.map_or_else(|| view.tree.text_inside(node), |s| s.into_owned());
        put(&mut published, field(Some(text)), "site rule", RULE);
    }
    put(&mut published, field(view.linked.text("datePublished")), "json-ld", LINKED);
    put(&mut modified, field(view.linked.text("dateModified")), "json-ld", LINKED);
    for name in PUBLISHED {
        for content in view.head.all(name) {
            put(&mut published, dates::parse(content, hint), "meta", META);
        }
    }
    for name in MODIFIED {
        for content in view.head.all(name) {
            put(&mut modified, dates::parse(content, hint), "meta", META);
        }
    }
    put(&mut published, microdata(view, "datePublished", hint), "microdata", MICRODATA);
    put(&mut modified, microdata(view, "dateModified", hint), "microdata", MICRODATA);
    let elements = time_elements(view, hint);
    put(&mut published, elements.published, "time element", ELEMENT);
    put(&mut modified, elements.modified, "time element", ELEMENT);
    let lines = bylines(view, hint);
    put(&mut published, lines.published, "byline line", LINE);
    put(&mut modified, lines.modified, "byline line", LINE);
    put(&mut published, hint.url.and_then(dates::from_url), "url", ADDRESS);
    let created = view.linked.text("dateCreated").or_else(|| view.linked.text("uploadDate"));
    put(&mut published, field(created), "json-ld", CREATED);
    let modified = modified.decide(same_day);
    if let Some(changed) = modified.as_ref().filter(|_| published.is_empty()) {
        published.put(Some(changed.value.clone()), &format!("updated: {}", changed.basis), CHANGED);
    }
    ([published.decide(same_day), modified], absurd(view, hint))
}

/// Notes on machine-readable dates of publication that are no dates ("2024-13-45").
fn absurd(view: &View<'_, '_>, hint: Hint<'_>) -> Vec<String> {
    const LONGEST: usize = 60;
    let linked = view.linked.text("datePublished").map(|t| ("json-ld", t));
    let fields = PUBLISHED.iter().flat_map(|name| view.head.all(name)).map(|t| ("meta", t.to_owned()));
    let mut out = Vec::new();
    for (place, text) in linked.into_iter().chain(fields).filter(|(_, t)| t.chars().count() <= LONGEST) {
        if let Err(why) = dates::parse_or_why(&text, hint).map(|_| ()) {
            let note = format!("the page's date {text:?} ({place}) was left out: {why}");
            if text.contains(|c: char| c.is_ascii_digit()) && !out.contains(&note) {
                out.push(note);
            }
        }
    }
    out
}

/// Dates of publication and of change found in one place.
#[derive(Default)]
struct Found {
    published: Option<String>,
    modified: Option<String>,
}

/// Whether a date lies more than a day after the capture, which no zone can explain.
fn younger(iso: &str, captured: Option<&str>) -> bool {
    let limit = captured.and_then(|c| dates::days_after(c, 1));
    limit.is_some_and(|l| iso.get(..10).is_some_and(|day| day > l.as_str()))
}

/// A date in an element with this `itemprop`.
fn microdata(view: &View<'_, '_>, property: &str, hint: Hint<'_>) -> Option<String> {
    let tree = view.tree;
    (0..tree.nodes.len()).find_map(|i| {
        let names = tree.raw_attribute(i, Attr::Itemprop)?;
        names.split_whitespace().any(|n| n.eq_ignore_ascii_case(property)).then_some(())?;
        let value = [Attr::Datetime, Attr::Content].into_iter().find_map(|a| tree.attribute(i, a));
        dates::parse(&value.map_or_else(|| tree.text_inside(i), |v| v.into_owned()), hint)
    })
}

/// The nodes that the lines around the headline span.
pub(crate) fn neighbourhood(view: &View<'_, '_>) -> Option<std::ops::Range<usize>> {
    let lines = &view.page.lines;
    let place = view.place?;
    let from = lines.get(place.saturating_sub(BEFORE))?.first;
    let to = lines.get(place + AFTER).map_or(view.tree.nodes.len(), |l| l.first);
    Some(from..to)
}

/// The first `<time datetime>` near the headline; one that is marked as the date of publication wins.
fn time_elements(view: &View<'_, '_>, hint: Hint<'_>) -> Found {
    let tree = view.tree;
    let near = neighbourhood(view).unwrap_or(0..tree.nodes.len());
    let mut out = Found::default();
    let mut label = None;
    for i in near {
        match tree.tag(i) {
            // The words before the element: "Updated <time …>".
            None if tree.raw_text(i).trim().len() > 2 => label = labels::before(labelling(tree.raw_text(i))),
            Some(Tag::Time) => {
                let stamp = tree.attribute(i, Attr::Datetime).filter(|d| !d.trim().is_empty());
                let text = stamp.map_or_else(|| tree.text_inside(i), |d| d.into_owned());
                let Some(iso) = dates::parse(&text, hint).filter(|iso| iso.len() >= 10) else { continue };
                let names = super::super::zones::names(tree, i);
                if names.contains("-publish") || names.contains("-pub-") || names.contains("-created-") {
                    out.published = Some(iso);
                    break;
                }
                let changed = names.contains("-update") || names.contains("-modified-") || label == Some("modified");
                let slot = if changed { &mut out.modified } else { &mut out.published };
                *slot = slot.take().or(Some(iso));
            }
            _ => {}
        }
    }
    out
}

/// The end of a text, where a label of the date after it would stand.
fn labelling(text: &str) -> &str {
    const REACH: usize = 40;
    let text = text.trim_end();
    text.get(text.ceil_char_boundary(text.len().saturating_sub(REACH))..).unwrap_or_default()
}

/// Dates in short lines near the headline, those after it first.
fn bylines(view: &View<'_, '_>, hint: Hint<'_>) -> Found {
    let lines = &view.page.lines;
    let mut out = Found::default();
    let Some(place) = view.place else { return out };
    let after = place + 1..(place + 1 + AFTER).min(lines.len());
    let before = (place.saturating_sub(BEFORE)..place).rev();
    for i in after.chain(before) {
        let Some(line) = lines.get(i).filter(|l| l.chars <= BYLINE) else { continue };
        let mut from = 0;
        for found in dates::find_all(&line.text, hint) {
            let before = line.text.get(from..found.range.start).unwrap_or_default();
            let alone = || i.checked_sub(1).and_then(|k| lines.get(k)).and_then(|l| labels::alone(&l.text));
            let changed = labels::before(before).or_else(alone) == Some("modified");
            let slot = if changed { &mut out.modified } else { &mut out.published };
            *slot = slot.take().or(Some(found.iso));
            from = found.range.end;
        }
        if out.published.is_some() {
            break;
        }
    }
    out
}
