//! `threadline timeline`: events by day, week, month, quarter or year.

use std::io::Write;

use serde::Serialize;

use crate::analysis::{Bin, Timeline, TimelineOptions, timeline};
use crate::cli::answers::{title, write_json};
use crate::cli::load::LoadArgs;
use crate::cli::report::{heading, period_name, spark};
use crate::cli::screen::{COUNT, FAINT, bar, counted, cut_to_line, number, styled, width};
use crate::cli::select::SelectArgs;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::graph::EventGraph;
use crate::model::Period;

/// Count events by day, week, month, quarter or year
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// The length of a step; by default one that fits the span
    #[arg(long, value_name = "PERIOD")]
    by: Option<By>,

    #[command(flatten)]
    select: SelectArgs,

    /// Answer for programs
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum By {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

#[derive(Serialize)]
struct Answer<'g> {
    period: Period,
    bins: Vec<BinRecord<'g>>,
    undated: usize,
}

#[derive(Serialize)]
struct BinRecord<'g> {
    label: String,
    start: String,
    count: u32,
    /// The keys of its events.
    events: Vec<&'g str>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let graph = args.load.load()?;
    let selection = args.select.selection(&graph)?;
    let period = args.by.map(|by| match by {
        By::Day => Period::Day,
        By::Week => Period::Week,
        By::Month => Period::Month,
        By::Quarter => Period::Quarter,
        By::Year => Period::Year,
    });
    let timeline = timeline(&graph, &selection, TimelineOptions { period })?;
    if args.json {
        let record = |bin: &Bin| BinRecord {
            label: bin.start.period_label(timeline.period),
            start: bin.start.to_string(),
            count: bin.count,
            events: bin.events.iter().map(|&event| graph.key(event)).collect(),
        };
        let bins = timeline.bins.iter().map(record).collect();
        let answer = Answer { period: timeline.period, bins, undated: timeline.undated };
        write_json(out, &answer)?;
    } else {
        write_chart(out, &graph, &timeline).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

/// More empty steps than this in a row are one line.
const MOST_EMPTY: usize = 3;

/// Columns for the period's name, the count and the spaces between.
const LEFT: usize = 20;

fn write_chart(
    out: &mut dyn Write,
    graph: &EventGraph,
    timeline: &Timeline,
) -> std::io::Result<()> {
    let events: usize = timeline.bins.iter().map(|bin| bin.count as usize).sum();
    if timeline.bins.is_empty() {
        writeln!(out, "no events with a date")?;
    } else {
        let period = period_name(timeline.period);
        heading(out, &format!("{} by {period}", counted(events, "event", "events")))?;
        writeln!(out, "{}\n", styled(COUNT, spark(timeline)))?;
    }
    let most = timeline.bins.iter().map(|bin| bin.count).max().unwrap_or(0);
    let bars = (width().unwrap_or(80).saturating_sub(LEFT) / 3).clamp(10, 40);
    let mut bins = timeline.bins.as_slice();
    while let Some((bin, rest)) = bins.split_first() {
        let empty = bins.iter().take_while(|bin| bin.count == 0).count();
        if empty > MOST_EMPTY {
            let last = bins[empty - 1].start.period_label(timeline.period);
            let label = bin.start.period_label(timeline.period);
            let row = format!("{label:10}       0  … {} in all, until {last}", number(empty));
            writeln!(out, "{}", styled(FAINT, row))?;
            bins = &bins[empty..];
            continue;
        }
        bins = rest;
        let label = bin.start.period_label(timeline.period);
        let drawn = bar(bin.count, most, bars);
        // The first event says what such a step was about.
        let first = bin.events.first().map(|&event| title(graph, event)).unwrap_or_default();
        let more = match bin.count {
            0 | 1 => String::new(),
            count => format!(" (+{})", number(count as usize - 1)),
        };
        let first = cut_to_line(&first, LEFT + bars + 2 + more.len()).into_owned() + &more;
        let row = format!("{label:10} {:>7}  {}", number(bin.count as usize), drawn);
        let gap = " ".repeat((bars + 2).saturating_sub(drawn.chars().count()));
        writeln!(out, "{}", format!("{row}{gap}{}", styled(FAINT, first)).trim_end())?;
    }
    if timeline.undated > 0 {
        writeln!(
            out,
            "{}",
            counted(timeline.undated, "event without a date", "events without a date")
        )?;
    }
    Ok(())
}
