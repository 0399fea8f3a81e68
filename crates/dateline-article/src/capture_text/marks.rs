//! Lines that say by their words that they are not the article: share bars, comment forms, "read also".

use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;
use std::sync::OnceLock;

const MARKS: &str = include_str!("../../data/text/marks.tsv");
/// A longer line that merely holds a phrase is running text about it.
const LONGEST_HAS: usize = 60;
/// A longer line that opens with a phrase is running text.
const LONGEST_STARTS: usize = 40;

/// What a line is the mark of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// What follows is no longer the article.
    End,
    /// The readers' comments begin.
    Comments,
    /// A feed of other news begins.
    Feed,
    /// Introduces pointers to other pages.
    Teaser,
    /// Newsletter, donation, subscription, cookies.
    Promo,
    /// Share buttons.
    Share,
    /// An advertisement's place.
    Ad,
    /// Menus and controls.
    Nav,
    /// Controls of pictures and players.
    Media,
    /// The box about the writer begins.
    Author,
}

struct Tables {
    is: BTreeMap<&'static str, Mark>,
    starts: Vec<(&'static str, Mark)>,
    has: AhoCorasick,
    has_marks: Vec<Mark>,
}

fn mark_of(kind: &str) -> Option<Mark> {
    Some(match kind {
        "end" => Mark::End,
        "comments" => Mark::Comments,
        "feed" => Mark::Feed,
        "teaser" => Mark::Teaser,
        "promo" => Mark::Promo,
        "share" => Mark::Share,
        "ad" => Mark::Ad,
        "nav" => Mark::Nav,
        "media" => Mark::Media,
        "author" => Mark::Author,
        _ => return None,
    })
}

/// Rows of the table: mark, how it is compared, words.
fn rows() -> impl Iterator<Item = (Mark, &'static str, &'static str)> {
    MARKS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| {
        let mut parts = l.split('\t');
        let (kind, how, _language, words) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        Some((mark_of(kind)?, how, words))
    })
}

fn tables() -> Option<&'static Tables> {
    static TABLES: OnceLock<Option<Tables>> = OnceLock::new();
    TABLES
        .get_or_init(|| {
            let mut is = BTreeMap::new();
            let (mut starts, mut has, mut has_marks) = (Vec::new(), Vec::new(), Vec::new());
            for (mark, how, words) in rows() {
                match how {
                    "is" => {
                        is.entry(words).or_insert(mark);
                    }
                    "starts" => starts.push((words, mark)),
                    _ => {
                        has.push(words);
                        has_marks.push(mark);
                    }
                }
            }
            let has = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(has).ok()?;
            Some(Tables { is, starts, has, has_marks })
        })
        .as_ref()
}

/// What the line is the mark of, if anything. `words` is its count of words.
pub(super) fn mark(line: &str, words: usize) -> Option<Mark> {
    if words > LONGEST_HAS || line.len() > 1000 {
        return None;
    }
    let tables = tables()?;
    let folded = line.to_lowercase().replace(['’', '‘'], "'");
    let inner = folded.trim_matches(|c: char| !c.is_alphabetic());
    if let Some(&mark) = tables.is.get(inner) {
        return Some(mark);
    }
    if words <= LONGEST_STARTS {
        let head = folded.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '*' | '@'));
        let starts = tables.starts.iter().find(|(words, _)| head.starts_with(words));
        if let Some(&(_, mark)) = starts {
            return Some(mark);
        }
    }
    let hit = tables.has.find(&folded)?;
    tables.has_marks.get(hit.pattern().as_usize()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_many_pages() {
        for (line, want) in [
            ("Share this article", Some(Mark::End)),
            ("No Comments Yet", Some(Mark::Comments)),
            ("Comments (12)", Some(Mark::Comments)),
            ("News Feed", Some(Mark::Feed)),
            ("Editors’ Picks", Some(Mark::End)),
            ("Read also:", Some(Mark::Teaser)),
            ("Lesen Sie auch", Some(Mark::Teaser)),
            ("Read also: Ferries stop", Some(Mark::Teaser)),
            ("Sign up for our newsletter to get more", Some(Mark::Promo)),
            ("Anzeige", Some(Mark::Ad)),
            ("Skip to content", Some(Mark::Nav)),
            ("© 2024 Harbour Wire", Some(Mark::End)),
            ("The harbour was closed for two days.", None),
            ("He said the comments were unfair.", None),
        ] {
            assert_eq!(mark(line, line.split_whitespace().count()), want, "{line}");
        }
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        let lines = MARKS.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count();
        assert_eq!(rows().count(), lines);
        for (_, _, words) in rows() {
            assert_eq!(words, words.to_lowercase(), "rows are compared in lower case");
        }
    }
}
