//! Data tables with their sources, and look-ups into them. No decisions, no thresholds.

mod figures;
pub mod leaders;
pub mod months;
pub mod names;
mod numerals;
pub mod places;
pub mod quotes;
mod sorted;
mod table;
mod times;

pub use figures::{FigureClass, FigureWords, Unit, UnitPlace};
pub use numerals::{NumeralClass, NumeralWord, Numerals};
pub use sorted::Table;
pub use times::{TimeClass, TimeWords, relative_day};

/// All tables that the reading steps need, decoded once and handed to them by reference.
#[derive(Debug)]
pub struct Lexicon {
    /// Names of persons, organisations and groups.
    pub names: names::Names,
    /// Places with coordinates.
    pub places: places::Places,
    /// Heads of state and government.
    pub leaders: leaders::Leaders,
    /// Words around figures.
    pub figures: FigureWords,
    /// Words for times.
    pub times: TimeWords,
    /// English words for numbers.
    pub numerals: Numerals,
    /// Words for numbers in the other languages.
    pub other_numerals: Numerals,
    /// Words that attribute.
    pub quotes: quotes::QuoteTables,
}

impl Lexicon {
    /// The tables shipped inside the program.
    pub fn shipped() -> Lexicon {
        Lexicon {
            names: names::Names::shipped(),
            places: places::Places::shipped(),
            leaders: leaders::Leaders::shipped(),
            figures: FigureWords::english(),
            times: TimeWords::english(),
            numerals: Numerals::english(),
            other_numerals: Numerals::others(),
            quotes: quotes::QuoteTables::english(),
        }
    }
}
