//! The story graph: which events follow one another in the same matter.

use crate::analysis::strength::Strengths;
use crate::analysis::ties::Ties;
use crate::graph::EventGraph;
use crate::model::{EventId, LinkId};

/// How many later events of a topic an event is tied to.
const FOLLOWING: usize = 4;

/// A tie weaker than this is none: it could not move an event.
const FAINTEST: f64 = 1e-5;

/// Derives the story graph: ties between events, 0 to 1.
///
/// Two events are tied if one lists the other, with the square of the link's
/// strength; and if one is among the next four events of a topic that both
/// bear, with *c*^1.5, where *c* = 1 − ∏ (1 − iₜ²) over all topics t that both
/// bear (their information as in [`Strengths`]). The stronger of the two
/// counts, times e^(−days / scale) for the days between them; links from or to
/// an event without a date are taken to be one scale long.
///
/// # Complexity
/// Time O(|E| + n (k + log n)) for n pairs of an event and a topic and at most k
/// topics of an event, space as much as there are ties.
pub fn story_graph(strengths: &Strengths<'_>, scale: f64) -> Ties {
    let walk = strengths.walk();
    let graph = walk.graph();
    let bearers = Bearers::of(graph);
    let link_strength = strengths.all();
    let row = |id: u32, row: &mut Vec<(u32, f32)>| {
        let event = EventId(id);
        let mut push = |other: EventId, closeness: f64| {
            let weight = closeness * nearness(graph, event, other, scale);
            if other != event && weight > FAINTEST {
                row.push((other.0, weight as f32));
            }
        };
        let listed = |link: LinkId| link_strength[link.index()] * link_strength[link.index()];
        walk.out_links(event).for_each(|link| push(walk.target(link), listed(link)));
        walk.in_links(event).for_each(|link| push(walk.source(link), listed(link)));
        for other in bearers.around(graph, event) {
            let common = common_information(strengths, event, other);
            push(other, common * common.sqrt());
        }
    };
    Ties::collect(walk.event_count(), row)
}

/// e^(−days / scale).
fn nearness(graph: &EventGraph, a: EventId, b: EventId, scale: f64) -> f64 {
    let days = match (graph.date(a), graph.date(b)) {
        (Some(a), Some(b)) => f64::from(a.days().abs_diff(b.days())),
        _ => scale,
    };
    libm::exp(-days / scale)
}

/// How much the topics tell that both events bear, 0 to 1.
fn common_information(strengths: &Strengths<'_>, a: EventId, b: EventId) -> f64 {
    let graph = strengths.walk().graph();
    let mut of_b = graph.topics(b).peekable();
    let mut remains = 1.0;
    for topic in graph.topics(a) {
        while of_b.next_if(|&other| other < topic).is_some() {}
        if of_b.next_if_eq(&topic).is_some() {
            let information = strengths.information(topic);
            remains *= 1.0 - information * information;
        }
    }
    1.0 - remains
}

/// The dated events of each topic, in order of time.
struct Bearers {
    offsets: Vec<usize>,
    events: Vec<EventId>,
}

impl Bearers {
    fn of(graph: &EventGraph) -> Self {
        let dated = || graph.events().filter(|&event| graph.date(event).is_some());
        let mut offsets = vec![0; graph.topic_count() + 1];
        for topic in dated().flat_map(|event| graph.topics(event)) {
            offsets[topic.index() + 1] += 1;
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let mut next = offsets.clone();
        let mut events = vec![EventId(0); offsets.last().copied().unwrap_or(0)];
        for event in dated() {
            for topic in graph.topics(event) {
                events[next[topic.index()]] = event;
                next[topic.index()] += 1;
            }
        }
        Self { offsets, events }
    }

    /// The events shortly before and after one in any of its topics, each
    /// once.
    fn around(&self, graph: &EventGraph, event: EventId) -> Vec<EventId> {
        let mut around = Vec::new();
        for topic in graph.topics(event) {
            let events = &self.events[self.offsets[topic.index()]..self.offsets[topic.index() + 1]];
            if let Ok(at) = events.binary_search(&event) {
                around.extend_from_slice(&events[at.saturating_sub(FOLLOWING)..at]);
                let end = (at + 1 + FOLLOWING).min(events.len());
                around.extend_from_slice(&events[at + 1..end]);
            }
        }
        around.sort_unstable();
        around.dedup();
        around
    }
}
