//! Names the rules that this program is built from: a digest of the sources and tables of every crate that has a part in
//! what is read and linked. The package's version alone would not tell two builds apart, and readings must say which
//! made them.

use std::fs;
use std::path::{Path, PathBuf};

/// Crates on which a reading or a link depends.
const CRATES: &[&str] = &["text", "lexicon", "capture", "article", "reading", "story"];

fn main() {
    let home = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    for name in CRATES {
        for part in ["src", "data"] {
            let folder = home.join("..").join(format!("dateline-{name}")).join(part);
            println!("cargo::rerun-if-changed={}", folder.display());
            list(&folder, &format!("{name}/{part}"), &mut files);
        }
    }
    files.sort();
    let mut digest = FNV;
    for (name, path) in &files {
        digest = fnv(digest, name.bytes());
        // line ends are those of the system that the sources were checked out on
        digest = fnv(digest, fs::read(path).unwrap_or_default().into_iter().filter(|b| *b != b'\r'));
    }
    println!("cargo::rustc-env=DATELINE_RULES={:08x}", (digest >> 32) ^ (digest & 0xffff_ffff));
}

/// Files below a folder that can change what comes out: neither tests nor texts for people.
fn list(folder: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, own) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if own == "tests" || own == "tests.rs" || own.ends_with(".md") {
            continue;
        }
        let name = format!("{name}/{own}");
        if path.is_dir() {
            list(&path, &name, files);
        } else {
            files.push((name, path));
        }
    }
}

/// Offset basis of FNV-1a, 64 bits.
const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a (Fowler, Noll, Vo), 64 bits, of more bytes; a zero ends them.
fn fnv(start: u64, bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.chain([0]).fold(start, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
