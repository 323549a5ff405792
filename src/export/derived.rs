//! What is known of events and links beyond the tables: the strength of a link, the
//! story of an event. Those of the whole graph, also where a selection is handed over.

use crate::analysis::{Stories, StoryOptions, Strengths, stories};
use crate::error::Result;
use crate::graph::EventGraph;
use crate::model::{EventId, LinkId};

/// The strengths of all links and, if wanted, the stories of all events of a graph.
pub struct Derived<'g> {
    strengths: Strengths<'g>,
    /// None if they are to be left out.
    stories: Option<Stories<'g>>,
    /// The names of the stories, by number.
    names: Vec<String>,
}

impl<'g> Derived<'g> {
    /// Finds the stories, if they are wanted; strengths are found as they are asked for.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    ///
    /// # Complexity
    /// As [`stories`]; without them, linear in the topics of links.
    pub fn new(graph: &'g EventGraph, with_stories: bool) -> Result<Self> {
        let strengths = graph.strengths()?;
        let stories = with_stories.then(|| stories(graph, StoryOptions::default())).transpose()?;
        let of =
            |stories: &Stories<'_>| stories.all().iter().map(|story| stories.name(story)).collect();
        let names = stories.as_ref().map_or_else(Vec::new, of);
        Ok(Self { strengths, stories, names })
    }

    /// How much a link tells, above 0 and at most 1.
    pub fn strength(&self, link: LinkId) -> f64 {
        self.strengths.of(link)
    }

    /// How many links an event has at its two ends.
    pub fn degree(&self, event: EventId) -> usize {
        self.strengths.walk().degree(event)
    }

    /// Whether stories were wanted.
    pub fn has_stories(&self) -> bool {
        self.stories.is_some()
    }

    /// The number, from 1, of an event's story, if it is in one.
    pub fn story(&self, event: EventId) -> Option<usize> {
        self.stories.as_ref()?.of(event).map(|place| place + 1)
    }

    /// The names of all stories, that of number 1 first.
    pub fn story_names(&self) -> &[String] {
        &self.names
    }
}
