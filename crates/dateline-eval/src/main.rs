//! Scores each stage against gold data, and makes the numbers that ship from data that may be learnt from; not shipped.

mod agreement;
mod authors;
mod figures;
mod fit;
mod idf;
mod input;
mod stories;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(about = "Scores and fits; for developers")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Counts in how many texts each term stands and prints the table `dateline-story/data/idf.tsv`.
    Idf {
        /// Texts, a sentence a line (.txt.gz), and JSON Lines with `text` and `licence`.
        files: Vec<PathBuf>,
    },
    /// Turns word frequencies into the table `dateline-story/data/frequencies.tsv`.
    Frequencies {
        /// Lines of language, word and share, with tabs between.
        files: Vec<PathBuf>,
    },
    /// Fits the linker's weights on gold stories and prints the table `dateline-story/data/linker.tsv`.
    FitLinker {
        /// JSON Lines with `id`, `text`, `cluster` and perhaps `title`, `date`.
        gold: Vec<PathBuf>,
        /// Penalty on large weights.
        #[arg(long, default_value_t = 3.0)]
        ridge: f64,
    },
    /// Lines up figures and utterances of articles known to report one event, and prints them, a line an event.
    Agreement {
        /// JSON Lines with `id`, `text`, `event` and perhaps `title`, `date`.
        gold: Vec<PathBuf>,
    },
    /// Lines up pairs of figures labelled by hand and prints how often *differ* is right.
    Figures {
        /// JSON Lines with `a`, `b`, `fig_a`, `fig_b`, `date`, `label`.
        gold: Vec<PathBuf>,
    },
    /// Counts bylines that are right, and those given where a page names nobody.
    Authors {
        /// Folders with `ground-truth.json` (page → `author`, `url`) and `html/PAGE.html.gz`.
        folders: Vec<PathBuf>,
    },
    /// Scores the shipped linker on gold stories (BCubed).
    Stories {
        /// JSON Lines as for `fit-linker`.
        gold: Vec<PathBuf>,
    },
    /// Prints what each candidate pair of some articles shares, and whether the two are of one event.
    Pairs {
        /// JSON Lines as for `fit-linker`.
        gold: Vec<PathBuf>,
    },
    /// Links articles and prints what was found of each, and how long it took.
    Link {
        /// JSON Lines with `id` and `text`, and perhaps `title`, `date`, `outlet`, `language`.
        articles: Vec<PathBuf>,
        /// A table as `fit-linker` prints it, in place of the shipped one.
        #[arg(long)]
        weights: Option<PathBuf>,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    let run: fn(&[PathBuf]) -> anyhow::Result<()>;
    let files = match Args::parse().command {
        Command::Idf { files } => {
            run = idf::run;
            files
        }
        Command::Frequencies { files } => {
            run = idf::frequencies;
            files
        }
        Command::FitLinker { gold, ridge } => {
            if let Some(gold) = input::present(gold) {
                fit::run(&gold, ridge)?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        Command::Agreement { gold } => {
            run = agreement::run;
            gold
        }
        Command::Authors { folders } => {
            run = authors::run;
            folders
        }
        Command::Figures { gold } => {
            run = figures::run;
            gold
        }
        Command::Link { articles, weights } => {
            if let Some(articles) = input::present(articles) {
                stories::link(&articles, weights.as_deref())?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        Command::Pairs { gold } => {
            run = fit::pairs;
            gold
        }
        Command::Stories { gold } => {
            run = stories::run;
            gold
        }
    };
    if let Some(files) = input::present(files) {
        run(&files)?;
    }
    Ok(ExitCode::SUCCESS)
}
