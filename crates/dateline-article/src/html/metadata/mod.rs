//! What a page says about itself, and where it says so.

mod authors;
mod head;
mod jsonld;
mod outlet;
mod times;
mod title;

use super::lines::Lines;
use super::tree::Tree;
use crate::Based;
use crate::meta::dates::Hint;
use dateline_capture::Source;
use head::Head;
use jsonld::Linked;

/// What was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub bylines: Vec<String>,
    /// The agency among the authors.
    pub wire: Option<&'static str>,
    pub language: Option<String>,
    pub published: Option<Based>,
    pub modified: Option<Based>,
    pub url: Option<String>,
    /// The article's text as the page gives it to machines.
    pub body: Option<String>,
    /// Whether the page calls itself an article.
    pub is_article: bool,
    /// What the page says the article is about, in a sentence or two.
    pub summary: Option<String>,
}

/// Reads a page's metadata.
pub(crate) fn read(tree: &Tree<'_>, page: &Lines, source: &Source) -> Facts {
    let head = Head::read(tree);
    let linked = Linked::read(tree);
    let url = source.url.clone().or_else(|| address(&head));
    let tag = language_tag(&head, &linked);
    let outlet = outlet::of(&head, &linked);
    let sites = outlet::keys(&head, &linked, url.as_deref());
    let title = title::of(tree, page, &head, &linked, &sites);
    let hint = Hint { language: tag.as_deref(), url: url.as_deref() };
    let place = super::main_text::title_line(page, title.as_deref());
    let view = times::View { tree, page, head: &head, linked: &linked, place, captured: source.captured.as_deref() };
    let credit = authors::of(&view, hint, &sites);
    let mut facts = Facts {
        bylines: credit.names,
        wire: credit.wire,
        published: times::published(&view, hint),
        modified: times::modified(&view, hint),
        language: tag.map(|t| primary(&t)),
        is_article: linked.is_article() || head.first(&["og:type"]).is_some_and(|t| t.eq_ignore_ascii_case("article")),
        body: linked.text("articleBody"),
        summary: head.first(&["og:description", "description", "twitter:description"]).map(str::to_owned),
        outlet,
        title,
        url,
    };
    if facts.outlet.is_none() {
        facts.outlet = outlet::shown(page, &head, &facts);
    }
    facts
}

fn address(head: &Head) -> Option<String> {
    let known = head.canonical.as_deref().or_else(|| head.first(&["og:url"]));
    known.filter(|u| u.starts_with("http://") || u.starts_with("https://")).map(str::to_owned)
}

/// The language the page declares, as a tag.
fn language_tag(head: &Head, linked: &Linked) -> Option<String> {
    let tag = head
        .language
        .clone()
        .or_else(|| linked.text("inLanguage"))
        .or_else(|| head.first(&["og:locale", "content-language", "language", "dc.language"]).map(str::to_owned))?;
    let tag = tag.split([',', ';', ' ']).next()?.replace('_', "-");
    let shaped = |t: &str| (2..=3).contains(&primary(t).len()) && primary(t).bytes().all(|b| b.is_ascii_lowercase());
    Some(tag).filter(|t| shaped(t))
}

fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or(tag).to_ascii_lowercase()
}
