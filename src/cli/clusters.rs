//! `threadline clusters`: what belongs together.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;

use crate::analysis::{
    Communities, LeidenOptions, Partition, Quality, Ties, Weight, components, leiden, modularity,
    stability,
};
use crate::cli::answers::{title, topic_names, write_json};
use crate::cli::load::LoadArgs;
use crate::cli::screen::{COUNT, FAINT, counted, cut_to_line, number, styled};
use crate::cli::select::SelectArgs;
use crate::cli::{Outcome, output_error, sweep};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Selection, Walk};
use crate::model::{EventId, TopicId};

/// List clusters: sets of events that belong together, the largest first
///
/// A cluster is a community: events tied to each other more closely than to
/// others (the Leiden algorithm); each hangs together by itself. With
/// `--method components` it is a connected component: every two events of it
/// are joined by a chain of links, in either direction.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// How clusters are found
    #[arg(long, default_value = "leiden")]
    method: Method,

    /// leiden: what a good division is [default: modularity]
    #[arg(long, value_name = "WHAT")]
    quality: Option<QualityName>,

    /// leiden: the higher, the smaller the communities [default: 1.0 for
    /// modularity, 0.002 for cpm]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    resolution: Option<f64>,

    /// leiden: what a link weighs [default: strength]
    #[arg(long, value_name = "WHAT")]
    weight: Option<WeightName>,

    /// leiden: another seed may find another division as good [default: 1]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    /// leiden: compare resolutions instead: number and size of communities,
    /// and how stable they are
    #[arg(long, conflicts_with_all = ["resolution", "stability"])]
    sweep: bool,

    /// leiden: run N times with other seeds and tell in how many an event stays
    /// with its community
    #[arg(long, value_name = "N")]
    stability: Option<u32>,

    #[command(flatten)]
    select: SelectArgs,

    /// Fold clusters of fewer events
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_size: usize,

    /// Show at most so many clusters; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,

    /// Answer for programs: all clusters, with the keys of their events
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Method {
    /// Communities
    Leiden,
    /// Connected components
    Components,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum QualityName {
    /// More links inside than chance would put there
    Modularity,
    /// Denser inside than the resolution (constant Potts model)
    Cpm,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum WeightName {
    /// All links the same
    None,
    /// As much as their context topics tell
    Strength,
}

#[derive(Serialize)]
struct Answer<'g> {
    method: &'static str,
    #[serde(flatten)]
    leiden: Option<LeidenRecord>,
    clusters: Vec<ClusterRecord<'g>>,
    /// Those of fewer events than asked for.
    folded: Vec<FoldedRecord<'g>>,
}

#[derive(Serialize)]
struct LeidenRecord {
    quality: &'static str,
    resolution: f64,
    weight: &'static str,
    seed: u64,
    /// At resolution 1, whatever was optimised.
    modularity: f64,
}

#[derive(Serialize)]
struct ClusterRecord<'g> {
    id: usize,
    size: usize,
    first: Option<String>,
    last: Option<String>,
    topics: Vec<&'g str>,
    events: Vec<&'g str>,
    /// One an event: the share of runs in which it stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    stability: Option<Vec<f64>>,
}

#[derive(Serialize)]
struct FoldedRecord<'g> {
    id: usize,
    events: Vec<&'g str>,
}

/// Clusters, however they were found.
struct Found {
    parts: Partition,
    leiden: Option<LeidenRecord>,
    /// Of each event; empty if nobody asked.
    stability: Vec<Option<f64>>,
}

impl Found {
    fn stability_of(&self, events: &[EventId]) -> Option<Vec<f64>> {
        let of = |event: &EventId| self.stability.get(event.index()).copied().flatten();
        (!self.stability.is_empty()).then(|| events.iter().filter_map(of).collect())
    }
}

/// The clusters that `--cluster N` counts: those of `threadline clusters`
/// without options.
pub(super) fn usual(graph: &EventGraph, selection: &Selection) -> Result<Communities> {
    let ties = Ties::of_links(&graph.strengths()?, selection, Weight::Strength);
    leiden(&ties, selection, &usual_options(Quality::Modularity))
}

fn usual_options(quality: Quality) -> LeidenOptions {
    let resolution = match quality {
        Quality::Modularity => 1.0,
        Quality::Cpm => 0.002,
    };
    LeidenOptions { quality, resolution, ..LeidenOptions::default() }
}

/// Topics that tell what a cluster is about.
const TOPICS: usize = 4;

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    args.check()?;
    let graph = args.load.load()?;
    let selection = args.select.selection(&graph)?;
    if args.sweep {
        let ties = Ties::of_links(&graph.strengths()?, &selection, args.weight());
        sweep::run(&ties, &selection, &args.options(), args.json, out)?;
        return Ok(Outcome::Done);
    }
    let found = match args.method {
        Method::Leiden => args.communities(&graph, &selection)?,
        Method::Components => {
            Found { parts: components(&graph, &selection)?, leiden: None, stability: Vec::new() }
        }
    };
    let parts = &found.parts;
    let wanted = (0..parts.len()).take_while(|&part| parts.size(part) >= args.min_size).count();
    if args.json {
        let mut groups = parts.groups(parts.len());
        let small = groups.split_off(wanted);
        let clusters = groups.iter().zip(1..);
        let folded = small.iter().zip(wanted + 1..);
        let answer = Answer {
            method: if found.leiden.is_some() { "leiden" } else { "components" },
            clusters: clusters.map(|(events, id)| record(&graph, &found, id, events)).collect(),
            folded: folded
                .map(|(events, id)| FoldedRecord { id, events: keys(&graph, events) })
                .collect(),
            leiden: found.leiden,
        };
        write_json(out, &answer)?;
    } else {
        let shown = if args.limit == 0 { wanted } else { wanted.min(args.limit) };
        let walk = graph.walk()?;
        write_list(out, walk, &found, &parts.groups(shown)).map_err(output_error)?;
        write_rest(out, parts, shown, wanted, args.min_size).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

impl Args {
    /// Refuses what only communities have where components are asked for.
    fn check(&self) -> Result<()> {
        let for_leiden = [
            (self.quality.is_some(), "--quality"),
            (self.resolution.is_some(), "--resolution"),
            (self.weight.is_some(), "--weight"),
            (self.seed.is_some(), "--seed"),
            (self.sweep, "--sweep"),
            (self.stability.is_some(), "--stability"),
        ];
        let given = for_leiden.iter().find(|option| option.0);
        if let (Method::Components, Some((_, name))) = (self.method, given) {
            let message =
                format!("`{name}` is for communities; leave it out, or `--method components`");
            return Err(Error::new(ErrorKind::Input, message));
        }
        Ok(())
    }

    fn weight(&self) -> Weight {
        match self.weight {
            Some(WeightName::None) => Weight::None,
            Some(WeightName::Strength) | None => Weight::Strength,
        }
    }

    fn options(&self) -> LeidenOptions {
        let usual = usual_options(match self.quality {
            Some(QualityName::Cpm) => Quality::Cpm,
            Some(QualityName::Modularity) | None => Quality::Modularity,
        });
        LeidenOptions {
            resolution: self.resolution.unwrap_or(usual.resolution),
            seed: self.seed.unwrap_or(usual.seed),
            ..usual
        }
    }

    fn communities(&self, graph: &EventGraph, selection: &Selection) -> Result<Found> {
        let options = self.options();
        let ties = Ties::of_links(&graph.strengths()?, selection, self.weight());
        let found = leiden(&ties, selection, &options)?;
        let stability = match self.stability {
            Some(runs) => stability(&ties, selection, &options, &found, runs)?,
            None => Vec::new(),
        };
        let record = LeidenRecord {
            quality: match options.quality {
                Quality::Modularity => "modularity",
                Quality::Cpm => "cpm",
            },
            resolution: options.resolution,
            weight: match self.weight() {
                Weight::None => "none",
                Weight::Strength => "strength",
            },
            seed: options.seed,
            modularity: modularity(&ties, found.partition(), 1.0),
        };
        Ok(Found { parts: found.partition().clone(), leiden: Some(record), stability })
    }
}

fn keys<'g>(graph: &'g EventGraph, events: &[EventId]) -> Vec<&'g str> {
    events.iter().map(|&event| graph.key(event)).collect()
}

fn record<'g>(
    graph: &'g EventGraph,
    found: &Found,
    id: usize,
    events: &[EventId],
) -> ClusterRecord<'g> {
    let dates = || events.iter().filter_map(|&event| graph.date(event));
    let topics = leading_topics(graph, events);
    ClusterRecord {
        id,
        size: events.len(),
        first: dates().min().map(|date| date.to_string()),
        last: dates().max().map(|date| date.to_string()),
        topics: topics.into_iter().map(|topic| graph.topic_name(topic)).collect(),
        events: keys(graph, events),
        stability: found.stability_of(events),
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
    found: &Found,
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
        let stable = match found.stability_of(events) {
            Some(shares) if !shares.is_empty() => {
                let mean = shares.iter().sum::<f64>() / shares.len() as f64;
                format!(", {:.0} % stable", 100.0 * mean)
            }
            _ => String::new(),
        };
        let number_ = styled(COUNT, format_args!("{number_:>4}"));
        writeln!(out, "{number_} {size}, {span}{stable}")?;
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
    Ok(())
}

/// What is not shown: `… and 3 more with 12 events`.
fn write_rest(
    out: &mut dyn Write,
    parts: &Partition,
    shown: usize,
    wanted: usize,
    min_size: usize,
) -> std::io::Result<()> {
    let events = |parts_: std::ops::Range<usize>| -> String {
        counted(parts_.map(|part| parts.size(part)).sum(), "event", "events")
    };
    if wanted > shown {
        let (more, events) = (number(wanted - shown), events(shown..wanted));
        writeln!(out, "… and {more} more with {events} (--limit 0 shows all)")?;
    }
    if parts.len() > wanted {
        let folded = counted(parts.len() - wanted, "cluster", "clusters");
        let events = events(wanted..parts.len());
        writeln!(out, "{folded} of fewer than {min_size} events folded, {events} in all")?;
    }
    Ok(())
}
