//! Many articles out of few: texts in which every word beyond the commonest gave way to another of about its frequency,
//! so that what lies in one round stays as alike or apart as it was, and shares nothing but function words with the
//! other rounds. Cases, marks, figures and paragraphs stay.

use dateline_text::{WordKind, words};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Words of each language that stay, by frequency: function words, without which no reader finds its way.
const KEPT: usize = 150;
/// Neighbours by frequency among which words change places.
const BLOCK: usize = 64;
/// Days between rounds: far beyond any window.
const APART: i64 = 400;

/// The words of a set of articles by language and frequency; names apart from other words.
pub struct Vocabulary {
    /// Place of each word: its list and its rank in it.
    place: FxHashMap<(String, String), (usize, usize)>,
    /// Words by falling frequency.
    lists: Vec<Vec<String>>,
}

impl Vocabulary {
    /// The words of texts, each with its language.
    pub fn of<'t>(texts: impl Iterator<Item = (&'t str, &'t str)>) -> Vocabulary {
        let mut counts: BTreeMap<(String, bool), BTreeMap<String, u64>> = BTreeMap::new();
        for (language, text) in texts {
            for word in words(text).iter().filter(|w| w.kind == WordKind::Letters) {
                let word = word.of(text);
                let list = counts.entry((language.to_owned(), is_cased(word))).or_default();
                *list.entry(word.to_lowercase()).or_default() += 1;
            }
        }
        let mut out = Vocabulary { place: FxHashMap::default(), lists: Vec::new() };
        for ((language, cased), list) in counts {
            let mut list: Vec<(String, u64)> = list.into_iter().collect();
            list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            for (rank, (word, _)) in list.iter().enumerate() {
                out.place.insert((key(&language, cased), word.clone()), (out.lists.len(), rank));
            }
            out.lists.push(list.into_iter().map(|(word, _)| word).collect());
        }
        out
    }

    /// A text as it stands in a round; in round 0 as it is.
    pub fn in_round(&self, language: &str, text: &str, round: usize) -> String {
        if round == 0 {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len() + 64);
        let mut done = 0;
        let keys = [key(language, false), key(language, true)];
        for word in words(text).iter().filter(|w| w.kind == WordKind::Letters) {
            let written = word.of(text);
            out.push_str(&text[done..word.span.start]);
            done = word.span.end;
            out.push_str(&self.other(&keys[usize::from(is_cased(written))], written, round));
        }
        out.push_str(&text[done..]);
        out
    }

    fn other(&self, key: &str, written: &str, round: usize) -> String {
        let Some(&(list, rank)) = self.place.get(&(key.to_owned(), written.to_lowercase())) else {
            return written.to_owned();
        };
        if rank < KEPT {
            return written.to_owned();
        }
        let list = &self.lists[list];
        let base = KEPT + (rank - KEPT) / BLOCK * BLOCK;
        let size = BLOCK.min(list.len() - base);
        as_written(&list[base + (rank - base + 7 * round) % size], written)
    }
}

fn key(language: &str, cased: bool) -> String {
    format!("{language}{}", if cased { "+" } else { "-" })
}

fn is_cased(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// A word in the case of another.
fn as_written(word: &str, like: &str) -> String {
    if like.chars().count() > 1 && like.chars().all(char::is_uppercase) {
        return word.to_uppercase();
    }
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if is_cased(like) => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}

/// A day of an earlier round, moved back; other forms of date are left out.
pub fn day_in_round(day: &str, round: usize) -> Option<String> {
    let number = |part: Option<&str>| part?.parse::<i64>().ok();
    let date = day.get(..10)?;
    let mut parts = date.split('-');
    let (y, m, d) = (number(parts.next())?, number(parts.next())?, number(parts.next())?);
    let (y, m, d) = civil(days(y, m, d) - APART * i64::try_from(round).ok()?);
    Some(format!("{y:04}-{m:02}-{d:02}"))
}

/// Days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn days(y: i64, m: i64, d: i64) -> i64 {
    let y = if m <= 2 { y - 1 } else { y };
    let (era, year) = (y.div_euclid(400), y.rem_euclid(400));
    let day = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
    era * 146_097 + year * 365 + year / 4 - year / 100 + day - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let (era, of_era) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let p = (5 * of_year + 2) / 153;
    let m = if p < 10 { p + 3 } else { p - 9 };
    (year + era * 400 + i64::from(m <= 2), m, of_year - (153 * p + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_move_back_and_texts_keep_their_form() {
        assert_eq!(day_in_round("2024-03-01T10:00", 0).as_deref(), Some("2024-03-01"));
        assert_eq!(day_in_round("2024-03-01", 1).as_deref(), Some("2023-01-26"));
        assert_eq!(day_in_round("March", 1), None);
        let text: String = (0..400).map(|i| format!("w{} Name{}, ", "x".repeat(i % 7), "y".repeat(i))).collect();
        let all = Vocabulary::of([("en", text.as_str())].into_iter());
        assert_eq!(all.in_round("en", &text, 0), text);
        let other = all.in_round("en", &text, 1);
        assert_eq!((other == text, other.matches(", ").count()), (false, 400));
    }
}
