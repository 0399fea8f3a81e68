//! What happened when, above an axis of time; when it was reported, below it.

use crate::axis::{BELOW, TimeScale};
use crate::label::{Rect, Taken, fitted};
use crate::picture::Picture;
use crate::svg::{self, Frame, NARROW, WIDE, num};
use crate::when::{Precision, When, short, stretch};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Rows of labels above the axis.
const ROWS: usize = 7;
/// Labels tried.
const MOST_LABELS: usize = 30;
/// Height of a row.
const ROW: f64 = 19.0;
/// Size of type.
const SIZE: f64 = 12.0;
/// Room on either side of the axis.
const SIDE: f64 = 14.0;
/// Height of the bars below the axis.
const BARS: f64 = 22.0;
/// Moments told in words.
const MOST_TOLD: usize = 200;
/// Bars drawn: of more days those that lie side by side become one.
const MOST_BARS: usize = 90;
/// Marks drawn.
const MOST_DRAWN: usize = 400;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moment {
    /// When: a day, month or year, ISO 8601. Others ("2026-W15") are told in words alone.
    pub date: String,
    /// What, in a page's words.
    pub label: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// Moments of one day, month or year.
struct Cluster<'a> {
    when: When,
    moments: Vec<&'a Moment>,
}

/// What happened when; `published` are the dates of the pages, which are drawn as bars below the axis. Where nothing
/// happens for long the axis has a break. A month or year is a bar as long as it is. Labels stand where there is room,
/// days with more moments first. `None` where no moment's date can be read.
pub fn timeline(title: &str, moments: &[Moment], published: &[String]) -> Option<Picture> {
    let clusters = clusters(moments);
    let first = clusters.iter().map(|c| c.when.start).min_by(f64::total_cmp)?;
    let last = clusters.iter().map(|c| c.when.end - 1.0).max_by(f64::total_cmp)?;
    let pages = days(published);
    let count = |n: usize, one: &str, more: &str| if n == 1 { one.to_owned() } else { format!("{n} {more}") };
    let mut summary = format!(
        "Timeline, {}: {} on {}",
        stretch(first, last),
        count(moments.len(), "one moment", "moments"),
        count(clusters.len(), "one date", "dates")
    );
    if !published.is_empty() {
        let _ = write!(summary, "; below, {} by day of publication", count(published.len(), "one page", "pages"));
    }
    summary.push('.');
    let mut svg = draw(title, &summary, &clusters, &pages, WIDE, "pic-wide");
    svg.push_str(&draw(title, &summary, &clusters, &pages, NARROW, "pic-narrow"));
    Some(Picture { title: svg::one_line(title), summary, svg, words: words(moments) })
}

fn clusters(moments: &[Moment]) -> Vec<Cluster<'_>> {
    let mut by: BTreeMap<(i64, Precision), Cluster> = BTreeMap::new();
    for moment in moments {
        let Some(when) = When::day(&moment.date) else { continue };
        let cluster = by.entry((when.start as i64, when.precision)).or_insert(Cluster { when, moments: Vec::new() });
        cluster.moments.push(moment);
    }
    by.into_values().take(MOST_DRAWN).collect()
}

/// Pages by day; those dated by month or year alone have no bar.
fn days(published: &[String]) -> BTreeMap<i64, usize> {
    let mut out = BTreeMap::new();
    for when in published.iter().filter_map(|d| When::day(d)).filter(|w| w.precision >= Precision::Day) {
        *out.entry(when.start as i64).or_default() += 1;
    }
    out
}

fn draw(
    title: &str,
    summary: &str,
    clusters: &[Cluster],
    pages: &BTreeMap<i64, usize>,
    width: f64,
    class: &str,
) -> String {
    // a year around days that are known does not push them together: its bar ends where the picture does
    let holds = |c: &Cluster| {
        let days = clusters.iter().filter(|d| d.when.precision >= Precision::Day);
        c.when.precision < Precision::Day
            && days.into_iter().any(|d| c.when.start <= d.when.start && d.when.end <= c.when.end)
    };
    let drawn = clusters.iter().filter(|c| !holds(c));
    let mut stretches: Vec<(f64, f64)> = drawn.map(|c| (c.when.start, c.when.end)).collect();
    stretches.extend(pages.keys().map(|d| (*d as f64, *d as f64 + 1.0)));
    let Some(scale) = TimeScale::new(&stretches, (SIDE, width - SIDE), false) else { return String::new() };
    let places = labels(clusters, &scale, width);
    let rows = places.iter().flatten().map(|p| p.row + 1).max().unwrap_or(0);
    let axis = 16.0 + rows as f64 * ROW + 6.0;
    let mut inner = String::new();
    let links = clusters.iter().flat_map(|c| &c.moments).any(|m| svg::href(m.href.as_deref()).is_some());
    let bars = if pages.is_empty() { 0.0 } else { BARS + 8.0 };
    bars_below(&mut inner, pages, &scale, axis);
    let mut below = String::new();
    scale.draw(&mut below, axis + bars);
    inner.push_str(&below);
    for (cluster, place) in clusters.iter().zip(&places) {
        mark(&mut inner, cluster, place.as_ref(), &scale, axis);
    }
    let height = axis + bars + BELOW;
    let class = format!("pic-timeline {class}");
    Frame { class: &class, width, height, title, summary, links }.around(&inner)
}

/// Where a label stands.
struct Spot {
    row: usize,
    x: f64,
    anchor: &'static str,
    words: String,
}

/// Room for labels, in rows above the axis, each with a line down to its mark that crosses no other label: for as many
/// of those with most moments as can stand together, then for what others find room.
fn labels(clusters: &[Cluster], scale: &TimeScale, width: f64) -> Vec<Option<Spot>> {
    let mut order: Vec<usize> = (0..clusters.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(clusters[*i].moments.len()), *i));
    order.truncate(MOST_LABELS);
    let mut best = Vec::new();
    for most in (1..=order.len()).rev() {
        let mut rows = Rows::new(clusters, scale, width);
        let (mut together, others) = (order[..most].to_vec(), &order[most..]);
        // from right to left: what stands further left goes above what is written to its right
        together.sort_unstable_by(|a, b| b.cmp(a));
        let all = together.iter().filter(|i| rows.place(**i, false)).count() == most;
        if all || most == 1 {
            together.iter().chain(others).for_each(|i| {
                rows.place(*i, true);
            });
            best = rows.spots;
            break;
        }
    }
    best
}

/// Labels in the lowest rows that are free when their turn comes.
struct Rows<'a> {
    clusters: &'a [Cluster<'a>],
    scale: &'a TimeScale,
    width: f64,
    taken: Taken,
    spots: Vec<Option<Spot>>,
}

impl<'a> Rows<'a> {
    fn new(clusters: &'a [Cluster<'a>], scale: &'a TimeScale, width: f64) -> Rows<'a> {
        Rows { clusters, scale, width, taken: Taken::default(), spots: clusters.iter().map(|_| None).collect() }
    }

    /// Finds room for a cluster's label if it has none; to the left of its mark only at the right edge, or where
    /// `either` side will do. Says whether it has room now.
    fn place(&mut self, i: usize, either: bool) -> bool {
        if self.spots[i].is_some() {
            return true;
        }
        // heights are counted upwards from the axis, downwards in the picture
        let page = Rect { x: 2.0, y: -10_000.0, width: self.width - 4.0, height: 20_000.0 };
        let cluster = &self.clusters[i];
        let x = self.scale.x(cluster.when.middle());
        let label = cluster.moments.first().map_or("", |m| m.label.as_str());
        let more = match cluster.moments.len() {
            0 | 1 => String::new(),
            n => format!(" +{}", n - 1),
        };
        // where few stand beside each other they may be longer
        let share = if self.clusters.len() <= 4 { 0.55 } else { 0.38 };
        let words = format!("{}{more}", fitted(label, SIZE, self.width * share));
        for row in 0..ROWS {
            let y = -(row as f64) * ROW - 12.0;
            let stem = Rect { x: x - 2.0, y, width: 4.0, height: -y };
            for (x, anchor) in [(x + 5.0, "start"), (x - 5.0, "end")] {
                let room = Rect::of_text(&words, SIZE, (x, y), anchor);
                let room = Rect { x: room.x - 3.0, width: room.width + 6.0, ..room };
                if !room.within(&page) {
                    continue;
                }
                if self.taken.take(&[room, stem]) {
                    self.spots[i] = Some(Spot { row, x, anchor, words });
                    return true;
                }
                if !either {
                    break;
                }
            }
        }
        false
    }
}

fn mark(out: &mut String, cluster: &Cluster, spot: Option<&Spot>, scale: &TimeScale, axis: f64) {
    let x = scale.x(cluster.when.middle());
    let mut inner = String::new();
    if let Some(spot) = spot {
        let y = axis - spot.row as f64 * ROW - 12.0;
        svg::line(&mut inner, "pic-stem", (x, axis - 4.0), (x, y - SIZE * 0.8));
        svg::text(&mut inner, "pic-label", (spot.x, y), spot.anchor, &spot.words);
    }
    let count = cluster.moments.len();
    let radius = 3.2 + (count as f64 - 1.0).sqrt().min(4.0) * 0.9;
    if cluster.when.precision >= Precision::Day {
        inner.push_str(&svg::dot("pic-dot", (x, axis), radius));
    } else {
        let (left, right) = (scale.x(cluster.when.start), scale.x(cluster.when.end));
        inner.push_str(&svg::bar("pic-span", (left, axis - 3.0), ((right - left).max(6.0), 6.0)));
    }
    let first = cluster.moments.first();
    let (date, label) = first.map_or(("", ""), |m| (m.date.as_str(), m.label.as_str()));
    let more = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
    let day = short(date.get(..10).unwrap_or(date));
    svg::linked(out, first.and_then(|m| m.href.as_deref()), &format!("{day}: {}{more}", svg::one_line(label)), &inner);
}

fn bars_below(out: &mut String, pages: &BTreeMap<i64, usize>, scale: &TimeScale, axis: f64) {
    let bars = bars(pages, scale);
    let Some(most) = bars.iter().map(|(.., count)| *count).max() else { return };
    let (left, right) = (scale.x(scale.ends().0), scale.x(scale.ends().1));
    svg::line(out, "pic-base", (left, axis), (right, axis));
    for (first, last, count) in bars {
        let (x, end) = (scale.x(first), scale.x(last + 1.0));
        let width = (end - x - 1.0).clamp(2.0, 9.0);
        let height = (count as f64 / most as f64 * BARS).max(2.0);
        let at = ((x + end - width) / 2.0, axis + BARS + 8.0 - height);
        let _ = write!(
            out,
            "<g><title>{}: {count} published</title>{}</g>",
            svg::text_of(&stretch(first, last)),
            svg::bar("pic-bar", at, (width, height))
        );
    }
}

/// First day, last day and pages of each bar.
fn bars(pages: &BTreeMap<i64, usize>, scale: &TimeScale) -> Vec<(f64, f64, usize)> {
    let wide = scale.x(scale.ends().1) - scale.x(scale.ends().0);
    let apart = if pages.len() > MOST_BARS { wide / MOST_BARS as f64 } else { 0.0 };
    let mut out: Vec<(f64, f64, usize)> = Vec::new();
    for (day, count) in pages {
        let day = *day as f64;
        match out.last_mut().filter(|bar| scale.x(day) - scale.x(bar.0) < apart) {
            Some(bar) => (bar.1, bar.2) = (day, bar.2 + count),
            None => out.push((day, day, *count)),
        }
    }
    out
}

fn words(moments: &[Moment]) -> String {
    let mut order: Vec<&Moment> = moments.iter().collect();
    order.sort_by(|a, b| a.date.cmp(&b.date));
    let mut out = String::from("<ol class=\"pic-moments\">\n");
    for m in order.iter().take(MOST_TOLD) {
        let day = short(m.date.get(..10).unwrap_or(&m.date));
        let _ = writeln!(
            out,
            "<li><time datetime=\"{}\">{}</time> {}</li>",
            svg::text_of(&m.date),
            svg::text_of(&day),
            svg::anchor(m.href.as_deref(), &m.label)
        );
    }
    out.push_str("</ol>\n");
    if moments.len() > MOST_TOLD {
        let _ = writeln!(out, "<p>{} more</p>", num((moments.len() - MOST_TOLD) as f64));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(dates: &[&str]) -> Vec<Moment> {
        dates
            .iter()
            .enumerate()
            .map(|(i, d)| Moment {
                date: (*d).to_owned(),
                label: format!("The ferry {i} left the harbour of Testburg in the fog"),
                href: Some(format!("#p{i}-1")),
            })
            .collect()
    }

    #[test]
    fn labels_never_overlap() {
        let dates: Vec<String> = (1..=28).map(|d| format!("2026-02-{d:02}")).collect();
        let all = moments(&dates.iter().map(String::as_str).collect::<Vec<_>>());
        let clusters = clusters(&all);
        for width in [WIDE, NARROW] {
            let stretches: Vec<(f64, f64)> = clusters.iter().map(|c| (c.when.start, c.when.end)).collect();
            let scale = TimeScale::new(&stretches, (SIDE, width - SIDE), false).unwrap();
            let spots = labels(&clusters, &scale, width);
            let rooms: Vec<Rect> = spots
                .iter()
                .flatten()
                .map(|s| Rect::of_text(&s.words, SIZE, (s.x, -(s.row as f64) * ROW - 12.0), s.anchor))
                .collect();
            assert!(rooms.len() >= 5, "{}", rooms.len());
            for (i, a) in rooms.iter().enumerate() {
                assert!(a.x >= 0.0 && a.x + a.width <= width);
                assert!(rooms[i + 1..].iter().all(|b| !a.meets(b)));
            }
        }
    }

    #[test]
    fn the_bars_of_many_days_become_fewer_and_lose_no_page() {
        let days: Vec<String> =
            (0..700).map(|n| format!("{}-{:02}-{:02}", 2020 + n / 336, n / 28 % 12 + 1, n % 28 + 1)).collect();
        let pages = super::days(&days);
        let stretches: Vec<(f64, f64)> = pages.keys().map(|d| (*d as f64, *d as f64 + 1.0)).collect();
        for width in [WIDE, NARROW] {
            let scale = TimeScale::new(&stretches, (SIDE, width - SIDE), false).unwrap();
            let bars = bars(&pages, &scale);
            assert!((20..=MOST_BARS + 1).contains(&bars.len()), "{}", bars.len());
            assert_eq!(bars.iter().map(|(.., n)| n).sum::<usize>(), 700);
        }
    }

    #[test]
    fn a_year_around_days_does_not_push_them_together() {
        let all = moments(&["2026", "2026-04-03", "2026-04-04", "2026-04-06"]);
        let picture = timeline("When", &all, &[]).unwrap();
        assert!(picture.svg.contains("4 Apr") && !picture.svg.contains("Jul"), "{}", picture.svg);
    }

    #[test]
    fn dates_of_all_kinds() {
        let all = moments(&["1991", "2026-04", "2026-04-03", "2026-04-03T10:00", "2026-W15", "XXXX-08-13", "soon"]);
        let picture = timeline("When", &all, &["2026-04-04T10:00+02:00".to_owned(), "2026-04".to_owned()]).unwrap();
        assert!(picture.svg.contains("1991") && picture.words.contains("2026-W15"));
        assert!(picture.summary.contains("7 moments on 3 dates"), "{}", picture.summary);
        assert_eq!(timeline("When", &moments(&["soon"]), &[]), None);
        assert_eq!(timeline("When", &[], &[]), None);
    }
}
