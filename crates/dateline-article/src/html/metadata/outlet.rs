//! The outlet's name as the page gives it.

use super::Facts;
use super::head::Head;
use super::jsonld::Linked;
use crate::html::lines::{Line, Lines};
use crate::html::prose::key;
use crate::meta::ballot::{Ballot, same_words};
use crate::meta::outlet;
use crate::{Choice, Fact};

/// Names of the site in the head, best first.
const NAMES: [&str; 4] = ["og:site_name", "application-name", "apple-mobile-web-app-title", "cxenseparse:publisher"];

/// How many of the last lines may be the small print.
const SMALL_PRINT: usize = 30;

/// What a statement of the outlet's name weighs, by where it stands.
const SITE_NAME: u32 = 100;
const PUBLISHER: u32 = 90;
const APPLICATION: u32 = 80;
const WINDOW: u32 = 60;
const PRINT: u32 = 50;
const DESK: u32 = 40;
const HOST: u32 = 10;

/// The outlet's name: in the page's fields, else beside the headline in the window's title, in the small print, or
/// by a desk that signs; else the host.
pub(crate) fn of(page: &Lines, head: &Head, linked: &Linked, facts: &Facts) -> Option<Choice> {
    let mut ballot = Ballot::new(Fact::Outlet);
    let named = |n: &String| !n.starts_with('@') && !n.contains("://") && n.chars().count() <= 80;
    let mut field = |name: Option<String>, basis: &str, weight: u32| {
        ballot.put(name.filter(named).map(|n| without_motto(&n).to_owned()), basis, weight);
    };
    field(head.first(&NAMES[..1]).map(str::to_owned), "og:site_name", SITE_NAME);
    field(linked.names("publisher").into_iter().map(|(n, _)| n).next(), "json-ld", PUBLISHER);
    field(head.first(&NAMES[1..]).map(str::to_owned), "meta", APPLICATION);
    let names = |n: &String| n.chars().count() <= 60;
    let title = facts.title.as_deref();
    let window = head.window.as_deref().zip(title).and_then(|(w, t)| outlet::from_window_title(w, t));
    ballot.put(window.filter(names), "window title", WINDOW);
    let print = page.lines.iter().rev().take(SMALL_PRINT).find_map(|l| outlet::from_copyright(&l.text));
    ballot.put(print.filter(names), "line of copyright", PRINT);
    ballot.put(outlet::from_bylines(&facts.bylines), "byline", DESK);
    let host = facts.url.as_deref().and_then(host);
    ballot.put(host.map(|h| spelled(page, h).unwrap_or_else(|| h.to_owned())), "url", HOST);
    ballot.decide(same_words)
}

/// The name before a motto: "The Harbour Post | News from the sea".
fn without_motto(name: &str) -> &str {
    let end = [" | ", " - ", " – ", " — ", " :: "].iter().filter_map(|mark| name.find(mark)).min();
    end.and_then(|end| name.get(..end)).map(str::trim).filter(|n| n.chars().count() >= 2).unwrap_or(name)
}

/// The name of the host as the page spells it: "europedesk" stands on it as "Europe Desk".
fn spelled(page: &Lines, host: &str) -> Option<String> {
    let label = key(label(host)?);
    let shows = |line: &&Line| line.chars == label.chars().count() && key(&line.text) == label;
    page.lines.iter().find(shows).map(|l| l.text.clone())
}

/// The label that names the site: "example" in "news.example.co.uk".
fn label(host: &str) -> Option<&str> {
    host.rsplit('.').skip(1).find(|l| !matches!(*l, "co" | "com" | "org" | "net" | "gov" | "ac"))
}

/// The host of an address, without "www.".
pub(crate) fn host(url: &str) -> Option<&str> {
    dateline_text::host(url).filter(|h| h.contains('.'))
}

/// What the page calls its outlet: in fields, as publisher, in the line of copyright, in its address.
pub(crate) fn names(page: &Lines, head: &Head, linked: &Linked, url: Option<&str>) -> Vec<String> {
    let mut out: Vec<String> = NAMES.iter().flat_map(|n| head.all(n)).map(|n| without_motto(n).to_owned()).collect();
    out.extend(linked.names("publisher").into_iter().map(|(n, _)| n));
    out.extend(page.lines.iter().rev().take(SMALL_PRINT).find_map(|l| outlet::from_copyright(&l.text)));
    if let Some(host) = url.and_then(host) {
        out.push(host.to_owned());
        out.extend(label(host).map(str::to_owned));
    }
    out.retain(|n| !key(n).is_empty());
    out.sort();
    out.dedup();
    out
}

/// All forms of the site's name in fields and address, folded, to be told from a headline.
pub(crate) fn keys(head: &Head, linked: &Linked, url: Option<&str>) -> Vec<String> {
    let mut out: Vec<String> = NAMES.iter().flat_map(|n| head.all(n)).map(key).collect();
    out.extend(linked.names("publisher").iter().map(|(n, _)| key(n)));
    if let Some(host) = url.and_then(host) {
        out.push(key(host));
        out.extend(label(host).map(key));
    }
    out.retain(|k| !k.is_empty());
    out.sort();
    out.dedup();
    out
}
