//! JSON-LD: the node that describes the article, wherever in lists, graphs and references it stands.

use crate::html::entities;
use crate::html::tags::{Attr, Tag};
use crate::html::tree::Tree;
use dateline_text::squeeze;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Most nodes looked at in one page.
const MAX_NODES: usize = 4000;
/// Longest script that is read, in bytes.
const MAX_SCRIPT: usize = 4 << 20;

type Node = Map<String, Value>;

/// What the page's JSON-LD says.
#[derive(Debug, Default)]
pub(crate) struct Linked {
    /// Every object, in the order of the page.
    nodes: Vec<Node>,
    /// Objects by their `@id`.
    by_id: BTreeMap<String, usize>,
    /// The object that is the article.
    article: Option<usize>,
    /// Scripts that are no JSON, even mended.
    unread: usize,
}

impl Linked {
    /// Reads all JSON-LD scripts of a page.
    pub fn read(tree: &Tree<'_>) -> Linked {
        let mut out = Linked::default();
        for i in 0..tree.nodes.len() {
            if tree.tag(i) != Some(Tag::Script) {
                continue;
            }
            let kind = tree.raw_attribute(i, Attr::Type).unwrap_or_default();
            if !kind.to_ascii_lowercase().contains("ld+json") {
                continue;
            }
            let text = tree.children(i).next().map(|t| tree.raw_text(t)).unwrap_or_default();
            match Some(text).filter(|t| t.len() <= MAX_SCRIPT).and_then(parse) {
                Some(value) => out.collect(value),
                None => out.unread += usize::from(!text.trim().is_empty()),
            }
        }
        for (i, node) in out.nodes.iter().enumerate() {
            // A node that only points elsewhere says nothing of its own.
            if let Some(id) = node.get("@id").and_then(Value::as_str).filter(|_| node.len() > 1) {
                out.by_id.entry(id.to_owned()).or_insert(i);
            }
        }
        out.article = out.find_article();
        out
    }

    /// What a reader should know of scripts that could not be read.
    pub fn note(&self) -> Option<String> {
        let scripts = if self.unread == 1 { "script is" } else { "scripts are" };
        (self.unread > 0).then(|| format!("{} JSON-LD {scripts} cut off or no JSON; left out", self.unread))
    }

    /// Takes an object and all objects in it, outermost first.
    fn collect(&mut self, value: Value) {
        let mut queue = std::collections::VecDeque::from([value]);
        while let Some(value) = queue.pop_front() {
            if self.nodes.len() >= MAX_NODES {
                return;
            }
            match value {
                Value::Array(items) => queue.extend(items),
                Value::Object(node) => {
                    for key in [
                        "@graph",
                        "mainEntity",
                        "mainEntityOfPage",
                        "hasPart",
                        "itemListElement",
                        "item",
                        "author",
                        "publisher",
                        "liveBlogUpdate",
                    ] {
                        if let Some(inner @ (Value::Array(_) | Value::Object(_))) = node.get(key) {
                            queue.push_back(inner.clone());
                        }
                    }
                    self.nodes.push(node);
                }
                _ => {}
            }
        }
    }

    fn find_article(&self) -> Option<usize> {
        let rank = |node: &Node| -> u32 {
            let best = types(node).map(type_rank).max().unwrap_or(0);
            if best == 0 {
                return 0;
            }
            let has = |key: &str| u32::from(node.contains_key(key));
            best * 4 + has("headline") * 2 + has("datePublished") * 2 + has("author") + has("articleBody")
        };
        let mut best = (0, None);
        for (i, node) in self.nodes.iter().enumerate() {
            let rank = rank(node);
            if rank > best.0 {
                best = (rank, Some(i));
            }
        }
        best.1
    }

    fn node(&self) -> Option<&Node> {
        self.article.and_then(|i| self.nodes.get(i))
    }

    /// Whether there is an object that is an article by its type.
    pub fn is_article(&self) -> bool {
        self.node().is_some_and(|n| types(n).any(|t| type_rank(t) >= 3))
    }

    /// A text field of the article.
    pub fn text(&self, key: &str) -> Option<String> {
        self.node()?.get(key).and_then(plain)
    }

    /// The `@id` of the object in a field of the article.
    pub fn id(&self, key: &str) -> Option<String> {
        self.node()?.get(key)?.as_object()?.get("@id").and_then(plain)
    }

    /// A field that is true or false, also where it is written as text.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.node()?.get(key)? {
            Value::Bool(b) => Some(*b),
            Value::String(s) if s.eq_ignore_ascii_case("true") => Some(true),
            Value::String(s) if s.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// A field that is a number, also where it is written as text.
    pub fn number(&self, key: &str) -> Option<u64> {
        match self.node()?.get(key)? {
            Value::Number(n) => n.as_u64(),
            Value::String(s) => s.trim().parse().ok(),
            _ => None,
        }
    }

    /// The names of the steps of the page's breadcrumb, in order.
    pub fn breadcrumb(&self) -> Vec<String> {
        let Some(list) = self.nodes.iter().find(|n| types(n).any(|t| t.ends_with("BreadcrumbList"))) else {
            return Vec::new();
        };
        let steps = list.get("itemListElement").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let name = |step: &Value| {
            let step = step.as_object()?;
            let item = || step.get("item")?.as_object()?.get("name").and_then(plain);
            step.get("name").and_then(plain).or_else(item)
        };
        let place = |step: &Value| step.get("position").and_then(Value::as_u64).unwrap_or(u64::MAX);
        let mut steps: Vec<&Value> = steps.iter().collect();
        steps.sort_by_key(|s| place(s));
        steps.into_iter().filter_map(name).collect()
    }

    /// The names a field of the article gives, references followed; each with whether it is a person.
    pub fn names(&self, key: &str) -> Vec<(String, bool)> {
        let mut out = Vec::new();
        let Some(value) = self.node().and_then(|n| n.get(key)) else { return out };
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for value in values {
            match value {
                Value::String(_) => out.extend(plain(value).map(|n| (n, true))),
                Value::Object(node) => {
                    let node = self.resolve(node);
                    let person = !types(node).any(|t| t.ends_with("Organization"));
                    let names = node
                        .get("name")
                        .map_or(&[][..], |n| n.as_array().map_or(std::slice::from_ref(n), Vec::as_slice));
                    out.extend(names.iter().filter_map(plain).map(|n| (n, person)));
                }
                _ => {}
            }
        }
        out
    }

    /// The object a reference points to.
    fn resolve<'n>(&'n self, node: &'n Node) -> &'n Node {
        if node.contains_key("name") {
            return node;
        }
        let id = node.get("@id").and_then(Value::as_str);
        id.and_then(|id| self.by_id.get(id)).and_then(|i| self.nodes.get(*i)).unwrap_or(node)
    }
}

fn types(node: &Node) -> impl Iterator<Item = &str> {
    let value = node.get("@type");
    let many = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    value.and_then(Value::as_str).into_iter().chain(many.iter().filter_map(Value::as_str))
}

/// How much a schema.org type is an article.
fn type_rank(name: &str) -> u32 {
    let name = name.rsplit(['/', ':']).next().unwrap_or(name);
    match name {
        "NewsArticle"
        | "ReportageNewsArticle"
        | "AnalysisNewsArticle"
        | "OpinionNewsArticle"
        | "BackgroundNewsArticle"
        | "ReviewNewsArticle"
        | "AskPublicNewsArticle" => 4,
        "Article" | "BlogPosting" | "LiveBlogPosting" | "Report" | "AdvertiserContentArticle" | "SatiricalArticle" => 3,
        "TechArticle" | "ScholarlyArticle" | "SocialMediaPosting" | "Review" | "CreativeWork" => 2,
        "WebPage" | "ItemPage" | "VideoObject" => 1,
        _ => 0,
    }
}

/// A value as plain text.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(s) => s.clone(),
        Value::Array(items) => items.first()?.as_str()?.to_owned(),
        Value::Object(node) => node.get("@value").or_else(|| node.get("name"))?.as_str()?.to_owned(),
        _ => return None,
    };
    let text = if text.contains('&') { entities::decode(&text, false) } else { text };
    let text = squeeze(&text);
    (!text.is_empty()).then_some(text)
}

/// Parses a script's JSON, with the slips that pages make mended: comment marks around it, raw line breaks inside
/// strings, a semicolon at its end.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim();
    let text = text.strip_prefix("<!--").unwrap_or(text);
    let text = text.strip_suffix("-->").unwrap_or(text).trim();
    let text = text.strip_prefix("//<![CDATA[").or_else(|| text.strip_prefix("<![CDATA[")).unwrap_or(text);
    let text = text.strip_suffix("//]]>").or_else(|| text.strip_suffix("]]>")).unwrap_or(text).trim();
    let text = text.trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let mended: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mended = mended.replace(",]", "]").replace(",}", "}");
    let mut values = serde_json::Deserializer::from_str(&mended).into_iter::<Value>();
    values.next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(json: &str) -> Linked {
        Linked::read(&Tree::parse(&format!("<script type='application/ld+json'>{json}</script>")))
    }

    #[test]
    fn references_in_a_graph_are_followed() {
        let ld = linked(
            r##"{"@graph":[{"@type":"WebPage","name":"x"},{"@type":["NewsArticle"],"headline":"Ferry returns","author":{"@id":"#p"}},
            {"@type":"Person","@id":"#p","name":"Ona Petraitė"}]}"##,
        );
        assert_eq!(ld.text("headline").as_deref(), Some("Ferry returns"));
        assert_eq!(ld.names("author"), [("Ona Petraitė".to_owned(), true)]);
    }

    #[test]
    fn slips_are_mended() {
        let ld = linked("<!-- {\"@type\":\"Article\",\"headline\":\"Two\nlines &amp; more\",} -->;");
        assert_eq!(ld.text("headline").as_deref(), Some("Two lines & more"));
        let broken = linked("{\"@type\": nonsense");
        assert!(broken.text("headline").is_none());
        assert_eq!(broken.note().as_deref(), Some("1 JSON-LD script is cut off or no JSON; left out"));
        assert_eq!(ld.note(), None);
    }

    #[test]
    fn the_article_wins_over_the_page_around_it() {
        let ld = linked(
            r#"[{"@type":"WebPage","datePublished":"2020-01-01"},{"@type":"BlogPosting","datePublished":"2021-02-03"}]"#,
        );
        assert_eq!(ld.text("datePublished").as_deref(), Some("2021-02-03"));
    }
}
