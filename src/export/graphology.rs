//! Graphology JSON: what `Graph.from` of graphology takes, and with it sigma.js
//! and the metrics and layouts written for it.
//!
//! Follows graphology.github.io/serialization: a directed graph with parallel
//! links. A node's key is the event's key, an edge's key its row.

use std::io::Write;

use serde::Serialize;

use crate::error::Result;
use crate::export::attributes::{Attributes, EventAttributes, GraphAttributes, LinkAttributes};
use crate::export::json_rows::{object, raw, rows};
use crate::export::{ExportOptions, links_between};
use crate::graph::{EventGraph, Link, Selection};
use crate::model::EventId;

const VERSION: u32 = 1;

#[derive(Serialize)]
struct Node<'a> {
    key: &'a str,
    attributes: Labelled<'a>,
}

#[derive(Serialize)]
struct Labelled<'a> {
    /// What sigma.js writes beside a node.
    label: &'a str,
    #[serde(flatten)]
    attributes: EventAttributes<'a>,
}

#[derive(Serialize)]
struct Edge<'a> {
    /// A text, as graphology keeps keys.
    key: String,
    source: &'a str,
    target: &'a str,
    attributes: LinkAttributes<'a>,
}

pub(super) fn write(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let known = Attributes::of(graph, options)?;
    let head = "{\"options\":{\"type\":\"directed\",\"multi\":true,\"allowSelfLoops\":true},\n";
    raw(out, head)?;
    raw(out, "\"attributes\":")?;
    object(out, &GraphAttributes::new(graph, "threadline-graphology", VERSION))?;
    raw(out, ",\n\"nodes\":[")?;
    let node = |event: EventId| Node {
        key: graph.key(event),
        attributes: Labelled { label: graph.title(event), attributes: known.event(event) },
    };
    rows(out, selection.events(graph), node)?;
    raw(out, "],\n\"edges\":[")?;
    let edge = |link: Link| Edge {
        key: link.id.0.to_string(),
        source: graph.key(link.source),
        target: graph.key(link.target),
        attributes: known.link(link),
    };
    rows(out, links_between(graph, selection), edge)?;
    raw(out, "]}\n")
}
