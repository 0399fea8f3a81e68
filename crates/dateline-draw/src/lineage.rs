//! Where texts come from: origins and their copies, a row each, left to right by time.

use crate::axis::{BELOW, TimeScale};
use crate::label::{fitted, width as text_width};
use crate::picture::Picture;
use crate::svg::{self, Frame, NARROW, WIDE, num};
use crate::when::{Precision, When, short};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Rows drawn; more are told in words.
const MOST_ROWS: usize = 30;
/// Rows told in words.
const MOST_TOLD: usize = 300;
/// Height of a row, and size of type.
const ROW: f64 = 22.0;
const SIZE: f64 = 12.0;
/// Depth to which rows are set in.
const DEEP: usize = 4;

/// What a text has of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Kind {
    /// Almost all.
    Verbatim,
    /// Parts, between other words.
    #[default]
    Edited,
    /// Almost all of the copy, which is shorter.
    Excerpt,
    /// One passage, a wire's paragraph: each is else a text of its own.
    Passage,
    /// All: the same page saved again.
    Recapture,
    /// The same page with words changed.
    Version,
}

impl Kind {
    /// In words, and the class of its line.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Kind::Verbatim => ("verbatim", "pic-verbatim"),
            Kind::Edited => ("edited", "pic-edited"),
            Kind::Excerpt => ("excerpt", "pic-excerpt"),
            Kind::Passage => ("a passage in common", "pic-passage"),
            Kind::Recapture => ("saved again", "pic-recapture"),
            Kind::Version => ("later version", "pic-version"),
        }
    }

    const ALL: [Kind; 6] = [Kind::Verbatim, Kind::Edited, Kind::Excerpt, Kind::Passage, Kind::Recapture, Kind::Version];
}

/// A text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Its outlet, or its headline where it names none.
    pub label: String,
    /// When it was published, ISO 8601, as precise as known.
    pub day: Option<String>,
    /// Whom it credits ("Reuters").
    pub credit: Option<String>,
    /// What else is known of it in words (its headline).
    pub note: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// Between a text and one that has wording of it: indices into the texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// The text that is copied, or the earlier one.
    pub from: usize,
    /// The copy.
    pub to: usize,
    /// What it has of it.
    pub kind: Kind,
    /// How much, in words ("97 %").
    pub note: String,
}

/// A row of the picture.
pub(crate) struct Row<'a> {
    pub text: &'a Text,
    /// Index of the text.
    pub index: usize,
    /// How many texts stand between it and its origin.
    pub depth: usize,
    /// The link to the text it repeats.
    pub link: Option<&'a Link>,
}

/// Texts in rows: each origin with its copies behind it, the earliest first, undated ones last. A text repeats the one
/// that the first link to it names; passages in common make no copy. A circle is cut at the text that comes first.
pub(crate) fn rows<'a>(texts: &'a [Text], links: &'a [Link]) -> Vec<Row<'a>> {
    let mut parent: Vec<Option<&Link>> = vec![None; texts.len()];
    for link in links {
        let real = link.kind != Kind::Passage && link.from < texts.len() && link.from != link.to;
        if let Some(slot) = parent.get_mut(link.to).filter(|p| real && p.is_none()) {
            *slot = Some(link);
        }
    }
    let key = |i: &usize| {
        let start = texts[*i].day.as_deref().and_then(When::read).map(|w| w.start);
        (start.is_none(), start.map_or(0, |s| (s * 1440.0).round() as i64), *i)
    };
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); texts.len()];
    for (i, link) in parent.iter().enumerate() {
        if let Some(link) = link {
            children[link.from].push(i);
        }
    }
    children.iter_mut().for_each(|c| c.sort_by_key(key));
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(key);
    let (roots, rest): (Vec<usize>, Vec<usize>) = order.into_iter().partition(|i| parent[*i].is_none());
    let mut out = Vec::with_capacity(texts.len());
    let mut done = BTreeSet::new();
    // what is left after the roots stands in a circle
    for root in roots.into_iter().chain(rest) {
        let mut stack = vec![(root, 0, None)];
        while let Some((index, depth, link)) = stack.pop() {
            if !done.insert(index) {
                continue;
            }
            out.push(Row { text: &texts[index], index, depth, link });
            stack.extend(children[index].iter().rev().map(|c| (*c, depth + 1, parent[*c])));
        }
    }
    out
}

/// What is said of a text: outlet, whom it credits, when, and what it is a copy of.
pub(crate) fn told(row: &Row) -> String {
    let mut out = svg::one_line(&row.text.label);
    if let Some(credit) = &row.text.credit {
        let _ = write!(out, " ({})", svg::one_line(credit));
    }
    let _ = write!(out, " · {}", row.text.day.as_deref().map_or_else(|| "no date".to_owned(), short));
    if let Some(link) = row.link {
        let _ = write!(out, " · {}", how(link));
    }
    out
}

fn how(link: &Link) -> String {
    let note = if link.note.is_empty() { String::new() } else { format!(", {}", svg::one_line(&link.note)) };
    format!("{}{note}", link.kind.words().0)
}

/// Origins and their copies: a row a text, copies behind what they repeat, left to right by time. `None` without texts.
pub fn lineage(title: &str, texts: &[Text], links: &[Link]) -> Option<Picture> {
    if texts.is_empty() {
        return None;
    }
    let rows = rows(texts, links);
    let origins = rows.iter().filter(|r| r.link.is_none()).count();
    let count = |n: usize, one: &str, more: &str| if n == 1 { format!("one {one}") } else { format!("{n} {more}") };
    let mut summary = format!(
        "{}: {}, {}",
        count(texts.len(), "text", "texts"),
        count(origins, "origin", "origins"),
        count(texts.len() - origins, "copy", "copies")
    );
    if rows.len() > MOST_ROWS {
        let _ = write!(summary, "; the first {MOST_ROWS} are drawn");
    }
    let shown = rows.get(..MOST_ROWS).unwrap_or(&rows);
    let mut svg = draw(title, &summary, shown, links, WIDE, "pic-wide");
    svg.push_str(&draw(title, &summary, shown, links, NARROW, "pic-narrow"));
    let words = words(&rows, links);
    Some(Picture { title: svg::one_line(title), summary, svg, words })
}

fn draw(title: &str, summary: &str, rows: &[Row], links: &[Link], width: f64, class: &str) -> String {
    let wide = width > NARROW;
    let longest =
        rows.iter().map(|r| indent(r) + text_width(&svg::one_line(&r.text.label), SIZE) + 6.0).fold(0.0, f64::max);
    let credits = rows.iter().filter(|r| r.text.credit.is_some());
    let with_credit = credits.map(|r| text_width(&named(r), SIZE) + indent(r) + 6.0).fold(longest, f64::max);
    let column = with_credit.clamp(90.0, width * if wide { 0.36 } else { 0.46 });
    let whens: Vec<Option<When>> = rows.iter().map(|r| r.text.day.as_deref().and_then(When::read)).collect();
    let undated = whens.iter().any(Option::is_none);
    let left = column + if undated { 40.0 } else { 14.0 };
    let right = width - if wide { 96.0 } else { 16.0 };
    let stretches: Vec<(f64, f64)> = whens.iter().flatten().map(|w| (w.start, w.end)).collect();
    let clock = whens.iter().flatten().any(|w| w.precision == Precision::Minute);
    let scale = TimeScale::new(&stretches, (left, right), clock);
    let place = |row: usize| -> (f64, f64) {
        let y = 14.0 + row as f64 * ROW;
        let x = match (&whens[row], &scale) {
            (Some(w), Some(scale)) => scale.x(w.start),
            _ => column + 14.0,
        };
        (x, y)
    };
    let bottom = 14.0 + rows.len() as f64 * ROW;
    let mut inner = String::new();
    edges(&mut inner, rows, links, &place);
    for (i, row) in rows.iter().enumerate() {
        let mut mark = String::new();
        let (x, y) = place(i);
        let room = column - indent(row) - 6.0;
        svg::text(&mut mark, "pic-label", (indent(row), y + 4.0), "start", &fitted(&named(row), SIZE, room));
        if let (Some(when), Some(scale)) = (&whens[i], &scale)
            && when.precision < Precision::Minute
        {
            let end = scale.x(when.end);
            mark.push_str(&svg::bar("pic-while", (x, y - 2.0), (end - x, 4.0)));
        }
        let class = if row.link.is_none() { "pic-dot" } else { "pic-dot pic-copy" };
        mark.push_str(&svg::dot(class, (x, y), if row.link.is_none() { 5.0 } else { 4.0 }));
        if let Some(link) = row.link.filter(|_| wide) {
            let parent = rows.iter().position(|r| r.index == link.from).map_or(x, |p| place(p).0);
            let end = whens[i].as_ref().zip(scale.as_ref()).map_or(parent.max(x), |(w, s)| s.x(w.end).max(x));
            let words = fitted(&how(link), SIZE * 0.9, width - end - 12.0);
            svg::text(&mut mark, "pic-how", (end + 9.0, y + 4.0), "start", &words);
        }
        let note =
            if row.text.note.is_empty() { String::new() } else { format!(": {}", svg::one_line(&row.text.note)) };
        svg::linked(&mut inner, row.text.href.as_deref(), &format!("{}{note}", told(row)), &mark);
    }
    let mut height = bottom;
    if let Some(scale) = &scale {
        scale.draw(&mut inner, bottom);
        height += BELOW;
    }
    if undated {
        svg::text(&mut inner, "pic-tick", (column + 14.0, bottom + 18.0), "middle", "no date");
        height = height.max(bottom + 24.0);
    }
    height += legend(&mut inner, rows, links, (width, height));
    let links = rows.iter().any(|r| svg::href(r.text.href.as_deref()).is_some());
    let class = format!("pic-lineage {class}");
    Frame { class: &class, width, height, title, summary, links }.around(&inner)
}

fn indent(row: &Row) -> f64 {
    2.0 + row.depth.min(DEEP) as f64 * 13.0
}

fn named(row: &Row) -> String {
    let credit = row.text.credit.as_deref().map(|c| format!(" · {}", svg::one_line(c))).unwrap_or_default();
    format!("{}{credit}", svg::one_line(&row.text.label))
}

/// Lines from what is copied down and along to the copy; passages in common as bows.
fn edges(out: &mut String, rows: &[Row], links: &[Link], place: &dyn Fn(usize) -> (f64, f64)) {
    let row_of = |index: usize| rows.iter().position(|r| r.index == index);
    for (i, row) in rows.iter().enumerate() {
        let Some((link, from)) = row.link.and_then(|l| Some((l, row_of(l.from)?))) else { continue };
        let ((x1, y1), (x2, y2)) = (place(from), place(i));
        let _ = write!(
            out,
            "<path class=\"pic-edge {}\" d=\"M{} {}V{}H{}\"/>",
            link.kind.words().1,
            num(x1),
            num(y1),
            num(y2),
            num(x2)
        );
    }
    for link in links.iter().filter(|l| l.kind == Kind::Passage) {
        let (Some(a), Some(b)) = (row_of(link.from), row_of(link.to)) else { continue };
        let ((x1, y1), (x2, y2)) = (place(a), place(b));
        let bow = x1.min(x2) - 14.0;
        let _ = write!(
            out,
            "<path class=\"pic-edge {}\" d=\"M{} {}C{} {} {} {} {} {}\"/>",
            link.kind.words().1,
            num(x1),
            num(y1),
            num(bow),
            num(y1),
            num(bow),
            num(y2),
            num(x2),
            num(y2)
        );
    }
}

/// The kinds of line that occur; says how high it is.
fn legend(out: &mut String, rows: &[Row], links: &[Link], (width, top): (f64, f64)) -> f64 {
    let used: BTreeSet<Kind> = rows
        .iter()
        .filter_map(|r| r.link.map(|l| l.kind))
        .chain(links.iter().map(|l| l.kind).filter(|k| *k == Kind::Passage))
        .collect();
    if used.is_empty() {
        return 0.0;
    }
    let (mut x, mut y) = (2.0, top + 10.0);
    for kind in Kind::ALL.into_iter().filter(|k| used.contains(k)) {
        let (words, class) = kind.words();
        let long = 34.0 + text_width(words, SIZE * 0.9) + 14.0;
        if x + long > width && x > 2.0 {
            (x, y) = (2.0, y + 17.0);
        }
        svg::line(out, &format!("pic-edge {class}"), (x, y), (x + 26.0, y));
        svg::text(out, "pic-how", (x + 32.0, y + 4.0), "start", words);
        x += long;
    }
    y + 12.0 - top
}

fn words(rows: &[Row], links: &[Link]) -> String {
    let mut out = String::from("<ul class=\"pic-lineage-words\">\n");
    let mut open = 0;
    for (i, row) in rows.iter().take(MOST_TOLD).enumerate() {
        let depth = row.depth.min(DEEP);
        if i > 0 && depth > open {
            out.push_str("<ul>\n");
            open += 1;
        } else if i > 0 {
            out.push_str("</li>\n");
            while open > depth {
                out.push_str("</ul></li>\n");
                open -= 1;
            }
        }
        let note = if row.text.note.is_empty() { String::new() } else { format!(": {}", svg::text_of(&row.text.note)) };
        let _ = write!(out, "<li>{}{note}", svg::anchor(row.text.href.as_deref(), &told(row)));
    }
    out.push_str(if rows.is_empty() { "" } else { "</li>\n" });
    for _ in 0..open {
        out.push_str("</ul></li>\n");
    }
    out.push_str("</ul>\n");
    if rows.len() > MOST_TOLD {
        let _ = writeln!(out, "<p>{} more</p>", rows.len() - MOST_TOLD);
    }
    let name = |index: usize| rows.iter().find(|r| r.index == index).map(|r| svg::text_of(&r.text.label));
    let passages = links.iter().filter(|l| l.kind == Kind::Passage).filter_map(|l| Some((name(l.from)?, name(l.to)?)));
    for (a, b) in passages.take(MOST_TOLD) {
        let _ = writeln!(out, "<p>A passage in common: {a}, {b}</p>");
    }
    out
}
