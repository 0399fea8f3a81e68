//! Decides what each candidate names: evidence is weighed, and an article's candidates of one name decide together.

use super::cut::Piece;
use super::evidence::{self, Evidence, Seen};
use super::tokens::{Shape, Tokens};
use crate::NameKind;
use dateline_lexicon::places::PlaceKind;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Weights in thousandths: person, organisation, place, no name.
type Weights = [i32; 4];

/// The weights of evidence, by evidence and by word.
#[derive(Debug, Default)]
pub struct Table(FxHashMap<String, FxHashMap<String, Weights>>);

static SHIPPED: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("../../data/names/weights.tsv")));

impl Table {
    /// The shipped table.
    pub fn shipped() -> &'static Table {
        &SHIPPED
    }

    /// Reads lines of evidence, word and four weights in thousandths (person, organisation, place, no name), with tabs
    /// between; other lines are passed over, and cells that are no number count as 0.
    pub fn parse(table: &str) -> Table {
        let mut out = Table::default();
        for row in table.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = row.split('\t');
            let (Some(what), Some(word)) = (cells.next(), cells.next()) else { continue };
            let mut weights = [0; 4];
            for w in &mut weights {
                *w = cells.next().and_then(|c| c.parse().ok()).unwrap_or(0);
            }
            out.0.entry(what.to_owned()).or_default().insert(word.to_owned(), weights);
        }
        out
    }

    fn score(&self, evidence: &[Evidence]) -> Weights {
        let mut out = [0; 4];
        for (what, word) in evidence {
            if let Some(weights) = self.0.get(*what).and_then(|words| words.get(*word)) {
                for (sum, w) in out.iter_mut().zip(weights) {
                    *sum += w;
                }
            }
        }
        out
    }
}

const KINDS: [Option<NameKind>; 4] = [Some(NameKind::Person), Some(NameKind::Org), Some(NameKind::Place), None];

/// A candidate with its evidence.
struct Weighed {
    piece: Piece,
    key: String,
    score: Weights,
}

/// What speaks against a name in a language whose common words are not at hand: nothing inside a sentence, where only
/// names have capitals; much at its beginning; and in German, where nouns have them too, much wherever no list knows it.
fn elsewhere(t: &Tokens, seen: &Seen, p: &Piece) -> i32 {
    const NAME: i32 = -1200;
    const NO_NAME: i32 = 4000;
    let single = p.first == p.last;
    let person = t.lexicon.names.person(t.folded(p.first));
    let key = t.key(p.first, p.last);
    let large =
        || t.lexicon.places.named(&key).first().is_some_and(|x| x.kind != PlaceKind::City || x.population > 50_000);
    let listed = person.given && !single || large() || (p.first..=p.last).any(|i| t.shape(i) == Shape::Upper);
    let german = t.doc.language.is_some_and(|l| l.starts_with("de"));
    let again = seen.inside.get(&key).copied().unwrap_or(0) > 0;
    let small = single && seen.small.contains(&key);
    match () {
        () if listed => NAME,
        () if german || small || p.initial && single && !again => NO_NAME,
        () => NAME,
    }
}

/// A candidate, its kind (`None` where it is no name), and by how much the kind is ahead of the next, in thousandths.
pub(super) type Decided = (Piece, Option<NameKind>, i32);

/// The kind of each candidate.
pub(super) fn decide(t: &Tokens, table: &Table, seen: &Seen, pieces: Vec<Piece>) -> Vec<Decided> {
    let weighed: Vec<Weighed> = pieces
        .into_iter()
        .map(|piece| {
            let mut score = if piece.kind.is_some() { [0; 4] } else { table.score(&evidence::of(t, seen, &piece)) };
            if !t.english && piece.kind.is_none() {
                score[3] += elsewhere(t, seen, &piece);
            }
            Weighed { key: t.key(piece.first, piece.last), score, piece }
        })
        .collect();
    let mut sums: BTreeMap<&str, (Weights, i32)> = BTreeMap::new();
    for w in weighed.iter().filter(|w| w.piece.kind.is_none()) {
        let (sum, n) = sums.entry(&w.key).or_insert(([0; 4], 0));
        *n += 1;
        for (s, x) in sum.iter_mut().zip(w.score) {
            *s += x;
        }
    }
    let kinds: Vec<(Option<NameKind>, i32)> = weighed
        .iter()
        .map(|w| match w.piece.kind {
            Some(kind) => (Some(kind), 0),
            None => {
                let (sum, n) = sums.get(w.key.as_str()).copied().unwrap_or((w.score, 1));
                best(w.score, sum, n)
            }
        })
        .collect();
    let mut decided: Vec<Decided> =
        weighed.into_iter().zip(kinds).map(|(w, (kind, margin))| (w.piece, kind, margin)).collect();
    surnames_follow(t, seen, &mut decided);
    decided
}

/// A single word that ends a person's full name elsewhere in the article is that person's surname, also where no list
/// holds it and it would pass for no name or an organisation. A word that the article writes small too and that opens a
/// sentence stays what it was ("Will they come?" beside "Ann Will").
fn surnames_follow(t: &Tokens, seen: &Seen, decided: &mut [Decided]) {
    let surnames: FxHashSet<String> = decided
        .iter()
        .filter(|(p, kind, _)| *kind == Some(NameKind::Person) && p.last > p.first)
        .map(|(p, ..)| t.key(p.last, p.last))
        .collect();
    for (p, kind, _) in decided.iter_mut().filter(|(p, ..)| p.first == p.last && p.kind.is_none()) {
        let open = matches!(kind, None | Some(NameKind::Org));
        let key = t.key(p.first, p.last);
        if open && surnames.contains(&key) && !(p.initial && seen.small.contains(&key)) {
            *kind = Some(NameKind::Person);
        }
    }
}

/// Own evidence and the mean of all mentions of the name, half and half; with the distance to the next best.
fn best(own: Weights, sum: Weights, n: i32) -> (Option<NameKind>, i32) {
    let mut ranked: Vec<(i32, usize)> =
        own.iter().zip(sum).enumerate().map(|(i, (o, s))| (o.saturating_add(s / n.max(1)), i)).collect();
    ranked.sort_by_key(|(score, i)| (std::cmp::Reverse(*score), *i));
    (KINDS[ranked[0].1], ranked[0].0.saturating_sub(ranked[1].0))
}
