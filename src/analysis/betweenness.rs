//! Which events do the chains between others run through? Betweenness.
//!
//! `docs/analysis.md` has the definition with an example.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use rayon::prelude::*;

use crate::analysis::adjacency::{Adjacency, Along};
use crate::analysis::options::{option, positive};
use crate::analysis::paths::Paths;
use crate::analysis::rank::Ranks;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Selection};

/// How betweenness is reckoned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetweennessOptions {
    /// Follow links only from the page that lists them.
    pub directed: bool,
    /// Up to so many events the answer is exact; of more, paths are sampled.
    pub exact_up_to: usize,
    /// How far a sampled value may be from the true one; above 0, below 1.
    pub error: f64,
    /// How likely any value may be farther off than that; above 0, below 1.
    pub failure: f64,
}

impl Default for BetweennessOptions {
    fn default() -> Self {
        Self { directed: false, exact_up_to: 20_000, error: 0.01, failure: 0.1 }
    }
}

/// Betweenness, and how exact it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Betweenness {
    /// The share of all pairs of other events whose shortest chains run
    /// through an event, 0 to 1.
    pub ranks: Ranks,
    /// `None` if every shortest chain was counted.
    pub sample: Option<Sample>,
}

/// What a sampled answer is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// How many shortest chains were drawn.
    pub chains: usize,
    /// With probability 1 − `failure`, no value is farther from the true one.
    pub error: f64,
    /// See there.
    pub failure: f64,
}

/// Betweenness of the selected events over the links between them, each two
/// events tied once (Freeman 1977; scaled as NetworkX does): the sum over all
/// pairs of other events of the share of their shortest chains that run through
/// an event, divided by the number of those pairs.
///
/// Exact after Brandes (2001); of more than `exact_up_to` events after Riondato
/// and Kornaropoulos (2016): random pairs, of each a random shortest chain, so
/// many that the error is bounded whatever the graph. Random choices come from
/// a fixed seed.
///
/// # Errors
/// If an option is out of range, or if the graph's links are damaged.
///
/// # Complexity
/// Exact O(|V| · |E|), in parallel. Sampled O((|V| + |E|) + r · b), r chains of
/// which each costs a search from both ends; r = (⌊log₂ (d − 2)⌋ + 1 + ln (1 /
/// `failure`)) / (2 `error`²), d at most twice the events on the longest
/// shortest chain.
pub fn betweenness(
    graph: &EventGraph,
    selection: &Selection,
    options: BetweennessOptions,
) -> Result<Betweenness> {
    for (name, value) in [("error", options.error), ("failure", options.failure)] {
        positive(option(name), value)?;
        if value >= 1.0 {
            let message = option(name).text(format!(" is {value}; it has to be below 1"));
            return Err(Error::new(ErrorKind::Input, message));
        }
    }
    let walk = graph.walk()?;
    let along = if options.directed { Along::Out } else { Along::Both };
    let out = Adjacency::of_links(walk, selection, along);
    if out.len() <= options.exact_up_to {
        let values = exact(&out);
        return Ok(Betweenness { ranks: Ranks::new(out.events, values), sample: None });
    }
    let back = options.directed.then(|| Adjacency::of_links(walk, selection, Along::In));
    let either = options.directed.then(|| Adjacency::of_links(walk, selection, Along::Both));
    let longest = match &either {
        // Chains in one direction may be longer than those in both.
        Some(either) => longest_chain(either, false),
        None => longest_chain(&out, true),
    };
    let chains = chains_needed(longest, options)?;
    let values = sampled(&out, back.as_ref().unwrap_or(&out), chains);
    let sample = Sample { chains, error: options.error, failure: options.failure };
    Ok(Betweenness { ranks: Ranks::new(out.events, values), sample: Some(sample) })
}

/// Sources are dealt out in so many parts, whatever the number of threads.
const PARTS: usize = 64;

fn exact(links: &Adjacency) -> Vec<f64> {
    let n = links.len();
    let part = |part: usize| {
        let mut search = Dependencies::new(n);
        let mut sums = vec![0.0; n];
        (part..n).step_by(PARTS).for_each(|source| search.add(links, source, &mut sums));
        sums
    };
    let parts: Vec<Vec<f64>> = (0..PARTS.min(n)).into_par_iter().map(part).collect();
    let pairs = (n.max(3) - 1) as f64 * (n.max(3) - 2) as f64;
    let sum = |at: usize| parts.iter().map(|part| part[at]).sum::<f64>() / pairs;
    (0..n).into_par_iter().map(sum).collect()
}

/// One source's share of everybody's betweenness: Brandes's dependencies.
struct Dependencies {
    /// Links from the source, plus one; 0 for an event not seen.
    level: Vec<u32>,
    /// Shortest chains from the source, times the scale of its level.
    chains: Vec<f64>,
    dependency: Vec<f64>,
    seen: Vec<u32>,
    /// Where in `seen` each level begins, and by what its chains were scaled.
    levels: Vec<(usize, f64)>,
}

/// Beyond this, numbers of chains are scaled: there are more than any number
/// can hold where many short detours follow each other.
const MANY: f64 = 1e200;

impl Dependencies {
    fn new(n: usize) -> Self {
        Self {
            level: vec![0; n],
            chains: vec![0.0; n],
            dependency: vec![0.0; n],
            seen: Vec::with_capacity(n),
            levels: Vec::new(),
        }
    }

    fn add(&mut self, links: &Adjacency, source: usize, sums: &mut [f64]) {
        for &at in &self.seen {
            let at = at as usize;
            (self.level[at], self.chains[at], self.dependency[at]) = (0, 0.0, 0.0);
        }
        self.seen.clear();
        self.seen.push(source as u32);
        self.levels.clear();
        self.levels.push((0, 1.0));
        (self.level[source], self.chains[source]) = (1, 1.0);
        self.forth(links);
        self.back(links);
        for &at in &self.seen[1..] {
            sums[at as usize] += self.dependency[at as usize];
        }
    }

    fn forth(&mut self, links: &Adjacency) {
        let mut start = 0;
        while start < self.seen.len() {
            let end = self.seen.len();
            let next = self.levels.len() as u32 + 1;
            for at in start..end {
                let event = self.seen[at] as usize;
                let chains = self.chains[event];
                for &other in links.row(event) {
                    let other = other as usize;
                    if self.level[other] == 0 {
                        self.level[other] = next;
                        self.seen.push(other as u32);
                    }
                    if self.level[other] == next {
                        self.chains[other] += chains;
                    }
                }
            }
            let newest = &self.seen[end..];
            let most = newest.iter().map(|&at| self.chains[at as usize]).fold(0.0, f64::max);
            let scale = if most > MANY { 1.0 / MANY } else { 1.0 };
            if scale < 1.0 {
                newest.iter().for_each(|&at| self.chains[at as usize] *= scale);
            }
            if !newest.is_empty() {
                self.levels.push((end, scale));
            }
            start = end;
        }
    }

    fn back(&mut self, links: &Adjacency) {
        for number in (0..self.levels.len().saturating_sub(1)).rev() {
            let (start, end) = (self.levels[number].0, self.levels[number + 1].0);
            let scale = self.levels[number + 1].1;
            for &event in &self.seen[start..end] {
                let event = event as usize;
                let (own, next) = (self.chains[event] * scale, self.level[event] + 1);
                let mut sum = 0.0;
                for &other in links.row(event) {
                    let other = other as usize;
                    if self.level[other] == next {
                        sum += own / self.chains[other] * (1.0 + self.dependency[other]);
                    }
                }
                self.dependency[event] = sum;
            }
        }
    }
}

/// At most how many events the longest shortest chain has: that of a component
/// is at most the two longest ones from any one of its events, put together.
fn longest_chain(links: &Adjacency, both_ways: bool) -> usize {
    let mut seen = vec![false; links.len()];
    let (mut longest, mut queue) = (0, Vec::new());
    for start in 0..links.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        queue.clear();
        queue.push(start as u32);
        // How many levels there are, how wide the last is, where it begins.
        let (mut levels, mut from) = (0, 0);
        let mut last_width = 0;
        while from < queue.len() {
            let end = queue.len();
            for at in from..end {
                for &other in links.row(queue[at] as usize) {
                    if !std::mem::replace(&mut seen[other as usize], true) {
                        queue.push(other);
                    }
                }
            }
            (last_width, from, levels) = (end - from, end, levels + 1);
        }
        let size = queue.len();
        // The farthest event, the second farthest, and the start itself.
        let second = if last_width > 1 { levels - 1 } else { levels.max(2) - 2 };
        let bound = (levels - 1) + second + 1;
        longest = longest.max(if both_ways { bound.min(size) } else { size });
    }
    longest
}

/// More chains than this are refused: half an hour of searching.
const MOST_CHAINS: f64 = 2e8;

/// Riondato and Kornaropoulos, theorem 1, with their constant of 1/2.
fn chains_needed(longest: usize, options: BetweennessOptions) -> Result<usize> {
    let inner = longest.max(3) - 2;
    let dimension = f64::from(inner.ilog2()) + 1.0;
    let chains = (dimension - libm::log(options.failure)) / (2.0 * options.error * options.error);
    if chains > MOST_CHAINS {
        let message = option("error").text(format!(
            " of {} needs {chains:.0} sampled chains; take a larger one or fewer events",
            options.error
        ));
        return Err(Error::new(ErrorKind::TooLarge, message));
    }
    Ok(libm::ceil(chains) as usize)
}

fn sampled(out: &Adjacency, back: &Adjacency, chains: usize) -> Vec<f64> {
    const PART: usize = 256;
    let n = out.len();
    if n < 3 {
        return vec![0.0; n];
    }
    // Whole numbers add up to the same in any order.
    let counts: Vec<AtomicU32> = (0..n).map(|_| AtomicU32::new(0)).collect();
    (0..chains.div_ceil(PART)).into_par_iter().for_each_init(
        || (Paths::new(n), Vec::new()),
        |(paths, inner), part| {
            for number in part * PART..((part + 1) * PART).min(chains) {
                paths.draw(out, back, number as u64, inner);
            }
            for at in inner.drain(..) {
                counts[at as usize].fetch_add(1, Relaxed);
            }
        },
    );
    // Among all ordered pairs; an event is an inner one of those without it.
    let scale = n as f64 / (n as f64 - 2.0) / chains as f64;
    let share = |count: AtomicU32| (f64::from(count.into_inner()) * scale).min(1.0);
    counts.into_iter().map(share).collect()
}
