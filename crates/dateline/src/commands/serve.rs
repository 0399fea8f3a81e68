//! `dateline serve`: the library in a browser.

use super::DONE;
use crate::args::ServeArgs;
use crate::library;
use crate::output;
use anyhow::{Context, Result};
use dateline_store::{Library, Mode};
use dateline_web::Listening;
use std::net::SocketAddr;
use std::process::ExitCode;

/// Runs until it is stopped.
pub fn run(args: &ServeArgs) -> Result<ExitCode> {
    let shelf = Library::open(&library::folder(&args.library)?, Mode::Read)?;
    let listening = Listening { at: (args.bind, args.port).into(), names: args.name.clone() };
    dateline_web::serve(shelf, listening, library::now, |address| {
        // who closed our output can still be served
        let _ = output::line(&format!("http://{address}/  (stop with Ctrl-C)"));
    })
    .with_context(|| format!("cannot serve on {}", SocketAddr::from((args.bind, args.port))))?;
    Ok(DONE)
}
