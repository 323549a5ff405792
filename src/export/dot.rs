//! GraphViz: events with title, date and address, links with their topics.
//!
//! Follows the grammar of the DOT language (graphviz.org/doc/info/lang.html).
//! Inside of quotes, GraphViz knows backslash escapes and HTML entities, and
//! no control characters: all three are made harmless.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;

use crate::error::Result;
use crate::export::records::is_article;
use crate::export::rows::{push, write_rows};
use crate::export::text::web_address;
use crate::export::{ExportOptions, write_error};
use crate::graph::{EventGraph, Link, Selection};
use crate::model::{Date, EventId, broken_lines, plain_name, plain_text};

/// More events than this GraphViz draws slowly, and nobody can read; people
/// should know beforehand.
pub const TOO_MANY_FOR_DOT: usize = 2_000;

/// With more links than this, their topics are not written on them but shown
/// when one points at them: labels hide the picture, and cost `dot` minutes.
const FEW_LINKS: usize = 100;

/// What events share a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DotGroups<'a> {
    /// No boxes.
    #[default]
    None,
    /// The events of a day.
    Day,
    /// The events of a component (or another kind of cluster), by their
    /// numbers.
    Numbers(&'a [Option<usize>]),
}

/// A box, in the order in which boxes are written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Day(Date),
    /// From 1.
    Number(usize),
}

impl fmt::Display for Group {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => date.fmt(out),
            Self::Number(number) => number.fmt(out),
        }
    }
}

/// Columns that a line of a label has, and lines that a label has.
const LABEL_WIDTH: usize = 30;
const LABEL_LINES: usize = 4;

/// Points to a unit of a layout: room for the box of an event.
const POINTS: f64 = 8.0;

pub(super) fn write(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    write_graph(graph, selection, options, out).map_err(write_error)
}

fn write_graph(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let few = selection.links(graph).take(FEW_LINKS + 1).count() <= FEW_LINKS;
    write_head(options.places.is_some(), few, out)?;
    write_boxes(graph, selection, options, out)?;
    write_rows(out, selection.links(graph), |row, link| push_link(row, graph, link, few))?;
    out.write_all(b"}\n")
}

/// Which engine draws, and how: the file names it, so that calling `dot` is right.
fn write_head(placed: bool, few: bool, out: &mut dyn Write) -> std::io::Result<()> {
    // `dot` draws few links best, and takes minutes for some hundreds of them.
    let layout = match (placed, few) {
        (true, _) => "layout=neato, inputscale=72",
        (false, true) => "layout=dot, rankdir=LR",
        (false, false) => "layout=sfdp, overlap=prism, K=1.2",
    };
    // Around the boxes, which takes minutes for some thousands of them.
    let splines = if !placed || few { "true" } else { "line" };
    writeln!(
        out,
        "digraph threadline {{\n\
         graph [{layout}, splines={splines}, charset=\"UTF-8\", fontname=\"Helvetica\"];\n\
         node [shape=box, style=\"rounded,filled\", fillcolor=\"#f4f1ea\", color=\"#8a8577\", \
         fontname=\"Helvetica\", fontsize=10, margin=\"0.12,0.06\"];\n\
         edge [color=\"#5b7a99\", fontcolor=\"#3d5a77\", fontname=\"Helvetica\", fontsize=8, \
         arrowsize=0.6];"
    )
}

/// The events, in their boxes.
fn write_boxes(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let group_of = |event: EventId| match options.groups {
        DotGroups::None => None,
        DotGroups::Day => graph.date(event).map(Group::Day),
        DotGroups::Numbers(numbers) => {
            numbers.get(event.index()).copied().flatten().map(|n| Group::Number(n + 1))
        }
    };
    let mut groups: BTreeMap<Option<Group>, Vec<EventId>> = BTreeMap::new();
    for event in selection.events(graph) {
        groups.entry(group_of(event)).or_default().push(event);
    }
    for (n, (name, events)) in groups.iter().enumerate() {
        // A box around one event says nothing.
        let name = name.as_ref().filter(|_| events.len() > 1);
        if let Some(name) = name {
            writeln!(out, "subgraph \"cluster_{n}\" {{\nlabel=\"{name}\"; color=\"#c9c4b8\";")?;
        }
        for &event in events {
            write_event(graph, event, options.place(event), out)?;
        }
        if name.is_some() {
            out.write_all(b"}\n")?;
        }
    }
    Ok(())
}

fn push_link(row: &mut Vec<u8>, graph: &EventGraph, link: Link, few: bool) {
    let names: Vec<_> =
        graph.link_topics(link.id).map(|topic| plain_name(graph.topic_name(topic))).collect();
    let topics = names.join(", ");
    let (source, target) = (name(graph.key(link.source)), name(graph.key(link.target)));
    push(row, format_args!("\"{source}\" -> \"{target}\" ["));
    if few {
        push(row, format_args!("label=\"{}\", ", label(&topics, 2)));
    }
    push(row, format_args!("tooltip=\"{}\"];\n", text(&topics)));
}

fn write_event(
    graph: &EventGraph,
    event: EventId,
    place: Option<[f64; 2]>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let title = plain_text(graph.title(event));
    let shown = if title.is_empty() { graph.key(event) } else { &title };
    write!(out, "\"{}\" [label=\"{}", name(graph.key(event)), label(shown, LABEL_LINES))?;
    if let Some(date) = graph.date(event) {
        write!(out, "\\n{date}")?;
    }
    write!(out, "\", tooltip=\"{}\"", text(shown))?;
    let mut articles = graph.sources_of(event).filter(|source| is_article(source.kind));
    if let Some(url) = articles.find_map(|source| web_address(source.url)) {
        write!(out, ", URL=\"{}\"", text(&url))?;
    }
    if !graph.present(event) {
        // Known only from links to it: an outline.
        out.write_all(b", style=\"rounded,dashed\"")?;
    }
    if let Some([x, y]) = place {
        let [x, y] = [x, y].map(|at| (at * POINTS).round());
        write!(out, ", pos=\"{x},{y}!\"")?;
    }
    out.write_all(b"];\n")
}

/// A name of a node. There, only `\"` is an escape, but `\` before the closing
/// quote would be one too; doubled ones are safe and stay different.
fn name(key: &str) -> String {
    key.chars().fold(String::with_capacity(key.len()), |mut out, c| {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
        out
    })
}

/// A text in a label or tooltip, shown as it is.
fn text(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
        out
    })
}

/// A text broken into lines, and cut with an ellipsis after some of them.
fn label(shown: &str, most: usize) -> String {
    let mut lines = broken_lines(shown, LABEL_WIDTH);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines.iter().map(|line| text(line)).collect::<Vec<_>>().join("\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_title_holds_is_harmless() {
        let cases = [
            ("a \"b\" \\n", "a \\\"b\\\" \\\\n"),
            ("&quot;", "&amp;quot;"),
            ("a\nb\u{0}c\u{7f}", "a\\nb\u{fffd}c\u{fffd}"),
        ];
        for (title, expected) in cases {
            assert_eq!(text(title), expected, "input {title:?}");
        }
        assert_eq!(name("ends with \\"), "ends with \\\\");
    }

    #[test]
    fn labels_break_and_end() {
        let cases = [
            ("short", "short"),
            ("", ""),
            ("one two three four five six seven", "one two three four five six\\nseven"),
            (
                "月球探测器在月球背面软着陆并发回第一张照片",
                "月球探测器在月球背面软着陆并发\\n回第一张照片",
            ),
        ];
        for (title, expected) in cases {
            assert_eq!(label(title, 4), expected, "input {title:?}");
        }
        assert!(label(&"word ".repeat(500), 4).ends_with('…'));
    }
}
