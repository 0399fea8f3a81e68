//! What a page says about itself, and where it says so.

mod address;
mod authors;
mod head;
mod jsonld;
mod outlet;
mod section;
mod times;
mod title;

pub(crate) use outlet::host;

use super::lines::Lines;
use super::sites::{Selected, SiteRules, What};
use super::tree::Tree;
use crate::meta::access::Declared;
use crate::meta::ballot::{Ballot, same_words};
use crate::meta::dates::Hint;
use crate::{Choice, Fact};
use dateline_capture::Source;
use head::Head;
use jsonld::Linked;

/// What was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    pub title: Option<String>,
    pub bylines: Vec<String>,
    /// What the page calls its outlet, in all places.
    pub outlet_names: Vec<String>,
    /// The agency among the authors.
    pub wire: Option<&'static str>,
    pub url: Option<String>,
    /// The article's text as the page gives it to machines.
    pub body: Option<String>,
    /// Whether the page calls itself an article.
    pub is_article: bool,
    /// What the page says the article is about, in a sentence or two.
    pub summary: Option<String>,
    /// What the page's fields say about who may read it.
    pub declared: Declared,
    /// What a reader should know of fields that could not be read.
    pub notes: Vec<String>,
    /// What was chosen of each fact.
    pub choices: Vec<Choice>,
    /// Elements that rules for the outlet select.
    pub selected: Selected,
}

impl Facts {
    /// What was chosen of a fact.
    pub fn choice(&self, fact: Fact) -> Option<&Choice> {
        self.choices.iter().find(|c| c.fact == fact)
    }

    /// The value that was chosen of a fact.
    pub fn value(&self, fact: Fact) -> Option<String> {
        self.choice(fact).map(|c| c.value.clone())
    }
}

/// Reads a page's metadata.
pub(crate) fn read(tree: &Tree<'_>, page: &Lines, source: &Source, rules: &SiteRules) -> Facts {
    let head = Head::read(tree);
    let linked = Linked::read(tree);
    let canonical = address::of(&head, &linked, source.url.as_deref());
    let url = source.url.clone().or_else(|| canonical.as_ref().map(|c| c.value.clone()));
    let selected = rules.select(tree, url.as_deref());
    let tag = language_tag(&head, &linked);
    let language = tag.as_ref().map(|t| t.value.clone());
    let sites = outlet::keys(&head, &linked, url.as_deref());
    let title = title::of(tree, page, &head, &linked, &sites, selected.of(What::Title).next());
    let hint = Hint { language: language.as_deref(), url: url.as_deref() };
    let place = super::main_text::title_line(page, title.as_ref().map(|t| t.value.as_str()));
    let view = times::View {
        tree,
        page,
        head: &head,
        linked: &linked,
        selected: &selected,
        place,
        captured: source.captured.as_deref(),
    };
    let outlet_names = outlet::names(page, &head, &linked, url.as_deref());
    let authors = authors::of(&view, hint, &outlet_names);
    let ([published, modified], mut notes) = times::of(&view, hint);
    notes.extend(linked.note());
    let section = section::of(&view, title.as_ref().map(|t| t.value.as_str()), url.as_deref());
    let mut facts = Facts {
        title: title.as_ref().map(|t| t.value.clone()),
        bylines: authors.credit.names,
        wire: authors.credit.wire,
        outlet_names,
        is_article: linked.is_article() || head.first(&["og:type"]).is_some_and(|t| t.eq_ignore_ascii_case("article")),
        body: linked.text("articleBody"),
        summary: head.first(&["og:description", "description", "twitter:description"]).map(str::to_owned),
        notes,
        declared: declared(&head, &linked),
        url,
        choices: Vec::new(),
        selected: selected.clone(),
    };
    let outlet = outlet::of(page, &head, &linked, &facts);
    let all = [title, authors.choice, published, modified, outlet, tag, canonical, section];
    facts.choices = all.into_iter().flatten().collect();
    facts
}

/// What fields say about who may read the page.
fn declared(head: &Head, linked: &Linked) -> Declared {
    let tier = head.first(&["article:content_tier", "og:article:content_tier"]);
    Declared {
        free: linked.flag("isAccessibleForFree"),
        locked: tier.filter(|t| t.eq_ignore_ascii_case("locked")).map(str::to_owned),
        words: linked.number("wordCount"),
    }
}

/// The language the page declares, as a tag.
fn language_tag(head: &Head, linked: &Linked) -> Option<Choice> {
    let mut ballot = Ballot::new(Fact::Language);
    let mut put = |tag: Option<String>, basis: &str, weight: u32| {
        let tag = tag.and_then(|t| Some(t.split([',', ';', ' ']).next()?.replace('_', "-")));
        let shaped = |t: &String| {
            let primary = primary(t);
            (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase())
        };
        ballot.put(tag.filter(shaped), basis, weight);
    };
    put(head.language.clone(), "html lang", 100);
    put(linked.text("inLanguage"), "json-ld", 90);
    put(head.first(&["og:locale", "content-language", "language", "dc.language"]).map(str::to_owned), "meta", 80);
    ballot.decide(|a, b| same_words(&primary(a), &primary(b)))
}

/// The language of a tag, without region and script.
pub(crate) fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or(tag).to_ascii_lowercase()
}
