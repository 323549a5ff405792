//! How long placing the events of a graph takes, and where they are.
//!
//! `layout GRAPH.threadline` prints the seconds, `layout GRAPH.threadline
//! places` the key and the place of each event.

use std::time::Instant;

use threadline::analysis::{LayoutOptions, layout};
use threadline::graph::Selection;
use threadline::store;

type Failure = Box<dyn std::error::Error>;

#[expect(clippy::print_stdout, reason = "a program of its own")]
fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let Some(path) = args.next() else {
        return Err("name a graph file".into());
    };
    let graph = store::open(path.as_ref())?;
    let start = Instant::now();
    let places = layout(&graph, &Selection::all(&graph), LayoutOptions::default())?;
    let seconds = start.elapsed().as_secs_f64();
    if args.next().is_none() {
        println!("{} events, {} links\t{seconds:.3}", graph.event_count(), graph.link_count());
        return Ok(());
    }
    for (event, [x, y]) in places.all() {
        println!("{}\t{x:.2}\t{y:.2}", graph.key(event));
    }
    Ok(())
}
