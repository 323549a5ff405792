//! Where events are before the forces act on them.

use std::f64::consts::PI;

use crate::analysis::adjacency::Adjacency;
use crate::analysis::layout::force::{APART, Forces, settle};
use crate::analysis::layout::tree::Vector;
use crate::analysis::partition::Partition;
use crate::analysis::random::Random;
use crate::analysis::ties::Ties;
use crate::model::EventId;

/// The events of a component around the places of their communities, which the
/// same forces have placed, as if each community were one event.
///
/// # Complexity
/// O(|V| + |E|), and that of placing the communities.
pub(super) fn by_communities(
    ties: &Adjacency,
    masses: &[f64],
    communities: &Partition,
    forces: &Forces,
    seed: u64,
) -> Vec<Vector> {
    let (group, members) = groups(ties, communities);
    let group_masses: Vec<f64> =
        members.iter().map(|members| members.iter().map(|&n| masses[n]).sum()).collect();
    let mut centres = disc(members.len(), masses.iter().sum(), seed);
    if members.len() > 1 {
        let between = between(ties, &group, &members);
        let fixed = vec![false; members.len()];
        settle(&mut centres, &between, &group_masses, &fixed, forces);
    } else {
        centres = vec![[0.0; 2]];
    }
    let mut places = vec![[0.0; 2]; masses.len()];
    for (at, members) in members.iter().enumerate() {
        let around = disc(members.len(), group_masses[at], seed.wrapping_add(1 + at as u64));
        for (&n, [x, y]) in members.iter().zip(around) {
            places[n] = [centres[at][0] + x, centres[at][1] + y];
        }
    }
    places
}

/// The communities by order of their first event: which each event is in, and
/// the events of each.
fn groups(ties: &Adjacency, communities: &Partition) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut number = vec![None; communities.len()];
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut group = Vec::with_capacity(ties.len());
    for (n, &event) in ties.events.iter().enumerate() {
        let community = communities.of(event).unwrap_or(0);
        let at = *number[community].get_or_insert_with(|| {
            members.push(Vec::new());
            members.len() - 1
        });
        members[at].push(n);
        group.push(at);
    }
    (group, members)
}

/// The ties between communities: as heavy as those of their events together.
fn between(ties: &Adjacency, group: &[usize], members: &[Vec<usize>]) -> Adjacency {
    let row = |own: u32, row: &mut Vec<(u32, f32)>| {
        let mut sums = vec![0.0_f64; members.len()];
        for &n in &members[own as usize] {
            for (other, weight) in ties.pairs(n) {
                sums[group[other]] += f64::from(weight);
            }
        }
        let others = (0_u32..).zip(sums).filter(|&(other, sum)| other != own && sum > 0.0);
        row.extend(others.map(|(other, sum)| (other, sum as f32)));
    };
    let ties = Ties::collect(members.len(), row);
    Adjacency::of_ties(&ties, (0..members.len() as u32).map(EventId).collect())
}

/// Events with an old place stand there; others, the nearest first, at the
/// mean of those neighbours that have a place by then, a little aside.
///
/// # Complexity
/// O(|V| + |E|).
pub(super) fn near_neighbours(
    ties: &Adjacency,
    known: &[Option<Vector>],
    seed: u64,
) -> Vec<Vector> {
    let mut places = known.to_vec();
    let mut next: Vec<usize> = (0..places.len()).filter(|&n| places[n].is_some()).collect();
    let mut aside = disc(places.len(), places.len() as f64, seed).into_iter();
    while !next.is_empty() {
        let mut reached: Vec<usize> =
            next.iter().flat_map(|&n| ties.row(n)).map(|&other| other as usize).collect();
        reached.retain(|&n| places[n].is_none());
        reached.sort_unstable();
        reached.dedup();
        let mean = |&n: &usize| {
            let placed =
                ties.pairs(n).filter_map(|(other, w)| Some((places[other]?, f64::from(w))));
            let (mut sum, mut total) = ([0.0; 2], 0.0);
            for ([x, y], weight) in placed {
                sum = [sum[0] + weight * x, sum[1] + weight * y];
                total += weight;
            }
            [sum[0] / total, sum[1] / total]
        };
        let means: Vec<Vector> = reached.iter().map(mean).collect();
        for ((&n, [x, y]), [dx, dy]) in reached.iter().zip(means).zip(&mut aside) {
            let length = (dx * dx + dy * dy).sqrt();
            places[n] = Some([x + APART * dx / length, y + APART * dy / length]);
        }
        next = reached;
    }
    // All have one: the component holds together.
    places.into_iter().map(Option::unwrap_or_default).collect()
}

/// Points spread evenly over a disc (Vogel 1979), in random order. Its radius
/// is that at which forces on events of this mass, tied evenly to all the
/// others, balance: ForceAtlas2 would leave it about as large.
fn disc(count: usize, mass: f64, seed: u64) -> Vec<Vector> {
    let angle = PI * (3.0 - 5.0_f64.sqrt());
    let step = APART * (mass / count.max(1) as f64).sqrt();
    let point = |n: usize| {
        let (sin, cos) = libm::sincos(n as f64 * angle);
        let radius = step * (n as f64 + 0.5).sqrt();
        [radius * cos, radius * sin]
    };
    let mut points: Vec<Vector> = (0..count).map(point).collect();
    Random::new(seed, count as u64).shuffle(&mut points);
    points
}
