//! `examples/expected.toml`, as it is written.

use serde::Deserialize;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub page: Vec<Page>,
    pub never: Never,
    pub storyline: Vec<Storyline>,
    pub figure: Vec<Figure>,
    pub utterance: Vec<Utterance>,
    pub said: Vec<Said>,
}

/// One saved page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    pub key: String,
    pub file: String,
    pub uri: Option<String>,
    pub title: String,
    pub outlet: Option<String>,
    pub bylines: Option<Vec<String>>,
    pub published: String,
    pub wire: Option<Vec<String>>,
    pub story: String,
    pub origin: String,
    pub first: String,
    pub last: String,
}

/// Words that may stand in no main text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Never {
    pub words: Vec<String>,
}

/// Stories that must and may be joined as developments.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storyline {
    pub name: String,
    pub required: Vec<[String; 2]>,
    pub allowed: Vec<String>,
}

/// One quantity in several pages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    pub story: String,
    pub counted: String,
    pub verdict: Vec<String>,
    pub unit: String,
    pub items: Vec<Item>,
}

/// The quantity in one page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub page: String,
    pub text: String,
    pub value: f64,
    pub by: Option<String>,
    pub as_of: Option<String>,
}

/// One thing said, in several wordings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Utterance {
    pub story: String,
    pub speaker: String,
    pub variants: Vec<Variant>,
}

/// One wording.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    pub page: String,
    pub text: String,
}

/// Who says what in one page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    pub page: String,
    pub speaker: String,
    pub words: String,
}

/// Reads the file.
pub fn load() -> Expected {
    let path = super::examples().join("expected.toml");
    let text = std::fs::read_to_string(&path).expect("expected.toml is there");
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
