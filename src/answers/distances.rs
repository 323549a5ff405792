//! How many links lie between the events of many pairs?

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::{self, DistanceOptions, find_events};
use crate::answers::ask::asked;
use crate::answers::select::Select;
use crate::error::{Error, Result};
use crate::graph::EventGraph;
use crate::model::EventId;

/// Which pairs of events, and which links count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DistancesQuestion<S = String> {
    /// From which event to which: their keys, unambiguous ends of them, or words.
    pub pairs: Vec<(S, S)>,
    /// Follow links only from the page that lists them.
    pub directed: bool,
    /// The most links to look for.
    pub max_links: Option<u32>,
}

impl DistancesQuestion {
    /// What a JSON object asks for, with this type's fields.
    ///
    /// # Errors
    /// If a field is not known or has a value that makes no sense.
    pub fn from_json(json: &str) -> Result<Self> {
        asked(json)
    }

    /// The same about other pairs, whose names may lie anywhere.
    pub fn about<S>(self, pairs: Vec<(S, S)>) -> DistancesQuestion<S> {
        DistancesQuestion { pairs, directed: self.directed, max_links: self.max_links }
    }
}

/// The fewest links between the events of each pair, in the order of the pairs.
#[derive(Clone, Debug)]
pub struct DistancesFound {
    /// Which links counted, and how far was looked.
    pub options: DistanceOptions,
    /// The events that were named.
    pub pairs: Vec<(EventId, EventId)>,
    /// Of each pair; `None` if no chain ties the two.
    pub links: Vec<Option<u32>>,
}

/// The fewest links between the events of each pair.
///
/// # Errors
/// If a name means nothing or several things (the message says in which pair,
/// counted from 1), the selection makes no sense, or the graph's links are
/// damaged.
pub fn distances<S: AsRef<str>>(
    graph: &EventGraph,
    select: &Select,
    asked: &DistancesQuestion<S>,
) -> Result<DistancesFound> {
    let selection = select.selection(graph)?;
    let names: Vec<&str> =
        asked.pairs.iter().flat_map(|(from, to)| [from.as_ref(), to.as_ref()]).collect();
    let events = find_events(graph, &names)
        .map_err(|(at, error)| Error::new(error.kind(), format!("pair {}: {error}", at / 2 + 1)))?;
    let pairs: Vec<_> = events.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
    let options = DistanceOptions { directed: asked.directed, max_links: asked.max_links };
    let links = analysis::distances(graph, &pairs, options, &selection)?;
    Ok(DistancesFound { options, pairs, links })
}

/// Distances for programs: in the order of the pairs.
#[derive(Debug, Serialize)]
pub struct DistancesAnswer<'g> {
    directed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_links: Option<u32>,
    distances: Vec<DistanceRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct DistanceRecord<'g> {
    from_event: &'g str,
    to_event: &'g str,
    links: Option<u32>,
}

impl DistancesFound {
    /// From which event to which, and how many links.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = (EventId, EventId, Option<u32>)> + '_ {
        self.pairs.iter().zip(&self.links).map(|(&(from, to), &links)| (from, to, links))
    }

    /// The same, for programs.
    pub fn record<'g>(&self, graph: &'g EventGraph) -> DistancesAnswer<'g> {
        let record = |(from, to, links)| DistanceRecord {
            from_event: graph.key(from),
            to_event: graph.key(to),
            links,
        };
        let DistanceOptions { directed, max_links } = self.options;
        DistancesAnswer { directed, max_links, distances: self.rows().map(record).collect() }
    }
}
