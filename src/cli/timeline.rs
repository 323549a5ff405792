//! `threadline timeline`: events by day, week, month, quarter or year, in one
//! row or in several, and their bursts.

use std::io::Write;

use crate::analysis::{Burst, BurstOptions, Row, RowLabel, Timeline, Timelines};
use crate::answers;
use crate::answers::{Rows, RowsFound, TimelineFound, TimelineQuestion, TimelineWord};
use crate::cli::bursts::{write_bursts, write_bursts_csv};
use crate::cli::chart::write_chart;
use crate::cli::choice::one_explained;
use crate::cli::json::write_json;
use crate::cli::limit::{shown, write_more};
use crate::cli::lines::{heading, topic_names};
use crate::cli::load::LoadArgs;
use crate::cli::picture::PictureArgs;
use crate::cli::screen::{
    COUNT, columns, counted, cut_to_line, number, padded, sparkline, styled, width,
};
use crate::cli::select::SelectArgs;
use crate::cli::sheet::Sheet;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::graph::EventGraph;
use crate::model::Period;

/// Count events by day, week, month, quarter or year, and find bursts
///
/// `--by month` sets the length of a step, `--by topic` or `--by story` gives a
/// row to each; both may be given: `--by topic --by year`. `--bursts` marks spans in
/// which events are far more frequent than they usually are (Kleinberg 2003):
/// those of a topic among all events of the span, those of all events by the
/// days between them. Bursts are found by day, or in steps of the length given.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// The length of a step (by default one that fits the span), or what has a
    /// row of its own; one of each at most
    #[arg(
        long,
        value_name = "WHAT",
        value_delimiter = ',',
        value_parser = one_explained(words())
    )]
    by: Vec<TimelineWord>,

    /// Find bursts: their span, weight and events
    #[arg(long)]
    bursts: bool,

    /// How many times as frequent as usual events are in a burst
    #[arg(
        long,
        value_name = "S",
        default_value_t = BurstOptions::default().scaling,
        requires = "bursts",
        hide_short_help = true
    )]
    scaling: f64,

    /// How reluctantly a burst begins; more gives fewer and longer ones
    #[arg(
        long,
        value_name = "G",
        default_value_t = BurstOptions::default().gamma,
        requires = "bursts",
        hide_short_help = true
    )]
    gamma: f64,

    /// Leave out bursts of fewer events
    #[arg(
        long,
        value_name = "N",
        default_value_t = BurstOptions::default().min_events,
        requires = "bursts",
        hide_short_help = true
    )]
    min_events: usize,

    #[command(flatten)]
    select: SelectArgs,

    /// Show at most so many rows and bursts; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,

    #[command(flatten)]
    picture: PictureArgs,

    /// Answer for programs: all rows and bursts, whatever the limit
    #[arg(long)]
    json: bool,

    /// Answer as a table for spreadsheets (RFC 4180), whatever the limit: the
    /// counts, or with --bursts the bursts
    #[arg(long, conflicts_with_all = ["json", "output"])]
    csv: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let asked = args.question()?;
    let output = args.picture.open(&args.load)?;
    let graph = args.load.load()?;
    let select = args.select.select(&graph);
    let found = answers::timeline(&graph, &select, &asked)?;
    if let Some(output) = output {
        output.write(|how| found.picture(&graph, &select, how))?;
        return Ok(Outcome::Done);
    }
    if args.json {
        write_json(out, &found.record(&graph)?)?;
        return Ok(Outcome::Done);
    }
    match found {
        TimelineFound::One { timeline, rows, bursts } => {
            write_one(args, out, &graph, &timeline, &rows, bursts)?;
        }
        TimelineFound::Several(found) => write_several(args, out, &graph, &found)?,
    }
    Ok(Outcome::Done)
}

/// All selected events in one row.
fn write_one(
    args: &Args,
    out: &mut dyn Write,
    graph: &EventGraph,
    timeline: &Timeline,
    rows: &[Row],
    bursts: Option<Vec<Burst>>,
) -> Result<()> {
    let of = bursts.as_ref().map_or(0, Vec::len);
    let found = bursts.map(|mut found| {
        if !args.csv {
            found.truncate(shown(args.limit, of));
        }
        found.sort_by_key(|burst| burst.start);
        found
    });
    match (&found, args.csv) {
        (Some(found), true) => write_bursts_csv(out, graph, rows, found),
        (None, true) => write_csv(out, timeline),
        (_, false) => {
            let marks = found.as_deref().unwrap_or_default();
            write_chart(out, graph.walk()?, timeline, marks).map_err(output_error)?;
            match &found {
                Some(found) => {
                    write_bursts(out, graph, rows, found, of - found.len(), args.scaling)
                }
                None => Ok(()),
            }
        }
    }
}

/// One row a topic, or a story; or their bursts.
fn write_several(
    args: &Args,
    out: &mut dyn Write,
    graph: &EventGraph,
    found: &RowsFound,
) -> Result<()> {
    let RowsFound { rows, all, timelines, bursts, .. } = found;
    match (bursts, args.csv) {
        (Some(bursts), true) => write_bursts_csv(out, graph, rows, bursts),
        (None, true) => write_rows_csv(out, graph, rows, timelines),
        (Some(bursts), false) => {
            let shown = shown(args.limit, bursts.len());
            let more = bursts.len() - shown;
            write_bursts(out, graph, rows, &bursts[..shown], more, args.scaling)
        }
        (None, false) => write_rows(out, graph, rows, timelines, *all).map_err(output_error),
    }
}

/// The words that `--by` takes.
fn words() -> impl Iterator<Item = (TimelineWord, &'static str)> {
    let rows = [(Rows::Topic, "A row for each topic"), (Rows::Story, "A row for each story")];
    let periods = Period::ALL.iter().map(|&period| (TimelineWord::Period(period), ""));
    periods.chain(rows.map(|(rows, meaning)| (TimelineWord::Rows(rows), meaning)))
}

impl Args {
    fn question(&self) -> Result<TimelineQuestion> {
        // What shows bursts shows those of all rows.
        let whole = self.csv || self.json || self.bursts;
        Ok(TimelineQuestion {
            by: self.by.clone().try_into()?,
            bursts: self.bursts,
            scaling: self.scaling,
            gamma: self.gamma,
            min_events: self.min_events,
            most_rows: (!whole || self.picture.is_asked()).then_some(self.limit),
        })
    }
}

/// The name of a row's topic or story, if it is one's.
pub(super) fn row_name(graph: &EventGraph, row: &Row) -> Option<String> {
    match &row.label {
        RowLabel::Topic(topic) => Some(graph.topic_name(*topic).to_owned()),
        RowLabel::Story(number, name) => Some(format!("{}: {name}", number + 1)),
        RowLabel::Selection => None,
    }
}

/// The heading of the column that names rows.
pub(super) fn subject_name(rows: &[Row]) -> &'static str {
    match rows.first().map(|row| &row.label) {
        Some(RowLabel::Story(..)) => "story",
        _ => "topic",
    }
}

fn write_csv(out: &mut dyn Write, timeline: &Timeline) -> Result<()> {
    let mut sheet = Sheet::new(out);
    sheet.row([timeline.period.name(), "start", "count"])?;
    for bin in &timeline.bins {
        let label = bin.start.period_label(timeline.period);
        sheet.row([label, bin.start.to_string(), bin.count.to_string()])?;
    }
    sheet.finish()
}

/// A line for each topic, a column for each step.
fn write_rows_csv(
    out: &mut dyn Write,
    graph: &EventGraph,
    rows: &[Row],
    timelines: &Timelines,
) -> Result<()> {
    let mut sheet = Sheet::new(out);
    let steps = timelines.starts.iter().map(|start| start.period_label(timelines.period));
    let names = [subject_name(rows), "events", "undated"].map(str::to_owned);
    sheet.row(names.into_iter().chain(steps))?;
    for (row, counts) in rows.iter().zip(&timelines.rows) {
        let name = row_name(graph, row).unwrap_or_default();
        let first = [name, row.events.len().to_string(), counts.undated.to_string()];
        sheet.row(first.into_iter().chain(counts.counts.iter().map(u32::to_string)))?;
    }
    sheet.finish()
}

/// `   1,234  ▁▂▃  Name`: each row as high as its own largest count.
fn write_rows(
    out: &mut dyn Write,
    graph: &EventGraph,
    rows: &[Row],
    timelines: &Timelines,
    all: usize,
) -> std::io::Result<()> {
    let (Some(&first), Some(&last)) = (timelines.starts.first(), timelines.starts.last()) else {
        return writeln!(out, "no events with a date and a {}", subject_name(rows));
    };
    let period = timelines.period;
    let (together, columns) = columns(timelines.starts.len(), width().unwrap_or(100) / 2);
    let (first, last) = (first.period_label(period), last.period_label(period));
    let what = match subject_name(rows) {
        "story" => counted(all, "story", "stories"),
        _ => counted(all, "topic", "topics"),
    };
    let merged = match together {
        1 => String::new(),
        n => format!(", {n} to a column"),
    };
    heading(out, &format!("{what} by {period}, {first} to {last}{merged}"))?;
    for (row, counts) in rows.iter().zip(&timelines.rows) {
        let sums = counts.counts.chunks(together).map(|part| part.iter().sum());
        let name = topic_names(row_name(graph, row).as_deref().into_iter());
        writeln!(
            out,
            "{:>7}  {}  {}",
            number(row.events.len()),
            styled(COUNT, padded(&sparkline(sums), columns)),
            cut_to_line(&name, 7 + 2 + columns + 2),
        )?;
    }
    write_more(out, all.saturating_sub(rows.len()))
}
