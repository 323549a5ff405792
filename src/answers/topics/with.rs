//! What comes with a topic?

use serde::Serialize;

use crate::analysis::{
    CoTopic, Row, RowCounts, RowLabel, TimelineOptions, Timelines, TopicBase, distinctive_topics,
    events_with, timelines,
};
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::graph::{EventGraph, Selection, find_topics};
use crate::model::{EventId, Period, TopicId};

/// χ² with one degree of freedom exceeds this by chance once in 20 cases.
const MORE_THAN_CHANCE: f64 = 3.84;

/// What comes with some topics.
#[derive(Debug)]
pub struct TopicsWith {
    /// Each name as it was asked for.
    pub names: Vec<String>,
    /// What each means.
    pub named: Vec<Vec<TopicId>>,
    /// The selected events that bear them all.
    pub events: Vec<EventId>,
    /// How many events are selected.
    pub of: usize,
    /// The other topics of these events, the most telling first.
    pub topics: Vec<CoTopic>,
    /// How many there are of more often than chance would have it; these come
    /// first.
    pub more: usize,
    /// All events with the named topics over time, then those of each topic.
    pub timelines: Timelines,
}

/// What comes with some topics, for programs.
#[derive(Debug, Serialize)]
pub(super) struct WithAnswer<'g> {
    with: &'g [String],
    /// Selected events that bear them all, and selected events.
    events: usize,
    of: usize,
    period: Period,
    /// The first days of the steps that topics are counted in.
    steps: Vec<String>,
    topics: Vec<WithRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct WithRecord<'g> {
    name: &'g str,
    together: usize,
    events: usize,
    expected: f64,
    log_likelihood: f64,
    first: Option<String>,
    last: Option<String>,
    /// Events together, one number a step.
    counts: &'g [u32],
}

impl TopicsWith {
    /// Topics that come with these, more often than chance would have it first.
    pub(super) fn find(
        graph: &EventGraph,
        selection: &Selection,
        names: &[String],
    ) -> Result<Self> {
        if names.is_empty() {
            let message = Sentence::default().option("with").text(" takes a topic, or several");
            return Err(Error::new(ErrorKind::Input, message));
        }
        let named: Vec<Vec<TopicId>> =
            names.iter().map(|name| find_topics(graph, name)).collect::<Result<_>>()?;
        let events = events_with(graph, selection, &named);
        let mut topics = distinctive_topics(graph, &events, &TopicBase::new(graph, selection));
        topics.retain(|topic| !named.iter().any(|ids| ids.contains(&topic.topic)));
        let more =
            topics.iter().take_while(|topic| topic.log_likelihood >= MORE_THAN_CHANCE).count();
        // The axis is that of all events with the topics.
        let mut rows = vec![Row { label: RowLabel::Selection, events: events.clone() }];
        rows.extend(topics.iter().map(|topic| Row {
            label: RowLabel::Topic(topic.topic),
            events: topic.together.clone(),
        }));
        let timelines = timelines(graph, &rows, TimelineOptions { period: None })?;
        let (names, of) = (names.to_vec(), selection.len());
        Ok(Self { names, named, events, of, topics, more, timelines })
    }

    /// The same, for programs.
    pub(super) fn record<'g>(&'g self, graph: &'g EventGraph) -> WithAnswer<'g> {
        let counts = &self.timelines.rows[1..];
        WithAnswer {
            with: &self.names,
            events: self.events.len(),
            of: self.of,
            period: self.timelines.period,
            steps: self.timelines.starts.iter().map(ToString::to_string).collect(),
            topics: self.topics.iter().zip(counts).map(|(t, c)| topic(graph, t, c)).collect(),
        }
    }
}

fn topic<'g>(graph: &'g EventGraph, topic: &CoTopic, counts: &'g RowCounts) -> WithRecord<'g> {
    let span = graph.span(topic.together.iter().copied());
    WithRecord {
        name: graph.topic_name(topic.topic),
        together: topic.together.len(),
        events: topic.events,
        expected: topic.expected,
        log_likelihood: topic.log_likelihood,
        first: span.map(|(first, _)| first.to_string()),
        last: span.map(|(_, last)| last.to_string()),
        counts: &counts.counts,
    }
}
