//! What is known of an event and of a link, the same in every format that can
//! hold it: the tables' columns, the story, the strength.

use serde::Serialize;

use crate::analysis::{Stories, StoryOptions, Strengths, stories};
use crate::error::Result;
use crate::export::ExportOptions;
use crate::export::records::{self, RevisionRecord, SourceRecord};
use crate::graph::{About, CheckedTexts, EventGraph, Link, Selection};
use crate::model::{EventId, TopicId};

/// What is known of an event, but for its key, which each format has in a
/// place of its own.
#[derive(Serialize)]
pub(super) struct EventAttributes<'a> {
    pub(super) date: Option<String>,
    pub(super) title: &'a str,
    pub(super) summary: Option<&'a str>,
    pub(super) lead_topic: Option<&'a str>,
    pub(super) topics: Vec<&'a str>,
    pub(super) present: bool,
    pub(super) page: Option<&'a str>,
    pub(super) sources: Vec<SourceRecord<'a>>,
    pub(super) revisions: Vec<RevisionRecord<'a>>,
    /// The number of its story, from 1, as `threadline stories` lists them.
    pub(super) story: Option<usize>,
    pub(super) story_name: Option<&'a str>,
    /// Where it is drawn, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) x: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) y: Option<f64>,
}

/// What is known of a link, but for its ends and its id.
#[derive(Serialize)]
pub(super) struct LinkAttributes<'a> {
    pub(super) rank: u16,
    pub(super) topics: Vec<&'a str>,
    pub(super) line: u32,
    /// How much it tells, above 0 and at most 1.
    pub(super) strength: f64,
}

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
    strengths: Strengths<'g>,
    /// None if they are to be left out.
    stories: Option<Stories<'g>>,
    /// The names of the stories, by number.
    names: Vec<String>,
}

impl<'g> Attributes<'g> {
    /// Stories and strengths are those of the whole graph, also where a
    /// selection is written.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    pub(super) fn of(graph: &'g EventGraph, options: &'g ExportOptions<'g>) -> Result<Self> {
        let strengths = graph.strengths()?;
        let stories = match options.no_stories {
            true => None,
            false => Some(stories(graph, StoryOptions::default())?),
        };
        let names = stories
            .iter()
            .flat_map(|stories| stories.all().iter().map(|story| stories.name(story)));
        let names = names.collect();
        let (keys, topics) = (graph.tables().events.key.checked(), graph.tables().topics.checked());
        Ok(Self { graph, options, keys, topics, strengths, stories, names })
    }

    /// The graph that is written.
    pub(super) fn graph(&self) -> &'g EventGraph {
        self.graph
    }

    /// The key of an event.
    pub(super) fn key(&self, event: EventId) -> &'g str {
        self.keys.text(event.index())
    }

    /// The names of a link's topics.
    pub(super) fn link_topics(&self, link: Link) -> Vec<&'g str> {
        let name = |topic: TopicId| self.topics.text(topic.index());
        self.graph.link_topics(link.id).map(name).collect()
    }

    /// What is known of an event.
    pub(super) fn event(&self, event: EventId) -> EventAttributes<'_> {
        let graph = self.graph;
        let story = self.story(event);
        let place = self.options.place(event);
        EventAttributes {
            date: graph.date(event).map(|date| date.to_string()),
            title: graph.title(event),
            summary: graph.summary(event),
            lead_topic: graph.lead_topic(event).map(|topic| graph.topic_name(topic)),
            topics: records::topics(graph, event),
            present: graph.present(event),
            page: graph.page(event),
            sources: records::sources(graph, event),
            revisions: records::revisions(graph, event),
            story: story.map(|(number, _)| number),
            story_name: story.map(|(_, name)| name),
            x: place.map(|[x, _]| x),
            y: place.map(|[_, y]| y),
        }
    }

    /// What is known of a link.
    pub(super) fn link(&self, link: Link) -> LinkAttributes<'_> {
        LinkAttributes {
            rank: link.rank,
            topics: self.link_topics(link),
            line: link.line,
            strength: self.strength(link),
        }
    }

    /// The number, from 1, and the name of an event's story.
    pub(super) fn story(&self, event: EventId) -> Option<(usize, &str)> {
        let place = self.stories.as_ref()?.of(event)?;
        Some((place + 1, self.names.get(place)?))
    }

    /// The numbers, from 1, and the names of the stories that selected events
    /// are in.
    pub(super) fn stories_of(&self, selection: &Selection) -> impl Iterator<Item = (usize, &str)> {
        let mut told = vec![false; self.names.len()];
        for (number, _) in selection.events(self.graph).filter_map(|event| self.story(event)) {
            told[number - 1] = true;
        }
        let names = self.names.iter().map(String::as_str);
        (1..).zip(names).zip(told).filter(|(_, told)| *told).map(|(story, _)| story)
    }

    /// How much a link tells.
    pub(super) fn strength(&self, link: Link) -> f64 {
        self.strengths.of(link.id)
    }

    /// How many links an event has at its two ends.
    pub(super) fn degree(&self, event: EventId) -> usize {
        self.strengths.walk().degree(event)
    }
}
