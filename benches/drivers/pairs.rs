//! Many chains inside one process, and components: what `scripts/bench` holds
//! against other libraries.
//!
//! `pairs GRAPH PAIRS` answers every line of PAIRS, a text file with the key of
//! one event, a tab and the key of another; a third column, if there is one, is
//! the number of links that the chain must have, `-` for no chain. Prints a row
//! a measurement: task, tab, seconds.

#[path = "../shared/timed.rs"]
mod timed;

use std::collections::HashMap;

use threadline::analysis::{By, ChainOptions, ChainSearch, components, fewest_links};
use threadline::graph::Selection;
use threadline::model::EventId;
use threadline::store;

use timed::timed;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut args = std::env::args_os().skip(1);
    let (Some(graph), Some(pairs)) = (args.next(), args.next()) else {
        return Err("name a graph file and a file of pairs".into());
    };
    let graph = timed("open", || store::open(graph.as_ref()))?;
    timed("check before the first walk", || graph.walk().map(drop))?;
    let rows: HashMap<&str, EventId> =
        graph.events().map(|event| (graph.key(event), event)).collect();
    let text = std::fs::read_to_string(pairs)?;
    let pairs: Vec<Pair> =
        text.lines().map(|line| Pair::read(line, &rows)).collect::<Result<_, _>>()?;
    let (all, options) =
        (Selection::all(&graph), ChainOptions { by: By::Fewest, ..ChainOptions::default() });

    let mut search = ChainSearch::new(&graph, &all, options)?;
    let chains: Vec<_> = timed(&format!("{} chains", pairs.len()), || {
        pairs.iter().map(|pair: &Pair| search.way(pair.from, pair.to)).collect()
    });
    for (pair, chain) in pairs.iter().zip(&chains) {
        let length = chain.as_ref().map(|events| events.len() - 1);
        if pair.length.is_some_and(|expected| expected != length) {
            let (from, to) = (graph.key(pair.from), graph.key(pair.to));
            return Err(format!("{from} to {to}: {length:?} links, not {:?}", pair.length).into());
        }
    }
    timed(&format!("{} chains with evidence", pairs.len()), || {
        let chain = |pair: &Pair| fewest_links(&graph, pair.from, pair.to, &all, options);
        pairs.iter().map(chain).collect::<Result<Vec<_>, _>>()
    })?;
    timed("components", || components(&graph, &all))?;
    Ok(())
}

struct Pair {
    from: EventId,
    to: EventId,
    /// What another library found, if it was asked: a length, or no chain.
    length: Option<Option<usize>>,
}

impl Pair {
    fn read(line: &str, rows: &HashMap<&str, EventId>) -> Result<Self, Failure> {
        let mut cells = line.split('\t');
        let mut event = || {
            let key = cells.next().unwrap_or_default();
            rows.get(key).copied().ok_or_else(|| format!("no event has the key `{key}`"))
        };
        let (from, to) = (event()?, event()?);
        let length = match cells.next() {
            None => None,
            Some("-") => Some(None),
            Some(links) => Some(Some(links.parse()?)),
        };
        Ok(Self { from, to, length })
    }
}
