//! The chain of fewest links: breadth-first from both ends.

use std::ops::Range;

use crate::analysis::chain::rules::{CostlySteps, Plain, Rules, Steps};
use crate::analysis::chain::{By, Chain, ChainOptions, ChainSearch};
use crate::error::Result;
use crate::graph::{EventGraph, Selection};
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
    ChainSearch::new(graph, selection, ChainOptions { by: By::Fewest, ..options })?.chain(from, to)
}

/// Memory that searches one after the other share.
#[derive(Default)]
pub(super) struct Scratch {
    sides: [Side; 2],
}

/// What one of the two searches has seen.
#[derive(Default)]
struct Side {
    /// Of each event the [`mark`] of its level; 0 if it was not seen.
    marks: Vec<u8>,
    /// The events seen, level by level.
    seen: Vec<u32>,
    /// Where in `seen` each level begins; the last one is the newest. Where marks come
    /// again, each is ascending.
    levels: Vec<usize>,
}

/// The mark of a level. Those of deep searches come again; bytes stay in the nearest memory
/// where the numbers themselves would not.
fn mark(depth: usize) -> u8 {
    (depth % MARKS) as u8 + 1
}

const MARKS: usize = u8::MAX as usize;

impl Side {
    fn start(&mut self, event: EventId, events: usize) {
        for &id in &self.seen {
            self.marks[id as usize] = 0;
        }
        self.marks.resize(events, 0);
        self.seen.clear();
        self.seen.push(event.0);
        self.marks[event.index()] = mark(0);
        self.levels.clear();
        self.levels.push(0);
    }

    /// The number of the newest level: so many links from the end.
    fn depth(&self) -> usize {
        self.levels.len() - 1
    }

    fn newest(&self) -> &[u32] {
        &self.seen[self.level(self.depth())]
    }

    /// Where in `seen` a level is.
    fn level(&self, depth: usize) -> Range<usize> {
        self.levels[depth]..self.levels.get(depth + 1).copied().unwrap_or(self.seen.len())
    }

    /// Tells whether an event is exactly so many links from the end.
    fn is_at(&self, depth: usize) -> impl Fn(u32) -> bool {
        let (marks, mark, is_deep) = (&self.marks[..], mark(depth), self.depth() >= MARKS);
        #[inline(always)]
        move |event| marks[event as usize] == mark && (!is_deep || self.is_in(depth, event))
    }

    /// Whether an event is among those of a level, where marks come again.
    #[cold]
    fn is_in(&self, depth: usize, event: u32) -> bool {
        self.seen[self.level(depth)].binary_search(&event).is_ok()
    }

    /// Goes one level further, along at most so many links; false if there is none.
    fn go_on(&mut self, steps: &impl Steps, forth: bool, links: usize) -> bool {
        let (begin, end) = (self.levels[self.depth()], self.seen.len());
        let own = mark(self.depth() + 1);
        self.seen.resize(end + links, 0);
        let mut count = end;
        for at in begin..end {
            let (seen, marks) = (&mut self.seen, &mut self.marks);
            steps.each(EventId(seen[at]), forth, &mut |id| {
                // Without a branch, which nobody could foretell: about every second event
                // was seen.
                let mark = &mut marks[id as usize];
                seen[count] = id;
                count += usize::from(*mark == 0);
                *mark = if *mark == 0 { own } else { *mark };
            });
        }
        self.seen.truncate(count);
        self.levels.push(end);
        self.sort_levels();
        count > end
    }

    /// Sorts the newest level where marks come again, and at the first of those all before.
    fn sort_levels(&mut self) {
        let unsorted = match self.depth() {
            depth if depth < MARKS => return,
            MARKS => 0,
            depth => depth,
        };
        for depth in unsorted..=self.depth() {
            let level = self.level(depth);
            self.seen[level].sort_unstable();
        }
    }
}

/// The events of the chain of fewest links that the rules allow.
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
    let joined = meet(steps, events, from, to, max_links, scratch)?;
    trace(steps, &scratch.sides, joined, from)
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
    let joined = meet(steps, events, from, to, max_links, scratch)?;
    trace_cheapest(steps, &scratch.sides, joined, from, to)
}

/// Searches from both ends until a link joins the newest events of the two sides; which
/// of the first side's such links lead from.
///
/// Most of what a search sees it sees in its last level, which is no more than looked at:
/// what is there is not marked.
fn meet(
    steps: &impl Steps,
    events: usize,
    from: EventId,
    to: EventId,
    max_links: Option<u32>,
    scratch: &mut Scratch,
) -> Option<Vec<u32>> {
    let sides = &mut scratch.sides;
    sides[0].start(from, events);
    sides[1].start(to, events);
    let mut links = [steps.degree(from), steps.degree(to)];
    while max_links.is_none_or(|most| sides[0].depth() + sides[1].depth() < most as usize) {
        // The side whose newest events have fewer links takes the next step.
        let n = usize::from(links[1] < links[0]);
        let joined = joined(steps, sides, n);
        if !joined.is_empty() {
            return Some(joined);
        }
        let side = &mut sides[n];
        if !side.go_on(steps, n == 0, links[n]) {
            return None;
        }
        links[n] = side.newest().iter().map(|&id| steps.degree(EventId(id))).sum();
    }
    None
}

/// The newest events of the first side from which a step leads to one of the other side's,
/// ascending; looked for from side `n`.
fn joined(steps: &impl Steps, [first, second]: &[Side; 2], n: usize) -> Vec<u32> {
    if n == 1 {
        return next_layer(steps, second.newest(), false, first.is_at(first.depth()));
    }
    let (mut joined, ends) = (Vec::new(), second.is_at(second.depth()));
    for &id in first.newest() {
        let mut is_joined = false;
        steps.each(EventId(id), true, &mut |id| is_joined |= ends(id));
        if is_joined {
            joined.push(id);
        }
    }
    joined.sort_unstable();
    joined
}

/// The first of all shortest chains by event ids, once the sides are joined.
///
/// Marks the events of the first side that lie on a shortest chain, back from
/// those that are joined to the second; then walks forward, always to the smallest.
fn trace(
    steps: &impl Steps,
    [first, second]: &[Side; 2],
    joined: Vec<u32>,
    from: EventId,
) -> Option<Vec<EventId>> {
    let layers = first_layers(steps, first, joined);
    let mut chain = vec![from];
    for layer in &layers[1..] {
        chain.push(first_step(steps, &chain, |other| layer.binary_search(&other).is_ok())?);
    }
    for left in (0..=second.depth()).rev() {
        chain.push(first_step(steps, &chain, second.is_at(left))?);
    }
    Some(chain)
}

/// The first event by id that a chain can go on to and that is wanted. Only where a damaged
/// file's links say one thing forth and another back is there none.
fn first_step(
    steps: &impl Steps,
    chain: &[EventId],
    wanted: impl Fn(u32) -> bool,
) -> Option<EventId> {
    let mut next = u32::MAX;
    steps.each(*chain.last()?, true, &mut |other| {
        if other < next && wanted(other) {
            next = other;
        }
    });
    Some(EventId(next)).filter(|_| next != u32::MAX)
}

/// For each number of links from the start up to where the sides are joined: the
/// events that lie on a shortest chain, ascending.
fn first_layers(steps: &impl Steps, first: &Side, joined: Vec<u32>) -> Vec<Vec<u32>> {
    // layers[d]: events at distance d from the start that lie on a chain.
    let mut layers = vec![joined];
    for distance in (0..first.depth()).rev() {
        let before = first.is_at(distance);
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
    [first, second]: &[Side; 2],
    joined: Vec<u32>,
    from: EventId,
    to: EventId,
) -> Option<Vec<EventId>> {
    let mut layers = first_layers(steps, first, joined);
    for left in (0..=second.depth()).rev() {
        let behind = second.is_at(left);
        layers.push(next_layer(steps, &layers[layers.len() - 1], true, behind));
    }
    debug_assert_eq!(layers.len(), first.depth() + second.depth() + 2);
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
