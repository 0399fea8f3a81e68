//! A capture for the eye: the page as it was saved, with the words of a fact marked in it, and nothing in it that acts.
//!
//! Nothing is taken out. The characters are those that were read (so a wrong label shows the same letters as the
//! article), and a few attributes are written in front of the page's own, because of two of one name the first counts:
//! links and frames lead nowhere, and `link` and `meta` say nothing. What never closes is closed where the reader found its end,
//! so that the eye sees the text that was read. Scripts, frames and requests are the sandbox's business.

use crate::bytes::{self, Decoded};
use crate::html::{Scanner, Tag, Token, reference};
use crate::weight::Weight;
use crate::{Article, NotAnArticle};
use dateline_capture::{Capture, Payload};
use dateline_text::Span;
use memchr::memmem;

/// Blocks of an article that one span may touch; of further ones nothing is marked.
const MOST_BLOCKS: usize = 32;
/// Bytes of a block's part of the page in which its words are looked for.
const MOST_SEEN: usize = 1 << 20;

/// A page as it was saved.
#[derive(Debug)]
pub struct Saved {
    /// Its characters.
    pub text: String,
    /// Whether they are markup; else they are plain text.
    pub markup: bool,
    /// Whether its markup is more than a browser should be given: tags inside one another without end.
    pub heavy: bool,
    /// Where the words stand that were asked for, in order; empty where they stand in nothing that is seen.
    pub words: Vec<Span>,
    /// What is written into markup, and where.
    added: Vec<(usize, &'static str)>,
}

impl Saved {
    /// Markup with what makes it inert, and each of the words between `open` and `close`.
    pub fn inert(&self, open: &str, close: &str) -> String {
        let marks = self.words.iter().flat_map(|w| [(w.start, open), (w.end, close)]);
        let mut all: Vec<(usize, &str)> = marks.chain(self.added.iter().copied()).collect();
        all.sort_by_key(|(at, _)| *at);
        let mut out = String::with_capacity(self.text.len() + all.len() * 24);
        let mut from = 0;
        for (at, what) in all {
            out.push_str(self.text.get(from..at).unwrap_or_default());
            out.push_str(what);
            from = at;
        }
        out.push_str(self.text.get(from..).unwrap_or_default());
        out
    }
}

/// The page as it was saved. `words` is a place in the article's text.
///
/// # Errors
/// [`NotAnArticle::Unreadable`] where the bytes are no text.
pub fn saved(capture: &Capture, words: Option<(&Article, Span)>) -> Result<Saved, NotAnArticle> {
    let decoded = bytes::decode(&capture.bytes, capture.source.charset.as_deref())?;
    let mut wanted: Vec<Wanted> = words.map(|(article, span)| Wanted::of(article, span, &decoded)).unwrap_or_default();
    let markup = matches!(capture.payload, Payload::Html | Payload::FeedItem);
    let mut added = Vec::new();
    let mut weight = Weight::default();
    if markup {
        read(&decoded.text, &mut wanted, &mut added, &mut weight);
    } else {
        wanted.iter_mut().for_each(|w| w.take(&decoded.text, 0, decoded.text.len(), false));
    }
    let words = wanted.iter().flat_map(Wanted::found).collect();
    Ok(Saved { text: decoded.text, markup, heavy: weight.is_heavy(), words, added })
}

/// Reads the tokens: text for what is wanted, tags for what has to be written into them and for what they cost.
fn read(text: &str, wanted: &mut [Wanted], added: &mut Vec<(usize, &'static str)>, weight: &mut Weight) {
    let mut scanner = Scanner::new(text);
    while let Some(token) = scanner.next() {
        match token {
            Token::Text { start, end } => wanted.iter_mut().for_each(|w| w.take(text, start, end, true)),
            Token::Start { tag, start, end, closed } => {
                let name = name(text, start + 1);
                if let Some(first) = inert(tag, name) {
                    added.push((start + 1 + name.len(), first));
                }
                if tag.is_raw() {
                    scanner.raw(tag, name);
                } else {
                    weight.opens(tag, name, text.get(start..end).unwrap_or_default(), closed);
                }
            }
            Token::End { tag, start, .. } => weight.closes(tag, name(text, start + 2)),
        }
    }
    added.append(&mut scanner.mended);
}

/// The name of a tag, which begins there.
fn name(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    let is_end = |b: u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | 0x0B);
    rest.bytes().position(is_end).map_or(rest, |n| &rest[..n])
}

/// What stands in front of an element's own attributes.
fn inert(tag: Tag, name: &str) -> Option<&'static str> {
    match tag {
        // a new window, which the sandbox does not open
        Tag::A | Tag::Form | Tag::Base => Some(" target=\"_blank\""),
        Tag::Link => Some(" rel=\"-\""),
        Tag::Meta => Some(" http-equiv=\"-\""),
        // a browser may connect to where a frame would lead before it asks the policy
        Tag::Iframe | Tag::Embed => Some(" src=\"about:blank\""),
        Tag::Object => Some(" data=\"about:blank\""),
        _ => match name.to_ascii_lowercase().as_str() {
            "area" => Some(" target=\"_blank\""),
            "frame" | "fencedframe" => Some(" src=\"about:blank\""),
            _ => None,
        },
    }
}

/// Words of one block, looked for in its part of the page. White space counts for nothing, since the article has it
/// folded; nor do marks that it may have dropped.
struct Wanted {
    /// The part of the page, in decoded characters' bytes.
    part: Span,
    /// The words, and how much of the block stands before them.
    words: String,
    before: usize,
    /// What was read of the part.
    seen: String,
    /// (where in `seen`, where in the page, run of text): one entry a character.
    places: Vec<(usize, Span, usize)>,
    runs: usize,
}

impl Wanted {
    fn of(article: &Article, span: Span, decoded: &Decoded) -> Vec<Wanted> {
        let touched = article.blocks.iter().filter(|b| b.span.start < span.end && span.start < b.span.end);
        let wanted = touched.take(MOST_BLOCKS).map(|b| {
            let (start, end) = (span.start.max(b.span.start), span.end.min(b.span.end));
            Wanted {
                part: Span::new(decoded.at(b.capture.0), decoded.at(b.capture.1)),
                words: Span::new(start, end).of(&article.text).chars().filter(|c| counts(*c)).collect(),
                before: Span::new(b.span.start, start)
                    .of(&article.text)
                    .chars()
                    .filter(|c| counts(*c))
                    .map(char::len_utf8)
                    .sum(),
                seen: String::new(),
                places: Vec::new(),
                runs: 0,
            }
        });
        wanted.filter(|w| !w.words.is_empty()).collect()
    }

    /// Takes in a run of text where it stands in the part.
    fn take(&mut self, text: &str, start: usize, end: usize, markup: bool) {
        let (mut at, end) = (start.max(self.part.start), end.min(self.part.end));
        let Some(run) = text.get(at..end.max(at)) else { return };
        self.runs += 1;
        let base = at;
        while let Some(c) = run.get(at - base..).and_then(|r| r.chars().next()) {
            if self.seen.len() > MOST_SEEN {
                return;
            }
            let read = if markup && c == '&' { reference(&run[at - base..], false) } else { None };
            let (chars, length) = read.unwrap_or(([Some(c), None], c.len_utf8()));
            for c in chars.into_iter().flatten().filter(|c| counts(*c)) {
                self.places.push((self.seen.len(), Span::new(at, at + length), self.runs));
                self.seen.push(c);
            }
            at += length;
        }
    }

    /// Where the words stand: of several places the one nearest to where the block has them. One span for each run.
    fn found(&self) -> Vec<Span> {
        let all = memmem::find_iter(self.seen.as_bytes(), self.words.as_bytes());
        let Some(at) = all.min_by_key(|at| at.abs_diff(self.before)) else { return Vec::new() };
        let from = self.places.partition_point(|(seen, ..)| *seen < at);
        let to = self.places.partition_point(|(seen, ..)| *seen < at + self.words.len());
        let mut out: Vec<(Span, usize)> = Vec::new();
        for (_, place, run) in self.places.get(from..to).unwrap_or_default() {
            match out.last_mut() {
                Some((span, last)) if last == run => span.end = place.end,
                _ => out.push((*place, *run)),
            }
        }
        out.into_iter().map(|(span, _)| span).collect()
    }
}

/// Whether a character is compared.
fn counts(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_capture::Source;

    fn page(bytes: &[u8]) -> (Capture, Article) {
        let capture = Capture::new(bytes.to_vec(), Payload::Html, Source::default());
        let article = crate::find(&capture).expect("an article");
        (capture, article)
    }

    fn marked(capture: &Capture, article: &Article, words: &str) -> String {
        let start = article.text.find(words).expect("the words stand in the article");
        let saved = saved(capture, Some((article, Span::new(start, start + words.len())))).expect("text");
        saved.inert("[", "]")
    }

    const LONG: &str =
        "The pilots of the harbour met again on Monday evening and agreed to work on Sundays until June.";

    #[test]
    fn words_are_marked_where_they_stand_also_across_tags_and_references() {
        let html = format!(
            "<html><body><article><h1>Pilots meet</h1><p>{LONG}</p><p>The caf&eacute;  &amp; the <b>old\n harbour</b> shut, said &#8220;a \
             pilot&#8221;, and the café shut at noon on the day of the storm.</p></article></body></html>"
        );
        let (capture, article) = page(html.as_bytes());
        assert!(
            marked(&capture, &article, "café & the old harbour shut")
                .contains("The [caf&eacute;  &amp; the] <b>[old\n harbour]</b> [shut], said")
        );
        assert!(marked(&capture, &article, "“a pilot”").contains("said [&#8220;a pilot&#8221;], and"));
        let second = article.text.rfind("café").unwrap();
        let saved = saved(&capture, Some((&article, Span::new(second, second + "café".len())))).unwrap();
        assert!(saved.inert("[", "]").contains("and the [café] shut at noon"), "of two the nearest");
    }

    #[test]
    fn words_are_found_in_bytes_of_any_encoding() {
        let html = format!(
            "<html><body><article><h1>Žemė</h1><p>{LONG}</p><p>Ministrė sakė, kad „Žemė“ yra didelė, ir {LONG}</p></article></body></html>"
        );
        let mut wide = vec![0xFF, 0xFE];
        wide.extend(html.encode_utf16().flat_map(u16::to_le_bytes));
        let (capture, article) = page(&wide);
        assert!(marked(&capture, &article, "„Žemė“").contains("kad [„Žemė“] yra"));
    }

    #[test]
    fn nothing_acts_and_nothing_is_swallowed() {
        let html = format!(
            "<html><head><meta http-equiv=refresh content=\"0;url=//elsewhere.example\"><LINK rel=preconnect href=//elsewhere.example></head>\
             <body><article><p>{LONG}</p><a href=//elsewhere.example target=_top>x</a><img src='//elsewhere.example/?<p>{LONG}</p>\
             <iframe src=//elsewhere.example></iframe><!-- never closed <p>{LONG}</p></article></body></html>"
        );
        let (capture, _) = page(html.as_bytes());
        let out = saved(&capture, None).unwrap().inert("", "");
        assert!(out.contains("<meta http-equiv=\"-\" http-equiv=refresh"), "{out}");
        assert!(out.contains("<LINK rel=\"-\" rel=preconnect"), "{out}");
        assert!(out.contains("<iframe src=\"about:blank\" src=//elsewhere.example>"), "{out}");
        assert!(out.contains("<a target=\"_blank\" href=//elsewhere.example target=_top>"), "{out}");
        assert!(out.contains("<img src='//elsewhere.example/?'><p>"), "{out}");
        assert!(out.contains("<!-- never closed <p>-->"), "{out}");
    }

    #[test]
    fn plain_text_is_marked_too() {
        let text =
            format!("Pilots meet\n\n{LONG}\n\nThey said <b>so</b>  &amp; left the harbour before the end of the day.");
        let capture = Capture::new(text.into_bytes(), Payload::Text, Source::default());
        let article = crate::find(&capture).unwrap();
        let start = article.text.find("<b>so").unwrap();
        let saved = saved(&capture, Some((&article, Span::new(start, start + 5)))).unwrap();
        assert!(!saved.markup);
        assert_eq!(saved.words.iter().map(|w| w.of(&saved.text)).collect::<Vec<_>>(), ["<b>so"]);
    }
}
