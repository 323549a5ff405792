//! `threadline rank`: which events matter most.

use std::io::Write;

use crate::analysis::{BetweennessOptions, PageRankOptions, Weight};
use crate::answers::{RankBy, RankFound, RankQuestion, rank};
use crate::cli::choice::{one_explained, one_of};
use crate::cli::json::write_json;
use crate::cli::limit::{shown, write_more};
use crate::cli::lines::event_line;
use crate::cli::load::LoadArgs;
use crate::cli::screen::{FAINT, STRONG, number, styled};
use crate::cli::select::SelectArgs;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::graph::EventGraph;

/// List the events that matter most: by PageRank, degree or betweenness
///
/// PageRank: how often a reader is there who follows any link. Degree: how many
/// other events an event is tied to. Betweenness: the share of all pairs of
/// other events whose shortest chains run through it; exact up to 20,000
/// events, sampled beyond, with the error stated. Links are followed in both
/// directions unless --directed is given, and those between the same two events
/// count once.
///
/// In a large archive what many pages list stands high, because it names much: a
/// table of countries, an eclipse. A selection (--topic, --from, --story) ranks
/// within one subject, and `story` names the key events of one story.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// What events are ranked by
    #[arg(
        long,
        value_name = "MEASURE",
        default_value_t = RankBy::default(),
        value_parser = one_of(RankBy::ALL)
    )]
    by: RankBy,

    /// Follow links only from the page that lists them
    #[arg(long)]
    directed: bool,

    /// What a link weighs, for PageRank and degree
    #[arg(long, value_name = "WEIGHT", default_value_t = Weight::None, value_parser = one_explained([
        (Weight::None, "All links count alike"),
        (Weight::Strength, "As much as their topics tell"),
    ]))]
    weight: Weight,

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

impl Args {
    fn question(&self) -> RankQuestion {
        RankQuestion {
            by: self.by,
            directed: self.directed,
            weight: self.weight,
            damping: self.damping,
            tolerance: self.tolerance,
            error: self.error,
        }
    }
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let graph = args.load.load()?;
    let found = rank(&graph, &args.select.select(&graph), &args.question())?;
    if args.json {
        write_json(out, &found.record(&graph))?;
    } else {
        write_table(out, &graph, &found, args.limit).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

fn write_table(
    out: &mut dyn Write,
    graph: &EventGraph,
    found: &RankFound,
    limit: usize,
) -> std::io::Result<()> {
    let RankFound { asked, ranks, sample } = found;
    let all = ranks.events().len();
    if all == 0 {
        return writeln!(out, "no events");
    }
    let shown = shown(limit, all);
    let head = format!("{:>11}  event{}", asked.by, meaning(asked));
    writeln!(out, "{}", styled(STRONG, head))?;
    for (event, value) in ranks.leading(shown) {
        let value = match asked.by {
            RankBy::Degree if asked.weight == Weight::None => number(value as usize),
            RankBy::Degree => format!("{value:.2}"),
            RankBy::PageRank => format!("{value:.7}"),
            RankBy::Betweenness => format!("{value:.5}"),
        };
        writeln!(out, "{value:>11}  {}", event_line(graph, event, 13))?;
    }
    write_more(out, all - shown)?;
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

/// What the number before an event counts, where its name does not say so.
fn meaning(asked: &RankQuestion) -> &'static str {
    match (asked.by, asked.weight, asked.directed) {
        (RankBy::PageRank, ..) => "",
        (RankBy::Betweenness, ..) => ", on this share of the shortest chains between others",
        (RankBy::Degree, Weight::None, true) => ", listed by so many others",
        (RankBy::Degree, Weight::None, false) => {
            ", tied to so many others (several links to one count once)"
        }
        (RankBy::Degree, ..) => ", tied to others by links of this strength in all",
    }
}
