//! From a capture to an article: the only crate that knows HTML.

mod as_given;
mod aside_detail;
mod bytes;
mod capture_text;
mod html;
mod meta;
mod types;

pub use types::{
    Article, Aside, AsideKind, Based, Block, BlockKind, Choice, Fact, Mark, NotAnArticle, Paywall, RunnerUp, WriterKind,
};

use dateline_capture::{Capture, Payload};

impl Article {
    /// What each byline is, in the order of [`Article::bylines`].
    pub fn writers(&self) -> Vec<WriterKind> {
        self.bylines.iter().map(|name| meta::bylines::kind(name, self.outlet.as_deref())).collect()
    }
}

/// Finds the article in a capture.
///
/// # Errors
/// [`NotAnArticle`] where the bytes cannot be read, or hold no article.
pub fn find(capture: &Capture) -> Result<Article, NotAnArticle> {
    let mut article = match capture.payload {
        Payload::Article => as_given::article(capture),
        Payload::Html => html::article(capture),
        Payload::FeedItem => html::feed_item(capture),
        Payload::Text => capture_text::article(capture),
    }?;
    article.outlet = article.outlet.or_else(|| capture.given.sender.clone());
    article.notes.extend(capture.given.notes.iter().cloned());
    Ok(article)
}
