//! Who wrote it: the names the page gives as authors, and nobody else.

use super::times::View;
use crate::html::main_text::key;
use crate::html::tags::Attr;

const META: [&str; 9] = [
    "author",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "byl",
    "rnews:author",
];

/// The authors in the page's order.
pub(crate) fn of(view: &View<'_, '_>, outlet: Option<&str>) -> Vec<String> {
    let linked: Vec<String> = view.linked.names("author").into_iter().map(|(name, _)| name).collect();
    let mut names = tidy(&linked, outlet);
    if names.is_empty() {
        names = META
            .iter()
            .map(|m| tidy(&view.head.all(m).map(str::to_owned).collect::<Vec<_>>(), outlet))
            .find(|n| !n.is_empty())
            .unwrap_or_default();
    }
    if names.is_empty() {
        names = tidy(&microdata(view), outlet);
    }
    names
}

/// Names in elements with `itemprop=author` or `rel=author`.
fn microdata(view: &View<'_, '_>) -> Vec<String> {
    let tree = view.tree;
    let mut out = Vec::new();
    let mut inside = 0;
    for i in 0..tree.nodes.len() {
        if i < inside {
            continue;
        }
        let is = |attr: Attr| tree.raw_attribute(i, attr).is_some_and(|v| v.split_whitespace().any(|w| w == "author"));
        if is(Attr::Itemprop) || is(Attr::Rel) {
            inside = tree.nodes[i].end as usize;
            let named = tree.inside(i).find(|n| tree.raw_attribute(*n, Attr::Itemprop) == Some("name"));
            let text = named.map_or_else(
                || tree.text_inside(i),
                |n| match tree.attribute(n, Attr::Content) {
                    Some(content) => content.into_owned(),
                    None => tree.text_inside(n),
                },
            );
            out.push(text);
        }
    }
    out
}

/// Names split and cleaned; what is no name goes.
fn tidy(raw: &[String], outlet: Option<&str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in raw {
        for name in split(text) {
            let is_name = !name.contains("://")
                && !name.contains('@')
                && name.chars().any(char::is_alphabetic)
                && name.chars().count() <= 80;
            let _ = outlet;
            if is_name && !out.iter().any(|n| key(n) == key(name)) {
                out.push(name.to_owned());
            }
        }
    }
    out
}

fn split(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for mark in [";", "|", ",", " and ", " und ", " & ", " og ", " och ", " et ", " y ", " e ", " i ", " и "] {
        parts = parts.into_iter().flat_map(|p| p.split(mark)).collect();
    }
    parts
        .into_iter()
        .map(|p| {
            let p = p.trim();
            ["By ", "by ", "BY ", "Von ", "von ", "Por ", "Par "]
                .iter()
                .find_map(|s| p.strip_prefix(s))
                .unwrap_or(p)
                .trim()
        })
        .filter(|p| !p.is_empty())
        .collect()
}
