//! From letters in places to lines and paragraphs: joins what was broken to fit a column, and leaves out what stands
//! on each page.

use super::content::Letter;
use std::collections::BTreeMap;

/// Share of a letter's size that a gap must have to be a blank: fonts' own blanks have a quarter.
const BLANK: f64 = 0.18;
/// Distance of two lines, in sizes, from which they are two paragraphs whatever the page's own distance is.
const FAR: f64 = 2.2;
/// Lines at a page's top and bottom among which those are looked for that stand on each page.
const EDGE: usize = 3;

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    text: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
}

/// The lines of a page in the order in which it draws them; writers draw columns one after another.
pub(super) fn lines(letters: &[Letter]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for letter in letters {
        let same = out.last().is_some_and(|line| {
            let size = line.size.max(letter.size);
            (line.y - letter.y).abs() < size * 0.4 && letter.x > line.right - size && letter.x < line.right + size * 4.0
        });
        if let Some(line) = out.last_mut().filter(|_| same) {
            let gap = letter.x - line.right;
            if gap > letter.size * BLANK && !line.text.ends_with(' ') && !letter.text.starts_with(' ') {
                line.text.push(' ');
            }
            line.text.push_str(&letter.text);
            line.right = line.right.max(letter.end);
            line.size = line.size.max(letter.size);
        } else {
            let Letter { text, x, y, end, size } = letter.clone();
            out.push(Line { text, left: x, right: end, y, size });
        }
    }
    for line in &mut out {
        let text: String = line.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        line.text = spelled(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    out.retain(|line| !line.text.is_empty());
    out
}

/// Letters that fonts draw as one, spelled.
fn spelled(text: &str) -> String {
    const DRAWN: [(char, &str); 7] =
        [('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st"), ('ﬆ', "st")];
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match DRAWN.iter().find(|(drawn, _)| *drawn == c) {
            Some((_, letters)) => out.push_str(letters),
            None => out.push(c),
        }
    }
    out
}

/// The text of all pages: paragraphs, an empty line between each two.
pub(super) fn text(mut pages: Vec<Vec<Line>>) -> String {
    drop_furniture(&mut pages);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut last: Option<Line> = None;
    for page in &pages {
        let usual = usual_distance(page);
        // The right edge that most lines reach.
        let edge = edge(page);
        let mut first_of_page = true;
        for line in page {
            let goes_on = last.as_ref().is_some_and(|last| {
                let alike = (last.size - line.size).abs() <= last.size * 0.12;
                alike && if first_of_page { runs_over(last, line) } else { follows(last, line, usual, edge) }
            });
            match paragraphs.last_mut().filter(|_| goes_on) {
                Some(paragraph) => join(paragraph, &line.text),
                None => paragraphs.push(line.text.clone()),
            }
            last = Some(line.clone());
            first_of_page = false;
        }
    }
    paragraphs.join("\n\n")
}

/// The distance of most lines that follow each other, in units of the page.
fn usual_distance(page: &[Line]) -> f64 {
    let mut all: Vec<f64> = page.windows(2).map(|w| w[0].y - w[1].y).filter(|d| *d > 0.0).collect();
    all.sort_by(f64::total_cmp);
    // A little below the middle: gaps between paragraphs are the larger ones.
    all.get(all.len() * 2 / 5).copied().unwrap_or(0.0)
}

fn edge(page: &[Line]) -> f64 {
    let mut all: Vec<f64> = page.iter().map(|l| l.right).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() * 3 / 4).copied().unwrap_or(0.0)
}

/// Whether a line goes on with the paragraph of the one before it on the page.
fn follows(last: &Line, line: &Line, usual: f64, edge: f64) -> bool {
    let distance = last.y - line.y;
    let size = last.size;
    if distance < -size * 0.5 {
        // Upwards: the next column.
        return runs_over(last, line);
    }
    if distance > (usual * 1.3).max(size * 1.15) || distance > size * FAR {
        return false;
    }
    let column =
        line.right.max(last.right).max(if line.left < edge { edge.min(last.left + (edge - last.left)) } else { 0.0 });
    let short = last.right < column - (column - last.left) * 0.25;
    let indented = line.left > last.left + size * 0.8;
    let ended = last.text.ends_with(['.', '!', '?', '”', '"', ':', '»', '。']);
    let starts = line.text.starts_with(['•', '–', '—', '▪', '*']);
    !(starts || short && ended || short && column - last.right > size * 12.0 || indented && ended)
}

/// Whether a paragraph runs over a column's or page's end: it did not end, and what follows starts small.
fn runs_over(last: &Line, line: &Line) -> bool {
    let ended = last.text.ends_with(['.', '!', '?', '”', '"', ':', '»', '。']);
    !ended && line.text.starts_with(|c: char| c.is_lowercase() || c.is_numeric())
}

/// Joins a line; undoes the hyphen of a broken word.
fn join(paragraph: &mut String, line: &str) {
    let mut end = paragraph.chars().rev();
    let hyphen = matches!(end.next(), Some('-' | '\u{ad}' | '\u{2010}'));
    let broken = hyphen && end.next().is_some_and(char::is_lowercase) && line.starts_with(char::is_lowercase);
    if broken {
        paragraph.pop();
    } else if !hyphen {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

/// Leaves out lines that stand at the top or bottom of half the pages, their numbers aside.
fn drop_furniture(pages: &mut [Vec<Line>]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages.iter() {
        let mut of_page: Vec<String> = edges(page).into_iter().map(|i| without_numbers(&page[i].text)).collect();
        of_page.sort();
        of_page.dedup();
        for text in of_page {
            *seen.entry(text).or_default() += 1;
        }
    }
    let least = (pages.len() / 2).max(2);
    for page in pages.iter_mut() {
        let drop: Vec<usize> = edges(page)
            .into_iter()
            .filter(|i| {
                let text = without_numbers(&page[*i].text);
                seen.get(&text).is_some_and(|n| *n >= least) || is_number(&text)
            })
            .collect();
        let mut i = 0;
        page.retain(|_| {
            i += 1;
            !drop.contains(&(i - 1))
        });
    }
}

/// The lines that stand highest and lowest on a page, by place, whatever the order they are drawn in.
fn edges(page: &[Line]) -> Vec<usize> {
    let mut by_place: Vec<usize> = (0..page.len()).collect();
    by_place.sort_by(|a, b| page[*b].y.total_cmp(&page[*a].y).then(a.cmp(b)));
    let n = by_place.len();
    if n <= 2 * EDGE { by_place } else { [&by_place[..EDGE], &by_place[n - EDGE..]].concat() }
}

fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().map(|c| if c.is_numeric() { '#' } else { c }) {
        if !(c == '#' && out.ends_with('#')) {
            out.push(c);
        }
    }
    out
}

fn is_number(text: &str) -> bool {
    text.contains('#') && text.chars().all(|c| c == '#' || !c.is_alphanumeric())
}
