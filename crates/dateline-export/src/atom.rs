//! Stories as a feed (Atom, RFC 4287).

use crate::dates::{moment, rfc3339};
use crate::names::{urn_uuid, web_address};
use crate::page::{StoryHead, Text, basis, title_span, url};
use crate::xml::escape;
use dateline_article::Fact;
use dateline_brief::json::VERSION;
use dateline_brief::shown;
use dateline_story::Report;
use dateline_text::Span;
use jiff::Timestamp;
use std::io::{self, Write};

/// The names of what Atom has no element for: the exact words with where they stand.
const NAMESPACE: &str = "urn:dateline:export";

/// The latest of some dates, each ISO 8601 of any precision, as the feed wants it; those that are no dates are passed
/// over. The epoch where there is none: the clock is never asked.
pub fn latest<'a>(dates: impl Iterator<Item = &'a str>) -> String {
    rfc3339(dates.filter_map(moment).max().unwrap_or(Timestamp::UNIX_EPOCH))
}

/// Writes one entry a story.
#[derive(Debug)]
pub struct AtomWriter<W> {
    out: W,
    entries: u64,
}

impl<W: Write> AtomWriter<W> {
    /// Starts the feed. `selection` tells what was asked for, in words ("" for everything); the feed's id depends on it
    /// alone. `updated` is the latest date of any of its articles ([`latest`]).
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn new(mut out: W, selection: &str, updated: &str) -> io::Result<AtomWriter<W>> {
        let title = if selection.is_empty() { "Stories".to_owned() } else { format!("Stories: {selection}") };
        write!(
            out,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:dl=\"{NAMESPACE}\">\n\
             <id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
             <author><name>Dateline</name></author>\n<generator>{}</generator>\n",
            urn_uuid(&format!("feed of stories\n{selection}")),
            escape(&shown(&title)),
            escape(updated),
            escape(VERSION),
        )?;
        Ok(AtomWriter { out, entries: 0 })
    }

    /// Writes a story's entry.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn story(&mut self, story: &StoryHead) -> io::Result<()> {
        let out = &mut self.out;
        let dates = || story.published.iter().map(String::as_str);
        write!(
            out,
            "<entry>\n<id>{}</id>\n<title type=\"text\">{}</title>\n<updated>{}</updated>\n",
            urn_uuid(&format!("story {}", story.id)),
            escape(&shown(story.title)),
            latest(dates()),
        )?;
        if let Some(first) = dates().filter_map(moment).min() {
            writeln!(out, "<published>{}</published>", rfc3339(first))?;
        }
        for outlet in story.outlets.iter().map(|o| shown(o)).filter(|o| !o.is_empty()) {
            writeln!(out, "<author><name>{}</name></author>", escape(&outlet))?;
        }
        writeln!(out, "<category term=\"{}\" label=\"storyline\"/>", escape(story.storyline))?;
        if let Some(address) = story.lead.and_then(url).and_then(web_address) {
            writeln!(out, "<link rel=\"via\" href=\"{}\"/>", escape(&address))?;
        }
        writeln!(out, "<content type=\"text\">{}</content>", escape(&content(story)))?;
        if let Some(lead) = story.lead {
            words(out, lead, "title", title_span(lead), basis(lead, Fact::Title))?;
            words(out, lead, "opening", opening(lead), Some("first sentence of the text"))?;
        }
        writeln!(out, "</entry>")?;
        self.entries += 1;
        Ok(())
    }

    /// Ends the feed; gives how many entries were written.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn finish(mut self) -> io::Result<u64> {
        self.out.write_all(b"</feed>\n")?;
        self.out.flush()?;
        Ok(self.entries)
    }
}

/// The story's opening words, and the counts.
fn content(story: &StoryHead) -> String {
    let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    let mut lines = Vec::new();
    if let Some(lead) = story.lead
        && let Some(span) = opening(lead)
    {
        lines.push(format!("“{}”", shown(Text::of(lead).at(span).words)));
    }
    let mut counts = vec![
        story.id.to_owned(),
        count(story.articles, "page", "pages"),
        count(story.origins, "independent text", "independent texts"),
    ];
    if story.differ > 0 {
        counts.push(count(story.differ, "figure differs", "figures differ"));
    }
    if story.updated > 0 {
        counts.push(count(story.updated, "figure was updated", "figures were updated"));
    }
    lines.push(counts.join(" · "));
    lines.join("\n")
}

/// The first sentence after the headline.
fn opening(lead: &Report) -> Option<Span> {
    let after = title_span(lead).map_or(0, |t| t.end);
    lead.reading.sentences.iter().copied().find(|s| s.start >= after && !s.of(&lead.article.text).trim().is_empty())
}

/// Exact words of an article, with where they stand and what found them.
fn words(out: &mut impl Write, lead: &Report, of: &str, span: Option<Span>, rule: Option<&str>) -> io::Result<()> {
    let Some(quoted) = span.map(|s| Text::of(lead).at(s)) else { return Ok(()) };
    writeln!(
        out,
        "<dl:words of=\"{of}\" id=\"{}\" start=\"{}\" end=\"{}\" rule=\"{}\">{}</dl:words>",
        escape(&lead.id),
        quoted.span[0],
        quoted.span[1],
        escape(rule.unwrap_or_default()),
        escape(quoted.words)
    )
}
