//! The corpus of `data/corpus`: news text of our own with names, attributions, times and figures marked by hand.
//!
//! The format is told in `data/corpus/README.md`; [`parse`] reads it strictly, [`check`] looks for what is likely to
//! have been forgotten.

mod check;
mod look;
mod parse;
#[cfg(test)]
mod tests;

pub use check::{Counts, doubts};
pub use parse::parse;

use anyhow::{Context, Result, bail};
use dateline_article::{Article, Based, Block, BlockKind};
use dateline_reading::NameKind;
use dateline_text::Span;
use std::fmt;
use std::path::Path;

/// One file of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The name of its file ("af-014").
    pub id: String,
    /// The invented outlet.
    pub outlet: String,
    /// What kind of news text it is, one of [`KINDS`].
    pub kind: String,
    /// BCP 47 language tag.
    pub language: String,
    /// ISO 8601, at least the day.
    pub published: String,
    /// Title, headings, captions, text.
    pub paragraphs: Vec<Paragraph>,
}

/// The kinds of news text.
pub const KINDS: [&str; 15] = [
    "wire",
    "regional",
    "tabloid",
    "broadcast",
    "court",
    "business",
    "sport",
    "science",
    "disaster",
    "politics",
    "culture",
    "interview",
    "liveblog",
    "translated",
    "opinion",
];

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `# `: the title.
    Title,
    /// `## `: a heading inside the text.
    Heading,
    /// `> `: words under a picture.
    Caption,
    /// Running text.
    Text,
}

/// One paragraph with its layers; spans are bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The line of its file, from 1.
    pub line: usize,
    /// What it is.
    pub role: Role,
    /// Its words, without the mark of its role.
    pub text: String,
    /// Names, in order.
    pub names: Vec<Name>,
    /// Attributions, as they are listed.
    pub said: Vec<Said>,
    /// Times, in order.
    pub times: Vec<Time>,
    /// Figures, in order.
    pub figures: Vec<Figure>,
}

/// A name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
    /// Whether it is a place that stands for its government.
    pub government: bool,
}

/// An attribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The source's words; empty where none stands.
    pub source: Vec<Span>,
    /// The words that attribute; empty where none stand.
    pub cue: Vec<Span>,
    /// What is attributed.
    pub content: Vec<Span>,
    /// The speaker's fullest name in the article, `anonymous` or `unresolved`.
    pub speaker: String,
    /// `speech`, `belief`, `stance`, `label` or `no_comment`.
    pub class: String,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// Where it stands.
    pub span: Span,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Number, modifier and unit.
    pub span: Span,
    /// Bound, number or interval, and unit, as listed ("~300", "2..3 percent").
    pub value: String,
    /// What is counted.
    pub counted: Option<Span>,
}

/// Something wrong or doubtful in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.message)
    }
}

impl Marked {
    /// The article as the reader gets it, with the span in it of each paragraph.
    pub fn article(&self) -> (Article, Vec<Span>) {
        let mut text = String::new();
        let (mut blocks, mut spans) = (Vec::new(), Vec::new());
        for p in &self.paragraphs {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let span = Span::new(text.len(), text.len() + p.text.len());
            text.push_str(&p.text);
            let kind = match p.role {
                Role::Title => BlockKind::Title,
                Role::Heading => BlockKind::Heading,
                Role::Caption | Role::Text => BlockKind::Paragraph,
            };
            blocks.push(Block { kind, span, capture: (span.start, span.end) });
            spans.push(span);
        }
        let title = self.paragraphs.iter().find(|p| p.role == Role::Title).map(|p| p.text.clone());
        let published = Some(Based { value: self.published.clone(), basis: "corpus".to_owned() });
        let article = Article {
            title,
            outlet: Some(self.outlet.clone()),
            language: Some(self.language.clone()),
            published,
            text,
            blocks,
            ..Article::default()
        };
        (article, spans)
    }

    /// Whether the article is of the tenth that nothing is learnt from: those whose number ends in 7.
    pub fn is_test(&self) -> bool {
        self.id.ends_with('7')
    }
}

/// All articles of a folder in the order of their names.
///
/// # Errors
/// Where the folder or a file cannot be read, or a file breaks the format; names each file and line.
pub fn read(folder: &Path) -> Result<Vec<Marked>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot open {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "txt") {
            files.push(path);
        }
    }
    files.sort();
    let (mut out, mut wrong) = (Vec::new(), Vec::new());
    for path in files {
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        match parse(&name, &text) {
            Ok(marked) => out.push(marked),
            Err(faults) => wrong.extend(faults.iter().map(|f| format!("{}:{f}", path.display()))),
        }
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    Ok(out)
}
