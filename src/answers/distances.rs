//! How many links lie between the events of many pairs?

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::{self, DistanceOptions, Untied, find_events, why_untied};
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
    /// Of each pair; why, if no chain ties the two.
    pub links: Vec<Result<u32, Untied>>,
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
    let pairs = find_pairs(graph, &asked.pairs).map_err(|(at, error)| in_pair(at, error))?;
    let options = DistanceOptions { directed: asked.directed, max_links: asked.max_links };
    distances_between(graph, select, pairs, options)
}

/// An error, with the pair that it is about, counted from 1.
pub fn in_pair(at: usize, error: Error) -> Error {
    error.within(format!("pair {}", at + 1))
}

/// The events that pairs of names mean.
///
/// # Errors
/// If a name means nothing or several things: in which pair, and why.
pub fn find_pairs<S: AsRef<str>>(
    graph: &EventGraph,
    pairs: &[(S, S)],
) -> Result<Vec<(EventId, EventId)>, (usize, Error)> {
    let names: Vec<&str> =
        pairs.iter().flat_map(|(from, to)| [from.as_ref(), to.as_ref()]).collect();
    let events = find_events(graph, &names).map_err(|(at, error)| (at / 2, error))?;
    Ok(events.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
}

/// The fewest links between the two events of each pair.
///
/// # Errors
/// If the selection makes no sense, or the graph's links are damaged.
pub fn distances_between(
    graph: &EventGraph,
    select: &Select,
    pairs: Vec<(EventId, EventId)>,
    options: DistanceOptions,
) -> Result<DistancesFound> {
    let selection = select.selection(graph)?;
    let found = analysis::distances(graph, &pairs, &selection, options)?;
    let untied = pairs.iter().zip(&found).filter(|(_, links)| links.is_none());
    let untied: Vec<_> = untied.map(|(&pair, _)| pair).collect();
    let why = match untied.is_empty() {
        true => Vec::new(),
        false => why_untied(graph, &untied, &selection, options)?,
    };
    let mut why = why.into_iter();
    let links = found.into_iter().map(|links| links.ok_or_else(|| why.next().expect("one each")));
    Ok(DistancesFound { options, pairs, links: links.collect() })
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
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Untied>,
}

impl DistancesFound {
    /// From which event to which, and how many links, or why there are none.
    pub fn rows(
        &self,
    ) -> impl ExactSizeIterator<Item = (EventId, EventId, Result<u32, Untied>)> + '_ {
        self.pairs.iter().zip(&self.links).map(|(&(from, to), &links)| (from, to, links))
    }

    /// The same, for programs.
    pub fn record<'g>(&self, graph: &'g EventGraph) -> DistancesAnswer<'g> {
        let record = |(from, to, links): (EventId, EventId, Result<u32, Untied>)| DistanceRecord {
            from_event: graph.key(from),
            to_event: graph.key(to),
            links: links.ok(),
            reason: links.err(),
        };
        let DistanceOptions { directed, max_links } = self.options;
        DistancesAnswer { directed, max_links, distances: self.rows().map(record).collect() }
    }
}
