//! Repulsion in O(n log n): the cells of Barnes and Hut (1986), flat in memory.
//!
//! Points are sorted along Morton's curve (1966), so that every cell of the
//! quadtree is a stretch of them. The cells stand in the order of a walk, each
//! with the number of the cell that follows when its insides are passed over:
//! the walk needs no stack. Neither depends on the number of threads.

use rayon::prelude::*;

/// A point or a force.
pub(super) type Vector = [f64; 2];

/// A cell of at most so many points is not divided.
const LEAF: usize = 8;

/// Points that are nearer than the root of this repel each other as if they
/// were so far apart: a force is never infinite, and 0 between points that are
/// one upon the other.
pub(super) const NEAREST: f64 = 1e-6;

/// The bits of a Morton code.
const BITS: u32 = 32;

/// Points with masses, in cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// Morton code and number of each point, sorted.
    order: Vec<u64>,
    /// The points in this order, with their masses.
    points: Vec<(Vector, f64)>,
    cells: Vec<Cell>,
}

/// Some points that are near one another.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// The centre of their masses.
    centre: Vector,
    mass: f64,
    /// The square of the longer side of the box around them.
    side: f64,
    /// Which points they are.
    first: u32,
    end: u32,
    /// The next cell that is not inside of this one.
    next: u32,
}

impl Tree {
    /// Sorts the points into cells anew.
    ///
    /// # Complexity
    /// O(n log n); the sort is parallel.
    pub(super) fn build(&mut self, places: &[Vector], masses: &[f64]) {
        let (low, high) = bounds(places);
        let side = (high[0] - low[0]).max(high[1] - low[1]);
        let scale = if side > 0.0 { f64::from(u16::MAX) / side } else { 0.0 };
        // `as` saturates, and turns what is no number into 0.
        let step = |at: f64, low: f64| spread(((at - low) * scale) as u16);
        let code = |[x, y]: Vector| u64::from(step(x, low[0]) | (step(y, low[1]) << 1));
        self.order.clear();
        self.order.extend((0_u64..).zip(places).map(|(n, &at)| (code(at) << BITS) | n));
        self.order.par_sort_unstable();
        self.points.clear();
        self.points.extend(self.order.iter().map(|&entry| {
            let number = number(entry);
            (places[number], masses[number])
        }));
        self.cells.clear();
        if !self.points.is_empty() {
            self.divide(0, self.points.len());
        }
    }

    /// Makes the cell of a stretch of points, and those inside of it.
    fn divide(&mut self, first: usize, end: usize) {
        let at = self.cells.len();
        let (low, high) = self.points[first..end].iter().fold(NOWHERE, |box_, p| grown(box_, p.0));
        let side = (high[0] - low[0]).max(high[1] - low[1]);
        let (first32, end32) = (first as u32, end as u32);
        let mut cell = Cell {
            centre: [0.0; 2],
            mass: 0.0,
            side: side * side,
            first: first32,
            end: end32,
            next: 0,
        };
        self.cells.push(cell);
        let differ = (self.order[first] ^ self.order[end - 1]) >> BITS;
        let mut moment = [0.0; 2];
        if end - first <= LEAF || differ == 0 {
            for &(place, mass) in &self.points[first..end] {
                cell.mass += mass;
                moment[0] += mass * place[0];
                moment[1] += mass * place[1];
            }
        } else {
            // The quarters that differ in the highest pair of bits; cells with
            // only one of them are passed over.
            let pair = BITS + (63 - differ.leading_zeros()) / 2 * 2;
            let mut start = first;
            while start < end {
                let quarter = self.order[start] >> pair;
                let same = |entry: &u64| entry >> pair == quarter;
                let stop = start + self.order[start..end].partition_point(same);
                let child = self.cells.len();
                self.divide(start, stop);
                let child = self.cells[child];
                cell.mass += child.mass;
                moment[0] += child.mass * child.centre[0];
                moment[1] += child.mass * child.centre[1];
                start = stop;
            }
        }
        cell.centre = [moment[0] / cell.mass, moment[1] / cell.mass];
        cell.next = self.cells.len() as u32;
        self.cells[at] = cell;
    }

    /// What each point is pushed by, as Σ m d / |d|² over the others, by their
    /// numbers. A cell counts as one point if its side is below `theta` times
    /// its distance; at 0, none does.
    ///
    /// # Complexity
    /// O(n log n) for a `theta` above 0, in parallel.
    pub(super) fn repulsion(&self, theta: f64, out: &mut Vec<Vector>) {
        const PART: usize = 256;
        let theta = theta * theta;
        let forces: Vec<Vector> = (0..self.points.len())
            .into_par_iter()
            .with_min_len(PART)
            .map(|at| self.force_at(at, theta))
            .collect();
        out.clear();
        out.resize(self.points.len(), [0.0; 2]);
        for (&entry, force) in self.order.iter().zip(forces) {
            out[number(entry)] = force;
        }
    }

    fn force_at(&self, at: usize, theta: f64) -> Vector {
        let place = self.points[at].0;
        let mut force = [0.0; 2];
        let mut push = |from: Vector, mass: f64| {
            let (x, y) = (place[0] - from[0], place[1] - from[1]);
            let strength = mass / (x * x + y * y).max(NEAREST);
            force[0] += x * strength;
            force[1] += y * strength;
        };
        let mut next = 0;
        while let Some(cell) = self.cells.get(next) {
            let (x, y) = (place[0] - cell.centre[0], place[1] - cell.centre[1]);
            let points = cell.first as usize..cell.end as usize;
            if cell.side < theta * (x * x + y * y) && !points.contains(&at) {
                push(cell.centre, cell.mass);
                next = cell.next as usize;
                continue;
            }
            next += 1;
            if cell.next as usize == next {
                self.points[points].iter().for_each(|&(place, mass)| push(place, mass));
            }
        }
        force
    }
}

/// The number of the point of an entry of [`Tree::order`].
fn number(entry: u64) -> usize {
    (entry & u64::from(u32::MAX)) as usize
}

/// The bits of a number, with a gap before each.
fn spread(number: u16) -> u32 {
    let mut bits = u32::from(number);
    for (shift, mask) in [(8, 0x00ff_00ff), (4, 0x0f0f_0f0f), (2, 0x3333_3333), (1, 0x5555_5555)] {
        bits = (bits | (bits << shift)) & mask;
    }
    bits
}

/// The box around no point.
const NOWHERE: (Vector, Vector) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);

fn grown((low, high): (Vector, Vector), at: Vector) -> (Vector, Vector) {
    ([low[0].min(at[0]), low[1].min(at[1])], [high[0].max(at[0]), high[1].max(at[1])])
}

/// The corners of the box around points.
pub(super) fn bounds(places: &[Vector]) -> (Vector, Vector) {
    places.iter().fold(NOWHERE, |box_, &at| grown(box_, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::random::Random;

    /// Every pair, as it is written.
    fn all_pairs(places: &[Vector], masses: &[f64]) -> Vec<Vector> {
        let force = |&at: &Vector| {
            let mut force = [0.0; 2];
            for (other, mass) in places.iter().zip(masses) {
                let (x, y) = (at[0] - other[0], at[1] - other[1]);
                let distance = (x * x + y * y).sqrt().max(1e-3);
                force[0] += mass / distance * (x / distance);
                force[1] += mass / distance * (y / distance);
            }
            force
        };
        places.iter().map(force).collect()
    }

    fn points(count: usize, seed: u64) -> (Vec<Vector>, Vec<f64>) {
        let mut random = Random::new(seed, 0);
        let mut draw = |end: usize| random.below(end) as f64 / 100.0;
        // Some heaps, some one upon the other, some far away.
        let place = |n: usize| match n % 10 {
            0 => [3.0, 4.0],
            1 => [draw(1_000_000), draw(100)],
            _ => [draw(10_000), draw(3_000)],
        };
        let mut place = place;
        let places: Vec<Vector> = (0..count).map(&mut place).collect();
        let masses = (0..count).map(|n| 1.0 + (n % 7) as f64).collect();
        (places, masses)
    }

    fn length(v: Vector) -> f64 {
        (v[0] * v[0] + v[1] * v[1]).sqrt()
    }

    #[test]
    fn cells_push_as_all_pairs_do_500() {
        for (theta, most) in [(0.0, 1e-9), (0.5, 0.01), (1.2, 0.05)] {
            let (places, masses) = points(500, 1);
            let expected = all_pairs(&places, &masses);
            let mut tree = Tree::default();
            let mut found = Vec::new();
            tree.build(&places, &masses);
            tree.repulsion(theta, &mut found);
            let scale = expected.iter().map(|&f| length(f)).sum::<f64>() / 500.0;
            let errors = expected.iter().zip(&found);
            let errors = errors.map(|(e, f)| length([e[0] - f[0], e[1] - f[1]]) / scale);
            let mean =
                if theta > 0.0 { errors.sum::<f64>() / 500.0 } else { errors.fold(0.0, f64::max) };
            assert!(mean < most, "theta {theta}: {mean}");
            assert!(theta == 0.0 || mean > 0.0, "theta {theta} changes nothing");
        }
    }

    #[test]
    fn no_points_one_point_and_a_heap() {
        let mut tree = Tree::default();
        for count in [0, 1, 1_000] {
            let mut forces = vec![[7.0; 2]];
            tree.build(&vec![[2.0, 5.0]; count], &vec![1.0; count]);
            tree.repulsion(1.2, &mut forces);
            assert_eq!(forces, vec![[0.0; 2]; count]);
        }
    }
}
