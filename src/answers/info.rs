//! What is in a graph?

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::Summary;
use crate::analysis::summarise;
use crate::answers::select::Select;
use crate::error::Result;
use crate::export::records::{self, EventRecord};
use crate::graph::{About, EventGraph};

/// How much there is among the selected events, from when to when.
///
/// # Errors
/// If the selection makes no sense or the graph's links are damaged.
pub fn info(graph: &EventGraph, select: &Select) -> Result<Summary> {
    summarise(graph, &select.selection(graph)?)
}

/// What is in a graph, for programs.
#[derive(Debug, Serialize)]
pub struct InfoAnswer<'g> {
    events: usize,
    present: usize,
    absent: usize,
    links: usize,
    topics: usize,
    first: Option<String>,
    last: Option<String>,
    undated: usize,
    components: usize,
    largest_components: Vec<usize>,
    most_linked: Vec<LinkedRecord<'g>>,
    most_frequent_topics: Vec<TopicRecord<'g>>,
    problems: BTreeMap<String, usize>,
    archive: &'g About,
}

#[derive(Debug, Serialize)]
struct LinkedRecord<'g> {
    #[serde(flatten)]
    event: EventRecord<'g>,
    links: usize,
}

#[derive(Debug, Serialize)]
struct TopicRecord<'g> {
    topic: &'g str,
    events: u32,
}

impl<'g> InfoAnswer<'g> {
    /// The record of a summary.
    pub fn new(graph: &'g EventGraph, summary: &Summary) -> Self {
        let linked = summary.most_linked.iter();
        let borne = summary.most_borne.iter();
        Self {
            events: summary.events,
            present: summary.present,
            absent: summary.events - summary.present,
            links: summary.links,
            topics: summary.topics,
            first: summary.span.map(|(first, _)| first.to_string()),
            last: summary.span.map(|(_, last)| last.to_string()),
            undated: summary.undated,
            components: summary.components,
            largest_components: summary.largest.iter().map(|&(size, _)| size).collect(),
            most_linked: linked
                .map(|&(event, links)| LinkedRecord { event: records::event(graph, event), links })
                .collect(),
            most_frequent_topics: borne
                .map(|&(topic, events)| TopicRecord { topic: graph.topic_name(topic), events })
                .collect(),
            problems: graph.problem_counts().into_iter().map(|((_, code), n)| (code, n)).collect(),
            archive: graph.about(),
        }
    }
}
