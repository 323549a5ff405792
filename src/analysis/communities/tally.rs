//! Sums by label, for one node at a time.

/// A hash table with open addressing, of the size that one node needs: it
/// stays in the nearest cache, where a number for each label would not.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    slots: Vec<Slot>,
    /// The slots in use, in the order in which their labels came; behind
    /// `labels` they mean nothing.
    used: Vec<u32>,
    labels: usize,
    shift: u32,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    label: u32,
    sum: f64,
}

/// The label of an empty slot.
const EMPTY: u32 = u32::MAX;

/// Slots for each label there may be: two labels seldom want the same one.
const ROOM: usize = 4;

impl Tally {
    /// Before the additions for one node: at most so many different labels.
    /// `first` comes first, with 0.
    #[inline(always)]
    pub(super) fn begin(&mut self, labels: usize, first: u32) {
        let size = (ROOM * (labels + 1)).next_power_of_two();
        if self.slots.len() < size {
            self.slots.resize(size, Slot { label: EMPTY, sum: 0.0 });
            self.used.resize(size, 0);
        }
        self.shift = u32::BITS - size.trailing_zeros();
        self.add(first, 0.0);
    }

    /// Whether a label is new cannot be foreseen, so it is computed rather than
    /// branched on; only a slot that another label has is a branch.
    #[inline(always)]
    pub(super) fn add(&mut self, label: u32, weight: f64) {
        let mut at = (label.wrapping_mul(0x9e37_79b1) >> self.shift) as usize;
        loop {
            let slot = &mut self.slots[at];
            let new = slot.label == EMPTY;
            if new | (slot.label == label) {
                slot.label = label;
                slot.sum += weight;
                self.used[self.labels] = at as u32;
                self.labels += usize::from(new);
                return;
            }
            // Behind the last slot comes the first.
            at = (at + 1) & (u32::MAX >> self.shift) as usize;
        }
    }

    /// Calls `each` with every label and its sum, in the order in which they
    /// came, and is empty then.
    #[inline(always)]
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32, f64)) {
        for &at in &self.used[..self.labels] {
            let slot = &mut self.slots[at as usize];
            let slot = std::mem::replace(slot, Slot { label: EMPTY, sum: 0.0 });
            each(slot.label, slot.sum);
        }
        self.labels = 0;
    }
}
