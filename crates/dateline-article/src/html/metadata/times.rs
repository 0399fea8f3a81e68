//! When the article was published and changed, and where that was read.

use super::head::Head;
use super::jsonld::Linked;
use crate::Based;
use crate::html::lines::Lines;
use crate::html::tags::{Attr, Tag};
use crate::html::tree::Tree;
use crate::meta::dates::{self, Hint};

/// A page as the finders of dates and authors look at it.
pub(crate) struct View<'v, 's> {
    pub tree: &'v Tree<'s>,
    pub page: &'v Lines,
    pub head: &'v Head,
    pub linked: &'v Linked,
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

/// When the article was published.
pub(crate) fn published(view: &View<'_, '_>, hint: Hint<'_>) -> Option<Based> {
    let fits = |iso: &String| !younger(iso, view.captured);
    let field = |text: Option<String>| text.and_then(|t| dates::parse(&t, hint)).filter(fits);
    let based = |value: String, basis: &str| Based { value, basis: basis.to_owned() };
    if let Some(iso) = field(view.linked.text("datePublished")) {
        return Some(based(iso, "json-ld"));
    }
    for name in PUBLISHED {
        if let Some(iso) = view.head.all(name).find_map(|c| field(Some(c.to_owned()))) {
            return Some(based(iso, "meta"));
        }
    }
    if let Some(iso) = microdata(view, "datePublished", hint).filter(fits) {
        return Some(based(iso, "microdata"));
    }
    if let Some(iso) = time_element(view, hint).filter(fits) {
        return Some(based(iso, "time element"));
    }
    if let Some(iso) = byline(view, hint).filter(fits) {
        return Some(based(iso, "byline line"));
    }
    if let Some(iso) = hint.url.and_then(dates::from_url).filter(fits) {
        return Some(based(iso, "url"));
    }
    field(view.linked.text("dateCreated").or_else(|| view.linked.text("uploadDate"))).map(|iso| based(iso, "json-ld"))
}

/// When the article was last changed.
pub(crate) fn modified(view: &View<'_, '_>, hint: Hint<'_>) -> Option<Based> {
    let fits = |iso: &String| !younger(iso, view.captured);
    let based = |value: String, basis: &str| Based { value, basis: basis.to_owned() };
    let linked = view.linked.text("dateModified").and_then(|t| dates::parse(&t, hint)).filter(fits);
    if let Some(iso) = linked {
        return Some(based(iso, "json-ld"));
    }
    for name in MODIFIED {
        if let Some(iso) = view.head.all(name).find_map(|c| dates::parse(c, hint)).filter(fits) {
            return Some(based(iso, "meta"));
        }
    }
    microdata(view, "dateModified", hint).filter(fits).map(|iso| based(iso, "microdata"))
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
fn neighbourhood(view: &View<'_, '_>) -> Option<std::ops::Range<usize>> {
    let lines = &view.page.lines;
    let place = view.place?;
    let from = lines.get(place.saturating_sub(BEFORE))?.first;
    let to = lines.get(place + AFTER).map_or(view.tree.nodes.len(), |l| l.first);
    Some(from..to)
}

/// The first `<time datetime>` near the headline; one that is marked as the date of publication wins.
fn time_element(view: &View<'_, '_>, hint: Hint<'_>) -> Option<String> {
    let tree = view.tree;
    let near = neighbourhood(view).unwrap_or(0..tree.nodes.len());
    let mut first = None;
    for i in near {
        if tree.tag(i) != Some(Tag::Time) {
            continue;
        }
        let stamp = tree.attribute(i, Attr::Datetime).filter(|d| !d.trim().is_empty());
        let text = stamp.map_or_else(|| tree.text_inside(i), |d| d.into_owned());
        let Some(iso) = dates::parse(&text, hint).filter(|iso| iso.len() >= 10) else { continue };
        let names = super::super::zones::names(tree, i);
        if names.contains("-publish") || names.contains("-pub-") || names.contains("-created-") {
            return Some(iso);
        }
        if !names.contains("-update") && !names.contains("-modified-") {
            first = first.or(Some(iso));
        }
    }
    first
}

/// A date in a short line near the headline, those after it first.
fn byline(view: &View<'_, '_>, hint: Hint<'_>) -> Option<String> {
    let lines = &view.page.lines;
    let place = view.place?;
    let after = place + 1..(place + 1 + AFTER).min(lines.len());
    let before = (place.saturating_sub(BEFORE)..place).rev();
    after.chain(before).find_map(|i| {
        let line = lines.get(i).filter(|l| l.chars <= BYLINE)?;
        dates::find_in_line(&line.text, hint).map(|f| f.iso)
    })
}
