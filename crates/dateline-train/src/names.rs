//! From the corpus and annotated texts to the tagger's model.

use crate::crf::{Example, Settings, learn};
use crate::gold::{self, Gold};
use crate::maths::Chance;
use crate::score::{Score, score};
use crate::vary::{Pool, parted, recased, renamed};
use crate::{corpus, evidence, examples};
use anyhow::Result;
use dateline_lexicon::Lexicon;
use dateline_reading::names::learning::{Clusters, Model, Table};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Where the texts lie.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The corpus.
    pub corpus: PathBuf,
    /// Annotated texts of others (JSON Lines).
    pub others: Vec<PathBuf>,
}

/// Parts into which others' texts are cut: the rules that look at one were fitted without it.
const PARTS: usize = 4;

/// What others' texts weigh beside the corpus: they are no news, and their guidelines differ from ours.
const OTHERS_WEIGH: f32 = 0.3;

/// All that is learnt from, ready.
pub struct Material {
    lexicon: Lexicon,
    pool: Pool,
    /// Articles of the corpus: without, and with those of the tenth left for the test.
    pub corpus: Vec<Gold>,
    others: Vec<Gold>,
    /// Weights of evidence fitted without each part.
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
        let mut others = Vec::new();
        for path in &sources.others {
            others.extend(gold::read(path, &lexicon, false)?);
        }
        others.iter_mut().for_each(|g: &mut Gold| g.weight = OTHERS_WEIGH);
        let all = evidence::all(&others, &lexicon);
        let without = (0..PARTS)
            .into_par_iter()
            .map(|part| {
                let rest: Vec<&evidence::Example> =
                    all.iter().enumerate().filter(|(i, _)| i % PARTS != part).flat_map(|(_, e)| e).collect();
                Table::parse(&evidence::table(&rest))
            })
            .collect();
        let pool = Pool::of(&lexicon);
        Ok(Material { pool, lexicon, corpus, others, without, shipped: Table::shipped() })
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

    /// Examples of the others' texts.
    fn of_others(&self) -> Vec<Example> {
        let all: Vec<Vec<Example>> = self
            .others
            .par_iter()
            .enumerate()
            .map(|(i, g)| self.examples(g, &self.without[i % PARTS], (self.corpus.len() + i) as u32))
            .collect();
        all.into_iter().flatten().collect()
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
        let mut all = self.of_others();
        all.extend(self.of_corpus(|_, g| !g.is_test()));
        learn(&all, settings)
    }

    /// What models learnt without a fold of the corpus find in that fold, all folds together.
    pub fn cross_validate(&self, folds: usize, settings: Settings) -> Score {
        let others = self.of_others();
        let scores: Vec<Score> = (0..folds)
            .into_par_iter()
            .map(|fold| {
                let mut all = others.clone();
                all.extend(self.of_corpus(|i, g| i % folds != fold && !g.is_test()));
                let bytes = learn(&all, settings);
                let left: Vec<Gold> = self
                    .corpus
                    .iter()
                    .enumerate()
                    .filter(|(i, g)| i % folds == fold && !g.is_test())
                    .map(|(_, g)| g.clone())
                    .collect();
                score(&left, &self.lexicon, Model::new(&bytes).as_ref())
            })
            .collect();
        scores.into_iter().fold(Score::default(), Score::plus)
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
