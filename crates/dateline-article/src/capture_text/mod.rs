//! Articles in text as captured from a page: menus, captions, "read also", feeds and comment forms stand in it, and
//! nothing but words, line breaks and order tells them from the article.
//!
//! The way: lines ([`lines`]) → what each is ([`roles`]) → the run that weighs most ([`run`]) → headline ([`title`])
//! → what the lines around it say about the article ([`facts`]) → the rest by kind ([`asides`]).

mod asides;
pub(crate) mod captions;
mod facts;
mod lines;
mod marks;
mod roles;
mod run;
mod title;

use crate::as_given;
use crate::bytes::{self, Decoded};
use crate::meta::access::{self, Signs};
use crate::meta::{dates, language};
use crate::{Article, Based, Block, BlockKind, Choice, Fact, NotAnArticle, OutletLines};
use dateline_capture::{Capture, Given};
use dateline_text::Span;
use lines::Line;
use roles::Role;
use std::collections::BTreeSet;
use std::ops::Range;

/// Longest line, in bytes: no paragraph comes near, and a page saved as one line has no structure to read.
const LONGEST_LINE: usize = 256 << 10;
/// Running text (words) below which there is no article.
const LEAST_WORDS: usize = 15;
/// Lines at the end of the body among which a paragraph about the writer is looked for.
const CLOSING: usize = 5;

/// Finds the article in captured text.
///
/// # Errors
/// [`NotAnArticle`] where the bytes are no text, the text is too long, or nothing in it is running text.
pub(crate) fn article(capture: &Capture, learned: &OutletLines) -> Result<Article, NotAnArticle> {
    if capture.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(NotAnArticle::NoArticle("the text is empty".to_owned()));
    }
    if capture.bytes.len() > crate::LONGEST_TEXT {
        let reason =
            format!("{} bytes of text; more than {} are not one page", capture.bytes.len(), crate::LONGEST_TEXT);
        return Err(NotAnArticle::NoArticle(reason));
    }
    let page = bytes::decode(&capture.bytes, capture.source.charset.as_deref())?;
    let lines = lines::lines(&page.text);
    if let Some(long) = lines.iter().map(|l| l.text.len()).find(|n| *n > LONGEST_LINE) {
        return Err(NotAnArticle::NoArticle(format!(
            "one line of {long} bytes; a paragraph has no more than {LONGEST_LINE}"
        )));
    }
    let found = Found::of(&page, &lines, capture, None)?;
    let article = found.article(&page, &lines, capture);
    let Some(repeated) = learned.of(capture, article.outlet.as_deref()) else { return Ok(article) };
    // Without the lines that the outlet repeats nothing may be left: then the first reading stands.
    match Found::of(&page, &lines, capture, Some((repeated, article.title.as_deref().unwrap_or_default()))) {
        Ok(found) => Ok(found.article(&page, &lines, capture)),
        Err(_) => Ok(article),
    }
}

/// What was found in the lines.
struct Found<'c> {
    roles: Vec<Role>,
    body: Range<usize>,
    title: Option<title::Title>,
    language: Option<&'c str>,
}

impl<'c> Found<'c> {
    fn of(
        page: &Decoded,
        lines: &[Line<'_>],
        capture: &'c Capture,
        repeated: Option<(&BTreeSet<String>, &str)>,
    ) -> Result<Found<'c>, NotAnArticle> {
        let given = &capture.given;
        let language = given.language.as_deref().or_else(|| language_of(lines));
        let hint = dates::Hint { language, url: capture.source.url.as_deref() };
        let mut roles = roles::roles(lines, hint);
        if let Some((repeated, title)) = repeated {
            roles::mark_repeated(lines, &mut roles, repeated, title);
        }
        let none = || NotAnArticle::NoArticle("no running text in it, only short lines".to_owned());
        let first = run::best(lines, &roles).ok_or_else(none)?;
        run::mark_boxes(lines, &mut roles, &first);
        let mut body = run::best(lines, &roles).ok_or_else(none)?;
        let title = title::find(&page.text, lines, &roles, &body);
        if let Some(title) = title.as_ref().filter(|t| body.contains(&t.line)) {
            body.start = title.line + 1;
        }
        let words: usize =
            body.clone().filter(|&i| is_text(&roles, i)).filter_map(|i| lines.get(i)).map(|l| l.words).sum();
        if words < LEAST_WORDS {
            return Err(NotAnArticle::NoArticle(format!("too short: {words} words of running text")));
        }
        Ok(Found { roles, body, title, language })
    }

    fn article(&self, page: &Decoded, lines: &[Line<'_>], capture: &Capture) -> Article {
        let hint = dates::Hint { language: self.language, url: capture.source.url.as_deref() };
        let view = facts::View {
            lines,
            roles: &self.roles,
            title: self.title.as_ref().map(|t| t.line),
            body: self.body.clone(),
            hint,
        };
        let facts = facts::facts(&view);
        let mut taken = vec![false; lines.len()];
        let mut out =
            Article { language: self.language.map(str::to_owned), notes: page.notes.clone(), ..Article::default() };
        if let Some(title) = &self.title {
            push(&mut out, BlockKind::Title, title.span.of(&page.text), title.span, page);
            mark(&mut taken, title.line);
        }
        let end = self.about_the_writer(lines, &facts.bylines);
        for i in (self.body.start..end).filter(|i| !facts.used.contains(i)) {
            let (Some(line), Some(kind)) = (lines.get(i), self.block(lines, i)) else { continue };
            push(&mut out, kind, &line.shown(), line.span, page);
            mark(&mut taken, i);
        }
        for &i in &facts.used {
            mark(&mut taken, i);
        }
        out.title = self.title.as_ref().map(|t| one_line(t.span.of(&page.text)));
        out.asides = asides::asides(page, lines, &self.roles, &taken, hint);
        out.url = capture.source.url.clone();
        (out.published, out.modified) = (facts.published, facts.modified);
        (out.bylines, out.wire, out.outlet) = (facts.bylines, facts.wire, facts.outlet);
        complete(&mut out, &capture.given, hint);
        out.choices = choices(&out, &capture.given);
        let plea = lines.iter().map(|l| l.text).find(|t| access::pleads(t));
        out.paywall = access::paywall(&Signs { plea, ..Signs::default() }, &out.text);
        out
    }

    /// Where the body ends: before a closing paragraph that begins with a writer's full name, which is about the writer.
    fn about_the_writer(&self, lines: &[Line<'_>], bylines: &[String]) -> usize {
        let last = self.body.end.saturating_sub(CLOSING).max(self.body.start + 1)..self.body.end;
        let words = |range: Range<usize>| lines.get(range).unwrap_or_default().iter().map(|l| l.words).sum::<usize>();
        let opens = |i: &usize| {
            let text = lines.get(*i).map_or("", |l| l.text);
            words(self.body.start..*i) >= 4 * words(*i..self.body.end)
                && bylines.iter().any(|name| name.contains(' ') && text.starts_with(name.as_str()))
        };
        last.clone().find(opens).unwrap_or(last.end)
    }

    /// What block of the article a line of the run is, or `None` where it is an aside inside of it.
    fn block(&self, lines: &[Line<'_>], i: usize) -> Option<BlockKind> {
        let line = lines.get(i)?;
        match self.roles.get(i)? {
            Role::Prose | Role::ShortSentence => Some(BlockKind::Paragraph),
            Role::Item => Some(BlockKind::ListItem),
            Role::Loose if line.text.ends_with(':') => Some(BlockKind::Paragraph),
            Role::Loose | Role::Short => self.is_heading(lines, i).then_some(BlockKind::Heading),
            Role::Dated | Role::Caption | Role::Byline | Role::Teaser | Role::Repeated | Role::Mark(_) => None,
        }
    }

    /// A line between paragraphs that heads the next one: alone in its group, running text before and after.
    fn is_heading(&self, lines: &[Line<'_>], i: usize) -> bool {
        let group = |k: Option<usize>| k.and_then(|k| lines.get(k)).map(|l| l.group);
        let alone = group(i.checked_sub(1)) != group(Some(i));
        let lettered = lines.get(i).is_some_and(|l| l.text.chars().filter(|c| c.is_alphabetic()).count() >= 2);
        let next = self.roles.get(i + 1);
        alone
            && lettered
            && i + 1 < self.body.end
            && matches!(next, Some(Role::Prose | Role::ShortSentence | Role::Item))
    }
}

fn is_text(roles: &[Role], i: usize) -> bool {
    matches!(roles.get(i), Some(Role::Prose | Role::ShortSentence | Role::Item | Role::Loose))
}

fn mark(taken: &mut [bool], i: usize) {
    if let Some(t) = taken.get_mut(i) {
        *t = true;
    }
}

/// Adds a block to the article's text.
fn push(out: &mut Article, kind: BlockKind, words: &str, span: Span, page: &Decoded) {
    if !out.text.is_empty() {
        out.text.push_str("\n\n");
    }
    let start = out.text.len();
    out.text.push_str(&one_line(words));
    out.blocks.push(Block { kind, span: Span::new(start, out.text.len()), capture: page.range(span.start, span.end) });
}

fn one_line(words: &str) -> String {
    words.replace("\r\n", " ").replace(['\n', '\r'], " ")
}

/// The language most of the running text is in.
fn language_of(lines: &[Line<'_>]) -> Option<&'static str> {
    let prose: Vec<&str> = lines.iter().filter(|l| l.is_prose()).map(|l| l.text).collect();
    language::detect(&prose.join("\n"))
}

/// Fields that came beside the bytes go before what the page was read to say.
fn complete(out: &mut Article, given: &Given, hint: dates::Hint<'_>) {
    if given.title.is_some() {
        out.title.clone_from(&given.title);
    }
    if given.outlet.is_some() {
        out.outlet.clone_from(&given.outlet);
    }
    if !given.bylines.is_empty() {
        out.bylines.clone_from(&given.bylines);
    }
    let (published, notes) = as_given::published(given.published.as_deref(), hint);
    out.published = published.or(out.published.take());
    out.notes.extend(notes);
}

/// What was taken of each fact, and where it was read: lines of a text have no field to be held against.
fn choices(article: &Article, given: &Given) -> Vec<Choice> {
    let whence = |is_given: bool| if is_given { "given" } else { "lines of the text" };
    let chosen = |fact: Fact, value: Option<String>, basis: &str| {
        let value = value.filter(|v| !v.is_empty())?;
        Some(Choice { fact, value, basis: basis.to_owned(), runner_up: None })
    };
    let dated = |fact: Fact, based: Option<&Based>| chosen(fact, based.map(|b| b.value.clone()), &based?.basis);
    let all = [
        chosen(Fact::Title, article.title.clone(), whence(given.title.is_some())),
        chosen(Fact::Bylines, Some(article.bylines.join("; ")), whence(!given.bylines.is_empty())),
        dated(Fact::Published, article.published.as_ref()),
        dated(Fact::Modified, article.modified.as_ref()),
        chosen(Fact::Outlet, article.outlet.clone(), whence(given.outlet.is_some())),
        chosen(Fact::Language, article.language.clone(), "words of the text"),
    ];
    all.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
