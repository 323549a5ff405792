//! Topics: how often, and when.

use crate::graph::{EventGraph, Selection};
use crate::model::{Date, TopicId};

/// One topic among the selected events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TopicCount {
    /// The topic.
    pub topic: TopicId,
    /// Selected events that bear it.
    pub events: u32,
    /// Links of selected events' pages that it labels.
    pub links: u32,
    /// The first day of such an event.
    pub first: Option<Date>,
    /// The last day of such an event.
    pub last: Option<Date>,
}

/// The topics of the selected events.
///
/// # Returns
/// By falling number of events, equal ones by name; topics that no selected
/// event bears are left out.
///
/// # Complexity
/// Linear in the number of topics that events and links bear.
pub fn topic_counts(graph: &EventGraph, selection: &Selection) -> Vec<TopicCount> {
    let mut counts: Vec<TopicCount> = (0..graph.topic_count() as u32)
        .map(|id| TopicCount { topic: TopicId(id), events: 0, links: 0, first: None, last: None })
        .collect();
    for event in selection.events(graph) {
        let date = graph.date(event);
        for topic in graph.topics(event) {
            let count = &mut counts[topic.index()];
            count.events += 1;
            if let Some(date) = date {
                count.first = Some(count.first.map_or(date, |first| first.min(date)));
                count.last = Some(count.last.map_or(date, |last| last.max(date)));
            }
        }
    }
    for id in graph.links() {
        if graph.link(id).is_some_and(|link| selection.contains(link.source)) {
            for topic in graph.link_topics(id) {
                counts[topic.index()].links += 1;
            }
        }
    }
    counts.retain(|count| count.events > 0);
    // Ids are in order of names already, and the sort is stable.
    counts.sort_by_key(|count| std::cmp::Reverse(count.events));
    counts
}
