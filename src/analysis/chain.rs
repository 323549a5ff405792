//! How do two events connect? The chain of fewest links.

use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Link, Selection, Walk};
use crate::model::EventId;

/// A path of links between two events, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The events, both ends included.
    pub events: Vec<EventId>,
    /// One hop between each two of them.
    pub hops: Vec<Hop>,
}

/// One step of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// All links that tie the two events: those that the page of the earlier
    /// event in the chain lists first. Never empty.
    pub links: Vec<Link>,
}

/// What may be in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainOptions {
    /// The longest chain to look for, in links.
    pub max_links: u32,
    /// Follow links only from the page that lists them.
    pub directed: bool,
}

impl Default for ChainOptions {
    fn default() -> Self {
        Self { max_links: u32::MAX, directed: false }
    }
}

/// The chain of fewest links between two events.
///
/// Breadth-first from both ends, a level at a time from the side that has less
/// to look at (Pohl 1971). Of several shortest chains, the one whose event ids
/// come first, so that the answer depends on nothing but the graph.
///
/// # Returns
/// The chain with both ends, or `None` if no chain through selected events has
/// at most `options.max_links` links. An event and itself: a chain of one
/// event and no links.
///
/// # Errors
/// If the graph's links are damaged.
///
/// # Complexity
/// Time **O(|V| + |E|)**, auxiliary space **O(|V|)**.
///
/// # Panics
/// If an id comes from another graph.
pub fn fewest_links(
    graph: &EventGraph,
    from: EventId,
    to: EventId,
    options: ChainOptions,
    selection: &Selection,
) -> Result<Option<Chain>> {
    let walk = graph.walk()?;
    let mut scratch = Scratch::default();
    let found = fewest_links_with(walk, from, to, options, selection, &mut scratch);
    let chain = found.map(|events| evidence(walk, events, options.directed));
    if chain.iter().flat_map(|chain| &chain.hops).any(|hop| hop.links.is_empty()) {
        let message = "the tables `links` and `adjacency` contradict each other; build the graph \
                       again";
        return Err(Error::new(ErrorKind::Damaged, message));
    }
    Ok(chain)
}

/// Memory that searches one after the other share.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    sides: [Side; 2],
}

/// What one of the two searches has seen.
#[derive(Clone, Debug, Default)]
struct Side {
    /// Links from this end, plus one; 0 for an event not seen.
    level: Vec<u32>,
    /// The events seen, level by level.
    seen: Vec<u32>,
    /// Where in `seen` the newest level begins.
    newest: usize,
    depth: u32,
}

impl Side {
    fn start(&mut self, event: EventId, events: usize) {
        for &id in &self.seen {
            self.level[id as usize] = 0;
        }
        self.level.resize(events, 0);
        self.seen.clear();
        self.seen.push(event.0);
        self.level[event.index()] = 1;
        self.newest = 0;
        self.depth = 0;
    }

    fn distance(&self, event: u32) -> Option<u32> {
        self.level[event as usize].checked_sub(1)
    }
}

/// Which links a side follows.
#[derive(Clone, Copy)]
enum Along {
    Both,
    Out,
    In,
}

/// The events of the chain that [`fewest_links`] finds, for those who ask many
/// times: `scratch` saves clearing memory for the whole graph each time.
pub fn fewest_links_with(
    walk: Walk<'_>,
    from: EventId,
    to: EventId,
    options: ChainOptions,
    selection: &Selection,
    scratch: &mut Scratch,
) -> Option<Vec<EventId>> {
    if !selection.contains(from) || !selection.contains(to) {
        return None;
    }
    if from == to {
        return Some(vec![from]);
    }
    let along = if options.directed { [Along::Out, Along::In] } else { [Along::Both, Along::Both] };
    let sides = &mut scratch.sides;
    sides[0].start(from, walk.event_count());
    sides[1].start(to, walk.event_count());
    loop {
        if sides[0].depth + sides[1].depth >= options.max_links {
            return None;
        }
        // The side whose newest events have fewer links takes the next step.
        let work = |n: usize| -> usize {
            let side: &Side = &sides[n];
            side.seen[side.newest..].iter().map(|&id| walk.degree(EventId(id))).sum()
        };
        let n = usize::from(work(1) < work(0));
        let [first, second] = sides;
        let (side, other) = if n == 0 { (first, second) } else { (second, first) };
        let met = step(walk, along[n], selection, side, other);
        if met {
            return trace(walk, along[0], along[1], &scratch.sides, from);
        }
        if side.newest == side.seen.len() {
            return None;
        }
    }
}

/// Goes one level further; true if that level meets the other side.
fn step(
    walk: Walk<'_>,
    along: Along,
    selection: &Selection,
    side: &mut Side,
    other: &Side,
) -> bool {
    let end = side.seen.len();
    side.depth += 1;
    let mut met = false;
    for at in side.newest..end {
        let event = EventId(side.seen[at]);
        let mut visit = |id: u32| {
            if side.level[id as usize] == 0 && selection.contains(EventId(id)) {
                side.level[id as usize] = side.depth + 1;
                side.seen.push(id);
                met |= other.level[id as usize] != 0;
            }
        };
        each_neighbour(walk, along, event, &mut visit);
    }
    side.newest = end;
    met
}

fn each_neighbour(walk: Walk<'_>, along: Along, event: EventId, visit: &mut impl FnMut(u32)) {
    if matches!(along, Along::Both | Along::Out) {
        walk.targets(event).iter().for_each(|&target| visit(target));
    }
    if matches!(along, Along::Both | Along::In) {
        walk.in_links(event).for_each(|link| visit(walk.source(link).0));
    }
}

/// The first of all shortest chains by event ids, once the sides have met.
///
/// Marks the events of the first side that lie on a shortest chain, back from
/// those where the sides meet; then walks forward, always to the smallest.
fn trace(
    walk: Walk<'_>,
    forth: Along,
    back: Along,
    sides: &[Side; 2],
    from: EventId,
) -> Option<Vec<EventId>> {
    let [first, second] = sides;
    let length = first.depth + second.depth;
    // The sides meet in the newest level of whichever went last, and every
    // shortest chain has an event at distance `first.depth` from its start.
    let mut layer: Vec<u32> = second
        .seen
        .iter()
        .chain(&first.seen)
        .copied()
        .filter(|&id| {
            first.distance(id) == Some(first.depth) && second.distance(id) == Some(second.depth)
        })
        .collect();
    layer.sort_unstable();
    layer.dedup();
    // layers[d]: events at distance d from the start that lie on a chain.
    let mut layers = vec![layer];
    for distance in (0..first.depth).rev() {
        let mut before = Vec::new();
        for &id in &layers[layers.len() - 1] {
            each_neighbour(walk, back, EventId(id), &mut |other| {
                if first.distance(other) == Some(distance) {
                    before.push(other);
                }
            });
        }
        before.sort_unstable();
        before.dedup();
        layers.push(before);
    }
    layers.reverse();
    let mut chain = vec![from];
    for distance in 1..=length {
        let here = chain[chain.len() - 1];
        let mut next = u32::MAX;
        each_neighbour(walk, forth, here, &mut |other| {
            let on_chain = match layers.get(distance as usize) {
                Some(layer) => layer.binary_search(&other).is_ok(),
                None => second.distance(other) == Some(length - distance),
            };
            if on_chain {
                next = next.min(other);
            }
        });
        // Only where a damaged file's links say one thing forth and another
        // back is there no next event.
        chain.push(Some(EventId(next)).filter(|_| next != u32::MAX)?);
    }
    Some(chain)
}

/// The links behind each step.
fn evidence(walk: Walk<'_>, events: Vec<EventId>, directed: bool) -> Chain {
    let graph = walk.graph();
    let hops = events
        .windows(2)
        .map(|pair| {
            let between = walk.links_between(pair[0], pair[1]);
            let links = between.into_iter().filter_map(|link| graph.link(link));
            Hop { links: links.filter(|link| !directed || link.source == pair[0]).collect() }
        })
        .collect();
    Chain { events, hops }
}
