//! What can be typed.

use clap::{ArgGroup, Args as Group, Parser, Subcommand, ValueEnum};
use std::net::IpAddr;
use std::path::PathBuf;

/// Turns saved news pages into sourced stories.
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    max_term_width = 100,
    after_help = "Exit codes: 0 all done; 1 some inputs failed; 2 the command was wrong or could not be carried out."
)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read pages without a library: main text, names, times, figures, who said what
    Read(ReadArgs),
    /// Link articles without a library: stories, storylines, origins
    Group(LinesArgs),
    /// Line up figures and quotations, story by story, without a library
    Compare(CompareArgs),
    /// Tell what the pages say: events, sources, who said what, figures, timeline
    Brief(BriefArgs),
    /// Check that every word a brief quotes still stands in the capture it came from
    Verify(VerifyArgs),
    /// Add pages to the library
    Add(AddArgs),
    /// List the library's stories
    Stories(StoriesArgs),
    /// Show one story
    Story(StoryArgs),
    /// What is new in stories, or a storyline, since a day: texts, figures, speakers, denials
    New(NewArgs),
    /// All that a person or organisation is reported to have said, by date
    Who(WhoArgs),
    /// Keep a query, and tell what is new for it since a day
    Watch(WatchArgs),
    /// Every figure about something over time, across all stories: value, words, who gives it
    Figures(FiguresArgs),
    /// Search the library's articles: words, "phrases", AND, OR, NOT, speaker:, place:, after: and more
    #[command(after_long_help = SEARCH_HELP)]
    Search(SearchArgs),
    /// Decide that two stories, or pages, report one event
    #[command(visible_alias = "same")]
    Merge(TwoArgs),
    /// Decide that pages of a story report another event
    Split(SplitArgs),
    /// Decide that two stories, or pages, do not report one event
    #[command(visible_alias = "not-same")]
    Apart(TwoArgs),
    /// Decide that two names are one person's, or one organisation's
    SamePerson(PersonsArgs),
    /// Decide that two names are not one person's
    OtherPerson(PersonsArgs),
    /// Give a story a title of your own
    Rename(RenameArgs),
    /// Set a story at the head of the list
    Pin(PinArgs),
    /// Take a story away from the head of the list
    Unpin(PinArgs),
    /// Take a decision back, or an undo
    Undo(UndoArgs),
    /// List what was decided, and how it stands
    Decisions(DecisionsArgs),
    /// What changed between two captures of a page: headline, figures, quotations, corrections, wording
    Diff(DiffArgs),
    /// List the pages that could not be read, and why
    Failures(ListArgs),
    /// Write what the library holds in a form that other programs read
    Export(ExportArgs),
    /// Make the library's index again from its captures
    Rebuild(RebuildArgs),
    /// What the last upgrade, change of tables or rebuild changed in the stories
    Changes(ListArgs),
    /// Check that all the library holds is whole, and tell what to do where it is not
    Check(CheckArgs),
    /// Look at the library in a browser, on this machine only unless it has a password
    Serve(ServeArgs),
    /// Give the library a password, without which `serve` shows nothing of it; read from the terminal or standard input
    Password(PasswordArgs),
}

/// Where the library is.
#[derive(Debug, Clone, Group)]
pub struct LibraryArgs {
    /// The library's folder [default: the platform's data folder]
    #[arg(long, env = "DATELINE_LIBRARY", value_name = "DIR", global = true)]
    pub library: Option<PathBuf>,
    /// Use a library on a network file system, where the index may come to harm
    #[arg(long, env = "DATELINE_NETWORK_OK", hide_env = true, global = true)]
    pub network_ok: bool,
}

/// `dateline read`
#[derive(Debug, Group)]
pub struct ReadArgs {
    /// Print one JSON object a capture
    #[arg(long)]
    pub json: bool,
    /// The input is JSON Lines: {"id", and one of "html", "capture", "text"}; implies --json
    #[arg(long)]
    pub jsonl: bool,
    /// Also show, of title, date, authors and the like, where each was read and what came second
    #[arg(long)]
    pub why: bool,
    /// Rules for single outlets, beside those shipped: domain, what, selector and two examples, with tabs between
    #[arg(long, value_name = "FILE")]
    pub rules: Option<PathBuf>,
    /// Learn the lines that each outlet repeats from the text captures here, to keep them out of the text
    #[arg(long, value_name = "PATH")]
    pub learn: Vec<PathBuf>,
    /// .html, .txt, .xml (feed) or .warc[.gz] files, folders, or `-`
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
}

/// `dateline group`, `dateline compare`
#[derive(Debug, Group)]
pub struct LinesArgs {
    /// JSON Lines: {"id", "title", "text", "published", "outlet", "url", "language"}; `-` for standard input
    pub file: PathBuf,
}

/// `dateline compare`
#[derive(Debug, Group)]
pub struct CompareArgs {
    #[command(flatten)]
    pub lines: LinesArgs,
    /// Go by what this decisions.jsonl says of persons: which names are one's, and which are not
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
}

/// `dateline brief`
#[derive(Debug, Group)]
pub struct BriefArgs {
    /// Pages to tell of, without a library; without any, the library's stories
    pub paths: Vec<PathBuf>,
    /// Only stories with a page that holds these words
    #[arg(long, value_name = "WORDS")]
    pub about: Option<String>,
    /// Only stories with a page of this day or later (2026-03-01), and in each what is new since then
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: Option<String>,
    /// Rules for single outlets, as for `read`; a library has its own in `sites.tsv`
    #[arg(long, value_name = "FILE", requires = "paths")]
    pub rules: Option<PathBuf>,
    /// Outlets of one house, beside those shipped: house, its outlets, source, with tabs between; a library has its own
    /// in `outlets.tsv`
    #[arg(long, value_name = "FILE", requires = "paths")]
    pub outlets: Option<PathBuf>,
    /// A brief that is kept in the library (see `serve`), by its name or title
    #[arg(long, value_name = "NAME", conflicts_with_all = ["paths", "about", "since"])]
    pub saved: Option<String>,
    /// List the briefs that are kept in the library
    #[arg(long, conflicts_with_all = ["paths", "about", "since", "saved", "output"])]
    pub list: bool,
    /// Write to this file: .html, .md, .docx, .json or .txt
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Print JSON
    #[arg(long, conflicts_with = "output")]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline verify`
#[derive(Debug, Group)]
#[command(
    after_help = "Each place of the brief stands, stands elsewhere (the capture is as it was, and the rules of now count the place otherwise), changed, or its capture is missing; and the brief is as it was made, or altered.\nExit codes: 0 all words stand in captures that are as they were, and the brief is as it was made; 1 something does not; 2 the file is no brief, or the library cannot be used."
)]
pub struct VerifyArgs {
    /// A brief made by `dateline brief`: .html, .md, .docx or .json; `-` for standard input
    pub brief: PathBuf,
    /// The pages it was made from, instead of a library
    pub paths: Vec<PathBuf>,
    /// Rules for single outlets, as for `read`; a library has its own in `sites.tsv`
    #[arg(long, value_name = "FILE", requires = "paths")]
    pub rules: Option<PathBuf>,
    /// Print one JSON object a place, and last one that sums up
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline add`
#[derive(Debug, Group)]
pub struct AddArgs {
    /// .html, .txt, .xml (feed) or .warc[.gz] files, folders, or `-`
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// The input is JSON Lines: {"id", and one of "html", "capture", "text"}
    #[arg(long)]
    pub jsonl: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline watch`
#[derive(Debug, Group)]
#[command(
    after_help = "Without a command: what is new for each watch. A page counts by the day it was published, else captured; one with neither counts as known before."
)]
pub struct WatchArgs {
    /// What to do
    #[command(subcommand)]
    pub command: Option<WatchCommand>,
    /// New is what is of this day or later (2026-03-01); without it, all that fits is told
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: Option<String>,
    /// Who decides
    #[arg(long, env = "DATELINE_BY", value_name = "NAME", global = true)]
    pub by: Option<String>,
    /// Print JSON
    #[arg(long, global = true)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// What can be done with watches.
#[derive(Debug, Subcommand)]
pub enum WatchCommand {
    /// Keep a query under a name; the query as for `search`
    Add {
        /// What to call it; a watch that has the name is no longer
        name: String,
        /// Words, "phrases", fields; see `dateline search --help`
        #[arg(required = true)]
        query: Vec<String>,
    },
    /// List the queries that are kept
    List,
    /// Keep a query no longer; `undo` brings it back
    Remove {
        /// What it is called
        name: String,
    },
}

/// `dateline stories`
#[derive(Debug, Group)]
pub struct StoriesArgs {
    /// Only stories with a page that fits this watch (see `watch`)
    #[arg(long, value_name = "NAME", conflicts_with = "about")]
    pub watch: Option<String>,
    /// Only stories with a page that holds these words
    #[arg(long, value_name = "WORDS")]
    pub about: Option<String>,
    /// Only stories with a page of this day or later (2026-03-01)
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline story`
#[derive(Debug, Group)]
pub struct StoryArgs {
    /// The story's name, as `stories` prints it, or its beginning
    pub id: String,
    /// Also tell why each page is in it: what it shares with others, and what speaks most against that
    #[arg(long)]
    pub why: bool,
    /// Also tell what is new in it since this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline new`
#[derive(Debug, Group)]
pub struct NewArgs {
    /// The story's name, or its beginning; without it, every story with a page of that day or later
    pub story: Option<String>,
    /// The day; a page counts by the day it was published, else captured
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: String,
    /// All stories of this storyline as one
    #[arg(long, value_name = "NAME", conflicts_with = "story")]
    pub storyline: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline who`
#[derive(Debug, Group)]
pub struct WhoArgs {
    /// A name; a surname will do, accents may be left out
    #[arg(required = true)]
    pub name: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline figures`
#[derive(Debug, Group)]
#[command(group(ArgGroup::new("what").required(true).multiple(true).args(["about", "speaker", "place", "outlet"])))]
pub struct FiguresArgs {
    /// Words beside the figure, in its sentence or the headline; a word of four letters or more also finds those that
    /// begin with it
    #[arg(long, num_args = 1.., value_name = "WORDS")]
    pub about: Vec<String>,
    /// Only in this unit or one like it ("USD", "km", "percent"); "none" for things counted
    #[arg(long)]
    pub unit: Option<String>,
    /// Only those that a source of this name gives
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Only from articles that name this place
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// Only from this outlet
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Only from articles of this day, month or year or later
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Option<String>,
    /// Only from articles until this day, month or year, it included
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<String>,
    /// Also from copies of other articles
    #[arg(long)]
    pub copies: bool,
    /// About how many figures, newest articles first
    #[arg(long, default_value_t = 100)]
    pub limit: usize,
    /// Articles to pass over: where a page before ended
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub from: usize,
    /// Print JSON, a line for each kind of thing counted
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// What a query may hold.
const SEARCH_HELP: &str = "\
What to ask:
  harbour fire            both words, in title or text; case and accents do not
                          matter
  \"blind spot\"            these words in a row
  harb*                   every word that begins so
  a OR b, NOT c, -c       either; without c; parentheses group: (a OR b) c. NOT
                          binds before AND, AND before OR
  title:word text:word    there alone
  said:word               only in what someone is reported to have said
  speaker:name            someone of this name is reported to have said
                          something
  speaker:name said:word  ... and said this word, in one utterance
  person:name place:name  named in the article; a country stands for every place
                          in it; place:593116 is a place by its number in
                          GeoNames
  outlet:words            words of the outlet's name; outlet:=\"The Post\" is that
                          name and no longer one (also speaker:=, person:=)
  language:lt             by the language's tag
  story:s6a21             of the story with this name or beginning of one
  after:2024-01-26        that day or later; before: that day or earlier; date:
                          in that day, month or year. Days may be months
                          (2024-01) or years (2024), all of which is meant; an
                          article dated by month or year counts from its first
                          day
  origin:only             each independent text once: without the copies of it
                          in its story
  outlet:none language:none date:none
                          without one

Chinese, Japanese, Thai and other scripts without spaces: any piece of a run of
letters is found.

With --json, each line is one article; --facets adds a last line with total,
next (for --from) and facets.
Marks are code points of the article's text.";

/// Which articles come first.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub enum Sort {
    /// Those that the words fit best
    #[default]
    Relevance,
    /// The newest
    Newest,
    /// The oldest
    Oldest,
}

/// `dateline search`
#[derive(Debug, Group)]
pub struct SearchArgs {
    /// Words, "phrases", fields; see below with --help
    #[arg(required = true)]
    pub query: Vec<String>,
    /// Which articles come first
    #[arg(long, value_enum, default_value_t)]
    pub sort: Sort,
    /// Most results to show
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub limit: usize,
    /// Results to pass over
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: usize,
    /// Go on where a search ended, by the mark it gave; articles added meanwhile do not shift what follows
    #[arg(long, value_name = "MARK")]
    pub from: Option<String>,
    /// Also count all that was found: the N most frequent outlets, languages, months, speakers and places
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true, default_missing_value = "10")]
    pub facets: Option<usize>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// What all decisions have in common.
#[derive(Debug, Clone, Group)]
pub struct DecidedArgs {
    /// Why, in your words; it is kept with the decision
    #[arg(long, value_name = "WORDS")]
    pub why: Option<String>,
    /// Who decides
    #[arg(long, env = "DATELINE_BY", value_name = "NAME")]
    pub by: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline merge`, `dateline apart`
#[derive(Debug, Group)]
pub struct TwoArgs {
    /// A story's name, or a page's id; the beginning will do
    pub a: String,
    /// Another
    pub b: String,
    #[command(flatten)]
    pub decided: DecidedArgs,
}

/// `dateline same-person`, `dateline other-person`
#[derive(Debug, Group)]
pub struct PersonsArgs {
    /// A name, as `who` takes it; words that only one name has will do
    pub one: String,
    /// Another
    pub other: String,
    #[command(flatten)]
    pub decided: DecidedArgs,
}

/// `dateline split`
#[derive(Debug, Group)]
pub struct SplitArgs {
    /// The story's name, or its beginning
    pub story: String,
    /// Ids of the pages to take out, or their beginnings
    #[arg(required = true, value_name = "PAGE")]
    pub pages: Vec<String>,
    #[command(flatten)]
    pub decided: DecidedArgs,
}

/// `dateline rename`
#[derive(Debug, Group)]
pub struct RenameArgs {
    /// The story's name, or its beginning
    pub story: String,
    /// What to call it
    pub title: String,
    #[command(flatten)]
    pub decided: DecidedArgs,
}

/// `dateline pin`, `dateline unpin`
#[derive(Debug, Group)]
pub struct PinArgs {
    /// The story's name, or its beginning
    pub story: String,
    #[command(flatten)]
    pub decided: DecidedArgs,
}

/// `dateline undo`
#[derive(Debug, Group)]
pub struct UndoArgs {
    /// The decision's id, as `decisions` lists it
    pub id: String,
    #[command(flatten)]
    pub decided: DecidedArgs,
}

/// `dateline decisions`
#[derive(Debug, Group)]
pub struct DecisionsArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline diff`
#[derive(Debug, Group)]
#[command(
    after_help = "Exit codes, as those of diff: 0 nothing changed that matters; 1 something did; 2 the command was wrong or could not be carried out."
)]
pub struct DiffArgs {
    /// The page: its address in any form, or the id of a capture, or the beginning of it. Alone: its last two captures,
    /// or the capture named and the next one
    pub page: String,
    /// Another capture, by address or id
    pub other: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline failures`, `dateline changes`
#[derive(Debug, Group)]
pub struct ListArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline export`
#[derive(Debug, Group)]
#[command(after_help = EXPORT_HELP)]
pub struct ExportArgs {
    /// The form
    #[arg(value_enum)]
    pub format: ExportFormat,
    /// What to write; jsonl, csv and parquet take articles (default), facts, stories or members, the others what is theirs
    #[arg(long, value_enum, value_name = "WHAT")]
    pub what: Option<ExportWhat>,
    /// Only articles of this story: its name, as `stories` prints it, or its beginning; may be given several times
    #[arg(long, value_name = "STORY")]
    pub story: Vec<String>,
    /// Only articles that fit this query, as for `search`
    #[arg(long, value_name = "QUERY")]
    pub search: Option<String>,
    /// Only articles of this day or later (2026-03-01)
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub after: Option<String>,
    /// Only articles of this day or earlier
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub before: Option<String>,
    /// Start CSV with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    pub bom: bool,
    /// Write to this file instead of standard output (`-`); it appears only when it is whole
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// Replace the file where there is one
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

const EXPORT_HELP: &str = "\
Every row names the article, the span in code points of its text, the exact words there and the rule that found them.
The same library gives the same bytes. docs/exports.md tells every column, and how to take the guards out of CSV.
An article is written where all of --story, --search, --after and --before hold for it; stories and atom write the
whole story where they hold for one of its articles.
Exit codes: 0 all is written; 1 damaged captures were left out of a WARC; 2 nothing was written.";

/// The forms of `dateline export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// JSON Lines; articles as `read --json` prints them
    Jsonl,
    /// CSV (RFC 4180, UTF-8), safe to open in a spreadsheet
    Csv,
    /// Parquet, a table with types
    Parquet,
    /// GeoJSON: the places that a story's articles name, with every mention
    Geojson,
    /// iCalendar: what a story's articles date, in the words that give the date
    Ics,
    /// Atom: stories as a feed
    Atom,
    /// WARC: the captures as they came, to archive or to `add` elsewhere
    Warc,
    /// W3C Web Annotations (JSON-LD): facts
    Annotations,
}

/// What `dateline export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportWhat {
    /// One row an article
    Articles,
    /// One row a name, time, figure or attribution
    Facts,
    /// One row a story
    Stories,
    /// One row an article of a story
    Members,
    /// Places of stories (geojson)
    Places,
    /// Dated sentences of stories (ics)
    Timeline,
    /// Captures (warc)
    Captures,
}

/// `dateline rebuild`
#[derive(Debug, Group)]
pub struct RebuildArgs {
    /// First learn, from all its pages, the lines that outlets repeat in text captures, and keep them in `lines.tsv`
    #[arg(long)]
    pub learn: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline check`
#[derive(Debug, Group)]
pub struct CheckArgs {
    /// Leave out what takes long: digests of all pages, and deriving again what is derived
    #[arg(long)]
    pub quick: bool,
    /// Print one JSON object a finding, and one that says what was checked
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline serve`
#[derive(Debug, Group)]
pub struct ServeArgs {
    /// Port; 0 for any free one
    #[arg(long, default_value_t = 8470)]
    pub port: u16,
    /// Address to listen on; one that other machines reach wants a password (see `dateline password`)
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// A name of this machine that is answered to besides its addresses, as browsers say it (may be repeated)
    #[arg(long, value_name = "NAME")]
    pub name: Vec<String>,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// `dateline password`
#[derive(Debug, Group)]
pub struct PasswordArgs {
    /// Forget the password
    #[arg(long)]
    pub remove: bool,
    #[command(flatten)]
    pub library: LibraryArgs,
}

/// A day, month or year in ISO 8601.
fn day(text: &str) -> Result<String, String> {
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    let within = |part: Option<&&str>, last: &str| part.is_none_or(|p| digits(p, 2) && ("01"..=last).contains(p));
    let right = parts.len() <= 3 && digits(parts[0], 4) && within(parts.get(1), "12") && within(parts.get(2), "31");
    if right { Ok(text.to_owned()) } else { Err("write the day as 2026-03-01 (or 2026-03, or 2026)".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }

    #[test]
    fn days_are_iso() {
        assert!(day("2026-03-01").is_ok() && day("2026").is_ok());
        assert!(day("1 March").is_err() && day("2026-3-1").is_err() && day("2026-03-01-02").is_err());
        assert!(day("2026-13").is_err() && day("2026-00-01").is_err() && day("2026-02-32").is_err());
    }
}
