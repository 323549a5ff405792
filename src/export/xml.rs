//! What the formats that are XML say of an event alike, and how they write a
//! value down.

use crate::export::records;
use crate::export::rows::push_real;
use crate::graph::EventGraph;
use crate::model::escape::push_escaped;
use crate::model::{Date, EventId, Xml, join_names};

/// A value that stands between tags or between quotes.
pub(super) enum Value<'v> {
    Text(&'v str),
    /// Several names, joined as in CSV.
    Names(Vec<&'v str>),
    Date(Date),
    Whole(u64),
    Real(f64),
    Truth(bool),
}

impl Value<'_> {
    /// Writes the value behind what is there.
    pub(super) fn push(&self, row: &mut Vec<u8>) {
        match self {
            Self::Text(text) => push_escaped::<Xml>(row, text),
            Self::Names(names) => {
                push_escaped::<Xml>(row, &join_names(names.iter().copied()));
            }
            Self::Date(date) => row.extend(date.ascii()),
            Self::Whole(number) => row.extend(itoa::Buffer::new().format(*number).as_bytes()),
            Self::Real(number) => push_real(row, *number),
            Self::Truth(truth) => row.extend(if *truth { "true" } else { "false" }.as_bytes()),
        }
    }
}

/// Calls `write` with the name and the value of what is known of an event
/// besides its key, date and title.
pub(super) fn each_attribute(
    graph: &EventGraph,
    event: EventId,
    mut write: impl FnMut(&str, Value<'_>),
) {
    if let Some(summary) = graph.summary(event) {
        write("summary", Value::Text(summary));
    }
    if let Some(topic) = graph.lead_topic(event) {
        write("lead_topic", Value::Text(graph.topic_name(topic)));
    }
    let topics = records::topics(graph, event);
    if !topics.is_empty() {
        write("topics", Value::Names(topics));
    }
    write("present", Value::Truth(graph.present(event)));
    if let Some(page) = graph.page(event) {
        write("page", Value::Text(page));
    }
    let sources: Vec<&str> =
        records::sources(graph, event).iter().map(|source| source.url).collect();
    if !sources.is_empty() {
        write("sources", Value::Names(sources));
    }
}
