//! `dateline verify`: whether what a brief quotes still stands in the captures it came from.

use super::{DONE, some_failed};
use crate::args::VerifyArgs;
use crate::commands::read;
use crate::{help, library, output, stream};
use anyhow::{Context, Result};
use dateline_article::Help;
use dateline_brief::sources::SourcePage;
use dateline_brief::verify::{self, Held, Placed, Status, Verified};
use dateline_brief::{quoted, shown};
use dateline_capture::{Capture, digest};
use dateline_lexicon::Lexicon;
use dateline_store::{ErrorKind, Library};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

/// Bytes of a brief that are read; the reader of briefs refuses fewer.
const MOST_BYTES: u64 = 65 << 20;
/// Places that are printed for people; `--json` prints all.
const SHOWN: usize = 40;

/// What pages are read by.
struct Reader {
    lexicon: Lexicon,
    help: Help,
}

/// Runs the command.
pub fn run(args: &VerifyArgs) -> Result<ExitCode> {
    let name = args.brief.display().to_string();
    let brief = verify::read(&bytes(&args.brief)?).with_context(|| name.clone())?;
    let lexicon = Lexicon::shipped();
    let found = if args.paths.is_empty() {
        let shelf = library::open(&args.library)?;
        let reader = Reader { lexicon, help: help::of_library(shelf.dir())?.help };
        verify::verify(&brief, |page| in_library(&shelf, page, &reader))
    } else {
        let sites = help::rules(args.rules.as_deref())?;
        let reader = Reader { lexicon, help: Help { sites, lines: help::lines(&args.paths) } };
        let captures = in_files(&args.paths, &brief.sources.pages)?;
        verify::verify(&brief, |page| captures.get(&page.id).map_or(Held::Missing, |c| held(c, &reader)))
    };
    if args.json {
        shapes(&found)?;
    } else {
        told(&name, &found)?;
    }
    Ok(if found.holds() { DONE } else { some_failed() })
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let name = || format!("cannot read {}", path.display());
    if path.as_os_str() == "-" {
        std::io::stdin().lock().take(MOST_BYTES).read_to_end(&mut out)?;
    } else {
        std::fs::File::open(path).and_then(|f| f.take(MOST_BYTES).read_to_end(&mut out)).with_context(name)?;
    }
    Ok(out)
}

/// The capture by its name, or by its digest where a library gave it another name.
fn in_library(shelf: &Library, page: &SourcePage, reader: &Reader) -> Held {
    let mut found = shelf.capture(&page.id);
    if let (Err(e), Some(digest)) = (&found, &page.digest)
        && matches!(e.kind(), ErrorKind::NotFound { .. })
    {
        found = shelf.capture(digest);
    }
    match found {
        Ok(capture) => held(&capture, reader),
        Err(e) if matches!(e.kind(), ErrorKind::NotFound { .. }) => Held::Missing,
        Err(e) => Held::Damaged(e.to_string()),
    }
}

/// Those captures among files that a brief names.
fn in_files(paths: &[std::path::PathBuf], pages: &[SourcePage]) -> Result<BTreeMap<String, Capture>> {
    let mut out = BTreeMap::new();
    let named: BTreeSet<&str> = pages.iter().map(|p| p.id.as_str()).collect();
    for path in paths {
        for capture in read::captures(path, false)? {
            match capture {
                Ok(capture) if named.contains(capture.id.as_str()) => drop(out.insert(capture.id.clone(), capture)),
                Ok(_) => {}
                Err(e) => output::say(&e.to_string()),
            }
        }
    }
    Ok(out)
}

/// A capture read anew, by the rules of now.
fn held(capture: &Capture, reader: &Reader) -> Held {
    let mut beside = String::new();
    let text = match stream::guarded(capture, &reader.lexicon, &reader.help) {
        Ok(report) => {
            let asides = report.article.asides.iter().map(|a| a.text.as_str());
            for words in report.article.title.as_deref().into_iter().chain(asides) {
                beside.push_str(&dateline_brief::escape_html(words));
                beside.push_str("<br>");
            }
            Ok(report.article.text)
        }
        Err(e) => Err(e.to_string()),
    };
    beside.push_str(&String::from_utf8_lossy(&capture.bytes));
    Held::Here { digest: digest(&capture.bytes), text, beside }
}

const STATUSES: [Status; 4] = [Status::Stands, Status::Elsewhere, Status::Changed, Status::Missing];

/// One object a place that does not stand as it stood, or every place; last one that says how many of each.
fn shapes(found: &Verified) -> std::io::Result<()> {
    for p in &found.places {
        let shape = serde_json::json!({
            "page": p.page, "span": p.span, "words": p.words, "status": p.status.word(), "now": p.now,
            "why": (!p.why.is_empty()).then_some(&p.why),
        });
        output::line(&dateline_brief::json::one_line(&shape))?;
    }
    let counts: BTreeMap<&str, usize> = STATUSES.iter().map(|s| (s.word(), found.count(*s))).collect();
    let page = |p: &verify::PageCheck| serde_json::json!({"page": p.page.page, "id": p.page.id, "digest": p.page.digest, "wrong": p.why});
    let last = serde_json::json!({
        "form": found.form.word(), "version": found.version, "holds": found.holds(), "counts": counts,
        "altered": found.altered, "pages": found.pages.iter().map(page).collect::<Vec<_>>(),
    });
    output::line(&dateline_brief::json::one_line(&last))
}

fn told(name: &str, found: &Verified) -> std::io::Result<()> {
    let (pages, places) = (found.pages.len(), found.places.len());
    output::line(&format!("{name}: pages {pages} · places {places} · made by {}", shown(&found.version)))?;
    for p in found.pages.iter().filter_map(|p| Some((p, p.why.as_ref()?))) {
        let from = p.0.page.source.as_deref().unwrap_or("no address");
        output::line(&format!("[{}] {}: {}", p.0.page.page, shown(from), shown(p.1)))?;
    }
    let worth = |p: &&Placed| p.status != Status::Stands;
    for p in found.places.iter().filter(worth).take(SHOWN) {
        let now = p.now.map(|[a, b]| format!(", now {a} to {b}")).unwrap_or_default();
        let what = format!("[{}:{}] {}{now}", p.page, p.span[0], p.status.word());
        output::line(&format!("{what}: {} ({})", quoted(&shown(&p.words)), shown(&p.why)))?;
    }
    let more = found.places.iter().filter(worth).count().saturating_sub(SHOWN);
    if more > 0 {
        output::line(&format!("… and {more} more (--json lists all)"))?;
    }
    for what in &found.altered {
        output::line(&format!("altered brief: {}", shown(what)))?;
    }
    let counts: Vec<String> = STATUSES.iter().map(|s| format!("{} {}", s.word(), found.count(*s))).collect();
    let brief = if found.altered.is_empty() { "the brief is as it was made" } else { "the brief was altered" };
    output::line(&format!("{} · {brief}", counts.join(" · ")))
}
