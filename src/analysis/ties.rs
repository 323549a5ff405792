//! Who is tied to whom, and how strongly: an undirected graph of events with
//! weights, flat in memory. Communities, chains and ranks run over it.

use rayon::prelude::*;

use crate::analysis::strength::{Strengths, Weight};
use crate::graph::Selection;
use crate::model::EventId;

/// An undirected weighted graph over the events, in compressed sparse rows.
///
/// Every tie stands in the rows of both its ends; rows are ascending, without
/// doubles and without ties of an event to itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ties {
    /// Where each event's row begins, and the end of the last one.
    offsets: Vec<u32>,
    others: Vec<u32>,
    weights: Vec<f32>,
}

impl Ties {
    /// The links between selected events, as ties: links between the same two
    /// events are one tie, as strong as the strongest of them.
    ///
    /// # Complexity
    /// O(|V| + |E| log d), d the largest number of links of an event.
    pub fn of_links(strengths: &Strengths<'_>, selection: &Selection, weight: Weight) -> Self {
        let walk = strengths.walk();
        let weigh = weight == Weight::Strength && !strengths.is_uniform();
        let strength = if weigh { strengths.all() } else { Vec::new() };
        let strength_of = |link: usize| strength.get(link).map_or(1.0, |&s| s as f32);
        let row = |id: u32, row: &mut Vec<(u32, f32)>| {
            let event = EventId(id);
            if !selection.contains(event) {
                return;
            }
            let out = walk.out_links(event).map(|link| (walk.target(link), link));
            let back = walk.in_links(event).map(|link| (walk.source(link), link));
            for (other, link) in out.chain(back) {
                if other != event && selection.contains(other) {
                    row.push((other.0, strength_of(link.index())));
                }
            }
        };
        Self::collect(walk.event_count(), row)
    }

    /// From the ties of each event, which `row` pushes in any order, both ends
    /// of a tie the same. Of double ones the heaviest stays.
    ///
    /// # Complexity
    /// O(|V| + |E| log d), in parallel over the events.
    pub fn collect(events: usize, row: impl Fn(u32, &mut Vec<(u32, f32)>) + Sync) -> Self {
        const PART: usize = 1 << 12;
        let parts: Vec<(Vec<u32>, Vec<u32>, Vec<f32>)> = (0..events.div_ceil(PART))
            .into_par_iter()
            .map(|part| {
                let ids = part * PART..((part + 1) * PART).min(events);
                let (mut lengths, mut others, mut weights) = (Vec::new(), Vec::new(), Vec::new());
                let mut ties = Vec::new();
                for id in ids {
                    ties.clear();
                    row(id as u32, &mut ties);
                    ties.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
                    ties.dedup_by_key(|tie| tie.0);
                    lengths.push(ties.len() as u32);
                    others.extend(ties.iter().map(|tie| tie.0));
                    weights.extend(ties.iter().map(|tie| tie.1));
                }
                (lengths, others, weights)
            })
            .collect();
        let total = parts.iter().map(|part| part.1.len()).sum();
        let mut all = Self {
            offsets: Vec::with_capacity(events + 1),
            others: Vec::with_capacity(total),
            weights: Vec::with_capacity(total),
        };
        let mut end = 0;
        all.offsets.push(0);
        for (lengths, others, weights) in parts {
            for length in lengths {
                end += length;
                all.offsets.push(end);
            }
            all.others.extend_from_slice(&others);
            all.weights.extend_from_slice(&weights);
        }
        all
    }

    /// How many events there are.
    pub fn event_count(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// How many ties there are, each counted once.
    pub fn len(&self) -> usize {
        self.others.len() / 2
    }

    /// Whether no event is tied to another.
    pub fn is_empty(&self) -> bool {
        self.others.is_empty()
    }

    /// The weight of all ties, each counted once.
    pub fn weight(&self) -> f64 {
        self.weights.iter().map(|&weight| f64::from(weight)).sum::<f64>() / 2.0
    }

    /// The weight of the ties between these events, which ascend, each tie counted
    /// once.
    ///
    /// # Complexity
    /// O(n log n) for the n ties that the events have.
    pub fn weight_among(&self, events: &[EventId]) -> f64 {
        let among = |id: EventId| events.binary_search(&id).is_ok();
        let ties = events.iter().flat_map(|&event| self.of(event));
        // Not `sum`: that of nothing is −0.
        ties.filter(|tie| among(tie.0)).fold(0.0, |sum, tie| sum + f64::from(tie.1)) / 2.0
    }

    /// The weight of the heaviest tie; 0 if there is none.
    pub fn heaviest(&self) -> f32 {
        self.weights.iter().copied().fold(0.0, f32::max)
    }

    /// The ties between selected events only.
    ///
    /// # Complexity
    /// O(|V| + |E|).
    pub fn within(&self, selection: &Selection) -> Self {
        Self::collect(self.event_count(), |id, row| {
            let event = EventId(id);
            if selection.contains(event) {
                let inside = self.of(event).filter(|(other, _)| selection.contains(*other));
                row.extend(inside.map(|(other, weight)| (other.0, weight)));
            }
        })
    }

    /// An event's ties: the other event and the weight, ascending by id.
    pub fn of(&self, event: EventId) -> impl ExactSizeIterator<Item = (EventId, f32)> + Clone {
        let row = self.row(event);
        let others = self.others[row.clone()].iter().map(|&other| EventId(other));
        others.zip(self.weights[row].iter().copied())
    }

    /// The weight of the tie between two events.
    ///
    /// # Complexity
    /// O(log d).
    pub fn between(&self, a: EventId, b: EventId) -> Option<f32> {
        let row = self.row(a);
        let at = self.others[row.clone()].binary_search(&b.0).ok()?;
        Some(self.weights[row][at])
    }

    /// The rows as they are: where each begins and the last ends, the other
    /// events, the weights.
    pub(super) fn rows(&self) -> (&[u32], &[u32], &[f32]) {
        (&self.offsets, &self.others, &self.weights)
    }

    fn row(&self, event: EventId) -> std::ops::Range<usize> {
        self.offsets[event.index()] as usize..self.offsets[event.index() + 1] as usize
    }
}
