//! Copies: texts that share wording. Candidates by winnowed 5-grams of words (Schleimer, Wilkerson and Aiken 2003), then
//! the exact share of 5-grams both ways (containment: Broder 1997).

use crate::link::names::hash32;
use crate::link::vectors::Doc;
use crate::{CopyKind, Print};
use dateline_text::{WordKind, fold, words};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Words in a gram.
pub const GRAM: usize = 5;
/// Grams of which the least is kept: any shared run of `GRAM + WINDOW - 1` words is found.
const WINDOW: usize = 4;
/// Words looked at of one article.
const READ: usize = 6000;
/// Shared fingerprints from which a pair is looked at.
const SHARED: u32 = 2;
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
/// Share of the shorter, in thousandths, from which a pair counts as sharing wording.
const WORTH: u32 = 250;
/// The same within one outlet, which pastes its own background and notices into article after article.
const WORTH_OWN: u32 = 500;

/// Wording shared by two articles; `a` and `b` are positions among the articles, `a < b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared {
    /// The first.
    pub a: u32,
    /// The second.
    pub b: u32,
    /// Thousandths of the first's 5-grams that stand in the second, and the converse.
    pub containment: [u32; 2],
    /// 5-grams that both hold.
    pub grams: u32,
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

/// The least gram of every window, once each.
fn fingerprints(words: &[u32]) -> Vec<u64> {
    let grams: Vec<u64> = words.windows(GRAM).map(gram).collect();
    let mut out: Vec<u64> = if grams.len() < WINDOW {
        grams.iter().min().copied().into_iter().collect()
    } else {
        grams.windows(WINDOW).filter_map(|w| w.iter().min().copied()).collect()
    };
    out.sort_unstable();
    out.dedup();
    out
}

/// All pairs that share wording worth telling, by `a`, then `b`.
pub fn copies(docs: &[Doc]) -> Vec<Shared> {
    let prints: Vec<Vec<u64>> = docs.par_iter().map(|d| fingerprints(&d.words)).collect();
    let sizes: Vec<usize> = prints.iter().map(Vec::len).collect();
    let near = Postings::new(prints);
    let pairs: Vec<Vec<u32>> = (0..docs.len()).into_par_iter().map(|a| near.sharing(a, &sizes)).collect();
    let mut looked_at: Vec<bool> = pairs.iter().map(|near| !near.is_empty()).collect();
    pairs.iter().flatten().for_each(|b| looked_at[*b as usize] = true);
    let grams = |(doc, needed): (&Doc, &bool)| if *needed { gram_set(&doc.words) } else { Vec::new() };
    let grams: Vec<Vec<u64>> = docs.par_iter().zip(&looked_at).map(grams).collect();
    let measured = |a: usize, b: u32| {
        let shared = measure((a as u32, &grams[a]), (b, &grams[b as usize]))?;
        let (x, y) = (&docs[a], &docs[b as usize]);
        let opens = || opening(x, &grams[b as usize]) || opening(y, &grams[a]);
        (shared.is_worth(x, y) && (shared.most() >= SUBSTANCE || opens())).then_some(shared)
    };
    let worth = |(a, near): (usize, Vec<u32>)| near.into_iter().filter_map(move |b| measured(a, b)).collect::<Vec<_>>();
    pairs.into_par_iter().enumerate().flat_map_iter(worth).collect()
}

/// Which articles have which fingerprint.
struct Postings {
    /// Fingerprints of each article that it shares with some, but not with too many.
    prints: Vec<Vec<u64>>,
    /// Articles by fingerprint.
    articles: FxHashMap<u64, Vec<u32>>,
}

impl Postings {
    fn new(mut prints: Vec<Vec<u64>>) -> Postings {
        let mut all: Vec<(u64, u32)> =
            prints.iter().enumerate().flat_map(|(i, f)| f.iter().map(move |h| (*h, i as u32))).collect();
        all.par_sort_unstable();
        let telling = all.chunk_by(|x, y| x.0 == y.0).filter(|run| (2..=COMMON).contains(&run.len()));
        let articles: FxHashMap<u64, Vec<u32>> =
            telling.map(|run| (run[0].0, run.iter().map(|(_, article)| *article).collect())).collect();
        prints.par_iter_mut().for_each(|f| f.retain(|h| articles.contains_key(h)));
        Postings { prints, articles }
    }

    /// Later articles that share enough fingerprints with article `a`, in order; `sizes` are the numbers of all
    /// fingerprints of each article.
    fn sharing(&self, a: usize, sizes: &[usize]) -> Vec<u32> {
        let mut count: FxHashMap<u32, u32> = FxHashMap::default();
        for print in &self.prints[a] {
            let Some(with) = self.articles.get(print) else { continue };
            let later = with.partition_point(|b| *b as usize <= a);
            for b in &with[later..] {
                *count.entry(*b).or_default() += 1;
            }
        }
        let enough = |b: u32, n: u32| n >= SHARED && 1000 * n as usize >= SHARED_OF * sizes[a].min(sizes[b as usize]);
        let mut out: Vec<u32> = count.into_iter().filter(|(b, n)| enough(*b, *n)).map(|(b, _)| b).collect();
        out.sort_unstable();
        out
    }
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
    (shared >= least).then_some(Shared { a, b, containment, grams: shared as u32 })
}

/// Whether enough of an article's opening stands in the other, whose grams are given.
fn opening(doc: &Doc, other: &[u64]) -> bool {
    let words = &doc.words[..doc.words.len().min(OPENING)];
    let (mut all, mut shared) = (0, 0);
    for own in words.windows(GRAM).map(gram) {
        all += 1;
        shared += usize::from(other.binary_search(&own).is_ok());
    }
    1000 * shared >= OPENING_SHARED * all.max(1)
}

/// The pairs worth telling a reader: of a text that was cut or edited, only the fullest of several twins it may have been
/// made from, as the others are told as that one's twins. Where nothing tells twins apart, all are told.
pub fn told(docs: &[Doc], shared: &[(Shared, CopyKind)]) -> Vec<(Shared, CopyKind)> {
    let mut near: FxHashMap<u32, Vec<&Shared>> = FxHashMap::default();
    for (s, _) in shared {
        near.entry(s.a).or_default().push(s);
        near.entry(s.b).or_default().push(s);
    }
    let between = |x: u32, y: u32| near.get(&x)?.iter().find(|s| s.other(x) == y).copied();
    let fuller = |s: &Shared, x: u32| (s.grams, docs[x as usize].words.len());
    // whether `of` has a twin that is nearer to `to`
    let has_better = |s: &Shared, of: u32, to: u32| {
        near.get(&of).into_iter().flatten().filter(|t| t.least() >= TWINS).any(|t| {
            let twin = t.other(of);
            twin != to && between(twin, to).is_some_and(|u| fuller(u, twin) > fuller(s, of))
        })
    };
    let kept =
        |(s, _): &&(Shared, CopyKind)| s.most() >= TWINS || !(has_better(s, s.a, s.b) || has_better(s, s.b, s.a));
    shared.iter().filter(kept).copied().collect()
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
    fn other(&self, one: u32) -> u32 {
        if self.a == one { self.b } else { self.a }
    }

    fn is_worth(&self, a: &Doc, b: &Doc) -> bool {
        let own = a.outlet.is_some() && a.outlet == b.outlet;
        self.most() >= if own { WORTH_OWN } else { WORTH }
    }
}
