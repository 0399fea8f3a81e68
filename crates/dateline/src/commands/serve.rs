//! `dateline serve`: the library in a browser.

use super::DONE;
use crate::adding::{Adding, Told};
use crate::args::ServeArgs;
use crate::commands::read;
use crate::library;
use crate::output;
use crate::progress::Progress;
use crate::stream::Input;
use anyhow::{Context, Result};
use dateline_article::NotAnArticle;
use dateline_capture::{Capture, Limits, Payload, jsonl, read_file};
use dateline_store::{ErrorKind, Library, Mode, Outcome};
use dateline_web::{Became, Came, Hands, Listening, Upload};
use std::io::BufReader;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

/// Runs until it is stopped.
pub fn run(args: &ServeArgs) -> Result<ExitCode> {
    let shelf = opened(&library::folder(&args.library)?)?;
    let listening = Listening { at: (args.bind, args.port).into(), names: args.name.clone() };
    let hands = Hands { clock: library::now, add };
    dateline_web::serve(shelf, listening, hands, |address| {
        // who closed our output can still be served
        let _ = output::line(&format!("http://{address}/  (stop with Ctrl-C)"));
    })
    .with_context(|| format!("cannot serve on {}", SocketAddr::from((args.bind, args.port))))?;
    Ok(DONE)
}

/// The library to serve. Where there is none an empty one is started, since its pages say how to fill it; one whose index
/// an older version made is brought up to this one's.
fn opened(dir: &Path) -> Result<Library> {
    let why = match Library::open(dir, Mode::Read) {
        Ok(library) => return Ok(library),
        Err(why) => why,
    };
    let missing = matches!(why.kind(), ErrorKind::NotALibrary);
    let made = match why.kind() {
        ErrorKind::NotALibrary => Library::create(dir),
        ErrorKind::Older { .. } => Library::open(dir, Mode::Write),
        _ => return Err(why.into()),
    };
    match made {
        Ok(written) => drop(written),
        // another program is about to do the same
        Err(busy) if matches!(busy.kind(), ErrorKind::Busy(_)) => return Err(why.into()),
        Err(e) => return Err(e.into()),
    }
    if missing {
        output::say(&format!(
            "No library was in {}, so an empty one was started there; put pages into it in the browser, or with \
             `dateline add PATH… --library DIR`",
            dir.display()
        ));
    }
    Ok(Library::open(dir, Mode::Read)?)
}

/// Adds files that a browser sent, as `dateline add` does; `address` is of a file that is one page and does not say its
/// own. In words why not, where it could not be done.
fn add(
    dir: &Path,
    uploads: Vec<Upload>,
    address: Option<&str>,
    came: &mut dyn FnMut(Came),
) -> std::result::Result<(), String> {
    let mut tell = |told: Told| came(heard(told));
    let all = || -> Result<()> {
        let mut adding = Adding::start(dir, Progress::quiet("adding"), &mut tell)?;
        for upload in uploads {
            let name = upload.name.clone();
            adding.take(addressed(captures(upload), address), &name)?;
        }
        adding.end().map(drop)
    };
    all().map_err(|e| format!("{e:#}"))
}

fn captures(upload: Upload) -> Box<dyn Iterator<Item = Input>> {
    let Upload { name, file } = upload;
    let lower = name.to_ascii_lowercase();
    let plain = lower.strip_suffix(".gz").unwrap_or(&lower);
    if !plain.ends_with(".jsonl") && !plain.ends_with(".ndjson") {
        return Box::new(read_file(file, &name, &Limits::default()));
    }
    match jsonl::named(Box::new(BufReader::with_capacity(64 << 10, file)), &name) {
        Ok(lines) => Box::new(lines),
        Err(e) => Box::new(std::iter::once(Err(e))),
    }
}

/// One page without an address gets the one given. Of many none does: they would be taken for captures of one page.
fn addressed(mut captures: impl Iterator<Item = Input>, address: Option<&str>) -> impl Iterator<Item = Input> {
    let (mut first, second) = (captures.next(), captures.next());
    if let (Some(Ok(Capture { source, payload: Payload::Html | Payload::Text, .. })), None) = (&mut first, &second)
        && source.url.is_none()
    {
        source.url = address.map(str::to_owned);
    }
    first.into_iter().chain(second).chain(captures)
}

fn heard(told: Told) -> Came {
    let page = |capture: &Capture, became| Came::Page { place: read::place(&capture.source), became };
    match told {
        Told::Says(line) => Came::Says(line),
        Told::Known(capture) => page(capture, Became::Known { id: capture.id.clone() }),
        Told::New(capture, Outcome::Article(report)) => {
            page(capture, Became::Added { id: capture.id.clone(), title: report.article.title.clone() })
        }
        Told::New(capture, Outcome::NotAnArticle(why @ NotAnArticle::Unreadable(_))) => {
            page(capture, Became::Failed { why: why.to_string() })
        }
        Told::New(capture, Outcome::NotAnArticle(why)) => page(capture, Became::NoArticle { why: why.to_string() }),
        Told::Failed(e) => {
            let why = e.reason();
            let became = if e.is_not_a_page() { Became::NoArticle { why } } else { Became::Failed { why } };
            Came::Page { place: read::place(e.input()), became }
        }
    }
}
