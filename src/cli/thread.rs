//! `threadline thread`: what led to an event, and what followed.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::analysis::Strand;
use crate::answers::{ThreadQuestion, thread};
use crate::cli::answers::write_json;
use crate::cli::load::LoadArgs;
use crate::cli::picture::PictureArgs;
use crate::cli::screen::{FAINT, STRONG, styled};
use crate::cli::select::SelectArgs;
use crate::cli::strand;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::export::Dossier;
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

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let output = args.picture.open_told(&args.load)?;
    let graph = args.load.load()?;
    let (steps, branches) = (args.steps, args.branches);
    let asked = ThreadQuestion { event: args.event.join(" "), steps, branches };
    let found = thread(&graph, &args.select.select(&graph), &asked)?;
    let event = found.event;
    if let Some(output) = output {
        if output.is_dossier() {
            output.write_dossier(Dossier::of_thread(&graph, &found.thread()))?;
            return Ok(Outcome::Done);
        }
        output.write(|options| {
            let weighed = |strands| -> Vec<_> {
                let strands: &[Strand] = strands;
                strands.iter().map(strand::weighed).collect()
            };
            let (before, after) = (weighed(&found.before), weighed(&found.after));
            Ok(picture::thread(&graph, event, &before, &after, options))
        })?;
        return Ok(Outcome::Done);
    }
    if args.json {
        write_json(out, &found.record(&graph))?;
        return Ok(Outcome::Done);
    }
    let sides = [
        ("What led to it", "nothing that it is linked to came before", &found.before),
        ("What followed", "nothing that it is linked to came after", &found.after),
    ];
    for (at, (heading, none, strands)) in sides.into_iter().enumerate() {
        if at > 0 {
            writeln!(out).map_err(output_error)?;
        }
        write_side(out, &graph, event, (heading, none), strands).map_err(output_error)?;
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
    strands: &[Strand],
) -> io::Result<()> {
    writeln!(out, "{}", styled(STRONG, heading))?;
    if strands.is_empty() {
        return writeln!(out, "  {none}");
    }
    let mut shown = BTreeSet::from([event]);
    for (at, strand) in strands.iter().enumerate() {
        let chain = &strand.chain;
        writeln!(out, "{}{}\n", if at > 0 { "\n" } else { "" }, strand::heading(strand, graph))?;
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
        strand::write_thread(strand, out, graph, range, event)?;
        if last_shown < last {
            writeln!(out, "    {}", styled(FAINT, "… and on as above"))?;
        }
        shown.extend(&chain.events);
    }
    Ok(())
}
