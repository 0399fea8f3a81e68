//! Scores bylines against pages whose authors are known, and counts what is given where a page names nobody.
//!
//! Pages without a gold file cannot be counted: without it, nobody knows that a page has no author.

use anyhow::{Context, Result};
use dateline_article::WriterKind;
use dateline_capture::{Capture, Payload, Source};
use dateline_text::fold;
use flate2::read::MultiGzDecoder;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What is known of a page.
#[derive(Debug, Deserialize)]
struct Gold {
    url: Option<String>,
    /// Absent where the set does not say who wrote its pages.
    author: Option<Vec<String>>,
}

/// What was found of a page.
struct Found {
    id: String,
    gold: Vec<String>,
    given: Vec<(String, WriterKind)>,
}

/// Counts over pages.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    /// Pages with an author, and those where exactly these are given.
    signed: usize,
    right: usize,
    /// Authors of the gold that are not given.
    lost: usize,
    /// Pages without an author; those where something is given, and those where a person is.
    unsigned: usize,
    with_any: usize,
    with_person: usize,
}

/// Each folder holds `ground-truth.json` (page → `author`, `url`) and `html/PAGE.html.gz`.
pub fn run(folders: &[PathBuf]) -> Result<()> {
    for folder in folders {
        let pages = pages(folder)?;
        let mut tally = Tally::default();
        for page in &pages {
            tally.count(page);
            tell(page);
        }
        print!("{}", tally.table(&folder.display().to_string()));
    }
    Ok(())
}

fn pages(folder: &Path) -> Result<Vec<Found>> {
    let file = folder.join("ground-truth.json");
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let gold: BTreeMap<String, Gold> = serde_json::from_str(&text)?;
    let known = gold.into_par_iter().filter_map(|(id, g)| Some((id, g.url, g.author?)));
    known.map(|(id, url, gold)| found(folder, id, url, gold)).collect()
}

fn found(folder: &Path, id: String, url: Option<String>, gold: Vec<String>) -> Result<Found> {
    let file = folder.join("html").join(format!("{id}.html.gz"));
    let mut bytes = Vec::new();
    let packed = File::open(&file).with_context(|| format!("cannot open {}", file.display()))?;
    MultiGzDecoder::new(packed).read_to_end(&mut bytes)?;
    let source = Source { url, ..Source::default() };
    let capture = Capture::new(bytes, Payload::Html, source);
    let article = dateline_article::find(&capture).ok();
    let given = article.map(|a| a.bylines.iter().cloned().zip(a.writers()).collect()).unwrap_or_default();
    Ok(Found { id, gold, given })
}

/// Names as a set, folded, marks left out.
fn set<'n>(names: impl Iterator<Item = &'n String>) -> BTreeSet<String> {
    let words = |n: &String| {
        fold(n).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
    };
    names.map(words).filter(|n| !n.is_empty()).collect()
}

impl Tally {
    fn count(&mut self, page: &Found) {
        let (gold, given) = (set(page.gold.iter()), set(page.given.iter().map(|(n, _)| n)));
        if gold.is_empty() {
            self.unsigned += 1;
            self.with_any += usize::from(!given.is_empty());
            self.with_person += usize::from(page.given.iter().any(|(_, k)| *k == WriterKind::Person));
        } else {
            self.signed += 1;
            self.right += usize::from(gold == given);
            self.lost += gold.difference(&given).count();
        }
    }

    fn table(&self, name: &str) -> String {
        format!(
            "{name}\n  pages with authors      {:>5}  exactly right {} , authors lost {}\n  pages without authors   {:>5}  \
             given any {} , given a person {}\n",
            self.signed, self.right, self.lost, self.unsigned, self.with_any, self.with_person
        )
    }
}

/// Says where gold and program differ.
fn tell(page: &Found) {
    if set(page.gold.iter()) != set(page.given.iter().map(|(n, _)| n)) {
        println!("{}: {:?} are the authors, given {:?}", page.id, page.gold, page.given);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(gold: &[&str], given: &[(&str, WriterKind)]) -> Found {
        let given = given.iter().map(|(n, k)| ((*n).to_owned(), *k)).collect();
        Found { id: String::new(), gold: gold.iter().map(|g| (*g).to_owned()).collect(), given }
    }

    #[test]
    fn persons_invented_are_counted_apart_from_outlets_named() {
        let mut tally = Tally::default();
        tally.count(&page(&["Ada Brook"], &[("ADA BROOK", WriterKind::Person)]));
        tally.count(&page(&["Ada Brook", "Ben Ode"], &[("Ben Ode", WriterKind::Person)]));
        tally.count(&page(&[], &[("The Harbour Post", WriterKind::Outlet)]));
        tally.count(&page(&[], &[("Ada Brook", WriterKind::Person)]));
        tally.count(&page(&[], &[]));
        let want = Tally { signed: 2, right: 1, lost: 1, unsigned: 3, with_any: 2, with_person: 1 };
        assert_eq!(tally, want);
    }
}
