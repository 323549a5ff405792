//! JSON Graph Format, version 2.
//!
//! Follows jsongraphformat.info and its schema: nodes are the members of an
//! object, by key; what the format has no name for is `metadata`.

use std::io::Write;

use serde::Serialize;

use crate::error::Result;
use crate::export::attributes::{Attributes, EventAttributes, GraphAttributes, LinkAttributes};
use crate::export::json_rows::{members, object, raw, rows};
use crate::export::{ExportOptions, links_between};
use crate::graph::{EventGraph, Link, Selection};
use crate::model::EventId;

const VERSION: u32 = 1;

#[derive(Serialize)]
struct Node<'a> {
    label: &'a str,
    metadata: EventAttributes<'a>,
}

#[derive(Serialize)]
struct Edge<'a> {
    id: String,
    source: &'a str,
    target: &'a str,
    relation: &'static str,
    metadata: LinkAttributes<'a>,
}

pub(super) fn write(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let known = Attributes::of(graph, options)?;
    raw(out, "{\"graph\":{\"directed\":true,\"type\":\"event graph\",\"metadata\":")?;
    object(out, &GraphAttributes::new(graph, "threadline-jgf", VERSION))?;
    raw(out, ",\n\"nodes\":{")?;
    let node = |event: EventId| {
        let node = Node { label: graph.title(event), metadata: known.event(event) };
        (graph.key(event), node)
    };
    members(out, selection.events(graph), node)?;
    raw(out, "},\n\"edges\":[")?;
    let edge = |link: Link| Edge {
        id: link.id.0.to_string(),
        source: graph.key(link.source),
        target: graph.key(link.target),
        relation: "related",
        metadata: known.link(link),
    };
    rows(out, links_between(graph, selection), edge)?;
    raw(out, "]}}\n")
}
