//! The outlet's name as the page gives it.

use super::head::Head;
use super::jsonld::Linked;
use crate::html::main_text::key;

/// Names of the site in the head, best first.
const NAMES: [&str; 4] = ["og:site_name", "application-name", "apple-mobile-web-app-title", "cxenseparse:publisher"];

/// The outlet's name.
pub(crate) fn of(head: &Head, linked: &Linked, url: Option<&str>) -> Option<String> {
    let publisher = linked.names("publisher").into_iter().map(|(n, _)| n).next();
    let site = head.first(&NAMES[..1]).map(str::to_owned);
    let named = |n: &String| !n.starts_with('@') && !n.contains("://") && n.chars().count() <= 80;
    site.filter(named)
        .or_else(|| publisher.filter(named))
        .or_else(|| head.first(&NAMES[1..]).map(str::to_owned).filter(named))
        .or_else(|| url.and_then(host).map(str::to_owned))
}

/// The host of an address, without "www.".
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.rsplit('@').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|h| h.contains('.'))
}

/// All forms of the site's name, folded, to be told from a headline.
pub(crate) fn keys(head: &Head, linked: &Linked, url: Option<&str>) -> Vec<String> {
    let mut out: Vec<String> = NAMES.iter().flat_map(|n| head.all(n)).map(key).collect();
    out.extend(linked.names("publisher").iter().map(|(n, _)| key(n)));
    if let Some(host) = url.and_then(host) {
        out.push(key(host));
        // The label that names the site: "post" in "post.example.co.uk" is a part of it, "example" is it.
        out.extend(
            host.rsplit('.').skip(1).find(|l| !matches!(*l, "co" | "com" | "org" | "net" | "gov" | "ac")).map(key),
        );
    }
    out.retain(|k| !k.is_empty());
    out.sort();
    out.dedup();
    out
}
