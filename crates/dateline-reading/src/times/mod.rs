//! Times: TIMEX3 expressions with their values.
//!
//! Rules are data (`data/en/times.rules`); what they match is turned into values in [`value`], reckoned from the
//! article's date, never from the clock. TIMEX3 as in TimeML 1.2.1 and the TempEval-3 guidelines.

mod anchor;
mod classes;
mod ranges;
mod rules;
pub(crate) mod signs;
mod spelled;
mod tense;
mod value;

use crate::numerals::Separators;
use crate::tokens::{Tok, tokens};
use crate::{Doc, Sentence, Time, TimeKind};
use anchor::Anchor;
use classes::Tables;
use dateline_lexicon::Lexicon;
use dateline_text::Span;
use rules::Rules;
use std::sync::LazyLock;

/// The rules shipped inside the program. A file that does not parse gives no rules; a test keeps that from shipping.
static ENGLISH: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(include_str!("../../data/en/times.rules")).unwrap_or_default());

/// The rules for all other languages.
static OTHERS: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(include_str!("../../data/und/times.rules")).unwrap_or_default());

/// Finds time expressions, in order, anchored to the article's date.
pub fn find(doc: &Doc, lexicon: &Lexicon) -> Vec<Time> {
    let language = other_language(doc);
    let finder = Finder {
        text: doc.text,
        rules: if language.is_none() { &ENGLISH } else { &OTHERS },
        tables: Tables {
            times: &lexicon.times,
            numerals: if language.is_none() { &lexicon.numerals } else { &lexicon.other_numerals },
            separators: Separators::of(language),
            language,
        },
        anchor: Anchor::parse(doc.published),
    };
    let mut out: Vec<Time> = Vec::new();
    let mut last = Last::default();
    let parts = if language.is_none() { doc.sentences.clone() } else { with_dates_whole(doc) };
    for s in parts {
        if s.block > last.block + 1 {
            last.value = None;
        }
        let mut toks = tokens(doc, &s);
        finder.rules.look_up(&mut toks, &finder.tables);
        finder.sentence(&toks, s.block, &mut last, &mut out);
    }
    out
}

/// The sentences, joined where one ends in "6." and the next may begin with a month: "am 6. August" is one date.
fn with_dates_whole(doc: &Doc) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::with_capacity(doc.sentences.len());
    for s in &doc.sentences {
        match out.last_mut() {
            Some(before) if before.block == s.block && ends_in_day(before.span.of(doc.text)) => {
                before.span = before.span.cover(s.span);
                before.words.end = s.words.end;
            }
            _ => out.push(s.clone()),
        }
    }
    out
}

fn ends_in_day(sentence: &str) -> bool {
    let Some(rest) = sentence.strip_suffix('.') else { return false };
    let digits = rest.bytes().rev().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits)
}

/// The article's language where it is not English; a text that does not say, and is not in Latin letters, is not.
pub(crate) fn other_language<'a>(doc: &Doc<'a>) -> Option<&'a str> {
    match doc.language {
        Some(tag) => Some(tag).filter(|t| !t.split(['-', '_']).next().unwrap_or("").eq_ignore_ascii_case("en")),
        None => {
            let letters = || doc.text.chars().take(2000).filter(|c| c.is_alphabetic());
            let latin = letters().filter(|c| *c < '\u{250}').count();
            (latin * 2 < letters().count()).then_some("und")
        }
    }
}

/// The last date named, and the block it stood in.
#[derive(Default)]
struct Last {
    value: Option<String>,
    block: usize,
}

/// What the rules say of one place, and the token to go on from.
enum At {
    Time(Time, usize),
    Nothing(usize),
}

struct Finder<'r> {
    text: &'r str,
    rules: &'r Rules,
    tables: Tables<'r>,
    anchor: Anchor,
}

impl Finder<'_> {
    fn sentence(&self, toks: &[Tok], block: usize, last: &mut Last, out: &mut Vec<Time>) {
        let mut i = 0;
        // whether a time of this sentence stands before
        let mut before = false;
        while i < toks.len() {
            let (mut time, end) = match self.at(toks, i, block, last) {
                At::Time(time, end) => (time, end),
                At::Nothing(end) => {
                    i = end;
                    continue;
                }
            };
            if let Some(first) = out.last().filter(|_| before)
                && let Some(between) = self.text.get(first.span.end..time.span.start).filter(|b| b.len() < 12)
                && let Some(value) = ranges::end_after(first, &time, between)
            {
                time.value = value;
            }
            before = true;
            // what is only compared with ("a year earlier") is not what the text goes on about
            let compared = matches!(time.rule.as_str(), "ago" | "earlier" | "quarter-ago" | "year-before");
            if let Some(day) = named(&time).filter(|_| !compared) {
                *last = Last { value: Some(day.to_owned()), block };
            }
            out.push(time);
            i = end;
        }
    }

    fn at(&self, toks: &[Tok], i: usize, block: usize, last: &Last) -> At {
        for m in self.rules.matches(toks, i, &self.tables) {
            let rule = &self.rules.rules[m.rule];
            if rule.value == "nothing" {
                return At::Nothing(m.end);
            }
            let from = value::From {
                anchor: self.anchor,
                last: last.value.as_deref(),
                here: last.value.as_deref().filter(|_| last.block == block),
                tense: tense::tense(toks, i, m.end, self.tables.times),
            };
            if let Some((kind, value)) = value::value(&rule.value, &rule.arg, rule.kind, &m.caps, from) {
                let span = Span::new(toks[i].span.start, toks[m.end - 1].span.end);
                return At::Time(Time { span, kind, value, rule: rule.name.clone() }, m.end);
            }
        }
        At::Nothing(i + 1)
    }
}

/// The date that an expression names, also with a part of the day or an hour behind it.
fn named(time: &Time) -> Option<&str> {
    let day = match time.kind {
        TimeKind::Date => time.value.as_str(),
        TimeKind::Time => time.value.split('T').next()?,
        _ => return None,
    };
    day.starts_with(|c: char| c.is_ascii_digit()).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_article::{Article, Based, Block, BlockKind};

    fn article(text: &str, published: &str, language: &str) -> Article {
        Article {
            text: text.to_owned(),
            language: Some(language.to_owned()),
            published: Some(Based { value: published.to_owned(), basis: "given".to_owned() }),
            blocks: vec![Block {
                kind: BlockKind::Paragraph,
                span: Span::new(0, text.len()),
                capture: (0, text.len()),
            }],
            ..Article::default()
        }
    }

    /// What is wrong with the examples of a rule file. `@` opens the date, or language and date, of an example.
    fn wrong(file: &str, language: &str) -> Vec<String> {
        let rules = Rules::parse(file).expect("the rule file parses");
        let lexicon = Lexicon::shipped();
        let mut wrong = Vec::new();
        for rule in &rules.rules {
            assert!(!rule.examples.is_empty(), "{} has no example", rule.name);
            for (example, value) in &rule.examples {
                let (mut language, mut published, mut text) = (language, "2024-08-16", example.as_str());
                while let Some((head, rest)) = text.strip_prefix('@').and_then(|r| r.split_once(' ')) {
                    match rest.split_once(' ') {
                        Some((date, after)) if head.len() == 2 => (language, published, text) = (head, date, after),
                        _ => (published, text) = (head, rest),
                    }
                }
                let plain = text.replace(['[', ']'], "");
                let article = article(&plain, published, language);
                let found = find(&Doc::new(&article), &lexicon);
                let (Some(open), Some(close)) = (text.find('['), text.find(']')) else {
                    if found.iter().any(|t| t.rule == rule.name) {
                        wrong.push(format!("{}: must not match: {text}: {found:?}", rule.name));
                    }
                    continue;
                };
                let want = Span::new(open, close - 1);
                let right = |t: &Time| t.span == want && Some(&t.value) == value.as_ref() && t.kind == rule.kind;
                if !found.iter().any(right) {
                    wrong.push(format!("{}: {text}: want {value:?}, found {found:?}", rule.name));
                }
            }
        }
        wrong
    }

    /// The values of the times of an English text, in order.
    fn values(text: &str, published: &str) -> Vec<String> {
        let article = article(text, published, "en");
        find(&Doc::new(&article), &Lexicon::shipped()).into_iter().map(|t| t.value).collect()
    }

    #[test]
    fn forms_of_news_have_their_values() {
        // 20 August 2026 is a Thursday
        for (text, want) in [
            ("The council met on Thursday.", "2026-08-20"),
            ("He will attend on Friday.", "2026-08-21"),
            ("She left last week.", "2026-W33"),
            ("She left earlier this month.", "2026-08"),
            ("As of 13 August, 214 people had died.", "2026-08-13"),
            ("Sales fell in the third quarter of 2025.", "2025-Q3"),
            ("Sales rose in Q1 2026.", "2026-Q1"),
            ("It was shut in the spring of 2024.", "2024-SP"),
            ("It was shut in the 1990s.", "199"),
        ] {
            assert_eq!(values(text, "2026-08-20"), [want], "{text}");
        }
    }

    #[test]
    fn every_rule_keeps_its_examples() {
        let english = wrong(include_str!("../../data/en/times.rules"), "en");
        let others = wrong(include_str!("../../data/und/times.rules"), "und");
        assert!(english.is_empty() && others.is_empty(), "{}\n{}", english.join("\n"), others.join("\n"));
    }

    #[test]
    fn a_day_later_is_reckoned_from_the_morning_named_before() {
        let text = "The dam broke on Thursday morning. A day later the water was gone. The court is to meet on Monday.";
        assert_eq!(values(text, "2024-08-17"), ["2024-08-15TMO", "2024-08-16", "2024-08-19"]);
    }

    #[test]
    fn the_end_of_a_range_follows_its_beginning() {
        let text = "The fair ran from Monday to Friday. It rained from May until July.";
        assert_eq!(values(text, "2024-08-15"), ["2024-08-12", "2024-08-16", "2024-05", "2024-07"]);
    }

    #[test]
    fn a_text_may_end_anywhere_in_a_time() {
        let whole =
            "Aug. 13-15, 1914-18, 3 to the 7 of August 2024, Friday the 9th of the month, half an hour ago, 10:30 a.m.";
        for (end, _) in whole.char_indices() {
            for begin in [0, 5, 12, 21, 48] {
                let article = article(whole.get(begin..end).unwrap_or_default(), "2024-08-15", "en");
                let _ = find(&Doc::new(&article), &Lexicon::shipped());
            }
        }
    }

    #[test]
    fn an_undated_article_keeps_relative_times_open() {
        let text = "He came yesterday and left on Friday. He came back last week, and now waits.";
        assert_eq!(values(text, ""), ["XXXX-XX-XX", "XXXX-WXX-5", "XXXX-WXX", "PRESENT_REF"]);
    }
}
