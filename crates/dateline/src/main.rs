//! Dateline turns saved news pages into sourced stories. The way of the data is in `pipeline.rs`.

// a reader that has gone is no reason to panic: see `output`
#![deny(clippy::print_stdout)]

mod adding;
mod args;
mod commands;
mod help;
mod library;
mod output;
mod pipeline;
mod progress;
mod stream;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match commands::run(args) {
        Ok(code) => code,
        Err(e) if is_closed_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("dateline: {e:#}");
            ExitCode::from(2)
        }
    }
}

/// `dateline read … | head` closes our output; that is the reader's choice, not a failure.
fn is_closed_pipe(e: &anyhow::Error) -> bool {
    e.chain().filter_map(|c| c.downcast_ref::<std::io::Error>()).any(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}
