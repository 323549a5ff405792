//! `manifest.json`: what a graph file holds.

use serde::{Deserialize, Serialize};

use crate::graph::{About, EventGraph};

/// The version of the file format. A program reads the versions it knows and
/// refuses others with a clear message.
pub const FORMAT_VERSION: u32 = 2;

/// The entry's name in the ZIP.
pub(super) const NAME: &str = "manifest.json";

/// What a graph file says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `threadline`.
    pub format: String,
    /// See [`FORMAT_VERSION`].
    pub version: u32,
    /// The program that wrote it.
    pub generator: String,
    /// How many rows the tables have.
    pub counts: Counts,
    /// Where the graph comes from.
    pub archive: About,
}

/// How many of each there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "named as the tables")]
pub struct Counts {
    pub events: u64,
    pub links: u64,
    pub topics: u64,
    pub sources: u64,
    pub revisions: u64,
    pub problems: u64,
}

impl Manifest {
    pub(super) fn of(graph: &EventGraph) -> Self {
        let tables = graph.tables();
        Self {
            format: "threadline".into(),
            version: FORMAT_VERSION,
            generator: concat!("threadline ", env!("CARGO_PKG_VERSION")).into(),
            counts: Counts {
                events: graph.event_count() as u64,
                links: graph.link_count() as u64,
                topics: graph.topic_count() as u64,
                sources: tables.sources.event.len() as u64,
                revisions: tables.revisions.event.len() as u64,
                problems: tables.problems.code.len() as u64,
            },
            archive: graph.about().clone(),
        }
    }
}
