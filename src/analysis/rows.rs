//! The rows of an answer that compares: a label and the events that it has.

use crate::graph::{EventGraph, Selection};
use crate::model::{EventId, TopicId};

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowLabel {
    /// All selected events.
    Selection,
    /// Those that bear a topic.
    Topic(TopicId),
    /// Those of a story: its place among the stories, and what it is called.
    Story(usize, String),
}

/// Some events under a label: one line of a timeline, one candidate for bursts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What they have in common.
    pub label: RowLabel,
    /// They, ascending.
    pub events: Vec<EventId>,
}

impl Row {
    /// All events of a selection in one row.
    pub fn of_selection(graph: &EventGraph, selection: &Selection) -> Self {
        Self { label: RowLabel::Selection, events: selection.events(graph).collect() }
    }
}

/// A row for each topic that selected events bear, an event in as many rows as
/// it has topics.
///
/// # Returns
/// By falling number of events, equal ones by name.
///
/// # Complexity
/// Linear in the number of topics that events bear, and O(t log t) in topics.
pub fn topic_rows(graph: &EventGraph, selection: &Selection) -> Vec<Row> {
    let mut counts = vec![0_u32; graph.topic_count()];
    for event in selection.events(graph) {
        graph.topics(event).for_each(|topic| counts[topic.index()] += 1);
    }
    let mut rows: Vec<Row> = (0..)
        .zip(&counts)
        .map(|(topic, &count)| Row {
            label: RowLabel::Topic(TopicId(topic)),
            events: Vec::with_capacity(count as usize),
        })
        .collect();
    for event in selection.events(graph) {
        for topic in graph.topics(event) {
            let events = &mut rows[topic.index()].events;
            // A damaged file may say the same twice.
            if events.last() != Some(&event) {
                events.push(event);
            }
        }
    }
    rows.retain(|row| !row.events.is_empty());
    // Ids are in order of names already, and the sort is stable.
    rows.sort_by_key(|row| std::cmp::Reverse(row.events.len()));
    rows
}
