//! The facts of one article, each with the place of its words: by kind for a list, by block for the margin.

use super::encoded;
use dateline_brief::{Note, day_words, quoted, said_tags, said_words, shown, value_words};
use dateline_reading::NameKind;
use dateline_story::Report;
use dateline_text::{CharIndex, Span};

/// A fact and its words.
pub(crate) struct Fact {
    /// In the margin: what it is, for the look and for who hears it.
    pub(crate) kind: &'static str,
    pub(crate) head: String,
    pub(crate) tail: String,
    /// The page of who said or did it.
    pub(crate) person: Option<String>,
    /// Where the words begin, in code points.
    pub(crate) at: usize,
    /// The address at which the words are marked.
    pub(crate) to: String,
    span: Span,
}

/// Facts of one kind.
pub(crate) struct Group {
    pub(crate) label: &'static str,
    pub(crate) facts: Vec<Fact>,
}

/// A report and its offsets.
pub(crate) struct Place<'a> {
    report: &'a Report,
    index: CharIndex,
    /// Whether the page as it was saved stands beside the text; links keep it there.
    saved: bool,
}

impl<'a> Place<'a> {
    pub(crate) fn new(report: &'a Report, saved: bool) -> Place<'a> {
        Place { report, index: CharIndex::new(&report.article.text), saved }
    }

    fn text(&self) -> &str {
        &self.report.article.text
    }

    fn note(&self, span: Span) -> Note {
        Note { page: 1, span: self.index.to_chars(self.text(), span) }
    }

    fn words(&self, span: Span) -> String {
        shown(span.of(self.text()))
    }

    /// The spans marked in the text: what was said, and figures.
    pub(crate) fn notes(&self) -> Vec<Note> {
        let r = &self.report.reading;
        let said = r.attributions.iter().filter_map(|a| a.content.iter().copied().reduce(Span::cover));
        let counted = r.figures.iter().map(|f| f.counted.map_or(f.span, |c| f.span.cover(c)));
        said.chain(counted).map(|s| self.note(s)).collect()
    }

    fn fact(&self, head: String, tail: String, span: Span, person: Option<String>) -> Fact {
        let [start, end] = self.note(span).span;
        let saved = if self.saved { "&saved=1" } else { "" };
        Fact { kind: "", head, tail, person, at: start, to: format!("?at={start}-{end}{saved}#p1-{start}"), span }
    }

    /// What stands in the margin beside each block: its facts in the order of its words, names where they come first.
    pub(crate) fn margins(&self) -> Vec<Vec<Fact>> {
        let kinds: [(&'static str, Vec<Fact>); 6] = [
            ("said", self.said().into_iter().map(|f| Fact { tail: String::new(), ..f }).collect()),
            ("figure", self.counts()),
            ("person", self.named(NameKind::Person)),
            ("organisation", self.named(NameKind::Org)),
            ("place", self.named(NameKind::Place)),
            ("time", self.days()),
        ];
        let kind = |(kind, facts): (&'static str, Vec<Fact>)| facts.into_iter().map(move |f| Fact { kind, ..f });
        let mut all: Vec<Fact> = kinds.into_iter().flat_map(kind).collect();
        all.sort_by_key(|f| f.span.start);
        let blocks = &self.report.article.blocks;
        let mut out: Vec<Vec<Fact>> = blocks.iter().map(|_| Vec::new()).collect();
        for fact in all {
            let i = blocks.partition_point(|b| b.span.start <= fact.span.start);
            if let Some(of) = i.checked_sub(1).and_then(|i| out.get_mut(i)) {
                of.push(fact);
            }
        }
        out
    }

    /// Values with what is counted.
    fn counts(&self) -> Vec<Fact> {
        let counted = self.report.reading.figures.iter().map(|f| f.counted.map_or_else(String::new, |c| self.words(c)));
        self.figures().into_iter().zip(counted).map(|(f, tail)| Fact { tail, ..f }).collect()
    }

    /// The times that are days, months or years, as such.
    fn days(&self) -> Vec<Fact> {
        let iso = |v: &str| v.get(..4).is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit())) && !v.contains('W');
        let times = self.report.reading.times.iter().filter(|t| iso(&t.value));
        times.map(|t| self.fact(day_words(&t.value), String::new(), t.span, None)).collect()
    }

    pub(crate) fn groups(&self) -> Vec<Group> {
        let all = [
            Group { label: "Who said what", facts: self.said() },
            Group { label: "Figures", facts: self.figures() },
            Group { label: "People", facts: self.named(NameKind::Person) },
            Group { label: "Organisations", facts: self.named(NameKind::Org) },
            Group { label: "Places", facts: self.named(NameKind::Place) },
            Group { label: "Times", facts: self.times() },
        ];
        all.into_iter().filter(|g| !g.facts.is_empty()).collect()
    }

    fn said(&self) -> Vec<Fact> {
        let r = &self.report.reading;
        let mut out = Vec::new();
        for a in &r.attributions {
            let Some(whole) = a.content.iter().copied().reduce(Span::cover) else { continue };
            let speaker = a.speaker.and_then(|s| r.entities.get(s));
            let source = a.source.first().map(|s| self.words(*s)).unwrap_or_default();
            let head = speaker.map_or(source, |s| shown(&s.name));
            let tags = said_tags(a.class, a.kind);
            let tags = if tags.is_empty() { String::new() } else { format!(" ({tags})") };
            let person = speaker.map(|s| format!("/who?name={}", encoded(&s.name)));
            out.push(self.fact(
                head,
                format!("{}{tags}", quoted(&said_words(self.text(), &a.content, a.kind))),
                whole,
                person,
            ));
        }
        out
    }

    fn figures(&self) -> Vec<Fact> {
        let figures = &self.report.reading.figures;
        figures
            .iter()
            .map(|f| {
                let whole = f.counted.map_or(f.span, |c| f.span.cover(c));
                let as_of = f.as_of.as_deref().map(|d| format!(", as of {}", day_words(d))).unwrap_or_default();
                let value = value_words(f.value, f.unit.as_deref(), f.modifier);
                self.fact(value, format!("{}{as_of}", quoted(&self.words(whole))), whole, None)
            })
            .collect()
    }

    fn named(&self, kind: NameKind) -> Vec<Fact> {
        let r = &self.report.reading;
        let mut out = Vec::new();
        for (i, e) in r.entities.iter().enumerate().filter(|(_, e)| e.kind == kind) {
            let Some(first) = r.mentions.iter().find(|m| m.entity == Some(i)) else { continue };
            let tail = e.role.as_deref().map(shown).unwrap_or_default();
            let person = (kind != NameKind::Place).then(|| format!("/who?name={}", encoded(&e.name)));
            out.push(self.fact(shown(&e.name), tail, first.span, person));
        }
        out
    }

    fn times(&self) -> Vec<Fact> {
        let times = &self.report.reading.times;
        times.iter().map(|t| self.fact(self.words(t.span), t.value.clone(), t.span, None)).collect()
    }
}
