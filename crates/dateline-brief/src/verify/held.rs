//! The list of a brief held against the captures.

use super::forms::Presented;
use super::markup::{Piece, scan};
use super::shown::altered;
use super::{Patience, Verified, whole_words};
use crate::sources::{SourceNote, SourcePage};
use dateline_text::{CharIndex, Span, squeeze};
use std::collections::BTreeMap;

/// A capture as the library holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// None by this name.
    Missing,
    /// It is there and cannot be read; why.
    Damaged(String),
    /// It is there.
    Here {
        /// SHA-256 of its bytes, hex.
        digest: String,
        /// The article's text as it is read in it now; why there is none.
        text: Result<String, String>,
        /// All that the page holds beside the article's text: title, asides, the bytes themselves where they are text.
        beside: String,
    },
}

/// How a place stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Its words stand there.
    Stands,
    /// The capture is as it was, and the words stand in it, but the rules of now count the place otherwise.
    Elsewhere,
    /// The words do not stand in the capture, or the capture is not the one that the brief was made from.
    Changed,
    /// The library does not hold the capture.
    Missing,
}

impl Status {
    /// A word for it.
    pub fn word(self) -> &'static str {
        match self {
            Status::Stands => "stands",
            Status::Elsewhere => "stands elsewhere",
            Status::Changed => "changed",
            Status::Missing => "capture missing",
        }
    }
}

/// A place of a brief, looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Number of the page.
    pub page: usize,
    /// Where the brief says it is, in code points of the article's text.
    pub span: [usize; 2],
    /// Its words, parts joined by " … ".
    pub words: String,
    /// How it stands.
    pub status: Status,
    /// Where the words are now, where that is another place of the text.
    pub now: Option<[usize; 2]>,
    /// Why, where they do not stand.
    pub why: String,
}

/// A page of a brief, looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageCheck {
    /// What the brief says of it.
    pub page: SourcePage,
    /// What is wrong with its capture; `None` where that is the one the brief was made from.
    pub why: Option<String>,
}

/// Holds a brief against the captures, which `held` looks up, each once.
pub fn verify(brief: &Presented, mut held: impl FnMut(&SourcePage) -> Held) -> Verified {
    let mut of_page: BTreeMap<usize, Vec<(usize, &SourceNote)>> = BTreeMap::new();
    for (i, note) in brief.sources.notes.iter().enumerate() {
        of_page.entry(note.page).or_default().push((i, note));
    }
    let mut places: BTreeMap<usize, Placed> = BTreeMap::new();
    let mut pages = Vec::new();
    let mut patience = Patience(Patience::MOST);
    for page in &brief.sources.pages {
        let capture = held(page);
        let why = wrong(page, &capture);
        let notes = of_page.remove(&page.page).unwrap_or_default();
        let desk = Desk::new(&capture, why.as_deref());
        for (i, note) in notes {
            places.insert(i, desk.place(note, &mut patience));
        }
        pages.push(PageCheck { page: page.clone(), why });
    }
    for (i, note) in of_page.into_values().flatten() {
        let why = format!("the brief’s list names no page {}", note.page);
        places.insert(i, placed(note, Status::Missing, None, &why));
    }
    Verified {
        form: brief.form,
        version: brief.sources.version.clone(),
        pages,
        places: places.into_values().collect(),
        altered: altered(brief, &mut patience),
    }
}

/// What is wrong with a capture.
fn wrong(page: &SourcePage, capture: &Held) -> Option<String> {
    match capture {
        Held::Missing => Some("the library does not hold this capture".to_owned()),
        Held::Damaged(why) => Some(format!("the capture cannot be read: {why}")),
        Held::Here { digest, .. } => match &page.digest {
            Some(was) if was != digest => {
                Some(format!("its bytes are not those the brief was made from (sha256 {digest})"))
            }
            _ => None,
        },
    }
}

/// A page's text, made ready to look in.
struct Desk<'c> {
    wrong: Option<&'c str>,
    missing: bool,
    text: Option<(&'c str, CharIndex)>,
    unread: Option<&'c str>,
    beside: String,
}

impl<'c> Desk<'c> {
    fn new(capture: &'c Held, wrong: Option<&'c str>) -> Desk<'c> {
        let (text, unread, beside) = match capture {
            Held::Here { text, beside, .. } if wrong.is_none() => {
                (text.as_deref().ok(), text.as_ref().err().map(String::as_str), plain(beside))
            }
            _ => (None, None, String::new()),
        };
        let text = text.map(|t| (t, CharIndex::new(t)));
        Desk { wrong, missing: *capture == Held::Missing, text, unread, beside }
    }

    fn place(&self, note: &SourceNote, patience: &mut Patience) -> Placed {
        if let Some(why) = self.wrong {
            let status = if self.missing { Status::Missing } else { Status::Changed };
            return placed(note, status, None, why);
        }
        let spans = if note.parts.is_empty() { std::slice::from_ref(&note.span) } else { note.parts.as_slice() };
        let inside = |s: &[usize; 2]| note.span[0] <= s[0] && s[0] <= s[1] && s[1] <= note.span[1];
        if spans.len() != note.words.len() || !spans.iter().all(inside) || note.words.iter().any(String::is_empty) {
            return placed(note, Status::Changed, None, "the brief’s list is not one that Dateline writes");
        }
        if spans.iter().zip(&note.words).all(|(span, words)| self.at(*span) == Some(words)) {
            return placed(note, Status::Stands, None, "");
        }
        let length = self.text.as_ref().map_or(0, |(text, _)| text.len()) + self.beside.len();
        if !patience.allows(length.saturating_mul(note.words.len())) {
            return placed(note, Status::Changed, None, "not there; too many places to look for all through the pages");
        }
        self.elsewhere(note)
    }

    /// The words at a place of the text.
    fn at(&self, [start, end]: [usize; 2]) -> Option<&str> {
        let (text, index) = self.text.as_ref()?;
        let span = Span::new(index.byte(text, start), index.byte(text, end));
        // past its end an index gives the end: what was asked for must be what was given
        (index.to_chars(text, span) == [start, end]).then(|| span.of(text))
    }

    fn elsewhere(&self, note: &SourceNote) -> Placed {
        if let Some((text, index)) = &self.text {
            let mut from = 0;
            let mut whole: Option<Span> = None;
            let found = note.words.iter().all(|words| {
                let Some(span) = whole_words::find(text, from, words) else { return false };
                from = span.end;
                whole = Some(whole.map_or(span, |w| w.cover(span)));
                true
            });
            if let (true, Some(whole)) = (found, whole) {
                let now = index.to_chars(text, whole);
                return placed(note, Status::Elsewhere, Some(now), "in another place of the article’s text");
            }
        }
        let blank: Vec<String> = note.words.iter().map(|w| squeeze(w)).collect();
        if blank.iter().all(|w| whole_words::find(&self.beside, 0, w).is_some()) {
            let why = match self.unread {
                Some(why) => format!("in the page, of which no article is read now ({why})"),
                None => "in the page, outside of what is read as the article now".to_owned(),
            };
            return placed(note, Status::Elsewhere, None, &why);
        }
        placed(note, Status::Changed, None, "the words do not stand in the capture")
    }
}

/// Words of a page whatever its markup, white space made one blank.
fn plain(page: &str) -> String {
    let mut out = String::new();
    scan(page, |piece| match piece {
        Piece::Text(text) => out.push_str(&text),
        Piece::Open("p" | "br" | "div" | "li" | "td" | "th" | "h1" | "h2" | "h3" | "h4", _) => out.push(' '),
        _ => {}
    });
    squeeze(&out)
}

fn placed(note: &SourceNote, status: Status, now: Option<[usize; 2]>, why: &str) -> Placed {
    Placed { page: note.page, span: note.span, words: note.words.join(" … "), status, now, why: why.to_owned() }
}
