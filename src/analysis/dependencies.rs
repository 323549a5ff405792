//! One source's share of everybody's betweenness (Brandes 2001): shortest chains are
//! counted forth, and dependencies summed back. Knows rows of neighbours, no events.

use crate::analysis::adjacency::Adjacency;

/// Searches from one source after the other.
pub(super) struct Sources<'a> {
    links: &'a Adjacency,
    usual: Dependencies<f64>,
    /// For sources with more shortest chains than a usual number can hold: there are
    /// where many short detours follow each other.
    vast: Option<Dependencies<Vast>>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(links: &'a Adjacency) -> Self {
        Self { links, usual: Dependencies::new(links.len()), vast: None }
    }

    /// Adds to each event's sum its dependency of one source: the sum, over all other
    /// events, of the share of the shortest chains to them that run through it.
    pub(super) fn add(&mut self, source: usize, sums: &mut [f64]) {
        if !self.usual.add(self.links, source, sums) {
            let vast = self.vast.get_or_insert_with(|| Dependencies::new(self.links.len()));
            vast.add(self.links, source, sums);
        }
    }
}

/// A number of chains.
trait Count: Copy {
    const NONE: Self;
    const ONE: Self;

    fn add(&mut self, other: Self);

    /// Whether it is what was added.
    fn holds(self) -> bool;

    /// This number as a share of one that is no smaller.
    fn share_of(self, all: Self) -> f64;
}

impl Count for f64 {
    const NONE: Self = 0.0;
    const ONE: Self = 1.0;

    fn add(&mut self, other: Self) {
        *self += other;
    }

    fn holds(self) -> bool {
        self.is_finite()
    }

    fn share_of(self, all: Self) -> f64 {
        self / all
    }
}

/// `digits` · 2^(512 · `blocks`), where digits are below 2⁵¹² and, if there are blocks,
/// at least 1.
#[derive(Clone, Copy, Debug)]
struct Vast {
    digits: f64,
    blocks: u32,
}

impl Vast {
    /// 2⁻⁵¹².
    const BLOCK: f64 = f64::from_bits((1023 - 512) << 52);
}

impl Count for Vast {
    const NONE: Self = Self { digits: 0.0, blocks: 0 };
    const ONE: Self = Self { digits: 1.0, blocks: 0 };

    fn add(&mut self, mut other: Self) {
        if self.blocks < other.blocks {
            std::mem::swap(self, &mut other);
        }
        self.digits += match self.blocks - other.blocks {
            0 => other.digits,
            1 => other.digits * Self::BLOCK,
            // Less than the last digit.
            _ => 0.0,
        };
        if self.digits * Self::BLOCK >= 1.0 {
            self.digits *= Self::BLOCK;
            self.blocks += 1;
        }
    }

    fn holds(self) -> bool {
        true
    }

    fn share_of(self, all: Self) -> f64 {
        let share = self.digits / all.digits;
        match all.blocks - self.blocks {
            0 => share,
            1 => share * Self::BLOCK,
            _ => 0.0,
        }
    }
}

/// The search from one source, in memory that serves for the next.
struct Dependencies<N> {
    /// Links from the source, plus one; 0 for an event not seen.
    level: Vec<u32>,
    /// Of each event the shortest chains from the source, and its dependency.
    reached: Vec<(N, f64)>,
    /// In the order of their levels.
    seen: Vec<u32>,
}

impl<N: Count> Dependencies<N> {
    fn new(n: usize) -> Self {
        Self { level: vec![0; n], reached: vec![(N::NONE, 0.0); n], seen: Vec::with_capacity(n) }
    }

    /// As [`Sources::add`]; false, and nothing added, if there are too many chains.
    fn add(&mut self, links: &Adjacency, source: usize, sums: &mut [f64]) -> bool {
        for &at in &self.seen {
            self.level[at as usize] = 0;
            self.reached[at as usize] = (N::NONE, 0.0);
        }
        self.seen.clear();
        self.seen.push(source as u32);
        (self.level[source], self.reached[source]) = (1, (N::ONE, 0.0));
        self.forth(links);
        if !self.seen.iter().all(|&at| self.reached[at as usize].0.holds()) {
            return false;
        }
        self.back(links);
        for &at in &self.seen[1..] {
            sums[at as usize] += self.reached[at as usize].1;
        }
        true
    }

    fn forth(&mut self, links: &Adjacency) {
        let mut from = 0;
        while let Some(&event) = self.seen.get(from) {
            from += 1;
            let event = event as usize;
            let (next, (chains, _)) = (self.level[event] + 1, self.reached[event]);
            for &at in links.row(event) {
                let other = at as usize;
                if self.level[other] == 0 {
                    self.level[other] = next;
                    self.seen.push(at);
                }
                if self.level[other] == next {
                    self.reached[other].0.add(chains);
                }
            }
        }
    }

    fn back(&mut self, links: &Adjacency) {
        for &event in self.seen.iter().rev() {
            let event = event as usize;
            let (next, (chains, _)) = (self.level[event] + 1, self.reached[event]);
            let mut sum = 0.0;
            for &other in links.row(event) {
                if self.level[other as usize] == next {
                    let (of, dependency) = self.reached[other as usize];
                    sum += chains.share_of(of) * (1.0 + dependency);
                }
            }
            self.reached[event].1 = sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vast_numbers_add_up() {
        let mut doubled = Vast::ONE;
        for n in 1..=5_000_u32 {
            let before = doubled;
            doubled.add(before);
            assert_eq!((before.share_of(doubled), doubled.blocks), (0.5, n / 512), "2^{n}");
            assert!(Vast::ONE.share_of(doubled) >= 0.0, "2^{n}");
        }
        let mut sum = Vast::ONE;
        (0..9).for_each(|_| sum.add(Vast::ONE));
        assert_eq!(Vast::ONE.share_of(sum), 0.1);
    }
}
