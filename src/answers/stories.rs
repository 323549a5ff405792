//! Which stories does an archive tell?

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::analysis::{self, Stories, Story, StoryHeat, StoryOptions};
use crate::answers::saga::{SagaFound, SagaRecord, find_saga};
use crate::answers::select::{Select, span_text};
use crate::error::Result;
use crate::graph::{EventGraph, Selection};
use crate::model::{Date, EventId, TopicId, folded, variant_names, words};

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

words! {
    /// The order of a list of stories.
    #[derive(Default)]
    pub enum StorySort {
        /// What most holds together first: by the weight of the ties between
        /// selected events.
        #[default]
        Weight = "weight",
        /// Most selected events first.
        Size = "size",
        /// By the first day.
        Date = "date",
        /// The strongest burst first.
        Burst = "burst",
    }
}

/// Which stories to list.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoriesQuestion {
    /// Stories with all these words in their names and those of their topics; empty for
    /// any.
    pub words: String,
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
        let (words, sort) = (String::new(), StorySort::default());
        Self { words, at: None, sort, scale, level, min_size }
    }
}

impl StoriesQuestion {
    fn finding(&self) -> StoryFinding {
        let Self { scale, level, min_size, .. } = *self;
        StoryFinding { scale, level, min_size }
    }
}

/// Stories, and those of them that are listed.
pub struct StoriesFound<'g> {
    /// All stories.
    pub stories: Stories<'g>,
    /// Those that are listed, in the order that was asked for.
    pub listed: Vec<ListedStory>,
    /// The strongest burst of each story, where it has one.
    pub heat: Vec<Option<StoryHeat>>,
    /// Events in no story that were asked for.
    pub alone: Vec<EventId>,
    /// The place in [`Stories::sagas`] of the saga that was asked for.
    pub saga: Option<usize>,
    /// Whether stories were asked for by their names or that of their saga: nothing is
    /// said of events in no story then.
    pub by_name: bool,
    wanted: Wanted<'g>,
}

impl StoriesFound<'_> {
    /// Whether only some events were asked for.
    pub fn is_partial(&self) -> bool {
        !self.wanted.is_all()
    }

    /// Of the events of a listed story that were asked for the one that is most
    /// firmly linked within it; where days were asked for, one of those days
    /// before one of the week around them.
    pub fn key_event(&self, listed: ListedStory) -> Option<EventId> {
        let ranked = self.stories.ranked(&self.stories.all()[listed.place]);
        let mut wanted = ranked.iter().map(|ranked| ranked.0).filter(|&e| self.wanted.has(e));
        let first = wanted.clone().next();
        wanted.find(|&event| self.wanted.is_on_the_days(event)).or(first)
    }

    /// Whether all events of a listed story that were asked for are of the week
    /// around the days, and none of the days themselves.
    pub fn is_only_near(&self, listed: ListedStory) -> bool {
        let mut events = self.stories.all()[listed.place].events.iter();
        !events.any(|&event| self.wanted.has(event) && self.wanted.is_on_the_days(event))
    }
}

/// A story in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedStory {
    /// Its place in [`Stories::all`].
    pub place: usize,
    /// How many of its events were asked for.
    pub events: usize,
}

/// The stories that have selected events. A saga is one of the stories that are
/// found here, with these options.
///
/// # Errors
/// If options are out of range, the selection makes no sense, no saga or several
/// have that name, or the graph's links are damaged.
pub fn stories<'g>(
    graph: &'g EventGraph,
    select: &Select,
    asked: &StoriesQuestion,
) -> Result<StoriesFound<'g>> {
    let beside_saga = Select { saga: None, ..select.clone() };
    let wanted = Wanted { graph, selection: beside_saga.selection(graph)?, at: asked.at };
    let stories = asked.finding().stories(graph)?;
    let saga = select.saga.as_ref().map(|name| find_saga(&stories, name)).transpose()?;
    let mut listed: Vec<ListedStory> = {
        let of_saga = |story: &Story| saga.is_none() || story.saga == saga;
        let is_named = named(&stories, &asked.words);
        let found = stories.all().iter().enumerate();
        let found = found.filter(|(_, story)| of_saga(story) && is_named(story));
        found
            .map(|(place, story)| ListedStory { place, events: wanted.count(story) })
            .filter(|story| story.events > 0)
            .collect()
    };
    let heat = stories.heat();
    sort(&mut listed, asked.sort, &stories, &heat, &wanted);
    let by_name = saga.is_some() || !asked.words.trim().is_empty();
    let alone = match by_name {
        true => Vec::new(),
        false => stories.alone().filter(|&event| wanted.has(event)).collect(),
    };
    Ok(StoriesFound { stories, listed, heat, alone, saga, by_name, wanted })
}

/// Whether the name of a story and those of its topics hold all of some words; as they
/// stand or in any variant, in traditional or simplified characters.
fn named<'s>(stories: &'s Stories<'_>, words: &str) -> impl Fn(&Story) -> bool + use<'s> {
    let words: Vec<String> = words.split_whitespace().map(folded).collect();
    move |story: &Story| {
        let variants = |&topic: &TopicId| variant_names(stories.graph().topic_name(topic));
        let names: Vec<String> = match words.is_empty() {
            true => Vec::new(),
            false => story.topics.iter().flat_map(variants).chain([stories.name(story)]).collect(),
        };
        let holds = |word: &String| names.iter().any(|name| folded(name).contains(word));
        words.iter().all(holds)
    }
}

/// The events that are asked for.
struct Wanted<'g> {
    graph: &'g EventGraph,
    selection: Selection,
    /// The first and the last day that they are of, or near, if any are asked for.
    at: Option<(Date, Date)>,
}

impl Wanted<'_> {
    fn is_all(&self) -> bool {
        self.selection.is_all() && self.at.is_none()
    }

    fn has(&self, event: EventId) -> bool {
        self.selection.contains(event) && self.is_within(event, WEEK)
    }

    /// Whether an event is of one of the days, and not only near them.
    fn is_on_the_days(&self, event: EventId) -> bool {
        self.is_within(event, 0)
    }

    fn is_within(&self, event: EventId, days: i32) -> bool {
        let Some((first, last)) = self.at else { return true };
        let around = first.days() - days..=last.days() + days;
        self.graph.date(event).is_some_and(|date| around.contains(&date.days()))
    }

    /// How many of a story's events are asked for.
    fn count(&self, story: &Story) -> usize {
        story.events.iter().filter(|&&event| self.has(event)).count()
    }
}

/// Days around what `at` names.
const WEEK: i32 = 7;

/// Puts stories, which come by falling weight, into the order that is asked for;
/// equal ones stay as they are.
fn sort(
    listed: &mut [ListedStory],
    order: StorySort,
    stories: &Stories<'_>,
    heat: &[Option<StoryHeat>],
    wanted: &Wanted<'_>,
) {
    let told = |listed: &ListedStory| &stories.all()[listed.place];
    match order {
        StorySort::Weight if wanted.is_all() => {}
        StorySort::Weight => listed.sort_by_cached_key(|story| {
            let weight = stories.weight_among(told(story), |event| wanted.has(event));
            (Reverse(weight.to_bits()), Reverse(story.events))
        }),
        StorySort::Size => listed.sort_by_key(|story| Reverse(story.events)),
        StorySort::Date => listed.sort_by_key(|story| {
            let first = told(story).span.map(|span| span.0);
            (first.is_none(), first)
        }),
        StorySort::Burst => listed.sort_by(|a, b| {
            let weight = |story: &ListedStory| heat[story.place].map_or(0.0, |heat| heat.weight);
            weight(b).total_cmp(&weight(a))
        }),
    }
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
    /// Of the ties between its events.
    weight: f64,
    /// Events that no link ties to others of the story.
    unlinked: usize,
    first: Option<String>,
    last: Option<String>,
    topics: Vec<&'g str>,
    saga: Option<usize>,
    /// The keys of the events with the highest rank.
    key_events: Vec<&'g str>,
    events: Vec<&'g str>,
}

/// Key events that a record names.
const KEY_EVENTS: usize = 3;

impl<'g> StoriesFound<'g> {
    /// The sagas that listed stories are parts of, in their own order.
    pub fn sagas(&self) -> Vec<SagaFound> {
        SagaFound::of(&self.stories, &self.listed)
    }

    /// The same, for programs.
    pub fn record(&self) -> StoriesAnswer<'g> {
        let (stories, graph) = (&self.stories, self.stories.graph());
        let sagas = self.sagas().into_iter().map(|saga| SagaRecord::new(stories, saga.place));
        let listed = self.listed.iter().map(|story| StoryRecord::new(stories, story.place));
        StoriesAnswer {
            stories: listed.collect(),
            sagas: sagas.collect(),
            alone: self.alone.iter().map(|&event| graph.key(event)).collect(),
        }
    }
}

impl<'g> StoryRecord<'g> {
    /// The record of the story at a place of [`Stories::all`].
    pub(super) fn new(stories: &Stories<'g>, place: usize) -> Self {
        let graph = stories.graph();
        let story = &stories.all()[place];
        let ranked = stories.ranked(story);
        Self {
            id: place + 1,
            name: stories.name(story),
            size: story.events.len(),
            weight: story.weight,
            unlinked: stories.unlinked(story),
            first: story.span.map(|span| span.0.to_string()),
            last: story.span.map(|span| span.1.to_string()),
            topics: story.topics.iter().map(|&topic| graph.topic_name(topic)).collect(),
            saga: story.saga.map(|saga| saga + 1),
            key_events: ranked.iter().take(KEY_EVENTS).map(|&(e, _)| graph.key(e)).collect(),
            events: story.events.iter().map(|&event| graph.key(event)).collect(),
        }
    }
}
