//! The timeline as a calendar (iCalendar, RFC 5545): what a story's articles date, in the words that give the date.

use crate::dates::{When, moment, when};
use crate::names::{urn_uuid, web_address};
use crate::page::{Page, Quoted, Text, published, url};
use dateline_brief::json::VERSION;
use dateline_brief::shown;
use dateline_reading::{Time, TimeKind};
use dateline_text::{Span, fold};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Octets of a line, without its end.
const LINE: usize = 75;

/// One article that gives a date.
#[derive(Debug)]
struct Source {
    id: String,
    span: [usize; 2],
    words: String,
    rule: String,
    outlet: String,
    published: String,
    url: Option<String>,
    stamp: Timestamp,
}

/// One dated sentence, and the articles in which it stands.
#[derive(Debug)]
struct Event {
    value: String,
    when: When,
    exact: &'static str,
    sentence: String,
    sources: Vec<Source>,
}

/// The story whose articles come in.
#[derive(Debug, Default)]
struct Story {
    id: String,
    title: String,
    /// By date, then by the sentence's folded words.
    events: BTreeMap<(String, String), Event>,
}

/// Writes one event a dated sentence of a story. Copies of the sentence in other articles of the story are told
/// in the same event.
#[derive(Debug)]
pub struct IcsWriter<W> {
    out: W,
    story: Story,
    events: u64,
    sources: u64,
}

impl<W: Write> IcsWriter<W> {
    /// Starts the calendar.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn new(mut out: W) -> io::Result<IcsWriter<W>> {
        line(&mut out, "BEGIN:VCALENDAR")?;
        line(&mut out, "VERSION:2.0")?;
        line(&mut out, &format!("PRODID:-//Dateline//{}//EN", escape(VERSION)))?;
        line(&mut out, "CALSCALE:GREGORIAN")?;
        Ok(IcsWriter { out, story: Story::default(), events: 0, sources: 0 })
    }

    /// Takes the next article; articles of one story follow each other. One without a story is passed over.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn page(&mut self, page: &Page) -> io::Result<()> {
        let Some(place) = page.place else { return Ok(()) };
        if self.story.id != place.story {
            self.write_story()?;
            self.story = Story { id: place.story.to_owned(), title: place.title.to_owned(), events: BTreeMap::new() };
        }
        let text = Text::of(page.report);
        for time in &page.report.reading.times {
            if !matches!(time.kind, TimeKind::Date | TimeKind::Time) {
                continue;
            }
            let Some((when, exact)) = when(&time.value) else { continue };
            let sentence = sentence(page, time.span);
            let words = text.at(sentence).words;
            let event = self.story.events.entry((time.value.clone(), fold(words))).or_insert_with(|| Event {
                value: time.value.clone(),
                when,
                exact,
                sentence: words.to_owned(),
                sources: Vec::new(),
            });
            event.sources.push(source(page, time, &text.at(time.span)));
        }
        Ok(())
    }

    fn write_story(&mut self) -> io::Result<()> {
        let story = std::mem::take(&mut self.story);
        for event in story.events.values() {
            write_event(&mut self.out, &story, event)?;
            self.events += 1;
            self.sources += event.sources.len() as u64;
        }
        Ok(())
    }

    /// Ends the calendar; gives how many events, and how many places in articles that give their dates, were written.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn finish(mut self) -> io::Result<(u64, u64)> {
        self.write_story()?;
        line(&mut self.out, "END:VCALENDAR")?;
        self.out.flush()?;
        Ok((self.events, self.sources))
    }
}

/// The sentence that holds a time, or the time alone. Sentences stand in order.
fn sentence(page: &Page, time: Span) -> Span {
    let all = &page.report.reading.sentences;
    let before = all.partition_point(|s| s.start <= time.start);
    before.checked_sub(1).and_then(|i| all.get(i)).copied().filter(|s| s.contains(time)).unwrap_or(time)
}

fn source(page: &Page, time: &Time, quoted: &Quoted) -> Source {
    let report = page.report;
    let dates = [report.source.captured.as_deref(), published(report)];
    Source {
        id: report.id.clone(),
        span: quoted.span,
        words: quoted.words.to_owned(),
        rule: time.rule.clone(),
        outlet: report.article.outlet.clone().unwrap_or_default(),
        published: published(report).unwrap_or_default().to_owned(),
        url: url(report).and_then(web_address),
        stamp: dates.into_iter().flatten().find_map(moment).unwrap_or(Timestamp::UNIX_EPOCH),
    }
}

fn write_event(out: &mut impl Write, story: &Story, event: &Event) -> io::Result<()> {
    let Some(first) = event.sources.first() else { return Ok(()) };
    let uid = urn_uuid(&format!("event\n{}\n{:?}\n{}", first.id, first.span, event.value));
    // the data's own time: the clock would make two exports differ
    let stamp = event.sources.iter().map(|s| s.stamp).max().unwrap_or(Timestamp::UNIX_EPOCH);
    line(out, "BEGIN:VEVENT")?;
    line(out, &format!("UID:{}", uid.trim_start_matches("urn:uuid:")))?;
    line(out, &format!("DTSTAMP:{}", stamp.strftime("%Y%m%dT%H%M%SZ")))?;
    match &event.when {
        When::Days(first, after) => {
            line(out, &format!("DTSTART;VALUE=DATE:{}", first.strftime("%Y%m%d")))?;
            line(out, &format!("DTEND;VALUE=DATE:{}", after.strftime("%Y%m%d")))?;
        }
        When::Local(at) => line(out, &format!("DTSTART:{}", at.strftime("%Y%m%dT%H%M%S")))?,
        When::Moment(at) => line(out, &format!("DTSTART:{}", at.strftime("%Y%m%dT%H%M%SZ")))?,
    }
    line(out, &format!("SUMMARY:{}", escape(&shown(&event.sentence))))?;
    let mut about = vec![shown(&story.title)];
    about.extend(event.sources.iter().map(told));
    line(out, &format!("DESCRIPTION:{}", escape(&about.join("\n"))))?;
    line(out, &format!("CATEGORIES:{}", event.exact))?;
    if let Some(url) = &first.url {
        line(out, &format!("URL:{url}"))?;
    }
    line(out, "TRANSP:TRANSPARENT")?;
    line(out, &format!("X-DATELINE-STORY:{}", escape(&story.id)))?;
    line(out, &format!("X-DATELINE-VALUE:{}", escape(&event.value)))?;
    for s in &event.sources {
        let of = format!("ID={};START={};END={};RULE={}", quoted(&s.id), s.span[0], s.span[1], quoted(&s.rule));
        line(out, &format!("X-DATELINE-WORDS;{of}:{}", escape(&s.words)))?;
    }
    line(out, "END:VEVENT")
}

/// One article that gives the date, for people.
fn told(s: &Source) -> String {
    let mut parts = vec![format!("“{}”", shown(&s.words))];
    parts.extend([shown(&s.outlet), s.published.clone()].into_iter().filter(|p| !p.is_empty()));
    parts.extend(s.url.clone());
    parts.push(format!("{} {}–{}", shown(&s.id), s.span[0], s.span[1]));
    parts.join(" · ")
}

/// Text as a value. Control characters, which iCalendar does not know, become U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// Text as a parameter: between quotation marks, without any of its own.
fn quoted(text: &str) -> String {
    let kept: String = text.chars().filter(|c| *c != '"' && !c.is_control()).collect();
    format!("\"{kept}\"")
}

/// One content line, folded, never inside a character.
fn line(out: &mut impl Write, text: &str) -> io::Result<()> {
    let mut rest = text;
    let mut room = LINE;
    while rest.len() > room {
        let mut cut = room;
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        let (head, tail) = rest.split_at(cut);
        out.write_all(head.as_bytes())?;
        out.write_all(b"\r\n ")?;
        rest = tail;
        room = LINE - 1;
    }
    out.write_all(rest.as_bytes())?;
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_cannot_start_a_property() {
        assert_eq!(escape("a\r\nBEGIN:VEVENT; b, c\\"), "a\u{FFFD}\\nBEGIN:VEVENT\\; b\\, c\\\\");
        assert_eq!(quoted("a\";X=1:\n"), "\"a;X=1:\"");
    }

    proptest! {
        #[test]
        fn lines_fold_at_75_octets_and_unfold_to_what_they_were(text in "[a-zą字😀]{0,200}") {
            let mut out = Vec::new();
            line(&mut out, &text).unwrap();
            let folded = String::from_utf8(out).unwrap();
            prop_assert!(folded.split("\r\n").all(|l| l.len() <= LINE));
            prop_assert_eq!(folded.replace("\r\n ", ""), format!("{text}\r\n"));
        }
    }
}
