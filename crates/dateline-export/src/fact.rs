//! Everything that was read in an article, one fact after another.

use crate::page::{Quoted, Text};
use dateline_reading::{Attribution, Entity, Figure, Mention, Reading, Time};
use dateline_story::Report;
use dateline_text::Span;

/// What kind of fact, with what was read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum What<'a> {
    /// A name; whether it stands for a place's government.
    Name(&'a Mention, Option<&'a Entity>, bool),
    Time(&'a Time),
    Figure(&'a Figure),
    Attribution(&'a Attribution, Option<&'a Entity>),
}

impl What<'_> {
    /// Its name in the exports.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            What::Name(..) => "name",
            What::Time(_) => "time",
            What::Figure(_) => "figure",
            What::Attribution(..) => "attribution",
        }
    }
}

/// One fact, where it stands, and what found it.
#[derive(Debug, Clone)]
pub(crate) struct Fact<'a> {
    /// Its place in the list of its kind, as `read --json` prints it.
    pub(crate) index: usize,
    pub(crate) span: Span,
    pub(crate) quoted: Quoted<'a>,
    pub(crate) rule: &'a str,
    pub(crate) what: What<'a>,
}

/// The facts of an article: names, times, figures, attributions, each in the order of `read --json`.
pub(crate) fn facts<'a>(report: &'a Report, text: &Text<'a>) -> Vec<Fact<'a>> {
    let r: &'a Reading = &report.reading;
    let fact = |index: usize, span: Span, rule: &'a str, what: What<'a>| Fact {
        index,
        span,
        quoted: text.at(span),
        rule,
        what,
    };
    let entity = |i: Option<usize>| i.and_then(|i| r.entities.get(i));
    let mut all = Vec::with_capacity(r.mentions.len() + r.times.len() + r.figures.len() + r.attributions.len());
    all.extend(r.mentions.iter().enumerate().map(|(i, m)| {
        let government = r.governments.binary_search(&i).is_ok();
        fact(i, m.span, &m.rule, What::Name(m, entity(m.entity), government))
    }));
    all.extend(r.times.iter().enumerate().map(|(i, t)| fact(i, t.span, &t.rule, What::Time(t))));
    all.extend(r.figures.iter().enumerate().map(|(i, f)| fact(i, f.span, &f.rule, What::Figure(f))));
    all.extend(
        r.attributions
            .iter()
            .enumerate()
            .map(|(i, a)| fact(i, whole(a), &a.rule, What::Attribution(a, entity(a.speaker)))),
    );
    all
}

/// From the first to the last word of what is attributed; of the words that attribute where nothing is ("declined to
/// comment").
fn whole(a: &Attribution) -> Span {
    let parts = [&a.content, &a.cue, &a.source];
    let first = parts.into_iter().find(|spans| !spans.is_empty());
    first.and_then(|spans| spans.iter().copied().reduce(Span::cover)).unwrap_or_default()
}
