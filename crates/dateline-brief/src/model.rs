use crate::sources::Sources;
use dateline_reading::{Modifier, QuoteClass, QuoteKind};
use dateline_story::{Against, ChangeKind, CopyKind, Relation, SaidAgain, Verdict};
use serde::Serialize;

/// Where words stand: a page of the brief and the code points in its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Number of the page in the brief, from 1.
    pub page: usize,
    /// Code points of the article's text, end-exclusive.
    pub span: [usize; 2],
}

/// How many of each a story, or a list, has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counted {
    /// Pages.
    pub pages: usize,
    /// Outlets that the pages name, those of one owner counted once; 0 where none is named.
    pub outlets: usize,
    /// Independent texts.
    pub origins: usize,
    /// Named speakers; 0 where that is not counted.
    pub speakers: usize,
}

/// The brief's first line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Pages told of.
    pub pages: usize,
    /// Stories.
    pub stories: usize,
    /// Independent texts.
    pub origins: usize,
    /// Storylines of two or more stories.
    pub storylines: usize,
    /// First and last day of the pages, ISO 8601.
    pub days: Option<(String, String)>,
    /// How many outlets these are, those of one owner counted once.
    pub families: usize,
    /// Outlets that the pages name, each with its number of pages, by name.
    pub outlets: Vec<(String, usize)>,
    /// Pages that name no outlet.
    pub unnamed: usize,
}

/// One page of the brief.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct PageLine {
    /// Its number in the brief, from 1.
    pub page: usize,
    /// The capture's id.
    pub id: String,
    /// Its headline, or its first words.
    pub title: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub bylines: Vec<String>,
    /// When, ISO 8601.
    pub published: Option<String>,
    /// Where that date was read.
    pub basis: Option<String>,
    /// For a page without a date: the last day it names.
    pub latest_named: Option<String>,
    /// Agency credited.
    pub wire: Option<String>,
    /// File or address.
    pub source: Option<String>,
    /// Number of the page whose text it repeats, and both containments in percent.
    pub repeats: Option<(usize, [u32; 2])>,
    /// Pages of the story that share wording with it.
    pub shared: Vec<SharedLine>,
    /// Older captures of the page, oldest first.
    pub versions: Vec<VersionLine>,
    /// What stood beside the article and was kept out.
    pub kept_out: Vec<KeptOut>,
    /// What a reader should know of how it was read.
    pub notes: Vec<String>,
}

/// Another page of the story that shares wording with a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SharedLine {
    /// Its number in the brief.
    pub page: usize,
    /// What the pair is.
    pub kind: CopyKind,
    /// Percent of this page's wording that stands there, and the converse.
    pub contained: [u32; 2],
    /// Whether this page is the earlier one, where both say when they were published and not the same.
    pub earlier: Option<bool>,
    /// Where the shared wording stands in this page and in the other.
    pub spans: Vec<[Note; 2]>,
}

/// An older capture of a page, and what the next one changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VersionLine {
    /// The capture's id.
    pub id: String,
    /// When it was captured, else when the page says it was changed or published.
    pub seen: Option<String>,
    /// The capture that followed.
    pub next: String,
    /// When that was.
    pub until: Option<String>,
    /// What a reader must know of the difference.
    pub changes: Vec<ChangeLine>,
}

/// One change between two captures of a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeLine {
    /// What it is of.
    pub kind: ChangeKind,
    /// The words of the older capture.
    pub old: Option<Side>,
    /// The words of the newer.
    pub new: Option<Side>,
}

/// Words of one capture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Code points of the capture's text, end-exclusive; `None` for a headline that stands outside of it.
    pub span: Option<[usize; 2]>,
    /// The words.
    pub words: String,
}

/// Why a page is in its story: its link with another page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhyLine {
    /// Number of the page.
    pub page: usize,
    /// Number of the other.
    pub with: usize,
    /// Probability, 0 to 1.
    pub score: f64,
    /// Shared names.
    pub names: Vec<String>,
    /// Shared terms.
    pub terms: Vec<String>,
    /// Shared figures with their units.
    pub figures: Vec<String>,
    /// Days between.
    pub days: Option<i64>,
    /// What speaks most against it.
    pub against: Option<Against>,
}

/// Asides of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptOut {
    /// The kind, in words.
    pub kind: String,
    /// How many.
    pub count: usize,
    /// The days they name, first and last.
    pub days: Option<(String, String)>,
}

/// One wording of a saying in one page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// Where it stands.
    pub note: Note,
    /// The words, without the marks of quotation around the whole.
    pub words: String,
    /// In whose words.
    pub kind: QuoteKind,
    /// The speaker's name as this page gives it; `None` for a source that it does not name.
    pub name: Option<String>,
    /// The speaker's office or description in this page's words.
    pub role: Option<String>,
    /// The parts of the place whose words these are, where it is not the whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<[usize; 2]>,
}

/// One utterance with its wordings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Saying {
    /// Saying, believing, declining to comment.
    pub class: QuoteClass,
    /// The page's own word for it ("denied"), where the cue is more than "said".
    pub cue: Option<String>,
    /// Its wordings, in the order of the pages.
    pub cells: Vec<Cell>,
}

/// A speaker with all that he is reported to have said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Speaker {
    /// Name; or the page's words for a source without one ("some analysts").
    pub name: String,
    /// Whether a page names this speaker.
    pub named: bool,
    /// Office in the pages' words.
    pub role: Option<String>,
    /// What was said.
    pub sayings: Vec<Saying>,
}

/// A figure in one page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureCell {
    /// Where it stands.
    pub note: Note,
    /// The words of the number and what is counted.
    pub words: String,
    /// Value as read.
    pub value: Option<f64>,
    /// Unit as read.
    pub unit: Option<String>,
    /// How exact.
    pub modifier: Modifier,
    /// Who gives it; `None`: the page's own text.
    pub speaker: Option<String>,
    /// As of when, where the page says so.
    pub as_of: Option<String>,
    /// The page's day.
    pub page_day: Option<String>,
}

/// Figures about one thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureLine {
    /// What is counted.
    pub counted: String,
    /// How they stand to each other; `None` where one page alone gives the figure.
    pub verdict: Option<Verdict>,
    /// The figures.
    pub cells: Vec<FigureCell>,
}

/// A dated sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// Day, month or year, ISO 8601.
    pub date: String,
    /// The sentence that names it.
    pub words: String,
    /// Where it stands.
    pub note: Note,
}

/// A place that pages of a story name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceLine {
    /// As a page writes it.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// How many pages name it.
    pub pages: usize,
}

/// Something new, with its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewsLine {
    /// The page that the line is of, where it is of one alone.
    #[serde(skip)]
    pub page: Option<usize>,
    /// The pages' words between marks, names, and labels.
    pub words: String,
    /// Where they stand.
    pub notes: Vec<Note>,
}

/// What is new, of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewsSection {
    /// The kind, in words.
    pub label: &'static str,
    /// One line each.
    pub lines: Vec<NewsLine>,
    /// Lines left out for length.
    pub more: usize,
}

/// What is new in a story since a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewsPart {
    /// The day, ISO 8601.
    pub since: String,
    /// Numbers of the new pages.
    pub pages: Vec<usize>,
    /// Numbers of the pages with neither day of publication nor of capture; they count as known before.
    pub undated: Vec<usize>,
    /// How many of the texts are new.
    pub origins: usize,
    /// What is new, by kind.
    pub sections: Vec<NewsSection>,
}

/// One story.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct StoryPart {
    /// Its number in the brief, from 1.
    pub number: usize,
    /// Its name.
    pub id: String,
    /// Headline of its fullest text.
    pub headline: String,
    /// First and last day.
    pub days: Option<(String, String)>,
    /// Its pages; copies follow the text they repeat.
    pub pages: Vec<PageLine>,
    /// How many outlets that the pages name, those of one owner counted once.
    pub outlets: usize,
    /// How many independent texts.
    pub origins: usize,
    /// How many named speakers.
    pub speakers: usize,
    /// What is new in it, where that was asked for.
    pub news: Option<NewsPart>,
    /// Terms, names and days that join its pages.
    pub because: Vec<String>,
    /// Names that join its pages.
    pub names: Vec<String>,
    /// Why each page is in it.
    pub why: Vec<WhyLine>,
    /// Days between its pages, greatest.
    pub days_apart: Option<i64>,
    /// Who said what.
    pub who: Vec<Speaker>,
    /// Sayings left out for length.
    pub more_sayings: usize,
    /// The ledger of figures.
    pub figures: Vec<FigureLine>,
    /// Figures left out for length.
    pub more_figures: usize,
    /// What happened when.
    pub timeline: Vec<Moment>,
    /// Dates left out for length.
    pub more_moments: usize,
    /// Where: places that its pages name, those of most pages first.
    pub places: Vec<PlaceLine>,
    /// Stories it goes on in or continues that are not told here, earlier ones first.
    pub elsewhere: Vec<ElsewherePart>,
    /// What whoever put the brief together wrote of it; never a page's words, nor ours.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub own_note: String,
    /// Who that is, where known.
    #[serde(skip)]
    pub own_by: Option<String>,
}

/// A story of the same storyline that is not told here, and why the two are linked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ElsewherePart {
    /// Its name.
    pub story: String,
    /// Its headline, where the caller knows it.
    pub headline: Option<String>,
    /// Whether it comes before the story told here; else after it.
    pub earlier: bool,
    /// How the later of the two stands to the earlier.
    pub relation: Relation,
    /// Mean probability that the two are of one matter, 0 to 1.
    pub score: f64,
    /// Shared terms.
    pub terms: Vec<String>,
    /// Shared names.
    pub names: Vec<String>,
    /// Days between.
    pub days: Option<i64>,
    /// Of a repeated claim, its words in both.
    pub said: Option<SaidAgain>,
}

/// Two stories of one storyline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StorylinePart {
    /// Number of the earlier story.
    pub from: usize,
    /// Number of the later story.
    pub to: usize,
    /// How they stand to each other.
    pub relation: Relation,
    /// Shared terms.
    pub terms: Vec<String>,
    /// Shared names.
    pub names: Vec<String>,
    /// Days between.
    pub days: Option<i64>,
    /// Of a repeated claim, its words in both.
    pub said: Option<SaidAgain>,
}

/// What whoever put a brief together says of it: never a page's words, nor ours.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Own {
    /// What it is called.
    pub title: String,
    /// What stands before its stories.
    pub lead: String,
    /// Who that is, where known.
    pub by: Option<String>,
}

/// Stories selected, ordered and lined up, ready to be set.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Brief {
    /// Counts and days.
    pub summary: Summary,
    /// Its stories, earliest first, or in the order of whoever put it together.
    pub stories: Vec<StoryPart>,
    /// How they go on.
    pub storylines: Vec<StorylinePart>,
    /// The words of whoever put it together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<Own>,
    /// What its words rest on, for `verify`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<Sources>,
}
