//! A picture with the same facts in words.

use crate::svg::text_of;
use std::fmt::Write;

/// The look of all pictures, light and dark, by the page's own colours (`--ink`, `--paper`, `--soft`, `--line`,
/// `--link`, `--differ`, `--updated`, `--agree`) where it has them.
pub const STYLE: &str = include_str!("../assets/draw.css");

/// A picture, and the same facts in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its name, as plain text.
    pub title: String,
    /// What it shows in a sentence, as plain text.
    pub summary: String,
    /// One SVG element, or two of which [`STYLE`] shows one by the width of the page.
    pub svg: String,
    /// All that it shows as an HTML list or table.
    pub words: String,
}

impl Picture {
    /// An HTML figure: the picture, and the same in words, folded away.
    pub fn figure(&self) -> String {
        let mut out = String::with_capacity(self.svg.len() + self.words.len() + 200);
        let _ = write!(
            out,
            "<figure class=\"pic-figure\">\n{}\n<details class=\"pic-words\"><summary>{} in words</summary>\n{}</details>\n</figure>\n",
            self.svg,
            text_of(&self.title),
            self.words
        );
        out
    }
}
