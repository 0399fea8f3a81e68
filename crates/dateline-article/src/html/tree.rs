//! The page as a tree in one array, in the order of the source.
//!
//! A node's descendants are the nodes right after it, up to its `end`: every walk is a loop over indices, and text
//! keeps the order and the place it has in the source. The nesting rules are the HTML standard's (what closes a
//! paragraph, a list item, a cell; scopes of end tags) without its three reorderings (foster parenting, the
//! adoption agency, reopened formatting): those move or copy text, cost quadratic time on bad pages, and change
//! nothing that main text or metadata are found by. Whether text stands in a link is kept beside the tree, as the
//! standard lets a link end where its element cannot.

use super::entities;
use super::scanner::{Attribute, Scanner, Token};
use super::tags::{Attr, Tag};
use std::borrow::Cow;

/// Deepest nesting; elements below it are read as part of the last one.
const MAX_DEPTH: usize = 512;
/// Most nodes of one page; the rest of the page is left out, with a note.
const MAX_NODES: usize = 1 << 20;
/// No node.
pub(crate) const NONE: u32 = u32::MAX;

/// An element, or a run of text.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// `None` for text.
    pub tag: Option<Tag>,
    /// The element around it; the root is its own.
    pub parent: u32,
    /// One past its last descendant.
    pub end: u32,
    /// Where it begins in the source.
    pub from: u32,
    /// One past its last byte in the source.
    pub to: u32,
    /// Of text: the link it stands in, or [`NONE`].
    pub link: u32,
    attributes: (u32, u32),
}

/// A parsed page.
#[derive(Debug)]
pub(crate) struct Tree<'s> {
    /// The markup.
    pub source: &'s str,
    /// All nodes, in the order of the source; 0 is the root.
    pub nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// Whether the page was too large to be read whole.
    pub truncated: bool,
}

impl<'s> Tree<'s> {
    /// Parses a page. Never fails; time is linear in the source.
    pub fn parse(source: &'s str) -> Tree<'s> {
        let source = source.get(..u32::MAX as usize / 2).unwrap_or(source);
        let mut builder = Builder::new(source);
        let mut scanner = Scanner::new(source);
        while let Some(token) = scanner.next() {
            if builder.tree.nodes.len() >= MAX_NODES {
                builder.tree.truncated = true;
                break;
            }
            builder.take(token, &mut scanner);
        }
        builder.finish()
    }

    /// The node's tag; `None` for text.
    pub fn tag(&self, node: usize) -> Option<Tag> {
        self.nodes[node].tag
    }

    /// The element around a node.
    pub fn parent(&self, node: usize) -> usize {
        self.nodes[node].parent as usize
    }

    /// The node's descendants.
    pub fn inside(&self, node: usize) -> std::ops::Range<usize> {
        node + 1..self.nodes[node].end as usize
    }

    /// The children of a node, in order.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[node].end as usize;
        let mut at = node + 1;
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let child = at;
                at = self.nodes[child].end as usize;
                child
            })
        })
    }

    /// The element's ancestors, nearest first, the root last.
    pub fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = node;
        std::iter::from_fn(move || {
            (at != 0).then(|| {
                at = self.parent(at);
                at
            })
        })
    }

    /// Whether `node` is `outer` or lies inside it.
    pub fn within(&self, node: usize, outer: usize) -> bool {
        outer <= node && node < self.nodes[outer].end as usize
    }

    /// Whether any attribute of the node is kept.
    pub fn has_attributes(&self, node: usize) -> bool {
        let (from, to) = self.nodes[node].attributes;
        from < to
    }

    /// An attribute as written, references not decoded.
    pub fn raw_attribute(&self, node: usize, name: Attr) -> Option<&'s str> {
        let (from, to) = self.nodes[node].attributes;
        let kept = self.attributes.get(from as usize..to as usize)?;
        let found = kept.iter().find(|a| a.name == name)?;
        self.source.get(found.start as usize..found.end as usize)
    }

    /// An attribute's value.
    pub fn attribute(&self, node: usize, name: Attr) -> Option<Cow<'s, str>> {
        let raw = self.raw_attribute(node, name)?;
        Some(if raw.contains('&') { entities::decode(raw, true).into() } else { raw.into() })
    }

    /// The element's name as written.
    pub fn name(&self, node: usize) -> &'s str {
        let rest = self.source.get(self.nodes[node].from as usize + 1..).unwrap_or_default();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == ':')).unwrap_or(rest.len());
        &rest[..end]
    }

    /// Text as written, references not decoded.
    pub fn raw_text(&self, node: usize) -> &'s str {
        let node = &self.nodes[node];
        self.source.get(node.from as usize..node.to as usize).unwrap_or_default()
    }

    /// All the text inside an element (scripts and styles aside), white space folded.
    pub fn text_inside(&self, node: usize) -> String {
        let mut out = String::new();
        let mut i = node;
        let end = self.nodes[node].end as usize;
        while i < end {
            match self.tag(i) {
                None => {
                    let raw = self.raw_text(i);
                    if raw.contains('&') { out.push_str(&entities::decode(raw, false)) } else { out.push_str(raw) }
                }
                Some(Tag::Script | Tag::Style | Tag::Svg | Tag::Template) if i != node => {
                    i = self.nodes[i].end as usize;
                    continue;
                }
                Some(tag) if tag.is_block() || tag == Tag::Br => out.push(' '),
                Some(_) => {}
            }
            i += 1;
        }
        dateline_text::squeeze(&out)
    }
}

/// Builds the tree from tokens.
struct Builder<'s> {
    tree: Tree<'s>,
    /// Open elements.
    stack: Vec<(u32, Tag)>,
    /// How many elements of each tag are open, so that a look for one that is not there costs nothing.
    open: [u32; Tag::COUNT],
    /// Elements below [`MAX_DEPTH`] that are open and have no node.
    sunk: usize,
    link: u32,
}

impl<'s> Builder<'s> {
    fn new(source: &'s str) -> Builder<'s> {
        let root = Node {
            tag: Some(Tag::Html),
            parent: 0,
            end: 1,
            from: 0,
            to: source.len() as u32,
            link: NONE,
            attributes: (0, 0),
        };
        let nodes = vec![root];
        let tree = Tree { source, nodes, attributes: Vec::new(), truncated: false };
        Builder { tree, stack: vec![(0, Tag::Html)], open: [0; Tag::COUNT], sunk: 0, link: NONE }
    }

    fn take(&mut self, token: Token, scanner: &mut Scanner<'s>) {
        match token {
            Token::Text { start, end } => self.text(start, end),
            Token::Start { tag, start, end, closed } => self.start(tag, start, end, closed, scanner),
            Token::End { tag, start, end } => self.end(tag, start, end),
        }
    }

    fn top(&self) -> (u32, Tag) {
        self.stack.last().copied().unwrap_or((0, Tag::Html))
    }

    fn add(&mut self, tag: Option<Tag>, from: usize, to: usize, attributes: (u32, u32)) -> u32 {
        let id = self.tree.nodes.len() as u32;
        let link = if tag.is_none() { self.link } else { NONE };
        let parent = self.top().0;
        self.tree.nodes.push(Node { tag, parent, end: id + 1, from: from as u32, to: to as u32, link, attributes });
        id
    }

    fn text(&mut self, start: usize, end: usize) {
        let blank = self.tree.source.as_bytes()[start..end].iter().all(u8::is_ascii_whitespace);
        if self.open[Tag::Head as usize] > 0 && !blank {
            self.close_to(Tag::Head, start);
        }
        self.add(None, start, end, (0, 0));
    }

    /// Closes the open elements from the top down to `depth`, which stays.
    fn cut(&mut self, depth: usize, at: usize) {
        while self.stack.len() > depth.max(1) {
            let Some((id, tag)) = self.stack.pop() else { break };
            self.open[tag as usize] -= 1;
            let end = self.tree.nodes.len() as u32;
            let node = &mut self.tree.nodes[id as usize];
            node.end = end;
            node.to = at as u32;
        }
    }

    /// Closes elements up to and including the nearest open one of this tag.
    fn close_to(&mut self, tag: Tag, at: usize) {
        if let Some(depth) = self.stack.iter().rposition(|(_, t)| *t == tag) {
            self.cut(depth, at);
        }
    }

    /// Depth of the nearest open element of this tag that no element in `barrier` shields.
    fn find(&self, tag: Tag, barrier: impl Fn(Tag) -> bool) -> Option<usize> {
        if self.open[tag as usize] == 0 {
            return None;
        }
        for (depth, (_, open)) in self.stack.iter().enumerate().rev() {
            if *open == tag && depth > 0 {
                return Some(depth);
            }
            if barrier(*open) {
                return None;
            }
        }
        None
    }

    fn start(&mut self, tag: Tag, start: usize, end: usize, closed: bool, scanner: &mut Scanner<'s>) {
        if matches!(tag, Tag::Html | Tag::Head | Tag::Body) && !self.page_part(tag, start) {
            return self.merge(tag, scanner);
        }
        if self.open[Tag::Head as usize] > 0 && !tag.is_head_matter() && !self.in_svg_or_noscript() {
            self.close_to(Tag::Head, start);
        }
        if self.open[Tag::Svg as usize] > 0 && tag.closes_p() {
            // The page's text breaks out of a drawing that was never closed.
            self.close_to(Tag::Svg, start);
        }
        self.make_room(tag, start);
        if self.stack.len() >= MAX_DEPTH && !tag.is_void() && !tag.is_raw() {
            self.sunk += usize::from(!closed);
            return;
        }
        let attributes = self.keep(scanner);
        if tag == Tag::A {
            self.link = NONE;
        }
        let id = self.add(Some(tag), start, end, attributes);
        if tag == Tag::A && self.tree.raw_attribute(id as usize, Attr::Href).is_some() {
            self.link = id;
        }
        if tag.is_void() {
            return;
        }
        if tag.is_raw() {
            self.raw(id, tag, scanner);
        } else if !closed || self.keeps_open(tag) {
            self.stack.push((id, tag));
            self.open[tag as usize] += 1;
        }
    }

    /// `<div/>` is an open element in HTML; `<path/>` and unknown names are not.
    fn keeps_open(&self, tag: Tag) -> bool {
        tag != Tag::Other && tag != Tag::Svg && tag != Tag::Math && self.open[Tag::Svg as usize] == 0
    }

    fn in_svg_or_noscript(&self) -> bool {
        self.open[Tag::Noscript as usize] > 0 && self.open[Tag::Body as usize] == 0
    }

    /// Whether a second `<html>`, `<head>` or `<body>` is a new element; it never is.
    fn page_part(&mut self, tag: Tag, at: usize) -> bool {
        match tag {
            Tag::Html => false,
            Tag::Head => {
                self.open[Tag::Body as usize] == 0 && self.open[Tag::Head as usize] == 0 && self.stack.len() == 1
            }
            _ => {
                self.close_to(Tag::Head, at);
                self.open[Tag::Body as usize] == 0 && self.stack.len() == 1
            }
        }
    }

    /// The root takes the attributes of the first `<html>`.
    fn merge(&mut self, tag: Tag, scanner: &mut Scanner<'s>) {
        if tag == Tag::Html && self.tree.nodes[0].attributes == (0, 0) {
            self.tree.nodes[0].attributes = self.keep(scanner);
        }
    }

    fn keep(&mut self, scanner: &mut Scanner<'s>) -> (u32, u32) {
        let from = self.tree.attributes.len() as u32;
        self.tree.attributes.extend_from_slice(&scanner.attributes);
        (from, self.tree.attributes.len() as u32)
    }

    /// Closes what a start tag closes by itself.
    fn make_room(&mut self, tag: Tag, at: usize) {
        use Tag::*;
        if tag.closes_p()
            && let Some(depth) = self.find(P, |t| t.is_scope() || t == Button)
        {
            self.cut(depth, at);
        }
        if tag.is_heading() && self.top().1.is_heading() {
            self.cut(self.stack.len() - 1, at);
        }
        let list_end = |t: Tag| t.is_scope() || (t.is_block() && !matches!(t, Address | Div | P | Li | Dd | Dt));
        let closing: &[Tag] = match tag {
            Li => &[Li],
            Dd | Dt => &[Dd, Dt],
            Option | Optgroup => &[Option],
            _ => &[],
        };
        for close in closing {
            if let Some(depth) = self.find(*close, list_end) {
                self.cut(depth, at);
            }
        }
        if tag.is_table_part() {
            self.table_room(tag, at);
        }
    }

    fn table_room(&mut self, tag: Tag, at: usize) {
        use Tag::*;
        let keeps: &[Tag] = match tag {
            Td | Th => &[Tr, Table],
            Tr => &[Tbody, Thead, Tfoot, Table],
            _ => &[Table],
        };
        let Some(table) = self.find(Table, |t| t == Template) else { return };
        let depth = self.stack.iter().rposition(|(_, t)| keeps.contains(t)).unwrap_or(table);
        if depth >= table {
            self.cut(depth + 1, at);
        }
    }

    /// Content of a script, a title and the like: one text node, or nothing where nobody reads it.
    fn raw(&mut self, id: u32, tag: Tag, scanner: &mut Scanner<'s>) {
        let (from, to) = scanner.raw(tag, self.tree.name(id as usize));
        if matches!(tag, Tag::Title | Tag::Script | Tag::Xmp) && from < to {
            let parent = id;
            let id = self.add(None, from, to, (0, 0));
            self.tree.nodes[id as usize].parent = parent;
        }
        let end = self.tree.nodes.len() as u32;
        let node = &mut self.tree.nodes[id as usize];
        node.end = end;
        node.to = to as u32;
    }

    fn end(&mut self, tag: Tag, start: usize, end: usize) {
        if tag == Tag::A {
            self.link = NONE;
        }
        if self.sunk > 0 && !tag.is_void() {
            self.sunk -= 1;
            return;
        }
        match tag {
            Tag::Br => {
                self.add(Some(Tag::Br), start, end, (0, 0));
                return;
            }
            Tag::Html | Tag::Body => return,
            Tag::Other => return self.end_unknown(start, end),
            _ => {}
        }
        let depth = if tag.is_heading() {
            // Any heading's end closes the open heading.
            let open = self.stack.iter().rposition(|(_, t)| t.is_heading() || t.is_scope());
            open.filter(|d| self.stack[*d].1.is_heading())
        } else if tag.is_table_part() || tag == Tag::Table {
            self.find(tag, |t| t == Tag::Table && tag != Tag::Table)
        } else if tag == Tag::Li {
            self.find(tag, |t| t.is_scope() || matches!(t, Tag::Ul | Tag::Ol))
        } else if tag.is_block() {
            self.find(tag, Tag::is_scope)
        } else {
            self.find(tag, Tag::is_block)
        };
        if let Some(depth) = depth {
            self.cut(depth, end);
        }
    }

    /// Elements of unknown name are matched by their names.
    fn end_unknown(&mut self, start: usize, end: usize) {
        if self.open[Tag::Other as usize] == 0 {
            return;
        }
        let rest = self.tree.source.get(start + 2..end).unwrap_or_default();
        for depth in (1..self.stack.len()).rev() {
            let (id, tag) = self.stack[depth];
            let name = self.tree.name(id as usize);
            if tag == Tag::Other && rest.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
                return self.cut(depth, end);
            }
            if tag.is_scope() {
                return;
            }
        }
    }

    fn finish(mut self) -> Tree<'s> {
        let at = self.tree.source.len();
        self.cut(1, at);
        self.tree.nodes[0].end = self.tree.nodes.len() as u32;
        self.tree
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree in short form.
    fn shape(source: &str) -> String {
        fn show(tree: &Tree<'_>, node: usize, out: &mut String) {
            for child in tree.children(node) {
                match tree.tag(child) {
                    None => out.push_str(tree.raw_text(child)),
                    Some(_) => {
                        out.push_str(tree.name(child));
                        out.push('(');
                        show(tree, child, out);
                        out.push(')');
                    }
                }
            }
        }
        let mut out = String::new();
        show(&Tree::parse(source), 0, &mut out);
        out
    }

    #[test]
    fn omitted_end_tags_are_supplied() {
        assert_eq!(shape("<p>a<p>b<div>c</div>"), "p(a)p(b)div(c)");
        assert_eq!(shape("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e"), "ul(li(a)li(bul(li(c)))li(d))e");
        assert_eq!(shape("<table><tr><td>a<td>b<tr><td>c</table>d"), "table(tr(td(a)td(b))tr(td(c)))d");
        assert_eq!(shape("<html><head><title>t</title><p>x"), "head(title(t))p(x)");
    }

    #[test]
    fn crossed_tags_lose_no_text() {
        assert_eq!(shape("<b><p>a</b>b</p>c"), "b(p(ab)c)");
        assert_eq!(shape("<div><span>a</div>b</span>c"), "div(span(a))bc");
        assert_eq!(shape("a</p></div></nonsense>b"), "ab");
        assert_eq!(shape("<svg><path><p>a"), "svg(path())p(a)");
    }

    #[test]
    fn a_link_ends_at_its_end_tag_wherever_that_stands() {
        let tree = Tree::parse("<a href=x><div>in</a>out</div>");
        let links: Vec<(&str, bool)> = (0..tree.nodes.len())
            .filter(|i| tree.tag(*i).is_none())
            .map(|i| (tree.raw_text(i), tree.nodes[i].link != NONE))
            .collect();
        assert_eq!(links, [("in", true), ("out", false)]);
    }

    #[test]
    fn depth_is_capped_and_the_text_kept() {
        let page = format!("{}deep{}<p>after", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tree = Tree::parse(&page);
        assert!(tree.nodes.len() < MAX_DEPTH + 5);
        let p = (0..tree.nodes.len()).rfind(|i| tree.tag(*i) == Some(Tag::P)).unwrap();
        assert_eq!(tree.parent(p), 0);
        assert_eq!(tree.text_inside(0), "deep after");
    }
}
