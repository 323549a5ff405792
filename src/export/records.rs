//! What an event and a link look like in JSON, in exports and in answers.

use serde::Serialize;

use crate::graph::{EventGraph, Link};
use crate::model::EventId;

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
        topics: graph.link_topics(link.id).map(|topic| graph.topic_name(topic)).collect(),
        page: graph.page(link.source),
        line: link.line,
    }
}

/// The names of an event's topics.
pub fn topics(graph: &EventGraph, event: EventId) -> Vec<&str> {
    graph.topics(event).map(|topic| graph.topic_name(topic)).collect()
}

/// The sources of an event, in the page's order.
pub fn sources(graph: &EventGraph, event: EventId) -> Vec<SourceRecord<'_>> {
    let sources = &graph.tables().sources;
    graph
        .sources_of(event)
        .map(|row| SourceRecord {
            name: sources.name.text(row),
            url: sources.url.text(row),
            kind: sources.kind.text(row),
        })
        .collect()
}

/// The wordings of an event, in the page's order.
pub fn revisions(graph: &EventGraph, event: EventId) -> Vec<RevisionRecord<'_>> {
    let revisions = &graph.tables().revisions;
    graph
        .revisions_of(event)
        .map(|row| RevisionRecord {
            key: revisions.key.text(row),
            title: revisions.title.text(row),
            seen: seen(graph, row),
            kind: revisions.kind.text(row),
        })
        .collect()
}

/// When a wording was seen, as `2018-02-06T13:49:28`.
pub(super) fn seen(graph: &EventGraph, row: usize) -> Option<String> {
    let revisions = &graph.tables().revisions;
    if revisions.seen_valid.as_ref().is_some_and(|valid| row < valid.len() && valid.is_null(row)) {
        return None;
    }
    let seconds = *revisions.seen.get(row)?;
    let seen = jiff::Timestamp::from_second(seconds).ok()?;
    Some(seen.to_zoned(jiff::tz::TimeZone::UTC).datetime().to_string())
}
