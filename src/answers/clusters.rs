//! What belongs together?

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::{
    LeidenOptions, Partition, Quality, Ties, Weight, components, leiden, modularity, stability,
};
use crate::answers::select::Select;
use crate::answers::sweep::SweepAnswer;
use crate::answers::sweep::sweep;
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::graph::{EventGraph, Selection};
use crate::model::{EventId, TopicId, words};

words! {
    /// How clusters are found.
    #[derive(Default)]
    pub enum ClusterMethod {
        /// Communities.
        #[default]
        Leiden = "leiden",
        /// Connected components.
        Components = "components",
    }
}

/// Which clusters to find. What is `None` is as usual; components take none of
/// what is said of communities.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClustersQuestion {
    /// How.
    pub method: ClusterMethod,
    /// Communities: what a good division is; usually modularity.
    pub quality: Option<Quality>,
    /// Communities: the higher, the smaller; usually 1.0 for modularity, 0.002
    /// for the constant Potts model.
    pub resolution: Option<f64>,
    /// Communities: what a link weighs; usually its strength.
    pub weight: Option<Weight>,
    /// Communities: another seed may find another division as good; usually 1.
    pub seed: Option<u64>,
    /// Communities: how often the whole is gone through, at most; usually 10,
    /// above a million ties 2.
    pub iterations: Option<u32>,
    /// Communities: so many more runs tell in how many an event stays.
    pub stability: Option<u32>,
    /// Clusters of fewer events are folded.
    pub min_size: usize,
}

impl Default for ClustersQuestion {
    fn default() -> Self {
        Self {
            method: ClusterMethod::Leiden,
            quality: None,
            resolution: None,
            weight: None,
            seed: None,
            iterations: None,
            stability: None,
            min_size: 1,
        }
    }
}

impl ClustersQuestion {
    /// Refuses what only communities have where components are asked for.
    ///
    /// # Errors
    /// If there is something of that kind.
    pub fn check(&self) -> Result<()> {
        let for_leiden = [
            (self.quality.is_some(), "quality"),
            (self.resolution.is_some(), "resolution"),
            (self.weight.is_some(), "weight"),
            (self.seed.is_some(), "seed"),
            (self.iterations.is_some(), "iterations"),
            (self.stability.is_some(), "stability"),
        ];
        match (self.method, for_leiden.iter().find(|option| option.0)) {
            (ClusterMethod::Components, Some((_, name))) => Err(only_communities(name)),
            _ => Ok(()),
        }
    }

    /// How communities are looked for.
    fn options(&self, ties: &Ties) -> LeidenOptions {
        let usual = usual_options(self.quality.unwrap_or_default(), ties);
        LeidenOptions {
            resolution: self.resolution.unwrap_or(usual.resolution),
            seed: self.seed.unwrap_or(usual.seed),
            iterations: self.iterations.unwrap_or(usual.iterations),
            ..usual
        }
    }

    /// Compares resolutions instead: number and size of communities, and how
    /// stable they are.
    ///
    /// # Errors
    /// If components are asked for, or a resolution or runs as well; else as
    /// [`clusters`].
    pub fn sweep(&self, graph: &EventGraph, select: &Select) -> Result<SweepAnswer> {
        if self.method == ClusterMethod::Components {
            return Err(only_communities("sweep"));
        }
        if self.resolution.is_some() || self.stability.is_some() {
            let message = Sentence::default().option("sweep");
            let message = message.text(" tries resolutions, and runs with other seeds, by itself");
            return Err(Error::new(ErrorKind::Input, message));
        }
        let selection = select.selection(graph)?;
        let weight = self.weight.unwrap_or_default();
        let ties = Ties::of_links(&graph.strengths()?, &selection, weight);
        sweep(&ties, &selection, self.options(&ties))
    }
}

fn only_communities(option: &str) -> Error {
    let message = Sentence::default().option(option).text(" is for communities; leave it out, or ");
    let message = message.option_of("method", "components");
    Error::new(ErrorKind::Input, message)
}

/// Up to so many ties, going through all of them again costs little, and makes
/// communities better and more alike from seed to seed.
const FEW_TIES: usize = 1_000_000;

/// How often they are gone through then: more find nothing.
const MANY_ITERATIONS: u32 = 10;

fn usual_options(quality: Quality, ties: &Ties) -> LeidenOptions {
    let usual = LeidenOptions::default();
    let resolution = match quality {
        Quality::Modularity | Quality::Tempered => 1.0,
        Quality::Cpm => 0.002,
    };
    let iterations = if ties.len() > FEW_TIES { usual.iterations } else { MANY_ITERATIONS };
    LeidenOptions { quality, resolution, iterations, ..usual }
}

/// The clusters that people number: those of the question without options.
///
/// # Errors
/// If the graph's links are damaged.
pub fn usual_clusters(graph: &EventGraph, selection: &Selection) -> Result<Partition> {
    let ties = Ties::of_links(&graph.strengths()?, selection, Weight::Strength);
    Ok(leiden(&ties, selection, usual_options(Quality::Modularity, &ties))?.partition)
}

/// Clusters, however they were found.
#[derive(Debug)]
pub struct ClustersFound {
    /// The clusters, the largest first.
    pub parts: Partition,
    /// How many are as large as asked for.
    pub wanted: usize,
    /// How communities were found.
    pub leiden: Option<LeidenRecord>,
    /// Of each event the share of runs in which it stays; empty if nobody
    /// asked.
    stability: Vec<Option<f64>>,
}

/// How communities were found.
#[derive(Clone, Debug, Serialize)]
pub struct LeidenRecord {
    quality: Quality,
    resolution: f64,
    weight: Weight,
    seed: u64,
    iterations: u32,
    /// At resolution 1, whatever was optimised.
    modularity: f64,
}

/// The clusters of the selected events.
///
/// # Errors
/// If options contradict each other or are out of range, the selection makes no
/// sense, or the graph's links are damaged.
pub fn clusters(
    graph: &EventGraph,
    select: &Select,
    asked: &ClustersQuestion,
) -> Result<ClustersFound> {
    asked.check()?;
    let selection = select.selection(graph)?;
    let mut found = match asked.method {
        ClusterMethod::Leiden => communities(graph, &selection, asked)?,
        ClusterMethod::Components => ClustersFound {
            parts: components(graph, &selection)?,
            wanted: 0,
            leiden: None,
            stability: Vec::new(),
        },
    };
    found.wanted = found.parts.count_of_size(asked.min_size);
    Ok(found)
}

fn communities(
    graph: &EventGraph,
    selection: &Selection,
    asked: &ClustersQuestion,
) -> Result<ClustersFound> {
    let weight = asked.weight.unwrap_or_default();
    let ties = Ties::of_links(&graph.strengths()?, selection, weight);
    let options = asked.options(&ties);
    let parts = leiden(&ties, selection, options)?.partition;
    let stability = match asked.stability {
        Some(runs) => stability(&ties, selection, options, &parts, runs)?,
        None => Vec::new(),
    };
    let record = LeidenRecord {
        quality: options.quality,
        resolution: options.resolution,
        weight,
        seed: options.seed,
        iterations: options.iterations,
        modularity: modularity(&ties, &parts, 1.0),
    };
    Ok(ClustersFound { parts, wanted: 0, leiden: Some(record), stability })
}

/// Clusters for programs.
#[derive(Debug, Serialize)]
pub struct ClustersAnswer<'g> {
    method: ClusterMethod,
    #[serde(flatten)]
    leiden: Option<LeidenRecord>,
    clusters: Vec<ClusterRecord<'g>>,
    /// Those of fewer events than asked for.
    folded: Vec<FoldedRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct ClusterRecord<'g> {
    id: usize,
    size: usize,
    first: Option<String>,
    last: Option<String>,
    topics: Vec<&'g str>,
    events: Vec<&'g str>,
    /// One an event: the share of runs in which it stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    stability: Option<Vec<f64>>,
}

#[derive(Debug, Serialize)]
struct FoldedRecord<'g> {
    id: usize,
    events: Vec<&'g str>,
}

impl ClustersFound {
    /// In which share of the runs each of these events stays; `None` if nobody
    /// asked.
    pub fn stability_of(&self, events: &[EventId]) -> Option<Vec<f64>> {
        let of = |event: &EventId| self.stability.get(event.index()).copied().flatten();
        (!self.stability.is_empty()).then(|| events.iter().filter_map(of).collect())
    }

    /// The same, for programs.
    pub fn record<'g>(&self, graph: &'g EventGraph) -> ClustersAnswer<'g> {
        let mut groups = self.parts.groups(self.parts.len());
        let small = groups.split_off(self.wanted);
        let clusters = groups.iter().zip(1..);
        let folded = small.iter().zip(self.wanted + 1..);
        ClustersAnswer {
            method: match self.leiden {
                Some(_) => ClusterMethod::Leiden,
                None => ClusterMethod::Components,
            },
            leiden: self.leiden.clone(),
            clusters: clusters.map(|(events, id)| self.cluster(graph, id, events)).collect(),
            folded: folded
                .map(|(events, id)| FoldedRecord { id, events: keys(graph, events) })
                .collect(),
        }
    }

    fn cluster<'g>(
        &self,
        graph: &'g EventGraph,
        id: usize,
        events: &[EventId],
    ) -> ClusterRecord<'g> {
        let span = graph.span(events.iter().copied());
        let topics = leading_topics(graph, events);
        ClusterRecord {
            id,
            size: events.len(),
            first: span.map(|(first, _)| first.to_string()),
            last: span.map(|(_, last)| last.to_string()),
            topics: topics.into_iter().map(|topic| graph.topic_name(topic)).collect(),
            events: keys(graph, events),
            stability: self.stability_of(events),
        }
    }
}

fn keys<'g>(graph: &'g EventGraph, events: &[EventId]) -> Vec<&'g str> {
    events.iter().map(|&event| graph.key(event)).collect()
}

/// Topics that tell what a cluster is about.
const TOPICS: usize = 4;

/// The topics that most events of a cluster bear.
pub fn leading_topics(graph: &EventGraph, events: &[EventId]) -> Vec<TopicId> {
    let mut counts: BTreeMap<TopicId, usize> = BTreeMap::new();
    for topic in events.iter().flat_map(|&event| graph.topics(event)) {
        *counts.entry(topic).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(topic, count)| (std::cmp::Reverse(count), topic));
    counts.into_iter().take(TOPICS).map(|(topic, _)| topic).collect()
}
