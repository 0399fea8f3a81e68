//! One file a command.

mod add;
mod brief;
mod changes;
mod check;
mod decide;
mod diff;
mod export;
mod figures;
mod group;
mod new;
mod password;
mod read;
mod search;
mod serve;
mod stories;
mod upkeep;
mod verify;
mod watch;
mod who;

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
        Command::Compare(args) => group::compare(&args.lines.file, args.decisions.as_deref()),
        Command::Brief(args) => brief::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Add(args) => add::run(&args),
        Command::Stories(args) => stories::list(&args),
        Command::Story(args) => stories::one(&args),
        Command::Who(args) => who::run(&args),
        Command::Figures(args) => figures::run(&args),
        Command::Search(args) => search::run(&args),
        Command::New(args) => new::run(&args),
        Command::Merge(args) => decide::merge(&args),
        Command::Split(args) => decide::split(&args),
        Command::Apart(args) => decide::apart(&args),
        Command::SamePerson(args) => decide::same_person(&args),
        Command::OtherPerson(args) => decide::other_person(&args),
        Command::Rename(args) => decide::rename(&args),
        Command::Pin(args) => decide::pin(&args, true),
        Command::Unpin(args) => decide::pin(&args, false),
        Command::Undo(args) => decide::undo(&args),
        Command::Decisions(args) => decide::list(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Failures(args) => upkeep::failures(&args),
        Command::Rebuild(args) => upkeep::rebuild(&args),
        Command::Changes(args) => changes::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Password(args) => password::run(&args),
    }
}
