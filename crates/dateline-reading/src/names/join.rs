//! Joins mentions of one article that name the same person, organisation or place.

use super::cut::Piece;
use super::key::{compatible, name_key, person_key};
use super::roles;
use super::tokens::{Shape, Tokens};
use crate::{Entity, Mention, NameKind};
use dateline_lexicon::names::{Kind, Known};
use std::collections::{BTreeMap, BTreeSet};

/// One mention on its way to an entity.
struct Item {
    mention: Mention,
    key: String,
    words: usize,
}

/// Mentions with their entities; entities in order of their first mention.
pub(super) fn entities(t: &Tokens, named: &[(Piece, NameKind)]) -> (Vec<Mention>, Vec<Entity>) {
    let mut items: Vec<Item> = named.iter().filter_map(|(p, kind)| item(t, p, *kind)).collect();
    let group = groups(t, named, &items);
    let mut of_group: BTreeMap<usize, usize> = BTreeMap::new();
    let mut entities: Vec<Entity> = Vec::new();
    for (i, g) in group.iter().enumerate() {
        let name = items[i].mention.span.of(t.doc.text);
        let index = *of_group.entry(*g).or_insert_with(|| {
            entities.push(Entity {
                name: name.to_owned(),
                kind: items[i].mention.kind,
                aliases: Vec::new(),
                role: None,
                role_span: None,
                place: None,
                key: items[i].key.clone(),
                gender: None,
            });
            entities.len() - 1
        });
        items[i].mention.entity = Some(index);
        add_form(&mut entities[index], name, &items[i]);
    }
    for ((piece, kind), item) in named.iter().zip(&items) {
        if let (NameKind::Person, Some(index)) = (kind, item.mention.entity) {
            describe(t, piece, &mut entities[index]);
        }
    }
    genders(t, &items, &mut entities);
    leaders(t, &mut entities);
    (items.into_iter().map(|i| i.mention).collect(), entities)
}

fn item(t: &Tokens, p: &Piece, kind: NameKind) -> Option<Item> {
    let span = t.span(p.first, p.last)?;
    let name = span.of(t.doc.text);
    let key = match kind {
        NameKind::Person => person_key(name),
        _ => match listed(t, p) {
            Some(known) if known.kind != Kind::Norp => name_key(known.canonical),
            _ => name_key(name),
        },
    };
    let mention = Mention { span, kind, entity: None, rule: format!("names: {}", p.rule) };
    Some(Item { mention, key, words: p.last - p.first + 1 })
}

fn listed(t: &Tokens, p: &Piece) -> Option<Known> {
    let names = &t.lexicon.names;
    let declined = || if t.english || p.first != p.last { None } else { names.known_declined(t.folded(p.first)) };
    names.known(&t.key(p.first, p.last)).or_else(declined)
}

/// For each item, the index of the item that leads its group.
fn groups(t: &Tokens, named: &[(Piece, NameKind)], items: &[Item]) -> Vec<usize> {
    let mut by_key: BTreeMap<(NameKind, &str), usize> = BTreeMap::new();
    let mut by_surname: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_given: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut lead: Vec<usize> = (0..items.len()).collect();
    // Full names first, so that a surname before its full name still finds it.
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(items[*i].words.min(3)), *i));
    let mut alone: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, item) in items.iter().enumerate().filter(|(_, x)| x.words == 1 && x.mention.kind == NameKind::Person) {
        alone.entry(&item.key).or_default().push(i);
    }
    let mut long_forms: BTreeMap<String, usize> = BTreeMap::new();
    let mut tails: BTreeMap<String, usize> = BTreeMap::new();
    for i in order {
        let item = &items[i];
        let kind = item.mention.kind;
        if let Some(first) = by_key.get(&(kind, item.key.as_str())) {
            lead[i] = *first;
            continue;
        }
        let found = if kind == NameKind::Person {
            let surname = item.key.split(' ').next().unwrap_or("");
            let fits = by_surname.get(surname).into_iter().flatten().rev().take(ALIASES);
            let fits: Vec<usize> = fits.copied().filter(|j| compatible(&items[*j].key, &item.key)).collect();
            bearer(&fits, alone.get(item.key.as_str()).map_or(&[][..], Vec::as_slice)).or_else(|| {
                let only = by_given.get(&item.key).filter(|all| item.words == 1 && all.len() == 1)?;
                only.first().copied()
            })
        } else {
            let acronym = item.words == 1 && t.shape(named[i].0.first) == Shape::Upper;
            let tail = (kind == NameKind::Org && item.words > 1).then(|| tails.get(&item.key)).flatten();
            long_forms.get(&item.key).filter(|_| acronym).or(tail).copied()
        };
        let leader = found.unwrap_or(i);
        lead[i] = leader;
        by_key.insert((kind, item.key.as_str()), leader);
        if kind == NameKind::Person && found.is_none() {
            by_surname.entry(item.key.split(' ').next().unwrap_or("")).or_default().push(i);
            if let Some(given) = item.key.split(' ').nth(1) {
                by_given.entry(given.to_owned()).or_default().push(i);
            }
        } else if kind == NameKind::Org && item.words > 1 {
            let initials: String = (named[i].0.first..=named[i].0.last)
                .filter(|w| t.is_name(*w))
                .filter_map(|w| t.folded(w).chars().next())
                .collect();
            long_forms.entry(initials).or_insert(leader);
            // "Russian Ministry of Defence" is "Ministry of Defence" further on.
            let first = named[i].0.first;
            if t.lexicon.places.demonym(t.folded(first)).is_some()
                && let Some((_, tail)) = item.key.split_once(' ')
            {
                tails.entry(tail.to_owned()).or_insert(leader);
            }
        }
    }
    lead
}

/// Who of those with a surname is meant by it: the only one; or the one who alone had been named where it first stands
/// for somebody named before it. Else it stays open, as somebody of the name.
fn bearer(fits: &[usize], alone: &[usize]) -> Option<usize> {
    if let [only] = fits {
        return Some(*only);
    }
    let first = fits.iter().min()?;
    let told = alone.iter().find(|a| *a > first)?;
    let mut before = fits.iter().filter(|f| *f < told);
    before.next().copied().filter(|_| before.next().is_none())
}

/// How many forms of a name are kept, and how many bearers of a surname are looked at; keeps the work linear.
const ALIASES: usize = 32;

/// Takes in one more form of the name; the longest is the entity's name.
fn add_form(entity: &mut Entity, name: &str, item: &Item) {
    if entity.name == name {
        return;
    }
    let longer = name.split_whitespace().count() > entity.name.split_whitespace().count();
    let other = if longer {
        entity.key.clone_from(&item.key);
        std::mem::replace(&mut entity.name, name.to_owned())
    } else {
        name.to_owned()
    };
    if entity.aliases.len() < ALIASES && !entity.aliases.contains(&other) && entity.name != other {
        entity.aliases.push(other);
    }
}

/// Office and gender as the words around one mention show them; the first office of an article stays.
fn describe(t: &Tokens, p: &Piece, entity: &mut Entity) {
    let (office, gender) = roles::before(t, p.first);
    let sentence = t.sentences.partition_point(|s| s.end <= p.last);
    let end = t.sentences.get(sentence).map_or(p.last, |s| s.end);
    entity.gender = entity.gender.or(gender);
    if entity.role.is_some() {
        return;
    }
    let introduced = || roles::introduced(t, p.first, p.last, t.sentences.get(sentence)?);
    let office = office.or_else(|| roles::after(t, p.last, end)).or_else(introduced);
    let Some(span) = office.and_then(|r| roles::span(t, &r)) else { return };
    entity.role = Some(span.of(t.doc.text).to_owned());
    entity.role_span = Some(span);
}

/// Gives heads of state and government that the article calls by surname alone the key of their full name, where their
/// country is named too and only one of them bears the name around the article's date.
fn leaders(t: &Tokens, entities: &mut [Entity]) {
    let lexicon = t.lexicon;
    let year = |date: &str| date.get(..4).and_then(|y| y.parse::<i32>().ok());
    let now = t.doc.published.and_then(year);
    // Sources look every few months, and leaders are spoken of before and after their time.
    let near = |first: &str, last: &str| {
        now.is_none_or(|n| year(first).is_none_or(|f| n >= f - 2) && year(last).is_none_or(|l| n <= l + 6))
    };
    let countries: BTreeSet<&str> = entities
        .iter()
        .filter(|e| matches!(e.kind, NameKind::Place | NameKind::Norp))
        .filter_map(|e| {
            let key = name_key(&e.name);
            let place = || lexicon.places.named(&key).first().map(|p| p.country);
            lexicon.places.demonym(&key).or_else(place)
        })
        .collect();
    for e in entities.iter_mut().filter(|e| e.kind == NameKind::Person && !e.key.contains(' ')) {
        let mut found: Vec<String> = lexicon
            .leaders
            .named(&e.key)
            .filter(|term| near(term.first, term.last) && countries.contains(term.country))
            .map(|term| person_key(&format!("{} {}", term.given, term.surname)))
            .collect();
        found.sort_unstable();
        found.dedup();
        if let [only] = found.as_slice() {
            e.key.clone_from(only);
        }
    }
}

/// Gender by given name where no form of address showed it, else by the pronouns that follow.
fn genders(t: &Tokens, items: &[Item], entities: &mut [Entity]) {
    let mut votes: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
    let mut at = 0;
    let mut person = None;
    for sentence in &t.sentences {
        let (Some(first), Some(last)) =
            (t.words.get(sentence.start), sentence.end.checked_sub(1).and_then(|l| t.words.get(l)))
        else {
            continue;
        };
        while items.get(at).is_some_and(|i| i.mention.span.end <= first.span.start) {
            at += 1;
        }
        let inside = items[at..].iter().take_while(|i| i.mention.span.start < last.span.end);
        let mut here: Vec<usize> =
            inside.filter(|i| i.mention.kind == NameKind::Person).filter_map(|i| i.mention.entity).collect();
        here.dedup();
        // A pronoun is read as the only person of its sentence, or of the sentence before where its own names none.
        person = match here.as_slice() {
            [] => person,
            [only] => Some(*only),
            _ => None,
        };
        if let Some(index) = person {
            let (f, m) = votes.entry(index).or_insert((0, 0));
            for i in sentence.clone() {
                match t.folded(i) {
                    "she" | "her" | "herself" => *f += 1,
                    "he" | "his" | "him" | "himself" => *m += 1,
                    _ => {}
                }
            }
        }
        if here.is_empty() {
            person = None;
        }
    }
    for (index, e) in entities.iter_mut().enumerate().filter(|(_, e)| e.kind == NameKind::Person && e.gender.is_none())
    {
        let first = e.name.split_whitespace().next().filter(|_| e.name.contains(' ')).unwrap_or("");
        e.gender = t.lexicon.names.person(&dateline_text::fold(first)).gender.or_else(|| {
            let (f, m) = votes.get(&index).copied().unwrap_or((0, 0));
            (f != m).then_some(if f > m { 'f' } else { 'm' })
        });
    }
}
