//! `threadline chain`: how two events connect.

use std::io::{self, Write};

use crate::analysis::{By, Standing, Strand};
use crate::answers::{ChainQuestion, Reason, chain};
use crate::cli::choice::one_explained;
use crate::cli::flag::flag;
use crate::cli::json::write_json;
use crate::cli::lines::{event_line, topic_names};
use crate::cli::load::LoadArgs;
use crate::cli::picture::PictureArgs;
use crate::cli::screen::{FAINT, STRONG, WARN, counted, styled, wrap_width, wrapped};
use crate::cli::select::SelectArgs;
use crate::cli::strand;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::graph::EventGraph;

/// Show how two events connect, each hop with its evidence
///
/// Links are followed in both directions unless --directed is given. Events of
/// a selection only (--topic, --from, …) leave a chain within a subject or a
/// span of time.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// The first event: its key, an unambiguous end of it, or words in quotes
    from_event: String,

    /// The last event
    to_event: String,

    /// What makes a chain the best
    #[arg(long, default_value_t = By::default(), value_parser = one_explained([
        (By::Closest, "Least total cost, where a strong link costs little"),
        (By::Strongest, "The weakest link is as strong as can be; of those the shortest"),
        (By::Fewest, "Fewest links"),
        (By::Coherent, "As strongest, and linked events have to be about the same"),
    ]))]
    by: By,

    /// No event earlier than the one before it, so that it reads as a story
    #[arg(long)]
    in_time: bool,

    /// The same back in time: no event later than the one before it
    #[arg(long)]
    backward: bool,

    /// Follow links only from the page that lists them
    #[arg(long)]
    directed: bool,

    /// Show so many chains that really differ
    #[arg(short = 'k', long, value_name = "N", default_value_t = 1)]
    chains: usize,

    /// Follow no link with this topic, or run not through this event; may be
    /// given several times
    #[arg(long, value_name = "TOPIC|EVENT")]
    avoid: Vec<String>,

    /// The longest chain to look for; by strongest and coherent three more
    /// than the fewest links, else any
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    max_links: Option<u32>,

    /// Tell where the fewest links stand among random pairs even if the graph
    /// has more than 20,000 events, where that takes a second or more
    #[arg(long)]
    surprise: bool,

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
    let asked = ChainQuestion {
        from_event: args.from_event.clone(),
        to_event: args.to_event.clone(),
        by: args.by,
        in_time: args.in_time,
        backward: args.backward,
        directed: args.directed,
        chains: args.chains,
        avoid: args.avoid.clone(),
        max_links: args.max_links,
        surprise: args.surprise.then_some(true),
    };
    let found = chain(&graph, &args.select.select(&graph), &asked)?;
    if let Some(output) = output {
        match output.is_dossier() {
            true => output.write_dossier(found.dossier(&graph)?)?,
            false => output.write(|how| found.picture(&graph, how))?,
        }
        return Ok(Outcome::Done);
    }
    if args.json {
        write_json(out, &found.record(&graph))?;
        return Ok(Outcome::Done);
    }
    let written = match &found.why_none {
        Some(why) => write_reason(out, &graph, why),
        None => write_chains(out, &graph, &found.strands, args.chains, found.surprise)
            .and_then(|()| write_turns(out, &graph, &found.strands)),
    };
    written.map_err(output_error)?;
    Ok(Outcome::Done)
}

fn write_chains(
    out: &mut dyn Write,
    graph: &EventGraph,
    strands: &[Strand],
    asked: usize,
    surprise: Option<Standing>,
) -> io::Result<()> {
    for (at, strand) in strands.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        if asked > 1 {
            write!(out, "{} ", styled(STRONG, format_args!("{}.", at + 1)))?;
        }
        writeln!(out, "{}", strand::heading(strand, graph))?;
        if let Some(words) = strand::wandering(strand, graph) {
            writeln!(out, "{}", styled(WARN, words))?;
        }
        if let Some(standing) = surprise.filter(|_| at == 0) {
            writeln!(out, "{}", styled(FAINT, standing_line(standing)))?;
        }
        writeln!(out)?;
        strand::write(strand, out, graph)?;
    }
    if strands.len() < asked {
        let found = counted(strands.len(), "chain", "chains");
        writeln!(out, "\n{}", styled(FAINT, format_args!("there are only {found} that differ")))?;
    }
    Ok(())
}

/// How to get a chain that reads as a story, if one does not.
fn write_turns(out: &mut dyn Write, graph: &EventGraph, strands: &[Strand]) -> io::Result<()> {
    let turning = strands.iter().filter(|strand| strand.goes_back_and_forth(graph)).count();
    let what = match (turning, strands.len()) {
        (0, _) => return Ok(()),
        (1, 1) => "it goes".to_owned(),
        (1, _) => "one of them goes".to_owned(),
        (some, _) => format!("{some} of them go"),
    };
    let text = format!("{what} back and forth in time; --in-time looks for a chain that does not");
    writeln!(out)?;
    for line in wrapped(&text, "", wrap_width()).lines() {
        writeln!(out, "{}", styled(FAINT, line))?;
    }
    Ok(())
}

/// `4 links at the fewest; random pairs: 66 % nearer, 21 % as near, 13 % farther`
fn standing_line(standing: Standing) -> String {
    let share = |pairs: u32| 100 * pairs / standing.pairs.max(1);
    format!(
        "{} at the fewest; random pairs: {} % nearer, {} % as near, {} % farther",
        counted(standing.fewest as usize, "link", "links"),
        share(standing.pairs - standing.farther - standing.as_far),
        share(standing.as_far),
        share(standing.farther),
    )
}

/// Why there is no chain, and what would help.
fn write_reason(out: &mut dyn Write, graph: &EventGraph, why: &Reason) -> io::Result<()> {
    write!(out, "{}", wrapped(&why.text.worded(flag), "", wrap_width()))?;
    let Some(gap) = why.gap.as_ref().filter(|gap| !gap.missing.is_empty()) else {
        return Ok(());
    };
    let heading = "Missing pages whose links might join them";
    writeln!(out, "\n{}", styled(STRONG, heading))?;
    for missing in &gap.missing {
        writeln!(out, "{}", event_line(graph, missing.event, 0))?;
        let names = missing.topics.iter().take(6).map(|&topic| graph.topic_name(topic));
        let side = if missing.with_first { "the first" } else { "the second" };
        let why = match missing.topics.is_empty() {
            true => "what its page would list is not known".to_owned(),
            false => format!("shares {}", topic_names(names)),
        };
        let text = format!("tied to {side}; {why}");
        for line in wrapped(&text, "            ", wrap_width()).lines() {
            writeln!(out, "{}", styled(FAINT, line))?;
        }
    }
    Ok(())
}
