//! The shape of an article: of its prepared form what comparing needs, as bytes.

use crate::link::core::Core;
use crate::link::days::Days;
use crate::link::packed::{put, take, take32};
use crate::link::turns::Turns;
use crate::link::vectors::{Doc, Entry, keys_norm, norms};
use serde::{Deserialize, Serialize};

/// What follows from nothing else.
#[derive(Serialize, Deserialize)]
struct Shape {
    content: [u8; 16],
    terms: Vec<u8>,
    /// Positions of the heaviest among the terms, heaviest first.
    top: Vec<u16>,
    numbers: Vec<u32>,
    days: Days,
    core: Core,
    turns: Turns,
    keys: Vec<u8>,
    lead_keys: Vec<u32>,
    said: Vec<(u32, Vec<u32>)>,
    persons: Vec<u32>,
    heading: Vec<u32>,
    outlet: Option<u32>,
    language: Box<str>,
    length: usize,
}

/// The shape of a prepared article.
pub fn pack(doc: &Doc) -> Vec<u8> {
    let place = |term: u32| doc.terms.binary_search_by_key(&term, |e| e.term).ok().map(|i| i as u16);
    let shape = Shape {
        content: doc.content,
        terms: terms(&doc.terms),
        top: doc.top.iter().filter_map(|(term, _)| place(*term)).collect(),
        numbers: doc.numbers.clone(),
        days: doc.days.clone(),
        core: doc.core.clone(),
        turns: doc.turns,
        keys: keys(&doc.keys),
        lead_keys: doc.lead_keys.clone(),
        said: doc.said.clone(),
        persons: doc.persons.clone(),
        heading: doc.heading.clone(),
        outlet: doc.outlet,
        language: doc.language.clone(),
        length: doc.length,
    };
    // into a vector nothing can fail
    postcard::to_stdvec(&shape).unwrap_or_default()
}

/// The lean article of a shape; `None` for bytes that are none.
pub fn unpack(bytes: &[u8]) -> Option<Doc> {
    let shape: Shape = postcard::from_bytes(bytes).ok()?;
    let (terms, keys) = (unpacked_terms(&shape.terms)?, unpacked_keys(&shape.keys)?);
    let heavy = |at: &u16| terms.get(usize::from(*at)).map(|e| (e.term, u32::from(e.full)));
    Some(Doc {
        content: shape.content,
        norms: norms(&terms),
        top: shape.top.iter().map(heavy).collect::<Option<_>>()?,
        terms,
        shown: Vec::new(),
        numbers: shape.numbers,
        days: shape.days,
        core: shape.core,
        turns: shape.turns,
        keys_norm: keys_norm(&keys),
        keys,
        lead_keys: shape.lead_keys,
        said: shape.said,
        persons: shape.persons,
        heading: shape.heading,
        words: Vec::new(),
        outlet: shape.outlet,
        language: shape.language,
        length: shape.length,
    })
}

/// Differences of hashes with three bits: name, stands in lead, stands in title; then the weights there are.
fn terms(all: &[Entry]) -> Vec<u8> {
    let mut out = Vec::with_capacity(all.len() * 7);
    let mut before = 0;
    for e in all {
        let bits = u64::from(e.name) | u64::from(e.lead > 0) << 1 | u64::from(e.title > 0) << 2;
        put(&mut out, u64::from(e.term - before) << 3 | bits);
        for weight in [e.full, e.lead, e.title].into_iter().enumerate().filter(|(i, w)| *i == 0 || *w > 0) {
            put(&mut out, u64::from(weight.1));
        }
        before = e.term;
    }
    out
}

fn unpacked_terms(mut bytes: &[u8]) -> Option<Vec<Entry>> {
    let mut out = Vec::with_capacity(bytes.len() / 6);
    let mut term = 0u32;
    while !bytes.is_empty() {
        let first = take(&mut bytes)?;
        term = term.checked_add(u32::try_from(first >> 3).ok()?)?;
        let mut weight = |there: bool| if there { u16::try_from(take(&mut bytes)?).ok() } else { Some(0) };
        let (full, lead, title) = (weight(true)?, weight(first & 2 > 0)?, weight(first & 4 > 0)?);
        out.push(Entry { term, full, lead, title, name: first & 1 > 0 });
    }
    Some(out)
}

fn keys(all: &[(u32, u32)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(all.len() * 6);
    let mut before = 0;
    for (key, weight) in all {
        put(&mut out, u64::from(key - before));
        put(&mut out, u64::from(*weight));
        before = *key;
    }
    out
}

fn unpacked_keys(mut bytes: &[u8]) -> Option<Vec<(u32, u32)>> {
    let mut out = Vec::with_capacity(bytes.len() / 5);
    let mut key = 0u32;
    while !bytes.is_empty() {
        key = key.checked_add(take32(&mut bytes)?)?;
        out.push((key, take32(&mut bytes)?));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Print;
    use crate::link::vectors;

    #[test]
    fn a_shape_comes_back_as_the_lean_article() {
        let print = Print {
            id: "a".into(),
            title: "Ferry Sigrun stopped off Varnholm".into(),
            text: "Harbour police in Varnholm stopped the ferry Sigrun on 4 March. It had 412 passengers.".into(),
            published: Some("2031-03-04".into()),
            outlet: Some("Varnholm Mail".into()),
            ..Print::default()
        };
        let lean = vectors::docs(&[&print]).remove(0).lean();
        let back = unpack(&pack(&lean)).expect("a shape");
        assert_eq!(format!("{back:?}"), format!("{lean:?}"));
    }

    #[test]
    fn bytes_that_are_no_shape_are_told() {
        let lean =
            vectors::docs(&[&Print { text: "Rain fell on Dorvik.".into(), ..Print::default() }]).remove(0).lean();
        let bytes = pack(&lean);
        assert!((0..bytes.len()).all(|cut| unpack(&bytes[..cut]).is_none()));
    }
}
