//! Shows how two events connect, and the evidence for each step: the topics, and
//! the page and line of the link.
//!
//! `cargo run --example chain -- data "Sputnik 1" "shake hands"`

#![expect(clippy::print_stdout, reason = "a program of its own")]

use threadline::answers::{ChainQuestion, Select, chain, title};
use threadline::pipeline::{BuildOptions, build_archive};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(archive), Some(from_event), Some(to_event)) = (args.next(), args.next(), args.next())
    else {
        return Err("name an archive and two events, in words of their titles".into());
    };
    let (graph, _) = build_archive(archive.as_ref(), &BuildOptions::default(), |_| {})?;

    // The question that `threadline chain` asks; all events may be on the way.
    let asked = ChainQuestion { from_event, to_event, in_time: true, ..Default::default() };
    let found = chain(&graph, &Select::default(), &asked)?;
    let Some(strand) = found.strands.first() else {
        println!("nothing ties them");
        return Ok(());
    };
    println!("{}", title(&graph, strand.chain.events[0]));
    for (hop, &event) in strand.chain.hops.iter().zip(&strand.chain.events[1..]) {
        for link in &hop.links {
            let page = graph.page(link.source).unwrap_or_else(|| graph.key(link.source));
            let topics: Vec<_> =
                graph.link_topics(link.id).map(|topic| graph.topic_name(topic)).collect();
            println!("    {page}:{}  {}", link.line, topics.join(", "));
        }
        println!("{}", title(&graph, event));
    }
    Ok(())
}
