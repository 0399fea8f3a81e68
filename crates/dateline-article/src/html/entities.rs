//! Character references: `&amp;`, `&#8217;`, `&eacute` without its semicolon.

use html5ever::data::NAMED_ENTITIES;

/// Longest name in the standard's table, semicolon included, is shorter than this.
const LONGEST: usize = 34;

/// Reads the reference at the start of `raw` (which begins with `&`): its characters and how many bytes it takes.
/// `None` where it is a plain ampersand. In attributes a name without semicolon before `=` or a letter is none.
pub(crate) fn reference(raw: &str, in_attribute: bool) -> Option<([Option<char>; 2], usize)> {
    let body = raw.strip_prefix('&')?;
    if let Some(digits) = body.strip_prefix('#') {
        return numeric(digits).map(|(c, n)| ([Some(c), None], n + 2));
    }
    let mut best = None;
    for end in 1..=body.len().min(LONGEST) {
        let Some(name) = body.get(..end) else { break };
        match NAMED_ENTITIES.get(name) {
            Some((0, _)) => {}
            Some((a, b)) => best = Some((*a, *b, end)),
            None => break,
        }
    }
    let (a, b, length) = best?;
    let next = body.as_bytes().get(length).copied().unwrap_or(b' ');
    let open = !body.get(..length)?.ends_with(';');
    if in_attribute && open && (next == b'=' || next.is_ascii_alphanumeric()) {
        return None;
    }
    Some(([char::from_u32(a), char::from_u32(b).filter(|c| *c != '\0')], length + 1))
}

/// A numeric reference after `&#`: its character and the bytes read.
fn numeric(digits: &str) -> Option<(char, usize)> {
    let (radix, start) = if digits.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let (mut value, mut at) = (0u32, start);
    while let Some(d) = digits.as_bytes().get(at).and_then(|b| (*b as char).to_digit(radix)) {
        value = value.saturating_mul(radix).saturating_add(d);
        at += 1;
    }
    if at == start {
        return None;
    }
    at += usize::from(digits.as_bytes().get(at) == Some(&b';'));
    let c = match value {
        // Numbers of the C1 block are read as windows-1252, as browsers do.
        0x80..=0x9F => encoding_rs::WINDOWS_1252.decode(&[value as u8]).0.chars().next(),
        0 => None,
        v => char::from_u32(v),
    };
    Some((c.unwrap_or(char::REPLACEMENT_CHARACTER), at))
}

/// A whole attribute value or text, decoded.
pub(crate) fn decode(raw: &str, in_attribute: bool) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(i) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..i]);
        rest = &rest[i..];
        let taken = match reference(rest, in_attribute) {
            Some((chars, n)) => {
                out.extend(chars.into_iter().flatten());
                n
            }
            None => {
                out.push('&');
                1
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_browsers_read_them() {
        for (raw, want) in [
            ("a &amp; b", "a & b"),
            ("caf&eacute; caf&eacute", "café café"),
            ("&#8217;&#x2019;&#146;", "’’’"),
            ("AT&T & co", "AT&T & co"),
            ("&notit;", "¬it;"),
            ("&#;&#x;&", "&#;&#x;&"),
            ("&#99999999999;", "\u{fffd}"),
            ("&amp;lt;", "&lt;"),
        ] {
            assert_eq!(decode(raw, false), want, "{raw}");
        }
        assert_eq!(decode("?a=1&copy=2&lt;", true), "?a=1&copy=2<");
    }
}
