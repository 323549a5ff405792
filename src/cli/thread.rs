//! `threadline thread`: what led to an event, and what followed.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::RangeInclusive;

use crate::analysis::{WEAK, WeakEnd, before_it};
use crate::answers::{ThreadFound, ThreadQuestion, thread};
use crate::cli::json::write_json;
use crate::cli::load::LoadArgs;
use crate::cli::picture::PictureArgs;
use crate::cli::screen::{FAINT, STRONG, safe, styled, wrap_width, wrapped};
use crate::cli::select::SelectArgs;
use crate::cli::strand;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::export::{narrow_tie, weak_end};
use crate::graph::EventGraph;
use crate::model::EventId;

/// Show what led to an event and what followed, each hop with its evidence
///
/// These are chains in time that end in the event and begin with it: along strong
/// links to events that are about the same and near in time. Where the links before
/// and behind an event share no topic, another subject begins, and that is marked. A
/// chain that is tied to the event by few of its topics says so. Where nothing but
/// links that tell little lead on, a chain ends, and says so.
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

    /// Follow no link weaker than this, 0 to 1: weaker ones are by topics that
    /// are everywhere; 0 follows all
    #[arg(long, value_name = "S", default_value_t = WEAK, allow_negative_numbers = true)]
    min_strength: f64,

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
    let Args { steps, branches, min_strength, .. } = *args;
    let asked = ThreadQuestion { event: args.event.join(" "), steps, branches, min_strength };
    let found = thread(&graph, &args.select.select(&graph), &asked)?;
    if let Some(output) = output {
        match output.is_dossier() {
            true => output.write_dossier(found.dossier(&graph)?)?,
            false => output.write(|how| Ok(found.picture(&graph, how)))?,
        }
        return Ok(Outcome::Done);
    }
    if args.json {
        write_json(out, &found.record(&graph))?;
        return Ok(Outcome::Done);
    }
    write_side(out, &graph, &found, true).map_err(output_error)?;
    writeln!(out).map_err(output_error)?;
    write_side(out, &graph, &found, false).map_err(output_error)?;
    Ok(Outcome::Done)
}

/// One way in time. Where a chain runs into one that was shown, the rest is
/// not shown again.
fn write_side(
    out: &mut dyn Write,
    graph: &EventGraph,
    found: &ThreadFound,
    back: bool,
) -> io::Result<()> {
    let event = found.event;
    let (none, strands, weak) = match back {
        true => ("before", &found.before, &found.weak_before),
        false => ("after", &found.after, &found.weak_after),
    };
    let heading = match back {
        true => before_it(graph, strands.iter().map(|strand| &strand.chain), event),
        false => "What followed",
    };
    let ended = |event: EventId| weak.iter().find(|end| end.event == event);
    writeln!(out, "{}", styled(STRONG, heading))?;
    if strands.is_empty() {
        return match ended(event) {
            Some(end) => write_end(out, graph, end, back, "  "),
            None => writeln!(out, "  nothing that it is linked to came {none}"),
        };
    }
    let mut shown = BTreeSet::from([event]);
    for (at, strand) in strands.iter().enumerate() {
        let chain = &strand.chain;
        writeln!(out, "{}{}", if at > 0 { "\n" } else { "" }, strand::heading(strand, graph))?;
        if let Some(narrow) = narrow_tie(graph, chain, event) {
            for line in wrapped(&safe(&narrow), "", wrap_width()).lines() {
                writeln!(out, "{}", styled(FAINT, line))?;
            }
        }
        writeln!(out)?;
        let last = chain.events.len() - 1;
        let range = if at == 0 { 0..=last } else { part_not_shown(&chain.events, event, &shown) };
        let (first_shown, last_shown) = (*range.start(), *range.end());
        if first_shown > 0 {
            writeln!(out, "    {}", styled(FAINT, "… as above, until"))?;
        } else if back && let Some(end) = ended(chain.events[0]) {
            write_end(out, graph, end, back, END)?;
        }
        strand::write_thread(strand, out, graph, range, event)?;
        if last_shown < last {
            writeln!(out, "    {}", styled(FAINT, "… and on as above"))?;
        } else if !back && let Some(end) = ended(chain.events[last]) {
            write_end(out, graph, end, back, END)?;
        }
        shown.extend(&chain.events);
    }
    Ok(())
}

/// Where a chain that begins or ends with an event goes through others than those shown,
/// with the last of these that it leaves, or the first that it runs into.
fn part_not_shown(
    chain: &[EventId],
    event: EventId,
    shown: &BTreeSet<EventId>,
) -> RangeInclusive<usize> {
    let last = chain.len() - 1;
    let is_shown = |event: &&EventId| shown.contains(event);
    if chain[last] == event {
        let known = chain[..last].iter().take_while(is_shown).count();
        known.saturating_sub(1)..=last
    } else {
        let known = chain[1..].iter().rev().take_while(is_shown).count();
        0..=last - known.saturating_sub(1)
    }
}

/// Before the words at an end of a chain.
const END: &str = "    · · · ";

/// Why a chain does not go on, and how it would.
fn write_end(
    out: &mut dyn Write,
    graph: &EventGraph,
    end: &WeakEnd,
    back: bool,
    before: &str,
) -> io::Result<()> {
    let words = weak_end(graph, end, "it", back);
    let them = if end.events == 1 { "it" } else { "them" };
    let text = format!("{}; --min-strength 0 follows {them}", safe(&words));
    let room = wrap_width().saturating_sub(before.chars().count());
    let indent = " ".repeat(before.chars().count());
    for (at, line) in wrapped(&text, "", room).lines().enumerate() {
        let before = if at == 0 { before } else { &indent };
        writeln!(out, "{before}{}", styled(FAINT, line))?;
    }
    Ok(())
}
