//! What a graph is made of, before ids are in their final order.
//!
//! `resolve` fills a draft from pages and `import` from tables; `graph` takes
//! it apart column by column while it builds, so that text is in memory twice
//! only for one column at a time.

use crate::model::{Date, Problem, RevisionKind, SourceKind, Strings};

/// Stands for "no such row" in a column of row numbers.
pub const NONE: u32 = u32::MAX;

/// Events, links and all that belongs to them, in the order of their arrival.
///
/// All rows refer to rows of the same draft, and the columns of a table are of one
/// length: `graph::build` refuses others. Topics must be distinct.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The events. Keys must be distinct.
    pub events: DraftEvents,
    /// The links, in any order.
    pub links: DraftLinks,
    /// The names of the topics, in any order; those that nothing refers to
    /// are left out of the graph.
    pub topics: Strings,
    /// Lists of topics that links share, each a range of `context_topics`.
    pub contexts: Vec<std::ops::Range<u32>>,
    /// The topics of the contexts, one list behind the other.
    pub context_topics: Vec<u32>,
    /// Topics that an event bears beside those of its links: (event, topic).
    pub event_topics: Vec<(u32, u32)>,
    /// The sources of all events, in the order of their pages.
    pub sources: DraftSources,
    /// The wordings of all events, in the order of their pages.
    pub revisions: DraftRevisions,
    /// What is wrong, in any order.
    pub problems: Vec<Problem>,
}

/// The columns of the events.
#[derive(Clone, Debug, Default)]
pub struct DraftEvents {
    /// The name in the archive.
    pub key: Strings,
    /// The day, if it is known.
    pub date: Vec<Option<Date>>,
    /// The title, decoded and trimmed.
    pub title: Strings,
    /// The summary; empty for none.
    pub summary: Strings,
    /// The lead topic, or [`NONE`].
    pub lead_topic: Vec<u32>,
    /// Whether the event has a page of its own.
    pub present: Vec<bool>,
    /// The page's path; empty for none.
    pub page: Strings,
}

/// The columns of the links.
#[derive(Clone, Debug, Default)]
pub struct DraftLinks {
    /// The event whose page lists the link.
    pub source: Vec<u32>,
    /// The event that it means.
    pub target: Vec<u32>,
    /// The place in the list, from 1.
    pub rank: Vec<u16>,
    /// A row of [`Draft::contexts`], or [`NONE`].
    pub context: Vec<u32>,
    /// The line in the page, from 1; 0 if there is no page.
    pub line: Vec<u32>,
}

/// The columns of the sources.
#[derive(Clone, Debug, Default)]
pub struct DraftSources {
    /// The event that names it.
    pub event: Vec<u32>,
    /// The name.
    pub name: Strings,
    /// The address.
    pub url: Strings,
    /// What it is.
    pub kind: Vec<SourceKind>,
}

/// The columns of the wordings.
#[derive(Clone, Debug, Default)]
pub struct DraftRevisions {
    /// The event that has or had it.
    pub event: Vec<u32>,
    /// The key of that wording.
    pub key: Strings,
    /// The title then.
    pub title: Strings,
    /// When it was seen, in seconds since 1970-01-01 00:00.
    pub seen: Vec<Option<i64>>,
    /// Its place in the event's history.
    pub kind: Vec<RevisionKind>,
}
