//! Copies: texts that share wording. Candidates by winnowed 5-grams of words (Schleimer, Wilkerson and Aiken 2003), then
//! the exact share of 5-grams both ways (containment: Broder 1997).

use crate::Print;
use crate::link::names::hash32;
use crate::link::vectors::{Doc, one_outlet};
use crate::link::{kinds, packed};
use dateline_text::{WordKind, fold, words};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Words in a gram.
pub const GRAM: usize = 5;
/// Grams of which the least is kept: any shared run of `GRAM + WINDOW - 1` words is found.
const WINDOW: usize = 4;
/// Words looked at of one article.
const READ: usize = 6000;
/// Shared fingerprints from which a pair is looked at.
const SHARED: usize = 2;
/// The same as a share of the shorter's fingerprints, in thousandths: well below [`WORTH`], as fingerprints are a sample
/// of the grams.
const SHARED_OF: usize = 80;
/// Articles that may have a fingerprint in common. What stands in more is furniture (a notice, a footer, a cookie text,
/// a wall in front of the article) and is evidence of nothing: without the bound, pairs grow with the square of pages.
const COMMON: usize = 500;
/// Shared grams below which wording may be chance, a formula, one quotation: two sentences' worth.
const LEAST: usize = 40;
/// The same for short texts, in thousandths of the shorter's grams.
const LEAST_OF: usize = 600;
/// Words of an article that are its opening, and thousandths of either's that must stand in the other where less than
/// [`SUBSTANCE`] is shared: what two texts share far down alone is background, pasted into both.
const OPENING: usize = 60;
const OPENING_SHARED: usize = 120;
/// Thousandths of the shorter text from which it is the other in substance, whatever is shared.
pub const SUBSTANCE: u32 = 600;
/// Thousandths of both texts from which they are twins.
pub const TWINS: u32 = 800;
/// Thousandths of either's words that stand in shared wording from which a pair counts as sharing wording. Words, not
/// grams: each word that an editor changes takes five grams with it, and one word.
const WORTH: usize = 400;
/// Thousandths of the shorter's grams from which one stretch of wording in two texts of their own is told.
const WORTH_PASSAGE: u32 = 250;
/// Thousandths of the shorter's grams from which it does within one outlet, which pastes its own background and notices
/// into article after article.
const WORTH_OWN: u32 = 500;

/// Wording shared by two articles; `a` and `b` are their places, the later one's first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// The first.
    pub a: u32,
    /// The second.
    pub b: u32,
    /// Thousandths of the first's 5-grams that stand in the second, and the converse.
    pub containment: [u32; 2],
    /// 5-grams that both hold.
    pub grams: u32,
    /// Whether what is shared is one stretch of the first that comes after an opening of its own, and the same of the
    /// second; not asked where one is the other in substance, unless both are of one outlet.
    pub inside: [bool; 2],
}

/// Hashes of all words of an article's text, in order.
pub fn word_hashes(print: &Print) -> Vec<u32> {
    let text = &print.text;
    words(text).iter().filter(|w| w.kind != WordKind::Mark).take(READ).map(|w| word_hash(w.of(text))).collect()
}

/// Hash of one word, without case and accents.
pub fn word_hash(raw: &str) -> u32 {
    if raw.is_ascii() { ascii_hash(raw) } else { hash32(&fold(raw)) }
}

fn ascii_hash(raw: &str) -> u32 {
    raw.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

/// All grams of an article, sorted, once each.
fn gram_set(words: &[u32]) -> Vec<u64> {
    let mut all: Vec<u64> = words.windows(GRAM).map(gram).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Hash of one gram.
pub fn gram(words: &[u32]) -> u64 {
    let h = words.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, w| {
        (h ^ u64::from(*w)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
    });
    (h ^ (h >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The least gram of every window, once each, sorted. Half of a gram's bits is enough: a pair is measured by whole ones.
pub fn fingerprints(words: &[u32]) -> Vec<u32> {
    let grams: Vec<u64> = words.windows(GRAM).map(gram).collect();
    let mut out: Vec<u32> = if grams.len() < WINDOW {
        grams.iter().min().map(|g| (g >> 32) as u32).into_iter().collect()
    } else {
        grams.windows(WINDOW).filter_map(|w| w.iter().min().map(|g| (g >> 32) as u32)).collect()
    };
    out.sort_unstable();
    out.dedup();
    out
}

/// What finding copies needs of an article.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'d> {
    /// Its id.
    pub id: &'d str,
    /// Hashes of its words in order.
    pub words: &'d [u32],
    /// Hash of its outlet.
    pub outlet: Option<u32>,
}

/// Of some pairs of articles those that share wording worth telling.
pub fn measured<'d>(pairs: &[(u32, u32)], wording: impl Fn(u32) -> Wording<'d> + Sync) -> Vec<Shared> {
    let mut places: Vec<u32> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    places.par_sort_unstable();
    places.dedup();
    let sets: Vec<Vec<u64>> = places.par_iter().map(|p| gram_set(wording(*p).words)).collect();
    let grams = |place: u32| places.binary_search(&place).map_or(&[][..], |at| &sets[at]);
    let one = |(a, b): &(u32, u32)| {
        let (x, y) = (wording(*a), wording(*b));
        let shared = measure((*a, grams(*a)), (*b, grams(*b)))?;
        let own = one_outlet(x.outlet, y.outlet);
        if own && shared.most() < WORTH_OWN {
            return None;
        }
        if shared.most() >= SUBSTANCE {
            let pastes = own && shared.most() < TWINS;
            return Some(Shared { inside: if pastes { kinds::inside(x, y) } else { [false; 2] }, ..shared });
        }
        if !opening(x.words, grams(*b)) && !opening(y.words, grams(*a)) {
            return None;
        }
        let reused = covered(x.words, grams(*b)).max(covered(y.words, grams(*a)));
        let inside = kinds::inside(x, y);
        let passage = inside != [false; 2] && shared.most() >= WORTH_PASSAGE;
        (own || passage || reused >= WORTH).then_some(Shared { inside, ..shared })
    };
    pairs.par_iter().filter_map(one).collect()
}

/// Which articles have which fingerprint: for each range of places pairs of fingerprint and place, packed.
#[derive(Debug)]
pub struct Fingerprints {
    lists: Vec<Vec<u8>>,
    /// Articles that may have one in common.
    common: usize,
}

impl Default for Fingerprints {
    fn default() -> Fingerprints {
        Fingerprints { lists: Vec::new(), common: COMMON }
    }
}

/// What looking for shared fingerprints found.
#[derive(Debug, Default)]
pub struct Found {
    /// Pairs that share enough of them: the new article, one that stands before it.
    pub pairs: Vec<(u32, u32)>,
    /// Places of the older articles that had one in common until now, when too many have it.
    pub furnished: Vec<Vec<u32>>,
}

impl Fingerprints {
    /// Fingerprints of which no more articles than this may have one in common.
    #[cfg(test)]
    pub fn within(common: usize) -> Fingerprints {
        Fingerprints { lists: Vec::new(), common }
    }

    /// Sets how many articles may have one in common.
    #[cfg(test)]
    pub fn bound(&mut self, common: usize) {
        self.common = common;
    }

    /// Takes in articles that stand in places from `base`, and looks for what they share with each other and with those
    /// before them; `size` tells how many fingerprints an article has.
    pub fn enter(&mut self, base: u32, fresh: &[Vec<u32>], size: impl Fn(u32) -> usize + Sync) -> Found {
        let place = |i: usize| base + i as u32;
        let mut list: Vec<(u32, u32)> =
            fresh.iter().enumerate().flat_map(|(i, f)| f.iter().map(move |h| (*h, place(i)))).collect();
        list.par_sort_unstable();
        let mut wanted: Vec<u32> = list.iter().map(|(h, _)| *h).collect();
        wanted.dedup();
        let mut held = self.held(&wanted);
        let mut found = Found::default();
        for run in list.chunk_by(|x, y| x.0 == y.0) {
            let old = held.get(&run[0].0).map_or(0, Vec::len);
            if old + run.len() < 2 {
                continue;
            }
            let all = held.entry(run[0].0).or_default();
            if old + run.len() <= self.common {
                all.extend(run.iter().map(|(_, place)| *place));
            } else if let Some(all) = held.remove(&run[0].0).filter(|all| (2..=self.common).contains(&all.len())) {
                found.furnished.push(all);
            }
        }
        self.lists.push(packed::pairs(&list));
        let pairs = |i: usize| sharing(place(i), &fresh[i], &held, &size);
        found.pairs = (0..fresh.len()).into_par_iter().flat_map_iter(pairs).collect();
        found
    }

    /// Those of some pairs, each with the fingerprints of the first, that share enough that are not furniture.
    pub fn still(&self, pairs: &[(u32, u32)], prints: impl Fn(u32) -> Vec<u32>) -> Vec<(u32, u32)> {
        let sets: BTreeMap<u32, Vec<u32>> = pairs.iter().flat_map(|(a, b)| [*a, *b]).map(|p| (p, prints(p))).collect();
        let mut wanted: Vec<u32> = sets.values().flatten().copied().collect();
        wanted.sort_unstable();
        wanted.dedup();
        let held = self.held(&wanted);
        let telling = |h: &u32| held.get(h).is_some_and(|all| all.len() <= self.common);
        let keeps = |(a, b): &&(u32, u32)| {
            let (x, y) = (&sets[a], &sets[b]);
            let n = x.iter().filter(|h| y.binary_search(h).is_ok() && telling(h)).count();
            are_enough(n, x.len().min(y.len()))
        };
        pairs.iter().filter(keeps).copied().collect()
    }

    /// Places of the articles that have the fingerprints asked for (sorted), in order; of furniture one more than
    /// articles may have in common.
    fn held(&self, wanted: &[u32]) -> FxHashMap<u32, Vec<u32>> {
        let found: Vec<Vec<(u32, u32)>> = self.lists.par_iter().map(|list| in_list(list, wanted)).collect();
        let mut out: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (print, place) in found.into_iter().flatten() {
            let places = out.entry(print).or_default();
            if places.len() <= self.common {
                places.push(place);
            }
        }
        out
    }

    /// Takes out articles, each with its fingerprints; `list` tells where an article's are. Gives `false`, and takes out
    /// nothing, where a fingerprint that was furniture would be none any more.
    pub fn remove(&mut self, leaving: &[(u32, Vec<u32>)], list: impl Fn(u32) -> Option<usize>) -> bool {
        let mut fewer: FxHashMap<u32, usize> = FxHashMap::default();
        for print in leaving.iter().flat_map(|(_, prints)| prints) {
            *fewer.entry(*print).or_default() += 1;
        }
        let mut count: FxHashMap<u32, usize> = FxHashMap::default();
        for (print, _) in self.lists.iter().flat_map(|l| packed::unpaired(l)).filter(|(p, _)| fewer.contains_key(p)) {
            *count.entry(print).or_default() += 1;
        }
        let tells_again = |(print, n): (&u32, &usize)| *n > self.common && n - fewer[print].min(*n) <= self.common;
        if count.iter().any(tells_again) {
            return false;
        }
        let mut by_list: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        for (place, _) in leaving {
            by_list.entry(list(*place).unwrap_or(usize::MAX)).or_default().insert(*place);
        }
        for (at, places) in by_list {
            if let Some(list) = self.lists.get_mut(at) {
                let left: Vec<(u32, u32)> = packed::unpaired(list).filter(|(_, p)| !places.contains(p)).collect();
                *list = packed::pairs(&left);
            }
        }
        true
    }

    /// Makes the last `n` lists one.
    pub fn merge(&mut self, n: usize) {
        let last = self.lists.split_off(self.lists.len().saturating_sub(n));
        let mut list: Vec<(u32, u32)> = last.iter().flat_map(|l| packed::unpaired(l)).collect();
        list.par_sort_unstable();
        self.lists.push(packed::pairs(&list));
    }

    /// A list as bytes.
    pub fn packed(&self, at: usize) -> &[u8] {
        self.lists.get(at).map_or(&[], |l| l)
    }

    /// Takes in a list from its bytes.
    pub fn unpack(&mut self, bytes: Vec<u8>) {
        self.lists.push(bytes);
    }
}

/// The pairs of a list whose fingerprints are among those asked for (sorted).
fn in_list(list: &[u8], wanted: &[u32]) -> Vec<(u32, u32)> {
    let mut at = 0;
    let asked = |(print, _): &(u32, u32)| {
        while wanted.get(at).is_some_and(|w| w < print) {
            at += 1;
        }
        wanted.get(at) == Some(print)
    };
    packed::unpaired(list).filter(asked).collect()
}

/// Pairs of an article with those before it that share enough of its fingerprints.
fn sharing(
    a: u32,
    prints: &[u32],
    held: &FxHashMap<u32, Vec<u32>>,
    size: &(impl Fn(u32) -> usize + Sync),
) -> Vec<(u32, u32)> {
    let mut count: FxHashMap<u32, usize> = FxHashMap::default();
    for with in prints.iter().filter_map(|h| held.get(h)) {
        for b in with.iter().take_while(|b| **b < a) {
            *count.entry(*b).or_default() += 1;
        }
    }
    let enough = count.into_iter().filter(|(b, n)| are_enough(*n, prints.len().min(size(*b))));
    let mut out: Vec<(u32, u32)> = enough.map(|(b, _)| (a, b)).collect();
    out.sort_unstable();
    out
}

/// Whether so many shared fingerprints make a pair worth a look; `of` is how many the shorter has.
fn are_enough(shared: usize, of: usize) -> bool {
    shared >= SHARED && 1000 * shared >= SHARED_OF * of
}

/// All pairs that share wording worth telling, among articles in places from 0.
pub fn copies(docs: &[Doc]) -> Vec<Shared> {
    let prints: Vec<Vec<u32>> = docs.par_iter().map(|d| fingerprints(&d.words)).collect();
    let found = Fingerprints::default().enter(0, &prints, |i| prints[i as usize].len());
    let wording = |i: u32| Wording { id: "", words: &docs[i as usize].words, outlet: docs[i as usize].outlet };
    measured(&found.pairs, wording)
}

/// Shares of two texts' 5-grams that stand in the other.
pub fn contained(a: &str, b: &str) -> [f64; 2] {
    let of = |text: &str| gram_set(&word_hashes(&Print { text: text.to_owned(), ..Print::default() }));
    let (own, other) = (of(a), of(b));
    let shared = common(&own, &other);
    [own, other].map(|all| (1000 * shared / all.len().max(1)) as f64 / 1000.0)
}

fn measure((a, own): (u32, &[u64]), (b, other): (u32, &[u64])) -> Option<Shared> {
    let shared = common(own, other);
    let share = |of: usize| (1000 * shared / of.max(1)) as u32;
    let containment = [share(own.len()), share(other.len())];
    let least = LEAST.min(own.len().min(other.len()) * LEAST_OF / 1000).max(3);
    (shared >= least).then_some(Shared { a, b, containment, grams: shared as u32, inside: [false; 2] })
}

/// Thousandths of a text's words that stand in grams which the other, whose grams are given, has too.
fn covered(words: &[u32], other: &[u64]) -> usize {
    let (mut count, mut upto) = (0, 0);
    for (at, own) in words.windows(GRAM).map(gram).enumerate() {
        if other.binary_search(&own).is_ok() {
            count += at + GRAM - at.max(upto);
            upto = at + GRAM;
        }
    }
    1000 * count / words.len().max(1)
}

/// Whether enough of an article's opening stands in the other, whose grams are given.
fn opening(words: &[u32], other: &[u64]) -> bool {
    let words = &words[..words.len().min(OPENING)];
    let (mut all, mut shared) = (0, 0);
    for own in words.windows(GRAM).map(gram) {
        all += 1;
        shared += usize::from(other.binary_search(&own).is_ok());
    }
    1000 * shared >= OPENING_SHARED * all.max(1)
}

/// Of the pairs of one article those worth telling a reader: of a text that was cut or edited, only the fullest of
/// several twins it may have been made from, and of a whole and a cut of it the whole, as the others are told as that
/// one's own copies. `near` gives the pairs of an article, `is_copy` leaves out those with a mere passage in common,
/// `length` gives the number of an article's words and its id, which decides between texts that nothing else tells apart.
pub fn told<'s>(
    place: u32,
    near: impl Fn(u32) -> &'s [Shared],
    is_copy: impl Fn(&Shared) -> bool,
    length: impl Fn(u32) -> (u32, &'s str),
) -> Vec<Shared> {
    let between = |x: u32, y: u32| near(x).iter().find(|s| s.other(x) == y).filter(|s| is_copy(s));
    let fuller = |s: &Shared, x: u32| (s.grams, length(x));
    // whether `of` has a twin, or is a cut of a text, that is nearer to `to`
    let has_better = |s: &Shared, of: u32, to: u32| {
        near(of).iter().filter(|t| t.least() >= TWINS || t.surely_holds(of, s)).any(|t| {
            let twin = t.other(of);
            twin != to && between(twin, to).is_some_and(|u| fuller(u, twin) > fuller(s, of))
        })
    };
    let kept = |s: &&Shared| s.most() >= TWINS || !(has_better(s, s.a, s.b) || has_better(s, s.b, s.a));
    near(place).iter().filter(|s| is_copy(s)).filter(kept).copied().collect()
}

/// How many values two sorted lists share.
fn common(mut x: &[u64], mut y: &[u64]) -> usize {
    let mut n = 0;
    while let (Some(a), Some(b)) = (x.first(), y.first()) {
        n += usize::from(a == b);
        // written without branches on the data, which no processor could foresee
        let (step_x, step_y) = (usize::from(a <= b), usize::from(b <= a));
        (x, y) = (&x[step_x..], &y[step_y..]);
    }
    n
}

impl Shared {
    /// Thousandths of the shorter text that stand in the other.
    pub fn most(&self) -> u32 {
        self.containment[0].max(self.containment[1])
    }

    /// Thousandths of the longer text that stand in the other.
    pub fn least(&self) -> u32 {
        self.containment[0].min(self.containment[1])
    }

    /// The other of the two.
    pub fn other(&self, one: u32) -> u32 {
        if self.a == one { self.b } else { self.a }
    }

    /// Whether most of the first stands in the other, and the converse; what one outlet pastes into two is of neither.
    pub fn holds(&self) -> [bool; 2] {
        self.containment.map(|contained| contained >= SUBSTANCE && !self.is_pasted())
    }

    /// Whether two articles of one outlet, each with an opening of its own, are for the rest one stretch.
    pub fn is_pasted(&self) -> bool {
        self.most() >= SUBSTANCE && self.inside == [true; 2]
    }

    /// Whether one of the two stands almost whole in the other, and almost all that it shares with a third is there
    /// too, whatever the few grams are that the other lacks.
    fn surely_holds(&self, one: u32, shared: &Shared) -> bool {
        let contained = self.containment[usize::from(self.b == one)];
        let lacking = (self.grams * 1000 / contained.max(1)).saturating_sub(self.grams);
        contained >= TWINS && 1000 * shared.grams.saturating_sub(lacking) >= TWINS * shared.grams
    }
}
