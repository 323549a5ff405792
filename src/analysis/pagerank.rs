//! Which events do chains of links lead to most? PageRank.
//!
//! `docs/analysis.md` has the definition with an example.

use rayon::prelude::*;

use crate::analysis::adjacency::{Adjacency, Along};
use crate::analysis::options::{one_way_counts_alike, option, positive};
use crate::analysis::rank::Ranks;
use crate::analysis::strength::Weight;
use crate::analysis::ties::Ties;
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::graph::{EventGraph, Selection};
use crate::model::EventId;

/// How PageRank is reckoned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageRankOptions {
    /// How likely the reader follows a link rather than start anew anywhere;
    /// above 0, at most 0.999.
    pub damping: f64,
    /// The sum of the errors of all ranks is at most this; at least 10⁻¹³.
    pub tolerance: f64,
    /// Follow links only from the page that lists them.
    pub directed: bool,
    /// What a link weighs; links count alike if they are directed.
    pub weight: Weight,
}

/// The values of Brin and Page.
impl Default for PageRankOptions {
    fn default() -> Self {
        Self { damping: 0.85, tolerance: 1e-10, directed: false, weight: Weight::None }
    }
}

impl PageRankOptions {
    fn check(&self) -> Result<()> {
        let Self { damping, tolerance, .. } = *self;
        positive(option("damping"), damping)?;
        positive(option("tolerance"), tolerance)?;
        let refuse = |message: Sentence| Err(Error::new(ErrorKind::Input, message));
        if damping > 0.999 {
            let limit = format!(" is {damping}; it has to be at most 0.999");
            return refuse(option("damping").text(limit));
        }
        if tolerance < 1e-13 {
            let limit = format!(" is {tolerance}; it has to be at least 1e-13");
            return refuse(option("tolerance").text(limit));
        }
        if self.directed && self.weight == Weight::Strength {
            return refuse(one_way_counts_alike());
        }
        Ok(())
    }
}

/// PageRank of the selected events over the links between them (Brin and Page
/// 1998): how often a reader is at an event who follows any of its links, or
/// with probability 1 − `damping`, or where there is none, starts anew at any.
///
/// Links between the same two events count once, those of an event to itself
/// not at all.
///
/// # Returns
/// The ranks, which add up to 1.
///
/// # Errors
/// If an option is out of range, or if the graph's links are damaged.
///
/// # Complexity
/// O((|V| + |E|) log (1 / `tolerance`)). Undirected, the ranks solve a symmetric
/// system, (D − αA) z = b with ranks D z, whose eigenvalues lie between 1 − α
/// and 1 + α after division by D: Chebyshev's iteration needs 45 steps for 10⁻¹⁰
/// and damping 0.85, where the power method may need 160. Directed, the power
/// method.
pub fn pagerank(
    graph: &EventGraph,
    selection: &Selection,
    options: PageRankOptions,
) -> Result<Ranks> {
    options.check()?;
    let walk = graph.walk()?;
    if options.directed {
        let into = Adjacency::of_links(walk, selection, Along::In);
        let listed = |&event: &EventId| {
            let mut targets = walk.targets(event).to_vec();
            targets.retain(|&t| t != event.0 && selection.contains(EventId(t)));
            targets.sort_unstable();
            targets.dedup();
            targets.len() as f64
        };
        let out: Vec<f64> = into.events.par_iter().with_min_len(1024).map(listed).collect();
        let values = powers(&into, &out, options);
        return Ok(Ranks::new(into.events, values));
    }
    let links = match options.weight {
        Weight::None => Adjacency::of_links(walk, selection, Along::Both),
        Weight::Strength => {
            let ties = Ties::of_links(&graph.strengths()?, selection, Weight::Strength);
            Adjacency::of_ties(&ties, selection.events(graph).collect())
        }
    };
    let values = chebyshev(&links, options);
    Ok(Ranks::new(links.events, values))
}

/// Weighted PageRank of some events over the ties between them: which of them
/// the others lead to.
///
/// # Errors
/// If an option is out of range, or `directed`, which ties are not.
///
/// # Complexity
/// As [`pagerank`] over the ties of these events, of which each costs O(log k)
/// for k events.
pub fn pagerank_within(ties: &Ties, events: &[EventId], options: PageRankOptions) -> Result<Ranks> {
    PageRankOptions { weight: Weight::None, ..options }.check()?;
    if options.directed {
        let message = Sentence::from("ties have no direction; leave out ").option("directed");
        return Err(Error::new(ErrorKind::Input, message));
    }
    let mut events = events.to_vec();
    events.retain(|event| event.index() < ties.event_count());
    events.sort_unstable();
    events.dedup();
    let links = Adjacency::of_ties(ties, events);
    let values = chebyshev(&links, options);
    Ok(Ranks::new(links.events, values))
}

/// Rows that one thread works on. What is summed up in such a part does not
/// depend on the number of threads.
const PART: usize = 1 << 12;

/// More rounds than these are never needed; rounding could ask for them.
const MOST_ROUNDS: usize = 200;

/// How much smaller one round makes the error: as much as 32 bits can tell.
const ROUND: f64 = 1e-5;

/// The ranks D z of the solution of (D − αA) z = (1 − α) / n.
///
/// Rounds of Chebyshev's iteration find what is still missing with 32 bits,
/// which halves the memory that has to be read; what is then still wrong is
/// reckoned with 64. Events without links have (1 − α) / n; that what their
/// reader does next, to start anew anywhere, is left out changes all ranks by
/// the same factor.
fn chebyshev(links: &Adjacency, options: PageRankOptions) -> Vec<f64> {
    let (n, damping) = (links.len(), options.damping);
    let weight: Vec<f64> =
        (0..n).into_par_iter().with_min_len(PART).map(|at| links.weight(at)).collect();
    let tied = weight.iter().filter(|&&weight| weight > 0.0).count();
    if tied == 0 {
        return vec![1.0 / n as f64; n];
    }
    let (start, share) = ((1.0 - damping) / n as f64, tied as f64 / n as f64);
    // The sum of all errors is at most that of what is wrong / (1 - damping);
    // to make the ranks add up to 1 at most doubles it.
    let enough = options.tolerance * (1.0 - damping) * share / 2.0;
    let mut solution = Solution::guess(&weight, damping, (start, share));
    let mut steps = ShortSteps::new(links, &weight, damping);
    let mut error = solution.error();
    for _ in 0..MOST_ROUNDS {
        if error <= enough {
            break;
        }
        let missing = steps.missing(&solution.wrong, (enough / error / 2.0).max(ROUND));
        error = solution.add(missing, links);
    }
    let ranks = solution.found.par_iter().zip(&weight);
    let ranks = ranks.map(|(&z, &w)| if w > 0.0 { z * w } else { start }).collect();
    adding_up_to_one(ranks)
}

/// What is found of z, with 64 bits.
struct Solution<'a> {
    weight: &'a [f64],
    damping: f64,
    found: Vec<f64>,
    /// What is missing of the right side, in ranks.
    wrong: Vec<f64>,
}

impl<'a> Solution<'a> {
    /// The rank of a reader who never starts anew, which goes by weight.
    fn guess(weight: &'a [f64], damping: f64, (start, share): (f64, f64)) -> Self {
        let all: f64 = ordered(weight.par_chunks(PART).map(|part| part.iter().sum()));
        let guess = share / all;
        let wrong = |&weight: &f64| match weight > 0.0 {
            true => start - guess * (1.0 - damping) * weight,
            false => 0.0,
        };
        let wrong = weight.par_iter().with_min_len(PART).map(wrong).collect();
        Self { weight, damping, found: vec![guess; weight.len()], wrong }
    }

    fn error(&self) -> f64 {
        ordered(self.wrong.par_chunks(PART).map(|part| part.iter().map(|r| r.abs()).sum()))
    }

    /// Adds what was missing; the error that is left.
    fn add(&mut self, missing: &[f32], links: &Adjacency) -> f64 {
        let (weight, damping) = (self.weight, self.damping);
        let found = self.found.par_chunks_mut(PART);
        let rows = found.zip(self.wrong.par_chunks_mut(PART)).enumerate();
        ordered(rows.map(|(part, (found, wrong))| {
            let mut error = 0.0;
            for ((found, wrong), at) in found.iter_mut().zip(wrong).zip(part * PART..) {
                let missing_here = f64::from(missing[at]);
                *found += missing_here;
                *wrong -= weight[at] * missing_here - damping * links.sum(at, missing);
                error += wrong.abs();
            }
            error
        }))
    }
}

/// Steps with 32 bits, in memory that serves for all rounds.
struct ShortSteps<'a> {
    links: &'a Adjacency,
    damping: f64,
    /// 1 / weight; 0 for what has no links.
    inverse: Vec<f32>,
    first: Vec<f32>,
    missing: Vec<f32>,
    before: Vec<f32>,
}

impl<'a> ShortSteps<'a> {
    fn new(links: &'a Adjacency, weight: &[f64], damping: f64) -> Self {
        let inverse = |&weight: &f64| if weight > 0.0 { (1.0 / weight) as f32 } else { 0.0 };
        let inverse = weight.par_iter().with_min_len(PART).map(inverse).collect();
        let none = || vec![0_f32; weight.len()];
        Self { links, damping, inverse, first: none(), missing: none(), before: none() }
    }

    /// What is missing of z, given what is wrong, but for the share `wanted` of it.
    fn missing(&mut self, wrong: &[f64], wanted: f64) -> &[f32] {
        let Self { links, damping, inverse, first, missing, before } = self;
        let damping = *damping;
        first
            .par_chunks_mut(PART)
            .zip(wrong.par_chunks(PART))
            .zip(inverse.par_chunks(PART))
            .for_each(|((first, wrong), inverse)| {
                for ((first, &wrong), &inverse) in first.iter_mut().zip(wrong).zip(inverse) {
                    *first = wrong as f32 * inverse;
                }
            });
        missing.copy_from_slice(first);
        before.fill(0.0);
        // The weights of the steps, for eigenvalues between −α and α (Varga
        // 1962; Golub and Varga 1961).
        let mut turn = 2.0;
        for _ in 1..steps(damping, wanted) {
            turn = 1.0 / (1.0 - damping * damping * turn / 4.0);
            let turn = turn as f32;
            before.par_chunks_mut(PART).enumerate().for_each(|(part, before)| {
                for (before, at) in before.iter_mut().zip(part * PART..) {
                    let near = links.sum32(at, missing) * damping as f32 * inverse[at];
                    *before += turn * (near + first[at] - *before);
                }
            });
            std::mem::swap(missing, before);
        }
        missing
    }
}

/// Steps that make the error so much smaller: each by the factor α / (1 +
/// √(1 − α²)), after a first one of twice that.
fn steps(damping: f64, wanted: f64) -> usize {
    let factor = damping / (1.0 + (1.0 - damping * damping).sqrt());
    (libm::ceil(libm::log(wanted / 2.0) / libm::log(factor)) as usize).max(2)
}

/// Every rank is what its neighbours hand on, until little changes.
fn powers(into: &Adjacency, out: &[f64], options: PageRankOptions) -> Vec<f64> {
    let (n, damping) = (into.len(), options.damping);
    let mut ranks = vec![1.0 / n as f64; n];
    // Each change is at most `damping` times the one before.
    let enough = options.tolerance * (1.0 - damping) / damping;
    let most = libm::ceil(libm::log(enough / 4.0) / libm::log(damping)) as usize;
    for _ in 0..most {
        let handed: Vec<f64> = ranks
            .par_iter()
            .zip(out)
            .map(|(&rank, &out)| if out > 0.0 { rank / out } else { 0.0 })
            .collect();
        let nowhere =
            ordered(ranks.par_chunks(PART).zip(out.par_chunks(PART)).map(|(ranks, out)| {
                let ends = ranks.iter().zip(out).filter(|(_, out)| **out == 0.0);
                ends.map(|(rank, _)| rank).sum()
            }));
        let anywhere = (damping * nowhere + 1.0 - damping) / n as f64;
        let change = ordered(ranks.par_chunks_mut(PART).enumerate().map(|(part, ranks)| {
            let mut change = 0.0;
            for (rank, at) in ranks.iter_mut().zip(part * PART..) {
                let next = damping * into.sum(at, &handed) + anywhere;
                change += (next - *rank).abs();
                *rank = next;
            }
            change
        }));
        if change <= enough {
            break;
        }
    }
    adding_up_to_one(ranks)
}

fn adding_up_to_one(mut ranks: Vec<f64>) -> Vec<f64> {
    let sum = ordered(ranks.par_chunks(PART).map(|part| part.iter().sum()));
    ranks.par_iter_mut().for_each(|rank| *rank /= sum);
    ranks
}

/// Adds up in the order of the parts, whatever thread they come from.
fn ordered(parts: impl IndexedParallelIterator<Item = f64>) -> f64 {
    parts.collect::<Vec<f64>>().into_iter().sum()
}
