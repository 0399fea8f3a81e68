//! The outlets of a story as columns: those that write their own text, each with the copies of it beside its name.

use super::Noted;
use crate::pages::at;
use dateline_brief::{Note, PageLine, StoryPart, day_words};
use dateline_text::fold;
use std::collections::BTreeMap;

/// The pages of a story, where they lie and in which column.
pub(super) struct Pages<'p> {
    lines: BTreeMap<usize, &'p PageLine>,
    column: BTreeMap<usize, usize>,
    heads: Vec<Vec<usize>>,
}

/// Columns that a table has: with more it is no longer read across.
const COLUMNS: usize = 12;

/// One column's head.
pub(super) struct Column {
    /// The outlet's name.
    pub(super) name: String,
    /// The day of its first text.
    pub(super) day: String,
    /// Its own texts.
    pub(super) own: Vec<Noted>,
    /// Texts of others that repeat them.
    pub(super) copies: Vec<Noted>,
}

impl Column {
    /// What outlets have that have no column of their own.
    fn of_others(outlets: usize) -> Column {
        Column { name: format!("{outlets} other outlets"), day: String::new(), own: Vec::new(), copies: Vec::new() }
    }
}

/// What stands in one row: the entries of each column.
pub(super) struct Row<T> {
    pub(super) cells: Vec<Cell<T>>,
}

/// The entries of one column in one row, under the column's name for narrow screens.
pub(super) struct Cell<T> {
    pub(super) outlet: String,
    pub(super) entries: Vec<T>,
    /// Columns that the cell stands for: several where nothing stands in those beside it, either.
    pub(super) across: usize,
}

impl<'p> Pages<'p> {
    pub(super) fn of(part: &'p StoryPart) -> Pages<'p> {
        let lines: BTreeMap<usize, &PageLine> = part.pages.iter().map(|p| (p.page, p)).collect();
        let mut pages = Pages { lines, column: BTreeMap::new(), heads: Vec::new() };
        let mut by_outlet: BTreeMap<String, usize> = BTreeMap::new();
        for p in &part.pages {
            let original = pages.original(p.page);
            if original != p.page {
                continue;
            }
            let key = p.outlet.as_deref().map_or_else(|| format!("\u{0}{}", p.page), fold);
            let heads = &mut pages.heads;
            let at = *by_outlet.entry(key).or_insert_with(|| {
                heads.push(Vec::new());
                heads.len() - 1
            });
            pages.heads[at].push(p.page);
            pages.column.insert(p.page, at);
        }
        for p in &part.pages {
            if let Some(at) = pages.column.get(&pages.original(p.page)).copied()
                && pages.column.insert(p.page, at).is_none()
            {
                pages.heads[at].push(p.page);
            }
        }
        pages
    }

    /// The text that a page repeats, else the page itself.
    pub(super) fn original(&self, page: usize) -> usize {
        let mut at = page;
        // a chain of copies is no longer than the story
        for _ in 0..self.lines.len() {
            match self.lines.get(&at).and_then(|l| l.repeats) {
                Some((of, _)) if of != at && self.lines.contains_key(&of) => at = of,
                _ => return at,
            }
        }
        page
    }

    pub(super) fn is_copy(&self, page: usize) -> bool {
        self.original(page) != page
    }

    pub(super) fn line(&self, page: usize) -> Option<&PageLine> {
        self.lines.get(&page).copied()
    }

    /// The address of a page.
    pub(super) fn to(&self, page: usize) -> String {
        format!("/article/{}", self.lines.get(&page).map_or("", |l| l.id.as_str()))
    }

    /// The address of a place in a page.
    pub(super) fn address(&self, note: &Note) -> String {
        at::address(self.lines.get(&note.page).map_or("", |l| l.id.as_str()), note.span)
    }

    pub(super) fn noted(&self, note: &Note) -> Noted {
        Noted { label: format!("[{}:{}]", note.page, note.span[0]), to: self.address(note) }
    }

    /// The outlet's name, or that there is none.
    pub(super) fn outlet(&self, page: usize) -> String {
        let name = self.lines.get(&page).and_then(|l| l.outlet.clone());
        name.unwrap_or_else(|| "outlet not named".to_owned())
    }

    /// Columns and rows of a table: only columns in which something stands. An entry of a copy is left out where the
    /// text that it repeats has one in the same row.
    pub(super) fn table<T>(&self, rows: Vec<Vec<(usize, T)>>) -> (Vec<Column>, Vec<Row<T>>) {
        let used = |at: usize| {
            let has = |row: &&Vec<(usize, T)>| row.iter().any(|(page, _)| self.column.get(page) == Some(&at));
            rows.iter().filter(has).count()
        };
        let mut shown: Vec<(usize, usize)> =
            (0..self.heads.len()).map(|at| (used(at), at)).filter(|u| u.0 > 0).collect();
        // those that most rows have stay columns of their own
        shown.sort_by_key(|(used, at)| (std::cmp::Reverse(*used), *at));
        let rest = if shown.len() > COLUMNS { shown.split_off(COLUMNS - 1) } else { Vec::new() };
        shown.sort_by_key(|(_, at)| *at);
        let mut columns: Vec<Column> = shown.iter().map(|(_, at)| self.head(*at)).collect();
        let mut place: BTreeMap<usize, usize> = shown.iter().enumerate().map(|(i, (_, at))| (*at, i)).collect();
        if !rest.is_empty() {
            place.extend(rest.iter().map(|(_, at)| (*at, columns.len())));
            columns.push(Column::of_others(rest.len()));
        }
        let rows = rows.into_iter().map(|row| self.row(row, &columns, &place)).collect();
        (columns, rows)
    }

    fn row<T>(&self, mut row: Vec<(usize, T)>, columns: &[Column], place: &BTreeMap<usize, usize>) -> Row<T> {
        row.sort_by_key(|(page, _)| (self.is_copy(*page), *page));
        let mut cells: Vec<Cell<T>> =
            columns.iter().map(|c| Cell { outlet: c.name.clone(), entries: Vec::new(), across: 1 }).collect();
        for (page, entry) in row {
            let cell = self.column.get(&page).and_then(|at| place.get(at)).and_then(|i| cells.get_mut(*i));
            if let Some(cell) = cell.filter(|c| c.entries.is_empty() || !self.is_copy(page)) {
                cell.entries.push(entry);
            }
        }
        let mut merged: Vec<Cell<T>> = Vec::new();
        for cell in cells {
            match merged.last_mut().filter(|last| last.entries.is_empty() && cell.entries.is_empty()) {
                Some(last) => last.across += 1,
                None => merged.push(cell),
            }
        }
        Row { cells: merged }
    }

    fn head(&self, at: usize) -> Column {
        let pages = self.heads.get(at).map(Vec::as_slice).unwrap_or_default();
        let first = pages.first().copied().unwrap_or_default();
        let day = self.line(first).and_then(|l| l.published.as_deref()).map(|d| day_words(d.get(..10).unwrap_or(d)));
        let link = |page: &usize| Noted { label: format!("[{page}]"), to: self.to(*page) };
        let copy = |page: &usize| Noted { label: format!("{} [{page}]", self.outlet(*page)), to: self.to(*page) };
        Column {
            name: self.outlet(first),
            day: day.unwrap_or_else(|| "no date".to_owned()),
            own: pages.iter().filter(|p| !self.is_copy(**p)).map(link).collect(),
            copies: pages.iter().filter(|p| self.is_copy(**p)).map(copy).collect(),
        }
    }
}
