//! Fast local moving: each node to the community where it fits best, and again
//! its neighbours, until none wants to move (Traag et al. 2019, § III C).
//!
//! Nodes are taken in batches. What each node of a batch wants is found in
//! parallel, before any of them has moved; then they move one after the other,
//! each only if it still gains. So every move is one that the serial algorithm
//! could have made, quality only rises, and the answer does not depend on the
//! number of threads.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::analysis::communities::network::Network;
use crate::analysis::communities::tally::Tally;
use crate::analysis::random::Random;

/// Batches that all of a network's nodes are. Fewer are better spread over
/// threads, and did not make communities worse down to eight.
const BATCHES: usize = 1 << 4;

/// Below so many nodes a batch is not worth waking a thread for.
const ALONE: usize = 1 << 8;

/// Nodes in a row that stay together when the order is shuffled: one word of
/// marks.
const BLOCK: usize = 64;

/// Blocks that are taken one after the other, and how many such stretches are
/// gone through at a time.
const STRETCH: usize = 1 << 6;
const ABREAST: usize = 1 << 5;

/// Below so many nodes everything is in the cache, and the first round may take
/// them in any order: that finds slightly better communities.
const SMALL: usize = 1 << 16;

/// Nodes whose surroundings are fetched at a time: enough for the processor to
/// wait for many at once, few enough to stay in the nearest cache.
const GROUP: usize = 1 << 6;

/// Quality only rises, so rounds end by themselves; rounding errors must not
/// keep them from it.
pub(super) const MOST_ROUNDS: usize = 100;

/// A move into a community of one's own.
const ALONE_LABEL: u32 = u32::MAX;

/// How much a move must gain, in units of weight.
const LEAST_GAIN: f64 = 1e-9;

/// A node that would rather be elsewhere.
#[derive(Clone, Copy, Debug)]
struct Wish {
    node: u32,
    target: u32,
    /// Weight of its ties into the target less that into its own community.
    weight: f64,
}

/// A community that a node could be in.
#[derive(Clone, Copy, Debug)]
struct Choice {
    label: u32,
    /// With the first of a node, which is its own: how many there are.
    count: u32,
    /// Weight of the node's ties into it.
    weight: f64,
}

#[derive(Default)]
struct Worker {
    tally: Tally,
    /// The labels at the other ends of ties.
    around: Vec<u32>,
    choices: Vec<Choice>,
    masses: Vec<f64>,
    wishes: Vec<Wish>,
}

struct Moving<'n, 't, 'l> {
    network: &'n Network<'t>,
    labels: &'l mut [u32],
    /// What a unit of mass times a unit of mass costs.
    cost: f64,
    /// Mass and number of nodes of each community.
    mass: Vec<f64>,
    size: Vec<u32>,
    /// Labels that no node has.
    unused: Vec<u32>,
    /// Whether a node is to be looked at in the next round.
    waiting: Vec<AtomicU64>,
    /// Whether a node moved in this batch.
    moved: Vec<u64>,
}

/// Moves nodes between communities until no move of a single node gains, or
/// the rounds are over. Labels are below the number of nodes.
///
/// # Returns
/// How many moves there were.
pub(super) fn move_nodes(
    network: &Network<'_>,
    labels: &mut [u32],
    cost: f64,
    rounds: usize,
    random: &mut Random,
) -> usize {
    let nodes = network.len();
    let (mut mass, mut size) = (vec![0.0; nodes], vec![0; nodes]);
    for (&label, mass_of_node) in labels.iter().zip(network.mass()) {
        mass[label as usize] += mass_of_node;
        size[label as usize] += 1;
    }
    let unused = (0..).zip(&size).filter(|(_, size)| **size == 0).map(|(label, _)| label).collect();
    let words = nodes.div_ceil(BLOCK);
    let mut moving = Moving {
        network,
        labels,
        cost,
        mass,
        size,
        unused,
        waiting: (0..words).map(|_| AtomicU64::new(0)).collect(),
        moved: vec![0; words],
    };
    let blocks = order_of_blocks(words, random);
    let mut round = Vec::with_capacity(nodes);
    for &block in &blocks {
        let start = block as usize * BLOCK;
        let block = start as u32..(start + BLOCK).min(nodes) as u32;
        round.extend(block.filter(|&node| network.degree(node) > 0));
    }
    if nodes < SMALL {
        random.shuffle(&mut round);
    }
    let mut workers: Vec<Worker> = Vec::new();
    workers.resize_with(4 * rayon::current_num_threads(), Worker::default);
    let batch = nodes.div_ceil(BATCHES).max(1);
    let mut moves = 0;
    for number in 1..=rounds {
        if round.is_empty() {
            break;
        }
        for nodes in round.chunks(batch) {
            moves += moving.step(nodes, &mut workers, number < rounds);
        }
        round.clear();
        for &block in &blocks {
            let mut word = std::mem::take(moving.waiting[block as usize].get_mut());
            while word != 0 {
                round.push(block * BLOCK as u32 + word.trailing_zeros());
                word &= word - 1;
            }
        }
    }
    moves
}

impl Moving<'_, '_, '_> {
    fn step(&mut self, nodes: &[u32], workers: &mut [Worker], wake: bool) -> usize {
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
            if self.grant(*wish, &mut first[0]) {
                moved.push(wish.node);
            }
        }
        first[0].wishes = wishes;
        for &node in &moved {
            self.moved[node as usize / BLOCK] = 0;
        }
        if !wake {
            return moved.len();
        }
        if moved.len() >= ALONE {
            moved.par_chunks(ALONE).for_each(|nodes| self.wake(nodes));
        } else {
            self.wake(&moved);
        }
        moved.len()
    }

    /// What nodes want. All that is far away in memory is fetched for many of
    /// them at a time, with nothing else in between: so it comes together.
    fn wishes(&self, nodes: &[u32], worker: &mut Worker) {
        let Worker { tally, around, choices, masses, wishes } = worker;
        for nodes in nodes.chunks(GROUP) {
            around.clear();
            for &node in nodes {
                around.extend(self.labels_around(node));
            }
            choices.clear();
            let mut rest = around.as_slice();
            for &node in nodes {
                let (around, others) = rest.split_at(self.network.degree(node));
                rest = others;
                self.weigh(node, around, tally, choices);
            }
            masses.clear();
            masses.extend(choices.iter().map(|choice| self.mass[choice.label as usize]));
            let (mut choices, mut masses) = (choices.as_slice(), masses.as_slice());
            for &node in nodes {
                let count = choices[0].count as usize;
                let (here, others) = (choices.split_at(count), masses.split_at(count));
                wishes.extend(self.wish(node, here.0, others.0));
                (choices, masses) = (here.1, others.1);
            }
        }
    }

    fn labels_around(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        self.network.others(node).iter().map(|&other| self.labels[other as usize])
    }

    /// Appends the communities that a node is tied to, its own first; `around`
    /// are the labels at the other ends of its ties.
    fn weigh(&self, node: u32, around: &[u32], tally: &mut Tally, choices: &mut Vec<Choice>) {
        tally.begin(around.len(), self.labels[node as usize]);
        let weights = self.network.weights(node);
        if weights.is_empty() {
            around.iter().for_each(|&label| tally.add(label, 1.0));
        } else {
            let ties = around.iter().zip(weights);
            ties.for_each(|(&label, &weight)| tally.add(label, f64::from(weight)));
        }
        let first = choices.len();
        tally.drain(|label, weight| choices.push(Choice { label, count: 0, weight }));
        choices[first].count = (choices.len() - first) as u32;
    }

    /// Where a node fits best, if that is not where it is.
    fn wish(&self, node: u32, choices: &[Choice], masses: &[f64]) -> Option<Wish> {
        let own = choices[0];
        let mass = self.network.mass()[node as usize];
        let cost = self.cost * mass;
        let stay = own.weight - cost * (masses[0] - mass);
        let mut best = stay + LEAST_GAIN;
        let mut target = None;
        for (choice, mass) in choices.iter().zip(masses).skip(1) {
            let gain = choice.weight - cost * mass;
            if gain > best {
                best = gain;
                target = Some((choice.label, choice.weight));
            }
        }
        if best < 0.0 && self.size[own.label as usize] > 1 {
            target = Some((ALONE_LABEL, 0.0));
        }
        let (target, weight) = target?;
        Some(Wish { node, target, weight: weight - own.weight })
    }

    /// Moves a node, if it still gains after what moved before it.
    fn grant(&mut self, mut wish: Wish, worker: &mut Worker) -> bool {
        let mut others = self.network.others(wish.node).iter();
        let moved = &self.moved;
        if others.any(|&other| moved[bit(other).0] & bit(other).1 != 0) {
            // A neighbour moved: its ties lead elsewhere now.
            worker.wishes.clear();
            self.wishes(&[wish.node], worker);
            let Some(&again) = worker.wishes.first() else { return false };
            wish = again;
        }
        let own = self.labels[wish.node as usize] as usize;
        let mass = self.network.mass()[wish.node as usize];
        let there = match wish.target {
            ALONE_LABEL => 0.0,
            label => self.mass[label as usize],
        };
        let gain = wish.weight - self.cost * mass * (there - (self.mass[own] - mass));
        let stays_alone = wish.target == ALONE_LABEL && self.size[own] == 1;
        if gain <= LEAST_GAIN || stays_alone {
            let (word, mask) = bit(wish.node);
            *self.waiting[word].get_mut() |= mask;
            return false;
        }
        let target = match wish.target {
            // A community of several nodes leaves a label unused.
            ALONE_LABEL => match self.unused.pop() {
                Some(label) => label as usize,
                None => return false,
            },
            label => label as usize,
        };
        self.mass[own] -= mass;
        self.size[own] -= 1;
        if self.size[own] == 0 {
            self.mass[own] = 0.0;
            self.unused.push(own as u32);
        }
        self.mass[target] += mass;
        self.size[target] += 1;
        self.labels[wish.node as usize] = target as u32;
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
                    let (word, mask) = bit(other);
                    let word = &self.waiting[word];
                    if word.load(Ordering::Relaxed) & mask == 0 {
                        word.fetch_or(mask, Ordering::Relaxed);
                    }
                }
            }
        }
    }
}

/// A node's word and bit among marks.
fn bit(node: u32) -> (usize, u64) {
    (node as usize / BLOCK, 1 << (node as usize % BLOCK))
}

/// A random order that reads memory mostly in order, and takes nodes that are
/// near each other in the network in different batches: stretches of blocks in
/// a random order, some of them side by side.
fn order_of_blocks(blocks: usize, random: &mut Random) -> Vec<u32> {
    let stretch = (blocks / ABREAST).clamp(1, STRETCH);
    let mut starts: Vec<usize> = (0..blocks).step_by(stretch).collect();
    random.shuffle(&mut starts);
    let mut order = Vec::with_capacity(blocks);
    for starts in starts.chunks(ABREAST) {
        for step in 0..stretch {
            let abreast = starts.iter().map(|start| start + step);
            order.extend(abreast.filter(|&block| block < blocks).map(|block| block as u32));
        }
    }
    order
}
