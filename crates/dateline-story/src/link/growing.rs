//! In whatever order and portions articles come, whatever was saved and loaded between, linking says the same of them.

use super::copies::Fingerprints;
use super::score::Weights;
use super::{Grown, Known, Linker, Row, Shelf, link};
use crate::{Print, PrintName, Said, StoryLink};
use dateline_reading::NameKind;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

/// Articles of the invented world.
const ARTICLES: usize = 36;
/// How many of them may have wording in common, so that a few make a notice furniture.
const COMMON: usize = 5;

/// A sequence of numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

const TOWNS: &[&str] = &["Varnholm", "Dorvik", "Ulmen", "Kastra"];
const THINGS: &[&str] = &["ferry Sigrun", "Brandle dam", "harbour crane", "salt works"];
const PEOPLE: &[&str] = &["Oline Brekke", "Teodor Lisk", "Mirela Costin", "Hal Prewitt"];
const DEEDS: &[&str] = &[
    "was stopped by divers after a rudder failed near the outer quay",
    "was shut when engineers found cracks below the eastern gate",
    "burned for two hours before volunteers with pumps arrived",
    "will open again in spring with money from the islands fund",
];
const ASIDES: &[&str] = &[
    "Small boats carried blankets and soup to the people who waited.",
    "Nobody was hurt, the harbour police said in the evening.",
    "Farmers moved their cattle to higher ground before the rain.",
    "The company has not answered questions about inspections.",
    "An inquiry will hear the first witnesses on Thursday morning.",
    "Otters were seen on the slipway, which nobody could explain.",
];
const NOTICE: &str = "The editors answer letters in the order in which they came to the old customs house on the \
    quay, and print them on paper from the mills of the valley.";

/// One article: a report of one of a few events, some of them copies of others, some undated, some with a notice.
fn article(i: usize, chance: &mut Chance, before: &[Print]) -> Print {
    let (town, thing, who) = (chance.below(4), chance.below(4), chance.below(4));
    let day = 1 + chance.below(3) + 12 * chance.below(2);
    let month = 3 + 2 * chance.below(2);
    let number = 40 + 7 * (town + 4 * thing);
    let mut text = match (chance.below(4), before.len()) {
        (0, n) if n > 0 => before[chance.below(n)].text.clone(),
        _ => format!(
            "The {} in {} {}, {} said. It concerned {number} people of {}. {}",
            THINGS[thing],
            TOWNS[town],
            DEEDS[thing],
            PEOPLE[who],
            TOWNS[town],
            chance.of(ASIDES)
        ),
    };
    for _ in 0..chance.below(4) {
        text = format!("{text} {}", chance.of(ASIDES));
    }
    if chance.below(3) == 0 {
        text = format!("{NOTICE} {text}");
    }
    let name = |name: &str| PrintName {
        key: name.to_lowercase(),
        kind: NameKind::Person,
        mentions: 2,
        leads: true,
        name: name.into(),
    };
    Print {
        id: format!("{:02}-{i}", chance.below(100)),
        title: if chance.below(5) == 0 { "Quay notes".into() } else { format!("{} {}", THINGS[thing], TOWNS[town]) },
        text,
        published: (chance.below(6) > 0).then(|| format!("2031-{month:02}-{day:02}")),
        outlet: Some(chance.of(&["Mail", "Times", "Ledger"]).into()),
        wire: (chance.below(4) == 0).then(|| "AP".into()),
        names: vec![name(PEOPLE[who])],
        figures: vec![(number as f64, None)],
        said: vec![Said { speaker: PEOPLE[who].to_lowercase(), words: ASIDES[chance.below(2)].into() }],
        lead_figures: 1,
        ..Print::default()
    }
}

fn world(seed: u64) -> Vec<Print> {
    let mut chance = Chance(seed);
    let mut all: Vec<Print> = Vec::new();
    for i in 0..ARTICLES {
        let next = article(i, &mut chance, &all);
        all.push(next);
    }
    all
}

/// A library in memory.
struct Desk {
    linker: Linker,
    prints: BTreeMap<i64, Print>,
    shapes: BTreeMap<i64, Vec<u8>>,
    portions: BTreeMap<u32, Vec<u8>>,
    rows: BTreeMap<i64, Row>,
    links: BTreeMap<(String, String), (StoryLink, u32)>,
}

struct Drawers<'d>(&'d BTreeMap<i64, Print>, &'d BTreeMap<i64, Vec<u8>>);

impl Shelf for Drawers<'_> {
    type Error = Infallible;
    fn shapes(&mut self, of: &[i64]) -> Result<Vec<Vec<u8>>, Infallible> {
        Ok(of.iter().map(|n| self.1[n].clone()).collect())
    }
    fn prints(&mut self, of: &[i64]) -> Result<Vec<Print>, Infallible> {
        Ok(of.iter().map(|n| self.0[n].clone()).collect())
    }
}

impl Desk {
    fn new() -> Desk {
        let mut linker = Linker::new(Weights::shipped());
        linker.prints = Fingerprints::within(COMMON);
        let (prints, shapes, portions) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Desk { linker, prints, shapes, portions, rows: BTreeMap::new(), links: BTreeMap::new() }
    }

    fn grow(&mut self, all: &[Print], numbers: &[usize]) {
        let new: Vec<(i64, &Print)> = numbers.iter().map(|i| (*i as i64, &all[*i])).collect();
        let Ok(change) = self.linker.grow(&new, &mut Drawers(&self.prints, &self.shapes));
        self.prints.extend(new.iter().map(|(n, p)| (*n, (*p).clone())));
        self.take(change);
    }

    /// Takes articles out; gives whether that could be done.
    fn leave(&mut self, numbers: &[usize]) -> bool {
        let numbers: Vec<i64> = numbers.iter().map(|n| *n as i64).collect();
        let Ok(left) = self.linker.leave(&numbers, &mut Drawers(&self.prints, &self.shapes));
        if !left {
            return false;
        }
        for n in numbers {
            self.prints.remove(&n);
            self.shapes.remove(&n);
            self.rows.remove(&n);
        }
        true
    }

    fn take(&mut self, change: Grown) {
        let Grown { rows, stories, regrouped, links, shapes } = change;
        self.shapes.extend(shapes);
        self.links.retain(|(from, to), _| !regrouped.contains(from) && !regrouped.contains(to));
        self.links.extend(links.into_iter().map(|l| ((l.0.from.clone(), l.0.to.clone()), l)));
        for row in rows {
            let told = stories.contains(&row.story);
            assert!(told, "a story of which something else is said is named");
            self.rows.insert(row.n, row);
        }
        for (first, portion) in self.linker.portions() {
            match portion {
                Some(bytes) => self.portions.insert(first, bytes),
                None => self.portions.remove(&first),
            };
        }
    }

    /// Forgets all and remembers it again.
    fn reopen(&mut self) {
        let known = self.rows.values().map(|r| Known {
            n: r.n,
            id: self.prints[&r.n].id.clone(),
            story: r.story.clone(),
            storyline: r.storyline.clone(),
            origin: r.origin.clone(),
        });
        let links = self.links.iter().map(|((from, to), (_, mean))| (from.clone(), to.clone(), *mean));
        let portions = self.portions.values().cloned();
        let loaded = Linker::remembering(Weights::shipped(), portions).and_then(|l| l.knowing(known, links));
        let bounded = loaded.map(|mut l| {
            l.prints.bound(COMMON);
            l
        });
        self.linker = bounded.expect("what was saved fits together");
    }
}

/// What linking says of the articles, grown in these portions.
fn grown(all: &[Print], portions: &[Vec<usize>], reopened: &[bool]) -> Desk {
    let mut desk = Desk::new();
    for (i, portion) in portions.iter().enumerate() {
        desk.grow(all, portion);
        if reopened.get(i) == Some(&true) {
            desk.reopen();
        }
    }
    desk
}

/// What is said in the one and not in the other.
fn differences(a: &Desk, b: &Desk) -> Vec<String> {
    let said = |d: &Desk| -> BTreeSet<String> {
        d.rows.values().map(|r| format!("{r:?}")).chain(d.links.values().map(|l| format!("{l:?}"))).collect()
    };
    let (a, b) = (said(a), said(b));
    a.difference(&b).map(|x| format!("- {x}")).chain(b.difference(&a).map(|x| format!("+ {x}"))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn order_and_portions_change_nothing(
        seed in 0..8u64,
        order in Just((0..ARTICLES).collect::<Vec<_>>()).prop_shuffle(),
        cuts in proptest::collection::vec(1..12usize, 1..20),
        reopened in proptest::collection::vec(any::<bool>(), 20),
    ) {
        let all = world(seed);
        let whole = grown(&all, &[(0..ARTICLES).collect()], &[]);
        let mut portions: Vec<Vec<usize>> = Vec::new();
        let mut rest = &order[..];
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (one, more) = rest.split_at((*cut).min(rest.len()));
            portions.push(one.to_vec());
            rest = more;
        }
        let parts = grown(&all, &portions, &reopened);
        prop_assert_eq!(differences(&parts, &whole), Vec::<String>::new());
    }

    #[test]
    fn what_has_left_might_never_have_come(
        seed in 0..8u64,
        order in Just((0..ARTICLES).collect::<Vec<_>>()).prop_shuffle(),
        (left, come) in (1..6usize, 8..ARTICLES),
        reopened in proptest::collection::vec(any::<bool>(), 3),
    ) {
        let all = world(seed);
        let (first, rest) = order.split_at(come);
        let mut desk = grown(&all, &[first[..come / 2].to_vec(), first[come / 2..].to_vec()], &reopened);
        // where a notice is furniture only by those that leave, all is linked anew, as without them
        if desk.leave(&first[..left]) {
            let (some, rest) = rest.split_at(if reopened[2] { 0 } else { rest.len() / 2 });
            desk.grow(&all, some);
            if reopened[2] {
                desk.reopen();
            }
            desk.grow(&all, rest);
            let stay: Vec<usize> = order[left..].to_vec();
            prop_assert_eq!(differences(&desk, &grown(&all, &[stay], &[])), Vec::<String>::new());
        }
    }

    #[test]
    fn shards_grown_into_each_other_are_the_whole(seed in 0..8u64, shard in proptest::collection::vec(0..3usize, ARTICLES)) {
        let all = world(seed);
        let whole = grown(&all, &[(0..ARTICLES).collect()], &[]);
        let of = |s: usize| (0..ARTICLES).filter(|i| shard[*i] == s).collect::<Vec<_>>();
        // each shard is linked alone before it comes in, as on a machine of its own
        let apart: Vec<Vec<usize>> = (0..3).map(|s| grown(&all, &[of(s)], &[]).prints.into_keys().map(|n| n as usize).collect()).collect();
        let together = grown(&all, &apart, &[true; 3]);
        prop_assert_eq!(differences(&together, &whole), Vec::<String>::new());
    }

    #[test]
    fn damaged_portions_are_told(seed in 0..8u64, at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let all = world(seed);
        let desk = grown(&all, &[(0..9).collect(), (9..ARTICLES).collect()], &[]);
        let mut portions: Vec<Vec<u8>> = desk.portions.values().cloned().collect();
        let place = at.index(portions[0].len());
        portions[0][place] = to;
        // it either does not load or loads as something; it never brings the program down
        let _ = Linker::remembering(Weights::shipped(), portions).and_then(|l| l.knowing(Vec::new(), Vec::new()));
    }
}

#[test]
fn the_invented_worlds_have_something_of_everything() {
    let mut kinds = [0; 4];
    for seed in 0..8 {
        let whole = grown(&world(seed), &[(0..ARTICLES).collect()], &[]);
        let stories: BTreeSet<&str> = whole.rows.values().map(|r| r.story.as_str()).collect();
        kinds[0] += usize::from(stories.len() < ARTICLES);
        kinds[1] += whole.rows.values().filter(|r| !r.copies.is_empty()).count();
        kinds[2] += whole.links.len();
        let shared = |r: &Row| r.origin != crate::link::names::own_name('o', &whole.prints[&r.n].id, 0);
        kinds[3] += whole.rows.values().filter(|r| shared(r)).count();
    }
    assert!(kinds.iter().all(|k| *k > 4), "{kinds:?}");
}

#[test]
fn grown_and_linked_at_once_are_called_the_same() {
    let all = world(3);
    let links = link(&all);
    let mut plain = Desk::new();
    plain.linker = Linker::new(Weights::shipped());
    plain.grow(&all, &(0..20).collect::<Vec<_>>());
    plain.grow(&all, &(20..ARTICLES).collect::<Vec<_>>());
    for (i, m) in links.members.iter().enumerate() {
        let row = &plain.rows[&(i as i64)];
        assert_eq!((&m.story, &m.storyline, &m.origin), (&row.story, &row.storyline, &row.origin));
        assert_eq!(m.because.len(), row.because.len());
    }
}
