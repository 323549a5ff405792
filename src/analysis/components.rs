//! What hangs together at all: connected components.

use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use crate::error::Result;
use crate::graph::{EventGraph, Selection, Walk};
use crate::model::EventId;

/// The connected components of a selection, the largest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Components {
    /// The number of each event's component; `None` outside of the selection.
    number: Vec<u32>,
    /// How many events each component has; falling.
    sizes: Vec<u32>,
}

const OUTSIDE: u32 = u32::MAX;

impl Components {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Whether there are none, as in an empty selection.
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// The number of an event's component, from 0; `None` outside of the
    /// selection.
    pub fn of(&self, event: EventId) -> Option<usize> {
        self.number.get(event.index()).filter(|&&n| n != OUTSIDE).map(|&n| n as usize)
    }

    /// How many events a component has.
    pub fn size(&self, component: usize) -> usize {
        self.sizes.get(component).map_or(0, |&size| size as usize)
    }

    /// The events of one component, ascending. O(|V|).
    pub fn events(&self, component: usize) -> impl Iterator<Item = EventId> + '_ {
        (0..)
            .zip(&self.number)
            .filter(move |(_, n)| **n as usize == component)
            .map(|(id, _)| EventId(id))
    }

    /// The events of the first components, each ascending.
    pub fn groups(&self, most: usize) -> Vec<Vec<EventId>> {
        let shown = self.len().min(most);
        let mut groups: Vec<Vec<EventId>> =
            self.sizes[..shown].iter().map(|&size| Vec::with_capacity(size as usize)).collect();
        for (id, &number) in (0..).zip(&self.number) {
            if let Some(group) = groups.get_mut(number as usize) {
                group.push(EventId(id));
            }
        }
        groups
    }
}

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
pub fn components(graph: &EventGraph, selection: &Selection) -> Result<Components> {
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
    Ok(numbered(roots))
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

/// Roots → numbers by falling size.
fn numbered(mut roots: Vec<u32>) -> Components {
    let mut sizes = vec![0_u32; roots.len()];
    for &root in roots.iter().filter(|&&root| root != OUTSIDE) {
        sizes[root as usize] += 1;
    }
    let mut order: Vec<u32> =
        (0..).zip(&sizes).filter(|(_, size)| **size > 0).map(|(root, _)| root).collect();
    order.sort_by_key(|&root| std::cmp::Reverse(sizes[root as usize]));
    let mut number = vec![OUTSIDE; roots.len()];
    for (n, &root) in (0..).zip(&order) {
        number[root as usize] = n;
    }
    for root in roots.iter_mut().filter(|root| **root != OUTSIDE) {
        *root = number[*root as usize];
    }
    let sizes = order.iter().map(|&root| sizes[root as usize]).collect();
    Components { number: roots, sizes }
}
