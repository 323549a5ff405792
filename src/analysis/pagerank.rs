//! Which events do chains of links lead to most? PageRank.
//!
//! `docs/analysis.md` has the definition with an example.

use rayon::prelude::*;

use crate::analysis::adjacency::{Adjacency, Along};
use crate::analysis::rank::Ranks;
use crate::analysis::strength::{Weight, positive};
use crate::analysis::ties::Ties;
use crate::error::{Error, ErrorKind, Result};
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
        positive("`damping`", self.damping)?;
        positive("`tolerance`", self.tolerance)?;
        let refuse = |message: String| Err(Error::new(ErrorKind::Input, message));
        if self.damping > 0.999 {
            return refuse(format!("`damping` is {}; it has to be at most 0.999", self.damping));
        }
        if self.tolerance < 1e-13 {
            return refuse(format!(
                "`tolerance` is {}; it has to be at least 1e-13",
                self.tolerance
            ));
        }
        if self.directed && self.weight == Weight::Strength {
            let message = "links that are followed in one direction only count alike; leave out \
                           `directed` or the weights";
            return refuse(message.to_owned());
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
/// system, (D − αA) z = b with ranks D z: conjugate gradients (Hestenes and
/// Stiefel 1952), preconditioned by D, need at most 43 steps for 10⁻¹⁰ and
/// damping 0.85, where the power method needs 150. Directed, the power method.
pub fn pagerank(
    graph: &EventGraph,
    selection: &Selection,
    options: &PageRankOptions,
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
    let values = conjugate_gradients(&links, options);
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
pub fn pagerank_within(
    ties: &Ties,
    events: &[EventId],
    options: &PageRankOptions,
) -> Result<Ranks> {
    PageRankOptions { weight: Weight::None, ..*options }.check()?;
    if options.directed {
        let message = "ties have no direction; leave out `directed`";
        return Err(Error::new(ErrorKind::Input, message));
    }
    let mut events = events.to_vec();
    events.retain(|event| event.index() < ties.event_count());
    events.sort_unstable();
    events.dedup();
    let links = Adjacency::of_ties(ties, events);
    let values = conjugate_gradients(&links, options);
    Ok(Ranks::new(links.events, values))
}

/// Rows that one thread works on. What is summed up in such a part does not
/// depend on the number of threads.
const PART: usize = 1 << 12;

/// More steps than these are never needed; rounding could ask for them.
const MOST_STEPS: usize = 20_000;

/// The rank D z of the solution of (D − αA) z = (1 − α) / n.
///
/// Events without links have (1 − α) / n; that what their reader does next, to
/// start anew anywhere, is left out changes all ranks by the same factor.
fn conjugate_gradients(links: &Adjacency, options: &PageRankOptions) -> Vec<f64> {
    let (n, damping) = (links.len(), options.damping);
    let weight: Vec<f64> =
        (0..n).into_par_iter().with_min_len(PART).map(|at| links.weight(at)).collect();
    let tied = weight.iter().filter(|&&weight| weight > 0.0).count();
    let all_weight: f64 = ordered(weight.par_chunks(PART).map(|part| part.iter().sum()));
    let start = (1.0 - damping) / n as f64;
    if tied == 0 {
        return vec![1.0 / n as f64; n];
    }
    // What is still wrong, in ranks; the first guess is the rank that a reader
    // has who never starts anew, c times the weight.
    let share = tied as f64 / n as f64;
    let guess = share / all_weight;
    let mut wrong: Vec<f64> = weight
        .par_iter()
        .map(|&weight| if weight > 0.0 { start - guess * (1.0 - damping) * weight } else { 0.0 })
        .collect();
    let mut found = vec![guess; n];
    let mut ahead: Vec<f64> =
        wrong.par_iter().zip(&weight).map(|(&r, &w)| if w > 0.0 { r / w } else { 0.0 }).collect();
    let mut change = vec![0.0; n];
    let dot = |a: &[f64], b: &[f64]| {
        let part = |(a, b): (&[f64], &[f64])| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        ordered(a.par_chunks(PART).zip(b.par_chunks(PART)).map(part))
    };
    let mut square = dot(&wrong, &ahead);
    // The sum of all errors is at most that of what is wrong / (1 - damping);
    // to make the ranks add up to 1 at most doubles it.
    let enough = options.tolerance * (1.0 - damping) * share / 2.0;
    let mut error: f64 =
        ordered(wrong.par_chunks(PART).map(|part| part.iter().map(|r| r.abs()).sum()));
    for _ in 0..MOST_STEPS {
        if error <= enough || square <= 0.0 {
            break;
        }
        let curve = ordered(change.par_chunks_mut(PART).enumerate().map(|(part, change)| {
            let mut curve = 0.0;
            for (change, at) in change.iter_mut().zip(part * PART..) {
                *change = weight[at] * ahead[at] - damping * links.sum(at, &ahead);
                curve += *change * ahead[at];
            }
            curve
        }));
        let step = square / curve;
        let rows = found.par_chunks_mut(PART).zip(wrong.par_chunks_mut(PART));
        let rows = rows.zip(change.par_chunks(PART)).zip(ahead.par_chunks(PART));
        let sums: Vec<(f64, f64)> = rows
            .zip(weight.par_chunks(PART))
            .map(|((((found, wrong), change), ahead), weight)| {
                let (mut square, mut error) = (0.0, 0.0);
                for at in 0..found.len() {
                    found[at] += step * ahead[at];
                    wrong[at] -= step * change[at];
                    if weight[at] > 0.0 {
                        square += wrong[at] * wrong[at] / weight[at];
                    }
                    error += wrong[at].abs();
                }
                (square, error)
            })
            .collect();
        let next: f64 = sums.iter().map(|sums| sums.0).sum();
        error = sums.iter().map(|sums| sums.1).sum();
        let turn = next / square;
        square = next;
        let rows = ahead.par_chunks_mut(PART).zip(wrong.par_chunks(PART));
        rows.zip(weight.par_chunks(PART)).for_each(|((ahead, wrong), weight)| {
            for at in 0..ahead.len() {
                let down = if weight[at] > 0.0 { wrong[at] / weight[at] } else { 0.0 };
                ahead[at] = down + turn * ahead[at];
            }
        });
    }
    let ranks = found.par_iter().zip(&weight);
    let ranks = ranks.map(|(&z, &w)| if w > 0.0 { z * w } else { start }).collect();
    adding_up_to_one(ranks)
}

/// Every rank is what its neighbours hand on, until little changes.
fn powers(into: &Adjacency, out: &[f64], options: &PageRankOptions) -> Vec<f64> {
    let (n, damping) = (into.len(), options.damping);
    let mut ranks = vec![1.0 / n as f64; n];
    // Each change is at most `damping` times the one before.
    let enough = options.tolerance * (1.0 - damping) / damping;
    for _ in 0..MOST_STEPS {
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
