//! The host that an address names.

/// The host of an address with a scheme, as it is written, without user, port and "www."; `None` where there is none.
///
/// ```
/// use dateline_text::host;
/// assert_eq!(host("https://www.Ledger.example:443/sea?x=1"), Some("Ledger.example"));
/// assert_eq!(host("https://reader:word@ledger.example#top"), Some("ledger.example"));
/// assert_eq!(host("http://[2001:db8::1]:8080/"), Some("[2001:db8::1]"));
/// assert_eq!(host("/sea"), None);
/// assert_eq!(host("file:///sea"), None);
/// ```
pub fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let end = if host.starts_with('[') { host.find(']').map(|i| i + 1) } else { host.find(':') };
    let host = host.get(..end.unwrap_or(host.len()))?;
    let front = host.get(..4).filter(|f| f.eq_ignore_ascii_case("www."));
    Some(host.get(front.map_or(0, str::len)..)?).filter(|h| !h.is_empty())
}
