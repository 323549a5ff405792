//! Plain data that every room speaks: ids, dates, pages, problems, drafts.
//!
//! Nothing here reads a file, knows Markdown or walks a graph. A type lives
//! here when two rooms that may not know each other hand it on.

pub mod cell;
mod date;
mod draft;
pub(crate) mod escape;
mod han;
mod id;
mod interner;
mod lines;
mod page;
mod problem;
mod text;
mod variant;
mod wiki;
mod words;
mod xml;

pub use date::{Date, Period, date_in_path, from_to, is_only_a_date, seconds_of};
pub use draft::{Draft, DraftEvents, DraftLinks, DraftRevisions, DraftSources, NONE};
pub use han::{folded, same_characters, simplified};
pub use id::{EventId, LinkId, TopicId};
pub use interner::{HashedStrings, Hasher, Interner, Strings};
pub(crate) use lines::{broken_lines, closes, is_digit, may_break};
pub use page::{
    DayEntry, DayPage, EventPage, PageKind, ParsedPage, RelatedItem, Revision, RevisionKind,
    Source, SourceFile, SourceKind,
};
pub use problem::{Code, Place, Problem, Severity};
pub use text::{
    clean, counted, cut, decode, is_harmful, join_names, number, one_line, split_names,
};
pub use variant::{plain_name, variant_names};
pub use wiki::plain_text;
pub(crate) use words::words;
#[cfg(feature = "rdf")]
pub(crate) use xml::in_xml;
pub(crate) use xml::{Xml, xml};
