//! Names of months, days of the week and time zones, in every language that the tables know.
//!
//! Forms are compared folded ([`dateline_text::fold`]), so case and diacritics do not matter. A form that means two
//! months ("listopad" is October in Croatian and November in Polish) is resolved by the language, or not at all.

use dateline_text::{fold, folded};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

const MONTHS: &str = include_str!("../data/months/months.tsv");
const WEEKDAYS: &str = include_str!("../data/months/weekdays.tsv");
const ZONES: &str = include_str!("../data/months/zones.tsv");

/// Folded form → the languages that have it and the number it means there.
type Table = FxHashMap<String, Vec<(&'static str, u8)>>;

/// The month a word names, 1 to 12.
///
/// `word` is one word, or two joined by a space; a full stop at its end is ignored. `language` is a BCP 47 tag.
///
/// ```
/// use dateline_lexicon::months::month;
/// assert_eq!(month("Sept.", None), Some(9));
/// assert_eq!(month("listopada", Some("pl")), Some(11));
/// assert_eq!(month("listopada", Some("hr")), Some(10));
/// assert_eq!(month("listopada", None), None);
/// assert_eq!(month("ag", Some("ca")), Some(8));
/// assert_eq!(month("AG", Some("pl")), None, "two letters count in their own language alone");
/// ```
pub fn month(word: &str, language: Option<&str>) -> Option<u8> {
    static TABLE: OnceLock<Table> = OnceLock::new();
    look_up(TABLE.get_or_init(|| table(MONTHS)), word, language)
}

/// The day of the week a word names, Monday is 1; as [`month`] otherwise.
///
/// ```
/// use dateline_lexicon::months::weekday;
/// assert_eq!(weekday("Donnerstag", None), Some(4));
/// ```
pub fn weekday(word: &str, language: Option<&str>) -> Option<u8> {
    static TABLE: OnceLock<Table> = OnceLock::new();
    look_up(TABLE.get_or_init(|| table(WEEKDAYS)), word, language)
}

/// The offset from UTC that a zone's abbreviation stands for ("Z", "+01:00"); `None` where it is unknown or ambiguous.
pub fn zone(abbreviation: &str) -> Option<&'static str> {
    rows(ZONES).find(|(name, _)| *name == abbreviation).map(|(_, offset)| offset.trim())
}

fn look_up(table: &Table, word: &str, language: Option<&str>) -> Option<u8> {
    let folded = folded(word.trim_end_matches('.'));
    let readings = table.get(folded.trim())?;
    let primary = language.and_then(|l| l.split(['-', '_']).next()).unwrap_or_default();
    if let Some((_, n)) = readings.iter().find(|(l, _)| l.eq_ignore_ascii_case(primary)) {
        return Some(*n);
    }
    // two letters mean too much elsewhere ("ag" is August in Catalan, and a company in every language)
    let foreign = !primary.is_empty() && folded.trim().chars().nth(2).is_none();
    let (_, first) = readings.first().filter(|_| !foreign)?;
    readings.iter().all(|(_, n)| n == first).then_some(*first)
}

/// Lines of a table that are not remarks: first column, rest.
fn rows(data: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    data.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}

fn table(data: &'static str) -> Table {
    let mut out = Table::default();
    for (language, rest) in rows(data) {
        let Some((number, forms)) = rest.split_once('\t') else { continue };
        let Ok(number) = number.parse::<u8>() else { continue };
        for form in forms.split(' ').filter(|f| !f.is_empty()) {
            out.entry(fold(&form.replace('_', " "))).or_default().push((language, number));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_language_has_all_of_its_months_and_days() {
        for (data, count) in [(MONTHS, 12), (WEEKDAYS, 7)] {
            let mut per: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
            for (language, rest) in rows(data) {
                let number = rest.split('\t').next().and_then(|n| n.parse::<u8>().ok());
                per.entry(language).or_default().extend(number);
            }
            assert!(per.len() >= 30);
            for (language, numbers) in per {
                assert_eq!(numbers, (1..=count).collect::<Vec<u8>>(), "{language}");
            }
        }
    }

    #[test]
    fn no_language_uses_one_form_for_two_months() {
        for (form, readings) in table(MONTHS) {
            for (language, number) in &readings {
                assert!(readings.iter().all(|(l, n)| l != language || n == number), "{form} in {language}");
            }
        }
    }

    #[test]
    fn zones_that_mean_two_things_are_unknown() {
        assert_eq!(zone("CET"), Some("+01:00"));
        assert_eq!(zone("IST"), None);
        assert_eq!(zone("ET"), None);
    }
}
