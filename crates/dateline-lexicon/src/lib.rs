//! Data tables with their sources, and look-ups into them. No decisions, no thresholds.

pub mod months;

/// All tables that the reading steps need, decoded once and handed to them by reference.
#[derive(Debug, Default)]
pub struct Lexicon {}

impl Lexicon {
    /// The tables shipped inside the program.
    pub fn shipped() -> Lexicon {
        Lexicon::default()
    }
}
