//! Pages with markup: one parse serves main text, asides and metadata.

mod asides;
mod belief;
mod cards;
mod entities;
mod lines;
mod main_text;
mod marks;
mod metadata;
mod phrases;
mod prose;
mod scanner;
mod sites;
mod state;
mod tags;
mod tree;
mod zones;

pub(crate) use entities::reference;
pub(crate) use metadata::host;
pub(crate) use scanner::{Scanner, Token};
pub use sites::{BadRule, SiteRules};
pub(crate) use tags::Tag;

use crate::as_given;
use crate::bytes::{self, Decoded};
use crate::meta::access::{self, Signs};
use crate::meta::ballot::{self, Same, same_words};
use crate::meta::bylines;
use crate::meta::dates::Hint;
use crate::meta::language;
use crate::{Article, Block, BlockKind, Choice, Fact, NotAnArticle, RunnerUp};
use dateline_capture::Capture;
use dateline_text::Span;
use lines::Lines;
use main_text::{Part, Sorted};
use metadata::Facts;
use tree::Tree;

/// Least running text, in characters, that makes a page an article.
const LEAST_PROSE: usize = 90;
/// The same for a page that calls itself an article: a brief may be one sentence.
const LEAST_OF_ARTICLE: usize = 60;

/// Finds the article in a page.
pub(crate) fn article(capture: &Capture, sites: &SiteRules) -> Result<Article, NotAnArticle> {
    if capture.bytes.trim_ascii().is_empty() {
        return Err(NotAnArticle::NoArticle("the page is empty".to_owned()));
    }
    let decoded = bytes::decode(&capture.bytes, capture.source.charset.as_deref())?;
    let tree = Tree::parse(&decoded.text);
    let page = lines::of(&tree);
    let facts = metadata::read(&tree, &page, &capture.source, sites);
    let mut sorted = main_text::sort(&tree, &page, &facts);
    main_text::by_rules(&tree, &page, &facts.selected, &mut sorted);
    marks::pull_quotes(&tree, &page, &mut sorted);
    if sorted.pointers > 0 {
        let what = format!("a page of {} pointers to articles, not an article", sorted.pointers);
        return Err(NotAnArticle::NoArticle(what));
    }
    let least = if facts.is_article { LEAST_OF_ARTICLE } else { LEAST_PROSE };
    let stated = facts.body.as_ref().map_or(0, |b| b.chars().filter(|c| !c.is_whitespace()).count());
    if (sorted.prose < least || sorted.prose * 4 < stated)
        && let Some(article) = from_script(capture, &tree, &facts, &decoded, sorted.prose)
    {
        return Ok(article);
    }
    if sorted.prose < least {
        let what = "no running text in it, only short lines and links";
        return Err(NotAnArticle::NoArticle(what.to_owned()));
    }
    let declared = facts.declared.clone();
    let mut article = described(capture, facts);
    article.notes.extend(decoded.notes.iter().cloned());
    write(&mut article, &page, &sorted, &decoded);
    read_text(&mut article);
    let plea = page.lines.iter().map(|l| l.text.as_str()).find(|t| access::pleads(t));
    let signs = Signs { declared, markup: zones::wall(&tree, &page, first_of_body(&page, &sorted)), plea };
    article.paywall = access::paywall(&signs, &article.text);
    let (language, url) = (article.language.clone(), article.url.clone());
    let hint = Hint { language: language.as_deref(), url: url.as_deref() };
    article.asides = asides::of(&page, &sorted, &decoded, hint);
    let day = article.published.as_ref().map(|p| p.value.clone());
    article.marks = marks::of(&tree, &page, &sorted, &article.blocks, hint, day.as_deref());
    Ok(article)
}

/// The first text node of the main text.
fn first_of_body(page: &Lines, sorted: &Sorted) -> usize {
    page.lines.iter().zip(&sorted.parts).find(|(_, p)| **p == Part::Body).map_or(usize::MAX, |(l, _)| l.first)
}

/// The article from the page's scripts, where its markup shows none.
fn from_script(capture: &Capture, tree: &Tree<'_>, facts: &Facts, decoded: &Decoded, shown: usize) -> Option<Article> {
    let found = state::find(tree, facts.is_article)?;
    if found.lines.iter().map(prose::prose).sum::<usize>() <= shown {
        return None;
    }
    let whence = if found.key == "articlebody" { "JSON-LD" } else { "script" };
    let less = if shown == 0 { "none" } else { "less" };
    let beside = |line: &lines::Line| line.link_share() > 0.9 || phrases::phrase(&line.text).is_some();
    let parts = found.lines.iter().map(|l| if beside(l) { Part::Beside(None) } else { Part::Body }).collect();
    let page = Lines { lines: found.lines, zones: Vec::new() };
    let mut article = described(capture, facts.clone());
    article.notes.extend(decoded.notes.iter().cloned());
    article.notes.push(format!("main text read from the page's {whence}: its markup shows {less}"));
    write(&mut article, &page, &Sorted { parts, prose: 0, pointers: 0 }, decoded);
    read_text(&mut article);
    (!article.blocks.is_empty()).then_some(article)
}

/// Finds the text of a feed's item: its content is the article, with nothing beside it.
pub(crate) fn feed_item(capture: &Capture) -> Result<Article, NotAnArticle> {
    let decoded = bytes::decode(&capture.bytes, capture.source.charset.as_deref())?;
    let tree = Tree::parse(&decoded.text);
    let mut page = lines::of(&tree);
    if tree.nodes.iter().skip(1).all(|n| n.tag.is_none()) {
        page.lines = lines::of_plain(&decoded.text);
    }
    if page.lines.is_empty() {
        return Err(NotAnArticle::NoArticle("the feed's item has no text".to_owned()));
    }
    let parts = page.lines.iter().map(|l| if l.link_share() > 0.9 { Part::Beside(None) } else { Part::Body });
    let mut sorted = Sorted { parts: parts.collect(), prose: 0, pointers: 0 };
    if !sorted.parts.contains(&Part::Body) {
        sorted.parts.fill(Part::Body);
    }
    let mut article = described(capture, Facts { url: capture.source.url.clone(), ..Facts::default() });
    article.notes.extend(decoded.notes.iter().cloned());
    write(&mut article, &page, &sorted, &decoded);
    read_text(&mut article);
    let plea = page.lines.iter().map(|l| l.text.as_str()).find(|t| access::pleads(t));
    article.paywall = access::paywall(&Signs { plea, ..Signs::default() }, &article.text);
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

/// What the text tells that the page's fields do not: the agency it is from, and its language, where a template's
/// declaration is wrong.
fn read_text(article: &mut Article) {
    let body = || article.blocks.iter().filter(|b| b.kind != BlockKind::Title).map(|b| b.span.of(&article.text));
    let mut wire = ballot::Ballot::new(Fact::Wire);
    wire.put(article.wire.clone(), "byline", 100);
    wire.put(body().take(3).find_map(bylines::wire_of_dateline).map(str::to_owned), "opening", 90);
    wire.put(body().rev().take(2).find_map(bylines::wire_alone).map(str::to_owned), "closing line", 80);
    wire.put(body().take(3).find_map(in_dateline), "opening", 70);
    let wire = wire.decide(same_words);
    article.wire = wire.as_ref().map(|w| w.value.clone());
    article.choices.extend(wire);
    let Some(found) = language::detect(&article.text).map(str::to_owned) else { return };
    let choice = article.choices.iter_mut().find(|c| c.fact == Fact::Language);
    match choice {
        Some(said) if metadata::primary(&said.value) != found => {
            let why = "the text itself is in another".to_owned();
            said.runner_up = Some(RunnerUp {
                value: std::mem::replace(&mut said.value, found.clone()),
                basis: std::mem::replace(&mut said.basis, "words of the text".to_owned()),
                why,
            });
        }
        Some(_) => {}
        None => article.choices.push(Choice {
            fact: Fact::Language,
            value: found.clone(),
            basis: "words of the text".to_owned(),
            runner_up: None,
        }),
    }
    article.language = Some(found);
}

/// The initials of an agency in a report's opening that no list knows: "VALPARAISO, Chile (MPA) —".
fn in_dateline(paragraph: &str) -> Option<String> {
    let (place, rest) = paragraph.split_once('(')?;
    let (initials, rest) = rest.split_once(')')?;
    let is_place =
        (2..=60).contains(&place.trim().len()) && place.starts_with(char::is_uppercase) && !place.contains(". ");
    let capitals =
        place.split([',', ' ']).next().is_some_and(|w| w.chars().count() > 2 && w.chars().all(|c| !c.is_lowercase()));
    let is_initials = (2..=6).contains(&initials.len()) && initials.bytes().all(|b| b.is_ascii_uppercase());
    let dash = rest.trim_start().starts_with(['—', '–', '-']);
    (is_place && capitals && is_initials && dash).then(|| initials.to_owned())
}

/// An article with its metadata: what was given wins over what the page says.
fn described(capture: &Capture, facts: Facts) -> Article {
    let given = &capture.given;
    let read = |fact: Fact| facts.choice(fact).cloned();
    let language = given.language.clone().or_else(|| facts.value(Fact::Language));
    let hint = Hint { language: language.as_deref(), url: facts.url.as_deref() };
    let (published, mut notes) = as_given::published(given.published.as_deref(), hint);
    notes.extend(facts.notes.iter().cloned());
    let published = published.map(|p| p.value);
    let bylines = Some(given.bylines.join("; ")).filter(|b| !b.is_empty());
    let over = |fact: Fact, value: Option<String>, same: Same| match value {
        Some(value) => Some(ballot::given(fact, value, read(fact), same)),
        None => read(fact),
    };
    let choices = [
        over(Fact::Title, given.title.clone(), same_words),
        over(Fact::Bylines, bylines, same_words),
        over(Fact::Published, published, ballot::same_day),
        read(Fact::Modified),
        over(Fact::Outlet, given.outlet.clone(), same_words),
        over(Fact::Language, given.language.clone(), same_words),
        read(Fact::Canonical),
        read(Fact::Section),
    ];
    let mut out = Article {
        bylines: if given.bylines.is_empty() { facts.bylines.clone() } else { given.bylines.clone() },
        outlet_names: facts.outlet_names.clone(),
        wire: facts.wire.map(str::to_owned),
        url: facts.url.clone(),
        choices: choices.into_iter().flatten().collect(),
        notes,
        ..Article::default()
    };
    let value = |fact: Fact| out.choices.iter().find(|c| c.fact == fact);
    let text = |fact: Fact| value(fact).map(|c| c.value.clone());
    (out.title, out.outlet, out.canonical) = (text(Fact::Title), text(Fact::Outlet), text(Fact::Canonical));
    out.language = value(Fact::Language).map(|c| metadata::primary(&c.value));
    out.published = ballot::based(value(Fact::Published));
    out.modified = ballot::based(value(Fact::Modified));
    out.section = ballot::based(value(Fact::Section));
    out
}
