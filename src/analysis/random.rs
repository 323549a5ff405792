//! Random choices that are the same on every machine: SplitMix64 (Steele, Lea
//! and Flood 2014).

/// A generator of random numbers, from a seed.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// Seeds that differ in one of the two numbers give unrelated sequences.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        Self(mixed(seed) ^ mixed(stream.wrapping_add(0x51ed_270b_0a1f_39c1)))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// Below `end`, which has to be above 0. The bias is below end / 2⁶⁴.
    pub(super) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// All orders are equally likely (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// The n-th number, from 0, of the sequence that begins with a state: for those
/// who draw in parallel.
pub(super) fn nth(state: u64, n: u64) -> u64 {
    mixed(state.wrapping_add((n + 1).wrapping_mul(STEP)))
}

/// How far apart the states of two numbers in a row are.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
