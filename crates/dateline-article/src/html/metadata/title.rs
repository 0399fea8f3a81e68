//! The headline: what most of the page's own statements agree on.

use super::head::Head;
use super::jsonld::Linked;
use crate::html::lines::{Line, Lines};
use crate::html::prose::key;
use crate::html::tags::Tag;
use crate::html::tree::Tree;
use crate::html::zones;
use crate::meta::ballot::{Ballot, same_words};
use crate::{Choice, Fact};

/// Marks between a headline and a site's name.
const SEPARATORS: [&str; 16] =
    [" | ", " - ", " – ", " — ", " :: ", " • ", " · ", " * ", " » ", " « ", " : ", " / ", " ― ", "｜", " ~ ", " \\ "];

/// What the element weighs that a rule names: more than all else together.
const RULE: u32 = 1000;
/// Longest headline, in characters.
const LONGEST: usize = 400;

/// A statement of the headline.
struct Candidate {
    text: String,
    key: String,
    weight: u32,
    basis: &'static str,
    /// Meant to stand without the page around it, so a kicker it leaves out is none of the headline's.
    bare: bool,
}

/// The headline, without the site's name; what it weighs is the sum of the statements that say the same.
/// `ruled` is the element that a rule for the outlet names.
pub(crate) fn of(
    tree: &Tree<'_>,
    page: &Lines,
    head: &Head,
    linked: &Linked,
    sites: &[String],
    ruled: Option<usize>,
) -> Option<Choice> {
    let mut all: Vec<Candidate> = Vec::new();
    let mut put = |text: Option<String>, weight: u32, basis: &'static str, bare: bool| {
        let Some(text) = text else { return };
        let text = without_site(&text, sites).to_owned();
        let key = key(&text);
        if !key.is_empty() && text.chars().count() <= LONGEST {
            all.push(Candidate { text, key, weight, basis, bare });
        }
    };
    put(ruled.map(|node| tree.text_inside(node)), RULE, "site rule", false);
    put(linked.text("headline"), 30, "json-ld", false);
    put(head.first(&["og:title"]).map(str::to_owned), 24, "og:title", true);
    for name in ["twitter:title", "title", "dc.title", "parsely-title", "sailthru.title", "cxenseparse:title"] {
        put(head.first(&[name]).map(str::to_owned), 9, "meta", false);
    }
    put(head.first(&["headline"]).map(str::to_owned), 20, "meta", false);
    put(head.window.clone(), 11, "window title", false);
    if let Some(window) = &head.window {
        put(shown_start(window, page), 5, "window title", false);
    }
    let mut shown: Vec<Candidate> = Vec::new();
    for heading in headings(tree, page, &all) {
        // Others that give the heading whole take its kicker for a part of the headline.
        let bare = heading.bare.filter(|_| !all.iter().any(|c| c.key == key(&heading.whole)));
        let (text, bare) = bare.map_or((heading.whole, false), |b| (b, true));
        let key = key(&text);
        if !key.is_empty() && text.chars().count() <= LONGEST {
            shown.push(Candidate { text, key, weight: 25, basis: heading.basis, bare });
        }
    }
    all.extend(shown);
    elect(&all)
}

/// The start of the window's title that a line of the page shows: what is left is the site's name.
fn shown_start(window: &str, page: &Lines) -> Option<String> {
    let starts = SEPARATORS.iter().filter_map(|s| window.rfind(s)).map(|at| window[..at].trim());
    starts.filter(|s| s.chars().count() >= 12).map(|s| (key(s), s)).find_map(|(wanted, start)| {
        let shown = |l: &&Line| l.chars <= wanted.len() + 8 && key(&l.text) == wanted;
        page.lines.iter().find(shown).map(|_| start.to_owned())
    })
}

/// A heading of the page that may be its headline.
struct Heading {
    whole: String,
    /// What is left of it without its kicker, where it has one.
    bare: Option<String>,
    basis: &'static str,
}

/// First-level headings, the first few. Where the first of them is the last step of a breadcrumb, written for search
/// engines, the headline that readers see is the second-level heading that another statement repeats.
fn headings(tree: &Tree<'_>, page: &Lines, stated: &[Candidate]) -> Vec<Heading> {
    let mut nodes: Vec<(u8, usize)> = Vec::new();
    for line in page.lines.iter().filter(|l| l.level == 1 || l.level == 2) {
        let mut around = std::iter::once(line.first).chain(tree.ancestors(line.first));
        let Some(node) = around.find(|n| tree.tag(*n).is_some_and(Tag::is_heading)) else { continue };
        if nodes.last().is_none_or(|(_, last)| *last != node) {
            nodes.push((line.level, node));
        }
    }
    let first = |level: u8| nodes.iter().filter(move |(l, _)| *l == level).map(|(_, node)| *node);
    let own: Vec<usize> = first(1).filter(|n| !is_crumb(tree, *n)).collect();
    if own.is_empty() && first(1).next().is_some() {
        let said = |h: &Heading| {
            let is = |text: &str| stated.iter().any(|c| c.key == key(text));
            is(&h.whole) || h.bare.as_deref().is_some_and(is)
        };
        return first(2).map(|node| heading(tree, node, "h2")).find(said).into_iter().collect();
    }
    own.into_iter().take(3).map(|node| heading(tree, node, "h1")).collect()
}

/// The words of a heading, with and without its kicker.
fn heading(tree: &Tree<'_>, node: usize, basis: &'static str) -> Heading {
    let whole = tree.text_inside(node);
    let kicker = tree.inside(node).find(|n| tree.tag(*n).is_some() && is_kicker(tree, *n));
    let rest = kicker.and_then(|k| whole.strip_prefix(&tree.text_inside(k)));
    let rest = rest.map(|r| r.trim_start_matches([' ', ':', '-', '–', '|', '.', '/', '•']).to_owned());
    Heading { whole, bare: rest.filter(|r| r.chars().count() >= 12), basis }
}

/// Whether a heading is a step of a breadcrumb: an entry of a list, or in an element that calls itself one.
fn is_crumb(tree: &Tree<'_>, heading: usize) -> bool {
    const NEAR: usize = 4;
    let around = std::iter::once(heading).chain(tree.ancestors(heading)).take(NEAR);
    let called = |n: usize| {
        let names = zones::names(tree, n);
        names.contains("-breadcrumb-") || names.contains("-breadcrumbs-")
    };
    tree.tag(tree.parent(heading)) == Some(Tag::Li) || around.into_iter().any(called)
}

/// Whether an element calls itself what stands over a headline.
fn is_kicker(tree: &Tree<'_>, node: usize) -> bool {
    const NAMES: [&str; 10] = [
        "-kicker-",
        "-overline-",
        "-roofline-",
        "-topline-",
        "-dachzeile-",
        "-overtitle-",
        "-over-title-",
        "-pretitle-",
        "-eyebrow-",
        "-spitzmarke-",
    ];
    let names = zones::names(tree, node);
    NAMES.iter().any(|n| names.contains(n))
}

/// Adds up the weights of statements that say the same.
fn elect(all: &[Candidate]) -> Option<Choice> {
    let mut ballot = Ballot::new(Fact::Title);
    for one in all {
        let votes = all.iter().map(|other| other.weight * agreement(other, one) / 3).sum();
        ballot.put(Some(one.text.clone()), one.basis, votes);
    }
    ballot.decide(same_words)
}

/// How far a statement speaks for a headline: 3 for the same words, 2 where it is that headline cut short or with
/// something set before or after it, 0 else.
fn agreement(other: &Candidate, headline: &Candidate) -> u32 {
    if other.key == headline.key {
        return 3;
    }
    let cut = other.text.ends_with('…') || other.text.ends_with("..");
    if cut && other.key.len() >= 12 && headline.key.starts_with(&other.key) {
        return 2;
    }
    if headline.key.len() < 12 {
        return 0;
    }
    let marks = |t: &str| SEPARATORS.iter().any(|s| s.trim() == t) || t == ":";
    let after = other.text.strip_prefix(&headline.text).map(str::trim_start);
    let before = other.text.strip_suffix(&headline.text).map(str::trim_end);
    let suffixed = after.and_then(|t| t.chars().next()).is_some_and(|c| marks(c.encode_utf8(&mut [0; 4])));
    let prefixed = before.and_then(|t| t.chars().last()).is_some_and(|c| marks(c.encode_utf8(&mut [0; 4])));
    if suffixed {
        2
    } else if prefixed && headline.bare {
        // A kicker before the headline, where the page elsewhere gives it without.
        3
    } else {
        0
    }
}

/// The text without the name of the site after (or before) it.
pub(crate) fn without_site<'t>(text: &'t str, sites: &[String]) -> &'t str {
    let mut text = text.trim();
    for _ in 0..3 {
        let last = SEPARATORS.iter().filter_map(|s| text.rfind(s).map(|i| (i, s.len()))).max();
        if let Some((at, length)) = last
            && is_site(&text[at + length..], sites)
            && at > 0
        {
            text = text[..at].trim_end();
            continue;
        }
        let first = SEPARATORS.iter().filter_map(|s| text.find(s).map(|i| (i, s.len()))).min();
        if let Some((at, length)) = first
            && is_site(&text[..at], sites)
            && at + length < text.len()
        {
            text = text[at + length..].trim_start();
            continue;
        }
        break;
    }
    text
}

/// Whether words are a site's name.
fn is_site(words: &str, sites: &[String]) -> bool {
    let words = key(words);
    if words.is_empty() {
        return false;
    }
    sites.iter().any(|s| {
        *s == words
            || (words.len() >= 3
                && s.len() >= 3
                && (s.starts_with(&words)
                    || s.ends_with(&words)
                    || words.starts_with(s.as_str())
                    || words.ends_with(s.as_str())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_name_goes_and_other_parts_stay() {
        let sites = ["harbourtimes".to_owned(), "harbourtimescom".to_owned()];
        for (text, want) in [
            ("Ferry returns | The Harbour Times", "Ferry returns"),
            ("Ferry returns - World - Harbour Times", "Ferry returns - World"),
            ("BUDGET | Ferry fares to rise", "BUDGET | Ferry fares to rise"),
            ("Harbour Times: all you need", "Harbour Times: all you need"),
        ] {
            assert_eq!(without_site(text, &sites), want);
        }
    }
}
