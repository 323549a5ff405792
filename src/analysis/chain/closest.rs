//! The chain of least total cost: Dijkstra's search from both ends.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

use crate::analysis::chain::rules::CostlySteps;
use crate::model::EventId;

/// Of the chains of at most `most` links, those of least total cost; of these
/// the first by ids.
///
/// Costs are whole numbers, so that a sum is the same from either end. Mostly
/// the cheapest chain of all is short enough; if not, the costs to the end are
/// found for each number of links ([`within`]).
pub(super) fn closest(
    steps: &impl CostlySteps,
    events: usize,
    from: EventId,
    to: EventId,
    most: Option<u32>,
    scratch: &mut Scratch,
) -> Option<Vec<EventId>> {
    if from == to {
        return Some(vec![from]);
    }
    let found = from_both_ends(steps, events, from, to, scratch)?;
    match most {
        Some(most) if found.len() > most as usize + 1 => within(steps, from, to, most),
        _ => Some(found),
    }
}

/// Memory that searches one after the other share.
#[derive(Default)]
pub(super) struct Scratch {
    sides: [Side; 2],
}

/// What one of the two searches knows.
#[derive(Default)]
struct Side {
    /// Cost from this end, plus one; 0 for an event not seen.
    label: Vec<u64>,
    /// Whether the label is final.
    settled: Vec<bool>,
    seen: Vec<u32>,
    queue: BinaryHeap<Reverse<(u64, u32)>>,
}

impl Side {
    fn start(&mut self, event: EventId, events: usize) {
        for &id in &self.seen {
            self.label[id as usize] = 0;
            self.settled[id as usize] = false;
        }
        self.label.resize(events, 0);
        self.settled.resize(events, false);
        self.seen.clear();
        self.queue.clear();
        self.reach(event.0, 0);
    }

    fn cost(&self, event: u32) -> Option<u64> {
        self.label[event as usize].checked_sub(1)
    }

    /// Notes a way of this cost; true if it is the cheapest so far.
    fn reach(&mut self, event: u32, cost: u64) -> bool {
        let label = &mut self.label[event as usize];
        if *label == 0 {
            self.seen.push(event);
        } else if *label <= cost + 1 {
            return false;
        }
        *label = cost + 1;
        self.queue.push(Reverse((cost, event)));
        true
    }

    /// The least cost that is not final yet.
    fn next(&mut self) -> Option<u64> {
        while let Some(&Reverse((cost, event))) = self.queue.peek() {
            if !self.settled[event as usize] && self.cost(event) == Some(cost) {
                return Some(cost);
            }
            self.queue.pop();
        }
        None
    }
}

/// Dijkstra (1959) from both ends (Pohl 1971), until the least costs that are
/// not final yet add up to the cost of the best chain found.
fn from_both_ends(
    steps: &impl CostlySteps,
    events: usize,
    from: EventId,
    to: EventId,
    scratch: &mut Scratch,
) -> Option<Vec<EventId>> {
    let sides = &mut scratch.sides;
    sides[0].start(from, events);
    sides[1].start(to, events);
    let (mut best, mut reached) = (u64::MAX, Vec::new());
    while let (Some(a), Some(b)) = (sides[0].next(), sides[1].next()) {
        if a + b >= best {
            break;
        }
        let forth = sides[0].queue.len() <= sides[1].queue.len();
        let [first, second] = &mut *sides;
        let (side, other) = if forth { (first, second) } else { (second, first) };
        let Some(Reverse((cost, event))) = side.queue.pop() else { break };
        side.settled[event as usize] = true;
        reached.clear();
        let open = |next: u32| !side.settled[next as usize];
        steps.each_cost(EventId(event), forth, &open, &mut |next, step| {
            reached.push((next, cost + step));
        });
        for &(next, there) in &reached {
            if side.reach(next, there)
                && let Some(rest) = other.cost(next)
            {
                best = best.min(there + rest);
            }
        }
    }
    if best == u64::MAX { None } else { trace(steps, &scratch.sides, from, best) }
}

/// The first by ids of all chains of the least cost.
///
/// The last event of such a chain that is settled from the start has a next
/// one, and that has the right label from either end. So the chains are found
/// at the events whose labels add up to the least cost; marked back to the
/// start; then walked forward, always to the smallest.
fn trace(
    steps: &impl CostlySteps,
    sides: &[Side; 2],
    from: EventId,
    best: u64,
) -> Option<Vec<EventId>> {
    let [first, second] = sides;
    let meets = |&id: &u32| {
        let labels = first.cost(id).zip(second.cost(id));
        labels.is_some_and(|(gone, rest)| gone + rest == best)
    };
    let mut on_chain: Vec<u32> = first.seen.iter().copied().filter(meets).collect();
    let mut marked: BTreeSet<u32> = on_chain.iter().copied().collect();
    while let Some(id) = on_chain.pop() {
        let Some(gone) = first.cost(id) else { continue };
        let nearer = |other: u32| first.cost(other).is_some_and(|cost| cost < gone);
        steps.each_cost(EventId(id), false, &nearer, &mut |before, cost| {
            if first.cost(before).is_some_and(|c| c + cost == gone) && marked.insert(before) {
                on_chain.push(before);
            }
        });
    }
    let (mut chain, mut gone) = (vec![from], 0);
    while gone < best {
        let mut next: Option<(u32, u64)> = None;
        let known = |other: u32| first.cost(other).is_some() || second.cost(other).is_some();
        steps.each_cost(chain[chain.len() - 1], true, &known, &mut |other, cost| {
            let there = gone + cost;
            let before = marked.contains(&other) && first.cost(other) == Some(there);
            let behind = second.cost(other).is_some_and(|rest| there + rest == best);
            if (before || behind) && next.is_none_or(|(id, _)| other < id) {
                next = Some((other, there));
            }
        });
        // Only a damaged file's links say one thing forth and another back.
        let (id, there) = next?;
        chain.push(EventId(id));
        gone = there;
    }
    Some(chain)
}

/// The least costs within a number of links, by Dijkstra's search from the end
/// over pairs of an event and the links to the end, of which only those are
/// kept that are cheaper than with fewer links (Joksch 1966).
fn within(steps: &impl CostlySteps, from: EventId, to: EventId, most: u32) -> Option<Vec<EventId>> {
    let near = levels(steps, from, most);
    near.get(&to.0)?;
    // For each event, by rising cost and falling number of links.
    let mut labels: HashMap<u32, Vec<(u64, u32)>> = HashMap::new();
    let mut queue = BinaryHeap::from([Reverse((0_u64, 0_u32, to.0))]);
    while let Some(Reverse((cost, links, event))) = queue.pop() {
        let known = labels.entry(event).or_default();
        if known.last().is_some_and(|&(_, fewest)| fewest <= links) {
            continue;
        }
        known.push((cost, links));
        if event == from.0 {
            break;
        }
        let open = |before: u32| {
            let fits = near.get(&before).is_some_and(|level| level + links < most);
            let beaten = labels.get(&before).and_then(|known| known.last());
            fits && beaten.is_none_or(|&(_, fewest)| fewest > links + 1)
        };
        steps.each_cost(EventId(event), false, &open, &mut |before, step| {
            queue.push(Reverse((cost + step, links + 1, before)));
        });
    }
    let &(mut rest, _) = labels.get(&from.0)?.first()?;
    let (mut chain, mut left) = (vec![from], most);
    while rest > 0 {
        let mut next: Option<(u32, u64)> = None;
        let known = |other: u32| labels.contains_key(&other);
        steps.each_cost(chain[chain.len() - 1], true, &known, &mut |other, cost| {
            let Some(behind) = rest.checked_sub(cost) else { return };
            let known = labels.get(&other).map_or(&[][..], Vec::as_slice);
            let fits = known.iter().any(|&(cost, links)| cost == behind && links < left);
            if fits && next.is_none_or(|(id, _)| other < id) {
                next = Some((other, behind));
            }
        });
        let (id, behind) = next?;
        chain.push(EventId(id));
        rest = behind;
        left -= 1;
    }
    Some(chain)
}

/// How many links away from an event others are, up to a number.
fn levels(steps: &impl CostlySteps, from: EventId, most: u32) -> HashMap<u32, u32> {
    let mut level = HashMap::from([(from.0, 0)]);
    let mut newest = vec![from.0];
    for links in 1..=most {
        let mut next = Vec::new();
        for &id in &newest {
            steps.each(EventId(id), true, &mut |other| {
                level.entry(other).or_insert_with(|| {
                    next.push(other);
                    links
                });
            });
        }
        if next.is_empty() {
            break;
        }
        newest = next;
    }
    level
}
