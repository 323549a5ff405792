//! What belongs together, more closely than by hanging together: communities.

mod moving;
mod network;
mod quality;
mod refinement;
mod stability;
mod tally;

pub use quality::{Quality, modularity};
pub use stability::{Agreement, Level, agreement, stability, sweep};

use crate::analysis::options::positive;
use crate::analysis::partition::{OUTSIDE, Partition};
use crate::analysis::random::Random;
use crate::analysis::ties::Ties;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::Selection;
use crate::model::EventId;
use moving::{MOST_ROUNDS, move_nodes};
use network::{Arranged, Network, renumbered};
use refinement::{connected, refined};

/// How communities are found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeidenOptions {
    /// What a good division is.
    pub quality: Quality,
    /// γ: the higher, the smaller the communities. For modularity 1 is usual;
    /// for the constant Potts model it is the density that they must have.
    pub resolution: f64,
    /// How often the whole is gone through, at most; it ends when nothing
    /// changes.
    pub iterations: u32,
    /// Another seed may give another division that is about as good.
    pub seed: u64,
}

impl Default for LeidenOptions {
    fn default() -> Self {
        Self { quality: Quality::Modularity, resolution: 1.0, iterations: 2, seed: 1 }
    }
}

/// The communities of a selection. Every one is connected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Communities {
    /// Who is with whom.
    pub partition: Partition,
    /// How good the division is: its modularity, or that of the constant Potts
    /// model divided by the weight of all ties.
    pub quality: f64,
}

/// Levels of aggregation, at most: each has fewer nodes than the one before,
/// mostly a fraction of them.
const MOST_LEVELS: usize = 64;

/// The communities of the selected events: the Leiden algorithm (Traag,
/// Waltman and van Eck 2019), in parallel, with the same result on any number
/// of threads. Each event counts 1 in the constant Potts model.
///
/// # Returns
/// The communities by falling size, equal ones by their earliest event; events
/// without ties are communities of one.
///
/// # Errors
/// If the resolution is no number above 0, if there are no iterations, or if a
/// tie is damaged.
///
/// # Complexity
/// O(|E|) a round in practice, and few rounds; space O(|V| + |E|).
pub fn leiden(ties: &Ties, selection: &Selection, options: LeidenOptions) -> Result<Communities> {
    positive("the resolution", options.resolution)?;
    if options.iterations == 0 {
        let message = "no iterations; at least one is needed";
        return Err(Error::new(ErrorKind::Input, message));
    }
    let mut network = Network::of_ties(ties)?;
    let masses = options.quality.masses(network.strengths());
    let cost = options.quality.cost(options.resolution, &masses);
    network.set_mass(masses);
    // Inside of the pool waking a thread costs least.
    let mut labels = Vec::new();
    rayon::scope(|_| labels = labels_of(network, cost, options));
    let outside = |id: &u32| !selection.contains(EventId(*id));
    for id in (0..labels.len() as u32).filter(outside) {
        labels[id as usize] = OUTSIDE;
    }
    let partition = Partition::of_labels(labels);
    let quality = quality::quality(ties, &partition, options.quality, options.resolution);
    Ok(Communities { partition, quality })
}

/// A label below the number of nodes for each node.
fn labels_of(network: Network<'_>, cost: f64, options: LeidenOptions) -> Vec<u32> {
    let nodes = network.len();
    let mut random = Random::new(options.seed, 0);
    let mut labels: Vec<u32> = (0..nodes as u32).collect();
    // Most moves are made in the first round; sorted by them, nodes that the
    // others look at together are near each other in memory.
    move_nodes(&network, &mut labels, cost, 1, &mut random);
    let arranged = network.arranged(&labels);
    let here: Vec<u32> = arranged.order.iter().map(|&node| labels[node as usize]).collect();
    labels = renumbered(&here).0;
    let (mut order, mut network) = (arranged.order, arranged.network);
    for _ in 0..options.iterations {
        let mut moves = move_nodes(&network, &mut labels, cost, MOST_ROUNDS, &mut random);
        let arranged = network.arranged(&labels);
        labels = vec![0; nodes];
        moves += lower_levels(&arranged, cost, &mut random, &mut labels);
        order = arranged.order.iter().map(|&node| order[node as usize]).collect();
        network = arranged.network;
        if moves == 0 {
            break;
        }
    }
    let mut by_event = vec![0; nodes];
    for (&event, &label) in order.iter().zip(&labels) {
        by_event[event as usize] = label;
    }
    by_event
}

/// Aggregates and moves until every community is one node; `labels` gets those
/// of the nodes as arranged, of communities that hang together.
///
/// # Returns
/// How many moves there were.
fn lower_levels(first: &Arranged<'_>, cost: f64, random: &mut Random, labels: &mut [u32]) -> usize {
    let mut moves = 0;
    // The node of the present level that each node of the first is in.
    let mut above: Option<Vec<u32>> = None;
    let mut arranged_here: Option<Arranged<'static>> = None;
    for _ in 0..MOST_LEVELS {
        let arranged = arranged_here.as_ref().unwrap_or(first);
        let (nodes, communities) = (arranged.network.len(), arranged.starts.len() - 1);
        if communities == nodes {
            break;
        }
        let clusters = refined(arranged, cost, random.next());
        let count = clusters.community.len();
        if count == nodes {
            break;
        }
        let network = arranged.network.aggregated(&clusters.of, count);
        let mut labels = clusters.community;
        moves += move_nodes(&network, &mut labels, cost, MOST_ROUNDS, random);
        let next = network.arranged(&labels);
        let mut place = vec![0_u32; count];
        for (at, &node) in (0..).zip(&next.order) {
            place[node as usize] = at;
        }
        above = Some(match above {
            None => clusters.of.iter().map(|&cluster| place[cluster as usize]).collect(),
            Some(above) => {
                above.iter().map(|&node| place[clusters.of[node as usize] as usize]).collect()
            }
        });
        arranged_here = Some(next);
    }
    let arranged = arranged_here.as_ref().unwrap_or(first);
    // Each node is a set of events that hang together, so what is connected
    // here is connected below.
    let community = connected(arranged).of;
    match above {
        None => labels.copy_from_slice(&community),
        Some(above) => {
            for (label, &node) in labels.iter_mut().zip(&above) {
                *label = community[node as usize];
            }
        }
    }
    moves
}
