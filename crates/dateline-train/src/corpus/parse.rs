//! The format of the corpus, read strictly.

use super::look::look;
use super::{Fault, Figure, KINDS, Marked, Name, Paragraph, Role, Said, Time};
use dateline_reading::NameKind;
use dateline_text::Span;
use regex::Regex;
use std::sync::LazyLock;

const CLASSES: [&str; 5] = ["speech", "belief", "stance", "label", "no_comment"];
/// What parts items and cells, and so must not stand in a text.
const MARKS: [&str; 4] = ["|", " ~ ", " ++ ", " = "];

static VALUE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:~|[<>]=?)?-?\d+(?:\.\d+)?(?:\.\.\d+(?:\.\d+)?)?(?: \S+)?$").ok());
static TIMEX: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(DATE|TIME|DURATION|SET) (\S+)$").ok());
static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\d{4}-\d\d-\d\d").ok());

/// Reads one file; `name` is the file's name without its ending.
///
/// # Errors
/// All faults of the file, in the order of its lines.
pub fn parse(name: &str, text: &str) -> Result<Marked, Vec<Fault>> {
    let mut reader = Reader { faults: Vec::new(), marked: None };
    let lines: Vec<&str> = text.lines().collect();
    let Some(cut) = lines.iter().position(|l| *l == "---") else {
        return Err(vec![Fault { line: 1, message: "no --- line after the head".to_owned() }]);
    };
    reader.head(name, &lines[..cut]);
    for (i, line) in lines.iter().enumerate().skip(cut + 1) {
        reader.line(i + 1, line);
    }
    reader.speakers();
    match reader {
        Reader { faults, marked: Some(marked) } if faults.is_empty() => Ok(marked),
        Reader { faults, .. } => Err(faults),
    }
}

struct Reader {
    faults: Vec<Fault>,
    marked: Option<Marked>,
}

impl Reader {
    fn fail(&mut self, line: usize, message: impl Into<String>) {
        self.faults.push(Fault { line, message: message.into() });
    }

    fn head(&mut self, name: &str, lines: &[&str]) {
        let find = |key: &str| lines.iter().filter_map(|l| l.split_once(": ")).find(|(k, _)| *k == key).map(|(_, v)| v);
        let mut cells = Vec::new();
        for key in ["id", "outlet", "kind", "language", "published"] {
            let value = find(key).unwrap_or_default().trim().to_owned();
            if value.is_empty() {
                self.fail(1, format!("no {key} in the head"));
            }
            cells.push(value);
        }
        let Ok([id, outlet, kind, language, published]) = <[String; 5]>::try_from(cells) else { return };
        if id != name {
            self.fail(1, format!("the id {id:?} is not the file's name {name:?}"));
        }
        if !KINDS.contains(&kind.as_str()) {
            self.fail(1, format!("{kind:?} is no kind of article"));
        }
        if !fits(&DAY, &published) {
            self.fail(1, format!("{published:?} is no day"));
        }
        self.marked = Some(Marked { id, outlet, kind, language, published, paragraphs: Vec::new() });
    }

    fn line(&mut self, line: usize, written: &str) {
        if written.trim().is_empty() {
            return;
        }
        let Some(layer) = written.strip_prefix("  ") else { return self.paragraph(line, written) };
        let Some((kind, rest)) = layer.split_once(": ") else {
            return self.fail(line, "neither a paragraph nor a layer");
        };
        let Some(mut paragraph) = self.marked.as_mut().and_then(|m| m.paragraphs.pop()) else {
            return self.fail(line, "a layer before any paragraph");
        };
        match kind {
            "names" => self.names(line, rest, &mut paragraph),
            "said" => self.said(line, rest, &mut paragraph),
            "times" => self.times(line, rest, &mut paragraph),
            "figures" => self.figures(line, rest, &mut paragraph),
            _ => self.fail(line, format!("{kind:?} is no layer")),
        }
        if let Some(marked) = &mut self.marked {
            marked.paragraphs.push(paragraph);
        }
    }

    fn paragraph(&mut self, line: usize, written: &str) {
        let marks = [("# ", Role::Title), ("## ", Role::Heading), ("> ", Role::Caption)];
        let (role, text) = marks
            .into_iter()
            .find_map(|(mark, role)| Some((role, written.strip_prefix(mark)?)))
            .unwrap_or((Role::Text, written));
        for mark in MARKS.iter().filter(|m| text.contains(**m)) {
            self.fail(line, format!("the text holds {mark:?}"));
        }
        let text = text.trim().to_owned();
        let paragraph = Paragraph { line, role, text, names: vec![], said: vec![], times: vec![], figures: vec![] };
        if let Some(marked) = &mut self.marked {
            marked.paragraphs.push(paragraph);
        }
    }

    /// The words after the item before, or a fault.
    fn place(&mut self, line: usize, text: &str, words: &str, at: &mut usize) -> Option<Span> {
        let found = look(text, words, *at);
        match found {
            Some(span) => *at = span.end,
            None => self.fail(line, format!("{words:?} is not in the paragraph after the item before it")),
        }
        found
    }

    fn names(&mut self, line: usize, rest: &str, p: &mut Paragraph) {
        let mut at = 0;
        for item in rest.split(" | ") {
            let (words, kind) = item.trim().rsplit_once(' ').unwrap_or(("", item));
            let Some((kind, government)) = name_kind(kind) else {
                self.fail(line, format!("{kind:?} is no kind of name"));
                continue;
            };
            if let Some(span) = self.place(line, &p.text, words, &mut at) {
                p.names.push(Name { span, kind, government });
            }
        }
    }

    fn times(&mut self, line: usize, rest: &str, p: &mut Paragraph) {
        let mut at = 0;
        for item in rest.split(" | ") {
            let (words, timex) = item.trim().split_once(" = ").unwrap_or((item, ""));
            if !fits(&TIMEX, timex) {
                self.fail(line, format!("{item:?} has no type and value"));
                continue;
            }
            let (kind, value) = timex.split_once(' ').unwrap_or_default();
            if let Some(span) = self.place(line, &p.text, words, &mut at) {
                p.times.push(Time { span, kind: kind.to_owned(), value: value.to_owned() });
            }
        }
    }

    fn figures(&mut self, line: usize, rest: &str, p: &mut Paragraph) {
        let mut at = 0;
        for item in rest.split(" | ") {
            let (words, rest) = item.trim().split_once(" = ").unwrap_or((item, ""));
            let (value, counted) = rest.split_once(" ; ").unwrap_or((rest, ""));
            if !fits(&VALUE, value) {
                self.fail(line, format!("{item:?} has no value"));
                continue;
            }
            let place = look(&p.text, counted.trim(), 0);
            if !counted.trim().is_empty() && place.is_none() {
                self.fail(line, format!("{counted:?}, which is counted, is not in the paragraph"));
            }
            if let Some(span) = self.place(line, &p.text, words, &mut at) {
                p.figures.push(Figure { span, value: value.to_owned(), counted: place });
            }
        }
    }

    fn said(&mut self, line: usize, rest: &str, p: &mut Paragraph) {
        let cells: Vec<&str> = rest.split(" ~ ").map(str::trim).collect();
        let Ok([source, cue, content, who]) = <[&str; 4]>::try_from(cells) else {
            return self.fail(line, "an attribution has source ~ cue ~ content ~ speaker");
        };
        let (speaker, class) = who.split_once(" ; ").unwrap_or((who, "speech"));
        if !CLASSES.contains(&class.trim()) {
            self.fail(line, format!("{class:?} is no class of attribution"));
        }
        if content == "-" && class.trim() != "no_comment" {
            self.fail(line, "an attribution without content");
        }
        let mut parts = [Vec::new(), Vec::new(), Vec::new()];
        for (cell, spans) in [source, cue, content].into_iter().zip(&mut parts).filter(|(c, _)| *c != "-") {
            let mut at = 0;
            for words in cell.split(" ++ ") {
                spans.extend(self.place(line, &p.text, words, &mut at));
            }
        }
        let [source, cue, content] = parts;
        let (speaker, class) = (speaker.trim().to_owned(), class.trim().to_owned());
        p.said.push(Said { source, cue, content, speaker, class });
    }

    /// Speakers are called as the article calls them somewhere.
    fn speakers(&mut self) {
        let Some(marked) = &self.marked else { return };
        let known =
            |s: &str| matches!(s, "anonymous" | "unresolved") || marked.paragraphs.iter().any(|p| p.text.contains(s));
        let unknown = marked.paragraphs.iter().flat_map(|p| p.said.iter().map(move |s| (p.line, &s.speaker)));
        let faults: Vec<Fault> = unknown
            .filter(|(_, s)| !known(s))
            .map(|(line, s)| Fault { line, message: format!("the speaker {s:?} is not in the article") })
            .collect();
        self.faults.extend(faults);
    }
}

fn fits(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|p| p.is_match(text))
}

fn name_kind(word: &str) -> Option<(NameKind, bool)> {
    Some(match word {
        "PERSON" => (NameKind::Person, false),
        "ORG" => (NameKind::Org, false),
        "PLACE" => (NameKind::Place, false),
        "PLACE:gov" => (NameKind::Place, true),
        "FACILITY" => (NameKind::Facility, false),
        "NORP" => (NameKind::Norp, false),
        "EVENT" => (NameKind::Event, false),
        "WORK" => (NameKind::Work, false),
        "MISC" => (NameKind::Misc, false),
        _ => return None,
    })
}
