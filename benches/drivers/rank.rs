//! PageRank inside one process: what `scripts/bench` holds against other
//! libraries.
//!
//! `rank GRAPH [TOLERANCE …]` prints a row a measurement: task, tab, seconds.

#[path = "../shared/timed.rs"]
mod timed;

use threadline::analysis::{PageRankOptions, pagerank};
use threadline::graph::Selection;
use threadline::store;

use timed::timed;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let Some(graph) = args.next() else {
        return Err("name a graph file".into());
    };
    let graph = timed("open", || store::open(graph.as_ref()))?;
    timed("check before the first walk", || graph.walk())?;
    let all = Selection::all(&graph);
    for tolerance in args {
        let options =
            PageRankOptions { tolerance: tolerance.parse()?, ..PageRankOptions::default() };
        timed(&format!("pagerank to {tolerance}"), || pagerank(&graph, &all, options))?;
    }
    Ok(())
}
