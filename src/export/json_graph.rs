//! A graph as JSON, for every format that is JSON: what the file is, then the
//! nodes, then the edges. A format says which brackets stand between them and
//! what a row holds.

use std::io::Write;

use crate::error::Result;
use crate::export::attributes::{Attributes, GraphAttributes};
use crate::export::json_rows::{
    push_json_number, push_list, push_text, push_text_or_null, write_items,
};
use crate::export::records;
use crate::export::rows::push_number;
use crate::export::{ExportOptions, write_error};
use crate::graph::{EventGraph, Link, RevisionRow, Selection, SourceRow};
use crate::model::EventId;

/// What is particular to a format.
pub(super) trait JsonGraph {
    /// What the file says it is, and in which version.
    const FORMAT: (&'static str, u32);
    /// Before the attributes of the graph.
    const HEAD: &'static str;
    /// Between those and the nodes.
    const NODES: &'static str;
    /// Between the nodes and the edges.
    const EDGES: &'static str;
    /// After the edges.
    const TAIL: &'static str;

    /// Appends the row of an event, see [`push_event`].
    fn node(row: &mut Vec<u8>, known: &Attributes<'_>, event: EventId);

    /// Appends the row of a link, see [`push_link`].
    fn edge(row: &mut Vec<u8>, known: &Attributes<'_>, link: Link);
}

/// Writes the selected events and the links between them.
pub(super) fn write<F: JsonGraph>(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let known = Attributes::of(graph, options)?;
    let (format, version) = F::FORMAT;
    let mut write = || {
        out.write_all(F::HEAD.as_bytes())?;
        serde_json::to_writer(&mut *out, &GraphAttributes::new(graph, format, version))?;
        out.write_all(F::NODES.as_bytes())?;
        write_items(out, selection.events(graph), |row, event| F::node(row, &known, event))?;
        out.write_all(F::EDGES.as_bytes())?;
        write_items(out, selection.links(graph), |row, link| F::edge(row, &known, link))?;
        out.write_all(F::TAIL.as_bytes())
    };
    write().map_err(write_error)
}

/// Appends what is known of an event but for its key, as members of an object.
pub(super) fn push_event(row: &mut Vec<u8>, known: &Attributes<'_>, event: EventId) {
    let graph = known.graph();
    let date = graph.date(event).map(|date| date.to_string());
    push_text_or_null(row, "\"date\":", date.as_deref());
    push_text(row, ",\"title\":", graph.title(event));
    push_text_or_null(row, ",\"summary\":", graph.summary(event));
    let lead_topic = graph.lead_topic(event).map(|topic| known.topic(topic));
    push_text_or_null(row, ",\"lead_topic\":", lead_topic);
    push_list(row, ",\"topics\":", known.topics(event), push_text);
    row.extend(
        if graph.present(event) { ",\"present\":true" } else { ",\"present\":false" }.bytes(),
    );
    push_text_or_null(row, ",\"page\":", graph.page(event));
    push_list(row, ",\"sources\":", graph.sources_of(event), push_source);
    push_list(row, ",\"revisions\":", graph.revisions_of(event), push_revision);
    match known.story(event) {
        Some((number, name)) => {
            push_number(row, ",\"story\":", number);
            push_text(row, ",\"story_name\":", name);
        }
        None => row.extend(b",\"story\":null,\"story_name\":null"),
    }
    if let Some([x, y]) = known.place(event) {
        push_json_number(row, ",\"x\":", x);
        push_json_number(row, ",\"y\":", y);
    }
}

fn push_source(row: &mut Vec<u8>, before: &str, source: SourceRow<'_>) {
    row.extend(before.as_bytes());
    push_text(row, "{\"name\":", source.name);
    push_text(row, ",\"url\":", source.url);
    push_text(row, ",\"kind\":", source.kind);
    row.push(b'}');
}

fn push_revision(row: &mut Vec<u8>, before: &str, revision: RevisionRow<'_>) {
    row.extend(before.as_bytes());
    push_text(row, "{\"key\":", revision.key);
    push_text(row, ",\"title\":", revision.title);
    push_text_or_null(row, ",\"seen\":", revision.seen.and_then(records::time).as_deref());
    push_text(row, ",\"kind\":", revision.kind);
    row.push(b'}');
}

/// Appends the keys of a link's ends; `before` ends with the name of the first one.
pub(super) fn push_ends(row: &mut Vec<u8>, before: &str, known: &Attributes<'_>, link: Link) {
    push_text(row, before, known.key(link.source));
    push_text(row, ",\"target\":", known.key(link.target));
}

/// Appends what is known of a link but for its ends and its id, as members of an
/// object.
pub(super) fn push_link(row: &mut Vec<u8>, known: &Attributes<'_>, link: Link) {
    push_number(row, "\"rank\":", link.rank);
    push_list(row, ",\"topics\":", known.link_topics(link), push_text);
    push_number(row, ",\"line\":", link.line);
    push_json_number(row, ",\"strength\":", known.strength(link));
}
