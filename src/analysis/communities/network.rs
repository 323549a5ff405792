//! The graph at one level: first the events, then clusters of events.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::analysis::communities::tally::Tally;
use crate::analysis::ties::Ties;
use crate::error::{Error, ErrorKind, Result};

/// Rows that one thread works on at a time.
const PART: usize = 1 << 12;

/// An undirected weighted graph in compressed sparse rows. Ties of a node to
/// itself are left out: they change no comparison between communities.
#[derive(Clone, Debug)]
pub(super) struct Network<'t> {
    offsets: Cow<'t, [u32]>,
    others: Cow<'t, [u32]>,
    /// Empty if every tie weighs 1: then there is half as much to read.
    weights: Cow<'t, [f32]>,
    /// What each node counts: its ties' weight (modularity), its events (CPM).
    mass: Vec<f64>,
}

/// A network sorted by community, so that each is a range of nodes.
pub(super) struct Arranged<'t> {
    pub(super) network: Network<'t>,
    /// Where each community begins, and the end of the last one.
    pub(super) starts: Vec<u32>,
    /// The nodes by their numbers before.
    pub(super) order: Vec<u32>,
}

/// What one thread needs to aggregate.
#[derive(Default)]
struct Worker {
    tally: Tally,
    clusters: Vec<u32>,
}

impl<'t> Network<'t> {
    /// The events and their ties; mass is left to be set.
    ///
    /// # Errors
    /// If a tie leads nowhere or its weight is no positive number.
    pub(super) fn of_ties(ties: &'t Ties) -> Result<Self> {
        let (offsets, others, weights) = ties.rows();
        let events = ties.event_count();
        if !others.par_chunks(1 << 16).all(|part| part.iter().all(|&id| (id as usize) < events)) {
            return Err(Error::new(ErrorKind::Input, "a tie leads to an event that is not there"));
        }
        let sound = |&weight: &f32| weight > 0.0 && weight.is_finite();
        if !weights.par_chunks(1 << 16).all(|part| part.iter().all(sound)) {
            let message = "the weight of a tie has to be a number above 0";
            return Err(Error::new(ErrorKind::Input, message));
        }
        let equal = weights.par_chunks(1 << 16).all(|part| part.iter().all(|&w| w == 1.0));
        Ok(Self {
            offsets: Cow::Borrowed(if offsets.is_empty() { &[0] } else { offsets }),
            others: Cow::Borrowed(others),
            weights: Cow::Borrowed(if equal { &[] } else { weights }),
            mass: Vec::new(),
        })
    }

    pub(super) fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    pub(super) fn mass(&self) -> &[f64] {
        &self.mass
    }

    pub(super) fn set_mass(&mut self, mass: Vec<f64>) {
        self.mass = mass;
    }

    /// The weight of each node's ties.
    pub(super) fn strengths(&self) -> Vec<f64> {
        let nodes = (0..self.len() as u32).into_par_iter().with_min_len(PART);
        nodes.map(|node| self.ties(node).map(|tie| tie.1).sum()).collect()
    }

    pub(super) fn degree(&self, node: u32) -> usize {
        (self.offsets[node as usize + 1] - self.offsets[node as usize]) as usize
    }

    /// The nodes that one is tied to.
    pub(super) fn others(&self, node: u32) -> &[u32] {
        let (start, end) = (self.offsets[node as usize], self.offsets[node as usize + 1]);
        &self.others[start as usize..end as usize]
    }

    /// What each of a node's ties weighs; empty if all weigh 1.
    pub(super) fn weights(&self, node: u32) -> &[f32] {
        if self.weights.is_empty() {
            return &[];
        }
        let (start, end) = (self.offsets[node as usize], self.offsets[node as usize + 1]);
        &self.weights[start as usize..end as usize]
    }

    pub(super) fn ties(&self, node: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let weights = self.weights(node);
        let others = self.others(node).iter().enumerate();
        others.map(move |(at, &other)| (other, weights.get(at).map_or(1.0, |&w| f64::from(w))))
    }

    /// Calls `each` with every tie of a node.
    #[inline(always)]
    pub(super) fn each_tie(&self, node: u32, mut each: impl FnMut(u32, f64)) {
        let (others, weights) = (self.others(node), self.weights(node));
        if weights.is_empty() {
            others.iter().for_each(|&other| each(other, 1.0));
        } else {
            others.iter().zip(weights).for_each(|(&other, &weight)| each(other, f64::from(weight)));
        }
    }

    /// The same network with the nodes sorted by community; communities come
    /// in the order of their first nodes.
    pub(super) fn arranged(&self, labels: &[u32]) -> Arranged<'static> {
        let (order, starts) = sorted_by_label(labels);
        let mut place = vec![0_u32; order.len()];
        for (at, &node) in (0..).zip(&order) {
            place[node as usize] = at;
        }
        let mut offsets = Vec::with_capacity(order.len() + 1);
        let mut end = 0;
        offsets.push(0);
        for &node in &order {
            end += self.degree(node) as u32;
            offsets.push(end);
        }
        let mut others = vec![0_u32; end as usize];
        let weighed = !self.weights.is_empty();
        let mut weights = vec![0.0_f32; if weighed { end as usize } else { 0 }];
        let parts = split_rows(&offsets, &mut others).into_par_iter();
        let parts = parts.zip(order.par_chunks(PART));
        parts.for_each(|(part, nodes)| {
            let mut to = part.iter_mut();
            for &node in nodes {
                let ties = self.others(node).iter().zip(&mut to);
                ties.for_each(|(&other, to)| *to = place[other as usize]);
            }
        });
        if weighed {
            let parts = split_rows(&offsets, &mut weights).into_par_iter();
            parts.zip(order.par_chunks(PART)).for_each(|(part, nodes)| {
                let mut to = part.iter_mut();
                for &node in nodes {
                    let ties = self.weights(node).iter().zip(&mut to);
                    ties.for_each(|(&weight, to)| *to = weight);
                }
            });
        }
        let nodes = order.par_iter().with_min_len(PART);
        let mass = nodes.map(|&node| self.mass[node as usize]).collect();
        let network = Network {
            offsets: Cow::Owned(offsets),
            others: Cow::Owned(others),
            weights: Cow::Owned(weights),
            mass,
        };
        Arranged { network, starts, order }
    }

    /// The network of clusters: `cluster` has the one of each node, below
    /// `count`.
    pub(super) fn aggregated(&self, cluster: &[u32], count: usize) -> Network<'static> {
        let mut mass = vec![0.0; count];
        for (&cluster, mass_of_node) in cluster.iter().zip(&self.mass) {
            mass[cluster as usize] += mass_of_node;
        }
        let (members, starts) = by_number(cluster, count);
        let parts: Vec<(Vec<u32>, Vec<u32>, Vec<f32>)> = (0..count.div_ceil(PART))
            .into_par_iter()
            .map_init(Worker::default, |Worker { tally, clusters }, part| {
                let (mut lengths, mut others, mut weights) = (Vec::new(), Vec::new(), Vec::new());
                for own in part * PART..((part + 1) * PART).min(count) {
                    let members = &members[starts[own] as usize..starts[own + 1] as usize];
                    let most: usize = members.iter().map(|&node| self.degree(node)).sum();
                    tally.begin(most.min(count), own as u32);
                    // First all that is far away in memory, then the sums.
                    clusters.clear();
                    for &node in members {
                        let others = self.others(node).iter();
                        clusters.extend(others.map(|&other| cluster[other as usize]));
                    }
                    if self.weights.is_empty() {
                        clusters.iter().for_each(|&cluster| tally.add(cluster, 1.0));
                    } else {
                        let mut clusters = clusters.iter();
                        for &node in members {
                            let ties = self.weights(node).iter().zip(&mut clusters);
                            ties.for_each(|(&weight, &other)| tally.add(other, f64::from(weight)));
                        }
                    }
                    let before = others.len();
                    tally.drain(|label, weight| {
                        if label != own as u32 {
                            others.push(label);
                            weights.push(weight as f32);
                        }
                    });
                    lengths.push((others.len() - before) as u32);
                }
                (lengths, others, weights)
            })
            .collect();
        let mut offsets = Vec::with_capacity(count + 1);
        let mut end = 0;
        offsets.push(0);
        for length in parts.iter().flat_map(|part| &part.0) {
            end += length;
            offsets.push(end);
        }
        let (mut others, mut weights) = (vec![0; end as usize], vec![0.0; end as usize]);
        let places = split_rows(&offsets, &mut others).into_par_iter();
        let places = places.zip(split_rows(&offsets, &mut weights));
        places.zip(parts).for_each(|(place, part)| {
            place.0.copy_from_slice(&part.1);
            place.1.copy_from_slice(&part.2);
        });
        Network {
            offsets: Cow::Owned(offsets),
            others: Cow::Owned(others),
            weights: Cow::Owned(weights),
            mass,
        }
    }
}

/// The rows of `PART` nodes each.
fn split_rows<'d, T>(offsets: &[u32], mut data: &'d mut [T]) -> Vec<&'d mut [T]> {
    let nodes = offsets.len() - 1;
    let mut parts = Vec::with_capacity(nodes.div_ceil(PART));
    for start in (0..nodes).step_by(PART) {
        let end = (start + PART).min(nodes);
        let (part, rest) = data.split_at_mut((offsets[end] - offsets[start]) as usize);
        parts.push(part);
        data = rest;
    }
    parts
}

/// The nodes by label, labels in the order of their first nodes, and where
/// each label's nodes begin.
fn sorted_by_label(labels: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let (numbers, count) = renumbered(labels);
    by_number(&numbers, count)
}

/// Labels without gaps, in the order of their first nodes, and how many.
pub(super) fn renumbered(labels: &[u32]) -> (Vec<u32>, usize) {
    const NEW: u32 = u32::MAX;
    let mut number = vec![NEW; labels.len()];
    let mut count = 0;
    let mut numbers = Vec::with_capacity(labels.len());
    for &label in labels {
        let number = &mut number[label as usize];
        if *number == NEW {
            *number = count;
            count += 1;
        }
        numbers.push(*number);
    }
    (numbers, count as usize)
}

/// The nodes by number, ascending among equal ones, and where each number's
/// nodes begin.
fn by_number(numbers: &[u32], count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; count + 1];
    for &number in numbers {
        starts[number as usize + 1] += 1;
    }
    for at in 0..count {
        starts[at + 1] += starts[at];
    }
    let mut next = starts.clone();
    let mut order = vec![0_u32; numbers.len()];
    for (node, &number) in (0..).zip(numbers) {
        let at = &mut next[number as usize];
        order[*at as usize] = node;
        *at += 1;
    }
    (order, starts)
}
