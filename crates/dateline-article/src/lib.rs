//! From a capture to an article: the only crate that knows HTML.

mod as_given;
mod aside_detail;
mod bytes;
mod capture_text;
mod html;
mod meta;
mod outlet_lines;
mod saved;
mod types;
mod weight;

pub use html::{BadRule, SiteRules};
pub use outlet_lines::OutletLines;
pub use saved::{Saved, saved};
pub use types::{
    Article, Aside, AsideKind, Based, Block, BlockKind, Choice, Fact, Mark, NotAnArticle, Paywall, RunnerUp, WriterKind,
};

use dateline_capture::{Capture, Payload};

impl Article {
    /// What each byline is, in the order of [`Article::bylines`].
    pub fn writers(&self) -> Vec<WriterKind> {
        let outlets = || self.outlet_names.iter().chain(&self.outlet).map(String::as_str);
        self.bylines.iter().map(|name| meta::bylines::kind(name, outlets())).collect()
    }
}

/// What may help to find an article beside its capture, each an explicit input.
#[derive(Debug, Clone, Default)]
pub struct Help {
    /// Lines that outlets repeat; by default none.
    pub lines: OutletLines,
    /// Rules for single outlets; by default those shipped.
    pub sites: SiteRules,
}

/// Longest text of one page, in bytes; the longest page of news known to us is a tenth of it. Every step takes time
/// in proportion to the text, so this bounds the time that one page takes, without a clock.
pub const LONGEST_TEXT: usize = 4 << 20;

/// Finds the article in a capture, with what is shipped.
///
/// # Errors
/// [`NotAnArticle`] where the bytes cannot be read, or hold no article.
pub fn find(capture: &Capture) -> Result<Article, NotAnArticle> {
    static SHIPPED: std::sync::LazyLock<Help> = std::sync::LazyLock::new(Help::default);
    find_with(capture, &SHIPPED)
}

/// Finds the article in a capture: the same capture and the same help give the same article.
///
/// # Errors
/// [`NotAnArticle`] where the bytes cannot be read, or hold no article.
pub fn find_with(capture: &Capture, help: &Help) -> Result<Article, NotAnArticle> {
    let mut article = match capture.payload {
        Payload::Article => as_given::article(capture),
        Payload::Html => html::article(capture, &help.sites),
        Payload::FeedItem => html::feed_item(capture),
        Payload::Text => capture_text::article(capture, &help.lines),
    }?;
    if article.text.len() > LONGEST_TEXT {
        let reason = format!("{} bytes of text; more than {LONGEST_TEXT} are not one page", article.text.len());
        return Err(NotAnArticle::Unreadable(reason));
    }
    article.outlet = article.outlet.or_else(|| capture.given.sender.clone());
    article.notes.extend(capture.given.notes.iter().cloned());
    Ok(article)
}
