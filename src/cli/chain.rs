//! `threadline chain`: how two events connect.

use std::io::{self, Write};

use serde::Serialize;

use crate::analysis::{By, Chain, ChainOptions, Hop, chain, components, fewest_links, find_event};
use crate::cli::answers::{event_line, topic_names, write_json};
use crate::cli::load::LoadArgs;
use crate::cli::report::quoted_title;
use crate::cli::screen::{
    COUNT, FAINT, STRONG, counted, number, safe, styled, wrap_width, wrapped,
};
use crate::cli::select::SelectArgs;
use crate::cli::{Outcome, output_error};
use crate::error::{Error, ErrorKind, Result};
use crate::export::records::{self, EventRecord, LinkRecord};
use crate::graph::{EventGraph, Link, Selection};
use crate::model::EventId;

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

    /// Follow links only from the page that lists them
    #[arg(long)]
    directed: bool,

    /// The longest chain to look for
    #[arg(long, value_name = "N")]
    max_links: Option<u32>,

    #[command(flatten)]
    select: SelectArgs,

    /// Answer for programs
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ByArg {
    /// Least total cost, where a strong link costs little
    Closest,
    /// The weakest link is as strong as can be
    Strongest,
    /// Fewest links
    Fewest,
    /// As strongest, with events that are about the same
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

#[derive(Serialize)]
struct Answer<'g> {
    by: &'static str,
    chains: Vec<ChainRecord<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Serialize)]
struct ChainRecord<'g> {
    events: Vec<EventRecord<'g>>,
    /// One a hop: the link that ties the two events.
    links: Vec<LinkRecord<'g>>,
    /// One list a hop: further links between the same two events.
    further_links: Vec<Vec<LinkRecord<'g>>>,
    length: usize,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let graph = args.load.load()?;
    let from = find_event(&graph, &args.from_event)?;
    let to = find_event(&graph, &args.to_event)?;
    if from == to {
        let message = format!("both names mean the same event, `{}`", graph.key(from));
        return Err(Error::new(ErrorKind::Input, message));
    }
    let selection = args.select.selection(&graph)?;
    let options = ChainOptions {
        by: args.by.by(),
        max_links: args.max_links,
        directed: args.directed,
        ..ChainOptions::default()
    };
    let chain = chain(&graph, from, to, options, &selection)?;
    let reason = match &chain {
        Some(_) => None,
        None => Some(reason(&graph, from, to, options, &selection)?),
    };
    if args.json {
        let chains = chain.iter().map(|chain| record(&graph, chain)).collect();
        write_json(out, &Answer { by: "fewest", chains, reason })?;
        return Ok(Outcome::Done);
    }
    let written = match (&chain, reason) {
        (Some(chain), _) => write_chain(out, &graph, chain),
        (None, reason) => write!(out, "{}", wrapped(&reason.unwrap_or_default(), "", wrap_width())),
    };
    written.map_err(output_error)?;
    Ok(Outcome::Done)
}

fn record<'g>(graph: &'g EventGraph, chain: &Chain) -> ChainRecord<'g> {
    let link = |link| records::link(graph, link);
    let first = |hop: &Hop| hop.links.first().map(|&first| link(first));
    let further = |hop: &Hop| hop.links.iter().skip(1).map(|&other| link(other)).collect();
    ChainRecord {
        events: chain.events.iter().map(|&event| records::event(graph, event)).collect(),
        links: chain.hops.iter().filter_map(first).collect(),
        further_links: chain.hops.iter().map(further).collect(),
        length: chain.hops.len(),
    }
}

fn write_chain(out: &mut dyn Write, graph: &EventGraph, chain: &Chain) -> io::Result<()> {
    let dates = || chain.events.iter().filter_map(|&event| graph.date(event));
    let span = match (dates().min(), dates().max()) {
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    };
    let length = counted(chain.hops.len(), "link", "links");
    writeln!(out, "{}\n", styled(STRONG, format_args!("{length}{span}")))?;
    for (at, &event) in chain.events.iter().enumerate() {
        writeln!(out, "{}", event_line(graph, event, 0))?;
        if let Some(hop) = chain.hops.get(at) {
            write_hop(out, graph, event, hop)?;
        }
    }
    Ok(())
}

/// `  ↓ Soviet Union, Sergei Korolev` and where that stands.
fn write_hop(out: &mut dyn Write, graph: &EventGraph, from: EventId, hop: &Hop) -> io::Result<()> {
    let topics_of = |link: &Link| -> String {
        topic_names(graph.link_topics(link.id).map(|topic| graph.topic_name(topic)))
    };
    // Two pages that list each other mostly do so for the same reason.
    let mutual = match hop.links.as_slice() {
        [a, b] => a.source != b.source && topics_of(a) == topics_of(b),
        _ => false,
    };
    for (at, link) in hop.links.iter().enumerate() {
        let arrow = match (mutual, link.source == from) {
            (true, _) => "↕",
            (false, true) => "↓",
            (false, false) => "↑",
        };
        if at == 0 || !mutual {
            writeln!(out, "    {} {}", styled(COUNT, arrow), topics_of(link))?;
        }
        let place = match graph.page(link.source) {
            Some(page) if link.line > 0 => format!("{}:{}", safe(page), link.line),
            Some(page) => safe(page).into_owned(),
            None => safe(graph.key(link.source)).into_owned(),
        };
        writeln!(out, "      {}", styled(FAINT, place))?;
    }
    Ok(())
}

/// Why there is no chain, and what would help.
fn reason(
    graph: &EventGraph,
    from: EventId,
    to: EventId,
    options: ChainOptions<'_>,
    selection: &Selection,
) -> Result<String> {
    let title = |event| quoted_title(graph, event, 60);
    for event in [from, to] {
        if !selection.contains(event) {
            return Ok(format!(
                "There is no chain: {} is not among the selected events.",
                title(event)
            ));
        }
    }
    let free = ChainOptions { directed: false, ..ChainOptions::default() };
    let all = Selection::all(graph);
    if let Some(chain) = fewest_links(graph, from, to, free, &all)? {
        let length = counted(chain.hops.len(), "link", "links");
        let limits = [
            (options.directed, "in either direction (without --directed)"),
            (options.max_links.is_some(), "without --max-links"),
            (!selection.is_all(), "through all events (without a selection)"),
        ];
        let limits: Vec<&str> =
            limits.iter().filter(|limit| limit.0).map(|limit| limit.1).collect();
        return Ok(format!(
            "There is no such chain. There is one of {length} {}.",
            limits.join(", ")
        ));
    }
    let parts = components(graph, &all)?;
    let size = |event| parts.of(event).map_or(0, |part| parts.size(part));
    Ok(format!(
        "There is no chain: no links lead from one to the other in either direction. {} is tied to \
         {} in all, {} to {}.",
        title(from),
        others(size(from)),
        title(to),
        others(size(to)),
    ))
}

fn others(size: usize) -> String {
    match size.saturating_sub(1) {
        0 => "no other event".to_owned(),
        1 => "one other event".to_owned(),
        n => format!("{} other events", number(n)),
    }
}
