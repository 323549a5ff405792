//! Node-link JSON: what NetworkX's `node_link_graph` reads as it is.
//!
//! `docs/formats.md` documents every field, `docs/export.schema.json` is its
//! JSON Schema.

use serde::Serialize;

use crate::export::attributes::{Attributes, EventAttributes, LinkAttributes};
use crate::export::json_graph::{JsonGraph, value};
use crate::graph::Link;
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

pub(super) struct NodeLink;

impl JsonGraph for NodeLink {
    const FORMAT: (&'static str, u32) = ("threadline-json", 1);
    const HEAD: &'static str = r#"{"directed":true,"multigraph":true,"graph":"#;
    const NODES: &'static str = ",\n\"nodes\":[";
    const EDGES: &'static str = "],\n\"edges\":[";
    const TAIL: &'static str = "]}\n";

    fn node(row: &mut Vec<u8>, known: &Attributes<'_>, event: EventId) {
        value(row, &Node { id: known.key(event), attributes: known.event(event) });
    }

    fn edge(row: &mut Vec<u8>, known: &Attributes<'_>, link: Link) {
        let (source, target) = (known.key(link.source), known.key(link.target));
        value(row, &Edge { source, target, key: link.id.0, attributes: known.link(link) });
    }
}
