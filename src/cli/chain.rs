//! `threadline chain`: how two events connect.

use std::io::{self, Write};

use serde::Serialize;

use crate::analysis::{
    By, ChainOptions, ChainSearch, Gap, Order, Standing, fewest_links, find_event, gap, standing,
};
use crate::cli::answers::{event_line, topic_names, write_json};
use crate::cli::load::LoadArgs;
use crate::cli::picture::PictureArgs;
use crate::cli::report::quoted_title;
use crate::cli::screen::{FAINT, STRONG, counted, number, styled, wrap_width, wrapped};
use crate::cli::select::SelectArgs;
use crate::cli::strand::{ChainRecord, Strand, others};
use crate::cli::{Outcome, output_error};
use crate::error::{Error, ErrorKind, Result};
use crate::export::Dossier;
use crate::export::records::{self, EventRecord};
use crate::graph::{EventGraph, Selection, find_topics};
use crate::model::{EventId, TopicId};
use crate::picture;

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
    #[arg(long, default_value = "closest")]
    by: ByArg,

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
    #[arg(long, value_name = "N")]
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

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ByArg {
    /// Least total cost, where a strong link costs little
    Closest,
    /// The weakest link is as strong as can be; of those the shortest
    Strongest,
    /// Fewest links
    Fewest,
    /// As strongest, and linked events have to be about the same
    Coherent,
}

impl ByArg {
    fn by(self) -> By {
        match self {
            Self::Closest => By::Closest,
            Self::Strongest => By::Strongest,
            Self::Fewest => By::Fewest,
            Self::Coherent => By::Coherent,
        }
    }
}

/// In a graph of more events, a thousand random pairs take longer than the
/// chain.
const SURPRISE_UP_TO: usize = 20_000;

#[derive(Serialize)]
struct Answer<'g> {
    by: &'static str,
    chains: Vec<ChainRecord<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    surprise: Option<Surprise>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// If no links lead from one to the other: how many events hang together
    /// with each, and what might close the gap.
    #[serde(skip_serializing_if = "Option::is_none")]
    gap: Option<GapRecord<'g>>,
}

/// How far apart the two events are at the fewest, beside random pairs.
#[derive(Serialize)]
struct Surprise {
    fewest: u32,
    pairs: u32,
    farther: u32,
    as_far: u32,
}

#[derive(Serialize)]
struct GapRecord<'g> {
    sizes: [usize; 2],
    missing: Vec<MissingRecord<'g>>,
}

#[derive(Serialize)]
struct MissingRecord<'g> {
    #[serde(flatten)]
    event: EventRecord<'g>,
    /// Whether it hangs together with the first event or the second.
    side: &'static str,
    topics: Vec<&'g str>,
    likelihood: f64,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let output = args.picture.open_told(&args.load)?;
    let graph = args.load.load()?;
    let from = find_event(&graph, &args.from_event)?;
    let to = find_event(&graph, &args.to_event)?;
    if from == to {
        let message = format!("both names mean the same event, `{}`", graph.key(from));
        return Err(Error::new(ErrorKind::Input, message));
    }
    let selection = args.select.selection(&graph)?;
    let (avoid, without) = avoided(&graph, &args.avoid, [from, to])?;
    let order = match (args.in_time, args.backward) {
        (_, true) => Order::Backward,
        (true, false) => Order::Forward,
        (false, false) => Order::Any,
    };
    let options = ChainOptions {
        by: args.by.by(),
        max_links: args.max_links,
        directed: args.directed,
        order,
        avoid: &avoid,
        without: &without,
    };
    let mut search = ChainSearch::new(&graph, options, &selection)?;
    let chains = search.chains(from, to, args.chains)?;
    let strands: Vec<Strand<'_>> =
        chains.iter().map(|chain| Strand::new(&mut search, chain)).collect();
    let why_none = match strands.is_empty() {
        true => Some(Reason::of(&graph, from, to, options, &selection)?),
        false => None,
    };
    if let Some(output) = output {
        // A picture of nothing would only look like an answer.
        if let Some(why) = why_none {
            return Err(Error::new(ErrorKind::NotFound, why.text));
        }
        if output.is_dossier() {
            output.write_dossier(&Dossier::of_chains(&graph, &chains))?;
            return Ok(Outcome::Done);
        }
        let weighed: Vec<_> = strands.iter().map(Strand::weighed).collect();
        output.write(|options| Ok(picture::chain(&graph, &weighed, options)))?;
        return Ok(Outcome::Done);
    }
    let asked = args.surprise || graph.event_count() <= SURPRISE_UP_TO;
    let surprise = if strands.is_empty() || !asked { None } else { standing(&graph, from, to)? };
    if args.json {
        let by = By::ALL.iter().find(|(_, by)| *by == options.by).map_or("", |(name, _)| name);
        let chains = strands.iter().map(|strand| strand.record(&graph)).collect();
        let surprise = surprise.map(|standing| Surprise {
            fewest: standing.fewest,
            pairs: standing.pairs,
            farther: standing.farther,
            as_far: standing.as_far,
        });
        let gap = why_none.as_ref().and_then(|why| why.gap.as_ref());
        let gap = gap.map(|gap| gap_record(&graph, gap));
        let reason = why_none.map(|why| why.text);
        write_json(out, &Answer { by, chains, surprise, reason, gap })?;
        return Ok(Outcome::Done);
    }
    let written = match why_none {
        Some(why) => why.write(out, &graph),
        None => write_chains(out, &graph, &strands, args.chains, surprise),
    };
    written.map_err(output_error)?;
    Ok(Outcome::Done)
}

/// The topics and events that `--avoid` names; a topic is meant first.
fn avoided(
    graph: &EventGraph,
    names: &[String],
    ends: [EventId; 2],
) -> Result<(Vec<TopicId>, Vec<EventId>)> {
    let (mut topics, mut events) = (Vec::new(), Vec::new());
    for name in names {
        if let Ok(named) = find_topics(graph, name) {
            topics.extend(named);
            continue;
        }
        let event = find_event(graph, name).map_err(|error| {
            let message = format!("`--avoid {name}` names no topic, and as an event: {error}");
            Error::new(error.kind(), message)
        })?;
        if ends.contains(&event) {
            let message = format!(
                "`--avoid {name}` means an end of the chain, `{}`; avoid events between the two",
                graph.key(event)
            );
            return Err(Error::new(ErrorKind::Input, message));
        }
        events.push(event);
    }
    Ok((topics, events))
}

fn write_chains(
    out: &mut dyn Write,
    graph: &EventGraph,
    strands: &[Strand<'_>],
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
        writeln!(out, "{}", strand.heading(graph))?;
        if let Some(standing) = surprise.filter(|_| at == 0) {
            writeln!(out, "{}", styled(FAINT, standing_line(standing)))?;
        }
        writeln!(out)?;
        strand.write(out, graph)?;
    }
    if strands.len() < asked {
        let found = counted(strands.len(), "chain", "chains");
        writeln!(out, "\n{}", styled(FAINT, format_args!("there are only {found} that differ")))?;
    }
    Ok(())
}

/// `4 links at the fewest: shorter than 13 % of 1,000 random pairs, as short as
/// 21 %`
fn standing_line(standing: Standing) -> String {
    let share = |pairs: u32| 100 * pairs / standing.pairs.max(1);
    let fewest = counted(standing.fewest as usize, "link", "links");
    format!(
        "{fewest} at the fewest: shorter than {} % of {} random pairs, as short as {} %",
        share(standing.farther),
        number(standing.pairs as usize),
        share(standing.as_far),
    )
}

fn gap_record<'g>(graph: &'g EventGraph, gap: &Gap) -> GapRecord<'g> {
    let missing = gap.missing.iter().map(|missing| MissingRecord {
        event: records::event(graph, missing.event),
        side: if missing.with_first { "first" } else { "second" },
        topics: missing.topics.iter().map(|&topic| graph.topic_name(topic)).collect(),
        likelihood: (missing.likelihood * 1e4).round() / 1e4,
    });
    GapRecord { sizes: [gap.size, gap.other_size], missing: missing.collect() }
}

/// Why there is no chain, and what would help.
struct Reason {
    text: String,
    gap: Option<Gap>,
}

impl Reason {
    fn of(
        graph: &EventGraph,
        from: EventId,
        to: EventId,
        options: ChainOptions<'_>,
        selection: &Selection,
    ) -> Result<Self> {
        let title = |event| quoted_title(graph, event, 60);
        if let Some(gap) = gap(graph, from, to)? {
            let text = format!(
                "There is no chain: no links lead from one to the other in either direction. {} is \
                 tied to {} in all, {} to {}.",
                title(from),
                others(gap.size),
                title(to),
                others(gap.other_size),
            );
            return Ok(Self { text, gap: Some(gap) });
        }
        let said = |text: String| Ok(Self { text, gap: None });
        for event in [from, to] {
            if !selection.contains(event) {
                let title = title(event);
                return said(format!(
                    "There is no chain: {title} is not among the selected events."
                ));
            }
            if options.order != Order::Any && graph.date(event).is_none() {
                let title = title(event);
                return said(format!("There is no chain in time: {title} has no date."));
            }
        }
        let backwards = match options.order {
            Order::Any => false,
            Order::Forward => graph.date(from) > graph.date(to),
            Order::Backward => graph.date(from) < graph.date(to),
        };
        if backwards {
            let (option, before) = match options.order {
                Order::Backward => ("--in-time", "earlier"),
                _ => ("--backward", "later"),
            };
            let (from, to) = (title(from), title(to));
            return said(format!(
                "There is no such chain: {from} is {before} than {to}. Name them the other way \
                 round, or ask for {option}."
            ));
        }
        let all = Selection::all(graph);
        let free = ChainOptions { by: By::Fewest, ..ChainOptions::default() };
        let fewest = fewest_links(graph, from, to, free, &all)?.map_or(0, |chain| chain.hops.len());
        let length = counted(fewest, "link", "links");
        let limits = [
            (options.order != Order::Any, "in any order of time"),
            (options.directed, "in either direction (without --directed)"),
            (options.max_links.is_some(), "without --max-links"),
            (!options.avoid.is_empty() || !options.without.is_empty(), "without --avoid"),
            (!selection.is_all(), "through all events (without a selection)"),
        ];
        let limits: Vec<&str> =
            limits.iter().filter(|limit| limit.0).map(|limit| limit.1).collect();
        let limits = limits.join(", ");
        said(format!("There is no such chain. There is one of {length} {limits}."))
    }

    fn write(&self, out: &mut dyn Write, graph: &EventGraph) -> io::Result<()> {
        write!(out, "{}", wrapped(&self.text, "", wrap_width()))?;
        let Some(gap) = self.gap.as_ref().filter(|gap| !gap.missing.is_empty()) else {
            return Ok(());
        };
        let heading = "Missing pages whose links might join them";
        writeln!(out, "\n{}", styled(STRONG, heading))?;
        for missing in &gap.missing {
            writeln!(out, "{}", event_line(graph, missing.event, 0))?;
            let names = missing.topics.iter().take(6).map(|&topic| graph.topic_name(topic));
            let side = if missing.with_first { "the first" } else { "the second" };
            let shares = match missing.topics.is_empty() {
                true => "no topic with the other side".to_owned(),
                false => topic_names(names),
            };
            let text = format!("tied to {side}; shares {shares}");
            for line in wrapped(&text, "            ", wrap_width()).lines() {
                writeln!(out, "{}", styled(FAINT, line))?;
            }
        }
        Ok(())
    }
}
