//! The board of quotations: what several pages have of one utterance, the outlets in the columns.

use super::Noted;
use super::columns::{Column, Pages, Row};
use super::who::{Person, person};
use dateline_brief::{Cell, Saying, StoryPart, quoted, saying_tags};
use std::collections::BTreeSet;

/// The board.
#[derive(Default)]
pub(super) struct Board {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Line>,
}

/// One utterance.
pub(super) struct Line {
    pub(super) person: Person,
    pub(super) row: Row<Wording>,
}

/// Its wording in one page.
pub(super) struct Wording {
    pub(super) words: String,
    pub(super) tags: Option<String>,
    pub(super) note: Noted,
}

impl Board {
    pub(super) fn of(part: &StoryPart, pages: &Pages) -> Board {
        let all = part.who.iter().flat_map(|s| s.sayings.iter().map(move |saying| (s, saying)));
        let shared: Vec<_> = all.filter(|(_, saying)| is_shared(saying, pages)).collect();
        let row = |s: &Saying| s.cells.iter().map(|c| (c.note.page, wording(s, c, pages))).collect();
        let (columns, rows) = pages.table(shared.iter().map(|(_, s)| row(s)).collect());
        let rows = shared.iter().zip(rows);
        let rows = rows.map(|((speaker, saying), row)| Line { person: person(speaker, &[saying], pages), row });
        Board { columns, rows: rows.collect() }
    }
}

/// Whether more than one independent text has it.
fn is_shared(saying: &Saying, pages: &Pages) -> bool {
    let own = saying.cells.iter().map(|c| c.note.page).filter(|p| !pages.is_copy(*p));
    own.collect::<BTreeSet<_>>().len() > 1
}

fn wording(saying: &Saying, c: &Cell, pages: &Pages) -> Wording {
    Wording { words: quoted(&c.words), tags: saying_tags(saying, c), note: pages.noted(&c.note) }
}
