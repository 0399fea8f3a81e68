//! What stands beside the article, put together from the lines that are not of it.

use super::lines::{Line, Lines};
use super::main_text::{Part, Sorted};
use super::zones::Zone;
use crate::bytes::Decoded;
use crate::meta::dates::{self, Hint};
use crate::{Aside, AsideKind, aside_detail};

/// Most asides kept of one page.
const MOST: usize = 400;
/// Longest aside, in bytes of text; a longer one is cut between lines.
const LONGEST: usize = 4000;
/// Least length of a link that is a headline, in characters.
const HEADLINE: usize = 14;

/// An aside in the making.
struct Open {
    kind: AsideKind,
    text: String,
    from: usize,
    to: usize,
    last: usize,
    headed: bool,
    detail: Option<&'static str>,
}

/// The asides of a page, in its order.
pub(crate) fn of(page: &Lines, sorted: &Sorted, decoded: &Decoded, hint: Hint<'_>) -> Vec<Aside> {
    let mut out: Vec<Open> = Vec::new();
    for (i, (line, part)) in page.lines.iter().zip(&sorted.parts).enumerate() {
        let Part::Beside(zone) = part else { continue };
        let Some(kind) = kind(line, *zone) else { continue };
        let headline = line.link_share() > 0.5 && line.link_chars >= HEADLINE;
        let full = out.len() == MOST;
        let detail = detail(*zone);
        match out.last_mut().filter(|open| open.detail == detail && continues(open, i, kind, headline, line)) {
            Some(open) => {
                open.text.push('\n');
                open.text.push_str(&line.text);
                (open.to, open.last) = (line.to, i);
                open.headed |= headline;
            }
            None if full => break,
            None => {
                let (text, from, to) = (line.text.clone(), line.from, line.to);
                out.push(Open { kind, text, from, to, last: i, headed: headline, detail });
            }
        }
    }
    let mut out: Vec<Aside> = out.into_iter().map(|open| finish(open, decoded, hint)).collect();
    aside_detail::complete(&mut out);
    out
}

/// What a line beside the article is; `None` for what no reader sees, and for bylines, which are read as metadata.
fn kind(line: &Line, zone: Option<Zone>) -> Option<AsideKind> {
    Some(match zone {
        Some(Zone::Hidden | Zone::Byline) => return None,
        Some(Zone::Caption | Zone::Figure | Zone::Media) => AsideKind::Caption,
        Some(Zone::Navigation | Zone::Share) => AsideKind::Navigation,
        Some(Zone::Promotion | Zone::Notice) => AsideKind::Promotion,
        Some(Zone::Comment) => AsideKind::Comment,
        Some(Zone::Teaser) => AsideKind::Teaser,
        Some(Zone::PullQuote) => AsideKind::Other,
        None if line.link_share() > 0.6 && line.text.len() >= 30 => AsideKind::Teaser,
        None if line.link_share() > 0.6 => AsideKind::Navigation,
        None => AsideKind::Other,
    })
}

/// What a zone tells of an aside beyond its kind.
fn detail(zone: Option<Zone>) -> Option<&'static str> {
    match zone? {
        Zone::PullQuote => Some("pull_quote"),
        Zone::Share => Some("share"),
        Zone::Notice => Some("cookies"),
        Zone::Comment => Some("comments"),
        _ => None,
    }
}

/// Whether a line goes on with the aside before it: the same kind on the next line, and no new headline.
fn continues(open: &Open, at: usize, kind: AsideKind, headline: bool, line: &Line) -> bool {
    let same = open.kind == kind && open.last + 1 == at && open.text.len() + line.text.len() < LONGEST;
    same && !(kind == AsideKind::Teaser && headline && open.headed)
}

/// A pointer with a date is an entry of a feed.
fn finish(open: Open, decoded: &Decoded, hint: Hint<'_>) -> Aside {
    let dated = matches!(open.kind, AsideKind::Teaser | AsideKind::Comment | AsideKind::Other);
    let date = if dated { dates::find_in_line(&open.text, hint).map(|f| f.iso) } else { None };
    let kind = if open.kind == AsideKind::Teaser && date.is_some() { AsideKind::FeedItem } else { open.kind };
    Aside {
        kind,
        text: open.text,
        capture: decoded.range(open.from, open.to),
        date,
        detail: open.detail.map(str::to_owned),
    }
}
