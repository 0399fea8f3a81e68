//! What an aside is more precisely than its kind, told by the words it begins with.

use crate::{Aside, AsideKind};
use regex::{RegexSet, RegexSetBuilder};
use std::sync::LazyLock;

/// The table, in `data/asides.tsv`.
const TABLE: &str = include_str!("../data/asides.tsv");
/// How much of an aside is looked at, in bytes.
const HEAD: usize = 240;

struct Table {
    set: RegexSet,
    /// Detail and kinds of each expression.
    rows: Vec<(&'static str, &'static str)>,
}

fn rows() -> impl Iterator<Item = [&'static str; 5]> {
    TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|line| {
        let mut cells = line.split('\t');
        [(); 5].map(|()| cells.next().unwrap_or_default())
    })
}

static DETAILS: LazyLock<Option<Table>> = LazyLock::new(|| {
    let set = RegexSetBuilder::new(rows().map(|r| r[2])).case_insensitive(true).build().ok()?;
    Some(Table { set, rows: rows().map(|r| (r[0], r[1])).collect() })
});

/// The first detail of the table that fits a kind and the words it begins with.
fn detail(kind: AsideKind, text: &str) -> Option<&'static str> {
    let table = DETAILS.as_ref()?;
    let name = match kind {
        AsideKind::Caption => "caption",
        AsideKind::Teaser => "teaser",
        AsideKind::FeedItem => "feed_item",
        AsideKind::Navigation => "navigation",
        AsideKind::Promotion => "promotion",
        AsideKind::Comment => "comment",
        AsideKind::Other => "other",
    };
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or_default().trim_start();
    let fitting = table.set.matches(head).into_iter().filter_map(|i| table.rows.get(i));
    fitting.filter(|(_, kinds)| kinds.split('|').any(|k| k == name)).map(|(detail, _)| *detail).next()
}

/// Sets the detail of asides that have none.
pub(crate) fn complete(asides: &mut [Aside]) {
    for aside in asides.iter_mut().filter(|a| a.detail.is_none() && a.kind != AsideKind::Caption) {
        aside.detail = detail(aside.kind, &aside.text).map(str::to_owned);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_holds_its_examples() {
        assert!(DETAILS.is_some(), "the table does not build");
        let kinds = [
            (AsideKind::Teaser, "teaser"),
            (AsideKind::Navigation, "navigation"),
            (AsideKind::Promotion, "promotion"),
            (AsideKind::Comment, "comment"),
            (AsideKind::Other, "other"),
        ];
        for [name, asked, _, fits, fits_not] in rows() {
            let first = kinds.iter().find(|(_, k)| asked.split('|').any(|a| a == *k)).map(|(kind, _)| *kind);
            let Some(kind) = first else { panic!("no kind that is known in {asked}") };
            assert_eq!(detail(kind, fits), Some(name), "{fits}");
            assert_ne!(detail(kind, fits_not), Some(name), "{fits_not}");
        }
    }
}
