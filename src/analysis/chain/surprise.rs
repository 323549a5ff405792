//! How near are two events, beside random pairs of the archive?

use crate::analysis::distances::{DistanceOptions, distances};
use crate::analysis::random::nth;
use crate::error::Result;
use crate::graph::{EventGraph, Selection};
use crate::model::EventId;

/// Where a number of links stands among random pairs of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The fewest links between the two events, in either direction.
    pub fewest: u32,
    /// How many pairs were asked.
    pub pairs: u32,
    /// Of these, farther apart, or not tied at all.
    pub farther: u32,
    /// Of these, as far apart.
    pub as_far: u32,
}

const PAIRS: u32 = 1000;
const SEED: u64 = 1967;

/// How near two events are to each other by fewest links, in either direction
/// and through all events, beside 1,000 random pairs of different events of the
/// archive (fixed seed).
///
/// # Returns
/// `None` if no chain ties the two, or if there are fewer than two events.
///
/// # Errors
/// If the graph's links are damaged.
///
/// # Complexity
/// The first time in a graph a thousand searches for fewest links, in parallel;
/// from then on one.
pub fn standing(graph: &EventGraph, from: EventId, to: EventId) -> Result<Option<Standing>> {
    let Some(fewest) = far(graph, &[(from, to)])?[0] else { return Ok(None) };
    if graph.event_count() < 2 {
        return Ok(None);
    }
    let random = random_distances(graph)?;
    let farther = random.iter().filter(|far| far.is_none_or(|far| far > fewest)).count() as u32;
    let as_far = random.iter().filter(|&&far| far == Some(fewest)).count() as u32;
    Ok(Some(Standing { fewest, pairs: PAIRS, farther, as_far }))
}

/// How far apart the events of the random pairs are; found once a graph.
fn random_distances(graph: &EventGraph) -> Result<&[Option<u32>]> {
    let kept = &graph.kept().random_distances;
    if let Some(known) = kept.get() {
        return Ok(known);
    }
    let events = graph.event_count() as u64;
    let pairs: Vec<_> = (0..PAIRS).map(|n| pair(u64::from(n), events)).collect();
    let found = far(graph, &pairs)?;
    Ok(kept.get_or_init(|| found))
}

/// The fewest links in either direction and through all events.
fn far(graph: &EventGraph, pairs: &[(EventId, EventId)]) -> Result<Vec<Option<u32>>> {
    distances(graph, pairs, &Selection::all(graph), DistanceOptions::default())
}

/// The n-th random pair of different events.
fn pair(n: u64, events: u64) -> (EventId, EventId) {
    let a = nth(SEED, 2 * n) % events;
    let b = (a + 1 + nth(SEED, 2 * n + 1) % (events - 1)) % events;
    (EventId(a as u32), EventId(b as u32))
}
