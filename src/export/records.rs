//! What an event and a link look like in JSON, in exports and in answers.

use serde::Serialize;

use crate::graph::{EventGraph, Link, RevisionRow, SourceRow};
use crate::model::{EventId, LinkId, SourceKind};

/// An event where it is named among others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventRecord<'g> {
    /// Its name in the archive.
    pub key: &'g str,
    /// `1969-07-20`, or null.
    pub date: Option<String>,
    /// Its title.
    pub title: &'g str,
    /// Whether it has a page of its own.
    pub present: bool,
}

/// A link with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkRecord<'g> {
    /// The key of the event whose page lists it.
    pub source: &'g str,
    /// The key of the event that it means.
    pub target: &'g str,
    /// Its place in the list, from 1.
    pub rank: u16,
    /// Its context topics, in the order of the page.
    pub topics: Vec<&'g str>,
    /// The page that it stands in, or null.
    pub page: Option<&'g str>,
    /// The line in that page, from 1.
    pub line: u32,
}

/// A source of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceRecord<'g> {
    /// Its name.
    pub name: &'g str,
    /// Its address.
    pub url: &'g str,
    /// `article` or `image`.
    pub kind: &'g str,
}

/// A wording that an event had or has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RevisionRecord<'g> {
    /// The key of that wording.
    pub key: &'g str,
    /// The title then.
    pub title: &'g str,
    /// `2018-02-06T13:49:28`, or null.
    pub seen: Option<String>,
    /// `first`, `update` or `current`.
    pub kind: &'g str,
}

/// The record of an event.
pub fn event(graph: &EventGraph, event: EventId) -> EventRecord<'_> {
    EventRecord {
        key: graph.key(event),
        date: graph.date(event).map(|date| date.to_string()),
        title: graph.title(event),
        present: graph.present(event),
    }
}

/// The record of a link.
pub fn link(graph: &EventGraph, link: Link) -> LinkRecord<'_> {
    LinkRecord {
        source: graph.key(link.source),
        target: graph.key(link.target),
        rank: link.rank,
        topics: link_topics(graph, link.id),
        page: graph.page(link.source),
        line: link.line,
    }
}

/// The names of an event's topics.
pub fn topics(graph: &EventGraph, event: EventId) -> Vec<&str> {
    graph.topics(event).map(|topic| graph.topic_name(topic)).collect()
}

/// The names of a link's topics.
pub fn link_topics(graph: &EventGraph, link: LinkId) -> Vec<&str> {
    graph.link_topics(link).map(|topic| graph.topic_name(topic)).collect()
}

/// The sources of an event, in the page's order.
pub fn sources(graph: &EventGraph, event: EventId) -> Vec<SourceRecord<'_>> {
    graph.sources_of(event).map(SourceRecord::from).collect()
}

/// The sources of an event that can be cited: those that are no images.
pub(super) fn articles(graph: &EventGraph, event: EventId) -> Vec<SourceRecord<'_>> {
    sources(graph, event).into_iter().filter(|source| is_article(source.kind)).collect()
}

/// Whether a source of this kind can be cited: it is no picture that a page shows.
pub fn is_article(kind: &str) -> bool {
    kind != SourceKind::Image.name()
}

/// The wordings of an event, in the page's order.
pub fn revisions(graph: &EventGraph, event: EventId) -> Vec<RevisionRecord<'_>> {
    graph.revisions_of(event).map(RevisionRecord::from).collect()
}

impl<'g> From<SourceRow<'g>> for SourceRecord<'g> {
    fn from(SourceRow { name, url, kind, .. }: SourceRow<'g>) -> Self {
        Self { name, url, kind }
    }
}

impl<'g> From<RevisionRow<'g>> for RevisionRecord<'g> {
    fn from(RevisionRow { key, title, seen, kind, .. }: RevisionRow<'g>) -> Self {
        Self { key, title, seen: seen.and_then(time), kind }
    }
}

/// Seconds since 1970 as `2018-02-06T13:49:28`; `None` beyond the calendar.
pub(super) fn time(seconds: i64) -> Option<String> {
    let time = jiff::Timestamp::from_second(seconds).ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).datetime().to_string())
}
