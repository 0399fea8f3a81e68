//! What is known of each word by itself: how it is written, its class, its place in the lists and in the rules' names.

use super::super::tokens::{Shape, Tokens};
use super::super::weigh::Decided;
use super::clusters::Clusters;
use super::elsewhere::{self, Words};
use super::hash;
use dateline_lexicon::names::Role;
use dateline_lexicon::places::PlaceKind;

/// What is known of one word; zero stands for nothing known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fact {
    /// Hash of the folded word, or of the mark.
    pub word: u32,
    /// How it is written.
    pub shape: u32,
    /// Hash of its first three letters, and of its last two, three and four.
    pub ends: [u32; 4],
    /// Coarse and fine class of words that stand in like places.
    pub classes: [u32; 2],
    /// Given name, surname: two bits; and its office or form of address.
    pub person: u32,
    /// Place of the gazetteer that it is part of: which part, which size.
    pub place: u32,
    /// How commonly it is written small.
    pub common: u32,
    /// Nationality, head of an organisation's name, role before a person's name.
    pub list: u32,
    /// Name of the rules that it is part of: which part, which kind.
    pub rule: u32,
    /// The rule, and how sure the weights were.
    pub rule_detail: u32,
    /// Sights elsewhere in the article.
    pub sights: u32,
    /// How often with a capital inside a sentence: 0, 1, 2 and more.
    pub inside: u32,
    /// Which kind the article's candidates with this word mostly are.
    pub mostly: u32,
}

/// Gathers the facts of all words.
pub(super) fn of(t: &Tokens, clusters: &Clusters, ruled: &[Decided]) -> Vec<Fact> {
    let hashes: Vec<u32> = (0..t.len()).map(|i| word_hash(t, i)).collect();
    let words = elsewhere::words(t, &hashes, ruled);
    let mut facts: Vec<Fact> = (0..t.len()).map(|i| fact(t, clusters, &words, i, hashes[i])).collect();
    rules(ruled, &mut facts);
    places(t, &mut facts);
    facts
}

fn word_hash(t: &Tokens, i: usize) -> u32 {
    match t.shape(i) {
        Shape::Mark => hash::word(t.text(i)),
        // Years are told from other numbers, and those by their length.
        Shape::Number => 2 + t.text(i).chars().count().min(8) as u32,
        _ => hash::word(t.folded(i)),
    }
}

fn fact(t: &Tokens, clusters: &Clusters, words: &Words, i: usize, word: u32) -> Fact {
    let folded = t.folded(i);
    let mut fact = Fact { word, shape: shape(t, i), classes: clusters.of(word), ..Fact::default() };
    if matches!(t.shape(i), Shape::Mark | Shape::Number) {
        return fact;
    }
    fact.common = common(t, folded);
    let role = match t.lexicon.names.role(folded) {
        Some((Role::Honorific, _)) => 1,
        Some((Role::Head, _)) => 2,
        Some((Role::Modifier, _)) => 3,
        None => 0,
    };
    fact.list = role;
    if t.shape(i) == Shape::Lower && !t.is_caseless(i) {
        return fact;
    }
    fact.ends = ends(folded);
    let person = t.lexicon.names.person(folded);
    fact.person = 1 + u32::from(person.given) + 2 * u32::from(person.surname);
    let head = |h: Option<dateline_lexicon::names::Head>| h.map_or(0, |h| 1 + h.kind as u32);
    let demonym = t.lexicon.places.demonym(folded).is_some();
    fact.list = role
        + 4 * u32::from(demonym)
        + 8 * u32::from(t.lexicon.names.not_name(folded))
        + 16 * head(t.lexicon.names.last_head(folded))
        + 128 * head(t.lexicon.names.first_head(folded));
    if let Some(seen) = words.get(&word) {
        fact.sights = u32::from(seen.sights);
        fact.inside = 1 + u32::from(seen.inside.min(2));
        let most = (0..seen.kinds.len()).rev().max_by_key(|k| seen.kinds[*k]).filter(|k| seen.kinds[*k] > 0);
        let sure = most.is_some_and(|k| seen.kinds.iter().sum::<u16>() == seen.kinds[k]);
        fact.mostly = most.map_or(0, |k| 1 + 2 * k as u32 + u32::from(sure));
    }
    fact
}

/// Letters by case, with digits and inner marks; of a mark the mark itself.
fn shape(t: &Tokens, i: usize) -> u32 {
    let length = || t.text(i).chars().count() as u32;
    match t.shape(i) {
        _ if t.in_capitals(i) => 1,
        Shape::Lower => 2,
        Shape::Capital if length() == 1 => 3,
        Shape::Capital if t.text(i).contains(['-', '‑']) => 4,
        Shape::Capital if t.text(i).chars().skip(1).any(char::is_uppercase) => 5,
        Shape::Capital if t.text(i).chars().any(char::is_numeric) => 6,
        Shape::Capital => 7,
        Shape::Upper if t.text(i).contains('.') => 8,
        Shape::Upper if t.text(i).chars().any(char::is_numeric) => 9,
        Shape::Upper => 10 + length().min(6),
        Shape::Inner => 17,
        Shape::Number => 18 + length().min(8),
        Shape::Mark => hash::word(t.text(i)),
    }
}

fn ends(folded: &str) -> [u32; 4] {
    let first = folded.char_indices().nth(3).map_or(folded, |(at, _)| &folded[..at]);
    let mut out = [hash::word(first), 0, 0, 0];
    for (cell, length) in out[1..].iter_mut().zip(2_usize..) {
        if let Some((at, _)) = folded.char_indices().rev().nth(length - 1).filter(|(at, _)| *at > 0) {
            *cell = hash::word(&folded[at..]);
        }
    }
    out
}

fn common(t: &Tokens, folded: &str) -> u32 {
    match t.lexicon.names.written(folded) {
        (0, 0) => 1,
        (0, _) => 2,
        (low, high) if low >= 20 * high => 3 + u32::from(low >= 20),
        (low, high) if low >= high => 5,
        (low, high) if 10 * low >= high => 6,
        _ => 7,
    }
}

/// First, inner, last or only word.
fn part(i: usize, first: usize, last: usize) -> u32 {
    match (i == first, i == last) {
        (true, true) => 3,
        (true, false) => 0,
        (false, true) => 2,
        (false, false) => 1,
    }
}

fn rules(ruled: &[Decided], facts: &mut [Fact]) {
    for (piece, kind, margin) in ruled {
        let kind = kind.map_or(0, |k| 1 + k as u32);
        let head = piece.head.map_or(0, |(_, k)| 1 + k as u32);
        let sure = if piece.kind.is_some() { 7 } else { (margin / 1000).clamp(0, 6) as u32 };
        let rule = hash::word(piece.rule);
        for (i, fact) in facts.iter_mut().enumerate().take(piece.last + 1).skip(piece.first) {
            fact.rule = 1 + part(i, piece.first, piece.last) + 4 * kind;
            fact.rule_detail = hash::mix(hash::mix(rule, head), sure);
        }
    }
}

/// The longest places of the gazetteer, from left to right.
fn places(t: &Tokens, facts: &mut [Fact]) {
    const LONGEST: usize = 4;
    let mut i = 0;
    while i < t.len() {
        let word = t.is_name(i) || t.is_caseless(i) && facts[i].common < 4 && facts[i].person > 0;
        let mut last = i;
        let mut found = None;
        while word && last < t.len() && last < i + LONGEST {
            if t.shape(last) != Shape::Mark && t.lexicon.places.is_named(&t.key(i, last)) {
                found = Some(last);
            }
            if t.ends_line(last) || !t.adjacent(last) || t.shape(last + 1) == Shape::Mark && t.text(last + 1) != "." {
                break;
            }
            last += 1;
        }
        let Some(last) = found else {
            i += 1;
            continue;
        };
        let size = size(t, &t.key(i, last));
        for (at, fact) in facts.iter_mut().enumerate().take(last + 1).skip(i) {
            fact.place = 1 + part(at, i, last) + 4 * size;
        }
        i = last + 1;
    }
}

fn size(t: &Tokens, key: &str) -> u32 {
    let all = t.lexicon.places.named(key);
    let rank = |k: PlaceKind| match k {
        PlaceKind::Country => 3,
        PlaceKind::Region => 2,
        PlaceKind::State => 1,
        _ => 0,
    };
    match all.iter().max_by_key(|p| (rank(p.kind), p.population)).map(|p| (p.kind, p.population)) {
        None => 0,
        Some((PlaceKind::Country, _)) => 1,
        Some((PlaceKind::Region, _)) => 2,
        Some((PlaceKind::State, _)) => 3,
        Some((PlaceKind::County, _)) => 4,
        Some((_, 1_000_000..)) => 5,
        Some((_, 100_000..)) => 6,
        Some((_, 20_000..)) => 7,
        Some(_) => 8,
    }
}
