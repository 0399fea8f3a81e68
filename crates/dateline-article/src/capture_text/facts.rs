//! What a capture's lines say about the article: when, by whom, through which agency, from which outlet.

use super::lines::Line;
use super::marks::Mark;
use super::roles::Role;
use crate::Based;
use crate::meta::dates::labels;
use crate::meta::{bylines, dates, outlet};
use std::ops::Range;

/// How many lines before the headline may hold its date.
const BEFORE: usize = 8;
/// How many lines after the body may hold its date or signature.
const AFTER: usize = 6;
/// Bylines stand on lines no longer than this.
const LONGEST_FACT: usize = 30;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) published: Option<Based>,
    pub(super) modified: Option<Based>,
    pub(super) bylines: Vec<String>,
    pub(super) wire: Option<String>,
    pub(super) outlet: Option<String>,
    /// Lines that were read as facts and are no part of the text.
    pub(super) used: Vec<usize>,
}

/// The page as the search for facts sees it.
pub(super) struct View<'v, 't> {
    pub(super) lines: &'v [Line<'t>],
    pub(super) roles: &'v [Role],
    /// The headline's line.
    pub(super) title: Option<usize>,
    /// The body's lines.
    pub(super) body: Range<usize>,
    pub(super) hint: dates::Hint<'v>,
}

/// Reads all facts.
pub(super) fn facts(view: &View<'_, '_>) -> Facts {
    let mut out = Facts::default();
    view.dates(&mut out);
    view.writers(&mut out);
    if out.published.is_none() {
        out.published = view.day_by_caption();
    }
    view.wire(&mut out);
    out.outlet = outlet::from_bylines(&out.bylines).or_else(|| view.outlet());
    out
}

impl View<'_, '_> {
    fn text(&self, i: usize) -> &str {
        self.lines.get(i).map_or("", |l| l.text)
    }

    fn role(&self, i: usize) -> Option<Role> {
        self.roles.get(i).copied()
    }

    /// Lines around headline and body start where a page puts its facts, nearest to the headline first. A summary
    /// may stand before them.
    fn head(&self) -> Vec<usize> {
        const SUMMARY: usize = 120;
        let title = self.title.unwrap_or(self.body.start);
        let mut words = 0;
        let more = self.body.clone().take_while(|&i| {
            words += if self.role(i) == Some(Role::Prose) { self.lines.get(i).map_or(0, |l| l.words) } else { 0 };
            words <= SUMMARY
        });
        let end = more.last().map_or(self.body.start, |i| i + 1).max((self.body.start + 4).min(self.lines.len()));
        let after = title..end;
        let before = title.saturating_sub(BEFORE)..title;
        after.chain(before.rev()).collect()
    }

    /// Lines right after the body.
    fn foot(&self) -> Range<usize> {
        self.body.end..(self.body.end + AFTER).min(self.lines.len())
    }

    fn dates(&self, out: &mut Facts) {
        for i in self.head().into_iter().chain(self.foot()) {
            let dated = matches!(
                self.role(i),
                Some(Role::Dated | Role::Byline | Role::Short | Role::Loose | Role::Mark(Mark::Promo | Mark::Share))
            );
            if !dated || self.lines.get(i).is_none_or(|l| l.words > LONGEST_FACT) {
                continue;
            }
            let line = self.text(i);
            for found in dates::find_all(line, self.hint) {
                let before = line.get(..found.range.start).unwrap_or_default();
                let label =
                    labels::before(before).or_else(|| i.checked_sub(1).and_then(|k| labels::alone(self.text(k))));
                let iso = if found.iso.len() == 10 {
                    self.with_next_clock(i, &line[found.range.clone()]).unwrap_or(found.iso)
                } else {
                    found.iso
                };
                let slot = if label == Some("modified") { &mut out.modified } else { &mut out.published };
                if slot.is_none() {
                    *slot = Some(Based { value: iso, basis: basis(self.role(i)).to_owned() });
                    out.used.push(i);
                }
            }
            if out.published.is_some() && self.body.contains(&i) {
                break;
            }
        }
        // A page that only says when it was changed was published no later; that is not a date of publication.
        if out.published.is_none() && out.modified.is_some() {
            out.published = out.modified.clone().map(|m| Based { basis: "updated line".to_owned(), ..m });
        }
    }

    /// The date with the time of day that stands alone on the next line ("15:44 Uhr").
    fn with_next_clock(&self, i: usize, date: &str) -> Option<String> {
        let next = self.lines.get(i + 1).filter(|l| l.words <= 3 && l.text.len() <= 16)?;
        if self.lines.get(i).map(|l| l.group) != Some(next.group)
            || !next.text.starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let both = format!("{date} {}", next.text);
        let found = dates::find_in_line(&both, self.hint)?;
        (found.iso.len() > 10 && found.range.end >= date.len() + 2).then_some(found.iso)
    }

    fn writers(&self, out: &mut Facts) {
        let head = self.head();
        for &i in &head {
            if !self.may_name(i) {
                continue;
            }
            match bylines::line(self.text(i), self.hint) {
                Some(bylines::Line::Names(credit)) => self.take(out, i, credit),
                Some(bylines::Line::CueAlone) => self.names_below(out, i),
                None => continue,
            }
            if !out.bylines.is_empty() {
                self.more_names(out, i);
                return;
            }
        }
        self.bare_beside_date(out);
        if out.bylines.is_empty() {
            for i in self.foot() {
                if let Some(bylines::Line::Names(credit)) =
                    self.may_name(i).then(|| bylines::line(self.text(i), self.hint)).flatten()
                {
                    self.take(out, i, credit);
                    return;
                }
            }
        }
    }

    /// Whether a line can name a writer: not running text, not a caption, not a teaser.
    fn may_name(&self, i: usize) -> bool {
        self.lines.get(i).is_some_and(|l| l.words <= LONGEST_FACT)
            && matches!(self.role(i), Some(Role::Byline | Role::Dated | Role::Short | Role::Loose | Role::Item))
    }

    fn take(&self, out: &mut Facts, i: usize, credit: bylines::Credit) {
        for name in credit.names {
            if !out.bylines.iter().any(|b| b.to_lowercase() == name.to_lowercase()) {
                out.bylines.push(name);
            }
        }
        if out.wire.is_none() {
            out.wire = credit.wire.map(str::to_owned);
        }
        out.used.push(i);
    }

    /// Names on the lines after a cue that stands alone ("By").
    fn names_below(&self, out: &mut Facts, cue: usize) {
        for i in cue + 1..cue + 6 {
            let text = self.text(i).trim_matches([',', ' ']);
            if text.is_empty() {
                continue;
            }
            match self.may_name(i).then(|| bylines::bare(text)).flatten() {
                Some(credit) => self.take(out, i, credit),
                None => return,
            }
        }
    }

    /// Further names, one a line, right after a byline.
    fn more_names(&self, out: &mut Facts, after: usize) {
        for i in after + 1..after + 4 {
            let joined = self.text(i).trim_start();
            let joined = joined.strip_prefix("and ").or_else(|| joined.strip_prefix(", ")).unwrap_or("");
            match (!joined.is_empty()).then(|| bylines::bare(joined)).flatten() {
                Some(credit) => self.take(out, i, credit),
                None => return,
            }
        }
    }

    /// A name alone on a line, within three lines of the article's date or right between headline and body.
    fn bare_beside_date(&self, out: &mut Facts) {
        let title = self.title.unwrap_or(self.body.start);
        let dated: Vec<usize> = out.used.clone();
        for i in self.head() {
            if !self.may_name(i) || i == title {
                continue;
            }
            let beside = dated.iter().any(|d| d.abs_diff(i) <= 3) || i > title && i < self.body.start && i - title <= 4;
            if let Some(credit) = beside.then(|| bylines::bare(self.text(i))).flatten().filter(|c| !c.names.is_empty())
            {
                self.take(out, i, credit);
                let mut next = i + 1;
                while let Some(more) = self.may_name(next).then(|| bylines::bare(self.text(next))).flatten() {
                    self.take(out, next, more);
                    next += 1;
                }
                return;
            }
        }
    }

    /// The agency that the first paragraph's dateline or a line after the body credits.
    fn wire(&self, out: &mut Facts) {
        let first = self.body.clone().find(|&i| self.role(i) == Some(Role::Prose));
        if out.wire.is_none() {
            out.wire = first.and_then(|i| bylines::wire_of_dateline(self.text(i))).map(str::to_owned);
        }
        for i in self.body.end.saturating_sub(2)..self.foot().end {
            if let Some(short) = bylines::wire_alone(self.text(i)) {
                out.used.push(i);
                out.wire = out.wire.take().or(Some(short.to_owned()));
            }
        }
    }

    /// The day a text speaks of, where no line dates the page: one caption names a full date, and the opening names
    /// a day of the week ("on Thursday"), which is then that day or the next of its name.
    fn day_by_caption(&self) -> Option<Based> {
        let near = self.title.unwrap_or(self.body.start).saturating_sub(BEFORE)..self.body.end;
        let mut days: Vec<String> = near
            .filter(|&i| self.role(i) == Some(Role::Caption))
            .flat_map(|i| dates::find_all(self.text(i), self.hint))
            .filter_map(|f| f.iso.get(..10).map(str::to_owned))
            .collect();
        days.sort();
        days.dedup();
        let [day] = days.as_slice() else { return None };
        let opening = self.body.clone().find(|&i| self.role(i) == Some(Role::Prose))?;
        let named = self.text(opening).split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() > 3);
        let mut named: Vec<u8> =
            named.filter_map(|w| dateline_lexicon::months::weekday(w, Some(self.hint.language?))).collect();
        named.dedup();
        let [weekday] = named.as_slice() else { return None };
        let ahead = (i64::from(*weekday) - i64::from(dates::weekday_of(day)?)).rem_euclid(7);
        // More than a few days on, the picture is rather an older one.
        (ahead <= 3)
            .then(|| dates::days_after(day, ahead))
            .flatten()
            .map(|value| Based { value, basis: "text: photo caption + weekday".to_owned() })
    }

    /// The outlet that the window title or a line of copyright names.
    fn outlet(&self) -> Option<String> {
        let window = self.title.filter(|&t| t > 0).and_then(|t| outlet::from_window_title(self.text(0), self.text(t)));
        window.or_else(|| (self.body.end..self.lines.len()).find_map(|i| outlet::from_copyright(self.text(i))))
    }
}

fn basis(role: Option<Role>) -> &'static str {
    if role == Some(Role::Byline) { "byline line" } else { "date line" }
}
