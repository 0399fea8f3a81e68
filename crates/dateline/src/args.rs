//! What can be typed.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Turns saved news pages into sourced stories.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read captures without a library: main text, names, times, figures, who said what.
    Read(ReadArgs),
    /// Link articles without a library: stories, storylines, origins.
    Group {
        /// JSON Lines: {"id", "title", "text", "published", "outlet", "url", "language"}; `-` for standard input.
        file: PathBuf,
    },
    /// Line up figures and quotations, story by story, without a library.
    Compare {
        /// JSON Lines, as for `group`.
        file: PathBuf,
    },
}

/// `dateline read`
#[derive(Debug, clap::Args)]
pub struct ReadArgs {
    /// Print one JSON object a capture.
    #[arg(long)]
    pub json: bool,
    /// The input is JSON Lines: {"id", and one of "html", "capture", "text"}.
    #[arg(long)]
    pub jsonl: bool,
    /// .html, .txt, .xml (feed), .warc[.gz], a folder, or `-`.
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
}
