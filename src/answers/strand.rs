//! A chain for programs: what `chain` and `thread` answer alike.

use serde::Serialize;

use crate::analysis::Strand;
use crate::export::records::{self, EventRecord, LinkRecord};
use crate::graph::EventGraph;
use crate::picture::WeighedChain;

/// A chain with its evidence.
#[derive(Debug, Serialize)]
pub struct ChainRecord<'g> {
    events: Vec<EventRecord<'g>>,
    /// One a hop: the link that ties the two events.
    links: Vec<WeighedLink<'g>>,
    /// One list a hop: further links between the same two events.
    further_links: Vec<Vec<WeighedLink<'g>>>,
    length: usize,
    span: Option<Span>,
    /// One a hop: that of the strongest of its links.
    strengths: Vec<f64>,
    /// The number of the weakest hop, from 0.
    weakest: Option<usize>,
    /// The numbers of the hops that tell little: weaker than 0.3.
    weak_hops: Vec<usize>,
    coherence: Option<Coherence>,
    /// One an event: whether the links before and behind it share no topic.
    subject_changes: Vec<bool>,
}

#[derive(Debug, Serialize)]
struct WeighedLink<'g> {
    #[serde(flatten)]
    link: LinkRecord<'g>,
    strength: f64,
}

#[derive(Debug, Serialize)]
struct Span {
    first: String,
    last: String,
    days: i32,
}

/// Of the strengths of a chain's hops: the least, and the geometric mean.
#[derive(Debug, Serialize)]
struct Coherence {
    min: f64,
    mean: f64,
}

impl<'g> ChainRecord<'g> {
    /// The record of a chain.
    pub fn new(graph: &'g EventGraph, strand: &Strand) -> Self {
        let weighed = |hop: usize, range: std::ops::RangeFrom<usize>| {
            let links = strand.chain.hops[hop].links[range.clone()].iter();
            links.zip(&strand.by_link[hop][range]).map(|(&link, &strength)| WeighedLink {
                link: records::link(graph, link),
                strength: rounded(strength),
            })
        };
        let hops = 0..strand.chain.hops.len();
        Self {
            events: strand.chain.events.iter().map(|&e| records::event(graph, e)).collect(),
            links: hops.clone().filter_map(|hop| weighed(hop, 0..).next()).collect(),
            further_links: hops.clone().map(|hop| weighed(hop, 1..).collect()).collect(),
            length: strand.chain.hops.len(),
            span: strand.span(graph).map(|(first, last)| Span {
                first: first.to_string(),
                last: last.to_string(),
                days: last.days() - first.days(),
            }),
            strengths: strand.strengths.iter().map(|&strength| rounded(strength)).collect(),
            weakest: strand.weakest(),
            weak_hops: hops.clone().filter(|&hop| strand.is_weak(hop)).collect(),
            coherence: strand
                .coherence()
                .map(|c| Coherence { min: rounded(c.min), mean: rounded(c.mean) }),
            subject_changes: strand.chain.subject_changes(graph),
        }
    }
}

/// Chains for a picture.
pub(super) fn weighed(strands: &[Strand]) -> Vec<WeighedChain<'_>> {
    let strands = strands.iter();
    strands
        .map(|Strand { chain, strengths, .. }| WeighedChain { chain, strengths: strengths.clone() })
        .collect()
}

/// To four places: no one believes more.
pub(super) fn rounded(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}
