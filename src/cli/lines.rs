//! Events, links, topics and headings on a line of a terminal. Writes no tables.

use std::io::{self, Write};

pub(super) use crate::answers::title;
use crate::cli::screen::{COUNT, FAINT, STRONG, cut_middle, cut_to_line, safe, styled, width};
use crate::graph::{EventGraph, Link};
use crate::model::{EventId, TopicId, plain_name};

/// `1957-10-04  The Soviet Union launches Sputnik 1 …`, cut to the terminal.
pub(super) fn event_line(graph: &EventGraph, event: EventId, indent: usize) -> String {
    let mark = if graph.present(event) { "" } else { " (no page)" };
    let title = title(graph, event);
    let shown = cut_to_line(&title, indent + 12 + mark.len());
    format!("{}  {shown}{}", styled(COUNT, date(graph, event)), styled(FAINT, mark))
}

/// The date in ten columns.
pub(super) fn date(graph: &EventGraph, event: EventId) -> String {
    graph.date(event).map_or_else(|| "no date   ".to_owned(), |date| date.to_string())
}

/// `news/1967/01/27/x.md:16`, where a link stands, with both of its ends on a
/// terminal's line; without a page, the key of the event that lists it.
pub(super) fn link_place(graph: &EventGraph, link: &Link, used: usize) -> String {
    let room = width().map_or(usize::MAX, |width| width.min(100)).saturating_sub(used);
    styled(FAINT, cut_middle(&safe(&graph.place(link)), room))
}

/// The name of a topic, variants marks left out.
pub(super) fn topic_name(graph: &EventGraph, topic: TopicId) -> String {
    topic_names(std::iter::once(graph.topic_name(topic)))
}

/// The names of topics in one line, variants marks left out.
pub(super) fn topic_names<'t>(names: impl Iterator<Item = &'t str>) -> String {
    names.map(|name| safe(&plain_name(name)).into_owned()).collect::<Vec<_>>().join(", ")
}

/// A word of a shell's command line, in quotes if it needs them.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// A heading of its own line.
pub(super) fn heading(out: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(out, "{}", styled(STRONG, text))
}
