//! What linking compares of one article: weighted terms, numbers, days, words for finding copies. Integers throughout,
//! so that no order of adding can change a result.

use crate::link::core::Core;
use crate::link::days::{Days, days_of, dotted};
use crate::link::normalise::{Token, TokenKind, tokens};
use crate::link::turns::{Turns, turns};
use crate::link::{idf, names};
use crate::{Print, Said};
use dateline_lexicon::months::{month, weekday};
use dateline_reading::NameKind;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Terms by which candidates are found.
pub const TOP: usize = 24;
/// Terms kept of an article.
const KEPT: usize = 400;
/// Tokens looked at; what stands after is background.
const READ: usize = 2500;
/// Tokens that count as the lead.
const LEAD: usize = 90;
/// Weight of a name against a common word of the same rarity, in tenths.
const NAME_BOOST: u32 = 13;

/// Words of the text that stand for a title where none is given.
const HEADLINE: usize = 12;

/// Utterances kept of an article.
const SAID: usize = 40;
/// Weight from which a word tells what an utterance is about.
const TELLING: u32 = 250;

/// One term of an article with its weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Hash of the term.
    pub term: u32,
    /// Weight in the whole text.
    pub full: u16,
    /// Weight in title and lead; 0 where it does not stand there.
    pub lead: u16,
    /// Weight in the title; 0 where it does not stand there.
    pub title: u16,
    /// Whether it is written as a name.
    pub name: bool,
}

/// Lengths (Euclidean) of an article's vectors.
#[derive(Debug, Clone, Copy, Default)]
pub struct Norms {
    /// All terms.
    pub full: u64,
    /// Names only.
    pub names: u64,
    /// All but names.
    pub words: u64,
    /// Title and lead.
    pub lead: u64,
    /// Title.
    pub title: u64,
    /// Names in title and lead.
    pub lead_names: u64,
    /// All but names in title and lead.
    pub lead_words: u64,
    /// Sum of the weights of all terms.
    pub sum: u64,
    /// The same of title and lead.
    pub lead_sum: u64,
    /// The same of the title.
    pub title_sum: u64,
    /// The same of the names in the title.
    pub title_names: u64,
}

/// One article, ready to be compared.
#[derive(Debug, Clone, Default)]
pub struct Doc {
    /// Hash of title and text: decides ties.
    pub content: [u8; 16],
    /// Terms, by hash.
    pub terms: Vec<Entry>,
    /// Their vectors' lengths.
    pub norms: Norms,
    /// Hashes of the heaviest terms, heaviest first, with their weight.
    pub top: Vec<(u32, u32)>,
    /// Written forms of terms that may be shown, by hash; empty in a lean one.
    pub shown: Vec<(u32, Box<str>)>,
    /// Numbers that tell something (not small, not years), hashed, sorted, once each.
    pub numbers: Vec<u32>,
    /// When it was published, and the days it mentions.
    pub days: Days,
    /// What title and lead say happened.
    pub core: Core,
    /// Whether it answers a claim or looks ahead.
    pub turns: Turns,
    /// Keys of its entities, hashed, with weight, sorted by hash.
    pub keys: Vec<(u32, u32)>,
    /// Those of them that stand in title or lead, sorted.
    pub lead_keys: Vec<u32>,
    /// Length of the entity vector.
    pub keys_norm: u64,
    /// What named speakers say in it: hash of the speaker's key, hashes of the telling words, sorted.
    pub said: Vec<(u32, Vec<u32>)>,
    /// Keys of the persons it names, hashed, sorted, once each.
    pub persons: Vec<u32>,
    /// Hashes of all words in order, stop words too, for finding copies; empty in a lean one.
    pub words: Vec<u32>,
    /// Hashes of the words of the title but for days, months and numbers, sorted, once each: what is left of a rubric.
    pub heading: Vec<u32>,
    /// Hash of the outlet's name, or of the site it stands on.
    pub outlet: Option<u32>,
    /// The tag under which its language's data lie; empty where the language is unknown.
    pub language: Box<str>,
    /// Number of tokens read.
    pub length: usize,
}

impl Doc {
    /// Whether both bear one title but for days, months and numbers.
    pub fn is_headed_as(&self, other: &Doc) -> bool {
        !self.heading.is_empty() && self.heading == other.heading
    }

    /// The same without what only copies and explanations need.
    pub fn lean(self) -> Doc {
        Doc { shown: Vec::new(), words: Vec::new(), ..self }
    }
}

/// Whether two outlets, as a [`Doc`] has them, are one that is known.
pub fn one_outlet(a: Option<u32>, b: Option<u32>) -> bool {
    a.is_some() && a == b
}

/// What was seen of one term.
#[derive(Default)]
struct Seen<'t> {
    raw: &'t str,
    body: u32,
    lead: u32,
    title: u32,
    capital: u32,
    capital_inside: u32,
    lower: u32,
}

/// Prepares all articles; the order is kept.
pub fn docs(prints: &[&Print]) -> Vec<Doc> {
    prints.par_iter().map(|p| doc(p)).collect()
}

/// Term frequency with diminishing returns, in tenths: 1 + ln(n), rounded.
fn damped(n: u32) -> u32 {
    const TABLE: [u32; 17] = [0, 10, 17, 21, 24, 26, 28, 29, 31, 32, 33, 34, 35, 36, 36, 37, 38];
    TABLE[(n as usize).min(16)]
}

fn doc(print: &Print) -> Doc {
    let language = print.language.as_deref().unwrap_or("");
    let idf = idf::of(language);
    let mut body = tokens(&print.text, language);
    body.truncate(READ);
    let given = tokens(&print.title, language);
    let title = if given.is_empty() { &body[..HEADLINE.min(body.len())] } else { &given };
    let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
    let mut numbers = Vec::new();
    for (i, token) in body.iter().enumerate() {
        if token.kind == TokenKind::Number {
            numbers.extend(telling(&token.term));
            continue;
        }
        let s = seen.entry(&token.term).or_default();
        if s.body == 0 {
            s.raw = token.raw;
        }
        s.body += 1;
        s.lead += u32::from(i < LEAD);
        note_case(s, token);
    }
    for token in title.iter().filter(|t| t.kind != TokenKind::Number) {
        let s = seen.entry(&token.term).or_default();
        if s.raw.is_empty() {
            s.raw = token.raw;
        }
        s.title += 1;
    }
    numbers.extend(title.iter().filter(|t| t.kind == TokenKind::Number).filter_map(|t| telling(&t.term)));
    numbers.sort_unstable();
    numbers.dedup();
    let mut rows: Vec<(Entry, &str, &str)> =
        seen.iter().map(|(t, s)| (entry(t, s, idf.weight(t)), *t, s.raw)).filter(|(e, ..)| e.full > 0).collect();
    rows.sort_by(|a, b| b.0.full.cmp(&a.0.full).then(a.1.cmp(b.1)));
    rows.truncate(KEPT);
    let top: Vec<(u32, u32)> = rows.iter().take(TOP).map(|(e, ..)| (e.term, u32::from(e.full))).collect();
    let mut shown: Vec<(u32, Box<str>)> =
        rows.iter().take(3 * TOP).map(|(e, _, raw)| (e.term, Box::from(*raw))).collect();
    shown.sort();
    let mut terms: Vec<Entry> = rows.into_iter().map(|(e, ..)| e).collect();
    terms.sort_unstable_by_key(|e| e.term);
    terms.dedup_by_key(|e| e.term);
    let (keys, keys_norm) = keys(print, language, idf);
    Doc {
        content: names::content(print),
        norms: norms(&terms),
        terms,
        top,
        shown,
        numbers,
        days: days_of(print),
        lead_keys: lead_keys(print),
        core: Core::of(print, title_day(&given, language)),
        turns: turns(print),
        keys,
        keys_norm,
        words: crate::link::copies::word_hashes(print),
        said: utterances(print, idf),
        heading: heading(&given, language),
        persons: persons(print),
        outlet: outlet(print),
        language: if language.is_empty() { Box::default() } else { idf::tag(language).into() },
        length: body.len(),
    }
}

fn is_dated(word: &str, language: &str) -> bool {
    month(word, Some(language)).is_some() || weekday(word, Some(language)).is_some()
}

fn heading(title: &[Token<'_>], language: &str) -> Vec<u32> {
    let kept = title.iter().filter(|t| t.kind != TokenKind::Number && !is_dated(t.raw, language));
    let mut out: Vec<u32> = kept.map(|t| names::hash32(&t.term)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Hash of the date in a title: its days, months and numbers, where a day or month is among them.
fn title_day(title: &[Token<'_>], language: &str) -> Option<u32> {
    let bears = |t: &Token<'_>| is_dated(t.raw, language) || (t.kind == TokenKind::Number && dotted(t.raw).is_some());
    let dated = title.iter().any(bears);
    let parts = title.iter().filter(|t| t.kind == TokenKind::Number || is_dated(t.raw, language));
    let date: Vec<&str> = parts.map(|t| t.raw).collect();
    dated.then(|| names::hash32(&date.join(" ")))
}

fn outlet(print: &Print) -> Option<u32> {
    let name = print.outlet.as_deref().or_else(|| dateline_text::host(print.url.as_deref()?))?;
    (!name.is_empty()).then(|| names::hash32(&dateline_text::fold(name)))
}

fn note_case(s: &mut Seen<'_>, token: &Token<'_>) {
    match (token.kind, token.first) {
        (TokenKind::Capital, true) => s.capital += 1,
        (TokenKind::Capital, false) => {
            s.capital += 1;
            s.capital_inside += 1;
        }
        _ => s.lower += 1,
    }
}

/// Numbers of one digit, years and round tens say too little to link articles.
fn telling(term: &str) -> Option<u32> {
    let digits = term.bytes().filter(u8::is_ascii_digit).count();
    let year = digits == 4 && term.len() == 4 && (term.starts_with("19") || term.starts_with("20"));
    (digits >= 2 && !year && !matches!(term, "10" | "20" | "30" | "50" | "100")).then(|| names::hash32(term))
}

fn entry(term: &str, s: &Seen<'_>, rarity: u32) -> Entry {
    let name = s.capital_inside > s.lower || (s.capital > 0 && s.lower == 0 && rarity == idf::UNKNOWN);
    let boost = if name { NAME_BOOST } else { 10 };
    let weigh = |points: u32| u16::try_from(rarity * boost * damped(points) / 100).unwrap_or(u16::MAX);
    Entry {
        term: names::hash32(term),
        full: weigh(s.body + s.lead + 2 * s.title),
        lead: weigh(s.lead + 2 * s.title),
        title: weigh(s.title),
        name,
    }
}

/// Lengths of the vectors that these terms make.
pub fn norms(terms: &[Entry]) -> Norms {
    let sum = |f: &dyn Fn(&Entry) -> u16| {
        let squares: u64 = terms.iter().map(|e| u64::from(f(e)) * u64::from(f(e))).sum();
        squares.isqrt()
    };
    Norms {
        full: sum(&|e| e.full),
        names: sum(&|e| if e.name { e.full } else { 0 }),
        words: sum(&|e| if e.name { 0 } else { e.full }),
        lead: sum(&|e| e.lead),
        title: sum(&|e| e.title),
        lead_names: sum(&|e| if e.name { e.lead } else { 0 }),
        lead_words: sum(&|e| if e.name { 0 } else { e.lead }),
        sum: terms.iter().map(|e| u64::from(e.full)).sum(),
        lead_sum: terms.iter().map(|e| u64::from(e.lead)).sum(),
        title_sum: terms.iter().map(|e| u64::from(e.title)).sum(),
        title_names: terms.iter().filter(|e| e.name).map(|e| u64::from(e.title)).sum(),
    }
}

/// Utterances of named speakers, as the words that tell what they are about.
fn utterances(print: &Print, idf: &idf::Table) -> Vec<(u32, Vec<u32>)> {
    let language = print.language.as_deref().unwrap_or("");
    let telling = |words: &str| {
        let all = tokens(words, language).into_iter().filter(|t| idf.weight(&t.term) >= TELLING);
        let mut hashes: Vec<u32> = all.map(|t| names::hash32(&t.term)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    };
    said(print).map(|s| (names::hash32(&s.speaker), telling(&s.words))).collect()
}

/// The utterances of named speakers that are kept of an article, in order.
pub fn said(print: &Print) -> impl Iterator<Item = &Said> {
    print.said.iter().filter(|s| !s.speaker.is_empty()).take(SAID)
}

/// The article's entities, weighed by how telling their names are, how often and how early they stand.
fn keys(print: &Print, language: &str, idf: &idf::Table) -> (Vec<(u32, u32)>, u64) {
    let mut keys: Vec<(u32, u32)> = print
        .names
        .iter()
        .filter(|n| !n.key.is_empty())
        .map(|n| {
            // the words of the name, not of the key: "place:690791" is in no table and would pass for a rare word
            let rarity = tokens(&n.name, language).iter().map(|t| idf.weight(&t.term)).max().unwrap_or(idf::UNKNOWN);
            (names::hash32(&n.key), rarity * damped(n.mentions.max(1) + 2 * u32::from(n.leads)) / 10)
        })
        .collect();
    keys.sort_unstable_by_key(|(key, weight)| (*key, std::cmp::Reverse(*weight)));
    keys.dedup_by_key(|k| k.0);
    let norm = keys_norm(&keys);
    (keys, norm)
}

/// Length of an entity vector.
pub fn keys_norm(keys: &[(u32, u32)]) -> u64 {
    let squares: u64 = keys.iter().map(|k| u64::from(k.1) * u64::from(k.1)).sum();
    squares.isqrt()
}

fn persons(print: &Print) -> Vec<u32> {
    let persons = print.names.iter().filter(|n| n.kind == NameKind::Person);
    let mut keys: Vec<u32> = persons.map(|n| names::hash32(&n.key)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn lead_keys(print: &Print) -> Vec<u32> {
    let leading = print.names.iter().filter(|n| n.leads && !n.key.is_empty());
    let mut keys: Vec<u32> = leading.map(|n| names::hash32(&n.key)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
