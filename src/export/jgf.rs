//! JSON Graph Format, version 2.
//!
//! Follows jsongraphformat.info and its schema: nodes are the members of an
//! object, by key; what the format has no name for is `metadata`.

use serde::Serialize;

use crate::export::attributes::{Attributes, EventAttributes, LinkAttributes};
use crate::export::json_graph::{JsonGraph, member, value};
use crate::graph::Link;
use crate::model::EventId;

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

pub(super) struct Jgf;

impl JsonGraph for Jgf {
    const FORMAT: (&'static str, u32) = ("threadline-jgf", 1);
    const HEAD: &'static str = r#"{"graph":{"directed":true,"type":"event graph","metadata":"#;
    const NODES: &'static str = ",\n\"nodes\":{";
    const EDGES: &'static str = "},\n\"edges\":[";
    const TAIL: &'static str = "]}}\n";

    fn node(row: &mut Vec<u8>, known: &Attributes<'_>, event: EventId) {
        let graph = known.graph();
        let node = Node { label: graph.title(event), metadata: known.event(event) };
        member(row, known.key(event), &node);
    }

    fn edge(row: &mut Vec<u8>, known: &Attributes<'_>, link: Link) {
        let edge = Edge {
            id: link.id.0.to_string(),
            source: known.key(link.source),
            target: known.key(link.target),
            relation: "related",
            metadata: known.link(link),
        };
        value(row, &edge);
    }
}
