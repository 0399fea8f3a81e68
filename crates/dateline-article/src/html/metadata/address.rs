//! The page's own address: where it says it stands, which need not be where it was captured.

use super::head::Head;
use super::jsonld::Linked;
use crate::meta::ballot::{Ballot, same_address};
use crate::{Choice, Fact};

/// Longest address kept, in bytes.
const LONGEST: usize = 2000;
/// Why an address is not taken.
const FRONT_PAGE: &str = "the site's front page";

/// The canonical address; `captured` is where the page was captured.
pub(crate) fn of(head: &Head, linked: &Linked, captured: Option<&str>) -> Option<Choice> {
    let mut ballot = Ballot::new(Fact::Canonical);
    let mut put = |address: Option<String>, basis: &str, weight: u32| {
        let Some(address) = address.and_then(|a| absolute(&a, captured)) else { return };
        if path(&address).is_empty() && captured.is_some_and(|c| !path(c).is_empty()) {
            ballot.bar(Some(address), basis, FRONT_PAGE);
        } else {
            ballot.put(Some(address), basis, weight);
        }
    };
    put(head.canonical.clone(), "link rel=canonical", 100);
    put(head.first(&["og:url"]).map(str::to_owned), "og:url", 90);
    put(linked.text("mainEntityOfPage").or_else(|| linked.id("mainEntityOfPage")), "json-ld", 80);
    put(linked.text("url"), "json-ld", 70);
    ballot.decide(same_address)
}

/// An address with scheme and host; one that begins at the site's root is completed by the capture's.
fn absolute(address: &str, captured: Option<&str>) -> Option<String> {
    let address = address.trim();
    if address.len() > LONGEST || address.contains(char::is_whitespace) {
        return None;
    }
    if address.starts_with("http://") || address.starts_with("https://") {
        return super::outlet::host(address).map(|_| address.to_owned());
    }
    let (scheme, rest) = captured?.split_once("://")?;
    if address.starts_with("//") {
        return Some(format!("{scheme}:{address}"));
    }
    let host = rest.split(['/', '?', '#']).next()?;
    address.starts_with('/').then(|| format!("{scheme}://{host}{address}"))
}

/// What follows the host, slashes at its ends aside.
fn path(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split_once('/').map_or("", |(_, path)| path.trim_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_whole_and_front_pages_told() {
        let from = Some("https://harbour.example/news/1?x=2");
        assert_eq!(absolute("/news/1", from).as_deref(), Some("https://harbour.example/news/1"));
        assert_eq!(absolute("//m.harbour.example/1", from).as_deref(), Some("https://m.harbour.example/1"));
        assert_eq!(absolute("news/1", from), None);
        assert_eq!(absolute("javascript:x", from), None);
        assert_eq!((path("https://harbour.example/"), path("https://harbour.example/a/")), ("", "a"));
    }
}
