//! Which topics are there, what comes with one, what ties two?

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::{
    CoTopic, Row, RowCounts, RowLabel, TiesEvent, TiesLink, TimelineOptions, Timelines, TopicBase,
    TopicCount, TopicTies, distinctive_topics, events_with, timelines, topic_counts, topic_ties,
};
use crate::error::{Error, ErrorKind, Result};
use crate::export::records::{self, EventRecord, LinkRecord};
use crate::graph::{EventGraph, Selection, find_topics};
use crate::model::{EventId, Period, TopicId};

/// What to tell of topics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TopicsQuestion {
    /// Topics that come with all of these.
    pub with: Vec<String>,
    /// The events and links that tie these two.
    pub between: Vec<String>,
}

/// χ² with one degree of freedom exceeds this by chance once in 20 cases.
const MORE_THAN_CHANCE: f64 = 3.84;

/// All topics for programs.
#[derive(Debug, Serialize)]
pub struct TopicsAnswer<'g> {
    topics: Vec<TopicRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct TopicRecord<'g> {
    name: &'g str,
    events: u32,
    links: u32,
    first: Option<String>,
    last: Option<String>,
}

/// The topics of the selected events, the most frequent first.
///
/// # Complexity
/// Linear in the number of events and links.
pub fn topics(graph: &EventGraph, selection: &Selection) -> Vec<TopicCount> {
    topic_counts(graph, selection)
}

impl<'g> TopicsAnswer<'g> {
    /// The record of counted topics.
    pub fn new(graph: &'g EventGraph, counts: &[TopicCount]) -> Self {
        let record = |count: &TopicCount| TopicRecord {
            name: graph.topic_name(count.topic),
            events: count.events,
            links: count.links,
            first: count.first.map(|date| date.to_string()),
            last: count.last.map(|date| date.to_string()),
        };
        Self { topics: counts.iter().map(record).collect() }
    }
}

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

/// Topics that come with these, more often than chance would have it first.
///
/// # Errors
/// If there is no topic of a name.
pub fn topics_with(
    graph: &EventGraph,
    selection: &Selection,
    names: &[String],
) -> Result<TopicsWith> {
    let named: Vec<Vec<TopicId>> =
        names.iter().map(|name| find_topics(graph, name)).collect::<Result<_>>()?;
    let events = events_with(graph, selection, &named);
    let mut topics = distinctive_topics(graph, &events, &TopicBase::new(graph, selection));
    topics.retain(|topic| !named.iter().any(|ids| ids.contains(&topic.topic)));
    let more = topics.iter().take_while(|topic| topic.log_likelihood >= MORE_THAN_CHANCE).count();
    // The axis is that of all events with the topics.
    let mut rows = vec![Row { label: RowLabel::Selection, events: events.clone() }];
    rows.extend(
        topics.iter().map(|topic| Row {
            label: RowLabel::Topic(topic.topic),
            events: topic.together.clone(),
        }),
    );
    let timelines = timelines(graph, &rows, TimelineOptions { period: None })?;
    let (names, of) = (names.to_vec(), selection.len());
    Ok(TopicsWith { names, named, events, of, topics, more, timelines })
}

/// What comes with some topics, for programs.
#[derive(Debug, Serialize)]
pub struct WithAnswer<'g> {
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
    /// The same, for programs.
    pub fn record<'g>(&'g self, graph: &'g EventGraph) -> WithAnswer<'g> {
        let counts = &self.timelines.rows[1..];
        WithAnswer {
            with: &self.names,
            events: self.events.len(),
            of: self.of,
            period: self.timelines.period,
            steps: self.timelines.starts.iter().map(ToString::to_string).collect(),
            topics: self.topics.iter().zip(counts).map(|(t, c)| with_record(graph, t, c)).collect(),
        }
    }
}

fn with_record<'g>(
    graph: &'g EventGraph,
    topic: &CoTopic,
    counts: &'g RowCounts,
) -> WithRecord<'g> {
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

/// The events and links that tie two topics.
///
/// # Errors
/// If there are not two names, a name means no topic, or the graph's links are
/// damaged.
pub fn topics_between(
    graph: &EventGraph,
    selection: &Selection,
    names: &[String],
) -> Result<TopicTies> {
    let [one, other] = names else {
        let message = "`between` takes two topics, such as `Apollo` and `Soyuz`";
        return Err(Error::new(ErrorKind::Input, message));
    };
    topic_ties(graph, selection, &find_topics(graph, one)?, &find_topics(graph, other)?)
}

/// What ties two topics, for programs.
#[derive(Debug, Serialize)]
pub struct BetweenAnswer<'g> {
    between: &'g [String],
    /// Selected events that bear each, and selected events.
    events_with: [usize; 2],
    of: usize,
    together: usize,
    expected: f64,
    log_likelihood: f64,
    events: Vec<TiesEventRecord<'g>>,
    links: Vec<TiesLinkRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct TiesEventRecord<'g> {
    #[serde(flatten)]
    event: EventRecord<'g>,
    score: f64,
    /// Links labelled with the first topic, with the second, with both.
    links: [u32; 2],
    links_with_both: u32,
}

#[derive(Debug, Serialize)]
struct TiesLinkRecord<'g> {
    #[serde(flatten)]
    link: LinkRecord<'g>,
    names_both: bool,
    strength: f64,
}

impl<'g> BetweenAnswer<'g> {
    /// The record of what ties two topics of these names.
    pub fn new(graph: &'g EventGraph, names: &'g [String], ties: &TopicTies) -> Self {
        Self {
            between: names,
            events_with: [ties.counts.0, ties.counts.1],
            of: ties.counts.2,
            together: ties.events.len(),
            expected: ties.expected,
            log_likelihood: ties.log_likelihood,
            events: ties.events.iter().map(|tie| event_record(graph, tie)).collect(),
            links: ties.links.iter().map(|tie| link_record(graph, tie)).collect(),
        }
    }
}

fn event_record<'g>(graph: &'g EventGraph, tie: &TiesEvent) -> TiesEventRecord<'g> {
    TiesEventRecord {
        event: records::event(graph, tie.event),
        score: tie.score,
        links: [tie.links.0, tie.links.1],
        links_with_both: tie.links.2,
    }
}

fn link_record<'g>(graph: &'g EventGraph, tie: &TiesLink) -> TiesLinkRecord<'g> {
    TiesLinkRecord {
        link: records::link(graph, tie.link),
        names_both: tie.names_both,
        strength: tie.strength,
    }
}
