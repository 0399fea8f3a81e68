//! Words around figures: units, modifiers, and words that show a number to be no figure.

use crate::table::rows;
use dateline_text::fold;
use rustc_hash::{FxHashMap, FxHashSet};

/// Where a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitPlace {
    /// Before the number ("$").
    Before,
    /// After it ("km").
    After,
    /// Before or after ("EUR").
    Either,
    /// Before it, with or without a space ("RM90,000").
    Joined,
    /// Right behind the digits only ("5m").
    Glued,
    /// After it, and a time ("weeks").
    Time,
}

/// A unit as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Where it stands.
    pub place: UnitPlace,
    /// Its code: ISO 4217, SI symbol, "percent".
    pub code: &'static str,
    /// What the number is multiplied with.
    pub factor: f64,
}

/// What a word does beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigureClass {
    /// Modifier before the number.
    Before,
    /// Modifier after it.
    After,
    /// A number after it is a name.
    Label,
    /// With a number alone in a block: the page's own counter.
    Furniture,
    /// People counted.
    Person,
    /// A quantity without a number.
    Vague,
    /// A verb that multiplies.
    Ratio,
    /// Ends a noun phrase.
    Stop,
    /// May stand between number and noun phrase.
    Skip,
    /// A modifier that is a preposition where another modifier follows.
    Preposition,
    /// A tally of votes stands near it.
    Vote,
}

/// The words around figures of one language.
#[derive(Debug, Default)]
pub struct FigureWords {
    units: FxHashMap<String, Vec<Unit>>,
    phrases: FxHashMap<&'static str, Vec<(FigureClass, &'static str)>>,
    /// Words that tell whose rupees are counted.
    rupees: FxHashMap<&'static str, &'static str>,
    /// First words of phrases, and beginnings of units that stand before numbers.
    openers: FxHashSet<String>,
}

impl FigureWords {
    /// English, with the symbols that all languages share.
    pub fn english() -> FigureWords {
        let mut out = FigureWords::default();
        for row in rows(include_str!("../data/en/units.tsv")) {
            let [form, place, code, factor] = row[..] else { continue };
            let place = match place {
                "before" => UnitPlace::Before,
                "after" => UnitPlace::After,
                "either" => UnitPlace::Either,
                "joined" => UnitPlace::Joined,
                "glued" => UnitPlace::Glued,
                "time" => UnitPlace::Time,
                _ => continue,
            };
            let Ok(factor) = factor.parse() else { continue };
            out.units.entry(fold(form)).or_default().push(Unit { place, code, factor });
        }
        for line in rows(include_str!("../data/en/rupees.tsv")) {
            let Some((code, words)) = line.split_first() else { continue };
            out.rupees.extend(words.iter().map(|w| (*w, *code)));
        }
        for row in rows(include_str!("../data/en/figures.tsv")) {
            let [phrase, class, value] = row[..] else { continue };
            let class = match class {
                "before" => FigureClass::Before,
                "after" => FigureClass::After,
                "label" => FigureClass::Label,
                "furniture" => FigureClass::Furniture,
                "person" => FigureClass::Person,
                "vague" => FigureClass::Vague,
                "ratio" => FigureClass::Ratio,
                "stop" => FigureClass::Stop,
                "skip" => FigureClass::Skip,
                "prep" => FigureClass::Preposition,
                "vote" => FigureClass::Vote,
                _ => continue,
            };
            out.phrases.entry(phrase).or_default().push((class, value));
        }
        out.openers = out.phrases.keys().filter_map(|p| p.split(' ').next()).map(str::to_owned).collect();
        let before = |u: &Unit| matches!(u.place, UnitPlace::Before | UnitPlace::Either | UnitPlace::Joined);
        for (form, _) in out.units.iter().filter(|(_, all)| all.iter().any(before)) {
            let ends = form.char_indices().map(|(at, c)| at + c.len_utf8());
            out.openers.extend(ends.map(|end| form[..end].to_owned()));
        }
        out
    }

    /// The currency code for whose rupees the folded word speaks.
    pub fn rupees(&self, folded: &str) -> Option<&'static str> {
        self.rupees.get(folded).copied()
    }

    /// Whether a phrase or a unit before a number may begin with the folded word: where it does not, no other look-up
    /// finds anything there.
    pub fn opens(&self, folded: &str) -> bool {
        self.openers.contains(folded)
    }

    /// The unit that the folded words name, in one of these places.
    pub fn unit(&self, folded: &str, places: &[UnitPlace]) -> Option<Unit> {
        self.units.get(folded)?.iter().copied().find(|u| places.contains(&u.place))
    }

    /// Whether the folded words belong to the class.
    pub fn is(&self, folded: &str, class: FigureClass) -> bool {
        self.value(folded, class).is_some()
    }

    /// The value of the folded words in the class.
    pub fn value(&self, folded: &str, class: FigureClass) -> Option<&'static str> {
        self.phrases.get(folded)?.iter().find(|(c, _)| *c == class).map(|(_, v)| *v)
    }
}
