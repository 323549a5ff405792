//! What hangs together at all: connected components.

use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use crate::analysis::partition::{OUTSIDE, Partition};
use crate::error::Result;
use crate::graph::{EventGraph, Selection, Walk};
use crate::model::EventId;

/// The connected components of the selected events, with links followed in
/// both directions.
///
/// A union–find without locks: an event's parent only ever becomes a smaller
/// id, so the root of a component is its smallest event, whatever the order of
/// the threads (Rem's algorithm as in Patwary, Blair and Manne 2010; the
/// concurrent linking of Afforest, Sutton, Ben-Nun and Barak 2018).
///
/// # Returns
/// The components by falling size, equal ones by their earliest event.
///
/// # Errors
/// If the graph's links are damaged.
///
/// # Complexity
/// Time O((|V| + |E|) α(|V|)) in practice, space O(|V|).
///
/// # Example
/// ```
/// # fn main() -> Result<(), threadline::Error> {
/// use threadline::analysis::components;
/// use threadline::graph::Selection;
///
/// let graph = threadline::EventGraph::empty();
/// assert!(components(&graph, &Selection::all(&graph))?.is_empty());
/// # Ok(())
/// # }
/// ```
pub fn components(graph: &EventGraph, selection: &Selection) -> Result<Partition> {
    let walk = graph.walk()?;
    let parent: Vec<AtomicU32> = (0..walk.event_count() as u32).map(AtomicU32::new).collect();
    (0..walk.event_count() as u32).into_par_iter().with_min_len(1024).for_each(|id| {
        link_targets(walk, selection, &parent, EventId(id));
    });
    let roots: Vec<u32> = (0..parent.len() as u32)
        .into_par_iter()
        .with_min_len(1024)
        .map(|id| if selection.contains(EventId(id)) { root(&parent, id) } else { OUTSIDE })
        .collect();
    Ok(Partition::of_labels(roots))
}

fn link_targets(walk: Walk<'_>, selection: &Selection, parent: &[AtomicU32], event: EventId) {
    if selection.contains(event) {
        for &target in walk.targets(event) {
            if selection.contains(EventId(target)) {
                unite(parent, event.0, target);
            }
        }
    }
}

/// Follows parents to the smallest event, shortening the way.
fn root(parent: &[AtomicU32], mut id: u32) -> u32 {
    loop {
        let above = parent[id as usize].load(Ordering::Relaxed);
        if above == id {
            return id;
        }
        let further = parent[above as usize].load(Ordering::Relaxed);
        if further != above {
            // Another thread may have shortened it more; parents only sink.
            parent[id as usize].fetch_min(further, Ordering::Relaxed);
        }
        id = above;
    }
}

fn unite(parent: &[AtomicU32], a: u32, b: u32) {
    let (mut a, mut b) = (root(parent, a), root(parent, b));
    while a != b {
        let (low, high) = (a.min(b), a.max(b));
        let hung =
            parent[high as usize].compare_exchange(high, low, Ordering::Relaxed, Ordering::Relaxed);
        if hung.is_ok() {
            return;
        }
        (a, b) = (root(parent, low), root(parent, high));
    }
}
