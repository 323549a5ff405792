//! Components side by side: the largest in the middle, the others around it as
//! near as they fit.
//!
//! Each component is a polyomino, the cells of a grid that it covers, as in
//! Freivalds, Dogrusoz and Kikusts 2002: here those of its convex hull, so that
//! nothing stands between its events that does not belong to it.

use rayon::prelude::*;

use crate::analysis::layout::force::APART;
use crate::analysis::layout::tree::{Vector, bounds};

/// A component, or an event without links.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The places of its events.
    pub(super) places: Vec<Vector>,
    /// It must not be moved.
    pub(super) is_fixed: bool,
}

/// The side of a cell: somewhat more than two events that are linked only to
/// each other are apart.
const CELL: f64 = 3.0 * APART;

/// Cells along the largest part, at most: the grid has to stay small.
const MOST_CELLS: f64 = 1024.0;

/// How much wider than high the whole becomes if there is much to put around.
const WIDE: (i64, i64) = (3, 2);

/// Moves the parts apart. They come by falling size.
///
/// # Returns
/// The places of each, in the order of the parts.
///
/// # Complexity
/// O(|V|), and O(c log c) for the c cells that they cover and leave free.
pub(super) fn pack(parts: Vec<Part>) -> Vec<Vec<Vector>> {
    let fixed: Vec<Vector> =
        parts.iter().filter(|part| part.is_fixed).flat_map(|part| &part.places).copied().collect();
    let centre = if fixed.is_empty() { [0.0; 2] } else { middle(bounds(&fixed)) };
    let longest = parts.iter().map(|part| extent(&part.places)).fold(extent(&fixed), f64::max);
    let cell = CELL.max(longest / MOST_CELLS);
    let shapes: Vec<Shape> = parts.iter().map(|part| Shape::of(part, centre, cell)).collect();
    let mut grid = Grid::of(&shapes);
    for (part, shape) in parts.iter().zip(&shapes) {
        if part.is_fixed {
            grid.cover(shape, [0, 0]);
        }
    }
    let mut search = Search { next: 0, cells: usize::MAX };
    let mut moved = |(part, shape): (Part, &Shape)| {
        if part.is_fixed {
            return part.places;
        }
        let [x, y] = grid.put(shape, &mut search);
        let offset = [centre[0] + x as f64 * cell, centre[1] + y as f64 * cell];
        let from = shape.middle;
        let place = |[x, y]: Vector| [x - from[0] + offset[0], y - from[1] + offset[1]];
        part.places.into_iter().map(place).collect()
    };
    parts.into_iter().zip(&shapes).map(&mut moved).collect()
}

fn middle((low, high): (Vector, Vector)) -> Vector {
    [(low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0]
}

/// The longer side of the box around places; 0 if there are none.
fn extent(places: &[Vector]) -> f64 {
    let (low, high) = bounds(places);
    (high[0] - low[0]).max(high[1] - low[1]).max(0.0)
}

/// The cells that a part covers, around its middle.
struct Shape {
    middle: Vector,
    /// The lowest row.
    low: i32,
    /// Of each row from there on the first cell and the last.
    rows: Vec<(i32, i32)>,
}

impl Shape {
    fn of(part: &Part, centre: Vector, cell: f64) -> Self {
        let middle = if part.is_fixed { centre } else { middle(bounds(&part.places)) };
        let at = |place: Vector| {
            let cell = |n: usize| ((place[n] - middle[n]) / cell).round() as i32;
            [cell(0), cell(1)]
        };
        if let &[place] = &part.places[..] {
            let [x, y] = at(place);
            return Self { middle, low: y, rows: vec![(x, x)] };
        }
        let mut cells: Vec<[i32; 2]> = Vec::new();
        let hull = hull(&part.places);
        for (a, b) in hull.iter().zip(hull.iter().cycle().skip(1)) {
            let [x, y] = [b[0] - a[0], b[1] - a[1]];
            let steps = (x.abs().max(y.abs()) / cell).ceil().max(1.0);
            let along = |n: usize| {
                let part = n as f64 / steps;
                at([a[0] + part * x, a[1] + part * y])
            };
            cells.extend((0..=steps as usize).map(along));
        }
        // With a margin of one cell all around.
        let low = cells.iter().map(|cell| cell[1]).min().unwrap_or(0) - 1;
        let high = cells.iter().map(|cell| cell[1]).max().unwrap_or(0) + 1;
        let mut rows = vec![(i32::MAX, i32::MIN); (high - low + 1) as usize];
        for [x, y] in cells {
            for row in &mut rows[(y - 1 - low) as usize..=(y + 1 - low) as usize] {
                *row = (row.0.min(x - 1), row.1.max(x + 1));
            }
        }
        Self { middle, low, rows }
    }

    fn cells(&self) -> usize {
        self.rows
            .iter()
            .map(|&(first, last)| (i64::from(last) - i64::from(first) + 1).max(0) as usize)
            .sum()
    }

    /// How far it reaches from its middle.
    fn reach(&self) -> i32 {
        let sides = self.rows.iter().filter(|row| row.0 <= row.1);
        let sides = sides.flat_map(|&(first, last)| [first.abs(), last.abs()]);
        let ends = [self.low.abs(), (self.low + self.rows.len() as i32 - 1).abs()];
        sides.chain(ends).max().unwrap_or(0)
    }

    /// Its rows, moved: y, and the first cell and the last.
    fn moved(&self, [x, y]: [i32; 2]) -> impl Iterator<Item = (i32, i32, i32)> + '_ {
        let rows = (self.low..).zip(&self.rows).filter(|(_, row)| row.0 <= row.1);
        rows.map(move |(row, &(first, last))| (row + y, first + x, last + x))
    }
}

/// The corners of the convex hull of places, in turn (Andrew 1979).
fn hull(places: &[Vector]) -> Vec<Vector> {
    let mut sorted = places.to_vec();
    sorted.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    let turns_right = |a: Vector, b: Vector, c: Vector| {
        (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0.0
    };
    let mut hull: Vec<Vector> = Vec::new();
    let mut half = |places: &mut dyn Iterator<Item = Vector>| {
        let start = hull.len();
        for place in places {
            while let [.., a, b] = hull[start..]
                && turns_right(a, b, place)
            {
                hull.pop();
            }
            hull.push(place);
        }
        // The last one is the first of the other half.
        hull.pop();
    };
    half(&mut sorted.iter().copied());
    half(&mut sorted.iter().rev().copied());
    hull
}

/// Which cells are covered.
struct Grid {
    half: i32,
    covered: Vec<bool>,
    /// All cells, the nearest to the centre first.
    order: Vec<[i32; 2]>,
}

/// Where to look for room from on: what has not fitted before does not fit
/// later, unless it is smaller.
struct Search {
    next: usize,
    cells: usize,
}

impl Grid {
    fn of(shapes: &[Shape]) -> Self {
        let total: usize = shapes.iter().map(Shape::cells).sum();
        let reach = shapes.iter().map(Shape::reach).max().unwrap_or(0);
        let room = (total as f64).sqrt() as i32 + 4;
        let half = if shapes.len() > 1 { 2 * reach + room } else { reach };
        let wide = (2 * half + 1) as usize;
        let range = -half..=half;
        let mut order: Vec<[i32; 2]> =
            range.clone().flat_map(|y| range.clone().map(move |x| [x, y])).collect();
        order.par_sort_by_key(|&[x, y]| {
            let (x, y) = (i64::from(x) * WIDE.1, i64::from(y) * WIDE.0);
            x * x + y * y
        });
        Self { half, covered: vec![false; wide * wide], order }
    }

    /// Covers the first cells, from the centre on, that have room for a shape.
    fn put(&mut self, shape: &Shape, search: &mut Search) -> [i32; 2] {
        let cells = shape.cells();
        if cells < search.cells {
            *search = Search { next: 0, cells };
        }
        while let Some(&at) = self.order.get(search.next) {
            if self.is_free(shape, at) {
                self.cover(shape, at);
                return at;
            }
            search.next += 1;
        }
        // The grid has room for all; should it be too narrow for a strange
        // shape, it stands upon others at the edge rather than nowhere.
        [self.half, 0]
    }

    fn is_free(&self, shape: &Shape, at: [i32; 2]) -> bool {
        shape.moved(at).all(|(y, first, last)| {
            self.row(y, first, last).is_some_and(|row| !self.covered[row].contains(&true))
        })
    }

    fn cover(&mut self, shape: &Shape, at: [i32; 2]) {
        for (y, first, last) in shape.moved(at) {
            if let Some(row) = self.row(y, first, last) {
                self.covered[row].fill(true);
            }
        }
    }

    /// A stretch of a row, if it is inside of the grid.
    fn row(&self, y: i32, first: i32, last: i32) -> Option<std::ops::Range<usize>> {
        let inside = |n: i32| (-self.half..=self.half).contains(&n);
        if !(inside(y) && inside(first) && inside(last)) {
            return None;
        }
        let wide = 2 * self.half as usize + 1;
        let start = (y + self.half) as usize * wide;
        Some(start + (first + self.half) as usize..start + (last + self.half) as usize + 1)
    }
}
