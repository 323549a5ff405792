//! `threadline clusters`: what belongs together.

use std::io::Write;

use crate::analysis::{Partition, Quality, Weight, most_linked};
use crate::answers::{ClusterMethod, ClustersFound, ClustersQuestion, clusters, leading_topics};
use crate::cli::choice::one_explained;
use crate::cli::json::write_json;
use crate::cli::limit::shown;
use crate::cli::lines::{title, topic_names};
use crate::cli::load::LoadArgs;
use crate::cli::screen::{COUNT, FAINT, counted, cut_to_line, number, styled};
use crate::cli::select::SelectArgs;
use crate::cli::{Outcome, output_error, sweep};
use crate::error::Result;
use crate::graph::Walk;
use crate::model::{EventId, from_to};

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
    #[arg(long, default_value_t = ClusterMethod::default(), value_parser = one_explained([
        (ClusterMethod::Leiden, "Communities"),
        (ClusterMethod::Components, "Connected components"),
    ]))]
    method: ClusterMethod,

    /// leiden: what a good division is [default: modularity]
    #[arg(long, value_name = "WHAT", value_parser = one_explained([
        (Quality::Modularity, "More links inside than chance would put there"),
        (Quality::Cpm, "Denser inside than the resolution (constant Potts model)"),
    ]))]
    quality: Option<Quality>,

    /// leiden: the higher, the smaller the communities [default: 1.0 for
    /// modularity, 0.002 for cpm]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    resolution: Option<f64>,

    /// leiden: what a link weighs [default: strength]
    #[arg(long, value_name = "WHAT", value_parser = one_explained([
        (Weight::None, "All links the same"),
        (Weight::Strength, "As much as their context topics tell"),
    ]))]
    weight: Option<Weight>,

    /// leiden: another seed may find another division as good [default: 1]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    /// leiden: go through all links N times at most, or until nothing changes
    /// [default: 10; above a million ties 2]
    #[arg(long, value_name = "N")]
    iterations: Option<u32>,

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

    /// Fold clusters of fewer events [default: 2; with --json 1]
    #[arg(long, value_name = "N")]
    min_size: Option<usize>,

    /// Show at most so many clusters; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,

    /// Answer for programs: all clusters, with the keys of their events
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let asked = args.question();
    // Before the work: options that contradict each other are known at once.
    asked.check()?;
    let graph = args.load.load()?;
    if args.sweep {
        let answer = asked.sweep(&graph, &args.select.select(&graph))?;
        sweep::write(&answer, args.json, out)?;
        return Ok(Outcome::Done);
    }
    let found = clusters(&graph, &args.select.select(&graph), &asked)?;
    if args.json {
        write_json(out, &found.record(&graph))?;
    } else {
        let parts = &found.parts;
        // Whoever reads a list of clusters looks for events that belong together.
        let least = args.min_size.unwrap_or(2);
        let wanted = (0..parts.len()).take_while(|&part| parts.size(part) >= least).count();
        let shown = shown(args.limit, wanted);
        let walk = graph.walk()?;
        write_list(out, walk, &found, &parts.groups(shown)).map_err(output_error)?;
        write_rest(out, parts, shown, wanted, least).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

impl Args {
    fn question(&self) -> ClustersQuestion {
        ClustersQuestion {
            method: self.method,
            quality: self.quality,
            resolution: self.resolution,
            weight: self.weight,
            seed: self.seed,
            iterations: self.iterations,
            stability: self.stability,
            min_size: self.min_size.unwrap_or(ClustersQuestion::default().min_size),
        }
    }
}

fn write_list(
    out: &mut dyn Write,
    walk: Walk<'_>,
    found: &ClustersFound,
    groups: &[Vec<EventId>],
) -> std::io::Result<()> {
    let graph = walk.graph();
    if groups.is_empty() {
        return writeln!(out, "no clusters");
    }
    for (place, events) in (1..).zip(groups) {
        let span = graph.span(events.iter().copied());
        let span = span.map_or_else(|| "no date".to_owned(), from_to);
        let size = counted(events.len(), "event", "events");
        let stable = match found.stability_of(events) {
            Some(shares) if !shares.is_empty() => {
                let mean = shares.iter().sum::<f64>() / shares.len() as f64;
                format!(", {:.0} % stable", 100.0 * mean)
            }
            _ => String::new(),
        };
        let place = styled(COUNT, format_args!("{place:>4}"));
        writeln!(out, "{place} {size}, {span}{stable}")?;
        let topics = leading_topics(graph, events);
        let topics = topic_names(topics.into_iter().map(|topic| graph.topic_name(topic)));
        if !topics.is_empty() {
            writeln!(out, "     {}", cut_to_line(&topics, 5))?;
        }
        if let Some(event) = most_linked(walk, events) {
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
    let events = |places: std::ops::Range<usize>| -> String {
        counted(places.map(|part| parts.size(part)).sum(), "event", "events")
    };
    if wanted > shown {
        let (more, events) = (number(wanted - shown), events(shown..wanted));
        writeln!(out, "… and {more} more with {events} (--limit 0 shows all)")?;
    }
    if parts.len() > wanted {
        if min_size == 2 {
            let text = "in no cluster with another (--min-size 1 lists them)";
            return writeln!(out, "{} {text}", events(wanted..parts.len()));
        }
        let folded = counted(parts.len() - wanted, "cluster", "clusters");
        let events = events(wanted..parts.len());
        writeln!(out, "{folded} of fewer than {min_size} events folded, {events} in all")?;
    }
    Ok(())
}
