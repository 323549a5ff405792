//! How a chain looks: what `chain` and `thread` show alike.

use std::io::{self, Write};
use std::ops::RangeInclusive;

use crate::analysis::{Hop, Strand};
use crate::cli::lines::{date, link_place, title, topic_names};
use crate::cli::screen::{COUNT, FAINT, STRONG, WARN, counted, cut, styled, width, wrapped};
use crate::graph::{EventGraph, Link};
use crate::model::{EventId, from_to};

/// Lines that a title may take on a terminal.
const TITLE_LINES: usize = 3;

/// `4 links, 1957-10-04 to 1975-07-17 · strength 0.41, at least 0.22; 1 link tells
/// little`
pub(super) fn heading(strand: &Strand, graph: &EventGraph) -> String {
    let length = counted(strand.chain.hops.len(), "link", "links");
    let span = strand.span(graph).map_or_else(String::new, |span| format!(", {}", from_to(span)));
    let strength = strand.coherence().map_or(String::new(), |coherence| {
        format!(" · strength {:.2}, at least {:.2}", coherence.mean, coherence.min)
    });
    let weak = (0..strand.chain.hops.len()).filter(|&hop| strand.is_weak(hop)).count();
    let weak = match weak {
        0 => String::new(),
        1 => "; 1 link tells little".to_owned(),
        _ => format!("; {} tell little", counted(weak, "link", "links")),
    };
    format!(
        "{}{}{}",
        styled(STRONG, format_args!("{length}{span}")),
        styled(FAINT, strength),
        styled(WARN, weak)
    )
}

/// That a chain is about nothing in particular, if it is: at each event between its ends
/// another subject begins. It ties the two by association, not by what happened.
pub(super) fn wandering(strand: &Strand, graph: &EventGraph) -> Option<&'static str> {
    let changes = strand.chain.subject_changes(graph);
    let between = changes.get(1..changes.len().checked_sub(1)?)?;
    match (between.len(), between.iter().all(|&changes| changes)) {
        (_, false) | (0, _) => None,
        (1, true) => Some("another subject begins at the event between"),
        (_, true) => Some("another subject begins at every event between"),
    }
}

/// The events, and the hops between them.
pub(super) fn write(strand: &Strand, out: &mut dyn Write, graph: &EventGraph) -> io::Result<()> {
    let none = vec![false; strand.chain.events.len()];
    write_part(strand, out, graph, 0..=strand.chain.hops.len(), None, &none)
}

/// Some of them, with one event to stand out, and the places marked where
/// the subject changes.
pub(super) fn write_thread(
    strand: &Strand,
    out: &mut dyn Write,
    graph: &EventGraph,
    events: RangeInclusive<usize>,
    strong: EventId,
) -> io::Result<()> {
    write_part(strand, out, graph, events, Some(strong), &strand.chain.subject_changes(graph))
}

fn write_part(
    strand: &Strand,
    out: &mut dyn Write,
    graph: &EventGraph,
    events: RangeInclusive<usize>,
    strong: Option<EventId>,
    changes: &[bool],
) -> io::Result<()> {
    let (first, last) = (*events.start(), *events.end());
    for at in events {
        let Some(&event) = strand.chain.events.get(at) else { break };
        if changes[at] && at > first && at < last {
            writeln!(out, "    {}", styled(FAINT, "· · · another subject from here on"))?;
        }
        write_event(out, graph, event, strong == Some(event))?;
        if at < last
            && let Some(hop) = strand.chain.hops.get(at)
        {
            let weakest = strand.strengths.len() > 1 && strand.weakest() == Some(at);
            let weak = strand.is_weak(at);
            write_hop(out, graph, event, hop, (&strand.by_link[at], weakest, weak))?;
        }
    }
    Ok(())
}

/// The date and the title: on a terminal a few lines of it, else all.
fn write_event(
    out: &mut dyn Write,
    graph: &EventGraph,
    event: EventId,
    strong: bool,
) -> io::Result<()> {
    let indent = " ".repeat(12);
    let missing = if graph.present(event) { "" } else { " (no page)" };
    let title = title(graph, event);
    let mut lines: Vec<String> = match width() {
        None => vec![title],
        Some(width) => {
            let broken = wrapped(&title, "", width.min(100).saturating_sub(12));
            broken.lines().map(str::to_owned).collect()
        }
    };
    if lines.len() > TITLE_LINES {
        lines.truncate(TITLE_LINES);
        if let Some(last) = lines.last_mut() {
            let columns = wrap_columns().saturating_sub(13 + missing.len());
            *last = format!("{}…", cut(last, columns).trim_end_matches('…'));
        }
    }
    let shown = |line: &str| if strong { styled(STRONG, line) } else { line.to_owned() };
    let first = lines.first().map(|line| shown(line)).unwrap_or_default();
    write!(out, "{}  {first}", styled(COUNT, date(graph, event)))?;
    for line in lines.iter().skip(1) {
        write!(out, "\n{indent}{}", shown(line))?;
    }
    writeln!(out, "{}", styled(FAINT, missing))
}

fn wrap_columns() -> usize {
    width().map_or(usize::MAX, |width| width.min(100))
}

/// `  ↓ 0.41  Soviet Union, Sergei Korolev` and where that stands.
fn write_hop(
    out: &mut dyn Write,
    graph: &EventGraph,
    from: EventId,
    hop: &Hop,
    (strengths, weakest, weak): (&[f64], bool, bool),
) -> io::Result<()> {
    let topics_of = |link: &Link| -> String {
        topic_names(graph.link_topics(link.id).map(|topic| graph.topic_name(topic)))
    };
    // Two pages that list each other mostly do so for the same reason.
    let mutual = match hop.links.as_slice() {
        [a, b] => a.source != b.source && topics_of(a) == topics_of(b),
        _ => false,
    };
    // Then the stronger counts, as in the chain.
    let strongest = strengths.iter().copied().fold(0.0, f64::max);
    for (at, (link, &strength)) in hop.links.iter().zip(strengths).enumerate() {
        let arrow = match (mutual, link.source == from) {
            (true, _) => "↕",
            (false, true) => "↓",
            (false, false) => "↑",
        };
        if at == 0 || !mutual {
            let style = if weakest || weak { WARN } else { FAINT };
            let strength = if mutual { strongest } else { strength };
            let note = if weak { " · tells little" } else { "" };
            let room = wrap_columns().saturating_sub(12 + note.len());
            let topics = topics_of(link);
            let topics = cut(&topics, room);
            writeln!(
                out,
                "    {} {}  {topics}{}",
                styled(COUNT, arrow),
                styled(style, format_args!("{strength:.2}")),
                styled(WARN, note)
            )?;
        }
        writeln!(out, "            {}", link_place(graph, link, 12))?;
    }
    Ok(())
}
