//! Node-link JSON: what NetworkX's `node_link_graph` reads as it is.
//!
//! `docs/formats.md` documents every field, `docs/export.schema.json` is its
//! JSON Schema.

use std::io::Write;

use serde::Serialize;

use crate::error::Result;
use crate::export::attributes::{Attributes, EventAttributes, GraphAttributes, LinkAttributes};
use crate::export::json_rows::{object, raw, rows};
use crate::export::{ExportOptions, links_between};
use crate::graph::{EventGraph, Link, Selection};
use crate::model::EventId;

#[derive(Serialize)]
struct Node<'a> {
    id: &'a str,
    #[serde(flatten)]
    attributes: EventAttributes<'a>,
}

#[derive(Serialize)]
struct Edge<'a> {
    source: &'a str,
    target: &'a str,
    /// Tells parallel edges apart, as NetworkX's multigraphs need it.
    key: u32,
    #[serde(flatten)]
    attributes: LinkAttributes<'a>,
}

const VERSION: u32 = 1;

pub(super) fn write(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let known = Attributes::of(graph, options)?;
    raw(out, "{\"directed\":true,\"multigraph\":true,\"graph\":")?;
    object(out, &GraphAttributes::new(graph, "threadline-json", VERSION))?;
    raw(out, ",\n\"nodes\":[")?;
    let node = |event: EventId| Node { id: graph.key(event), attributes: known.event(event) };
    rows(out, selection.events(graph), node)?;
    raw(out, "],\n\"edges\":[")?;
    let edge = |link: Link| Edge {
        source: graph.key(link.source),
        target: graph.key(link.target),
        key: link.id.0,
        attributes: known.link(link),
    };
    rows(out, links_between(graph, selection), edge)?;
    raw(out, "]}\n")
}
