//! How much on which day, in the size of a word.

use crate::picture::Picture;
use crate::svg::{self, Frame};
use crate::when::{Precision, When, stretch};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Bars at most; longer times are cut into as many equal parts.
const BARS: usize = 60;
const HEIGHT: f64 = 18.0;

/// Counts by equal parts of time.
struct Parts {
    first: i64,
    last: i64,
    /// Days a part.
    step: i64,
    counts: Vec<u64>,
}

fn parts(days: &[(String, u32)], most: usize) -> Option<Parts> {
    let mut by: BTreeMap<i64, u64> = BTreeMap::new();
    for (day, count) in days {
        if let Some(when) = When::day(day).filter(|w| w.precision >= Precision::Day) {
            *by.entry(when.start as i64).or_default() += u64::from(*count);
        }
    }
    let (first, last) = (*by.first_key_value()?.0, *by.last_key_value()?.0);
    let long = last - first + 1;
    let most = most.max(1) as i64;
    let step = (long + most - 1) / most;
    let mut counts = vec![0; ((long + step - 1) / step) as usize];
    for (day, count) in by {
        if let Some(part) = counts.get_mut(((day - first) / step) as usize) {
            *part += count;
        }
    }
    Some(Parts { first, last, step, counts })
}

/// Bars by day from the first day to the last, for a line of text; `days` in any order, a day may come twice. Where
/// they are more than 60 days a bar stands for several. `None` where no day can be read.
pub fn spark(title: &str, days: &[(String, u32)]) -> Option<Picture> {
    let parts = parts(days, BARS)?;
    let most = parts.counts.iter().copied().max().unwrap_or(0).max(1);
    let bar = if parts.counts.len() > 30 { 3.0 } else { 5.0 };
    let mut inner = String::new();
    for (i, count) in parts.counts.iter().enumerate().filter(|(_, c)| **c > 0) {
        let height = (*count as f64 / most as f64 * (HEIGHT - 1.0)).max(1.5);
        inner.push_str(&svg::bar("pic-bar", (i as f64 * bar, HEIGHT - height), (bar - 1.0, height)));
    }
    let width = (parts.counts.len() as f64 * bar).max(bar);
    svg::line(&mut inner, "pic-base", (0.0, HEIGHT), (width, HEIGHT));
    let total: u64 = parts.counts.iter().sum();
    let peak = parts.counts.iter().position(|c| *c == most).unwrap_or(0) as i64;
    let when = |day: i64| stretch(day as f64, day as f64);
    let mut summary = format!("{total}, {}", stretch(parts.first as f64, parts.last as f64));
    if parts.counts.len() > 1 {
        let at = parts.first + peak * parts.step;
        let days = if parts.step > 1 { format!(" in {} days from", parts.step) } else { " on".to_owned() };
        let _ = write!(summary, "; most{days} {}: {most}", when(at));
    }
    let named = format!("{}: {summary}", svg::one_line(title));
    let frame =
        Frame { class: "pic-spark", width, height: HEIGHT + 1.0, title: &named, summary: &summary, links: false };
    let words = format!("<p>{}</p>\n", svg::text_of(&summary));
    Some(Picture { title: svg::one_line(title), svg: frame.around(&inner), words, summary })
}

/// The same in block characters for a terminal, at most so many; empty where no day can be read.
pub fn spark_blocks(days: &[(String, u32)], most: usize) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let Some(parts) = parts(days, most.min(500)) else { return String::new() };
    let highest = parts.counts.iter().copied().max().unwrap_or(0).max(1);
    let block = |count: &u64| match count {
        0 => ' ',
        n => BLOCKS[((n * 8).div_ceil(highest) as usize).clamp(1, 8) - 1],
    };
    parts.counts.iter().map(block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(all: &[(&str, u32)]) -> Vec<(String, u32)> {
        all.iter().map(|(d, n)| ((*d).to_owned(), *n)).collect()
    }

    #[test]
    fn days_between_are_empty() {
        let all = days(&[("2026-04-05", 4), ("2026-04-03T08:00", 1), ("2026-04-03", 1), ("soon", 9)]);
        assert_eq!(spark_blocks(&all, 20), "▄ █");
        let picture = spark("Pages", &all).unwrap();
        assert_eq!(picture.summary, "6, 3–5 Apr 2026; most on 5 Apr 2026: 4");
        assert_eq!(picture.svg.matches("<rect").count(), 2);
        assert_eq!(spark("Pages", &[]), None);
        assert_eq!(spark_blocks(&[], 5), "");
    }

    #[test]
    fn long_times_are_put_together() {
        let all = days(&[("0001-01-01", u32::MAX), ("9998-12-31", 1)]);
        let picture = spark("Pages", &all).unwrap();
        assert!(picture.svg.matches("<rect").count() == 2 && picture.svg.len() < 2_000);
        assert_eq!(spark_blocks(&all, 10).chars().count(), 10);
    }
}
