//! Chains for programs, or why there is none.

use serde::Serialize;

use crate::analysis::{By, Gap};
use crate::answers::chain::ChainFound;
use crate::answers::strand::{ChainRecord, rounded};
use crate::export::records::{self, EventRecord};
use crate::graph::EventGraph;

/// Chains for programs.
#[derive(Debug, Serialize)]
pub struct ChainAnswer<'g> {
    by: By,
    chains: Vec<ChainRecord<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    surprise: Option<Surprise>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// If no links lead from one to the other: how many events hang together
    /// with each, and what might close the gap.
    #[serde(skip_serializing_if = "Option::is_none")]
    gap: Option<GapRecord<'g>>,
}

/// How far apart the two events are at the fewest, beside random pairs.
#[derive(Debug, Serialize)]
struct Surprise {
    fewest: u32,
    pairs: u32,
    farther: u32,
    as_far: u32,
}

#[derive(Debug, Serialize)]
struct GapRecord<'g> {
    sizes: [usize; 2],
    missing: Vec<MissingRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct MissingRecord<'g> {
    #[serde(flatten)]
    event: EventRecord<'g>,
    /// Whether it hangs together with the first event or the second.
    side: &'static str,
    topics: Vec<&'g str>,
    likelihood: f64,
}

impl ChainFound {
    /// The same, for programs.
    pub fn record<'g>(&self, graph: &'g EventGraph) -> ChainAnswer<'g> {
        let surprise = self.surprise.map(|standing| Surprise {
            fewest: standing.fewest,
            pairs: standing.pairs,
            farther: standing.farther,
            as_far: standing.as_far,
        });
        let why = self.why_none.as_ref();
        ChainAnswer {
            by: self.by,
            chains: self.strands.iter().map(|strand| ChainRecord::new(graph, strand)).collect(),
            surprise,
            reason: why.map(|why| why.text.to_string()),
            gap: why.and_then(|why| why.gap.as_ref()).map(|gap| gap_record(graph, gap)),
        }
    }
}

fn gap_record<'g>(graph: &'g EventGraph, gap: &Gap) -> GapRecord<'g> {
    let missing = gap.missing.iter().map(|missing| MissingRecord {
        event: records::event(graph, missing.event),
        side: if missing.with_first { "first" } else { "second" },
        topics: missing.topics.iter().map(|&topic| graph.topic_name(topic)).collect(),
        likelihood: rounded(missing.likelihood),
    });
    GapRecord { sizes: [gap.size, gap.other_size], missing: missing.collect() }
}
