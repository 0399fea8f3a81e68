//! The part of the outlet that an article stands in.

use super::outlet::host;
use super::times::View;
use crate::html::prose::key;
use crate::html::tags::Tag;
use crate::html::zones;
use crate::meta::ballot::{Ballot, same_words};
use crate::{Choice, Fact};

const META: [&str; 7] = [
    "article:section",
    "og:article:section",
    "parsely-section",
    "cxenseparse:section",
    "section",
    "category",
    "rnews:section",
];

/// Longest name of a section, in characters.
const LONGEST: usize = 50;
/// Words that stand in paths of addresses and name no section.
const NO_SECTION: [&str; 40] = [
    "news",
    "article",
    "articles",
    "story",
    "stories",
    "archive",
    "archives",
    "index",
    "amp",
    "live",
    "blog",
    "blogs",
    "post",
    "posts",
    "content",
    "node",
    "detail",
    "details",
    "page",
    "pages",
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "uk",
    "us",
    "int",
    "web",
    "online",
    "home",
    "artikel",
    "noticia",
    "noticias",
    "nachrichten",
    "haber",
    "read",
    "print",
];
/// What the first step of a breadcrumb calls the front page.
const FRONT: [&str; 22] = [
    "home",
    "homepage",
    "start",
    "startseite",
    "accueil",
    "inicio",
    "portada",
    "início",
    "capa",
    "strona główna",
    "forsiden",
    "hem",
    "hjem",
    "etusivu",
    "anasayfa",
    "ana sayfa",
    "главная",
    "головна",
    "トップ",
    "ホーム",
    "首页",
    "홈",
];

/// The section: named by fields, else by the last step of a breadcrumb before the article, else by the address.
pub(crate) fn of(view: &View<'_, '_>, title: Option<&str>, url: Option<&str>) -> Option<Choice> {
    let mut ballot = Ballot::new(Fact::Section);
    let fits = |t: &String| t.chars().count() <= LONGEST && t.chars().any(char::is_alphabetic) && !t.contains("://");
    ballot.put(view.linked.text("articleSection").filter(fits), "json-ld", 100);
    for name in META {
        ballot.put(view.head.first(&[name]).map(str::to_owned).filter(fits), "meta", 90);
    }
    let title = title.map(key).unwrap_or_default();
    let step = |steps: Vec<String>| {
        let is_front = |s: &String| FRONT.contains(&s.to_lowercase().as_str());
        let same =
            |s: &String| !title.is_empty() && (key(s) == title || title.starts_with(&key(s)) && s.ends_with('…'));
        let site = |s: &String| url.and_then(host).is_some_and(|h| key(h).starts_with(&key(s)));
        steps.into_iter().rfind(|s| fits(s) && !is_front(s) && !same(s) && !site(s))
    };
    ballot.put(step(view.linked.breadcrumb()), "json-ld breadcrumb", 70);
    ballot.put(step(shown_steps(view)), "breadcrumb", 60);
    ballot.put(url.and_then(of_address), "url", 40);
    ballot.decide(same_words)
}

/// The links in the first element that calls itself a breadcrumb.
fn shown_steps(view: &View<'_, '_>) -> Vec<String> {
    let zones = view.page.zones.iter().map(|z| z.node);
    let is_trail = |node: &usize| {
        let names = zones::names(view.tree, *node);
        names.contains("-breadcrumb-") || names.contains("-breadcrumbs-")
    };
    let Some(trail) = zones.into_iter().find(is_trail) else { return Vec::new() };
    let steps = view.tree.inside(trail).take(200).filter(|n| view.tree.tag(*n) == Some(Tag::A));
    steps.map(|n| view.tree.text_inside(n)).filter(|step| !step.is_empty()).collect()
}

/// The first part of an address's path that is a word and not what every site calls its articles.
fn of_address(url: &str) -> Option<String> {
    let path = url.split_once("://")?.1.split_once('/')?.1.split(['?', '#']).next()?;
    let mut parts = path.split('/').filter(|p| !p.is_empty()).collect::<Vec<_>>();
    parts.pop();
    let word = |p: &&&str| {
        p.len() >= 3
            && p.len() <= 20
            && p.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            && !NO_SECTION.contains(*p)
    };
    parts.iter().take(3).find(word).map(|p| (*p).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_sections() {
        for (url, want) in [
            ("https://harbour.example/world/2026/03/01/ferry-returns", Some("world")),
            ("https://harbour.example/news/local-politics/ferry-returns.html", Some("local-politics")),
            ("https://harbour.example/2026/03/ferry-returns", None),
            ("https://harbour.example/ferry-returns", None),
            ("https://harbour.example", None),
        ] {
            assert_eq!(of_address(url).as_deref(), want, "{url}");
        }
    }
}
