//! What a brief's words rest on, as a list that a program can check years later: of each page its capture and digest, of
//! each statement the exact words and their place. Every form of a brief carries the same list.

use crate::html::notes;
use crate::model::{Brief, Note};
use dateline_capture::digest;
use dateline_story::Report;
use dateline_text::CharIndex;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The list's own version; another one is refused by `verify`.
pub const FORMAT: u32 = 1;

/// What a brief's words rest on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sources {
    /// Version of this list.
    pub format: u32,
    /// Program and rules that read the pages.
    pub version: String,
    /// The pages, by their number in the brief.
    pub pages: Vec<SourcePage>,
    /// Places in them, in the order of the brief.
    pub notes: Vec<SourceNote>,
}

/// A page of a brief.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SourcePage {
    /// Its number in the brief, from 1.
    pub page: usize,
    /// The capture's id.
    pub id: String,
    /// SHA-256 of the capture's bytes, hex; none where they were not at hand.
    pub digest: Option<String>,
    /// SHA-256 of the article's text as it was read, hex.
    pub text: String,
    /// Headline as the brief shows it.
    pub title: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// When it was published, ISO 8601.
    pub published: Option<String>,
    /// Address or file.
    pub source: Option<String>,
}

/// A place in a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SourceNote {
    /// Number of the page.
    pub page: usize,
    /// Code points of the article's text, end-exclusive: of the whole, which the brief's mark names by its start.
    pub span: [usize; 2],
    /// The parts that are quoted; none where that is the whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<[usize; 2]>,
    /// The exact words of each part, or of the whole.
    pub words: Vec<String>,
    /// The words as the brief shows them; none where it shows the mark alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
}

/// The list of a brief; `reports` by capture id, `digests` of captures by their ids, `version` of program and rules.
pub fn sources(
    brief: &Brief,
    reports: &BTreeMap<&str, &Report>,
    digests: &BTreeMap<String, String>,
    version: &str,
) -> Sources {
    let mut out = Sources { format: FORMAT, version: version.to_owned(), ..Sources::default() };
    let mut texts: BTreeMap<usize, Text> = BTreeMap::new();
    for p in brief.stories.iter().flat_map(|s| &s.pages) {
        let Some(report) = reports.get(p.id.as_str()) else { continue };
        let text = &report.article.text;
        out.pages.push(SourcePage {
            page: p.page,
            id: p.id.clone(),
            digest: digests.get(&p.id).cloned(),
            text: digest(text.as_bytes()),
            title: p.title.clone(),
            outlet: p.outlet.clone(),
            published: p.published.clone(),
            source: p.source.as_deref().map(crate::shown),
        });
        texts.insert(p.page, Text { text, index: CharIndex::new(text) });
    }
    let mut put = |note: &Note, parts: &[[usize; 2]], shown: Option<&str>| {
        let Some(text) = texts.get(&note.page) else { return };
        let spans = if parts.is_empty() { std::slice::from_ref(&note.span) } else { parts };
        let words = spans.iter().map(|s| text.words(*s)).collect();
        let (parts, shown) = (parts.to_vec(), shown.map(str::to_owned));
        out.notes.push(SourceNote { page: note.page, span: note.span, parts, words, shown });
    };
    let mut stated: BTreeSet<(usize, [usize; 2])> = BTreeSet::new();
    for s in &brief.stories {
        for c in s.who.iter().flat_map(|w| &w.sayings).flat_map(|s| &s.cells) {
            put(&c.note, &c.parts, Some(&c.words));
            stated.insert((c.note.page, c.note.span));
        }
        for c in s.figures.iter().flat_map(|f| &f.cells) {
            put(&c.note, &[], Some(&c.words));
            stated.insert((c.note.page, c.note.span));
        }
        for m in &s.timeline {
            put(&m.note, &[], Some(&m.words));
            stated.insert((m.note.page, m.note.span));
        }
    }
    // places that are marked without words of their own beside the mark: shared wording, what is new
    for note in notes(brief) {
        if stated.insert((note.page, note.span)) {
            put(&note, &[], None);
        }
    }
    out
}

struct Text<'a> {
    text: &'a str,
    index: CharIndex,
}

impl Text<'_> {
    fn words(&self, [start, end]: [usize; 2]) -> String {
        let (from, to) = (self.index.byte(self.text, start), self.index.byte(self.text, end));
        self.text.get(from..to).unwrap_or_default().to_owned()
    }
}

/// The list as JSON. Characters that turn the direction of text, hide it, or that XML cannot hold are escaped: the list
/// keeps a page's exact words, and must not act where it stands.
pub(crate) fn listed(sources: &Sources) -> String {
    inert(&serde_json::to_string(sources).unwrap_or_default())
}

/// JSON with such characters escaped; outside of strings it has none.
pub(crate) fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7F}'..='\u{9F}'
            | '\u{AD}'
            | '\u{61C}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF0}'..='\u{FFFF}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// What stands before the digits of a seal.
const SEAL: &str = "dateline-seal:";
/// Hex digits of a seal.
const DIGITS: usize = 64;

/// A place for the seal in a document that is still written.
pub(crate) fn unsealed() -> String {
    format!("{SEAL}{}", "0".repeat(DIGITS))
}

/// The document with its seal, the SHA-256 of the whole with noughts in the seal's place: by it `verify` sees that
/// something was changed since, also where no quotation was. It is no signature; who changes a brief on purpose can seal
/// it anew.
pub(crate) fn sealed(document: String) -> String {
    match seal_at(&document) {
        Some(at) => {
            let seal = digest(document.as_bytes());
            format!("{}{seal}{}", &document[..at], &document[at + DIGITS..])
        }
        None => document,
    }
}

/// Whether the seal of a document is the right one; `None` where it has none. Line ends may have become those of
/// another system.
pub(crate) fn seal_holds(document: &str) -> Option<bool> {
    let document = document.replace("\r\n", "\n");
    let at = seal_at(&document)?;
    let seal = document.get(at..at + DIGITS)?.to_owned();
    let bare = format!("{}{}{}", &document[..at], "0".repeat(DIGITS), &document[at + DIGITS..]);
    Some(digest(bare.as_bytes()) == seal)
}

/// Where the digits of the last seal stand.
fn seal_at(document: &str) -> Option<usize> {
    let at = document.rfind(SEAL)? + SEAL.len();
    let digits = document.get(at..at + DIGITS)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_breaks_with_any_letter_and_survives_line_ends() {
        let document = sealed(format!("The quay is shut.\n{}\nend\n", unsealed()));
        assert_eq!(seal_holds(&document), Some(true));
        assert_eq!(seal_holds(&document.replace('\n', "\r\n")), Some(true));
        assert_eq!(seal_holds(&document.replace("shut", "shot")), Some(false));
        assert_eq!(seal_holds("The quay is shut."), None);
        assert_eq!(seal_holds("dateline-seal:12"), None);
    }
}
