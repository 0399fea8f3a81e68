//! Lines that an outlet's text captures repeat: menus, notices, boxes. Learned from a set of captures that the caller
//! names, so that reading one capture stays a pure function of the capture and the set.

use dateline_capture::{Capture, Payload};
use dateline_text::fold;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// Captures of one outlet, with headlines of their own, in which a line that is no running text must stand.
const LEAST: usize = 3;
/// The same for running text: follow-ups of one story repeat whole paragraphs of background.
const LEAST_OF_TEXT: usize = 4;
/// Of ten captures of the outlet, how many must hold a line of running text.
const TENTHS_OF_TEXT: usize = 5;
/// Longest line that is learned, in bytes.
const LONGEST: usize = 600;

/// What a table of lines begins with.
const HEAD: &str = "# Lines that outlets repeat: host or name of the outlet, the line in folded letters. Made by `dateline rebuild --learn`.\n";

/// The lines that each outlet repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutletLines {
    /// Outlet → folded lines.
    by_outlet: BTreeMap<String, BTreeSet<String>>,
}

/// What is known of one outlet while learning.
#[derive(Default)]
struct Seen {
    /// Headlines of its captures: copies of one article are one.
    headlines: BTreeSet<String>,
    /// Folded line → the headlines it stood with, and whether it stood in running text.
    lines: BTreeMap<String, (BTreeSet<String>, bool)>,
}

impl OutletLines {
    /// Learns from captures of text; others are passed over. Neither order nor repetition of captures matters.
    /// No more than the lines of one capture at a time are held beside what is counted.
    pub fn learn<C: Borrow<Capture>>(captures: impl IntoIterator<Item = C>) -> OutletLines {
        let mut all: BTreeMap<String, Seen> = BTreeMap::new();
        for capture in captures {
            let capture = capture.borrow();
            if capture.payload != Payload::Text {
                continue;
            }
            let Ok(article) = crate::find(capture) else { continue };
            let Some(outlet) = key(capture, article.outlet.as_deref()) else { continue };
            let Ok(text) = std::str::from_utf8(&capture.bytes) else { continue };
            let headline = fold(article.title.as_deref().unwrap_or(&capture.id));
            let body: BTreeSet<String> = article.blocks.iter().map(|b| fold(b.span.of(&article.text))).collect();
            let seen = all.entry(outlet).or_default();
            seen.headlines.insert(headline.clone());
            for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && l.len() <= LONGEST) {
                let line = fold(line);
                let (with, is_text) = seen.lines.entry(line.clone()).or_default();
                with.insert(headline.clone());
                *is_text |= body.contains(&line);
            }
        }
        let repeated = |seen: Seen| -> BTreeSet<String> {
            let captures = seen.headlines.len();
            let often = |with: usize, is_text: bool| {
                if is_text { with >= LEAST_OF_TEXT && with * 10 >= captures * TENTHS_OF_TEXT } else { with >= LEAST }
            };
            seen.lines.into_iter().filter(|(_, (with, is_text))| often(with.len(), *is_text)).map(|(l, _)| l).collect()
        };
        let by_outlet = all.into_iter().map(|(outlet, seen)| (outlet, repeated(seen)));
        OutletLines { by_outlet: by_outlet.filter(|(_, lines)| !lines.is_empty()).collect() }
    }

    /// What was learned as a table, one line of it an outlet and a line, sorted: the same lines give the same table.
    pub fn table(&self) -> String {
        let mut out = String::from(HEAD);
        for (outlet, lines) in self.by_outlet.iter().filter(|(o, _)| !o.contains('\t') && !o.starts_with('#')) {
            for line in lines {
                out.push_str(&format!("{outlet}\t{line}\n"));
            }
        }
        out
    }

    /// Reads such a table back; lines without an outlet are passed over.
    pub fn parse(table: &str) -> OutletLines {
        let mut by_outlet: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (outlet, line) in table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')) {
            by_outlet.entry(outlet.to_owned()).or_default().insert(fold(line));
        }
        OutletLines { by_outlet }
    }

    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.by_outlet.is_empty()
    }

    /// How many lines were learned, of all outlets.
    pub fn len(&self) -> usize {
        self.by_outlet.values().map(BTreeSet::len).sum()
    }

    /// The lines that the outlet of a capture repeats; `found` is the outlet its own text names.
    pub(crate) fn of(&self, capture: &Capture, found: Option<&str>) -> Option<&BTreeSet<String>> {
        self.by_outlet.get(&key(capture, found)?)
    }
}

/// The outlet of a capture: the host it came from, else the name given with it or found in it.
fn key(capture: &Capture, found: Option<&str>) -> Option<String> {
    let host = capture.source.url.as_deref().and_then(crate::html::host);
    let named = || capture.given.outlet.as_deref().or(found).map(fold);
    host.map(str::to_owned).or_else(named)
}
