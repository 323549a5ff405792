//! Sums by label for one node at a time, small enough to stay in the cache.

/// What is added up for one label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum {
    pub(super) label: u32,
    pub(super) weight: f64,
}

/// A hash table that is as large as one node needs, and empty again in no
/// time: a flat array over all labels would miss the cache at every step.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// 1 + the place in `sums`; 0 for none.
    slots: Vec<u32>,
    sums: Vec<Sum>,
    shift: u32,
    mask: usize,
}

impl Tally {
    /// Begins again, for at most so many different labels.
    pub(super) fn begin(&mut self, labels: usize) {
        let size = (2 * labels).next_power_of_two().max(16);
        if self.slots.len() < size {
            self.slots.resize(size, 0);
        }
        self.slots[..size].fill(0);
        self.shift = u32::BITS - size.trailing_zeros();
        self.mask = size - 1;
        self.sums.clear();
    }

    pub(super) fn add(&mut self, label: u32, weight: f64) {
        let mut at = (label.wrapping_mul(0x9e37_79b1) >> self.shift) as usize;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                self.sums.push(Sum { label, weight });
                self.slots[at] = self.sums.len() as u32;
                return;
            }
            let sum = &mut self.sums[slot as usize - 1];
            if sum.label == label {
                sum.weight += weight;
                return;
            }
            at = (at + 1) & self.mask;
        }
    }

    /// The sums, in the order in which their labels came.
    pub(super) fn sums(&self) -> &[Sum] {
        &self.sums
    }

    /// The sum of one label.
    pub(super) fn of(&self, label: u32) -> f64 {
        let mut at = (label.wrapping_mul(0x9e37_79b1) >> self.shift) as usize;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return 0.0;
            }
            let sum = self.sums[slot as usize - 1];
            if sum.label == label {
                return sum.weight;
            }
            at = (at + 1) & self.mask;
        }
    }
}
