//! Killed at any instant: real processes add pages, decide and rebuild, are killed with `kill -9` at seeded instants,
//! and are started again, while others read all the time. What must hold is in `trial.rs` and `readers.rs`.
//!
//! In `.ci/run` a few kills over `examples/`. More, and over other articles:
//! `DATELINE_KILLS=200 cargo test -p dateline --test kills examples`
//! `DATELINE_KILLS=200 DATELINE_KILLS_POOL=articles.jsonl.gz cargo test -p dateline --test kills -- --ignored --nocapture`

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod full_disk;
mod killer;
mod readers;
mod seeded;
mod trial;

use seeded::Seeded;
use std::io::Read;
use std::path::{Path, PathBuf};
use trial::{Pages, Told};

/// Kills in a run that asks for no other number.
const KILLS: u32 = 24;
/// Articles of one slice of the pool, at least and at most; trials share a slice, as each needs a library that was
/// never killed to be compared with.
const SLICE: (u64, u64) = (200, 500);
/// Slices of the pool.
const SLICES: u32 = 5;

fn kills() -> u32 {
    std::env::var("DATELINE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS)
}

fn tell(what: &str, told: &Told) {
    eprintln!("{what}: {} of {} kills recovered, in {} libraries", told.kills, told.kills, told.libraries);
    eprintln!("  {} questions were asked meanwhile; stopped while: {:?}", told.asked, told.moments);
}

#[test]
fn examples_survive_kills_at_any_instant() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pages = Pages::files(&support::examples().join("pages"));
    let mut told = Told::default();
    trial::run(&pages, folder.path(), kills(), &mut Seeded::new(7), &mut told);
    tell("examples", &told);
}

#[test]
#[ignore = "takes minutes, and articles of your own: see the head of this file"]
fn a_pool_of_articles_survives_kills_at_any_instant() {
    let Some(pool) = std::env::var_os("DATELINE_KILLS_POOL").map(PathBuf::from) else {
        eprintln!("skipped: DATELINE_KILLS_POOL names no file of articles, one a line");
        return;
    };
    let lines = lines(&pool);
    let mut seeded = Seeded::new(11);
    let mut told = Told::default();
    for slice in 0..SLICES {
        let many = seeded.between(SLICE.0, SLICE.1.min(lines.len() as u64)) as usize;
        let from = seeded.between(0, (lines.len() - many) as u64) as usize;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let pages = Pages::lines(&lines[from..from + many]);
        let share = kills() * (slice + 1) / SLICES - kills() * slice / SLICES;
        trial::run(&pages, folder.path(), share, &mut seeded, &mut told);
    }
    tell("pool", &told);
}

fn lines(pool: &Path) -> Vec<String> {
    let bytes = std::fs::read(pool).expect("the pool can be read");
    let mut text = String::new();
    match bytes.starts_with(&[0x1f, 0x8b]) {
        true => drop(flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text).expect("text in gzip")),
        false => text = String::from_utf8(bytes).expect("UTF-8"),
    }
    text.lines().map(str::to_owned).collect()
}
