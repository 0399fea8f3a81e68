//! The orders in which day, month and year are written.

use super::tokens::{Kind, Token};
use super::{Found, Hint, Refused, YEARS, clock};
use dateline_lexicon::months;
use jiff::civil::Date;
use std::ops::Range;

/// Which of two numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
    Unknown,
}

/// A date without its time of day.
#[derive(Debug, Clone)]
pub(super) struct Dated {
    /// Tokens it is made of.
    pub(super) tokens: Range<usize>,
    /// ISO 8601, a day, a month or (where day and month cannot be told apart) a year.
    pub(super) iso: String,
    /// Where the written year stands apart from day and month ("Jan 26 10:06:00 2024"), so that the clock is inside.
    pub(super) clock_inside: Option<usize>,
}

/// Reads dates out of the tokens of one line.
pub(super) struct Reader<'l> {
    pub(super) line: &'l str,
    pub(super) tokens: &'l [Token],
    pub(super) hint: Hint<'l>,
    /// Why the last thing that looked like a date was refused.
    pub(super) refused: Refused,
}

/// A day that exists, in a year that news can have.
pub(super) fn checked(year: i64, month: i64, day: i64) -> Result<Date, Refused> {
    let year = i16::try_from(year).map_err(|_| Refused::AbsurdYear)?;
    if !YEARS.contains(&year) {
        return Err(Refused::AbsurdYear);
    }
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return Err(Refused::NoSuchDay) };
    match Date::new(year, month, day) {
        Ok(date) if (year, month, day) == (1970, 1, 1) => {
            debug_assert_eq!(date.year(), 1970);
            Err(Refused::Epoch)
        }
        Ok(date) => Ok(date),
        Err(_) => Err(Refused::NoSuchDay),
    }
}

impl Reader<'_> {
    /// A date with a year and, where it can be told, a day, that begins at token `at`.
    pub(super) fn date(&mut self, at: usize) -> Option<Dated> {
        match self.tokens.get(at)?.kind {
            Kind::Number if self.joined_before(at) => None,
            Kind::Number => {
                let found = self.year_month_day(at).or_else(|| self.numeric(at)).or_else(|| self.day_month_year(at));
                found.or_else(|| self.written_year_first(at))
            }
            Kind::Word => self.month_day_year(at),
            Kind::Mark(_) => None,
        }
    }

    /// Whether the number is the tail of another one ("1.000,5", "10:06").
    fn joined_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|i| self.tokens.get(i)) else { return false };
        let near = self.tokens.get(at).is_some_and(|t| !t.spaced);
        near && !before.spaced
            && matches!(before.kind, Kind::Mark('.' | ',' | ':' | '/' | '-'))
            && at >= 2
            && self.tokens.get(at - 2).is_some_and(|t| t.kind == Kind::Number)
    }

    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|t| self.line.get(t.range.clone())).unwrap_or_default()
    }

    fn number(&self, at: usize, digits: Range<usize>) -> Option<i64> {
        let token = self.tokens.get(at)?;
        digits.contains(&token.digits(self.line)).then_some(token.number)?
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.kind {
            Kind::Mark(c) => Some(c),
            Kind::Number | Kind::Word => None,
        }
    }

    /// Notes why a date is refused, or gives it.
    fn day(&mut self, tokens: Range<usize>, year: i64, month: i64, day: i64) -> Option<Dated> {
        match checked(year, month, day) {
            Ok(date) => Some(Dated { tokens, iso: date.to_string(), clock_inside: None }),
            Err(why) => {
                self.refused = why;
                None
            }
        }
    }

    /// "2024-01-26", "2024/1/26", "2024.01.26.", "2024年1月26日".
    fn year_month_day(&mut self, at: usize) -> Option<Dated> {
        let year = self.number(at, 4..5)?;
        let (first, second) = (self.mark(at + 1)?, self.mark(at + 3)?);
        let (month, day) = (self.number(at + 2, 1..3)?, self.number(at + 4, 1..3)?);
        let (end, year) = match (first, second) {
            ('年', '月') | ('년', '월') => {
                (at + 5 + usize::from(matches!(self.mark(at + 5), Some('日' | '일'))), year)
            }
            ('-' | '/' | '.' | '‑' | '–', b) if first == b => (at + 5, if year > 2400 { year - 543 } else { year }),
            _ => return None,
        };
        self.day(at..end, if self.buddhist() && year > 2400 { year - 543 } else { year }, month, day)
    }

    /// Thai pages count from the death of the Buddha.
    fn buddhist(&self) -> bool {
        self.hint.language.is_some_and(|l| l.starts_with("th"))
    }

    /// Three numbers, the year last: "26.01.2024", "1/26/2024", "26-1-24".
    fn numeric(&mut self, at: usize) -> Option<Dated> {
        let (a, b) = (self.number(at, 1..3)?, self.number(at + 2, 1..3)?);
        let separator = self.mark(at + 1)?;
        if !matches!(separator, '.' | '/' | '-' | '–' | '‑') || self.mark(at + 3) != Some(separator) {
            return None;
        }
        let (last, end) = (self.tokens.get(at + 4)?, at + 5);
        let close = self.tokens.get(at + 2).is_some_and(|t| !t.spaced) || separator == '.';
        let year = match (self.number(at + 4, 4..5), self.number(at + 4, 2..3)) {
            (Some(year), _) => year,
            (None, Some(short)) if close && !last.spaced && matches!(separator, '.' | '/') => century(short),
            _ => return None,
        };
        // A fourth group makes it a version number or a telephone number.
        if self.mark(end) == Some(separator)
            && self.tokens.get(end + 1).is_some_and(|t| !t.spaced && t.kind == Kind::Number)
        {
            return None;
        }
        self.ordered(at..end, (a, b, year), separator)
    }

    /// Decides which of two numbers is the day by value, day of the week, separator, language and country.
    fn ordered(&mut self, tokens: Range<usize>, (a, b, year): (i64, i64, i64), separator: char) -> Option<Dated> {
        let order = match (a, b) {
            (a, b) if a == b || a > 12 => Order::DayFirst,
            (_, b) if b > 12 => Order::MonthFirst,
            _ if separator == '.' => Order::DayFirst,
            _ => {
                let named = self.weekday_beside(&tokens);
                let fits = |m: i64, d: i64| {
                    checked(year, m, d).is_ok_and(|x| Some(x.weekday().to_monday_one_offset()) == named)
                };
                match (fits(b, a), fits(a, b)) {
                    (true, false) => Order::DayFirst,
                    (false, true) => Order::MonthFirst,
                    _ => super::order(self.hint),
                }
            }
        };
        match order {
            Order::DayFirst => self.day(tokens, year, b, a),
            Order::MonthFirst => self.day(tokens, year, a, b),
            Order::Unknown => {
                checked(year, a, b).ok().map(|d| Dated { tokens, iso: format!("{:04}", d.year()), clock_inside: None })
            }
        }
    }

    /// A day of the week named within two tokens of the date.
    fn weekday_beside(&self, tokens: &Range<usize>) -> Option<i8> {
        let before = tokens.start.saturating_sub(2)..tokens.start;
        let after = tokens.end..(tokens.end + 2).min(self.tokens.len());
        before.chain(after).find_map(|i| self.weekday(i))
    }

    fn weekday(&self, at: usize) -> Option<i8> {
        let token = self.tokens.get(at)?;
        if token.kind != Kind::Word {
            return None;
        }
        months::weekday(self.text(at), self.hint.language).and_then(|n| i8::try_from(n).ok())
    }

    /// The month named by one word, or two ("كانون الثاني"), and how many tokens it takes with its full stop.
    fn month(&self, at: usize) -> Option<(i64, usize)> {
        let token = self.tokens.get(at)?;
        if token.kind != Kind::Word {
            return None;
        }
        let dotted =
            |next: usize| usize::from(self.mark(next) == Some('.') && self.tokens.get(next).is_some_and(|t| !t.spaced));
        if let Some(next) = self.tokens.get(at + 1).filter(|t| t.kind == Kind::Word) {
            let both = self.line.get(token.range.start..next.range.end).unwrap_or_default();
            if let Some(n) = months::month(both, self.hint.language) {
                return Some((i64::from(n), 2));
            }
        }
        let n = months::month(self.text(at), self.hint.language)?;
        Some((i64::from(n), 1 + dotted(at + 1)))
    }

    /// Skips small words and marks that stand between the parts ("of", "de", "tháng", commas); at most three.
    fn skip(&self, mut at: usize) -> usize {
        const SMALL: [&str; 24] = [
            "of", "de", "del", "di", "do", "da", "al", "the", "st", "nd", "rd", "th", "er", "ngày", "tháng", "năm",
            "thang", "nam", "gada", "a", "d'", "i", "ta'", "e",
        ];
        for _ in 0..3 {
            let small = match self.tokens.get(at).map(|t| t.kind) {
                Some(Kind::Mark(c)) => matches!(c, ',' | '.' | 'º' | 'ª' | '،' | '°' | '-' | '/' | '\''),
                Some(Kind::Word) => SMALL.contains(&self.text(at).to_lowercase().as_str()),
                _ => false,
            };
            if !small {
                break;
            }
            at += 1;
        }
        at
    }

    /// A year of four digits, or two after an apostrophe; gives the token after it.
    fn year(&self, at: usize) -> Option<(i64, usize)> {
        if let Some(year) = self.number(at, 4..5) {
            let year = if year > 2400 && self.buddhist() { year - 543 } else { year };
            // "26 January 2024/25" and "2024-25" are seasons, "2024:" is a label's year all the same.
            return Some((year, at + 1));
        }
        let apostrophe = at.checked_sub(1).is_some_and(|i| matches!(self.text(i), "'" | "’"));
        let dashed = at.checked_sub(1).is_some_and(|i| self.mark(i) == Some('-'));
        let short = self.number(at, 2..3).filter(|_| apostrophe || dashed)?;
        Some((century(short), at + 1))
    }

    /// "26 January 2024", "26. Januar 2024", "1er mars 2024", "26 de enero de 2024", "26-Jan-2024", "26 tháng 1, 2024".
    fn day_month_year(&mut self, at: usize) -> Option<Dated> {
        let day = self.number(at, 1..3)?;
        let next = self.skip(at + 1);
        let (month, after) = match self.month(next) {
            Some((n, taken)) => (n, next + taken),
            None if matches!(self.text(next.saturating_sub(1)).to_lowercase().as_str(), "tháng" | "thang") => {
                (self.number(next, 1..3)?, next + 1)
            }
            None => return None,
        };
        if let Some((year, end)) = self.year(self.skip(after)) {
            return self.day(at..end, year, month, day);
        }
        self.clock_then_year(at, after, month, day)
    }

    /// "January 26, 2024", "Jan. 26th 2024", "Jan 26 10:06:00 +0000 2024".
    fn month_day_year(&mut self, at: usize) -> Option<Dated> {
        let (month, taken) = self.month(at)?;
        let here = self.skip(at + taken);
        let day = self.number(here, 1..3)?;
        // "January 26:" would be a clock's hour, "Jan 2024" has no day.
        if self.mark(here + 1) == Some(':') {
            return None;
        }
        if let Some((year, end)) = self.year(self.skip(here + 1)) {
            return self.day(at..end, year, month, day);
        }
        self.clock_then_year(at, here + 1, month, day)
    }

    /// Day and month, then the time of day, then the year.
    fn clock_then_year(&mut self, at: usize, after: usize, month: i64, day: i64) -> Option<Dated> {
        let clock = clock::after(self.line, self.tokens, after)?;
        let (year, end) = self.year(self.skip(clock.tokens.end))?;
        let mut date = self.day(at..end, year, month, day)?;
        date.clock_inside = Some(after);
        Some(date)
    }

    /// "2024. január 26.", "2024 m. sausio 26 d.", "2024. gada 26. janvāris", "2024 January 26".
    fn written_year_first(&mut self, at: usize) -> Option<Dated> {
        let year = self.number(at, 4..5)?;
        let mut next = self.skip(at + 1);
        if matches!(self.text(next), "m" | "metų") {
            next = self.skip(next + 1);
        }
        if let Some((month, taken)) = self.month(next) {
            let here = self.skip(next + taken);
            let day = self.number(here, 1..3)?;
            let end = here + 1 + usize::from(self.mark(here + 1) == Some('.'));
            return self.day(at..end, year, month, day);
        }
        let day = self.number(next, 1..3)?;
        let here = self.skip(next + 1);
        let (month, taken) = self.month(here)?;
        self.day(at..here + taken, year, month, day)
    }

    /// "April 2023", "kwiecień 2023", "2023-04": a month and no day.
    pub(super) fn month_of_year(&self, at: usize) -> Option<Dated> {
        if let (Some(year), Some('-' | '/'), Some(month @ 1..=12), 3) =
            (self.number(at, 4..5), self.mark(at + 1), self.number(at + 2, 2..3), self.tokens.len())
        {
            return in_years(year).then(|| Dated {
                tokens: at..at + 3,
                iso: format!("{year:04}-{month:02}"),
                clock_inside: None,
            });
        }
        let (month, taken) = self.month(at)?;
        let (year, end) = self.year(self.skip(at + taken)).filter(|(y, _)| in_years(*y))?;
        // A number before it is a day that does not exist, already refused.
        if at.checked_sub(1).is_some_and(|i| self.tokens.get(i).is_some_and(|t| t.kind == Kind::Number)) {
            return None;
        }
        Some(Dated { tokens: at..end, iso: format!("{year:04}-{month:02}"), clock_inside: None })
    }

    /// Adds the time of day that stands after the date or before it, and the day of the week to the range.
    pub(super) fn with_clock(&self, date: &Dated) -> Found {
        let whole = date.iso.len() == 10;
        let (mut first, mut last) = (date.tokens.start, date.tokens.end);
        let clock = match date.clock_inside {
            _ if !whole => None,
            Some(inside) => clock::after(self.line, self.tokens, inside),
            None => {
                let named = (last..(last + 3).min(self.tokens.len())).find(|&i| self.weekday(i).is_some());
                let from = named.map_or(last, |i| i + 1);
                let after =
                    clock::after(self.line, self.tokens, from).or_else(|| clock::after(self.line, self.tokens, last));
                after.or_else(|| clock::before(self.line, self.tokens, self.before_weekday(first)))
            }
        };
        if let Some(clock) = &clock {
            first = first.min(clock.tokens.start);
            last = last.max(clock.tokens.end);
        }
        first = first.min(self.before_weekday(first));
        let start = self.tokens.get(first).map_or(0, |t| t.range.start);
        let end = last.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(start, |t| t.range.end);
        let iso = clock.map_or_else(|| date.iso.clone(), |c| format!("{}T{}", date.iso, c.iso));
        Found { range: start..end, iso }
    }

    /// The token where a day of the week right before `first` begins, else `first`.
    fn before_weekday(&self, first: usize) -> usize {
        let mut at = first;
        for _ in 0..2 {
            let Some(before) = at.checked_sub(1) else { break };
            if self.weekday(before).is_some() {
                return before;
            }
            if !matches!(self.mark(before), Some(',' | '.')) {
                break;
            }
            at = before;
        }
        first
    }
}

fn in_years(year: i64) -> bool {
    i16::try_from(year).is_ok_and(|y| YEARS.contains(&y))
}

/// Two digits of a year, of the hundred years up to 2049.
fn century(short: i64) -> i64 {
    if short < 50 { 2000 + short } else { 1900 + short }
}
