//! A graph as JSON, for every format that is JSON: what the file is, then the
//! nodes, then the edges. A format says which brackets stand between them and
//! what a row holds.
//!
//! One row a line, so that two exports can be compared line by line.
//! serde_json escapes what JSON cannot hold; everything else stands as it is.

use std::io::{self, Write};

use serde::Serialize;

use crate::error::Result;
use crate::export::attributes::{Attributes, GraphAttributes};
use crate::export::rows::write_rows;
use crate::export::{ExportOptions, links_between, write_error};
use crate::graph::{EventGraph, Link, Selection};
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

    /// Appends the row of an event, see [`value`] and [`member`].
    fn node(row: &mut Vec<u8>, known: &Attributes<'_>, event: EventId);

    /// Appends the row of a link.
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
        rows(out, selection.events(graph), |row, event| F::node(row, &known, event))?;
        out.write_all(F::EDGES.as_bytes())?;
        rows(out, links_between(graph, selection), |row, link| F::edge(row, &known, link))?;
        out.write_all(F::TAIL.as_bytes())
    };
    write().map_err(write_error)
}

/// Writes rows, each on a line of its own.
fn rows<T: Copy + Send + Sync>(
    out: &mut dyn Write,
    from: impl Iterator<Item = T>,
    write: impl Fn(&mut Vec<u8>, T) + Sync,
) -> io::Result<()> {
    write_rows(out, from.enumerate(), |row, (at, item)| {
        row.extend(if at == 0 { "\n" } else { ",\n" }.as_bytes());
        write(row, item);
    })?;
    out.write_all(b"\n")
}

/// Appends a value: an item of a list. What is written here is made of texts,
/// numbers and lists, which JSON can hold, and memory takes it.
pub(super) fn value(row: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    serde_json::to_writer(row, value).expect("a record is JSON");
}

/// Appends a member of an object.
pub(super) fn member(row: &mut Vec<u8>, key: &str, of: &impl Serialize) {
    value(row, key);
    row.push(b':');
    value(row, of);
}
