//! From the corpus and annotated texts to the tagger's model.

use crate::crf::{Example, Settings, learn};
use crate::gold::{self, Gold};
use crate::maths::Chance;
use crate::score::{Score, score};
use crate::vary::{Pool, parted, recased, renamed};
use crate::{corpus, evidence, examples};
use anyhow::{Context, Result};
use dateline_lexicon::Lexicon;
use dateline_reading::names::learning::{Clusters, Model, Table};
use rayon::prelude::*;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Where the texts lie.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The corpus.
    pub corpus: PathBuf,
    /// Annotated texts of others (JSON Lines), which the rules' weights are fitted on too.
    pub others: Vec<PathBuf>,
    /// Texts of the web annotated by others (JSON Lines), for the tagger alone.
    pub web: Vec<PathBuf>,
}

/// What is left out in turn when models are judged by texts that they were not learnt from.
#[derive(Debug, Clone)]
pub enum Left {
    /// Articles of the corpus.
    Corpus,
    /// Texts of one file among the others and those of the web.
    Of(PathBuf),
}

/// Parts into which others' texts are cut: the rules that look at one were fitted without it.
const PARTS: usize = 4;

/// What others' texts weigh beside the corpus: they are no news, and their guidelines differ from ours.
const OTHERS_WEIGH: f32 = 0.3;

/// What texts of the web weigh.
const WEB_WEIGHS: f32 = 0.6;

/// All that is learnt from, ready.
pub struct Material {
    lexicon: Lexicon,
    pool: Pool,
    /// Articles of the corpus: without, and with those of the tenth left for the test.
    pub corpus: Vec<Gold>,
    others: Vec<Gold>,
    /// For each file among the others, in order: where it lies, and how many texts came before its own.
    files: Vec<(PathBuf, usize)>,
    /// How many of the others' texts the rules' weights are fitted on: the first ones.
    weighed: usize,
    /// Weights of evidence fitted without each part of the others' texts; those of the web were never among them.
    without: Vec<Table>,
    shipped: &'static Table,
}

impl Material {
    /// Reads all texts.
    ///
    /// # Errors
    /// Where a file is missing or malformed.
    pub fn read(sources: &Sources) -> Result<Material> {
        let lexicon = Lexicon::shipped();
        let corpus = corpus::read(&sources.corpus)?.iter().map(gold::of_corpus).collect();
        let (mut others, mut files): (Vec<Gold>, _) = (Vec::new(), Vec::new());
        let mut add = |path: &PathBuf, weight: f32| -> Result<usize> {
            files.push((path.clone(), others.len()));
            others.extend(gold::read(path, &lexicon, false)?.into_iter().map(|g| Gold { weight, ..g }));
            Ok(others.len())
        };
        let mut weighed = 0;
        for path in &sources.others {
            weighed = add(path, OTHERS_WEIGH)?;
        }
        for path in &sources.web {
            add(path, WEB_WEIGHS)?;
        }
        let all = evidence::all(&others[..weighed], &lexicon);
        let without = (0..PARTS)
            .into_par_iter()
            .map(|part| {
                let rest: Vec<&evidence::Example> =
                    all.iter().enumerate().filter(|(i, _)| i % PARTS != part).flat_map(|(_, e)| e).collect();
                Table::parse(&evidence::table(&rest))
            })
            .collect();
        let pool = Pool::of(&lexicon);
        Ok(Material { pool, lexicon, corpus, others, files, weighed, without, shipped: Table::shipped() })
    }

    /// The lexicon that all of it was read with.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Examples of a text and of its copies with other names, cases and marks.
    fn examples(&self, gold: &Gold, table: &Table, number: u32) -> Vec<Example> {
        let mut chance = Chance::new(u64::from(number));
        let clusters = Clusters::shipped();
        let mut copies = vec![gold.clone()];
        for _ in 0..2 {
            copies.push(renamed(gold, &self.lexicon, &self.pool, &mut chance));
        }
        let again = renamed(gold, &self.lexicon, &self.pool, &mut chance);
        match number % 4 {
            0 => copies.push(recased(&again, true)),
            1 => copies.push(recased(&again, false)),
            _ => copies.push(parted(&again)),
        }
        copies.iter().flat_map(|g| examples::of(g, number, &self.lexicon, table, clusters)).collect()
    }

    /// Examples of the others' texts, text by text.
    fn of_others(&self) -> Vec<Vec<Example>> {
        self.others
            .par_iter()
            .enumerate()
            .map(|(i, g)| {
                let table = if i < self.weighed { &self.without[i % PARTS] } else { self.shipped };
                self.examples(g, table, (self.corpus.len() + i) as u32)
            })
            .collect()
    }

    fn of_corpus(&self, wanted: impl Fn(usize, &Gold) -> bool + Sync) -> Vec<Example> {
        let all: Vec<Vec<Example>> = self
            .corpus
            .par_iter()
            .enumerate()
            .filter(|(i, g)| wanted(*i, g))
            .map(|(i, g)| self.examples(g, self.shipped, i as u32))
            .collect();
        all.into_iter().flatten().collect()
    }

    /// The model's file.
    pub fn model(&self, settings: Settings) -> Vec<u8> {
        let mut all: Vec<Example> = self.of_others().into_iter().flatten().collect();
        all.extend(self.of_corpus(|_, g| !g.is_test()));
        learn(&all, settings)
    }

    /// What models learnt without a fold find in that fold, all folds together.
    ///
    /// # Errors
    /// Where the file to leave out is not among the others.
    pub fn cross_validate(&self, folds: usize, left: &Left, settings: Settings) -> Result<Score> {
        let others = self.of_others();
        let within = match left {
            Left::Corpus => 0..0,
            Left::Of(path) => self.texts_of(path)?,
        };
        let score_of = |fold: usize| {
            let is_left = |i: usize| within.contains(&i) && i % folds == fold;
            let by_corpus = within.is_empty();
            let kept = others.iter().enumerate().filter(|(i, _)| !is_left(*i));
            let mut all: Vec<Example> = kept.flat_map(|(_, e)| e).cloned().collect();
            all.extend(self.of_corpus(|i, g| !(g.is_test() || by_corpus && i % folds == fold)));
            let bytes = learn(&all, settings);
            let tried: Vec<Gold> = match by_corpus {
                true => self.corpus.iter().skip(fold).step_by(folds).filter(|g| !g.is_test()).cloned().collect(),
                false => within.clone().filter(|i| is_left(*i)).map(|i| self.others[i].clone()).collect(),
            };
            score(&tried, &self.lexicon, Model::new(&bytes).as_ref())
        };
        let scores: Vec<Score> = (0..folds).into_par_iter().map(score_of).collect();
        Ok(scores.into_iter().fold(Score::default(), Score::plus))
    }

    /// The numbers of a file's texts among the others.
    fn texts_of(&self, path: &Path) -> Result<Range<usize>> {
        let file = self.files.iter().position(|(p, _)| p == path);
        let file = file.with_context(|| format!("{} is not among what is learnt from", path.display()))?;
        let end = self.files.get(file + 1).map_or(self.others.len(), |(_, start)| *start);
        Ok(self.files[file].1..end)
    }
}

/// Reads gold to score against: JSON Lines, or a folder of corpus articles.
///
/// # Errors
/// Where it cannot be read.
pub fn gold_at(path: &Path, lexicon: &Lexicon) -> Result<Vec<Gold>> {
    if path.is_dir() {
        return Ok(corpus::read(path)?.iter().map(gold::of_corpus).collect());
    }
    gold::read(path, lexicon, true)
}
