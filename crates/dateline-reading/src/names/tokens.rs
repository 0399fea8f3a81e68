use crate::Doc;
use dateline_lexicon::Lexicon;
use dateline_lexicon::names::Role;
use dateline_text::{WordKind, fold};

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// No capital.
    Lower,
    /// A capital first, small letters after.
    Capital,
    /// Two and more letters, all capitals.
    Upper,
    /// Small letter first, capitals inside ("iPhone", "al-Assad").
    Inner,
    /// Digits.
    Number,
    /// Punctuation or symbol.
    Mark,
}

/// The words of an article with what names need to know of each.
pub(super) struct Tokens<'d> {
    pub doc: &'d Doc<'d>,
    pub lexicon: &'d Lexicon,
    shapes: Vec<Shape>,
    folded: Vec<String>,
}

fn shape(word: &str, kind: WordKind) -> Shape {
    match kind {
        WordKind::Mark => return Shape::Mark,
        WordKind::Number => return Shape::Number,
        WordKind::Letters => {}
    }
    let first = word.chars().next().is_some_and(char::is_uppercase);
    let (mut upper, mut lower) = (0, 0);
    for c in word.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    match (first, upper, lower) {
        (_, 0, _) => Shape::Lower,
        (true, 2.., 0) => Shape::Upper,
        (true, ..) => Shape::Capital,
        _ => Shape::Inner,
    }
}

impl<'d> Tokens<'d> {
    pub fn new(doc: &'d Doc<'d>, lexicon: &'d Lexicon) -> Tokens<'d> {
        let shapes: Vec<Shape> = doc.words.iter().map(|w| shape(w.of(doc.text), w.kind)).collect();
        let folded = doc
            .words
            .iter()
            .zip(&shapes)
            .map(|(w, s)| match s {
                Shape::Mark | Shape::Number => String::new(),
                _ => fold(w.of(doc.text)).replace('.', ""),
            })
            .collect();
        Tokens { doc, lexicon, shapes, folded }
    }

    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// The word as it stands; `""` past the end.
    pub fn text(&self, i: usize) -> &'d str {
        self.doc.word(i)
    }

    /// The word folded, without full stops; `""` for marks and numbers and past the end.
    pub fn folded(&self, i: usize) -> &str {
        self.folded.get(i).map_or("", String::as_str)
    }

    pub fn shape(&self, i: usize) -> Shape {
        self.shapes.get(i).copied().unwrap_or(Shape::Mark)
    }

    /// Whether the word is written as a name is.
    pub fn is_name(&self, i: usize) -> bool {
        matches!(self.shape(i), Shape::Capital | Shape::Upper | Shape::Inner)
    }

    /// Whether nothing but white space without a line break lies between word `i` and the next.
    pub fn adjacent(&self, i: usize) -> bool {
        let (Some(a), Some(b)) = (self.doc.words.get(i), self.doc.words.get(i + 1)) else { return false };
        let between = self.doc.text.get(a.span.end..b.span.start).unwrap_or("\n");
        !between.contains('\n') && between.chars().all(char::is_whitespace)
    }

    pub fn role(&self, i: usize) -> Option<Role> {
        self.lexicon.names.role(self.folded(i)).map(|r| r.0)
    }

    /// Whether the word is written small far more often than with a capital.
    pub fn is_common(&self, i: usize) -> bool {
        let (low, high) = self.lexicon.names.written(self.folded(i));
        low >= 4 && low >= high
    }

    /// The key of words `first..=last` in the tables: folded words, full stops dropped, " - " closed up.
    pub fn key(&self, first: usize, last: usize) -> String {
        let mut out = String::new();
        let mut glue = true;
        for i in first..=last.min(self.len().saturating_sub(1)) {
            let word = match self.shape(i) {
                Shape::Mark | Shape::Number => self.text(i),
                _ => self.folded(i),
            };
            match word {
                "." | "," => continue,
                "-" | "–" | "‑" => {
                    out.push('-');
                    glue = true;
                    continue;
                }
                "’s" | "'s" => glue = true,
                _ => {}
            }
            if !glue {
                out.push(' ');
            }
            out.push_str(word);
            glue = false;
        }
        out
    }
}
