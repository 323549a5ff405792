//! `threadline rank`: which events matter most.

use std::io::Write;

use serde::Serialize;

use crate::analysis::{
    BetweennessOptions, PageRankOptions, Ranks, Sample, Weight, betweenness, degrees, pagerank,
};
use crate::cli::answers::{event_line, write_json};
use crate::cli::load::LoadArgs;
use crate::cli::screen::{FAINT, STRONG, number, styled};
use crate::cli::select::SelectArgs;
use crate::cli::{Outcome, output_error};
use crate::error::{Error, ErrorKind, Result};
use crate::export::records::{self, EventRecord};
use crate::graph::{EventGraph, Selection};

/// List the events that matter most: by PageRank, degree or betweenness
///
/// PageRank: how often a reader is there who follows any link. Degree: how many
/// other events an event is tied to. Betweenness: the share of all pairs of
/// other events whose shortest chains run through it; exact up to 20,000
/// events, sampled beyond, with the error stated. Links are followed in both
/// directions unless --directed is given, and those between the same two events
/// count once.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// What events are ranked by
    #[arg(long, value_name = "MEASURE", default_value = "pagerank")]
    by: By,

    /// Follow links only from the page that lists them
    #[arg(long)]
    directed: bool,

    /// What a link weighs, for PageRank and degree
    #[arg(long, value_name = "WEIGHT", default_value = "none")]
    weight: WeightArg,

    /// How likely the reader follows a link, for PageRank
    #[arg(
        long,
        value_name = "D",
        default_value_t = PageRankOptions::default().damping,
        hide_short_help = true
    )]
    damping: f64,

    /// What all errors of PageRank may add up to
    #[arg(
        long,
        value_name = "E",
        default_value_t = PageRankOptions::default().tolerance,
        hide_short_help = true
    )]
    tolerance: f64,

    /// How far sampled betweenness may be from the true value
    #[arg(
        long,
        value_name = "E",
        default_value_t = BetweennessOptions::default().error,
        hide_short_help = true
    )]
    error: f64,

    #[command(flatten)]
    select: SelectArgs,

    /// Show at most so many events; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,

    /// Answer for programs: all events, whatever the limit
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum By {
    #[value(name = "pagerank")]
    PageRank,
    Degree,
    Betweenness,
}

impl By {
    fn name(self) -> &'static str {
        match self {
            Self::PageRank => "pagerank",
            Self::Degree => "degree",
            Self::Betweenness => "betweenness",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum WeightArg {
    /// All links count alike
    None,
    /// As much as their topics tell
    Strength,
}

#[derive(Serialize)]
struct Answer<'g> {
    by: &'static str,
    directed: bool,
    weight: &'static str,
    /// Absent if the values are exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    sample: Option<SampleRecord>,
    events: Vec<RankedRecord<'g>>,
}

#[derive(Serialize)]
struct SampleRecord {
    chains: usize,
    error: f64,
    failure: f64,
}

#[derive(Serialize)]
struct RankedRecord<'g> {
    #[serde(flatten)]
    event: EventRecord<'g>,
    value: f64,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let graph = args.load.load()?;
    let selection = args.select.selection(&graph)?;
    let (ranks, sample) = ranks(args, &graph, &selection)?;
    if args.json {
        let record = |(event, value)| RankedRecord { event: records::event(&graph, event), value };
        let answer = Answer {
            by: args.by.name(),
            directed: args.directed,
            weight: if args.weight == WeightArg::None { "none" } else { "strength" },
            sample: sample.map(|Sample { chains, error, failure }| SampleRecord {
                chains,
                error,
                failure,
            }),
            events: ranks.leading(usize::MAX).into_iter().map(record).collect(),
        };
        write_json(out, &answer)?;
    } else {
        write_table(args, out, &graph, &ranks, sample).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

fn ranks(
    args: &Args,
    graph: &EventGraph,
    selection: &Selection,
) -> Result<(Ranks, Option<Sample>)> {
    let weight = match args.weight {
        WeightArg::None => Weight::None,
        WeightArg::Strength => Weight::Strength,
    };
    let directed = args.directed;
    match args.by {
        By::PageRank => {
            let (damping, tolerance) = (args.damping, args.tolerance);
            let options = PageRankOptions { damping, tolerance, directed, weight };
            Ok((pagerank(graph, selection, &options)?, None))
        }
        By::Degree => Ok((degrees(graph, selection, weight, directed)?, None)),
        By::Betweenness => {
            if args.weight != WeightArg::None {
                let message = "betweenness goes by the number of links; leave out `--weight`";
                return Err(Error::new(ErrorKind::Input, message));
            }
            let options =
                BetweennessOptions { directed, error: args.error, ..BetweennessOptions::default() };
            let found = betweenness(graph, selection, &options)?;
            Ok((found.ranks, found.sample))
        }
    }
}

fn write_table(
    args: &Args,
    out: &mut dyn Write,
    graph: &EventGraph,
    ranks: &Ranks,
    sample: Option<Sample>,
) -> std::io::Result<()> {
    let all = ranks.events().len();
    if all == 0 {
        return writeln!(out, "no events");
    }
    let shown = if args.limit == 0 { all } else { args.limit.min(all) };
    writeln!(out, "{}", styled(STRONG, format_args!("{:>11}  event", args.by.name())))?;
    for (event, value) in ranks.leading(shown) {
        let value = match args.by {
            By::Degree if args.weight == WeightArg::None => number(value as usize),
            By::Degree => format!("{value:.2}"),
            By::PageRank => format!("{value:.7}"),
            By::Betweenness => format!("{value:.5}"),
        };
        writeln!(out, "{value:>11}  {}", event_line(graph, event, 13))?;
    }
    if all > shown {
        writeln!(out, "… and {} more (--limit 0 shows all)", number(all - shown))?;
    }
    if let Some(sample) = sample {
        let said = format!(
            "estimated from {} shortest chains: with a probability of {:.0} % no value is off by \
             more than {} (--error)",
            number(sample.chains),
            (1.0 - sample.failure) * 100.0,
            sample.error
        );
        writeln!(out, "{}", styled(FAINT, said))?;
    }
    Ok(())
}
