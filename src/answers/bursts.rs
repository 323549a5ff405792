//! Bursts for programs: what they are about, and their key event.

use serde::Serialize;

use crate::analysis::{Burst, BurstTeller, Row, RowLabel};
use crate::error::Result;
use crate::graph::EventGraph;

/// A burst with what tells it from others.
#[derive(Debug, Serialize)]
pub struct BurstRecord<'g> {
    #[serde(flatten)]
    subject: Subject<'g>,
    start: String,
    end: String,
    weight: f64,
    count: usize,
    /// Those that tell its events from others, the most telling first.
    topics: Vec<&'g str>,
    /// The key of the event with most links within the burst.
    key_event: Option<&'g str>,
    /// The keys of its events.
    events: Vec<&'g str>,
}

impl<'g> BurstRecord<'g> {
    /// The records of bursts in these rows.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    pub fn of_all(graph: &'g EventGraph, rows: &'g [Row], bursts: &[Burst]) -> Result<Vec<Self>> {
        let teller = BurstTeller::new(graph)?;
        let record = |burst: &Burst| Self {
            subject: Subject::of(graph, &rows[burst.row]),
            start: burst.start.to_string(),
            end: burst.end.to_string(),
            weight: burst.weight,
            count: burst.events.len(),
            topics: teller.topics(burst).into_iter().map(|t| graph.topic_name(t)).collect(),
            key_event: teller.key_event(burst).map(|event| graph.key(event)),
            events: burst.events.iter().map(|&event| graph.key(event)).collect(),
        };
        Ok(bursts.iter().map(record).collect())
    }
}

/// What a row is about.
#[derive(Debug, Serialize)]
pub struct Subject<'g> {
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<&'g str>,
    /// The number of a story, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'g str>,
}

impl<'g> Subject<'g> {
    /// The subject of a row.
    pub fn of(graph: &'g EventGraph, row: &'g Row) -> Self {
        let none = Self { topic: None, story: None, name: None };
        match &row.label {
            RowLabel::Selection => none,
            RowLabel::Topic(topic) => Self { topic: Some(graph.topic_name(*topic)), ..none },
            RowLabel::Story(number, name) => {
                Self { story: Some(number + 1), name: Some(name), ..none }
            }
        }
    }
}
