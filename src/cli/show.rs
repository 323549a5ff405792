//! `threadline show`: one event, its text, its sources, its links both ways.

use std::io::{self, Write};

use crate::answers::{ShowQuestion, Shown, show};
use crate::cli::json::write_json;
use crate::cli::lines::{date, event_line, link_place, title, topic_names};
use crate::cli::load::LoadArgs;
use crate::cli::screen::{COUNT, FAINT, STRONG, cut_to_line, safe, styled, wrap_width, wrapped};
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::export::records;
use crate::graph::{EventGraph, Link, Walk};
use crate::model::{EventId, plain_text};

/// Show one event: its text, topics, sources, and its links both ways
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// The event: its key, an unambiguous end of it, or words of its title
    #[arg(value_name = "EVENT", required = true)]
    event: Vec<String>,

    /// Answer for programs
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let graph = args.load.load()?;
    let shown = show(&graph, &ShowQuestion { event: args.event.join(" ") })?;
    if args.json {
        write_json(out, &shown.record(&graph))?;
    } else {
        write_event(out, graph.walk()?, &shown).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

fn write_event(out: &mut dyn Write, walk: Walk<'_>, shown: &Shown) -> io::Result<()> {
    let (graph, event) = (walk.graph(), shown.event);
    let columns = wrap_width();
    for line in wrapped(&title(graph, event), "", columns).lines() {
        writeln!(out, "{}", styled(STRONG, line))?;
    }
    let place = match graph.page(event) {
        Some(page) => safe(page).into_owned(),
        None if graph.present(event) => safe(graph.key(event)).into_owned(),
        None => format!("{} (no page of its own)", safe(graph.key(event))),
    };
    writeln!(out, "{}  {}", styled(COUNT, date(graph, event)), styled(FAINT, place))?;
    if let Some(summary) = graph.summary(event) {
        let summary = plain_text(summary);
        writeln!(out, "\n{}", wrapped(&summary, "", columns).trim_end())?;
    }
    let topics = topic_names(graph.topics(event).map(|topic| graph.topic_name(topic)));
    if !topics.is_empty() {
        writeln!(out, "\n{}", styled(STRONG, "Topics"))?;
        write!(out, "{}", wrapped(&topics, "  ", columns))?;
    }
    write_sources(out, graph, event)?;
    write_revisions(out, graph, event)?;
    write_links(out, graph, "Related, as this event lists them", &shown.links, |link| link.target)?;
    write_links(out, graph, "Listed by these", &shown.linked_from, |link| link.source)
}

fn write_sources(out: &mut dyn Write, graph: &EventGraph, event: EventId) -> io::Result<()> {
    let sources = records::sources(graph, event);
    if !sources.is_empty() {
        writeln!(out, "\n{}", styled(STRONG, "Sources"))?;
    }
    for source in sources {
        writeln!(out, "  {}  {}", safe(source.name), styled(FAINT, safe(source.url)))?;
    }
    Ok(())
}

fn write_revisions(out: &mut dyn Write, graph: &EventGraph, event: EventId) -> io::Result<()> {
    let revisions = records::revisions(graph, event);
    if !revisions.is_empty() {
        writeln!(out, "\n{}", styled(STRONG, "Wordings"))?;
    }
    for revision in revisions {
        let seen =
            revision.seen.as_deref().map_or("          ", |seen| &seen[..10.min(seen.len())]);
        let kind = revision.kind;
        let title = plain_text(revision.title);
        let title = safe(&title);
        writeln!(out, "  {}  {kind:7}  {}", styled(COUNT, seen), cut_to_line(&title, 23))?;
    }
    Ok(())
}

fn write_links(
    out: &mut dyn Write,
    graph: &EventGraph,
    heading: &str,
    links: &[Link],
    other: impl Fn(&Link) -> EventId,
) -> io::Result<()> {
    if links.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", styled(STRONG, heading))?;
    for link in links {
        writeln!(out, "  {}", event_line(graph, other(link), 2))?;
        let topics = topic_names(graph.link_topics(link.id).map(|topic| graph.topic_name(topic)));
        if !topics.is_empty() {
            writeln!(out, "              {}", styled(FAINT, cut_to_line(&topics, 14)))?;
        }
        writeln!(out, "              {}", link_place(graph, link, 14))?;
    }
    Ok(())
}
