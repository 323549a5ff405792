//! `threadline clusters`: what belongs together.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;

use crate::analysis::{Partition, components};
use crate::cli::answers::{title, topic_names, write_json};
use crate::cli::load::LoadArgs;
use crate::cli::screen::{COUNT, FAINT, counted, cut_to_line, number, styled};
use crate::cli::select::SelectArgs;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::graph::{EventGraph, Walk};
use crate::model::{EventId, TopicId};

/// List clusters: sets of events that belong together, the largest first
///
/// A cluster is a connected component: every two events of it are joined by a
/// chain of links, in either direction.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// How clusters are found
    #[arg(long, default_value = "components")]
    method: Method,

    #[command(flatten)]
    select: SelectArgs,

    /// Leave out clusters of fewer events
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_size: usize,

    /// Show at most so many clusters; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,

    /// Answer for programs: all clusters, with the keys of their events
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Method {
    /// Connected components
    Components,
}

#[derive(Serialize)]
struct Answer<'g> {
    method: &'static str,
    clusters: Vec<ClusterRecord<'g>>,
}

#[derive(Serialize)]
struct ClusterRecord<'g> {
    id: usize,
    size: usize,
    first: Option<String>,
    last: Option<String>,
    topics: Vec<&'g str>,
    events: Vec<&'g str>,
}

/// Topics that tell what a cluster is about.
const TOPICS: usize = 4;

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let graph = args.load.load()?;
    let selection = args.select.selection(&graph)?;
    let Method::Components = args.method;
    let parts = components(&graph, &selection)?;
    let wanted = (0..parts.len()).take_while(|&part| parts.size(part) >= args.min_size).count();
    let groups = parts.groups(wanted);
    if args.json {
        let clusters = groups.iter().zip(1..).map(|(events, id)| record(&graph, id, events));
        write_json(out, &Answer { method: "components", clusters: clusters.collect() })?;
    } else {
        let shown = if args.limit == 0 { wanted } else { wanted.min(args.limit) };
        let walk = graph.walk()?;
        write_list(out, walk, &parts, &groups[..shown]).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

fn record<'g>(graph: &'g EventGraph, id: usize, events: &[EventId]) -> ClusterRecord<'g> {
    let dates = || events.iter().filter_map(|&event| graph.date(event));
    let topics = leading_topics(graph, events);
    ClusterRecord {
        id,
        size: events.len(),
        first: dates().min().map(|date| date.to_string()),
        last: dates().max().map(|date| date.to_string()),
        topics: topics.into_iter().map(|topic| graph.topic_name(topic)).collect(),
        events: events.iter().map(|&event| graph.key(event)).collect(),
    }
}

/// The topics that most events of a cluster bear.
fn leading_topics(graph: &EventGraph, events: &[EventId]) -> Vec<TopicId> {
    let mut counts: BTreeMap<TopicId, usize> = BTreeMap::new();
    for topic in events.iter().flat_map(|&event| graph.topics(event)) {
        *counts.entry(topic).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(topic, count)| (std::cmp::Reverse(count), topic));
    counts.into_iter().take(TOPICS).map(|(topic, _)| topic).collect()
}

fn write_list(
    out: &mut dyn Write,
    walk: Walk<'_>,
    parts: &Partition,
    groups: &[Vec<EventId>],
) -> std::io::Result<()> {
    let graph = walk.graph();
    if groups.is_empty() {
        return writeln!(out, "no clusters");
    }
    for (number_, events) in (1..).zip(groups) {
        let dates = || events.iter().filter_map(|&event| graph.date(event));
        let span = match (dates().min(), dates().max()) {
            (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
            (Some(day), _) => day.to_string(),
            _ => "no date".to_owned(),
        };
        let size = counted(events.len(), "event", "events");
        writeln!(out, "{} {size}, {span}", styled(COUNT, format_args!("{number_:>4}")))?;
        let topics = leading_topics(graph, events);
        let topics = topic_names(topics.into_iter().map(|topic| graph.topic_name(topic)));
        if !topics.is_empty() {
            writeln!(out, "     {}", cut_to_line(&topics, 5))?;
        }
        if let Some(&event) =
            events.iter().max_by_key(|&&event| (walk.degree(event), std::cmp::Reverse(event)))
        {
            let title = title(graph, event);
            writeln!(out, "     {}", styled(FAINT, cut_to_line(&title, 5)))?;
        }
    }
    if parts.len() > groups.len() {
        let rest: usize = (groups.len()..parts.len()).map(|part| parts.size(part)).sum();
        writeln!(
            out,
            "… and {} more with {} (--limit 0 shows all)",
            number(parts.len() - groups.len()),
            counted(rest, "event", "events"),
        )?;
    }
    Ok(())
}
