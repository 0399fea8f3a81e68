//! Which page an address stands for: the same for all the forms in which readers meet it. Where two forms may be two
//! pages they stay two.

use crate::{Print, Report};
use std::collections::BTreeMap;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../data/addresses.tsv");
/// Bytes of an address that are looked at; a longer one stands for nothing.
const LONGEST: usize = 4096;

/// One rule of the table: what it is about, its words, and its examples.
struct Rule {
    what: &'static str,
    words: &'static str,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests are made of it"))]
    example: [&'static str; 2],
}

fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let rows = TABLE.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
        let cells = rows.map(|l| l.split('\t').collect::<Vec<_>>());
        cells
            .filter_map(|c| match c.as_slice() {
                [what, words, from, to] => Some(Rule { what, words, example: [from, to] }),
                _ => None,
            })
            .collect()
    })
}

fn words(what: &'static str) -> impl Iterator<Item = &'static str> {
    rules().iter().filter(move |r| r.what == what).map(|r| r.words)
}

/// The page that an address of the web stands for, as host, path and what of its query names the page; `None` where it
/// is none of the web, or where what lies there changes with the day (a site's front page, a section).
///
/// ```
/// use dateline_story::canonical;
/// let page = canonical("HTTP://www.Ledger.example:80/sea/cable-cut-42/?utm_source=x#top");
/// assert_eq!(page.as_deref(), Some("ledger.example/sea/cable-cut-42"));
/// assert_eq!(canonical("https://ledger.example/sea/"), None);
/// ```
pub fn canonical(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://").filter(|_| address.len() <= LONGEST)?;
    let port = match scheme.to_ascii_lowercase().as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    // a fragment is a place in the page, but for sites that keep the page's name in it
    let rest = if rest.contains("#!") { rest } else { rest.split('#').next().unwrap_or_default() };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let host = host_of(host.strip_suffix(port).unwrap_or(host))?;
    let (path, query) = (path_of(path), query_of(query));
    let names_a_page = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    let slug = |segment: &str| {
        segment.contains(['-', '_', '.', '%', '!']) || names_a_page(segment) || segment.chars().count() > 15
    };
    let named = path.split('/').any(slug) || names_a_page(&query);
    let query = if query.is_empty() { query } else { format!("?{query}") };
    named.then(|| format!("{host}{path}{query}"))
}

fn host_of(host: &str) -> Option<String> {
    let host = host.trim_end_matches('.').to_lowercase();
    let bare = words("host").find_map(|front| host.strip_prefix(front)).filter(|rest| rest.contains('.'));
    let host = bare.unwrap_or(&host).to_owned();
    (host.contains('.') && !host.contains(['@', ' '])).then_some(host)
}

fn path_of(path: &str) -> String {
    let mut path = path.trim_end_matches('/');
    let shorter = |path: &'_ str| -> Option<usize> {
        let segment = words("segment").find_map(|s| Some(path.strip_suffix(s)?.strip_suffix('/')?.len()));
        segment.or_else(|| words("ending").find_map(|e| Some(path.strip_suffix(e)?.len())))
    };
    while let Some(end) = shorter(path) {
        path = path[..end].trim_end_matches('/');
    }
    path.to_owned()
}

/// What of a query names the page, in one order.
fn query_of(query: &str) -> String {
    let is_dress = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        let listed = words("parameter").any(|w| w.strip_suffix('*').map_or(name == w, |front| name.starts_with(front)));
        part.is_empty() || listed || words("given").any(|w| w == *part)
    };
    let mut kept: Vec<&str> = query.split('&').filter(|part| !is_dress(part)).collect();
    kept.sort_unstable();
    kept.dedup();
    kept.join("&")
}

/// Which page a report is of: by where it was captured, else by what it says of itself. Where it was captured at one
/// dress of a page and names another of the same site, with part of the path in common, the named one goes.
pub fn address(report: &Report) -> Option<String> {
    let of = |url: &Option<String>| url.as_deref().and_then(canonical);
    let (captured, said) = (of(&report.source.url), of(&report.article.canonical));
    match (captured, said) {
        (Some(captured), Some(said)) => Some(if dress_of(&captured, &said) { said } else { captured }),
        (captured, said) => captured.or(said).or_else(|| of(&report.article.url)),
    }
}

/// Whether two canonical addresses are of one site and share what names a page.
fn dress_of(a: &str, b: &str) -> bool {
    let (host_a, path_a) = a.split_once('/').unwrap_or((a, ""));
    let (host_b, path_b) = b.split_once('/').unwrap_or((b, ""));
    let long = |segment: &&str| segment.len() >= 8;
    host_a == host_b && path_a.split('/').filter(long).any(|s| path_b.split('/').any(|t| s == t))
}

/// When a page was captured, else when it says it was changed or published, ISO 8601.
pub fn seen(report: &Report) -> Option<String> {
    let a = &report.article;
    let says = || a.modified.as_ref().or(a.published.as_ref()).map(|d| d.value.clone());
    report.source.captured.clone().or_else(says)
}

/// One capture of a page, as far as it takes to say which is the latest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The capture's id.
    pub id: String,
    /// When it was captured, else when the page says it was changed or published.
    pub seen: Option<String>,
    /// Bytes of its text.
    pub length: usize,
}

/// Captures of one page, oldest first. One that has less than a third of the longest's text is a stub (a feed's
/// teaser, a wall) and goes before all others, so that it never stands for the page; then by when they were seen, those
/// without a time first; then by length and id.
pub fn order(taken: &mut [Taken]) {
    let longest = taken.iter().map(|t| t.length).max().unwrap_or(0);
    let stub = |t: &Taken| t.length.saturating_mul(3) < longest;
    taken.sort_by(|a, b| {
        let full = stub(b).cmp(&stub(a));
        full.then(a.seen.cmp(&b.seen)).then(a.length.cmp(&b.length)).then(a.id.cmp(&b.id))
    });
}

/// For each article the position of the one that stands for its page: the latest capture of its address, itself where
/// it has none or there is one capture alone.
pub fn latest(prints: &[Print]) -> Vec<usize> {
    let mut pages: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, p) in prints.iter().enumerate() {
        if let Some(address) = &p.address {
            pages.entry(address).or_default().push(i);
        }
    }
    let mut out: Vec<usize> = (0..prints.len()).collect();
    for of_page in pages.values().filter(|p| p.len() > 1) {
        let taken = |i: &usize| {
            let p = &prints[*i];
            Taken { id: p.id.clone(), seen: p.seen.clone(), length: p.text.len() }
        };
        let mut all: Vec<Taken> = of_page.iter().map(taken).collect();
        order(&mut all);
        let last = all.last().and_then(|t| of_page.iter().find(|i| prints[**i].id == t.id));
        for i in of_page {
            out[*i] = last.copied().unwrap_or(*i);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_rule_keeps_its_example() {
        assert_eq!(rules().len(), TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count());
        for rule in rules() {
            assert_eq!(canonical(rule.example[0]).as_deref(), Some(rule.example[1]), "{}", rule.words);
        }
    }

    #[test]
    fn what_may_be_another_page_stays_another() {
        let same = |a: &str, b: &str| canonical(a).is_some() && canonical(a) == canonical(b);
        assert!(same("http://ledger.example/a-b/?x=1&y=2", "https://www.ledger.example/a-b?y=2&x=1#c"));
        assert!(!same("https://ledger.example/a-b?page=1", "https://ledger.example/a-b?page=2"));
        assert!(!same("https://ledger.example/A-b", "https://ledger.example/a-b"));
        assert!(!same("https://news.ledger.example/a-b", "https://ledger.example/a-b"));
        assert!(!same("https://ledger.example/#!/a-1", "https://ledger.example/#!/a-2"));
        // a site of two letters is no mobile form of a domain
        assert_eq!(canonical("https://m.example/a-b").as_deref(), Some("m.example/a-b"));
    }

    #[test]
    fn what_changes_with_the_day_is_no_page() {
        for address in [
            "https://ledger.example",
            "https://ledger.example/?utm_source=x",
            "https://ledger.example/world/",
            "ftp://x.example/a-1",
            "file:///a-1",
            "mailto:a@b.example",
            "https://localhost/a-1",
            "",
        ] {
            assert_eq!(canonical(address), None, "{address}");
        }
    }

    #[test]
    fn a_stub_never_stands_for_its_page() {
        let taken = |id: &str, seen: Option<&str>, length| Taken { id: id.into(), seen: seen.map(Into::into), length };
        let mut all =
            [taken("feed", Some("2026-05-06"), 90), taken("new", Some("2026-05-05"), 900), taken("old", None, 950)];
        order(&mut all);
        assert_eq!(all.map(|t| t.id), ["feed", "old", "new"]);
    }

    #[test]
    fn the_address_a_page_names_counts_where_it_is_the_same_page() {
        let of = |captured: Option<&str>, said: Option<&str>| {
            let mut report = Report {
                id: String::new(),
                source: Default::default(),
                article: Default::default(),
                reading: Default::default(),
            };
            report.source.url = captured.map(Into::into);
            report.article.canonical = said.map(Into::into);
            address(&report).unwrap_or_default()
        };
        let (main, amp) = ("https://ledger.example/sea/cable-cut-42", "https://ledger.example/amp-pages/cable-cut-42");
        assert_eq!(of(Some(amp), Some(main)), "ledger.example/sea/cable-cut-42");
        assert_eq!(of(Some(main), Some("https://ledger.example/sea/other-page-7")), "ledger.example/sea/cable-cut-42");
        assert_eq!(of(Some(main), Some("https://wire.example/x/cable-cut-42")), "ledger.example/sea/cable-cut-42");
        assert_eq!(of(None, Some(main)), "ledger.example/sea/cable-cut-42");
    }

    proptest! {
        #[test]
        fn a_canonical_address_is_its_own(host in "[a-z]{1,6}\\.example", path in "[!-~]{0,30}") {
            if let Some(once) = canonical(&format!("https://{host}/{path}")) {
                prop_assert_eq!(canonical(&format!("https://{once}")), Some(once));
            }
        }
    }
}
