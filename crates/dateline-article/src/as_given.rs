//! Text that is the article already: nothing is looked for, spans refer to it exactly.

use crate::meta::{bylines, dates, language};
use crate::{Article, Based, Block, BlockKind, NotAnArticle};
use dateline_capture::Capture;
use dateline_text::Span;

/// Takes the capture's text as the article's text, byte for byte; blocks are its paragraphs.
///
/// The language is detected where it is not given, and an opening such as "KYIV (AP) —" credits the agency.
pub(crate) fn article(capture: &Capture) -> Result<Article, NotAnArticle> {
    let text = std::str::from_utf8(&capture.bytes)
        .map_err(|e| NotAnArticle::Unreadable(format!("not UTF-8 at byte {}", e.valid_up_to())))?;
    let given = &capture.given;
    let blocks = blocks(text, given.title.as_deref());
    let opening = blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).take(2);
    let wire = opening.filter_map(|b| bylines::wire_of_dateline(b.span.of(text))).next();
    let language = given.language.clone().or_else(|| language::detect(text).map(str::to_owned));
    let mut out = Article {
        title: given.title.clone(),
        outlet: given.outlet.clone(),
        bylines: given.bylines.clone(),
        wire: wire.map(str::to_owned),
        url: capture.source.url.clone(),
        text: text.to_owned(),
        language,
        blocks,
        ..Article::default()
    };
    let hint = dates::Hint { language: out.language.as_deref(), url: capture.source.url.as_deref() };
    (out.published, out.notes) = published(given.published.as_deref(), hint);
    Ok(out)
}

/// The date as given, in ISO 8601; a note where it cannot be a date.
pub(crate) fn published(given: Option<&str>, hint: dates::Hint<'_>) -> (Option<Based>, Vec<String>) {
    let Some(written) = given.map(str::trim).filter(|w| !w.is_empty()) else { return (None, Vec::new()) };
    match dates::parse_or_why(written, hint) {
        Ok(value) => (Some(Based { value, basis: "given".to_owned() }), Vec::new()),
        Err(why) => (None, vec![format!("the given date {written:?} was left out: {why}")]),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_capture::{Payload, Source};

    fn of(text: &str, published: &str) -> Article {
        let mut capture = Capture::new(text.as_bytes().to_vec(), Payload::Article, Source::default());
        capture.given.title = Some("Ferries stop".to_owned());
        capture.given.published = Some(published.to_owned());
        article(&capture).unwrap()
    }

    #[test]
    fn the_text_comes_back_byte_for_byte() {
        for text in ["", "\n\n", "  Ferries stop\r\n\r\nThe harbour \u{a0} is closed.\t\n", "ąb\u{2028}c"] {
            assert_eq!(of(text, "2024-01-26").text, text);
        }
        let found = of("Ferries stop\n\nPORTVILLE (AP) — The harbour of the town is closed.", "26 January 2024");
        let kinds: Vec<BlockKind> = found.blocks.iter().map(|b| b.kind).collect();
        assert_eq!(kinds, [BlockKind::Title, BlockKind::Paragraph]);
        assert_eq!(found.published.unwrap().value, "2024-01-26");
        assert_eq!((found.wire.as_deref(), found.language.as_deref()), (Some("AP"), Some("en")));
    }

    #[test]
    fn an_absurd_date_is_left_out_with_a_note() {
        let found = of("The harbour is closed.", "2024-13-45");
        assert_eq!(found.published, None);
        assert!(found.notes[0].contains("no such day"), "{:?}", found.notes);
    }
}
