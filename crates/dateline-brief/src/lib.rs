//! Stories as text that people and programs read: pure strings, no queries.
//!
//! [`compose`] selects and orders what the pages say into a [`Brief`]; the other modules set it as Markdown,
//! HTML, JSON or for a terminal. Everything between quotation marks stands in a page; the rest is names,
//! labels, counts and dates.

pub mod compose;
mod courses;
mod dates;
mod decisions;
pub mod diff;
pub mod docx;
mod escape;
mod evidence;
pub mod html;
pub mod json;
mod labels;
pub mod markdown;
mod model;
mod numbers;
pub mod pictures;
pub mod sources;
pub mod terminal;
pub mod verify;

pub use compose::{Choice, Desk, Extent, change_lines, compose, put_own};
pub use courses::{CoursePart, CourseRow, course_line, course_parts};
pub use dates::day_words;
pub use decisions::{Naming, decided_when, decision_status, decision_told, decision_words, standing_words};
pub use escape::{html as escape_html, shown, shown_whole};
pub use evidence::{change_kind, copy_kind};
pub use labels::{
    aside_label, fact_label, kept_out, linked, news_line, outlet_names, page_facts, paywall_words, quoted, relation,
    said_tags, said_words, saying_tags, story_marks, verdict, when_and_how_many, whose,
};
pub use model::{
    Brief, Cell, ChangeLine, Counted, ElsewherePart, FigureCell, FigureLine, KeptOut, Moment, NewsLine, NewsPart,
    NewsSection, Note, Own, PageLine, PlaceLine, Saying, SharedLine, Side, Speaker, StoryPart, StorylinePart, Summary,
    VersionLine, WhyLine,
};
pub use numbers::value_words;
