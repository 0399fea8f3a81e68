//! Markup to tags and runs of text, each with its place: every byte of the source belongs to one token at most.
//!
//! Follows the tokenizer of the HTML standard, with one kindness: a quotation mark or a comment that is never
//! closed ends at the next angle bracket, where a browser would swallow the rest of the page.

use super::tags::{Attr, Tag};
use memchr::{memchr, memchr2, memmem};

/// Most attributes kept of one tag.
const MAX_ATTRIBUTES: usize = 64;

/// Most places remembered at which something was never closed.
const MAX_MENDED: usize = 10_000;

/// A piece of markup. Numbers are byte offsets into the source.
#[derive(Debug)]
pub(crate) enum Token {
    /// Characters, references not yet decoded.
    Text { start: usize, end: usize },
    /// A start tag.
    Start { tag: Tag, start: usize, end: usize, closed: bool },
    /// An end tag.
    End { tag: Tag, start: usize, end: usize },
}

/// An attribute that is kept: its value as a range of the source, references not yet decoded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribute {
    pub name: Attr,
    pub start: u32,
    pub end: u32,
}

/// Reads tokens off a source.
pub(crate) struct Scanner<'s> {
    source: &'s str,
    at: usize,
    /// Attributes of the start tag read last.
    pub attributes: Vec<Attribute>,
    /// The source holds no closing mark of this kind from here on: `'`, `"`, `-->`. Keeps bad pages linear.
    spent: [bool; 3],
    /// Where something was never closed, and what would close it there.
    pub mended: Vec<(usize, &'static str)>,
}

impl<'s> Scanner<'s> {
    pub fn new(source: &'s str) -> Scanner<'s> {
        Scanner { source, at: 0, attributes: Vec::new(), spent: [false; 3], mended: Vec::new() }
    }

    fn bytes(&self) -> &'s [u8] {
        self.source.as_bytes()
    }

    fn find(&self, byte: u8, from: usize) -> Option<usize> {
        memchr(byte, self.bytes().get(from..)?).map(|i| from + i)
    }

    /// The next token, or `None` at the end.
    pub fn next(&mut self) -> Option<Token> {
        loop {
            let start = self.at;
            if start >= self.source.len() {
                return None;
            }
            let next =
                if self.bytes()[start] == b'<' { start } else { self.find(b'<', start).unwrap_or(self.source.len()) };
            if next > start {
                self.at = next;
                return Some(Token::Text { start, end: next });
            }
            match self.bytes().get(start + 1) {
                Some(b) if b.is_ascii_alphabetic() => return self.start_tag(start),
                Some(b'/') => {
                    if self.bytes().get(start + 2).is_some_and(u8::is_ascii_alphabetic) {
                        return self.end_tag(start);
                    }
                    self.skip_to_bracket(start);
                }
                Some(b'!' | b'?') => self.comment(start),
                _ => return Some(self.lone_bracket(start)),
            }
        }
    }

    /// `<` that opens nothing is text up to the next one.
    fn lone_bracket(&mut self, start: usize) -> Token {
        self.at = self.find(b'<', start + 1).unwrap_or(self.source.len());
        Token::Text { start, end: self.at }
    }

    fn skip_to_bracket(&mut self, start: usize) {
        self.at = self.find(b'>', start).map_or(self.source.len(), |i| i + 1);
    }

    fn comment(&mut self, start: usize) {
        let rest = &self.source[start..];
        if !rest.starts_with("<!--") {
            return self.skip_to_bracket(start);
        }
        if rest.starts_with("<!-->") || rest.starts_with("<!--->") {
            return self.skip_to_bracket(start);
        }
        let close = (!self.spent[2]).then(|| memmem::find(&rest.as_bytes()[4..], b"-->")).flatten();
        match close {
            Some(i) => self.at = start + 4 + i + 3,
            None => {
                self.spent[2] = true;
                self.skip_to_bracket(start);
                self.mend(self.at, "-->");
            }
        }
    }

    /// The name that begins at `from`: where it ends.
    fn name_end(&self, from: usize) -> usize {
        let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | 0x0B);
        let rest = &self.bytes()[from..];
        from + rest.iter().position(is_end).unwrap_or(rest.len())
    }

    fn end_tag(&mut self, start: usize) -> Option<Token> {
        let name = self.name_end(start + 2);
        let tag = Tag::of(&self.source[start + 2..name]);
        self.skip_to_bracket(name);
        Some(Token::End { tag, start, end: self.at })
    }

    fn start_tag(&mut self, start: usize) -> Option<Token> {
        let name = self.name_end(start + 1);
        let tag = Tag::of(&self.source[start + 1..name]);
        self.attributes.clear();
        self.at = name;
        let mut closed = false;
        loop {
            let rest = &self.bytes()[self.at..];
            let blank = rest.iter().position(|b| !b.is_ascii_whitespace() && *b != 0x0B).unwrap_or(rest.len());
            self.at += blank;
            match self.bytes().get(self.at) {
                None => break,
                Some(b'>') => {
                    self.at += 1;
                    break;
                }
                Some(b'/') => {
                    closed = self.bytes().get(self.at + 1) == Some(&b'>');
                    self.at += 1;
                }
                Some(_) => {
                    if !self.attribute() {
                        break;
                    }
                }
            }
        }
        Some(Token::Start { tag, start, end: self.at, closed })
    }

    /// One attribute; false where its value was never closed, which ends the tag.
    fn attribute(&mut self) -> bool {
        let start = self.at;
        let rest = &self.bytes()[start..];
        let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'=');
        // A name may begin with "=", as the standard has it.
        let name_end = start + 1 + rest[1..].iter().position(is_end).unwrap_or(rest.len() - 1);
        let name_end = self.floor(name_end);
        let name = Attr::of(self.source.get(start..name_end).unwrap_or_default());
        let mut at = name_end;
        while self.bytes().get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        if self.bytes().get(at) != Some(&b'=') {
            self.keep(name, name_end, name_end);
            self.at = name_end;
            return true;
        }
        at += 1;
        while self.bytes().get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        match self.bytes().get(at) {
            Some(quote @ (b'"' | b'\'')) => self.quoted(name, *quote, at + 1),
            _ => {
                let rest = self.bytes().get(at..).unwrap_or_default();
                let length = rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>').unwrap_or(rest.len());
                self.keep(name, at, at + length);
                self.at = at + length;
                true
            }
        }
    }

    fn quoted(&mut self, name: Attr, quote: u8, start: usize) -> bool {
        let kind = usize::from(quote == b'"');
        let close = if self.spent[kind] { None } else { self.find(quote, start) };
        if let Some(end) = close {
            self.keep(name, start, end);
            self.at = end + 1;
            return true;
        }
        self.spent[kind] = true;
        let rest = self.bytes().get(start..).unwrap_or_default();
        let end = start + memchr2(b'<', b'>', rest).unwrap_or(rest.len());
        let bracket = self.bytes().get(end) == Some(&b'>');
        let close = match (quote, bracket) {
            (b'"', true) => "\"",
            (b'"', false) => "\">",
            (_, true) => "'",
            (_, false) => "'>",
        };
        self.mend(end, close);
        self.at = end + usize::from(bracket);
        false
    }

    fn mend(&mut self, at: usize, close: &'static str) {
        if self.mended.len() < MAX_MENDED {
            self.mended.push((at, close));
        }
    }

    fn keep(&mut self, name: Attr, start: usize, end: usize) {
        if name != Attr::Other
            && self.attributes.len() < MAX_ATTRIBUTES
            && !self.attributes.iter().any(|a| a.name == name)
        {
            self.attributes.push(Attribute { name, start: start as u32, end: end as u32 });
        }
    }

    /// A boundary of characters at or before `at`.
    fn floor(&self, at: usize) -> usize {
        self.source.floor_char_boundary(at)
    }

    /// Content of a raw element just opened, up to its end tag (which is read too): the range of the content.
    pub fn raw(&mut self, tag: Tag, name: &str) -> (usize, usize) {
        let start = self.at;
        let end = if tag == Tag::Script { self.script_end(start) } else { self.raw_end(start, name) };
        self.at = end;
        if end < self.source.len() {
            self.skip_to_bracket(end);
        }
        (start, end)
    }

    /// Where `</name` stands at or after `from`.
    fn raw_end(&self, from: usize, name: &str) -> usize {
        let mut at = from;
        while let Some(i) = self.find(b'<', at) {
            if self.closes(i, name) {
                return i;
            }
            at = i + 1;
        }
        self.source.len()
    }

    /// Whether an end tag of this name begins at `at`.
    fn closes(&self, at: usize, name: &str) -> bool {
        self.names(at, "</", name)
    }

    fn names(&self, at: usize, open: &str, name: &str) -> bool {
        let rest = &self.bytes()[at..];
        let Some(rest) = rest.strip_prefix(open.as_bytes()) else { return false };
        rest.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
            && rest.get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
    }

    /// Scripts may hold `<!-- <script> </script> -->`, whose inner end tag does not close them.
    fn script_end(&self, from: usize) -> usize {
        let (mut at, mut escaped, mut double) = (from, false, false);
        while let Some(i) = memchr2(b'<', b'-', &self.bytes()[at..]).map(|i| at + i) {
            let rest = &self.bytes()[i..];
            if rest.starts_with(b"<!--") {
                escaped = true;
            } else if rest.starts_with(b"-->") {
                (escaped, double) = (false, false);
            } else if escaped && self.names(i, "<", "script") {
                double = true;
            } else if self.closes(i, "script") {
                if !double {
                    return i;
                }
                double = false;
            }
            at = i + 1;
        }
        // Never closed: without the escape, if that finds an end.
        if escaped { self.raw_end(from, "script") } else { self.source.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens in short form: text as it is, tags by name.
    fn tokens(source: &str) -> Vec<String> {
        let mut scanner = Scanner::new(source);
        let mut out = Vec::new();
        while let Some(token) = scanner.next() {
            out.push(match token {
                Token::Text { start, end } => source[start..end].to_owned(),
                Token::Start { tag, .. } => {
                    let values = scanner.attributes.iter().map(|a| &source[a.start as usize..a.end as usize]);
                    format!("<{tag:?} {}>", values.collect::<Vec<_>>().join(","))
                }
                Token::End { tag, .. } => format!("</{tag:?}>"),
            });
        }
        out
    }

    #[test]
    fn tags_text_and_attributes() {
        assert_eq!(tokens("<p class='a b' id=x hidden>1 < 2</P >"), ["<P a b,x,>", "1 ", "< 2", "</P>"]);
        assert_eq!(tokens("a<!-- <p> -->b<!doctype html>c</ >d<br/>"), ["a", "b", "c", "d", "<Br >"]);
    }

    #[test]
    fn what_is_never_closed_ends_at_the_next_bracket() {
        assert_eq!(tokens("<img id='x?<p>one</p>"), ["<Img >", "<P >", "one", "</P>"]);
        assert_eq!(tokens("a<!-- b > c<b>d"), ["a", " c", "<B >", "d"]);
        assert_eq!(tokens("x<"), ["x", "<"]);
    }

    #[test]
    fn scripts_end_where_browsers_end_them() {
        let source = "<!--<script>a</script>-->b</script>c";
        let mut scanner = Scanner::new(source);
        let (start, end) = scanner.raw(Tag::Script, "script");
        assert_eq!(&source[start..end], "<!--<script>a</script>-->b");
        let source = "if (a<!--b) </script>c";
        let (start, end) = Scanner::new(source).raw(Tag::Script, "script");
        assert_eq!(&source[start..end], "if (a<!--b) ");
    }
}
