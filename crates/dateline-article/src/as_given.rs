//! Text that is the article already: nothing is looked for, spans refer to it exactly.

use crate::{Article, Based, Block, BlockKind, NotAnArticle};
use dateline_capture::Capture;
use dateline_text::Span;

/// Takes the capture's text as the article's text; blocks are its paragraphs.
pub(crate) fn article(capture: &Capture) -> Result<Article, NotAnArticle> {
    let text = std::str::from_utf8(&capture.bytes)
        .map_err(|e| NotAnArticle::Unreadable(format!("not UTF-8 at byte {}", e.valid_up_to())))?;
    let given = &capture.given;
    let basis = |value: &String| Based { value: value.clone(), basis: "given".to_owned() };
    Ok(Article {
        title: given.title.clone(),
        outlet: given.outlet.clone(),
        bylines: given.bylines.clone(),
        language: given.language.clone(),
        published: given.published.as_ref().map(basis),
        url: capture.source.url.clone(),
        blocks: blocks(text, given.title.as_deref()),
        text: text.to_owned(),
        ..Article::default()
    })
}

/// Lines of the text, each a block; the first is the title where it is the given title's words.
fn blocks(text: &str, title: Option<&str>) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        at += line.len() + 1;
        if span.is_empty() {
            continue;
        }
        let is_title = out.is_empty() && title.is_some_and(|t| t.trim() == span.of(text));
        out.push(Block {
            kind: if is_title { BlockKind::Title } else { BlockKind::Paragraph },
            span,
            capture: (span.start, span.end),
        });
    }
    out
}
