//! Words for times, language by language: months, weekdays, units, seasons, cues of tense.

use crate::table::rows;
use dateline_text::{fold, folded};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What a word says about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeClass {
    /// A month; value 1 to 12.
    Month,
    /// A month that is an ordinary word as well ("may", "march").
    MonthOrWord,
    /// A shortened month.
    MonthShort,
    /// A weekday; value 1 (Monday) to 7.
    Weekday,
    /// Weekdays in the plural; value the same.
    Weekdays,
    /// A shortened weekday.
    WeekdayShort,
    /// One unit of time; value its TIMEX3 letters and factor ("TH1", "Y10").
    Unit,
    /// The same in the plural.
    Units,
    /// A season; value its TIMEX3 letters.
    Season,
    /// A part of the day; value its TIMEX3 letters.
    Part,
    /// Parts of the day in the plural; value the same.
    Parts,
    /// Last, this or next; value -1, 0 or 1.
    Dir,
    /// A decade; value its first three digits.
    Decade,
    /// Before or after noon.
    AmPm,
    /// A time zone.
    Zone,
    /// A word that shows the clause to look ahead.
    Future,
    /// A word that shows the clause to look back.
    Past,
    /// A verb whose present tense announces what is planned ("meets").
    Scheduled,
    /// A word before an infinitive ("would", "to").
    Modal,
    /// A feast; value its month and day, or its name where it moves.
    Holiday,
    /// After four digits: they count things.
    Counted,
    /// After four digits: a plural that is not counted.
    Uncounted,
    /// Something that has happened once it is spoken of ("ruling", "blast").
    Befell,
}

/// The time words of one language.
#[derive(Debug, Default)]
pub struct TimeWords {
    words: FxHashMap<&'static str, Vec<(TimeClass, &'static str)>>,
    past_suffixes: Vec<&'static str>,
}

impl TimeWords {
    /// English.
    pub fn english() -> TimeWords {
        TimeWords::parse(include_str!("../data/en/times.tsv"))
    }

    fn parse(text: &'static str) -> TimeWords {
        let mut out = TimeWords::default();
        for row in rows(text) {
            let [word, class, value] = row[..] else { continue };
            let class = match class {
                "month" => TimeClass::Month,
                "month?" => TimeClass::MonthOrWord,
                "month_short" => TimeClass::MonthShort,
                "weekday" => TimeClass::Weekday,
                "weekdays" => TimeClass::Weekdays,
                "weekday_short" => TimeClass::WeekdayShort,
                "unit" => TimeClass::Unit,
                "units" => TimeClass::Units,
                "season" => TimeClass::Season,
                "part" => TimeClass::Part,
                "parts" => TimeClass::Parts,
                "dir" => TimeClass::Dir,
                "decade" => TimeClass::Decade,
                "ampm" => TimeClass::AmPm,
                "zone" => TimeClass::Zone,
                "future" => TimeClass::Future,
                "past" => TimeClass::Past,
                "scheduled" => TimeClass::Scheduled,
                "modal" => TimeClass::Modal,
                "holiday" => TimeClass::Holiday,
                "counted" => TimeClass::Counted,
                "uncounted" => TimeClass::Uncounted,
                "befell" => TimeClass::Befell,
                "past_suffix" => {
                    out.past_suffixes.push(word);
                    continue;
                }
                _ => continue,
            };
            out.words.entry(word).or_default().push((class, value));
        }
        out
    }

    /// Whether the folded word has any sense.
    pub fn knows(&self, folded: &str) -> bool {
        self.words.contains_key(folded)
    }

    /// The value of a folded word in this sense.
    pub fn get(&self, folded: &str, class: TimeClass) -> Option<&'static str> {
        self.words.get(folded)?.iter().find(|(c, _)| *c == class).map(|(_, v)| *v)
    }

    /// Whether the folded word shows a past tense, by list or by ending.
    pub fn is_past(&self, folded: &str) -> bool {
        self.get(folded, TimeClass::Past).is_some()
            || self.past_suffixes.iter().any(|s| folded.len() > s.len() + 2 && folded.ends_with(s))
    }
}

/// How many days from the article's own the word for a day is ("yesterday" → -1), in the language of the tag.
///
/// ```
/// assert_eq!(dateline_lexicon::relative_day("včera", Some("cs")), Some(-1));
/// assert_eq!(dateline_lexicon::relative_day("yesterday", None), Some(-1));
/// ```
pub fn relative_day(word: &str, language: Option<&str>) -> Option<i64> {
    static TABLE: OnceLock<FxHashMap<String, Vec<(&'static str, i64)>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table: FxHashMap<String, Vec<(&'static str, i64)>> = FxHashMap::default();
        for row in rows(include_str!("../data/und/relative_days.tsv")) {
            if let [language, word, days] = row[..]
                && let Ok(days) = days.parse()
            {
                table.entry(fold(word)).or_default().push((language, days));
            }
        }
        table
    });
    let primary = language.and_then(|l| l.split(['-', '_']).next()).unwrap_or("en");
    table.get(&*folded(word))?.iter().find(|(l, _)| l.eq_ignore_ascii_case(primary)).map(|(_, days)| *days)
}
