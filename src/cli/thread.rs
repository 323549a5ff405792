//! `threadline thread`: what led to an event, and what followed.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use crate::analysis::{Chain, ChainOptions, ChainSearch, ThreadOptions, find_event, thread};
use crate::cli::answers::write_json;
use crate::cli::load::LoadArgs;
use crate::cli::picture::PictureArgs;
use crate::cli::screen::{FAINT, STRONG, styled};
use crate::cli::select::SelectArgs;
use crate::cli::strand::{ChainRecord, Strand};
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::export::Dossier;
use crate::export::records::{self, EventRecord};
use crate::graph::EventGraph;
use crate::model::EventId;
use crate::picture;

/// Show what led to an event and what followed, each hop with its evidence
///
/// These are the strongest chains in time that end in the event and begin with
/// it. Where the links before and behind an event share no topic, another
/// subject begins, and that is marked.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// The event: its key, an unambiguous end of it, or words of its title
    #[arg(value_name = "EVENT", required = true)]
    event: Vec<String>,

    /// The most links each way
    #[arg(long, value_name = "N", default_value_t = 5)]
    steps: u32,

    /// The most chains each way
    #[arg(long, value_name = "N", default_value_t = 2)]
    branches: usize,

    #[command(flatten)]
    select: SelectArgs,

    #[command(flatten)]
    picture: PictureArgs,

    /// Answer for programs
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'g> {
    event: EventRecord<'g>,
    /// Chains that end in the event, the best first, each in order of time.
    before: Vec<ChainRecord<'g>>,
    /// Chains that begin with the event, the best first.
    after: Vec<ChainRecord<'g>>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let output = args.picture.open_told(&args.load)?;
    let graph = args.load.load()?;
    let event = find_event(&graph, &args.event.join(" "))?;
    let selection = args.select.selection(&graph)?;
    let options = ThreadOptions { steps: args.steps, branches: args.branches };
    let found = thread(&graph, event, options, &selection)?;
    let mut search = ChainSearch::new(&graph, ChainOptions::default(), &selection)?;
    let mut strands = |chains| -> Vec<Strand<'_>> {
        let chains: &[Chain] = chains;
        chains.iter().map(|chain| Strand::new(&mut search, chain)).collect()
    };
    if let Some(output) = output {
        if output.is_dossier() {
            output.write_dossier(&Dossier::of_thread(&graph, &found))?;
            return Ok(Outcome::Done);
        }
        let mut weighed = |chains| -> Vec<_> {
            let strands: Vec<Strand<'_>> = strands(chains);
            strands.iter().map(Strand::weighed).collect()
        };
        let (before, after) = (weighed(&found.before), weighed(&found.after));
        output.write(|options| Ok(picture::thread(&graph, event, &before, &after, options)))?;
        return Ok(Outcome::Done);
    }
    if args.json {
        let records =
            |strands: Vec<Strand<'_>>| strands.iter().map(|strand| strand.record(&graph)).collect();
        let answer = Answer {
            event: records::event(&graph, event),
            before: records(strands(&found.before)),
            after: records(strands(&found.after)),
        };
        write_json(out, &answer)?;
        return Ok(Outcome::Done);
    }
    let sides = [
        ("What led to it", "nothing that it is linked to came before", &found.before),
        ("What followed", "nothing that it is linked to came after", &found.after),
    ];
    for (at, (heading, none, chains)) in sides.into_iter().enumerate() {
        if at > 0 {
            writeln!(out).map_err(output_error)?;
        }
        let strands = strands(chains);
        write_side(out, &graph, event, (heading, none), chains, &strands).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

/// One way in time. Where a chain runs into one that was shown, the rest is
/// not shown again.
fn write_side(
    out: &mut dyn Write,
    graph: &EventGraph,
    event: EventId,
    (heading, none): (&str, &str),
    chains: &[Chain],
    strands: &[Strand<'_>],
) -> io::Result<()> {
    writeln!(out, "{}", styled(STRONG, heading))?;
    if strands.is_empty() {
        return writeln!(out, "  {none}");
    }
    let mut shown = BTreeSet::from([event]);
    for (at, (chain, strand)) in chains.iter().zip(strands).enumerate() {
        writeln!(out, "{}{}\n", if at > 0 { "\n" } else { "" }, strand.heading(graph))?;
        let last = chain.events.len() - 1;
        let ends_here = chain.events[last] == event;
        let known = |event: &&EventId| shown.contains(event);
        let range = if at == 0 {
            0..=last
        } else if ends_here {
            let known = chain.events[..last].iter().take_while(known).count();
            known.saturating_sub(1)..=last
        } else {
            let known = chain.events[1..].iter().rev().take_while(known).count();
            0..=last - known.saturating_sub(1)
        };
        let (first_shown, last_shown) = (*range.start(), *range.end());
        if first_shown > 0 {
            writeln!(out, "    {}", styled(FAINT, "… as above, until"))?;
        }
        strand.write_thread(out, graph, range, event)?;
        if last_shown < last {
            writeln!(out, "    {}", styled(FAINT, "… and on as above"))?;
        }
        shown.extend(&chain.events);
    }
    Ok(())
}
