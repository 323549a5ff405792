//! The tables of an event graph, and how to read a row of each.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use arrow_buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};

use crate::graph::arrow::Batches;
use crate::graph::columns::{Lists, Texts};
use crate::graph::dictionary::DictionaryTexts;
use crate::graph::kept::Kept;
use crate::model::{Date, EventId, LinkId, TopicId, words};

/// The graph of an archive's stories: every event a node, every related-link
/// an edge labelled with its context topics.
///
/// Rows are in an order that depends on nothing but the archive: events by
/// (date, key) with unknown dates last, links by source and rank, topics by
/// name. Cloning shares the tables.
#[derive(Clone, Debug)]
pub struct EventGraph {
    pub(super) tables: Tables,
    pub(super) about: About,
    /// What checking the links found, once it was asked for.
    pub(super) checked: OnceLock<Result<(), String>>,
    /// The tables that somebody asked for, as Arrow.
    pub(super) batches: Batches,
    /// What was found of it before.
    pub(super) kept: Arc<Kept>,
}

/// The tables as buffers; [`EventGraph::new`] makes a graph of them.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "one field a table, named as in docs/formats.md")]
pub struct Tables {
    pub events: Events,
    pub links: Links,
    pub topics: Texts,
    pub sources: Sources,
    pub revisions: Revisions,
    pub problems: Problems,
    pub adjacency: Adjacency,
}

/// The columns of the events.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the columns of docs/formats.md")]
pub struct Events {
    pub key: Texts,
    pub date: ScalarBuffer<i32>,
    pub date_valid: Option<NullBuffer>,
    pub title: Texts,
    pub summary: Texts,
    pub lead_topic: ScalarBuffer<u32>,
    pub lead_topic_valid: Option<NullBuffer>,
    pub topics: Lists,
    pub present: BooleanBuffer,
    pub page: Texts,
}

/// The columns of the links.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the columns of docs/formats.md")]
pub struct Links {
    pub source: ScalarBuffer<u32>,
    pub target: ScalarBuffer<u32>,
    pub rank: ScalarBuffer<u16>,
    pub topics: Lists,
    pub line: ScalarBuffer<u32>,
}

/// The columns of the sources.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the columns of docs/formats.md")]
pub struct Sources {
    pub event: ScalarBuffer<u32>,
    pub name: Texts,
    pub url: Texts,
    pub kind: Texts,
}

/// The columns of the wordings.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the columns of docs/formats.md")]
pub struct Revisions {
    pub event: ScalarBuffer<u32>,
    pub key: Texts,
    pub title: Texts,
    pub seen: ScalarBuffer<i64>,
    pub seen_valid: Option<NullBuffer>,
    pub kind: Texts,
}

/// The columns of the problems.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the columns of docs/formats.md")]
pub struct Problems {
    pub code: DictionaryTexts,
    pub severity: DictionaryTexts,
    pub page: DictionaryTexts,
    pub line: ScalarBuffer<u32>,
    pub message: DictionaryTexts,
}

/// Where the links of each event are.
#[derive(Clone, Debug)]
pub struct Adjacency {
    /// The first row of each event's links; they end where the next begin.
    pub out_start: ScalarBuffer<u32>,
    /// The rows of the links that lead to each event, ascending.
    pub in_links: Lists,
}

/// Where a graph comes from; kept beside the tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct About {
    /// A hash of all paths and texts read, in hexadecimal.
    pub hash: String,
    /// Pages with an event of their own.
    pub event_pages: u64,
    /// Pages of days.
    pub day_pages: u64,
    /// Pages that are neither.
    pub other_pages: u64,
    /// Event pages by the dialect of their headings.
    pub dialects: BTreeMap<String, u64>,
    /// Other files, by extension.
    pub skipped: BTreeMap<String, u64>,
    /// The part that all addresses begin with although no folder has its name.
    pub prefix: Option<String>,
    /// The folder that all pages lie in, left out of the keys.
    pub top_folder: Option<String>,
}

words! {
    /// The name of a table; all are in the order in which a file holds them.
    #[expect(missing_docs, reason = "named as in docs/formats.md")]
    pub enum Table {
        Events = "events",
        Links = "links",
        Topics = "topics",
        Sources = "sources",
        Revisions = "revisions",
        Problems = "problems",
        Adjacency = "adjacency",
    }
}

/// One link, with ids that are known to be those of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its row.
    pub id: LinkId,
    /// The event whose page lists it.
    pub source: EventId,
    /// The event that it means.
    pub target: EventId,
    /// Its place in the list, from 1.
    pub rank: u16,
    /// The line in the source's page, from 1; 0 if it came from no page.
    pub line: u32,
}

impl EventGraph {
    /// A graph of these tables. Nothing is read yet.
    pub fn new(tables: Tables, about: About) -> Self {
        let (checked, batches, kept) = Default::default();
        Self { tables, about, checked, batches, kept }
    }

    /// The same graph, with where it comes from.
    #[must_use]
    pub fn with_about(mut self, about: About) -> Self {
        self.about = about;
        self
    }

    /// Where it comes from.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The tables as buffers.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// How many events there are, absent ones included.
    pub fn event_count(&self) -> usize {
        self.tables.events.key.len()
    }

    /// How many links there are, double ones included.
    pub fn link_count(&self) -> usize {
        self.tables.links.target.len()
    }

    /// How many topics there are.
    pub fn topic_count(&self) -> usize {
        self.tables.topics.len()
    }

    /// All events, in order of (date, key).
    pub fn events(&self) -> impl ExactSizeIterator<Item = EventId> + Clone + use<> {
        (0..self.event_count() as u32).map(EventId)
    }

    /// All links, in order of (source, rank).
    pub fn links(&self) -> impl ExactSizeIterator<Item = LinkId> + Clone + use<> {
        (0..self.link_count() as u32).map(LinkId)
    }

    /// The event's name in the archive.
    pub fn key(&self, event: EventId) -> &str {
        self.tables.events.key.text(event.index())
    }

    /// The first and the last day of events; none if no day is known.
    pub fn span(&self, events: impl IntoIterator<Item = EventId>) -> Option<(Date, Date)> {
        let mut dates = events.into_iter().filter_map(|event| self.date(event));
        let first = dates.next()?;
        Some(dates.fold((first, first), |(least, most), date| (least.min(date), most.max(date))))
    }

    /// The day, if it is known.
    pub fn date(&self, event: EventId) -> Option<Date> {
        let events = &self.tables.events;
        let row = event.index();
        if events.date_valid.as_ref().is_some_and(|valid| row >= valid.len() || valid.is_null(row))
        {
            return None;
        }
        events.date.get(row).and_then(|&days| Date::from_days(days))
    }

    /// The title; empty if the archive has none.
    pub fn title(&self, event: EventId) -> &str {
        self.tables.events.title.text(event.index())
    }

    /// The summary, with an empty line between its paragraphs.
    pub fn summary(&self, event: EventId) -> Option<&str> {
        self.tables.events.summary.get(event.index())
    }

    /// The topic above the title.
    pub fn lead_topic(&self, event: EventId) -> Option<TopicId> {
        let events = &self.tables.events;
        let row = event.index();
        let valid = events.lead_topic_valid.as_ref();
        if valid.is_some_and(|valid| row >= valid.len() || valid.is_null(row)) {
            return None;
        }
        let topic = TopicId(*events.lead_topic.get(row)?);
        (topic.index() < self.topic_count()).then_some(topic)
    }

    /// The topics of the event's day page, its lead topic, and those of all
    /// links at its two ends; ascending.
    pub fn topics(&self, event: EventId) -> impl Iterator<Item = TopicId> {
        self.known_topics(self.tables.events.topics.get(event.index()))
    }

    /// Whether the event has a page of its own.
    pub fn present(&self, event: EventId) -> bool {
        let present = &self.tables.events.present;
        event.index() < present.len() && present.value(event.index())
    }

    /// The file of its page in the archive.
    pub fn page(&self, event: EventId) -> Option<&str> {
        self.tables.events.page.get(event.index())
    }

    /// Where a link stands, for a reader: `news/1967/01/27/x.md:16`; without a page, the
    /// key of the event that lists it. What the page holds is not made harmless.
    pub fn place(&self, link: &Link) -> String {
        match (self.page(link.source), link.line) {
            (Some(page), 0) => page.to_owned(),
            (Some(page), line) => format!("{page}:{line}"),
            (None, _) => self.key(link.source).to_owned(),
        }
    }

    /// A link; `None` if its ids are not those of events, as in a damaged
    /// file.
    pub fn link(&self, link: LinkId) -> Option<Link> {
        let links = &self.tables.links;
        let row = link.index();
        let (source, target) = (EventId(*links.source.get(row)?), EventId(*links.target.get(row)?));
        let events = self.event_count();
        (source.index() < events && target.index() < events).then(|| Link {
            id: link,
            source,
            target,
            rank: links.rank.get(row).copied().unwrap_or(0),
            line: links.line.get(row).copied().unwrap_or(0),
        })
    }

    /// The context topics of a link, in the order of the page.
    pub fn link_topics(&self, link: LinkId) -> impl Iterator<Item = TopicId> {
        self.known_topics(self.tables.links.topics.get(link.index()))
    }

    fn known_topics<'g>(&self, topics: &'g [u32]) -> impl Iterator<Item = TopicId> + use<'g> {
        let count = self.topic_count();
        topics.iter().map(|&topic| TopicId(topic)).filter(move |topic| topic.index() < count)
    }

    /// The name of a topic.
    pub fn topic_name(&self, topic: TopicId) -> &str {
        self.tables.topics.text(topic.index())
    }

    /// The topic of this name.
    ///
    /// # Complexity
    /// O(log n) in the number of topics.
    pub fn find_topic(&self, name: &str) -> Option<TopicId> {
        let (mut low, mut high) = (0, self.topic_count());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.tables.topics.text(middle).cmp(name) {
                std::cmp::Ordering::Equal => return Some(TopicId(middle as u32)),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}
