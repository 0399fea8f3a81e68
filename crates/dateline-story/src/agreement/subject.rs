//! What a figure is about: the thing counted, what befell it, and the sentence it stands in.

use super::bag::Bag;
use super::interval::Interval;
use super::tables::{Class, look};
use super::units::dimension;
use crate::Report;
use crate::link::normalise::stem;
use dateline_lexicon::{FigureClass, FigureWords};
use dateline_reading::{Figure, Modifier, NameKind, Time, TimeKind};
use dateline_text::{Span, fold, words};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// How many words away a role may stand from its number.
const ROLE_REACH: usize = 9;
/// The same for those whom no list knows as people.
const CLOSE: usize = 4;
/// How many words away the word stands that says what is measured.
const ASPECT_REACH: usize = 5;

/// The same for the words that say how far a number counts.
const EXTENT_REACH: usize = 14;

/// The role of those of whom it is said where they were.
const ABOARD: &str = "aboard";

/// Blocks of an article that open it, the headline among them.
const LEADING_BLOCKS: usize = 3;

/// One figure of one article, with what is needed to hold it against others.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub report: usize,
    pub figure: usize,
    /// Dimension of its unit; empty for things counted.
    pub dimension: String,
    pub interval: Interval,
    /// Value in the base unit.
    pub value: Option<f64>,
    /// Last word of what is counted, as a stem that stands for its synonyms.
    pub head: Option<String>,
    /// The words before it.
    pub qualifiers: BTreeSet<String>,
    /// What befell those counted, or what is measured ("killed", "depth").
    pub role: Option<&'static str>,
    /// How exact its words are.
    pub modifier: Modifier,
    /// Significant digits of the number as written.
    pub digits: usize,
    /// Part of another number, on top of another, or so many each time.
    pub scope: (bool, bool, bool),
    /// How far it counts, where the sentence says so: inside a country, or beyond.
    pub extent: Option<&'static str>,
    /// Matter of the sentence beside number and thing counted.
    pub context: Bag,
    pub places: BTreeSet<String>,
    pub days: BTreeSet<String>,
    /// Whether it stands in headline or opening lines.
    pub leads: bool,
    /// First ten characters of the day it holds for.
    pub as_of: Option<String>,
    /// The last day of the article's week that the sentence names.
    pub told: Option<String>,
    /// Its sentence in the article.
    pub sentence: usize,
    /// Who gives it, folded.
    pub giver: Option<String>,
    /// Whether the sentence says that the number has changed ("risen to").
    pub moves: bool,
    /// Whether the giver speaks of its own ("it lost 14 tanks").
    pub own: bool,
    /// Times that the sentence names beside days.
    pub periods: BTreeSet<String>,
    /// Whether the sentence tells of a time long before the article: other floods, last year's prices.
    pub background: bool,
}

fn figure_words() -> &'static FigureWords {
    static WORDS: OnceLock<FigureWords> = OnceLock::new();
    WORDS.get_or_init(FigureWords::english)
}

fn canonical(word: &str) -> String {
    let stem = stem(&fold(word));
    look(Class::Same, &stem).map_or(stem, str::to_owned)
}

impl Subject {
    /// Nothing for a figure without number.
    pub(crate) fn of(reports: &[&Report], report: usize, figure: usize) -> Option<Subject> {
        let page = reports.get(report)?;
        let f = page.reading.figures.get(figure)?;
        let text = page.article.text.as_str();
        let (dim, size) = f.unit.as_deref().map_or(("", 1.0), dimension);
        let interval = Interval::of(f, size)?;
        let (index, sentence) = sentence_of(page, f.span);
        let near = Near::of(sentence, f, text);
        let (head, qualifiers) = match counted(f, text) {
            (None, _) if !dim.is_empty() => (near.worth(), BTreeSet::new()),
            counted => counted,
        };
        let role = role(dim, head.as_deref(), &near, f, text);
        let language = page.article.language.as_deref().unwrap_or("en");
        let own = Bag::of(f.counted.unwrap_or(f.span).of(text), language, false);
        let day = |s: &String| s.get(..10).map_or_else(|| s.clone(), str::to_owned);
        let (days, periods) = times(page, sentence);
        let (told, background) = (told(page, &days), is_background(page, &days, &periods));
        Some(Subject {
            report,
            figure,
            dimension: dim.to_owned(),
            interval,
            value: f.value.map(|v| v * size),
            head: if role.is_some() && head.is_none() && dim.is_empty() { Some("people".to_owned()) } else { head },
            qualifiers,
            role,
            modifier: f.modifier,
            digits: f.value.map_or(0, significant),
            scope: near.scope(),
            extent: near.extent(),
            context: Bag::of(sentence.of(text), language, false).without(&own),
            places: places(page, sentence),
            days,
            leads: page.article.blocks.iter().take(LEADING_BLOCKS).any(|b| b.span.contains(f.span)),
            as_of: f.as_of.as_ref().or(page.article.published.as_ref().map(|p| &p.value)).map(day),
            told,
            sentence: index,
            giver: f.attribution.and_then(|a| super::speaker_name(page, a)).map(|name| fold(&name)),
            moves: near.moves(),
            own: near.own(),
            background,
            periods,
        })
    }

    /// Whether unequal numbers of its kind are of other subjects: lengths of time, shares, votes, goals, degrees.
    pub(super) fn is_one_of_many(&self) -> bool {
        matches!(self.dimension.as_str(), "time" | "months" | "ratio" | "votes")
            || self.head.as_deref().is_some_and(|h| look(Class::Many, h).is_some())
    }

    /// Whether it counts people by what befell them.
    pub(super) fn fate_of_people(&self) -> Option<&'static str> {
        self.role.filter(|_| self.head.as_deref().is_none_or(is_person))
    }
}

/// What befell those counted; for measures and sums what is measured.
fn role(dimension: &str, head: Option<&str>, near: &Near, f: &Figure, text: &str) -> Option<&'static str> {
    if !dimension.is_empty() {
        return near.nearest(Class::Aspect, ASPECT_REACH);
    }
    if !head.is_none_or(is_person) {
        // "two students were seriously injured": whom no list of people knows
        return near.nearest(Class::Fate, ROLE_REACH).or_else(|| near.nearest(Class::Role, CLOSE));
    }
    // "187 passengers": the word itself says where they were
    let itself = || f.counted.and_then(|c| words(c.of(text)).last().map(|w| fold(w.of(c.of(text)))));
    near.nearest(Class::Role, ROLE_REACH)
        .or_else(|| near.number_of())
        .or_else(|| near.aboard())
        .or_else(|| itself().and_then(|w| look(Class::Vehicle, &w)))
}

/// Significant digits of a number as written: 1,300 has two, 3.12 three.
fn significant(v: f64) -> usize {
    let digits = format!("{}", v.abs());
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    plain.trim_start_matches('0').trim_end_matches('0').len().max(1)
}

fn places(page: &Report, sentence: Span) -> BTreeSet<String> {
    let text = page.article.text.as_str();
    let within = |m: &&dateline_reading::Mention| m.kind == NameKind::Place && sentence.contains(m.span);
    page.reading
        .mentions
        .iter()
        .filter(within)
        .map(|m| {
            let entity = m.entity.and_then(|e| page.reading.entities.get(e));
            entity.map_or_else(|| fold(m.span.of(text)), |e| e.key.clone())
        })
        .collect()
}

/// The last day that a sentence names in the week before the article: "by Tuesday evening", not "since 8 July".
fn told(page: &Report, days: &BTreeSet<String>) -> Option<String> {
    let own: Date = page.article.published.as_ref()?.value.get(..10)?.parse().ok()?;
    let this_week =
        |d: &&String| d.parse::<Date>().is_ok_and(|d| own.since(d).is_ok_and(|s| (-1..7).contains(&s.get_days())));
    days.iter().rfind(this_week).cloned()
}

/// Whether days or months that a sentence names lie long before the article, or years are not its own.
fn is_background(page: &Report, days: &BTreeSet<String>, periods: &BTreeSet<String>) -> bool {
    let Some(own) = page.article.published.as_ref().and_then(|p| p.value.get(..10)) else { return false };
    let Ok(own) = own.parse::<Date>() else { return false };
    let first = |v: &str| match v.len() {
        4 => v.parse::<i16>().ok().and_then(|y| Date::new(y, if y == own.year() { own.month() } else { 12 }, 28).ok()),
        7 => format!("{v}-28").parse::<Date>().ok(),
        10 => v.parse::<Date>().ok(),
        _ => None,
    };
    let long_ago = |d: Date| own.since(d).is_ok_and(|s| s.get_days() > LONG_AGO);
    days.iter().chain(periods).filter_map(|v| first(v)).any(long_ago)
}

/// Days after which what a sentence tells is no longer the news of the article.
const LONG_AGO: i32 = 45;

/// Days, and longer times, that the sentence names.
fn times(page: &Report, sentence: Span) -> (BTreeSet<String>, BTreeSet<String>) {
    let dates = page.reading.times.iter().filter(|t| sentence.contains(t.span));
    let dates = dates.filter(|t| t.value.starts_with(|c: char| c.is_ascii_digit()) && !t.value.contains('X'));
    let value = |t: &Time| match t.kind {
        // "by Tuesday evening" holds for Tuesday
        TimeKind::Time => t.value.get(..10).map(str::to_owned),
        TimeKind::Date => Some(t.value.clone()),
        TimeKind::Duration | TimeKind::Set => None,
    };
    dates.filter_map(value).partition(|v| v.len() == 10 && !v.contains('W'))
}

fn is_person(head: &str) -> bool {
    figure_words().is(head, FigureClass::Person)
        || look(Class::Same, head) == Some("people")
        || look(Class::Role, head).is_some()
}

/// The sentence that holds the span, with its place in the article; the span itself where none does.
fn sentence_of(page: &Report, span: Span) -> (usize, Span) {
    let at = page.reading.sentences.partition_point(|s| s.end <= span.start);
    (at, page.reading.sentences.get(at).copied().filter(|s| s.contains(span)).unwrap_or(span))
}

/// Head and qualifiers of what is counted.
fn counted(f: &Figure, text: &str) -> (Option<String>, BTreeSet<String>) {
    let Some(span) = f.counted else { return (None, BTreeSet::new()) };
    let phrase = span.of(text);
    let mut stems: Vec<String> = words(phrase)
        .iter()
        .filter(|w| w.of(phrase).chars().any(char::is_alphanumeric))
        .map(|w| canonical(w.of(phrase)))
        .collect();
    let head = stems.pop();
    let qualifiers = stems.into_iter().filter(|s| look(Class::Empty, s).is_none()).collect();
    (head, qualifiers)
}

/// The folded words of the sentence before and after the number, nearest first.
struct Near {
    before: Vec<String>,
    after: Vec<String>,
}

impl Near {
    fn of(sentence: Span, f: &Figure, text: &str) -> Near {
        let side = |a: usize, b: usize| -> Vec<String> {
            let part = Span::new(a, b).of(text);
            words(part).iter().map(|w| fold(w.of(part))).collect()
        };
        let mut before = side(sentence.start, f.span.start);
        before.reverse();
        Near { before, after: side(f.span.end, sentence.end) }
    }

    /// The nearest word of a class, to the end of its clause; at one distance the one behind the number.
    fn nearest(&self, class: Class, reach: usize) -> Option<&'static str> {
        let number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
        let ends = |w: &str| matches!(w, ";" | ":" | ".") || (class == Class::Aspect && number(w));
        let find = |side: &[String], ends: &dyn Fn(&str) -> bool| {
            let clause = side.iter().take(reach).take_while(|w| !ends(w.as_str())).enumerate();
            clause.into_iter().find_map(|(n, w)| look(class, w).map(|r| (n, r)))
        };
        // "fifteen people on board were rescued": where they were is the lesser of two things said of them
        let fate = |side: &[String]| {
            let rest = side.iter().take(reach).take_while(|w| !ends(w.as_str()) && !number(w.as_str()));
            rest.into_iter().find_map(|w| look(class, w).filter(|r| *r != ABOARD))
        };
        // what the giver is says nothing of those counted ("a committee of survivors said that at least 240 people")
        let said = |w: &str| ends(w) || look(Class::Saying, w).is_some();
        match (find(&self.before, &said), find(&self.after, &ends)) {
            (Some((b, role)), Some((a, other))) => Some(if b < a { role } else { other }),
            (None, Some((_, ABOARD))) => fate(&self.after).or(Some(ABOARD)),
            (found, other) => found.or(other).map(|(_, r)| r),
        }
    }

    /// "The number of people killed when the ferry capsized off Likoni has risen to 23": however far away.
    fn number_of(&self) -> Option<&'static str> {
        let at = self.before.iter().position(|w| look(Class::Tally, w).is_some())?;
        self.before[..at].iter().rev().chain(self.before[at..].iter().take(3)).find_map(|w| look(Class::Role, w))
    }

    /// "240 people had been on the ferry".
    fn aboard(&self) -> Option<&'static str> {
        let on = self.after.iter().take(ROLE_REACH).position(|w| matches!(w.as_str(), "on" | "in"))?;
        let vehicle = |w: &String| look(Class::Vehicle, w);
        self.after.iter().skip(on + 1).take(4).find_map(vehicle)
    }

    /// "has risen to 23", "up from its first estimate".
    fn moves(&self) -> bool {
        self.before.iter().take(4).chain(self.after.iter().take(14)).any(|w| look(Class::Moves, w).is_some())
    }

    /// "it lost 14 tanks", "14 of its tanks": the giver's own.
    fn own(&self) -> bool {
        let its = |w: &String| matches!(w.as_str(), "its" | "their" | "our" | "his" | "her" | "my");
        let it = |w: &String| matches!(w.as_str(), "it" | "they" | "we" | "he" | "she" | "i");
        // "it had lost 14", but not "it said that 14"
        let verb = self.before.iter().take(3).take_while(|w| look(Class::Saying, w).is_none());
        self.before.first().is_some_and(its)
            || verb.skip(1).any(it)
            || (self.after.first().is_some_and(|w| w == "of") && self.after.get(1).is_some_and(its))
    }

    /// "arms worth $300 million": what stands before is measured.
    fn worth(&self) -> Option<String> {
        let mut back = self.before.iter().skip_while(|w| look(Class::Hedge, w).is_some());
        (back.next()? == "worth").then(|| back.next())?.map(|w| canonical(w))
    }

    /// "6.5 million people inside the country", "across the continent": how far it counts. A word that needs a country
    /// after it ("within hours" says nothing of the kind) has one within three words.
    fn extent(&self) -> Option<&'static str> {
        let before: Vec<&String> = self.before.iter().take(EXTENT_REACH).rev().collect();
        let after: Vec<&String> = self.after.iter().take(EXTENT_REACH).collect();
        let of = |words: &[&String]| {
            (0..words.len()).find_map(|at| {
                let country = || words.iter().skip(at + 1).take(3).any(|w| look(Class::Country, w).is_some());
                look(Class::Extent, words[at]).or_else(|| look(Class::ExtentOf, words[at]).filter(|_| country()))
            })
        };
        of(&after).or_else(|| of(&before))
    }

    fn scope(&self) -> (bool, bool, bool) {
        let has =
            |side: &[String], class: Class, reach: usize| side.iter().take(reach).any(|w| look(class, w).is_some());
        // "16 people, including 2 children": part of the number before it; "equipment including 400 vehicles" is not
        let parted = self.before.iter().take(3).position(|w| look(Class::Subset, w).is_some());
        let whole = |n: usize| self.before.iter().skip(n).take(8).any(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        // "nine of the 14 stations", "nine stations of 14"
        let number = |w: &String| w.starts_with(|c: char| c.is_ascii_digit());
        let of = self.after.iter().take(4).position(|w| w == "of");
        let out_of = of.is_some_and(|n| n == 0 || self.after.iter().skip(n + 1).take(2).any(number));
        let subset = parted.is_some_and(whole) || out_of;
        let increment = has(&self.before, Class::Increment, 2)
            || self.after.first().is_some_and(|w| w == "more" || w == "additional");
        let each = self.after.windows(2).take(4).any(|w| {
            matches!(w[0].as_str(), "a" | "an" | "each" | "every")
                && matches!(w[1].as_str(), "day" | "week" | "month" | "year" | "hour")
        });
        (subset, increment, each || has(&self.after, Class::Rate, 4))
    }
}
