//! `dateline export`: what the library holds, in the forms that other programs read.

mod target;

use super::{DONE, some_failed};
use crate::args::{ExportArgs, ExportFormat, ExportWhat};
use crate::{library, output};
use anyhow::{Result, bail};
use dateline_brief::json::VERSION;
use dateline_capture::warc;
use dateline_export::{
    Annotations, AtomWriter, Column, CsvWriter, GeoJsonWriter, IcsWriter, JsonlWriter, Page, ParquetWriter, Place,
    StoryHead, TABLES, TableWriter, latest,
};
use dateline_store::{Exported, Headed, Library, Snapshot, Wanted};
use std::io::Write;
use std::process::ExitCode;
use target::Target;

/// What was written, counted, in words.
struct Written {
    counts: String,
    /// Captures that were left out because they are damaged.
    left_out: u64,
}

impl From<String> for Written {
    fn from(counts: String) -> Written {
        Written { counts, left_out: 0 }
    }
}

/// What to write, of which articles.
struct Job<'a> {
    args: &'a ExportArgs,
    what: ExportWhat,
    wanted: Wanted,
    snapshot: Snapshot<'a>,
    /// Version of the rules that made the stories.
    linked_by: String,
}

/// Runs the command.
pub fn run(args: &ExportArgs) -> Result<ExitCode> {
    let what = what(args)?;
    if args.bom && args.format != ExportFormat::Csv {
        bail!("--bom is for csv");
    }
    let target = Target::new(&args.output, args.force)?;
    if target.is_stdout() && output::is_terminal() && matches!(args.format, ExportFormat::Parquet | ExportFormat::Warc)
    {
        bail!("this form is not for a terminal; name a file with -o");
    }
    let shelf = library::open(&args.library)?;
    let snapshot = shelf.snapshot()?;
    let linked_by = shelf.linked_by()?.unwrap_or_default();
    let job = Job { args, what, wanted: wanted(args, &shelf)?, snapshot, linked_by };
    let written = target.fill(|out| job.write(out))?;
    output::say(&format!("{} written to {target}", written.counts));
    if written.left_out > 0 {
        output::say(&format!("{} damaged captures were left out", written.left_out));
        return Ok(some_failed());
    }
    Ok(DONE)
}

/// What is written, where the form can hold it.
fn what(args: &ExportArgs) -> Result<ExportWhat> {
    let can: &[ExportWhat] = match args.format {
        ExportFormat::Jsonl | ExportFormat::Csv | ExportFormat::Parquet => {
            &[ExportWhat::Articles, ExportWhat::Facts, ExportWhat::Stories, ExportWhat::Members]
        }
        ExportFormat::Geojson => &[ExportWhat::Places],
        ExportFormat::Ics => &[ExportWhat::Timeline],
        ExportFormat::Atom => &[ExportWhat::Stories],
        ExportFormat::Warc => &[ExportWhat::Captures],
        ExportFormat::Annotations => &[ExportWhat::Facts],
    };
    let what = args.what.unwrap_or(can[0]);
    if !can.contains(&what) {
        let names: Vec<String> = can.iter().map(|w| name(*w)).collect();
        bail!("this form holds {}, not {}", names.join(", "), name(what));
    }
    Ok(what)
}

fn name(what: ExportWhat) -> String {
    format!("{what:?}").to_lowercase()
}

fn wanted(args: &ExportArgs, shelf: &Library) -> Result<Wanted> {
    let mut stories = args.story.iter().map(|s| Ok(shelf.story(s)?.id)).collect::<Result<Vec<String>>>()?;
    stories.sort();
    stories.dedup();
    Ok(Wanted { stories, search: args.search.clone(), after: args.after.clone(), before: args.before.clone() })
}

/// What was asked for, in words: it names feeds and collections.
fn in_words(wanted: &Wanted) -> String {
    let mut parts: Vec<String> = wanted.stories.clone();
    parts.extend(wanted.search.clone());
    parts.extend(wanted.after.as_ref().map(|d| format!("after {d}")));
    parts.extend(wanted.before.as_ref().map(|d| format!("before {d}")));
    parts.join(" · ")
}

fn page(found: &Exported) -> Page<'_> {
    let place = found.placed.as_ref().map(|p| Place {
        story: &p.story,
        storyline: &p.storyline,
        title: &p.story_title,
        position: p.position,
        membership: &p.membership,
    });
    Page { report: &found.report, version: &found.version, place }
}

fn head<'a>(found: &'a Headed, linked_by: &'a str) -> StoryHead<'a> {
    let line = &found.line;
    StoryHead {
        id: &line.id,
        storyline: &line.storyline,
        title: &line.title,
        headline: line.headline.as_deref(),
        first: line.first.as_deref(),
        last: line.last.as_deref(),
        articles: line.articles,
        origins: line.origins,
        outlets: &line.outlets,
        pinned: line.pinned,
        decisions: &line.decisions,
        differ: line.differ,
        updated: line.updated,
        lead: found.lead.as_ref(),
        published: &found.published,
        version: linked_by,
    }
}

impl Job<'_> {
    fn write(&self, out: &mut (dyn Write + Send)) -> Result<Written> {
        match self.args.format {
            ExportFormat::Jsonl if self.what == ExportWhat::Articles => self.lines(out),
            ExportFormat::Jsonl | ExportFormat::Csv | ExportFormat::Parquet => self.table(out),
            ExportFormat::Geojson => self.places(out),
            ExportFormat::Ics => self.timeline(out),
            ExportFormat::Atom => self.feed(out),
            ExportFormat::Warc => self.captures(out),
            ExportFormat::Annotations => self.annotations(out),
        }
    }

    fn lines(&self, out: &mut dyn Write) -> Result<Written> {
        let mut count = 0u64;
        for found in self.snapshot.articles(&self.wanted)?.rows() {
            dateline_export::article(out, &page(&found?))?;
            count += 1;
        }
        Ok(format!("{count} articles").into())
    }

    fn table(&self, out: &mut (dyn Write + Send)) -> Result<Written> {
        let name = name(self.what);
        let Some(table) = TABLES.iter().find(|t| t.name == name) else { bail!("there is no table of {name}") };
        let columns: &'static [Column] = table.columns;
        let mut writer: Box<dyn TableWriter + '_> = match self.args.format {
            ExportFormat::Csv => Box::new(CsvWriter::new(out, columns, self.args.bom)?),
            ExportFormat::Parquet => Box::new(ParquetWriter::new(out, table.name, columns, VERSION)?),
            _ => Box::new(JsonlWriter::new(out, columns)),
        };
        match self.what {
            ExportWhat::Stories => {
                for found in self.snapshot.stories(&self.wanted)?.rows() {
                    writer.row(dateline_export::stories::row(&head(&found?, &self.linked_by)))?;
                }
            }
            ExportWhat::Members => {
                for found in self.snapshot.by_story(&self.wanted)?.rows() {
                    dateline_export::members::row(&page(&found?)).map_or(Ok(()), |row| writer.row(row))?;
                }
            }
            ExportWhat::Facts => {
                for found in self.snapshot.articles(&self.wanted)?.rows() {
                    let rows = dateline_export::facts::rows(&page(&found?));
                    rows.into_iter().try_for_each(|row| writer.row(row))?;
                }
            }
            _ => {
                for found in self.snapshot.articles(&self.wanted)?.rows() {
                    writer.row(dateline_export::articles::row(&page(&found?)))?;
                }
            }
        }
        Ok(format!("{} {name}", writer.finish()?).into())
    }

    fn places(&self, out: &mut dyn Write) -> Result<Written> {
        let mut writer = GeoJsonWriter::new(out)?;
        for found in self.snapshot.by_story(&self.wanted)?.rows() {
            writer.page(&page(&found?))?;
        }
        let (places, mentions) = writer.finish()?;
        Ok(format!("{places} places with {mentions} mentions").into())
    }

    fn timeline(&self, out: &mut dyn Write) -> Result<Written> {
        let mut writer = IcsWriter::new(out)?;
        for found in self.snapshot.by_story(&self.wanted)?.rows() {
            writer.page(&page(&found?))?;
        }
        let (events, sources) = writer.finish()?;
        Ok(format!("{events} events with {sources} dates in articles").into())
    }

    fn feed(&self, out: &mut dyn Write) -> Result<Written> {
        // the newest of all stands at the head of the feed, before the first story is written
        let mut newest = latest(std::iter::empty());
        for dates in self.snapshot.dates(&self.wanted)?.rows() {
            newest = newest.max(latest(dates?.iter().map(String::as_str)));
        }
        let mut writer = AtomWriter::new(out, &in_words(&self.wanted), &newest)?;
        for found in self.snapshot.stories(&self.wanted)?.rows() {
            writer.story(&head(&found?, &self.linked_by))?;
        }
        Ok(format!("{} stories", writer.finish()?).into())
    }

    fn annotations(&self, out: &mut dyn Write) -> Result<Written> {
        let mut writer = Annotations::new(out, &in_words(&self.wanted))?;
        for found in self.snapshot.articles(&self.wanted)?.rows() {
            writer.page(&page(&found?))?;
        }
        Ok(format!("{} annotations", writer.finish()?).into())
    }

    fn captures(&self, out: &mut dyn Write) -> Result<Written> {
        let added = self.snapshot.newest_capture(&self.wanted)?;
        out.write_all(&warc::about_member(added.as_deref().unwrap_or("1970-01-01T00:00:00Z"))?)?;
        let (mut count, mut left_out) = (0u64, 0u64);
        for place in self.snapshot.records(&self.wanted)?.rows() {
            let place = place?;
            match warc::copy(&place) {
                Ok(members) => {
                    out.write_all(&members)?;
                    count += 1;
                }
                Err(e) => {
                    output::say(&format!("{}: {e}", place.id));
                    left_out += 1;
                }
            }
        }
        Ok(Written { counts: format!("{count} captures"), left_out })
    }
}
