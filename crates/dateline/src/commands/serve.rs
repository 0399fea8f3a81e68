//! `dateline serve`: the library in a browser, on this machine only.

use super::DONE;
use crate::args::ServeArgs;
use crate::library;
use crate::output;
use anyhow::{Context, Result};
use std::process::ExitCode;

/// Runs until it is stopped.
pub fn run(args: &ServeArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    dateline_web::serve(shelf, args.port, library::now, |address| {
        // who closed our output can still be served
        let _ = output::line(&format!("http://{address}/  (stop with Ctrl-C)"));
    })
    .with_context(|| format!("cannot serve on port {}", args.port))?;
    Ok(DONE)
}
