//! Which stories does an archive tell?

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::analysis::{self, Stories, Story, StoryHeat, StoryOptions};
use crate::answers::select::{Select, span_text};
use crate::error::Result;
use crate::graph::EventGraph;
use crate::model::{Date, EventId};

/// How stories are found: the same wherever stories are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StoryFinding {
    /// Days after which a tie between two events has faded (to 1/e).
    pub scale: f64,
    /// How fine stories are.
    pub level: f64,
    /// Events that a story has at least.
    pub min_size: usize,
}

impl Default for StoryFinding {
    fn default() -> Self {
        let StoryOptions { scale, level, min_size, .. } = StoryOptions::default();
        Self { scale, level, min_size }
    }
}

impl StoryFinding {
    /// The stories of a graph.
    ///
    /// # Errors
    /// If the options are out of range or the graph's links are damaged.
    pub fn stories<'g>(&self, graph: &'g EventGraph) -> Result<Stories<'g>> {
        let Self { scale, level, min_size } = *self;
        analysis::stories(graph, StoryOptions { scale, level, min_size, ..Default::default() })
    }
}

/// The order of a list of stories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StorySort {
    /// Most events first.
    #[default]
    Size,
    /// By the first day.
    Date,
    /// The strongest burst first.
    Burst,
}

/// Which stories to list.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoriesQuestion {
    /// Stories with events at most a week from this day, month or year: its
    /// first and its last day.
    #[serde(deserialize_with = "span_text")]
    pub at: Option<(Date, Date)>,
    /// The order.
    pub sort: StorySort,
    /// See [`StoryFinding`].
    pub scale: f64,
    /// See [`StoryFinding`].
    pub level: f64,
    /// See [`StoryFinding`].
    pub min_size: usize,
}

impl Default for StoriesQuestion {
    fn default() -> Self {
        let StoryFinding { scale, level, min_size } = StoryFinding::default();
        Self { at: None, sort: StorySort::Size, scale, level, min_size }
    }
}

/// Days around what `at` names.
const WEEK: i32 = 7;

/// Stories, and those of them that are listed.
pub struct StoriesFound<'g> {
    /// All stories.
    pub stories: Stories<'g>,
    /// Places in [`Stories::all`], and how many of the story's events are
    /// selected.
    pub listed: Vec<(usize, usize)>,
    /// The strongest burst of each story, where it has one.
    pub heat: Vec<Option<StoryHeat>>,
    /// Events in no story that were asked for.
    pub alone: Vec<EventId>,
    /// Whether only some events were asked for.
    pub some: bool,
}

/// The stories that have selected events.
///
/// # Errors
/// If options are out of range, the selection makes no sense, or the graph's
/// links are damaged.
pub fn stories<'g>(
    graph: &'g EventGraph,
    select: &Select,
    asked: &StoriesQuestion,
) -> Result<StoriesFound<'g>> {
    let selection = select.selection(graph)?;
    let StoriesQuestion { scale, level, min_size, .. } = *asked;
    let stories = StoryFinding { scale, level, min_size }.stories(graph)?;
    let near = |event: EventId| match (asked.at, graph.date(event)) {
        (None, _) => true,
        (Some((first, last)), Some(date)) => {
            (first.days() - WEEK..=last.days() + WEEK).contains(&date.days())
        }
        (Some(_), None) => false,
    };
    let wanted = |event: &EventId| selection.contains(*event) && near(*event);
    let hits = |story: &Story| story.events.iter().filter(|event| wanted(event)).count();
    let mut listed: Vec<(usize, usize)> = stories
        .all()
        .iter()
        .enumerate()
        .map(|(n, story)| (n, hits(story)))
        .filter(|&(_, hits)| hits > 0)
        .collect();
    let heat = stories.heat();
    match asked.sort {
        StorySort::Size => listed.sort_by_key(|&(n, hits)| (std::cmp::Reverse(hits), n)),
        StorySort::Date => listed.sort_by_key(|&(n, _)| {
            let first = stories.all()[n].span.map(|span| span.0);
            (first.is_none(), first, n)
        }),
        StorySort::Burst => listed.sort_by(|&(a, _), &(b, _)| {
            let weight = |n: usize| heat[n].as_ref().map_or(0.0, |heat| heat.weight);
            weight(b).total_cmp(&weight(a)).then(a.cmp(&b))
        }),
    }
    let alone = stories.alone().filter(wanted).collect();
    let some = !selection.is_all() || asked.at.is_some();
    Ok(StoriesFound { stories, listed, heat, alone, some })
}

/// Stories for programs.
#[derive(Debug, Serialize)]
pub struct StoriesAnswer<'g> {
    stories: Vec<StoryRecord<'g>>,
    /// Those that a listed story is a part of.
    sagas: Vec<SagaRecord<'g>>,
    /// The keys of events in no story that were asked for.
    alone: Vec<&'g str>,
}

/// A story where it is listed among others.
#[derive(Debug, Serialize)]
pub struct StoryRecord<'g> {
    id: usize,
    name: String,
    size: usize,
    first: Option<String>,
    last: Option<String>,
    topics: Vec<&'g str>,
    saga: Option<usize>,
    /// The keys of the events with the highest rank.
    key_events: Vec<&'g str>,
    events: Vec<&'g str>,
}

#[derive(Debug, Serialize)]
struct SagaRecord<'g> {
    id: usize,
    name: String,
    topics: Vec<&'g str>,
    stories: Vec<usize>,
}

/// Key events that a record names.
const KEY_EVENTS: usize = 3;

impl<'g> StoriesFound<'g> {
    /// The same, for programs.
    pub fn record(&self) -> StoriesAnswer<'g> {
        let graph = self.stories.graph();
        let listed: HashSet<usize> = self.listed.iter().map(|&(n, _)| n).collect();
        let told = (1..).zip(self.stories.sagas());
        let told = told.filter(|(_, saga)| saga.stories.iter().any(|n| listed.contains(n)));
        let sagas = told.map(|(id, saga)| SagaRecord {
            id,
            name: self.stories.saga_name(saga),
            topics: saga.topics.iter().map(|&topic| graph.topic_name(topic)).collect(),
            stories: saga.stories.iter().map(|n| n + 1).collect(),
        });
        StoriesAnswer {
            stories: self.listed.iter().map(|&(n, _)| StoryRecord::new(&self.stories, n)).collect(),
            sagas: sagas.collect(),
            alone: self.alone.iter().map(|&event| graph.key(event)).collect(),
        }
    }
}

impl<'g> StoryRecord<'g> {
    /// The record of the story at a place of [`Stories::all`].
    pub(super) fn new(stories: &Stories<'g>, n: usize) -> Self {
        let graph = stories.graph();
        let story = &stories.all()[n];
        let ranked = stories.ranked(story);
        Self {
            id: n + 1,
            name: stories.name(story),
            size: story.events.len(),
            first: story.span.map(|span| span.0.to_string()),
            last: story.span.map(|span| span.1.to_string()),
            topics: story.topics.iter().map(|&topic| graph.topic_name(topic)).collect(),
            saga: story.saga.map(|saga| saga + 1),
            key_events: ranked.iter().take(KEY_EVENTS).map(|&(e, _)| graph.key(e)).collect(),
            events: story.events.iter().map(|&event| graph.key(event)).collect(),
        }
    }
}
