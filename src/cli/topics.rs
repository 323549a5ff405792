//! `threadline topics`: topics, how often, when, and how they are related.

use std::io::Write;

use crate::analysis::TopicCount;
use crate::answers;
use crate::answers::{TopicsFound, TopicsQuestion};
use crate::cli::json::write_json;
use crate::cli::limit::{shown, write_more};
use crate::cli::lines::topic_name;
use crate::cli::load::LoadArgs;
use crate::cli::picture::PictureArgs;
use crate::cli::related_topics::{write_between, write_distinctive};
use crate::cli::screen::{COUNT, STRONG, cut_to_line, number, styled};
use crate::cli::select::SelectArgs;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::graph::EventGraph;

/// List topics, those that set a time or a story apart, what comes with a topic, or
/// what ties two
///
/// By itself: how many events bear each topic, how many links, from when to when.
/// --distinctive: the topics that tell the selected events from all others, as
/// those of a year (Dunning's log-likelihood), and when. --with: in the same way,
/// the topics that come with one, or with several at once, more often than chance
/// would have it. --between: the events and links that tie two. An event bears the
/// topics of the links to and from it, of its lead and of its day page: not what
/// only its title names.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// Topics that tell the selected events from all others
    #[arg(long)]
    distinctive: bool,

    /// Topics that come with this one; several times: with all of them
    #[arg(long, value_name = "TOPIC")]
    with: Option<Vec<String>>,

    /// The events and links that tie two topics
    #[arg(long, value_names = ["TOPIC", "TOPIC"], num_args = 2)]
    between: Option<Vec<String>>,

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
    let select = args.select.select(&graph);
    let (with, between) = (args.with.clone(), args.between.clone());
    let (distinctive, most_rows) = (args.distinctive, Some(args.limit));
    let asked = TopicsQuestion { with, between, distinctive, most_rows };
    if let Some(output) = output {
        let found = answers::topics_over_time(&graph, &select, &asked)?;
        output.write(|how| Ok(found.picture(&graph, &select, how)))?;
        return Ok(Outcome::Done);
    }
    let found = answers::topics(&graph, &select, &asked)?;
    if args.json {
        write_json(out, &found.record(&graph))?;
        return Ok(Outcome::Done);
    }
    match &found {
        TopicsFound::All(counts) => write_table(out, &graph, counts, args.limit),
        TopicsFound::Distinctive(found) => write_distinctive(out, &graph, found, args.limit),
        TopicsFound::Between(found) => write_between(out, &graph, found, args.limit),
    }
    .map_err(output_error)?;
    Ok(Outcome::Done)
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
    let limit = shown(limit, counts.len());
    let head = format!("{:>7} {:>7}  {:10}  {:10}  topic", "events", "links", "first", "last");
    writeln!(out, "{}", styled(STRONG, head))?;
    for count in counts.iter().take(limit) {
        let day = |date: Option<_>| {
            date.map_or_else(String::new, |date: crate::model::Date| date.to_string())
        };
        let name = topic_name(graph, count.topic);
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
