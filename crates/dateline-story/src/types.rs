use dateline_article::Article;
use dateline_capture::Source;
use dateline_reading::{Modifier, QuoteKind, Reading};
use dateline_text::Span;
use serde::{Deserialize, Serialize};

/// One read page: what was saved, what it says, what was read in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The capture's id.
    pub id: String,
    /// Where it came from.
    pub source: Source,
    /// The article found in it.
    pub article: Article,
    /// The facts read in that.
    pub reading: Reading,
}

/// What a pair of texts that share wording is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyKind {
    /// Almost all of either stands in the other.
    Verbatim,
    /// Parts of one stand in the other, between other words.
    #[default]
    Edited,
    /// Almost all of the one stands in the other, which has more.
    Excerpt,
    /// Each a text of its own, in which one passage is the same: a wire's paragraph, a pasted background.
    Passage,
    /// The same address saved twice, with the same words.
    Recapture,
    /// The same address saved twice, with words changed between.
    Version,
}

/// A text that shares wording with another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Copy {
    /// The other article's id.
    pub of: String,
    /// Share of this one's word 5-grams that stand in the other, and the converse.
    pub containment: [f64; 2],
    /// What the pair is.
    #[serde(default)]
    pub kind: CopyKind,
}

/// What a reason against two articles' being of one event rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objection {
    /// Words of either's title and lead that the other lacks.
    Lead,
    /// Days between the publications.
    Apart,
    /// Other days in title and lead.
    Days,
    /// Other figures.
    Figures,
    /// One answers a claim; the other's opening knows of no answer.
    Answer,
    /// One looks ahead; the other's opening does not.
    Ahead,
    /// One tells of another of a kind, a second or a repeat; the other's opening does not.
    Again,
    /// Either's title names whom or what the other nowhere names.
    Names,
}

/// The strongest reason against two articles' being of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Against {
    /// What it rests on.
    pub what: Objection,
    /// What stands in the article itself, as it writes it: words, or days.
    pub own: Vec<String>,
    /// What stands in the other.
    pub other: Vec<String>,
}

/// Why two articles report one event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The other article's id.
    pub with: String,
    /// Probability of the logistic, 0 to 1.
    pub score: f64,
    /// Shared terms of greatest weight.
    pub terms: Vec<String>,
    /// Shared names.
    pub entities: Vec<String>,
    /// Shared figures that tell something: value and unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<(f64, Option<String>)>,
    /// Days between the two dates, where both are dated.
    pub days: Option<i64>,
    /// What speaks most against it, where anything does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
}

/// What linking says of one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Membership {
    /// The article's id.
    pub id: String,
    /// Name of its story: depends on the story's members alone.
    pub story: String,
    /// Name of its storyline: depends on the storyline's members alone.
    pub storyline: String,
    /// Name of its origin (the independent text it is or repeats).
    pub origin: String,
    /// Texts it is a copy of, or that are copies of it.
    pub copies: Vec<Copy>,
    /// Texts with which it has a passage in common, though each is its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Copy>,
    /// Its strongest links within the story.
    pub because: Vec<Reason>,
    /// The later capture of the same page that stands for it, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_of: Option<String>,
}

/// How one story of a storyline stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Later news of the same matter.
    LaterDevelopment,
    /// The same speaker says the same again.
    RepeatOfClaim,
    /// One of a series (visits, rounds, hearings).
    SameSeries,
}

/// What a speaker is reported to have said, and again later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidAgain {
    /// Who, as the earlier article writes the name.
    pub speaker: String,
    /// The article of the earlier story, and its words.
    pub first: (String, String),
    /// The article of the later story, and its words.
    pub again: (String, String),
}

/// A typed link from an earlier story to a later one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoryLink {
    /// The earlier story's name.
    pub from: String,
    /// The later story's name.
    pub to: String,
    /// How they stand to each other.
    pub relation: Relation,
    /// Probability, 0 to 1.
    pub score: f64,
    /// The articles that show it best, that of the earlier story first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_by: Option<[String; 2]>,
    /// Terms that these share; the linker leaves them to [`crate::explain_links`].
    #[serde(default)]
    pub terms: Vec<String>,
    /// Names that these share; likewise.
    #[serde(default)]
    pub entities: Vec<String>,
    /// Days between.
    pub days: Option<i64>,
    /// Of a repeated claim, its words in both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<SaidAgain>,
}

/// The outcome of linking.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Links {
    /// One entry an article, in the order of input.
    pub members: Vec<Membership>,
    /// Links between stories, by name of the earlier, then the later.
    pub storylines: Vec<StoryLink>,
}

/// One real-world event as reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Its name.
    pub id: String,
    /// Its storyline's name.
    pub storyline: String,
    /// Its articles: indices into the input, by date, then id.
    pub members: Vec<usize>,
    /// The same, by origin; each origin's fullest or earliest text first.
    pub origins: Vec<Vec<usize>>,
    /// First and last day of its articles, ISO 8601, where any is dated.
    pub days: Option<(String, String)>,
}

impl Story {
    /// Its reports, in the order of its members.
    pub fn reports<'r>(&self, all: &'r [Report]) -> Vec<&'r Report> {
        self.members.iter().filter_map(|i| all.get(*i)).collect()
    }

    /// The article whose headline stands for it: the first text of its first origin, else its first article with a
    /// headline; `titled` says of an index whether it has one.
    pub fn headed_by(&self, titled: impl Fn(usize) -> bool) -> Option<usize> {
        let lead = self.origins.first().and_then(|o| o.first());
        lead.into_iter().chain(&self.members).copied().find(|m| titled(*m))
    }
}

/// How figures about one thing stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The same value.
    Agree,
    /// One lies within what the other says.
    Compatible,
    /// A later count replaces an earlier.
    Updated,
    /// They cannot both hold.
    Differ,
}

/// One article's figure in a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureItem {
    /// The article: index into the reports handed in.
    pub report: usize,
    /// The figure: index into that article's [`Reading::figures`].
    pub figure: usize,
    /// Number, unit and what is counted, as one span of the article's text.
    pub span: Span,
    /// Value in the group's unit; `None` for a bare interval.
    pub value: Option<f64>,
    /// Unit of the value.
    pub unit: Option<String>,
    /// How exact.
    pub modifier: Modifier,
    /// Who gives it, by name; `None` where the page's own text does.
    pub speaker: Option<String>,
    /// As of when: as the text says, else the article's day.
    pub as_of: Option<String>,
}

/// Figures about the same thing across a story's articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureGroup {
    /// What is counted, in the words of one of them.
    pub counted: String,
    /// How they stand to each other; `Agree` for a figure that one article alone gives.
    pub verdict: Verdict,
    /// The figures, by date, then id.
    pub items: Vec<FigureItem>,
}

/// One wording of an utterance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// The article: index into the reports handed in.
    pub report: usize,
    /// The attribution: index into that article's [`Reading::attributions`].
    pub attribution: usize,
    /// The words.
    pub span: Span,
    /// In whose words.
    pub kind: QuoteKind,
}

/// One utterance in all its wordings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// Who said it; `None` where no article names the speaker.
    pub speaker: Option<String>,
    /// Its wordings, by date, then id; one only where nobody else has it.
    pub variants: Vec<Variant>,
}

/// What the articles of a story say about the same things.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Agreement {
    /// Figures, lined up.
    pub figures: Vec<FigureGroup>,
    /// Utterances, lined up.
    pub quotations: Vec<Utterance>,
}
