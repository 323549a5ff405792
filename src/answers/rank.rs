//! Which events matter most?

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::{
    BetweennessOptions, PageRankOptions, Ranks, Sample, Weight, betweenness, degrees, pagerank,
};
use crate::answers::select::Select;
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::export::records::{self, EventRecord};
use crate::graph::EventGraph;
use crate::model::words;

words! {
    /// What events are ranked by.
    #[derive(Default)]
    pub enum RankBy {
        /// How often a reader is there who follows any link.
        #[default]
        PageRank = "pagerank",
        /// To how many other events an event is tied.
        Degree = "degree",
        /// The share of all pairs of other events whose shortest chains run
        /// through it.
        Betweenness = "betweenness",
    }
}

/// How to rank.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RankQuestion {
    /// The measure.
    pub by: RankBy,
    /// Follow links only from the page that lists them.
    pub directed: bool,
    /// What a link weighs, for PageRank and degree.
    pub weight: Weight,
    /// How likely the reader follows a link, for PageRank.
    pub damping: f64,
    /// What all errors of PageRank may add up to.
    pub tolerance: f64,
    /// How far sampled betweenness may be from the true value.
    pub error: f64,
}

impl Default for RankQuestion {
    fn default() -> Self {
        let (pagerank, betweenness) = (PageRankOptions::default(), BetweennessOptions::default());
        Self {
            by: RankBy::PageRank,
            directed: false,
            weight: Weight::None,
            damping: pagerank.damping,
            tolerance: pagerank.tolerance,
            error: betweenness.error,
        }
    }
}

/// Events with their ranks.
#[derive(Clone, Debug)]
pub struct RankFound {
    /// What was asked.
    pub asked: RankQuestion,
    /// The rank of each event.
    pub ranks: Ranks,
    /// How betweenness was estimated, if it was.
    pub sample: Option<Sample>,
}

/// The ranks of all selected events.
///
/// # Errors
/// If the options contradict each other or are out of range, the selection
/// makes no sense, or the graph's links are damaged.
pub fn rank(graph: &EventGraph, select: &Select, asked: &RankQuestion) -> Result<RankFound> {
    let selection = select.selection(graph)?;
    let RankQuestion { by, directed, weight, damping, tolerance, error } = *asked;
    let (ranks, sample) = match by {
        RankBy::PageRank => {
            let options = PageRankOptions { damping, tolerance, directed, weight };
            (pagerank(graph, &selection, options)?, None)
        }
        RankBy::Degree => (degrees(graph, &selection, weight, directed)?, None),
        RankBy::Betweenness => {
            if weight != Weight::None {
                let message = Sentence::from("betweenness goes by the number of links; leave out ");
                let message = message.option("weight");
                return Err(Error::new(ErrorKind::Input, message));
            }
            let options = BetweennessOptions { directed, error, ..BetweennessOptions::default() };
            let found = betweenness(graph, &selection, options)?;
            (found.ranks, found.sample)
        }
    };
    Ok(RankFound { asked: asked.clone(), ranks, sample })
}

/// Ranks for programs: the highest first.
#[derive(Debug, Serialize)]
pub struct RankAnswer<'g> {
    by: RankBy,
    directed: bool,
    weight: Weight,
    /// Absent if the values are exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    sample: Option<SampleRecord>,
    events: Vec<RankedRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct SampleRecord {
    chains: usize,
    error: f64,
    failure: f64,
}

#[derive(Debug, Serialize)]
struct RankedRecord<'g> {
    #[serde(flatten)]
    event: EventRecord<'g>,
    value: f64,
}

impl RankFound {
    /// The same, for programs.
    pub fn record<'g>(&self, graph: &'g EventGraph) -> RankAnswer<'g> {
        let record = |(event, value)| RankedRecord { event: records::event(graph, event), value };
        RankAnswer {
            by: self.asked.by,
            directed: self.asked.directed,
            weight: self.asked.weight,
            sample: self.sample.map(|Sample { chains, error, failure }| SampleRecord {
                chains,
                error,
                failure,
            }),
            events: self.ranks.leading(usize::MAX).into_iter().map(record).collect(),
        }
    }
}
