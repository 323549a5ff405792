//! Which stories of a map are coloured and named, and in which colour: the same
//! on paper and on a screen.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::analysis::Stories;
use crate::model::EventId;
use crate::picture::labels::Point;
use crate::picture::theme::IN_PICTURES;

/// Stories that are named, at most: more names than this are a list, not a
/// map.
pub(super) const NAMED: usize = 30;

/// If there are more stories than this, only those that are named are coloured:
/// a dot here and there in each of six colours tells nothing.
const COLOURED: usize = 60;

/// Topics in a name on the map.
const TOPICS: usize = 2;

/// The stories of a map that are coloured; the first of them are named.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapStories {
    /// What most holds together on the map first.
    pub all: Vec<MapStory>,
    /// How many stories have events on the map.
    pub count: usize,
    /// The row in `all` of each story, by its place in [`Stories::all`].
    row: Vec<Option<u32>>,
}

/// A story that is coloured.
#[derive(Clone, Debug, PartialEq)]
pub struct MapStory {
    /// Its place in [`Stories::all`].
    pub story: usize,
    /// A name that is short enough for a map.
    pub name: String,
    /// A row of [`COLOURS`](crate::picture::COLOURS).
    pub colour: usize,
    /// Where it is densest.
    pub centre: (f64, f64),
    /// How far half of its events are from there.
    pub reach: f64,
}

impl MapStories {
    /// Chooses stories, and colours such that those near one another differ.
    ///
    /// # Arguments
    /// `places` are the events on the map, each with its place.
    ///
    /// # Complexity
    /// O(n log n), and the square of the events of each coloured story, up to a
    /// thousand.
    pub fn of(
        stories: &Stories<'_>,
        places: impl IntoIterator<Item = (EventId, (f64, f64))>,
    ) -> Self {
        let mut of_story: Vec<Vec<Point>> = vec![Vec::new(); stories.len()];
        let mut mapped = HashSet::new();
        for (event, place) in places {
            mapped.insert(event);
            if let Some(story) = stories.of(event) {
                of_story[story].push(place);
            }
        }
        let mut shown: Vec<usize> =
            (0..of_story.len()).filter(|&n| !of_story[n].is_empty()).collect();
        let count = shown.len();
        // Stable: equal ones stay in the order of all stories.
        shown.sort_by_cached_key(|&n| {
            let weight = stories.weight_among(&stories.all()[n], |event| mapped.contains(&event));
            Reverse((weight.to_bits(), of_story[n].len()))
        });
        if count > COLOURED {
            shown.truncate(NAMED);
        }
        let mut row = vec![None; of_story.len()];
        let mut all: Vec<MapStory> = Vec::new();
        for (at, &n) in (0..).zip(&shown) {
            row[n] = Some(at);
            let (centre, reach) = densest(&of_story[n]);
            let story = &stories.all()[n];
            let topics = &story.topics[..story.topics.len().min(TOPICS)];
            let name = stories.name_of(topics, &story.events);
            let colour = free_colour(&all, centre);
            all.push(MapStory { story: n, name, colour, centre, reach });
        }
        Self { all, count, row }
    }

    /// The row in [`Self::all`] of a story, by its place in [`Stories::all`];
    /// `None` if it is not coloured.
    pub fn row(&self, story: usize) -> Option<u32> {
        self.row.get(story).copied().flatten()
    }

    /// A coloured story, by its place in [`Stories::all`].
    pub(super) fn get(&self, story: Option<usize>) -> Option<&MapStory> {
        self.row(story?).map(|row| &self.all[row as usize])
    }
}

/// That one of some places whose distances to the others have the least
/// median; and that median. O(n²) for at most a thousand of them.
fn densest(places: &[Point]) -> (Point, f64) {
    let some: Vec<Point> =
        places.iter().step_by(places.len().div_ceil(MOST_COMPARED)).copied().collect();
    let median = |&(x, y): &Point| {
        let mut distances: Vec<f64> =
            some.iter().map(|&(a, b)| (a - x) * (a - x) + (b - y) * (b - y)).collect();
        let middle = distances.len() / 2;
        distances.select_nth_unstable_by(middle, f64::total_cmp).1.sqrt()
    };
    let medians = some.iter().map(|at| (*at, median(at)));
    medians.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default()
}

const MOST_COMPARED: usize = 1_000;

/// The colour whose nearest story is farthest away; the first one that no story
/// has.
fn free_colour(named: &[MapStory], at: Point) -> usize {
    let nearest = |colour: usize| {
        let same = named.iter().filter(|story| story.colour == colour);
        same.map(|story| (story.centre.0 - at.0).powi(2) + (story.centre.1 - at.1).powi(2))
            .fold(f64::INFINITY, f64::min)
    };
    let farthest =
        |best: usize, next: usize| if nearest(next) > nearest(best) { next } else { best };
    (0..IN_PICTURES).reduce(farthest).unwrap_or(0)
}
