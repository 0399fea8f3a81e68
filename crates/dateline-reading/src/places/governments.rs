//! Places that stand for a government: "Kyiv said", "talks between Ankara and Athens".
//!
//! The place keeps its coordinates; its mention is only marked. Only countries and seats of government can stand so.
//! What shows it is data with its own examples (`data/en/governments.tsv`).

use crate::{Doc, Entity, Mention, NameKind, Reading};
use dateline_lexicon::Lexicon;
use dateline_text::fold;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/en/governments.tsv");

/// The words of each class.
static WORDS: LazyLock<FxHashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|l| !l.starts_with(['#', '+', '-']));
    rows.filter_map(|l| l.split_once('\t')).collect()
});

fn is(class: &'static str, word: &str) -> bool {
    // the set lives as long as the program, a looked-up word need not: compare without keeping it
    WORDS.get(&(class, word) as &(&str, &str)).is_some()
}

/// The mentions that stand for a government: indices into the reading's mentions, in order.
pub fn find(doc: &Doc, lexicon: &Lexicon, reading: &Reading) -> Vec<usize> {
    let english = doc.language.is_none_or(|l| l.starts_with("en"));
    let may: Vec<bool> = reading.entities.iter().map(|e| governs(lexicon, e)).collect();
    let may = |m: &Mention| m.kind == NameKind::Place && m.entity.and_then(|e| may.get(e)).is_some_and(|g| *g);
    let sources: FxHashSet<_> = reading.attributions.iter().flat_map(|a| &a.source).map(|s| (s.start, s.end)).collect();
    let places: Vec<Placed> =
        reading.mentions.iter().enumerate().filter(|(_, m)| may(m)).map(|(i, m)| Placed::of(doc, i, m)).collect();
    let mut out: Vec<usize> = Vec::new();
    for (n, p) in places.iter().enumerate() {
        let span = reading.mentions[p.mention].span;
        // "X and Y": what shows one shows the other
        let partner = places.get(n + 1).filter(|q| q.first == p.end + 1 && low(doc, p.end) == "and");
        let shared =
            partner.is_some() && (p.is_shared(doc) || partner.is_some_and(|q| q.acts(doc) && !p.is_where(doc)));
        if sources.contains(&(span.start, span.end))
            || english && (shared || p.is_addressed(doc) || p.acts(doc) && !p.is_where(doc))
        {
            out.push(p.mention);
            out.extend(partner.filter(|_| shared).map(|q| q.mention));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Whether the entity is a country or a seat of government.
fn governs(lexicon: &Lexicon, entity: &Entity) -> bool {
    let Some(place) = entity.place.as_ref().filter(|_| entity.kind == NameKind::Place) else { return false };
    let country = place.country.as_deref().and_then(|c| lexicon.places.country(c));
    country.is_some_and(|c| Some(&*c.id) == place.gazetteer_id.as_deref()) || is("capital", &fold(&entity.name))
}

fn low(doc: &Doc, word: usize) -> String {
    fold(doc.word(word))
}

/// A place among the words.
struct Placed {
    mention: usize,
    /// Its first word, and the one behind its last.
    first: usize,
    end: usize,
}

impl Placed {
    fn of(doc: &Doc, mention: usize, m: &Mention) -> Placed {
        let first = doc.words.partition_point(|w| w.span.start < m.span.start);
        Placed { mention, first, end: doc.words.partition_point(|w| w.span.start < m.span.end) }
    }

    fn before(&self, doc: &Doc, n: usize) -> String {
        self.first.checked_sub(n).map_or(String::new(), |i| low(doc, i))
    }

    /// "in Kyiv", "of Norway": a place all the same, whatever verb follows.
    fn is_where(&self, doc: &Doc) -> bool {
        is("before", &self.before(doc, 1)) || (self.before(doc, 1) == "and" && self.before(doc, 3) == "in")
    }

    /// "Kyiv said", "Tokyo has firmly rejected".
    fn acts(&self, doc: &Doc) -> bool {
        let mut at = self.end;
        for _ in 0..2 {
            let word = low(doc, at);
            if matches!(&*word, "has" | "have" | "had" | "also") || word.ends_with("ly") {
                at += 1;
            }
        }
        is("says", &low(doc, at))
    }

    /// "accused Moscow of", "relations with Beijing".
    fn is_addressed(&self, doc: &Doc) -> bool {
        let told = is("told", &self.before(doc, 1));
        let with = self.before(doc, 1) == "with" && is("with", &self.before(doc, 2));
        let noun = doc.words.get(self.end).is_some_and(|w| w.of(doc.text).chars().all(char::is_alphabetic));
        let goes_on = matches!(
            &*low(doc, self.end),
            "and" | "of" | "to" | "for" | "on" | "over" | "that" | "against" | "as" | "in" | "since" | "after"
        );
        (told || with) && (!noun || goes_on)
    }

    /// "talks between Ankara and".
    fn is_shared(&self, doc: &Doc) -> bool {
        self.before(doc, 1) == "between" && (2..5).any(|n| is("shared", &self.before(doc, n)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_article::{Article, Block, BlockKind};
    use dateline_text::Span;

    /// The text of an example, and the places marked in it: where each stands, and whether for its government.
    fn marked(example: &str) -> (String, Vec<(Span, bool)>) {
        let (mut text, mut places, mut open) = (String::new(), Vec::new(), 0);
        for c in example.chars() {
            match c {
                '[' | '{' => open = text.len(),
                ']' | '}' => places.push((Span::new(open, text.len()), c == ']')),
                _ => text.push(c),
            }
        }
        (text, places)
    }

    #[test]
    fn every_example_marks_the_places_in_brackets() {
        let lexicon = Lexicon::shipped();
        let mut wrong = Vec::new();
        for example in TABLE.lines().filter_map(|l| l.strip_prefix(['+', '-'])) {
            let (text, places) = marked(example.trim());
            let blocks =
                vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), capture: (0, text.len()) }];
            let article = Article { text: text.clone(), blocks, ..Article::default() };
            let doc = Doc::new(&article);
            let mut reading = Reading::default();
            for (n, (span, _)) in places.iter().enumerate() {
                let rule = "given".to_owned();
                reading.mentions.push(Mention { span: *span, kind: NameKind::Place, entity: Some(n), rule });
                let name = span.of(&text).to_owned();
                reading.entities.push(entity(name));
            }
            super::super::resolve(&doc, &lexicon, &mut reading.mentions, &mut reading.entities);
            let found: Vec<Span> =
                find(&doc, &lexicon, &reading).into_iter().map(|i| reading.mentions[i].span).collect();
            let want: Vec<Span> = places.iter().filter(|p| p.1).map(|p| p.0).collect();
            if found != want || reading.entities.iter().any(|e| e.place.is_none()) {
                wrong.push(format!("{example}: {found:?}, {:?}", reading.entities));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn entity(name: String) -> Entity {
        let (kind, aliases, key) = (NameKind::Place, Vec::new(), String::new());
        Entity { name, kind, aliases, role: None, role_span: None, place: None, key, gender: None }
    }
}
