//! One file a command.

mod group;
mod read;

use crate::args::{Args, Command};
use anyhow::Result;
use std::process::ExitCode;

/// Runs what was asked for.
pub fn run(args: Args) -> Result<ExitCode> {
    match args.command {
        Command::Read(args) => read::run(&args),
        Command::Group { file } => group::group(&file),
        Command::Compare { file } => group::compare(&file),
    }
}
