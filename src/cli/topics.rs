//! `threadline topics`: topics, how often, when, and how they are related.

use std::io::Write;

use crate::analysis::{
    Row, RowLabel, TimelineOptions, TopicBase, TopicCount, distinctive_topics, timelines,
    topic_rows,
};
use crate::answers;
use crate::answers::TopicsAnswer;
use crate::cli::json::write_json;
use crate::cli::limit::{shown, write_more};
use crate::cli::lines::topic_names;
use crate::cli::load::LoadArgs;
use crate::cli::picture::PictureArgs;
use crate::cli::related_topics::{write_between, write_with};
use crate::cli::screen::{COUNT, STRONG, cut_to_line, number, styled};
use crate::cli::select::SelectArgs;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::graph::{EventGraph, Selection};
use crate::picture;

/// List topics, what comes with a topic, or what ties two
///
/// Without --with and --between: how many events bear each topic, how many
/// links, from when to when. --with: the topics that come with one, or with
/// several at once, more often than chance would have it (Dunning's
/// log-likelihood), and when. --between: the events and links that tie two. An
/// event bears the topics of the links to and from it, of its lead and of its day
/// page: not what only its title names.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// Topics that come with this one; several times: with all of them
    #[arg(long, value_name = "TOPIC", conflicts_with_all = ["between", "output"])]
    with: Vec<String>,

    /// The events and links that tie two topics
    #[arg(long, value_names = ["TOPIC", "TOPIC"], num_args = 2, conflicts_with = "output")]
    between: Vec<String>,

    #[command(flatten)]
    select: SelectArgs,

    /// Show at most so many topics; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,

    #[command(flatten)]
    picture: PictureArgs,

    /// Answer for programs: all topics, whatever the limit
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let output = args.picture.open(&args.load)?;
    let graph = args.load.load()?;
    let selection = args.select.selection(&graph)?;
    if let Some(output) = output {
        let mut rows = telling_rows(&graph, &selection);
        let all = rows.len();
        rows.truncate(shown(args.limit, all));
        let timelines = timelines(&graph, &rows, TimelineOptions { period: None })?;
        let name = match args.select.name(&graph) {
            Some(name) => format!("Topics over time: {name}"),
            None => "Topics over time".to_owned(),
        };
        output.write(|options| {
            Ok(picture::rows(&graph, &name, (&rows, all), &timelines, &[], options))
        })?;
        return Ok(Outcome::Done);
    }
    if !args.with.is_empty() {
        write_with(out, &graph, &selection, &args.with, args.limit, args.json)?;
        return Ok(Outcome::Done);
    }
    if !args.between.is_empty() {
        write_between(out, &graph, &selection, &args.between, args.limit, args.json)?;
        return Ok(Outcome::Done);
    }
    let counts = answers::topics(&graph, &selection);
    if args.json {
        write_json(out, &TopicsAnswer::new(&graph, &counts))?;
    } else {
        let limit = shown(args.limit, counts.len());
        write_table(out, &graph, &counts, limit).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

/// The topics of all events by their number; those of a selection by how much
/// they tell it from the rest, without those that all of it bears.
fn telling_rows(graph: &EventGraph, selection: &Selection) -> Vec<Row> {
    let mut rows = topic_rows(graph, selection);
    if selection.is_all() {
        return rows;
    }
    let base = TopicBase::new(graph, &Selection::all(graph));
    let events: Vec<_> = selection.events(graph).collect();
    let mut place = vec![usize::MAX; graph.topic_count()];
    for (at, topic) in distinctive_topics(graph, &events, &base).iter().enumerate() {
        place[topic.topic.index()] = at;
    }
    rows.retain(|row| row.events.len() < events.len());
    rows.sort_by_key(|row| match row.label {
        RowLabel::Topic(topic) => place[topic.index()],
        _ => usize::MAX,
    });
    rows
}

fn write_table(
    out: &mut dyn Write,
    graph: &EventGraph,
    counts: &[TopicCount],
    limit: usize,
) -> std::io::Result<()> {
    if counts.is_empty() {
        return writeln!(out, "no topics");
    }
    let head = format!("{:>7} {:>7}  {:10}  {:10}  topic", "events", "links", "first", "last");
    writeln!(out, "{}", styled(STRONG, head))?;
    for count in counts.iter().take(limit) {
        let day = |date: Option<_>| {
            date.map_or_else(String::new, |date: crate::model::Date| date.to_string())
        };
        let name = topic_names(std::iter::once(graph.topic_name(count.topic)));
        writeln!(
            out,
            "{} {:>7}  {:10}  {:10}  {}",
            styled(COUNT, format_args!("{:>7}", number(count.events as usize))),
            number(count.links as usize),
            day(count.first),
            day(count.last),
            cut_to_line(&name, 41),
        )?;
    }
    write_more(out, counts.len() - limit)
}
