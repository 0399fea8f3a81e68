//! Data tables with their sources, and look-ups into them. No decisions, no thresholds.

pub mod months;
mod numerals;
pub mod quotes;
mod table;
mod times;

pub use numerals::{NumeralClass, NumeralWord, Numerals};
pub use times::{TimeClass, TimeWords};

/// All tables that the reading steps need, decoded once and handed to them by reference.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Words for times.
    pub times: TimeWords,
    /// Words for numbers.
    pub numerals: Numerals,
    /// Words that attribute.
    pub quotes: quotes::QuoteTables,
}

impl Lexicon {
    /// The tables shipped inside the program.
    pub fn shipped() -> Lexicon {
        Lexicon { times: TimeWords::english(), numerals: Numerals::english(), quotes: quotes::QuoteTables::english() }
    }
}
