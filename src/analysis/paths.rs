//! A random shortest chain between two random events: searched from both ends.

use crate::analysis::adjacency::Adjacency;
use crate::analysis::random::Random;

/// The seed of all sampled chains.
const SEED: u64 = 0x7468_7265_6164;

/// Memory for searches one after the other.
pub(super) struct Paths {
    sides: [Side; 2],
}

/// What one of the two searches has seen.
struct Side {
    /// Links from this end, plus one; 0 for an event not seen.
    level: Vec<u32>,
    /// Shortest chains from this end, as multiples of a number of each level.
    chains: Vec<f64>,
    seen: Vec<u32>,
    /// Where in `seen` the newest level begins.
    newest: usize,
    depth: u32,
}

impl Side {
    fn new(n: usize) -> Self {
        let (level, chains) = (vec![0; n], vec![0.0; n]);
        Self { level, chains, seen: Vec::new(), newest: 0, depth: 1 }
    }

    fn start(&mut self, at: usize) {
        for &at in &self.seen {
            (self.level[at as usize], self.chains[at as usize]) = (0, 0.0);
        }
        self.seen.clear();
        self.seen.push(at as u32);
        (self.level[at], self.chains[at]) = (1, 1.0);
        (self.newest, self.depth) = (0, 1);
    }

    /// How much there is to look at in the next step.
    fn cost(&self, links: &Adjacency) -> usize {
        self.seen[self.newest..].iter().map(|&at| links.row(at as usize).len()).sum()
    }

    fn step(&mut self, links: &Adjacency) {
        let (start, end) = (self.newest, self.seen.len());
        self.depth += 1;
        for at in start..end {
            let event = self.seen[at] as usize;
            let chains = self.chains[event];
            for &other in links.row(event) {
                let other = other as usize;
                if self.level[other] == 0 {
                    self.level[other] = self.depth;
                    self.seen.push(other as u32);
                }
                if self.level[other] == self.depth {
                    self.chains[other] += chains;
                }
            }
        }
        self.newest = end;
        let newest = &self.seen[end..];
        let most = newest.iter().map(|&at| self.chains[at as usize]).fold(0.0, f64::max);
        if most > 1e100 {
            newest.iter().for_each(|&at| self.chains[at as usize] /= most);
        }
    }
}

impl Paths {
    pub(super) fn new(n: usize) -> Self {
        Self { sides: [Side::new(n), Side::new(n)] }
    }

    /// Draws two events and one of the shortest chains from the one to the
    /// other, all equally likely, and pushes the events inside of it; nothing
    /// if there is no chain. The same for the same `number`. At least two events
    /// are needed.
    pub(super) fn draw(
        &mut self,
        out: &Adjacency,
        back: &Adjacency,
        number: u64,
        inner: &mut Vec<u32>,
    ) {
        let n = out.len();
        let mut random = Random::new(SEED, number);
        let from = random.below(n);
        let to = (from + 1 + random.below(n - 1)) % n;
        self.sides[0].start(from);
        self.sides[1].start(to);
        let met = loop {
            let [ahead, behind] = &mut self.sides;
            let (cost, other_cost) = (ahead.cost(out), behind.cost(back));
            if cost == 0 || other_cost == 0 {
                return;
            }
            let (side, other) = if cost <= other_cost {
                ahead.step(out);
                (ahead, behind)
            } else {
                behind.step(back);
                (behind, ahead)
            };
            let newest = &side.seen[side.newest..];
            let met: Vec<u32> =
                newest.iter().copied().filter(|&at| other.level[at as usize] > 0).collect();
            if !met.is_empty() {
                break met;
            }
        };
        let [ahead, behind] = &self.sides;
        let chains = |at: u32| ahead.chains[at as usize] * behind.chains[at as usize];
        let Some(middle) = pick(&mut random, met.iter().map(|&at| (at, chains(at)))) else {
            return;
        };
        if middle as usize != from && middle as usize != to {
            inner.push(middle);
        }
        // Back to each end, against the direction in which it was searched.
        for (side, links) in [(ahead, back), (behind, out)] {
            let mut at = middle as usize;
            while side.level[at] > 2 {
                let level = side.level[at] - 1;
                let before = links.row(at).iter().copied();
                let before = before.filter(|&other| side.level[other as usize] == level);
                let weighed = before.map(|other| (other, side.chains[other as usize]));
                let Some(next) = pick(&mut random, weighed) else {
                    return;
                };
                inner.push(next);
                at = next as usize;
            }
        }
    }
}

/// One of some, as likely as its weight says.
fn pick(random: &mut Random, of: impl Iterator<Item = (u32, f64)> + Clone) -> Option<u32> {
    let sum: f64 = of.clone().map(|(_, weight)| weight).sum();
    // 53 bits: all that the fraction of a number has.
    let mut left = (random.next() >> 11) as f64 / (1_u64 << 53) as f64 * sum;
    let mut last = None;
    for (at, weight) in of.filter(|(_, weight)| *weight > 0.0) {
        last = Some(at);
        left -= weight;
        if left < 0.0 {
            break;
        }
    }
    last
}
