//! The page's head: meta elements, links, the window's title.

use crate::html::tags::{Attr, Tag};
use crate::html::tree::Tree;
use dateline_text::squeeze;

/// What the head says, and microdata of the same names.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// (name or property in lower case, content), in order.
    metas: Vec<(String, String)>,
    /// The window's title.
    pub window: Option<String>,
    /// The address in `<link rel=canonical>`.
    pub canonical: Option<String>,
    /// The language of the root element.
    pub language: Option<String>,
}

/// Longest content kept of one meta element, in bytes.
const MAX_CONTENT: usize = 4096;

impl Head {
    /// Reads a page's head.
    pub fn read(tree: &Tree<'_>) -> Head {
        let mut head = Head::default();
        let clean =
            |v: std::borrow::Cow<'_, str>| squeeze(v.get(..v.floor_char_boundary(MAX_CONTENT)).unwrap_or_default());
        head.language = tree.attribute(0, Attr::Lang).map(clean).filter(|l| !l.is_empty());
        let mut in_svg = 0;
        for i in 0..tree.nodes.len() {
            match tree.tag(i) {
                Some(Tag::Svg) => in_svg = tree.nodes[i].end as usize,
                Some(Tag::Meta) => {
                    let name =
                        [Attr::Property, Attr::Name, Attr::Itemprop].into_iter().find_map(|a| tree.attribute(i, a));
                    let content = tree.attribute(i, Attr::Content).map(clean);
                    if let (Some(name), Some(content)) = (name, content)
                        && !content.is_empty()
                    {
                        head.metas.push((name.trim().to_lowercase(), content));
                    }
                }
                Some(Tag::Link)
                    if tree.raw_attribute(i, Attr::Rel).is_some_and(|r| r.eq_ignore_ascii_case("canonical")) =>
                {
                    head.canonical = head.canonical.or_else(|| tree.attribute(i, Attr::Href).map(clean));
                }
                Some(Tag::Title) if head.window.is_none() && i >= in_svg => {
                    head.window = Some(tree.text_inside(i)).filter(|t| !t.is_empty());
                }
                _ => {}
            }
        }
        head
    }

    /// The first content of the first of these names that has one.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas.iter().find(|(n, _)| n == name)).map(|(_, content)| content.as_str())
    }

    /// All contents of a name.
    pub fn all<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h str> {
        self.metas.iter().filter(move |(n, _)| n == name).map(|(_, content)| content.as_str())
    }
}
