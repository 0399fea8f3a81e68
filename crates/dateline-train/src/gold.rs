//! Texts with their names marked, from the corpus and from the annotated texts of others.

use crate::corpus::Marked;
use anyhow::{Context, Result};
use dateline_article::{Article, Block, BlockKind};
use dateline_lexicon::Lexicon;
use dateline_lexicon::names::{Kind, key};
use dateline_reading::NameKind;
use dateline_reading::names::learning::KINDS;
use dateline_text::{CharIndex, Span};
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// A set of kinds, a bit for each of [`KINDS`].
pub type Kinds = u16;

/// One text with its names.
#[derive(Debug, Clone)]
pub struct Gold {
    /// Its id.
    pub id: String,
    /// The text as the reader gets it.
    pub article: Article,
    /// Where names stand, and what each may be: guidelines that tell fewer kinds apart leave several.
    pub names: Vec<(Span, Kinds)>,
    /// Whether nationalities, and names after an office, may stand unmarked: GUM marks phrases by their heads.
    pub loose: bool,
    /// Whether only persons, organisations and places are marked: what is not may be a name of another kind.
    pub narrow: bool,
    /// How much the text weighs in training.
    pub weight: f32,
}

impl Gold {
    /// Whether it is of the tenth of the corpus that nothing is learnt from.
    pub fn is_test(&self) -> bool {
        self.id.ends_with('7')
    }
}

/// The set of one kind.
pub fn only(kind: NameKind) -> Kinds {
    KINDS.iter().position(|k| *k == kind).map_or(0, |i| 1 << i)
}

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    text: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    licence: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    entities: Vec<Entity>,
}

#[derive(Debug, Deserialize)]
struct Entity {
    start: usize,
    end: usize,
    label: String,
    #[serde(default)]
    orig: String,
    /// The whole phrase, where the guidelines mark phrases.
    full: Option<[usize; 2]>,
}

/// Lines of a file, gzipped or not.
///
/// # Errors
/// Where it cannot be opened.
pub fn lines(path: &Path) -> Result<Box<dyn Iterator<Item = std::io::Result<String>>>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let gz = path.extension().is_some_and(|e| e == "gz");
    Ok(match gz {
        true => Box::new(BufReader::new(flate2::read::MultiGzDecoder::new(file)).lines()),
        false => Box::new(BufReader::new(file).lines()),
    })
}

/// Reads JSON Lines with `id`, `text` and `entities` (start, end in code points, label PER, ORG, LOC, NORP or MISC);
/// texts under another licence than CC BY or CC BY-SA are left out unless `all`.
///
/// # Errors
/// Where the file cannot be read or a line has another shape.
pub fn read(path: &Path, lexicon: &Lexicon, all: bool) -> Result<Vec<Gold>> {
    let mut out = Vec::new();
    for line in lines(path)? {
        let row: Row = serde_json::from_str(&line?).with_context(|| format!("in {}", path.display()))?;
        if all || is_free(&row) {
            out.push(gold(row, lexicon));
        }
    }
    Ok(out)
}

/// Whether a model may be learnt from the text: its row says so, or its publisher.
fn is_free(row: &Row) -> bool {
    let table = include_str!("../data/licences.tsv").lines().filter(|l| !l.starts_with('#'));
    let published = || table.filter_map(|l| l.split_once('\t')).any(|(start, _)| row.url.starts_with(start));
    (row.licence.contains("CC BY") && !row.licence.contains("NC")) || published()
}

fn gold(row: Row, lexicon: &Lexicon) -> Gold {
    let index = CharIndex::new(&row.text);
    let mut names: Vec<(Span, Kinds)> = Vec::new();
    for e in &row.entities {
        let span = Span::new(index.byte(&row.text, e.start), index.byte(&row.text, e.end));
        let span = bare(&row.text, span);
        let kinds = kinds(e, span.of(&row.text), lexicon);
        if kinds != 0 && !span.is_empty() && names.last().is_none_or(|(last, _)| last.end <= span.start) {
            names.push((span, kinds));
        }
    }
    let loose = row.entities.iter().any(|e| e.full.is_some());
    let narrow = row.source.starts_with("UNER");
    Gold { id: row.id, article: article(&row.text), names, loose, narrow, weight: 1.0 }
}

/// The span without an article before and a possessive behind, as names are marked in the corpus.
pub fn bare(text: &str, span: Span) -> Span {
    let mut span = span.trim(text);
    let written = span.of(text);
    let first = written.split_whitespace().next().unwrap_or("");
    if matches!(first, "the" | "The" | "THE" | "a" | "an" | "A" | "An") && first.len() < written.len() {
        span = Span::new(span.start + first.len(), span.end).trim(text);
    }
    for end in ["’s", "'s", "’", "'"] {
        if let Some(rest) = span.of(text).strip_suffix(end) {
            return Span::new(span.start, span.start + rest.len()).trim(text);
        }
    }
    span
}

/// What a name of another's label may be.
fn kinds(e: &Entity, written: &str, lexicon: &Lexicon) -> Kinds {
    let key = key(written);
    if matches!(e.label.as_str(), "MISC" | "PER" | "NORP") && lexicon.places.demonym(&key).is_some() {
        return only(NameKind::Norp);
    }
    let last = key.rsplit(' ').next().unwrap_or("");
    let facility = lexicon.names.last_head(last).is_some_and(|h| h.kind == Kind::Facility);
    match e.label.as_str() {
        "PER" => only(NameKind::Person),
        "ORG" => only(NameKind::Org),
        "LOC" if facility => only(NameKind::Place) | only(NameKind::Facility),
        "LOC" => only(NameKind::Place),
        "NORP" => only(NameKind::Norp),
        "MISC" if e.orig == "event" => only(NameKind::Event),
        "MISC" => [NameKind::Norp, NameKind::Event, NameKind::Work, NameKind::Misc].map(only).iter().sum(),
        _ => 0,
    }
}

/// A text as an article, one block a line.
pub fn article(text: &str) -> Article {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        at += line.len() + 1;
        if !span.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span, capture: (span.start, span.end) });
        }
    }
    Article { text: text.to_owned(), blocks, language: Some("en".to_owned()), ..Article::default() }
}

/// An article of the corpus.
pub fn of_corpus(marked: &Marked) -> Gold {
    let (article, spans) = marked.article();
    let names = marked
        .paragraphs
        .iter()
        .zip(&spans)
        .flat_map(|(p, s)| p.names.iter().map(|n| (n.span.shift(s.start), only(n.kind))))
        .collect();
    Gold { id: marked.id.clone(), article, names, loose: false, narrow: false, weight: 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_possessives_are_no_part_of_a_name() {
        let text = "The Lake Union’s boats";
        assert_eq!(bare(text, Span::new(0, text.len() - 6)).of(text), "Lake Union");
        assert_eq!(bare("the", Span::new(0, 3)).of("the"), "the");
    }
}
