//! How do two events connect? Chains of links, by four meanings of "best".
//!
//! `docs/analysis.md` says what each means, and what it was measured on.

mod alternatives;
mod closest;
mod fewest;
mod missing;
mod rules;
mod strongest;
mod surprise;
mod weights;

use std::collections::BTreeSet;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Link, Selection};
use crate::model::{EventId, TopicId, words};

pub use fewest::fewest_links;
pub use missing::{Gap, Missing, gap};
use rules::Rules;
pub use surprise::{Standing, standing};
use weights::{Above, Weights, Worth};

/// A path of links between two events, with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The events, both ends included.
    pub events: Vec<EventId>,
    /// One hop between each two of them.
    pub hops: Vec<Hop>,
}

impl Chain {
    /// At which inner events the subject changes: no topic of the links before
    /// it is one of the links behind it or of the next event, and no topic of
    /// the links behind it is one of the event before.
    ///
    /// # Returns
    /// One for each event; false at both ends, and next to links without
    /// topics.
    pub fn subject_changes(&self, graph: &EventGraph) -> Vec<bool> {
        let of_hop = |hop: &Hop| -> BTreeSet<TopicId> {
            hop.links.iter().flat_map(|link| graph.link_topics(link.id)).collect()
        };
        let topics: Vec<BTreeSet<TopicId>> = self.hops.iter().map(of_hop).collect();
        let mut changes = vec![false; self.events.len()];
        for (at, pair) in topics.windows(2).enumerate() {
            let (before, behind) = (&pair[0], &pair[1]);
            let bears = |event: EventId, topics: &BTreeSet<TopicId>| {
                graph.topics(event).any(|topic| topics.contains(&topic))
            };
            changes[at + 1] = !before.is_empty()
                && !behind.is_empty()
                && before.is_disjoint(behind)
                && !bears(self.events[at + 2], before)
                && !bears(self.events[at], behind);
        }
        changes
    }
}

/// One step of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// All links that tie the two events and that a chain may follow: those
    /// that the page of the earlier event in the chain lists first. Never
    /// empty.
    pub links: Vec<Link>,
}

words! {
    /// What makes a chain the best.
    #[derive(Default)]
    pub enum By {
        /// Least total cost, where a link costs little if it is strong.
        #[default]
        Closest = "closest",
        /// The weakest link is as strong as can be; of those the shortest.
        Strongest = "strongest",
        /// Fewest links.
        Fewest = "fewest",
        /// Like strongest, and the two events of each link have to be about the
        /// same.
        Coherent = "coherent",
    }
}

/// How a chain runs in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// To and fro.
    #[default]
    Any,
    /// No event is earlier than the one before it; none is without a date.
    Forward,
    /// No event is later than the one before it; none is without a date.
    Backward,
}

/// What may be in a chain, and what makes it the best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChainOptions<'a> {
    /// What makes it the best.
    pub by: By,
    /// The longest chain to look for, in links. Without it, by strongest and
    /// coherent: three more than the fewest possible; else any length.
    pub max_links: Option<u32>,
    /// Follow links only from the page that lists them.
    pub directed: bool,
    /// How it runs in time.
    pub order: Order,
    /// Follow no link with one of these topics.
    pub avoid: &'a [TopicId],
    /// Run through none of these events.
    pub without: &'a [EventId],
}

/// By strength a chain may have so many links more than the shortest: enough
/// to go around a weak link, not enough to wander.
const DETOUR: u32 = 3;

/// The best chain between two events.
///
/// # Returns
/// The chain with both ends, or `None` if no chain through selected events is
/// allowed. An event and itself: a chain of one event and no links. Of several
/// equally good ones, the one whose event ids come first.
///
/// # Errors
/// If the graph's links are damaged.
///
/// # Complexity
/// By fewest links O(|V| + |E|); else [`ChainSearch`] says.
///
/// # Panics
/// If an id comes from another graph.
pub fn chain(
    graph: &EventGraph,
    from: EventId,
    to: EventId,
    selection: &Selection,
    options: ChainOptions<'_>,
) -> Result<Option<Chain>> {
    ChainSearch::new(graph, selection, options)?.chain(from, to)
}

/// Answers many questions for chains with the same options, and remembers what
/// links weigh.
///
/// # Complexity
/// Time by closest O((|V| + |E|) log |V|), by strongest O((|V| + |E|) log |E|)
/// at worst; memory O(|V| + |E|). A search stays around the two events and
/// mostly sees a small part of that.
pub struct ChainSearch<'a> {
    rules: Rules<'a>,
    weights: Option<Weights<'a>>,
    memory: Memory,
}

/// What searches work in, one after the other; the graph keeps it for the next question.
#[derive(Default)]
struct Memory {
    fewest: fewest::Scratch,
    closest: closest::Scratch,
}

impl Drop for ChainSearch<'_> {
    fn drop(&mut self) {
        let memory = std::mem::take(&mut self.memory);
        self.rules.walk.graph().kept().spare.give(memory);
    }
}

impl<'a> ChainSearch<'a> {
    /// Prepares to look for chains.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    ///
    /// # Complexity
    /// O(1); the first chain that asks for strengths counts topics.
    pub fn new(
        graph: &'a EventGraph,
        selection: &'a Selection,
        options: ChainOptions<'a>,
    ) -> Result<Self> {
        let rules = Rules::new(graph.walk()?, options, selection);
        Ok(Self { rules, weights: None, memory: graph.kept().spare.take() })
    }

    /// The best chain between two events, as [`chain`] finds it.
    ///
    /// # Errors
    /// If the graph's links contradict each other.
    pub fn chain(&mut self, from: EventId, to: EventId) -> Result<Option<Chain>> {
        self.way(from, to).map(|events| self.evidence(events)).transpose()
    }

    /// The events of that chain: which links tie them is not looked up.
    pub fn way(&mut self, from: EventId, to: EventId) -> Option<Vec<EventId>> {
        let budget = self.budget(from, to);
        self.search(from, to, budget, 1.0)
    }

    /// What links are worth, once they were asked for.
    pub(super) fn weighed(&mut self) -> &Weights<'a> {
        let worth = match self.rules.options.by {
            By::Coherent => Worth::Coherence,
            _ => Worth::Strength,
        };
        self.weights.get_or_insert_with(|| Weights::new(self.rules.walk, worth))
    }

    /// The most links that a chain may have; `None` for any number.
    fn budget(&mut self, from: EventId, to: EventId) -> Option<u32> {
        let given = self.rules.options.max_links;
        if given.is_some() || !matches!(self.rules.options.by, By::Strongest | By::Coherent) {
            return given;
        }
        let fewest = fewest::fewest(&self.rules, from, to, None, &mut self.memory.fewest);
        Some(fewest.map_or(0, |events| events.len() as u32 - 1).saturating_add(DETOUR))
    }

    /// The best chain, where nothing counts more than the ceiling.
    fn search(
        &mut self,
        from: EventId,
        to: EventId,
        most: Option<u32>,
        ceiling: f64,
    ) -> Option<Vec<EventId>> {
        let by = self.rules.options.by;
        if by != By::Fewest {
            self.weighed();
        }
        let (rules, Memory { fewest: scratch, closest: nearness }) =
            (&self.rules, &mut self.memory);
        if !rules.allows(from) || !rules.allows(to) {
            return None;
        }
        let events = rules.walk.event_count();
        match (&self.weights, by) {
            (Some(weights), By::Closest) if !weights.are_uniform() => {
                let steps = Above::new(rules, weights, 0.0);
                closest::closest(&steps, events, from, to, most, nearness)
            }
            (Some(weights), By::Strongest) if !weights.are_uniform() => {
                let limits = (most.unwrap_or(u32::MAX), ceiling);
                strongest::strongest(rules, weights, from, to, limits, scratch)
            }
            (Some(weights), By::Coherent) if !weights.are_uniform() => {
                let limits = (most.unwrap_or(u32::MAX), ceiling);
                let at_least = strongest::bottleneck(rules, weights, from, to, limits, scratch)?;
                let steps = Above::new(rules, weights, at_least);
                closest::closest(&steps, events, from, to, most, nearness)
            }
            // Where all links are equally strong all meanings are one.
            _ => fewest::fewest(rules, from, to, most, scratch),
        }
    }

    /// The chain that runs through these events: the links behind each step.
    ///
    /// # Errors
    /// If there are none: the graph's links contradict each other, or this search does
    /// not allow the step.
    pub fn evidence(&self, events: Vec<EventId>) -> Result<Chain> {
        let walk = self.rules.walk;
        let directed = self.rules.options.directed;
        let hop = |pair: &[EventId]| {
            let between = walk.links_between(pair[0], pair[1]);
            let links = between.into_iter().filter(|&link| self.rules.may_follow(link));
            let links = links.filter_map(|link| walk.graph().link(link));
            Hop { links: links.filter(|link| !directed || link.source == pair[0]).collect() }
        };
        let hops: Vec<Hop> = events.windows(2).map(hop).collect();
        if hops.iter().any(|hop| hop.links.is_empty()) {
            return Err(contradiction());
        }
        Ok(Chain { events, hops })
    }
}

/// The links, asked from either end, do not say the same.
pub(crate) fn contradiction() -> Error {
    let message = "the tables `links` and `adjacency` contradict each other; build the graph again";
    Error::new(ErrorKind::Damaged, message)
}
