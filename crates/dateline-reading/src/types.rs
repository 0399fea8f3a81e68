use dateline_text::Span;
use serde::{Deserialize, Serialize};

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Org,
    /// A place.
    Place,
    /// A nationality, religious or political group.
    Norp,
    /// A named event.
    Event,
    /// A building, base, square.
    Facility,
    /// A book, law, programme.
    Work,
    /// A name of none of these kinds.
    Misc,
}

/// One place in the text that names something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
    /// Index into [`Reading::entities`].
    pub entity: Option<usize>,
    /// The rule that found it.
    #[serde(default)]
    pub rule: String,
}

/// Coordinates from the gazetteer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coordinates {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// The gazetteer's id (GeoNames).
    pub gazetteer_id: Option<String>,
    /// ISO 3166 code of the country it lies in.
    #[serde(default)]
    pub country: Option<String>,
}

/// Who or what the mentions of one article name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Its fullest name in the article.
    pub name: String,
    /// What it is.
    pub kind: NameKind,
    /// Other forms in the article, in order of first use.
    pub aliases: Vec<String>,
    /// Office or description in the article's own words ("Lithuanian Defence Minister").
    pub role: Option<String>,
    /// Where that office stands in the text.
    #[serde(default)]
    pub role_span: Option<Span>,
    /// Where it lies, for places.
    pub place: Option<Coordinates>,
    /// A key that is the same across articles for the same name, after folding and aliases ("kasciunas laurynas").
    #[serde(default)]
    pub key: String,
    /// For persons, where the text shows it: 'f', 'm'.
    #[serde(default)]
    pub gender: Option<char>,
}

/// TIMEX3 type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A day, month, year, season, or a vague reference to one.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that repeats.
    Set,
}

/// A time expression with its TIMEX3 value, anchored to the article's date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// Where it stands.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value ("2024-01-25", "P3D", "PRESENT_REF").
    pub value: String,
    /// The rule that found it.
    #[serde(default)]
    pub rule: String,
}

/// How exact a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modifier {
    /// As written.
    Exact,
    /// "about", "some", "nearly".
    About,
    /// "at least", "no fewer than".
    AtLeast,
    /// "more than", "over".
    MoreThan,
    /// "at most", "up to".
    AtMost,
    /// "less than", "under".
    LessThan,
    /// "between … and …".
    Between,
}

/// A number with what is counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Number and unit as they stand ("$65 billion", "at least 14" without what is counted).
    pub span: Span,
    /// The number; for an interval without a point value, `None`.
    pub value: Option<f64>,
    /// Lower bound where the words give one ("hundreds" → 200).
    pub low: Option<f64>,
    /// Upper bound where the words give one.
    pub high: Option<f64>,
    /// Unit: "USD", "km2", "percent", or `None` for things counted.
    pub unit: Option<String>,
    /// How exact.
    pub modifier: Modifier,
    /// What is counted ("overhauled Finnish-made Otter 3 patrol boats").
    pub counted: Option<Span>,
    /// Who gives it: index into [`Reading::attributions`].
    pub attribution: Option<usize>,
    /// As of when, ISO 8601, where the text says so.
    pub as_of: Option<String>,
    /// The rule that found it.
    #[serde(default)]
    pub rule: String,
}

/// How much of the content is in the speaker's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// All in quotation marks.
    Direct,
    /// Some in quotation marks.
    Mixed,
    /// None.
    Indirect,
}

/// What the source does with the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteClass {
    /// Says it.
    Speech,
    /// Thinks, fears, expects it.
    Belief,
    /// Supports, rejects it.
    Stance,
    /// Calls it so.
    Label,
    /// Says nothing about it.
    NoComment,
}

/// How sure the finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// A rule found it.
    High,
    /// Only the tagger, or a weaker rule.
    Medium,
}

/// Who said (believed, denied…) what: PARC's source, cue and content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// The words that name the source; empty where none stands.
    pub source: Vec<Span>,
    /// The words that attribute ("said", "according to").
    pub cue: Vec<Span>,
    /// What is attributed, quotation marks included.
    pub content: Vec<Span>,
    /// In whose words.
    pub kind: QuoteKind,
    /// Saying, believing, and so on.
    pub class: QuoteClass,
    /// The entity behind the source: index into [`Reading::entities`].
    pub speaker: Option<usize>,
    /// How sure.
    pub confidence: Confidence,
    /// The rule that found it.
    pub rule: String,
}

/// All that was read in one article.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// Sentences of the text.
    pub sentences: Vec<Span>,
    /// Names, in order.
    pub mentions: Vec<Mention>,
    /// Whom and what they name.
    pub entities: Vec<Entity>,
    /// Time expressions, in order.
    pub times: Vec<Time>,
    /// Figures, in order.
    pub figures: Vec<Figure>,
    /// Attributions, in order of content.
    pub attributions: Vec<Attribution>,
    /// Mentions of places that stand for a government ("Kyiv said"), as indices into `mentions`, in order.
    #[serde(default)]
    pub governments: Vec<usize>,
}
