//! `dateline-train`: checks the corpus, and makes the tables and models that the reader ships.

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use dateline_lexicon::Lexicon;
use dateline_reading::names::learning::Model;
use dateline_train::corpus::{self, Counts};
use dateline_train::crf::Settings;
use dateline_train::names::{Left, Material, Sources, gold_at};
use dateline_train::score::{mistakes, score};
use dateline_train::{clusters, evidence, facts, gold};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const MODEL: &str = "crates/dateline-reading/data/names/tagger.model";
const CLUSTERS: &str = "crates/dateline-reading/data/names/clusters.tsv";
const WEIGHTS: &str = "crates/dateline-reading/data/names/weights.tsv";

#[derive(Parser)]
#[command(about = "Checks the corpus and learns from it; run from the repository's root")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Checks a folder of the corpus: faults, then what is doubtful, then counts.
    Check {
        /// The folder.
        folder: PathBuf,
        /// Faults and counts only.
        #[arg(long)]
        quiet: bool,
    },
    /// Classes of words: makes `clusters.tsv`.
    Clusters {
        /// Text, a sentence a line (.txt.gz).
        #[arg(long, default_value = "../shared/bench/learn/news_text.txt.gz")]
        text: PathBuf,
        #[command(flatten)]
        done: Done,
    },
    /// Weights of evidence for names: makes `weights.tsv`.
    Evidence {
        #[command(flatten)]
        from: From,
        #[command(flatten)]
        done: Done,
    },
    /// The tagger of names: makes `tagger.model`.
    Names {
        #[command(flatten)]
        from: From,
        /// Texts of the web annotated by others (JSON Lines), for the tagger alone.
        #[arg(long, default_values = ["../shared/bench/ner/ner_uner_ewt_dev.jsonl"])]
        web: Vec<PathBuf>,
        #[command(flatten)]
        done: Done,
        /// Gold to score the new model against (JSON Lines, or a folder of the corpus).
        #[arg(long)]
        score: Vec<PathBuf>,
        /// Times through all examples.
        #[arg(long, default_value_t = Settings::default().rounds)]
        rounds: usize,
        /// Pull of weights to 0.
        #[arg(long, default_value_t = Settings::default().ridge)]
        ridge: f32,
        /// First step.
        #[arg(long, default_value_t = Settings::default().rate)]
        rate: f32,
        /// Cross-validates in as many folds instead of writing a model: over the corpus, or over the file of --leave.
        #[arg(long)]
        folds: Option<usize>,
        /// With --folds: the file whose texts are left out in turn, one of --others or --web.
        #[arg(long, requires = "folds")]
        leave: Option<PathBuf>,
    },
    /// Scores times and figures against the corpus.
    Facts {
        /// The corpus.
        #[arg(default_value = "data/corpus")]
        folder: PathBuf,
        /// Only the tenth that nothing is learnt from.
        #[arg(long)]
        test: bool,
        /// Prints each mistake.
        #[arg(long)]
        mistakes: bool,
    },
    /// Scores the shipped tagger, and the rules without it.
    Score {
        /// Gold (JSON Lines, or a folder of the corpus).
        gold: Vec<PathBuf>,
        /// Prints each mistake of the tagger.
        #[arg(long)]
        mistakes: bool,
        /// The model, if not the shipped one.
        #[arg(long, default_value = MODEL)]
        model: PathBuf,
    },
}

#[derive(clap::Args)]
struct From {
    /// The corpus.
    #[arg(long, default_value = "data/corpus")]
    corpus: PathBuf,
    /// Texts annotated by others (JSON Lines).
    #[arg(long, default_values = ["../shared/bench/ner/ner_gum_train.jsonl", "../shared/bench/ner/ner_wikigold.jsonl"])]
    others: Vec<PathBuf>,
}

#[derive(clap::Args)]
struct Done {
    /// Compares with the file in the repository instead of writing it.
    #[arg(long)]
    check: bool,
    /// Writes here instead.
    #[arg(long)]
    to: Option<PathBuf>,
}

impl Done {
    fn with(&self, shipped: &str, bytes: &[u8]) -> Result<ExitCode> {
        let path = self.to.as_deref().unwrap_or(Path::new(shipped));
        if !self.check {
            std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
            eprintln!("{}: {} bytes", path.display(), bytes.len());
            return Ok(ExitCode::SUCCESS);
        }
        let there = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let same = there == bytes;
        eprintln!("{}: {}", path.display(), if same { "the same to the byte" } else { "differs from what was made" });
        Ok(if same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn check(folder: &Path, quiet: bool) -> Result<()> {
    let mut counts = Counts::default();
    for marked in corpus::read(folder)? {
        counts.add(&marked);
        for doubt in corpus::doubts(&marked).iter().filter(|_| !quiet) {
            println!("{}/{}.txt:{doubt}", folder.display(), marked.id);
        }
    }
    println!("{counts}");
    Ok(())
}

fn main() -> Result<ExitCode> {
    match Args::parse().command {
        Command::Check { folder, quiet } => check(&folder, quiet)?,
        Command::Clusters { text, done } => {
            let sentences = gold::lines(&text)?.collect::<std::io::Result<Vec<String>>>()?;
            return done.with(CLUSTERS, clusters::table(&sentences, 48, 400).as_bytes());
        }
        Command::Evidence { from, done } => {
            let lexicon = Lexicon::shipped();
            let mut gold = Vec::new();
            for path in &from.others {
                gold.extend(gold::read(path, &lexicon, false)?);
            }
            let all = evidence::all(&gold, &lexicon);
            let all: Vec<&evidence::Example> = all.iter().flatten().collect();
            return done.with(WEIGHTS, evidence::table(&all).as_bytes());
        }
        Command::Names { from, web, done, score: against, rounds, ridge, rate, folds, leave } => {
            let material = Material::read(&Sources { corpus: from.corpus, others: from.others, web })?;
            let settings = Settings { rounds, ridge, rate, ..Settings::default() };
            if let Some(folds) = folds {
                let left = leave.map_or(Left::Corpus, Left::Of);
                println!("{}", material.cross_validate(folds.max(2), &left, settings)?);
                return Ok(ExitCode::SUCCESS);
            }
            let bytes = material.model(settings);
            let Some(model) = Model::new(&bytes) else { bail!("what was made is no model") };
            for path in against {
                let gold = gold_at(&path, material.lexicon())?;
                println!("{}: {}", path.display(), score(&gold, material.lexicon(), Some(&model)));
            }
            return done.with(MODEL, &bytes);
        }
        Command::Facts { folder, test, mistakes: told } => {
            let articles: Vec<_> = corpus::read(&folder)?.into_iter().filter(|m| !test || m.is_test()).collect();
            let found = facts::score(&articles, &Lexicon::shipped());
            found.mistakes.iter().filter(|_| told).for_each(|m| println!("{m}"));
            println!("times: {}\nfigures: {}", found.times, found.figures);
        }
        Command::Score { gold, mistakes: told, model } => {
            let lexicon = Lexicon::shipped();
            let bytes = std::fs::read(&model).with_context(|| format!("cannot read {}", model.display()))?;
            let model = Model::new(&bytes).with_context(|| format!("{} is no model", model.display()))?;
            for path in gold {
                let gold = gold_at(&path, &lexicon)?;
                if told {
                    mistakes(&gold, &lexicon, Some(&model)).iter().for_each(|m| println!("{m}"));
                }
                println!("{} rules: {}", path.display(), score(&gold, &lexicon, None));
                println!("{} tagger: {}", path.display(), score(&gold, &lexicon, Some(&model)));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
