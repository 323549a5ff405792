//! `threadline show`: one event, its text, its sources, its links both ways.

use std::io::{self, Write};

use serde::Serialize;

use crate::analysis::find_event;
use crate::cli::answers::{date, event_line, title, topic_names, write_json};
use crate::cli::load::LoadArgs;
use crate::cli::screen::{COUNT, FAINT, STRONG, cut_to_line, safe, styled, wrap_width, wrapped};
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::export::records::{self, EventRecord, LinkRecord, RevisionRecord, SourceRecord};
use crate::graph::{EventGraph, Link, Walk};
use crate::model::EventId;

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

#[derive(Serialize)]
struct Answer<'g> {
    #[serde(flatten)]
    event: EventRecord<'g>,
    summary: Option<&'g str>,
    lead_topic: Option<&'g str>,
    topics: Vec<&'g str>,
    page: Option<&'g str>,
    sources: Vec<SourceRecord<'g>>,
    revisions: Vec<RevisionRecord<'g>>,
    links: Vec<Linked<'g>>,
    linked_from: Vec<Linked<'g>>,
}

/// A link, and the event at its other end.
#[derive(Serialize)]
struct Linked<'g> {
    event: EventRecord<'g>,
    #[serde(flatten)]
    link: LinkRecord<'g>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let graph = args.load.load()?;
    let event = find_event(&graph, &args.event.join(" "))?;
    let walk = graph.walk()?;
    let links: Vec<Link> = walk.out_links(event).filter_map(|link| graph.link(link)).collect();
    let from: Vec<Link> = walk.in_links(event).filter_map(|link| graph.link(link)).collect();
    if args.json {
        let linked = |link: &Link, other| Linked {
            event: records::event(&graph, other),
            link: records::link(&graph, *link),
        };
        let answer = Answer {
            event: records::event(&graph, event),
            summary: graph.summary(event),
            lead_topic: graph.lead_topic(event).map(|topic| graph.topic_name(topic)),
            topics: records::topics(&graph, event),
            page: graph.page(event),
            sources: records::sources(&graph, event),
            revisions: records::revisions(&graph, event),
            links: links.iter().map(|link| linked(link, link.target)).collect(),
            linked_from: from.iter().map(|link| linked(link, link.source)).collect(),
        };
        write_json(out, &answer)?;
    } else {
        write_event(out, walk, event, &links, &from).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

fn write_event(
    out: &mut dyn Write,
    walk: Walk<'_>,
    event: EventId,
    links: &[Link],
    from: &[Link],
) -> io::Result<()> {
    let graph = walk.graph();
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
        writeln!(out, "\n{}", wrapped(summary, "", columns).trim_end())?;
    }
    let topics = topic_names(graph.topics(event).map(|topic| graph.topic_name(topic)));
    if !topics.is_empty() {
        writeln!(out, "\n{}", styled(STRONG, "Topics"))?;
        write!(out, "{}", wrapped(&topics, "  ", columns))?;
    }
    write_sources(out, graph, event)?;
    write_revisions(out, graph, event)?;
    write_links(out, graph, "Related, as this event lists them", links, |link| link.target)?;
    write_links(out, graph, "Listed by these", from, |link| link.source)
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
        let title = safe(revision.title);
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
        let text = match link.line {
            0 => topics,
            line => format!("{topics} · line {line}"),
        };
        writeln!(out, "              {}", styled(FAINT, cut_to_line(&text, 14)))?;
    }
    Ok(())
}
