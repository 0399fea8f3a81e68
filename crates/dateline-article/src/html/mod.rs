//! Pages with markup: one parse serves main text, asides and metadata.

mod entities;
mod lines;
mod main_text;
mod scanner;
mod tags;
mod tree;
mod zones;

use crate::bytes::{self, Decoded};
use crate::{Article, Based, Block, BlockKind, NotAnArticle};
use dateline_capture::Capture;
use dateline_text::Span;
use lines::Lines;
use main_text::{Part, Sorted};
use tags::Tag;
use tree::Tree;

/// Least running text, in characters, that makes a page an article.
const LEAST_PROSE: usize = 120;

/// Finds the article in a page.
pub(crate) fn article(capture: &Capture) -> Result<Article, NotAnArticle> {
    if capture.bytes.trim_ascii().is_empty() {
        return Err(NotAnArticle::NoArticle("the page is empty".to_owned()));
    }
    let decoded = bytes::decode(&capture.bytes, capture.source.charset.as_deref())?;
    let tree = Tree::parse(&decoded.text);
    let page = lines::of(&tree);
    let title = title(&tree);
    let sorted = main_text::sort(&tree, &page, title.as_deref());
    if sorted.prose < LEAST_PROSE {
        let what = format!("no running text found ({} characters)", sorted.prose);
        return Err(NotAnArticle::NoArticle(what));
    }
    let given = &capture.given;
    let basis = |value: &String| Based { value: value.clone(), basis: "given".to_owned() };
    let mut article = Article {
        title: given.title.clone().or(title),
        outlet: given.outlet.clone(),
        bylines: given.bylines.clone(),
        language: given.language.clone(),
        published: given.published.as_ref().map(basis),
        url: capture.source.url.clone(),
        notes: decoded.notes.clone(),
        ..Article::default()
    };
    write(&mut article, &page, &sorted, &decoded);
    Ok(article)
}

/// Writes the main text and its blocks.
fn write(article: &mut Article, page: &Lines, sorted: &Sorted, decoded: &Decoded) {
    for (line, part) in page.lines.iter().zip(&sorted.parts) {
        let kind = match part {
            Part::Title => BlockKind::Title,
            Part::Body => line.kind,
            Part::Beside(_) => continue,
        };
        if !article.text.is_empty() {
            article.text.push_str("\n\n");
        }
        let start = article.text.len();
        article.text.push_str(&line.text);
        let span = Span::new(start, article.text.len());
        article.blocks.push(Block { kind, span, capture: decoded.range(line.from, line.to) });
    }
}

fn title(tree: &Tree<'_>) -> Option<String> {
    let h1 = (0..tree.nodes.len()).find(|i| tree.tag(*i) == Some(Tag::H1))?;
    Some(tree.text_inside(h1)).filter(|t| !t.is_empty())
}

/// White space folded to single spaces, none at the ends.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
