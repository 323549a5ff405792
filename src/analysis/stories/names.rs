//! What a group of events is about: its distinctive topics.

use rayon::prelude::*;

use crate::graph::EventGraph;
use crate::model::{EventId, TopicId};

/// Topics that a name is made of.
const NAMED: usize = 3;

/// A topic in a name is borne by at least this share of the group …
const LEAST_SHARE: f64 = 0.25;

/// … and by at least two events; it tells at least this part of what the first
/// topic tells, and is found in at most a third of all groups (or in three).
const LEAST_OF_FIRST: f64 = 0.4;

/// The topics that set each group of events apart from the others, at most
/// three, the most distinctive first.
///
/// Class-based TF-IDF (Grootendorst 2022): the share that a topic has among
/// the topics of the group's events, times ln(1 + A / f), where f is how often
/// the topic occurs in all groups and A how many topics a group has on
/// average. A topic that is everywhere names a group only if it has no other.
///
/// # Returns
/// One list a group, in the order of the groups; an empty one where no event
/// has a topic. Equal topics are in order of name.
///
/// # Complexity
/// O(n log n) for n pairs of an event and a topic.
pub fn naming_topics(graph: &EventGraph, groups: &[Vec<EventId>]) -> Vec<Vec<TopicId>> {
    let counts: Vec<Vec<(TopicId, u32)>> =
        groups.par_iter().map(|events| topic_counts(graph, events)).collect();
    let mut all = vec![(0_u64, 0_u32); graph.topic_count()];
    let mut total = 0_u64;
    for &(topic, count) in counts.iter().flatten() {
        let (occurrences, groups) = &mut all[topic.index()];
        *occurrences += u64::from(count);
        *groups += 1;
        total += u64::from(count);
    }
    let average = total as f64 / groups.len().max(1) as f64;
    let everywhere = (groups.len() / 3).max(3) as u32;
    let name = |(events, counts): (&Vec<EventId>, &Vec<(TopicId, u32)>)| {
        let own: u32 = counts.iter().map(|(_, count)| count).sum();
        let mut topics: Vec<(TopicId, u32, f64)> = counts
            .iter()
            .map(|&(topic, count)| {
                let frequency = all[topic.index()].0.max(1) as f64;
                let tells = libm::log(1.0 + average / frequency);
                (topic, count, f64::from(count) / f64::from(own.max(1)) * tells)
            })
            .collect();
        let least = (events.len() as f64 * LEAST_SHARE).max(2.0);
        let names = |&(topic, count, _): &(TopicId, u32, f64)| {
            f64::from(count) >= least && all[topic.index()].1 <= everywhere
        };
        topics
            .sort_by(|a, b| names(b).cmp(&names(a)).then(b.2.total_cmp(&a.2)).then(a.0.cmp(&b.0)));
        let first = topics.first().map_or(0.0, |topic| topic.2);
        let tells = |topic: &&(TopicId, u32, f64)| topic.2 >= LEAST_OF_FIRST * first;
        let further = topics.iter().skip(1).filter(|&topic| names(topic)).filter(tells);
        topics.iter().take(1).chain(further).take(NAMED).map(|topic| topic.0).collect()
    };
    groups.par_iter().zip(&counts).map(name).collect()
}

/// How many of the events bear each topic, in order of topic.
fn topic_counts(graph: &EventGraph, events: &[EventId]) -> Vec<(TopicId, u32)> {
    let mut topics: Vec<TopicId> = events.iter().flat_map(|&event| graph.topics(event)).collect();
    topics.sort_unstable();
    topics.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
}
