//! The core of an event: what title and lead say happened. Two reports of one storyline share names and background; what
//! sets their events apart stands at the top: the day, the figures, who and what.

use crate::Print;
use crate::link::days::{digits, range, within_year};
use crate::link::names::hash32;
use serde::{Deserialize, Serialize};

/// Days and figures of an article's title and lead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Core {
    /// Days, counted from 1970-01-01.
    days: Vec<i32>,
    /// Days without a year, as month × 100 + day.
    yearless: Vec<i32>,
    /// Weekdays without a date, Monday 0.
    weekdays: Vec<i32>,
    /// Telling figures of the lead: hash of the unit, hash of the value.
    lead: Vec<(u32, u32)>,
    /// Hashes of all telling figures with their units, sorted, once each.
    figures: Vec<u32>,
    /// Hash of the date that the title bears, where it bears one: of a rubric that of the issue.
    pub(super) title_day: Option<u32>,
}

/// Figures below this that count things in no unit are in every text.
const SMALL: f64 = 13.0;
/// Days from which two days named in leads are far from each other.
const FAR: i32 = 3;

impl Core {
    /// Takes the core from a print; `title_day` is the hash of the date that its title bears.
    pub fn of(print: &Print, title_day: Option<u32>) -> Core {
        let mut core = Core { title_day, ..Core::default() };
        for date in &print.lead_dates {
            match (range(date), digits(date, 5..7), digits(date, 8..10), digits(date, 9..10)) {
                (Some((a, b)), ..) if a == b => core.days.push(a),
                (None, Some(month), Some(day), _) => core.yearless.push(month * 100 + day),
                (None, None, _, Some(weekday)) if date.starts_with("XXXX-WXX-") => core.weekdays.push(weekday - 1),
                _ => {}
            }
        }
        for (i, (value, unit)) in print.figures.iter().enumerate() {
            let Some(value) = telling(*value, unit.as_deref()) else { continue };
            let unit = unit.as_deref().map_or(0, hash32);
            if i < print.lead_figures {
                core.lead.push((unit, value));
            }
            core.figures.push(value ^ unit.rotate_left(16));
        }
        core.figures.sort_unstable();
        core.figures.dedup();
        core
    }

    /// Telling figures with their units that both hold.
    pub fn figures_shared(&self, other: &Core) -> usize {
        self.figures.iter().filter(|f| other.figures.binary_search(f).is_ok()).count()
    }

    /// Whether each lead counts something in a unit that the other's lead counts too, and neither text knows the
    /// other lead's figures.
    pub fn figures_clash(&self, other: &Core) -> bool {
        let of_unit = |c: &Core| self.lead.iter().any(|(u, _)| c.lead.iter().any(|(v, _)| u == v));
        let knows = |a: &Core, b: &Core| {
            a.lead.iter().any(|(unit, value)| b.figures.binary_search(&(value ^ unit.rotate_left(16))).is_ok())
        };
        of_unit(other) && !knows(self, other) && !knows(other, self)
    }

    /// How far apart the days are that the leads name: 0 for a common one, at most [`FAR`]; `None` where one names none.
    pub fn days_apart(&self, other: &Core) -> Option<i32> {
        let dated = self.days.iter().flat_map(|x| other.days.iter().map(move |y| (x - y).abs()));
        let one_way = |a: &Core, b: &Core| -> Option<i32> {
            let days = a.yearless.iter().flat_map(|x| b.days.iter().map(move |y| within_year(*x, *y)));
            let weekdays =
                a.weekdays.iter().flat_map(|x| b.days.iter().map(move |y| around(*x, (*y + 3).rem_euclid(7))));
            days.chain(weekdays).min()
        };
        let bare = self.weekdays.iter().flat_map(|x| other.weekdays.iter().map(move |y| around(*x, *y)));
        let yearless = self.yearless.iter().flat_map(|x| other.yearless.iter().map(move |y| i32::from(x != y) * FAR));
        let all = dated.chain(bare).chain(yearless).chain(one_way(self, other)).chain(one_way(other, self));
        all.min().map(|d| d.min(FAR))
    }
}

/// Days between two weekdays, the shorter way round.
fn around(a: i32, b: i32) -> i32 {
    let d = (a - b).rem_euclid(7);
    d.min(7 - d)
}

/// Hash of a figure that tells something: not a small number of things, not a year, not a round hundred.
pub(super) fn telling(value: f64, unit: Option<&str>) -> Option<u32> {
    let bare = unit.is_none();
    let plain = bare
        && (value < SMALL || (1900.0..2100.0).contains(&value) || matches!(value as i64, 20 | 30 | 50 | 100 | 1000));
    (value.is_finite() && !plain).then(|| hash32(&format!("{value}")))
}
