//! The linker: what it remembers of articles, and what becomes of it when more come.
//!
//! An edge depends on its two articles alone, a story on the edges among its own articles and those it hangs together
//! with, a storyline on its stories. So what comes changes what it touches and nothing else, and in whatever order and
//! portions articles come, the outcome is the same.

use crate::link::candidates::{self, Tops};
use crate::link::change::{Grown, Row, Told};
use crate::link::cluster::{Edge, average_link, average_link_within};
use crate::link::copies::{self, Fingerprints, Shared, Wording};
use crate::link::groups::{Changed, Groups, parts};
use crate::link::score::{self, Pair, Weights};
use crate::link::vectors::Doc;
use crate::link::world::{Fresh, World};
use crate::link::{FAINT, REASONS, WINDOW, kinds, names, origins, shape, storylines, vectors};
use crate::{CopyKind, Print};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// New articles whose pairs are weighed at once.
const AT_ONCE: usize = 2048;
/// Prints fetched at once.
const FETCHED: usize = 512;
/// Shapes kept at hand from step to step.
const HELD: usize = 60_000;

/// Where the linker's articles lie: what it does not hold it asks for again, by the caller's numbers.
pub trait Shelf {
    /// What can go wrong.
    type Error;
    /// The shapes of articles, as [`Grown::shapes`] gave them, in the order asked for.
    ///
    /// # Errors
    /// The shelf's own.
    fn shapes(&mut self, of: &[i64]) -> Result<Vec<Vec<u8>>, Self::Error>;
    /// The prints of articles, in the order asked for.
    ///
    /// # Errors
    /// The shelf's own.
    fn prints(&mut self, of: &[i64]) -> Result<Vec<Print>, Self::Error>;
}

/// What is remembered of each article.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Head {
    /// The caller's number.
    pub n: i64,
    /// Its id; kept by the caller.
    #[serde(skip)]
    pub id: Box<str>,
    /// The digits of the name it has alone.
    #[serde(skip)]
    pub own: [u8; 6],
    /// Hash of what it says: decides ties.
    pub content: [u8; 16],
    /// First and last day it may have been published.
    pub published: Option<(i32, i32)>,
    /// Last day it mentions.
    pub mentioned: Option<i32>,
    /// Words looked at for copies.
    pub words: u32,
    /// Fingerprints of its wording.
    pub prints: u32,
    /// Hash of its outlet.
    pub outlet: Option<u32>,
    /// Hash of the agency it credits.
    pub wire: Option<u32>,
    /// Whether it has left, and its place is empty.
    pub left: bool,
}

/// What links an article with another as of one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near {
    /// Place of the other.
    pub to: u32,
    /// What speaks for it, in thousandths of a logit.
    pub evidence: u16,
}

impl Near {
    /// Probability in millionths.
    pub fn probability(&self) -> u32 {
        score::probability(self.evidence.into())
    }
}

/// All that linking remembers. Articles have places, in the order in which they came.
#[derive(Default)]
pub struct Linker {
    pub(super) weights: Weights,
    pub(super) heads: Vec<Head>,
    pub(super) shapes: Vec<Option<Box<Doc>>>,
    /// The step in which each shape was asked for last.
    asked: Vec<u32>,
    steps: u32,
    pub(super) ranges: Vec<Range<u32>>,
    pub(super) tops: Tops,
    pub(super) prints: Fingerprints,
    pub(super) near: Vec<Vec<Near>>,
    pub(super) matter: Vec<Vec<(u32, u32)>>,
    pub(super) shared: Vec<Vec<Shared>>,
    /// Whether some text holds an article's substance.
    pub(super) held: Vec<bool>,
    pub(super) stories: Groups,
    pub(super) origins: Groups,
    pub(super) lines: Groups,
    /// Stories that a story is linked with, and how strongly.
    pub(super) linked: BTreeMap<u32, BTreeMap<u32, u32>>,
    /// Digits of the name of each story's line.
    pub(super) called: BTreeMap<u32, [u8; 6]>,
    /// First places of the ranges that were not saved as they are.
    pub(super) unsaved: BTreeSet<u32>,
    /// What the articles touched that left since the last step, and the stories that were taken apart.
    pub(super) left: (Touched, Changed),
}

impl std::fmt::Debug for Linker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Linker").field("articles", &self.heads.len()).finish_non_exhaustive()
    }
}

/// Links between stories, explained, with their mean probability in millionths.
type Linked = Vec<(crate::StoryLink, u32)>;
/// Pairs of stories with the same.
type Strong = Vec<((u32, u32), u32)>;
/// The same of one pair, with the two articles that show it best.
type Shown = ((u32, u32), u32, (u32, u32));

/// Pairs that a step weighed anew.
#[derive(Default)]
pub(super) struct Touched {
    /// Places whose edges changed though they are not new.
    pub(super) edges: BTreeSet<u32>,
    /// Places whose shared wording changed.
    pub(super) shared: BTreeSet<u32>,
}

impl Linker {
    /// A linker that remembers nothing.
    pub fn new(weights: &Weights) -> Linker {
        Linker { weights: weights.clone(), ..Linker::default() }
    }

    /// Links new articles, each with the caller's number; none may be known by its id.
    ///
    /// # Errors
    /// Those of the shelf; what was remembered is of no more use then.
    pub fn grow<S: Shelf>(&mut self, arrivals: &[(i64, &Print)], shelf: &mut S) -> Result<Grown, S::Error> {
        let prints: Vec<&Print> = arrivals.iter().map(|(_, p)| *p).collect();
        let docs = vectors::docs(&prints);
        let numbers: Vec<i64> = arrivals.iter().map(|(n, _)| *n).collect();
        let mut change = self.take(&numbers, &prints, &docs, shelf)?;
        change.shapes = numbers.into_par_iter().zip(&docs).map(|(n, d)| (n, shape::pack(d))).collect();
        self.keep(docs);
        Ok(change)
    }

    /// Remembers the shapes of new articles.
    fn keep(&mut self, docs: Vec<Doc>) {
        let (base, now) = (self.heads.len().saturating_sub(docs.len()), self.steps + 1);
        for (i, doc) in docs.into_iter().enumerate() {
            self.shapes[base + i] = Some(Box::new(doc.lean()));
            self.asked[base + i] = now;
        }
        if self.shapes.iter().flatten().count() > HELD {
            for (shape, _) in self.shapes.iter_mut().zip(&self.asked).filter(|(_, asked)| **asked < now) {
                *shape = None;
            }
        }
        self.steps = now;
    }

    /// One step: new articles come, prepared.
    pub(super) fn take<S: Shelf>(
        &mut self,
        numbers: &[i64],
        prints: &[&Print],
        docs: &[Doc],
        shelf: &mut S,
    ) -> Result<Grown, S::Error> {
        let fresh = Fresh { base: self.heads.len() as u32, prints, docs };
        let (mut touched, gone) = std::mem::take(&mut self.left);
        self.enter(numbers, fresh);
        self.share(fresh, shelf, &mut touched)?;
        self.weigh(fresh, shelf)?;
        self.regroup(fresh, touched, gone, shelf)
    }

    /// Groups anew what hangs together with new articles and with what was touched, and tells what that changed. `gone`
    /// are stories that were taken apart before.
    fn regroup<S: Shelf>(
        &mut self,
        fresh: Fresh<'_>,
        touched: Touched,
        gone: Changed,
        shelf: &mut S,
    ) -> Result<Grown, S::Error> {
        let places = fresh.base..self.heads.len() as u32;
        let seeds: Vec<u32> = places.chain(touched.edges.iter().copied()).collect();
        let mut stories = self.regroup_stories(&seeds);
        stories.gone.extend(gone.gone);
        let origins = self.regroup_origins(fresh, &touched);
        let (links, renamed) = self.relink(fresh, &stories, shelf)?;
        let mut change = Grown { links, ..Grown::default() };
        let new = stories.new.iter().map(|s| self.stories.members(*s));
        let gone = stories.gone.values().map(Vec::as_slice);
        change.regrouped = gone.chain(new).filter_map(|m| self.name_of(m)).collect();
        change.stories = change.regrouped.clone();
        let again = stories.new.iter().chain(&renamed).flat_map(|s| self.stories.members(*s));
        let mut dirty: BTreeSet<u32> = again.copied().chain(touched.shared).chain(touched.edges).collect();
        dirty.extend(origins.new.iter().flat_map(|o| self.origins.members(*o)));
        let rows: Vec<u32> = dirty.into_iter().collect();
        change.rows = rows.par_iter().map(|i| self.row(*i)).collect();
        change.stories.extend(change.rows.iter().map(|r| r.story.clone()));
        Ok(change)
    }

    fn enter(&mut self, numbers: &[i64], fresh: Fresh<'_>) {
        let lower = |w: &String| names::hash32(&w.to_ascii_lowercase());
        for ((n, print), doc) in numbers.iter().zip(fresh.prints).zip(fresh.docs) {
            self.heads.push(Head {
                n: *n,
                id: print.id.as_str().into(),
                own: names::digits(&print.id, 0),
                content: doc.content,
                published: doc.days.published,
                mentioned: doc.days.mentioned.last().copied(),
                words: doc.words.len() as u32,
                prints: 0,
                outlet: doc.outlet,
                wire: print.wire.as_ref().filter(|w| !w.is_empty()).map(lower),
                left: false,
            });
        }
        self.make_room();
        if !fresh.docs.is_empty() {
            self.ranges.push(fresh.base..self.heads.len() as u32);
            self.unsaved.insert(fresh.base);
        }
    }

    /// Room for what is remembered of every head.
    pub(super) fn make_room(&mut self) {
        let n = self.heads.len();
        self.shapes.resize_with(n, || None);
        self.asked.resize(n, 0);
        self.near.resize_with(n, Vec::new);
        self.matter.resize_with(n, Vec::new);
        self.shared.resize_with(n, Vec::new);
        self.held.resize(n, false);
    }

    /// Finds wording that new articles share, and forgets pairs that rested on what is furniture now.
    fn share<S: Shelf>(&mut self, fresh: Fresh<'_>, shelf: &mut S, touched: &mut Touched) -> Result<(), S::Error> {
        let prints: Vec<Vec<u32>> = fresh.docs.par_iter().map(|d| copies::fingerprints(&d.words)).collect();
        for (head, own) in self.heads[fresh.base as usize..].iter_mut().zip(&prints) {
            head.prints = own.len() as u32;
        }
        let heads = &self.heads;
        let found = self.prints.enter(fresh.base, &prints, |i| heads[i as usize].prints as usize);
        let mut suspects: BTreeSet<(u32, u32)> = BTreeSet::new();
        for places in &found.furnished {
            let held = |s: &&Shared| places.binary_search(&s.a).is_ok() && places.binary_search(&s.b).is_ok();
            let pairs = places.iter().flat_map(|p| self.shared[*p as usize].iter().filter(held));
            suspects.extend(pairs.map(|s| (s.a, s.b)));
        }
        let suspects: Vec<(u32, u32)> = suspects.into_iter().collect();
        let asked = found.pairs.iter().chain(&suspects).flat_map(|(a, b)| [*a, *b]).filter(|p| *p < fresh.base);
        let words = self.words(asked, shelf)?;
        let of = |place: u32| match place.checked_sub(fresh.base) {
            Some(i) => &fresh.docs[i as usize].words[..],
            None => words.get(&place).map_or(&[][..], |w| w),
        };
        let kept = self.prints.still(&suspects, |p| copies::fingerprints(of(p)));
        let outlet = |place: u32| self.heads[place as usize].outlet;
        let wording = |p: u32| Wording { id: &self.head(p).id, words: of(p), outlet: outlet(p) };
        let more = copies::measured(&found.pairs, wording);
        for (a, b) in suspects.iter().filter(|pair| kept.binary_search(pair).is_err()) {
            for (one, other) in [(*a, *b), (*b, *a)] {
                self.shared[one as usize].retain(|s| s.other(one) != other);
                self.note_shared(one, touched);
            }
            touched.edges.extend([*a, *b]);
            let holds = |r: &&Range<u32>| r.contains(a.max(b));
            self.unsaved.extend(self.ranges.iter().find(holds).map(|r| r.start));
            self.weigh_again(*a, *b, shelf)?;
        }
        for s in more {
            self.shared[s.a as usize].push(s);
            self.shared[s.b as usize].push(s);
        }
        (fresh.base..self.heads.len() as u32).for_each(|place| self.note_shared(place, touched));
        self.judge_touched(touched);
        Ok(())
    }

    /// Judges anew of which articles some text holds the substance, where their shared wording changed.
    fn judge_touched(&mut self, touched: &mut Touched) {
        for place in touched.shared.clone() {
            // whether a text is its own tells what its pairs are, and so what is told of those it shares wording with
            if self.judge_held(place) {
                for other in self.shared[place as usize].iter().map(|s| s.other(place)) {
                    self.note_shared(other, touched);
                }
            }
        }
    }

    /// Notes whether some text holds an article's substance; gives whether that changed.
    pub(super) fn judge_held(&mut self, place: u32) -> bool {
        let holds = |s: &Shared| s.holds()[usize::from(s.b == place)];
        let held = self.shared[place as usize].iter().any(holds);
        std::mem::replace(&mut self.held[place as usize], held) != held
    }

    /// What a pair is that shares wording.
    fn kind(&self, s: &Shared) -> CopyKind {
        kinds::kind(s, [s.a, s.b].map(|p| self.held[p as usize]))
    }

    /// Notes that what is told of the wording of an article, and of those it shares some with, may change.
    pub(super) fn note_shared(&self, place: u32, touched: &mut Touched) {
        let others = self.shared[place as usize].iter().map(|s| s.other(place));
        touched.shared.extend(others.chain([place]));
    }

    /// Hashes of the words of older articles.
    pub(super) fn words<S: Shelf>(
        &self,
        places: impl Iterator<Item = u32>,
        shelf: &mut S,
    ) -> Result<BTreeMap<u32, Vec<u32>>, S::Error> {
        let places: Vec<u32> = places.collect::<BTreeSet<u32>>().into_iter().collect();
        let mut out = BTreeMap::new();
        for some in places.chunks(FETCHED) {
            let prints = shelf.prints(&self.numbers(some))?;
            let words: Vec<Vec<u32>> = prints.par_iter().map(copies::word_hashes).collect();
            out.extend(some.iter().copied().zip(words));
        }
        Ok(out)
    }

    fn numbers(&self, places: &[u32]) -> Vec<i64> {
        places.iter().map(|p| self.heads[*p as usize].n).collect()
    }

    /// Sees to it that the shapes of some articles are at hand.
    fn recall<S: Shelf>(&mut self, places: impl Iterator<Item = u32>, shelf: &mut S) -> Result<(), S::Error> {
        let (mut lacking, now) = (Vec::new(), self.steps + 1);
        for place in places {
            let first = std::mem::replace(&mut self.asked[place as usize], now) != now;
            if first && self.shapes[place as usize].is_none() {
                lacking.push(place);
            }
        }
        for some in lacking.chunks(8 * FETCHED) {
            let bytes = shelf.shapes(&self.numbers(some))?;
            let docs: Vec<Option<Doc>> = bytes.par_iter().map(|b| shape::unpack(b)).collect();
            for (place, doc) in some.iter().zip(docs) {
                self.shapes[*place as usize] = doc.map(Box::new);
            }
        }
        Ok(())
    }

    /// Weighs the pairs of a pair of older articles again, whose shared wording is none any more.
    fn weigh_again<S: Shelf>(&mut self, a: u32, b: u32, shelf: &mut S) -> Result<(), S::Error> {
        self.recall([a, b].into_iter(), shelf)?;
        let (Some(x), Some(y)) = (self.shape(a), self.shape(b)) else { return Ok(()) };
        let edge =
            candidates::are(x, y, storylines::WINDOW).then(|| self.edge(&self.pair((a, x), (b, y)), 0)).flatten();
        for (one, other) in [(a, b), (b, a)] {
            self.near[one as usize].retain(|n| n.to != other);
            self.near[one as usize].extend(edge.map(|evidence| Near { to: other, evidence }));
        }
        Ok(())
    }

    /// Two articles by their places, as they are compared: in the order of their ids.
    fn pair<'d>(&self, a: (u32, &'d Doc), b: (u32, &'d Doc)) -> Pair<'d> {
        let (a, b) = if self.head(a.0).id <= self.head(b.0).id { (a.1, b.1) } else { (b.1, a.1) };
        Pair::new(a, b)
    }

    /// What speaks for two articles being of one event, where it is worth keeping.
    fn edge(&self, pair: &Pair<'_>, copy: u32) -> Option<u16> {
        if !pair.near(WINDOW) {
            return None;
        }
        let found = pair.weighed(copy, &self.weights);
        let evidence = self.weights.evidence(&found);
        (score::probability(evidence) >= FAINT).then(|| u16::try_from(evidence).unwrap_or(u16::MAX))
    }

    /// Weighs the pairs that new articles make, with each other and with those before them.
    fn weigh<S: Shelf>(&mut self, fresh: Fresh<'_>, shelf: &mut S) -> Result<(), S::Error> {
        self.tops.enter(fresh.base, fresh.docs);
        for (chunk, docs) in fresh.docs.chunks(AT_ONCE).enumerate() {
            let base = fresh.base + (chunk * AT_ONCE) as u32;
            let before = self.tops.before(base, docs, &self.heads, storylines::WINDOW);
            self.recall(before.iter().flatten().copied().filter(|p| *p < fresh.base), shelf)?;
            let world = World { linker: self, fresh, fetched: &BTreeMap::new() };
            let weighed: Vec<Weighed> =
                before.par_iter().enumerate().map(|(i, with)| weighed(&world, base + i as u32, with)).collect();
            for (i, found) in weighed.into_iter().enumerate() {
                let place = base + i as u32;
                for near in found.near {
                    self.near[near.to as usize].push(Near { to: place, ..near });
                    self.near[place as usize].push(near);
                }
                for (to, p) in found.matter {
                    self.matter[to as usize].push((place, p));
                    self.matter[place as usize].push((to, p));
                }
            }
        }
        Ok(())
    }

    /// Groups articles anew where they hang together with these.
    fn regroup_stories(&mut self, seeds: &[u32]) -> Changed {
        let bars = self.weights.bars;
        // below it no groups join, so that what no edge of so much links is apart
        let least = bars.of(1).min(bars.join_groups);
        let linking = |p: u32| self.near[p as usize].iter().filter(|n| n.probability() >= least).map(|n| n.to);
        let parts = parts(seeds.iter().copied(), linking);
        let at = &self.positions(&parts);
        let groups: Vec<Vec<Vec<u32>>> = parts
            .par_iter()
            .map(|part| {
                let inside = |p: &u32| {
                    let (a, part) = (at[*p as usize], part);
                    self.near[*p as usize].iter().filter_map(move |n| {
                        let b = at[n.to as usize];
                        let here = b < a && part.get(b as usize) == Some(&n.to);
                        here.then_some(Edge { a: b, b: a, probability: n.probability(), evidence: n.evidence.into() })
                    })
                };
                let edges: Vec<Edge> = part.iter().flat_map(inside).collect();
                let days: Vec<_> = part.iter().map(|p| self.heads[*p as usize].published).collect();
                let groups = average_link_within(&edges, &self.ranks(part), bars, &days, WINDOW);
                placed(groups, part)
            })
            .collect();
        self.stories.regroup(groups.into_iter().flatten().collect())
    }

    /// The same for origins.
    fn regroup_origins(&mut self, fresh: Fresh<'_>, touched: &Touched) -> Changed {
        let weight = |s: &Shared| {
            let wire = |p: u32| self.heads[p as usize].wire;
            origins::weight(s, wire(s.a).is_some() && wire(s.a) == wire(s.b))
        };
        let copies = |p: u32| self.shared[p as usize].iter().filter(|s| self.kind(s) != CopyKind::Passage);
        let linking = |p: u32| copies(p).filter(|s| weight(s) >= origins::SAME).map(move |s| s.other(p));
        let seeds = (fresh.base..self.heads.len() as u32).chain(touched.shared.iter().copied());
        let parts = parts(seeds, linking);
        let (at, weight, copies) = (&self.positions(&parts), &weight, &copies);
        let mut groups = Vec::new();
        for part in &parts {
            let inside = |p: &u32| {
                let (a, place) = (at[*p as usize], *p);
                copies(place).filter_map(move |s| {
                    let b = at[s.other(place) as usize];
                    let here = b < a && part.get(b as usize) == Some(&s.other(place));
                    here.then_some(Edge { a: b, b: a, probability: weight(s), evidence: 0 })
                })
            };
            let edges: Vec<Edge> = part.iter().flat_map(inside).collect();
            groups.extend(placed(average_link(&edges, &self.ranks(part), origins::SAME), part));
        }
        self.origins.regroup(groups)
    }

    /// For each article its position in its part; `u32::MAX` for those in none.
    fn positions(&self, parts: &[Vec<u32>]) -> Vec<u32> {
        let mut at = vec![u32::MAX; self.heads.len()];
        for part in parts {
            for (i, place) in part.iter().enumerate() {
                at[*place as usize] = i as u32;
            }
        }
        at
    }

    /// Places of some articles in the order of their content.
    fn ranks(&self, part: &[u32]) -> Vec<u32> {
        let mut order: Vec<u32> = (0..part.len() as u32).collect();
        order.sort_unstable_by_key(|i| self.rank(part[*i as usize]));
        let mut ranks = vec![0; part.len()];
        for (rank, i) in order.into_iter().enumerate() {
            ranks[i as usize] = rank as u32;
        }
        ranks
    }

    /// Links the stories that changed with others, and groups storylines anew where they hang together with these.
    /// Gives the links, and the stories whose line has another name than before.
    fn relink<S: Shelf>(
        &mut self,
        fresh: Fresh<'_>,
        changed: &Changed,
        shelf: &mut S,
    ) -> Result<(Linked, BTreeSet<u32>), S::Error> {
        let mut seeds: BTreeSet<u32> = changed.new.clone();
        for gone in changed.gone.keys() {
            self.called.remove(gone);
            for near in self.linked.remove(gone).unwrap_or_default().into_keys() {
                if let Some(back) = self.linked.get_mut(&near) {
                    back.remove(gone);
                }
                seeds.insert(near);
            }
        }
        seeds.retain(|s| !changed.gone.contains_key(s));
        let (strong, links) = self.links(fresh, changed, shelf)?;
        for ((a, b), mean) in strong {
            self.linked.entry(a).or_default().insert(b, mean);
            self.linked.entry(b).or_default().insert(a, mean);
        }
        let near = |s: u32| self.linked.get(&s).into_iter().flat_map(|l| l.keys().copied());
        let mut groups = Vec::new();
        for part in parts(seeds.iter().copied(), near) {
            groups.extend(self.lines_of(&part));
        }
        let lines = self.lines.regroup(groups);
        for gone in changed.gone.keys() {
            self.lines.remove(self.lines.of(*gone));
        }
        let mut renamed = BTreeSet::new();
        for line in lines.new {
            let stories = self.lines.members(line);
            let name = stories.iter().map(|s| self.own(*s)).min().unwrap_or_default();
            for story in stories {
                if self.called.insert(*story, name) != Some(name) {
                    renamed.insert(*story);
                }
            }
        }
        Ok((links, renamed))
    }

    fn lines_of(&self, part: &[u32]) -> Vec<Vec<u32>> {
        let edges: Vec<(u32, u32, u32)> = part
            .iter()
            .flat_map(|a| {
                self.linked.get(a).into_iter().flatten().filter(move |(b, _)| a < *b).map(move |(b, p)| (*a, *b, *p))
            })
            .collect();
        let mut order: Vec<u32> = part.to_vec();
        order.sort_unstable_by_key(|s| self.least(*s));
        let ranks: BTreeMap<u32, u32> = order.into_iter().enumerate().map(|(rank, s)| (s, rank as u32)).collect();
        storylines::lines(part, &edges, |s| ranks.get(&s).copied().unwrap_or(u32::MAX))
    }

    /// The links of stories that changed, and how strong they are.
    fn links<S: Shelf>(
        &mut self,
        fresh: Fresh<'_>,
        changed: &Changed,
        shelf: &mut S,
    ) -> Result<(Strong, Linked), S::Error> {
        let none = BTreeMap::new();
        let world = World { linker: self, fresh, fetched: &none };
        let mut pairs: Vec<(u32, u32, u32)> = Vec::new();
        for story in &changed.new {
            // of two stories that both changed from one side only
            let once = |other: u32| !changed.new.contains(&other) || *story < other;
            for a in self.stories.members(*story) {
                let links = self.matter[*a as usize].iter().filter(|(b, _)| once(self.stories.of(*b)));
                pairs.extend(links.map(|(b, p)| (*a, *b, *p)));
            }
        }
        let between = storylines::between(&world, pairs.into_iter());
        let asked: Vec<u32> = between.values().flat_map(|b| [b.pair.0, b.pair.1]).filter(|p| *p < fresh.base).collect();
        self.recall(asked.into_iter(), shelf)?;
        let world = World { linker: self, fresh, fetched: &none };
        let strong: Vec<Shown> = between
            .iter()
            .filter_map(|(stories, b)| Some((*stories, storylines::strong(&world, *stories, b)?, b.pair)))
            .collect();
        let told: BTreeSet<u32> = strong.iter().flat_map(|((a, b), ..)| [*a, *b]).collect();
        let told: Vec<u32> = told.iter().flat_map(|s| storylines::telling(&world, *s)).collect();
        self.recall(told.into_iter().filter(|p| *p < fresh.base), shelf)?;
        let world = World { linker: self, fresh, fetched: &none };
        let quoted = strong.par_iter().flat_map_iter(|(stories, _, pair)| storylines::quoted(&world, *stories, *pair));
        let quoted: BTreeSet<u32> = quoted.filter(|p| *p < fresh.base).collect();
        let quoted: Vec<u32> = quoted.into_iter().collect();
        let mut links = Vec::with_capacity(strong.len());
        let mut fetched = BTreeMap::new();
        for some in quoted.chunks(FETCHED) {
            fetched.extend(some.iter().copied().zip(shelf.prints(&self.numbers(some))?));
        }
        let world = World { linker: self, fresh, fetched: &fetched };
        let link = |(stories, mean, pair): &Shown| (storylines::link(&world, *stories, *mean, *pair), *mean);
        strong.par_iter().map(link).collect_into_vec(&mut links);
        links.sort_by(|(x, _), (y, _)| (&x.from, &x.to).cmp(&(&y.from, &y.to)));
        Ok((strong.into_iter().map(|(stories, mean, _)| (stories, mean)).collect(), links))
    }

    /// What linking says of an article.
    fn row(&self, place: u32) -> Row {
        let near = |p: u32| &self.shared[p as usize][..];
        let is_copy = |s: &Shared| self.kind(s) != CopyKind::Passage;
        let copies = copies::told(place, near, is_copy, |p| (self.heads[p as usize].words, &*self.head(p).id));
        let passages = near(place).iter().filter(|s| !is_copy(s)).copied().collect();
        let story = self.stories.of(place);
        let inside = |n: &&Near| self.stories.of(n.to) == story;
        let mut links: Vec<&Near> = self.near[place as usize].iter().filter(inside).collect();
        links.sort_unstable_by_key(|n| (Reverse(n.probability()), self.rank(n.to)));
        let origin = self.origins.members(self.origins.of(place));
        let number = |p: u32| self.head(p).n;
        Row {
            n: number(place),
            story: names::written('s', &self.own(story)),
            storyline: names::written('l', &self.called.get(&story).copied().unwrap_or_default()),
            origin: names::written('o', &self.least_own(origin)),
            copies: self.told(place, copies),
            passages: self.told(place, passages),
            because: links.iter().take(REASONS).map(|n| (number(n.to), n.probability() / 1000)).collect(),
        }
    }

    /// An article's pairs, as they are told of it.
    fn told(&self, place: u32, mut pairs: Vec<Shared>) -> Vec<Told> {
        pairs.sort_unstable_by_key(|s| &self.head(s.other(place)).id);
        let one = |s: &Shared| {
            let [own, other] = s.containment;
            let containment = if s.a == place { [own, other] } else { [other, own] };
            Told { n: self.head(s.other(place)).n, containment, kind: self.kind(s) }
        };
        pairs.iter().map(one).collect()
    }

    fn name_of(&self, members: &[u32]) -> Option<String> {
        (!members.is_empty()).then(|| names::written('s', &self.least_own(members)))
    }

    fn least_own(&self, members: &[u32]) -> [u8; 6] {
        members.iter().map(|p| self.heads[*p as usize].own).min().unwrap_or_default()
    }

    /// The digits of a story's name.
    pub(super) fn own(&self, story: u32) -> [u8; 6] {
        self.least_own(self.stories.members(story))
    }

    /// The first of a story's articles in the order of content.
    pub(super) fn least(&self, story: u32) -> ([u8; 16], &str) {
        self.stories.members(story).iter().map(|p| self.rank(*p)).min().unwrap_or_default()
    }

    /// What articles are ordered by where something must decide: content, then id.
    pub(super) fn rank(&self, place: u32) -> ([u8; 16], &str) {
        let head = self.head(place);
        (head.content, &head.id)
    }

    pub(super) fn head(&self, place: u32) -> &Head {
        &self.heads[place as usize]
    }

    pub(super) fn shape(&self, place: u32) -> Option<&Doc> {
        self.shapes.get(place as usize)?.as_deref()
    }
}

/// What an article's pairs with those before it came to.
#[derive(Default)]
struct Weighed {
    near: Vec<Near>,
    matter: Vec<(u32, u32)>,
}

fn weighed(world: &World<'_>, place: u32, with: &[u32]) -> Weighed {
    let own = world.doc(place);
    let shared = world.linker.shared[place as usize].iter();
    let copies: FxHashMap<u32, u32> = shared.map(|s| (s.other(place), s.most())).collect();
    let mut out = Weighed::default();
    for other in with.iter().copied() {
        let doc = world.doc(other);
        let copy = copies.get(&other).copied().unwrap_or(0);
        let pair = world.linker.pair((place, own), (other, doc));
        out.near.extend(world.linker.edge(&pair, copy).map(|evidence| Near { to: other, evidence }));
        let matter = storylines::matter(&pair, world.weights());
        if matter >= storylines::WORTH {
            out.matter.push((other, matter));
        }
    }
    out
}

/// Groups of positions as groups of places.
fn placed(groups: Vec<Vec<u32>>, part: &[u32]) -> Vec<Vec<u32>> {
    groups.into_iter().map(|g| g.into_iter().map(|i| part[i as usize]).collect()).collect()
}
