//! Who wrote it: the names the page gives as authors, and nobody else.
//!
//! Machine-readable fields come first, lines near the headline next. A field that names the outlet itself says
//! little: it stands only where nothing else is found.

use super::times::{AFTER, View};
use crate::html::lines::Line;
use crate::html::prose::key;
use crate::html::tags::Attr;
use crate::html::zones::Zone;
use crate::meta::bylines::{self, Credit};
use crate::meta::dates::Hint;

const META: [&str; 10] = [
    "author",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "byl",
    "authors",
    "rnews:author",
];

/// Longest line that is taken for a byline, in characters.
const BYLINE: usize = 120;
/// Most text that an element of bylines holds, in characters.
const MOST_HELD: usize = 400;
/// Most names one article is believed to have.
const MOST: usize = 12;

/// The authors in the page's order, and the agency credited. `sites` are the folded names of the outlet.
pub(crate) fn of(view: &View<'_, '_>, hint: Hint<'_>, sites: &[String]) -> Credit {
    let fields = |texts: Vec<String>| {
        let mut credit = Credit::default();
        for text in &texts {
            join(&mut credit, field(text));
        }
        credit
    };
    let metas = META.iter().map(|m| -> Box<dyn Fn() -> Credit + '_> {
        Box::new(move || fields(view.head.all(m).map(str::to_owned).collect()))
    });
    let mut sources: Vec<Box<dyn Fn() -> Credit + '_>> =
        vec![Box::new(|| fields(view.linked.names("author").into_iter().map(|(name, _)| name).collect()))];
    sources.extend(metas);
    sources.push(Box::new(|| fields(marked(view))));
    sources.push(Box::new(|| visible(view, hint)));
    let is_outlet = |name: &String| sites.binary_search(&key(name)).is_ok();
    let mut fallback = Credit::default();
    for source in sources {
        let mut credit = source();
        if credit.names.iter().all(is_outlet) {
            join(&mut fallback, credit);
            continue;
        }
        credit.names.retain(|n| !is_outlet(n));
        credit.names.truncate(MOST);
        for name in &mut credit.names {
            without_outlet(name, &is_outlet);
        }
        return credit;
    }
    fallback
}

/// Cuts the outlet off a name: "Ada Brook. The Harbour Post".
fn without_outlet(name: &mut String, is_outlet: &impl Fn(&String) -> bool) {
    let cuts =
        [". ", ", ", " / ", "/", " - ", " – "].iter().filter_map(|mark| name.find(mark).map(|at| (at, mark.len())));
    let found =
        cuts.filter(|(at, n)| *at > 3 && name.get(at + n..).is_some_and(|tail| is_outlet(&tail.to_owned()))).min();
    if let Some((at, _)) = found {
        name.truncate(at);
    }
}

/// Longest name that is taken as it is, in words.
const NAME_WORDS: usize = 8;

/// The name of an account that nobody bears.
fn is_account(name: &str) -> bool {
    let name = name.to_lowercase();
    matches!(
        name.as_str(),
        "admin" | "administrator" | "root" | "user" | "guest" | "author" | "unknown" | "null" | "none"
    )
}

/// Reads a field of authors. A name that goes on after what is known of names' shapes is one name all the same,
/// as long as nothing parts it; one with a description after a comma ends there.
fn field(text: &str) -> Credit {
    let text = text.split(" (").next().unwrap_or(text).trim();
    let mut credit = bylines::field(text);
    if let [only] = credit.names.as_mut_slice() {
        let rest = text.strip_prefix(only.as_str()).unwrap_or_default();
        let parts = |c: char| matches!(c, ',' | ';' | '|' | '/' | '–' | '—' | ':' | '、') || c.is_ascii_digit();
        if !rest.is_empty() && !rest.contains(parts) && text.split_whitespace().count() <= 4 {
            *only = text.to_owned();
        }
        if only.split_whitespace().count() > NAME_WORDS
            && let Some((name, _)) = only.split_once(',')
        {
            *only = name.trim().to_owned();
        }
    }
    credit.names.retain(|n| n.chars().any(char::is_alphabetic) && !is_account(n));
    credit
}

/// Adds names that are not there yet.
fn join(credit: &mut Credit, more: Credit) {
    for name in more.names {
        if !credit.names.iter().any(|n| key(n) == key(&name)) {
            credit.names.push(name);
        }
    }
    credit.wire = credit.wire.or(more.wire);
}

/// Texts of elements with `itemprop=author` or `rel=author`.
fn marked(view: &View<'_, '_>) -> Vec<String> {
    let tree = view.tree;
    let mut out: Vec<String> = Vec::new();
    let comments: Vec<_> = view.page.zones.iter().filter(|z| z.zone == Zone::Comment).collect();
    let mut inside = 0;
    for i in 0..tree.nodes.len() {
        if i < inside {
            continue;
        }
        let is = |attr: Attr| tree.raw_attribute(i, attr).is_some_and(|v| v.split_whitespace().any(|w| w == "author"));
        if (is(Attr::Itemprop) || is(Attr::Rel)) && !comments.iter().any(|z| tree.within(i, z.node)) {
            inside = tree.nodes[i].end as usize;
            let named = tree.inside(i).find(|n| tree.raw_attribute(*n, Attr::Itemprop) == Some("name"));
            let node = named.unwrap_or(i);
            let content = tree.attribute(node, Attr::Content).map(|c| c.into_owned());
            out.push(content.unwrap_or_else(|| tree.text_inside(node)));
        }
    }
    out.retain(|text| text.chars().count() <= BYLINE);
    out
}

/// Names in lines around the headline: after a cue ("By"), beside a date, or alone in an element that says by its
/// class that it is a byline.
fn visible(view: &View<'_, '_>, hint: Hint<'_>) -> Credit {
    let mut out = Credit::default();
    let lines = &view.page.lines;
    let Some(place) = view.place else { return out };
    // An element that says it is a byline and holds a page of text is not.
    let held = |node: usize| -> usize {
        let from = lines.partition_point(|l| l.first < node);
        lines[from..].iter().take_while(|l| view.tree.within(l.first, node)).map(|l| l.chars).sum()
    };
    let zones: Vec<_> =
        view.page.zones.iter().filter(|z| z.zone == Zone::Byline && held(z.node) <= MOST_HELD).collect();
    let in_byline = |line: &Line| zones.iter().any(|z| view.tree.within(line.first, z.node));
    let mut cue = false;
    for line in lines.iter().skip(place + 1).take(AFTER).filter(|l| l.chars <= BYLINE) {
        let read = line.text.split('\n').find_map(|part| bylines::line(part, hint));
        let found = match read {
            Some(bylines::Line::Names(credit)) => Some(credit),
            Some(bylines::Line::CueAlone) => {
                cue = true;
                continue;
            }
            None if cue || in_byline(line) => bylines::bare(&line.text),
            None => None,
        };
        cue = false;
        if let Some(credit) = found {
            join(&mut out, credit);
        }
    }
    out
}
