//! Events along time, with stories (or other groups) as lanes, one above the
//! other, so that few links cross lanes.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::analysis::layout::Layout;
use crate::error::Result;
use crate::graph::{EventGraph, Selection};
use crate::model::EventId;

/// Events in lanes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeLayout {
    /// The lanes, from top to bottom.
    pub lanes: Vec<Lane>,
    /// x is the date, y the row, from 0 downwards.
    pub layout: Layout,
    /// How much x a day is.
    pub per_day: f64,
}

/// A lane: the events of one group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lane {
    /// The number of the group; `None` for events that are in none, whose lane
    /// is the last one.
    pub group: Option<usize>,
    /// The y of its first row, at the top.
    pub top: f64,
    /// How many rows it has.
    pub rows: usize,
}

/// Places the selected events: x by date, y by the lane of their group (by
/// event id, as [`Stories::of`](crate::analysis::Stories::of) tells it).
///
/// Lanes are ordered by [`lane_order`] of the links between their groups. In a
/// lane, an event stands in the first row that has room for it; between two
/// lanes one row is free. Rows are 20 apart, events in a
/// row at least so much, and the whole is about as wide as 4 times the root of
/// the number of events would need. Events without a date stand before all others.
///
/// # Errors
/// If the graph's links are damaged.
///
/// # Complexity
/// That of [`lane_order`], and O(|V| log r + |E|) for r rows in a lane.
pub fn time_layout(
    graph: &EventGraph,
    selection: &Selection,
    group: &dyn Fn(EventId) -> Option<usize>,
) -> Result<TimeLayout> {
    let walk = graph.walk()?;
    let mut groups: Vec<usize> = selection.events(graph).filter_map(group).collect();
    groups.sort_unstable();
    groups.dedup();
    let lane_of = |event: EventId| group(event).and_then(|group| groups.binary_search(&group).ok());
    let mut between = Vec::new();
    for source in selection.events(graph) {
        let targets = walk.targets(source).iter().map(|&target| EventId(target));
        for target in targets.filter(|&target| selection.contains(target)) {
            if let (Some(a), Some(b)) = (lane_of(source), lane_of(target)) {
                between.push((a, b, 1.0));
            }
        }
    }
    let order = lane_order(groups.len(), &between);
    let mut events: Vec<Vec<EventId>> = vec![Vec::new(); groups.len() + 1];
    for event in selection.events(graph) {
        events[lane_of(event).unwrap_or(groups.len())].push(event);
    }
    let scale = Scale::of(graph, selection);
    let mut places = vec![[f64::NAN; 2]; graph.event_count()];
    let mut lanes = Vec::new();
    let mut top = 0.0;
    for lane in order.into_iter().chain([groups.len()]) {
        if events[lane].is_empty() {
            continue;
        }
        let mut rows = RowsOfLane::default();
        // By x: those without a date, which are the last by id, stand first.
        let dated = events[lane].partition_point(|&event| graph.date(event).is_some());
        events[lane].rotate_left(dated);
        for &event in &events[lane] {
            let x = scale.x(graph, event);
            places[event.index()] = [x, top - rows.take(x) as f64 * ROW];
        }
        lanes.push(Lane { group: groups.get(lane).copied(), top, rows: rows.count });
        top -= (rows.count as f64 + 1.0) * ROW;
    }
    Ok(TimeLayout { lanes, layout: Layout::of_places(places), per_day: scale.per_day })
}

/// From one row to the next.
const ROW: f64 = 20.0;

/// From dates to x.
struct Scale {
    first: i32,
    per_day: f64,
}

impl Scale {
    fn of(graph: &EventGraph, selection: &Selection) -> Self {
        let span = graph.span(selection.events(graph));
        let (first, last) = span.map_or((0, 0), |(first, last)| (first.days(), last.days()));
        let wide = 4.0 * ROW * (selection.len() as f64).sqrt();
        Self { first, per_day: wide / (f64::from(last) - f64::from(first)).max(1.0) }
    }

    fn x(&self, graph: &EventGraph, event: EventId) -> f64 {
        let date = graph.date(event);
        date.map_or(-2.0 * ROW, |date| {
            (f64::from(date.days()) - f64::from(self.first)) * self.per_day
        })
    }
}

/// The rows of a lane while its events are put there, from left to right.
#[derive(Default)]
struct RowsOfLane {
    /// Where the last event of each row stands, the first to have room again
    /// in front.
    taken: VecDeque<(f64, usize)>,
    free: BinaryHeap<Reverse<usize>>,
    count: usize,
}

impl RowsOfLane {
    /// The first row that has room at this place.
    fn take(&mut self, x: f64) -> usize {
        while let Some(&(last, row)) = self.taken.front()
            && last + ROW <= x
        {
            self.taken.pop_front();
            self.free.push(Reverse(row));
        }
        let row = self.free.pop().map_or(self.count, |Reverse(row)| row);
        self.count = self.count.max(row + 1);
        self.taken.push_back((x, row));
        row
    }
}

/// An order of lanes in which the links between them pass over few others.
///
/// Looks for the least sum of weight times distance (the minimum linear
/// arrangement, which is NP-hard): lanes are put at the barycentre of those
/// they are linked to, as in Sugiyama, Tagawa and Toda 1981, the best of some
/// rounds is kept, and then each lane in turn is moved to where it is best
/// (sifting, Matuszewski, Schönfeld and Molitor 1999), until no move helps.
///
/// # Arguments
/// `links` are pairs of lanes, below `lanes`, with a weight; a pair may come
/// more than once, in either direction.
///
/// # Returns
/// The lanes from top to bottom. Never worse than 0, 1, 2, …
///
/// # Complexity
/// O(n · m) a round of sifting for n lanes and m pairs that are linked, and few
/// rounds.
///
/// # Example
/// ```
/// use threadline::analysis::lane_order;
///
/// let order = lane_order(3, &[(0, 2, 1.0), (2, 1, 1.0)]);
/// assert!(order == [0, 2, 1] || order == [1, 2, 0]);
/// ```
pub fn lane_order(lanes: usize, links: &[(usize, usize, f64)]) -> Vec<usize> {
    let rows = rows(lanes, links);
    let mut best = Order::of((0..lanes).collect());
    let mut least = best.cost(&rows);
    let mut current = best.clone();
    for _ in 0..BARYCENTRES {
        current = current.by_barycentre(&rows);
        let cost = current.cost(&rows);
        if cost < least {
            (best, least) = (current.clone(), cost);
        }
    }
    for _ in 0..SIFTINGS {
        let gains: f64 = (0..lanes).map(|lane| best.sift(lane, &rows)).sum();
        if gains <= 1e-9 * least {
            break;
        }
    }
    best.lanes
}

/// Rounds, at most.
const BARYCENTRES: usize = 24;
const SIFTINGS: usize = 12;

/// The other lanes that each one is linked to, with the weight.
type Rows = Vec<Vec<(usize, f64)>>;

fn rows(lanes: usize, links: &[(usize, usize, f64)]) -> Rows {
    let mut rows: Rows = vec![Vec::new(); lanes];
    for &(a, b, weight) in links {
        if a != b && a < lanes && b < lanes {
            rows[a].push((b, weight));
            rows[b].push((a, weight));
        }
    }
    for row in &mut rows {
        row.sort_by_key(|&(lane, _)| lane);
        row.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
    }
    rows
}

/// Lanes in an order, and where each stands.
#[derive(Clone)]
struct Order {
    lanes: Vec<usize>,
    at: Vec<usize>,
}

impl Order {
    fn of(lanes: Vec<usize>) -> Self {
        let mut at = vec![0; lanes.len()];
        for (place, &lane) in lanes.iter().enumerate() {
            at[lane] = place;
        }
        Self { lanes, at }
    }

    fn cost(&self, rows: &Rows) -> f64 {
        let of_lane = |(lane, row): (usize, &Vec<(usize, f64)>)| -> f64 {
            row.iter().map(|&(other, w)| w * self.at[lane].abs_diff(self.at[other]) as f64).sum()
        };
        rows.iter().enumerate().map(of_lane).sum::<f64>() / 2.0
    }

    fn by_barycentre(&self, rows: &Rows) -> Self {
        let barycentre = |lane: usize| {
            let own = self.at[lane] as f64;
            let (mut sum, mut total) = (0.0, 0.0);
            for &(other, weight) in &rows[lane] {
                sum += weight * self.at[other] as f64;
                total += weight;
            }
            // Half its own place, or lanes at two ends would swap for ever.
            if total > 0.0 { (sum / total + own) / 2.0 } else { own }
        };
        let keys: Vec<f64> = (0..self.at.len()).map(barycentre).collect();
        let mut lanes = self.lanes.clone();
        lanes.sort_by(|&a, &b| keys[a].total_cmp(&keys[b]));
        Self::of(lanes)
    }

    /// Moves a lane past all the others and leaves it where the cost is least;
    /// says how much that gains.
    fn sift(&mut self, lane: usize, rows: &Rows) -> f64 {
        let (start, last) = (self.at[lane], self.lanes.len() - 1);
        let (mut cost, mut least, mut best) = (0.0, 0.0, start);
        // To the nearer end first, from there to the other.
        let ends = if start * 2 < last { [0, last] } else { [last, 0] };
        for end in ends {
            while self.at[lane] != end {
                cost += self.step(lane, end, rows);
                if cost < least {
                    (least, best) = (cost, self.at[lane]);
                }
            }
        }
        while self.at[lane] != best {
            self.step(lane, best, rows);
        }
        -least
    }

    /// Swaps a lane with its neighbour on the way to a place; says what that
    /// costs.
    fn step(&mut self, lane: usize, to: usize, rows: &Rows) -> f64 {
        let from = self.at[lane];
        let next = if to > from { from + 1 } else { from - 1 };
        let other = self.lanes[next];
        let (upper, lower) = if from < next { (lane, other) } else { (other, lane) };
        // The upper one goes down: nearer to those below both, farther from
        // those above both; the lower one the other way round.
        let border = from.min(next);
        let above = |lane: usize, but: usize| -> f64 {
            let rest = rows[lane].iter().filter(|(other, _)| *other != but);
            rest.map(|&(other, w)| if self.at[other] < border { w } else { -w }).sum()
        };
        let cost = above(upper, lower) - above(lower, upper);
        self.lanes.swap(from, next);
        (self.at[lane], self.at[other]) = (next, from);
        cost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::random::Random;

    fn random_links(lanes: usize, links: usize, seed: u64) -> Vec<(usize, usize, f64)> {
        let mut random = Random::new(seed, 0);
        let mut draw = |end| random.below(end);
        (0..links).map(|_| (draw(lanes), draw(lanes), 1.0 + draw(3) as f64)).collect()
    }

    fn cost(order: &[usize], links: &[(usize, usize, f64)]) -> f64 {
        let at = |lane: usize| {
            order.iter().position(|&other| other == lane).expect("an order of all lanes") as f64
        };
        links.iter().map(|&(a, b, weight)| weight * (at(a) - at(b)).abs()).sum()
    }

    fn least(lanes: &mut Vec<usize>, from: usize, links: &[(usize, usize, f64)]) -> f64 {
        if from == lanes.len() {
            return cost(lanes, links);
        }
        let mut best = f64::INFINITY;
        for n in from..lanes.len() {
            lanes.swap(from, n);
            best = best.min(least(lanes, from + 1, links));
            lanes.swap(from, n);
        }
        best
    }

    /// Against all orders of few lanes: mostly the best one, never much worse.
    #[test]
    fn few_lanes_are_in_the_best_order() {
        let mut best = 0;
        for seed in 0..30 {
            let links = random_links(6, 9, seed);
            let found = cost(&lane_order(6, &links), &links);
            let least = least(&mut (0..6).collect(), 0, &links);
            assert!(found <= least * 1.2, "seed {seed}: {found}, best {least}");
            best += usize::from(found <= least);
        }
        assert!(best >= 24, "the best order in only {best} of 30 cases");
    }

    #[test]
    fn an_order_is_a_permutation_and_not_worse_than_none() {
        for (lanes, links) in [(0, 0), (1, 3), (2, 0), (40, 60), (40, 400)] {
            let links = if lanes > 0 { random_links(lanes, links, 5) } else { Vec::new() };
            let order = lane_order(lanes, &links);
            let naive: Vec<usize> = (0..lanes).collect();
            assert!(cost(&order, &links) <= cost(&naive, &links));
            let mut sorted = order;
            sorted.sort_unstable();
            assert_eq!(sorted, naive);
        }
    }
}
