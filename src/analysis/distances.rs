//! How many links lie between two events? For as many pairs as one likes.

use rayon::prelude::*;

use crate::error::Result;
use crate::graph::{EventGraph, Selection, Walk};
use crate::model::EventId;

/// Which links count, and how far to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DistanceOptions {
    /// Follow links only from the page that lists them.
    pub directed: bool,
    /// The most links to look for.
    pub max_links: Option<u32>,
}

/// The fewest links between the two events of each pair, 0 between an event and
/// itself.
///
/// It is the length of the chain that [`fewest_links`](super::fewest_links)
/// finds. Who asks for the length alone need not know through which events the
/// chain runs, so a search ends at the first link that joins its two sides.
///
/// # Returns
/// In the order of the pairs; `None` if no chain through selected events has at
/// most `options.max_links` links.
///
/// # Errors
/// If the graph's links are damaged.
///
/// # Complexity
/// Of each pair time **O(|V| + |E|)** and mostly a small part of that; auxiliary
/// space **O(|V|)** a thread, for all pairs together.
///
/// # Panics
/// If an id comes from another graph.
///
/// # Example
/// ```
/// # fn main() -> Result<(), threadline::Error> {
/// use threadline::analysis::{DistanceOptions, distances};
/// use threadline::graph::Selection;
///
/// let graph = threadline::EventGraph::empty();
/// let all = Selection::all(&graph);
/// assert_eq!(distances(&graph, &[], DistanceOptions::default(), &all)?, []);
/// # Ok(())
/// # }
/// ```
pub fn distances(
    graph: &EventGraph,
    pairs: &[(EventId, EventId)],
    options: DistanceOptions,
    selection: &Selection,
) -> Result<Vec<Option<u32>>> {
    let walk = graph.walk()?;
    let search = || Search::new(walk, options, selection);
    // Each part begins with memory of its own: few parts, and each of many pairs.
    let at_least = (pairs.len() / 16).max(32);
    let found = pairs
        .par_iter()
        .with_min_len(at_least)
        .map_init(search, |search, &(from, to)| search.between(from, to));
    Ok(found.collect())
}

/// Breadth-first from both ends, a level at a time from the side whose newest
/// events have fewer links (Pohl 1971).
struct Search<'a> {
    walk: Walk<'a>,
    options: DistanceOptions,
    /// `None` if all events are selected.
    selection: Option<&'a Selection>,
    /// Who saw an event last: the mark of a pair and a side. So nothing is
    /// cleared between two pairs.
    seen: Vec<u32>,
    /// The mark of the pair's first side; the other one's is the next number.
    mark: u32,
    /// The newest events of each side.
    newest: [Vec<u32>; 2],
    next: Vec<u32>,
}

impl<'a> Search<'a> {
    fn new(walk: Walk<'a>, options: DistanceOptions, selection: &'a Selection) -> Self {
        let selection = Some(selection).filter(|selection| !selection.is_all());
        let seen = vec![0; walk.event_count()];
        let (newest, next) = Default::default();
        Self { walk, options, selection, seen, mark: 0, newest, next }
    }

    fn between(&mut self, from: EventId, to: EventId) -> Option<u32> {
        if !self.allows(from.0) || !self.allows(to.0) {
            return None;
        }
        if from == to {
            return Some(0);
        }
        self.begin(from, to);
        let mut work = [self.work(0), self.work(1)];
        let mut links = 0;
        while self.options.max_links.is_none_or(|most| links < most) {
            let side = usize::from(work[1] < work[0]);
            links += 1;
            if self.go_on(side) {
                return Some(links);
            }
            if self.newest[side].is_empty() {
                return None;
            }
            work[side] = self.work(side);
        }
        None
    }

    fn begin(&mut self, from: EventId, to: EventId) {
        self.mark = self.mark.checked_add(2).filter(|&mark| mark < u32::MAX).unwrap_or_else(|| {
            self.seen.fill(0);
            2
        });
        for (side, event) in [from, to].into_iter().enumerate() {
            self.seen[event.index()] = self.mark + side as u32;
            self.newest[side].clear();
            self.newest[side].push(event.0);
        }
    }

    /// How many links a side's next step looks at.
    fn work(&self, side: usize) -> usize {
        self.newest[side].iter().map(|&event| self.walk.degree(EventId(event))).sum()
    }

    /// Goes a level further on one side; true if it meets the other side.
    ///
    /// Whatever it meets is one of the other side's newest events: an older one
    /// would have been met before. So all meetings are equally far, and the
    /// first one is enough.
    fn go_on(&mut self, side: usize) -> bool {
        let (walk, directed) = (self.walk, self.options.directed);
        let (own, other) = (self.mark + side as u32, self.mark + 1 - side as u32);
        let newest = std::mem::take(&mut self.newest[side]);
        let mut next = std::mem::take(&mut self.next);
        next.clear();
        let mut meets = |event: u32| {
            let seen = self.seen[event as usize];
            if seen != own && seen != other && self.allows(event) {
                self.seen[event as usize] = own;
                next.push(event);
            }
            seen == other
        };
        let met = newest.iter().any(|&event| {
            let event = EventId(event);
            let (out, back) = (side == 0 || !directed, side == 1 || !directed);
            (out && walk.targets(event).iter().any(|&target| meets(target)))
                || (back && walk.in_links(event).any(|link| meets(walk.source(link).0)))
        });
        self.newest[side] = next;
        self.next = newest;
        met
    }

    fn allows(&self, event: u32) -> bool {
        self.selection.is_none_or(|selection| selection.contains(EventId(event)))
    }
}
