//! Which events matter most? Their order, and the simplest measure: by links.

use crate::analysis::adjacency::{Adjacency, Along};
use crate::analysis::options::one_way_counts_alike;
use crate::analysis::strength::Weight;
use crate::analysis::ties::Ties;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Selection, Walk};
use crate::model::EventId;

/// A number for each of some events.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranks {
    events: Vec<EventId>,
    values: Vec<f64>,
}

impl Ranks {
    /// Events ascending.
    pub(super) fn new(events: Vec<EventId>, values: Vec<f64>) -> Self {
        Self { events, values }
    }

    /// The events, ascending.
    pub fn events(&self) -> &[EventId] {
        &self.events
    }

    /// Their values, in the order of [`Ranks::events`].
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The value of an event, if it is among them. O(log n).
    pub fn of(&self, event: EventId) -> Option<f64> {
        self.events.binary_search(&event).ok().map(|at| self.values[at])
    }

    /// The events of the largest values, those first, equal ones by id.
    ///
    /// # Complexity
    /// O(n + m log m) for the first m.
    pub fn leading(&self, most: usize) -> Vec<(EventId, f64)> {
        let mut order: Vec<(EventId, f64)> =
            self.events.iter().copied().zip(self.values.iter().copied()).collect();
        let before =
            |a: &(EventId, f64), b: &(EventId, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if most < order.len() {
            order.select_nth_unstable_by(most, before);
            order.truncate(most);
        }
        order.sort_unstable_by(before);
        order
    }
}

/// How many other selected events an event is tied to by links, in either
/// direction; directed, how many list it; weighted, the sum of the strengths of
/// those ties.
///
/// # Errors
/// If the graph's links are damaged, or if weights are asked for with
/// directions.
///
/// # Complexity
/// O(|V| + |E| log d), d the largest number of links of an event.
pub fn degrees(
    graph: &EventGraph,
    selection: &Selection,
    weight: Weight,
    directed: bool,
) -> Result<Ranks> {
    let walk = graph.walk()?;
    let links = match (weight, directed) {
        (Weight::None, false) => Adjacency::of_links(walk, selection, Along::Both),
        (Weight::None, true) => Adjacency::of_links(walk, selection, Along::In),
        (Weight::Strength, false) => {
            let ties = Ties::of_links(&graph.strengths()?, selection, Weight::Strength);
            Adjacency::of_ties(&ties, selection.events(graph).collect())
        }
        (Weight::Strength, true) => {
            let message = one_way_counts_alike();
            return Err(Error::new(ErrorKind::Input, message));
        }
    };
    let values = (0..links.len()).map(|at| links.weight(at)).collect();
    Ok(Ranks::new(links.events, values))
}

/// The event that has most links, out and in; the earliest of several.
///
/// # Complexity
/// Linear in the number of events.
pub fn most_linked(walk: Walk<'_>, events: &[EventId]) -> Option<EventId> {
    events.iter().copied().max_by_key(|&event| (walk.degree(event), std::cmp::Reverse(event)))
}

/// The event that most links tie to others of the same set; the earliest of
/// several.
///
/// # Arguments
/// Events in any order.
///
/// # Complexity
/// O(d log k), d the number of their links and k of the events.
pub fn most_linked_within(walk: Walk<'_>, events: &[EventId]) -> Option<EventId> {
    let mut inside = events.to_vec();
    inside.sort_unstable();
    let links = |event: EventId| {
        let others = walk.neighbours(event);
        others.filter(|other| *other != event && inside.binary_search(other).is_ok()).count()
    };
    inside.iter().copied().max_by_key(|&event| (links(event), std::cmp::Reverse(event)))
}
