//! Names on a map: none upon another, none outside, few dots covered.

use crate::picture::text::{Type, width};

/// A point of a drawing, in pixels from its upper left corner.
pub(super) type Point = (f64, f64);

/// A name that is to be placed.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) lines: Vec<String>,
    pub(super) of: Type,
    /// What it names is around here …
    pub(super) at: Point,
    /// … and reaches about so far.
    pub(super) reach: f64,
}

/// The room before a name for a mark in the colour of what it names.
pub(super) const MARK: f64 = 14.0;

/// A rectangle: left, top, right, bottom.
type Area = [f64; 4];

/// Free space around a name.
const GAP: f64 = 5.0;

/// Places names one after the other, the most important first: at that one of
/// some points around what it names where it covers the fewest dots and is
/// nearest. A name for which there is no room is left out.
///
/// Greedy, since to place the most names is NP-hard (Formann and Wagner 1991);
/// the first ones are those that matter.
///
/// # Returns
/// The middle of each name with the [mark](MARK) before it, in the order of the labels.
///
/// # Complexity
/// O(l · (l + d)) for l labels and the d dots in a label's reach.
pub(super) fn place(labels: &[Label], dots: &[Point], room: Point) -> Vec<Option<Point>> {
    let dots = Dots::of(dots, room);
    let mut taken: Vec<Area> = Vec::new();
    let mut put = |label: &Label| {
        let best = candidates(label)
            .filter(|&at| {
                let area = area(label, at);
                let inside =
                    area[0] >= 0.0 && area[1] >= 0.0 && area[2] <= room.0 && area[3] <= room.1;
                inside && !taken.iter().any(|&other| meet(area, other))
            })
            .map(|at| {
                let away = ((at.0 - label.at.0).powi(2) + (at.1 - label.at.1).powi(2)).sqrt();
                let covered = dots.inside(grown(area(label, at), DOT)) as f64;
                ((FIRST_DOT * covered.sqrt()).max(EACH_DOT * covered) + away, at)
            })
            .min_by(|a, b| a.0.total_cmp(&b.0))?
            .1;
        taken.push(area(label, best));
        Some(best)
    };
    labels.iter().map(&mut put).collect()
}

/// To cover one dot is as bad as to be so many pixels further away, to cover
/// four twice as bad …
const FIRST_DOT: f64 = 60.0;

/// … and to cover many, so many pixels for each.
const EACH_DOT: f64 = 24.0;

/// About the radius of a dot: one that is half covered is covered.
const DOT: f64 = 6.0;

/// Points to try: the place itself, and rings around it, somewhat beyond what
/// is named.
fn candidates(label: &Label) -> impl Iterator<Item = Point> + use<> {
    const ANGLES: usize = 16;
    const RINGS: usize = 8;
    let ((x, y), reach) = (label.at, label.reach + 2.0 * label.of.leading());
    let ring = move |n: usize| {
        let (ring, angle) = (1 + n / ANGLES, n % ANGLES);
        let radius = reach * ring as f64 / RINGS as f64;
        let turn = std::f64::consts::TAU * angle as f64 / ANGLES as f64;
        let (sin, cos) = libm::sincos(turn);
        // Names are wide: they need more room at the sides.
        (x + 1.5 * radius * cos, y + radius * sin)
    };
    std::iter::once((x, y)).chain((0..ANGLES * RINGS).map(ring))
}

/// What a label covers if its middle is here.
fn area(label: &Label, (x, y): Point) -> Area {
    let wide = label.lines.iter().map(|line| width(line, label.of)).fold(0.0, f64::max);
    let high = label.lines.len() as f64 * label.of.leading();
    let (half, rise) = ((wide + MARK) / 2.0 + GAP, high / 2.0 + GAP / 2.0);
    [x - half, y - rise, x + half, y + rise]
}

fn grown([left, top, right, bottom]: Area, by: f64) -> Area {
    [left - by, top - by, right + by, bottom + by]
}

fn meet(a: Area, b: Area) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Dots by square, to count those in an area.
struct Dots {
    wide: usize,
    squares: Vec<Vec<Point>>,
}

const SQUARE: f64 = 32.0;

impl Dots {
    fn of(dots: &[Point], room: Point) -> Self {
        let wide = (room.0 / SQUARE) as usize + 1;
        let high = (room.1 / SQUARE) as usize + 1;
        let mut squares = vec![Vec::new(); wide * high];
        for &(x, y) in dots {
            // `as` takes what is below 0 for 0.
            let at = ((y / SQUARE) as usize).min(high - 1) * wide
                + ((x / SQUARE) as usize).min(wide - 1);
            squares[at].push((x, y));
        }
        Self { wide, squares }
    }

    fn inside(&self, [left, top, right, bottom]: Area) -> usize {
        let columns = (left / SQUARE) as usize..=((right / SQUARE) as usize).min(self.wide - 1);
        let rows = (top / SQUARE) as usize..=(bottom / SQUARE) as usize;
        let within = |&(x, y): &Point| x >= left && x <= right && y >= top && y <= bottom;
        rows.flat_map(|row| columns.clone().map(move |column| row * self.wide + column))
            .filter_map(|at| self.squares.get(at))
            .map(|dots| dots.iter().filter(|dot| within(dot)).count())
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;

    fn label(text: &str, at: Point) -> Label {
        Label { lines: vec![text.to_owned()], of: Type::Note, at, reach: 60.0 }
    }

    #[test]
    fn no_name_upon_another_and_none_outside() {
        let room = (400.0, 300.0);
        let labels: Vec<Label> =
            (0..40).map(|n| label("Some story", (f64::from(n % 5) * 100.0, 150.0))).collect();
        let found = place(&labels, &[], room);
        let areas: Vec<Area> =
            labels.iter().zip(&found).filter_map(|(l, at)| Some(area(l, (*at)?))).collect();
        assert!(areas.len() > 15, "only {} of 40 have room", areas.len());
        for (n, &a) in areas.iter().enumerate() {
            assert!(a[0] >= 0.0 && a[1] >= 0.0 && a[2] <= room.0 && a[3] <= room.1, "{a:?}");
            assert!(areas[..n].iter().all(|&b| !meet(a, b)), "{a:?}");
        }
    }

    #[test]
    fn a_name_stands_beside_dots() {
        let dots: Vec<Point> = (0..200)
            .map(|n| (180.0 + f64::from(n % 20) * 2.0, 140.0 + f64::from(n / 20) * 2.0))
            .collect();
        let label = label("A story", (200.0, 150.0));
        let at = place(from_ref(&label), &dots, (400.0, 300.0))[0].expect("room enough");
        assert_eq!(Dots::of(&dots, (400.0, 300.0)).inside(area(&label, at)), 0);
        // Without them, at the place itself.
        assert_eq!(place(from_ref(&label), &[], (400.0, 300.0)), [Some(label.at)]);
    }
}
