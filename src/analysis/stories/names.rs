//! What a group of events is about: its distinctive topics, or those that most of it
//! is about.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::graph::EventGraph;
use crate::model::{EventId, TopicId, is_only_a_date};

/// Topics that a name is made of.
const NAMED: usize = 3;

/// A topic in a name is borne by at least this share of the group …
const LEAST_SHARE: f64 = 0.25;

/// … and by at least two events; it tells at least this part of what the first
/// topic tells, and is found in at most a third of all groups (or in three).
const LEAST_OF_FIRST: f64 = 0.4;

/// A topic that tells a group from one of the same name is borne by this share
/// of it at least.
const LEAST_TO_TELL_APART: f64 = 0.2;

/// The topics that set each group of events apart from the others, at most
/// three, the most distinctive first.
///
/// Class-based TF-IDF (Grootendorst 2022): the share that a topic has among
/// the topics of the group's events, times ln(1 + A / f), where f is how often
/// the topic occurs in all groups and A how many topics a group has on
/// average. A topic that is everywhere, or only a date, names a group only if it
/// has no other;
/// where several groups would be called the same, each gets one topic more.
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
    let candidates = |(events, counts): (&Vec<EventId>, &Vec<(TopicId, u32)>)| {
        let own: u32 = counts.iter().map(|(_, count)| count).sum();
        let least = (events.len() as f64 * LEAST_SHARE).max(2.0);
        let apart = (events.len() as f64 * LEAST_TO_TELL_APART).max(2.0);
        let candidate = |&(topic, count): &(TopicId, u32)| {
            let (occurrences, groups) = all[topic.index()];
            let rarity = libm::log(1.0 + average / occurrences.max(1) as f64);
            let tells = f64::from(count) / f64::from(own.max(1)) * rarity;
            let may_name = groups <= everywhere && !is_only_a_date(graph.topic_name(topic));
            let is_name = may_name && f64::from(count) >= least;
            let is_shared = may_name && f64::from(count) >= apart;
            Candidate { topic, tells, is_name, is_shared }
        };
        let mut found: Vec<Candidate> = counts.iter().map(candidate).collect();
        found.sort_by(|a, b| {
            let by_worth = b.is_name.cmp(&a.is_name).then(b.tells.total_cmp(&a.tells));
            by_worth.then(a.topic.cmp(&b.topic))
        });
        found
    };
    let found: Vec<Vec<Candidate>> = groups.par_iter().zip(&counts).map(candidates).collect();
    let mut names: Vec<Vec<TopicId>> = found.iter().map(|found| name(found)).collect();
    tell_apart(&mut names, &found);
    names
}

/// A further topic of a wide group brings at least this part of what the first one
/// does …
const LEAST_FURTHER: f64 = 0.3;

/// … or the name, as it is, covers less than this share of the group.
const WELL_COVERED: f64 = 2.0 / 3.0;

/// The topics that say what wide groups are about: at most three, the one that
/// covers most first.
///
/// What is wide, as a saga of several stories, seldom has a topic that is rare
/// elsewhere and borne by many of its own events. So its name covers it: each
/// topic is the one whose share among the group's events that no earlier topic of
/// the name covers, as a part of the whole group, most exceeds its share among the
/// events of all other groups. It covers two events at least, and far fewer than the
/// first topic only while much of the group is not covered: where a group is about
/// two things, its name tells both.
///
/// # Returns
/// As [`naming_topics`].
///
/// # Complexity
/// O(n log n) for n pairs of an event and a topic.
pub(super) fn covering_topics(graph: &EventGraph, groups: &[Vec<EventId>]) -> Vec<Vec<TopicId>> {
    let mut all = vec![0_u64; graph.topic_count()];
    let events: usize = groups.iter().map(Vec::len).sum();
    for &event in groups.iter().flatten() {
        graph.topics(event).for_each(|topic| all[topic.index()] += 1);
    }
    let covering = |group: &Vec<EventId>| {
        let own = topic_counts(graph, group);
        let elsewhere = |topic: TopicId| {
            let at = own.binary_search_by_key(&topic, |&(topic, _)| topic);
            let inside = at.map_or(0, |at| u64::from(own[at].1));
            (all[topic.index()] - inside) as f64 / (events - group.len()).max(1) as f64
        };
        let mut left = group.clone();
        let mut name: Vec<TopicId> = Vec::new();
        let mut first = 0.0;
        while name.len() < NAMED {
            let covered = 1.0 - left.len() as f64 / group.len().max(1) as f64;
            let least = if covered < WELL_COVERED { 0.0 } else { LEAST_FURTHER * first };
            let tells = |&(topic, count): &(TopicId, u32)| {
                let excess = f64::from(count) / group.len() as f64 - elsewhere(topic);
                (count > 1 && excess > least && !is_only_a_date(graph.topic_name(topic)))
                    .then_some((topic, excess))
            };
            let found = topic_counts(graph, &left).iter().filter_map(tells).collect::<Vec<_>>();
            // Of equal ones the first.
            let best = found.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            let Some((topic, excess)) = best else { break };
            if name.is_empty() {
                first = excess;
            }
            name.push(topic);
            left.retain(|&event| graph.topics(event).all(|other| other != topic));
        }
        if name.is_empty() {
            name.extend(
                own.iter()
                    .max_by_key(|&&(topic, count)| (count, std::cmp::Reverse(topic)))
                    .map(|&(topic, _)| topic),
            );
        }
        name
    };
    groups.par_iter().map(covering).collect()
}

/// A topic that a group might be named after.
struct Candidate {
    topic: TopicId,
    /// How much it sets the group apart from others.
    tells: f64,
    /// Whether enough of the group bear it, and few enough others.
    is_name: bool,
    /// The same for what tells groups of one name apart.
    is_shared: bool,
}

/// The topics that name a group, of its candidates, the best first.
fn name(found: &[Candidate]) -> Vec<TopicId> {
    let first = found.first().map_or(0.0, |best| best.tells);
    let tells = |topic: &&Candidate| topic.is_name && topic.tells >= LEAST_OF_FIRST * first;
    let further = found.iter().skip(1).filter(tells);
    found.iter().take(1).chain(further).take(NAMED).map(|topic| topic.topic).collect()
}

/// Gives groups of the same name one more topic each, if they have one: a
/// country alone is no name for eight stories.
fn tell_apart(names: &mut [Vec<TopicId>], found: &[Vec<Candidate>]) {
    let mut same: HashMap<Vec<TopicId>, Vec<usize>> = HashMap::new();
    for (group, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        same.entry(name.clone()).or_default().push(group);
    }
    for group in same.into_values().filter(|groups| groups.len() > 1).flatten() {
        let name = &mut names[group];
        let mut further = found[group].iter().filter(|topic| topic.is_shared);
        if name.len() < NAMED
            && let Some(topic) = further.find(|further| !name.contains(&further.topic))
        {
            name.push(topic.topic);
        }
    }
}

/// How many of the events bear each topic, in order of topic.
fn topic_counts(graph: &EventGraph, events: &[EventId]) -> Vec<(TopicId, u32)> {
    let mut topics: Vec<TopicId> = events.iter().flat_map(|&event| graph.topics(event)).collect();
    topics.sort_unstable();
    topics.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
}
