//! Where to draw each event: near those that it is tied to.
//!
//! `docs/analysis.md` says what the places mean and what they do not.

mod force;
mod lanes;
mod pack;
mod start;
mod tree;

pub use lanes::{Lane, TimeLayout, lane_order, time_layout};

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::analysis::adjacency::Adjacency;
use crate::analysis::communities::{LeidenOptions, leiden};
use crate::analysis::components::components;
use crate::analysis::layout::force::{Forces, settle};
use crate::analysis::layout::pack::{Part, pack};
use crate::analysis::layout::tree::{Vector, bounds};
use crate::analysis::options::positive;
use crate::analysis::partition::Partition;
use crate::analysis::stories::{StoryOptions, story_graph};
use crate::analysis::strength::{Strengths, Weight};
use crate::analysis::ties::Ties;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Selection};
use crate::model::EventId;

/// Places by the events' keys: how those of one graph are handed to another.
/// x grows to the right, y upwards.
pub type Places = BTreeMap<String, [f64; 2]>;

/// How events are placed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayoutOptions<'p> {
    /// What links weigh: the heavier, the nearer are their ends.
    pub weight: Weight,
    /// With it, events of one story are near each other even if they are not
    /// linked: the ties of the [`story_graph`], which fade to 1/e in so many
    /// days, pull beside the links, whose strength is squared as there and fades
    /// to no less than a tenth.
    pub story_scale: Option<f64>,
    /// Links pull with the logarithm of their length (Noack 2007): groups
    /// stand farther apart and are denser.
    pub lin_log: bool,
    /// A group of events counts as one where its side is below this times its
    /// distance; 0 for never, which takes O(|V|²).
    pub theta: f64,
    /// Steps that each component moves at most; by default fewer, the more
    /// events it has.
    pub steps: Option<usize>,
    /// For the random choices of the start.
    pub seed: u64,
    /// Events with these keys stand where this says; only others are placed.
    pub from: Option<&'p Places>,
}

/// The theta of Gephi.
impl Default for LayoutOptions<'_> {
    fn default() -> Self {
        let seed = LeidenOptions::default().seed;
        let story_scale = Some(StoryOptions::default().scale);
        Self {
            weight: Weight::Strength,
            story_scale,
            lin_log: false,
            theta: 1.2,
            steps: None,
            seed,
            from: None,
        }
    }
}

/// A place for each selected event: x grows to the right, y upwards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// By id; not finite outside of the selection.
    places: Vec<Vector>,
}

/// The place of an event that has none.
const NOWHERE: Vector = [f64::NAN; 2];

impl Layout {
    /// The place of an event; `None` outside of the selection.
    pub fn of(&self, event: EventId) -> Option<[f64; 2]> {
        self.places.get(event.index()).copied().filter(|[x, _]| x.is_finite())
    }

    /// The events that have a place, ascending.
    pub fn all(&self) -> impl Iterator<Item = (EventId, [f64; 2])> + '_ {
        let placed =
            |(id, place): (u32, &Vector)| place[0].is_finite().then_some((EventId(id), *place));
        (0..).zip(&self.places).filter_map(placed)
    }

    /// The lower left and the upper right corner of the box around all events;
    /// `None` if there are none.
    pub fn bounds(&self) -> Option<([f64; 2], [f64; 2])> {
        let places: Vec<Vector> = self.all().map(|(_, place)| place).collect();
        (!places.is_empty()).then(|| bounds(&places))
    }

    /// The places by the events' keys, for [`LayoutOptions::from`].
    pub fn by_key(&self, graph: &EventGraph) -> Places {
        self.all().map(|(event, place)| (graph.key(event).to_owned(), place)).collect()
    }

    /// From a place for each event, by id; places that are not finite are
    /// none.
    pub(super) fn of_places(places: Vec<Vector>) -> Self {
        let whole = |[x, y]: Vector| if x.is_finite() && y.is_finite() { [x, y] } else { NOWHERE };
        Self { places: places.into_iter().map(whole).collect() }
    }
}

/// Places the selected events so that linked ones are near one another:
/// ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian 2014), with the
/// repulsion of Barnes and Hut (1986).
///
/// Every component is placed by itself. It starts from its communities, placed
/// by the same forces as if each were one event, with their events around
/// them, and moves until it rests or the steps are used up (see
/// [`LayoutOptions::steps`]). Then it is turned so that it is widest from left
/// to right and its later events are rather at the right. The components are
/// put side by side, the largest in the middle, and around them the events
/// without links, in order of date: none flies away.
///
/// With old places (`from`), the events that have one stay exactly there, new
/// events begin at the mean of their neighbours and move until they rest, and
/// components without any old event are put beside the rest. So two pictures of
/// a growing archive can be compared; after much has been added, a layout from
/// nothing is the better one.
///
/// Coordinates have no unit: two events that are linked only to each other are
/// about 20 apart.
///
/// # Errors
/// If theta is not a number from 0 to 2, if the time scale is not above 0, or if the graph's links are damaged.
///
/// # Complexity
/// O(|V| log |V| + |E|) a step, in parallel, with the same result on any number
/// of threads; space O(|V| + |E|).
///
/// # Example
/// ```
/// # fn main() -> Result<(), threadline::Error> {
/// use threadline::analysis::{LayoutOptions, layout};
/// use threadline::graph::Selection;
///
/// let graph = threadline::EventGraph::empty();
/// let places = layout(&graph, &Selection::all(&graph), LayoutOptions::default())?;
/// assert_eq!(places.bounds(), None);
/// # Ok(())
/// # }
/// ```
pub fn layout(
    graph: &EventGraph,
    selection: &Selection,
    options: LayoutOptions<'_>,
) -> Result<Layout> {
    if !(0.0..=2.0).contains(&options.theta) {
        let message = format!("theta is {}; it has to be from 0 to 2", options.theta);
        return Err(Error::new(ErrorKind::Input, message));
    }
    let strengths = graph.strengths()?;
    let mut ties = Ties::of_links(&strengths, selection, options.weight);
    if let Some(scale) = options.story_scale {
        ties = with_stories(&ties, &strengths, selection, positive("the time scale", scale)?);
    }
    let by_seed = LeidenOptions { seed: options.seed, ..LeidenOptions::default() };
    let work = Work {
        communities: leiden(&ties, selection, by_seed)?.partition,
        pull: if ties.is_empty() { 1.0 } else { ties.len() as f64 / ties.weight() },
        ties,
        known: known(graph, options.from),
        options,
    };
    let parts = components(graph, selection)?;
    let parts = parts.groups(parts.len());
    let placed: Vec<Part> = parts.par_iter().map(|events| work.place(events)).collect();
    let mut places = vec![NOWHERE; graph.event_count()];
    for (events, offsets) in parts.iter().zip(pack(placed)) {
        for (event, place) in events.iter().zip(offsets) {
            places[event.index()] = place;
        }
    }
    Ok(Layout::of_places(places))
}

/// Links, and the ties of the story graph; of two between the same events the
/// heavier.
fn with_stories(
    links: &Ties,
    strengths: &Strengths<'_>,
    selection: &Selection,
    scale: f64,
) -> Ties {
    let stories = story_graph(strengths, scale);
    Ties::collect(links.event_count(), |id, row| {
        let event = EventId(id);
        if selection.contains(event) {
            row.extend(links.of(event).map(|(other, weight)| (other.0, LINK * weight * weight)));
            let inside = stories.of(event).filter(|(other, _)| selection.contains(*other));
            row.extend(inside.map(|(other, weight)| (other.0, weight)));
        }
    })
}

/// What is left of a link, however far apart in time its ends are: all of the
/// archive has to hold together.
const LINK: f32 = 0.1;

/// Farther away from the centre than this an old place is none: sums of
/// squares have to be finite.
const FARTHEST: f64 = 1e9;

/// The old place of each event; empty if there are none at all.
fn known(graph: &EventGraph, from: Option<&Places>) -> Vec<Option<Vector>> {
    let Some(from) = from else {
        return Vec::new();
    };
    let sound = |place: &&Vector| place.iter().all(|at| at.abs() <= FARTHEST);
    graph.events().map(|event| from.get(graph.key(event)).filter(sound).copied()).collect()
}

/// What every component is placed with.
struct Work<'o> {
    ties: Ties,
    communities: Partition,
    /// So that ties weigh 1 on average.
    pull: f64,
    known: Vec<Option<Vector>>,
    options: LayoutOptions<'o>,
}

impl Work<'_> {
    /// The places of the events of one component.
    fn place(&self, events: &[EventId]) -> Part {
        let known = |event: &EventId| self.known.get(event.index()).copied().flatten();
        let known: Vec<Option<Vector>> = events.iter().map(known).collect();
        let fixed: Vec<bool> = known.iter().map(Option::is_some).collect();
        let is_fixed = fixed.contains(&true);
        if let &[_] = events {
            return Part { places: vec![known[0].unwrap_or_default()], is_fixed };
        }
        let ties = Adjacency::of_ties(&self.ties, events.to_vec());
        let masses: Vec<f64> = (0..events.len()).map(|n| 1.0 + ties.row(n).len() as f64).collect();
        let forces = Forces {
            pull: self.pull,
            gravity: if is_fixed { 0.0 } else { GRAVITY },
            lin_log: self.options.lin_log,
            theta: self.options.theta,
            steps: self.options.steps.unwrap_or_else(|| steps(events.len())),
        };
        let mut places = if is_fixed {
            start::near_neighbours(&ties, &known, self.options.seed)
        } else {
            start::by_communities(&ties, &masses, &self.communities, &forces, self.options.seed)
        };
        if fixed.contains(&false) {
            settle(&mut places, &ties, &masses, &fixed, &forces);
        }
        if !is_fixed {
            turn(&mut places);
        }
        Part { places, is_fixed }
    }
}

/// The pull to the centre: so strong that it keeps arms short, and weak beside
/// the pull of the ties, which grows with distance alike.
const GRAVITY: f64 = 0.05;

/// How many steps a component moves at most: the more events, the fewer, since
/// the communities are then what is seen, and they have found their places at
/// the start.
fn steps(events: usize) -> usize {
    match events {
        0..=1_000 => 1_000,
        1_001..=10_000 => 500,
        10_001..=100_000 => 250,
        _ => 125,
    }
}

/// Turns places around their centre, so that they are spread most from left to
/// right, and rise from left to right with their numbers rather than fall.
fn turn(places: &mut [Vector]) {
    let count = places.len() as f64;
    let mean = places.iter().fold([0.0; 2], |sum, at| [sum[0] + at[0], sum[1] + at[1]]);
    let mean = [mean[0] / count, mean[1] / count];
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for place in places.iter_mut() {
        let [x, y] = [place[0] - mean[0], place[1] - mean[1]];
        *place = [x, y];
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    // The eigenvector of the larger eigenvalue of the covariance.
    let half = (xx - yy) / 2.0;
    let root = (half * half + xy * xy).sqrt();
    let (mut x, mut y) = if half >= 0.0 { (half + root, xy) } else { (xy, root - half) };
    let length = (x * x + y * y).sqrt();
    if length > 0.0 {
        (x, y) = (x / length, y / length);
    } else {
        (x, y) = (1.0, 0.0);
    }
    let along = |place: Vector| place[0] * x + place[1] * y;
    let middle = (count - 1.0) / 2.0;
    let rise: f64 = places.iter().enumerate().map(|(n, &at)| (n as f64 - middle) * along(at)).sum();
    let sign = if rise < 0.0 { -1.0 } else { 1.0 };
    for place in places {
        *place = [sign * along(*place), sign * (place[1] * x - place[0] * y)];
    }
}
