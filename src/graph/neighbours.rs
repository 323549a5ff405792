//! Who is next to whom, whichever of the two lists the link.

use std::sync::atomic::Ordering;

use rayon::prelude::*;

use crate::graph::kept::once;
use crate::graph::walk::Walk;
use crate::model::EventId;

/// The neighbours of each event, one row behind the other: compressed sparse
/// rows. A step from an event reads one place in memory, where the tables know
/// those that link to it by way of the links alone.
#[derive(Clone, Debug)]
pub struct Neighbours {
    /// Where each event's row begins, and behind the last one where it ends.
    offsets: Vec<u32>,
    others: Vec<u32>,
}

impl Neighbours {
    fn new(walk: Walk<'_>) -> Self {
        let events = walk.event_count();
        let mut offsets = Vec::with_capacity(events + 1);
        let mut end = 0;
        offsets.push(end);
        for event in walk.graph().events() {
            // Fewer than 2³¹ links have fewer than 2³² ends.
            end += walk.degree(event) as u32;
            offsets.push(end);
        }
        let rows = (0..events as u32).into_par_iter().with_min_len(1 << 13);
        let row = |event| walk.neighbours(EventId(event)).map(|other| other.0);
        Self { offsets, others: rows.flat_map_iter(row).collect() }
    }

    /// The events at the other end of all links of an event, in the order of
    /// [`Walk::neighbours`].
    pub fn of(&self, event: EventId) -> &[u32] {
        let row = event.index();
        &self.others[self.offsets[row] as usize..self.offsets[row + 1] as usize]
    }
}

impl<'g> Walk<'g> {
    /// The same neighbours in rows, for those who take many steps. They need
    /// eight bytes a link and four an event, for as long as the graph is there.
    ///
    /// # Complexity
    /// O(|V| + |E|) the first time in a graph, O(1) from then on.
    pub fn neighbours_in_rows(&self) -> &'g Neighbours {
        once(&self.graph().kept().neighbours, || Neighbours::new(*self))
    }

    /// The same for so many searches for a way between two events, once that pays: when
    /// searches, with those of earlier questions, have looked at half as many links as
    /// there are, laying them out takes about as long as all searches before.
    pub(crate) fn neighbours_once_worth(&self, searches: usize) -> Option<&'g Neighbours> {
        let kept = self.graph().kept();
        if let Some(known) = kept.neighbours.get() {
            return Some(known);
        }
        // From both ends a search sees two circles of a size at which they are likely to
        // share an event, which is about the root of all.
        let of_one = self.link_count().isqrt() + 1;
        let before = kept.pairs_asked.fetch_add(searches, Ordering::Relaxed);
        let looked_at = before.saturating_add(searches).saturating_mul(of_one);
        (looked_at > self.link_count() / 2).then(|| self.neighbours_in_rows())
    }
}
