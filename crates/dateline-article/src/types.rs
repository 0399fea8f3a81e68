use dateline_text::Span;
use serde::{Deserialize, Serialize};

/// What a block of the main text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The page's headline.
    Title,
    /// Running text.
    Paragraph,
    /// A heading inside the text.
    Heading,
    /// One entry of a list.
    ListItem,
    /// A block quotation.
    Quote,
    /// One row of a table, cells joined by a tab.
    TableRow,
}

/// One block of the main text and where it stood in the capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in [`Article::text`].
    pub span: Span,
    /// Bytes of the page as saved, before character decoding: start and end.
    pub capture: (usize, usize),
}

/// What an aside is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AsideKind {
    /// Words under a picture, with its credit.
    Caption,
    /// A pointer to another article ("read also", related stories).
    Teaser,
    /// An entry of a feed of other news inside the page.
    FeedItem,
    /// Menus, breadcrumbs, footers.
    Navigation,
    /// Newsletter forms, donation pleas, subscriptions, cookie notices.
    Promotion,
    /// A reader's comment.
    Comment,
    /// Anything else that is not the article.
    Other,
}

/// A part of the page that is not the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// What it is.
    pub kind: AsideKind,
    /// Its words.
    pub text: String,
    /// Bytes of the page as saved.
    pub capture: (usize, usize),
    /// A date it names, ISO 8601, as precise as it is.
    pub date: Option<String>,
    /// What it is more precisely, where that is known: "read_also", "related", "newsletter", "donation",
    /// "subscription", "cookies", "advertisement", "share", "menu", "breadcrumb", "footer", "comments", "pull_quote",
    /// "about_the_author", "outlet_line".
    #[serde(default)]
    pub detail: Option<String>,
}

/// A value and where it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Based {
    /// The value; for dates ISO 8601, as precise as the page and no more ("2024-01-26T10:06", "2023-04").
    pub value: String,
    /// Where it was read: "json-ld", "meta", "byline line", "text: photo caption", "url".
    pub basis: String,
}

/// What is told of an article beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The headline.
    Title,
    /// Who wrote it; names joined by "; ".
    Bylines,
    /// When it was published.
    Published,
    /// When it was last changed.
    Modified,
    /// The outlet's name.
    Outlet,
    /// The language it is in.
    Language,
    /// The page's own address.
    Canonical,
    /// The part of the outlet it stands in.
    Section,
    /// The agency credited.
    Wire,
}

/// The statement that came second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunnerUp {
    /// What it says.
    pub value: String,
    /// Where it was read.
    pub basis: String,
    /// Why it was not taken.
    pub why: String,
}

/// A fact that was chosen among what the page says, and what came second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Which fact.
    pub fact: Fact,
    /// What was taken.
    pub value: String,
    /// Where it was read.
    pub basis: String,
    /// The next best; one that says something else goes before one that says the same.
    pub runner_up: Option<RunnerUp>,
}

/// What a block of the main text is beyond its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Index into [`Article::blocks`].
    pub block: usize,
    /// "question", "answer", or "entry": the first block of a live blog's entry.
    pub role: String,
    /// The entry's own time, ISO 8601, as precise as the page is.
    pub time: Option<String>,
}

/// That the page keeps its text for subscribers, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paywall {
    /// "json-ld", "meta", "markup" or "plea".
    pub basis: String,
    /// The field and its value, the names of the element, or the plea's words.
    pub words: String,
    /// Whether the capture holds the opening alone.
    pub stub: bool,
}

/// What a byline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WriterKind {
    /// A person.
    Person,
    /// Part of an outlet ("The Harbour Post news desk").
    Desk,
    /// A news agency.
    Agency,
    /// The outlet itself.
    Outlet,
}

/// The article found in a capture.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Article {
    /// The page's headline, without the site's suffix.
    pub title: Option<String>,
    /// The outlet's name as the page gives it.
    pub outlet: Option<String>,
    /// All names that the page's fields, small print and address give its outlet.
    #[serde(default)]
    pub outlet_names: Vec<String>,
    /// Who wrote it, in the page's order; persons and desks, nobody invented.
    pub bylines: Vec<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// The agency credited ("AP").
    pub wire: Option<String>,
    /// When it was published.
    pub published: Option<Based>,
    /// When it was last changed.
    pub modified: Option<Based>,
    /// The page's address (canonical, or as captured).
    pub url: Option<String>,
    /// The main text, blocks joined by "\n\n"; the title is its first block where the page shows one.
    pub text: String,
    /// The blocks of the main text, in order.
    pub blocks: Vec<Block>,
    /// What stood beside the article.
    pub asides: Vec<Aside>,
    /// What a reader should know about how the page was read ("character set mislabelled").
    #[serde(default)]
    pub notes: Vec<String>,
    /// The page's own address where it says one, which need not be where it was captured.
    #[serde(default)]
    pub canonical: Option<String>,
    /// The part of the outlet it stands in ("World").
    #[serde(default)]
    pub section: Option<Based>,
    /// That the page keeps its text for subscribers.
    #[serde(default)]
    pub paywall: Option<Paywall>,
    /// What blocks are beyond their kind, in the order of blocks.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// Of each fact: what was chosen, and what came second.
    #[serde(default)]
    pub choices: Vec<Choice>,
}

/// Why no article came of a capture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnArticle {
    /// The page was read, and holds no article; says why.
    #[error("{0}")]
    NoArticle(String),
    /// The page could not be read at all; says why.
    #[error("{0}")]
    Unreadable(String),
}
