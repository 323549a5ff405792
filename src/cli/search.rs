//! `threadline search`: find events by words.

use std::io::Write;

use unicode_width::UnicodeWidthStr;

use crate::analysis::{Hit, near_words, topics_named};
use crate::answers;
use crate::answers::{SearchAnswer, SearchQuestion};
use crate::cli::json::write_json;
use crate::cli::limit::{shown, write_more};
use crate::cli::lines::{event_line, quoted, topic_name};
use crate::cli::load::LoadArgs;
use crate::cli::screen::{FAINT, counted, cut_to_line, safe, styled};
use crate::cli::select::SelectArgs;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::graph::EventGraph;

/// Find events whose title or summary holds all words, or list a selection
///
/// Events with all words in the title come first, then those with more links.
/// Capital letters do not matter; a word may be part of a longer one. Without
/// words, the selected events are listed by date.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// Words to look for; none to list the selected events by date
    words: Vec<String>,

    #[command(flatten)]
    select: SelectArgs,

    /// Show at most so many events; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,

    /// Answer for programs: all events, whatever the limit
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let graph = args.load.load()?;
    let words = args.words.join(" ");
    let ordered = Some(args.limit).filter(|&limit| limit > 0 && !args.json);
    let asked = SearchQuestion { words: words.clone(), ordered };
    let hits = answers::search(&graph, &args.select.select(&graph), &asked)?;
    if args.json {
        write_json(out, &SearchAnswer::new(&graph, &hits))?;
        return Ok(Outcome::Done);
    }
    write_hits(out, &graph, &hits, &words, args.limit).map_err(output_error)?;
    Ok(Outcome::Done)
}

fn write_hits(
    out: &mut dyn Write,
    graph: &EventGraph,
    hits: &[Hit],
    words: &str,
    limit: usize,
) -> std::io::Result<()> {
    if hits.is_empty() {
        return match words.trim() {
            "" => writeln!(out, "no event is selected"),
            words => {
                writeln!(out, "no event holds all of: {}", safe(words))?;
                if let Some(meant) = near_words(graph, words) {
                    writeln!(out, "did you mean: {}", safe(&meant))?;
                }
                write_topics(out, graph, words)
            }
        };
    }
    let shown = shown(limit, hits.len());
    for hit in hits.iter().take(shown) {
        writeln!(out, "{}", event_line(graph, hit.event, 0))?;
        let place = if hit.in_title { "" } else { ", in the summary" };
        let links = counted(hit.links as usize, "link", "links");
        let about = format!("            {links}{place} · ");
        // Cut as any name may be: `…` at its end is understood.
        let key = cut_to_line(graph.key(hit.event), about.width());
        writeln!(out, "{}", styled(FAINT, format_args!("{about}{}", safe(&key))))?;
    }
    write_more(out, hits.len() - shown)?;
    write_topics(out, graph, words)
}

/// Topics that are called so: their events need not hold the words.
fn write_topics(out: &mut dyn Write, graph: &EventGraph, words: &str) -> std::io::Result<()> {
    const SHOWN: usize = 3;
    let topics = topics_named(graph, words);
    for &topic in topics.iter().take(SHOWN) {
        let name = quoted(&topic_name(graph, topic));
        writeln!(out, "{}", styled(FAINT, format_args!("also a topic: --topic {name}")))?;
    }
    if topics.len() > SHOWN {
        let more = counted(topics.len() - SHOWN, "more topic", "more topics");
        writeln!(out, "{}", styled(FAINT, format_args!("… and {more} with such a name")))?;
    }
    Ok(())
}
