//! Pages in `tests/pages/<slug>/source.html`, each an invented page of a kind that the web has, and what is to be
//! found in it (`expected.toml`). Every block must also stand where it says it stands in the saved bytes.

use dateline_article::{Article, NotAnArticle, find};
use dateline_capture::{Capture, Payload, Source};
use serde::Deserialize;
use std::path::{Path, PathBuf};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Why there is no article; nothing else is said then.
    not_an_article: Option<String>,
    title: Option<String>,
    outlet: Option<String>,
    #[serde(default)]
    bylines: Vec<String>,
    language: Option<String>,
    wire: Option<String>,
    /// Value and basis.
    published: Option<[String; 2]>,
    modified: Option<[String; 2]>,
    /// Value and basis; not looked at where it is left out.
    section: Option<[String; 2]>,
    /// Basis, and whether the opening alone is there.
    paywall: Option<(String, bool)>,
    /// Fact, value and why of runners-up that are to be there.
    #[serde(default)]
    runner_up: Vec<[String; 3]>,
    /// Block, role and time of all marks.
    #[serde(default)]
    mark: Vec<(usize, String, String)>,
    url: Option<String>,
    #[serde(default)]
    notes: Vec<String>,
    /// All blocks, in order.
    #[serde(default)]
    block: Vec<Block>,
    /// All asides, in order, by how they begin.
    #[serde(default)]
    aside: Vec<Aside>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    kind: String,
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Aside {
    kind: String,
    begins: String,
    date: Option<String>,
    detail: Option<String>,
}

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut all: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    all.sort();
    all
}

fn capture(folder: &Path) -> Capture {
    let bytes = std::fs::read(folder.join("source.html")).unwrap();
    Capture::new(bytes, Payload::Html, Source::default())
}

/// The name of a kind, as it is written in output.
fn name(kind: impl serde::Serialize) -> String {
    serde_json::to_value(kind).unwrap().as_str().unwrap_or_default().to_owned()
}

#[test]
fn every_page_gives_what_its_folder_expects() {
    for folder in folders() {
        let text = std::fs::read_to_string(folder.join("expected.toml")).unwrap();
        let expected: Expected = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        match find(&capture(&folder)) {
            Ok(article) => hold(&folder, &expected, &article),
            Err(NotAnArticle::NoArticle(why) | NotAnArticle::Unreadable(why)) => {
                assert_eq!(Some(why), expected.not_an_article, "{}", folder.display());
            }
        }
    }
}

fn hold(folder: &Path, expected: &Expected, article: &Article) {
    let at = folder.display();
    assert_eq!(expected.not_an_article, None, "{at}: an article was found");
    assert_eq!(article.title, expected.title, "{at}");
    assert_eq!(article.outlet, expected.outlet, "{at}");
    assert_eq!(article.bylines, expected.bylines, "{at}");
    assert_eq!(article.language, expected.language, "{at}");
    assert_eq!(article.wire, expected.wire, "{at}");
    assert_eq!(article.url, expected.url, "{at}");
    assert_eq!(article.notes, expected.notes, "{at}");
    let pair = |b: &Option<dateline_article::Based>| b.as_ref().map(|b| [b.value.clone(), b.basis.clone()]);
    assert_eq!(pair(&article.published), expected.published, "{at}");
    assert_eq!(pair(&article.modified), expected.modified, "{at}");
    if expected.section.is_some() {
        assert_eq!(pair(&article.section), expected.section, "{at}");
    }
    assert_eq!(article.paywall.as_ref().map(|p| (p.basis.clone(), p.stub)), expected.paywall, "{at}");
    for [fact, value, why] in &expected.runner_up {
        let second = article.choices.iter().find(|c| name(c.fact) == *fact).and_then(|c| c.runner_up.as_ref());
        let Some(second) = second else { panic!("{at}: no runner-up for {fact}") };
        assert_eq!((&second.value, &second.why), (value, why), "{at}: {fact}");
    }
    let marks: Vec<(usize, String, String)> =
        article.marks.iter().map(|m| (m.block, m.role.clone(), m.time.clone().unwrap_or_default())).collect();
    assert_eq!(marks, expected.mark, "{at}");
    let blocks: Vec<(String, &str)> = article.blocks.iter().map(|b| (name(b.kind), b.span.of(&article.text))).collect();
    let wanted: Vec<(String, &str)> = expected.block.iter().map(|b| (b.kind.clone(), b.text.as_str())).collect();
    assert_eq!(blocks, wanted, "{at}");
    assert_eq!(article.text, wanted.iter().map(|b| b.1).collect::<Vec<_>>().join("\n\n"), "{at}");
    for (i, aside) in article.asides.iter().enumerate() {
        let Some(wanted) = expected.aside.get(i) else { panic!("{at}: unexpected aside {aside:?}") };
        assert_eq!(name(aside.kind), wanted.kind, "{at}: {}", aside.text);
        assert!(aside.text.starts_with(&wanted.begins), "{at}: {} does not begin {}", aside.text, wanted.begins);
        assert_eq!(aside.date, wanted.date, "{at}: {}", aside.text);
        if wanted.detail.is_some() {
            assert_eq!(aside.detail, wanted.detail, "{at}: {}", aside.text);
        }
    }
    assert_eq!(article.asides.len(), expected.aside.len(), "{at}: asides are missing");
}

#[test]
fn every_block_stands_where_it_says_in_the_saved_bytes() {
    for folder in folders() {
        let capture = capture(&folder);
        let Ok(article) = find(&capture) else { continue };
        for block in &article.blocks {
            let bytes = capture.bytes.get(block.capture.0..block.capture.1).unwrap();
            let encoding = match folder.file_name().and_then(|n| n.to_str()) {
                Some("cyrillic-mislabelled") => encoding_rs::WINDOWS_1251,
                Some("table-of-the-nineties") => encoding_rs::WINDOWS_1252,
                _ => encoding_rs::UTF_8,
            };
            let mut source = encoding.decode(bytes).0;
            if folder.ends_with("text-in-script-state") {
                source = serde_json::from_str::<String>(&format!("\"{source}\"")).unwrap().into();
            }
            assert_eq!(squeezed(&bare(&source)), squeezed(block.span.of(&article.text)), "{}", folder.display());
        }
    }
}

/// Markup without its tags, the few references these pages have decoded.
fn bare(source: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in source.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    for (name, c) in [("quot", "\""), ("mdash", "—"), ("rsquo", "’"), ("ldquo", "“"), ("rdquo", "”"), ("euro", "€")]
    {
        out = out.replace(&format!("&{name};"), c);
    }
    out
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}
