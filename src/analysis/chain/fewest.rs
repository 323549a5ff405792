//! The chain of fewest links: breadth-first from both ends.

use crate::analysis::chain::rules::{CostlySteps, Plain, Rules, Steps};
use crate::analysis::chain::{Chain, ChainOptions, ChainSearch};
use crate::error::Result;
use crate::graph::{EventGraph, Selection, Walk};
use crate::model::EventId;

/// The chain of fewest links between two events, whatever `options.by` says.
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
    selection: &Selection,
    options: ChainOptions<'_>,
) -> Result<Option<Chain>> {
    ChainSearch::new(graph, selection, options)?.fewest(from, to)
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

/// The events of the chain that [`fewest_links`] finds, for those who ask many
/// times: `scratch` saves clearing memory for the whole graph each time.
///
/// # Panics
/// If an id comes from another graph.
pub fn fewest_links_with(
    walk: Walk<'_>,
    from: EventId,
    to: EventId,
    selection: &Selection,
    options: ChainOptions<'_>,
    scratch: &mut Scratch,
) -> Option<Vec<EventId>> {
    fewest(&Rules::new(walk, options, selection), from, to, options.max_links, scratch)
}

/// The same, where the rules may leave out more.
pub(super) fn fewest(
    rules: &Rules<'_>,
    from: EventId,
    to: EventId,
    max_links: Option<u32>,
    scratch: &mut Scratch,
) -> Option<Vec<EventId>> {
    if !rules.allows(from) || !rules.allows(to) {
        return None;
    }
    let events = rules.walk.event_count();
    if rules.are_plain() {
        let plain = Plain::new(rules.walk, rules.selection, rules.options.directed);
        search(&plain, events, from, to, max_links, scratch)
    } else {
        search(rules, events, from, to, max_links, scratch)
    }
}

/// Breadth-first from both ends along any steps.
pub(super) fn search(
    steps: &impl Steps,
    events: usize,
    from: EventId,
    to: EventId,
    max_links: Option<u32>,
    scratch: &mut Scratch,
) -> Option<Vec<EventId>> {
    if from == to {
        return Some(vec![from]);
    }
    meet(steps, events, from, to, max_links, scratch)?;
    trace(steps, &scratch.sides, from)
}

/// Of the chains of fewest links, those of least total cost; of these the
/// first by ids.
pub(super) fn search_cheapest(
    steps: &impl CostlySteps,
    events: usize,
    from: EventId,
    to: EventId,
    max_links: Option<u32>,
    scratch: &mut Scratch,
) -> Option<Vec<EventId>> {
    if from == to {
        return Some(vec![from]);
    }
    meet(steps, events, from, to, max_links, scratch)?;
    trace_cheapest(steps, &scratch.sides, from, to)
}

/// Searches from both ends until the two sides meet.
fn meet(
    steps: &impl Steps,
    events: usize,
    from: EventId,
    to: EventId,
    max_links: Option<u32>,
    scratch: &mut Scratch,
) -> Option<()> {
    let sides = &mut scratch.sides;
    sides[0].start(from, events);
    sides[1].start(to, events);
    loop {
        if max_links.is_some_and(|most| sides[0].depth + sides[1].depth >= most) {
            return None;
        }
        // The side whose newest events have fewer links takes the next step.
        let work = |n: usize| -> usize {
            let side: &Side = &sides[n];
            side.seen[side.newest..].iter().map(|&id| steps.degree(EventId(id))).sum()
        };
        let n = usize::from(work(1) < work(0));
        let [first, second] = sides;
        let (side, other) = if n == 0 { (first, second) } else { (second, first) };
        if go_on(steps, n == 0, side, other) {
            return Some(());
        }
        if side.newest == side.seen.len() {
            return None;
        }
    }
}

/// Goes one level further; true if that level meets the other side.
fn go_on(steps: &impl Steps, forth: bool, side: &mut Side, other: &Side) -> bool {
    let end = side.seen.len();
    side.depth += 1;
    let mut met = false;
    for at in side.newest..end {
        let event = EventId(side.seen[at]);
        let mut visit = |id: u32| {
            if side.level[id as usize] == 0 {
                side.level[id as usize] = side.depth + 1;
                side.seen.push(id);
                met |= other.level[id as usize] != 0;
            }
        };
        steps.each(event, forth, &mut visit);
    }
    side.newest = end;
    met
}

/// The first of all shortest chains by event ids, once the sides have met.
///
/// Marks the events of the first side that lie on a shortest chain, back from
/// those where the sides meet; then walks forward, always to the smallest.
fn trace(steps: &impl Steps, sides: &[Side; 2], from: EventId) -> Option<Vec<EventId>> {
    let [first, second] = sides;
    let length = first.depth + second.depth;
    let layers = first_layers(steps, sides);
    let mut chain = vec![from];
    for distance in 1..=length {
        let here = chain[chain.len() - 1];
        let mut next = u32::MAX;
        steps.each(here, true, &mut |other| {
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

/// For each number of links from the start up to where the sides meet: the
/// events that lie on a shortest chain, ascending.
fn first_layers(steps: &impl Steps, sides: &[Side; 2]) -> Vec<Vec<u32>> {
    let [first, second] = sides;
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
        let before = |other| first.distance(other) == Some(distance);
        layers.push(next_layer(steps, &layers[layers.len() - 1], false, before));
    }
    layers.reverse();
    layers
}

/// The events one step from those of a layer that are `wanted`, ascending.
fn next_layer(
    steps: &impl Steps,
    layer: &[u32],
    forth: bool,
    wanted: impl Fn(u32) -> bool,
) -> Vec<u32> {
    let mut next = Vec::new();
    for &id in layer {
        steps.each(EventId(id), forth, &mut |other| {
            if wanted(other) {
                next.push(other);
            }
        });
    }
    next.sort_unstable();
    next.dedup();
    next
}

/// The cheapest of all shortest chains, from the end to the start by layers.
fn trace_cheapest(
    steps: &impl CostlySteps,
    sides: &[Side; 2],
    from: EventId,
    to: EventId,
) -> Option<Vec<EventId>> {
    let [first, second] = sides;
    let mut layers = first_layers(steps, sides);
    for left in (0..second.depth).rev() {
        let behind = |other| second.distance(other) == Some(left);
        layers.push(next_layer(steps, &layers[layers.len() - 1], true, behind));
    }
    debug_assert_eq!(layers.len() as u32, first.depth + second.depth + 1);
    // The least cost from each event of a layer to the end, and the next event.
    let mut next: Vec<Vec<Option<(u64, u32)>>> = vec![vec![Some((0, to.0))]];
    for pair in layers.windows(2).rev() {
        let costs = &next[next.len() - 1];
        let best = |&id: &u32| {
            let mut best: Option<(u64, u32)> = None;
            let on_chain = |other: u32| pair[1].binary_search(&other).is_ok();
            steps.each_cost(EventId(id), true, &on_chain, &mut |other, cost| {
                let Ok(at) = pair[1].binary_search(&other) else { return };
                let Some((rest, _)) = costs.get(at).copied().flatten() else { return };
                let there = (rest + cost, other);
                best = Some(best.map_or(there, |best| best.min(there)));
            });
            best
        };
        next.push(pair[0].iter().map(best).collect());
    }
    let mut chain = vec![from];
    for (layer, next) in layers.iter().zip(next.iter().rev()).take(layers.len() - 1) {
        let at = layer.binary_search(&chain[chain.len() - 1].0).ok()?;
        let (_, other) = next.get(at).copied().flatten()?;
        chain.push(EventId(other));
    }
    Some(chain)
}
