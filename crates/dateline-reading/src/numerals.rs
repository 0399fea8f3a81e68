//! Numerals: how much "4,3", "half a million", "tens of thousands" or "two and a half" is.

use crate::tokens::Tok;
use dateline_lexicon::{NumeralClass, Numerals};
use dateline_text::WordKind;

/// A number as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Numeral {
    /// How many tokens it takes.
    pub len: usize,
    /// Its value; the lower bound for a bare interval.
    pub value: f64,
    /// What it may mean at least and at most, where the words leave it open ("hundreds").
    pub bounds: Option<(f64, f64)>,
    /// Whether digits stand in it.
    pub digits: bool,
    /// Whether it is a part of a whole ("a third", "half").
    pub fraction: bool,
    /// Letters glued to its digits that are no scale ("218km" → "km").
    pub suffix: String,
}

impl Numeral {
    /// Whether the words give an interval and no value.
    pub(crate) fn is_vague(&self) -> bool {
        self.bounds.is_some()
    }
}

/// How a language writes thousands and decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Separators {
    /// Whether "1.234" is a thousand and not a little more than one.
    pub dot_groups: bool,
    /// Whether an ordinary space may part groups of three digits.
    pub space_groups: bool,
}

impl Separators {
    /// By language tag; English habits where it is not known.
    pub(crate) fn of(language: Option<&str>) -> Separators {
        let tag = language.unwrap_or("en").split('-').next().unwrap_or("en");
        Separators {
            dot_groups: matches!(
                tag,
                "de" | "es" | "it" | "pt" | "nl" | "da" | "el" | "tr" | "id" | "ro" | "hr" | "sr"
            ),
            space_groups: matches!(
                tag,
                "fr" | "ru"
                    | "uk"
                    | "be"
                    | "bg"
                    | "pl"
                    | "cs"
                    | "sk"
                    | "lt"
                    | "lv"
                    | "et"
                    | "fi"
                    | "sv"
                    | "no"
                    | "nb"
                    | "hu"
            ),
        }
    }
}

/// Reads digits with their separators; gives the value and what follows them ("3bn" → 3, "bn").
///
/// ```text
/// 10,000 → 10000    4,3 → 4.3    10.000 → 10000    1.200.000 → 1200000    2½ → 2.5
/// ```
pub(crate) fn digits(raw: &str, separators: Separators) -> Option<(f64, &str)> {
    let cut = raw
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’')))
        .map_or(raw.len(), |(i, _)| i);
    let (number, mut rest) = raw.split_at(cut);
    let mut value = if number.is_empty() { 0.0 } else { plain(number, separators)? };
    if let Some(part) = rest.chars().next().and_then(vulgar) {
        value += part;
        rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    } else if number.is_empty() {
        return None;
    }
    rest.chars().all(char::is_alphabetic).then_some((value, rest))
}

fn vulgar(c: char) -> Option<f64> {
    Some(match c {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '⅕' => 0.2,
        '⅛' => 0.125,
        _ => return None,
    })
}

/// Whether digits are grouped as in India: three at the end, two in each group before ("1,50,000").
fn by_lakhs(number: &str) -> bool {
    let parts: Vec<&str> = number.split(',').collect();
    let digits = |p: &&str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit())
    };
    match parts.as_slice() {
        [first, middle @ .., last] if !middle.is_empty() => {
            digits(first, 1..=2) && middle.iter().all(|p| digits(p, 2..=2)) && digits(last, 3..=3)
        }
        _ => false,
    }
}

fn plain(number: &str, separators: Separators) -> Option<f64> {
    let number = number.replace(['\'', '’'], ",");
    let groups = |mark: char| {
        let mut parts = number.split(mark);
        let first = parts.next().unwrap_or("");
        (1..=3).contains(&first.len())
            && first.bytes().all(|b| b.is_ascii_digit())
            && parts.all(|p| p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit()))
    };
    let (dots, commas) = (number.matches('.').count(), number.matches(',').count());
    let written = match (dots, commas) {
        (0, 0) => number.clone(),
        (0, _) if groups(',') || by_lakhs(&number) => number.replace(',', ""),
        (0, 1) => number.replace(',', "."),
        (_, 0) if groups('.') && (dots > 1 || separators.dot_groups || number.ends_with(".000")) => {
            number.replace('.', "")
        }
        (1, 0) => number.clone(),
        (1, _) if number.rfind('.') > number.rfind(',') => number.replace(',', ""),
        (_, 1) if number.rfind(',') > number.rfind('.') => number.replace('.', "").replace(',', "."),
        _ => return None,
    };
    written.parse::<f64>().ok().filter(|v| v.is_finite() && *v < 1e18)
}

/// The numeral that begins at token `i`.
pub(crate) fn numeral_at(toks: &[Tok], i: usize, words: &Numerals, separators: Separators) -> Option<Numeral> {
    let tok = toks.get(i)?;
    if tok.kind == WordKind::Number { in_digits(toks, i, words, separators) } else { in_words(toks, i, words) }
}

fn in_digits(toks: &[Tok], i: usize, words: &Numerals, separators: Separators) -> Option<Numeral> {
    let (mut value, suffix) = digits(toks[i].raw, separators)?;
    let mut len = 1;
    let mut suffix = suffix.to_lowercase();
    if suffix.is_empty() && toks[i].raw.len() <= 3 {
        while let Some(more) = toks.get(i + len).filter(|t| grouped(toks, i + len, t, separators)) {
            value = value * 1000.0 + more.raw.parse::<f64>().ok()?;
            len += 1;
        }
        if len == 1
            && let Some(part) = slash_fraction(toks, i + 1)
        {
            value += part;
            len += 3;
        }
    }
    let scale = |w: &str| words.get(w, NumeralClass::Scale).map(|s| s.value);
    if let Some(s) = scale(&suffix) {
        value *= s;
        suffix.clear();
    } else if suffix.is_empty() {
        let hyphen = usize::from(toks.get(i + len).is_some_and(|t| t.is_hyphen() && t.glued));
        if let Some(s) = toks.get(i + len + hyphen).and_then(|t| scale(&t.low)) {
            value *= s;
            len += 1 + hyphen;
            // "1.5 lakh crore"
            if let Some(more) = toks.get(i + len).and_then(|t| scale(&t.low)).filter(|more| *more > s) {
                value *= more;
                len += 1;
            }
            // "400 tys. ton": the stop of a shortened word
            let goes_on = toks.get(i + len + 1).is_some_and(|t| !t.capital && t.kind == WordKind::Letters);
            len += usize::from(goes_on && toks.get(i + len).is_some_and(|t| t.raw == "." && t.glued));
        }
    }
    Some(Numeral { len, value, bounds: None, digits: true, fraction: false, suffix })
}

/// Whether token `at` is a further group of three digits, parted from the one before by a no-break or thin space.
fn grouped(toks: &[Tok], at: usize, tok: &Tok, separators: Separators) -> bool {
    let before = &toks[at - 1];
    let gap = tok.span.start.saturating_sub(before.span.end);
    // U+00A0 takes two bytes in UTF-8, U+2009 and U+202F take three; a plain space one.
    let parted = matches!(gap, 2 | 3) || gap == 1 && (separators.space_groups || round(toks, at));
    parted && tok.raw.len() == 3 && tok.raw.bytes().all(|b| b.is_ascii_digit())
}

/// Whether groups of three digits, each after one space, end in a whole thousand from token `at` on: "10 000" and
/// "1 500 000" are single numbers in any language, "2020 300" and "12 250" may be two.
fn round(toks: &[Tok], at: usize) -> bool {
    let mut groups = toks.iter().skip(at).take(4).take_while(|t| t.raw.len() == 3 && t.kind == WordKind::Number);
    groups.any(|t| t.raw == "000")
}

/// "1/2" after a whole number.
fn slash_fraction(toks: &[Tok], at: usize) -> Option<f64> {
    let [a, slash, b] = toks.get(at..at + 3)? else { return None };
    if slash.raw != "/" || !slash.glued || !b.glued {
        return None;
    }
    let (a, b) = (a.raw.parse::<u32>().ok()?, b.raw.parse::<u32>().ok()?);
    (a > 0 && a < b && b <= 8).then(|| f64::from(a) / f64::from(b))
}

/// The sum of a written-out number as it grows.
#[derive(Default)]
struct Sum {
    /// Thousands and above, closed.
    total: f64,
    /// Below the next scale, open.
    current: f64,
    /// The last word's class.
    last: Option<NumeralClass>,
    /// Whether a half or quarter was added.
    parted: bool,
}

fn in_words(toks: &[Tok], start: usize, words: &Numerals) -> Option<Numeral> {
    let low = |i: usize| toks.get(i).map_or("", |t| &*t.low);
    let is = |i: usize, class: NumeralClass| words.get(low(i), class);
    if let Some(found) = interval(toks, start, words) {
        return Some(found);
    }
    let done = |len: usize, value: f64, fraction: bool| {
        Some(Numeral { len, value, bounds: None, digits: false, fraction, suffix: String::new() })
    };
    // "half a million", "half of", "a third of", "two-thirds"
    if let Some(part) = is(start, NumeralClass::Fraction).filter(|f| f.value == 0.5) {
        let scaled = |i: usize| is(i, NumeralClass::Scale).or(is(i, NumeralClass::Group));
        if let (Some(_), Some(s)) = (is(start + 1, NumeralClass::Article), scaled(start + 2)) {
            return done(3, part.value * s.value, false);
        }
        let whole = matches!(
            low(start + 1),
            "of" | "the" | "its" | "their" | "his" | "her" | "my" | "our" | "this" | "that" | "these" | "those"
        );
        // "half a tonne": the unit decides whether it is a quantity
        let measure = is_article(words, low(start + 1));
        return (low(start) == "half" && (whole || measure || taken_off(toks, start, start + 1)))
            .then(|| done(1, 0.5, true))
            .flatten();
    }
    if let (Some(_), Some(part)) = (is(start, NumeralClass::Article), is(start + 1, NumeralClass::Fraction)) {
        if let Some(s) = is(start + 2, NumeralClass::Scale) {
            return done(3, part.value * s.value, false);
        }
        // "a quarter of a million"
        if let Some(s) = is(start + 4, NumeralClass::Scale)
            && low(start + 2) == "of"
            && is_article(words, low(start + 3))
        {
            return done(5, part.value * s.value, false);
        }
        let less = matches!(low(start + 2), "of" | "less" | "more" | "lower" | "higher" | "fewer" | "above" | "below");
        return (less || taken_off(toks, start, start + 2)).then(|| done(2, part.value, true)).flatten();
    }
    if let Some(n) = is(start, NumeralClass::Unit) {
        let at = start + 1 + usize::from(low(start + 1) == "-");
        if let Some(part) = is(at, NumeralClass::Fraction).filter(|_| (n.value == 1.0) != low(at).ends_with('s')) {
            return done(at + 1 - start, n.value * part.value, true);
        }
    }
    let mut sum = Sum::default();
    let mut i = start;
    while let Some(next) = step(&mut sum, toks, i, words) {
        i = next;
    }
    (i > start && sum.last.is_some_and(|c| c != NumeralClass::Article))
        .then(|| done(i - start, sum.total + sum.current, false))
        .flatten()
}

/// Takes the word at `i` into the sum; gives where the next one stands, or nothing where the number ends.
fn step(sum: &mut Sum, toks: &[Tok], i: usize, words: &Numerals) -> Option<usize> {
    use NumeralClass::{Article, Fraction, Group, Hundred, Scale, Ten, Unit};
    let low = |i: usize| toks.get(i).map_or("", |t| &*t.low);
    let class = |i: usize| {
        words.senses(low(i)).iter().copied().find(|w| matches!(w.class, Unit | Ten | Hundred | Group | Scale | Article))
    };
    let glue = usize::from(toks.get(i).is_some_and(|t| t.is_hyphen() && t.glued) && sum.last.is_some());
    let mut at = i + glue;
    if low(at) == "and" && matches!(sum.last, Some(Hundred | Scale | Unit)) {
        if is_article(words, low(at + 1)) && words.get(low(at + 2), Fraction).is_some() && !sum.parted {
            sum.current += words.get(low(at + 2), Fraction).map_or(0.0, |f| f.value);
            sum.parted = true;
            return Some(at + 3);
        }
        if sum.last == Some(Unit) || !class(at + 1).is_some_and(|w| matches!(w.class, Unit | Ten)) {
            return None;
        }
        at += 1;
    }
    let word = class(at)?;
    match (sum.last, word.class) {
        (None | Some(Hundred | Scale), Unit | Ten) => sum.current += word.value,
        (Some(Ten), Unit) if (1.0..10.0).contains(&word.value) => sum.current += word.value,
        (None, Article) => {
            let next = class(at + 1)?;
            if !matches!(next.class, Hundred | Group | Scale) {
                return None;
            }
            sum.current = 1.0;
        }
        (Some(Unit | Article | Ten), Hundred) => sum.current *= 100.0,
        (Some(Unit | Article | Ten), Group) => sum.current *= word.value,
        (Some(Unit | Article | Ten | Hundred), Scale) if sum.current > 0.0 => {
            sum.total += sum.current * word.value;
            sum.current = 0.0;
        }
        _ => return None,
    }
    sum.last = Some(word.class);
    Some(at + 1)
}

/// "by a third", "by half": a share that something rose or fell by, and no "by a third party".
fn taken_off(toks: &[Tok], start: usize, end: usize) -> bool {
    let by = start.checked_sub(1).is_some_and(|b| toks[b].low == "by");
    let noun = toks.get(end).is_some_and(|t| {
        t.kind != WordKind::Mark
            && !matches!(
                &*t.low,
                "in" | "on" | "to" | "since" | "from" | "after" | "and" | "over" | "within" | "when" | "at" | "last"
            )
    });
    by && !noun && !toks.get(end).is_some_and(Tok::is_hyphen)
}

fn is_article(words: &Numerals, low: &str) -> bool {
    words.get(low, NumeralClass::Article).is_some()
}

/// "hundreds", "tens of thousands", "several dozen", "a few", "a couple of".
fn interval(toks: &[Tok], start: usize, words: &Numerals) -> Option<Numeral> {
    use NumeralClass::{Few, Group, Hundred, Many, Scale};
    let low = |i: usize| toks.get(i).map_or("", |t| &*t.low);
    let article = usize::from(is_article(words, low(start)));
    let at = start + article;
    if let Some(few) = words.get(low(at), Few) {
        // "few" alone means hardly any
        if low(at) == "few"
            && article == 0
            && !matches!(low(at.wrapping_sub(1)), "past" | "last" | "next" | "first" | "coming")
        {
            return None;
        }
        let bounds = few.bounds?;
        let scale = |i: usize| [Hundred, Group, Scale].iter().find_map(|c| words.get(low(i), *c));
        // "a couple of dozen"
        let linked = usize::from(low(at + 1) == "of" && scale(at + 2).is_some());
        let times = scale(at + 1 + linked);
        let factor = times.map_or(1.0, |t| t.value);
        let of = usize::from(times.is_none() && matches!(low(at), "couple" | "handful") && low(at + 1) == "of");
        let pair = low(at) == "couple";
        return Some(Numeral {
            len: article + 1 + linked + usize::from(times.is_some()) + of,
            value: few.value * factor,
            bounds: (!pair).then_some((bounds.0 * factor, bounds.1 * factor)),
            digits: false,
            fraction: false,
            suffix: String::new(),
        });
    }
    if article == 1 {
        return None;
    }
    let many = words.get(low(start), Many)?;
    let (mut low_bound, mut high_bound) = many.bounds?;
    let mut len = 1;
    while low(start + len) == "of" {
        let Some(next) = words.get(low(start + len + 1), Many) else { break };
        let unit = next.bounds.map_or(1.0, |b| b.0 / 2.0);
        low_bound *= unit;
        high_bound = (high_bound + 1.0) * unit - 1.0;
        len += 2;
        if len > 4 {
            break;
        }
    }
    Some(Numeral {
        len,
        value: low_bound,
        bounds: Some((low_bound, high_bound)),
        digits: false,
        fraction: false,
        suffix: String::new(),
    })
}
