//! Stories: events that belong together in matter and in time.
//!
//! A community of the links alone is a subject, which may last for decades: an
//! editor's related list ties by subject. A story needs time. So stories are
//! the communities of a graph derived from the links, the topics and the
//! dates; `docs/analysis.md` has the definition and what it was measured on.

mod graph;
mod names;
mod telling;

use std::cmp::Reverse;
use std::collections::HashMap;

use rayon::prelude::*;

use crate::analysis::communities::{LeidenOptions, Quality, leiden, stability};
use crate::analysis::options::positive;
use crate::analysis::partition::Partition;
use crate::analysis::rows::{Row, RowLabel};
use crate::analysis::strength::Strengths;
use crate::analysis::ties::Ties;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Selection};
use crate::model::{Date, EventId, TopicId, plain_name};

use names::covering_topics;

pub use graph::story_graph;
pub use names::naming_topics;
pub use telling::{LooseTie, RelatedStory, StoryHeat, StoryTold, SubStory};

/// How to find stories.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StoryOptions {
    /// Days after which a tie between two events has lost all but 1/e of its
    /// weight.
    pub scale: f64,
    /// How fine stories are: at 2, ties have to be twice as strong to hold one
    /// together as at 1; at 0.5, half as strong.
    pub level: f64,
    /// Communities of fewer events are no stories.
    pub min_size: usize,
    /// For the random choices of the Leiden algorithm.
    pub seed: u64,
}

impl Default for StoryOptions {
    fn default() -> Self {
        Self { scale: 60.0, level: 1.0, min_size: 4, seed: LeidenOptions::default().seed }
    }
}

/// The weight, as a part of the heaviest, of a tie that just does not pay
/// between two events that are tied as much as events are on average.
const THRESHOLD: f64 = 0.00625;

/// How much finer sub-stories are than stories, and sagas coarser.
const FINER: f64 = 4.0;
const COARSER: f64 = 0.125;

/// A sub-story has at least so many events.
const LEAST_SUB_STORY: usize = 3;

/// The stories of a graph.
#[derive(Clone, Debug)]
pub struct Stories<'g> {
    strengths: Strengths<'g>,
    ties: Ties,
    options: StoryOptions,
    communities: Partition,
    stories: Vec<Story>,
    /// The place of each event's story.
    place: Vec<Option<u32>>,
    sagas: Vec<Saga>,
}

/// Events that belong together in matter and in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Its events, in order of (date, key).
    pub events: Vec<EventId>,
    /// What holds it together: the sum of the weights of all ties of the story
    /// graph between its events.
    pub weight: f64,
    /// What sets it apart from the other stories: at most three topics, the
    /// most distinctive first.
    pub topics: Vec<TopicId>,
    /// Whether other stories are set apart by the same topics.
    pub has_namesakes: bool,
    /// The first and the last day.
    pub span: Option<(Date, Date)>,
    /// The place among the sagas of the one that it is a part of.
    pub saga: Option<usize>,
}

/// Stories that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saga {
    /// Their places among the stories, ascending; at least two.
    pub stories: Vec<usize>,
    /// What most of it is about, and other sagas are less: at most three.
    pub topics: Vec<TopicId>,
    /// How many events its stories have.
    pub size: usize,
    /// The first and the last day.
    pub span: Option<(Date, Date)>,
}

/// Finds the stories of a graph.
///
/// They are the communities (Leiden, [tempered](Quality::Tempered) modularity)
/// of the story graph, at the resolution
/// γ = level · max(1, 0.00625 · n² · w / W) for n events with ties, of
/// which the heaviest weighs w and all together W (each counted at both ends):
/// so the weight that a tie must have to hold two average events together does
/// not depend on how large the archive is. Sagas are communities at an eighth
/// of the level: a story belongs to that one which has most of its events.
///
/// # Returns
/// Stories by falling weight, sagas by that of their stories, equal ones by the
/// earliest event. So what comes first is large and firm: where little
/// happened, the communities with most events are loose ones.
///
/// # Errors
/// If a number among the options is not above 0, or if the graph's links are
/// damaged.
///
/// # Complexity
/// That of the story graph, O(|E| + n log n) for n pairs of an event and a
/// topic, and of the Leiden algorithm over it.
///
/// # Example
/// ```
/// # fn main() -> Result<(), threadline::Error> {
/// use threadline::analysis::{StoryOptions, stories};
///
/// let graph = threadline::EventGraph::empty();
/// assert!(stories(&graph, StoryOptions::default())?.is_empty());
/// # Ok(())
/// # }
/// ```
pub fn stories(graph: &EventGraph, options: StoryOptions) -> Result<Stories<'_>> {
    positive("the time scale", options.scale)?;
    positive("the level", options.level)?;
    let strengths = graph.strengths()?;
    let ties = story_graph(&strengths, options.scale);
    let (fine, coarse) =
        rayon::join(|| level(&ties, graph, options, 1.0), || level(&ties, graph, options, COARSER));
    let (fine, coarse) = (fine?, coarse?);
    let groups = fine.groups(fine.count_of_size(options.min_size));
    let (groups, weights) = by_weight(groups, &ties);
    let topics = naming_topics(graph, &groups);
    let mut bearers: HashMap<Vec<TopicId>, usize> = HashMap::new();
    topics.iter().for_each(|topics| *bearers.entry(topics.clone()).or_default() += 1);
    let mut place = vec![None; graph.event_count()];
    let mut stories = Vec::with_capacity(groups.len());
    for (((n, events), weight), topics) in (0_u32..).zip(groups).zip(weights).zip(topics) {
        events.iter().for_each(|event| place[event.index()] = Some(n));
        let span = graph.span(events.iter().copied());
        let has_namesakes = !topics.is_empty() && bearers[&topics] > 1;
        stories.push(Story { events, weight, topics, has_namesakes, span, saga: None });
    }
    let sagas = sagas(graph, &coarse, &mut stories);
    Ok(Stories { strengths, ties, options, communities: fine, stories, place, sagas })
}

/// The heaviest group first, equal ones by their earliest event, with the
/// weight of each.
fn by_weight(groups: Vec<Vec<EventId>>, ties: &Ties) -> (Vec<Vec<EventId>>, Vec<f64>) {
    let weigh = |events: Vec<EventId>| (ties.weight_among(&events), events);
    let mut weighed: Vec<(f64, Vec<EventId>)> = groups.into_par_iter().map(weigh).collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.first().cmp(&b.1.first())));
    weighed.into_iter().map(|(weight, events)| (events, weight)).unzip()
}

/// The communities of the story graph at so many times the level asked for.
fn level(ties: &Ties, graph: &EventGraph, options: StoryOptions, times: f64) -> Result<Partition> {
    let options = leiden_options(ties, graph, options, times);
    Ok(leiden(ties, &Selection::all(graph), options)?.partition)
}

fn leiden_options(
    ties: &Ties,
    graph: &EventGraph,
    options: StoryOptions,
    times: f64,
) -> LeidenOptions {
    LeidenOptions {
        quality: Quality::Tempered,
        resolution: resolution(ties, graph, options.level * times),
        seed: options.seed,
        ..LeidenOptions::default()
    }
}

/// γ, see [`stories`].
fn resolution(ties: &Ties, graph: &EventGraph, level: f64) -> f64 {
    let tied = graph.events().filter(|&event| ties.of(event).len() > 0).count() as f64;
    let total = 2.0 * ties.weight();
    if total <= 0.0 {
        return 1.0;
    }
    let scale_free = THRESHOLD * tied * tied * f64::from(ties.heaviest()) / total;
    // Finer than any archive could use, so that no level is infinite.
    (level * scale_free.max(1.0)).clamp(1e-12, 1e12)
}

/// Puts each story into the coarse community that has most of its events.
fn sagas(graph: &EventGraph, coarse: &Partition, stories: &mut [Story]) -> Vec<Saga> {
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); coarse.len()];
    for (n, story) in stories.iter().enumerate() {
        let mut homes: Vec<usize> = story.events.iter().filter_map(|&e| coarse.of(e)).collect();
        homes.sort_unstable();
        let most = homes.chunk_by(|a, b| a == b).max_by_key(|same| {
            // Of communities with equally many, the larger one.
            (same.len(), Reverse(same[0]))
        });
        if let Some(home) = most {
            parts[home[0]].push(n);
        }
    }
    parts.retain(|part| part.len() > 1);
    let events = |part: &Vec<usize>| -> Vec<EventId> {
        let mut all: Vec<EventId> =
            part.iter().flat_map(|&n| stories[n].events.iter().copied()).collect();
        all.sort_unstable();
        all
    };
    let weight = |part: &Vec<usize>| -> f64 { part.iter().map(|&n| stories[n].weight).sum() };
    parts.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cmp(b)));
    let groups: Vec<Vec<EventId>> = parts.iter().map(events).collect();
    let topics = covering_topics(graph, &groups);
    for (saga, part) in parts.iter().enumerate() {
        part.iter().for_each(|&n| stories[n].saga = Some(saga));
    }
    let told = parts.into_iter().zip(topics).zip(groups);
    told.map(|((stories, topics), events)| Saga {
        stories,
        topics,
        size: events.len(),
        span: graph.span(events),
    })
    .collect()
}

impl<'g> Stories<'g> {
    /// How many stories there are.
    pub fn len(&self) -> usize {
        self.stories.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.stories.is_empty()
    }

    /// The stories. People call the one at place 0 story 1.
    pub fn all(&self) -> &[Story] {
        &self.stories
    }

    /// Stories of stories. People call the one at place 0 saga 1.
    pub fn sagas(&self) -> &[Saga] {
        &self.sagas
    }

    /// The place in [`Stories::all`] of the story that an event is in.
    pub fn of(&self, event: EventId) -> Option<usize> {
        self.place.get(event.index()).copied().flatten().map(|n| n as usize)
    }

    /// The place in [`Stories::all`] of the story that people call by this
    /// number, from 1.
    ///
    /// # Errors
    /// If there is none; the error says which there are.
    pub fn place_of(&self, number: usize) -> Result<usize> {
        let place = number.checked_sub(1).filter(|&place| place < self.len());
        place.ok_or_else(|| self.no_story(number))
    }

    /// There is no story that people could call by this number.
    fn no_story(&self, number: usize) -> Error {
        let message = match self.len() {
            0 => "this archive has no stories: no events that follow one another in time and \
                      share links or topics"
                .to_owned(),
            1 => format!("there is one story, 1, and no {number}"),
            all => format!("there are stories 1 to {all}, and no {number}"),
        };
        Error::new(ErrorKind::NotFound, message)
    }

    /// How often each event stays with its story when chance falls otherwise:
    /// the share of so many runs with other seeds, by id; see
    /// [`stability`](crate::analysis::stability).
    ///
    /// # Errors
    /// If there are no runs.
    pub fn stability(&self, runs: u32) -> Result<Vec<Option<f64>>> {
        let graph = self.graph();
        let options = leiden_options(&self.ties, graph, self.options, 1.0);
        stability(&self.ties, &Selection::all(graph), options, &self.communities, runs)
    }

    /// A row for each story that has selected events: what most holds together
    /// among them first, then those with more of them.
    pub fn rows(&self, selection: &Selection) -> Vec<Row> {
        let row = |(place, story): (usize, &Story)| {
            let selected = story.events.iter().filter(|&&event| selection.contains(event));
            let events: Vec<EventId> = selected.copied().collect();
            let label = RowLabel::Story(place, self.name(story));
            (!events.is_empty()).then_some(Row { label, events })
        };
        let mut rows: Vec<Row> = self.stories.iter().enumerate().filter_map(row).collect();
        // Stable: equal ones stay in their order.
        rows.sort_by_cached_key(|row| {
            let weight = self.ties.weight_among(&row.events);
            Reverse((weight.to_bits(), row.events.len()))
        });
        rows
    }

    /// What holds a story together among some of its events: the sum of the
    /// weights of the ties between them. It is at least +0, so its bits are in
    /// its order.
    pub fn weight_among(&self, story: &Story, wanted: impl Fn(EventId) -> bool) -> f64 {
        let events = story.events.iter().copied().filter(|&event| wanted(event));
        self.ties.weight_among(&events.collect::<Vec<_>>())
    }

    /// Events in no story.
    pub fn alone(&self) -> impl Iterator<Item = EventId> + '_ {
        (0..).zip(&self.place).filter(|(_, story)| story.is_none()).map(|(id, _)| EventId(id))
    }

    /// The graph that the stories were found in.
    pub fn graph(&self) -> &'g EventGraph {
        self.strengths.walk().graph()
    }

    /// The ties that the stories were found in.
    pub fn ties(&self) -> &Ties {
        &self.ties
    }

    /// What a story is called: its distinctive topics, or where it has none
    /// the title of its first event; the years, too, if others are called the same:
    /// `Floods (2010–2011)`.
    pub fn name(&self, story: &Story) -> String {
        let name = self.name_of(&story.topics, &story.events);
        let Some((first, last)) = story.span.filter(|_| story.has_namesakes) else { return name };
        match (first.ymd().0, last.ymd().0) {
            (from, until) if from == until => format!("{name} ({from})"),
            (from, until) => format!("{name} ({from}–{until})"),
        }
    }

    /// What a saga is called.
    pub fn saga_name(&self, saga: &Saga) -> String {
        let first = saga.stories.first().and_then(|&n| self.stories.get(n));
        self.name_of(&saga.topics, first.map_or(&[], |story| &story.events))
    }

    /// What a group of events with these distinctive topics is called.
    pub fn name_of(&self, topics: &[TopicId], events: &[EventId]) -> String {
        let graph = self.graph();
        if topics.is_empty() {
            let title = events.first().map(|&event| graph.title(event));
            return title.unwrap_or_default().to_owned();
        }
        let names = topics.iter().map(|&topic| plain_name(graph.topic_name(topic)).into_owned());
        names.collect::<Vec<_>>().join(", ")
    }
}
