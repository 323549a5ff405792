//! PageRank inside one process: what `scripts/bench` holds against other
//! libraries.
//!
//! `rank GRAPH [TOLERANCE …]` prints a row a measurement: task, tab, seconds.

use std::time::Instant;

use threadline::analysis::{PageRankOptions, pagerank};
use threadline::graph::Selection;
use threadline::store;

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
        timed(&format!("pagerank to {tolerance}"), || pagerank(&graph, &all, &options))?;
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a program of its own")]
fn timed<T>(task: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    println!("{task}\t{:.6}", start.elapsed().as_secs_f64());
    result
}
