//! Some of the events and who is next to whom, numbered from 0 and flat in
//! memory: what the ranks run over.

use rayon::prelude::*;

use crate::analysis::ties::Ties;
use crate::graph::{Selection, Walk};
use crate::model::EventId;

/// Which events stand in an event's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Along {
    /// Those that it lists and those that list it.
    Both,
    /// Those that it lists.
    Out,
    /// Those that list it.
    In,
}

/// Rows of neighbours, ascending, each once, without the event itself.
#[derive(Clone, Debug)]
pub(super) struct Adjacency {
    /// The events, ascending; a row's number is the place in here.
    pub(super) events: Vec<EventId>,
    offsets: Vec<u32>,
    others: Vec<u32>,
    /// Of each neighbour; empty if all weigh 1.
    weights: Vec<f32>,
}

/// The number of an event that is not among them.
const OUTSIDE: u32 = u32::MAX;

impl Adjacency {
    /// The links between selected events.
    pub(super) fn of_links(walk: Walk<'_>, selection: &Selection, along: Along) -> Self {
        let events: Vec<EventId> = selection.events(walk.graph()).collect();
        let number = (events.len() < walk.event_count()).then(|| numbers(&events, walk));
        let numbered = |event: u32| match &number {
            Some(number) => number[event as usize],
            None => event,
        };
        let row = |event: EventId, row: &mut Vec<u32>, _: &mut Vec<f32>| {
            let start = row.len();
            if along != Along::In {
                row.extend(walk.targets(event).iter().map(|&target| numbered(target)));
            }
            if along != Along::Out {
                row.extend(walk.in_links(event).map(|link| numbered(walk.source(link).0)));
            }
            let own = numbered(event.0);
            row[start..].sort_unstable();
            let mut kept = start;
            for at in start..row.len() {
                let other = row[at];
                if other != OUTSIDE && other != own && (kept == start || row[kept - 1] != other) {
                    row[kept] = other;
                    kept += 1;
                }
            }
            row.truncate(kept);
        };
        Self::collect(events, row)
    }

    /// The ties between these events, which have to be ascending.
    pub(super) fn of_ties(ties: &Ties, events: Vec<EventId>) -> Self {
        let whole = events.len() == ties.event_count();
        let row = |event: EventId, row: &mut Vec<u32>, weights: &mut Vec<f32>| {
            for (other, weight) in ties.of(event) {
                let number = if whole { Ok(other.index()) } else { events.binary_search(&other) };
                if let Ok(number) = number
                    && weight > 0.0
                {
                    row.push(number as u32);
                    weights.push(weight);
                }
            }
        };
        Self::collect(events.clone(), row)
    }

    fn collect(
        events: Vec<EventId>,
        row: impl Fn(EventId, &mut Vec<u32>, &mut Vec<f32>) + Sync,
    ) -> Self {
        const PART: usize = 1 << 13;
        let parts: Vec<(Vec<u32>, Vec<u32>, Vec<f32>)> = events
            .par_chunks(PART)
            .map(|events| {
                let (mut ends, mut others, mut weights) = (Vec::new(), Vec::new(), Vec::new());
                for &event in events {
                    row(event, &mut others, &mut weights);
                    ends.push(others.len() as u32);
                }
                (ends, others, weights)
            })
            .collect();
        let total = parts.iter().map(|part| part.1.len()).sum();
        let mut offsets = Vec::with_capacity(events.len() + 1);
        let (mut all, mut all_weights) = (Vec::with_capacity(total), Vec::new());
        offsets.push(0);
        for (ends, others, weights) in parts {
            let start = all.len() as u32;
            offsets.extend(ends.iter().map(|end| start + end));
            all.extend_from_slice(&others);
            all_weights.extend_from_slice(&weights);
        }
        Self { events, offsets, others: all, weights: all_weights }
    }

    /// How many events there are.
    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    /// The neighbours of an event.
    pub(super) fn row(&self, number: usize) -> &[u32] {
        &self.others[self.offsets[number] as usize..self.offsets[number + 1] as usize]
    }

    /// The neighbours of an event, with their weights.
    pub(super) fn pairs(&self, number: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
        let weights = if self.weights.is_empty() { &[][..] } else { self.weights(number) };
        let weight = |at: usize| weights.get(at).copied().unwrap_or(1.0);
        self.row(number).iter().enumerate().map(move |(at, &other)| (other as usize, weight(at)))
    }

    /// The sum of `value` over the neighbours, times their weights.
    pub(super) fn sum<V: Copy + Into<f64>>(&self, number: usize, value: &[V]) -> f64 {
        let row = self.row(number).iter().map(|&other| value[other as usize].into());
        if self.weights.is_empty() {
            return row.sum();
        }
        row.zip(self.weights(number)).map(|(value, &weight)| value * f64::from(weight)).sum()
    }

    /// The same, with 32 bits.
    pub(super) fn sum32(&self, number: usize, value: &[f32]) -> f32 {
        let row = self.row(number).iter().map(|&other| value[other as usize]);
        if self.weights.is_empty() {
            return row.sum();
        }
        row.zip(self.weights(number)).map(|(value, &weight)| value * weight).sum()
    }

    /// The sum of the weights of the neighbours.
    pub(super) fn weight(&self, number: usize) -> f64 {
        if self.weights.is_empty() {
            return self.row(number).len() as f64;
        }
        self.weights(number).iter().map(|&weight| f64::from(weight)).sum()
    }

    fn weights(&self, number: usize) -> &[f32] {
        &self.weights[self.offsets[number] as usize..self.offsets[number + 1] as usize]
    }
}

/// The place of each event of the graph among some of them.
fn numbers(events: &[EventId], walk: Walk<'_>) -> Vec<u32> {
    let mut number = vec![OUTSIDE; walk.event_count()];
    for (at, event) in (0..).zip(events) {
        number[event.index()] = at;
    }
    number
}
