//! One file a command.

mod brief;
mod group;
mod read;

use crate::args::{Args, Command};
use anyhow::Result;
use std::process::ExitCode;

/// All done.
const DONE: ExitCode = ExitCode::SUCCESS;

/// Some inputs failed.
fn some_failed() -> ExitCode {
    ExitCode::from(1)
}

/// Runs what was asked for.
///
/// # Errors
/// Where the command could not be carried out at all; single inputs that fail are told of, and change the exit code.
pub fn run(args: Args) -> Result<ExitCode> {
    match args.command {
        Command::Read(args) => read::run(&args),
        Command::Group(args) => group::group(&args.file),
        Command::Compare(args) => group::compare(&args.file),
        Command::Brief(args) => brief::run(&args),
        _ => anyhow::bail!("not yet"),
    }
}
