//! Sums by label, for one node at a time.

/// A hash table with open addressing, of the size that one node needs: it
/// stays in the nearest cache, where a number for each label would not.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    labels: Vec<u32>,
    sums: Vec<f64>,
    /// The slots in use, in the order in which their labels came.
    used: Vec<u32>,
    shift: u32,
}

/// The label of an empty slot.
const EMPTY: u32 = u32::MAX;

impl Tally {
    /// Before the additions for one node: at most so many different labels.
    /// `first` comes first, with 0.
    #[inline(always)]
    pub(super) fn begin(&mut self, labels: usize, first: u32) {
        let size = (2 * labels + 2).next_power_of_two();
        if self.labels.len() < size {
            self.labels.resize(size, EMPTY);
            self.sums.resize(size, 0.0);
        }
        self.shift = u32::BITS - size.trailing_zeros();
        self.add(first, 0.0);
    }

    #[inline(always)]
    pub(super) fn add(&mut self, label: u32, weight: f64) {
        let mut at = (label.wrapping_mul(0x9e37_79b1) >> self.shift) as usize;
        loop {
            let here = &mut self.labels[at];
            if *here == label {
                self.sums[at] += weight;
                return;
            }
            if *here == EMPTY {
                *here = label;
                self.sums[at] = weight;
                self.used.push(at as u32);
                return;
            }
            // Behind the last slot comes the first.
            at = (at + 1) & (u32::MAX >> self.shift) as usize;
        }
    }

    /// The sum of the label that came first.
    #[inline(always)]
    pub(super) fn first(&self) -> f64 {
        self.used.first().map_or(0.0, |&at| self.sums[at as usize])
    }

    /// Every label but the first, in the order in which they came.
    #[inline(always)]
    pub(super) fn labels(&self) -> impl Iterator<Item = u32> + '_ {
        self.used.iter().skip(1).map(|&at| self.labels[at as usize])
    }

    /// Calls `each` with every label but the first and its sum, and is empty
    /// then.
    #[inline(always)]
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32, f64)) {
        let mut used = self.used.iter();
        if let Some(&first) = used.next() {
            self.labels[first as usize] = EMPTY;
        }
        for &at in used {
            let label = std::mem::replace(&mut self.labels[at as usize], EMPTY);
            each(label, self.sums[at as usize]);
        }
        self.used.clear();
    }
}
