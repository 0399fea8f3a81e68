//! Character references.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static NAMED: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
    let rows = include_str!("../../data/entities.tsv").lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|l| l.split_once('\t')).map(|(name, c)| (name, written(c))).collect()
});

/// A character of the table: itself, or `\u{hex}` where it does not show.
fn written(c: &str) -> String {
    let code = c.strip_prefix("\\u{").and_then(|c| c.strip_suffix('}'));
    match code.and_then(|c| u32::from_str_radix(c, 16).ok()).and_then(char::from_u32) {
        Some(c) => c.to_string(),
        None => c.to_owned(),
    }
}

/// Longest name looked for after an "&".
const LONGEST: usize = 10;

/// Replaces numeric references and the named ones of the table, once; leaves every other "&" as it is.
pub(crate) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST + 2).position(|b| b == b';');
        match end.and_then(|e| Some((e, reference(&rest[1..e])?))) {
            Some((e, c)) => {
                out.push_str(&c);
                rest = &rest[e + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else { return NAMED.get(name).cloned() };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_replaced_once_and_other_ampersands_stay() {
        assert_eq!(
            decode("AT&T &amp;lt; &laquo;A&raquo; &#x42F;&#1041; &lol; &#0; &"),
            "AT&T &lt; «A» ЯБ &lol; &#0; &"
        );
        assert_eq!(decode("a&nbsp;b"), "a\u{a0}b");
        assert_eq!(decode("&żółć;"), "&żółć;");
    }
}
