//! One page, at each step of its way in: bytes, then what they say.

use std::borrow::Cow;

use crate::model::{Date, words};

/// One file of an archive, read and not yet understood.
#[derive(Clone, Debug)]
pub struct SourceFile<'t> {
    /// The path inside the archive, with `/` between its parts.
    pub path: Cow<'t, str>,
    /// The text. Bytes that are no UTF-8 are replaced by U+FFFD.
    pub text: Cow<'t, str>,
    /// Whether bytes had to be replaced in the text.
    pub lossy: bool,
}

/// What a page turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageKind<'t> {
    /// A page of its own for one event.
    Event(EventPage<'t>),
    /// The events of one or several days, with their topics.
    Day(DayPage<'t>),
    /// Something else: skipped and counted.
    Other,
}

/// What one file says. Borrows from the file's text wherever it can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedPage<'t> {
    /// What kind of page it is, and what it holds.
    pub kind: PageKind<'t>,
    /// The dialect that its headings are in, as an index into the dialects
    /// that the parser was given; `None` where no heading tells.
    pub dialect: Option<usize>,
}

/// A page of its own for one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventPage<'t> {
    /// The date in the heading; where that is none, the date in the path.
    pub date: Option<Date>,
    /// The topic above the title.
    pub lead_topic: Option<Cow<'t, str>>,
    /// The title, entities decoded, trimmed. Empty if the page has none.
    pub title: Cow<'t, str>,
    /// The paragraphs below the title, entities decoded, an empty line
    /// between them.
    pub summary: Option<Cow<'t, str>>,
    /// Articles and images, in the page's order.
    pub sources: Vec<Source<'t>>,
    /// Earlier wordings, in the page's order.
    pub revisions: Vec<Revision<'t>>,
    /// Related items, in the page's order.
    pub related: Vec<RelatedItem<'t>>,
}

/// One item of a Related list: a link as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedItem<'t> {
    /// Its place in the list, from 1.
    pub rank: u16,
    /// The other event's title, as written: entities not decoded.
    pub text: Cow<'t, str>,
    /// The address, as written.
    pub address: Cow<'t, str>,
    /// The context topics in one string, entities decoded; `None` if the item
    /// has no context.
    pub context: Option<Cow<'t, str>>,
    /// The line in the page, from 1.
    pub line: u32,
}

/// An article or an image that the page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source<'t> {
    /// The name, entities decoded.
    pub name: Cow<'t, str>,
    /// The address, as written, entities decoded.
    pub url: Cow<'t, str>,
    /// What it is.
    pub kind: SourceKind,
}

words! {
    /// What a source is.
    pub enum SourceKind {
        /// A text that reports the event.
        Article = "article",
        /// A picture, usually the page's cover image.
        Image = "image",
    }
}

/// One wording that the event had, or has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision<'t> {
    /// The address of that wording, as written.
    pub address: Cow<'t, str>,
    /// The title then, entities decoded, trimmed.
    pub title: Cow<'t, str>,
    /// When it was seen, in seconds since 1970-01-01 00:00.
    pub seen: Option<i64>,
    /// Its place in the event's history.
    pub kind: RevisionKind,
}

words! {
    /// The place of a wording in an event's history.
    pub enum RevisionKind {
        /// The first wording.
        First = "first",
        /// A later one.
        Update = "update",
        /// The one on the page.
        Current = "current",
    }
}

/// The events of one or several days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayPage<'t> {
    /// The entries, in the page's order.
    pub entries: Vec<DayEntry<'t>>,
}

/// One event, as a day page tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayEntry<'t> {
    /// The topic above the title.
    pub lead_topic: Option<Cow<'t, str>>,
    /// The title, as written: entities not decoded.
    pub text: Cow<'t, str>,
    /// The address of the event's page, as written.
    pub address: Cow<'t, str>,
    /// The event's own topics in one string, entities decoded.
    pub context: Option<Cow<'t, str>>,
    /// The summary, entities decoded.
    pub summary: Option<Cow<'t, str>>,
    /// The line of the title, from 1.
    pub line: u32,
}
