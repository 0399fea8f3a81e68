//! Scores: how probable it is that two articles report one event. A fixed logistic over what the two share; features
//! and weights are integers (thousandths), so that a score is the same on every machine.

use crate::link::cluster::Bars;
use crate::link::vectors::{Doc, Entry, one_outlet};
use std::sync::OnceLock;

const SHIPPED: &str = include_str!("../../data/linker.tsv");

/// Likeness of titles, in thousandths, from which those of one outlet are a rubric.
const RUBRIC: i32 = 900;
/// Shared wording, in thousandths, from which two pages of one title are one page saved twice.
const RECAPTURED: u32 = 300;

/// Thousandths of a logit below which, and above which, no pair is told from another.
const LEAST: i64 = -4000;
const MOST: i64 = 8000;

/// Names of the features, in order; [`features`] says what each is.
pub const FEATURES: [&str; 34] = [
    "bias",
    "cos",
    "cos_lead",
    "cos_words",
    "cos_names",
    "cos_title",
    "title_in_lead",
    "cos_lead_names",
    "cos_lead_words",
    "overlap",
    "top_shared",
    "numbers",
    "numbers_clash",
    "copy",
    "cos_keys",
    "close",
    "days",
    "day_shared",
    "day_clash",
    "gap_far",
    "short",
    "title_kept",
    "lead_kept",
    "keys_kept",
    "figures",
    "figures_clash",
    "lead_day",
    "lead_days_apart",
    "undated",
    "answer_clash",
    "ahead_clash",
    "again_clash",
    "two_languages",
    "names_clash",
];

/// Features that are dear to find out.
const TOP_SHARED: usize = at("top_shared");
const COS_KEYS: usize = at("cos_keys");
const KEYS_KEPT: usize = at("keys_kept");

/// Feature values of one pair, in thousandths.
pub type Features = [i32; FEATURES.len()];

/// The numbers that linking was fitted to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    /// One a feature, in thousandths.
    pub logistic: [i32; FEATURES.len()],
    /// Mean probabilities from which articles and groups of articles join.
    pub bars: Bars,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights { logistic: [0; FEATURES.len()], bars: Bars::default() }
    }
}

impl Weights {
    /// The weights shipped with the program.
    pub fn shipped() -> &'static Weights {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| Weights::parse(SHIPPED))
    }

    /// Reads lines of a feature's name, a tab and its weight; `join`, `join_groups` and `contrast` are among them. What is not there weighs nothing.
    pub fn parse(table: &str) -> Weights {
        let value = |name: &str| {
            let mut rows = table.lines().filter_map(|l| l.split_once('\t'));
            rows.find(|(n, _)| *n == name).and_then(|(_, v)| v.trim().parse::<i32>().ok()).unwrap_or(0)
        };
        let bar = |name| value(name).max(1) as u32;
        let bars = Bars { join: bar("join"), join_groups: bar("join_groups"), contrast: bar("contrast") };
        Weights { logistic: FEATURES.map(value), bars }
    }

    /// The weight of a feature, in thousandths; 0 for a name that is none.
    pub fn of(&self, name: &str) -> i32 {
        value(&self.logistic, name)
    }

    /// The table that [`Weights::parse`] reads.
    pub fn table(&self) -> String {
        let mut out = String::new();
        for (name, weight) in FEATURES.iter().zip(self.logistic) {
            out.push_str(&format!("{name}\t{weight}\n"));
        }
        let Bars { join, join_groups, contrast } = self.bars;
        out + &format!("join\t{join}\njoin_groups\t{join_groups}\ncontrast\t{contrast}\n")
    }

    /// Probability in millionths that the pair reports one event.
    pub fn probability(&self, features: &Features) -> u32 {
        sigmoid(self.sum(features))
    }

    /// What speaks for one event, in thousandths of a logit above [`LEAST`]; at most [`MOST`] above zero.
    pub fn evidence(&self, features: &Features) -> u32 {
        (self.sum(features).clamp(LEAST, MOST) - LEAST) as u32
    }

    fn sum(&self, features: &Features) -> i64 {
        self.logistic.iter().zip(features).map(|(w, f)| i64::from(*w) * i64::from(*f)).sum::<i64>() / 1000
    }
}

/// Probability in millionths, of what [`Weights::evidence`] gives: exact where that is neither the least nor the most.
pub fn probability(evidence: u32) -> u32 {
    sigmoid(i64::from(evidence) + LEAST)
}

/// The logistic function of thousandths, in millionths: interpolated in a table, as `exp` differs between machines.
fn sigmoid(x: i64) -> u32 {
    /// 1 / (1 + exp(-x)) for x = 0, 0.5 … 8, in millionths.
    const TABLE: [i64; 17] = [
        500_000, 622_459, 731_059, 817_574, 880_797, 924_142, 952_574, 970_688, 982_014, 989_013, 993_307, 995_930,
        997_527, 998_499, 999_089, 999_447, 999_665,
    ];
    let at = x.abs().min(7_999);
    let slot = (at / 500) as usize;
    let value = TABLE[slot] + (TABLE[slot + 1] - TABLE[slot]) * (at % 500) / 500;
    (if x < 0 { 1_000_000 - value } else { value }) as u32
}

/// Sums of products over the terms that two articles share.
#[derive(Debug, Default)]
struct Dots {
    full: u64,
    names: u64,
    words: u64,
    lead: u64,
    lead_names: u64,
    lead_words: u64,
    title: u64,
    title_in_lead: u64,
    lead_in_title: u64,
    /// Sum of the lesser of both weights.
    least: u64,
    /// Weight of either's title and lead that stands anywhere in the other.
    title_kept: [u64; 2],
    lead_kept: [u64; 2],
    /// Weight of the names in either's title that stand anywhere in the other.
    names_kept: [u64; 2],
}

fn dots(a: &[Entry], b: &[Entry]) -> Dots {
    let mut d = Dots::default();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i].term, b[j].term);
        if x == y {
            d.add(&a[i], &b[j]);
        }
        // which side goes on is as good as random: no branch guesses it
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    d
}

impl Dots {
    fn add(&mut self, a: &Entry, b: &Entry) {
        let times = |x: u16, y: u16| u64::from(x) * u64::from(y);
        let (full, lead) = (times(a.full, b.full), times(a.lead, b.lead));
        self.full += full;
        self.lead += lead;
        match (a.name, b.name) {
            (true, true) => (self.names, self.lead_names) = (self.names + full, self.lead_names + lead),
            (false, false) => (self.words, self.lead_words) = (self.words + full, self.lead_words + lead),
            _ => {}
        }
        self.title += times(a.title, b.title);
        self.title_in_lead += times(a.title, b.lead);
        self.lead_in_title += times(a.lead, b.title);
        self.least += u64::from(a.full.min(b.full));
        for (i, own) in [a, b].into_iter().enumerate() {
            self.title_kept[i] += u64::from(own.title);
            self.lead_kept[i] += u64::from(own.lead);
            self.names_kept[i] += u64::from(own.title) * u64::from(own.name);
        }
    }
}

fn cosine(dot: u64, a: u64, b: u64) -> i32 {
    if a == 0 || b == 0 { 0 } else { (1000 * dot / (a * b)).min(1000) as i32 }
}

fn sorted_dot(a: &[(u32, u32)], b: &[(u32, u32)]) -> u64 {
    let find = |k: u32| b.binary_search_by_key(&k, |x| x.0).ok().map_or(0, |i| u64::from(b[i].1));
    a.iter().map(|(k, w)| u64::from(*w) * find(*k)).sum()
}

/// What two articles share, in thousandths; `copy` is the greater containment of the two, in thousandths.
pub fn features(a: &Doc, b: &Doc, copy: u32) -> Features {
    Pair::new(a, b).features(copy, |_| true)
}

/// Two articles under comparison: what is dear to find out is found out once.
pub struct Pair<'d> {
    a: &'d Doc,
    b: &'d Doc,
    dots: Dots,
}

impl<'d> Pair<'d> {
    /// Holds two articles against each other, the first that of the lesser id.
    pub fn new(a: &'d Doc, b: &'d Doc) -> Pair<'d> {
        Pair { a, b, dots: dots(&a.terms, &b.terms) }
    }

    /// Whether two articles of one outlet have a rubric in common rather than a matter; where neither's outlet is known,
    /// whether they bear one title word for word.
    pub fn one_rubric(&self) -> bool {
        let (a, b) = (self.a, self.b);
        let unknown = a.outlet.is_none() && b.outlet.is_none();
        (unknown && a.is_headed_as(b)) || same_heading(a, b, cosine(self.dots.title, a.norms.title, b.norms.title))
    }

    /// Whether the two may be of one story by their days.
    pub fn near(&self, window: i32) -> bool {
        self.a.days.near(&self.b.days, window)
    }

    /// The features that some weights make something of; the dear ones among the others are 0.
    pub fn weighed(&self, copy: u32, weights: &Weights) -> Features {
        self.features(copy, |at| weights.logistic[at] != 0)
    }

    fn features(&self, copy: u32, counts: impl Fn(usize) -> bool) -> Features {
        let (a, b, d) = (self.a, self.b, &self.dots);
        let (na, nb) = (&a.norms, &b.norms);
        let one_outlet = one_outlet(a.outlet, b.outlet);
        let numbers = a.numbers.iter().filter(|n| b.numbers.binary_search(n).is_ok()).count().min(4) as i32;
        let apart = a.days.apart(&b.days);
        let title = cosine(d.title, na.title, nb.title);
        let rubric = copy < RECAPTURED && same_heading(a, b, title);
        let titled = |cosine: i32| if rubric { 0 } else { cosine };
        let shares_day = a.days.share_day(&b.days);
        let gap = if apart.is_none() { a.days.gap(&b.days) } else { None };
        let flag = |yes: bool| if yes { 1000 } else { 0 };
        let share = |part: u64, whole: u64| (1000 * part / whole.max(1)).min(1000) as i32;
        let title_kept = [share(d.title_kept[0], na.title_sum), share(d.title_kept[1], nb.title_sum)];
        let lead_kept = [share(d.lead_kept[0], na.lead_sum), share(d.lead_kept[1], nb.lead_sum)];
        let lead_kept = lead_kept[0].min(lead_kept[1]);
        let lead_days = a.core.days_apart(&b.core);
        // what an outlet pastes under article after article is no evidence: of what two of its own share counts as much as
        // reaches up into an opening, and that both are of one day says nothing of what is printed every day
        let beside = |shared: i32| if one_outlet { shared.min(lead_kept) } else { shared };
        let figures = if one_outlet { 0 } else { a.core.figures_shared(&b.core) };
        let lacking = |kept: u64, all: u64| if all == 0 { 0 } else { 1000 - share(kept, all) };
        let names_lacking = [lacking(d.names_kept[0], na.title_names), lacking(d.names_kept[1], nb.title_names)];
        [
            1000,
            beside(cosine(d.full, na.full, nb.full)),
            cosine(d.lead, na.lead, nb.lead),
            cosine(d.words, na.words, nb.words),
            cosine(d.names, na.names, nb.names),
            titled(title),
            titled(cosine(d.title_in_lead, na.title, nb.lead).max(cosine(d.lead_in_title, na.lead, nb.title))),
            cosine(d.lead_names, na.lead_names, nb.lead_names),
            cosine(d.lead_words, na.lead_words, nb.lead_words),
            beside((1000 * d.least / na.sum.min(nb.sum).max(1)) as i32),
            if counts(TOP_SHARED) { top_shared(a, b) } else { 0 },
            if one_outlet { 0 } else { numbers * 250 },
            flag(numbers == 0 && a.numbers.len() >= 2 && b.numbers.len() >= 2),
            copy as i32,
            if counts(COS_KEYS) { cosine(sorted_dot(&a.keys, &b.keys), a.keys_norm, b.keys_norm) } else { 0 },
            if one_outlet { 0 } else { apart.map_or(0, closeness) },
            apart.map_or(0, |d| d.min(10) * 100),
            flag(shares_day == Some(true)),
            flag(apart.is_none() && shares_day == Some(false)),
            gap.map_or(0, |g| g.min(60) * 1000 / 60),
            1000 - (a.length.min(b.length).min(300) * 1000 / 300) as i32,
            titled(title_kept[0].min(title_kept[1])),
            lead_kept,
            if counts(KEYS_KEPT) { keys_kept(a, b).min(keys_kept(b, a)) } else { 0 },
            figures.min(4) as i32 * 250,
            flag(a.core.figures_clash(&b.core)),
            flag(lead_days == Some(0)),
            lead_days.map_or(0, |d| d * 333),
            flag(apart.is_none()),
            flag(a.turns.answer.clashes(b.turns.answer)),
            flag(a.turns.ahead.clashes(b.turns.ahead)),
            flag(a.turns.again.clashes(b.turns.again)),
            flag(!a.language.is_empty() && !b.language.is_empty() && a.language != b.language),
            names_lacking[0].min(names_lacking[1]),
        ]
    }
}

/// Share, by weight, of the names in the first's title and lead that the second mentions anywhere.
fn keys_kept(a: &Doc, b: &Doc) -> i32 {
    let weight = |d: &Doc, key: u32| d.keys.binary_search_by_key(&key, |k| k.0).ok().map(|i| u64::from(d.keys[i].1));
    let (mut kept, mut all) = (0, 0);
    for key in &a.lead_keys {
        let own = weight(a, *key).unwrap_or(0);
        all += own;
        kept += if weight(b, *key).is_some() { own } else { 0 };
    }
    (1000 * kept).checked_div(all).map_or(500, |share| share as i32)
}

/// One feature by name; 0 for a name that is none.
pub fn value(features: &Features, name: &str) -> i32 {
    FEATURES.iter().position(|n| *n == name).map_or(0, |i| features[i])
}

/// The same features as if both articles were dated two days apart and mentioned no day.
pub fn timeless(mut features: Features) -> Features {
    const NONE: [usize; 7] = [
        at("close"),
        at("gap_far"),
        at("day_shared"),
        at("day_clash"),
        at("lead_day"),
        at("lead_days_apart"),
        at("undated"),
    ];
    NONE.iter().for_each(|feature| features[*feature] = 0);
    features[const { at("days") }] = 200;
    features
}

/// Where a feature stands among the others.
const fn at(name: &str) -> usize {
    let mut place = 0;
    while place < FEATURES.len() {
        if same(FEATURES[place].as_bytes(), name.as_bytes()) {
            return place;
        }
        place += 1;
    }
    panic!("no feature has this name")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    a.len() == b.len() && i == a.len()
}

/// Whether two articles of one outlet bear one rubric for a title ("Morning briefing", "Briefing, 4 May", "Radio news,
/// Monday" and "TV news, Friday"), which says nothing of events.
fn same_heading(a: &Doc, b: &Doc, title: i32) -> bool {
    one_outlet(a.outlet, b.outlet) && (title >= RUBRIC || a.is_headed_as(b) || two_issues(a, b))
}

/// Whether titles that bear two dates have half of the shorter's other words in common: issues of one series.
fn two_issues(a: &Doc, b: &Doc) -> bool {
    let dates = a.core.title_day.zip(b.core.title_day);
    let shared = a.heading.iter().filter(|w| b.heading.binary_search(w).is_ok()).count();
    dates.is_some_and(|(x, y)| x != y) && shared > 0 && 2 * shared >= a.heading.len().min(b.heading.len())
}

/// How far the same day, or nearly, speaks for one event: reports of it come on the day and the next.
fn closeness(days: i32) -> i32 {
    match days {
        0 => 1000,
        1 => 800,
        2 => 400,
        _ => 0,
    }
}

/// Share of the lighter article's heaviest terms, by weight, that the other's heaviest hold too.
fn top_shared(a: &Doc, b: &Doc) -> i32 {
    let weight = |d: &Doc| d.top.iter().map(|t| u64::from(t.1)).sum::<u64>();
    let shared: u64 =
        a.top.iter().filter_map(|(t, w)| b.top.iter().find(|(u, _)| u == t).map(|(_, v)| u64::from(*w.min(v)))).sum();
    (1000 * shared / weight(a).min(weight(b)).max(1)).min(1000) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logistic_is_symmetric_and_rises() {
        assert_eq!(sigmoid(0), 500_000);
        assert_eq!(sigmoid(2_000) + sigmoid(-2_000), 1_000_000);
        assert!((-9_000..9_000).step_by(100).all(|x| sigmoid(x) <= sigmoid(x + 100)));
    }

    #[test]
    fn evidence_gives_the_probability_that_the_features_give() {
        let mut features = [0; FEATURES.len()];
        let weights = Weights { logistic: [1000; FEATURES.len()], bars: Bars::default() };
        for sum in (-3999..12_000).step_by(7) {
            features[1] = sum;
            assert_eq!(probability(weights.evidence(&features)), weights.probability(&features), "{sum}");
        }
    }

    #[test]
    fn weights_survive_their_table() {
        let w = Weights::shipped();
        assert_eq!(&Weights::parse(&w.table()), w);
    }
}
