//! Out of a file in any of our forms: the list of sources, the words shown before each mark, and whether the seal holds.

use super::markup::{Piece, attribute, scan};
use crate::sources::{FORMAT, Sources, seal_holds};
use dateline_capture::digest;
use dateline_text::squeeze;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Bytes of a file, and of each part of a Word file after unpacking.
const MOST_BYTES: u64 = 64 << 20;
/// Places that a list may have.
const MOST_NOTES: usize = 100_000;
/// Files that a Word file may hold.
const MOST_PARTS: usize = 2_000;

/// The part of a Word file that holds the list.
pub(crate) const DOCX_LIST: &str = "customXml/item1.xml";

/// A form that a brief is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One page.
    Html,
    /// Plain text with a comment at its end.
    Markdown,
    /// An object.
    Json,
    /// A Word file.
    Docx,
}

impl Form {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Form::Html => "html",
            Form::Markdown => "markdown",
            Form::Json => "json",
            Form::Docx => "docx",
        }
    }
}

/// Why a file cannot be verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotABrief(pub String);

impl std::fmt::Display for NotABrief {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotABrief {}

/// A brief as a file presents it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presented {
    /// Its form.
    pub form: Form,
    /// Its list.
    pub sources: Sources,
    /// For each mark ("3:2501"), what stands before it, from the mark before it on.
    pub(super) shown: BTreeMap<String, Vec<String>>,
    /// All words shown, white space made one blank.
    pub(super) words: String,
    /// Whether its seal is the right one; `None` where it has none.
    pub(super) seal: Option<bool>,
}

/// Reads a brief; its form by its first bytes.
///
/// # Errors
/// Where it is no brief that this program made, or larger than one can be.
pub fn read(bytes: &[u8]) -> Result<Presented, NotABrief> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(NotABrief(format!("it is larger than {} MiB", MOST_BYTES >> 20)));
    }
    if bytes.starts_with(b"PK") {
        return docx(bytes);
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|e| NotABrief(format!("it is not UTF-8 from byte {} on", e.valid_up_to())))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.trim_start().as_bytes().first() {
        Some(b'{') => json(text),
        Some(b'<') => html(text),
        _ => markdown(text),
    }
}

fn list(json: Option<&str>) -> Result<Sources, NotABrief> {
    let Some(json) = json else {
        return Err(NotABrief("it holds no list of sources; was it made by `dateline brief`?".to_owned()));
    };
    let sources: Sources =
        serde_json::from_str(json).map_err(|e| NotABrief(format!("its list of sources cannot be read: {e}")))?;
    checked(sources)
}

fn checked(sources: Sources) -> Result<Sources, NotABrief> {
    if sources.format != FORMAT {
        let why = format!("its list of sources has format {}; this program knows {FORMAT}", sources.format);
        return Err(NotABrief(why));
    }
    if sources.notes.len() > MOST_NOTES || sources.pages.len() > MOST_NOTES {
        return Err(NotABrief(format!("its list of sources has more than {MOST_NOTES} lines")));
    }
    let mut seen = (BTreeSet::new(), BTreeSet::new());
    if !sources.pages.iter().all(|p| seen.0.insert(p.page) && seen.1.insert(p.id.as_str())) {
        return Err(NotABrief("its list of sources names a page twice".to_owned()));
    }
    Ok(sources)
}

/// What is gathered while a form is read.
#[derive(Default)]
struct Gathered {
    shown: BTreeMap<String, Vec<String>>,
    words: String,
    since: String,
}

impl Gathered {
    fn text(&mut self, text: &str) {
        self.since.push_str(text);
    }

    /// A mark: what stood since the last belongs to it.
    fn mark(&mut self, mark: &str) {
        let before = squeeze(&std::mem::take(&mut self.since));
        self.words.push_str(&before);
        self.words.push(' ');
        if let Some(mark) = mark.trim().strip_prefix('[').and_then(|m| m.split_once(']')).map(|(m, _)| m) {
            self.shown.entry(mark.to_owned()).or_default().push(before);
        }
    }

    fn presented(mut self, form: Form, sources: Sources, seal: Option<bool>) -> Presented {
        let rest = squeeze(&self.since);
        self.words.push_str(&rest);
        Presented { form, sources, shown: self.shown, words: self.words, seal }
    }
}

fn html(text: &str) -> Result<Presented, NotABrief> {
    let mut found = Gathered::default();
    let (mut json, mut inside): (Option<String>, Option<String>) = (None, None);
    let (mut mark, mut hidden): (Option<String>, bool) = (None, false);
    scan(text, |piece| match piece {
        Piece::Open("div", own) if own.contains("dateline-s") => inside = attribute(own, "id"),
        Piece::Close("div") if inside.is_some() => inside = None,
        Piece::Open("head", _) => hidden = true,
        Piece::Close("head") => hidden = false,
        Piece::Open("a", own) if attribute(own, "class").as_deref() == Some("note") => mark = Some(String::new()),
        Piece::Close("a") => {
            if let Some(mark) = mark.take() {
                found.mark(&mark);
            }
        }
        Piece::Open(_, _) | Piece::Close(_) => found.text(" "),
        Piece::Text(text) => match (&inside, &mut mark) {
            (Some(id), _) if id == "dateline-sources" => json.get_or_insert_default().push_str(&text),
            (Some(_), _) => {}
            (None, Some(mark)) => mark.push_str(&text),
            (None, None) if !hidden => found.text(&text),
            (None, None) => {}
        },
    });
    Ok(found.presented(Form::Html, list(json.as_deref())?, seal_holds(text)))
}

fn markdown(text: &str) -> Result<Presented, NotABrief> {
    const COMMENT: &str = "<!-- dateline-sources";
    let at = text.rfind(COMMENT);
    let (shown, end) = at.map_or((text, None), |at| (&text[..at], Some(&text[at + COMMENT.len()..])));
    let json = end.and_then(|end| end.split_once("dateline-seal:")).map(|(json, _)| json.trim());
    let sources = list(json)?;
    let mut found = Gathered::default();
    let mut rest = shown;
    let mut plain = String::new();
    while let Some(at) = rest.find(['\\', '[', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(mark) = place_mark(rest) {
            found.text(&plain);
            plain.clear();
            found.mark(mark);
            rest = &rest[mark.len()..];
        } else if let Some(after) = rest.strip_prefix("&amp;") {
            plain.push('&');
            rest = after;
        } else {
            // an escape stands for the character after it
            let mut chars = rest.chars();
            let first = chars.next();
            let kept = if first == Some('\\') { chars.next() } else { first };
            plain.extend(kept);
            rest = chars.as_str();
        }
    }
    plain.push_str(rest);
    found.text(&plain);
    Ok(found.presented(Form::Markdown, sources, seal_holds(text)))
}

/// The mark of a place at the start: "[3:2501]".
fn place_mark(text: &str) -> Option<&str> {
    let end = text.bytes().take(24).position(|b| b == b']')?;
    let (page, start) = text.get(1..end)?.split_once(':')?;
    let number = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    (text.starts_with('[') && number(page) && number(start)).then(|| text.get(..=end)).flatten()
}

fn json(text: &str) -> Result<Presented, NotABrief> {
    let mut value: Value =
        serde_json::from_str(text).map_err(|e| NotABrief(format!("it is no JSON that can be read: {e}")))?;
    let sources = match value.get_mut("sources").map(Value::take).filter(|s| !s.is_null()) {
        None => list(None)?,
        Some(sources) => {
            let why = |e| NotABrief(format!("its list of sources cannot be read: {e}"));
            checked(serde_json::from_value(sources).map_err(why)?)?
        }
    };
    let mut found = Gathered::default();
    // the reader bounds the depth; the walk needs no stack of its own kind
    let mut waiting: Vec<&Value> = vec![&value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(fields) => {
                if let (Some(words), Some(mark)) = (fields.get("words").and_then(Value::as_str), noted(fields)) {
                    found.text(&crate::quoted(words));
                    found.mark(&mark);
                }
                if let Some(title) = fields.get("title").and_then(Value::as_str) {
                    found.text(&format!(" {} ", crate::quoted(title)));
                }
                waiting.extend(fields.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    Ok(found.presented(Form::Json, sources, seal_holds(text)))
}

fn noted(fields: &serde_json::Map<String, Value>) -> Option<String> {
    let note = fields.get("note")?;
    let page = note.get("page")?.as_u64()?;
    let start = note.get("span")?.get(0)?.as_u64()?;
    Some(format!("[{page}:{start}]"))
}

fn docx(bytes: &[u8]) -> Result<Presented, NotABrief> {
    let damaged = |e: &dyn std::fmt::Display| NotABrief(format!("it is no Word file that can be read: {e}"));
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    if zip.len() > MOST_PARTS {
        return Err(NotABrief(format!("it holds more than {MOST_PARTS} files")));
    }
    let mut part = |name: &str| -> Result<Option<String>, NotABrief> {
        let Ok(file) = zip.by_name(name) else { return Ok(None) };
        let mut text = Vec::new();
        file.take(MOST_BYTES + 1).read_to_end(&mut text).map_err(|e| damaged(&e))?;
        if text.len() as u64 > MOST_BYTES {
            return Err(NotABrief(format!("{name} in it is larger than {} MiB", MOST_BYTES >> 20)));
        }
        Ok(Some(String::from_utf8_lossy(&text).into_owned()))
    };
    let (document, endnotes) = (part("word/document.xml")?, part("word/endnotes.xml")?);
    let (mut json, mut seal) = (None, None);
    // a program that keeps our part may give it another number
    for name in [DOCX_LIST, "customXml/item2.xml", "customXml/item3.xml"] {
        let Some(text) = part(name)?.filter(|t| t.contains("urn:dateline:sources")) else { continue };
        let mut inside = "";
        scan(&text, |piece| match piece {
            Piece::Open(name @ ("sources" | "seal"), _) => inside = name,
            Piece::Open(..) | Piece::Close(_) => inside = "",
            Piece::Text(text) if inside == "sources" => json = Some(text),
            Piece::Text(text) if inside == "seal" => seal = Some(text),
            Piece::Text(_) => {}
        });
        break;
    }
    let sources = list(json.as_deref())?;
    let (document, endnotes) = (document.unwrap_or_default(), endnotes.unwrap_or_default());
    let found = docx_text(&document, &endnotes);
    let seal = seal.map(|seal: String| digest(docx_words(&document, &endnotes).as_bytes()) == seal.trim());
    Ok(found.presented(Form::Docx, sources, seal))
}

/// All words of a Word file's document and endnotes: what its seal is of, so that a program may save it anew.
pub(crate) fn docx_words(document: &str, endnotes: &str) -> String {
    let mut out = String::new();
    for part in [document, endnotes] {
        let mut inside = false;
        scan(part, |piece| match piece {
            Piece::Open("w:t", _) => inside = true,
            Piece::Close("w:t") => inside = false,
            Piece::Close("w:p") => out.push('\n'),
            Piece::Text(text) if inside => out.push_str(&text),
            _ => {}
        });
        out.push('\u{c}');
    }
    out.lines().map(squeeze).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

fn docx_text(document: &str, endnotes: &str) -> Gathered {
    let mut marks: BTreeMap<String, String> = BTreeMap::new();
    let (mut id, mut inside) = (String::new(), false);
    scan(endnotes, |piece| match piece {
        Piece::Open("w:endnote", own) => id = attribute(own, "w:id").unwrap_or_default(),
        Piece::Open("w:t", _) => inside = true,
        Piece::Close("w:t") => inside = false,
        Piece::Text(text) if inside => marks.entry(id.clone()).or_default().push_str(&text),
        _ => {}
    });
    let mut found = Gathered::default();
    let mut inside = false;
    scan(document, |piece| match piece {
        Piece::Open("w:t", _) => inside = true,
        Piece::Close("w:t") => inside = false,
        Piece::Close("w:p") => found.text(" "),
        Piece::Open("w:endnoteReference", own) => {
            let mark = attribute(own, "w:id").and_then(|id| marks.get(&id));
            found.mark(mark.map_or("", String::as_str));
        }
        Piece::Text(text) if inside => found.text(&text),
        _ => {}
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_places() {
        assert_eq!(place_mark("[3:2501] and"), Some("[3:2501]"));
        for other in ["[3]", "[a:1]", "[3:]", "3:1]", "[12345678901234567890:1", "["] {
            assert_eq!(place_mark(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_no_brief_is_told_as_such() {
        for bytes in [&b""[..], b"PK\x03\x04", b"<html>", b"{\"sources\":7}", b"{", b"\xff\xfe", b"# Title\n"] {
            assert!(read(bytes).is_err(), "{bytes:?}");
        }
    }
}
