//! Why no chain ties two events, and which missing pages might.

use std::collections::BTreeSet;

use crate::analysis::components::components;
use crate::analysis::strength::Strengths;
use crate::error::Result;
use crate::graph::{EventGraph, Selection};
use crate::model::{EventId, TopicId};

/// Two events that no chain ties.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// How many events hang together with the first, itself included.
    pub size: usize,
    /// How many hang together with the second, itself included.
    pub other_size: usize,
    /// Missing pages whose links would most likely close the gap, the likeliest
    /// first.
    pub missing: Vec<Missing>,
}

/// An event without a page, on one side of a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// The event.
    pub event: EventId,
    /// Whether it hangs together with the first of the two.
    pub with_first: bool,
    /// Its topics that events of the other side bear too, the most telling
    /// first; may be none.
    pub topics: Vec<TopicId>,
    /// How likely its page would close the gap, 0 to 1: as strong as a link
    /// would be whose context named those topics.
    pub likelihood: f64,
}

/// How many missing pages are named.
const NAMED: usize = 5;

/// Why no links lead from one event to the other in either direction; `None`
/// if some do.
///
/// An absent event is known only from links to it; the links of its own page,
/// if there were one, are not in the graph. Such a page might close the gap if
/// the event shares topics with the other side: the likelihood is
/// 1 − ∏ (1 − iₜ²) over the topics that it shares, iₜ the information of each.
/// Absent events of the smaller side are named even if they share none: the
/// pages that are there lead nowhere else. The two events themselves never are.
///
/// # Errors
/// If the graph's links are damaged.
///
/// # Complexity
/// O(|V| + |E|) and the number of topics that events bear.
pub fn gap(graph: &EventGraph, from: EventId, to: EventId) -> Result<Option<Gap>> {
    let parts = components(graph, &Selection::all(graph))?;
    let (Some(first), Some(second)) = (parts.of(from), parts.of(to)) else { return Ok(None) };
    if first == second {
        return Ok(None);
    }
    let strengths = Strengths::new(graph.walk()?);
    let topics_of = |part: usize| -> BTreeSet<TopicId> {
        parts.events(part).flat_map(|event| graph.topics(event)).collect()
    };
    let sides = [(first, topics_of(second)), (second, topics_of(first))];
    // Components are numbered by falling size.
    let smaller = first.max(second);
    let mut missing = Vec::new();
    for (part, others) in &sides {
        // The two themselves are what is to be joined.
        let others_of_it = |event: &EventId| *event != from && *event != to;
        let absent = |event: &EventId| !graph.present(*event);
        for event in parts.events(*part).filter(absent).filter(others_of_it) {
            let mut topics: Vec<TopicId> =
                graph.topics(event).filter(|topic| others.contains(topic)).collect();
            topics.sort_by(|&a, &b| {
                let by_information = strengths.information(b).total_cmp(&strengths.information(a));
                by_information.then(a.cmp(&b))
            });
            let tells = topics.iter().map(|&topic| strengths.information(topic));
            let likelihood = 1.0 - tells.map(|i| 1.0 - i * i).product::<f64>();
            if likelihood > 0.0 || *part == smaller {
                let with_first = *part == first;
                missing.push(Missing { event, with_first, topics, likelihood });
            }
        }
    }
    missing.sort_by(|a, b| b.likelihood.total_cmp(&a.likelihood).then(a.event.cmp(&b.event)));
    missing.truncate(NAMED);
    Ok(Some(Gap { size: parts.size(first), other_size: parts.size(second), missing }))
}
