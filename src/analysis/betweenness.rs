//! Which events do the chains between others run through? Betweenness.
//!
//! `docs/analysis.md` has the definition with an example.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use rayon::prelude::*;

use crate::analysis::adjacency::{Adjacency, Along};
use crate::analysis::dependencies::Sources;
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
        let mut sources = Sources::new(links);
        let mut sums = vec![0.0; n];
        (part..n).step_by(PARTS).for_each(|source| sources.add(source, &mut sums));
        sums
    };
    let parts: Vec<Vec<f64>> = (0..PARTS.min(n)).into_par_iter().map(part).collect();
    let pairs = (n.max(3) - 1) as f64 * (n.max(3) - 2) as f64;
    let sum = |at: usize| parts.iter().map(|part| part[at]).sum::<f64>() / pairs;
    (0..n).into_par_iter().map(sum).collect()
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
