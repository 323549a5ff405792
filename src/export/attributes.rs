//! What is known of an event and of a link, the same in every format that can
//! hold it: the tables' columns, the story, the strength.

use serde::Serialize;

use crate::error::Result;
use crate::export::ExportOptions;
use crate::export::derived::Derived;
use crate::graph::{About, CheckedTexts, EventGraph, Link, Selection};
use crate::model::{EventId, TopicId};

/// What a file is and where it comes from.
#[derive(Serialize)]
pub(super) struct GraphAttributes<'g> {
    format: &'static str,
    version: u32,
    generator: &'static str,
    archive: &'g About,
}

impl<'g> GraphAttributes<'g> {
    pub(super) fn new(graph: &'g EventGraph, format: &'static str, version: u32) -> Self {
        Self { format, version, generator: GENERATOR, archive: graph.about() }
    }
}

/// The program that wrote a file, with its version.
pub(super) const GENERATOR: &str = concat!("threadline ", env!("CARGO_PKG_VERSION"));

/// The attributes of all events and links of a graph.
pub(super) struct Attributes<'g> {
    graph: &'g EventGraph,
    options: &'g ExportOptions<'g>,
    /// The keys and the names of topics: every link tells two of the ones, and some of the
    /// others.
    keys: CheckedTexts<'g>,
    topics: CheckedTexts<'g>,
    derived: Derived<'g>,
}

impl<'g> Attributes<'g> {
    /// Finds what the tables do not hold, see [`Derived`].
    ///
    /// # Errors
    /// If the graph's links are damaged.
    pub(super) fn of(graph: &'g EventGraph, options: &'g ExportOptions<'g>) -> Result<Self> {
        let derived = Derived::new(graph, !options.no_stories)?;
        let (keys, topics) = (graph.tables().events.key.checked(), graph.tables().topics.checked());
        Ok(Self { graph, options, keys, topics, derived })
    }

    /// The graph that is written.
    pub(super) fn graph(&self) -> &'g EventGraph {
        self.graph
    }

    /// The key of an event.
    pub(super) fn key(&self, event: EventId) -> &'g str {
        self.keys.text(event.index())
    }

    /// The name of a topic.
    pub(super) fn topic(&self, topic: TopicId) -> &'g str {
        self.topics.text(topic.index())
    }

    /// The names of an event's topics.
    pub(super) fn topics(&self, event: EventId) -> impl Iterator<Item = &'g str> {
        self.graph.topics(event).map(|topic| self.topic(topic))
    }

    /// The names of a link's topics.
    pub(super) fn link_topics(&self, link: Link) -> impl Iterator<Item = &'g str> {
        self.graph.link_topics(link.id).map(|topic| self.topic(topic))
    }

    /// Where an event is drawn, if that was asked for.
    pub(super) fn place(&self, event: EventId) -> Option<[f64; 2]> {
        self.options.place(event)
    }

    /// The number, from 1, and the name of an event's story.
    pub(super) fn story(&self, event: EventId) -> Option<(usize, &str)> {
        let number = self.derived.story(event)?;
        Some((number, self.derived.story_names().get(number - 1)?))
    }

    /// The numbers, from 1, and the names of the stories that selected events
    /// are in.
    pub(super) fn stories_of(&self, selection: &Selection) -> impl Iterator<Item = (usize, &str)> {
        let names = self.derived.story_names();
        let mut told = vec![false; names.len()];
        for (number, _) in selection.events(self.graph).filter_map(|event| self.story(event)) {
            told[number - 1] = true;
        }
        let names = names.iter().map(String::as_str);
        (1..).zip(names).zip(told).filter(|(_, told)| *told).map(|(story, _)| story)
    }

    /// How much a link tells.
    pub(super) fn strength(&self, link: Link) -> f64 {
        self.derived.strength(link.id)
    }

    /// How many links an event has at its two ends.
    pub(super) fn degree(&self, event: EventId) -> usize {
        self.derived.degree(event)
    }
}
