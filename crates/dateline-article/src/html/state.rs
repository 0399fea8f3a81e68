//! The article's text where it stands in a script alone: `articleBody` in JSON-LD, or the state that a page's own
//! scripts put its markup together from.
//!
//! Strings of the scripts are decoded with a map back to the source, so that each line knows its place in the
//! capture, through escapes and through strings inside of strings.

use super::lines::{self, Line};
use super::prose::prose;
use super::tags::{Attr, Tag};
use super::tree::Tree;

/// Least running text that is taken for an article, in characters: less is a summary.
const LEAST: usize = 400;
/// Most bytes of scripts that are looked through.
const MOST: usize = 8 << 20;
/// Shortest string that may be a paragraph, in bytes as written.
const SHORTEST: usize = 60;
/// How deep strings inside of strings are looked into.
const DEEP: usize = 2;
/// Most strings looked at.
const MANY: usize = 20_000;
/// Fewest paragraphs that stand one a string.
const FEWEST: usize = 3;

/// Names under which pages keep an article's text, in lower case.
const BODIES: [&str; 22] = [
    "articlebody",
    "body",
    "bodyhtml",
    "body_html",
    "bodytext",
    "content",
    "contenthtml",
    "content_html",
    "contents",
    "contentbody",
    "articlecontent",
    "articletext",
    "articlehtml",
    "fulltext",
    "full_text",
    "html",
    "maintext",
    "story",
    "storybody",
    "storyhtml",
    "text",
    "rendered",
];
/// Names under which they keep one paragraph of it.
const PARAGRAPHS: [&str; 12] = [
    "text",
    "content",
    "html",
    "value",
    "paragraph",
    "paragraphs",
    "body",
    "data",
    "p",
    "children",
    "markup",
    "textmarkup",
];

/// A text with the place of each of its bytes in the source.
struct Mapped {
    text: String,
    /// One entry a byte of the text, and one past its end.
    at: Vec<u32>,
}

/// A string that may be text of the article.
struct Candidate {
    key: String,
    lines: Vec<Line>,
    prose: usize,
    /// Whether its own markup or line breaks part it into paragraphs.
    parted: bool,
}

/// What was found.
pub(crate) struct Found {
    /// The lines, each with its place in the source.
    pub lines: Vec<Line>,
    /// The name it stands under; empty where it has none.
    pub key: String,
}

/// The article's text in a page's scripts. `is_article`: the page calls itself one, so that paragraphs that stand one
/// a string are its own and not the teasers of a section.
pub(crate) fn find(tree: &Tree<'_>, is_article: bool) -> Option<Found> {
    let candidates = candidates(tree);
    let named = |c: &&Candidate| c.prose >= LEAST && c.key == "articlebody";
    let body = |c: &&Candidate| c.prose >= LEAST && (c.parted || BODIES.contains(&c.key.as_str()));
    let longest = |a: &&Candidate, b: &&Candidate| a.prose.cmp(&b.prose);
    let single =
        candidates.iter().filter(named).max_by(longest).or_else(|| candidates.iter().filter(body).max_by(longest));
    let series = if is_article { series(&candidates) } else { None };
    match (single, series) {
        (Some(one), Some((sum, _))) if one.prose * 2 >= sum => Some(one.found()),
        (_, Some((_, many))) => Some(many),
        (Some(one), None) => Some(one.found()),
        (None, None) => None,
    }
}

impl Candidate {
    fn found(&self) -> Found {
        Found { lines: self.lines.clone(), key: self.key.clone() }
    }
}

/// Paragraphs that stand one a string under one name, each once: the name with the most text.
fn series(candidates: &[Candidate]) -> Option<(usize, Found)> {
    let mut best: Option<(usize, Found)> = None;
    for key in PARAGRAPHS {
        let mut seen = std::collections::BTreeSet::new();
        let of: Vec<&Candidate> = candidates
            .iter()
            .filter(|c| c.key == key && c.prose > 0 && c.lines.first().is_some_and(|l| seen.insert(l.text.as_str())))
            .collect();
        let sum: usize = of.iter().map(|c| c.prose).sum();
        if of.len() >= FEWEST && sum >= LEAST && best.as_ref().is_none_or(|(most, _)| sum > *most) {
            let lines = of.iter().flat_map(|c| c.lines.iter().cloned()).collect();
            best = Some((sum, Found { lines, key: key.to_owned() }));
        }
    }
    best
}

/// The strings of all scripts that hold running text, in the order of the source.
fn candidates(tree: &Tree<'_>) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut left = MOST;
    for i in (0..tree.nodes.len()).filter(|i| tree.tag(*i) == Some(Tag::Script)) {
        let Some(inner) = tree.children(i).next().filter(|n| tree.tag(*n).is_none()) else { continue };
        let raw = tree.raw_text(inner);
        let foreign = tree.raw_attribute(i, Attr::Type).is_some_and(|t| t.contains("template"));
        if foreign || raw.len() > left {
            continue;
        }
        left -= raw.len();
        let start = tree.nodes[inner].from;
        strings(raw, &|at: usize| start + u32::try_from(at).unwrap_or(u32::MAX), DEEP, &mut out);
    }
    out
}

/// Reads the strings of a text; `place` gives the source's offset of a byte.
fn strings(text: &str, place: &dyn Fn(usize) -> u32, deep: usize, out: &mut Vec<Candidate>) {
    let bytes = text.as_bytes();
    let (mut at, mut key) = (0, "");
    while let Some(open) = memchr::memchr(b'"', bytes.get(at..).unwrap_or_default()).map(|n| at + n) {
        let Some(close) = end_of_string(bytes, open + 1) else {
            at = open + 1;
            continue;
        };
        at = close + 1;
        let Some(raw) = text.get(open + 1..close) else { continue };
        let rest = text.get(at..).unwrap_or_default().trim_start_matches([' ', '\t']);
        if rest.starts_with(':') {
            key = raw;
        } else if raw.len() >= SHORTEST && out.len() < MANY {
            let mapped = decoded(raw, &|n: usize| place(open + 1 + n));
            // A string that holds strings of its own is state inside of state.
            if deep > 1 && mapped.text.contains("\":") {
                strings(&mapped.text, &|n: usize| mapped.at.get(n).copied().unwrap_or_default(), deep - 1, out);
            } else {
                out.extend(candidate(key, &mapped));
            }
        }
    }
}

/// Where a string ends: its closing mark. A line break inside means that it is none, as in code.
fn end_of_string(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr3(b'"', b'\\', b'\n', bytes.get(at..)?)?;
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => return None,
        }
    }
}

/// A string as it is meant, with the place of each byte.
fn decoded(raw: &str, place: &dyn Fn(usize) -> u32) -> Mapped {
    let mut out = Mapped { text: String::with_capacity(raw.len()), at: Vec::with_capacity(raw.len() + 1) };
    let mut at = 0;
    while let Some(c) = raw.get(at..).and_then(|r| r.chars().next()) {
        let (meant, taken) = if c == '\\' { escape(&raw[at..]) } else { (c, c.len_utf8()) };
        out.text.push(meant);
        let from = place(at);
        out.at.extend(std::iter::repeat_n(from, meant.len_utf8()));
        at += taken;
    }
    out.at.push(place(raw.len()));
    out
}

/// The character that an escape at the start of a text means, and the bytes it takes.
fn escape(text: &str) -> (char, usize) {
    let hex = |from: usize| text.get(from..from + 4).and_then(|h| u32::from_str_radix(h, 16).ok());
    match text.as_bytes().get(1) {
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r' | b'b' | b'f') => (' ', 2),
        Some(b'u') => match hex(2) {
            Some(high @ 0xd800..=0xdbff) => {
                let low = text.get(6..8).filter(|t| *t == "\\u").and_then(|_| hex(8));
                let low = low.filter(|l| (0xdc00..=0xdfff).contains(l));
                let both = low.and_then(|l| char::from_u32(0x10000 + ((high - 0xd800) << 10) + (l - 0xdc00)));
                both.map_or(('\u{fffd}', 6), |c| (c, 12))
            }
            Some(one) => (char::from_u32(one).unwrap_or('\u{fffd}'), 6),
            None => ('\\', 1),
        },
        Some(b) if b.is_ascii() => (char::from(*b), 2),
        _ => ('\\', 1),
    }
}

/// The lines of a string, if it holds running text.
fn candidate(key: &str, mapped: &Mapped) -> Option<Candidate> {
    let text = mapped.text.as_str();
    // Addresses, code and styles hold no running text: words are few and long.
    let words = text.split_ascii_whitespace().count();
    let wide = text.chars().next().is_some_and(|c| c >= '\u{2e80}');
    if !wide && words * 25 < text.len() && !text.contains('<') || text.starts_with("http") {
        return None;
    }
    let blocks = ["<p", "<div", "<br", "<li", "<h2"].iter().any(|tag| text.contains(tag));
    let mut found: Vec<Line> = Vec::new();
    if blocks {
        found = lines::of(&Tree::parse(text)).lines;
    } else {
        let mut at = 0;
        for piece in text.split('\n') {
            let start = at;
            at += piece.len() + 1;
            for mut line in lines::of(&Tree::parse(piece)).lines {
                (line.from, line.to) = (line.from + start, line.to + start);
                found.push(line);
            }
        }
    }
    for line in &mut found {
        let place = |n: usize| mapped.at.get(n).map_or(0, |at| *at as usize);
        (line.from, line.to) = (place(line.from), place(line.to));
    }
    let prose = found.iter().map(prose).sum();
    let parted = found.iter().filter(|l| self::prose(l) > 0).count() >= 2;
    (prose > 0).then(|| Candidate { key: key.to_lowercase(), lines: found, prose, parted })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "The ferry to Lüttholm sailed again on Tuesday, with forty people and two dogs on board, its captain said when it came back late in the evening of the same day.";
    const TWO: &str = "She added that the pier would be mended by May, and that the town had asked for nothing else so far, although its mayor had written to her three times since the storm.";
    const THREE: &str = "Nobody on the island had seen so large a ship since that year, when three of them were moored at once and the children were let out of school to look at them all, which some of those children still tell their own.";

    fn found(source: &str, is_article: bool) -> Vec<(String, String)> {
        let tree = Tree::parse(source);
        let found = find(&tree, is_article).map(|f| f.lines).unwrap_or_default();
        found.into_iter().map(|l| (l.text, source[l.from..l.to].to_owned())).collect()
    }

    #[test]
    fn markup_in_a_string_is_read_through_its_escapes() {
        let body =
            format!("\\u003cp\\u003e{ONE}\\u003c/p\\u003e\\u003cp\\u003e\\\"{TWO}\\\"\\u003c/p\\u003e").repeat(3);
        let source = format!("<script id=__NEXT_DATA__>{{\"a\":{{\"contentHtml\":\"{body}\"}}}}</script>");
        let got = found(&source, false);
        assert_eq!(got.len(), 6);
        assert_eq!(got[0], (ONE.to_owned(), ONE.to_owned()));
        assert_eq!(got[1], (format!("\"{TWO}\""), format!("\\\"{TWO}\\\"")));
    }

    #[test]
    fn a_string_inside_of_a_string_is_read_too() {
        let markup = [ONE, TWO, THREE].map(|t| format!("\\\\u003cp\\\\u003e{t}\\\\u003c/p\\\\u003e")).concat();
        let source = format!("<script>self.push([1,\"{{\\\"body\\\":\\\"{markup}\\\"}}\"])</script>");
        let got = found(&source, false);
        let want = [ONE, TWO, THREE].map(|t| (t.to_owned(), t.to_owned()));
        assert_eq!(got, want);
    }

    #[test]
    fn paragraphs_one_a_string_want_a_page_that_is_an_article() {
        let parts = [ONE, TWO, ONE, THREE].map(|t| format!("{{\"type\":\"p\",\"text\":\"{t}\"}}")).join(",");
        let source = format!("<script type='application/json'>[{parts}]</script>");
        assert_eq!(found(&source, true).len(), 3, "each paragraph once");
        assert!(found(&source, false).is_empty());
    }

    #[test]
    fn code_is_no_article() {
        assert!(found("<script>var a=\"never closed; b = '\\n' + c(\"x\");\nfoo(\"bar\")</script>", true).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn never_panics(source in "<script>(\\PC|\\\\|\"|\n|\\\\u[0-9a-f]{0,4}){0,300}</script>") {
            let _ = find(&Tree::parse(&source), true);
        }
    }
}
