//! Words for numbers, language by language.

use crate::table::rows;
use dateline_text::fold;
use rustc_hash::FxHashMap;

/// What a word does in a written-out number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumeralClass {
    /// 0 to 19.
    Unit,
    /// 20, 30 … 90.
    Ten,
    /// 100.
    Hundred,
    /// 12, 20: counts in groups.
    Group,
    /// 1,000 and its powers.
    Scale,
    /// "third": place in a row.
    Ordinal,
    /// "third": part of a whole.
    Fraction,
    /// "hundreds": an interval, alone or before "of thousands".
    Many,
    /// "several": an interval of small numbers.
    Few,
    /// "a": one, before a hundred, a scale, a group, a fraction.
    Article,
}

/// One sense of a number word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NumeralWord {
    /// What it does.
    pub class: NumeralClass,
    /// Its value.
    pub value: f64,
    /// What it may mean at least and at most, for intervals.
    pub bounds: Option<(f64, f64)>,
}

/// The number words of one language.
#[derive(Debug, Default)]
pub struct Numerals {
    words: FxHashMap<String, Vec<NumeralWord>>,
}

impl Numerals {
    /// English.
    pub fn english() -> Numerals {
        Numerals::parse(include_str!("../data/en/numerals.tsv"))
    }

    /// What is known of all other languages: thousands and above.
    pub fn others() -> Numerals {
        Numerals::parse(include_str!("../data/und/numerals.tsv"))
    }

    fn parse(text: &'static str) -> Numerals {
        let mut words: FxHashMap<String, Vec<NumeralWord>> = FxHashMap::default();
        for row in rows(text) {
            let class = match row.get(1).copied().unwrap_or("") {
                "unit" => NumeralClass::Unit,
                "ten" => NumeralClass::Ten,
                "hundred" => NumeralClass::Hundred,
                "group" => NumeralClass::Group,
                "scale" => NumeralClass::Scale,
                "ordinal" => NumeralClass::Ordinal,
                "fraction" => NumeralClass::Fraction,
                "many" => NumeralClass::Many,
                "few" => NumeralClass::Few,
                "article" => NumeralClass::Article,
                _ => continue,
            };
            let number = |i: usize| row.get(i).and_then(|c| c.parse::<f64>().ok());
            let Some(value) = number(2) else { continue };
            let bounds = number(3).zip(number(4));
            words.entry(fold(row[0])).or_default().push(NumeralWord { class, value, bounds });
        }
        Numerals { words }
    }

    /// The senses of a folded word.
    pub fn senses(&self, folded: &str) -> &[NumeralWord] {
        self.words.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The word in this sense.
    pub fn get(&self, folded: &str, class: NumeralClass) -> Option<NumeralWord> {
        self.senses(folded).iter().copied().find(|w| w.class == class)
    }
}
