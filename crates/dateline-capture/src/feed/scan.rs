//! The marks of an XML text, whether or not it is well-formed.

/// One mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark<'a> {
    /// `<name attributes>`; `empty` for `<name/>`.
    Open { name: &'a str, attributes: &'a str, empty: bool },
    /// `</name>`.
    Close { name: &'a str },
    /// Characters between marks, as written.
    Text(&'a str),
    /// The inside of `<![CDATA[ … ]]>`.
    Cdata(&'a str),
}

/// Marks of a text with the byte offset at which each starts. Comments, declarations and document types are passed over.
pub(crate) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a str) -> Scan<'a> {
        Scan { text, at: 0 }
    }

    /// Offset of the next mark.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// Past the next `end` from the current place, or to the end of the text; gives what lies before it.
    fn until(&mut self, skip: usize, end: &str) -> &'a str {
        let from = (self.at + skip).min(self.text.len());
        let rest = &self.text[from..];
        let (inside, next) = match rest.find(end) {
            Some(i) => (&rest[..i], from + i + end.len()),
            None => (rest, self.text.len()),
        };
        self.at = next;
        inside
    }

    /// Past a document type, its own subset included.
    fn doctype(&mut self) {
        let rest = &self.text[self.at..];
        match rest.find(['[', '>']) {
            Some(i) if rest.as_bytes()[i] == b'[' => {
                let subset = rest[i..].find(']').map_or(rest.len(), |j| i + j);
                self.at += subset;
                self.until(0, ">");
            }
            _ => {
                self.until(0, ">");
            }
        }
    }

    /// A start tag's inside ends at the first ">" outside quotes; a quote that never closes ends at the first ">".
    fn tag(&mut self) -> &'a str {
        let rest = &self.text[self.at + 1..];
        let mut quote = None;
        for (i, b) in rest.bytes().enumerate() {
            match (quote, b) {
                (None, b'>') => {
                    self.at += i + 2;
                    return &rest[..i];
                }
                (None, b'"' | b'\'') if rest[..i].ends_with('=') || rest[..i].trim_end().ends_with('=') => {
                    quote = Some(b)
                }
                (Some(q), b) if b == q => quote = None,
                (Some(_), b'<') => break,
                _ => {}
            }
        }
        self.until(1, ">")
    }
}

fn name_length(s: &str) -> usize {
    s.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<' | '=' | '"' | '\'')).unwrap_or(s.len())
}

impl<'a> Iterator for Scan<'a> {
    type Item = Mark<'a>;

    fn next(&mut self) -> Option<Mark<'a>> {
        loop {
            let rest = &self.text[self.at..];
            let next = rest.as_bytes().get(1).copied().unwrap_or(0);
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with('<') {
                let end = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                self.at += end;
                return Some(Mark::Text(&rest[..end]));
            }
            if rest.starts_with("<![CDATA[") {
                return Some(Mark::Cdata(self.until(9, "]]>")));
            }
            match next {
                b'!' if rest.starts_with("<!--") => {
                    self.until(4, "-->");
                }
                b'!' => self.doctype(),
                b'?' => {
                    self.until(2, "?>");
                }
                b'/' => {
                    let inside = self.until(2, ">").trim();
                    return Some(Mark::Close { name: &inside[..name_length(inside)] });
                }
                b if b.is_ascii_alphabetic() || b == b'_' || b >= 0x80 => {
                    let inside = self.tag();
                    let name = name_length(inside);
                    let empty = inside.ends_with('/');
                    return Some(Mark::Open { name: &inside[..name], attributes: &inside[name..], empty });
                }
                _ => {
                    // A "<" that opens nothing is a character.
                    let end = memchr::memchr(b'<', &rest.as_bytes()[1..]).map_or(rest.len(), |i| i + 1);
                    self.at += end;
                    return Some(Mark::Text(&rest[..end]));
                }
            }
        }
    }
}

/// The value of an attribute, as written.
pub(crate) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, left) = match quote {
            Some(q) => after[1..].split_once(q).unwrap_or((&after[1..], "")),
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if key.trim() == name {
            return Some(value);
        }
        rest = left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn broken_marks_are_read_as_far_as_they_go() {
        let text = "<?xml?><!DOCTYPE r [<!ENTITY a \"x>y\">]><r a='1>2' b=\"3\"/> AT&T < 5 <b>x</B ><![CDATA[<i>]]><!-- c --></r";
        let marks: Vec<_> = Scan::new(text).collect();
        assert_eq!(
            marks,
            [
                Mark::Open { name: "r", attributes: " a='1>2' b=\"3\"/", empty: true },
                Mark::Text(" AT&T "),
                Mark::Text("< 5 "),
                Mark::Open { name: "b", attributes: "", empty: false },
                Mark::Text("x"),
                Mark::Close { name: "B" },
                Mark::Cdata("<i>"),
                Mark::Close { name: "r" },
            ]
        );
        assert_eq!(attribute(" a='1>2' b=\"3\"/", "b"), Some("3"));
        assert_eq!(attribute(" a='1>2'", "b"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_scanned_to_its_end(text in "[<>/!\\[\\]CDATA?='\"a-ząß -]{0,200}") {
            let mut scan = Scan::new(&text);
            let mut last = 0;
            while let Some(mark) = scan.next() {
                prop_assert!(scan.offset() > last);
                last = scan.offset();
                if let Mark::Open { attributes, .. } = mark {
                    let _ = attribute(attributes, "href");
                }
            }
        }
    }
}
