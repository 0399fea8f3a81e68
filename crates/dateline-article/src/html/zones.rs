//! What part of a page an element says it is: by its name, role, and the words in its class and id.

use super::tags::{Attr, Tag};
use super::tree::Tree;
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// Parts of a page that are not its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Zone {
    /// Words under a picture.
    Caption,
    /// A picture with its words, as an element.
    Figure,
    /// Menus, breadcrumbs, tags, footers.
    Navigation,
    /// Buttons to share.
    Share,
    /// Pointers to other articles.
    Teaser,
    /// Advertisements, subscriptions, newsletters, notices.
    Promotion,
    /// Notices of the site itself: cookies, consent.
    Notice,
    /// Readers' comments.
    Comment,
    /// Author, date, reading time.
    Byline,
    /// Not shown on the screen, or not printed.
    Hidden,
    /// Players, galleries.
    Media,
    /// Words of the text set large a second time.
    PullQuote,
}

/// The table of words, in `data/html/zones.tsv`.
const TABLE: &str = include_str!("../../data/html/zones.tsv");

struct Words {
    finder: AhoCorasick,
    zones: Vec<Zone>,
}

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|line| {
        let mut cells = line.split('\t');
        [(); 4].map(|()| cells.next().unwrap_or_default())
    })
}

impl Zone {
    fn of_name(name: &str) -> Option<Zone> {
        Some(match name {
            "caption" => Zone::Caption,
            "navigation" => Zone::Navigation,
            "share" => Zone::Share,
            "teaser" => Zone::Teaser,
            "promotion" => Zone::Promotion,
            "notice" => Zone::Notice,
            "comment" => Zone::Comment,
            "byline" => Zone::Byline,
            "hidden" => Zone::Hidden,
            "media" => Zone::Media,
            _ => return None,
        })
    }
}

static WORDS: LazyLock<Option<Words>> = LazyLock::new(|| {
    let known: Vec<(Zone, String)> =
        rows().filter_map(|[kind, words, ..]| Some((Zone::of_name(kind)?, format!("-{words}-")))).collect();
    let finder = AhoCorasick::builder().match_kind(MatchKind::Standard).build(known.iter().map(|(_, w)| w)).ok()?;
    Some(Words { finder, zones: known.into_iter().map(|(z, _)| z).collect() })
});

/// Names split into lower-case words, each between dashes: "relatedLinks_2" gives "-related-links-".
pub(crate) fn split_names(names: &str, out: &mut String) {
    let mut last = '-';
    if !out.ends_with('-') {
        out.push('-');
    }
    for c in names.chars() {
        if c.is_alphabetic() {
            if c.is_uppercase() && last.is_lowercase() {
                out.push('-');
            }
            out.extend(c.to_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
        if c.is_whitespace() {
            out.push_str("--");
        }
        last = c;
    }
    if !out.ends_with('-') {
        out.push('-');
    }
}

/// The class, id and role of an element as words between dashes.
pub(crate) fn names(tree: &Tree<'_>, node: usize) -> String {
    let mut out = String::new();
    if !tree.has_attributes(node) {
        return out;
    }
    for attr in [
        Attr::Class,
        Attr::Id,
        Attr::Role,
        Attr::DataComponent,
        Attr::DataComponentName,
        Attr::DataTestid,
        Attr::DataType,
    ] {
        if let Some(value) = tree.raw_attribute(node, attr) {
            split_names(value.get(..value.floor_char_boundary(400)).unwrap_or_default(), &mut out);
            out.push('-');
        }
    }
    out
}

/// The part of the page that an element begins, if it says so.
pub(crate) fn zone(tree: &Tree<'_>, node: usize, names: &str) -> Option<Zone> {
    match tree.tag(node)? {
        Tag::Nav | Tag::Menu | Tag::Footer => return Some(Zone::Navigation),
        Tag::Aside => return Some(by_words(names).unwrap_or(Zone::Teaser)),
        Tag::Figcaption => return Some(Zone::Caption),
        Tag::Figure => return Some(Zone::Figure),
        Tag::Audio | Tag::Video => return Some(Zone::Media),
        Tag::Dialog => return Some(Zone::Promotion),
        _ => {}
    }
    if tree.raw_attribute(node, Attr::Hidden).is_some() || is_invisible(tree, node) {
        return Some(Zone::Hidden);
    }
    // A row's or cell's class speaks of what is in it ("player"), not of the page.
    let is_cell = tree.tag(node).is_some_and(Tag::is_table_part);
    if names.is_empty() || is_cell {
        return None;
    }
    // A paragraph behind a wall ("paywall", "subscriber-only") is the article's all the same.
    let zone = by_words(names)?;
    let is_text = tree.tag(node).is_some_and(|t| t == Tag::P || t == Tag::Blockquote || t.is_heading());
    (!(is_text && zone == Zone::Promotion && (names.contains("-paywall-") || names.contains("-subscriber-"))))
        .then_some(zone)
}

fn is_invisible(tree: &Tree<'_>, node: usize) -> bool {
    let Some(style) = tree.raw_attribute(node, Attr::Style) else { return false };
    let mut compact: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    compact.make_ascii_lowercase();
    compact.contains("display:none") || compact.contains("visibility:hidden")
}

/// The names of the first element after the start of the text (`from`) that calls itself what stands between a reader
/// and the rest, and says something.
pub(crate) fn wall(tree: &Tree<'_>, page: &super::lines::Lines, from: usize) -> Option<String> {
    const NAMES: [&str; 12] = [
        "-paywall-",
        "-regwall-",
        "-subscriber-only-",
        "-subscribers-only-",
        "-premium-content-",
        "-metered-content-",
        "-subscription-required-",
        "-locked-content-",
        "-piano-offer-",
        "-meter-wall-",
        "-pay-wall-",
        "-reg-wall-",
    ];
    let is_wall = |node: &usize| {
        let names = names(tree, *node);
        NAMES.iter().any(|n| names.contains(n))
    };
    let says = |node: &usize| page.lines.iter().any(|l| tree.within(l.first, *node));
    let node = page.zones.iter().map(|z| z.node).filter(|n| *n > from).find(|n| is_wall(n) && says(n))?;
    tree.raw_attribute(node, Attr::Class).or_else(|| tree.raw_attribute(node, Attr::Id)).map(dateline_text::squeeze)
}

/// Whether an element calls itself what stands between headline and text.
pub(crate) fn is_lead(names: &str) -> bool {
    const NAMES: [&str; 16] = [
        "-lead-",
        "-lede-",
        "-standfirst-",
        "-strapline-",
        "-dek-",
        "-deck-",
        "-subtitle-",
        "-subheadline-",
        "-sapo-",
        "-chapo-",
        "-vorspann-",
        "-intro-",
        "-excerpt-",
        "-teaser-text-",
        "-bajada-",
        "-ingress-",
    ];
    NAMES.iter().any(|n| names.contains(n))
}

/// The zone of the first words that are known; words of a caption win over others.
fn by_words(names: &str) -> Option<Zone> {
    let words = WORDS.as_ref()?;
    let found = words.finder.find_overlapping_iter(names).map(|m| words.zones[m.pattern().as_usize()]);
    let mut first = None;
    for zone in found {
        if zone == Zone::Comment || zone == Zone::Caption {
            return Some(zone);
        }
        // A post of a social network set into the text is no row of buttons.
        if zone == Zone::Share && names.contains("-embed") {
            continue;
        }
        first = first.or(Some(zone));
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_name(name: &str) -> Option<Zone> {
        let mut names = String::new();
        split_names(name, &mut names);
        by_words(&names)
    }

    #[test]
    fn every_row_holds_its_examples() {
        for [kind, words, has, has_not] in rows() {
            let zone = Zone::of_name(kind);
            assert!(zone.is_some(), "unknown kind {kind}");
            assert!(by_name(has).is_some(), "{has} should be a {kind}");
            let mut names = String::new();
            split_names(has_not, &mut names);
            assert!(!names.contains(&format!("-{words}-")), "{has_not} should not hold {words}");
        }
    }

    #[test]
    fn names_are_split_at_case_and_marks() {
        let mut out = String::new();
        split_names("relatedLinks_2 isOpen", &mut out);
        assert!(out.contains("-related-links-") && out.contains("-is-open-"), "{out}");
        assert!(!out.contains("-links-is-"), "{out}");
    }
}
