//! Communities inside one process: what `scripts/bench` holds against other
//! libraries.
//!
//! `communities GRAPH [quality=cpm] [resolution=1] [weight=strength]
//! [iterations=2] [seed=1] [runs=1] [labels=FILE]`. Prints a row a measurement:
//! task, tab, seconds or value. FILE gets a row an event: its key, a tab and the
//! number of its community.

#[path = "../shared/timed.rs"]
mod timed;

use std::io::{BufWriter, Write};

use threadline::analysis::{LeidenOptions, Quality, Ties, Weight, leiden, modularity};
use threadline::graph::Selection;
use threadline::store;

use timed::timed;

type Failure = Box<dyn std::error::Error>;

#[expect(clippy::print_stdout, reason = "a program of its own")]
fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let graph = args.next().ok_or("name a graph file")?;
    let mut options = LeidenOptions::default();
    let (mut weight, mut labels, mut runs) = (Weight::None, None, 1);
    for arg in args {
        let (name, value) = arg.split_once('=').ok_or("an option is `name=value`")?;
        match (name, value) {
            ("quality", "modularity") => options.quality = Quality::Modularity,
            ("quality", "cpm") => options.quality = Quality::Cpm,
            ("weight", "none") => weight = Weight::None,
            ("weight", "strength") => weight = Weight::Strength,
            ("resolution", value) => options.resolution = value.parse()?,
            ("iterations", value) => options.iterations = value.parse()?,
            ("seed", value) => options.seed = value.parse()?,
            ("runs", value) => runs = value.parse()?,
            ("labels", value) => labels = Some(value.to_owned()),
            _ => return Err(format!("there is no option `{arg}`").into()),
        }
    }
    let graph = timed("open", || store::open(graph.as_ref()))?;
    let all = Selection::all(&graph);
    let strengths = timed("topics", || graph.strengths())?;
    let ties = timed("ties", || Ties::of_links(&strengths, &all, weight));
    let mut found = timed("communities", || leiden(&ties, &all, options))?;
    for _ in 1..runs {
        found = timed("communities", || leiden(&ties, &all, options))?;
    }
    println!("number\t{}", found.partition.len());
    println!("quality\t{:.6}", found.quality);
    println!("modularity\t{:.6}", modularity(&ties, &found.partition, 1.0));
    if let Some(path) = labels {
        let mut out = BufWriter::new(std::fs::File::create(path)?);
        for event in graph.events() {
            let number = found.partition.of(event).map_or(String::new(), |n| (n + 1).to_string());
            writeln!(out, "{}\t{number}", graph.key(event))?;
        }
        out.flush()?;
    }
    Ok(())
}
