//! Pages and texts, through to what is read in them.

use dateline_article::{Article, find};
use dateline_capture::{Capture, Given, Payload, Source};
use dateline_lexicon::Lexicon;
use dateline_reading::Reading;
use dateline_text::Span;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::shipped);

/// Characters that a byte of a page may become: `&NotEqualTilde;` and its like give two for many, single bytes of old
/// encodings up to three.
const GROWTH: usize = 3;

/// A page of HTML.
pub fn page(bytes: &[u8]) {
    of(Capture::new(bytes.to_vec(), Payload::Html, Source::default()));
    of(Capture::new(bytes.to_vec(), Payload::FeedItem, Source::default()));
}

/// Text as captured, and the text of an article.
pub fn text(bytes: &[u8]) {
    of(Capture::new(bytes.to_vec(), Payload::Text, Source::default()));
    of(Capture::new(bytes.to_vec(), Payload::Article, Source::default()));
}

/// A date, wherever one may stand: in a page's fields, beside an article, in its text.
pub fn date(bytes: &[u8]) {
    let date = String::from_utf8_lossy(bytes);
    let quoted = date.replace(['"', '<', '&'], " ");
    let words = "The harbour office of Testburg said that the pier would stay shut. ".repeat(6);
    let page = format!(
        "<html><head><meta property=\"article:published_time\" content=\"{quoted}\"><script type=\"application/ld+json\">\
         {{\"@type\": \"NewsArticle\", \"datePublished\": \"{quoted}\"}}</script></head><body><h1>The pier is shut</h1>\
         <time datetime=\"{quoted}\">{quoted}</time><p>{words}</p></body></html>"
    );
    of(Capture::new(page.into_bytes(), Payload::Html, Source::default()));
    let lines = format!("The pier is shut\n{date}\n\n{words}");
    of(Capture::new(lines.into_bytes(), Payload::Text, Source::default()));
    let said = format!("The pier was shut on {date}, and since {date} nobody was there.");
    let given = Given { published: Some(date.into_owned()), ..Given::default() };
    of(Capture { given, ..Capture::new(said.into_bytes(), Payload::Article, Source::default()) });
}

/// Reads a capture to the end, twice, and checks what came of it.
pub(crate) fn of(capture: Capture) {
    let found = find(&capture);
    assert_eq!(found, find(&capture), "the same page gives the same article");
    let Ok(article) = found else { return };
    check_article(&article, capture.bytes.len());
    let reading = dateline_reading::of(&article, &LEXICON);
    assert_eq!(reading, dateline_reading::of(&article, &LEXICON), "the same article gives the same reading");
    check_reading(&article.text, &reading);
}

fn inside(text: &str, span: Span, what: &str) {
    assert!(text.get(span.start..span.end).is_some(), "{what} at {span:?} of {} bytes: {text:?}", text.len());
}

fn check_article(article: &Article, bytes: usize) {
    let text = &article.text;
    assert!(text.len() <= GROWTH * bytes + 4096, "{} bytes became a text of {}", bytes, text.len());
    let mut end = 0;
    for block in &article.blocks {
        inside(text, block.span, "a block");
        assert!(block.span.start >= end, "blocks stand in order: {block:?}");
        end = block.span.end;
        assert!(block.capture.0 <= block.capture.1 && block.capture.1 <= bytes, "a place of the page: {block:?}");
    }
    for aside in &article.asides {
        assert!(aside.capture.0 <= aside.capture.1 && aside.capture.1 <= bytes, "a place of the page: {aside:?}");
    }
    for based in [&article.published, &article.modified].into_iter().flatten() {
        let value = &based.value;
        assert!(value.len() >= 4 && value.bytes().take(4).all(|b| b.is_ascii_digit()), "no day: {value:?}");
    }
}

fn check_reading(text: &str, reading: &Reading) {
    let mut end = 0;
    for sentence in &reading.sentences {
        inside(text, *sentence, "a sentence");
        assert!(sentence.start >= end, "sentences stand in order: {sentence:?}");
        end = sentence.end;
    }
    for mention in &reading.mentions {
        inside(text, mention.span, "a mention");
        assert!(mention.entity.is_none_or(|e| e < reading.entities.len()), "no such entity: {mention:?}");
    }
    for entity in &reading.entities {
        entity.role_span.into_iter().for_each(|s| inside(text, s, "a role"));
    }
    for time in &reading.times {
        inside(text, time.span, "a time");
    }
    for figure in &reading.figures {
        inside(text, figure.span, "a figure");
        figure.counted.into_iter().for_each(|s| inside(text, s, "what is counted"));
        assert!(figure.attribution.is_none_or(|a| a < reading.attributions.len()), "no such attribution: {figure:?}");
    }
    for a in &reading.attributions {
        a.source.iter().chain(&a.cue).chain(&a.content).for_each(|s| inside(text, *s, "a part of an attribution"));
        assert!(a.speaker.is_none_or(|s| s < reading.entities.len()), "no such speaker: {a:?}");
    }
}
