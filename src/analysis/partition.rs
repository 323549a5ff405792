//! Events in groups: what components and communities have in common.

use crate::model::EventId;

/// Each selected event in one group, the largest group first, equal ones by
/// their earliest event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partition {
    /// The number of each event's group; `None` outside of the selection.
    number: Vec<u32>,
    /// How many events each group has; falling.
    sizes: Vec<u32>,
}

/// The label of an event that is in no group.
pub(super) const OUTSIDE: u32 = u32::MAX;

impl Partition {
    /// From a label for each event: events with the same one are a group.
    /// Labels are below the number of events, or [`OUTSIDE`].
    pub(super) fn of_labels(mut labels: Vec<u32>) -> Self {
        let mut sizes = vec![0_u32; labels.len()];
        let mut first = Vec::new();
        for &label in labels.iter().filter(|&&label| label != OUTSIDE) {
            let size = &mut sizes[label as usize];
            *size += 1;
            if *size == 1 {
                first.push(label);
            }
        }
        // By earliest event so far; the sort keeps that among equal ones.
        first.sort_by_key(|&label| std::cmp::Reverse(sizes[label as usize]));
        let mut number = vec![OUTSIDE; labels.len()];
        for (n, &label) in (0..).zip(&first) {
            number[label as usize] = n;
        }
        for label in labels.iter_mut().filter(|label| **label != OUTSIDE) {
            *label = number[*label as usize];
        }
        let sizes = first.iter().map(|&label| sizes[label as usize]).collect();
        Self { number: labels, sizes }
    }

    /// The number of each event's group, or [`OUTSIDE`].
    pub(super) fn numbers(&self) -> &[u32] {
        &self.number
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Whether there are none, as in an empty selection.
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// The number of an event's group, from 0; `None` outside of the
    /// selection.
    pub fn of(&self, event: EventId) -> Option<usize> {
        self.number.get(event.index()).filter(|&&n| n != OUTSIDE).map(|&n| n as usize)
    }

    /// How many events a group has.
    pub fn size(&self, group: usize) -> usize {
        self.sizes.get(group).map_or(0, |&size| size as usize)
    }

    /// How many groups have at least so many events: the first ones. O(log of their number).
    pub fn count_of_size(&self, least: usize) -> usize {
        self.sizes.partition_point(|&size| size as usize >= least)
    }

    /// The events of one group, ascending. O(|V|).
    pub fn events(&self, group: usize) -> impl Iterator<Item = EventId> + '_ {
        (0..)
            .zip(&self.number)
            .filter(move |(_, n)| **n as usize == group)
            .map(|(id, _)| EventId(id))
    }

    /// The events of the first groups, each ascending.
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
