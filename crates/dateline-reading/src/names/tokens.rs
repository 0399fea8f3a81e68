use super::{addresses, caseless};
use crate::Doc;
use dateline_lexicon::Lexicon;
use dateline_lexicon::names::Role;
use dateline_lexicon::places::{Place, PlaceKind};
use dateline_text::{Span, Word, WordKind, fold, folded};
use std::borrow::Cow;
use std::ops::Range;

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
///
/// Compounds that are no name as a whole are taken apart at their hyphens: "London-based", "pro-Moscow",
/// "Franco-German" stay one word for other steps, but hold a name of their own.
pub(super) struct Tokens<'d> {
    pub doc: &'d Doc<'d>,
    pub lexicon: &'d Lexicon,
    /// The words.
    pub words: Vec<Word>,
    /// Whether the article is in English, the one language whose common words and offices are at hand.
    pub english: bool,
    /// The words of each sentence.
    pub sentences: Vec<Range<usize>>,
    shapes: Vec<Shape>,
    folded: Vec<Cow<'d, str>>,
    /// For each word, whether its sentence is all in capitals.
    loud: Vec<bool>,
    /// For each word, whether capitals are wanting around it: in the whole article, or in its sentence where the
    /// article's writer often does without them.
    caseless: Vec<bool>,
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

pub(super) fn count(shapes: &[Shape], shape: Shape) -> usize {
    shapes.iter().filter(|s| **s == shape).count()
}

/// Where a compound parts: byte offsets of its hyphens within the word, first and last, if it holds a name.
fn hyphens(lexicon: &Lexicon, word: &str) -> Vec<usize> {
    let all: Vec<usize> = word.char_indices().filter(|(_, c)| matches!(c, '-' | '‑')).map(|(i, _)| i).collect();
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return Vec::new() };
    let (head, tail) = (&word[..*first], word[*last..].trim_start_matches(['-', '‑']));
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    let small = |w: &str| !w.is_empty() && w.chars().all(char::is_lowercase);
    // "Co-operative" is one word, "London-based" two.
    let prefix = matches!(head.to_lowercase().as_str(), "co" | "re");
    if capital(head) && !prefix && small(tail) && lexicon.names.written(&fold(tail)).0 >= 3 {
        return vec![*last];
    }
    if capital(tail) && PREFIXES.contains(&head.to_lowercase().as_str()) {
        return vec![*first];
    }
    let land = |w: &str| {
        let key = fold(w).replace('.', "");
        let upper = |p: &Place| matches!(p.kind, PlaceKind::Country | PlaceKind::Region) || p.population > 500_000;
        lexicon.places.demonym(&key).is_some() || lexicon.places.named(&key).first().is_some_and(upper)
    };
    let both = first == last && capital(head) && capital(tail) && land(head) && land(tail);
    let known = || {
        let key = dateline_lexicon::names::key(word);
        lexicon.places.is_named(&key) || lexicon.names.known(&key).is_some() || lexicon.places.demonym(&key).is_some()
    };
    if both && !known() { vec![*first] } else { Vec::new() }
}

/// What stands before a name with a hyphen and is not part of it.
const PREFIXES: &[&str] = &[
    "pro", "anti", "non", "ex", "post", "pre", "mid", "sub", "trans", "neo", "former", "then", "inter", "intra", "pan",
    "un", "all", "half", "semi", "quasi", "self", "early", "late", "central", "north", "south", "east", "west",
];

fn push_word(out: &mut Vec<Word>, lexicon: &Lexicon, text: &str, word: Word) {
    let written = word.of(text);
    let mut at = word.span.start;
    if word.kind == WordKind::Letters && written.contains(['-', '‑']) && written.chars().any(char::is_uppercase) {
        for i in hyphens(lexicon, written) {
            let hyphen = word.span.start + i;
            let end = hyphen + written[i..].chars().next().map_or(1, char::len_utf8);
            out.push(Word { span: Span::new(at, hyphen), kind: WordKind::Letters });
            out.push(Word { span: Span::new(hyphen, end), kind: WordKind::Mark });
            at = end;
        }
    }
    out.push(Word { span: Span::new(at, word.span.end), kind: word.kind });
}

impl<'d> Tokens<'d> {
    pub fn new(doc: &'d Doc<'d>, lexicon: &'d Lexicon) -> Tokens<'d> {
        let mut words = Vec::with_capacity(doc.words.len() + doc.words.len() / 32);
        let mut sentences = Vec::with_capacity(doc.sentences.len());
        for sentence in &doc.sentences {
            let from = words.len();
            for w in doc.words.get(sentence.words.clone()).unwrap_or_default() {
                push_word(&mut words, lexicon, doc.text, *w);
            }
            sentences.push(from..words.len());
        }
        let mut shapes: Vec<Shape> = words.iter().map(|w| shape(w.of(doc.text), w.kind)).collect();
        addresses::hide(doc.text, &words, &mut shapes);
        let folded: Vec<Cow<str>> = words
            .iter()
            .zip(&shapes)
            .map(|(w, s)| match s {
                Shape::Mark | Shape::Number => Cow::Borrowed(""),
                _ => {
                    let low = folded(w.of(doc.text));
                    if low.contains('.') { Cow::Owned(low.replace('.', "")) } else { low }
                }
            })
            .collect();
        let english = doc.language.is_none_or(|l| l.starts_with("en"));
        let mut loud = vec![false; words.len()];
        for sentence in &sentences {
            let all = shapes.get(sentence.clone()).unwrap_or_default();
            let (upper, small) = (count(all, Shape::Upper), count(all, Shape::Lower) + count(all, Shape::Capital));
            if upper >= 4 && small * 6 <= upper {
                loud[sentence.clone()].fill(true);
            }
        }
        let caseless = if english { caseless::words(&shapes, &folded, &sentences) } else { vec![false; words.len()] };
        Tokens { doc, lexicon, words, english, sentences, shapes, folded, loud, caseless }
    }

    /// Where words `first..=last` stand.
    pub fn span(&self, first: usize, last: usize) -> Option<Span> {
        Some(self.words.get(first)?.span.cover(self.words.get(last)?.span))
    }

    /// Whether nothing follows the word on its line.
    pub fn ends_line(&self, i: usize) -> bool {
        let rest = self.words.get(i).and_then(|w| self.doc.text.get(w.span.end..)).unwrap_or("");
        rest.trim_start_matches(' ').starts_with('\n') || rest.trim_start().is_empty()
    }

    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// The word as it stands; `""` past the end.
    pub fn text(&self, i: usize) -> &'d str {
        self.words.get(i).map_or("", |w| w.of(self.doc.text))
    }

    /// The word folded, without full stops; `""` for marks and numbers and past the end.
    pub fn folded(&self, i: usize) -> &str {
        self.folded.get(i).map_or("", |w| w)
    }

    pub fn shape(&self, i: usize) -> Shape {
        self.shapes.get(i).copied().unwrap_or(Shape::Mark)
    }

    /// Whether capitals are wanting around the word.
    pub fn is_caseless(&self, i: usize) -> bool {
        self.caseless.get(i).copied().unwrap_or(false)
    }

    /// Whether the word stands in a sentence that is all in capitals.
    pub fn in_capitals(&self, i: usize) -> bool {
        self.loud.get(i).copied().unwrap_or(false)
    }

    /// Whether the word is written as a name is.
    pub fn is_name(&self, i: usize) -> bool {
        matches!(self.shape(i), Shape::Capital | Shape::Upper | Shape::Inner)
    }

    /// Whether nothing but white space without a line break lies between word `i` and the next.
    pub fn adjacent(&self, i: usize) -> bool {
        let (Some(a), Some(b)) = (self.words.get(i), self.words.get(i + 1)) else { return false };
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
        let mut single = false;
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
            // "U. S." is "U.S."
            let initial = word.len() == 1 && i + 1 < self.len() && self.text(i + 1) == ".";
            glue = glue || single && initial;
            single = initial;
            if !glue {
                out.push(' ');
            }
            out.push_str(word);
            glue = false;
        }
        out
    }
}
