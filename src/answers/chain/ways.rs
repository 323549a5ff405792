//! Through which events do the best chains run? What ties these is told later, if at
//! all: to gather it takes longer than to find the way.

use std::sync::Arc;

use rayon::prelude::*;

use crate::analysis::{By, ChainOptions, ChainSearch, Order, Strand, find_event, standing};
use crate::answers::ask::write;
use crate::answers::chain::{ChainFound, ChainQuestion, Reason};
use crate::answers::distances::{find_pairs, in_pair};
use crate::answers::select::Select;
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::graph::{EventGraph, Selection, find_topics};
use crate::model::{EventId, TopicId};

/// In a graph of more events, a thousand random pairs take longer than the
/// chain.
const SURPRISE_UP_TO: usize = 20_000;

/// The best chains between two events, as the events they run through.
#[derive(Clone, Debug)]
pub struct Ways {
    /// The events of each chain, both ends included; the best chain first. Empty if
    /// there is none.
    pub ways: Vec<Vec<EventId>>,
    /// The two events.
    pub ends: (EventId, EventId),
    terms: Arc<Terms>,
}

/// What a chain may run through, whichever its ends.
#[derive(Debug)]
struct Terms {
    by: By,
    chains: usize,
    selection: Selection,
    avoid: Vec<TopicId>,
    without: Vec<EventId>,
    max_links: Option<u32>,
    directed: bool,
    order: Order,
    surprise: Option<bool>,
}

/// The best chains between two events, as the events they run through.
///
/// # Errors
/// If a name means nothing or several things, both name the same event, options
/// or selection make no sense, or the graph's links are damaged.
pub fn ways(graph: &EventGraph, select: &Select, asked: &ChainQuestion) -> Result<Ways> {
    let ends = (find_event(graph, &asked.from_event)?, find_event(graph, &asked.to_event)?);
    if ends.0 == ends.1 {
        let message = format!("both names mean the same event, `{}`", graph.key(ends.0));
        return Err(Error::new(ErrorKind::Input, message));
    }
    let terms = Arc::new(Terms::new(graph, select, asked)?);
    terms.allow(graph, ends)?;
    let ways = terms.search(graph)?.ways(ends.0, ends.1, terms.chains)?;
    Ok(Ways { ways, ends, terms })
}

/// The same between the two events of each pair, which are asked for in place of those
/// of the question.
///
/// # Returns
/// In the order of the pairs. Between an event and itself: a chain of one event and no
/// links, for in a long table such a pair is no mistake of the whole.
///
/// # Errors
/// As [`ways`]; the message says in which pair, counted from 1.
pub fn ways_between<S: AsRef<str>>(
    graph: &EventGraph,
    select: &Select,
    pairs: &[(S, S)],
    asked: &ChainQuestion,
) -> Result<Vec<Ways>> {
    let pairs = find_pairs(graph, pairs).map_err(|(at, error)| in_pair(at, error))?;
    let terms = Arc::new(Terms::new(graph, select, asked)?);
    for (at, &ends) in pairs.iter().enumerate() {
        terms.allow(graph, ends).map_err(|error| in_pair(at, error))?;
    }
    // To call another thread takes longer than to search for a hundred ways of fewest links.
    // Each part has a search of its own, which remembers what it weighed.
    let part = if asked.by == By::Fewest { 200 } else { 16 };
    let found = pairs.par_chunks(part).map(|part| {
        let mut search = terms.search(graph)?;
        let mut find = |&ends: &(EventId, EventId)| {
            let ways = search.ways(ends.0, ends.1, terms.chains)?;
            Ok(Ways { ways, ends, terms: Arc::clone(&terms) })
        };
        part.iter().map(&mut find).collect::<Result<Vec<_>>>()
    });
    Ok(found.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}

impl Terms {
    fn new(graph: &EventGraph, select: &Select, asked: &ChainQuestion) -> Result<Self> {
        let order = match (asked.in_time, asked.backward) {
            (true, true) => {
                let message = Sentence::from("a chain cannot be both ")
                    .option("in_time")
                    .text(", each event no earlier than the one before it, and ")
                    .option("backward")
                    .text("; choose one");
                return Err(Error::new(ErrorKind::Input, message));
            }
            (false, true) => Order::Backward,
            (true, false) => Order::Forward,
            (false, false) => Order::Any,
        };
        let selection = select.selection(graph)?;
        let (avoid, without) = avoided(graph, &asked.avoid)?;
        let &ChainQuestion { by, chains, max_links, directed, surprise, .. } = asked;
        Ok(Self { by, chains, selection, avoid, without, max_links, directed, order, surprise })
    }

    /// Whether there may be a chain between these two at all.
    fn allow(&self, graph: &EventGraph, (from, to): (EventId, EventId)) -> Result<()> {
        let Some(end) = [from, to].into_iter().find(|end| self.without.contains(end)) else {
            return Ok(());
        };
        let message = format!(
            "`{}` is to be avoided, and is an end of the chain; avoid events between the two",
            graph.key(end)
        );
        Err(Error::new(ErrorKind::Input, message))
    }

    fn search<'a>(&'a self, graph: &'a EventGraph) -> Result<ChainSearch<'a>> {
        ChainSearch::new(graph, &self.selection, self.options())
    }

    fn options(&self) -> ChainOptions<'_> {
        ChainOptions {
            by: self.by,
            max_links: self.max_links,
            directed: self.directed,
            order: self.order,
            avoid: &self.avoid,
            without: &self.without,
        }
    }
}

impl Ways {
    /// The chains with their evidence, or why there is none; and how surprising so
    /// short a chain is, if that was asked for or the graph is small.
    ///
    /// # Errors
    /// If the graph's links contradict each other.
    ///
    /// # Panics
    /// If the graph is another one.
    pub fn told(&self, graph: &EventGraph) -> Result<ChainFound> {
        let (terms, (from, to)) = (&self.terms, self.ends);
        let (search, strengths) = (terms.search(graph)?, graph.strengths()?);
        let tell = |way: &Vec<_>| Ok(Strand::new(&strengths, search.evidence(way.clone())?));
        let strands = self.ways.iter().map(tell).collect::<Result<Vec<_>>>()?;
        let why_none = match strands.is_empty() {
            true => Some(Reason::of(graph, from, to, terms.options(), &terms.selection)?),
            false => None,
        };
        let wanted = terms.surprise.unwrap_or(graph.event_count() <= SURPRISE_UP_TO);
        let surprise =
            if strands.is_empty() || !wanted { None } else { standing(graph, from, to)? };
        Ok(ChainFound { by: terms.by, strands, why_none, surprise })
    }

    /// The same as JSON: what [`ask`](crate::answers::ask) answers.
    ///
    /// # Errors
    /// As [`Ways::told`].
    pub fn to_json(&self, graph: &EventGraph) -> Result<String> {
        write(&self.told(graph)?.record(graph))
    }
}

/// The topics and events that `avoid` names; a topic is meant first.
fn avoided(graph: &EventGraph, names: &[String]) -> Result<(Vec<TopicId>, Vec<EventId>)> {
    let (mut topics, mut events) = (Vec::new(), Vec::new());
    for name in names {
        if let Ok(named) = find_topics(graph, name) {
            topics.extend(named);
            continue;
        }
        events.push(find_event(graph, name).map_err(|error| {
            error.within(format!("`{name}`, to be avoided, names no topic, and as an event"))
        })?);
    }
    Ok((topics, events))
}
