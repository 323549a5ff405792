//! How much does a link tell? Its strength, from its context topics.
//!
//! `docs/analysis.md` has the definition with an example.

use rayon::prelude::*;

use crate::error::Result;
use crate::graph::{EventGraph, Walk, once};
use crate::model::{EventId, LinkId, TopicId, is_only_a_date, words};

words! {
    /// What ties weigh in an analysis.
    #[derive(Default)]
    pub enum Weight {
        /// All the same.
        None = "none",
        /// As much as their strength.
        #[default]
        Strength = "strength",
    }
}

/// A link weaker than this tells little: its topics are borne by so many events
/// that they say where, not what. One topic alone makes a link so weak if more
/// than √(2 |V|) events bear it. Measured, see `docs/analysis.md`.
pub const WEAK: f64 = 0.3;

/// What a link is worth that has no topics, in a graph that has some: somebody
/// listed it.
const LISTED: f64 = 0.05;

/// How much more a link counts that the other page lists as well.
const MUTUAL: f64 = 1.5;

/// How much more the first link of a list counts; the n-th gets an n-th of it.
const FIRST: f64 = 0.2;

/// The information of a graph's topics, and with it the strength of its links.
///
/// The information of a topic is −ln of the share of events that bear it
/// (Shannon 1948), divided by what a topic of two events has, so that it lies
/// between 0 (every event bears it) and 1. A topic that is only a date, `2011`,
/// has none: it says when, which the events do themselves. The strength of a
/// link is
///
/// > s = 1 − ((1 − 0.05) · ∏ (1 − iₜ²)) ^ e,  e = m · (1 + 0.2 / rank)
///
/// over its topics t, where m is 1.5 if the other page lists the event too, or
/// else 1. The squares keep several topics that are everywhere from adding up
/// to one that tells something. In a graph without topics all strengths are 1.
#[derive(Clone, Debug)]
pub struct Strengths<'g> {
    walk: Walk<'g>,
    /// Of each topic its information i, 0 to 1, and ln (1 − i²); empty in a
    /// graph without topics.
    topics: &'g [[f64; 2]],
    /// The same for a link without topics.
    listed: f64,
}

impl<'g> Strengths<'g> {
    /// Counts the topics, if nobody asked for strengths of this graph before.
    ///
    /// # Complexity
    /// O(|V| + |T|) and the number of topics that events bear the first time,
    /// O(1) from then on.
    pub fn new(walk: Walk<'g>) -> Self {
        let graph = walk.graph();
        let topics = once(&graph.kept().topic_information, || topic_information(graph));
        Self { walk, topics, listed: libm::log(1.0 - LISTED) }
    }

    /// The links that are weighed.
    pub fn walk(&self) -> Walk<'g> {
        self.walk
    }

    /// How much a topic tells: 0 if every event bears it, 1 if only two do.
    pub fn information(&self, topic: TopicId) -> f64 {
        self.topics.get(topic.index()).map_or(0.0, |&[information, _]| information)
    }

    /// Whether all links are equally strong, because no event bears a topic.
    pub fn is_uniform(&self) -> bool {
        self.topics.is_empty()
    }

    /// The strength of a link, above 0 and at most 1.
    ///
    /// # Complexity
    /// O(topics of the link + the shorter of two lists: the links of its target,
    /// and those to its source).
    ///
    /// # Panics
    /// If the id comes from another graph.
    pub fn of(&self, link: LinkId) -> f64 {
        if self.is_uniform() {
            return 1.0;
        }
        let graph = self.walk.graph();
        let topics: f64 = graph.link_topics(link).map(|topic| self.topics[topic.index()][1]).sum();
        let (source, target) = (self.walk.source(link), self.walk.target(link));
        let mutual = self.lists(target, source);
        let rank = graph.link(link).map_or(1, |link| link.rank.max(1));
        let exponent = if mutual { MUTUAL } else { 1.0 } * (1.0 + FIRST / f64::from(rank));
        1.0 - libm::exp(exponent * (self.listed + topics))
    }

    /// Whether one event lists another: in the shorter of the two lists that
    /// would tell, since the other may be a hub's.
    fn lists(&self, source: EventId, target: EventId) -> bool {
        let (targets, back) = (self.walk.targets(source), self.walk.in_links(target));
        if targets.len() <= back.len() {
            return targets.contains(&target.0);
        }
        back.into_iter().any(|link| self.walk.source(link) == source)
    }

    /// The strengths of all links, by id.
    ///
    /// # Complexity
    /// O(|E|) times what [`Strengths::of`] takes.
    pub fn all(&self) -> Vec<f64> {
        let links = self.walk.link_count() as u32;
        (0..links).into_par_iter().with_min_len(1024).map(|id| self.of(LinkId(id))).collect()
    }
}

/// The information i of each topic, and ln (1 − i²).
fn topic_information(graph: &EventGraph) -> Vec<[f64; 2]> {
    let mut bearers = vec![0_u32; graph.topic_count()];
    for event in graph.events() {
        graph.topics(event).for_each(|topic| bearers[topic.index()] += 1);
    }
    let events = graph.event_count() as f64;
    let most = libm::log((events / 2.0).max(2.0));
    let information = |(topic, count): (usize, u32)| {
        let information = match is_only_a_date(graph.topic_name(TopicId(topic as u32))) {
            true => 0.0,
            false => (libm::log(events / f64::from(count.max(1))) / most).clamp(0.0, 1.0),
        };
        // A topic of one event would make a link all-telling: never quite.
        [information, libm::log((1.0 - information * information).max(1e-3))]
    };
    bearers.into_par_iter().with_min_len(1024).enumerate().map(information).collect()
}

impl EventGraph {
    /// The strengths of the links.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    pub fn strengths(&self) -> Result<Strengths<'_>> {
        Ok(Strengths::new(self.walk()?))
    }
}
