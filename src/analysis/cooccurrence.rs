//! What comes with what, more often than chance would have it.
//!
//! `docs/analysis.md` has the definition with an example.

use std::collections::BTreeMap;

use crate::graph::{EventGraph, Selection};
use crate::model::{EventId, TopicId};

/// How many selected events bear each topic: what chance is reckoned from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicBase {
    bearers: Vec<u32>,
    events: usize,
}

impl TopicBase {
    /// Counts the topics of the selected events.
    ///
    /// # Complexity
    /// Linear in the number of topics that events bear.
    pub fn new(graph: &EventGraph, selection: &Selection) -> Self {
        let mut bearers = vec![0; graph.topic_count()];
        for event in selection.events(graph) {
            graph.topics(event).for_each(|topic| bearers[topic.index()] += 1);
        }
        Self { bearers, events: selection.len() }
    }

    /// How many events there are.
    pub fn events(&self) -> usize {
        self.events
    }

    /// How many of them bear a topic.
    pub fn bearers(&self, topic: TopicId) -> usize {
        self.bearers.get(topic.index()).map_or(0, |&count| count as usize)
    }
}

/// A topic that some of the events bear.
#[derive(Clone, Debug, PartialEq)]
pub struct CoTopic {
    /// The topic.
    pub topic: TopicId,
    /// Those of the events that bear it, ascending.
    pub together: Vec<EventId>,
    /// How many events bear it in all.
    pub events: usize,
    /// How many of the events would bear it if chance had its way.
    pub expected: f64,
    /// See [`log_likelihood`]; negative if it is rarer than chance would have it.
    pub log_likelihood: f64,
}

/// The topics of some events, those first that tell them most from the others.
///
/// # Arguments
/// Events of the base, ascending; others are taken for such.
///
/// # Returns
/// By falling [`log_likelihood`], equal ones by name.
///
/// # Complexity
/// O(m log t), m the number of topics that the events bear, t of them different.
pub fn distinctive_topics(
    graph: &EventGraph,
    events: &[EventId],
    base: &TopicBase,
) -> Vec<CoTopic> {
    let mut found: BTreeMap<TopicId, Vec<EventId>> = BTreeMap::new();
    for &event in events {
        for topic in graph.topics(event) {
            let together = found.entry(topic).or_default();
            // A damaged file may say the same twice.
            if together.last() != Some(&event) {
                together.push(event);
            }
        }
    }
    let told = |(topic, together): (TopicId, Vec<EventId>)| {
        let (count, bearers) = (together.len(), base.bearers(topic));
        let all = base.events.max(events.len());
        CoTopic {
            topic,
            events: bearers,
            expected: events.len() as f64 * bearers as f64 / all as f64,
            log_likelihood: log_likelihood(count, events.len(), bearers.max(count), all),
            together,
        }
    };
    let mut topics: Vec<CoTopic> = found.into_iter().map(told).collect();
    // The sort is stable, and ids are in order of names.
    topics.sort_by(|a, b| b.log_likelihood.total_cmp(&a.log_likelihood));
    topics
}

/// How surprising it is that two things come together so often: Dunning's
/// log-likelihood ratio G² (Accurate Methods for the Statistics of Surprise and
/// Coincidence, 1993) of the fourfold table, with a sign.
///
/// It is distributed as χ² with one degree of freedom: chance alone exceeds
/// 3.84 once in 20 cases, 10.83 once in 1,000.
///
/// # Arguments
/// How many of `all` things have both properties, the one, and the other.
///
/// # Returns
/// 2 · Σ O · ln (O / E) over the four cells; negative if they come together less
/// often than chance would have it. 0 for numbers that contradict each other.
///
/// # Example
/// ```
/// use threadline::analysis::log_likelihood;
///
/// // “the swiss” in Dunning’s table 1: 110 pairs of 31,777 words.
/// assert_eq!(format!("{:.2}", log_likelihood(110, 2_552, 221, 31_777)), "270.72");
/// assert_eq!(log_likelihood(10, 100, 100, 1_000), 0.0);
/// ```
pub fn log_likelihood(together: usize, one: usize, other: usize, all: usize) -> f64 {
    let contradicts = together > one.min(other) || one.max(other) > all;
    if contradicts || one + other - together > all {
        return 0.0;
    }
    let (n, row, column) = (all as f64, one as f64, other as f64);
    let cell = |seen: usize, row: f64, column: f64| match seen {
        0 => 0.0,
        seen => seen as f64 * libm::log(seen as f64 * n / (row * column)),
    };
    let sum = cell(together, row, column)
        + cell(one - together, row, n - column)
        + cell(other - together, n - row, column)
        + cell(all - (one + other - together), n - row, n - column);
    let more = together as f64 * n >= row * column;
    // Rounding may leave a little below 0 where it is 0.
    2.0 * sum.max(0.0) * if more { 1.0 } else { -1.0 }
}
