//! ForceAtlas2: ties pull, events push, until little moves.

use rayon::prelude::*;

use crate::analysis::adjacency::Adjacency;
use crate::analysis::layout::tree::{Tree, Vector};

/// How the forces act; see [`settle`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Forces {
    /// What the weight of a tie is multiplied by.
    pub(super) pull: f64,
    /// Of the pull to the centre; 0 for none.
    pub(super) gravity: f64,
    /// Ties pull with the logarithm of their length.
    pub(super) lin_log: bool,
    /// When a cell of many events counts as one, see [`Tree::repulsion`].
    pub(super) theta: f64,
    /// Steps, at most.
    pub(super) steps: usize,
}

/// The unit of length, so to speak: two events that are linked only to each
/// other, by a tie of weight 1, rest at twice this distance.
pub(super) const APART: f64 = 10.0;

/// Moves events until they rest.
///
/// ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian 2014): two events of
/// masses a and b push each other with a b / d at the distance d; a tie of
/// weight w pulls with w d, or w ln (1 + d), d in units of [`APART`]; every event is pulled to the
/// centre with `gravity` times its mass and its distance (the "strong gravity" of
/// the paper). An event moves by the force on it
/// times a speed, which falls for those that swing to and fro and for all if
/// much swings: the rules of the paper's section "Adapting Local Speed, Adapting
/// Global Speed", with the safeguards of Gephi 0.9's `ForceAtlas2.java`.
///
/// It ends after `steps`, or when an average event moves, over a stretch of
/// steps, by less than a thousandth of its distance from the centre.
///
/// # Complexity
/// O(|V| log |V| + |E|) a step, in parallel.
pub(super) fn settle(
    places: &mut [Vector],
    ties: &Adjacency,
    masses: &[f64],
    fixed: &[bool],
    forces: &Forces,
) {
    let mut tree = Tree::default();
    let mut push = Vec::new();
    let mut before = vec![[0.0; 2]; places.len()];
    let mut speed = Speed { speed: 1.0, efficiency: 1.0 };
    let mut moved = 0.0;
    for step in 1..=forces.steps {
        tree.build(places, masses);
        tree.repulsion(forces.theta, &mut push);
        let now: Vec<Vector> = (0..places.len())
            .into_par_iter()
            .with_min_len(PART)
            .map(|n| match fixed[n] {
                true => [0.0; 2],
                false => force_on(n, places, ties, masses[n], push[n], forces),
            })
            .collect();
        let (swinging, traction) = sums(&now, &before, masses);
        speed.adapt(swinging, traction, places.len());
        moved += advance(places, &now, &before, masses, fixed, speed.speed);
        before = now;
        if step % STRETCH == 0 {
            let spread = ordered_sum(places, |_, at| length(*at));
            if moved <= RESTING * spread * STRETCH as f64 {
                break;
            }
            moved = 0.0;
        }
    }
}

/// Steps after which it is seen whether all rest.
const STRETCH: usize = 10;

/// How much of its distance from the centre an average event moves in a step
/// at most if all rest.
const RESTING: f64 = 1e-4;

/// Events that one thread takes at once.
const PART: usize = 1024;

fn force_on(
    n: usize,
    places: &[Vector],
    ties: &Adjacency,
    mass: f64,
    push: Vector,
    forces: &Forces,
) -> Vector {
    let [x, y] = places[n];
    let push_by = APART * APART * mass;
    let mut force = [push_by * push[0], push_by * push[1]];
    for (other, weight) in ties.pairs(n) {
        let [dx, dy] = [places[other][0] - x, places[other][1] - y];
        let mut strength = f64::from(weight) * forces.pull;
        if forces.lin_log {
            let distance = (dx * dx + dy * dy).sqrt().max(1e-9);
            strength *= libm::log1p(distance / APART) * APART / distance;
        }
        force[0] += strength * dx;
        force[1] += strength * dy;
    }
    force[0] -= forces.gravity * mass * x;
    force[1] -= forces.gravity * mass * y;
    force
}

/// How fast all move, and how much of it is left after swings.
struct Speed {
    speed: f64,
    efficiency: f64,
}

impl Speed {
    /// The rules and constants of Gephi 0.9, with a tolerance of 1.
    fn adapt(&mut self, swinging: f64, traction: f64, events: usize) {
        let events = events as f64;
        let jitter = 0.05 * events.sqrt();
        let mut tolerance = jitter.sqrt().max((jitter * traction / (events * events)).min(10.0));
        if swinging > 2.0 * traction {
            if self.efficiency > 0.05 {
                self.efficiency *= 0.5;
            }
            tolerance = tolerance.max(1.0);
        }
        let target = if swinging > 0.0 {
            tolerance * self.efficiency * traction / swinging
        } else {
            f64::MAX
        };
        if swinging > tolerance * traction {
            if self.efficiency > 0.05 {
                self.efficiency *= 0.7;
            }
        } else if self.speed < 1000.0 {
            self.efficiency *= 1.3;
        }
        self.speed += (target - self.speed).min(0.5 * self.speed);
    }
}

/// How much all swing, and how much all go on in one direction, by mass.
fn sums(now: &[Vector], before: &[Vector], masses: &[f64]) -> (f64, f64) {
    let swinging =
        ordered_sum(now, |n, [x, y]| masses[n] * length([x - before[n][0], y - before[n][1]]));
    let traction = ordered_sum(now, |n, [x, y]| {
        masses[n] * length([x + before[n][0], y + before[n][1]]) / 2.0
    });
    (swinging, traction)
}

/// Moves all that are not fixed; returns the sum of the ways.
fn advance(
    places: &mut [Vector],
    now: &[Vector],
    before: &[Vector],
    masses: &[f64],
    fixed: &[bool],
    speed: f64,
) -> f64 {
    let ways: Vec<f64> = places
        .par_iter_mut()
        .enumerate()
        .with_min_len(PART)
        .map(|(n, place)| {
            if fixed[n] {
                return 0.0;
            }
            let [x, y] = now[n];
            let swinging = masses[n] * length([x - before[n][0], y - before[n][1]]);
            let factor = speed / (1.0 + (speed * swinging).sqrt());
            place[0] += factor * x;
            place[1] += factor * y;
            factor * length([x, y])
        })
        .collect();
    ways.iter().sum()
}

/// A sum over all, the same with any number of threads: of fixed parts, in
/// their order.
fn ordered_sum(all: &[Vector], value: impl Fn(usize, &Vector) -> f64 + Sync) -> f64 {
    let part = |(n, part): (usize, &[Vector])| -> f64 {
        part.iter().enumerate().map(|(m, vector)| value(n * PART + m, vector)).sum()
    };
    let parts: Vec<f64> = all.par_chunks(PART).enumerate().map(part).collect();
    parts.iter().sum()
}

fn length([x, y]: Vector) -> f64 {
    (x * x + y * y).sqrt()
}
