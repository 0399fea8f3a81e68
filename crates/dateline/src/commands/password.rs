//! `dateline password`: what `serve` asks for before it shows anything.

use super::DONE;
use crate::args::PasswordArgs;
use crate::library;
use crate::output;
use anyhow::{Context, Result, bail};
use dateline_store::{Library, Mode};
use std::io::IsTerminal;
use std::process::ExitCode;

/// Sets or forgets it.
pub fn run(args: &PasswordArgs) -> Result<ExitCode> {
    let folder = library::folder(&args.library)?;
    // a folder that is no library is told as such
    let library = Library::open(&folder, Mode::Read)?;
    if args.remove {
        let was = dateline_web::password::remove(library.dir())?;
        output::say(if was { "the library has no password now" } else { "the library had no password" });
        return Ok(DONE);
    }
    dateline_web::password::set(library.dir(), &read()?).context("the password was not set")?;
    output::say("the library has a password now; a running `serve` asks for it once started again");
    Ok(DONE)
}

/// The password: typed twice without being shown, or the first line of standard input.
fn read() -> Result<String> {
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let term = console::Term::stderr();
    term.write_str("Password: ")?;
    let first = term.read_secure_line()?;
    term.write_str("Again: ")?;
    if term.read_secure_line()? != first {
        bail!("the two differ; the password was not set");
    }
    Ok(first)
}
