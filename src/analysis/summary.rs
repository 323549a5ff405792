//! What is in a graph, at a glance.

use crate::analysis::components::components;
use crate::analysis::timeline::{Timeline, TimelineOptions, timeline};
use crate::analysis::topics::topic_counts;
use crate::error::Result;
use crate::graph::{EventGraph, Selection};
use crate::model::{Date, EventId, TopicId};

/// The first things to know about a graph, or a selection of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Selected events.
    pub events: usize,
    /// Those with a page of their own.
    pub present: usize,
    /// Links between selected events.
    pub links: usize,
    /// Topics that selected events bear.
    pub topics: usize,
    /// Events without a date.
    pub undated: usize,
    /// The first and the last day.
    pub span: Option<(Date, Date)>,
    /// Events over time, in a period that fits.
    pub timeline: Timeline,
    /// How many components there are.
    pub components: usize,
    /// The largest components: how many events, and the one with most links.
    pub largest: Vec<(usize, EventId)>,
    /// Events that nothing is linked to.
    pub alone: usize,
    /// The events with most links to and from selected events.
    pub most_linked: Vec<(EventId, usize)>,
    /// The topics of most events.
    pub most_borne: Vec<(TopicId, u32)>,
}

/// How many of each kind a summary names.
const NAMED: usize = 5;

/// Summarises the selected events.
///
/// # Errors
/// If the graph's links are damaged.
///
/// # Complexity
/// O(|V| + |E|), and O(t log t) in the number of topics.
pub fn summarise(graph: &EventGraph, selection: &Selection) -> Result<Summary> {
    let walk = graph.walk()?;
    let timeline = timeline(graph, selection, TimelineOptions { period: None })?;
    let parts = components(graph, selection)?;
    let mut links = 0;
    let mut degrees: Vec<(EventId, usize)> = Vec::with_capacity(selection.len());
    for event in selection.events(graph) {
        let others = walk.neighbours(event).filter(|&other| selection.contains(other));
        degrees.push((event, others.count()));
        let targets = walk.targets(event).iter();
        links += targets.filter(|&&target| selection.contains(EventId(target))).count();
    }
    let mut leaders: Vec<Option<(EventId, usize)>> = vec![None; parts.len().min(NAMED)];
    for &(event, degree) in &degrees {
        let leader = parts.of(event).and_then(|part| leaders.get_mut(part));
        if let Some(leader) = leader
            && leader.is_none_or(|(_, most)| degree > most)
        {
            *leader = Some((event, degree));
        }
    }
    let alone = (0..parts.len()).filter(|&part| parts.size(part) == 1).count();
    degrees.sort_by_key(|&(event, degree)| (std::cmp::Reverse(degree), event));
    degrees.truncate(NAMED);
    degrees.retain(|&(_, degree)| degree > 0);
    let topics = topic_counts(graph, selection);
    Ok(Summary {
        events: selection.len(),
        present: selection.events(graph).filter(|&event| graph.present(event)).count(),
        links,
        topics: topics.len(),
        undated: timeline.undated,
        span: graph.span(selection.events(graph)),
        timeline,
        components: parts.len(),
        largest: leaders
            .into_iter()
            .enumerate()
            .filter_map(|(part, leader)| leader.map(|(event, _)| (parts.size(part), event)))
            .collect(),
        alone,
        most_linked: degrees,
        most_borne: topics.iter().take(NAMED).map(|count| (count.topic, count.events)).collect(),
    })
}
