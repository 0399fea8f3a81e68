//! The engines compared. Each takes a page's bytes and gives main text and metadata; all are in their own default
//! settings, but for one that keeps blocks apart.

use dateline_capture::{Capture, Given, Payload, Source};
use dom_smoothie::{Config, Readability, TextMode};

/// An engine that finds the main text of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// This project's.
    Dateline,
    /// A port of Mozilla's readability.
    DomSmoothie,
    /// A port of Python's trafilatura.
    Trafilatura,
}

impl Engine {
    /// All of them.
    pub const ALL: [Engine; 3] = [Engine::Dateline, Engine::DomSmoothie, Engine::Trafilatura];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Dateline => "dateline",
            Engine::DomSmoothie => "dom_smoothie",
            Engine::Trafilatura => "trafilatura",
        }
    }

    /// The engine of that name.
    pub fn named(name: &str) -> Option<Engine> {
        Engine::ALL.into_iter().find(|e| e.name() == name)
    }

    /// What the engine takes for the article's text, without the title; `None` where it finds no article.
    pub fn extract(self, bytes: &[u8], url: Option<&str>) -> Option<String> {
        match self {
            Engine::Dateline => dateline(bytes, url),
            Engine::DomSmoothie => {
                let html = String::from_utf8_lossy(bytes);
                // blocks kept apart, as the others do; its default runs the words of neighbours together
                let settings = Config { text_mode: TextMode::Formatted, ..Config::default() };
                let mut page = Readability::new(&*html, url, Some(settings)).ok()?;
                Some(page.parse().ok()?.text_content.to_string())
            }
            Engine::Trafilatura => {
                let html = String::from_utf8_lossy(bytes);
                let found = trafilatura::extract(&html, &trafilatura::Options::default()).ok()?;
                Some(found.content_text)
            }
        }
    }
}

fn dateline(bytes: &[u8], url: Option<&str>) -> Option<String> {
    let source = Source { url: url.map(str::to_owned), ..Source::default() };
    // without the digest that names a capture: it is no part of finding the article
    let capture = Capture {
        id: String::new(),
        source,
        payload: Payload::Html,
        bytes: bytes.to_vec(),
        given: Given::default(),
        original: None,
    };
    let article = dateline_article::find(&capture).ok()?;
    let title = article.title.as_deref().filter(|t| article.text.starts_with(t)).map_or(0, str::len);
    Some(article.text[title..].trim_start().to_owned())
}
