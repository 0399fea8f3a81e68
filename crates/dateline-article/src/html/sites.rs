//! Rules for single outlets, as data: where title, byline, date and text stand, and what is never text.

use super::metadata::host;
use super::tags::{Attr, Tag};
use super::tree::Tree;
use std::fmt;

/// The rules shipped, in `data/sites.tsv`.
const SHIPPED: &str = include_str!("../../data/sites.tsv");

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// Where the headline is read.
    Title,
    /// Where the authors are read.
    Byline,
    /// Where the date of publication is read.
    Date,
    /// The element whose lines are the text.
    Body,
    /// What is never text.
    Drop,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    domain: String,
    what: What,
    selector: Selector,
}

/// A simple selector: a tag, a class, an id, an `itemprop`, or several of them of one element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Selector {
    tag: Option<String>,
    class: Option<String>,
    id: Option<String>,
    itemprop: Option<String>,
}

/// Rules for single outlets: those shipped, and those that a user adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRules {
    rules: Vec<Rule>,
}

/// A line of a table of rules that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct BadRule {
    /// Which line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

impl Default for SiteRules {
    fn default() -> SiteRules {
        SiteRules::parse(SHIPPED).unwrap_or(SiteRules { rules: Vec::new() })
    }
}

impl SiteRules {
    /// No rules at all.
    pub fn none() -> SiteRules {
        SiteRules { rules: Vec::new() }
    }

    /// Reads a table of rules and checks each against its own two examples.
    ///
    /// # Errors
    /// [`BadRule`] for the first line that cannot be read or whose examples do not hold.
    pub fn parse(table: &str) -> Result<SiteRules, BadRule> {
        let mut rules = Vec::new();
        for (i, line) in table.lines().enumerate() {
            let line = line.trim_end_matches('\r');
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            rules.push(rule(line).map_err(|why| BadRule { line: i + 1, why })?);
        }
        Ok(SiteRules { rules })
    }

    /// These rules, and others after them.
    #[must_use]
    pub fn and(mut self, other: SiteRules) -> SiteRules {
        self.rules.extend(other.rules);
        self
    }

    /// The elements that rules for the page's host select, by what they are selected for, in the page's order.
    pub(crate) fn select(&self, tree: &Tree<'_>, url: Option<&str>) -> Selected {
        let Some(host) = url.and_then(host) else { return Selected::default() };
        let of_host = |r: &&Rule| host == r.domain || host.strip_suffix(&r.domain).is_some_and(|h| h.ends_with('.'));
        let rules: Vec<&Rule> = self.rules.iter().filter(of_host).collect();
        if rules.is_empty() {
            return Selected::default();
        }
        let mut found = Vec::new();
        for node in (0..tree.nodes.len()).filter(|n| tree.tag(*n).is_some()) {
            found.extend(rules.iter().filter(|r| r.selector.fits(tree, node)).map(|r| (r.what, node)));
        }
        Selected { found }
    }
}

/// Elements that a page's rules select.
#[derive(Debug, Clone, Default)]
pub(crate) struct Selected {
    found: Vec<(What, usize)>,
}

impl Selected {
    /// The elements selected for something.
    pub fn of(&self, what: What) -> impl Iterator<Item = usize> + '_ {
        self.found.iter().filter(move |(w, _)| *w == what).map(|(_, node)| *node)
    }
}

fn rule(line: &str) -> Result<Rule, String> {
    let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
    let [domain, what, selector, fits, fits_not] = cells.as_slice() else {
        return Err(format!("{} columns; a rule has five, with tabs between", cells.len()));
    };
    let what = match *what {
        "title" => What::Title,
        "byline" => What::Byline,
        "date" => What::Date,
        "body" => What::Body,
        "drop" => What::Drop,
        other => return Err(format!("{other:?} is none of title, byline, date, body, drop")),
    };
    let selector: Selector = selector.parse()?;
    for (example, should) in [(fits, true), (fits_not, false)] {
        let tree = Tree::parse(example);
        let selects = (0..tree.nodes.len()).any(|n| tree.tag(n).is_some() && selector.fits(&tree, n));
        if selects != should {
            return Err(format!("the selector {}select {example}", if should { "does not " } else { "should not " }));
        }
    }
    Ok(Rule { domain: domain.to_ascii_lowercase(), what, selector })
}

impl std::str::FromStr for Selector {
    type Err = String;

    fn from_str(text: &str) -> Result<Selector, String> {
        let mut out = Selector::default();
        let mut rest = text;
        if let Some(inner) = rest.find('[').map(|at| rest.split_at(at)) {
            let value = inner.1.strip_prefix("[itemprop=").and_then(|t| t.strip_suffix(']'));
            out.itemprop = Some(value.ok_or(format!("{text:?}: only [itemprop=…] is known"))?.to_owned());
            rest = inner.0;
        }
        for (mark, slot) in [('#', &mut out.id), ('.', &mut out.class)] {
            if let Some((before, name)) = rest.split_once(mark) {
                *slot = Some(name.to_owned());
                rest = before;
            }
        }
        out.tag = Some(rest.to_ascii_lowercase()).filter(|t| !t.is_empty());
        let plain = |t: &Option<String>| {
            t.as_ref().is_none_or(|t| !t.is_empty() && t.chars().all(|c| c.is_alphanumeric() || "-_:".contains(c)))
        };
        if out == Selector::default() || ![&out.tag, &out.class, &out.id, &out.itemprop].into_iter().all(plain) {
            return Err(format!("{text:?} is no selector of the form tag.class, #id or [itemprop=x]"));
        }
        Ok(out)
    }
}

impl Selector {
    fn fits(&self, tree: &Tree<'_>, node: usize) -> bool {
        let has = |attr: Attr, wanted: &Option<String>| {
            wanted.as_ref().is_none_or(|w| {
                tree.raw_attribute(node, attr).is_some_and(|v| v.split_whitespace().any(|one| one == w))
            })
        };
        let tag = self.tag.as_ref().is_none_or(|t| match tree.tag(node) {
            Some(Tag::Other) | None => tree.name(node).eq_ignore_ascii_case(t),
            Some(tag) => tag == Tag::of(t),
        });
        tag && has(Attr::Class, &self.class) && has(Attr::Id, &self.id) && has(Attr::Itemprop, &self.itemprop)
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_shipped_hold_their_examples() {
        let rules = SiteRules::parse(SHIPPED).unwrap();
        assert!(!rules.rules.is_empty());
        assert_eq!(rules, SiteRules::default());
    }

    #[test]
    fn a_bad_line_is_named() {
        for (table, line) in [
            ("harbour.example\tdrop\tdiv.a\t<div class=a>", 1),
            ("# x\nharbour.example\twash\tdiv.a\t<div class=a>\t<p>", 2),
            ("harbour.example\tdrop\tdiv > p\t<div class=a>\t<p>", 1),
            ("harbour.example\tdrop\tdiv.a\t<div class=b>\t<p>", 1),
            ("harbour.example\tdrop\tdiv\t<div>\t<div class=x>", 1),
        ] {
            assert_eq!(SiteRules::parse(table).unwrap_err().line, line, "{table}");
        }
    }

    #[test]
    fn rules_are_for_their_host_and_its_subdomains() {
        let tree = Tree::parse("<div class='reader-poll'>x</div>");
        let rules = SiteRules::default();
        let dropped = |url: &str| rules.select(&tree, Some(url)).of(What::Drop).count();
        assert_eq!(dropped("https://harbour.example/a"), 1);
        assert_eq!(dropped("https://news.harbour.example/a"), 1);
        assert_eq!(dropped("https://otherharbour.example/a"), 0);
    }
}
