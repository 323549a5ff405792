//! How many links lie between two events? For as many pairs as one likes.

use rayon::prelude::*;

use crate::error::Result;
use crate::graph::{EventGraph, Neighbours, Selection, Walk};
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
/// chain runs, so a search ends at the first link that joins its two sides. Who
/// asks for many, at once or one after the other, has the neighbours laid out in
/// rows for it ([`Walk::neighbours_in_rows`]).
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
/// assert_eq!(distances(&graph, &[], &all, DistanceOptions::default())?, []);
/// # Ok(())
/// # }
/// ```
pub fn distances(
    graph: &EventGraph,
    pairs: &[(EventId, EventId)],
    selection: &Selection,
    options: DistanceOptions,
) -> Result<Vec<Option<u32>>> {
    let walk = graph.walk()?;
    let rows = if options.directed { None } else { walk.neighbours_once_worth(pairs.len()) };
    let ways = Ways { walk, directed: options.directed, rows };
    let mut search = Search::new(ways, options.max_links, selection);
    let (first, rest) = pairs.split_at(pairs.len().min(FIRST));
    let mut found: Vec<_> = first.iter().map(|&(from, to)| search.between(from, to)).collect();
    // The first tell how much there is to do: to call other threads takes as
    // long as looking at many links.
    let each = search.looked_at / FIRST + 1;
    let at_least = (rest.len() / PARTS).max(LINKS_A_PART / each);
    if rest.len() <= at_least {
        found.extend(rest.iter().map(|&(from, to)| search.between(from, to)));
    } else {
        let search = || Search::new(ways, options.max_links, selection);
        let rest = rest.par_iter().with_min_len(at_least);
        found.par_extend(rest.map_init(search, |search, &(from, to)| search.between(from, to)));
    }
    Ok(found)
}

/// So many pairs are searched before it is decided on how many threads the
/// others are.
const FIRST: usize = 8;
/// Each part begins with memory of its own, so there are few.
const PARTS: usize = 16;
/// A part that looks at fewer is not worth a thread.
const LINKS_A_PART: usize = 100_000;

/// The links that a search may follow.
#[derive(Clone, Copy)]
struct Ways<'a> {
    walk: Walk<'a>,
    directed: bool,
    /// If they are there; then nothing else is needed.
    rows: Option<&'a Neighbours>,
}

impl Ways<'_> {
    /// How many lead on from an event on a side.
    fn count(&self, event: EventId, side: usize) -> usize {
        match (self.rows, self.directed, side) {
            (Some(rows), ..) => rows.of(event).len(),
            (None, false, _) => self.walk.degree(event),
            (None, true, 0) => self.walk.targets(event).len(),
            (None, true, _) => self.walk.in_links(event).len(),
        }
    }

    /// Calls `visit` with the event that each of them leads to, until it says
    /// true; whether it did.
    fn any(&self, event: EventId, side: usize, mut visit: impl FnMut(u32) -> bool) -> bool {
        if let Some(rows) = self.rows {
            return rows.of(event).iter().any(|&other| visit(other));
        }
        let (out, back) = (side == 0 || !self.directed, side == 1 || !self.directed);
        (out && self.walk.targets(event).iter().any(|&other| visit(other)))
            || (back && self.walk.in_links(event).any(|link| visit(self.walk.source(link).0)))
    }
}

/// Breadth-first from both ends, a level at a time from the side whose newest
/// events have fewer links (Pohl 1971).
struct Search<'a> {
    ways: Ways<'a>,
    max_links: Option<u32>,
    /// `None` if all events are selected.
    selection: Option<&'a Selection>,
    /// Who saw an event last: the mark of a pair and a side. So nothing is
    /// cleared between two pairs, or only once in a hundred: bytes stay in the
    /// nearest memory where numbers that never repeat would not.
    seen: Vec<u8>,
    /// The mark of the pair's first side; the other one's is the next number.
    mark: u8,
    sides: [Side; 2],
    next: Vec<u32>,
    /// About how many links all pairs so far took.
    looked_at: usize,
}

/// What one of the two searches goes on from.
#[derive(Default)]
struct Side {
    /// The events that it saw last.
    newest: Vec<u32>,
    /// How many links lead on from these.
    links: usize,
}

impl<'a> Search<'a> {
    fn new(ways: Ways<'a>, max_links: Option<u32>, selection: &'a Selection) -> Self {
        let selection = Some(selection).filter(|selection| !selection.is_all());
        let seen = vec![0; ways.walk.event_count()];
        let (sides, next) = Default::default();
        Self { ways, max_links, selection, seen, mark: 0, sides, next, looked_at: 0 }
    }

    fn between(&mut self, from: EventId, to: EventId) -> Option<u32> {
        if !self.allows(from.0) || !self.allows(to.0) {
            return None;
        }
        if from == to {
            return Some(0);
        }
        self.begin(from, to);
        let mut links = 0;
        while self.max_links.is_none_or(|most| links < most) {
            let side = usize::from(self.sides[1].links < self.sides[0].links);
            if self.sides[side].links == 0 {
                return None;
            }
            links += 1;
            self.looked_at += self.sides[side].links;
            if self.meets(side) {
                return Some(links);
            }
            self.go_on(side);
        }
        None
    }

    fn begin(&mut self, from: EventId, to: EventId) {
        self.mark = self.mark.checked_add(2).filter(|&mark| mark < u8::MAX).unwrap_or_else(|| {
            self.seen.fill(0);
            2
        });
        for (n, event) in [from, to].into_iter().enumerate() {
            self.seen[event.index()] = self.mark + n as u8;
            self.sides[n].newest.clear();
            self.sides[n].newest.push(event.0);
            self.sides[n].links = self.ways.count(event, n);
        }
    }

    /// Whether a link leads from one side's newest events to the other side.
    ///
    /// Most of what a search sees it sees in its last level, which is no more
    /// than looked at: what ends there is not marked. Whatever the side meets is
    /// one of the other side's newest events, as an older one would have been
    /// met before. So all meetings are equally far, and the first one is enough.
    fn meets(&self, side: usize) -> bool {
        let other = self.mark + 1 - side as u8;
        let newest = self.sides[side].newest.iter();
        let is_other = |event: u32| self.seen[event as usize] == other;
        newest.copied().any(|event| self.ways.any(EventId(event), side, is_other))
    }

    /// Goes a level further on one side, which does not meet the other.
    fn go_on(&mut self, n: usize) {
        let own = self.mark + n as u8;
        let (ways, selection, side) = (self.ways, self.selection, &mut self.sides[n]);
        self.next.clear();
        self.next.resize(side.links, 0);
        let mut count = 0;
        for &event in &side.newest {
            ways.any(EventId(event), n, |other| {
                let seen = &mut self.seen[other as usize];
                let allowed = selection.is_none_or(|only| only.contains(EventId(other)));
                // Without a branch, which nobody could foretell: about every
                // second event was seen.
                self.next[count] = other;
                count += usize::from(allowed & (*seen != own));
                *seen = if allowed { own } else { *seen };
                false
            });
        }
        self.next.truncate(count);
        std::mem::swap(&mut side.newest, &mut self.next);
        side.links = side.newest.iter().map(|&event| ways.count(EventId(event), n)).sum();
    }

    fn allows(&self, event: u32) -> bool {
        self.selection.is_none_or(|selection| selection.contains(EventId(event)))
    }
}
