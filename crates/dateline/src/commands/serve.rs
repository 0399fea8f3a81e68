//! `dateline serve`: the library in a browser, on this machine only.

use super::DONE;
use crate::args::ServeArgs;
use crate::library;
use crate::output;
use anyhow::{Context, Result};
use dateline_store::{Library, Mode};
use std::process::ExitCode;

/// Runs until it is stopped.
pub fn run(args: &ServeArgs) -> Result<ExitCode> {
    let shelf = Library::open(&library::folder(&args.library)?, Mode::Read)?;
    dateline_web::serve(shelf, args.port, library::now, |address| {
        // who closed our output can still be served
        let _ = output::line(&format!("http://{address}/  (stop with Ctrl-C)"));
    })
    .with_context(|| format!("cannot serve on port {}", args.port))?;
    Ok(DONE)
}
