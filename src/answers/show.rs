//! What is one event: its text, its sources, its links both ways?

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::find_event;
use crate::error::Result;
use crate::export::records::{self, EventRecord, LinkRecord, RevisionRecord, SourceRecord};
use crate::graph::{EventGraph, Link};
use crate::model::EventId;

/// The event to show.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShowQuestion {
    /// Its key, an unambiguous end of it, or words of its title.
    pub event: String,
}

/// An event and its links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The event.
    pub event: EventId,
    /// The links that its page lists, in that order.
    pub links: Vec<Link>,
    /// The links that lead to it.
    pub linked_from: Vec<Link>,
}

/// The event that a name means, with its links.
///
/// # Errors
/// If the name means no event or several, or the graph's links are damaged.
pub fn show(graph: &EventGraph, asked: &ShowQuestion) -> Result<Shown> {
    let event = find_event(graph, &asked.event)?;
    let walk = graph.walk()?;
    let links = walk.out_links(event).filter_map(|link| graph.link(link)).collect();
    let linked_from = walk.in_links(event).filter_map(|link| graph.link(link)).collect();
    Ok(Shown { event, links, linked_from })
}

/// An event for programs.
#[derive(Debug, Serialize)]
pub struct ShowAnswer<'g> {
    #[serde(flatten)]
    event: EventRecord<'g>,
    summary: Option<&'g str>,
    lead_topic: Option<&'g str>,
    topics: Vec<&'g str>,
    page: Option<&'g str>,
    sources: Vec<SourceRecord<'g>>,
    revisions: Vec<RevisionRecord<'g>>,
    links: Vec<Linked<'g>>,
    linked_from: Vec<Linked<'g>>,
}

/// A link, and the event at its other end.
#[derive(Debug, Serialize)]
struct Linked<'g> {
    event: EventRecord<'g>,
    #[serde(flatten)]
    link: LinkRecord<'g>,
}

impl Shown {
    /// The same, for programs.
    pub fn record<'g>(&self, graph: &'g EventGraph) -> ShowAnswer<'g> {
        let linked = |link: &Link, other| Linked {
            event: records::event(graph, other),
            link: records::link(graph, *link),
        };
        let event = self.event;
        ShowAnswer {
            event: records::event(graph, event),
            summary: graph.summary(event),
            lead_topic: graph.lead_topic(event).map(|topic| graph.topic_name(topic)),
            topics: records::topics(graph, event),
            page: graph.page(event),
            sources: records::sources(graph, event),
            revisions: records::revisions(graph, event),
            links: self.links.iter().map(|link| linked(link, link.target)).collect(),
            linked_from: self.linked_from.iter().map(|link| linked(link, link.source)).collect(),
        }
    }
}
