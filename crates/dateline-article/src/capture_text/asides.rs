//! What stands beside the article, by kind, one aside a group of lines.

use super::lines::Line;
use super::marks::Mark;
use super::roles::Role;
use crate::bytes::Decoded;
use crate::meta::dates;
use crate::{Aside, AsideKind, aside_detail};
use dateline_text::Span;

/// The asides of a page, in its order. `taken` says of each line whether it is part of the article.
pub(super) fn asides(
    page: &Decoded,
    lines: &[Line<'_>],
    roles: &[Role],
    taken: &[bool],
    hint: dates::Hint<'_>,
) -> Vec<Aside> {
    let mut section = Section::default();
    let mut out: Vec<Piece> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        if taken.get(i).copied().unwrap_or(false) {
            continue;
        }
        let role = roles.get(i).copied().unwrap_or(Role::Short);
        let kind = section.kind(line, role, hint);
        let opens = section.opens_item(line, kind);
        match out.last_mut() {
            Some(last) if last.joins(i, line, kind, opens) => {
                last.span = last.span.cover(line.span);
                last.line = i;
                last.group = line.group;
            }
            _ => out.push(Piece { kind, span: line.span, line: i, group: line.group }),
        }
    }
    let mut out: Vec<Aside> = out.into_iter().map(|p| p.aside(page, hint)).collect();
    aside_detail::complete(&mut out);
    out
}

/// A run of lines of one kind.
struct Piece {
    kind: AsideKind,
    span: Span,
    line: usize,
    group: usize,
}

impl Piece {
    /// Whether the next line goes on with this piece: no article between, and the same group, menu or entry.
    fn joins(&self, i: usize, line: &Line<'_>, kind: AsideKind, opens: bool) -> bool {
        let next = self.line + 1 == i && self.kind == kind && !opens;
        let whole_section = matches!(kind, AsideKind::Navigation | AsideKind::FeedItem | AsideKind::Comment);
        next && kind != AsideKind::Caption && (self.group == line.group || whole_section)
    }

    fn aside(self, page: &Decoded, hint: dates::Hint<'_>) -> Aside {
        let text = self.span.of(&page.text);
        let first = text.lines().next().unwrap_or_default();
        let date = match self.kind {
            AsideKind::Caption => dates::find_in_line(text, hint).map(|f| f.iso),
            AsideKind::FeedItem | AsideKind::Teaser | AsideKind::Comment => {
                dates::find_in_line(first, hint).map(|f| f.iso)
            }
            AsideKind::Navigation | AsideKind::Promotion | AsideKind::Other => None,
        };
        Aside {
            kind: self.kind,
            text: text.to_owned(),
            capture: page.range(self.span.start, self.span.end),
            date,
            detail: None,
        }
    }
}

/// What section of the page the lines are in.
#[derive(Default)]
struct Section {
    mark: Option<Mark>,
}

impl Section {
    fn kind(&mut self, line: &Line<'_>, role: Role, hint: dates::Hint<'_>) -> AsideKind {
        if let Role::Mark(mark @ (Mark::Comments | Mark::Feed | Mark::Teaser | Mark::End | Mark::Author)) = role {
            self.mark = Some(mark);
        }
        match role {
            Role::Caption => AsideKind::Caption,
            Role::Teaser => AsideKind::Teaser,
            Role::Repeated => AsideKind::Navigation,
            Role::Mark(Mark::Promo | Mark::Ad) => AsideKind::Promotion,
            Role::Mark(Mark::Share | Mark::Nav | Mark::Media | Mark::End | Mark::Feed | Mark::Teaser) => {
                AsideKind::Navigation
            }
            Role::Mark(Mark::Comments) => AsideKind::Comment,
            Role::Byline | Role::Dated if self.mark.is_none() => AsideKind::Other,
            _ => match self.mark {
                Some(Mark::Comments) => AsideKind::Comment,
                Some(Mark::Feed) => AsideKind::FeedItem,
                Some(Mark::Author) => AsideKind::Other,
                _ if line.words >= 4 && !matches!(role, Role::Short) => AsideKind::Teaser,
                _ if dates::find_in_line(line.text, hint).is_some() => AsideKind::Teaser,
                _ => AsideKind::Navigation,
            },
        }
    }

    /// Whether a line begins a new entry of a feed: a time of day or a date alone.
    fn opens_item(&self, line: &Line<'_>, kind: AsideKind) -> bool {
        kind == AsideKind::FeedItem && line.words <= 5 && line.text.starts_with(|c: char| c.is_ascii_digit())
    }
}
