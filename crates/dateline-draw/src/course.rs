//! A figure's values over time: who gives which, how exact, and how they stand to each other.

use crate::axis::{BELOW, TimeScale, round_numbers};
use crate::label::{Rect, Taken, fitted, width as text_width};
use crate::picture::Picture;
use crate::svg::{self, Frame, NARROW, WIDE, num};
use crate::when::{When, short, stretch};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Values drawn; all are told in words up to [`MOST_TOLD`].
const MOST_DRAWN: usize = 300;
const MOST_TOLD: usize = 500;
/// Height of what lies above the axis.
const HEIGHT: f64 = 190.0;
const SIZE: f64 = 11.0;
/// Values beyond are told in words alone.
const LARGEST: f64 = 1e18;
/// From this ratio of greatest to least on, equal steps up are equal factors.
const FACTORS_FROM: f64 = 200.0;

/// How exact a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bound {
    /// As it stands.
    #[default]
    Exact,
    /// "about".
    About,
    /// "at least", "more than".
    AtLeast,
    /// "up to", "less than".
    AtMost,
}

/// How a value stands to the others of its story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Mark {
    /// Nobody else gives one.
    #[default]
    Alone,
    /// The same as others.
    Agrees,
    /// Within what others say.
    Compatible,
    /// Replaces an earlier one, or is replaced.
    Updated,
    /// Cannot hold beside another.
    Differs,
}

impl Mark {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Mark::Alone => ("no one else", "pic-alone"),
            Mark::Agrees => ("agree", "pic-agree"),
            Mark::Compatible => ("compatible", "pic-compatible"),
            Mark::Updated => ("updated", "pic-updated"),
            Mark::Differs => ("differ", "pic-differ"),
        }
    }

    const ALL: [Mark; 5] = [Mark::Alone, Mark::Agrees, Mark::Compatible, Mark::Updated, Mark::Differs];
}

/// One value that someone gives.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Value {
    /// As of when, ISO 8601; without a day it is told in words alone.
    pub day: Option<String>,
    /// The value; of a bare range its middle or either end.
    pub value: f64,
    /// Lower and upper end of a range.
    pub range: Option<(f64, f64)>,
    /// How exact.
    pub bound: Bound,
    /// The value as it is to be written ("≥ 14", "65 billion USD").
    pub label: String,
    /// The page's words.
    pub words: String,
    /// Who prints it; the values of one outlet are joined.
    pub outlet: Option<String>,
    /// Where values of several matters are drawn together: only those of one series are joined.
    pub series: Option<String>,
    /// Who gives it, where that is not the page itself.
    pub giver: Option<String>,
    /// How it stands to the others.
    pub mark: Mark,
    /// Where it leads.
    pub href: Option<String>,
}

/// Values over time: a line for each outlet that gives two or more, the form of a mark for how a value stands to the
/// others, an arrow for "at least" and "up to", a ring for "about", a bar for a range. Values of the words alone are
/// those without a day. `None` where none can be drawn.
pub fn course(title: &str, values: &[Value]) -> Option<Picture> {
    let mut drawn: Vec<(When, &Value)> = values
        .iter()
        .filter(|v| v.value.abs() <= LARGEST)
        .filter_map(|v| Some((When::day(v.day.as_deref()?)?, v)))
        .collect();
    drawn.sort_by(|a, b| a.0.start.total_cmp(&b.0.start).then(a.1.value.total_cmp(&b.1.value)));
    drawn.truncate(MOST_DRAWN);
    let (first, last) = (drawn.first()?.0.start, drawn.iter().map(|d| d.0.end).max_by(f64::total_cmp)? - 1.0);
    let outlets: BTreeMap<&str, usize> = drawn.iter().filter_map(|(_, v)| Some((v.outlet.as_deref()?, 0))).collect();
    let ends = drawn.first().zip(drawn.last());
    let ends = ends.map(|(a, b)| format!("; first {}, last {}", svg::one_line(&a.1.label), svg::one_line(&b.1.label)));
    let count = |n: usize, one: &str, more: &str| if n == 1 { format!("one {one}") } else { format!("{n} {more}") };
    let summary = format!(
        "{} from {}, {}{}.",
        count(drawn.len(), "value", "values"),
        count(outlets.len(), "outlet", "outlets"),
        stretch(first, last),
        ends.unwrap_or_default()
    );
    let mut svg = draw(title, &summary, &drawn, WIDE, "pic-wide");
    svg.push_str(&draw(title, &summary, &drawn, NARROW, "pic-narrow"));
    Some(Picture { title: svg::one_line(title), summary, svg, words: words(values) })
}

/// Values from bottom to top.
struct Measure {
    low: f64,
    high: f64,
    factors: bool,
    ticks: Vec<f64>,
}

impl Measure {
    fn of(drawn: &[(When, &Value)]) -> Measure {
        let all = drawn.iter().flat_map(|(_, v)| {
            let (a, b) = v.range.unwrap_or((v.value, v.value));
            [v.value, a, b].into_iter().filter(|x| x.abs() <= LARGEST)
        });
        let (low, high) = all.fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
        if low > 0.0 && high / low >= FACTORS_FROM {
            let (from, to) = (low.log10().floor() as i32, high.log10().ceil() as i32);
            let step = ((to - from) / 6).max(1) as usize;
            let ticks: Vec<f64> = (from..=to).step_by(step).map(|p| 10f64.powi(p)).collect();
            return Measure { low: 10f64.powi(from), high: 10f64.powi(to), factors: true, ticks };
        }
        // from nothing where that is not far, so that a small change looks small
        let from = if low > 0.0 && low < 0.6 * high { 0.0 } else { low };
        // and values that are nearly one lie near each other
        let margin = if high - from < 0.1 * high.abs() { high.abs() * 0.1 } else { f64::from(u8::from(from == high)) };
        let ticks = round_numbers(from - margin, high + margin, 5);
        let (low, high) = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
        Measure { low, high, factors: false, ticks }
    }

    fn y(&self, value: f64, (top, bottom): (f64, f64)) -> f64 {
        let of = |v: f64| if self.factors { v.max(f64::MIN_POSITIVE).log10() } else { v };
        let (low, high) = (of(self.low), of(self.high));
        let share = if high > low { (of(value) - low) / (high - low) } else { 0.5 };
        bottom - share.clamp(0.0, 1.0) * (bottom - top)
    }
}

/// "20", "1,500", "2.5 M".
fn tick_words(value: f64) -> String {
    for (size, word) in [(1e12, " tn"), (1e9, " bn"), (1e6, " M")] {
        if value.abs() >= size {
            return format!("{}{word}", rounded(value / size));
        }
    }
    let text = rounded(value);
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(w, f)| (w, format!(".{f}")));
    match whole.strip_prefix('-').unwrap_or(whole).len() {
        5.. => {
            let cut = whole.len() - 3;
            format!("{},{}{rest}", whole.get(..cut).unwrap_or_default(), whole.get(cut..).unwrap_or_default())
        }
        _ => text,
    }
}

fn rounded(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn draw(title: &str, summary: &str, drawn: &[(When, &Value)], width: f64, class: &str) -> String {
    let measure = Measure::of(drawn);
    let ticks: Vec<(f64, String)> = measure.ticks.iter().map(|t| (*t, tick_words(*t))).collect();
    let left = ticks.iter().map(|t| text_width(&t.1, SIZE)).fold(0.0, f64::max) + 12.0;
    let (top, bottom) = (16.0, 16.0 + HEIGHT);
    let stretches: Vec<(f64, f64)> = drawn.iter().map(|(w, _)| (w.start, w.end)).collect();
    let Some(scale) = TimeScale::new(&stretches, (left + 6.0, width - 18.0), false) else { return String::new() };
    let mut inner = String::new();
    for (value, words) in &ticks {
        let y = measure.y(*value, (top, bottom));
        svg::line(&mut inner, "pic-grid", (left, y), (width - 8.0, y));
        svg::text(&mut inner, "pic-tick", (left - 6.0, y + 4.0), "end", words);
    }
    scale.draw(&mut inner, bottom);
    let points: Vec<(f64, f64)> =
        drawn.iter().map(|(w, v)| (scale.x(w.middle()), measure.y(v.value, (top, bottom)))).collect();
    lines(&mut inner, drawn, &points);
    let mut taken = Taken::default();
    for ((_, value), (x, y)) in drawn.iter().zip(&points) {
        taken.hold(Rect::around((*x, *y), if value.bound == Bound::About { 8.0 } else { 5.0 }));
        match value.bound {
            Bound::AtLeast => taken.hold(Rect { x: x - 3.0, y: y - 16.0, width: 6.0, height: 16.0 }),
            Bound::AtMost => taken.hold(Rect { x: x - 3.0, y: *y, width: 6.0, height: 16.0 }),
            Bound::Exact | Bound::About => {}
        }
    }
    let page = Rect { x: left, y: 2.0, width: width - left - 2.0, height: bottom - 2.0 };
    for ((_, value), point) in drawn.iter().zip(&points) {
        let ends = value.range.map(|(a, b)| (measure.y(a, (top, bottom)), measure.y(b, (top, bottom))));
        let mut mark = shape(value, *point, ends);
        let name = fitted(&value.label, SIZE, 125.0);
        let with_outlet = value.outlet.as_deref().map(|o| format!("{name} {}", fitted(o, SIZE, 150.0)));
        let spot = with_outlet.and_then(|w| spot(&mut taken, &page, &w, *point).map(|s| (s, w)));
        let spot = spot.or_else(|| self::spot(&mut taken, &page, &name, *point).map(|s| (s, name.clone())));
        if let Some(((at, anchor), words)) = spot {
            svg::text(&mut mark, "pic-label", at, anchor, &words);
        }
        svg::linked(&mut inner, value.href.as_deref(), &told(value), &mark);
    }
    let mut height = bottom + BELOW;
    height += legend(&mut inner, drawn, (width, height));
    let links = drawn.iter().any(|(_, v)| svg::href(v.href.as_deref()).is_some());
    let class = format!("pic-course {class}");
    Frame { class: &class, width, height, title, summary, links }.around(&inner)
}

fn told(value: &Value) -> String {
    let mut out: Vec<String> = vec![svg::one_line(&value.label)];
    out.extend(value.outlet.as_deref().map(svg::one_line));
    out.extend(value.day.as_deref().map(|d| short(d.get(..10).unwrap_or(d))));
    if value.mark != Mark::Alone {
        out.push(value.mark.words().0.to_owned());
    }
    out.join(", ")
}

/// A line through the values of each outlet that gives two or more in one series.
fn lines(out: &mut String, drawn: &[(When, &Value)], points: &[(f64, f64)]) {
    type Series<'a> = (&'a str, Option<&'a str>);
    let mut by: BTreeMap<Series, Vec<(f64, f64)>> = BTreeMap::new();
    for ((_, value), point) in drawn.iter().zip(points) {
        if let Some(outlet) = value.outlet.as_deref() {
            by.entry((outlet, value.series.as_deref())).or_default().push(*point);
        }
    }
    for points in by.values() {
        // where an outlet gives several values of one day none of them is the one to go on from
        let alone = |p: &(f64, f64)| points.iter().filter(|q| q.0 == p.0).count() == 1;
        for pair in points.windows(2) {
            if let [a, b] = pair
                && alone(a)
                && alone(b)
            {
                svg::line(out, "pic-course-line", *a, *b);
            }
        }
    }
}

/// The mark of a value, by how it stands to the others and how exact it is.
fn shape(value: &Value, (x, y): (f64, f64), ends: Option<(f64, f64)>) -> String {
    let mut out = String::new();
    if let Some((low, high)) = ends.filter(|(low, high)| (low - high).abs() > 1.0) {
        svg::line(&mut out, "pic-range", (x, low), (x, high));
    }
    match value.bound {
        Bound::AtLeast => arrow(&mut out, (x, y), -1.0),
        Bound::AtMost => arrow(&mut out, (x, y), 1.0),
        Bound::About => out.push_str(&svg::dot("pic-ring", (x, y), 7.5)),
        Bound::Exact => {}
    }
    out.push_str(&sign(value.mark, (x, y)));
    out
}

fn arrow(out: &mut String, (x, y): (f64, f64), way: f64) {
    let tip = y + way * 15.0;
    let (x0, x1, back) = (num(x - 3.0), num(x + 3.0), num(tip - way * 4.0));
    let (x, y, tip) = (num(x), num(y), num(tip));
    let _ = write!(out, "<path class=\"pic-arrow\" d=\"M{x} {y}V{tip}M{x0} {back}L{x} {tip}L{x1} {back}\"/>");
}

fn sign(mark: Mark, (x, y): (f64, f64)) -> String {
    let class = format!("pic-sign {}", mark.words().1);
    let corners = |points: &[(f64, f64)]| {
        let all: Vec<String> = points.iter().map(|(dx, dy)| format!("{} {}", num(x + dx), num(y + dy))).collect();
        format!("<path class=\"{class}\" d=\"M{}z\"/>", all.join("L"))
    };
    match mark {
        Mark::Alone | Mark::Agrees => svg::dot(&class, (x, y), 3.6),
        Mark::Compatible => svg::dot(&class, (x, y), 3.4),
        Mark::Updated => corners(&[(0.0, -4.8), (4.6, 3.6), (-4.6, 3.6)]),
        Mark::Differs => corners(&[(0.0, -5.0), (5.0, 0.0), (0.0, 5.0), (-5.0, 0.0)]),
    }
}

fn spot(taken: &mut Taken, page: &Rect, words: &str, (x, y): (f64, f64)) -> Option<((f64, f64), &'static str)> {
    let spots = [
        ((x + 9.0, y + 4.0), "start"),
        ((x - 9.0, y + 4.0), "end"),
        ((x, y - 10.0), "middle"),
        ((x, y + 19.0), "middle"),
        ((x + 5.0, y - 9.0), "start"),
        ((x - 5.0, y - 9.0), "end"),
    ];
    spots.into_iter().find(|(at, anchor)| {
        let room = Rect::of_text(words, SIZE, *at, anchor);
        room.within(page) && taken.take(&[room])
    })
}

/// The marks that occur; says how high it is.
fn legend(out: &mut String, drawn: &[(When, &Value)], (width, top): (f64, f64)) -> f64 {
    let used: Vec<Mark> = Mark::ALL.into_iter().filter(|m| drawn.iter().any(|(_, v)| v.mark == *m)).collect();
    if used.iter().all(|m| *m == Mark::Alone) {
        return 0.0;
    }
    let (mut x, mut y) = (8.0, top + 8.0);
    for mark in used {
        let words = mark.words().0;
        let long = 12.0 + text_width(words, SIZE) + 16.0;
        if x + long > width {
            (x, y) = (8.0, y + 17.0);
        }
        out.push_str(&sign(mark, (x, y)));
        svg::text(out, "pic-how", (x + 10.0, y + 4.0), "start", words);
        x += long;
    }
    y + 12.0 - top
}

fn words(values: &[Value]) -> String {
    let mut order: Vec<&Value> = values.iter().collect();
    order.sort_by(|a, b| {
        let key = |v: &Value| (v.day.is_none(), v.day.clone());
        key(a).cmp(&key(b)).then(a.value.total_cmp(&b.value))
    });
    let mut out = String::from(
        "<table class=\"pic-values\"><thead><tr><th scope=\"col\">When</th><th scope=\"col\">Value</th><th scope=\"col\">Words</th><th scope=\"col\">Who gives it</th><th scope=\"col\">Others</th></tr></thead>\n<tbody>\n",
    );
    for v in order.iter().take(MOST_TOLD) {
        let day = v.day.as_deref().map_or_else(|| "no date".to_owned(), |d| short(d.get(..10).unwrap_or(d)));
        let givers: Vec<String> = v.giver.iter().chain(&v.outlet).map(|g| svg::one_line(g)).collect();
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            svg::text_of(&day),
            svg::anchor(v.href.as_deref(), &v.label),
            svg::text_of(&v.words),
            svg::text_of(&givers.join(", ")),
            v.mark.words().0
        );
    }
    out.push_str("</tbody></table>\n");
    if values.len() > MOST_TOLD {
        let _ = writeln!(out, "<p>{} more</p>", values.len() - MOST_TOLD);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(day: &str, value: f64, outlet: &str) -> Value {
        Value {
            day: Some(day.to_owned()),
            value,
            label: rounded(value),
            outlet: Some(outlet.to_owned()),
            ..Value::default()
        }
    }

    #[test]
    fn one_value_and_values_of_any_size_are_drawn() {
        for values in [
            vec![value("2026-04-03", 14.0, "Ledger")],
            vec![value("2026-04-03", 0.0, "Ledger"), value("2026-04-04", 0.0, "Ledger")],
            vec![value("2026-04-03", 1e-12, "Ledger"), value("2026", 1e18, "Courier")],
            vec![value("2026-04-03", 1e18, "Ledger"), value("2026-04-03", -1e18, "Ledger")],
            vec![value("2026-04-03", -4.0, "Ledger"), value("2026-04-03", 9.0, "Ledger")],
        ] {
            let picture = course("Dead", &values).unwrap();
            assert!(!picture.svg.contains("NaN") && !picture.svg.contains("inf"), "{}", picture.svg);
        }
        assert_eq!(course("Dead", &[value("2026", f64::NAN, "Ledger"), value("2026", f64::MAX, "Ledger")]), None);
        assert_eq!(course("Dead", &[Value { day: None, ..value("", 1.0, "Ledger") }]), None);
    }

    #[test]
    fn ticks_read_well() {
        assert_eq!(
            [20.0, 1500.0, 25_000.0, 2.5e6, -0.0, 0.25].map(tick_words),
            ["20", "1500", "25,000", "2.5 M", "0", "0.25"]
        );
        assert_eq!(tick_words(150_000.0), "150,000");
    }
}
