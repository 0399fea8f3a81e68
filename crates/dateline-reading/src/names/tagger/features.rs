//! The features of each word that may be part of a name, as hashes: what the weights were learnt for.

use super::super::tokens::{Shape, Tokens};
use super::elsewhere::SIGHTS;
use super::facts::Fact;
use super::hash::{finish, mix};
use std::ops::Range;

/// Words that may be part of names, in stretches between words that cannot, with their features.
#[derive(Debug, Default)]
pub(in crate::names) struct Features {
    /// The words of each stretch.
    pub stretches: Vec<Range<usize>>,
    /// Features of the words of all stretches in order.
    pub of_words: Vec<Range<usize>>,
    /// All features.
    pub all: Vec<u32>,
}

impl Features {
    /// Stretches and features of the sentences for which `wanted` holds.
    pub(super) fn of(t: &Tokens, facts: &[Fact], wanted: impl Fn(usize) -> bool) -> Features {
        let mut out = Features::default();
        for (s, sentence) in t.sentences.iter().enumerate().filter(|(s, _)| wanted(*s)) {
            let view = View { t, facts, sentence: sentence.clone(), number: s };
            let (mut quotes, mut at) = (0, sentence.start);
            for stretch in view.stretches() {
                quotes = (at..stretch.start).fold(quotes, |open, w| quoted(t.text(w), open));
                at = stretch.start;
                for i in stretch.clone() {
                    let from = out.all.len();
                    view.word(i, quotes, &mut out.all);
                    out.of_words.push(from..out.all.len());
                }
                out.stretches.push(stretch);
            }
        }
        out
    }
}

/// Whether quotation marks stand open after a word, if they stood so before it.
fn quoted(word: &str, open: u32) -> u32 {
    match word {
        "“" | "‘" | "«" | "„" => 1,
        "”" | "’" | "»" => 0,
        "\"" => 1 - open,
        _ => open,
    }
}

/// One sentence.
struct View<'v, 'd> {
    t: &'v Tokens<'d>,
    facts: &'v [Fact],
    sentence: Range<usize>,
    number: usize,
}

/// A run of words with capitals.
#[derive(Clone, Copy)]
struct Run {
    first: usize,
    last: usize,
}

const NOTHING: Fact = Fact {
    word: 1,
    shape: 0,
    ends: [0; 4],
    classes: [0; 2],
    person: 0,
    place: 0,
    common: 0,
    list: 0,
    rule: 0,
    rule_detail: 0,
    sights: 0,
    inside: 0,
    mostly: 0,
};

impl View<'_, '_> {
    /// The fact at `i + offset`, that of the edge outside of the sentence.
    fn at(&self, i: usize, offset: isize) -> &Fact {
        let place = i.checked_add_signed(offset).filter(|p| self.sentence.contains(p));
        place.map_or(&NOTHING, |p| &self.facts[p])
    }

    /// Words written as names are, and small words, marks and numbers that may stand inside a name or beside its words.
    fn stretches(&self) -> Vec<Range<usize>> {
        let t = self.t;
        let mut out: Vec<Range<usize>> = Vec::new();
        let mut push = |i: usize| match out.last_mut() {
            Some(last) if last.end == i => last.end = i + 1,
            _ => out.push(i..i + 1),
        };
        if t.is_caseless(self.sentence.start) {
            self.sentence.clone().for_each(&mut push);
            return out;
        }
        let name = |i: usize| self.sentence.contains(&i) && t.is_name(i);
        let mut before = None;
        for i in self.sentence.clone() {
            if t.is_name(i) {
                before = Some(i);
                push(i);
                continue;
            }
            let near = before.is_some_and(|b| i - b <= 3);
            let after = name(i + 1) || name(i + 2) || name(i + 3);
            let number = t.shape(i) == Shape::Number && (before.is_some_and(|b| i - b == 1) || name(i + 1));
            if near && after || number || self.facts[i].rule != 0 {
                push(i);
            }
        }
        out
    }

    fn run(&self, i: usize) -> Option<Run> {
        let t = self.t;
        if !t.is_name(i) {
            return None;
        }
        let (mut first, mut last) = (i, i);
        while first > self.sentence.start && i - first < 8 && t.is_name(first - 1) && t.adjacent(first - 1) {
            first -= 1;
        }
        while last + 1 < self.sentence.end && last - i < 8 && t.is_name(last + 1) && t.adjacent(last) {
            last += 1;
        }
        Some(Run { first, last })
    }

    fn word(&self, i: usize, quotes: u32, out: &mut Vec<u32>) {
        let mut to = Writer { out, template: 0 };
        let around = [-2, -1, 0, 1, 2].map(|offset| self.at(i, offset));
        to.add(&[]);
        written(&around, &mut to);
        known(&around, &mut to);
        self.article(i, quotes, &mut to);
        self.run_of(i, &mut to);
    }

    fn article(&self, i: usize, quotes: u32, to: &mut Writer) {
        let fact = &self.facts[i];
        let initial = u32::from(i == self.sentence.start);
        to.start(120);
        for bit in 0..SIGHTS {
            to.add_if(fact.sights & (1 << bit), &[]);
        }
        to.start(140);
        to.add(&[fact.inside, initial]);
        to.add(&[fact.mostly]);
        to.add(&[fact.mostly, fact.rule]);
        to.add(&[fact.sights]);
        to.add(&[initial, fact.common, fact.shape]);
        to.add(&[initial, fact.inside, fact.common]);
        to.add(&[quotes, fact.shape]);
        to.add(&[u32::from(self.number.min(3) as u8), fact.shape]);
        to.add(&[self.at(i, -1).mostly, self.at(i, 1).mostly]);
        self.line(i, to);
    }

    /// How long the sentence is, and where in it the word stands: letters are signed in lines of their own.
    fn line(&self, i: usize, to: &mut Writer) {
        to.start(200);
        let fact = &self.facts[i];
        let length = match self.sentence.len() {
            n @ 1..=3 => n as u32,
            4..=6 => 4,
            _ => 5,
        };
        let place = 2 * u32::from(i == self.sentence.start) + u32::from(self.t.ends_line(i));
        to.add(&[length, place]);
        to.add(&[length, place, fact.person]);
        to.add(&[length, place, fact.place]);
        to.add(&[length, place, fact.shape]);
    }

    fn run_of(&self, i: usize, to: &mut Writer) {
        to.start(160);
        let Some(run) = self.run(i) else { return };
        let (first, last) = (&self.facts[run.first], &self.facts[run.last]);
        let length = (run.last - run.first).min(4) as u32;
        let place = (i - run.first).min(3) as u32 * 4 + (run.last - i).min(3) as u32;
        let out = |from: usize, offset: isize| self.at(from, offset).word;
        to.add(&[place]);
        to.add(&[last.word, place.min(1)]);
        to.add(&[last.word]);
        to.add(&[last.ends[2], u32::from(i == run.last)]);
        to.add(&[last.list, place]);
        to.add(&[first.word, u32::from(i == run.first)]);
        to.add(&[first.list, first.person, last.person, place]);
        to.add(&[out(run.first, -1), length]);
        to.add(&[out(run.last, 1), length]);
        to.add(&[out(run.first, -1)]);
        to.add(&[out(run.last, 1)]);
        to.add(&[out(run.first, -2)]);
        to.add(&[out(run.last, 2)]);
        to.add(&[out(run.first, -1), out(run.last, 1)]);
        to.add(&[out(run.last, 1), out(run.last, 2)]);
        to.add(&[self.at(run.first, -1).classes[0], self.at(run.last, 1).classes[0], length]);
        to.add(&[self.at(run.first, -1).list, length]);
        to.add(&[first.mostly, last.mostly]);
    }
}

/// Words, shapes, endings, classes.
fn written(around: &[&Fact; 5], to: &mut Writer) {
    let [b2, b, w, a, a2] = around;
    for fact in around {
        to.add(&[fact.word]);
        to.add(&[fact.classes[1]]);
        to.add(&[fact.classes[0]]);
    }
    to.add(&[b.word, w.word]);
    to.add(&[w.word, a.word]);
    to.add(&[b.word, a.word]);
    to.add(&[b2.word, b.word]);
    to.add(&[a.word, a2.word]);
    to.add(&[b.shape]);
    to.add(&[w.shape]);
    to.add(&[a.shape]);
    to.add(&[b.shape, w.shape, a.shape]);
    to.add(&[w.word, w.shape]);
    for end in w.ends {
        to.add_if(end, &[end]);
    }
    to.add(&[b.ends[2], w.shape]);
    to.add(&[a.ends[2], w.shape]);
    to.add(&[b.classes[0], w.classes[0]]);
    to.add(&[w.classes[0], a.classes[0]]);
    to.add(&[b.classes[0], w.shape, a.classes[0]]);
}

/// Lists and rules.
fn known(around: &[&Fact; 5], to: &mut Writer) {
    let [b2, b, w, a, _] = around;
    to.start(60);
    for fact in [b, w, a] {
        to.add(&[fact.person]);
        to.add(&[fact.place]);
        to.add(&[fact.list]);
        to.add(&[fact.common]);
        to.add(&[fact.rule]);
        to.add(&[fact.rule, fact.rule_detail]);
    }
    to.add(&[b2.list]);
    to.add(&[w.person, a.person]);
    to.add(&[b.person, w.person]);
    to.add(&[w.place, w.shape]);
    to.add(&[w.place, w.rule]);
    to.add(&[w.place, w.person, w.common]);
    to.add(&[w.common, w.shape, b.common]);
    to.add(&[w.rule, w.shape]);
    to.add(&[w.rule, b.word]);
    to.add(&[w.rule, a.word]);
    to.add(&[w.rule, w.word]);
    to.add(&[b.rule, w.rule, a.rule]);
    to.add(&[w.rule, w.list]);
    to.add(&[b.list, w.rule]);
}

/// Writes features, each with the number of its template.
struct Writer<'o> {
    out: &'o mut Vec<u32>,
    template: u32,
}

impl Writer<'_> {
    /// Goes on with a template's number, so that templates added elsewhere do not change this one's hashes.
    fn start(&mut self, template: u32) {
        self.template = template;
    }

    fn add(&mut self, values: &[u32]) {
        self.add_if(1, values);
    }

    /// Writes the feature unless `present` is 0; the template's number counts on in either case.
    fn add_if(&mut self, present: u32, values: &[u32]) {
        self.template += 1;
        if present != 0 {
            self.out.push(finish(values.iter().fold(mix(0x5eed, self.template), |h, v| mix(h, *v))));
        }
    }
}
