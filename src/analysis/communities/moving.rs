//! Fast local moving: each node to the community where it fits best, and again
//! its neighbours, until none wants to move (Traag et al. 2019, § III C).
//!
//! Nodes are taken in batches. What each node of a batch wants is found in
//! parallel, before any of them has moved; then they move one after the other,
//! each only if it still gains. So every move is one that the serial algorithm
//! could have made, quality only rises, and the answer does not depend on the
//! number of threads.

use std::sync::atomic::{AtomicU8, Ordering};

use rayon::prelude::*;

use crate::analysis::communities::network::Network;
use crate::analysis::communities::tally::Tally;
use crate::analysis::random::Random;

/// The largest batch, and the smallest share of a network's nodes that is one.
const BATCH: usize = 1 << 13;
const BATCHES: usize = 1 << 6;

/// Below so many nodes a batch is not worth waking a thread for.
const ALONE: usize = 1 << 8;

/// Nodes in a row that stay together when the order is shuffled: neighbours in
/// memory are mostly neighbours in the network.
const BLOCK: usize = 16;

/// Quality only rises, so rounds end by themselves; rounding errors must not
/// keep them from it.
const MOST_ROUNDS: usize = 100;

/// A move into a community of one's own.
const ALONE_LABEL: u32 = u32::MAX;

/// How much a move must gain, in units of weight.
const LEAST_GAIN: f64 = 1e-9;

#[derive(Clone, Copy, Debug, Default)]
struct Community {
    mass: f64,
    size: u32,
}

/// A node that would rather be elsewhere.
#[derive(Clone, Copy, Debug)]
struct Wish {
    node: u32,
    target: u32,
    /// Weight of its ties into the target less that into its own community.
    weight: f64,
}

#[derive(Default)]
struct Worker {
    tally: Tally,
    wishes: Vec<Wish>,
}

struct Moving<'n, 't, 'l> {
    network: &'n Network<'t>,
    labels: &'l mut [u32],
    /// What a unit of mass times a unit of mass costs.
    cost: f64,
    communities: Vec<Community>,
    /// Labels that no node has.
    unused: Vec<u32>,
    /// Whether a node is to be looked at in the next round.
    waiting: Vec<AtomicU8>,
    /// One bit a node: whether it moved in this batch.
    moved: Vec<u64>,
}

/// Moves nodes between communities until no move of a single node gains.
/// Labels are below the number of nodes.
///
/// # Returns
/// How many moves there were.
pub(super) fn move_nodes(
    network: &Network<'_>,
    labels: &mut [u32],
    cost: f64,
    random: &mut Random,
) -> usize {
    let nodes = network.len();
    let mut communities = vec![Community::default(); nodes];
    for (&label, &mass) in labels.iter().zip(network.mass()) {
        let community = &mut communities[label as usize];
        community.mass += mass;
        community.size += 1;
    }
    let unused = (0..).zip(&communities).filter(|(_, c)| c.size == 0).map(|(label, _)| label);
    let unused = unused.collect();
    let mut moving = Moving {
        network,
        labels,
        cost,
        communities,
        unused,
        waiting: (0..nodes).map(|_| AtomicU8::new(0)).collect(),
        moved: vec![0; nodes.div_ceil(64)],
    };
    let order = shuffled(nodes, random);
    let mut round: Vec<u32> =
        order.iter().copied().filter(|&node| network.degree(node) > 0).collect();
    let mut workers: Vec<Worker> = Vec::new();
    workers.resize_with(2 * rayon::current_num_threads(), Worker::default);
    let batch = (nodes / BATCHES).clamp(1, BATCH);
    let mut moves = 0;
    for _ in 0..MOST_ROUNDS {
        for nodes in round.chunks(batch) {
            moves += moving.step(nodes, &mut workers);
        }
        let waits = |node: &u32| moving.waiting[*node as usize].swap(0, Ordering::Relaxed) != 0;
        round.clear();
        round.extend(order.iter().copied().filter(waits));
        if round.is_empty() {
            break;
        }
    }
    moves
}

/// The nodes in a random order, a few at a time.
fn shuffled(nodes: usize, random: &mut Random) -> Vec<u32> {
    let mut blocks: Vec<u32> = (0..nodes.div_ceil(BLOCK) as u32).collect();
    random.shuffle(&mut blocks);
    let block = |&block: &u32| {
        let start = block as usize * BLOCK;
        start as u32..(start + BLOCK).min(nodes) as u32
    };
    blocks.iter().flat_map(block).collect()
}

impl Moving<'_, '_, '_> {
    fn step(&mut self, nodes: &[u32], workers: &mut [Worker]) -> usize {
        if nodes.len() < ALONE {
            workers.iter_mut().for_each(|worker| worker.wishes.clear());
            self.wishes(nodes, &mut workers[0]);
        } else {
            let part = nodes.len().div_ceil(workers.len());
            workers.iter_mut().for_each(|worker| worker.wishes.clear());
            workers
                .par_iter_mut()
                .zip(nodes.par_chunks(part))
                .for_each(|(worker, nodes)| self.wishes(nodes, worker));
        }
        let mut moved: Vec<u32> = Vec::new();
        let (first, rest) = workers.split_at_mut(1);
        let wishes = std::mem::take(&mut first[0].wishes);
        for wish in wishes.iter().chain(rest.iter().flat_map(|worker| &worker.wishes)) {
            if self.grant(*wish, &mut first[0].tally) {
                moved.push(wish.node);
            }
        }
        first[0].wishes = wishes;
        for &node in &moved {
            self.moved[node as usize / 64] = 0;
        }
        let parallel = moved.len() >= ALONE;
        if parallel {
            moved.par_chunks(ALONE).for_each(|nodes| self.wake(nodes));
        } else {
            self.wake(&moved);
        }
        moved.len()
    }

    fn wishes(&self, nodes: &[u32], worker: &mut Worker) {
        for &node in nodes {
            if let Some(wish) = self.wish(node, &mut worker.tally) {
                worker.wishes.push(wish);
            }
        }
    }

    /// Where a node fits best, if that is not where it is.
    fn wish(&self, node: u32, tally: &mut Tally) -> Option<Wish> {
        let own = self.labels[node as usize];
        tally.begin(self.network.degree(node));
        self.network.each_tie(node, |other, weight| {
            tally.add(self.labels[other as usize], weight);
        });
        let mass = self.network.mass()[node as usize];
        let cost = self.cost * mass;
        let home = self.communities[own as usize];
        let inside = tally.of(own);
        let stay = inside - cost * (home.mass - mass);
        let mut best = stay + LEAST_GAIN;
        let mut target = None;
        for sum in tally.sums() {
            let gain = sum.weight - cost * self.communities[sum.label as usize].mass;
            if gain > best && sum.label != own {
                best = gain;
                target = Some((sum.label, sum.weight));
            }
        }
        if best < 0.0 && home.size > 1 {
            target = Some((ALONE_LABEL, 0.0));
        }
        let (target, weight) = target?;
        Some(Wish { node, target, weight: weight - inside })
    }

    /// Moves a node, if it still gains after what moved before it.
    fn grant(&mut self, mut wish: Wish, tally: &mut Tally) -> bool {
        let bit = |node: u32| (node as usize / 64, 1_u64 << (node % 64));
        let mut others = self.network.others(wish.node).iter();
        let moved = &self.moved;
        if others.any(|&other| moved[bit(other).0] & bit(other).1 != 0) {
            // A neighbour moved: its ties lead elsewhere now.
            let Some(again) = self.wish(wish.node, tally) else { return false };
            wish = again;
        }
        let own = self.labels[wish.node as usize] as usize;
        let mass = self.network.mass()[wish.node as usize];
        let home = self.communities[own];
        let there = match wish.target {
            ALONE_LABEL => 0.0,
            label => self.communities[label as usize].mass,
        };
        let gain = wish.weight - self.cost * mass * (there - (home.mass - mass));
        let stays_alone = wish.target == ALONE_LABEL && home.size == 1;
        if gain <= LEAST_GAIN || stays_alone {
            self.waiting[wish.node as usize].store(1, Ordering::Relaxed);
            return false;
        }
        let target = match wish.target {
            // A community of several nodes leaves a label unused.
            ALONE_LABEL => match self.unused.pop() {
                Some(label) => label,
                None => return false,
            },
            label => label,
        };
        let community = &mut self.communities[own];
        community.mass -= mass;
        community.size -= 1;
        if community.size == 0 {
            community.mass = 0.0;
            self.unused.push(own as u32);
        }
        let community = &mut self.communities[target as usize];
        community.mass += mass;
        community.size += 1;
        self.labels[wish.node as usize] = target;
        let (word, mask) = bit(wish.node);
        self.moved[word] |= mask;
        true
    }

    /// Has the neighbours of moved nodes looked at again, those in other
    /// communities: the others like it better where they are now.
    fn wake(&self, moved: &[u32]) {
        for &node in moved {
            let label = self.labels[node as usize];
            for &other in self.network.others(node) {
                if self.labels[other as usize] != label {
                    self.waiting[other as usize].store(1, Ordering::Relaxed);
                }
            }
        }
    }
}
