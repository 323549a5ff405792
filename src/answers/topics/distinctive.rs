//! Which topics tell some events from the others: those that bear a topic, or those selected?

use serde::Serialize;

use crate::analysis::{
    CoTopic, Row, RowCounts, RowLabel, TimelineOptions, Timelines, TopicBase, distinctive_topics,
    events_with, timelines,
};
use crate::answers::select::Select;
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::graph::{EventGraph, Selection, find_topics};
use crate::model::{EventId, Period, TopicId};

/// χ² with one degree of freedom exceeds this by chance once in 20 cases.
const MORE_THAN_CHANCE: f64 = 3.84;

/// Topics that tell some events from the others.
#[derive(Debug)]
pub struct DistinctiveTopics {
    /// The topics that all of these events bear, each as it was asked for; none if
    /// the events are those selected.
    pub names: Vec<String>,
    /// What each means.
    pub named: Vec<Vec<TopicId>>,
    /// The events, ascending.
    pub events: Vec<EventId>,
    /// Of how many: those selected, or all of the graph.
    pub of: usize,
    /// The other topics of these events, the most telling first.
    pub topics: Vec<CoTopic>,
    /// How many there are of more often than chance would have it; these come
    /// first.
    pub more: usize,
    /// All of the events over time, then those of each topic.
    pub timelines: Timelines,
}

/// Topics that tell some events from the others, for programs.
#[derive(Debug, Serialize)]
pub(super) struct DistinctiveAnswer<'g> {
    with: &'g [String],
    events: usize,
    of: usize,
    period: Period,
    /// The first days of the steps that topics are counted in.
    steps: Vec<String>,
    topics: Vec<DistinctiveRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct DistinctiveRecord<'g> {
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

impl DistinctiveTopics {
    /// What comes with these topics: those that tell the selected events that bear
    /// them all from the other selected events.
    pub(super) fn with(
        graph: &EventGraph,
        selection: &Selection,
        names: &[String],
    ) -> Result<Self> {
        if names.is_empty() {
            let message = Sentence::default().option("with").text(" takes a topic, or several");
            return Err(Error::new(ErrorKind::Input, message));
        }
        let named = meant(graph, names)?;
        let events = events_with(graph, selection, &named);
        Self::find(graph, events, selection, names.to_vec(), named)
    }

    /// Those that tell the selected events from all others.
    pub(super) fn of_selection(graph: &EventGraph, select: &Select) -> Result<Self> {
        let selection = select.selection(graph)?;
        if selection.is_all() {
            let message = Sentence::default()
                .option("distinctive")
                .text(" tells some events from the others: select some, by time, by topic, …");
            return Err(Error::new(ErrorKind::Input, message));
        }
        let events = selection.events(graph).collect();
        let selected_by = meant(graph, &select.topic)?;
        Self::find(graph, events, &Selection::all(graph), Vec::new(), selected_by)
    }

    /// Tells events from the others of a base by all topics but those `named`, which
    /// each of them bears.
    fn find(
        graph: &EventGraph,
        events: Vec<EventId>,
        base: &Selection,
        names: Vec<String>,
        named: Vec<Vec<TopicId>>,
    ) -> Result<Self> {
        let mut topics = distinctive_topics(graph, &events, &TopicBase::new(graph, base));
        topics.retain(|topic| !named.iter().any(|ids| ids.contains(&topic.topic)));
        let more =
            topics.iter().take_while(|topic| topic.log_likelihood >= MORE_THAN_CHANCE).count();
        // The axis is that of all these events.
        let mut rows = vec![Row { label: RowLabel::Selection, events: events.clone() }];
        rows.extend(topics.iter().map(|topic| Row {
            label: RowLabel::Topic(topic.topic),
            events: topic.together.clone(),
        }));
        let timelines = timelines(graph, &rows, TimelineOptions { period: None })?;
        Ok(Self { names, named, events, of: base.len(), topics, more, timelines })
    }

    /// The same, for programs.
    pub(super) fn record<'g>(&'g self, graph: &'g EventGraph) -> DistinctiveAnswer<'g> {
        let counts = &self.timelines.rows[1..];
        DistinctiveAnswer {
            with: &self.names,
            events: self.events.len(),
            of: self.of,
            period: self.timelines.period,
            steps: self.timelines.starts.iter().map(ToString::to_string).collect(),
            topics: self.topics.iter().zip(counts).map(|(t, c)| topic(graph, t, c)).collect(),
        }
    }
}

/// The topics that each name means.
fn meant(graph: &EventGraph, names: &[String]) -> Result<Vec<Vec<TopicId>>> {
    names.iter().map(|name| find_topics(graph, name)).collect()
}

fn topic<'g>(
    graph: &'g EventGraph,
    topic: &CoTopic,
    counts: &'g RowCounts,
) -> DistinctiveRecord<'g> {
    let span = graph.span(topic.together.iter().copied());
    DistinctiveRecord {
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
