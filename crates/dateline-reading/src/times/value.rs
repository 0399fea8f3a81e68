//! From what the words say to a TIMEX3 value, reckoned from the article's date or the last date named.

use super::anchor::{Anchor, add_days, add_months, movable, week, weekday};
use super::classes::{Caps, Count};
use super::tense::Tense;
use crate::TimeKind;
use jiff::civil::Date;

/// What values are reckoned from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct From<'t> {
    /// The article's date.
    pub anchor: Anchor,
    /// The value of the last date named before, in the same block or the one before.
    pub last: Option<&'t str>,
    /// The same, where it stood in this block.
    pub here: Option<&'t str>,
    /// Where the clause looks.
    pub tense: Tense,
}

type Value = Option<(TimeKind, String)>;

/// Works out a value; nothing where the words make no sense together (31 February).
pub(crate) fn value(how: &str, arg: &str, kind: TimeKind, c: &Caps, from: From) -> Value {
    let number = arg.parse::<i64>().unwrap_or(0);
    let date = |v: Option<String>| v.map(|v| (kind, v));
    match how {
        "fixed" => Some((kind, arg.to_owned())),
        "ymd" => date(ymd(c, from)),
        "weekday" => date(Some(on_weekday(c, from))),
        "weekday-of-week" => date(Some(weekday_of_week(c, from))),
        "weekday-in-a-week" => date(weekday_in_a_week(c, from)),
        "week-of" => date(day_of(c, from).and_then(|d| d.map(week))),
        "day" => date(Some(day_text(from.anchor.date.and_then(|d| add_days(d, c.relday.unwrap_or(0) + number))))),
        "relative" => date(relative(c.unit.unwrap_or("Y1"), i64::from(c.dir.unwrap_or(0)), from.anchor)),
        "reference" => date(reference(c.unit.unwrap_or("D1"), number, from)),
        "next" => date(next(c.unit.unwrap_or("Y1"), from)),
        "month-end" => date(Some(day_text(from.anchor.date.map(|d| d.last_of_month())))),
        "day-from" => date(day_from(c, number, from)),
        "day-number" => date(day_number(c, from)),
        "weekend" => date(weekend(c, from)),
        "season" => date(season(c, from)),
        "part" => part(c, arg, from),
        "ago" => ago(c, from),
        "shift" => shift(c, number, from),
        "quarter" => date(quarter(c, number, from)),
        "quarter-or-year" => date(same_quarter(c, from).or_else(|| relative("Y1", number, from.anchor))),
        "half" => date(year_of(c, from).map(|y| format!("{y}-H{}", if c.ord == Some(1) { 1 } else { 2 }))),
        "decade" => date(c.decade.map(|d| d.to_string())),
        "century" => date(c.ord.filter(|o| *o > 0).map(|o| format!("{:02}", o - 1))),
        "year-end" => date(Some(from.anchor.year.map_or("XXXX".to_owned(), |y| y.to_string()))),
        "clock" => clock(c, arg, from),
        "duration" => date(duration(c)),
        "half-duration" => date(single(&Caps { count: Some(Count::Exact(0.0)), half: true, ..*c })),
        "set" => set(c, number),
        "holiday" => date(holiday(c, from)),
        _ => None,
    }
}

fn day_text(date: Option<Date>) -> String {
    date.map_or("XXXX-XX-XX".to_owned(), |d| d.to_string())
}

fn year_of(c: &Caps, from: From) -> Option<i16> {
    let year = c.year.or_else(|| Some(from.anchor.year? + i16::from(c.dir.unwrap_or(0))));
    year.filter(|y| (1..=9999).contains(y))
}

fn ymd(c: &Caps, from: From) -> Option<String> {
    let year = match (c.year, c.unit) {
        (None, Some("Y1")) => year_of(c, from),
        (None, Some(_)) => return None,
        (year, _) => year,
    };
    match (year, c.month, c.day) {
        (Some(y), None, _) => Some(format!("{y:04}")),
        (_, Some(_), Some(_)) => Some(match day_of(c, from)? {
            Some(d) => d.to_string(),
            None => format!("XXXX-{:02}-{:02}", c.month?, c.day?),
        }),
        (Some(y), Some(m), None) => Some(format!("{y:04}-{m:02}")),
        (None, Some(m), None) => Some(month_alone(m, c.dir, from)),
        _ => None,
    }
}

/// The day that month and day name; `Some(None)` where no year can be told.
fn day_of(c: &Caps, from: From) -> Option<Option<Date>> {
    let (m, d) = (c.month?, c.day?);
    if let Some(y) = c.year {
        return Date::new(y, m, d).ok().map(Some);
    }
    let Some(year) = from.anchor.year else {
        return Date::new(2000, m, d).ok().map(|_| None);
    };
    let Some(today) = from.anchor.date else {
        return Date::new(year, m, d).ok().map(Some);
    };
    nearest(|y| Date::new(y, m, d).ok(), c, today, from.tense).map(Some)
}

/// Of the day in the years around the article's, the one meant: the nearest, unless the words or the tense point away.
/// A day against the tense counts two and a half times as far, for deadlines and plans stand in past clauses too.
fn nearest(on: impl Fn(i16) -> Option<Date>, c: &Caps, today: Date, tense: Tense) -> Option<Date> {
    let cost = |date: &Date| {
        let days = date.since(today).map_or(i64::MAX / 8, |s| i64::from(s.get_days()));
        let named = c.weekday.is_none_or(|w| weekday(*date) == i64::from(w));
        let told = match c.dir {
            Some(-1) => days < 0,
            Some(1) => days > 0,
            _ => true,
        };
        let against = match tense {
            Tense::Past => days > 0,
            Tense::Future => days < 0,
            Tense::Open => false,
        };
        (!named, !told, days.abs() * if against { 5 } else { 2 }, days)
    };
    let year = today.year();
    [year - 1, year, year + 1].into_iter().filter_map(on).min_by_key(cost)
}

fn month_alone(m: i8, dir: Option<i8>, from: From) -> String {
    let (Some(year), now) = (from.anchor.year, from.anchor.month) else { return format!("XXXX-{m:02}") };
    let Some(now) = now else { return format!("{year:04}-{m:02}") };
    let y = match (dir, from.tense) {
        (Some(-1), _) => year - i16::from(m >= now),
        (Some(1), _) => year + i16::from(m <= now),
        (Some(_), _) => year,
        (None, Tense::Past) => year - i16::from(m > now),
        (None, Tense::Future) => year + i16::from(m < now),
        (None, Tense::Open) => year - i16::from(m - now > 6) + i16::from(now - m > 6),
    };
    format!("{y:04}-{m:02}")
}

fn on_weekday(c: &Caps, from: From) -> String {
    let wanted = i64::from(c.weekday.unwrap_or(1));
    let Some(today) = from.anchor.date else { return format!("XXXX-WXX-{wanted}") };
    let back = (weekday(today) - wanted).rem_euclid(7);
    let ahead = (wanted - weekday(today)).rem_euclid(7);
    let days = match (c.dir, from.tense) {
        (Some(-1), _) => -(if back == 0 { 7 } else { back }),
        (Some(1), _) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        (Some(_), _) => wanted - weekday(today),
        (None, Tense::Future) => ahead,
        (None, _) => -back,
    };
    day_text(add_days(today, days))
}

/// "Thursday last week": that day of the week so many weeks away.
fn weekday_of_week(c: &Caps, from: From) -> String {
    let wanted = i64::from(c.weekday.unwrap_or(1));
    let Some(today) = from.anchor.date else { return format!("XXXX-WXX-{wanted}") };
    day_text(add_days(today, wanted - weekday(today) + 7 * i64::from(c.dir.unwrap_or(0))))
}

/// "a week on Tuesday": seven days after the Tuesday to come.
fn weekday_in_a_week(c: &Caps, from: From) -> Option<String> {
    let coming = any_day(c, From { tense: Tense::Future, ..from })?;
    let Some(day) = Anchor::parse(Some(&coming)).date else { return Some(coming) };
    add_days(day, 7).map(|d| d.to_string())
}

fn relative(unit: &str, dir: i64, a: Anchor) -> Option<String> {
    let year = |n: i64| a.year.map(|y| i64::from(y) + n);
    Some(match unit {
        "D1" => day_text(a.date.and_then(|d| add_days(d, dir))),
        "W1" => a.date.and_then(|d| add_days(d, dir * 7)).map_or("XXXX-WXX".to_owned(), week),
        "M1" => month_text(a, dir),
        "Q1" => {
            let (y, q) = a.year.zip(a.month).and_then(|(y, m)| add_months(y, m, dir * 3))?;
            format!("{y:04}-Q{}", (q - 1) / 3 + 1)
        }
        "Y1" => year(dir).map_or("XXXX".to_owned(), |y| format!("{y:04}")),
        "Y10" => format!("{}", year(dir * 10)? / 10),
        "Y100" => format!("{}", year(dir * 100)? / 100),
        _ => return None,
    })
}

fn month_text(a: Anchor, by: i64) -> String {
    match a.year.zip(a.month).and_then(|(y, m)| add_months(y, m, by)) {
        Some((y, m)) => format!("{y:04}-{m:02}"),
        None => "XXXX-XX".to_owned(),
    }
}

/// The last date named, or the article's where none was.
fn base(from: From) -> Anchor {
    let last = Anchor::parse(from.last);
    if last.year.is_some() { last } else { from.anchor }
}

fn reference(unit: &str, by: i64, from: From) -> Option<String> {
    let b = base(from);
    match unit {
        "D1" => b.date.or(from.anchor.date).and_then(|d| add_days(d, by)).map(|d| d.to_string()),
        _ => relative(unit, by, b),
    }
}

/// "the day before last Tuesday".
fn day_from(c: &Caps, by: i64, from: From) -> Option<String> {
    let day = if c.holiday.is_some() { holiday(c, from)? } else { any_day(c, from)? };
    Anchor::parse(Some(&day)).date.and_then(|d| add_days(d, by)).map(|d| d.to_string())
}

/// "the next year": the one after the last date named where the clause looks back, else the one after the article's.
fn next(unit: &str, from: From) -> Option<String> {
    if from.tense == Tense::Past && from.last.is_some() {
        reference(unit, 1, from)
    } else {
        relative(unit, 1, from.anchor)
    }
}

/// "until the 28th": the day of that number, of the article's month or the one the tense points to.
fn day_number(c: &Caps, from: From) -> Option<String> {
    let (today, day) = (from.anchor.date?, c.day?);
    let by = match from.tense {
        Tense::Past => -i64::from(day > today.day()),
        Tense::Future => i64::from(day < today.day()),
        Tense::Open => 0,
    };
    let (y, m) = add_months(today.year(), today.month(), by)?;
    Date::new(y, m, day).ok().map(|d| d.to_string())
}

fn weekend(c: &Caps, from: From) -> Option<String> {
    let Some(today) = from.anchor.date else { return Some("XXXX-WXX-WE".to_owned()) };
    let on_it = weekday(today) > 5;
    let by = match (c.dir, from.tense) {
        (Some(d), _) => i64::from(d),
        (None, Tense::Future) => 0,
        (None, _) => i64::from(on_it) - 1,
    };
    add_days(today, by * 7).map(|d| format!("{}-WE", week(d)))
}

fn season(c: &Caps, from: From) -> Option<String> {
    let s = c.season?;
    if let Some(y) = c.year {
        return Some(format!("{y:04}-{s}"));
    }
    let (Some(year), month) = (from.anchor.year, from.anchor.month.unwrap_or(6)) else {
        return Some(format!("XXXX-{s}"));
    };
    let (first, last) = match s {
        "SP" => (3, 5),
        "SU" => (6, 8),
        "FA" => (9, 11),
        _ => (12, 14),
    };
    let y = match (c.dir, from.tense) {
        (Some(-1), _) => year - i16::from(last >= month),
        (Some(1), _) => year + i16::from(first <= month),
        (Some(_), _) => year,
        (None, Tense::Future) => year + i16::from(last < month),
        (None, _) => year - i16::from(first > month),
    };
    Some(format!("{y:04}-{s}"))
}

/// The day that a weekday, a date or "yesterday" in the match names; the article's where none does.
fn any_day(c: &Caps, from: From) -> Option<String> {
    if c.month.is_some() && c.day.is_some() {
        return ymd(c, from);
    }
    if c.weekday.is_some() {
        return Some(on_weekday(c, from));
    }
    Some(day_text(from.anchor.date.and_then(|d| add_days(d, c.relday.unwrap_or(0)))))
}

/// The last day named, or the article's where none was; so many days on.
fn that_day(named: Option<&str>, from: From, by: i64) -> String {
    day_text(Anchor::parse(named).date.or(from.anchor.date).and_then(|d| add_days(d, by)))
}

fn part(c: &Caps, arg: &str, from: From) -> Value {
    let night_before = || day_text(from.anchor.date.and_then(|d| add_days(d, -1)));
    let day = match arg {
        "NI" => night_before(),
        "that" => that_day(from.last, from, 0),
        "after" => that_day(from.last, from, 1),
        _ => any_day(c, from)?,
    };
    Some((TimeKind::Time, format!("{day}T{}", c.part.unwrap_or("NI"))))
}

/// "a year ago" beside a quarter means that quarter of the year before.
fn same_quarter(c: &Caps, from: From) -> Option<String> {
    let last = from.last.filter(|v| v.len() == 7 && v.as_bytes()[5] == b'Q')?;
    (c.unit.is_none_or(|u| u == "Y1") && matches!(c.count, None | Some(Count::Exact(1.0)))).then_some(())?;
    let year: i16 = last.get(..4)?.parse().ok()?;
    Some(format!("{:04}{}", year - 1, last.get(4..)?))
}

fn ago(c: &Caps, from: From) -> Value {
    let Some(Count::Exact(n)) = c.count.or(Some(Count::Exact(1.0))) else {
        return Some((TimeKind::Date, "PAST_REF".to_owned()));
    };
    if let Some(v) = same_quarter(c, from) {
        return Some((TimeKind::Date, v));
    }
    back(c.unit?, -(n.round() as i64), from.anchor).map(|v| (TimeKind::Date, v))
}

/// So many units away, as precise as the unit is.
fn back(unit: &str, n: i64, a: Anchor) -> Option<String> {
    match unit {
        "D1" | "W1" | "M1" | "Q1" | "Y1" => relative(unit, n, a),
        "W2" => relative("W1", n * 2, a),
        "Y10" => relative("Y1", n * 10, a),
        "Y100" => relative("Y1", n * 100, a),
        "TH1" => Some(day_text(a.date.and_then(|d| add_days(d, (n + 12).div_euclid(24).min(0))))),
        "TM1" => Some(day_text(a.date)),
        _ => None,
    }
}

fn shift(c: &Caps, sign: i64, from: From) -> Value {
    if let (-1, Some(v)) = (sign, same_quarter(c, from)) {
        return Some((TimeKind::Date, v));
    }
    let Some(Count::Exact(n)) = c.count.or(Some(Count::Exact(1.0))) else {
        return duration(c).map(|v| (TimeKind::Duration, v));
    };
    let n = sign * (n.round() as i64);
    let b = base(from);
    let found = match (c.unit?, b.date) {
        ("D1", Some(d)) => add_days(d, n).map(|d| d.to_string()),
        ("W1", Some(d)) => add_days(d, n * 7).map(|d| d.to_string()),
        ("M1", _) => Some(month_text(b, n)),
        ("Y1" | "Y10", _) => back(c.unit?, n, b),
        _ => None,
    };
    match found {
        Some(v) => Some((TimeKind::Date, v)),
        None => duration(c).map(|v| (TimeKind::Duration, v)),
    }
}

fn quarter(c: &Caps, years: i64, from: From) -> Option<String> {
    let last = from.last.filter(|v| v.len() == 7 && v.as_bytes()[5] == b'Q');
    let (anchor_year, month) = (from.anchor.year, from.anchor.month.unwrap_or(12));
    let now = (month - 1) / 3 + 1;
    let (year, q) = match c.ord {
        Some(q) if (1..=4).contains(&q) => {
            let year = match (c.year, c.dir, anchor_year) {
                (Some(y), ..) => y,
                (None, Some(d), Some(y)) => y + i16::from(d),
                // a quarter just ended is still to be reported
                (None, None, Some(y)) if from.tense == Tense::Future => y + i16::from(q + 1 < i16::from(now)),
                (None, None, Some(y)) => y - i16::from(q > i16::from(now)),
                (None, _, None) => return Some(format!("XXXX-Q{q}")),
            };
            (year, q)
        }
        Some(_) => return None,
        None => match (last, anchor_year) {
            (Some(v), _) => (v.get(..4)?.parse().ok()?, v.get(6..)?.parse().ok()?),
            (None, Some(y)) if now > 1 => (y, i16::from(now) - 1),
            (None, Some(y)) => (y - 1, 4),
            (None, None) => return Some("XXXX-QX".to_owned()),
        },
    };
    Some(format!("{:04}-Q{q}", i64::from(year) + years))
}

fn clock(c: &Caps, arg: &str, from: From) -> Value {
    let (hour, minute) = match (arg.parse::<i8>().ok(), c.hour) {
        (Some(h), _) => (h, 0),
        (None, Some(h)) => (h, c.minute.unwrap_or(0)),
        _ => return None,
    };
    let hour = match c.pm.or(c.part.map(|p| p != "MO")) {
        _ if !arg.is_empty() => hour,
        Some(_) if hour > 12 => return None,
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    // an hour alone is one of the day that the paragraph speaks of
    let bare = c.weekday.is_none() && c.day.is_none() && c.relday.is_none();
    let day = if bare { that_day(from.here, from, 0) } else { any_day(c, from)? };
    Some((TimeKind::Time, format!("{day}T{hour:02}:{minute:02}")))
}

/// "two hours and ten minutes" has a second part.
fn duration(c: &Caps) -> Option<String> {
    let whole = single(c)?;
    let Some((n, unit)) = c.more.zip(c.more_unit) else { return Some(whole) };
    let rest = single(&Caps { count: Some(n), unit: Some(unit), half: false, ..Caps::default() })?;
    let (rest, time) = (rest.strip_prefix('P')?, whole.contains('T'));
    Some(format!("{whole}{}", if time { rest.trim_start_matches('T') } else { rest }))
}

fn single(c: &Caps) -> Option<String> {
    let unit = c.unit?;
    let (time, letter) = match unit.strip_prefix('T') {
        Some(rest) => ("T", rest.chars().next()?),
        None => ("", unit.chars().next()?),
    };
    let factor: f64 = unit.trim_start_matches(|ch: char| ch.is_alphabetic()).parse().ok()?;
    let n = match c.count? {
        Count::Open => {
            let letter = match unit {
                "Y10" => 'E',
                "Y100" => 'C',
                "Y1000" => 'L',
                _ => letter,
            };
            return Some(format!("P{time}X{letter}"));
        }
        Count::Exact(n) => n + if c.half { 0.5 } else { 0.0 },
    };
    let (n, letter) = if letter == 'Q' { (n * factor * 3.0, 'M') } else { (n * factor, letter) };
    let (whole, rest) = (n.trunc(), n.fract());
    let lower = match (time, letter) {
        ("", 'Y') => Some((12.0, 'M')),
        ("T", 'H') => Some((60.0, 'M')),
        ("T", 'M') => Some((60.0, 'S')),
        _ => None,
    };
    Some(match lower {
        _ if rest == 0.0 => format!("P{time}{whole}{letter}"),
        Some((per, small)) if whole > 0.0 => format!("P{time}{whole}{letter}{}{small}", (rest * per).round()),
        Some((per, small)) => format!("P{time}{}{small}", (rest * per).round()),
        None => format!("P{time}{n}{letter}"),
    })
}

fn set(c: &Caps, once: i64) -> Value {
    let part = c.part.map(|p| format!("T{p}")).unwrap_or_default();
    match (c.weekday, c.month) {
        (Some(_), _) if once == 2 => return Some((TimeKind::Set, "P2W".to_owned())),
        (Some(w), _) => return Some((TimeKind::Set, format!("XXXX-WXX-{w}{part}"))),
        (_, Some(m)) => return Some((TimeKind::Set, format!("XXXX-{m:02}"))),
        _ if !part.is_empty() => return Some((TimeKind::Set, format!("P1D{part}"))),
        _ => {}
    }
    let count = if once == 1 { Some(Count::Exact(1.0)) } else { c.count.or(Some(Count::Exact(1.0))) };
    duration(&Caps { count, ..*c }).map(|v| (TimeKind::Set, v))
}

fn holiday(c: &Caps, from: From) -> Option<String> {
    let name = c.holiday?;
    let Some(year) = c.year.or(from.anchor.year) else { return Some("XXXX-XX-XX".to_owned()) };
    let on = |y: i16| match name.split_once('-') {
        Some((m, d)) => Date::new(y, m.parse().ok()?, d.parse().ok()?).ok(),
        None => movable(name, y),
    };
    match from.anchor.date.filter(|_| c.year.is_none()) {
        Some(today) => nearest(on, c, today, from.tense),
        None => on(year),
    }
    .map(|d| d.to_string())
}
