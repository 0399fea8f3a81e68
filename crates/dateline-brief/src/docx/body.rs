//! The document and its endnotes.

use super::xml::{paragraph, reference, run, table, text};
use crate::labels;
use crate::model::{Brief, Note, PageLine, Saying, StoryPart};
use crate::numbers::value_words;
use std::collections::BTreeMap;

/// Endnotes 0 and 1 are the lines above them.
const FIRST: usize = 2;

const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMESPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// The two parts that hold words.
pub(super) struct Set {
    pub(super) document: String,
    pub(super) endnotes: String,
}

/// What is being written.
struct Desk<'b> {
    brief: &'b Brief,
    pages: BTreeMap<usize, &'b PageLine>,
    out: String,
    notes: Vec<String>,
}

pub(super) fn set(brief: &Brief) -> Set {
    let pages = brief.stories.iter().flat_map(|s| &s.pages).map(|p| (p.page, p)).collect();
    let mut desk = Desk { brief, pages, out: String::new(), notes: Vec::new() };
    desk.head();
    for story in &brief.stories {
        desk.story(story);
    }
    desk.storylines();
    desk.sources();
    let page = "<w:sectPr><w:endnotePr><w:numFmt w:val=\"decimal\"/></w:endnotePr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
                <w:pgMar w:top=\"1200\" w:right=\"1150\" w:bottom=\"1200\" w:left=\"1150\" w:header=\"600\" \
                w:footer=\"600\" w:gutter=\"0\"/></w:sectPr>";
    let line = |id: usize, kind: &str, mark: &str| {
        format!("<w:endnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:r><w:{mark}/></w:r></w:p></w:endnote>")
    };
    let lines = [line(0, "separator", "separator"), line(1, "continuationSeparator", "continuationSeparator")].concat();
    Set {
        document: format!("{OPEN}<w:document {NAMESPACE}><w:body>{}{page}</w:body></w:document>", desk.out),
        endnotes: format!("{OPEN}<w:endnotes {NAMESPACE}>{lines}{}</w:endnotes>", desk.notes.concat()),
    }
}

impl Desk<'_> {
    fn put(&mut self, style: &str, words: &str) {
        let runs = run(words, None);
        self.out.push_str(&paragraph(style, &runs));
    }

    /// A source note: the mark in the text; outlet, title, day, address, capture and span below.
    fn note(&mut self, n: &Note) -> String {
        let mut parts = Vec::new();
        if let Some(p) = self.pages.get(&n.page) {
            parts.extend(p.outlet.clone());
            parts.push(labels::quoted(&p.title));
            parts.extend(p.published.as_deref().map(crate::day_words));
            parts.extend(p.source.as_deref().map(crate::shown));
            let source = self.brief.sources.iter().flat_map(|s| &s.pages).find(|s| s.page == n.page);
            parts.push(source.map_or_else(|| format!("capture {}", p.id), labels::capture));
        }
        parts.push(format!("characters {} to {}", n.span[0], n.span[1]));
        let id = self.notes.len() + FIRST;
        let mark = "<w:r><w:rPr><w:rStyle w:val=\"Mark\"/></w:rPr><w:endnoteRef/></w:r>";
        let words = run(&format!(" [{}:{}] {}", n.page, n.span[0], parts.join(" · ")), None);
        self.notes
            .push(format!("<w:endnote w:id=\"{id}\">{}</w:endnote>", paragraph("Note", &format!("{mark}{words}"))));
        reference(id)
    }

    fn head(&mut self) {
        let brief = self.brief;
        let totals = labels::totals(&brief.summary);
        let title = brief.own.as_ref().map_or(totals.as_str(), |own| own.title.as_str());
        self.put("Title", title);
        if brief.own.is_some() {
            self.put("Facts", &totals);
        }
        self.put("Facts", &labels::scope(&brief.summary));
        if let Some(nothing) = labels::nothing(brief) {
            self.put("Normal", nothing);
        }
        if let Some(own) = &brief.own {
            self.put("Facts", labels::WHOSE_IS_WHAT);
            self.own(&own.lead, own.by.as_deref());
        }
    }

    /// Words of whoever put the brief together, named as such.
    fn own(&mut self, words: &str, by: Option<&str>) {
        if words.trim().is_empty() {
            return;
        }
        self.put("Whose", &labels::whose(by));
        for part in words.split("\n\n").filter(|p| !p.trim().is_empty()) {
            let lines: Vec<String> = part.lines().map(|l| run(&crate::shown(l), None)).collect();
            self.out.push_str(&paragraph("Own", &lines.join("<w:r><w:br/></w:r>")));
        }
    }

    fn story(&mut self, s: &StoryPart) {
        self.put("Heading1", &format!("{} · {}", s.number, s.headline));
        self.put("Facts", &labels::story_line(s));
        self.own(&s.own_note, s.own_by.as_deref());
        for p in &s.pages {
            self.put("Page", &format!("[{}] {} — {}", p.page, labels::quoted(&p.title), labels::page_facts(p)));
        }
        self.news(s);
        if let Some(joined) = labels::joined(s) {
            self.put("Facts", &format!("Joined by {joined}"));
        }
        // what is disputed comes first
        if labels::is_disputed(s) {
            self.figures(s);
            self.who(s);
        } else {
            self.who(s);
            self.figures(s);
        }
        self.timeline(s);
        if let Some(kept) = labels::kept_out(s) {
            self.put("Facts", &format!("Kept out: {kept}"));
        }
        for p in &s.pages {
            for n in &p.notes {
                self.put("Facts", &format!("Note on [{}]: {}", p.page, crate::shown(n)));
            }
        }
    }

    fn news(&mut self, s: &StoryPart) {
        let Some(news) = &s.news else { return };
        self.put("Heading2", &labels::news_line(news));
        for section in &news.sections {
            self.put("Head", section.label);
            for line in &section.lines {
                let marks: String = line.notes.iter().map(|n| self.note(n)).collect();
                self.out.push_str(&paragraph("Page", &format!("{}{marks}", run(&line.words, None))));
            }
            if section.more > 0 {
                self.put("Page", &format!("{} more", section.more));
            }
        }
    }

    fn who(&mut self, s: &StoryPart) {
        if s.who.is_empty() {
            return;
        }
        self.put("Heading2", "Who said what");
        let mut rows = Vec::new();
        for speaker in &s.who {
            for (i, saying) in speaker.sayings.iter().enumerate() {
                let name = format!("{}{}", run(&speaker.name, Some("Name")), run(&labels::role(speaker), None));
                let name = if i == 0 { paragraph("Cell", &name) } else { String::new() };
                rows.push(vec![name, self.cells(saying)]);
            }
        }
        self.out.push_str(&table(&[28, 72], &["Who", "Said"], &rows));
        if s.more_sayings > 0 {
            self.put("Facts", &format!("{} more", s.more_sayings));
        }
    }

    fn cells(&mut self, saying: &Saying) -> String {
        let mut out = String::new();
        for c in &saying.cells {
            let tags = labels::saying_tags(saying, c).map(|t| format!(" ({t})")).unwrap_or_default();
            let words = format!("{}{}", run(&labels::quoted(&c.words), None), run(&tags, Some("Small")));
            out.push_str(&paragraph("Cell", &format!("{words}{}", self.note(&c.note))));
        }
        out
    }

    fn figures(&mut self, s: &StoryPart) {
        if s.figures.is_empty() {
            return;
        }
        self.put("Heading2", "Figures");
        let mut rows = Vec::new();
        for line in &s.figures {
            for (i, c) in line.cells.iter().enumerate() {
                let value = value_words(c.value, c.unit.as_deref(), c.modifier);
                let words = format!("{}{}", run(&labels::quoted(&c.words), None), self.note(&c.note));
                let cell = |words: &str| paragraph("Cell", &run(words, None));
                rows.push(vec![
                    cell(&value),
                    paragraph("Cell", &words),
                    cell(labels::giver(c)),
                    cell(&labels::figure_day(c)),
                    cell(if i == 0 { labels::others(line) } else { "" }),
                ]);
            }
        }
        let head = ["Value", "In the page’s words", "Who gives it", "As of (page of)", "Others"];
        self.out.push_str(&table(&[13, 33, 21, 20, 13], &head, &rows));
        if s.more_figures > 0 {
            self.put("Facts", &format!("{} more", s.more_figures));
        }
    }

    fn timeline(&mut self, s: &StoryPart) {
        if s.timeline.is_empty() {
            return;
        }
        self.put("Heading2", "Timeline");
        for m in &s.timeline {
            let words = format!(
                "{}{}",
                run(&format!("{}  ", crate::day_words(&m.date)), Some("Small")),
                run(&labels::quoted(&m.words), None)
            );
            let mark = self.note(&m.note);
            self.out.push_str(&paragraph("Page", &format!("{words}{mark}")));
        }
    }

    fn storylines(&mut self) {
        if self.brief.storylines.is_empty() {
            return;
        }
        self.put("Heading1", "Storylines");
        for l in &self.brief.storylines {
            self.put("Page", &format!("{} → {}: {}", l.from, l.to, labels::storyline(l)));
        }
    }

    /// All pages, so that a printed brief names its sources also where a reader does not go to the notes.
    fn sources(&mut self) {
        if self.brief.stories.is_empty() {
            return;
        }
        self.put("Heading1", "Pages");
        let brief = self.brief;
        for p in brief.stories.iter().flat_map(|s| &s.pages) {
            let source = brief.sources.iter().flat_map(|s| &s.pages).find(|s| s.page == p.page);
            let capture = source.map_or_else(|| format!("capture {}", p.id), labels::capture);
            let from = p.source.as_deref().map_or_else(|| "no address".to_owned(), crate::shown);
            let words = format!("[{}] {} · {} · ", p.page, labels::quoted(&p.title), from);
            let runs = format!("{}{}", run(&words, None), run(&capture, Some("Small")));
            self.out.push_str(&paragraph("Page", &runs));
        }
        self.put("Facts", crate::json::VERSION);
    }
}

/// The title of the file's properties.
pub(super) fn plain(words: &str) -> String {
    text(&crate::shown(words))
}
