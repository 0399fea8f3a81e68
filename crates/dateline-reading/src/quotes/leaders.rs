//! "The Lithuanian president": who held the office on the article's day, where the text itself names nobody for it.

use crate::names::person_key;
use crate::{Doc, Entity, NameKind, Reading};
use dateline_lexicon::Lexicon;
use dateline_lexicon::leaders::Term;
use dateline_lexicon::names::key as folded_key;
use dateline_text::Span;

/// Sources longer than this are no bare office.
const LONGEST: usize = 60;

/// Gives attributions whose source is an office of a head of state or government the person who held it. The person
/// becomes an entity named in the text's own words, with the key that the full name has in other articles.
pub fn name(doc: &Doc, lexicon: &Lexicon, reading: &mut Reading) {
    let Some(day) = doc.published.and_then(|p| p.get(..10)) else { return };
    for i in 0..reading.attributions.len() {
        let Some(source) = reading.attributions[i].source.first().copied() else { continue };
        let Some((office, term)) = holder(source.of(doc.text), day, lexicon) else { continue };
        let speaker = reading.attributions[i].speaker.and_then(|s| reading.entities.get(s));
        let role = speaker.and_then(|e| e.role.as_deref()).map(str::to_lowercase);
        // the text's own word for who holds the office goes before the table
        if role.is_some_and(|r| r.contains(office)) {
            continue;
        }
        let key = person_key(&format!("{} {}", term.given, term.surname));
        let known = reading.entities.iter().position(|e| e.kind == NameKind::Person && e.key == key);
        let entity = known.unwrap_or_else(|| {
            reading.entities.push(unnamed(doc, source, key));
            reading.entities.len() - 1
        });
        reading.attributions[i].speaker = Some(entity);
    }
}

/// The person of an office whom no mention names.
fn unnamed(doc: &Doc, source: Span, key: String) -> Entity {
    let words = source.of(doc.text);
    let start = words.len() - bare(words).len();
    let span = Span::new(source.start + start, source.end);
    Entity {
        name: span.of(doc.text).to_owned(),
        kind: NameKind::Person,
        aliases: Vec::new(),
        role: Some(span.of(doc.text).to_owned()),
        role_span: Some(span),
        place: None,
        key,
        gender: None,
    }
}

fn bare(words: &str) -> &str {
    ["The ", "the "].iter().find_map(|the| words.strip_prefix(the)).unwrap_or(words)
}

/// The office and its holder: "the Lithuanian president", "Lithuania's president", "the prime minister of Italy".
fn holder<'l>(source: &str, day: &str, lexicon: &'l Lexicon) -> Option<(&'static str, &'l Term)> {
    if source.len() > LONGEST {
        return None;
    }
    let definite = bare(source).len() < source.len();
    let low = folded_key(bare(source));
    let found = |office: &'static str, country: &str| {
        let code = lexicon.places.country_of(country).filter(|c| *c != "-")?;
        Some((office, lexicon.leaders.holding(code, office, day)?))
    };
    OFFICES.iter().find_map(|office| {
        if let Some(country) = low.strip_prefix(office).and_then(|rest| rest.strip_prefix(" of ")) {
            return found(office, country.strip_prefix("the ").unwrap_or(country)).filter(|_| definite);
        }
        let whose = low.strip_suffix(office)?.strip_suffix(' ')?;
        match whose.strip_suffix("'s").or_else(|| whose.strip_suffix("’s")) {
            Some(country) => found(office, country),
            None => found(office, whose).filter(|_| definite),
        }
    })
}

/// Offices of which a country has one at a time.
const OFFICES: &[&str] = &["president", "prime minister", "chancellor"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_held_by_whom_it_was_held_that_day() {
        let lexicon = Lexicon::shipped();
        let of = |source, day| holder(source, day, &lexicon).map(|(_, t)| t.surname);
        for source in ["the Lithuanian president", "The president of Lithuania", "Lithuania’s president"] {
            assert_eq!(of(source, "2024-08-15"), Some("nauseda"), "{source}");
        }
        assert_eq!(of("the British prime minister", "2024-08-15"), Some("starmer"));
        assert_eq!(of("the British prime minister", "2015-08-15"), Some("cameron"));
        for source in ["the former Lithuanian president", "Lithuanian president", "the vice president", "the president"]
        {
            assert_eq!(of(source, "2024-08-15"), None, "{source}");
        }
    }
}
