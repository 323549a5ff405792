//! What the formats that are XML say of an event alike.

use std::{fmt, io};

use crate::export::records;
use crate::graph::EventGraph;
use crate::model::{EventId, join_names};

pub(super) use crate::model::Xml;

/// Calls `write` with the name and the value of what is known of an event
/// besides its key, date and title; lists are joined as in CSV.
pub(super) fn each_attribute(
    graph: &EventGraph,
    event: EventId,
    mut write: impl FnMut(&str, &dyn fmt::Display) -> io::Result<()>,
) -> io::Result<()> {
    if let Some(summary) = graph.summary(event) {
        write("summary", &Xml(summary))?;
    }
    if let Some(topic) = graph.lead_topic(event) {
        write("lead_topic", &Xml(graph.topic_name(topic)))?;
    }
    let topics = join_names(graph.topics(event).map(|topic| graph.topic_name(topic)));
    if !topics.is_empty() {
        write("topics", &Xml(&topics))?;
    }
    write("present", &graph.present(event))?;
    if let Some(page) = graph.page(event) {
        write("page", &Xml(page))?;
    }
    let sources = join_names(records::sources(graph, event).iter().map(|source| source.url));
    if !sources.is_empty() {
        write("sources", &Xml(&sources))?;
    }
    Ok(())
}
