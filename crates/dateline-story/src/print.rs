use crate::Report;
use dateline_reading::NameKind;
use serde::{Deserialize, Serialize};

/// A name an article mentions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PrintName {
    /// The entity's key across articles.
    pub key: String,
    /// What it names.
    pub kind: NameKind,
    /// How often it is mentioned.
    pub mentions: u32,
    /// Whether it stands in the title or the first paragraph.
    pub leads: bool,
    /// Its written form, for explanations.
    pub name: String,
}

/// Something an article has someone say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Said {
    /// The speaker's key across articles.
    pub speaker: String,
    /// What is said.
    pub words: String,
}

/// The small, self-contained extract of a report that linking needs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Print {
    /// The article's id.
    pub id: String,
    /// Title, where there is one.
    pub title: String,
    /// Main text.
    pub text: String,
    /// Date, ISO 8601, as precise as known.
    pub published: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Agency credited.
    pub wire: Option<String>,
    /// Names, by key.
    pub names: Vec<PrintName>,
    /// Values of its figures with their units, in order.
    pub figures: Vec<(f64, Option<String>)>,
    /// Calendar days it mentions (TIMEX3 DATE values of day precision), sorted, once each.
    pub dates: Vec<String>,
    /// What it has persons say, in order.
    #[serde(default)]
    pub said: Vec<Said>,
    /// Days named in its title and lead: TIMEX3 values of day precision ("2031-03-04", "XXXX-03-04", "XXXX-WXX-2"),
    /// sorted, once each.
    #[serde(default)]
    pub lead_dates: Vec<String>,
    /// Of [`Print::figures`], how many stand in its title and lead: the first so many.
    #[serde(default)]
    pub lead_figures: usize,
    /// The page it is a capture of ([`crate::address`]), where it has an address.
    #[serde(default)]
    pub address: Option<String>,
    /// When it was captured, else when the page says it was changed or published.
    #[serde(default)]
    pub seen: Option<String>,
}

/// Characters of a text that count as title and lead.
const LEAD: usize = 600;
/// Characters of a first line from which it is a paragraph rather than a headline.
const HEADLINE: usize = 200;

impl Print {
    /// Takes from a report what linking needs.
    pub fn of(report: &Report) -> Print {
        let a = &report.article;
        let r = &report.reading;
        let mut names: Vec<PrintName> = Vec::with_capacity(r.entities.len());
        let lead_end = a.blocks.iter().take(2).map(|b| b.span.end).max().unwrap_or(0);
        for (i, e) in r.entities.iter().enumerate() {
            let mine = || r.mentions.iter().filter(|m| m.entity == Some(i));
            names.push(PrintName {
                key: e.key.clone(),
                kind: e.kind,
                mentions: mine().count() as u32,
                leads: mine().any(|m| m.span.start < lead_end),
                name: e.name.clone(),
            });
        }
        names.sort();
        let lead = a.text.char_indices().nth(LEAD).map_or(a.text.len(), |(at, _)| at);
        let mut lead_dates: Vec<String> =
            r.times.iter().filter(|t| t.span.start < lead && is_day(&t.value)).map(|t| day(&t.value)).collect();
        lead_dates.sort();
        lead_dates.dedup();
        let mut dates: Vec<String> = r
            .times
            .iter()
            .filter(|t| t.value.len() >= 10 && t.value.is_char_boundary(10) && t.value.as_bytes()[4] == b'-')
            .map(|t| t.value[..10].to_owned())
            .collect();
        dates.sort();
        dates.dedup();
        Print {
            id: report.id.clone(),
            title: a.title.clone().or_else(|| first_line(&a.text)).unwrap_or_default(),
            text: a.text.clone(),
            published: a.published.as_ref().map(|p| p.value.clone()),
            outlet: a.outlet.clone(),
            url: a.url.clone(),
            language: a.language.clone(),
            wire: a.wire.clone(),
            names,
            figures: r.figures.iter().filter_map(|f| f.value.map(|v| (v, f.unit.clone()))).collect(),
            dates,
            said: said(report),
            lead_dates,
            lead_figures: r.figures.iter().filter(|f| f.value.is_some() && f.span.start < lead).count(),
            address: crate::address(report),
            seen: crate::seen(report),
        }
    }
}

/// Whether a TIMEX3 value is one day, with or without its year, or a weekday alone.
fn is_day(value: &str) -> bool {
    let b = value.as_bytes();
    b.len() >= 10 && value.is_char_boundary(10) && b[4] == b'-' && (b[7] == b'-' || value.starts_with("XXXX-WXX-"))
}

/// Its first ten characters: a value of a time of day is that day's.
fn day(value: &str) -> String {
    value[..10].to_owned()
}

/// The first line of a text that has no title of its own, where it looks like one: short, and no sentence.
fn first_line(text: &str) -> Option<String> {
    let (line, rest) = text.split_once('\n')?;
    let line = line.trim();
    let sentence = line.ends_with(['.', ':', ',', ';']);
    let headline = !line.is_empty() && !sentence && !rest.trim().is_empty() && line.chars().nth(HEADLINE).is_none();
    headline.then(|| line.to_owned())
}

fn said(report: &Report) -> Vec<Said> {
    let r = &report.reading;
    let text = &report.article.text;
    r.attributions
        .iter()
        .filter_map(|a| {
            let speaker = r.entities.get(a.speaker?)?.key.clone();
            let words: Vec<&str> = a.content.iter().map(|s| s.of(text)).collect();
            Some(Said { speaker, words: words.join(" ") })
        })
        .collect()
}
