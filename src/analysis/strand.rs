//! A chain with what its hops weigh: where it is weakest, how well it hangs
//! together, how long it takes.

use crate::analysis::chain::{Chain, Hop};
use crate::analysis::strength::{Strengths, WEAK};
use crate::graph::EventGraph;
use crate::model::Date;

/// A chain, and what its hops weigh.
#[derive(Clone, Debug, PartialEq)]
pub struct Strand {
    /// The chain.
    pub chain: Chain,
    /// Of each hop the strength of the strongest of its links.
    pub strengths: Vec<f64>,
    /// Of each hop the strengths of its links.
    pub by_link: Vec<Vec<f64>>,
}

/// Of the strengths of a chain's hops: the least, and the geometric mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coherence {
    /// The strength of the weakest hop.
    pub min: f64,
    /// The geometric mean of all.
    pub mean: f64,
}

impl Strand {
    /// Weighs the hops of a chain.
    ///
    /// # Panics
    /// If the strengths are those of another graph.
    pub fn new(strengths: &Strengths<'_>, chain: Chain) -> Self {
        let of_hop = |hop: &Hop| hop.links.iter().map(|l| strengths.of(l.id)).collect();
        let by_link: Vec<Vec<f64>> = chain.hops.iter().map(of_hop).collect();
        let strengths = by_link.iter().map(|links| links.iter().copied().fold(0.0, f64::max));
        Self { chain, strengths: strengths.collect(), by_link }
    }

    /// The first of the weakest hops; `None` if there are no hops.
    pub fn weakest(&self) -> Option<usize> {
        let least = self.strengths.iter().copied().fold(f64::INFINITY, f64::min);
        self.strengths.iter().position(|&strength| strength <= least)
    }

    /// Whether a hop, numbered from 0, tells little: weaker than [`WEAK`].
    pub fn is_weak(&self, hop: usize) -> bool {
        self.strengths.get(hop).is_some_and(|&strength| strength < WEAK)
    }

    /// How well it hangs together; `None` if there are no hops.
    pub fn coherence(&self) -> Option<Coherence> {
        let min = self.strengths[self.weakest()?];
        let sum: f64 = self.strengths.iter().map(|&strength| libm::log(strength)).sum();
        Some(Coherence { min, mean: libm::exp(sum / self.strengths.len() as f64) })
    }

    /// Whether it goes on in time at one place and back at another.
    pub fn goes_back_and_forth(&self, graph: &EventGraph) -> bool {
        let dates: Vec<Date> = self.chain.events.iter().filter_map(|&e| graph.date(e)).collect();
        let any = |turn: fn(&[Date]) -> bool| dates.windows(2).any(turn);
        any(|pair| pair[0] < pair[1]) && any(|pair| pair[0] > pair[1])
    }

    /// The first and the last day of its events.
    pub fn span(&self, graph: &EventGraph) -> Option<(Date, Date)> {
        graph.span(self.chain.events.iter().copied())
    }
}
