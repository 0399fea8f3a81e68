//! Tags and text of our own HTML and XML, read in one linear pass. Not a parser of pages: what it does not know it
//! passes over.

/// A piece of markup.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// A tag that opens: its name, and what stands after it.
    Open(&'t str, &'t str),
    /// A tag that closes.
    Close(&'t str),
    /// Text, decoded.
    Text(String),
}

/// Hands the pieces of a document to `take`, in order.
pub(super) fn scan<'t>(text: &'t str, mut take: impl FnMut(Piece<'t>)) {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        if !before.is_empty() {
            take(Piece::Text(decoded(before)));
        }
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.find("-->").and_then(|end| comment.get(end + 3..)).unwrap_or("");
            continue;
        }
        let Some(end) = tag_end(tag) else { return };
        let inner = tag.get(1..end).unwrap_or("");
        rest = tag.get(end + 1..).unwrap_or("");
        let name_of = |s: &'t str| s.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("");
        match inner.as_bytes().first() {
            Some(b'!' | b'?') | None => {}
            Some(b'/') => take(Piece::Close(name_of(inner.get(1..).unwrap_or("")))),
            Some(_) => {
                let name = name_of(inner);
                let own = inner.get(name.len()..).unwrap_or("");
                take(Piece::Open(name, own.trim_end_matches('/')));
                if own.ends_with('/') {
                    take(Piece::Close(name));
                }
                if matches!(name, "style" | "script") {
                    let closing = format!("</{name}");
                    rest = rest.find(&closing).and_then(|end| rest.get(end..)).unwrap_or("");
                }
            }
        }
    }
    if !rest.is_empty() {
        take(Piece::Text(decoded(rest)));
    }
}

/// Where the tag that begins here ends: at a `>` outside of quoted values.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (i, b) in tag.bytes().enumerate().skip(1) {
        match (quote, b) {
            (None, b'>') => return Some(i),
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    None
}

/// The value of an attribute, decoded.
pub(super) fn attribute(own: &str, name: &str) -> Option<String> {
    let mut rest = own;
    loop {
        rest = rest.trim_start();
        let (key, after) = rest.split_once('=')?;
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = after.get(1..)?.split_once(quote)?;
        if key.split_whitespace().next_back() == Some(name) {
            return Some(decoded(value));
        }
        rest = next;
    }
}

/// Characters that a reference may have.
const REFERENCE: usize = 12;

/// Text with references to characters resolved; an ampersand of no reference that we write stays.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(REFERENCE).position(|b| b == b';');
        match end.and_then(|end| Some((character(rest.get(1..end)?)?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
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

fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        name => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(number)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let mut out = String::new();
        scan(text, |p| {
            out.push_str(&match p {
                Piece::Open(name, own) => format!("({name}{own})"),
                Piece::Close(name) => format!("(/{name})"),
                Piece::Text(text) => text,
            });
        });
        out
    }

    #[test]
    fn tags_texts_and_references() {
        assert_eq!(told("<p class=\"a>b\">x &amp; &#8220;y&#x201d; &z</p>"), "(p class=\"a>b\")x & “y” &z(/p)");
        assert_eq!(told("a<br/>b<!-- <i> -->c<style>p > a {}</style>d"), "a(br)(/br)bc(style)(/style)d");
        assert_eq!(told("<p a='"), "");
        assert_eq!(told("<"), "");
        assert_eq!(told("&&#xFFFFFFFF;&#0;<é>"), "&&#xFFFFFFFF;\0(é)");
    }

    #[test]
    fn attributes() {
        assert_eq!(attribute(" id=\"x\" class='note &amp; b'", "class").as_deref(), Some("note & b"));
        assert_eq!(attribute(" hidden id=\"x\"", "id").as_deref(), Some("x"));
        assert_eq!(attribute(" id=x", "id"), None);
    }
}
