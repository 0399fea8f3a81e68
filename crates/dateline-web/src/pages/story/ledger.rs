//! The ledger of figures: what is counted in the rows, the outlets in the columns, what differs first.

use super::Noted;
use super::columns::{Column, Pages, Row};
use dateline_brief::{FigureCell, FigureLine, StoryPart, day_words, quoted, value_words, verdict};
use dateline_story::Verdict;
use std::collections::BTreeSet;

/// The ledger.
pub(super) struct Ledger {
    pub(super) columns: Vec<Column>,
    pub(super) groups: Vec<Group>,
    /// Figures that one text alone gives, or it and its copies.
    pub(super) alone: Vec<Alone>,
    /// How many lines there are.
    pub(super) count: usize,
}

/// Lines of one verdict.
pub(super) struct Group {
    pub(super) verdict: &'static str,
    pub(super) meaning: &'static str,
    pub(super) lines: Vec<Line>,
}

/// One thing counted.
pub(super) struct Line {
    pub(super) counted: String,
    pub(super) row: Row<Entry>,
}

/// A figure as one page gives it.
pub(super) struct Entry {
    pub(super) value: String,
    pub(super) words: String,
    /// Who gives it, where the page does not itself, and as of when, where it says so.
    pub(super) said: String,
    pub(super) note: Noted,
}

/// A figure that nobody else gives.
pub(super) struct Alone {
    pub(super) outlet: String,
    pub(super) entry: Entry,
}

/// The verdicts in the order of the ledger, with what each says.
const VERDICTS: [(Verdict, &str); 4] = [
    (Verdict::Differ, "they cannot both hold"),
    (Verdict::Updated, "a later count replaces an earlier one"),
    (Verdict::Compatible, "one lies within what the other says"),
    (Verdict::Agree, "the same value"),
];

impl Ledger {
    pub(super) fn of(part: &StoryPart, pages: &Pages) -> Ledger {
        let (shared, alone): (Vec<&FigureLine>, Vec<&FigureLine>) =
            part.figures.iter().partition(|f| is_shared(f, pages));
        let mut ordered: Vec<&FigureLine> = Vec::new();
        for (verdict, _) in VERDICTS {
            ordered.extend(shared.iter().filter(|f| f.verdict == Some(verdict)));
        }
        let row = |f: &FigureLine| f.cells.iter().map(|c| (c.note.page, entry(c, pages))).collect();
        let (columns, rows) = pages.table(ordered.iter().map(|f| row(f)).collect());
        let mut groups: Vec<Group> = Vec::new();
        for (f, row) in ordered.iter().zip(rows) {
            let line = Line { counted: f.counted.clone(), row };
            let of = VERDICTS.iter().find(|(v, _)| f.verdict == Some(*v));
            let (word, meaning) = of.map_or(("", ""), |(v, meaning)| (verdict(*v), *meaning));
            match groups.last_mut().filter(|g| g.verdict == word) {
                Some(group) => group.lines.push(line),
                None => groups.push(Group { verdict: word, meaning, lines: vec![line] }),
            }
        }
        let one = |f: &FigureLine| {
            let c = f.cells.first()?;
            Some(Alone { outlet: pages.outlet(c.note.page), entry: entry(c, pages) })
        };
        let alone = alone.into_iter().filter_map(one).collect();
        Ledger { columns, groups, alone, count: part.figures.len() + part.more_figures }
    }
}

/// Whether texts that do not repeat each other give the figure, or it does not stay the same.
fn is_shared(line: &FigureLine, pages: &Pages) -> bool {
    let texts: BTreeSet<usize> = line.cells.iter().map(|c| pages.original(c.note.page)).collect();
    let moves = matches!(line.verdict, Some(Verdict::Differ | Verdict::Updated));
    line.verdict.is_some() && (moves || texts.len() > 1)
}

fn entry(c: &FigureCell, pages: &Pages) -> Entry {
    // the page's own day stands above its column
    let mut said: Vec<String> = c.speaker.iter().cloned().collect();
    said.extend(c.as_of.as_deref().map(|day| format!("as of {}", day_words(day))));
    Entry {
        value: value_words(c.value, c.unit.as_deref(), c.modifier),
        words: quoted(&c.words),
        said: said.join(" · "),
        note: pages.noted(&c.note),
    }
}
