//! Axes: time with breaks where nothing happens for long, its ticks in steps that people use, and round numbers.

use crate::label::{Rect, Taken};
use crate::svg::{line, text};
use crate::when::{date_of, day_month, day_number, month_name};
use jiff::civil::Date;

/// Width of a break.
const BREAK: f64 = 26.0;
/// The least width of what lies between two breaks.
const LEAST: f64 = 44.0;
/// Breaks at most.
const BREAKS: usize = 3;
/// A gap is left out where it is longer than so many days and than this share of all that is shown.
const GAP_DAYS: f64 = 120.0;
const GAP_SHARE: f64 = 0.35;
/// Days from which a stretch is long beside days.
const COARSE: f64 = 25.0;
/// Size of type.
const SIZE: f64 = 11.0;
/// Least room between two ticks.
const TICK: f64 = 58.0;

/// A piece of time drawn to one measure.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    start: f64,
    end: f64,
    x: f64,
    width: f64,
}

/// Time from left to right; in days since 1 January 1970.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TimeScale {
    pieces: Vec<Piece>,
    /// Whether times of day matter; else a day is marked at its middle.
    clock: bool,
}

/// A mark on the axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    pub x: f64,
    /// Day or month, or the year where ticks are years.
    pub label: String,
    /// The year below it, where it is another than before.
    pub year: Option<String>,
}

impl TimeScale {
    /// A scale from `left` to `right` that holds all these stretches; `None` without any. `clock`: whether times of
    /// day are shown.
    pub(crate) fn new(stretches: &[(f64, f64)], (left, right): (f64, f64), clock: bool) -> Option<TimeScale> {
        let mut all: Vec<(f64, f64)> = stretches.iter().copied().filter(|(a, b)| a.is_finite() && b >= a).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let (first, last) = (all.first()?.0, all.iter().map(|s| s.1).fold(f64::MIN, f64::max));
        let mut gaps: Vec<(f64, f64)> = Vec::new();
        let mut reached = first;
        for (start, end) in &all {
            if *start > reached {
                gaps.push((reached, *start));
            }
            reached = reached.max(*end);
        }
        let fine = all.iter().filter(|s| s.1 - s.0 <= 1.5);
        let (from, to) = fine.fold((f64::MAX, f64::MIN), |(a, b), s| (a.min(s.0), b.max(s.1)));
        // beside a whole year or month the days of a week would be one point
        let beside = |gap: &(f64, f64)| {
            let touching = all.iter().filter(|s| s.1 == gap.0 || s.0 == gap.1).map(|s| s.1 - s.0);
            to > from && touching.fold(0.0, f64::max) > COARSE.max(3.0 * (to - from))
        };
        gaps.sort_by(|a, b| (b.1 - b.0).total_cmp(&(a.1 - a.0)).then(a.0.total_cmp(&b.0)));
        let mut shown = last - first;
        let mut left_out: Vec<(f64, f64)> = Vec::new();
        for gap in gaps {
            let long = gap.1 - gap.0;
            if !beside(&gap) && (long < GAP_DAYS || long < GAP_SHARE * shown) {
                continue;
            }
            shown -= long;
            left_out.push(gap);
            if left_out.len() == BREAKS {
                break;
            }
        }
        left_out.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut pieces = Vec::new();
        let mut start = first;
        for (from, to) in left_out {
            pieces.push((start, from));
            start = to;
        }
        pieces.push((start, last));
        let held = |(start, end): (f64, f64)| (start, end, all.iter().filter(|s| s.0 >= start && s.0 <= end).count());
        let pieces: Vec<(f64, f64, usize)> = pieces.into_iter().map(held).collect();
        Some(TimeScale { pieces: laid_out(&pieces, left, right), clock })
    }

    /// Where a moment lies.
    pub(crate) fn x(&self, day: f64) -> f64 {
        let at = self.pieces.iter().rev().find(|p| day >= p.start).or(self.pieces.first());
        at.map_or(0.0, |p| {
            let share = if p.end > p.start { (day - p.start) / (p.end - p.start) } else { 0.5 };
            p.x + share.clamp(0.0, 1.0) * p.width
        })
    }

    /// First and last day.
    pub(crate) fn ends(&self) -> (f64, f64) {
        (self.pieces.first().map_or(0.0, |p| p.start), self.pieces.last().map_or(0.0, |p| p.end))
    }

    /// Marks in steps of hours, days, weeks, months or years, those whose labels have room.
    pub(crate) fn ticks(&self) -> Vec<Tick> {
        let mut out: Vec<Tick> = Vec::new();
        let mut taken = Taken::default();
        let mut year = None;
        for piece in &self.pieces {
            let step = Step::of(piece.width / (piece.end - piece.start).max(1e-9), self.clock);
            let mut moments: Vec<f64> = step.moments(piece.start, piece.end);
            if moments.is_empty() {
                moments.push(piece.start);
            }
            for day in moments {
                let date = date_of(day);
                let label = step.label(day, date);
                let other = !matches!(step, Step::Years(_)) && year != Some(date.year());
                let at = if matches!(step, Step::Days(_) | Step::Weeks) && !self.clock { day + 0.5 } else { day };
                if at > piece.end {
                    continue;
                }
                let (x, other) = (self.x(at), other.then(|| date.year().to_string()));
                let room = |words: &String| Rect::of_text(words, SIZE, (x, 0.0), "middle");
                let room = room(other.as_ref().filter(|y| y.len() > label.len()).unwrap_or(&label));
                if taken.take(&[Rect { x: room.x - 3.0, width: room.width + 6.0, ..room }]) {
                    year = Some(date.year());
                    out.push(Tick { x, label, year: other });
                }
            }
            year = None; // each piece says its year
        }
        out
    }

    /// Draws the axis at a height, with its ticks and breaks.
    pub(crate) fn draw(&self, out: &mut String, y: f64) {
        for piece in &self.pieces {
            line(out, "pic-axis", (piece.x, y), (piece.x + piece.width, y));
        }
        for pair in self.pieces.windows(2) {
            if let [a, b] = pair {
                let middle = (a.x + a.width + b.x) / 2.0;
                for x in [middle - 3.0, middle + 3.0] {
                    line(out, "pic-axis", (x - 2.0, y + 5.0), (x + 2.0, y - 5.0));
                }
            }
        }
        for tick in self.ticks() {
            line(out, "pic-axis", (tick.x, y), (tick.x, y + 5.0));
            text(out, "pic-tick", (tick.x, y + 18.0), "middle", &tick.label);
            if let Some(year) = &tick.year {
                text(out, "pic-tick pic-year", (tick.x, y + 31.0), "middle", year);
            }
        }
    }
}

/// Height that [`TimeScale::draw`] needs below the axis.
pub(crate) const BELOW: f64 = 38.0;

/// Pieces beside each other, the wider the more is in them: a break says that the measure is another behind it.
fn laid_out(pieces: &[(f64, f64, usize)], left: f64, right: f64) -> Vec<Piece> {
    let sum: usize = pieces.iter().map(|p| p.2).sum();
    let count = pieces.len() as f64;
    let free = (right - left - BREAK * (count - 1.0) - LEAST * count).max(0.0);
    let mut x = left;
    let mut out = Vec::new();
    for (start, end, stretches) in pieces {
        let width = LEAST + free * *stretches as f64 / sum.max(1) as f64;
        out.push(Piece { start: *start, end: *end, x, width });
        x += width + BREAK;
    }
    out
}

/// The step from tick to tick.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Hours(u32),
    Days(i32),
    Weeks,
    Months(i32),
    Years(i32),
}

impl Step {
    /// The least step whose ticks have room, at so many units a day; hours only where the clock matters.
    fn of(day: f64, clock: bool) -> Step {
        const STEPS: [(f64, Step); 20] = [
            (1.0 / 24.0, Step::Hours(1)),
            (0.125, Step::Hours(3)),
            (0.25, Step::Hours(6)),
            (0.5, Step::Hours(12)),
            (1.0, Step::Days(1)),
            (2.0, Step::Days(2)),
            (7.0, Step::Weeks),
            (14.0, Step::Days(14)),
            (30.4, Step::Months(1)),
            (60.8, Step::Months(2)),
            (91.3, Step::Months(3)),
            (182.6, Step::Months(6)),
            (365.2, Step::Years(1)),
            (730.5, Step::Years(2)),
            (1826.0, Step::Years(5)),
            (3652.0, Step::Years(10)),
            (9131.0, Step::Years(25)),
            (18262.0, Step::Years(50)),
            (36524.0, Step::Years(100)),
            (182_620.0, Step::Years(500)),
        ];
        STEPS
            .iter()
            .find(|(days, _)| days * day >= TICK && (clock || *days >= 1.0))
            .map_or(Step::Years(1000), |(_, step)| *step)
    }

    /// Its moments from `start` to `end`, both in it; never more than fit on a picture.
    fn moments(self, start: f64, end: f64) -> Vec<f64> {
        const MOST: usize = 60;
        let even = |step: f64, from: f64| -> Vec<f64> {
            let first = from + ((start - from) / step).ceil() * step;
            (0..MOST).map(|i| first + i as f64 * step).take_while(|d| *d <= end + 1e-9).collect()
        };
        match self {
            Step::Hours(n) => even(f64::from(n) / 24.0, 0.0),
            Step::Days(n) => even(f64::from(n), start.ceil()),
            Step::Weeks => even(7.0, 4.0), // 5 January 1970 was a Monday
            Step::Months(n) => {
                let at = date_of(start);
                let first = i32::from(at.year()) * 12 + i32::from(at.month()) - 1;
                let first = first.div_euclid(n) * n;
                let day = |m: i32| Date::new(m.div_euclid(12) as i16, (m.rem_euclid(12) + 1) as i8, 1).ok();
                (0..=MOST as i32)
                    .filter_map(|i| day(first + i * n))
                    .map(day_number)
                    .filter(|d| *d >= start && *d <= end)
                    .collect()
            }
            Step::Years(n) => {
                let first = i32::from(date_of(start).year()).div_euclid(n) * n;
                let day = |y: i32| i16::try_from(y).ok().and_then(|y| Date::new(y, 1, 1).ok());
                (0..=MOST as i32)
                    .filter_map(|i| day(first + i * n))
                    .map(day_number)
                    .filter(|d| *d >= start && *d <= end)
                    .collect()
            }
        }
    }

    fn label(self, day: f64, date: Date) -> String {
        match self {
            Step::Hours(_) if day.fract().abs() > 1e-6 => {
                let minutes = (day.fract() * 1440.0).round() as i64;
                format!("{:02}:{:02}", minutes.rem_euclid(1440) / 60, minutes.rem_euclid(60))
            }
            Step::Hours(_) | Step::Days(_) | Step::Weeks => day_month(date),
            Step::Months(_) if date.day() == 1 => month_name(date).to_owned(),
            Step::Months(_) => day_month(date),
            Step::Years(_) => date.year().to_string(),
        }
    }
}

/// Round numbers from below `low` to above `high`, at most so many.
pub(crate) fn round_numbers(low: f64, high: f64, most: usize) -> Vec<f64> {
    let span = (high - low).max(high.abs().max(1.0) * 1e-9);
    let rough = span / (most.max(2) - 1) as f64;
    let size = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|f| f * size).find(|s| *s >= rough * 0.999).unwrap_or(size * 10.0);
    let first = (low / step).floor();
    let last = (high / step).ceil().max(first + 1.0);
    let count = (last - first).clamp(0.0, 50.0) as usize;
    (0..=count).map(|i| (first + i as f64) * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::when::When;

    fn stretch(iso: &str) -> (f64, f64) {
        When::read(iso).map(|w| (w.start, w.end)).unwrap()
    }

    fn labels(dates: &[&str], width: f64) -> Vec<String> {
        let all: Vec<(f64, f64)> = dates.iter().map(|d| stretch(d)).collect();
        let ticks = TimeScale::new(&all, (0.0, width), dates.iter().any(|d| d.contains('T'))).unwrap().ticks();
        ticks.into_iter().map(|t| t.year.map_or(t.label.clone(), |y| format!("{} {y}", t.label))).collect()
    }

    #[test]
    fn steps_are_those_that_people_use() {
        assert_eq!(labels(&["2026-04-03T00:00", "2026-04-06"], 720.0)[..3], ["3 Apr 2026", "12:00", "4 Apr"]);
        assert_eq!(labels(&["2026-04-03", "2026-04-12"], 720.0)[..2], ["3 Apr 2026", "4 Apr"]);
        assert_eq!(labels(&["2026-04-01", "2026-05-20"], 500.0)[..2], ["6 Apr 2026", "13 Apr"]);
        assert_eq!(
            labels(&["2025-11", "2026-01", "2026-04"], 400.0),
            ["Nov 2025", "Dec", "Jan 2026", "Feb", "Mar", "Apr", "May"]
        );
        assert_eq!(labels(&["2019", "2022", "2021", "2020"], 400.0), ["2019", "2020", "2021", "2022", "2023"]);
    }

    #[test]
    fn long_emptiness_is_left_out() {
        let all: Vec<(f64, f64)> = ["1991-08-21", "2026-04-03", "2026-04-09"].iter().map(|d| stretch(d)).collect();
        let scale = TimeScale::new(&all, (0.0, 700.0), false).unwrap();
        assert_eq!(scale.pieces.len(), 2);
        assert!(scale.x(all[1].0) < 300.0 && scale.x(all[2].1) > 699.0);
        let mut drawn = String::new();
        scale.draw(&mut drawn, 10.0);
        assert!(drawn.contains("1991") && drawn.contains("2026"), "{drawn}");
    }

    #[test]
    fn days_beside_years_are_told_apart() {
        let dates = ["2023", "2025", "2026-02-19", "2026-02-20", "2026-02-22"];
        let all: Vec<(f64, f64)> = dates.iter().map(|d| stretch(d)).collect();
        let scale = TimeScale::new(&all, (0.0, 700.0), false).unwrap();
        assert_eq!(scale.pieces.len(), 3);
        assert!(scale.x(all[4].0) - scale.x(all[2].0) > 150.0);
    }

    #[test]
    fn one_moment_is_a_scale_too() {
        let day = stretch("2026-04-03T08:10");
        let scale = TimeScale::new(&[day], (0.0, 700.0), true).unwrap();
        assert!(scale.x(day.0).is_finite() && !scale.ticks().is_empty());
        assert_eq!(TimeScale::new(&[], (0.0, 1.0), false), None);
    }

    #[test]
    fn numbers_are_round() {
        assert_eq!(round_numbers(0.0, 74.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0]);
        assert!(round_numbers(3.0, 3.0, 4).len() >= 2);
        assert!(round_numbers(1e300, 2e300, 5).len() < 60);
    }
}
