//! Which language a text is in, by script and by its frequent small words.
//!
//! Used where the page does not say. A word that k languages share gives each of them 1/k, so that close languages are
//! told apart by the words they do not share (Cavnar and Trenkle 1994 rank letters; whole words need less text to be
//! explained). Deterministic, linear in the part that is read.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const WORDS: &str = include_str!("../../data/language/words.tsv");
/// Bytes of the text that are read; the language of a page shows in less.
const READ: usize = 40_000;
/// The least share of all words that the best language's words must reach.
const LEAST_SHARE: f64 = 0.06;
/// Fewer words than this say nothing.
const LEAST_WORDS: usize = 6;

/// The BCP 47 tag of the language most of the text is in; `None` where the text does not tell.
pub(crate) fn detect(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(READ);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end).unwrap_or_default();
    by_script(text).or_else(|| by_words(text))
}

/// Languages whose script no other language of news pages uses.
fn by_script(text: &str) -> Option<&'static str> {
    let (mut letters, mut han, mut kana) = (0usize, 0usize, 0usize);
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        let language = match u32::from(c) {
            0x370..=0x3ff | 0x1f00..=0x1fff => "el",
            0x530..=0x58f => "hy",
            0x590..=0x5ff => "he",
            0x980..=0x9ff => "bn",
            0xa00..=0xa7f => "pa",
            0xa80..=0xaff => "gu",
            0xb80..=0xbff => "ta",
            0xc00..=0xc7f => "te",
            0xc80..=0xcff => "kn",
            0xd00..=0xd7f => "ml",
            0xd80..=0xdff => "si",
            0xe00..=0xe7f => "th",
            0xe80..=0xeff => "lo",
            0x1000..=0x109f => "my",
            0x10a0..=0x10ff | 0x1c90..=0x1cbf => "ka",
            0x1200..=0x137f => "am",
            0x1780..=0x17ff => "km",
            0xac00..=0xd7af => "ko",
            0x3040..=0x30ff => {
                kana += 1;
                continue;
            }
            0x4e00..=0x9fff | 0x3400..=0x4dbf => {
                han += 1;
                continue;
            }
            _ => continue,
        };
        *counts.entry(language).or_default() += 1;
    }
    let (best, count) = counts.into_iter().max_by_key(|&(_, n)| n).unwrap_or(("", 0));
    // Japanese mixes kana into Han characters; Chinese has next to none.
    if (han + kana) * 10 > letters * 4 && han + kana > count {
        return Some(if kana * 20 > han + kana { "ja" } else { "zh" });
    }
    (count * 10 > letters * 4).then_some(best)
}

/// Word → languages that count it among their frequent ones.
fn table() -> &'static FxHashMap<&'static str, Vec<&'static str>> {
    static TABLE: OnceLock<FxHashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut out: FxHashMap<&'static str, Vec<&'static str>> = FxHashMap::default();
        for (language, words) in WORDS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')) {
            for word in words.split(' ') {
                let languages = out.entry(word).or_default();
                if !languages.contains(&language) {
                    languages.push(language);
                }
            }
        }
        out
    })
}

fn by_words(text: &str) -> Option<&'static str> {
    let mut scores: BTreeMap<&'static str, f64> = BTreeMap::new();
    let mut words = 0usize;
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|w| !w.is_empty()) {
        words += 1;
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        if let Some(languages) = table().get(lower.as_str()) {
            let share = 1.0 / f64::from(u32::try_from(languages.len()).unwrap_or(1));
            for language in languages {
                *scores.entry(language).or_default() += share;
            }
        }
    }
    if words < LEAST_WORDS {
        return None;
    }
    let mut best: Option<(&'static str, f64)> = None;
    for (language, score) in scores {
        if best.is_none_or(|(_, b)| score > b) {
            best = Some((language, score));
        }
    }
    let all = f64::from(u32::try_from(words).unwrap_or(u32::MAX));
    best.filter(|(_, score)| *score >= LEAST_SHARE * all).map(|(language, _)| language)
}

/// Vowel signs of scripts that write them as marks belong to the word.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x64b..=0x65f | 0x900..=0x97f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_apart() {
        for (text, language) in [
            (
                "The harbour was closed for two days because of the storm, and the ferries that run to the islands stayed in port.",
                "en",
            ),
            (
                "Der Hafen war wegen des Sturms zwei Tage geschlossen, und die Fähren zu den Inseln blieben im Hafen.",
                "de",
            ),
            (
                "Le port a été fermé pendant deux jours à cause de la tempête, et les ferries qui vont vers les îles sont restés au port.",
                "fr",
            ),
            (
                "El puerto estuvo cerrado dos días por la tormenta y los transbordadores que van a las islas no salieron.",
                "es",
            ),
            (
                "Il porto è rimasto chiuso per due giorni a causa della tempesta e i traghetti per le isole non sono partiti.",
                "it",
            ),
            (
                "O porto esteve fechado dois dias por causa da tempestade e os navios que vão para as ilhas não saíram.",
                "pt",
            ),
            (
                "De haven was twee dagen gesloten door de storm en de veerboten naar de eilanden bleven in de haven.",
                "nl",
            ),
            (
                "Hamnen var stängd i två dagar på grund av stormen och färjorna till öarna stannade, men det är inte klart när de kan gå.",
                "sv",
            ),
            (
                "Port był zamknięty przez dwa dni z powodu burzy, a promy na wyspy nie wypłynęły, bo nie jest to bezpieczne.",
                "pl",
            ),
            (
                "Přístav byl dva dny uzavřen kvůli bouři a trajekty na ostrovy podle kapitána nevypluly, protože by to nebylo bezpečné.",
                "cs",
            ),
            (
                "Satama oli kaksi päivää kiinni myrskyn takia ja lautat saarille jäivät satamaan, mutta se ei ole ongelma.",
                "fi",
            ),
            ("A kikötő két napig zárva volt a vihar miatt, és a kompok nem indultak el, de ez már nem probléma.", "hu"),
            (
                "Fırtına nedeniyle liman iki gün kapalı kaldı ve adalara giden bir feribot bile kalkmadı, ancak bu sabah için sefer var.",
                "tr",
            ),
            (
                "Порт был закрыт на два дня из-за шторма, и паромы, которые идут на острова, не вышли, но это не проблема.",
                "ru",
            ),
            (
                "Порт був закритий на два дні через шторм, і пороми, що йдуть на острови, не вийшли, але це не проблема.",
                "uk",
            ),
            ("Пристанището беше затворено за два дни и фериботите не са тръгнали, но това ще се промени.", "bg"),
            (
                "Uostas buvo uždarytas dvi dienas dėl audros, bet keltai į salas yra saugūs ir jau plaukia iš uosto.",
                "lt",
            ),
            ("Το λιμάνι έμεινε κλειστό για δύο ημέρες λόγω της καταιγίδας.", "el"),
            ("港は嵐のため二日間閉鎖された。", "ja"),
            ("港口因风暴关闭两天，开往各岛的渡轮停航。", "zh"),
            ("폭풍으로 항구가 이틀 동안 폐쇄되었다.", "ko"),
            ("أغلق الميناء يومين بسبب العاصفة ولم تغادر العبارات التي تتجه إلى الجزر من هذا الميناء.", "ar"),
            ("तूफान के कारण बंदरगाह दो दिन से बंद है और द्वीपों को जाने वाली नावें नहीं चलीं", "hi"),
        ] {
            assert_eq!(detect(text), Some(language), "{text}");
        }
    }

    #[test]
    fn says_nothing_where_nothing_tells() {
        assert_eq!(detect(""), None);
        assert_eq!(detect("12 34 56 78 90 11 12"), None);
        assert_eq!(detect("Ferry Harbour Storm Island Captain Port Wind"), None);
    }
}
