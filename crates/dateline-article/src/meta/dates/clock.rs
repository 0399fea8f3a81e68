//! Times of day beside a date: "10:06 AM", "16h25", "10.06 Uhr", "10:06:00+02:00".

use super::tokens::{Kind, Token};
use std::ops::Range;

/// A time of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clock {
    /// Tokens it is made of, with the words that lead to it.
    pub(super) tokens: Range<usize>,
    /// "10:06", "10:06:30", "10:06+02:00", "10": as precise as written.
    pub(super) iso: String,
}

/// Words that stand between a date and its time, lower case.
const LEADS: [&str; 31] = [
    "at", "um", "à", "alle", "ore", "kl", "klo", "o", "в", "о", "у", "las", "a", "às", "as", "ob", "u", "om", "godz",
    "godzina", "plkst", "val", "h", "hora", "saat", "pukul", "jam", "lúc", "ora", "la", "g",
];
/// Words after a time that say it is one.
const TAILS: [&str; 11] = ["uhr", "uur", "hrs", "hs", "год", "год.", "ч", "h", "óra", "val", "horas"];

struct Scan<'l> {
    line: &'l str,
    tokens: &'l [Token],
}

/// A time of day that begins at `at`, or after a few leading words and marks.
pub(super) fn after(line: &str, tokens: &[Token], at: usize) -> Option<Clock> {
    let scan = Scan { line, tokens };
    let mut led = false;
    for here in at..at + 5 {
        if let Some((iso, end)) = scan.time(here, led) {
            return Some(Clock { tokens: at..end, iso });
        }
        match tokens.get(here)?.kind {
            Kind::Mark(',' | '.' | '|' | '·' | '•' | '-' | '–' | '—' | '/' | '(' | '،' | '@' | ':' | '─' | '∙') =>
                {}
            Kind::Word if scan.word(here) == "t" => led = true,
            Kind::Word if LEADS.contains(&scan.word(here).as_str()) => led = true,
            // "26. januar 2024 d.", "2024 г." stand between year and time.
            Kind::Word if matches!(scan.word(here).as_str(), "d" | "г" | "р" | "года" | "року" | "r" | "god") =>
                {}
            _ => return None,
        }
    }
    None
}

/// A time of day that ends right before token `end`, perhaps with a comma between ("10:06 AM, January 26").
pub(super) fn before(line: &str, tokens: &[Token], end: usize) -> Option<Clock> {
    let scan = Scan { line, tokens };
    for back in 3..=9 {
        let start = end.checked_sub(back)?;
        if tokens.get(start).is_some_and(|t| t.kind == Kind::Number) {
            let Some((iso, stop)) = scan.time(start, false) else { continue };
            let between = tokens.get(stop..end)?;
            let quiet = between.len() <= 2
                && (stop..end).all(|i| {
                    matches!(
                        tokens.get(i).map(|t| t.kind),
                        Some(Kind::Mark(',' | '|' | '-' | '–' | '·' | ')' | '.' | '•'))
                    ) || matches!(scan.word(i).as_str(), "on" | "et")
                });
            let joined = start
                .checked_sub(1)
                .and_then(|i| tokens.get(i))
                .is_some_and(|t| matches!(t.kind, Kind::Mark(':' | '.' | '/')));
            if quiet && !joined && iso.len() > 2 {
                return Some(Clock { tokens: start..end, iso });
            }
        }
    }
    None
}

impl Scan<'_> {
    fn word(&self, at: usize) -> String {
        match self.tokens.get(at) {
            Some(t) if t.kind == Kind::Word => self.line.get(t.range.clone()).unwrap_or_default().to_lowercase(),
            _ => String::new(),
        }
    }

    fn number(&self, at: usize, limit: i64) -> Option<i64> {
        let token = self.tokens.get(at)?;
        let digits = token.digits(self.line);
        token.number.filter(|n| (1..=2).contains(&digits) && *n < limit)
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.kind {
            Kind::Mark(c) => Some(c),
            Kind::Number | Kind::Word => None,
        }
    }

    fn spaced(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|t| t.spaced)
    }

    /// The time at `at` and the token after it. `led`: a word said that a time follows.
    fn time(&self, at: usize, led: bool) -> Option<(String, usize)> {
        let hour = self.number(at, 25)?;
        let (minute, mut end) = self.minute(at, led);
        let (half, after_half) = self.half_of_day(end);
        let second = match (self.mark(end), minute) {
            (Some(':'), Some(_)) if !self.spaced(end) && !self.spaced(end + 1) => self.number(end + 1, 61),
            _ => None,
        };
        let (half, after_half) = match second {
            Some(_) => self.half_of_day(self.fraction(end + 2)),
            None => (half, after_half),
        };
        end = after_half;
        let hour = match half {
            Some(pm) if hour <= 12 => hour % 12 + if pm { 12 } else { 0 },
            // "16:25 PM" is a slip, but which time is meant is plain.
            Some(_) | None => hour,
        };
        if hour > 23 || (minute.is_none() && half.is_none() && !self.hour_is_marked(end)) {
            return None;
        }
        let mut iso = format!("{hour:02}");
        if let Some(minute) = minute {
            iso.push_str(&format!(":{minute:02}"));
        }
        if let Some(second) = second {
            iso.push_str(&format!(":{:02}", second.min(59)));
        }
        if TAILS.contains(&self.word(end).as_str()) {
            end += 1;
        }
        if minute.is_some()
            && let Some((offset, stop)) = self.offset(end)
        {
            iso.push_str(&offset);
            end = stop;
        }
        Some((iso, end))
    }

    /// The minutes after an hour, and the token after them.
    fn minute(&self, at: usize, led: bool) -> (Option<i64>, usize) {
        let two =
            |i: usize| self.number(i, 60).filter(|_| self.tokens.get(i).is_some_and(|t| t.digits(self.line) == 2));
        match self.mark(at + 1) {
            Some(':' | '：') => match two(at + 2) {
                Some(m) => (Some(m), at + 3),
                None => (None, at + 1),
            },
            // A full stop parts hours from minutes only where something else says that it is a time.
            Some('.') if !self.spaced(at + 1) && !self.spaced(at + 2) => match two(at + 2) {
                Some(m)
                    if led || TAILS.contains(&self.word(at + 3).as_str()) || self.half_of_day(at + 3).0.is_some() =>
                {
                    (Some(m), at + 3)
                }
                _ => (None, at + 1),
            },
            _ if matches!(self.word(at + 1).as_str(), "h" | "u" | "hs") => match two(at + 2) {
                Some(m) => (Some(m), at + 3 + usize::from(self.word(at + 3) == "min")),
                None => (None, at + 1),
            },
            _ => (None, at + 1),
        }
    }

    /// Skips a fraction of a second (".000").
    fn fraction(&self, at: usize) -> usize {
        let dotted = matches!(self.mark(at), Some('.' | ',')) && !self.spaced(at) && !self.spaced(at + 1);
        if dotted && self.tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Number) { at + 2 } else { at }
    }

    /// "AM", "p.m."; whether it is the second half, and the token after it.
    fn half_of_day(&self, at: usize) -> (Option<bool>, usize) {
        match self.word(at).as_str() {
            "am" => (Some(false), at + 1),
            "pm" => (Some(true), at + 1),
            half @ ("a" | "p") if self.mark(at + 1) == Some('.') && self.word(at + 2) == "m" => {
                (Some(half == "p"), at + 3 + usize::from(self.mark(at + 3) == Some('.')))
            }
            _ => (None, at),
        }
    }

    fn hour_is_marked(&self, end: usize) -> bool {
        TAILS.contains(&self.word(end).as_str())
    }

    /// "Z", "+02:00", "-0500", "GMT+3", "CET", "(UTC+03:00)".
    fn offset(&self, at: usize) -> Option<(String, usize)> {
        let open = usize::from(self.mark(at) == Some('('));
        let at = at + open;
        if let Some(sign @ ('+' | '-' | '−')) = self.mark(at) {
            return self.signed(at, sign, self.spaced(at));
        }
        let token = self.tokens.get(at).filter(|t| t.kind == Kind::Word)?;
        let name = self.line.get(token.range.clone())?;
        let zone = dateline_lexicon::months::zone(name)?;
        if matches!(name, "UTC" | "GMT")
            && let Some(sign @ ('+' | '-' | '−')) = self.mark(at + 1)
            && let Some(found) = self.signed(at + 1, sign, false)
        {
            return Some(found);
        }
        Some((zone.to_owned(), at + 1 + usize::from(open == 1 && self.mark(at + 1) == Some(')'))))
    }

    /// A signed offset; after white space only the forms that cannot be anything else ("+0200", "+02:00").
    fn signed(&self, at: usize, sign: char, spaced: bool) -> Option<(String, usize)> {
        let sign = if sign == '+' { '+' } else { '-' };
        let token = self.tokens.get(at + 1).filter(|t| !t.spaced)?;
        let n = token.number?;
        let (hours, minutes, end) = match token.digits(self.line) {
            4 => (n / 100, n % 100, at + 2),
            1 | 2 if self.mark(at + 2) == Some(':') => (n, self.number(at + 3, 60)?, at + 4),
            1 | 2 if !spaced => (n, 0, at + 2),
            _ => return None,
        };
        (hours <= 14 && minutes < 60).then(|| (format!("{sign}{hours:02}:{minutes:02}"), end))
    }
}
