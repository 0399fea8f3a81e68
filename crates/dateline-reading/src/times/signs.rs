//! What a token shows at one look, so that classes it cannot begin are not tried.

use super::classes::{Class, Tables};
use crate::tokens::Tok;
use dateline_lexicon::relative_day;

/// The signs of one token.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Signs(u8);

/// A word of the table of times.
const TIME: u8 = 1;
/// A word of the table of numerals.
const NUMERAL: u8 = 2;
/// Digits, or letters that are not ASCII and may stand for some.
const DIGIT: u8 = 4;
/// An apostrophe, as before "80s".
const APOSTROPHE: u8 = 8;
/// A capital.
const CAPITAL: u8 = 16;
/// A day reckoned from today's.
const DAY: u8 = 32;
/// In a language with tables of its own.
const OTHER: u8 = 64;
/// Any token.
const ANY: u8 = 128;

impl Signs {
    /// The signs of a token.
    pub(crate) fn of(tok: &Tok, t: &Tables) -> Signs {
        let sign = |shown: bool, sign: u8| if shown { sign } else { 0 };
        Signs(
            ANY | sign(t.times.knows(&tok.low), TIME)
                | sign(!t.numerals.senses(&tok.low).is_empty(), NUMERAL)
                | sign(tok.raw.bytes().any(|b| b.is_ascii_digit() || !b.is_ascii()), DIGIT)
                | sign(matches!(tok.raw, "'" | "’" | "‘"), APOSTROPHE)
                | sign(tok.capital, CAPITAL)
                | sign(relative_day(&tok.low, t.language).is_some(), DAY)
                | sign(t.language.is_some(), OTHER),
        )
    }

    /// Signs of which a token that begins something of the class shows one.
    pub(crate) fn needed(class: Class) -> Signs {
        Signs(needed(class))
    }

    /// The signs of either.
    pub(crate) fn or(self, other: Signs) -> Signs {
        Signs(self.0 | other.0)
    }

    /// Whether both have a sign in common.
    pub(crate) fn meet(self, other: Signs) -> bool {
        self.0 & other.0 != 0
    }
}

fn needed(class: Class) -> u8 {
    match class {
        Class::Month | Class::MonthStrong | Class::Weekday => TIME | OTHER,
        Class::WeekdayShort
        | Class::Unit
        | Class::Units
        | Class::AnyUnit
        | Class::SpanUnit
        | Class::Season
        | Class::Part
        | Class::Dir
        | Class::AmPm
        | Class::Zone
        | Class::Weekdays
        | Class::Parts => TIME,
        Class::Day | Class::Ord | Class::Year | Class::Qty | Class::Hour => NUMERAL | DIGIT,
        Class::DaysTo | Class::DayToo => NUMERAL | DIGIT,
        Class::ShortYear | Class::DayNumber | Class::Clock | Class::Iso | Class::QuarterName | Class::YearEnd => DIGIT,
        Class::Decade => TIME | DIGIT | APOSTROPHE,
        Class::RelDay => DAY,
        Class::Name | Class::Holiday => CAPITAL,
        Class::Half => NUMERAL,
        Class::Counted | Class::Noun | Class::Amount | Class::Aside => ANY,
    }
}
