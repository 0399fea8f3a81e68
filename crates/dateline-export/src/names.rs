//! Names that stay the same: of stories, facts, captures and addresses.

use dateline_capture::digest;

/// A name-based UUID (RFC 9562, version 8) of some words: the same words, the same name, on every machine.
pub(crate) fn urn_uuid(words: &str) -> String {
    let hex = digest(words.as_bytes());
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

/// A capture's id as an address that a program can take for one.
pub(crate) fn capture_urn(id: &str) -> String {
    if id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit()) {
        return format!("urn:sha256:{id}");
    }
    urn_uuid(&format!("capture {id}"))
}

/// An address of the web as it may stand in a link; `None` for anything that is not http or https. What no address
/// may hold is percent-encoded.
pub(crate) fn web_address(url: &str) -> Option<String> {
    let url = url.trim();
    let scheme = url.split_once("://")?.0;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        let plain = c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
        // letters of other scripts may stand in an IRI
        if plain || (!c.is_ascii() && c.is_alphanumeric()) {
            out.push(c);
            continue;
        }
        let mut buffer = [0; 4];
        for b in c.encode_utf8(&mut buffer).bytes() {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_an_address_and_nothing_breaks_out_of_it() {
        assert_eq!(web_address("https://post.test/a b\"<x>").as_deref(), Some("https://post.test/a%20b%22%3Cx%3E"));
        assert_eq!(web_address("HTTP://żuraw.test/ą").as_deref(), Some("HTTP://żuraw.test/ą"));
        for bad in ["javascript:alert(1)", "data:text/html,x", "post.test/a", "", "file:///etc/passwd"] {
            assert_eq!(web_address(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_are_those_of_the_words() {
        assert_eq!(urn_uuid("a"), urn_uuid("a"));
        assert_ne!(urn_uuid("a"), urn_uuid("b"));
        assert_eq!(urn_uuid("a").len(), "urn:uuid:".len() + 36);
        assert!(capture_urn(&digest(b"x")).starts_with("urn:sha256:") && capture_urn("mine").starts_with("urn:uuid:"));
    }
}
