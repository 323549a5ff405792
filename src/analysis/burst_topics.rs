//! What is a burst about? Its topics, and the event at its centre.

use crate::analysis::bursts::Burst;
use crate::analysis::cooccurrence::{TopicBase, distinctive_topics};
use crate::analysis::rank::most_linked_within;
use crate::error::Result;
use crate::graph::{EventGraph, Selection, Walk};
use crate::model::{EventId, TopicId};

/// Topics that tell what a burst is about.
const TOPICS: usize = 4;

/// χ² with one degree of freedom exceeds this by chance once in 1,000 cases.
const SURPRISING: f64 = 10.83;

/// Says what bursts are about.
#[derive(Debug)]
pub struct BurstTeller<'g> {
    graph: &'g EventGraph,
    walk: Walk<'g>,
    base: TopicBase,
}

impl<'g> BurstTeller<'g> {
    /// What the bursts' events are held against: all events.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    ///
    /// # Complexity
    /// Linear in the number of topics that events bear.
    pub fn new(graph: &'g EventGraph) -> Result<Self> {
        let walk = graph.walk()?;
        Ok(Self { graph, walk, base: TopicBase::new(graph, &Selection::all(graph)) })
    }

    /// At most four topics that tell its events from others, the most telling
    /// first.
    pub fn topics(&self, burst: &Burst) -> Vec<TopicId> {
        let topics = distinctive_topics(self.graph, &burst.events, &self.base);
        let telling = topics.into_iter().filter(|topic| topic.log_likelihood >= SURPRISING);
        telling.take(TOPICS).map(|topic| topic.topic).collect()
    }

    /// The event with most links within the burst.
    pub fn key_event(&self, burst: &Burst) -> Option<EventId> {
        most_linked_within(self.walk, &burst.events)
    }
}
