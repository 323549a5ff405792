//! Refinement: each community is taken apart and put together again from
//! single nodes, along ties only, so that what is aggregated is connected
//! (Traag et al. 2019, § III C and algorithm A.2).
//!
//! Communities do not see each other, so they are refined in parallel. A node
//! joins the cluster where it gains most; the paper draws among all that gain,
//! with odds so steep that it mostly is the same one.

use std::ops::Range;

use rayon::prelude::*;

use crate::analysis::communities::network::{Arranged, Network};
use crate::analysis::communities::tally::Tally;
use crate::analysis::random::Random;

/// Nodes that one thread works on at a time; whole communities.
const PART: usize = 1 << 13;

/// Clusters within communities.
pub(super) struct Clusters {
    /// The cluster of each node.
    pub(super) of: Vec<u32>,
    /// The community of each cluster, ascending.
    pub(super) community: Vec<u32>,
}

/// The clusters that communities are made of.
pub(super) fn refined(arranged: &Arranged<'_>, cost: f64, seed: u64) -> Clusters {
    in_parts(arranged, |nodes, clusters, tally| {
        let mut community = Community::new(&arranged.network, nodes.clone(), cost);
        community.merge(&mut Random::new(seed, u64::from(nodes.start)), tally);
        clusters.extend_from_slice(&community.cluster);
    })
}

/// The connected parts of communities.
pub(super) fn connected(arranged: &Arranged<'_>) -> Clusters {
    let network = &arranged.network;
    in_parts(arranged, |nodes, clusters, _| {
        let mut parent: Vec<u32> = (0..nodes.len() as u32).collect();
        for node in nodes.clone() {
            for other in network.others(node).iter().filter(|other| nodes.contains(other)) {
                let (a, b) = (node - nodes.start, other - nodes.start);
                let (a, b) = (root(&mut parent, a), root(&mut parent, b));
                parent[a.max(b) as usize] = a.min(b);
            }
        }
        for node in 0..parent.len() as u32 {
            clusters.push(root(&mut parent, node));
        }
    })
}

fn root(parent: &mut [u32], mut node: u32) -> u32 {
    while parent[node as usize] != node {
        let above = parent[parent[node as usize] as usize];
        parent[node as usize] = above;
        node = above;
    }
    node
}

/// `split` appends, for each node of a community, a label below the
/// community's size.
fn in_parts(
    arranged: &Arranged<'_>,
    split: impl Fn(Range<u32>, &mut Vec<u32>, &mut Tally) + Sync,
) -> Clusters {
    let parts: Vec<Clusters> = parts(&arranged.starts)
        .into_par_iter()
        .map(|communities| {
            let (mut of, mut community) = (Vec::new(), Vec::new());
            let (mut labels, mut numbers) = (Vec::new(), Vec::new());
            let mut tally = Tally::default();
            for number in communities {
                let nodes = arranged.starts[number]..arranged.starts[number + 1];
                labels.clear();
                split(nodes, &mut labels, &mut tally);
                numbers.clear();
                numbers.resize(labels.len(), u32::MAX);
                for &label in &labels {
                    if numbers[label as usize] == u32::MAX {
                        numbers[label as usize] = community.len() as u32;
                        community.push(number as u32);
                    }
                    of.push(numbers[label as usize]);
                }
            }
            Clusters { of, community }
        })
        .collect();
    let nodes = arranged.network.len();
    let mut all = Clusters { of: Vec::with_capacity(nodes), community: Vec::new() };
    for part in parts {
        let before = all.community.len() as u32;
        all.of.extend(part.of.iter().map(|cluster| before + cluster));
        all.community.extend_from_slice(&part.community);
    }
    all
}

/// Communities in groups of about as many nodes.
fn parts(starts: &[u32]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut first = 0;
    for end in 1..starts.len() {
        if (starts[end] - starts[first]) as usize >= PART || end + 1 == starts.len() {
            parts.push(first..end);
            first = end;
        }
    }
    parts
}

struct Community<'n, 't> {
    network: &'n Network<'t>,
    nodes: Range<u32>,
    cost: f64,
    mass: f64,
    /// Of each node, from 0.
    cluster: Vec<u32>,
    clusters: Vec<Cluster>,
}

#[derive(Clone, Copy)]
struct Cluster {
    mass: f64,
    /// Weight of its ties into the rest of the community.
    outward: f64,
    single: bool,
}

impl<'n, 't> Community<'n, 't> {
    fn new(network: &'n Network<'t>, nodes: Range<u32>, cost: f64) -> Self {
        let cluster = |node: u32| {
            let mut outward = 0.0;
            network.each_tie(node, |other, weight| {
                outward += if nodes.contains(&other) { weight } else { 0.0 };
            });
            Cluster { mass: network.mass()[node as usize], outward, single: true }
        };
        let clusters: Vec<Cluster> = nodes.clone().map(cluster).collect();
        let mass = clusters.iter().map(|cluster| cluster.mass).sum();
        Self { network, cost, mass, cluster: (0..nodes.len() as u32).collect(), clusters, nodes }
    }

    fn merge(&mut self, random: &mut Random, tally: &mut Tally) {
        let mut order: Vec<u32> = self.nodes.clone().collect();
        random.shuffle(&mut order);
        for node in order {
            let own = (node - self.nodes.start) as usize;
            let alone = self.clusters[own];
            if alone.single
                && self.is_well_tied(&alone)
                && let Some((target, weight)) = self.best(node, tally)
            {
                self.cluster[own] = target;
                self.clusters[own].single = false;
                let cluster = &mut self.clusters[target as usize];
                cluster.mass += alone.mass;
                cluster.outward += alone.outward - 2.0 * weight;
                cluster.single = false;
            }
        }
    }

    /// Whether a cluster hangs in its community by as much as would be by
    /// chance (γ-connected).
    fn is_well_tied(&self, cluster: &Cluster) -> bool {
        cluster.outward >= self.cost * cluster.mass * (self.mass - cluster.mass)
    }

    /// The cluster that a node gains most by joining, and the weight of its
    /// ties into it.
    fn best(&self, node: u32, tally: &mut Tally) -> Option<(u32, f64)> {
        tally.begin(self.network.degree(node).min(self.nodes.len()), node - self.nodes.start);
        self.network.each_tie(node, |other, weight| {
            if self.nodes.contains(&other) {
                tally.add(self.cluster[(other - self.nodes.start) as usize], weight);
            }
        });
        let cost = self.cost * self.network.mass()[node as usize];
        let mut best = 0.0;
        let mut target = None;
        tally.drain(|label, weight| {
            let cluster = &self.clusters[label as usize];
            let gain = weight - cost * cluster.mass;
            if gain > best && self.is_well_tied(cluster) {
                best = gain;
                target = Some((label, weight));
            }
        });
        target
    }
}
