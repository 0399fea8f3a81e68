//! The page as a reader meets it: lines of text, each with its kind, its place, its links.

use super::entities;
use super::tags::{Attr, Tag};
use super::tree::{NONE, Tree};
use super::zones::{self, Zone};
use crate::BlockKind;

/// Text between two breaks of the page.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// The text, white space folded.
    pub text: String,
    /// Where its first character stands in the source.
    pub from: usize,
    /// One past its last character in the source.
    pub to: usize,
    /// What it is by its element.
    pub kind: BlockKind,
    /// 1 to 6 for headings, else 0.
    pub level: u8,
    /// The innermost block element around it.
    pub node: usize,
    /// The first text node.
    pub first: usize,
    /// Characters that are not white space.
    pub chars: usize,
    /// Of these, characters in links.
    pub link_chars: usize,
}

/// An element that says what part of the page it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ZoneAt {
    pub node: usize,
    pub zone: Zone,
}

/// A page's lines and zones, both in the order of the source.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    pub lines: Vec<Line>,
    pub zones: Vec<ZoneAt>,
}

impl Line {
    /// Share of the characters that stand in links.
    pub fn link_share(&self) -> f32 {
        self.link_chars as f32 / self.chars.max(1) as f32
    }
}

/// Reads the lines of a page.
pub(crate) fn of(tree: &Tree<'_>) -> Lines {
    let mut reader = Reader { tree, out: Lines::default(), pieces: Vec::new(), open: Vec::new(), row: None };
    let mut i = 0;
    while i < tree.nodes.len() {
        reader.leave(i);
        i = reader.visit(i);
    }
    reader.leave(tree.nodes.len());
    reader.flush();
    reader.out
}

/// Reads the lines of a text without markup: each line of it one.
pub(crate) fn of_plain(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut at = 0;
    for raw in text.split('\n') {
        let from = at + (raw.len() - raw.trim_start().len());
        at += raw.len() + 1;
        let shown = entities::decode(raw.trim(), false);
        if shown.is_empty() {
            continue;
        }
        out.push(Line {
            from,
            to: from + raw.trim().len(),
            kind: BlockKind::Paragraph,
            level: 0,
            node: 0,
            first: 0,
            chars: shown.chars().filter(|c| !c.is_whitespace()).count(),
            link_chars: 0,
            text: shown,
        });
    }
    out
}

/// Elements whose text nobody reads as text of the page.
fn is_silent(tag: Tag) -> bool {
    use Tag::*;
    matches!(tag, Head | Script | Style | Noscript | Template | Svg | Canvas | Object | Select | Textarea | Button)
        || matches!(tag, Option | Iframe | Map | Noembed | Noframes)
}

/// A part of a line that is read from the source, or a break that is put in.
enum Piece {
    Text { node: usize },
    Break,
    Tab,
}

struct Reader<'t, 's> {
    tree: &'t Tree<'s>,
    out: Lines,
    pieces: Vec<Piece>,
    /// Open elements that break lines: (one past the last node, element).
    open: Vec<(usize, usize)>,
    /// Inside a row of a data table: one past its last node.
    row: Option<usize>,
}

impl Reader<'_, '_> {
    /// Leaves the elements that end before node `i`.
    fn leave(&mut self, i: usize) {
        if self.row.is_some_and(|end| end <= i) {
            self.flush();
            self.row = None;
        }
        while self.open.last().is_some_and(|(end, _)| *end <= i) {
            self.flush();
            self.open.pop();
        }
    }

    /// Reads a node; gives the next one to read.
    fn visit(&mut self, i: usize) -> usize {
        let node = &self.tree.nodes[i];
        let end = node.end as usize;
        let Some(tag) = node.tag else {
            self.pieces.push(Piece::Text { node: i });
            return i + 1;
        };
        if is_silent(tag) {
            return end;
        }
        if tag == Tag::Br {
            self.line_break();
            return i + 1;
        }
        let names = zones::names(self.tree, i);
        let zone = if i == 0 || tag == Tag::Body { None } else { zones::zone(self.tree, i, &names) };
        if let Some(zone) = zone {
            self.out.zones.push(ZoneAt { node: i, zone });
        }
        if self.row.is_some() {
            if matches!(tag, Tag::Td | Tag::Th) && !self.pieces.is_empty() {
                self.pieces.push(Piece::Tab);
            } else if tag.is_block() {
                self.pieces.push(Piece::Break);
            }
            return i + 1;
        }
        if tag.is_block() || (zone.is_some() && tag != Tag::A) {
            self.flush();
            self.open.push((end, i));
            if tag == Tag::Tr && self.is_data_row(i) {
                self.row = Some(end);
            }
        }
        i + 1
    }

    /// A row with at least two cells, none of which holds text set in blocks.
    fn is_data_row(&self, row: usize) -> bool {
        let mut cells = 0;
        let mut text = 0;
        for i in self.tree.inside(row) {
            match self.tree.tag(i) {
                Some(Tag::Td | Tag::Th) => cells += 1,
                Some(Tag::Table | Tag::Ul | Tag::Ol | Tag::Article | Tag::Section | Tag::Form) => return false,
                Some(t) if t.is_heading() => return false,
                None => text += self.tree.raw_text(i).trim().len(),
                _ => {}
            }
        }
        cells >= 2 && text < 600
    }

    /// Two breaks with nothing between end the line.
    fn line_break(&mut self) {
        let blank = |p: &Piece| matches!(p, Piece::Text { node } if is_blank(self.tree.raw_text(*node)));
        let last = self.pieces.iter().rev().find(|p| !blank(p));
        if matches!(last, Some(Piece::Break)) {
            self.flush();
        } else if last.is_some() {
            self.pieces.push(Piece::Break);
        }
    }

    /// Ends the line and keeps it, if it has text.
    fn flush(&mut self) {
        if self.pieces.is_empty() {
            return;
        }
        let pieces = std::mem::take(&mut self.pieces);
        let mut writer = Writer::default();
        for piece in &pieces {
            match piece {
                Piece::Text { node } => writer.read(self.tree, *node),
                Piece::Break => writer.gap('\n'),
                Piece::Tab => writer.gap('\t'),
            }
        }
        self.pieces = pieces;
        self.pieces.clear();
        if writer.chars == 0 {
            return;
        }
        let node = self.open.last().map_or(0, |(_, node)| *node);
        let (kind, level) = self.kind(node);
        self.out.lines.push(Line {
            text: writer.text,
            from: writer.from,
            to: writer.to,
            kind,
            level,
            node,
            first: writer.first,
            chars: writer.chars,
            link_chars: writer.link_chars,
        });
    }

    /// What a line is by the elements around it.
    fn kind(&self, node: usize) -> (BlockKind, u8) {
        if self.row.is_some() {
            return (BlockKind::TableRow, 0);
        }
        for (_, open) in self.open.iter().rev() {
            match self.tree.tag(*open) {
                Some(Tag::H1) => return (BlockKind::Heading, 1),
                Some(Tag::H2) => return (BlockKind::Heading, 2),
                Some(Tag::H3) => return (BlockKind::Heading, 3),
                Some(Tag::H4) => return (BlockKind::Heading, 4),
                Some(Tag::H5) => return (BlockKind::Heading, 5),
                Some(Tag::H6) => return (BlockKind::Heading, 6),
                Some(Tag::Li | Tag::Dd | Tag::Dt) => return (BlockKind::ListItem, 0),
                Some(Tag::Blockquote) => return (BlockKind::Quote, 0),
                Some(Tag::Td | Tag::Th | Tag::Article | Tag::Section | Tag::Main) => break,
                _ => {}
            }
        }
        if self.tree.raw_attribute(node, Attr::Role) == Some("heading") {
            return (BlockKind::Heading, 3);
        }
        (BlockKind::Paragraph, 0)
    }
}

/// Whether markup text shows nothing.
fn is_blank(raw: &str) -> bool {
    raw.trim().is_empty() || raw.trim() == "&nbsp;"
}

/// Characters that take no room and are no part of a word.
fn is_filler(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// Writes a line from pieces of the source.
#[derive(Default)]
struct Writer {
    text: String,
    from: usize,
    to: usize,
    first: usize,
    chars: usize,
    link_chars: usize,
    gap: Option<char>,
}

impl Writer {
    /// White space before the next character; a stronger one wins.
    fn gap(&mut self, c: char) {
        let strength = |g: Option<char>| match g {
            None => 0,
            Some(' ') => 1,
            Some('\n') => 2,
            Some(_) => 3,
        };
        if strength(Some(c)) > strength(self.gap) {
            self.gap = Some(c);
        }
    }

    fn read(&mut self, tree: &Tree<'_>, node: usize) {
        let raw = tree.raw_text(node);
        let start = tree.nodes[node].from as usize;
        let linked = tree.nodes[node].link != NONE;
        let mut at = 0;
        while let Some(c) = raw.get(at..).and_then(|r| r.chars().next()) {
            if c == '&'
                && let Some((chars, n)) = entities::reference(&raw[at..], false)
            {
                for c in chars.into_iter().flatten() {
                    self.put(c, start + at, start + at + n, linked, node);
                }
                at += n;
            } else {
                let n = c.len_utf8();
                self.put(c, start + at, start + at + n, linked, node);
                at += n;
            }
        }
    }

    fn put(&mut self, c: char, from: usize, to: usize, linked: bool, node: usize) {
        if c.is_whitespace() {
            return self.gap(' ');
        }
        if is_filler(c) || c.is_control() {
            return;
        }
        if self.chars == 0 {
            self.from = from;
            self.first = node;
        } else if let Some(gap) = self.gap {
            self.text.push(gap);
        }
        self.gap = None;
        self.text.push(c);
        self.to = to;
        self.chars += 1;
        self.link_chars += usize::from(linked);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        of(&Tree::parse(source)).lines.into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn blocks_and_double_breaks_split_lines() {
        assert_eq!(texts("<div>a <b>b</b><br> <br>c<br>d<p>e</p>f</div>"), ["a b", "c\nd", "e", "f"]);
        assert_eq!(texts("<p>x&nbsp;&amp;\n y<script>z</script></p>"), ["x & y"]);
    }

    #[test]
    fn rows_of_data_are_one_line_and_layout_tables_are_not() {
        assert_eq!(texts("<table><tr><td>Votes<td>12</table>"), ["Votes\t12"]);
        assert_eq!(texts("<table><tr><td><h2>a</h2><td>b</table>"), ["a", "b"]);
    }

    #[test]
    fn a_line_knows_its_place_and_its_links() {
        let source = "<p> One <a href='/x'>t&eacute;</a>. </p>";
        let page = of(&Tree::parse(source));
        let line = &page.lines[0];
        assert_eq!(line.text, "One té.");
        assert_eq!(&source[line.from..line.to], "One <a href='/x'>t&eacute;</a>.");
        assert_eq!((line.chars, line.link_chars), (6, 2));
    }
}
